package session

import (
	"slices"

	"interview/internal/grade"
)

// advise keeps the newest feedback on each prompt. One that judged nothing never hides one that did.
func (s *Session) advise(f *grade.Feedback) {
	if f == nil {
		return
	}
	at := slices.IndexFunc(s.Feedback, func(old grade.Feedback) bool { return old.Prompt == f.Prompt })
	switch {
	case at < 0:
		s.Feedback = append(slices.Clone(s.Feedback), *f)
	case f.Judged() || !s.Feedback[at].Judged():
		s.Feedback = slices.Clone(s.Feedback)
		s.Feedback[at] = *f
	}
}

// FeedbackOn is what a model said of a prompt, nil where none was asked.
func (s Session) FeedbackOn(prompt string) *grade.Feedback {
	for i := range s.Feedback {
		if s.Feedback[i].Prompt == prompt {
			return &s.Feedback[i]
		}
	}
	return nil
}

// Advise records what a model said of one prompt. It may follow Close.
func (r *Runner) Advise(f grade.Feedback) error {
	r.look()
	return r.record(Event{Kind: Advised, Advice: &f})
}
