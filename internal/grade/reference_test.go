package grade

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// modelText is a prompt's question with its model answer.
type modelText struct {
	id, ask, model string
	numbers        int
	card           bool
}

// modelTexts are the model answers of the bank that are longer than a line or two.
func modelTexts(t *testing.T) []modelText {
	t.Helper()
	b := builtin()
	heads, _ := b.Heads()
	var out []modelText
	for _, h := range heads {
		it, err := b.Item(h.ID)
		if err != nil {
			continue
		}
		m := modelText{id: h.ID, ask: it.Prompt.Ask, card: h.Deck != ""}
		for _, p := range it.Framework.Phases {
			m.model += it.Prompt.Model[p.ID] + "\n"
		}
		if m.numbers = len(numberRE.FindAllString(m.model, -1)); len(strings.Fields(m.model)) >= 60 {
			out = append(out, m)
		}
	}
	if len(out) < 10 {
		t.Fatalf("only %d model answers of 60 words and more", len(out))
	}
	return out
}

// TestReferenceAttacks holds attacks on the model answers of the bank to what they may keep of its score, 1.
func TestReferenceAttacks(t *testing.T) {
	models := modelTexts(t)
	for _, attack := range []struct {
		name        string
		text        func(m modelText, r *rand.Rand) string
		on          func(m modelText) bool
		least, most float64 // of the mean
		worst       float64 // what a single text may have at most, or with least at least
	}{
		{"as it is", func(m modelText, r *rand.Rand) string { return m.model }, func(m modelText) bool { return true }, .99, 1, .95},
		{"typing errors", func(m modelText, r *rand.Rand) string { return typos(m.model, .15, r) }, func(m modelText) bool { return true }, .98, 1, .8},
		{"words shuffled", func(m modelText, r *rand.Rand) string { return shuffleWords(m.model, r) }, func(m modelText) bool { return !m.card }, 0, .5, .55},
		{"words of a card shuffled", func(m modelText, r *rand.Rand) string { return shuffleWords(m.model, r) }, func(m modelText) bool { return m.card }, 0, .5, 1},
		{"numbers changed", func(m modelText, r *rand.Rand) string { return changeNumbers(m.model, r) }, func(m modelText) bool { return m.numbers >= 6 && !m.card }, 0, .5, .7},
		{"question echoed", func(m modelText, r *rand.Rand) string { return m.ask }, func(m modelText) bool { return true }, 0, 0, 0},
		{"another model answer", func(m modelText, r *rand.Rand) string { return models[r.IntN(len(models))].model }, func(m modelText) bool { return m.card }, 0, .4, 1},
	} {
		sum, n := 0.0, 0
		for _, m := range models {
			if !attack.on(m) {
				continue
			}
			r := CompileReference(m.ask, m.model)
			for seed := uint64(firstSeed); seed < firstSeed+3; seed++ {
				got := r.Grade(attack.text(m, seeded(seed))).Score
				sum, n = sum+got, n+1
				if attack.least > 0 && got < attack.worst || attack.least == 0 && got > attack.worst {
					t.Errorf("%s of %s keeps %.2f, limit %.2f", attack.name, m.id, got, attack.worst)
				}
			}
		}
		mean := sum / float64(max(1, n))
		if n == 0 || mean < attack.least || mean > attack.most+1e-9 {
			t.Errorf("%s: mean %.3f of %d, want %.2f to %.2f", attack.name, mean, n, attack.least, attack.most)
		}
		t.Logf("%-26s mean %.3f of %d", attack.name, mean, n)
	}
}

func TestReference(t *testing.T) {
	r := CompileReference("What is a stack?", "A stack is a structure whose last element in is the first out.", "LIFO: push and pop at one end.")
	for answer, want := range map[string][2]float64{
		"":                 {0, 0},
		"What is a stack?": {0, 0},
		"whose last element in is the first out, a structure": {.9, 1},
		"push and pop at one end":                             {.7, 1},
		"a queue of people in a shop":                         {0, .3},
	} {
		g := r.Grade(answer)
		if g.Score < want[0] || g.Score > want[1] {
			t.Errorf("%q scores %.3f, want %v", answer, g.Score, want)
		}
		for _, c := range g.Clauses {
			for _, e := range c.Evidence {
				if answer[e.Start:e.End] != e.Quote {
					t.Errorf("%q: quote %q is %q", answer, e.Quote, answer[e.Start:e.End])
				}
			}
			if c.Points < 0 || c.Points > 1+1e-9 {
				t.Errorf("%q: clause %q has %v points", answer, c.Text, c.Points)
			}
		}
		if !reflect.DeepEqual(g, r.Grade(answer)) {
			t.Errorf("%q: graded twice, two grades", answer)
		}
	}
}

func FuzzReference(f *testing.F) {
	f.Add("Why?", "Because a 7 ms cache hit is never a miss.", "a cache miss of 9 ms; never")
	f.Fuzz(func(t *testing.T, question, reference, answer string) {
		r := CompileReference(question, reference)
		g := r.Grade(answer)
		if g.Score < 0 || g.Score > 1+1e-9 {
			t.Fatalf("score %v", g.Score)
		}
		for _, c := range g.Clauses {
			for _, e := range c.Evidence {
				if answer[e.Start:e.End] != e.Quote {
					t.Fatalf("quote %q is %q", e.Quote, answer[e.Start:e.End])
				}
			}
		}
	})
}
