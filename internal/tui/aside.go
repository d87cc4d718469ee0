package tui

import (
	"context"
	"strings"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"interview/internal/session"
)

// What stands beside answering: a question to the interviewer, a hint, a pause.

// Told is a question to the interviewer and what was said.
type Told struct{ Question, Answer string }

// openAsk puts a line for the question in place of the status.
func (m *model) openAsk() {
	if m.room.Ask == nil {
		m.say("nobody answers questions here: state an assumption")
		return
	}
	in := textinput.New()
	in.Prompt = "ask: "
	in.Cursor.SetMode(cursor.CursorStatic)
	in.KeyMap.Paste.SetEnabled(false)
	in.Focus()
	m.asking = &in
	m.layoutAsk()
}

// layoutAsk gives the line of the question its width, with the cursor in view.
func (m *model) layoutAsk() {
	if m.asking != nil {
		m.asking.Width = max(1, m.width-8)
		m.asking.SetCursor(m.asking.Position()) // only this moves the visible part
	}
}

// pressAsk gives a key to the question: enter asks, esc goes back to the text.
func (m *model) pressAsk(msg tea.KeyMsg) {
	switch msg.String() {
	case "esc":
		m.asking = nil
	case "enter", "ctrl+s":
		m.ask(strings.TrimSpace(m.asking.Value()))
	default:
		if len(msg.Runes) > 0 {
			msg.Runes = []rune(strings.ReplaceAll(clean(string(msg.Runes)), "\n", " "))
		}
		in, _ := m.asking.Update(msg)
		m.asking = &in
	}
}

// ask puts the question, once the interviewer has thought about it.
func (m *model) ask(question string) {
	m.asking = nil
	if question == "" {
		return
	}
	var work func(context.Context)
	if m.room.Consult != nil {
		work = m.room.Consult(question)
	}
	m.think("the interviewer thinks about it", work, func() { m.put(question, work != nil) })
}

// put asks and shows the answer, which stays readable in the panel. The clock stood where the interviewer had to think.
func (m *model) put(question string, stood bool) {
	var answer string
	if answer, m.err = m.room.Ask(question); m.err != nil {
		return
	}
	if stood {
		if m.err = m.runner.Continue(); m.err != nil {
			return
		}
		m.refresh()
	}
	m.room.Told = append(m.room.Told, Told{question, answer})
	m.show(answer)
}

// hint shows the next hint of the step.
func (m *model) hint() {
	if m.room.Hint == nil {
		m.say("there are no hints here")
		return
	}
	var hint string
	switch hint, m.err = m.room.Hint(); {
	case m.err != nil:
	case hint == "":
		m.say("no more hints for this step")
	default:
		m.hints = append(m.hints, hint)
		m.show(hint)
	}
}

// show says something that is also in the panel; where the line is too short for it, the panel opens at it,
// in place of the answer where it does not fit below.
func (m *model) show(s string) {
	m.say(line(s))
	if m.shown = ""; ansi.StringWidth(m.notice) <= m.width {
		return
	}
	m.shown = s
	if m.view() == panelOff {
		m.side = panelHalf
	}
	if !m.beside() && len(wrap(s, m.width))+2 > m.panelHeight() {
		m.side = panelWhole
	}
	m.layout()
}

// pause stops the clock and hides question and answer.
func (m *model) pause() {
	if m.err = m.runner.Pause(m.text()); m.err == nil {
		m.paused, m.dirty = true, false
	}
}

// pressPaused waits for the one key that goes on.
func (m *model) pressPaused(msg tea.KeyMsg) {
	switch msg.String() {
	case "enter", "esc", "z":
		m.resume()
	}
}

// resume lets the clock run again.
func (m *model) resume() {
	if m.err = m.runner.Continue(); m.err == nil {
		m.paused = false
		m.say("")
		m.refresh()
	}
}

// between shows what there is to say about the step just answered.
func (m *model) between() {
	var text string
	if text, m.err = m.room.After(); m.err != nil || text == "" {
		return
	}
	if m.err = m.runner.Halt(m.text(), session.Reading); m.err == nil {
		m.paused, m.dirty = true, false
		m.reading = &pager{title: line(m.room.Title), text: text, styles: m.styles}
		m.reading.Update(tea.WindowSizeMsg{Width: m.width, Height: m.height})
	}
}

// pressPage scrolls the page, or puts it away.
func (m *model) pressPage(msg tea.KeyMsg) {
	if _, away := m.reading.Update(msg); away != nil {
		m.reading = nil
		m.resume()
	}
}
