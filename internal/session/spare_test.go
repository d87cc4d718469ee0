package session

import (
	"testing"
	"testing/synctest"
	"time"
)

// A follow-up in the time that a step had left makes the sitting no longer, and the step before it not late.
func TestSpareTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rec := &tape{}
		plan := planOf(10, 5)
		r, err := Start(plan, rec)
		must(t, err)
		r.Follow = func(s Session, answered int) []Step {
			if answered > 0 {
				return nil
			}
			return []Step{{Title: "why", Ask: "Why?", Budget: 2 * time.Minute, Spare: true, Probe: "c"}, s.Plan.Steps[1]}
		}
		time.Sleep(7 * time.Minute)
		must(t, r.Answer("because"))
		q, _ := r.Question()
		if q.Step.Title != "why" || q.Left != 2*time.Minute || q.TotalLeft != 8*time.Minute {
			t.Errorf("%q, %s left, in all %s", q.Step.Title, q.Left, q.TotalLeft)
		}
		s := r.Session()
		if s.Budget() != plan.Steps[0].Budget+plan.Steps[1].Budget || s.Turns[0].Step.Budget != 8*time.Minute || s.Turns[0].TimeUp {
			t.Errorf("budget %s, turn %+v", s.Budget(), s.Turns[0])
		}
		folded, err := Fold("", rec.events)
		must(t, err)
		if folded.Budget() != s.Budget() || folded.Plan.Steps[1].Title != "why" || plan.Steps[0].Budget != 10*time.Minute {
			t.Errorf("the fold: %s, the caller's plan %s", folded.Budget(), plan.Steps[0].Budget)
		}
		time.Sleep(3 * time.Minute)
		must(t, r.Answer("late"))
		if turn := r.Session().Turns[1]; !turn.TimeUp {
			t.Errorf("%+v", turn)
		}
	})
}
