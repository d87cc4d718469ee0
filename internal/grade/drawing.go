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
	names  [][]uint64 // each as hashes of folded words
	firsts wordFilter // the first words of the names
}

// wordFilter has a bit for each word in it, by the word's hash.
type wordFilter [4]uint64

func (f *wordFilter) add(hash uint8)      { f[hash/64] |= 1 << (hash % 64) }
func (f *wordFilter) has(hash uint8) bool { return f[hash/64]&(1<<(hash%64)) != 0 }

func (n *pathNode) add(name []string) {
	hashes := make([]uint64, len(name))
	for i, word := range name {
		hashes[i] = lexicon.Hash(word)
	}
	n.names = append(n.names, hashes)
	n.firsts.add(uint8(hashes[0]))
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
		var node pathNode
		for _, a := range ways(alts) {
			for _, v := range lexicon.Variants(lexicon.NewPhrase(a.words.strings())) {
				node.add(v.Folded)
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

// label is the hashes of the folded words of what a box says.
type label []uint64

// named says that a label holds one of the names of a node.
func (l label) named(n *pathNode) bool {
	for i, h := range l {
		if !n.firsts.has(uint8(h)) {
			continue
		}
		for _, name := range n.names {
			if name[0] == h && i+len(name) <= len(l) && slices.Equal(l[i:i+len(name)], name) {
				return true
			}
		}
	}
	return false
}

// prepare reads the labels and gets ready to walk.
func (d *drawing) prepare() {
	d.walks = diagram.NewWalks(d.graph)
	var text lexicon.Text
	var scratch []byte
	hits := make([]bool, d.walks.Places())
	d.labels = make([]label, 0, len(hits))
	all := make([]uint64, 0, 4*len(hits))
	d.walks.Where(func(place int, n *diagram.Node) bool {
		text.Read(strings.ToLower(n.Label), nil)
		from := len(all)
		for _, tok := range text.Tokens {
			scratch = append(scratch[:0], text.Source[tok.Start:tok.End]...)
			all = append(all, lexicon.Hash(lexicon.Stem(scratch)))
		}
		d.labels = append(d.labels, all[from:])
		return false
	}, hits)
}

// find returns the lines of the drawing that make the path, nil if it is not there.
func (d *drawing) find(p path) []lineRef {
	if len(d.graph.Edges) == 0 {
		return nil
	}
	if d.walks == nil {
		d.prepare()
	}
	places := d.walks.Places()
	hits := make([]bool, places*len(p))
	for i := range p {
		if !d.walks.Where(func(place int, _ *diagram.Node) bool { return d.labels[place].named(&p[i]) }, hits[i*places:(i+1)*places]) {
			return nil
		}
	}
	var out []lineRef
	var lines []int
	for i := 1; i < len(p); i++ {
		edges := d.walks.Path(hits[(i-1)*places:i*places], hits[i*places:(i+1)*places])
		if edges == nil {
			return nil
		}
		for _, e := range edges {
			if !slices.Contains(lines, e.Line) {
				lines, out = append(lines, e.Line), append(out, d.lines[e.Line])
			}
		}
	}
	return out
}
