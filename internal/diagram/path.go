package diagram

import "slices"

// Path returns the edges of a shortest way along the arrows from a node for
// which from holds to another for which to holds, or nil. A plain edge and one
// with two heads can be walked both ways. Of equally short ways it is the one
// written first.
//
// A group is asked too, as a Node with its ID and label. An edge that ends at
// a group's border reaches everything inside, one that begins there leaves
// from everything inside; and crossing a border inwards reaches the group,
// crossing it outwards leaves it.
func (g Graph) Path(from, to func(Node) bool) []Edge {
	w := newWalk(g)
	w.search(from, to)
	var path []Edge
	for s := w.goal; s >= 0; s = w.steps[s].prev {
		path = append(path, g.Edges[w.arcs[w.steps[s].arc].edge])
	}
	slices.Reverse(path)
	return path
}

// walk is a breadth-first search over arcs: an edge in one direction. Each arc
// is entered from at most two different starts, enough to tell a way to
// another node from a circle back to the start.
type walk struct {
	g      Graph
	nodes  map[string]Node   // by ID; groups as well
	up     map[string]string // ID to the group around it
	arcs   []arc
	out    map[string][]int // ID to the arcs that begin there
	steps  []step
	inside map[string][]string // group to the nodes and groups in it
	goal   int                 // last step of the way found, or -1
}

type arc struct {
	edge     int
	from, to string
}

type step struct {
	arc, prev int
	start     string
}

func newWalk(g Graph) *walk {
	w := &walk{g: g, nodes: map[string]Node{}, up: map[string]string{}, out: map[string][]int{}, goal: -1}
	for _, group := range g.Groups {
		w.nodes[group.ID] = Node{ID: group.ID, Label: group.Label, Group: group.Parent}
		w.up[group.ID] = group.Parent
	}
	for _, n := range g.Nodes {
		w.nodes[n.ID] = n
		w.up[n.ID] = n.Group
	}
	w.fill()
	for i, e := range g.Edges {
		w.arcs = append(w.arcs, arc{i, e.From, e.To})
		if (e.Plain || e.Both) && e.From != e.To {
			w.arcs = append(w.arcs, arc{i, e.To, e.From})
		}
	}
	for i, a := range w.arcs {
		w.out[a.from] = append(w.out[a.from], i)
	}
	return w
}

// fill lists what is in each group.
func (w *walk) fill() {
	w.inside = map[string][]string{}
	for _, group := range w.g.Groups {
		for _, up := range w.around(group.ID)[1:] {
			w.inside[up] = append(w.inside[up], group.ID)
		}
	}
	for _, n := range w.g.Nodes {
		for _, up := range w.around(n.ID)[1:] {
			w.inside[up] = append(w.inside[up], n.ID)
		}
	}
}

// around returns id and the groups around it, inside out.
func (w *walk) around(id string) []string {
	ids := []string{id}
	for depth := 0; w.up[id] != "" && depth <= maxDepth; depth++ {
		id = w.up[id]
		ids = append(ids, id)
	}
	return ids
}

// within reports whether id is group or lies in it.
func (w *walk) within(id, group string) bool {
	for _, up := range w.around(id) {
		if up == group {
			return true
		}
	}
	return false
}

// hits asks want once about every node and group.
func (w *walk) hits(want func(Node) bool) map[string]bool {
	hits := make(map[string]bool, len(w.nodes))
	for _, group := range w.g.Groups {
		hits[group.ID] = want(w.nodes[group.ID])
	}
	for _, n := range w.g.Nodes {
		hits[n.ID] = want(n)
	}
	return hits
}

// match reports whether end, a group that the arc crosses between end and
// other, or a node inside end is among hits.
func (w *walk) match(end, other string, hits map[string]bool) bool {
	for _, id := range w.around(end) {
		if hits[id] && (id == end || !w.within(other, id)) {
			return true
		}
	}
	return slices.ContainsFunc(w.inside[end], func(id string) bool { return hits[id] })
}

func (w *walk) search(from, to func(Node) bool) {
	leave, reach := w.hits(from), w.hits(to)
	starts := make([][]string, len(w.arcs)) // starts from which an arc was entered
	enter := func(a, prev int, start string) bool {
		if len(starts[a]) == 2 || len(starts[a]) == 1 && starts[a][0] == start {
			return false
		}
		starts[a] = append(starts[a], start)
		w.steps = append(w.steps, step{a, prev, start})
		end := w.arcs[a].to
		loop := prev < 0 && w.arcs[a].from == end
		if (end != start || loop) && w.match(end, w.arcs[a].from, reach) {
			w.goal = len(w.steps) - 1
			return true
		}
		return false
	}
	for a, arc := range w.arcs {
		if w.match(arc.from, arc.to, leave) && enter(a, -1, arc.from) {
			return
		}
	}
	for s := 0; s < len(w.steps); s++ {
		for _, a := range w.next(w.arcs[w.steps[s].arc].to) {
			if enter(a, s, w.steps[s].start) {
				return
			}
		}
	}
}

// next returns the arcs that go on from an end: from itself, from the groups
// around it, and from everything in it.
func (w *walk) next(end string) []int {
	if len(w.g.Groups) == 0 {
		return w.out[end]
	}
	var arcs []int
	for _, id := range w.around(end) {
		arcs = append(arcs, w.out[id]...)
	}
	for _, id := range w.inside[end] {
		arcs = append(arcs, w.out[id]...)
	}
	return arcs
}
