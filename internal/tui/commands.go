package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// barCommand is one letter of the command bar.
type barCommand struct {
	key, name, short string
	do               func(*model) tea.Cmd
}

// commands in the order of the bar. None but l is an editing chord with alt, so esc and the letter also work when the
// terminal sends both in one breath, which reads as alt+letter.
var commands = []barCommand{
	{"n", "next", "next", func(m *model) tea.Cmd { m.next(); return nil }},
	{"p", "previous", "prev", func(m *model) tea.Cmd { m.previous(); return nil }},
	{"a", "ask", "ask", func(m *model) tea.Cmd { m.openAsk(); return nil }},
	{"h", "hint", "hint", func(m *model) tea.Cmd { m.hint(); return nil }},
	{"w", "board", "board", func(m *model) tea.Cmd { m.togglePanel(); return nil }},
	{"e", "editor", "editor", func(m *model) tea.Cmd { return m.edit() }},
	{"z", "pause", "pause", func(m *model) tea.Cmd { m.pause(); return nil }},
	{"l", "leave", "leave", func(m *model) tea.Cmd { m.leave(); return nil }},
}

// commandFor finds the command of a key: its letter while the bar is open, alt and its letter while it is not.
func commandFor(msg tea.KeyMsg, bar bool) (barCommand, bool) {
	name := strings.ToLower(msg.String())
	for _, c := range commands {
		if bar && name == c.key || !bar && name == "alt+"+c.key && c.key != "l" {
			return c, true
		}
	}
	return barCommand{}, false
}

// steer takes a key of the open bar that is no command.
func (m *model) steer(msg tea.KeyMsg) {
	page := max(1, m.panelHeight()-2)
	switch msg.String() {
	case "up":
		m.scroll(-1)
	case "down":
		m.scroll(1)
	case "pgup":
		m.scroll(-page)
	case "pgdown":
		m.scroll(page)
	case "home":
		m.scroll(-m.panelTop)
	default:
		m.say("no such command; esc goes back to the text")
	}
}
