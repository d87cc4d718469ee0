package bank

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const hill = `id: %s
title: A hill of mine
track: hills
framework: walk
ask: Cross it.
criteria:
  - {id: path, phase: look, title: Path, levels: [{name: low, say: [path + over]}]}
`

func card(id, title string) string {
	return "id: " + id + "\ntitle: " + title + "\ntrack: cards\nframework: walk\nask: What for?\ncriteria:\n  - {id: it, phase: look, title: It, levels: [{name: low, say: [a b + c]}]}\n"
}

func TestOverride(t *testing.T) {
	mine := map[string]string{
		"prompts/own/green-hill.yaml":  fmt.Sprintf(hill, "green-hill"),
		"prompts/own/blue-hill.yaml":   fmt.Sprintf(hill, "blue-hill") + "rubrics: [gear/coat]\n",
		"prompts/decks/walks.yaml":     card("walks-gate", "My gate") + "---\n" + card("walks-tree", "The tree"),
		"rubrics/gear.yaml":            "id: gear\ncriteria:\n  - {id: coat, phase: look, title: Coat, levels: [{name: low, say: [$wet + coat]}]}\n",
		"rubrics/my-words.yaml":        "id: my-words\nvocab: {wet: soaked | drenched}\n",
		"prompts/frameworks/walk.yaml": strings.Replace(sound()["prompts/frameworks/walk.yaml"], "rubrics: [manners]\n", "", 1),
	}
	b := New(layer("", sound()), layer("mine", mine))
	it, err := b.Item("blue-hill")
	if err != nil {
		t.Fatal(err)
	}
	if len(it.Criteria) != 2 || it.Criteria[1].Vocab()["wet"] != "soaked | drenched" {
		t.Errorf("criteria %v: want the rubric, framework and words of the higher layer", it.Criteria)
	}
	if at := it.Criteria[1].VocabAt("wet").String(); at != "mine/rubrics/my-words.yaml:2:14" {
		t.Errorf("the higher layer's word stands at %s", at)
	}
	if it.Prompt.Family != "blue-hill" {
		t.Errorf("family %q, want the id where none is given", it.Prompt.Family)
	}
	if it, err := b.Item("green-hill"); err != nil || it.Prompt.Title != "A hill of mine" {
		t.Errorf("%v, %v: want the prompt of the higher layer", it, err)
	}
	cards, err := b.Deck("walks")
	var titles []string
	for _, c := range cards {
		titles = append(titles, c.Prompt.Title)
	}
	if got := strings.Join(titles, ", "); got != "My gate, The well, The tree" || err != nil {
		t.Errorf("cards %s, %v: want each from its highest layer, new ones last", got, err)
	}
}

func TestOverrideIsNoted(t *testing.T) {
	heads, _ := New(layer("", sound())).Heads()
	items, ps := New(layer("", sound()), layer("copy", sound())).Check()
	if len(items) != len(heads) {
		t.Errorf("%d items of %d", len(items), len(heads))
	}
	want := `copy/prompts/decks/walks.yaml:1:5: note: overrides prompts/decks/walks.yaml:1:5
copy/prompts/decks/walks.yaml:10:5: note: overrides prompts/decks/walks.yaml:10:5
copy/prompts/frameworks/walk.yaml:1:5: note: overrides prompts/frameworks/walk.yaml:1:5
copy/prompts/hills/green-hill.yaml:1:5: note: overrides prompts/hills/green-hill.yaml:1:5
copy/rubrics/gear.yaml:1:5: note: overrides rubrics/gear.yaml:1:5
copy/rubrics/manners.yaml:1:5: note: overrides rubrics/manners.yaml:1:5
copy/rubrics/words.yaml:1:5: note: overrides rubrics/words.yaml:1:5`
	if got := Problems(ps).Error(); got != want {
		t.Errorf("an unchanged copy:\n%s\nwant\n%s", got, want)
	}
}

func TestNoFolder(t *testing.T) {
	heads, ps := New(Layer{}, Layer{Name: "none", Prompts: fstest.MapFS{}}).Heads()
	if len(heads) > 0 || len(ps) > 0 {
		t.Errorf("an empty bank has %v, %v", heads, ps)
	}
	var missing *NotFound
	if _, err := New().Item("hill"); !errors.As(err, &missing) || missing.ID != "hill" {
		t.Errorf("no layer at all: %v", err)
	}
}

func TestNotFound(t *testing.T) {
	b := New(layer("", sound()))
	for _, c := range []struct{ id, want string }{
		{"gren-hill", `no prompt "gren-hill" (nearest: green-hill)`},
		{"greenhill", `no prompt "greenhill" (nearest: green-hill)`},
		{"hill", `no prompt "hill" (nearest: green-hill)`},
		{"WALKS-GATE", `no prompt "WALKS-GATE" (nearest: walks-gate)`},
		{"walks-gats", `no prompt "walks-gats" (nearest: walks-gate, walks)`},
		{"green-field", `no prompt "green-field" (nearest: green-hill)`},
		{"walks", `no prompt "walks" (nearest: walks, walks-gate, walks-well)`},
		{"zebra", `no prompt "zebra"`},
		{"", `no prompt ""`},
		{"\x1b[31m", `no prompt "\x1b[31m"`},
		{strings.Repeat("hill", 99), `no prompt "` + strings.Repeat("hill", 15) + `…"`},
	} {
		var missing *NotFound
		if _, err := b.Item(c.id); !errors.As(err, &missing) || err.Error() != c.want {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
	if _, err := b.Deck("walk"); err == nil || err.Error() != `no deck "walk" (nearest: walks, walks-gate, walks-well)` {
		t.Error(err)
	}
	if _, err := b.Framework("wlak"); err == nil || err.Error() != `no framework "wlak" (nearest: walk)` {
		t.Error(err)
	}
	if _, err := b.Rubric("gears"); err == nil || err.Error() != `no rubric "gears" (nearest: gear)` {
		t.Error(err)
	}
}

// A mistake in one file keeps nobody from the others.
func TestBrokenElsewhere(t *testing.T) {
	files := sound()
	files["prompts/hills/bad.yaml"] = "id: [bad\n"
	files["prompts/decks/stones.yaml"] = card("stones-one", "One") + "---\nid: stones-two\ntitle: [\n---\n" + card("stones-three", "Three")
	files["prompts/decks/gone.yaml"] = ""
	files["rubrics/gear.yaml"] = strings.Replace(files["rubrics/gear.yaml"], "title: Wears a hat", "titel: Wears a hat", 1)
	b := New(layer("", files))
	for _, id := range []string{"green-hill", "walks-gate", "stones-one", "stones-three"} {
		if _, err := b.Item(id); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	for id, want := range map[string]string{
		"bad":        "prompts/hills/bad.yaml:1:1: not valid YAML from here: a list [ ] is not closed, or a text in it needs quotes",
		"stones-two": "prompts/decks/stones.yaml:10:1: not valid YAML from here: want a value: a list [ ] or fields { } are not closed",
	} {
		if _, err := b.Item(id); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", id, err, want)
		}
	}
	cards, err := b.Deck("stones")
	if len(cards) != 2 || err == nil {
		t.Errorf("%d cards, %v: want the sound ones and the problem", len(cards), err)
	}
	heads, ps := b.Heads()
	if len(heads) != 5 || len(ps) != 3 {
		t.Errorf("%d heads, problems\n%v", len(heads), Problems(ps))
	}
}

// A prompt is listed as far as its head goes, with what is wrong beside it.
func TestHeadsOfBroken(t *testing.T) {
	files := sound()
	files["prompts/hills/half.yaml"] = "id: half\ntitle: Half\ntrack: hills\nask: Cross.\n"
	files["prompts/hills/lost.yaml"] = "id: lost\ntitle: Lost\ntrack: hills\nframework: wlak\nask: Cross.\n"
	files["prompts/hills/split.yaml"] = "id: split\ntitle: >-\n  Over\n  two lines\ntrack: hills\nframework: walk\nask: [not, read]\n"
	heads, ps := New(layer("", files)).Heads()
	var got []string
	for _, h := range heads[2:] {
		got = append(got, fmt.Sprintf("%s %q %v", h.ID, h.Title, h.Phases))
	}
	if s := strings.Join(got, "\n"); s != `green-hill "Green hill" [look leap]
half "Half" []
lost "Lost" []
split "Over two lines" [look leap]` {
		t.Error(s)
	}
	if s := Problems(ps).Error(); s != `prompts/hills/half.yaml:1:1: missing field "framework"
prompts/hills/lost.yaml:4:12: no framework "wlak" (nearest: walk)` {
		t.Error(s)
	}
}

// opened counts the files that are read.
type opened struct {
	fs.FS
	names map[string]int
}

func (o opened) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".yaml") {
		o.names[name]++
	}
	return o.FS.Open(name)
}

func TestItemReadsOnlyItsOwn(t *testing.T) {
	l := wide()
	o := opened{l.Prompts, map[string]int{}}
	l.Prompts = o
	b := New(l)
	if _, err := b.Item("prompt-7"); err != nil {
		t.Fatal(err)
	}
	if got := slices.Sorted(maps.Keys(o.names)); strings.Join(got, " ") != "frameworks/walk.yaml hills/prompt-7.yaml" {
		t.Errorf("read %v", got)
	}
	if _, err := b.Item("deck-3-4"); err != nil {
		t.Fatal(err)
	}
	if len(o.names) != 3 {
		t.Errorf("read %v", o.names)
	}
}

// refusing is a folder that cannot be read, with a file that cannot.
type refusing struct{ fstest.MapFS }

func (r refusing) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, "hills/") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return r.MapFS.Open(name)
}

func TestUnreadable(t *testing.T) {
	l := layer("mine", sound())
	prompts := l.Prompts.(fstest.MapFS)
	prompts["big.yaml"] = &fstest.MapFile{Data: []byte("id: big\n" + strings.Repeat("# much\n", 1<<18))}
	prompts["pipe.yaml"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	l.Prompts = refusing{prompts}
	b := New(l)
	_, ps := b.Check()
	want := `mine/prompts/big.yaml: cannot be read: larger than 1 MB
mine/prompts/hills/green-hill.yaml: cannot be read: permission denied`
	if got := Problems(ps).Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if _, err := b.Item("green-hill"); err == nil || err.Error() != "mine/prompts/hills/green-hill.yaml: cannot be read: permission denied" {
		t.Errorf("%v", err)
	}
}
