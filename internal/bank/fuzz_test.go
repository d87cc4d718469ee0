package bank

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"
)

// Any bytes as a prompt, a deck, a framework or a rubric: no panic, no hang, places inside the file, and a fast scan
// of the head that says what the parser says.
func FuzzYAML(f *testing.F) {
	for _, text := range sound() {
		f.Add([]byte(text))
	}
	for _, text := range []string{"", "\x00", "\xff", "---\n---\n", "\ufeff---\nid: a\n", "id: 'a\n", "a: &a [*a]\n", "? ? ?", "- - -\n", "%YAML 1.2\n---\nid: a\n...\n", "id: a\r\ntitle: b\r\n", "id: |\n  a\n---\nx", "{id: a, criteria: [{id: b}]}"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		start := time.Now()
		prompts := fstest.MapFS{"a.yaml": {Data: text}, "decks/a.yaml": {Data: text}, "frameworks/a.yaml": {Data: text}}
		b := New(Layer{"", prompts, fstest.MapFS{"a.yaml": {Data: text}}})
		_, ps := b.Check()
		heads, also := b.Heads()
		for _, p := range append(ps, also...) {
			if p.File == "" || p.Line < 0 || p.Msg == "" || !utf8.ValidString(p.String()) {
				t.Errorf("problem %+v", p)
			}
		}
		for _, h := range heads {
			_, _ = b.Item(h.ID)
		}
		_, _ = b.Deck("a")
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("took %v", took)
		}
		sameHead(t, text)
		sameExcerpt(t, text)
		docs, _ := newFile(0, prompts, "prompts", "decks/a.yaml", "a.yaml").documents()
		for i := range docs {
			sameTree(t, &docs[i])
		}
	})
}

// Files made to cost time or memory end soon, with a place.
func TestHostile(t *testing.T) {
	const size = 1 << 19
	deep := ""
	for i := range 1000 {
		deep += strings.Repeat(" ", i) + "a:\n"
	}
	for name, text := range map[string]string{
		"brackets":  strings.Repeat("[", size),
		"braces":    strings.Repeat("{a: ", size/4),
		"dashes":    strings.Repeat("- ", size/2),
		"questions": strings.Repeat("? ", size/2),
		"one key":   strings.Repeat("a", size) + ": b",
		"one quote": "id: \"" + strings.Repeat("x\n", size/2),
		"documents": strings.Repeat("---\n", size/4),
		"comments":  strings.Repeat("# x\n", size/4) + "id: [",
		"deep":      deep,
		"broken":    "facts: [\n" + strings.Repeat("a,\n", size/3) + "}\n",
	} {
		start := time.Now()
		files := sound()
		files["prompts/hills/bad.yaml"] = text
		_, ps := New(layer("", files)).Check()
		if took := time.Since(start); len(ps) == 0 || ps[0].Line < 1 || took > time.Minute { // seconds alone on a machine; the race detector on a busy one needs ten times that
			t.Errorf("%s: %d problems after %v", name, len(ps), took)
		}
	}
}

func sameHead(t *testing.T, text []byte) {
	f := newFile(0, fstest.MapFS{"a.yaml": {Data: text}}, "prompts", "a.yaml", "a.yaml")
	docs, _ := f.documents()
	for _, d := range docs {
		head, sure := scan(d.text)
		if !sure {
			continue
		}
		root, ps := d.parse()
		if len(ps) > 0 || child(root, "id") == nil || len(load(&d, (*reader).prompt).problems) > 0 {
			continue // the whole file is refused, whatever its head
		}
		if got := headOf(root); head.ID != got.ID || head.Title != got.Title || head.Track != got.Track || head.Family != got.Family || head.Framework != got.Framework {
			t.Errorf("scan says %+v, the parser %+v", head, got)
		}
	}
}

// sameExcerpt holds that a rubric read for one criterion has that criterion as the whole file has it.
func sameExcerpt(t *testing.T, text []byte) {
	files := fstest.MapFS{"a.yaml": {Data: text}}
	whole := New(Layer{Rubrics: files}).rubrics()
	for id, e := range whole.byID {
		if e.load(); len(e.load().problems) > 0 {
			continue
		}
		for _, c := range e.load().value.Criteria {
			b := New(Layer{Rubrics: files})
			r := b.one(b.rubrics().byID[id], c.ID)
			i := indexCriterion(r.value.Criteria, c.ID)
			if i < 0 || r.value.Criteria[i].Title != c.Title || r.value.Criteria[i].At("levels") != c.At("levels") || !maps.Equal(r.value.Vocab, e.load().value.Vocab) {
				t.Errorf("criterion %q differs in an excerpt", c.ID)
			}
		}
	}
}

func indexCriterion(criteria []Criterion, id string) int {
	for i, c := range criteria {
		if c.ID == id {
			return i
		}
	}
	return -1
}
