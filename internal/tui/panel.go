package tui

import (
	"strings"

	"interview/internal/session"
)

const (
	panelFrom = 110 // columns from which the panel is shown unless it is toggled away
)

// The panel is one page: what was asked, what is given, what is already answered. It is read, never typed into: every key
// still goes to the answer, and the open command bar scrolls it.

func (m *model) panelShown() bool { return m.side != (m.width >= panelFrom) }

func (m *model) togglePanel() {
	m.side = !m.side
	m.layout()
}

// beside tells whether the panel stands right of the boxes; in a narrow window it stands below them.
func (m *model) beside() bool { return m.panelShown() && m.width >= panelFrom }

// mainWidth is the width of the boxes.
func (m *model) mainWidth() int {
	if m.beside() {
		return m.width - m.panelWidth() - 3
	}
	return m.width
}

func (m *model) panelWidth() int {
	if m.beside() {
		return min(80, m.width*2/5)
	}
	return m.width
}

// panelBelow is how many rows the panel takes below the boxes.
func (m *model) panelBelow() int {
	if !m.panelShown() || m.beside() {
		return 0
	}
	return max(0, (m.height-bottomRows-len(m.top()))/2)
}

func (m *model) panelHeight() int {
	if m.beside() {
		return max(0, m.height-bottomRows-len(m.top()))
	}
	return m.panelBelow()
}

func (m *model) scroll(by int) { m.panelTop = max(0, m.panelTop+by) }

// panel is the visible part of the page.
func (m *model) panel() []string {
	width, rows := m.panelWidth(), m.panelHeight()
	page := m.panelPage(width)
	m.panelTop = min(m.panelTop, max(0, len(page)-rows))
	page = page[m.panelTop:]
	if len(page) > rows {
		page = append(page[:max(0, rows-1):max(0, rows-1)], m.styles.dim.Render("↓ more: esc, then ↓"))
	}
	for i, l := range page {
		page[i] = fit(l, width)
	}
	for len(page) < rows {
		page = append(page, "")
	}
	return page[:rows]
}

func (m *model) panelPage(width int) []string {
	var page []string
	section := func(title, text string) {
		if strings.TrimSpace(text) == "" {
			return
		}
		if len(page) > 0 {
			page = append(page, "")
		}
		page = append(page, m.styles.accent.Render(line(title)))
		for _, l := range wrap(text, width) {
			if heading, ok := strings.CutPrefix(l, partHeading); ok {
				l = m.styles.strong.Render(heading)
			}
			page = append(page, l)
		}
	}
	section(m.prompt().Title, m.prompt().Ask)
	for _, g := range m.given() {
		section(givenTitle(g), g.Text)
	}
	for _, t := range m.sitting.Turns {
		if t.Index != m.question.N-1 && t.Step.Prompt == m.question.Step.Prompt {
			section(t.Step.Title+" · your answer", t.Text)
		}
	}
	if len(page) == 0 {
		return []string{m.styles.dim.Render("nothing is answered yet")}
	}
	return page
}

func givenTitle(g session.Given) string {
	if g.Yours {
		return g.Title + " · given, your newest answer"
	}
	return g.Title + " · given, the model answer"
}
