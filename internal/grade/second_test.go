package grade

import (
	"testing"

	"interview/internal/bank"
)

// Answers to eight prompts more, by a writer who had not seen the rubrics: notes and an essay by people who know the field, one
// that is shallow, one that is wrong with confidence, and the notes with opposites swapped. No rubric was written or claim
// chosen with those of four of them in sight (autocomplete, distributed-cache, hotel-booking, stock-exchange); how many
// spreads of direction are free (doubt.go) was set with the figures of all.
func TestSecondAnswers(t *testing.T) {
	b := builtin()
	texts := map[string]map[string]string{}
	for _, kind := range []string{"strong", "essay", "mediocre", "wrong", "swapped"} {
		texts[kind] = answersOf("second", kind)
	}
	t.Log("| prompt | notes | essay | mediocre | wrong | swapped |")
	for _, id := range sortedKeys(texts["strong"]) {
		it, err := b.Item(id)
		if err != nil {
			t.Fatal(err)
		}
		s, problems := Compile(it)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		score := map[string]float64{}
		for kind := range texts {
			score[kind] = s.score(texts[kind][id])
		}
		t.Logf("| `%s` | %.2f | %.2f | %.2f | %.2f | %.2f |", id, score["strong"], score["essay"], score["mediocre"], score["wrong"], score["swapped"])
		if min(score["strong"], score["essay"])-.1 < score["mediocre"] || score["mediocre"] <= max(score["wrong"], score["swapped"]) || score["swapped"] > score["strong"]/2 {
			t.Errorf("%s: not in their order", id)
		}
		for _, kind := range []string{"strong", "essay"} {
			unjustly(t, s, it, id+"/"+kind, texts[kind][id])
		}
	}
}

// unjustly reports what is taken from an answer by someone who knows the field.
func unjustly(t *testing.T, s *Sheet, it *bank.Item, name, text string) {
	t.Helper()
	a, _ := Split(text, it.Framework.Phases)
	g := s.Grade(a)
	for _, x := range g.Screens {
		t.Errorf("%s: %q does not count: %s", name, a[x.Answer].Text[x.Start:x.End], x.Why)
	}
	for _, m := range g.Marks {
		for _, e := range m.Evidence {
			if e.Against {
				t.Errorf("%s: %s is contradicted by %q", name, m.Criterion, e.Quote)
			}
		}
	}
}
