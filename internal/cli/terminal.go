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
// Keys typed ahead wait for the next call. io.EOF is for a terminal that is gone, and for a signal.
func (a *App) press(ctx context.Context) (string, error) {
	if len(a.typed) == 0 {
		if err := a.read(ctx); err != nil {
			return "", err
		}
	}
	k := a.typed[0]
	n := 1
	switch {
	case k == 0x1b && len(a.typed) > 1:
		n, k = escape(a.typed), ' '
	case k == 0x1b, k == 3, k == 4:
		k = 'q'
	}
	a.typed = a.typed[n:]
	return strings.ToLower(string(rune(k))), nil
}

// escape is the length of the sequence of an arrow or a function key: up to its letter or tilde.
func escape(keys []byte) int {
	switch n := 2; keys[1] {
	case '[':
		for n < len(keys) && (keys[n] < '@' || keys[n] > '~') {
			n++
		}
		return min(n+1, len(keys))
	case 'O':
		return min(n+1, len(keys))
	default: // alt and a key
		return n
	}
}

// read waits for keys.
func (a *App) read(ctx context.Context) error {
	old, err := term.MakeRaw(a.inFile.Fd())
	if err != nil {
		return io.EOF
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
		return io.EOF // the read ends with the process
	case a.typed = <-keys:
		if len(a.typed) == 0 {
			return io.EOF
		}
		return nil
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
