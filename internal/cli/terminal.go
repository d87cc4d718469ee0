package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-isatty"
)

// interactive says whether forms may be drawn: both ends are a terminal that can, and nobody asked for plain lines.
func (a *App) interactive() bool {
	return !a.plain && a.Env("TERM") != "dumb" && a.Env("ACCESSIBLE") == "" && isTerminal(a.inFile) && isTerminal(a.outFile)
}

func isTerminal(f *os.File) bool { return f != nil && isatty.IsTerminal(f.Fd()) }

// clean makes the control characters of foreign text visible, so that none reaches a terminal. New lines and tabs stay;
// JSON output must not pass through here.
func (a *App) clean(s string) string { return clean(s) }

func clean(s string) string {
	if !dirty(s) {
		return s
	}
	var b strings.Builder
	for _, r := range strings.ReplaceAll(s, "\r\n", "\n") {
		if steers(r) {
			b.WriteString(mark(r))
		} else {
			b.WriteRune(r) // invalid UTF-8 is U+FFFD by now
		}
	}
	return b.String()
}

func dirty(s string) bool { return !utf8.ValidString(s) || strings.ContainsFunc(s, steers) }

// steers is true for what moves a terminal or turns the direction of its text. The joiners that emoji need do not.
func steers(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c:
		return true
	case r == 0x2028, r == 0x2029: // line and paragraph separator
		return true
	}
	return false
}

// mark is the picture of a control character where Unicode has one, else its number.
func mark(r rune) string {
	switch {
	case r < 0x20:
		return string('␀' + r)
	case r == 0x7f:
		return "␡"
	}
	return fmt.Sprintf("<%04X>", r)
}

// text is standard output for people: everything written to it is cleaned. Each Write must hold whole characters.
func (a *App) text() io.Writer { return cleaner{a.Out} }

type cleaner struct{ w io.Writer }

func (c cleaner) Write(p []byte) (int, error) {
	if _, err := io.WriteString(c.w, clean(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// watched remembers the first failed write, so that a full disk behind standard output is no silent success.
type watched struct {
	w   io.Writer
	err error
}

func (w *watched) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	if err != nil && w.err == nil {
		w.err = err
	}
	return n, err
}
