package session

import (
	"testing"

	"interview/internal/grade"
)

func TestJudgements(t *testing.T) {
	plan := Plan{Label: "p"}
	g := grade.Grade{Prompt: "p", Marks: []grade.Mark{
		{Criterion: "a", Level: "senior", Points: 2, Max: 3}, {Criterion: "b", Level: "mid", Points: 1, Max: 3}, {Criterion: "c", Max: 2},
		{Criterion: "d", Level: "senior", Points: 1, Max: 1}, {Criterion: "e", Max: 1, NotAsked: true},
	}, Next: []string{"c", "e"}}
	list := ToJudge(&g, []string{"mid", "senior"})
	var ids string
	for _, m := range list {
		ids += m.Criterion
	}
	if ids != "acd" {
		t.Errorf("asks for %s, want acd", ids)
	}
	events := []Event{
		{Kind: Opened, Plan: &plan}, {Kind: Graded, Grades: []grade.Grade{g}},
		{Kind: Confirmed, Judged: &Judgement{Prompt: "p", Criterion: "a", Level: "senior", Agrees: true}},
		{Kind: Confirmed, Judged: &Judgement{Prompt: "p", Criterion: "d", Level: "senior", Agrees: true}},
		{Kind: Disputed, Judged: &Judgement{Prompt: "p", Criterion: "d", Level: "senior"}},
		{Kind: Disputed, Judged: &Judgement{Prompt: "p", Criterion: "c", Quote: "I said it here"}},
		{Kind: Disputed},
	}
	s, err := Fold("x", events)
	if err != nil || len(s.Judgements) != 3 {
		t.Fatalf("%v, %+v", err, s.Judgements)
	}
	if points, any := s.Confirmed(&g); points != 2 || !any {
		t.Errorf("confirmed %v, %v; the newest judgement of d takes it back", points, any)
	}
	if s.Grades[0].Marks[0].Points != 2 {
		t.Error("a judgement changed a grade")
	}
}
