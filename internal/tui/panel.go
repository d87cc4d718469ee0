package tui

import (
	"slices"
	"strings"

	"interview/internal/session"
)

const (
	panelFrom  = 110 // columns from which the panel is shown unless it was put away
	answerRows = 6   // that a picture below the answer leaves to it
	halfFrom   = 16  // lines from which the panel has room below the answer
)

// panelView is how the panel is shown. It is one page: the whiteboard, what was asked and told, what is given, what is
// answered. It is read, never typed into: keys still go to the answer, and the open command bar scrolls it.
type panelView int

const (
	panelAuto  panelView = iota // beside the answer where the window is wide, else off
	panelOff                    //
	panelHalf                   // beside or below the answer
	panelWhole                  // in place of the answer, until a key is typed
)

// view is the panel's view now; never panelAuto.
func (m *model) view() panelView {
	switch {
	case m.side == panelHalf && m.low():
		return panelOff
	case m.side != panelAuto:
		return m.side
	case m.width >= panelFrom:
		return panelHalf
	}
	return panelOff
}

// low tells whether the panel has room in place of the answer only: half of it would be a title and no picture.
func (m *model) low() bool { return m.height < halfFrom && m.width < panelFrom }

// togglePanel goes from off to half, where there is room for it, to whole to off.
func (m *model) togglePanel() {
	switch {
	case m.view() == panelOff && !m.low():
		m.side = panelHalf
	case m.view() != panelWhole:
		m.side = panelWhole
	default:
		m.side = panelOff
	}
	m.layout()
}

// beside tells whether the panel stands right of the boxes; in a narrow window it stands below them.
func (m *model) beside() bool { return m.view() == panelHalf && m.width >= panelFrom }

// mainWidth is the width of the boxes.
func (m *model) mainWidth() int {
	if m.beside() {
		return m.width - m.panelWidth() - 3
	}
	return m.width
}

func (m *model) panelWidth() int {
	if m.beside() {
		return min(80, m.width/2-2)
	}
	return m.width
}

// panelBelow is how many rows the panel takes away from the boxes, its rule included: half of them, or more for a picture.
func (m *model) panelBelow() int {
	if m.view() != panelHalf || m.beside() {
		return 0
	}
	rows := m.bodyRows()
	picture := len(m.picture.lines) + 3 // and the rule, the title, and a line that says there is more
	return max(rows/2, min(picture, rows-answerRows))
}

func (m *model) bodyRows() int { return max(0, m.height-bottomRows-len(m.top())) }

// panelHeight is the number of lines of the page that show.
func (m *model) panelHeight() int {
	switch {
	case m.view() == panelOff:
		return 0
	case m.beside(), m.view() == panelWhole:
		return m.bodyRows()
	}
	return max(0, m.panelBelow()-1)
}

func (m *model) scroll(by int) { m.panelTop, m.shown = max(0, m.panelTop+by), "" }

// openAt is the first line to show so that a text of the page can be read, with the line above it; 0 where it is in view anyway.
func openAt(page []string, text string, width, rows int) int {
	lines := wrap(text, width)
	if len(lines) == 0 {
		return 0
	}
	at := slices.Index(page, lines[0])
	if at < 0 || at+len(lines) < rows || len(page) <= rows {
		return 0
	}
	return max(0, at-1)
}

// panel is the visible part of the page.
func (m *model) panel() []string {
	width, rows := m.panelWidth(), m.panelHeight()
	if rows < 1 {
		return nil
	}
	page := m.page(width)
	if m.shown != "" {
		m.panelTop = openAt(page, m.shown, width, rows)
	}
	m.panelTop = min(m.panelTop, max(0, len(page)-rows))
	page = page[m.panelTop:]
	if len(page) > rows {
		page = append(page[:rows-1:rows-1], m.styles.dim.Render("↓ more: esc, then ↓"))
	}
	for i, l := range page {
		page[i] = fit(l, width)
	}
	for len(page) < rows {
		page = append(page, "")
	}
	return page
}

// page is all that the panel has to show.
func (m *model) page(width int) []string {
	page := m.whiteboard()
	section := func(title, text string) {
		if strings.TrimSpace(text) == "" {
			return
		}
		if len(page) > 0 {
			page = append(page, "")
		}
		page = append(page, m.styles.accent.Render(line(title)))
		page = append(page, m.prose(text, width)...)
	}
	section("You asked", m.told())
	section("Hints", strings.Join(m.hints, "\n"))
	section(m.prompt().Title, m.prompt().Ask)
	for _, g := range m.given() {
		section(givenTitle(g), g.Text)
	}
	for _, t := range m.earlier() {
		section(t.Step.Title+" · your answer", t.Text)
	}
	if len(page) == 0 {
		return []string{m.styles.dim.Render("nothing is answered yet")}
	}
	return page
}

// prose wraps a text; its headings stand out.
func (m *model) prose(text string, width int) []string {
	lines := wrap(text, width)
	for i, l := range lines {
		if heading := strings.TrimLeft(l, "#"); heading != l && strings.HasPrefix(heading, " ") {
			lines[i] = m.styles.strong.Render(heading[1:])
		}
	}
	return lines
}

// whiteboard is the picture and, if there is one, the reason why it is not of the newest text.
func (m *model) whiteboard() []string {
	var lines []string
	if len(m.picture.lines) > 0 || m.picture.problem != "" {
		lines = append(lines, m.styles.accent.Render("Whiteboard"))
	}
	for _, l := range m.picture.lines {
		lines = append(lines, visible(l))
	}
	for _, l := range wrap(m.picture.problem, m.panelWidth()) {
		lines = append(lines, m.styles.warn.Render(l))
	}
	return lines
}

// told is the talk with the interviewer.
func (m *model) told() string {
	var b strings.Builder
	for _, t := range m.room.Told {
		b.WriteString("– " + t.Question + "\n" + t.Answer + "\n")
	}
	return b.String()
}

// given are the earlier phases that a drill starts from.
func (m *model) given() []session.Given {
	var given []session.Given
	for _, g := range m.sitting.Plan.Given {
		if g.Prompt == m.question.Step.Prompt {
			given = append(given, g)
		}
	}
	return given
}

// earlier are the turns of the other steps of this prompt.
func (m *model) earlier() []session.Turn {
	var turns []session.Turn
	for _, t := range m.sitting.Turns {
		if t.Index != m.question.N-1 && t.Step.Prompt == m.question.Step.Prompt {
			turns = append(turns, t)
		}
	}
	return turns
}

func givenTitle(g session.Given) string {
	if g.Yours {
		return g.Title + " · given, your newest answer"
	}
	return g.Title + " · given, the model answer"
}
