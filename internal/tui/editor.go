package tui

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// editing opens the focused box in the person's editor. It implements tea.ExecCommand, whose Run is called inside the
// program's loop: the file is written and read back there, so that no key typed before or after gets lost between.
type editing struct {
	m *model
	borrowed
}

// borrowed ignores the streams that bubbletea lends to whom it gives the terminal: its output may be the one that draws
// the first frame, and no editor would take that for a terminal.
type borrowed struct{}

func (borrowed) SetStdin(io.Reader)  {}
func (borrowed) SetStdout(io.Writer) {}
func (borrowed) SetStderr(io.Writer) {}

// edit saves and opens the editor.
func (m *model) edit() tea.Cmd {
	if len(m.room.Editor) == 0 {
		m.warn("no editor: set $VISUAL or $EDITOR")
		return nil
	}
	m.save()
	return tea.Exec(&editing{m: m}, func(err error) tea.Msg { return editedMsg{err} })
}

// Run lets the editor change the text of the box. Whatever goes wrong, the text stays as it was.
func (e *editing) Run() error {
	if e.m.done || e.m.err != nil {
		return nil
	}
	field := e.m.boxes[e.m.at].field
	dir, err := os.MkdirTemp("", "interview-")
	if err != nil {
		return fmt.Errorf("the text stays as it was: no place for the editor's file: %w", err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "answer.md")
	if err := os.WriteFile(file, []byte(field.Text()), 0o600); err != nil {
		return fmt.Errorf("the text stays as it was: no editor's file: %w", err)
	}
	command := e.m.room.Editor
	failed := e.start(e.m.context, command, file)
	text, err := os.ReadFile(file)
	switch name := filepath.Base(command[0]); {
	case err != nil:
		return fmt.Errorf("the text stays as it was: %s left no file", name)
	case failed != nil && e.m.context.Err() == nil: // killed by our own end it may have written what counts
		return fmt.Errorf("the text stays as it was: %s failed, %w", name, failed)
	}
	e.m.take(string(text))
	return nil
}

func (e *editing) start(ctx context.Context, command []string, file string) error {
	c := exec.CommandContext(ctx, command[0], append(command[1:len(command):len(command)], file)...)
	c.Stdin, c.Stdout, c.Stderr = e.m.room.In, e.m.room.Out, os.Stderr
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	c.WaitDelay = 2 * time.Second
	return c.Run()
}

// take puts an edited text into the focused box. Editors end a file with a newline that nobody typed.
func (m *model) take(text string) {
	field := m.boxes[m.at].field
	text = clean(text)
	if !strings.HasSuffix(field.Text(), "\n") {
		text = strings.TrimSuffix(text, "\n")
	}
	if text != field.Text() {
		field.SetText(text)
		m.dirty = true
	}
}
