package tui

import "github.com/charmbracelet/x/ansi"

// hint is a key and what it does, in full and for a narrow window.
type hint struct{ key, name, shortKey, short string }

// legend sets the keys of the bottom line.
type legend struct {
	styles styles
	width  int
}

// set puts hints in as few lines as they need, at most rows: wide, narrow, then with the short names.
func (l legend) set(hints []hint, rows int) []string {
	for n := 1; n <= rows; n++ {
		for _, form := range []struct {
			gap   string
			short bool
		}{{"   ", false}, {"  ", false}, {" ", true}} {
			if lines := l.lines(hints, form.gap, form.short); len(lines) <= n {
				return lines
			}
		}
	}
	return l.lines(hints, " ", true)[:rows]
}

func (l legend) lines(hints []hint, gap string, short bool) []string {
	var lines []string
	row, width := "", 0
	for _, h := range hints {
		if short {
			h.key, h.name = h.shortKey, h.short
		}
		if h.key == "" {
			continue
		}
		w := ansi.StringWidth(h.key) + 1 + ansi.StringWidth(h.name)
		if row != "" && width+len(gap)+w > l.width {
			lines, row, width = append(lines, row), "", 0
		}
		if row != "" {
			row, width = row+gap, width+len(gap)
		}
		row += l.styles.accent.Render(h.key) + " " + l.styles.dim.Render(h.name)
		width += w
	}
	return append(lines, ansi.Truncate(row, l.width, "…"))
}
