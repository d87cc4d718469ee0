package diagram

import "slices"

// Walks finds ways in a graph, any number of them.
type Walks struct {
	g      Graph
	places map[string]int // by ID
	ends   []Node         // by place: groups, which are asked as nodes too, then nodes, then IDs that are neither
	named  int            // how many of them are groups or nodes
	up     []int          // by place: the group around it, -1 = none
	inside [][]int        // by place: the nodes and groups in a group
	arcs   []arc
	out    [][]int // by place: the arcs that begin there
}

type arc struct{ edge, from, to int }

// NewWalks prepares a graph, which must not change any more.
func NewWalks(g Graph) *Walks {
	n := len(g.Groups) + len(g.Nodes)
	w := &Walks{g: g, places: make(map[string]int, n), ends: make([]Node, 0, n)}
	for _, group := range g.Groups {
		w.put(Node{ID: group.ID, Label: group.Label, Group: group.Parent})
	}
	for _, node := range g.Nodes {
		w.put(node)
	}
	w.named = len(w.ends)
	w.up, w.arcs = make([]int, 0, w.named), make([]arc, 0, 2*len(g.Edges))
	for place := 0; place < w.named; place++ {
		up := -1
		if around := w.ends[place].Group; around != "" {
			up = w.place(around)
		}
		w.up = append(w.up, up)
	}
	for i, e := range g.Edges {
		from, to := w.place(e.From), w.place(e.To)
		w.arcs = append(w.arcs, arc{i, from, to})
		if (e.Plain || e.Both) && from != to {
			w.arcs = append(w.arcs, arc{i, to, from})
		}
	}
	for len(w.up) < len(w.ends) {
		w.up = append(w.up, -1)
	}
	w.fill()
	return w
}

func (w *Walks) put(n Node) {
	if at, ok := w.places[n.ID]; ok {
		w.ends[at] = n
		return
	}
	w.places[n.ID] = len(w.ends)
	w.ends = append(w.ends, n)
}

// place returns the place of an ID, a new one if nothing has it.
func (w *Walks) place(id string) int {
	at, ok := w.places[id]
	if !ok {
		at = len(w.ends)
		w.put(Node{ID: id})
	}
	return at
}

// fill lists what begins at each place and what is in each group.
func (w *Walks) fill() {
	w.out, w.inside = make([][]int, len(w.ends)), make([][]int, len(w.ends))
	for i, a := range w.arcs {
		w.out[a.from] = append(w.out[a.from], i)
	}
	for place := range w.named {
		outside := false
		w.around(place, func(up int) bool {
			if outside {
				w.inside[up] = append(w.inside[up], place)
			}
			outside = true
			return true
		})
	}
}

// around calls f for a place and the groups around it, inside out, until it returns false.
func (w *Walks) around(place int, f func(int) bool) {
	for depth := 0; f(place) && w.up[place] >= 0 && depth <= maxDepth; depth++ {
		place = w.up[place]
	}
}

// Places is how many places there are.
func (w *Walks) Places() int { return len(w.ends) }

// Where asks want about every group, as a Node with its ID and label, and every node, each with its place, and notes the
// answers in hits, one for each place. They are what Path begins and ends at.
func (w *Walks) Where(want func(place int, n *Node) bool, hits []bool) (some bool) {
	for place := range w.named {
		hits[place] = want(place, &w.ends[place])
		some = some || hits[place]
	}
	return some
}

// Path returns the edges of a shortest way along the arrows from one of the
// nodes from to another of the nodes to, or nil. A plain edge and one
// with two heads can be walked both ways. Of equally short ways it is the one
// written first.
//
// An edge that ends at
// a group's border reaches everything inside, one that begins there leaves
// from everything inside; and crossing a border inwards reaches the group,
// crossing it outwards leaves it.
func (w *Walks) Path(from, to []bool) []Edge {
	s := search{Walks: w, leave: from, reach: to, starts: make([][2]int, len(w.arcs)), goal: -1}
	s.run()
	var path []Edge
	for i := s.goal; i >= 0; i = s.steps[i].prev {
		path = append(path, w.g.Edges[w.arcs[s.steps[i].arc].edge])
	}
	slices.Reverse(path)
	return path
}

// search is a breadth-first search over arcs: an edge in one direction. Each arc
// is entered from at most two different starts, enough to tell a way to
// another node from a circle back to the start.
type search struct {
	*Walks
	leave, reach []bool   // by place
	starts       [][2]int // by arc: 1 + the places from which a way to it started, 0 = none
	steps        []step
	goal         int // last step of the way found, or -1
}

type step struct{ arc, prev, start int }

// within reports whether place is group or lies in it.
func (w *Walks) within(place, group int) (in bool) {
	w.around(place, func(up int) bool {
		in = up == group
		return !in
	})
	return in
}

// match reports whether end, a group that the arc crosses between end and
// other, or a node inside end is among hits.
func (w *Walks) match(end, other int, hits []bool) (met bool) {
	w.around(end, func(up int) bool {
		met = hits[up] && (up == end || !w.within(other, up))
		return !met
	})
	return met || slices.ContainsFunc(w.inside[end], func(in int) bool { return hits[in] })
}

func (s *search) run() {
	for a, arc := range s.arcs {
		if s.match(arc.from, arc.to, s.leave) && s.enter(a, -1, arc.from) {
			return
		}
	}
	for i := 0; i < len(s.steps); i++ {
		for _, a := range s.next(s.arcs[s.steps[i].arc].to) {
			if s.enter(a, i, s.steps[i].start) {
				return
			}
		}
	}
}

// enter goes along an arc and reports whether it leads to the goal.
func (s *search) enter(a, prev, start int) bool {
	was := &s.starts[a]
	switch {
	case was[0] == 0:
		was[0] = 1 + start
	case was[1] == 0 && was[0] != 1+start:
		was[1] = 1 + start
	default:
		return false
	}
	s.steps = append(s.steps, step{a, prev, start})
	end := s.arcs[a].to
	loop := prev < 0 && s.arcs[a].from == end
	if (end != start || loop) && s.match(end, s.arcs[a].from, s.reach) {
		s.goal = len(s.steps) - 1
		return true
	}
	return false
}

// next returns the arcs that go on from an end: from itself, from the groups
// around it, and from everything in it.
func (w *Walks) next(end int) []int {
	if len(w.g.Groups) == 0 {
		return w.out[end]
	}
	var arcs []int
	w.around(end, func(up int) bool {
		arcs = append(arcs, w.out[up]...)
		return true
	})
	for _, in := range w.inside[end] {
		arcs = append(arcs, w.out[in]...)
	}
	return arcs
}
