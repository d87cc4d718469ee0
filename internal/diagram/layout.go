package diagram

// The layout is layered, as on a whiteboard: every box gets a rank, edges run
// from rank to rank, and an edge that would run backwards is laid out forwards
// with its head at the other end. It is worked out along two axes, so that one
// code draws downwards and across: u runs along the ranks, v along the boxes
// of one rank. A container is laid out first, by itself, and is then one big
// box of the level around it; an edge through its border passes a port there.
//
// layout.go makes levels and directions, rank.go ranks and orders, place.go
// finds coordinates, route.go leads the edges between two ranks.

// layout is one attempt to lay a graph out.
type layout struct {
	graph  Graph
	across bool // u is horizontal
	wrap   int  // columns of the longest line of a label in a box
	labels bool // across: make room for labels of edges
	root   *level
	at     map[string]*vertex // boxes and frames by ID
	notes  []int              // edges that can only be told in words
}

// level is the inside of a container, or the whole drawing.
type level struct {
	frame    *vertex // of the container in the level around; nil for the whole
	title    string
	titleAt  int // offset of the title along the upper border
	vertices []*vertex
	arcs     []link // edges whose ends first part here, not yet directed
	segs     []*seg // directed, from lower to higher rank
	ranks    [][]*vertex
	gaps     []gap // gaps[r] lies between ranks r and r+1
	du, dv   int   // size, borders included
}

// vertex is something with a rank: a box, a frame, a bend of a long edge, or
// a port in the border of the level.
type vertex struct {
	level       *level
	node        *Node
	inside      *level // of a frame
	side        int    // of a port: entry or exit
	rank, index int
	key         float64 // for ordering
	u, v        int     // position in the level
	du, dv      int     // size
	lines       []string
	loops       []int // edges from a box to itself
	ins, outs   []*seg
}

const (
	entry = 1 + iota
	exit
)

// link is an edge between two vertices of a level; nil stands for the border.
type link struct {
	edge int
	a, b *vertex
}

// seg is an edge's way between two vertices of a level, or the part of it
// between two adjacent ranks.
type seg struct {
	edge             int
	from, to         *vertex
	fromAt, toAt     int     // offsets of its ports along v
	fromPort, toPort *vertex // where it goes on inside a frame
	fromHead, toHead bool
	last             bool // it ends here, at a box
}

func newLayout(g Graph, across bool, wrap int) *layout {
	l := &layout{graph: g, across: across, wrap: wrap, root: &level{}, at: map[string]*vertex{}}
	parents := map[string]Group{}
	for _, group := range g.Groups {
		parents[group.ID] = group
	}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		v := &vertex{level: l.inside(n.Group, parents), node: n}
		l.at[n.ID] = v
		v.level.vertices = append(v.level.vertices, v)
	}
	for _, group := range g.Groups {
		l.inside(group.ID, parents)
	}
	for i, e := range g.Edges {
		l.edge(i, l.at[e.From], l.at[e.To])
	}
	l.direct(l.root)
	return l
}

// inside returns the level within a group, making the frames around it.
func (l *layout) inside(group string, parents map[string]Group) *level {
	g, ok := parents[group]
	if !ok {
		return l.root
	}
	if v := l.at[group]; v != nil {
		return v.inside
	}
	v := &vertex{level: l.inside(g.Parent, parents)}
	v.inside = &level{frame: v, title: g.Label}
	l.at[group] = v
	v.level.vertices = append(v.level.vertices, v)
	return v.inside
}

// up returns the frame around a vertex, or nil.
func (v *vertex) up() *vertex { return v.level.frame }

func (v *vertex) depth() int {
	depth := 0
	for f := v.up(); f != nil; f = f.up() {
		depth++
	}
	return depth
}

// edge files an edge at the level where its ends part.
func (l *layout) edge(i int, from, to *vertex) {
	if from == nil || to == nil {
		return
	}
	if from == to {
		if from.node != nil {
			from.loops = append(from.loops, i)
		} else {
			l.notes = append(l.notes, i)
		}
		return
	}
	a, b := from, to
	for a.depth() > b.depth() {
		if a.up() == b {
			b.inside.arcs = append(b.inside.arcs, link{i, a, nil})
			return
		}
		a = a.up()
	}
	for b.depth() > a.depth() {
		if b.up() == a {
			a.inside.arcs = append(a.inside.arcs, link{i, nil, b})
			return
		}
		b = b.up()
	}
	for a.level != b.level {
		a, b = a.up(), b.up()
	}
	a.level.arcs = append(a.level.arcs, link{i, a, b})
}

// direct turns the arcs of a level and of all levels in it into segments that
// make no circle.
func (l *layout) direct(lv *level) {
	back := lv.backward()
	for i, arc := range lv.arcs {
		e := l.graph.Edges[arc.edge]
		from, to := l.at[e.From], l.at[e.To]
		if back[i] {
			l.connect(lv, arc.edge, arc.b, arc.a, to, from)
		} else {
			l.connect(lv, arc.edge, arc.a, arc.b, from, to)
		}
	}
	for _, v := range lv.vertices {
		if v.inside != nil {
			l.direct(v.inside)
		}
	}
}

// backward finds the arcs that close a circle, walking from the vertices that
// nothing points at, in the order they were written.
func (lv *level) backward() map[int]bool {
	out := map[*vertex][]int{}
	pointed := map[*vertex]bool{}
	for i, arc := range lv.arcs {
		if arc.a != nil && arc.b != nil {
			out[arc.a] = append(out[arc.a], i)
			pointed[arc.b] = true
		}
	}
	back, state := map[int]bool{}, map[*vertex]int{} // 1: on the way, 2: done
	var walk func(v *vertex)
	walk = func(v *vertex) {
		state[v] = 1
		for _, i := range out[v] {
			switch next := lv.arcs[i].b; state[next] {
			case 0:
				walk(next)
			case 1:
				back[i] = true
			}
		}
		state[v] = 2
	}
	for _, first := range []bool{true, false} {
		for _, v := range lv.vertices {
			if state[v] == 0 && (!first || !pointed[v]) {
				walk(v)
			}
		}
	}
	return back
}

// head reports whether an edge has a head at this end.
func (l *layout) head(edge int, end *vertex) bool {
	e := l.graph.Edges[edge]
	return e.Both || !e.Plain && l.at[e.To] == end
}

// connect adds the segment of an edge at a level, from upper to lower, and
// leads it on inside the frames it ends in. A nil vertex is the level's border.
func (l *layout) connect(lv *level, edge int, upper, lower, upperEnd, lowerEnd *vertex) {
	s := &seg{edge: edge, from: upper, to: lower}
	if upper == nil {
		s.from, s.fromHead = lv.port(entry), l.head(edge, upperEnd)
	} else {
		s.fromPort, s.fromHead = l.leave(upper, upperEnd, edge, exit)
	}
	if lower == nil {
		s.to, s.toHead = lv.port(exit), l.head(edge, lowerEnd)
	} else {
		s.toPort, s.toHead = l.leave(lower, lowerEnd, edge, entry)
	}
	lv.segs = append(lv.segs, s)
}

// leave leads an edge from a vertex to its end: nothing to do at a box, a port
// in the border of a frame, and the way on from there to an end within.
func (l *layout) leave(v, end *vertex, edge, side int) (port *vertex, head bool) {
	if v.inside == nil {
		return nil, l.head(edge, end)
	}
	port = v.inside.port(side)
	if v == end {
		return port, l.head(edge, end)
	}
	inner := end
	for inner.level != v.inside {
		inner = inner.up()
	}
	s := &seg{edge: edge}
	if side == exit {
		s.from, s.to = inner, port
		s.fromPort, s.fromHead = l.leave(inner, end, edge, side)
	} else {
		s.from, s.to = port, inner
		s.toPort, s.toHead = l.leave(inner, end, edge, side)
	}
	v.inside.segs = append(v.inside.segs, s)
	return port, false
}

func (lv *level) port(side int) *vertex {
	v := &vertex{level: lv, side: side, du: 1, dv: 1}
	lv.vertices = append(lv.vertices, v)
	return v
}

// run lays out a level and everything in it.
func (l *layout) run(lv *level) {
	for _, v := range lv.vertices {
		if v.inside != nil {
			l.run(v.inside)
			v.du, v.dv = v.inside.du, v.inside.dv
		}
	}
	lv.rank(l.across)
	lv.split()
	for _, v := range lv.vertices {
		if v.node != nil {
			l.size(v)
		}
	}
	lv.order()
	lv.ports()
	lv.place(l.across)
	l.route(lv)
	l.stack(lv)
	if lv.frame != nil {
		l.entitle(lv)
	}
}

// size measures a box: its label, and room for its ports.
func (l *layout) size(v *vertex) {
	v.lines = wrapText(v.node.Label, l.wrap)
	wide := 0
	for _, line := range v.lines {
		wide = max(wide, textWidth(line))
	}
	outs := len(v.outs)
	if len(v.loops) > 0 {
		outs++
	}
	side := 2*max(len(v.ins), outs) + 1 // every second place, without the corners
	if l.across {
		v.du, v.dv = wide+4, max(len(v.lines)+2, side)
	} else {
		v.du, v.dv = len(v.lines)+2, max(wide+4, side)
	}
}

// spanU and spanV are the room a vertex takes: a loop goes round its corner.
func (v *vertex) spanU() int {
	if len(v.loops) > 0 {
		return v.du + 1
	}
	return v.du
}

func (v *vertex) spanV() int {
	if len(v.loops) > 0 {
		return v.dv + 2
	}
	return v.dv
}

func (v *vertex) bend() bool { return v.node == nil && v.inside == nil && v.side == 0 }
