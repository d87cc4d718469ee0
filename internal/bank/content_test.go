package bank

import (
	"os"
	"testing"
)

// What every prompt that is no card has: facts to ask for, a why and a probe for each criterion, examples of both kinds, and a
// model answer for each phase. What is built on a ladder of three or more has criteria for every phase, with all rungs,
// three that adapt the problem, a sum and a path in the drawing.
func TestPromptsAreWhole(t *testing.T) {
	b := New(Layer{Prompts: os.DirFS("../../prompts"), Rubrics: os.DirFS("../../rubrics")})
	items, _ := b.Check()
	n := 0
	for _, it := range items {
		if it.Prompt.Deck == "" {
			n++
			t.Run(it.Prompt.ID, func(t *testing.T) { whole(t, it) })
		}
	}
	if n < 40 {
		t.Errorf("only %d prompts", n)
	}
}

func whole(t *testing.T, it *Item) {
	p := &it.Prompt
	if n := len(p.Facts); n < 6 || n > 12 {
		t.Errorf("%d facts, want 6 to 12", n)
	}
	if len(p.Source) == 0 {
		t.Error("no source")
	}
	for i := range p.Criteria {
		c := &p.Criteria[i]
		if c.Why == "" || c.Probe == "" || len(c.Examples.Hit) < 2 || len(c.Examples.Miss) < 2 {
			t.Errorf("%s: lacks a why, a probe, or two examples of a kind", c.ID)
		}
	}
	for _, phase := range it.Framework.Phases {
		if p.Model[phase.ID] == "" {
			t.Errorf("no model answer for %s", phase.ID)
		}
	}
	if len(it.Framework.Ladder) >= 3 {
		designed(t, it)
	}
}

func designed(t *testing.T, it *Item) {
	adapts, sums, paths, phases := 0, 0, 0, map[string]bool{}
	for i := range it.Prompt.Criteria {
		c := &it.Prompt.Criteria[i]
		phases[c.Phase] = true
		if c.Adapts {
			adapts++
		}
		if len(c.Levels) < len(it.Framework.Ladder) {
			t.Errorf("%s: %d levels for a ladder of %d", c.ID, len(c.Levels), len(it.Framework.Ladder))
		}
		for _, l := range c.Levels {
			if l.Calc {
				sums++
			}
			paths += len(l.Edge)
		}
	}
	if adapts < 3 || sums == 0 || paths == 0 || len(phases) < len(it.Framework.Phases) {
		t.Errorf("%d adaptations, %d sums, %d paths, criteria for %d of %d phases", adapts, sums, paths, len(phases), len(it.Framework.Phases))
	}
}
