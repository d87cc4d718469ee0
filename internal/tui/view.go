package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"interview/internal/bank"
)

const (
	bottomRows = 2 // status and keys
	gutter     = 2 // the rule left of a box, and a space
)

// View draws exactly the window's lines, none wider than the window.
func (m *model) View() string {
	if m.width == 0 || m.done {
		return ""
	}
	switch {
	case m.reading != nil:
		return m.reading.View()
	case m.paused:
		return m.pausedView()
	}
	lines := append(m.top(), m.body()...)
	rows := max(0, m.height-bottomRows)
	for len(lines) < rows {
		lines = append(lines, "")
	}
	lines = append(lines[:rows:rows], m.bottom()...)
	return strings.Join(lines[max(0, len(lines)-m.height):], "\n")
}

// bottom is the status and the keys; the open bar may take both lines.
func (m *model) bottom() []string {
	if !m.bar {
		return []string{m.status(), m.keys(1)[0]}
	}
	keys := m.keys(bottomRows)
	if len(keys) < bottomRows {
		keys = append([]string{m.status()}, keys...)
	}
	return keys
}

// layout gives every box its size; it is called whenever the window, the boxes or the focus change.
func (m *model) layout() {
	if m.width == 0 || m.done {
		return
	}
	m.layoutAsk()
	heights := m.heights()
	for i, b := range m.boxes {
		width, height := max(1, m.mainWidth()-gutter), heights[i]
		b.form.WithWidth(width).WithHeight(height)
		b.form.Update(tea.WindowSizeMsg{Width: width, Height: height}) // only an Update makes huh draw again
	}
}

// heights shares the rows among the boxes: evenly where each gets at least three lines, else all to the one with the cursor.
func (m *model) heights() []int {
	rows := m.height - bottomRows - len(m.top()) - m.panelBelow()
	n := len(m.boxes)
	if m.labelled() {
		rows -= n
	}
	heights := make([]int, n)
	for i := range heights {
		switch {
		case rows >= 3*n:
			heights[i] = (rows*(i+1))/n - (rows*i)/n
		case i == m.at:
			heights[i] = max(1, rows)
		}
	}
	return heights
}

func (m *model) labelled() bool { return m.boxes[0].label != "" }

// pausedView hides question and answer.
func (m *model) pausedView() string {
	lines := make([]string, m.height)
	lines[0] = m.header()
	middle := m.height / 2
	lines[middle] = m.styles.strong.Render("  Paused; the clock stands.")
	lines[m.height-1] = m.legend().set([]hint{{"enter", "go on", "enter", "go on"}, {"ctrl+c", "save and leave", "^c", "leave"}}, 1)[0]
	return strings.Join(lines, "\n")
}

// body is the boxes and the panel, beside or below them.
func (m *model) body() []string {
	switch {
	case m.view() == panelOff:
		return m.answer()
	case m.view() == panelWhole:
		return m.panel()
	case m.beside():
		return m.sideBySide(m.answer(), m.panel())
	}
	rule := m.styles.rule.Render(strings.Repeat("─", m.width))
	return append(append(m.answer(), rule), m.panel()...)
}

func (m *model) sideBySide(left, right []string) []string {
	width, rule := m.mainWidth(), m.styles.rule.Render(" │ ")
	lines := make([]string, len(right))
	for i := range right {
		answer := ""
		if i < len(left) {
			answer = left[i]
		}
		lines[i] = fit(answer, width) + rule + right[i]
	}
	return lines
}

// answer is the boxes, one below the other.
func (m *model) answer() []string {
	var lines []string
	heights := m.heights()
	for i, b := range m.boxes {
		style := m.styles.rule
		if i == m.at {
			style = m.styles.accent
		}
		if m.labelled() {
			lines = append(lines, m.label(i, heights[i] > 0))
		}
		if heights[i] < 1 {
			continue
		}
		for _, l := range strings.Split(b.form.View(), "\n") {
			lines = append(lines, style.Render("▎")+" "+l)
		}
	}
	return lines
}

// label names a box; a folded one says how much it holds.
func (m *model) label(i int, open bool) string {
	b := m.boxes[i]
	name := line(b.label)
	if !open {
		name += fmt.Sprintf(" (%s)", plural(countLines(b.field.Text()), "line"))
	}
	name = ansi.Truncate(name, max(0, m.mainWidth()-gutter), "…")
	if i == m.at {
		return m.styles.accent.Render("▎ " + name)
	}
	return m.styles.rule.Render("▎ ") + m.styles.dim.Render(name)
}

// top is the header, the stepper and the question.
func (m *model) top() []string {
	roomy := m.height >= 20
	lines := []string{m.header()}
	if roomy {
		lines = append(lines, m.pace())
	}
	lines = append(lines, m.stepper())
	if roomy {
		lines = append(lines, "")
	}
	lines = append(lines, m.questionLines()...)
	if roomy {
		lines = append(lines, "")
	}
	return lines
}

// questionLines are the prompt and the step's question, at most a third of the window; the panel has both in full.
func (m *model) questionLines() []string {
	step := m.question.Step
	var lines []string
	prompt := line(m.prompt().Ask)
	rows := max(2, m.height/3-2)
	question := wrap(step.Ask, m.width)
	if prompt != "" && m.view() == panelOff && prompt != line(step.Ask) {
		room := rows - len(question)
		for _, l := range clip(wrap(prompt, m.width), min(room, 3), m.width) {
			lines = append(lines, m.styles.dim.Render(l))
		}
	}
	for _, l := range clip(question, rows, m.width) {
		lines = append(lines, m.styles.strong.Render(l))
	}
	return lines
}

func (m *model) prompt() bank.Prompt {
	for _, p := range m.sitting.Plan.Prompts {
		if p.ID == m.question.Step.Prompt {
			return p
		}
	}
	return bank.Prompt{}
}

// status is the question to the interviewer, the notice, or else how much is written and that it is saved.
func (m *model) status() string {
	if m.asking != nil {
		return m.asking.View()
	}
	if m.notice != "" {
		style := m.styles.accent
		if m.alarm {
			style = m.styles.warn
		}
		return style.Render(ansi.Truncate(m.notice, m.width, "…"))
	}
	words := 0
	for _, b := range m.boxes {
		words += len(strings.Fields(b.field.Text()))
	}
	state := "saved"
	if m.dirty {
		state = "…"
	}
	status := plural(words, "word") + " · " + state
	if n := len(m.given()); n > 0 && m.view() == panelOff {
		status += " · " + plural(n, "phase") + " given: esc w"
	}
	return m.styles.dim.Render(ansi.Truncate(status, m.width, "…"))
}

// keys are all keys of the room, or the commands while the bar is open, in at most rows lines.
func (m *model) keys(rows int) []string {
	switch {
	case m.thinking != nil:
		return m.legend().set([]hint{{"esc", "go on without", "esc", "go on"}, {"ctrl+c", "save and leave", "^c", "leave"}}, rows)
	case m.bar:
		return m.legend().set(m.barHints(), rows)
	case m.asking != nil:
		return m.legend().set([]hint{{"enter", "ask", "enter", "ask"}, {"esc", "back", "esc", "back"}}, rows)
	}
	next := m.goesTo()
	hints := []hint{{"ctrl+s", next, "^s", next}, {"esc", "menu", "esc", "menu"}, {"ctrl+c", "save and leave", "^c", "leave"}}
	if len(m.boxes) > 1 {
		hints = append(hints, hint{"shift+tab", "back", "", ""})
	}
	return m.legend().set(append(hints, hint{"ctrl+z", "suspend", "^z", "suspend"}), rows)
}

func (m *model) barHints() []hint {
	var hints []hint
	for _, c := range commands {
		hints = append(hints, hint{c.key, c.name, c.key, c.short})
	}
	if m.view() != panelOff {
		hints = append(hints, hint{"↑↓", "scroll", "↑↓", "scroll"})
	}
	return append(hints, hint{"esc", "text", "esc", "text"})
}

func (m *model) legend() legend { return legend{m.styles, m.width} }

// goesTo says what ctrl+s does now.
func (m *model) goesTo() string {
	switch {
	case m.at < len(m.boxes)-1:
		return "next box"
	case m.question.N < m.question.Of:
		return "next"
	}
	return "finish"
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
