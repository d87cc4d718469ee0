package cli

import (
	"io"
	"os"

	"github.com/mattn/go-isatty"

	"interview/internal/report"
)

// interactive says whether forms may be drawn: both ends are a terminal that can, and nobody asked for plain lines.
func (a *App) interactive() bool {
	return !a.plain && a.Env("TERM") != "dumb" && a.Env("ACCESSIBLE") == "" && isTerminal(a.inFile) && isTerminal(a.outFile)
}

func isTerminal(f *os.File) bool { return f != nil && isatty.IsTerminal(f.Fd()) }

// clean makes the control characters of foreign text visible, so that none reaches a terminal. New lines and tabs stay;
// JSON output must not pass through here.
func (a *App) clean(s string) string { return report.Clean(s) }

// text is standard output for people: everything written to it is cleaned. Each Write must hold whole characters.
func (a *App) text() io.Writer { return cleaner{a.Out} }

type cleaner struct{ w io.Writer }

func (c cleaner) Write(p []byte) (int, error) {
	if _, err := io.WriteString(c.w, report.Clean(string(p))); err != nil {
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
