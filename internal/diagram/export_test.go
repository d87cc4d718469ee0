package diagram

import (
	"encoding/xml"
	"io"
	"math/rand"
	"strings"
	"testing"
	"unicode"
)

// alike compares two graphs but for lines and the IDs of what is in them.
func alike(t *testing.T, a, b Graph) {
	t.Helper()
	describe := func(g Graph) string {
		g = shown(g)
		names := map[string]string{}
		for i, gr := range g.Groups {
			names[gr.ID] = "group " + string(rune('A'+i%26)) + gr.Label
		}
		for i, n := range g.Nodes {
			names[n.ID] = string(rune('A'+i%26)) + n.Label
		}
		var out []string
		for _, n := range g.Nodes {
			out = append(out, names[n.ID]+" "+n.Kind+" "+names[n.Group])
		}
		for _, gr := range g.Groups {
			out = append(out, names[gr.ID]+" in "+names[gr.Parent])
		}
		for _, e := range g.Edges {
			e.From, e.To = names[e.From], names[e.To]
			out = append(out, edges(Graph{Edges: []Edge{e}}))
		}
		return strings.Join(out, "\n")
	}
	// What is written first decides the order, so order both as Mermaid does.
	if x, y := describe(ordered(a)), describe(ordered(b)); x != y || a.Across != b.Across {
		t.Fatalf("before\n%s\nafter\n%s\nas\n%s", x, y, Mermaid(a))
	}
}

// ordered sorts nodes and groups as they are written: a level's own nodes,
// then the groups in it.
func ordered(g Graph) Graph {
	out := Graph{Across: g.Across, Edges: g.Edges}
	var level func(id string)
	level = func(id string) {
		for _, n := range g.Nodes {
			if n.Group == id {
				out.Nodes = append(out.Nodes, n)
			}
		}
		for _, gr := range g.Groups {
			if gr.Parent == id {
				out.Groups = append(out.Groups, gr)
				level(gr.ID)
			}
		}
	}
	level("")
	return out
}

func TestMermaidRoundTrip(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	for range 300 {
		g := randomGraph(r, 1+r.Intn(15))
		for i := range g.Nodes {
			if g.Nodes[i].Kind == Box {
				g.Nodes[i].Kind = kindOf(g.Nodes[i].Label)
			}
		}
		back, err := Parse(FormatMermaid, Mermaid(g))
		if err != nil {
			t.Fatalf("%v in\n%s", err, Mermaid(g))
		}
		alike(t, g, back)
	}
	for _, text := range append(seeds, `a "b" [c] {d} <br> #quot; &amp; |x| ; %% -> end -> graph -> db: "x" | <b>`+"`y`", "x\x1by -> client -> z:fa-y") {
		for _, b := range FromMarkdown(text) {
			if len(b.Graph.Nodes) == 0 {
				continue
			}
			back, err := Parse(FormatMermaid, Mermaid(b.Graph))
			if err != nil {
				t.Errorf("%q: %v in\n%s", text, err, Mermaid(b.Graph))
			}
			alike(t, b.Graph, back)
		}
	}
}

func FuzzExport(f *testing.F) {
	fuzz(f, func(t *testing.T, text string) {
		for _, format := range []string{FormatArrows, FormatMermaid, FormatD2} {
			g, err := Parse(format, text)
			if err != nil {
				continue
			}
			back, err := Parse(FormatMermaid, Mermaid(g))
			if err != nil {
				t.Fatalf("%v in\n%s", err, Mermaid(g))
			}
			alike(t, g, back)
			checkSVG(t, SVG(g))
			for _, width := range []int{80, 30} {
				checkText(t, Draw(g, width), width)
			}
		}
	})
}

// checkText holds a drawing to its width and to harmless characters.
func checkText(t *testing.T, drawing string, width int) {
	t.Helper()
	for _, line := range strings.Split(drawing, "\n") {
		if textWidth(line) > width {
			t.Fatalf("%d columns instead of %d: %q", textWidth(line), width, line)
		}
		for _, r := range line {
			if r != unicode.ReplacementChar && hostile(r) {
				t.Fatalf("%U in %q", r, line)
			}
		}
	}
}

// checkSVG wants well-formed XML that needs and runs nothing.
func checkSVG(t *testing.T, svg string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
		if start, ok := token.(xml.StartElement); ok {
			if !strings.Contains(" svg title desc style g rect path text ", " "+start.Name.Local+" ") {
				t.Fatalf("element %s", start.Name.Local)
			}
			for _, a := range start.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" {
					t.Fatalf("attribute %s", a.Name.Local)
				}
			}
		}
	}
}

func TestHostileLabels(t *testing.T) {
	g := Graph{
		Nodes:  []Node{{ID: "a", Label: "x\x1b[31m\u202e<script>\x00"}, {ID: "b", Label: "\x7f\u0085\xff", Group: "g"}},
		Groups: []Group{{ID: "g", Label: "\x07zone"}},
		Edges:  []Edge{{From: "a", To: "b", Label: "\x1b]0;\u2066"}},
	}
	drawing := Draw(g, 80)
	checkText(t, drawing, 80)
	for _, want := range []string{"x␛[31m�<script>␀", "␡��", "␇zone", "␛]0;�"} {
		if !strings.Contains(drawing, want) {
			t.Errorf("no %q in\n%s", want, drawing)
		}
	}
	svg := SVG(g)
	checkSVG(t, svg)
	if strings.Contains(svg, "<script") || !strings.Contains(svg, "x␛[31m�&lt;script&gt;␀") {
		t.Errorf("labels of\n%s", svg)
	}
	checkText(t, Mermaid(g), 1000)
}
