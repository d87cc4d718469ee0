package bank

import (
	"strings"
	"testing"
)

// What an editor would not show: each is refused with its place.
func TestBytes(t *testing.T) {
	text := sound()["prompts/hills/green-hill.yaml"]
	at := "prompts/hills/green-hill.yaml:"
	for _, c := range []struct{ name, text, want string }{
		{"NUL", strings.Replace(text, "slope", "slo\x00pe", 1), at + "1:1: binary file: want YAML as UTF-8 text"},
		{"UTF-16", "\xff\xfei\x00d\x00:\x00", at + "1:1: binary file: want YAML as UTF-8 text"},
		{"Latin-1", strings.Replace(text, "the green", "thé gr\xe9en", 1), at + "6:18: byte 0xe9 is not UTF-8: save the file as UTF-8"},
		{"cut rune", strings.Replace(text, "100 m.", "100 \xe2\x82", 1), at + "9:15: byte 0xe2 is not UTF-8: save the file as UTF-8"},
		{"escape", strings.Replace(text, "Names", "N\x1b[31m", 1), at + "17:13: control character U+001B"},
		{"C1", strings.Replace(text, "Names", "N\u009b31m", 1), at + "17:13: control character U+009B"},
		{"turned", strings.Replace(text, "Names", "\u202eseman", 1), at + "17:12: control character U+202E"},
		{"lone CR", strings.Replace(text, "Names", "Na\rmes", 1), at + "17:14: control character U+000D"},
		{"two lines", strings.Replace(strings.Replace(text, "slope", "\x01", 1), "Names", "\x02", 1), at + "10:16: control character U+0001\n" + at + "17:12: control character U+0002"},
		{"one a line", strings.Replace(text, "slope", "\x01\x02\xff", 1), at + "10:16: control character U+0001"},
		{"BOM", "\ufeff" + text, ""},
		{"CRLF", strings.ReplaceAll(text, "\n", "\r\n"), ""},
		{"marker", "# yaml-language-server: $schema=x.json\n---\n" + text, ""},
		{"directive", "%YAML 1.2\n---\n" + text, ""},
		{"no last newline", strings.TrimSuffix(text, "\n"), ""},
		{"emoji", strings.Replace(text, "Names", "🥾 Names é", 1), ""},
		{"tab in a text", text + "picture: \"a\tb\"\n", ""},
	} {
		files := sound()
		files["prompts/hills/green-hill.yaml"] = c.text
		_, ps := New(layer("", files)).Check()
		if got := Problems(ps).Error(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if heads, _ := New(layer("", files)).Heads(); c.want == "" && len(heads) != 3 {
			t.Errorf("%s: %d heads", c.name, len(heads))
		}
	}
}

// Columns count characters, lines count from the top of the file, in decks too.
func TestColumnsAreCharacters(t *testing.T) {
	files := sound()
	files["prompts/decks/walks.yaml"] += "---\r\n" + strings.ReplaceAll(strings.Replace(card("walks-sea", "Sée"), "{id: it,", "{id: it, why: 日本語, fase: x,", 1), "\n", "\r\n")
	_, ps := New(layer("", files)).Check()
	if len(ps) != 1 || ps[0].Pos.String() != "prompts/decks/walks.yaml:24:24" {
		t.Errorf("%v", Problems(ps))
	}
}

func TestDigest(t *testing.T) {
	digest := func(file, old, new string) string {
		t.Helper()
		files := sound()
		if !strings.Contains(files[file], old) {
			t.Fatalf("%s has no %q", file, old)
		}
		files[file] = strings.Replace(files[file], old, new, 1)
		it, err := New(layer("", files)).Item("green-hill")
		if err != nil {
			t.Fatal(err)
		}
		return it.Digest()
	}
	const prompt, framework, rubric, words = "prompts/hills/green-hill.yaml", "prompts/frameworks/walk.yaml", "rubrics/gear.yaml", "rubrics/words.yaml"
	before := digest(prompt, "id", "id")
	if len(before) != 16 || before != digest(prompt, "id", "id") {
		t.Errorf("digest %q is not the same twice", before)
	}
	for _, c := range []struct {
		file, old, new string
		same           bool
	}{
		{prompt, "Cross the green hill.", "Cross it.", true},
		{prompt, "Names a path", "Says a path", true},
		{prompt, "title: Green hill", "title: A green hill", true},
		{prompt, "path + hill", "path + slope", false},
		{prompt, "weight: 2", "weight: 3", false},
		{prompt, "need: 2", "need: 1", false},
		{prompt, "rope | stick", "rope", false},
		{prompt, "hill | slope", "hill", false},
		{prompt, "gear/shoes", "gear/hat", false},
		{framework, "share: 0.6", "share: 0.7", false},
		{framework, "[low, high]", "[low, high, top]", false},
		{framework, "What is there", "What is here", true},
		{rubric, "boot | shoe", "boot", false},
		{rubric, "Wears a hat", "Has a hat", true},
		{rubric, "hat + wear", "hat + bear", true},
		{rubric, "$shoe + wear", "$shoe + tie", false},
		{words, "rain | mud", "rain", false},
	} {
		if after := digest(c.file, c.old, c.new); (after == before) != c.same {
			t.Errorf("%s: %q for %q: same is %v, want %v", c.file, c.new, c.old, !c.same, c.same)
		}
	}
}

func TestDefaults(t *testing.T) {
	files := sound()
	files["prompts/frameworks/walk.yaml"] = strings.Replace(files["prompts/frameworks/walk.yaml"], "share: 0.6\n", "", 1)
	f, err := New(layer("", files)).Framework("walk")
	if err != nil || f.Share != 0.7 {
		t.Errorf("share %v, %v", f, err)
	}
	r, err := New(layer("", files)).Rubric("gear")
	if err != nil || len(r.Criteria) != 2 || r.Criteria[0].Weight != 1 || r.Criteria[1].Levels[0].Need != 1 {
		t.Errorf("rubric %v, %v", r, err)
	}
}
