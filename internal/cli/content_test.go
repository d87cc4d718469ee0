package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rivo/uniseg"

	"interview/internal/bank"
	"interview/internal/report"
	"interview/prompts"
	"interview/rubrics"
)

// The built-in bank has no problem: every file is read, every claim compiles, every example and model answer holds.
func TestBuiltInBank(t *testing.T) {
	items, problems := checked(bank.New(bank.Layer{Prompts: prompts.FS, Rubrics: rubrics.FS}), "")
	for _, p := range problems {
		t.Error(p)
	}
	if len(items) < 10 {
		t.Errorf("only %d items", len(items))
	}
}

// An unchanged copy of the shipped folders overrides everything and is no problem.
func TestCheckCopy(t *testing.T) {
	dir := t.TempDir()
	for _, folder := range []string{"prompts", "rubrics"} {
		if err := os.CopyFS(filepath.Join(dir, folder), os.DirFS(filepath.Join("..", "..", folder))); err != nil {
			t.Fatal(err)
		}
	}
	code, out, errs := run(t, "", nil, "check", dir)
	if code != 0 || errs != "" || strings.Count(out, ": note: overrides ") < 10 || !strings.Contains(out, ": no problems, ") {
		t.Errorf("exit %d, stdout %s, stderr %s", code, out, errs)
	}
}

// Of the bank below a folder only what it changes is proved again.
func TestCheckedTouches(t *testing.T) {
	const framework = "id: plain\ntitle: Plain\nladder: [met]\nphases:\n  - {id: speak, title: Speak, minutes: 1, ask: Speak.}\n"
	prompt := func(id, claim string) string {
		return fmt.Sprintf(`id: %s
title: One
track: one
framework: plain
ask: Design it.
criteria:
  - id: it
    phase: speak
    title: It
    levels: [{name: met, descriptor: It is kept., say: ["%s"]}]
    examples: {hit: [we keep it in a store], miss: [nothing of it]}
`, id, claim)
	}
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	below := bank.Layer{
		Prompts: fstest.MapFS{
			"frameworks/plain.yaml": file(framework), "one/plainly.yaml": file(prompt("plainly", "keep + store")),
			"one/named.yaml": file(prompt("named", "keep + $place")), "one/shared.yaml": file(prompt("shared", "keep + store") + "rubrics: [both]\n"),
		},
		Rubrics: fstest.MapFS{
			"words.yaml": file("id: words\nvocab: {place: store | shelf}\n"),
			"both.yaml":  file(strings.NewReplacer("track: one\n", "", "framework: plain\n", "", "ask: Design it.\n", "").Replace(prompt("both", "keep + store"))),
		},
	}
	for name, c := range map[string]struct {
		prompts, rubrics fstest.MapFS
		dir, want        string
		problems         int
	}{
		"nothing":    {dir: "mine"},
		"everything": {want: "named plainly shared"},
		"a new name": {rubrics: fstest.MapFS{"more.yaml": file("id: more\nvocab: {thing: box}\n")}, dir: "mine/"},
		"a name":     {rubrics: fstest.MapFS{"words.yaml": file("id: words\nvocab: {place: garage}\n")}, dir: "./mine", want: "named", problems: 1},
		"a rubric":   {rubrics: fstest.MapFS{"both.yaml": below.Rubrics.(fstest.MapFS)["both.yaml"]}, dir: "mine", want: "shared"},
		"a prompt":   {prompts: fstest.MapFS{"x/extra.yaml": file(prompt("extra", "sell + store"))}, dir: "mine", want: "extra", problems: 1},
	} {
		items, problems := checked(bank.New(below, bank.Layer{Name: "mine", Prompts: c.prompts, Rubrics: c.rubrics}), c.dir)
		var ids []string
		for _, it := range items {
			ids = append(ids, it.Prompt.ID)
		}
		problems = slices.DeleteFunc(problems, func(p bank.Problem) bool { return p.Note })
		if got := strings.Join(ids, " "); got != c.want || len(problems) != c.problems {
			t.Errorf("%s: proved %q, want %q; problems %v", name, got, c.want, problems)
		}
	}
}

// What people are shown fits 80 columns and holds no control character, for every item of the built-in bank.
func TestContentFits(t *testing.T) {
	b := bank.New(bank.Layer{Prompts: prompts.FS, Rubrics: rubrics.FS})
	heads, err := headsOf(b)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := report.List(&out, heads); err != nil {
		t.Fatal(err)
	}
	for _, h := range heads {
		it, err := b.Item(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		a := &App{Out: &out, Err: io.Discard}
		if err := a.showItem(it, showFlags{rubric: true}); err != nil {
			t.Fatal(err)
		}
		for i := range it.Criteria {
			if err := report.Criterion(&out, h.ID+"/"+it.Criteria[i].ID, &it.Criteria[i], &it.Prompt); err != nil {
				t.Fatal(err)
			}
		}
	}
	for line := range strings.Lines(out.String()) {
		line = strings.TrimSuffix(line, "\n")
		if uniseg.StringWidth(line) > 80 || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || steers(r) }) {
			t.Errorf("%q", line)
		}
	}
}

// What show --json says is what the item holds.
func TestShowJSON(t *testing.T) {
	b := bank.New(bank.Layer{Prompts: prompts.FS, Rubrics: rubrics.FS})
	heads, err := headsOf(b)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range heads {
		it, err := b.Item(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		a := &App{Out: &out, Err: io.Discard, Env: os.Getenv, Now: time.Now}
		if err := a.showItem(it, showFlags{json: true}); err != nil {
			t.Fatal(err)
		}
		var got promptJSON
		d := json.NewDecoder(strings.NewReader(out.String()))
		d.DisallowUnknownFields()
		if err := d.Decode(&got); err != nil {
			t.Fatal(err)
		}
		if got.ID != h.ID || len(got.Criteria) != len(it.Criteria) || len(got.Facts) != len(it.Prompt.Facts) || strings.Contains(out.String(), ":null") {
			t.Errorf("%s: %s", h.ID, out.String())
		}
		for i, c := range got.Criteria {
			want := &it.Criteria[i]
			if c.ID != want.ID || c.Weight != want.Weight || len(c.Levels) != len(want.Levels) {
				t.Errorf("%s: %+v, want %+v", h.ID, c, want)
			}
			for _, claim := range append(c.Against, c.When) {
				unnamed(t, h.ID, claim, got.Vocab)
			}
			for j, l := range c.Levels {
				if l.Name != want.Levels[j].Name || l.Need < 1 || len(l.Say) != len(want.Levels[j].Say) {
					t.Errorf("%s: level %+v, want %+v", c.ID, l, want.Levels[j])
				}
				for _, claim := range l.Say {
					unnamed(t, h.ID, claim, got.Vocab)
				}
			}
		}
	}
}

// unnamed says which names of a claim the vocabulary lacks.
func unnamed(t *testing.T, id, claim string, vocab map[string]string) {
	t.Helper()
	for _, word := range strings.Fields(claim) {
		name, ok := strings.CutPrefix(strings.TrimLeft(word, "!"), "$")
		if _, known := vocab[name]; ok && !known {
			t.Errorf("%s: %q of %q is not in vocab", id, word, claim)
		}
	}
}
