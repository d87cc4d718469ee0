// Package tui is the interview room: the only package that knows a terminal library.
package tui

import (
	"context"
	"errors"
	"io"

	"interview/internal/session"
)

// ErrLeft says that the person left before the end; the session is saved.
var ErrLeft = errors.New("left before the end")

// Room is one sitting in a terminal.
type Room struct {
	Title  string // of the prompt or deck
	In     io.Reader
	Out    io.Writer
	Editor []string // $VISUAL or $EDITOR, split; empty = none
	Theme  string   // auto, dark, light
	Strict bool     // close the step at time-up
	Bell   bool
}

// Run drives the runner until every step is answered (nil), the person leaves, ctx ends by a signal (ErrLeft), or a
// record fails (that error; Unsaved then holds the text on screen).
func (room *Room) Run(ctx context.Context, r *session.Runner) error { return nil }

// Choice is one line of a menu.
type Choice struct{ Label, Value string }

// Choose shows a huh select; ErrLeft on ctrl+c.
func Choose(ctx context.Context, title string, choices []Choice) (string, error) { return "", nil }
