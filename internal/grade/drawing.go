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

// path is a way asked for in the drawing.
type path []pathNode

// pathNode is a node of a path: any of several names.
type pathNode struct {
	names  [][]string // each as folded words
	firsts wordFilter // the first words of the names
}

// wordFilter has a bit for each word in it, by the word's hash.
type wordFilter [4]uint64

func (f *wordFilter) add(hash uint8)      { f[hash/64] |= 1 << (hash % 64) }
func (f *wordFilter) has(hash uint8) bool { return f[hash/64]&(1<<(hash%64)) != 0 }

func newPathNode(names [][]string) pathNode {
	n := pathNode{names: names}
	for _, name := range names {
		n.firsts.add(uint8(lexicon.Hash(name[0])))
	}
	return n
}

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
		p = append(p, newPathNode(node))
		at += len(part) + 2
	}
	return p, nil
}

// label is the folded words of what a box says.
type label struct {
	words  []string
	hashes []uint8
}

// named says that a label holds one of the names of a node.
func (l *label) named(n *pathNode) bool {
	for i, h := range l.hashes {
		if n.firsts.has(h) && slices.ContainsFunc(n.names, func(name []string) bool {
			return i+len(name) <= len(l.words) && slices.Equal(l.words[i:i+len(name)], name)
		}) {
			return true
		}
	}
	return false
}

// prepare reads the labels and gets ready to walk.
func (d *drawing) prepare() {
	d.walks = diagram.NewWalks(d.graph)
	text := lexicon.Text{}
	d.walks.Where(func(place int, n diagram.Node) bool {
		text.Read(strings.ToLower(n.Label), nil)
		l := label{}
		for _, tok := range text.Tokens {
			word := string(lexicon.Stem([]byte(text.Source[tok.Start:tok.End])))
			l.words, l.hashes = append(l.words, word), append(l.hashes, uint8(lexicon.Hash(word)))
		}
		d.labels = append(d.labels, l)
		return false
	})
}

// find returns the lines of the drawing that make the path, nil if it is not there.
func (d *drawing) find(p path) []lineRef {
	if len(d.graph.Edges) == 0 {
		return nil
	}
	if d.walks == nil {
		d.prepare()
	}
	var ends [][]bool
	for i := range p {
		hits, some := d.walks.Where(func(place int, _ diagram.Node) bool { return d.labels[place].named(&p[i]) })
		if !some {
			return nil
		}
		ends = append(ends, hits)
	}
	var out []lineRef
	seen := map[int]bool{}
	for i := 1; i < len(ends); i++ {
		edges := d.walks.Path(ends[i-1], ends[i])
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
