package diagram

import (
	"fmt"
	"math/rand"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
)

// tracer reads a drawing back as a person would: it finds the boxes by their
// labels, follows every line from a box to where it ends, and so knows nothing
// of how the drawing was made.
type tracer struct {
	rows   [][]string
	places map[string][4]int // name to left, top, right, bottom of its outline
	marks  map[string]string // mark to label, from the legend
	legend []string
}

var directions4 = [4][2]int{{0, -1}, {1, 0}, {0, 1}, {-1, 0}} // up, right, down, left

func cellsOf(line string) []string {
	var cells []string
	g := uniseg.NewGraphemes(line)
	for g.Next() {
		cells = append(cells, g.Str())
		for range g.Width() - 1 {
			cells = append(cells, "")
		}
	}
	return cells
}

var legendLine = regexp.MustCompile(`^([0-9a-zA-Z])  (.+)$`)

func newTracer(drawing string, g Graph) (*tracer, error) {
	t := &tracer{places: map[string][4]int{}, marks: map[string]string{}}
	for _, line := range strings.Split(strings.TrimRight(drawing, "\n"), "\n") {
		if m := legendLine.FindStringSubmatch(line); m != nil {
			t.marks[m[1]] = m[2]
		} else if strings.Contains(line, " → ") || strings.Contains(line, " ↔ ") || strings.Contains(line, " — ") || strings.Contains(line, " ⇢ ") {
			t.legend = append(t.legend, line)
		} else {
			t.rows = append(t.rows, cellsOf(line))
		}
	}
	for _, n := range g.Nodes {
		if err := t.findBox(n.Label); err != nil {
			return nil, err
		}
	}
	for _, gr := range g.Groups {
		if err := t.findFrame(gr.Label); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *tracer) at(x, y int) string {
	if y < 0 || y >= len(t.rows) || x < 0 || x >= len(t.rows[y]) {
		return " "
	}
	return t.rows[y][x]
}

// find returns where a word stands, alone.
func (t *tracer) find(word string) (x, y int, ok bool) {
	want := cellsOf(word)
	for y, row := range t.rows {
		for x := 0; x+len(want) <= len(row); x++ {
			if slices.Equal(row[x:x+len(want)], want) && strings.Trim(t.at(x-1, y)+t.at(x+len(want), y), " ") == "" {
				return x, y, true
			}
		}
	}
	return 0, 0, false
}

// findBox walks from a label to the four walls around it.
func (t *tracer) findBox(label string) error {
	x, y, ok := t.find(label)
	if !ok {
		return fmt.Errorf("no box says %q", label)
	}
	left, right, top, bottom := x-1, x, y-1, y+1
	for t.at(left, y) == " " {
		left--
	}
	for right = x + len(cellsOf(label)); t.at(right, y) == " "; right++ {
	}
	for t.at(x, top) == " " && top > 0 {
		top--
	}
	for t.at(x, bottom) == " " && bottom < len(t.rows) {
		bottom++
	}
	for _, corner := range []string{t.at(left, top), t.at(right, top), t.at(left, bottom), t.at(right, bottom)} {
		if !strings.Contains("┌┐└┘╭╮╰╯╓╖╙╜╱╲", corner) {
			return fmt.Errorf("box %q has the corner %q", label, corner)
		}
	}
	t.places[label] = [4]int{left, top, right, bottom}
	return nil
}

// findFrame walks along the upper border from a title.
func (t *tracer) findFrame(title string) error {
	x, top, ok := t.find(title)
	if !ok {
		return fmt.Errorf("no frame says %q", title)
	}
	left, right := x, x
	for left > 0 && t.at(left, top) != "┌" {
		left--
	}
	for right < len(t.rows[top]) && t.at(right, top) != "┐" {
		right++
	}
	bottom := top + 1
	for bottom < len(t.rows) && t.at(left, bottom) != "└" {
		bottom++
	}
	if t.at(left, top) != "┌" || t.at(right, bottom) != "┘" {
		return fmt.Errorf("frame %q is not closed", title)
	}
	t.places[title] = [4]int{left, top, right, bottom}
	return nil
}

// owner names the box or frame whose outline a cell is in.
func (t *tracer) owner(x, y int) string {
	best, size := "", 1<<30
	for name, p := range t.places {
		on := x >= p[0] && x <= p[2] && y >= p[1] && y <= p[3] && (x == p[0] || x == p[2] || y == p[1] || y == p[3])
		if area := (p[2] - p[0]) * (p[3] - p[1]); on && area < size {
			best, size = name, area
		}
	}
	return best
}

// end is one end of a line.
type end struct {
	name string
	head bool
}

type trace struct {
	ends  [2]end
	cells map[[2]int]bool
	label string // of a mark or a label in the line
}

var headDirection = map[string]int{"▲": 0, "►": 1, "▼": 2, "◄": 3}

// ports are what an outline shows where a line leaves it, by direction.
var ports = [4][]string{{"┴"}, {"├", "╟"}, {"┬"}, {"┤", "╢"}}

// traces follows all lines of a drawing, each once.
func (t *tracer) traces() ([]trace, error) {
	var all []trace
	seen := map[[2]int]bool{}
	for y, row := range t.rows {
		for x := range row {
			from, dir, ok := t.start(x, y)
			if !ok || seen[[2]int{x, y}] {
				continue
			}
			tr, last, err := t.follow(x, y, dir)
			if err != nil {
				return nil, fmt.Errorf("from %s at %d,%d: %w", from.name, x, y, err)
			}
			tr.ends[0] = from
			seen[last] = true
			all = append(all, tr)
		}
	}
	return all, nil
}

// start reports whether a line begins at a cell: a port of an outline or a
// head before one.
func (t *tracer) start(x, y int) (end, int, bool) {
	s := t.at(x, y)
	if d, ok := headDirection[s]; ok {
		owner := t.owner(x+directions4[d][0], y+directions4[d][1])
		return end{owner, true}, (d + 2) % 4, owner != ""
	}
	owner := t.owner(x, y)
	if owner == "" {
		return end{}, 0, false
	}
	for d, glyphs := range ports {
		if slices.Contains(glyphs, s) {
			return end{owner, false}, d, true
		}
	}
	return end{}, 0, false
}

// follow walks from a start in a direction to the other end.
func (t *tracer) follow(x, y, d int) (trace, [2]int, error) {
	tr := trace{cells: map[[2]int]bool{{x, y}: true}}
	turns := map[string][4]int{"┌": {1, -1, -1, 2}, "┐": {3, 2, -1, -1}, "└": {-1, -1, 1, 0}, "┘": {-1, 0, 3, -1}}
	for range 10000 {
		x, y = x+directions4[d][0], y+directions4[d][1]
		here := [2]int{x, y}
		s := t.at(x, y)
		head, isHead := headDirection[s]
		turn, isTurn := turns[s]
		switch {
		case isHead && head == d:
			tr.ends[1] = end{t.owner(x+directions4[d][0], y+directions4[d][1]), true}
			tr.cells[here] = true
			if tr.ends[1].name == "" {
				return tr, here, fmt.Errorf("a head at %d,%d points at nothing", x, y)
			}
			return tr, here, nil
		case slices.Contains(ports[(d+2)%4], s) && t.owner(x, y) != "":
			tr.ends[1] = end{t.owner(x, y), false}
			return tr, here, nil
		case isTurn && turn[d] >= 0:
			d = turn[d]
			tr.cells[here] = true
		case s == "│" || s == "╎":
			if d%2 == 0 {
				tr.cells[here] = true
			}
		case (s == "─" || s == "╌") && d%2 == 1:
			tr.cells[here] = true
		case t.marks[s] != "" && tr.label == "" && !(d%2 == 1 && strings.TrimSpace(t.at(x+directions4[d][0], y)) == ""):
			tr.label = t.marks[s]
		case s == " " && d%2 == 1:
			word := ""
			for x += directions4[d][0]; t.at(x, y) != " "; x += directions4[d][0] {
				word += t.at(x, y)
			}
			if d == 3 {
				r := []rune(word)
				slices.Reverse(r)
				word = string(r)
			}
			tr.label = word
		default:
			return tr, here, fmt.Errorf("the line ends at %d,%d in %q", x, y, s)
		}
	}
	return tr, [2]int{}, fmt.Errorf("the line has no end")
}

// checkDrawing compares what can be read from a drawing with the graph.
func checkDrawing(g Graph, drawing string) error {
	t, err := newTracer(drawing, g)
	if err != nil {
		return err
	}
	traces, err := t.traces()
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, n := range g.Nodes {
		names[n.ID] = n.Label
	}
	for _, gr := range g.Groups {
		names[gr.ID] = gr.Label
	}
	var want, got []string
	looped := map[string]bool{}
	for _, e := range g.Edges {
		from, to := end{names[e.From], e.Both}, end{names[e.To], !e.Plain}
		if e.From == e.To {
			_, node := t.places[names[e.From]]
			if looped[e.From] || slices.ContainsFunc(g.Groups, func(gr Group) bool { return gr.ID == e.From }) || !node {
				continue // told in words, or one loop for all
			}
			looped[e.From] = true
			from.head = false
		}
		want = append(want, pair(from, to))
	}
	for _, tr := range traces {
		got = append(got, pair(tr.ends[0], tr.ends[1]))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		return fmt.Errorf("lines\n got %q\nwant %q", got, want)
	}
	return t.checkLabels(g, names, traces)
}

func pair(a, b end) string {
	s := []string{fmt.Sprintf("%s %v", a.name, a.head), fmt.Sprintf("%s %v", b.name, b.head)}
	slices.Sort(s)
	return strings.Join(s, " — ")
}

// checkLabels finds each label in a line, beside a line of its edge, at a mark
// or told in words.
func (t *tracer) checkLabels(g Graph, names map[string]string, traces []trace) error {
	for _, e := range g.Edges {
		if e.Label == "" || e.From == e.To {
			continue
		}
		ends := pair(end{names[e.From], e.Both}, end{names[e.To], !e.Plain})
		ok := slices.ContainsFunc(t.legend, func(s string) bool {
			return strings.HasPrefix(s, names[e.From]+" ") && strings.HasSuffix(s, " "+names[e.To]+": "+e.Label)
		})
		x, y, beside := t.find(e.Label)
		for _, tr := range traces {
			mine := pair(tr.ends[0], tr.ends[1]) == ends
			if tr.label == e.Label && !mine {
				return fmt.Errorf("%q of %s stands in %v", e.Label, ends, tr.ends)
			}
			ok = ok || mine && tr.label == e.Label
			ok = ok || mine && beside && (tr.cells[[2]int{x - 2, y}] || tr.cells[[2]int{x + len(e.Label) + 1, y}])
		}
		if !ok {
			return fmt.Errorf("%q of %s is nowhere", e.Label, ends)
		}
	}
	return nil
}

// randomGraph makes a graph with everything that drawings have.
func randomGraph(r *rand.Rand, nodes int) Graph {
	g := Graph{Across: r.Intn(4) == 0}
	names := []string{"box%d", "节点%d", "longername%d", "b%d"}
	for i := range r.Intn(4) * r.Intn(2) {
		gr := Group{ID: fmt.Sprintf("g%d", i), Label: fmt.Sprintf("zone%d", i)}
		if i > 0 && r.Intn(2) == 0 {
			gr.Parent = fmt.Sprintf("g%d", r.Intn(i))
		}
		g.Groups = append(g.Groups, gr)
	}
	ids := []string{}
	for i := range nodes {
		n := Node{ID: fmt.Sprintf("n%d", i), Label: fmt.Sprintf(names[r.Intn(len(names))], i), Kind: []string{Box, Box, Store, Queue, Choice}[r.Intn(5)]}
		if len(g.Groups) > 0 && r.Intn(3) > 0 {
			n.Group = g.Groups[r.Intn(len(g.Groups))].ID
		}
		g.Nodes = append(g.Nodes, n)
		ids = append(ids, n.ID)
	}
	for _, gr := range g.Groups {
		if r.Intn(3) == 0 {
			ids = append(ids, gr.ID)
		}
	}
	for i := range nodes + r.Intn(nodes+1) - r.Intn(nodes+1)/2 {
		e := Edge{From: ids[r.Intn(len(ids))], To: ids[r.Intn(len(ids))], Line: i + 1, Dashed: r.Intn(5) == 0}
		if r.Intn(3) == 0 {
			e.Label = fmt.Sprintf("lab%d", i)
		}
		e.Both = r.Intn(8) == 0
		e.Plain = !e.Both && r.Intn(8) == 0
		g.Edges = append(g.Edges, e)
	}
	return g
}

// TestTrace follows every line of some hundred drawings, drawn across and
// downwards.
func TestTrace(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	refused, drawn := 0, 0
	for i := range 600 {
		g := randomGraph(r, 1+r.Intn(3+i/50))
		for _, part := range parts(g) {
			for _, way := range [][2]bool{{false, false}, {true, false}, {true, true}} {
				p := try(part, 2000, 24, 0, way[0], way[1])
				if p == nil {
					refused++
					t.Logf("graph %d is refused: %s", i, edges(part))
					continue
				}
				drawn++
				drawing := strings.Join(append(p.rows(), p.legend...), "\n")
				if err := checkDrawing(part, drawing); err != nil {
					t.Fatalf("graph %d: %v\n%s", i, err, drawing)
				}
			}
		}
	}
	t.Logf("%d drawn, %d refused", drawn, refused)
	if refused > 0 {
		t.Errorf("%d of %d refused", refused, refused+drawn)
	}
}
