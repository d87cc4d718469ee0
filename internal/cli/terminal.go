package cli

import (
	"context"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
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

// press waits for one key and gives it in lower case: "q" also for esc, ctrl+c and ctrl+d, " " for an arrow or a function key.
// io.EOF is for a terminal that is gone, and for a signal.
func (a *App) press(ctx context.Context) (string, error) {
	old, err := term.MakeRaw(a.inFile.Fd())
	if err != nil {
		return "", io.EOF
	}
	defer func() { _ = term.Restore(a.inFile.Fd(), old) }() // the terminal is gone then
	keys := make(chan []byte, 1)
	go func() {
		buf := make([]byte, 16)
		n, _ := a.inFile.Read(buf) // nothing read is a terminal that is gone
		keys <- buf[:n]
	}()
	select {
	case <-ctx.Done():
		return "", io.EOF // the read ends with the process
	case k := <-keys:
		switch {
		case len(k) == 0:
			return "", io.EOF
		case k[0] == 0x1b && len(k) > 1:
			return " ", nil
		case k[0] == 0x1b, k[0] == 3, k[0] == 4:
			return "q", nil
		}
		return strings.ToLower(string(k[:1])), nil
	}
}

// key waits for one key; 0 stands for the end: enter, q, esc, ctrl+c, ctrl+d or a terminal that is gone. Other keys are
// given as they are, so that the caller may ask again.
func (a *App) key() byte {
	old, err := term.MakeRaw(a.inFile.Fd())
	if err != nil {
		return 0
	}
	defer func() { _ = term.Restore(a.inFile.Fd(), old) }() // the terminal is gone then
	var buf [16]byte
	n, err := a.inFile.Read(buf[:])
	if err != nil || n == 0 {
		return 0
	}
	switch k := buf[0]; {
	case k == 0x1b && n > 1: // an arrow or function key
		return ' '
	case k == '\r', k == '\n', k == 'q', k == 0x1b, k == 3, k == 4:
		return 0
	default:
		return k
	}
}
