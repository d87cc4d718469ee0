package session

import (
	"reflect"
	"testing"
	"testing/synctest"
	"time"
)

// tape keeps events in memory, as a journal would.
type tape struct{ events []Event }

func (t *tape) Record(e Event) error {
	t.events = append(t.events, e)
	return nil
}

func twoSteps() Plan {
	return Plan{Label: "p", Mode: ModeMock, Steps: []Step{
		{Prompt: "p", Phase: "one", Budget: 5 * time.Minute},
		{Prompt: "p", Phase: "two", Budget: 2 * time.Minute},
	}}
}

func TestRunnerWalksAPlan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var rec tape
		r, err := Start(twoSteps(), &rec)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Minute)
		must(t, r.Draft("in time"))
		time.Sleep(time.Second)
		must(t, r.Answer("in time, late"))
		time.Sleep(time.Minute)
		must(t, r.Answer("second"))
		if _, open := r.Question(); open {
			t.Error("a question is open after the last answer")
		}
		must(t, r.Close(nil, nil))
		s, err := Fold("", rec.events)
		must(t, err)
		if !reflect.DeepEqual(s, r.Session()) {
			t.Errorf("the fold of the events is\n%+v, the runner says\n%+v", s, r.Session())
		}
		one := s.Turns[0]
		if one.Text != "in time, late" || one.InTime != "in time" || one.Took != 301*time.Second || !one.TimeUp {
			t.Errorf("first turn: %+v", one)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
