package grade

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"interview/internal/diagram"
	"interview/internal/lexicon"
)

// draw reads the drawings of all answers into one graph. What was drawn of another system is no evidence, as what was said
// of it is none: an edge counts where the prompt's concepts stand.
func (r *reading) draw() {
	d := drawing{}
	var graphs []diagram.Graph
	for i, a := range r.answers {
		starts := []int(nil)
		for _, b := range diagram.FromMarkdown(a.Text) {
			if b.Err != nil { // what was read of it is no evidence: a broken drawing must not pay
				if d.failed == "" {
					d.failed = fmt.Sprintf("a drawing could not be read: %v", b.Err)
				}
				continue
			}
			if starts == nil {
				starts = lineStarts(a.Text)
			}
			edges := b.Graph.Edges[:0]
			for _, edge := range b.Graph.Edges {
				if line := lineAt(a.Text, starts, i, edge.Line); r.onTopic(r.unitAt(line)) {
					edges, d.lines = append(edges, edge), append(d.lines, line)
				}
			}
			b.Graph.Edges = edges
			graphs = append(graphs, b.Graph)
		}
	}
	if len(graphs) > 0 {
		newSpeller(graphs, r.labelled).mend(graphs)
	}
	d.merge(graphs)
	r.drawing = d
}

// unitAt is the unit that a line begins in or, of a drawing's own code, the one before it.
func (r *reading) unitAt(line lineRef) int {
	n := sort.Search(len(r.units), func(i int) bool {
		u := &r.units[i]
		return u.answer > line.answer || u.answer == line.answer && u.From > max(line.start, line.end-1)
	})
	return max(n-1, 0)
}

// merge unites the graphs, keeping the line of each edge.
func (d *drawing) merge(graphs []diagram.Graph) {
	n := 0
	for _, g := range graphs {
		for e := range g.Edges {
			g.Edges[e].Line = n // Merge keeps the first of equal edges, and with it its number here
			n++
		}
	}
	d.graph = diagram.Merge(graphs...)
}

func lineStarts(text string) []int {
	starts := []int{0}
	for i := range len(text) {
		if text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

func lineAt(text string, starts []int, answer, line int) lineRef {
	if line < 1 || line > len(starts) {
		return lineRef{answer: answer}
	}
	start := starts[line-1]
	end := len(text)
	if line < len(starts) {
		end = starts[line] - 1
	}
	for start < end && (text[start] == ' ' || text[start] == '\t') {
		start++
	}
	for end > start && (text[end-1] == ' ' || text[end-1] == '\r' || text[end-1] == '\t') {
		end--
	}
	return lineRef{answer, start, end}
}

// path is a way asked for in the drawing: nodes, each any of several names.
type path [][][]string // node, alternative, folded words

// spelt gets the words of its names.
func parsePath(source string, by *parser, spelt func(string)) (path, *mistake) {
	parts := strings.Split(source, "->")
	if len(parts) < 2 {
		return nil, mistakef(0, "a path needs two nodes joined by ' -> '")
	}
	var p path
	at := 0
	for _, part := range parts {
		alts, err := by.slot(part, at, 0)
		if err != nil {
			return nil, err
		}
		var node [][]string
		for _, a := range ways(alts) {
			for _, v := range lexicon.Variants(lexicon.NewPhrase(a.words.strings())) {
				node = append(node, v.Folded)
				for _, w := range v.Words {
					spelt(w)
				}
			}
		}
		p = append(p, node)
		at += len(part) + 2
	}
	return p, nil
}

// stems folds the words of a label, each label once.
func (d *drawing) stems(label string) []string {
	if words, ok := d.labels[label]; ok {
		return words
	}
	t := lexicon.Read(strings.ToLower(label), nil)
	words := make([]string, len(t.Tokens))
	for i, tok := range t.Tokens {
		words[i] = string(lexicon.Stem([]byte(t.Source[tok.Start:tok.End])))
	}
	if d.labels == nil {
		d.labels = map[string][]string{}
	}
	d.labels[label] = words
	return words
}

// drawn says that some node or group has one of the names.
func (d *drawing) drawn(names [][]string) bool {
	return slices.ContainsFunc(d.graph.Nodes, func(n diagram.Node) bool { return hasName(d.stems(n.Label), names) }) ||
		slices.ContainsFunc(d.graph.Groups, func(g diagram.Group) bool { return hasName(d.stems(g.Label), names) })
}

// hasName says that the words of a label hold one of the names.
func hasName(words []string, names [][]string) bool {
	for _, name := range names {
		for i := 0; i+len(name) <= len(words); i++ {
			if same(words[i:i+len(name)], name) {
				return true
			}
		}
	}
	return false
}

func same(a, b []string) bool {
	for i := range b {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// find returns the lines of the drawing that make the path, nil if it is not there.
func (d *drawing) find(p path) []lineRef {
	for _, names := range p {
		if !d.drawn(names) {
			return nil
		}
	}
	var out []lineRef
	seen := map[int]bool{}
	for i := 1; i < len(p); i++ {
		edges := d.graph.Path(func(n diagram.Node) bool { return hasName(d.stems(n.Label), p[i-1]) }, func(n diagram.Node) bool { return hasName(d.stems(n.Label), p[i]) })
		if edges == nil {
			return nil
		}
		for _, e := range edges {
			if !seen[e.Line] {
				seen[e.Line] = true
				out = append(out, d.lines[e.Line])
			}
		}
	}
	return out
}
