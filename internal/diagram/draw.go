package diagram

import (
	"fmt"
	"slices"
	"strings"
)

// Limits of what is drawn as boxes and lines; beyond them the edges are
// listed.
const (
	drawNodes = 80
	drawEdges = 160
	listLines = 200
)

// Draw draws a graph for a terminal, as boxes and lines in at most width
// columns: plain boxes ┌─┐, stores ╭─╮, queues ║ ║, choices ╱─╲, containers as
// dotted frames. Each line can be followed from box to box; where two cross,
// the vertical one stays whole. A label stands at its line where there is room;
// otherwise the line carries a number, and a legend below tells it. A chain is
// drawn on one row where that fits. A graph that cannot be drawn in the width
// is told as a list of its edges. Control characters of labels are shown as
// their pictures. The same graph and width give the same drawing.
func Draw(g Graph, width int) string {
	g = shown(g)
	if len(g.Nodes)+len(g.Groups) == 0 {
		return ""
	}
	if lines, ok := drawParts(g, width); ok {
		return strings.Join(lines, "\n") + "\n"
	}
	return strings.Join(list(g, width), "\n") + "\n"
}

// drawParts draws the unconnected parts of a graph beside and below each other.
func drawParts(g Graph, width int) ([]string, bool) {
	if len(g.Nodes)+len(g.Groups) > drawNodes || len(g.Edges) > drawEdges {
		return nil, false
	}
	var lines, legend []string
	shelf := shelf{width: width}
	for _, part := range parts(g) {
		p := choose(part, width, len(legend))
		if p == nil {
			return nil, false
		}
		legend = append(legend, p.legend...)
		lines = append(lines, shelf.put(p.rows())...)
	}
	lines = append(lines, shelf.lines...)
	for _, entry := range legend {
		lines = append(lines, hang(entry, width)...)
	}
	return lines, true
}

// shelf stands pictures beside each other.
type shelf struct {
	width, used int
	lines       []string
}

// put adds a picture, or begins a new shelf with it and returns the old one.
func (s *shelf) put(rows []string) (full []string) {
	wide := 0
	for _, row := range rows {
		wide = max(wide, textWidth(row))
	}
	if s.used > 0 && s.used+2+wide > s.width {
		full, s.lines, s.used = s.lines, nil, 0
	}
	at := s.used
	if at > 0 {
		at += 2
	}
	for i, row := range rows {
		if i == len(s.lines) {
			s.lines = append(s.lines, "")
		}
		if row != "" {
			s.lines[i] += strings.Repeat(" ", at-textWidth(s.lines[i])) + row
		}
	}
	s.used = at + wide
	return full
}

// parts splits a graph into its unconnected parts; a container holds together
// what is in it.
func parts(g Graph) []Graph {
	lead := map[string]string{}
	var find func(id string) string
	find = func(id string) string {
		if lead[id] == "" || lead[id] == id {
			return id
		}
		lead[id] = find(lead[id])
		return lead[id]
	}
	join := func(a, b string) {
		if a != "" && b != "" {
			lead[find(b)] = find(a)
		}
	}
	for _, n := range g.Nodes {
		join(n.Group, n.ID)
	}
	for _, group := range g.Groups {
		join(group.Parent, group.ID)
	}
	for _, e := range g.Edges {
		join(e.From, e.To)
	}
	var out []Graph
	place := map[string]int{}
	part := func(id string) *Graph {
		id = find(id)
		if _, ok := place[id]; !ok {
			place[id] = len(out)
			out = append(out, Graph{Across: g.Across})
		}
		return &out[place[id]]
	}
	for _, n := range g.Nodes {
		p := part(n.ID)
		p.Nodes = append(p.Nodes, n)
	}
	for _, group := range g.Groups {
		p := part(group.ID)
		p.Groups = append(p.Groups, group)
	}
	for _, e := range g.Edges {
		p := part(e.From)
		p.Edges = append(p.Edges, e)
	}
	return out
}

// choose draws a part in several ways and returns the one with fewest lines
// that fits, or nil. Labels of boxes are broken more often if they must.
func choose(g Graph, width, marks int) *picture {
	var best *picture
	for _, wrap := range []int{24, 16, 11} {
		for _, way := range []struct{ across, labels bool }{{true, true}, {true, false}, {false, false}} {
			p := try(g, width, wrap, marks, way.across, way.labels)
			if p == nil {
				continue
			}
			if best == nil || p.height+len(p.legend) < best.height+len(best.legend) {
				best = p
			}
			if way.across && (g.Across || way.labels && p.height <= 5) {
				return best // as its author wanted it, or a chain
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

// try draws a graph in one way. It returns nil if that does not fit.
func try(g Graph, width, wrap, marks int, across, labels bool) *picture {
	l := newLayout(g, across, wrap)
	l.labels = labels
	l.run(l.root)
	w, h := l.root.dv, l.root.du
	if across {
		w, h = h, w
	}
	if w > width {
		return nil
	}
	p := newPicture(width, h)
	l.paint(p, l.root, 0, 0)
	l.name(p, marks)
	p.crop()
	if p.bad {
		return nil
	}
	return p
}

// crop takes empty columns off the right.
func (p *picture) crop() {
	used := 0
	for i, c := range p.cells {
		if c.what != blank {
			used = max(used, i%p.width+1)
		}
	}
	cells := make([]cell, 0, used*p.height)
	for y := range p.height {
		cells = append(cells, p.cells[y*p.width:y*p.width+used]...)
	}
	p.width, p.cells = used, cells
}

// list tells the edges in words: from each box, in the order they were
// written.
func list(g Graph, width int) []string {
	names := map[string]string{}
	for _, group := range g.Groups {
		names[group.ID] = group.Label
	}
	for _, n := range g.Nodes {
		names[n.ID] = n.Label
	}
	var lines []string
	told := map[string]bool{}
	for i, e := range g.Edges {
		told[e.From], told[e.To] = true, true
		if i > 0 && e.Label == "" && g.Edges[i-1].Label == "" && sameFoot(e, g.Edges[i-1]) {
			lines[len(lines)-1] += ", " + names[e.To]
			continue
		}
		lines = append(lines, tell(e, names))
	}
	for _, group := range g.Groups {
		var inside []string
		for _, n := range g.Nodes {
			if n.Group == group.ID {
				inside = append(inside, n.Label)
				told[n.ID] = true
			}
		}
		lines = append(lines, fmt.Sprintf("%s: %s", group.Label, strings.Join(inside, ", ")))
	}
	for _, n := range g.Nodes {
		if !told[n.ID] {
			lines = append(lines, n.Label)
		}
	}
	return bounded(lines, width)
}

func sameFoot(a, b Edge) bool {
	return a.From == b.From && a.Both == b.Both && a.Plain == b.Plain && a.Dashed == b.Dashed
}

// bounded breaks lines to the width and cuts a long list.
func bounded(lines []string, width int) []string {
	var out []string
	for i, line := range lines {
		if len(out) > listLines {
			return append(out, fmt.Sprintf("… and %d more", len(lines)-i))
		}
		out = append(out, hang(line, width)...)
	}
	return out
}

// tell writes one edge as a line of text.
func tell(e Edge, names map[string]string) string {
	arrow := " → "
	switch {
	case e.Plain:
		arrow = " — "
	case e.Both:
		arrow = " ↔ "
	case e.Dashed:
		arrow = " ⇢ "
	}
	s := names[e.From] + arrow + names[e.To]
	if e.Label != "" {
		s += ": " + e.Label
	}
	return s
}

// hang breaks a line to the width, with its further lines indented.
func hang(s string, width int) []string {
	width = max(width, 8)
	if textWidth(s) <= width {
		return []string{s}
	}
	lines := []string{""}
	for _, word := range strings.Fields(s) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = cut(word, width)
		case textWidth(*last)+1+textWidth(word) <= width:
			*last += " " + word
		default:
			lines = append(lines, "  "+cut(word, width-2))
		}
	}
	return slices.DeleteFunc(lines, func(s string) bool { return s == "" })
}
