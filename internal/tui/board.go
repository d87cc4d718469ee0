package tui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"interview/internal/diagram"
)

// The whiteboard is what is drawn in the answers, as boxes and lines. It is drawn beside the loop, one drawing at a time,
// so that it never makes a key wait; what comes is always a picture of the newest text or is drawn again.

type board struct {
	earlier []string // answers of other steps, and what is given
	texts   []string // of the boxes
	width   int
}

// picture is a finished drawing.
type picture struct {
	of      board
	lines   []string
	problem string // why the newest text is not in it
}

type pictureMsg picture

// draw asks for a new drawing where the shown one is not of the newest text.
func (m *model) draw() tea.Cmd {
	if m.drawing || m.paused || m.view() == panelOff {
		return nil
	}
	b := m.newest()
	if b.equal(m.picture.of) {
		return nil
	}
	m.drawing = true
	last := m.picture
	return func() tea.Msg { return pictureMsg(b.paint(last)) }
}

// newest is what should be on the board now.
func (m *model) newest() board {
	b := board{width: m.panelWidth()}
	for _, g := range m.given() {
		b.earlier = append(b.earlier, g.Text)
	}
	for _, t := range m.earlier() {
		b.earlier = append(b.earlier, t.Text)
	}
	for _, box := range m.boxes {
		b.texts = append(b.texts, box.field.Text())
	}
	return b
}

func (b board) equal(c board) bool {
	return b.width == c.width && slices.Equal(b.texts, c.texts) && slices.Equal(b.earlier, c.earlier)
}

// paint draws the board. While the newest text does not parse, as a half-typed drawing does not, the last picture stays.
func (b board) paint(last picture) picture {
	var graphs []diagram.Graph
	for _, text := range b.earlier {
		for _, block := range diagram.FromMarkdown(text) {
			graphs = append(graphs, block.Graph)
		}
	}
	p := picture{of: b}
	for _, text := range b.texts {
		for _, block := range diagram.FromMarkdown(text) {
			graphs = append(graphs, block.Graph)
			if block.Err != nil && p.problem == "" {
				p.problem = block.Err.Error()
			}
		}
	}
	if p.problem != "" && len(last.lines) > 0 && last.of.width == b.width {
		p.lines = last.lines
		return p
	}
	if g := diagram.Merge(graphs...); len(g.Nodes) > 0 {
		p.lines = strings.Split(strings.TrimRight(diagram.Draw(g, b.width), "\n"), "\n")
	}
	return p
}

// drawn takes a finished drawing.
func (m *model) drawn(p picture) {
	resized := len(p.lines) != len(m.picture.lines)
	if m.shown != "" && m.notice == "" && !slices.Equal(p.lines, m.picture.lines) {
		m.panelTop, m.shown = 0, "" // who draws on has read the hint
	}
	m.drawing, m.picture = false, p
	if resized && m.panelBelow() > 0 {
		m.layout()
	}
}
