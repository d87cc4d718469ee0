package bank

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"testing"
)

// sameTree holds that a document which is read quickly has the tree that the library gives it, and nothing that is refused.
func sameTree(t *testing.T, d *document) (quickly bool) {
	t.Helper()
	got := quickTree(d.text, d.before)
	if got == nil {
		return false
	}
	if ps := d.unclean(); len(ps) > 0 {
		t.Fatalf("read quickly, but: %v", ps)
	}
	root, rest, err := decode(d.text)
	if err != nil || rest != nil {
		t.Fatalf("read quickly, but the library says %v, and that there is more: %v", err, rest != nil)
	}
	if ps := d.plainTree(root, nil); len(ps) > 0 {
		t.Fatalf("read quickly, but: %v", ps)
	}
	if diff := treeDiff(got, treeOf(root, d.before)); diff != "" {
		t.Fatalf("%s", diff)
	}
	return true
}

func treeDiff(a, b *node) string {
	x, y := *a, *b
	x.content, y.content = nil, nil
	if fmt.Sprint(x) != fmt.Sprint(y) || len(a.content) != len(b.content) {
		return fmt.Sprintf("quickly %+v with %d inside, by the library %+v with %d", x, len(a.content), y, len(b.content))
	}
	for i := range a.content {
		if diff := treeDiff(a.content[i], b.content[i]); diff != "" {
			return diff
		}
	}
	return ""
}

// Every file of the bank is read quickly, and as the library reads it.
func TestBankIsReadQuickly(t *testing.T) {
	n := 0
	for _, dir := range []string{"../../prompts", "../../rubrics"} {
		fsys := os.DirFS(dir)
		_ = fs.WalkDir(fsys, ".", func(p string, _ fs.DirEntry, _ error) error {
			if path.Ext(p) != ".yaml" {
				return nil
			}
			docs, _ := newFile(0, fsys, path.Base(dir), p, p).documents()
			for i := range docs {
				if n++; !sameTree(t, &docs[i]) {
					t.Errorf("%s, document %d: left to the library", p, i+1)
				}
			}
			return nil
		})
	}
	if n < 100 {
		t.Errorf("only %d documents", n)
	}
}

// What is read quickly, and what is left to the library because it may mean something else.
func TestQuickOrNot(t *testing.T) {
	for text, quickly := range map[string]bool{
		"a: b\n":                            true,
		"a: b":                              true,
		"# x\na: b # c\n\n# d\n":            true,
		"---\na: b\n":                       true,
		"a:\n- b\n- c\nd: e\n":              true,
		"a:\n  - b: c\n    d: e\n  - - f\n": true,
		"a: [b, 'it''s', \"c\\\"d\\n\", {e: f},\n  g, ]\n": true,
		"a: |\n  b\n\n    c \n  \nd: e\n":                  true,
		"a: |-\n  b\n\n\nd: e\n":                           true,
		"a: >-\n  b\n  c\nd: null\n":                       true,
		"a: é - ü\nb: ü # x\nc: [é, \"ü\", b]\n":           true,
		"a: b#c:d 'e' \"f\" [g] {h}, i\n":                  true,
		"":                                                 false,
		"a\n":                                              false,
		"a:\n":                                             false,
		"a: ~\n":                                           false,
		"a: b\n  c\n":                                      false,
		"a: b: c\n":                                        false,
		"a: 'b\n  c'\n":                                    false,
		"a: \"\\u0041\"\n":                                 false,
		"a: &b c\n":                                        false,
		"a: !!str b\n":                                     false,
		"a: [b: c]\n":                                      false,
		"a: [b\n]\n":                                       false,
		"a: |2\n   b\n":                                    false,
		"a: |\n  b":                                        false,
		"a: >-\n  b\n\n  c\n":                              false,
		"a: >-\n  b\n   c\n":                               false,
		"a: b\n...\n":                                      false,
		"a:\tb\n":                                          false,
		"a: b\r\n":                                         false,
		"? a\n: b\n":                                       false,
		"<<: b\n":                                          false,
		"a: \u2028b\n":                                     false,
		"a: \x7f\n":                                        false,
		"  a: b\n":                                         false,
		"a:\n    b: c\n  d: e\n":                           false,
		"a:\n  - b\n  c: d\n":                              false,
		"- a\n":                                            false,
	} {
		d := &document{file: &file{shown: "x.yaml"}, before: 3, text: text}
		if got := sameTree(t, d); got != quickly {
			t.Errorf("%q: quickly %v", text, got)
		}
	}
}

func FuzzQuick(f *testing.F) {
	for _, text := range sound() {
		f.Add(text)
	}
	for _, text := range []string{"a: [b, 'it''s', \"c\\\"d\\n\", {e: f},\n  g, ]\n", "a: |\n  b\n\n    c \n  \nd: e\n", "a:\n  - b: c\n    d: e\n  - - f\n", "a: >-\n  b\n  c\nd: null # x\n", "a:\n- é: \"ü\"\n- {b: -1, c: ü}\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, p := range split(text) {
			sameTree(t, &document{file: &file{shown: "x.yaml"}, before: p.before, text: p.text})
		}
	})
}
