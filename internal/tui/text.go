package tui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const (
	tabStop    = "  "         // what the tab key types, and how a pasted tab is shown
	tabRune    = "\U0003fffd" // stands for a tab in the text box, which would make spaces of it: never assigned, two cells wide
	substitute = '␦'          // stands for bytes that are no UTF-8; the text box would drop U+FFFD without a word
)

// mark gives the visible sign for a character that a terminal would obey instead of show. Newline and tab are not its
// business: they are laid out before.
func mark(r rune) rune {
	switch {
	case r == utf8.RuneError:
		return substitute
	case r < 0x20:
		return '␀' + r // the control pictures stand in the order of the controls
	case r == 0x7f:
		return '␡'
	case r == '\u2028', r == '\u2029':
		return '␤'
	case unicode.IsControl(r): // C1: some terminals read 0x9b as ESC [
		return substitute
	}
	return r
}

// clean makes text fit for an answer: line ends are \n, control characters but tabs are visible marks.
func clean(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", tabRune, string(substitute)).Replace(s)
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		return mark(r)
	}, s)
}

// boxed is clean text as the text box holds it.
func boxed(s string) string { return strings.ReplaceAll(s, "\t", tabRune) }

// unboxed undoes boxed, with something for each tab.
func unboxed(s, tab string) string { return strings.ReplaceAll(s, tabRune, tab) }

// visible is clean for text that is only shown: tabs are spaces, and characters that turn the writing direction of what follows are marked too,
// so that a prompt or an old journal cannot rearrange the screen.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return '¤'
		}
		return r
	}, strings.ReplaceAll(clean(s), "\t", tabStop))
}

// line is visible text on one line.
func line(s string) string { return strings.Join(strings.Fields(visible(s)), " ") }

// wrap breaks visible text into lines of at most width cells.
func wrap(s string, width int) []string {
	if width < 1 {
		return nil
	}
	s = strings.TrimRight(visible(s), "\n ")
	if s == "" {
		return nil
	}
	return strings.Split(ansi.Wrap(s, width, ""), "\n")
}

// clip keeps the first n lines; a cut is shown by an ellipsis at the end of the last one.
func clip(lines []string, n, width int) []string {
	if len(lines) <= n {
		return lines
	}
	if n < 1 {
		return nil
	}
	lines = append([]string(nil), lines[:n]...)
	lines[n-1] = ansi.Truncate(lines[n-1], width-2, "") + " …"
	return lines
}

// fit cuts or pads one styled line to exactly width cells.
func fit(s string, width int) string {
	if width < 1 {
		return ""
	}
	s = ansi.Truncate(s, width, "…")
	return s + strings.Repeat(" ", max(0, width-ansi.StringWidth(s)))
}

// spread puts left and right on one line of exactly width cells; the left gives way.
func spread(left, right string, width int) string {
	right = ansi.Truncate(right, width, "…")
	room := width - ansi.StringWidth(right)
	if room < 2 {
		return fit(right, width)
	}
	return fit(ansi.Truncate(left, room-1, "…"), room) + right
}

func countLines(s string) int {
	if s == "" {
		return 0
	}
	return strings.Count(s, "\n") + 1
}
