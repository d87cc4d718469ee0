package session

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"interview/internal/bank"
)

// itemOf is a prompt with a framework of so many minutes a phase.
func itemOf(id string, minutes ...int) *bank.Item {
	it := &bank.Item{Prompt: bank.Prompt{
		ID: id, Title: "Title of " + id, Ask: "Ask of " + id, Model: map[string]string{},
		Topic: []string{"t"}, Vocab: map[string]string{"v": "w"},
		Criteria: []bank.Criterion{{ID: "c", Levels: []bank.Level{{Name: "mid", Descriptor: "d", Say: []string{"a + b"}, Edge: []string{"a -> b"}}}, Examples: bank.Examples{Hit: []string{"h"}, Miss: []string{"m"}}}},
	}}
	for i, m := range minutes {
		ph := bank.Phase{ID: fmt.Sprint("phase", i), Title: fmt.Sprint("Phase ", i), Ask: "Phase's ask", Coach: "Coach", Minutes: m}
		it.Framework.Phases = append(it.Framework.Phases, ph)
		it.Prompt.Model[ph.ID] = "model " + ph.ID
	}
	return it
}

func budgets(p Plan) []time.Duration {
	var all []time.Duration
	for _, s := range p.Steps {
		all = append(all, s.Budget)
	}
	return all
}

func TestMockAsksEveryPhase(t *testing.T) {
	it := itemOf("url", 5, 2, 13)
	p := Mock(it, Pace{})
	equal(t, "mode", p.Mode, ModeMock)
	if got := budgets(p); !reflect.DeepEqual(got, []time.Duration{5 * time.Minute, 2 * time.Minute, 13 * time.Minute}) {
		t.Errorf("budgets %v", got)
	}
	equal(t, "ask", p.Steps[1].Ask, "Phase's ask")
	equal(t, "prompts", len(p.Prompts), 1)
	equal(t, "examples in the snapshot", len(p.Prompts[0].Criteria[0].Examples.Hit), 0)
	equal(t, "the snapshot", fmt.Sprintf("%+v", p.Prompts[0].Criteria[0].Levels), "[{Name:mid Descriptor:d Say:[] Need:0 Calc:false Edge:[] Trial:}]")
	equal(t, "words in the snapshot", len(p.Prompts[0].Topic)+len(p.Prompts[0].Vocab), 0)
	equal(t, "claims of the bank", len(it.Prompt.Criteria[0].Levels[0].Say), 1)
	equal(t, "examples of the bank", len(it.Prompt.Criteria[0].Examples.Hit), 1)
}

func TestPaceScalesToTheMillisecond(t *testing.T) {
	for _, minutes := range []float64{40, 20, 7, 1, 0.5, 0.001, 24 * 60, 33.3} {
		p := Mock(itemOf("x", 5, 2, 5, 3, 12, 13), Pace{Minutes: minutes})
		want := time.Duration(minutes * float64(time.Minute)).Round(time.Millisecond)
		equal(t, "whole", Session{Plan: p}.Budget(), want)
		for i, b := range budgets(p) {
			exact := time.Duration(minutes * float64(time.Minute) * []float64{5, 2, 5, 3, 12, 13}[i] / 40)
			if b <= 0 || (b-exact).Abs() > time.Millisecond {
				t.Errorf("%v minutes: step %d has %v, exactly it were %v", minutes, i, b, exact)
			}
		}
	}
	if got := budgets(Mock(itemOf("x", 0, 0), Pace{Minutes: 3})); !reflect.DeepEqual(got, []time.Duration{90 * time.Second, 90 * time.Second}) {
		t.Errorf("phases without minutes: %v", got)
	}
	if got := budgets(Mock(itemOf("x", 0, 2), Pace{Minutes: 3})); !reflect.DeepEqual(got, []time.Duration{0, 3 * time.Minute}) {
		t.Errorf("a phase without minutes beside one with: %v", got)
	}
}

func TestPaceUntimedWins(t *testing.T) {
	p := Mock(itemOf("x", 5, 2), Pace{Untimed: true, Minutes: 10})
	equal(t, "untimed", p.Untimed, true)
	equal(t, "budget", Session{Plan: p}.Budget(), 0)
}

func TestDrillGivesTheEarlierPhases(t *testing.T) {
	it := itemOf("url", 5, 2, 13)
	own := func(prompt, phase string) string {
		if prompt == "url" && phase == "phase1" {
			return "my own \xff"
		}
		return " \n"
	}
	p, err := Drill(it, "phase2", own, Pace{})
	must(t, err)
	equal(t, "steps", len(p.Steps), 1)
	equal(t, "phase", p.Steps[0].Phase, "phase2")
	equal(t, "mode", p.Mode, ModeDrill)
	want := []Given{
		{Prompt: "url", Phase: "phase0", Title: "Phase 0", Text: "model phase0"},
		{Prompt: "url", Phase: "phase1", Title: "Phase 1", Text: "my own \uFFFD", Yours: true},
	}
	if !reflect.DeepEqual(p.Given, want) {
		t.Errorf("given %+v", p.Given)
	}
	delete(it.Prompt.Model, "phase0")
	p, err = Drill(it, "phase1", nil, Pace{})
	must(t, err)
	equal(t, "given without a model answer", len(p.Given), 0)
}

func TestDrillNamesThePhases(t *testing.T) {
	for _, phase := range []string{"", "phase9"} {
		_, err := Drill(itemOf("url", 5, 2), phase, nil, Pace{})
		if err == nil || !strings.Contains(err.Error(), "phase0, phase1") {
			t.Errorf("%q: %v", phase, err)
		}
		if _, err = DrillMany(phase, []*bank.Item{itemOf("url", 5, 2)}, nil, Pace{}); err == nil {
			t.Errorf("%q over many: no error", phase)
		}
	}
	p, err := Drill(itemOf("card", 1), "", nil, Pace{})
	must(t, err)
	equal(t, "the only phase", p.Steps[0].Phase, "phase0")
}

func TestDeckPosesTheCardsOwnQuestion(t *testing.T) {
	p := Deck("concepts", []*bank.Item{itemOf("concepts-a", 1), itemOf("concepts-b", 1)}, Pace{Minutes: 1})
	equal(t, "label", p.Label, "concepts")
	equal(t, "prompts", len(p.Prompts), 2)
	equal(t, "title", p.Steps[1].Title, "Title of concepts-b")
	equal(t, "ask", p.Steps[1].Ask, "Ask of concepts-b")
	equal(t, "coach", p.Steps[1].Coach, "Phase's ask\nCoach")
	equal(t, "budget", p.Steps[1].Budget, 30*time.Second)
}

func TestDrillManyAsksOnePhaseOfEach(t *testing.T) {
	p, err := DrillMany("phase1", []*bank.Item{itemOf("a", 5, 2), itemOf("b", 4, 3)}, nil, Pace{})
	must(t, err)
	if got := budgets(p); !reflect.DeepEqual(got, []time.Duration{2 * time.Minute, 3 * time.Minute}) {
		t.Errorf("budgets %v", got)
	}
	equal(t, "label", p.Label, "phase1")
	equal(t, "given", p.Given[1].Prompt, "b")
}

// A walk asks each card twice, and only the way to the concept has a phase to be rated.
func TestWalk(t *testing.T) {
	a, b := itemOf("a", 1), itemOf("b", 1)
	a.Prompt.Locus, b.Prompt.Locus = "Door", "Desk"
	p := Walk("walk", []*bank.Item{a, b})
	var got []string
	for _, s := range p.Steps {
		got = append(got, fmt.Sprintf("%s %s %v", s.Prompt, s.Title, s.WayBack()))
	}
	equal(t, "steps", strings.Join(got, "; "), "a Door false; b Desk false; a Title of a true; b Title of b true")
	equal(t, "prompts", len(p.Prompts), 2)
	equal(t, "mode", p.Mode, ModeFlip)
}

// Between a place and the way back to it lie at least as many steps as a stretch has, and each card is asked both ways once.
func TestWalkStretches(t *testing.T) {
	for n := range 40 {
		var cards []*bank.Item
		for i := range n {
			cards = append(cards, itemOf(fmt.Sprint("c", i), 1))
		}
		p := Walk("walk", cards)
		equal(t, "steps", len(p.Steps), 2*n)
		there, order := map[string]int{}, 0
		for i, s := range p.Steps {
			if !s.WayBack() {
				equal(t, "order", s.Prompt, cards[order].Prompt.ID)
				there[s.Prompt], order = i, order+1
			} else if at, passed := there[s.Prompt]; !passed || i-at < min(n, stretch) || i-at > 9 {
				t.Errorf("of %d places, the way back of step %d is step %d", n, at, i)
			}
		}
		equal(t, "places", len(there), n)
	}
}
