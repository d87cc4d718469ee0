package tui

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"
)

var errNoShell = errors.New("no shell waits behind this terminal: nothing to suspend to")

// suspension stops the program like ctrl+z stops any other. bubbletea's own waits for ever where nobody can continue it.
type suspension struct{ streams }

// Run returns when the shell continues the program.
func (*suspension) Run() error { return stop() }

// suspend saves and stops.
func (m *model) suspend() tea.Cmd {
	m.save()
	return tea.Exec(&suspension{}, func(err error) tea.Msg { return resumedMsg{err} })
}

// resumed takes the outcome.
func (m *model) resumed(err error) {
	m.refresh()
	if err != nil {
		m.warn(err.Error())
	}
}
