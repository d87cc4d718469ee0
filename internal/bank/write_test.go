package bank

import (
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

// reread reads a written prompt back. A deck's name comes from its file and is no part of the document.
func reread(t *testing.T, text []byte, base, deck string) (Prompt, Problems) {
	t.Helper()
	d := &document{file: &file{shown: base + ".yaml", base: base, kind: kindPrompt}, deck: deck, text: string(text)}
	got := load(d, (*reader).prompt)
	for i := range got.value.Criteria {
		got.value.Criteria[i].origin = origin{}
	}
	return got.value, got.problems
}

// Every prompt and card that we ship is the same after writing and reading.
func TestWriteShipped(t *testing.T) {
	n := 0
	b := New(Layer{Prompts: os.DirFS("../../prompts")})
	for _, e := range b.prompts().entries {
		p := e.load().value
		for i := range p.Criteria {
			p.Criteria[i].origin = origin{}
		}
		text, err := Write(&p)
		if err != nil {
			t.Errorf("%s: %v", p.ID, err)
			continue
		}
		got, ps := reread(t, text, e.base, e.deck)
		if len(ps) > 0 || !reflect.DeepEqual(got, p) {
			t.Errorf("%s: problems %v, or another prompt, from\n%.2000s", p.ID, ps, text)
		}
		n++
	}
	if n < 20 {
		t.Errorf("only %d prompts", n)
	}
}

func TestWriteTexts(t *testing.T) {
	for _, s := range []string{
		"plain", "true", "no", "1", "010", "~", "null", "a: b", "# c", "- d", "x #y", "*a", "&b", "!c", "%d", "@e", "`f`", "{g}", "[h]", "'", `"`, `\n`, "? x", "| y", "> z",
		"two\nlines", "two\n  lines\n\nmore: #1", " lead", "trail ", "\n\nlead", "trail\n\n", "a \nb", "\tb", "a\tb\nc", "é 🎯 漢字", "a\u2028b", "a\ufeffb", "a\u00a0b", "---", "--- x\ny", "...\nx", "a\n---\nb", "2026-11-24", "<<", "=",
		strings.Repeat("long words ", 60) + "end", "x\n" + strings.Repeat("y", 300), "\U0001F469\u200d\U0001F469",
	} {
		want := Prompt{ID: "p", Title: s, Track: "t", Family: "p", Framework: "f", Ask: s, Topic: []string{s}, Model: map[string]string{"x": s}, Vocab: map[string]string{"v": s}, Facts: []Fact{{[]string{s}, s}}}
		text, err := Write(&want)
		if err != nil {
			t.Errorf("%q: %v", s, err)
			continue
		}
		if got, ps := reread(t, text, "p", ""); len(ps) > 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v from\n%s", s, ps, text)
		}
		if parts := split(string(text)); len(parts) != 1 {
			t.Errorf("%q: %d documents in\n%s", s, len(parts), text)
		}
	}
	for _, s := range []string{"a\x1b", "a\x00", "\xff", "a\rb", "\u202e"} {
		if _, err := Write(&Prompt{ID: "p", Ask: s}); err == nil || !strings.HasPrefix(err.Error(), "ask: ") {
			t.Errorf("%q: error %v", s, err)
		}
	}
}

// What is written can be listed without a parse where its head is plain.
func TestWriteHead(t *testing.T) {
	text, err := Write(&Prompt{ID: "p", Title: "A title", Track: "t", Framework: "f", Ask: "a"})
	if h, sure := scan(string(text)); err != nil || !sure || h.Title != "A title" || h.Framework != "f" {
		t.Errorf("%+v, %v, %v", h, sure, err)
	}
}

func TestReadWritten(t *testing.T) {
	b := New(Layer{Prompts: fstest.MapFS{"frameworks/f.yaml": {Data: []byte("id: f\ntitle: T\nladder: [met]\nphases:\n  - {id: say, title: Say, minutes: 5, ask: Go.}\n")}}})
	p := Prompt{ID: "p", Title: "P", Track: "t", Framework: "f", Ask: "a", Criteria: []Criterion{{ID: "c", Phase: "say", Title: "C", Levels: []Level{{Name: "met", Say: []string{"a"}}}}}}
	text, err := Write(&p)
	if err != nil {
		t.Fatal(err)
	}
	if it, err := b.Read("draft", "p", text); err != nil || it.Criteria[0].ID != "c" || it.Framework.Title != "T" || it.Digest() == "" {
		t.Errorf("%+v, %v", it, err)
	}
	p.Framework = "g"
	text, _ = Write(&p)
	if _, err := b.Read("draft", "p", text); err == nil || !strings.Contains(err.Error(), "draft:4") {
		t.Errorf("an unknown framework: %v", err)
	}
}

func FuzzWrite(f *testing.F) {
	f.Add("title", "ask\n  of lines\n", "|-")
	f.Fuzz(func(t *testing.T, title, ask, claim string) {
		want := Prompt{ID: "p", Title: "t" + title, Track: "t", Family: "p", Framework: "f", Ask: "a" + ask,
			Criteria: []Criterion{{ID: "c", Phase: "x", Title: "c" + title, Weight: 2, Levels: []Level{{Name: "n", Say: []string{"s" + claim}, Need: 1}}}}}
		text, err := Write(&want)
		if err != nil {
			return
		}
		if got, ps := reread(t, text, "p", ""); len(ps) > 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("%v from\n%s", ps, text)
		}
	})
}

func TestFrameworks(t *testing.T) {
	fw := func(id string) string {
		return "id: " + id + "\ntitle: T\nladder: [met]\nphases:\n  - {id: say, title: Say, minutes: 5, ask: Go.}\n"
	}
	files := fstest.MapFS{"frameworks/b.yaml": {Data: []byte(fw("b"))}, "frameworks/a.yaml": {Data: []byte(fw("a"))}}
	over := fstest.MapFS{"frameworks/b.yaml": {Data: []byte(strings.Replace(fw("b"), "title: T", "title: Over", 1))}}
	list, err := New(Layer{Prompts: files}, Layer{Prompts: over}).Frameworks()
	if err != nil || len(list) != 2 || list[0].ID != "a" || list[1].Title != "Over" {
		t.Errorf("%+v, %v", list, err)
	}
	files["frameworks/c.yaml"] = &fstest.MapFile{Data: []byte("id: c\n")}
	if _, err := New(Layer{Prompts: files}).Frameworks(); err == nil {
		t.Error("a broken framework is no error")
	}
}
