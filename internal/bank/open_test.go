package bank

import (
	"strings"
	"testing"
	"testing/fstest"
)

// files makes a layer of "prompts/…" and "rubrics/…" paths.
func layer(name string, files map[string]string) Layer {
	prompts, rubrics := fstest.MapFS{}, fstest.MapFS{}
	for path, text := range files {
		if rest, ok := strings.CutPrefix(path, "prompts/"); ok {
			prompts[rest] = &fstest.MapFile{Data: []byte(text)}
		} else {
			rubrics[strings.TrimPrefix(path, "rubrics/")] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return Layer{name, prompts, rubrics}
}

// sound is a small bank without a problem.
func sound() map[string]string {
	return map[string]string{
		"prompts/frameworks/walk.yaml": `id: walk
title: A walk
ladder: [low, high]
share: 0.6
rubrics: [manners]
phases:
  - {id: look, title: Look, minutes: 2, ask: What is there.}
  - id: leap
    title: Leap
    minutes: 5
    ask: Where to?
    parts: [Over, Under]
`,
		"prompts/hills/green-hill.yaml": `id: green-hill
title: Green hill
track: hills
family: grass
framework: walk
ask: Cross the green hill.
facts:
  - asked: [how high, height]
    says: 100 m.
topic: [hill | slope, grass]
vocab:
  tool: rope | stick
rubrics: [gear/shoes]
criteria:
  - id: path
    phase: look
    title: Names a path
    concept: walks-gate
    weight: 2
    levels:
      - {name: low, say: ["path + hill"]}
      - {name: high, need: 2, say: ["path + $tool", "path + $wet"]}
model:
  look: The path over the hill, with a rope.
source: [own]
`,
		"prompts/decks/walks.yaml": `id: walks-gate
title: The gate
track: cards
framework: walk
locus: gate
ask: What is a gate for?
criteria:
  - {id: opens, phase: look, title: Opens, levels: [{name: low, say: ["gate + open"]}]}
---
id: walks-well
title: The well
track: cards
framework: walk
ask: What is a well for?
criteria:
  - {id: water, phase: look, title: Water, levels: [{name: low, say: ["well + water"]}]}
`,
		"rubrics/gear.yaml": `id: gear
title: Gear
topic: [boot | shoe]
vocab: {shoe: boot | shoe}
criteria:
  - id: shoes
    phase: look
    title: Wears shoes
    levels: [{name: high, say: ["$shoe + wear"]}]
  - id: hat
    phase: leap
    title: Wears a hat
    levels: [{name: low, say: ["hat + wear"]}]
`,
		"rubrics/manners.yaml": `id: manners
title: Manners
criteria:
  - {id: greet, phase: look, title: Greets, levels: [{name: low, say: ["say + hello"]}]}
`,
		"rubrics/words.yaml": `id: words
title: Words for all
vocab: {wet: rain | mud, tool: spoon | fork}
`,
	}
}

func TestItem(t *testing.T) {
	b := New(layer("", sound()))
	it, err := b.Item("green-hill")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, c := range it.Criteria {
		ids = append(ids, c.ID)
	}
	if got, want := strings.Join(ids, " "), "path manners/greet gear/shoes"; got != want {
		t.Errorf("criteria %s, want %s", got, want)
	}
	if it.Vocab["tool"] != "rope | stick" || it.Vocab["wet"] != "rain | mud" {
		t.Errorf("vocab %v: want own names over those for all", it.Vocab)
	}
	shoes := &it.Criteria[2]
	if v := shoes.Vocab(); v["tool"] != "spoon | fork" || v["shoe"] != "boot | shoe" {
		t.Errorf("vocab of a shared criterion %v", v)
	}
	if shoes.Rubric() != "gear" || shoes.Topic()[0] != "boot | shoe" || it.Criteria[0].Rubric() != "" {
		t.Errorf("rubric %q, topic %v", shoes.Rubric(), shoes.Topic())
	}
	if c := it.Criteria[0]; c.Weight != 2 || shoes.Weight != 1 || c.Levels[0].Need != 1 || c.Levels[1].Need != 2 {
		t.Errorf("weight %d, need %d and %d", c.Weight, c.Levels[0].Need, c.Levels[1].Need)
	}
}

func TestAt(t *testing.T) {
	it, err := New(layer("mine", sound())).Item("green-hill")
	if err != nil {
		t.Fatal(err)
	}
	path, shoes := &it.Criteria[0], &it.Criteria[2]
	for _, c := range []struct {
		got  Pos
		want string
	}{
		{path.At(), "mine/prompts/hills/green-hill.yaml:15:5"},
		{path.At("levels", 1, "say", 1), "mine/prompts/hills/green-hill.yaml:22:54"},
		{path.At("phase"), "mine/prompts/hills/green-hill.yaml:16:12"},
		{path.At("levels", 7), "mine/prompts/hills/green-hill.yaml:21:7"},
		{shoes.At("levels", 0, "say", 0), "mine/rubrics/gear.yaml:9:34"},
		{shoes.VocabAt("wet"), "mine/rubrics/words.yaml:3:14"},
		{shoes.VocabAt("shoe"), "mine/rubrics/gear.yaml:4:15"},
		{shoes.VocabAt("none"), ""},
		{it.At("topic", 1), "mine/prompts/hills/green-hill.yaml:10:23"},
		{it.At("vocab", "tool"), "mine/prompts/hills/green-hill.yaml:12:9"},
	} {
		if c.got.String() != c.want {
			t.Errorf("place %s, want %s", c.got, c.want)
		}
	}
}

func TestHeads(t *testing.T) {
	heads, ps := New(layer("", sound())).Heads()
	if len(ps) > 0 {
		t.Fatal(Problems(ps))
	}
	var got []string
	for _, h := range heads {
		got = append(got, strings.Join([]string{h.ID, h.Title, h.Track, h.Family, h.Framework, h.Deck, strings.Join(h.Phases, "+"), h.File}, "|"))
	}
	want := `walks-gate|The gate|cards|walks|walk|walks|look+leap|prompts/decks/walks.yaml
walks-well|The well|cards|walks|walk|walks|look+leap|prompts/decks/walks.yaml
green-hill|Green hill|hills|grass|walk||look+leap|prompts/hills/green-hill.yaml`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

func TestDeck(t *testing.T) {
	cards, err := New(layer("", sound())).Deck("walks")
	if err != nil || len(cards) != 2 || cards[0].Prompt.ID != "walks-gate" || cards[1].Prompt.Deck != "walks" {
		t.Errorf("cards %v, %v", cards, err)
	}
}

func TestProblemStrings(t *testing.T) {
	for _, c := range []struct {
		problem Problem
		want    string
	}{
		{Problem{Pos: Pos{"a.yaml", 2, 1}, Msg: "wrong"}, "a.yaml:2:1: wrong"},
		{Problem{Pos: Pos{"a.yaml", 2, 0}, Msg: "wrong", Note: true}, "a.yaml:2: note: wrong"},
		{Problem{Pos: Pos{File: "a.yaml"}, Msg: "wrong"}, "a.yaml: wrong"},
		{Problem{Pos: Pos{File: "a\x1b[2J\xff.yaml"}, Msg: "tab\there, \"é\" \\n\u202e"}, `a\x1b[2J\xff.yaml: tab\there, "é" \n\u202e`},
	} {
		if got := c.problem.String(); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

func TestPhase(t *testing.T) {
	it, err := New(layer("", sound())).Item("green-hill")
	if err != nil {
		t.Fatal(err)
	}
	if p, ok := it.Phase("leap"); !ok || p.Minutes != 5 || len(p.Parts) != 2 {
		t.Errorf("phase %v, %v", p, ok)
	}
	if p, ok := it.Phase("sleep"); ok {
		t.Errorf("a phase that is not there: %v", p)
	}
}

// A criterion made by hand, as tests of other packages do, has no place and no words, and says so without a panic.
func TestCriterionWithoutFile(t *testing.T) {
	c := &Criterion{ID: "path"}
	if c.At("levels", 0) != (Pos{}) || c.VocabAt("tool") != (Pos{}) || c.Vocab() != nil || c.Topic() != nil || c.Rubric() != "" {
		t.Errorf("%v %v %v", c.At(), c.Vocab(), c.Topic())
	}
}
