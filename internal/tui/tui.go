// Package tui is the interview room: the only package that knows a terminal library. It shows what the runner says, and
// tells the runner what was typed; it keeps no time, no plan and no answer of its own, and it is not for pipes or screen
// readers: those have line mode.
package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"

	"interview/internal/session"
)

// ErrLeft says that the person left before the end; the session is saved.
var ErrLeft = errors.New("left before the end")

// frames is how often a second the screen may change: the delay from key to frame is half of 1/frames on average.
const frames = 120

// Room is one sitting in a terminal.
type Room struct {
	Title  string // of the prompt or deck
	In     io.Reader
	Out    io.Writer
	Editor []string // $VISUAL or $EDITOR, split; empty = none
	Theme  string   // auto, dark, light
	Strict bool     // close the step at time-up
	Bell   bool     // ring at time-up

	// Ask answers a question to the interviewer and records it; Hint gives the next hint of the current step and records
	// it, "" when there is none left. nil = not offered. An error is a failed record.
	Ask  func(question string) (answer string, err error)
	Hint func() (hint string, err error)
	// After is asked after each answered step but the last: what it returns is shown before the next one, while the clock
	// stands; "" shows nothing. nil = not offered.
	After func() (page string, err error)
	// Think is asked before an answer is recorded, Consult before Ask. What they return takes its time: it is done aside
	// while the clock stands, and its context ends where the person does not want to wait. It returning nil, or nil itself,
	// there is nothing to wait for.
	Think   func(text string) func(context.Context)
	Consult func(question string) func(context.Context)
	Told    []Told // what was asked before, on resume; Run appends

	// Unsaved is set by Run: the text on screen, whenever Run returns an error because it could not be recorded.
	Unsaved string
}

// Run drives the runner until every step is answered (nil), the person leaves, ctx ends or a signal comes (ErrLeft), or a
// record fails (that error; Unsaved then holds the text on screen). Whatever happens, a panic too, the text is recorded.
func (room *Room) Run(ctx context.Context, r *session.Runner) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	SetTheme(room.Theme)
	m := newModel(room, r, look())
	m.context = ctx
	p := tea.NewProgram(m, tea.WithInput(room.In), tea.WithOutput(m.screen(room.Out)), tea.WithAltScreen(), tea.WithFPS(frames),
		tea.WithoutSignalHandler())
	defer context.AfterFunc(ctx, func() { p.Send(leaveMsg{}) })()
	_, err := p.Run()
	return m.finish(err)
}

// finish makes sure that the text is recorded when the program ended by something else than a key.
func (m *model) finish(err error) error {
	if !m.done {
		m.leave()
	}
	if m.err != nil {
		m.room.Unsaved = m.text()
		return m.err
	}
	if errors.Is(err, tea.ErrProgramPanic) {
		return fmt.Errorf("the room failed, the answer is saved: %w", err)
	}
	if m.left {
		return ErrLeft
	}
	return nil
}
