package session

import (
	"errors"
	"slices"

	"interview/internal/grade"
)

// ErrNoPlan says that a journal does not begin with what was planned: nothing can be said of its session.
var ErrNoPlan = errors.New("nothing is recorded: the first event is not the plan of a session")

// Fold turns the events of one journal into a session. It is total: unknown kinds, and events that do not fit what came
// before, are skipped. The only error is ErrNoPlan; the session then holds nothing but its id.
func Fold(id string, events []Event) (Session, error) {
	s := Session{ID: id}
	if len(events) == 0 || events[0].Kind != Opened || events[0].Plan == nil {
		return s, ErrNoPlan
	}
	for i := range events {
		s.apply(&events[i])
	}
	return s, nil
}

// apply is the one place where an event changes a session: Fold and the runner share it, so that what the runner says
// and what its journal says cannot differ.
func (s *Session) apply(e *Event) {
	s.pause(e)
	switch e.Kind {
	case Opened:
		if len(s.Plan.Steps) == 0 && e.Plan != nil {
			s.Plan, s.OpenedAt = *e.Plan, e.At
		}
	case Entered, Drafted, Answered, Rated, Paused:
		if e.Step != nil && *e.Step >= 0 && *e.Step < len(s.Plan.Steps) {
			s.applyTo(s.turn(*e.Step, e), e)
		}
	case Posed:
		if e.Step != nil {
			s.pose(*e.Step, e.Steps)
		}
	case Asked, Shown:
		s.aside(e)
	case Ran:
		s.keepTried(e.Tried)
	case Predicted:
		s.Predicted = e.Score
	case Graded:
		s.grade(e)
	case Confirmed, Disputed:
		s.judge(e.Judged)
	case Advised:
		s.advise(e.Advice)
	case Closed:
		s.ClosedAt = e.At
	}
}

func (s *Session) applyTo(t *Turn, e *Event) {
	t.Took = max(t.Took, e.Took)
	t.TimeUp = t.TimeUp || e.TimeUp
	text := t.Text
	switch e.Kind {
	case Entered:
		s.Current = t.Index
		return
	case Drafted:
		if !e.Splice.fits(text) {
			return
		}
		text, t.Draft = e.Splice.apply(text), true
	case Answered:
		text, t.Draft = e.Said(), false
		s.Current = t.Index + 1
	case Rated:
		if e.Rating < 1 || e.Rating > 4 {
			return
		}
		t.Rating, t.Draft = e.Rating, false
		s.Current = t.Index + 1
	}
	t.Text = text
	if !e.TimeUp && e.Kind != Paused {
		t.InTime = text
	}
}

// turn finds the turn of a step, or begins it.
func (s *Session) turn(step int, e *Event) *Turn {
	at, found := slices.BinarySearchFunc(s.Turns, step, func(t Turn, i int) int { return t.Index - i })
	if !found {
		s.Turns = slices.Insert(s.Turns, at, Turn{Step: s.Plan.Steps[step], Index: step, At: e.At, Draft: true})
	}
	return &s.Turns[at]
}

// grade takes the newest grade of each prompt: one may be graded again without the others.
func (s *Session) grade(e *Event) {
	s.Grades, s.InTime = slices.Clone(s.Grades), slices.Clone(s.InTime)
	for _, g := range e.Grades {
		s.InTime = slices.DeleteFunc(s.InTime, func(old grade.Grade) bool { return old.Prompt == g.Prompt })
		at := slices.IndexFunc(s.Grades, func(old grade.Grade) bool { return old.Prompt == g.Prompt })
		if at < 0 {
			s.Grades = append(s.Grades, g)
		} else {
			s.Grades[at] = g
		}
	}
	s.InTime = append(s.InTime, e.InTime...)
}
