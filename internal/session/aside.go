package session

import (
	"slices"
	"time"
)

// Aside is what stands beside answering: a question to the interviewer with its reply, a hint, or what was met in a step.
type Aside struct {
	Step     int    // index into the plan
	What     string // Hinted, Told, or "" for a question
	Question string
	Text     string // the reply, or what was shown
	At       time.Time
}

// aside keeps what was asked and shown.
func (s *Session) aside(e *Event) {
	if e.Step == nil || *e.Step < 0 || *e.Step >= len(s.Plan.Steps) {
		return
	}
	a := Aside{Step: *e.Step, What: e.What, Text: e.Said(), At: e.At}
	if e.Kind == Asked {
		a.What, a.Question, a.Text = "", e.Said(), e.Reply
	}
	s.Asides = append(slices.Clone(s.Asides), a)
}

// AsidesOf are those of one step, of the one kind.
func (s Session) AsidesOf(step int, what string) []Aside {
	var out []Aside
	for _, a := range s.Asides {
		if a.Step == step && a.What == what {
			out = append(out, a)
		}
	}
	return out
}

// AsidesTo are those of all steps of a prompt, of the one kind.
func (s Session) AsidesTo(prompt, what string) []Aside {
	var out []Aside
	for _, a := range s.Asides {
		if a.What == what && s.Plan.Steps[a.Step].Prompt == prompt {
			out = append(out, a)
		}
	}
	return out
}

// Asked records a question to the interviewer and the reply to it.
func (r *Runner) Asked(question, reply string) error {
	e := Event{Kind: Asked, Reply: reply}
	e.Text, e.Raw = held(question)
	return r.beside(e)
}

// Show records what the person was shown: Hinted or Told.
func (r *Runner) Show(what, text string) error {
	return r.beside(Event{Kind: Shown, What: what, Text: text})
}

// ShowOf is Show for a step that is not the current one.
func (r *Runner) ShowOf(step int, what, text string) error {
	r.look()
	return r.record(Event{Kind: Shown, Step: &step, What: what, Text: text})
}

// beside records an event of the current step; without one it does nothing.
func (r *Runner) beside(e Event) error {
	r.look()
	t := r.current()
	if r.err != nil || t == nil {
		return r.err
	}
	e.Step = &t.Index
	return r.record(e)
}

// Predict records the person's guess of the score, 0..1.
func (r *Runner) Predict(score float64) error {
	r.look()
	return r.record(Event{Kind: Predicted, Score: &score})
}
