package diagram

import (
	"errors"
	"fmt"
	"strings"

	"oss.terrastruct.com/d2/d2ast"
	"oss.terrastruct.com/d2/d2parser"
)

// parseD2 reads D2's syntax tree. Nothing is compiled: containers, labels and
// shapes are what is written, and globs, variables, imports and boards are
// passed over.
func parseD2(text string, first int) (graph Graph, err error) {
	b := newBuilder()
	switch {
	case len(text) > maxBytes:
		b.fail(first, "the drawing is over %d kB: draw less", maxBytes>>10)
		return b.done()
	case nesting(text) > d2Nesting:
		b.fail(first, "brackets are nested more than %d deep: draw less", d2Nesting)
		return b.done()
	}
	defer func() { // the parser is not ours, and people type anything
		if recover() != nil {
			graph, err = Graph{}, fmt.Errorf("line %d: the d2 parser gave up: simplify the drawing", first)
		}
	}()
	tree, failed := d2parser.Parse("", strings.NewReader(text), nil)
	d := &d2Reader{b: b, first: first}
	if tree != nil {
		d.object(tree, nil)
	}
	if failed != nil {
		d.report(failed)
	}
	if len(b.graph.Nodes) == 0 {
		b.fail(first, "the drawing is empty: add a line like a -> b")
	}
	return b.done()
}

// d2Nesting keeps the recursion of the parser small.
const d2Nesting = 64

// nesting is the deepest level of opened brackets in a text.
func nesting(text string) int {
	depth, deepest := 0, 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '{', '[', '(':
			depth++
			deepest = max(deepest, depth)
		case '}', ']', ')':
			depth = max(depth-1, 0)
		}
	}
	return deepest
}

type d2Reader struct {
	b     *builder
	first int
}

func (d *d2Reader) line(n d2ast.Node) int { return n.GetRange().Start.Line + d.first }

// report puts the parser's first complaint in our words.
func (d *d2Reader) report(failed error) {
	var parse *d2parser.ParseError
	if !errors.As(failed, &parse) || len(parse.Errors) == 0 {
		d.b.fail(d.first, "this is no D2: %v", failed)
		return
	}
	e := parse.Errors[0]
	message := e.Message
	if at := strings.Index(message, ": "); at >= 0 && at < 12 && strings.Trim(message[:at], ":0123456789") == "" {
		message = message[at+2:]
	}
	d.b.err = fmt.Errorf("line %d: %s: mend it, or draw with plain arrows (a -> b)", e.Range.Start.Line+d.first, tidy(message))
}

// object reads the keys of a map that belongs to the container path.
func (d *d2Reader) object(m *d2ast.Map, path []string) {
	for _, node := range m.Nodes {
		if k := node.MapKey; k != nil && !k.Ampersand && !k.NotAmpersand && !k.HasGlob() {
			d.key(k, path)
		}
	}
}

func (d *d2Reader) key(k *d2ast.Key, path []string) {
	base, word := d.resolve(k.Key, path)
	switch {
	case len(k.Edges) > 0 && word == "":
		d.edges(k, base)
	case word != "":
		d.attribute(base, word, k)
	case len(base) > 0:
		d.declare(k, base)
	}
}

// resolve follows a key path from a container. It stops at a reserved word,
// which it returns: everything behind it is about looks.
func (d *d2Reader) resolve(key *d2ast.KeyPath, path []string) (at []string, word string) {
	at = path[:len(path):len(path)]
	if key == nil {
		return at, ""
	}
	for _, box := range key.Path {
		s := box.Unbox()
		name := strings.TrimSpace(s.ScalarString())
		lower := strings.ToLower(name)
		_, reserved := d2ast.ReservedKeywords[lower]
		_, board := d2ast.BoardKeywords[lower]
		switch {
		case s.IsUnquoted() && (reserved || board):
			return at, lower
		case name == "_" && len(at) > 0:
			at = at[:len(at)-1]
		case name != "":
			at = append(at, name)
		}
	}
	return at, ""
}

// attribute keeps the few reserved words that say what is drawn.
func (d *d2Reader) attribute(path []string, word string, k *d2ast.Key) {
	value := d2Scalar(k)
	switch {
	case word == "direction" && len(path) == 0:
		d.b.graph.Across = value == "right" || value == "left"
	case len(path) == 0:
	case word == "label" && value != "":
		d.b.relabel(d.declared(path, d.line(k)), value)
	case word == "shape":
		if i, ok := d.b.nodes[d.declared(path, d.line(k))]; ok {
			d.b.graph.Nodes[i].Kind = d2Kind(value)
		}
	}
}

// d2Kinds are the shapes that say what a box is.
var d2Kinds = map[string]*wordSet{
	Store:  newWordSet("cylinder stored_data sql_table"),
	Queue:  newWordSet("queue " + Queue),
	Choice: newWordSet("diamond"),
}

func d2Kind(shape string) string { return kindNamed(d2Kinds, strings.ToLower(shape)) }

// kindNamed looks a shape's name up.
func kindNamed(kinds map[string]*wordSet, shape string) string {
	for _, kind := range []string{Store, Queue, Choice} {
		if kinds[kind].has(shape) {
			return kind
		}
	}
	return Box
}

// declare reads "path: label { … }".
func (d *d2Reader) declare(k *d2ast.Key, path []string) {
	if k.Value.Null != nil {
		return
	}
	id := d.declared(path, d.line(k))
	if label := d2Scalar(k); label != "" {
		d.b.relabel(id, label)
	}
	if m := k.Value.Map; m != nil && len(path) <= maxDepth {
		if hasRows(m) {
			d.shapeOf(m, path)
			return
		}
		d.object(m, path)
	}
}

// hasRows reports whether a map is a table or class, whose keys are rows.
func hasRows(m *d2ast.Map) bool {
	switch shape := strings.ToLower(d2Shape(m)); shape {
	case "sql_table", "class":
		return true
	}
	return false
}

func d2Shape(m *d2ast.Map) string {
	for _, node := range m.Nodes {
		if k := node.MapKey; k != nil && k.Key != nil && len(k.Key.Path) == 1 && k.Key.Path[0].Unbox().ScalarString() == "shape" {
			return d2Scalar(k)
		}
	}
	return ""
}

func (d *d2Reader) shapeOf(m *d2ast.Map, path []string) {
	if i, ok := d.b.nodes[d2ID(path)]; ok {
		d.b.graph.Nodes[i].Kind = d2Kind(d2Shape(m))
	}
}

// declared makes the node at the end of path, and the containers before it,
// and returns its ID.
func (d *d2Reader) declared(path []string, line int) string {
	if len(path) > maxDepth {
		d.b.fail(line, "containers are nested more than %d deep: draw fewer", maxDepth)
		path = path[:maxDepth]
	}
	for i := 1; i < len(path); i++ {
		d.b.group(d2ID(path[:i]), path[i-1], d2ID(path[:i-1]), line)
	}
	id := d2ID(path)
	if _, ok := d.b.groups[id]; ok {
		return id
	}
	if n := d.b.node(id, path[len(path)-1], line); n != nil {
		n.Group = d2ID(path[:len(path)-1])
		return id
	}
	return ""
}

// d2ID joins a path; D2 does not tell upper from lower case.
func d2ID(path []string) string {
	parts := make([]string, len(path))
	for i, part := range path {
		if parts[i] = strings.ToLower(part); strings.Contains(part, ".") {
			parts[i] = `"` + parts[i] + `"`
		}
	}
	return strings.Join(parts, ".")
}

// edges reads a -> b <- c: label, and (a -> b)[0].label: text.
func (d *d2Reader) edges(k *d2ast.Key, base []string) {
	label, dashed := d2Scalar(k), false
	if m := k.Value.Map; m != nil {
		label, dashed = d2EdgeLook(m, label)
	}
	again := k.EdgeIndex != nil || k.EdgeKey != nil
	if again && (k.EdgeKey == nil || len(k.EdgeKey.Path) != 1 || k.EdgeKey.Path[0].Unbox().ScalarString() != "label") {
		return
	}
	for _, e := range k.Edges {
		src, srcWord := d.resolve(e.Src, base)
		dst, dstWord := d.resolve(e.Dst, base)
		if srcWord != "" || dstWord != "" || len(src) == 0 || len(dst) == 0 {
			continue
		}
		a := arrow{left: e.SrcArrow != "", right: e.DstArrow != "", dashed: dashed, label: label}
		edge := a.between(d.declared(src, d.line(e)), d.declared(dst, d.line(e)), d.line(e))
		switch {
		case edge.From == "" || edge.To == "":
		case again:
			d.again(edge)
		default:
			d.b.edge(edge)
		}
	}
}

// again labels edges that are written already.
func (d *d2Reader) again(edge Edge) {
	for i := range d.b.graph.Edges {
		if e := &d.b.graph.Edges[i]; e.From == edge.From && e.To == edge.To {
			e.Label = edge.Label
		}
	}
}

// d2EdgeLook finds label and dashes in the map of an edge.
func d2EdgeLook(m *d2ast.Map, label string) (string, bool) {
	dashed := false
	for _, node := range m.Nodes {
		k := node.MapKey
		if k == nil || k.Key == nil || len(k.Key.Path) == 0 {
			continue
		}
		last := strings.ToLower(k.Key.Path[len(k.Key.Path)-1].Unbox().ScalarString())
		switch {
		case last == "label" && len(k.Key.Path) == 1:
			label = d2Scalar(k)
		case last == "stroke-dash":
			dashed = d2Scalar(k) != "0"
		case last == "style" && k.Value.Map != nil:
			_, inner := d2EdgeLook(k.Value.Map, "")
			dashed = dashed || inner
		}
	}
	return label, dashed
}

// d2Scalar is the text given to a key; of a block of text the first line.
func d2Scalar(k *d2ast.Key) string {
	scalar := k.Primary.Unbox()
	if scalar == nil {
		scalar = k.Value.ScalarBox().Unbox()
	}
	if scalar == nil {
		return ""
	}
	text := strings.TrimSpace(scalar.ScalarString())
	if _, block := scalar.(*d2ast.BlockString); block {
		text, _, _ = strings.Cut(text, "\n")
		text = strings.TrimLeft(text, "# ")
	}
	return strings.ReplaceAll(text, `\n`, " ")
}
