package diagram

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// sound checks what Graph promises.
func sound(t *testing.T, g Graph) {
	t.Helper()
	ids := map[string]bool{"": true}
	for _, gr := range g.Groups {
		if gr.ID == "" || ids[gr.ID] || !ids[gr.Parent] {
			t.Fatalf("group %+v: no ID, a second one, or an unknown parent", gr)
		}
		ids[gr.ID] = true
	}
	groups := len(ids)
	for _, n := range g.Nodes {
		if n.ID == "" || ids[n.ID] || n.Label == "" || strings.ContainsAny(n.Label, "\r\n\t") {
			t.Fatalf("node %+v: no ID, a second one, or a bad label", n)
		}
		ids[n.ID] = true
	}
	if len(ids)-groups > maxNodes || len(g.Edges) > maxEdges {
		t.Fatalf("%d nodes, %d edges", len(ids)-groups, len(g.Edges))
	}
	for _, e := range g.Edges {
		if e.From == "" || e.To == "" || !ids[e.From] || !ids[e.To] || e.Line < 1 || e.Both && e.Plain {
			t.Fatalf("edge %+v", e)
		}
	}
	for _, n := range g.Nodes {
		if !ids[n.Group] {
			t.Fatalf("node %+v in no group", n)
		}
	}
}

var seeds = []string{
	"client -> api -> db, cache: label\n-> x", "a <-> b\nc -- d", "a -- b --> c|d|", "→", "a ──► b", "a <-", "- [x] **a** -> `b`",
	"graph TD\nA[x] -->|y| B{{z}}\nsubgraph q [t]\nC@{shape: cyl}\nend\n", "flowchart LR;A--x-->B;A-. y .->C==>D", "graph TD\nsubgraph a\nsubgraph b\na-->b\nend\nend",
	"---\nx\n---\ngraph LR\nA[\"`x`\"]:::c & B <--> C", "graph TD\nA((x)\nB-->|", "%%{init}%%\nsequenceDiagram",
	"a: {b -> c}\n(a.b -> a.c)[0].label: x", "x: |md\n# t\n|\nx.shape: queue", "a -> b: {style.stroke-dash: 3}", "**.x: y\n&a: b\n${x} -> _._.y", "a: {shape: class; b: c}",
	"```mermaid\ngraph TD\nA-->B\n```\nclient -> api\n\naws {\na -> b\n}\n", "~~~d2\na->b", "a\x00 -> b\x1b[31m -> \xff", "用户 → API",
}

func fuzz(f *testing.F, check func(t *testing.T, text string)) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			return
		}
		start := time.Now()
		check(t, text)
		if took := time.Since(start); took > 2*time.Second {
			t.Fatalf("took %v", took)
		}
	})
}

func FuzzArrows(f *testing.F)  { fuzzParse(f, FormatArrows) }
func FuzzMermaid(f *testing.F) { fuzzParse(f, FormatMermaid) }
func FuzzD2(f *testing.F)      { fuzzParse(f, FormatD2) }

func fuzzParse(f *testing.F, format string) {
	fuzz(f, func(t *testing.T, text string) {
		g, err := Parse(format, text)
		if err != nil && !strings.HasPrefix(err.Error(), "line ") {
			t.Fatalf("error without a line: %v", err)
		}
		if err == nil && len(g.Nodes)+len(g.Groups) == 0 {
			t.Fatal("nothing read and no error")
		}
		sound(t, g)
		sound(t, Merge(g, g))
		w := NewWalks(g)
		from, to := make([]bool, w.Places()), make([]bool, w.Places())
		w.Where(func(_ int, n *Node) bool { return n.Label < "k" }, from)
		w.Where(func(_ int, n *Node) bool { return n.Label > "k" }, to)
		w.Path(from, to)
	})
}

func FuzzFromMarkdown(f *testing.F) {
	fuzz(f, func(t *testing.T, text string) {
		end := 0
		for _, b := range FromMarkdown(text) {
			if b.Start < end || b.End <= b.Start || b.End > len(text) {
				t.Fatalf("block %d..%d after %d in %d bytes", b.Start, b.End, end, len(text))
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[b.Start:b.End]) {
				t.Fatal("block cuts a letter")
			}
			end = b.End
			sound(t, b.Graph)
			for _, e := range b.Graph.Edges {
				if e.Line > strings.Count(text, "\n")+1 {
					t.Fatalf("line %d of %q", e.Line, text)
				}
			}
		}
	})
}

// TestLong holds FromMarkdown to its cost on a megabyte of anything.
func TestLong(t *testing.T) {
	for name, unit := range map[string]string{
		"prose":  "The cache keeps hot keys, so that reads do not reach the database -- mostly.\n",
		"arrows": "client -> api -> db, cache: label\n",
		"parted": "client -> api -> db\n\n",
		"dashes": "----", "heads": "->", "pipes": "-->|", "ticks": "`", "quotes": "\"-- ", "brackets": "(", "sections": "→ ",
		"bad lines": "if x -> y then it is (a -> b) so `x->y` <- z <-> q -- r\n",
		"fences":    "```d2\na -> b\n```\n", "one fence": "```mermaid\ngraph TD\n", "d2 opens": "a {\nx -> y\n",
		"bare": "graph TD\nA-->B\n", "header": "graph TD\n", "nested": "x: {", "lead": "a: ", "colons": "a -> b: ",
		"containers": "a: A {\n b -> c\n}\n\n", "d2 prose": "a: A {\n b -> c d: {\n}}\n\n", "stars": "**.a -> **.b {\nx\n}\n\n",
	} {
		text := strings.Repeat(unit, 1<<20/len(unit))
		start := time.Now()
		FromMarkdown(text)
		took := time.Since(start)
		t.Logf("%-10s %v", name, took)
		if took > time.Second {
			t.Errorf("%s: a megabyte took %v", name, took)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	texts := map[string]string{FormatArrows: "", FormatMermaid: "graph TD\n", FormatD2: ""}
	for i := range 20 {
		from, to := string(rune('a'+i)), string(rune('a'+(i*7+1)%20))
		texts[FormatArrows] += from + " service -> " + to + " service: label\n"
		texts[FormatD2] += from + " service -> " + to + " service: label\n"
		texts[FormatMermaid] += "  " + from + "[" + from + " service] -->|label| " + to + "\n"
	}
	for format, text := range texts {
		b.Run(format, func(b *testing.B) {
			for b.Loop() {
				Parse(format, text)
			}
		})
		b.Run(format+" in Markdown", func(b *testing.B) {
			text := "Text.\n\n```" + format + "\n" + text + "```\n"
			for b.Loop() {
				FromMarkdown(text)
			}
		})
	}
}
