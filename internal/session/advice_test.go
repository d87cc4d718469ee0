package session

import (
	"reflect"
	"testing"

	"interview/internal/grade"
)

// Feedback stands beside a grade: the fold keeps the newest that says something, and no grade changes by it.
func TestAdvice(t *testing.T) {
	g := grade.Grade{Prompt: "p", Points: 3, Marks: []grade.Mark{{Criterion: "a", Level: "mid", Points: 3, Max: 3}}}
	said := func(model, level, void string) *grade.Feedback {
		return &grade.Feedback{Prompt: "p", Model: model, Opinions: []grade.Opinion{{Criterion: "a", Level: level, Void: void}}}
	}
	plain := []Event{{Kind: Opened, Plan: &Plan{Label: "p"}}, {Kind: Graded, Grades: []grade.Grade{g}}, {Kind: Closed}}
	without, err := Fold("x", plain)
	must(t, err)
	for _, c := range []struct {
		advice []*grade.Feedback
		model  string
	}{
		{nil, ""},
		{[]*grade.Feedback{nil}, ""},
		{[]*grade.Feedback{said("one", "senior", "")}, "one"},
		{[]*grade.Feedback{said("one", "senior", ""), said("two", "", "")}, "two"},
		{[]*grade.Feedback{said("one", "senior", ""), {Prompt: "p", Model: "failed", Err: "no"}}, "one"},
		{[]*grade.Feedback{said("one", "senior", ""), said("void", "senior", "its quote is made up")}, "one"},
		{[]*grade.Feedback{{Prompt: "p", Model: "failed", Err: "no"}, {Prompt: "q", Model: "other"}}, "failed"},
		{[]*grade.Feedback{{Prompt: "p", Model: "failed", Err: "no"}, said("two", "", "")}, "two"},
	} {
		events := append([]Event{}, plain...)
		for _, f := range c.advice {
			events = append(events, Event{Kind: Advised, Advice: f})
		}
		s, err := Fold("x", events)
		must(t, err)
		got := ""
		if f := s.FeedbackOn("p"); f != nil {
			got = f.Model
		}
		if got != c.model {
			t.Errorf("%+v: keeps %q, wanted %q", c.advice, got, c.model)
		}
		s.Feedback = nil
		if !reflect.DeepEqual(s, without) {
			t.Errorf("feedback changed something else:\n%+v\n%+v", s, without)
		}
	}
}
