package tui

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"
)

var errNoShell = errors.New("no shell waits behind this terminal: nothing to suspend to")

// suspension stops the program like ctrl+z stops any other. bubbletea's own waits for ever where nobody can continue it.
type suspension struct{ borrowed }

// Run returns when the shell continues the program.
func (*suspension) Run() error { return stop() }

// suspend stops the clock and then the program.
func (m *model) suspend() tea.Cmd {
	paused := m.paused
	m.pause()
	return tea.Exec(&suspension{}, func(err error) tea.Msg { return resumedMsg{err, paused} })
}

// resumed lets the clock run again, unless the person had paused before.
func (m *model) resumed(msg resumedMsg) {
	if !msg.paused {
		m.resume()
	}
	if msg.err != nil {
		m.warn(msg.err.Error())
	}
}
