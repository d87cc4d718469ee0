package diagram

import (
	"fmt"
	"strings"
)

// Mermaid writes a graph as a flowchart that Parse, and Mermaid itself, read
// back as the same graph: same labels, kinds, lines and containers, in the
// same order. IDs are kept where Mermaid can hold them.
func Mermaid(g Graph) string {
	w := mermaidWriter{graph: shown(g), ids: map[string]string{}, used: map[string]bool{}}
	w.out.WriteString("flowchart ")
	if g.Across {
		w.out.WriteString("LR\n")
	} else {
		w.out.WriteString("TD\n")
	}
	w.name()
	w.level("", 1)
	w.edges()
	return w.out.String()
}

type mermaidWriter struct {
	graph Graph
	ids   map[string]string
	used  map[string]bool
	out   strings.Builder
}

// name finds an ID for every node and group.
func (w *mermaidWriter) name() {
	var all []string
	for _, n := range w.graph.Nodes {
		all = append(all, n.ID)
	}
	for _, g := range w.graph.Groups {
		all = append(all, g.ID)
	}
	for _, id := range all {
		if safeID(id) {
			w.ids[id], w.used[id] = id, true
		}
	}
	next := 1
	for _, id := range all {
		for w.ids[id] == "" {
			if free := fmt.Sprintf("n%d", next); !w.used[free] {
				w.ids[id], w.used[free] = free, true
			}
			next++
		}
	}
}

// reservedIDs mean something else at the start of a statement.
var reservedIDs = newWordSet("end graph flowchart subgraph direction classDef class style linkStyle click default title accTitle accDescr interpolate call href")

// safeID reports whether an ID is one that Mermaid reads as such.
func safeID(id string) bool {
	for i, r := range id {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r != '_' && (r < '0' || r > '9')) {
			return false
		}
	}
	return id != "" && !reservedIDs.has(id) && !otherWords.has(id)
}

// level writes what lies directly in a group, and the groups in it.
func (w *mermaidWriter) level(group string, depth int) {
	indent := strings.Repeat("  ", depth)
	for _, n := range w.graph.Nodes {
		if n.Group == group {
			open, shut := mermaidBrackets(n.Kind)
			fmt.Fprintf(&w.out, "%s%s%s\"%s\"%s\n", indent, w.ids[n.ID], open, quoted(n.Label), shut)
		}
	}
	for _, g := range w.graph.Groups {
		if g.Parent == group && depth <= maxDepth+1 {
			fmt.Fprintf(&w.out, "%ssubgraph %s [\"%s\"]\n", indent, w.ids[g.ID], quoted(g.Label))
			w.level(g.ID, depth+1)
			fmt.Fprintf(&w.out, "%send\n", indent)
		}
	}
}

func mermaidBrackets(kind string) (open, shut string) {
	for _, s := range mermaidShapes {
		if s.kind == kind && kind != Box {
			return s.open, s.close
		}
	}
	return "[", "]"
}

func (w *mermaidWriter) edges() {
	for _, e := range w.graph.Edges {
		from, to := w.ids[e.From], w.ids[e.To]
		if from == "" || to == "" {
			continue
		}
		label := ""
		if e.Label != "" {
			label = "|\"" + quoted(e.Label) + "\"|"
		}
		fmt.Fprintf(&w.out, "  %s %s%s %s\n", from, mermaidArrow(e), label, to)
	}
}

func mermaidArrow(e Edge) string {
	switch {
	case e.Plain && e.Dashed:
		return "-.-"
	case e.Plain:
		return "---"
	case e.Both && e.Dashed:
		return "<-.->"
	case e.Both:
		return "<-->"
	case e.Dashed:
		return "-.->"
	}
	return "-->"
}

// quoted writes a label for use between quotes: what Mermaid takes for markup
// becomes an entity.
func quoted(s string) string {
	var out strings.Builder
	for _, r := range s {
		switch r {
		case '"', '#', '&', '<', '>', '`', '\\', ';', '|':
			fmt.Fprintf(&out, "#%d;", r)
		default:
			out.WriteRune(r)
		}
	}
	return strings.ReplaceAll(out.String(), ":fa-", "#58;fa-")
}
