package diagram

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// textWidth is the number of terminal columns of a text.
func textWidth(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return uniseg.StringWidth(s)
		}
	}
	return len(s)
}

// letters splits a text into what takes up cells of its own, with the width of
// each.
func letters(s string, each func(letter string, width int)) {
	state := -1
	for len(s) > 0 {
		var letter string
		var width int
		letter, s, width, state = uniseg.FirstGraphemeClusterInString(s, state)
		each(letter, width)
	}
}

// cut shortens a text to a number of columns.
func cut(s string, width int) string {
	if textWidth(s) <= width {
		return s
	}
	out, used, full := "", 0, false
	letters(s, func(letter string, w int) {
		if full = full || used+w > width-1; !full {
			out += letter
			used += w
		}
	})
	return strings.TrimRight(out, " ") + "…"
}

// boxLines bounds the lines of a label in a box.
const boxLines = 4

// wrapText breaks a label into lines of at most width columns, at spaces where
// it can.
func wrapText(s string, width int) []string {
	var lines []string
	line, used := "", 0
	flush := func() {
		if line != "" {
			lines = append(lines, line)
		}
		line, used = "", 0
	}
	for _, word := range strings.Fields(s) {
		w := textWidth(word)
		if used > 0 && used+1+w > width {
			flush()
		}
		if used > 0 {
			line, used = line+" ", used+1
		}
		if w <= width {
			line, used = line+word, used+w
			continue
		}
		letters(word, func(letter string, w int) {
			if used+w > width {
				flush()
			}
			line, used = line+letter, used+w
		})
	}
	flush()
	if len(lines) > boxLines {
		lines = lines[:boxLines]
		lines[boxLines-1] = cut(lines[boxLines-1]+" …", width)
	}
	if len(lines) == 0 {
		lines = []string{" "}
	}
	return lines
}

// visible makes a text safe to show: control characters become their pictures
// (␛), and what would turn the direction of the text around it a mark (�).
func visible(s string) string {
	clean := true
	for _, r := range s {
		if hostile(r) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ':
			return '␀' + r
		case r == 0x7f:
			return '␡'
		case hostile(r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// hostile reports control characters, and format characters other than the
// joiners that letters and emoji need. Ill-formed bytes are among them.
func hostile(r rune) bool {
	switch r {
	case '\u200c', '\u200d':
		return false
	case unicode.ReplacementChar, '\u2028', '\u2029':
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// shown is a graph whose labels are safe to show.
func shown(g Graph) Graph {
	out := Graph{Across: g.Across, Edges: append([]Edge(nil), g.Edges...)}
	for _, n := range g.Nodes {
		n.Label = visible(n.Label)
		out.Nodes = append(out.Nodes, n)
	}
	for i := range out.Edges {
		out.Edges[i].Label = visible(out.Edges[i].Label)
	}
	for _, group := range g.Groups {
		group.Label = visible(group.Label)
		out.Groups = append(out.Groups, group)
	}
	return out
}
