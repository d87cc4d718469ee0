package diagram

import "strings"

// spot maps a place of the layout to a cell.
func (l *layout) spot(u, v int) point {
	if l.across {
		return point{u, v}
	}
	return point{v, u}
}

// paint draws a level whose origin lies at u, v.
func (l *layout) paint(p *picture, lv *level, u, v int) {
	if lv.frame != nil {
		at, size := l.spot(u, v), l.spot(lv.du, lv.dv)
		p.frame(frame{x: at.x, y: at.y, w: size.x, h: size.y, title: cut(lv.title, titleWidth), titleX: lv.titleAt})
	}
	for _, w := range lv.vertices {
		switch {
		case w.inside != nil:
			l.paint(p, w.inside, u+w.u, v+w.v)
		case w.node != nil:
			at, size := l.spot(u+w.u, v+w.v), l.spot(w.du, w.dv)
			p.box(box{at.x, at.y, size.x, size.y, w.node.Kind, w.lines})
			l.loop(p, w, u, v)
		}
	}
	for _, g := range lv.gaps {
		for _, r := range g.runs {
			l.lead(p, g, r, u, v)
		}
	}
}

// lead draws one segment: out of its upper end, through the gap, into its
// lower end. Through a bend it begins at the far side.
func (l *layout) lead(p *picture, g gap, r run, u, v int) {
	from := r.seg.from.u + r.seg.from.du - 1
	if r.seg.from.bend() {
		from = r.seg.from.u
	}
	points := []point{l.spot(u+from, v+r.at[0])}
	for i, track := range r.tracks {
		at := u + g.u + g.first + track*g.stride
		points = append(points, l.spot(at, v+r.at[i]), l.spot(at, v+r.at[i+1]))
	}
	points = append(points, l.spot(u+r.seg.to.u, v+r.end()))
	p.strand(strand{
		edge: r.seg.edge + 1, points: points, first: r.seg.fromHead, last: r.seg.toHead,
		dashed: l.graph.Edges[r.seg.edge].Dashed,
	})
}

// loop draws the edge from a box to itself, round the corner at its end. Of
// several the first one is drawn; name tells the labels of all.
func (l *layout) loop(p *picture, w *vertex, u, v int) {
	if len(w.loops) == 0 {
		return
	}
	e := l.graph.Edges[w.loops[0]]
	end, side := u+w.u+w.du-1, v+w.v+w.dv-1
	middle := u + w.u + (w.du-1)/2
	p.strand(strand{
		edge: w.loops[0] + 1, last: !e.Plain, dashed: e.Dashed,
		points: []point{l.spot(end, side-1), l.spot(end+1, side-1), l.spot(end+1, side+2), l.spot(middle, side+2), l.spot(middle, side)},
	})
}

// name writes the labels of all edges: along a horizontal piece of the line,
// or beside a vertical one, or as a number on the line that the legend tells.
func (l *layout) name(p *picture, marks int) {
	labels := make([]string, len(l.graph.Edges))
	for i, e := range l.graph.Edges {
		labels[i] = e.Label
	}
	for _, v := range l.at {
		var all []string
		for _, i := range v.loops {
			if labels[i] != "" {
				all = append(all, labels[i])
			}
			labels[i] = ""
		}
		if len(v.loops) > 0 {
			labels[v.loops[0]] = strings.Join(all, " / ")
		}
	}
	names := map[string]string{}
	for id, v := range l.at {
		if v.node != nil {
			names[id] = v.node.Label
		} else {
			names[id] = v.inside.title
		}
	}
	for _, i := range l.notes {
		p.legend = append(p.legend, tell(l.graph.Edges[i], names))
		labels[i] = ""
	}
	for i, label := range labels {
		if label == "" || p.inline(i+1, label) {
			continue
		}
		if mark := markOf(marks + len(p.legend)); mark != "" && p.mark(i+1, mark) {
			p.legend = append(p.legend, mark+"  "+label)
		} else {
			e := l.graph.Edges[i]
			e.Label = label
			p.legend = append(p.legend, tell(e, names))
		}
	}
}

// markOf is the n-th mark: one column wide, digits first; "" when there are no
// more.
func markOf(n int) string {
	const marks = "123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	if n >= len(marks) {
		return ""
	}
	return marks[n : n+1]
}

// inline writes a label at the line of an edge if there is room.
func (p *picture) inline(edge int, label string) bool {
	wide := textWidth(label)
	for i := len(p.strands) - 1; i >= 0; i-- {
		if p.strands[i].edge == edge && p.along(p.strands[i], label, wide) {
			return true
		}
	}
	for i := len(p.strands) - 1; i >= 0; i-- {
		if p.strands[i].edge == edge && p.beside(p.strands[i], label, wide) {
			return true
		}
	}
	return false
}

// along sets a label into a horizontal piece: ── label ──►.
func (p *picture) along(s strand, label string, wide int) bool {
	cells := walkCells(s.points)
	for end := len(cells); end > 0; end-- {
		begin := end
		for begin > 0 && p.own(cells[begin-1], s.edge, left|right) && (begin == end || cells[begin-1].y == cells[begin].y) {
			begin--
		}
		if end-begin < wide+4 {
			continue
		}
		x, y := min(cells[begin].x, cells[end-1].x)+(end-begin-wide)/2, cells[begin].y
		for i := -1; i <= wide; i++ {
			*p.at(x+i, y) = cell{}
		}
		p.print(x-1, y, " "+label+" ")
		p.texts = append(p.texts, text{x, y, label, inFlat})
		return true
	}
	return false
}

// own reports whether a cell holds nothing but this piece of an edge's line.
func (p *picture) own(at point, edge int, bits uint8) bool {
	c := p.at(at.x, at.y)
	return c.what == line && c.edge == edge && !c.crossed && c.bits == bits
}

// beside sets a label beside a vertical piece, on the right if it can be. Two
// columns stay free on its other side, so that it belongs to this line only.
func (p *picture) beside(s strand, label string, wide int) bool {
	cells := walkCells(s.points)
	for i := len(cells) - 1; i >= 0; i-- {
		at := cells[i]
		c := p.at(at.x, at.y)
		if !p.own(at, s.edge, up|down) && !(c.what == tip && c.edge == s.edge && c.bits&(up|down) != 0) {
			continue
		}
		for side, x := range []int{at.x + 2, at.x - 1 - wide} {
			if p.free(x-1-side, at.y, wide+3) {
				p.print(x, at.y, label)
				p.texts = append(p.texts, text{x, at.y, label, rightOf + lie(side)})
				return true
			}
		}
	}
	return false
}

// free reports whether cells from x on are blank; beyond the right edge of the
// picture only room that is wanted to stay free may lie.
func (p *picture) free(x, y, wide int) bool {
	for i := range wide {
		if x+i >= p.width && i >= wide-2 {
			return true
		}
		if x+i < 0 && i < 2 {
			continue
		}
		if p.at(x+i, y).what != blank {
			return false
		}
	}
	return true
}

// mark puts a mark on the line of an edge, in the middle of a straight piece.
func (p *picture) mark(edge int, mark string) bool {
	for i := len(p.strands) - 1; i >= 0; i-- {
		if p.strands[i].edge != edge {
			continue
		}
		cells := walkCells(p.strands[i].points)
		for d := range len(cells) {
			at := cells[(len(cells)/2+(d+1)/2*(1-d%2*2)+len(cells))%len(cells)]
			if p.own(at, edge, up|down) || p.own(at, edge, left|right) {
				p.texts = append(p.texts, text{at.x, at.y, mark, lie(btoi(p.own(at, edge, up|down)))})
				*p.at(at.x, at.y) = cell{what: letter, text: mark}
				return true
			}
		}
	}
	return false
}
