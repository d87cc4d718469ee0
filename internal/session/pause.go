package session

import (
	"slices"
	"time"
)

// Pause is a time in which the clock of a step stood because the person wished it, or because the machine slept.
type Pause struct {
	Step     int // index into the plan
	From, To time.Time
}

// Took is how long it was; 0 while it lasts, and where a clock was set back.
func (p Pause) Took() time.Duration {
	if p.To.IsZero() {
		return 0
	}
	return max(0, p.To.Sub(p.From))
}

// pause begins with a Paused that says nothing of another reason, and ends with whatever lets a clock run again.
func (s *Session) pause(e *Event) {
	switch last := len(s.Pauses) - 1; {
	case e.Kind == Paused && e.What == "" && e.Step != nil && *e.Step >= 0 && *e.Step < len(s.Plan.Steps):
		s.Pauses = append(slices.Clone(s.Pauses), Pause{Step: *e.Step, From: e.At})
	case (e.Kind == Resumed || e.Kind == Entered) && last >= 0 && s.Pauses[last].To.IsZero():
		s.Pauses = slices.Clone(s.Pauses)
		s.Pauses[last].To = e.At
	}
}

// PausesOf are the pauses in the steps of one prompt.
func (s Session) PausesOf(prompt string) []Pause {
	var out []Pause
	for _, p := range s.Pauses {
		if s.Plan.Steps[p.Step].Prompt == prompt {
			out = append(out, p)
		}
	}
	return out
}

// Pause keeps text as a draft and stops the clock until Continue.
func (r *Runner) Pause(text string) error { return r.halt(text, "") }

// Halt is Pause for a reason of ours, such as Reading: it counts as no pause of the person's.
func (r *Runner) Halt(text, why string) error { return r.halt(text, why) }

func (r *Runner) halt(text, why string) error {
	if r.look(); r.current() == nil {
		return r.err
	}
	return r.stop(text, why)
}

// Continue lets the clock of a paused step run again, from what is used of its budget. Without a pause it does nothing.
func (r *Runner) Continue() error {
	r.look()
	t := r.current()
	if r.err != nil || t == nil || r.running {
		return r.err
	}
	if err := r.record(Event{Kind: Resumed, Step: &t.Index}); err != nil {
		return err
	}
	r.start()
	return nil
}
