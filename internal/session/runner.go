package session

import (
	"time"

	"interview/internal/grade"
)

// Runner walks a plan: the terminal and line mode drive it, one call a user action. It is not safe for concurrent use.
// Any error is a failed record: the sitting must end and show the unsaved answer.
type Runner struct{}

// Question is the step that waits for an answer.
type Question struct {
	Step      Step
	N, Of     int           // 1-based
	Draft     string        // the text to go on from
	Left      time.Duration // of the step, at the moment of the call; negative after time-up; meaningless if untimed
	TotalLeft time.Duration
	Untimed   bool
}

// Start records the plan and enters its first step.
func Start(plan Plan, rec Recorder) (*Runner, error) { return &Runner{}, nil }

// Resume goes on where an unfinished session stopped, with the unused time of its step.
func Resume(s Session, lastSeq int, rec Recorder) (*Runner, error) { return &Runner{}, nil }

// Question returns the current step; false when every step is answered.
func (r *Runner) Question() (Question, bool) { return Question{}, false }

// Draft records the change since the last draft, if any.
func (r *Runner) Draft(text string) error { return nil }

// Answer records the whole text and enters the next step.
func (r *Runner) Answer(text string) error { return nil }

// Back keeps text as a draft and enters the step before; false if there is none.
func (r *Runner) Back(text string) (bool, error) { return false, nil }

// Leave keeps text as a draft; the session stays unfinished.
func (r *Runner) Leave(text string) error { return nil }

// Close records the grades and closes the session.
func (r *Runner) Close(grades, inTime []grade.Grade) error { return nil }

// Session is the fold of what was recorded so far.
func (r *Runner) Session() Session { return Session{} }
