package session

import (
	"slices"

	"interview/internal/trial"
)

// Tried is what a run of the notation in the answers to a prompt found. It is recorded before the grade that rests on it, so
// that the grade can be given again without running anything.
type Tried struct {
	Prompt string       `json:"prompt"`
	Of     string       `json:"of"` // digest of what was run against what
	Result trial.Result `json:"result"`
}

// Tried records what a run found.
func (r *Runner) Tried(t Tried) error {
	r.look()
	return r.record(Event{Kind: Ran, Tried: &t})
}

// keepTried keeps the newest of each digest.
func (s *Session) keepTried(t *Tried) {
	if t == nil {
		return
	}
	same := func(o Tried) bool { return o.Prompt == t.Prompt && o.Of == t.Of }
	s.Trials = append(slices.DeleteFunc(slices.Clone(s.Trials), same), *t)
}

// TriedOf is what a run of that digest found, and whether there was one by the engine of today.
func (s Session) TriedOf(prompt, of string) (trial.Result, bool) {
	for _, t := range s.Trials {
		if t.Prompt == prompt && t.Of == of && t.Result.Engine == trial.Engine {
			return t.Result, true
		}
	}
	return trial.Result{}, false
}
