package session

import (
	"testing"
	"testing/synctest"
	"time"

	"interview/internal/bank"
)

func card(id string) *bank.Item {
	it := &bank.Item{Prompt: bank.Prompt{ID: id, Title: id, Ask: "What is it?"}}
	it.Framework.Phases = []bank.Phase{{ID: "side", Title: "Side", Minutes: 1}}
	return it
}

func TestRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		plan := Flip("deck", []*bank.Item{card("a"), card("b")})
		if plan.Mode != ModeFlip || !plan.Untimed || len(plan.Steps) != 2 || plan.Steps[0].Budget != 0 {
			t.Fatalf("plan %+v", plan)
		}
		r, rec := start(t, plan)
		time.Sleep(3 * time.Second)
		must(t, r.Show(Model, "it"))
		for _, bad := range []int{0, 5} {
			if err := r.Rate(bad); err == nil {
				t.Errorf("a rating of %d is taken", bad)
			}
		}
		must(t, r.Rate(3))
		if gone, err := r.Back(""); !gone || err != nil {
			t.Fatalf("back: %v, %v", gone, err)
		}
		must(t, r.Rate(1)) // the key before was a slip
		r = resume(t, rec)
		if q := question(t, r); q.N != 2 {
			t.Fatalf("the question after a break: %d", q.N)
		}
		must(t, r.Rate(4))
		if _, open := r.Question(); open {
			t.Error("a question is open after the last card")
		}
		if err := r.Rate(2); err == nil {
			t.Error("a card too many is rated")
		}
		must(t, r.End())
		s, err := Fold("x", rec.events)
		must(t, err)
		if s.Unfinished() || len(s.Grades) != 0 || s.Turns[0].Rating != 1 || s.Turns[0].Took != 3*time.Second || s.Turns[1].Rating != 4 || s.Turns[1].Draft {
			t.Errorf("session %+v", s)
		}
		if kinds := rec.kinds(); kinds != "opened entered shown rated entered paused entered rated entered resumed rated closed" {
			t.Errorf("events %s", kinds)
		}
	})
}

func TestARatingThatIsNoneIsSkipped(t *testing.T) {
	plan, step := Flip("deck", []*bank.Item{card("a")}), 0
	s, err := Fold("x", []Event{{Kind: Opened, Plan: &plan}, {Kind: Rated, Step: &step, Rating: 9}})
	must(t, err)
	if s.Current != 0 || s.Turns[0].Rating != 0 {
		t.Errorf("session %+v", s)
	}
}

func TestDrillEach(t *testing.T) {
	long := &bank.Item{Prompt: bank.Prompt{ID: "long", Model: map[string]string{"one": "first"}}}
	long.Framework.Phases = []bank.Phase{{ID: "one"}, {ID: "two"}}
	p, err := DrillEach("due", []Ask{{card("a"), "side"}, {long, "two"}}, nil, Pace{})
	must(t, err)
	if len(p.Steps) != 2 || p.Steps[1].Phase != "two" || len(p.Prompts) != 2 || len(p.Given) != 1 || p.Given[0].Phase != "one" {
		t.Errorf("plan %+v", p)
	}
	if _, err := DrillEach("due", []Ask{{long, "three"}}, nil, Pace{}); err == nil {
		t.Error("a phase that is not there is planned")
	}
}
