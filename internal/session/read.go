package session

import (
	"time"

	"interview/internal/grade"
)

// Unfinished says that the session was not closed: it can be resumed.
func (s Session) Unfinished() bool { return s.ClosedAt.IsZero() }

// TurnsOf are the turns of one prompt, drafts too.
func (s Session) TurnsOf(prompt string) []Turn {
	var turns []Turn
	for _, t := range s.Turns {
		if t.Step.Prompt == prompt {
			turns = append(turns, t)
		}
	}
	return turns
}

// Answers are the texts of TurnsOf(prompt), for grading: the i-th answer is the text of the i-th turn. inTime takes what
// stood at time-up.
func (s Session) Answers(prompt string, inTime bool) []grade.Answer {
	var answers []grade.Answer
	for _, t := range s.TurnsOf(prompt) {
		text := t.Text
		if inTime {
			text = t.InTime
		}
		answers = append(answers, grade.Answer{Phase: t.Step.Phase, Text: text})
	}
	return answers
}

// Late says that something was typed, or taken away, after the time of the step was up.
func (t Turn) Late() bool { return t.InTime != t.Text }

// Late says that a turn of the prompt is late; of any prompt for "".
func (s Session) Late(prompt string) bool {
	for i := range s.Turns {
		if (prompt == "" || s.Turns[i].Step.Prompt == prompt) && s.Turns[i].Late() {
			return true
		}
	}
	return false
}

// Took is the time used of all steps, Budget the time there was for them; 0 if untimed.
func (s Session) Took() time.Duration {
	var sum time.Duration
	for _, t := range s.Turns {
		sum += t.Took
	}
	return sum
}

// Budget is the time that was planned for all steps; 0 if untimed.
func (s Session) Budget() time.Duration {
	var sum time.Duration
	for _, step := range s.Plan.Steps {
		sum += step.Budget
	}
	return sum
}

// Score is points of all that was asked over all graded prompts, 0..1: what could not be judged is not earned. It is false
// where nothing was judged.
func (s Session) Score() (float64, bool) {
	var sum grade.Grade
	for _, g := range s.Grades {
		sum.Points += g.Points
		sum.Max += g.Max
		sum.Possible += g.Possible
	}
	return sum.Score(), sum.Max > 0
}

// Level is the rung reached, where the session is graded and has one prompt; "" otherwise, and below the first rung.
func (s Session) Level() string {
	if len(s.Grades) != 1 {
		return ""
	}
	return s.Grades[0].Level
}
