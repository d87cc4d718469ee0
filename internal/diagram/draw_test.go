package diagram

import (
	"flag"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden draws each answer in testdata/draw, in the widths and formats
// that its golden files name: chain.md is drawn in chain.80.txt.
func TestGolden(t *testing.T) {
	files, _ := filepath.Glob("testdata/draw/*.md")
	if len(files) == 0 {
		t.Fatal("no answers in testdata/draw")
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var graphs []Graph
		for _, b := range FromMarkdown(string(text)) {
			if b.Err != nil {
				t.Errorf("%s: %v", file, b.Err)
			}
			graphs = append(graphs, b.Graph)
		}
		g := Merge(graphs...)
		base := strings.TrimSuffix(file, ".md")
		for _, width := range []int{80, 46} {
			golden(t, fmt.Sprintf("%s.%d.txt", base, width), Draw(g, width))
			checkText(t, Draw(g, width), width)
		}
		golden(t, base+".mmd", Mermaid(g))
		checkSVG(t, SVG(g))
	}
	golden(t, "testdata/draw/ten.svg", SVG(answer(t, "testdata/draw/ten.md")))
}

func answer(t *testing.T, file string) Graph {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var graphs []Graph
	for _, b := range FromMarkdown(string(text)) {
		graphs = append(graphs, b.Graph)
	}
	return Merge(graphs...)
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s\n got\n%s\nwant\n%s", file, got, want)
	}
}

// TestDraw holds what a drawing promises beyond its lines.
func TestDraw(t *testing.T) {
	parse := func(text string) Graph {
		g, err := Parse(FormatArrows, text)
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	chain := parse("client -> load balancer -> api service -> cache")
	for _, c := range []struct {
		name  string
		g     Graph
		width int
		rows  int
	}{
		{"a chain takes one row of boxes", chain, 80, 3},
		{"and goes down where that is too wide", chain, 40, 18},
		{"nothing is drawn as nothing", Graph{}, 80, 0},
		{"boxes without lines stand beside each other", parse("api\ncache\nqueue\nworker"), 80, 3},
	} {
		if got := strings.Count(Draw(c.g, c.width), "\n"); got != c.rows {
			t.Errorf("%s: %d rows, want %d\n%s", c.name, got, c.rows, Draw(c.g, c.width))
		}
	}
	if got, want := Draw(chain, 12), "client →\n  load\n  balancer\nload\n  balancer →\n  api\n  service\napi service\n  → cache\n"; got != want {
		t.Errorf("too narrow:\n%q, want\n%q", got, want)
	}
	var long strings.Builder
	for i := range 300 {
		fmt.Fprintf(&long, "box%d -> box%d\n", i, i+1)
	}
	if got := Draw(parse(long.String()), 80); strings.ContainsAny(got, "┌│") || strings.Count(got, "\n") != listLines+2 || !strings.HasSuffix(got, "and 99 more\n") {
		t.Errorf("a drawing of 300 boxes: %d lines, the last %q", strings.Count(got, "\n"), got[len(got)-30:])
	}
}

// TestDrawAgain holds that a drawing depends on nothing but graph and width.
func TestDrawAgain(t *testing.T) {
	r := rand.New(rand.NewSource(4))
	for range 40 {
		g := randomGraph(r, 12)
		first := Draw(g, 80) + SVG(g) + Mermaid(g)
		for range 3 {
			if again := Draw(g, 80) + SVG(g) + Mermaid(g); again != first {
				t.Fatalf("first\n%s\nthen\n%s", first, again)
			}
		}
	}
}

func TestKindOf(t *testing.T) {
	for label, want := range map[string]string{
		"Redis": Store, "orders DB": Store, "cache service": Box, "Kafka (orders)": Queue, "message-queue": Queue,
		"queue worker": Box, "S3 bucket": Store, "client": Box, "primary": Box, "Postgres primary": Store, "Kafka cluster": Queue, "read replica": Store, "": Box,
	} {
		if got := kindOf(label); got != want {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
}
