// Package diagram reads the drawings of an answer (plain arrows, Mermaid
// flowcharts, D2) into one Graph, answers questions about its paths, and draws
// it as boxes and lines for a terminal, as SVG and as Mermaid.
//
// It is not a rendering engine for every diagram language: sequence, class and
// state diagrams are refused with a reason, and colours and styles are
// skipped. It judges nothing; what a path is worth is for package grade to say.
package diagram

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Formats that Parse reads.
const (
	FormatArrows  = "arrows"
	FormatMermaid = "mermaid"
	FormatD2      = "d2"
)

// Kinds of node. A kind says how a node is drawn and comes from its shape or,
// where the shape says nothing, from the words of its label; it is no ground
// for a mark.
const (
	Box    = ""
	Store  = "cylinder"
	Queue  = "pipe"
	Choice = "rhombus"
)

// Limits of one drawing. What goes beyond them is an error of Parse: nobody
// draws that many boxes on a whiteboard, and everything after parsing may rely
// on it.
const (
	maxNodes = 500
	maxEdges = 2000
	maxDepth = 16      // containers in containers
	maxBytes = 1 << 15 // of one Mermaid or D2 text
	maxLabel = 200     // runes of a label; the rest is cut
)

// Graph is what a drawing says: boxes, lines between them and containers
// around them, each in the order in which it was first written.
type Graph struct {
	Nodes  []Node
	Edges  []Edge
	Groups []Group
	Across bool // the author asked for left to right
}

// Node is one box.
type Node struct {
	ID    string // unique in its graph, among nodes and groups alike
	Label string // what the box says, on one line; never empty
	Kind  string // Box, Store, Queue or Choice
	Group string // ID of the innermost Group around it, or ""
}

// Edge is one line between two boxes. Written backwards (<-) it is stored
// turned round, so From is always the end without a head.
type Edge struct {
	From, To string // IDs of nodes or of groups
	Label    string
	Line     int  // where it was written, counted from 1
	Both     bool // a head at both ends
	Plain    bool // no head at all; it can be walked both ways
	Dashed   bool
}

// Group is a container: a Mermaid subgraph, a D2 container.
type Group struct {
	ID, Label string
	Parent    string // ID of the group around it, or ""
}

// Parse reads a drawing in one of the formats. An error
// names the first bad line, counted from 1, the reason and what to do; the
// graph then holds what could be read all the same.
func Parse(format, text string) (Graph, error) {
	return parse(format, text, 1)
}

// parse is Parse for a text whose first line has the number first.
func parse(format, text string, first int) (Graph, error) {
	switch format {
	case FormatArrows:
		return parseArrows(text, first)
	case FormatMermaid:
		return parseMermaid(text, first)
	case FormatD2:
		return parseD2(text, first)
	}
	return Graph{}, fmt.Errorf("format %q is not read: use %s, %s or %s", format, FormatArrows, FormatMermaid, FormatD2)
}

// builder collects a graph, finds what is already there by ID, and keeps the
// first error.
type builder struct {
	graph  Graph
	nodes  map[string]int
	groups map[string]int
	err    error
}

func newBuilder() *builder {
	return &builder{nodes: map[string]int{}, groups: map[string]int{}}
}

// fail keeps the first error, with its line.
func (b *builder) fail(line int, format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf("line %d: %s", line, fmt.Sprintf(format, args...))
	}
}

// node returns the node with this ID, making it when it is new. It returns nil
// once the drawing has too many nodes.
func (b *builder) node(id, label string, line int) *Node {
	if i, ok := b.nodes[id]; ok {
		return &b.graph.Nodes[i]
	}
	if len(b.graph.Nodes) == maxNodes {
		b.fail(line, "more than %d boxes: draw fewer", maxNodes)
		return nil
	}
	b.nodes[id] = len(b.graph.Nodes)
	b.graph.Nodes = append(b.graph.Nodes, Node{ID: id, Label: label})
	return &b.graph.Nodes[len(b.graph.Nodes)-1]
}

// edge adds a line between two ends that exist.
func (b *builder) edge(e Edge) {
	if len(b.graph.Edges) == maxEdges {
		b.fail(e.Line, "more than %d arrows: draw fewer", maxEdges)
		return
	}
	b.graph.Edges = append(b.graph.Edges, e)
}

// group returns after the container with this ID exists.
func (b *builder) group(id, label, parent string, line int) {
	if _, ok := b.groups[id]; ok {
		return
	}
	if len(b.graph.Groups) == maxNodes {
		b.fail(line, "more than %d containers: draw fewer", maxNodes)
		return
	}
	b.groups[id] = len(b.graph.Groups)
	b.graph.Groups = append(b.graph.Groups, Group{ID: id, Label: label, Parent: parent})
	if at, ok := b.nodes[id]; ok && b.graph.Nodes[at].Label != id {
		b.graph.Groups[b.groups[id]].Label = b.graph.Nodes[at].Label
	}
}

// relabel gives a node or group the label its author wrote.
func (b *builder) relabel(id, label string) {
	if i, ok := b.groups[id]; ok {
		b.graph.Groups[i].Label = label
	} else if i, ok := b.nodes[id]; ok {
		b.graph.Nodes[i].Label = label
	}
}

// dropShadows removes nodes that turned out to be containers, which are often
// named in an arrow before they are opened.
func (b *builder) dropShadows() {
	if len(b.groups) == 0 {
		return
	}
	b.graph.Nodes = slices.DeleteFunc(b.graph.Nodes, func(n Node) bool {
		_, shadow := b.groups[n.ID]
		return shadow
	})
}

// done gives every node a label and a kind, and hands the graph over.
func (b *builder) done() (Graph, error) {
	b.dropShadows()
	for i := range b.graph.Nodes {
		n := &b.graph.Nodes[i]
		if _, ok := b.groups[n.Group]; !ok {
			n.Group = ""
		}
		n.Label = tidy(n.Label)
		if n.Label == "" {
			n.Label = tidy(n.ID)
		}
		if n.Label == "" {
			n.Label = "?"
		}
		if n.Kind == Box {
			n.Kind = kindOf(n.Label)
		}
	}
	for i := range b.graph.Edges {
		b.graph.Edges[i].Label = tidy(b.graph.Edges[i].Label)
	}
	for i := range b.graph.Groups {
		g := &b.graph.Groups[i]
		if g.Label = tidy(g.Label); g.Label == "" {
			g.Label = tidy(g.ID)
		}
	}
	return b.graph, b.err
}

// tidy puts a label on one line, with single spaces and a bounded length.
func tidy(s string) string {
	if plainWords(s) {
		return s
	}
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	if len(s) <= maxLabel {
		return s
	}
	if r := []rune(s); len(r) > maxLabel {
		return strings.TrimSpace(string(r[:maxLabel-1])) + "…"
	}
	return s
}

// plainWords reports whether tidy has nothing to do, which is nearly always.
func plainWords(s string) bool {
	space := true // a space now would be leading or doubled
	for i := 0; i < len(s); i++ {
		if s[i] > '~' || s[i] < ' ' || s[i] == ' ' && space {
			return false
		}
		space = s[i] == ' '
	}
	return len(s) <= maxLabel && (len(s) == 0 || !space)
}

// fold is the name under which two mentions are the same box: case, hyphens,
// an article, a remark in brackets at the end and outer punctuation do not
// count.
func fold(s string) string {
	s = strings.ToLower(withoutRemark(s))
	if first, _, _ := strings.Cut(s, " "); folded(s) && !isArticle(first) {
		return s
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '_' })
	if len(words) > 1 && isArticle(words[0]) {
		words = words[1:]
	}
	name := strings.Trim(strings.Join(words, " "), ".,;:!?*`\"'")
	if name == "" {
		return strings.TrimSpace(s)
	}
	return name
}

// folded reports whether a name is small letters and digits with single spaces between, so that nothing is left to fold.
func folded(s string) bool {
	space := true // a space now would be leading or doubled
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && (c != ' ' || space) {
			return false
		}
		space = c == ' '
	}
	return !space
}

func isArticle(word string) bool {
	switch word {
	case "a", "an", "the", "our":
		return true
	}
	return false
}

// withoutRemark cuts "cache (Redis)" to "cache".
func withoutRemark(s string) string {
	s = strings.TrimSpace(s)
	if !strings.HasSuffix(s, ")") {
		return s
	}
	if at := strings.IndexByte(s, '('); at > 0 && strings.TrimSpace(s[:at]) != "" {
		return strings.TrimSpace(s[:at])
	}
	return s
}
