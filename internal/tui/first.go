package tui

import (
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// firstFrame is the terminal with the first frame drawn as soon as the screen is clear. bubbletea would draw it with its
// next tick, which is most of the time that the room takes to open; it draws the same frame over it then.
type firstFrame struct {
	*os.File
	frame string
}

// screen gives out its first frame where it is a terminal; the model then knows the size before bubbletea tells it.
func (m *model) screen(out io.Writer) io.Writer {
	file, ok := out.(*os.File)
	if !ok || m.done {
		return out
	}
	width, height, err := term.GetSize(file.Fd())
	if err != nil || width < 1 || height < 1 {
		return out
	}
	m.width, m.height = width, height
	m.layout()
	return &firstFrame{file, strings.ReplaceAll(m.View(), "\n", "\r\n")}
}

// Write passes all on, and the frame right behind the sequence that ends the clearing of the screen.
func (f *firstFrame) Write(p []byte) (int, error) { return f.WriteString(string(p)) }

// WriteString is Write for a string.
func (f *firstFrame) WriteString(s string) (int, error) {
	if f.frame == "" || s != ansi.CursorHomePosition {
		return f.File.WriteString(s)
	}
	_, err := f.File.WriteString(s + f.frame)
	f.frame = ""
	return len(s), err
}
