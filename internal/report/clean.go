package report

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Clean makes the control characters of foreign text visible, so that none reaches a terminal: a picture where Unicode has
// one, else the number. New lines and tabs stay, CRLF becomes a new line, invalid UTF-8 becomes U+FFFD.
func Clean(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, steers) {
		return s
	}
	var b strings.Builder
	for _, r := range strings.ReplaceAll(s, "\r\n", "\n") {
		if steers(r) {
			b.WriteString(picture(r))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// steers is true for what moves a terminal or turns the direction of its text. The joiners that emoji need do not.
func steers(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < 0x20, r >= 0x7f && r < 0xa0: // C0, DEL, C1
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c: // bidirectional
		return true
	}
	return r == 0x2028 || r == 0x2029 // line and paragraph separator
}

func picture(r rune) string {
	switch {
	case r < 0x20:
		return string('␀' + r)
	case r == 0x7f:
		return "␡"
	}
	return fmt.Sprintf("<%04X>", r)
}
