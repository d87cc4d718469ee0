package tui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"interview/internal/session"
)

// What takes its time, such as a model's words, is done aside: the screen stays alive, the clock stands, esc goes on without.

type thoughtMsg struct{}

// thought is work that is waited for.
type thought struct {
	cancel context.CancelFunc
	then   func()
}

// think does work aside and then what comes after it; without work that comes at once.
func (m *model) think(what string, work func(context.Context), then func()) {
	if work == nil {
		then()
		return
	}
	if m.err = m.runner.Halt(m.text(), session.Waiting); m.err != nil {
		return
	}
	ctx, cancel := context.WithCancel(m.context)
	m.dirty, m.thinking = false, &thought{cancel, then}
	m.say(what)
	m.aside = func() tea.Msg {
		work(ctx)
		return thoughtMsg{}
	}
}

// begun gives the work that was begun in this turn to the loop.
func (m *model) begun() tea.Cmd {
	cmd := m.aside
	m.aside = nil
	return cmd
}

// pressThinking takes the one key that counts meanwhile.
func (m *model) pressThinking(msg tea.KeyMsg) {
	if msg.String() == "esc" {
		m.thinking.cancel()
	}
}

// thought goes on once the work is done.
func (m *model) thought() {
	t := m.thinking
	m.thinking = nil
	t.cancel()
	m.say("")
	t.then()
}
