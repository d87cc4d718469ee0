package diagram

import "slices"

// Merge unites drawings into one graph, as the several drawings of one answer
// are one design. Nodes of the same folded name are the same node, and so are
// groups; the first mention gives label, kind and group. An edge drawn twice
// is kept once, at its first line. IDs of the result are folded names.
func Merge(graphs ...Graph) Graph {
	nodes, edges := 0, 0
	for _, g := range graphs {
		nodes, edges = nodes+len(g.Nodes), edges+len(g.Edges)
	}
	m := merger{b: newBuilder(), edges: make(map[Edge]bool, edges)}
	m.b.graph.Nodes, m.b.graph.Edges = slices.Grow(m.b.graph.Nodes, min(nodes, maxNodes)), slices.Grow(m.b.graph.Edges, min(edges, maxEdges))
	for _, g := range graphs {
		m.add(g)
	}
	return m.b.graph
}

type merger struct {
	b     *builder
	edges map[Edge]bool // edges seen, without their line
}

func (m *merger) add(g Graph) {
	ids := make(map[string]string, len(g.Nodes)+len(g.Groups)) // old ID to new
	m.b.graph.Across = m.b.graph.Across || g.Across
	m.addGroups(g, ids)
	for _, n := range g.Nodes {
		id := m.place(fold(n.Label), n, ids[n.Group])
		ids[n.ID] = id
	}
	for _, e := range g.Edges {
		e.From, e.To = ids[e.From], ids[e.To]
		if e.From != "" && e.To != "" {
			m.addEdge(e)
		}
	}
}

// place returns the ID of the merged node. A node that is named like a group
// of another drawing means that group.
func (m *merger) place(id string, n Node, group string) string {
	if _, ok := m.b.groups[id]; ok {
		return id
	}
	at, known := m.b.nodes[id]
	if !known {
		if len(m.b.graph.Nodes) == maxNodes {
			return ""
		}
		n.ID, n.Group = id, group
		m.b.nodes[id] = len(m.b.graph.Nodes)
		m.b.graph.Nodes = append(m.b.graph.Nodes, n)
		return id
	}
	old := &m.b.graph.Nodes[at]
	if old.Group == "" {
		old.Group = group
	}
	if old.Kind == Box {
		old.Kind = n.Kind
	}
	return id
}

// addGroups runs before the nodes, parents first whatever their order.
func (m *merger) addGroups(g Graph, ids map[string]string) {
	parent := map[string]Group{}
	for _, group := range g.Groups {
		parent[group.ID] = group
	}
	for _, group := range g.Groups {
		m.addGroup(group, parent, ids, 0)
	}
}

func (m *merger) addGroup(group Group, parent map[string]Group, ids map[string]string, depth int) {
	if ids[group.ID] != "" || depth > maxDepth {
		return
	}
	if up, ok := parent[group.Parent]; ok {
		m.addGroup(up, parent, ids, depth+1)
	}
	id := fold(group.Label)
	if _, ok := m.b.nodes[id]; ok {
		id = "group " + id
	}
	ids[group.ID] = id
	if _, ok := m.b.groups[id]; !ok {
		m.b.groups[id] = len(m.b.graph.Groups)
		m.b.graph.Groups = append(m.b.graph.Groups, Group{ID: id, Label: group.Label, Parent: ids[group.Parent]})
	}
}

func (m *merger) addEdge(e Edge) {
	key := e
	key.Line, key.Dashed = 0, false
	if m.edges[key] || len(m.b.graph.Edges) == maxEdges {
		return
	}
	m.edges[key] = true
	m.b.graph.Edges = append(m.b.graph.Edges, e)
}
