package session

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestPauseStopsTheClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, rec := start(t, planOf(5, 5))
		time.Sleep(time.Minute)
		must(t, r.Continue()) // nothing is paused
		must(t, r.Pause("half"))
		time.Sleep(time.Hour)
		if q := question(t, r); q.Left != 4*time.Minute || q.TotalLeft != 9*time.Minute || q.Draft != "half" {
			t.Errorf("paused: %+v", q)
		}
		must(t, r.Continue())
		time.Sleep(time.Minute)
		if q := question(t, r); q.Left != 3*time.Minute || q.TotalLeft != 8*time.Minute {
			t.Errorf("after the pause: %+v", q)
		}
		must(t, r.Answer("whole"))
		if got := rec.kinds(); got != "opened entered drafted paused resumed drafted answered entered" {
			t.Error(got)
		}
		s, err := Fold("", rec.events)
		must(t, err)
		if s.Turns[0].Took != 2*time.Minute || s.Turns[0].TimeUp {
			t.Errorf("folded: %+v", s.Turns[0])
		}
	})
}
