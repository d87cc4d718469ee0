package session

import (
	"fmt"
	"slices"
	"time"

	"interview/internal/grade"
)

// How time is kept. Budgets are spent by the monotonic clock, which stands still while a machine sleeps and which nobody
// can set. The wall clock only dates events. Where it runs far ahead of the other, the machine slept (or the clock was
// set): that is recorded as a pause, and no budget pays for it.

// asleep is the least lead of the wall clock over the monotonic one that counts as a pause.
const asleep = time.Minute

// Runner walks a plan: the terminal and line mode drive it, one call a user action. It is not safe for concurrent use.
// An error is a failed record: the sitting must end and show the unsaved answer. Every later call returns it again.
type Runner struct {
	// Follow is asked, while an answer is recorded, for what comes before the step after it: see Posed. What it is given holds
	// the new text already. nil = nothing follows.
	Follow func(s Session, answered int) []Step

	rec  Recorder
	done Session // the fold of what was recorded
	seq  int
	err  error

	spent   time.Duration // of the current step, until it was entered last
	running bool
	since   time.Time // when it was entered last; has a monotonic reading
	seen    time.Time // the last call, by both clocks
	seenAt  time.Time // the same by the wall clock alone
}

// Question is the step that waits for an answer.
type Question struct {
	Step      Step
	N, Of     int           // 1-based
	Draft     string        // the text to go on from
	Left      time.Duration // of the step, at the moment of the call; negative after time-up; meaningless if untimed
	TotalLeft time.Duration // all budgets less all time used; negative when that is more
	Untimed   bool
}

// Start records the plan and enters its first step.
func Start(plan Plan, rec Recorder) (*Runner, error) {
	if len(plan.Steps) == 0 {
		return nil, fmt.Errorf("plan %q has no steps", plan.Label)
	}
	plan.Steps = slices.Clone(plan.Steps)
	r := &Runner{rec: rec}
	r.look()
	if err := r.record(Event{Kind: Opened, Plan: &plan}); err != nil {
		return nil, err
	}
	return r, r.enter(0)
}

// Resume goes on where an unfinished session stopped, with the unused time of its step. lastSeq is the number of the last
// event of its journal.
func Resume(s Session, lastSeq int, rec Recorder) (*Runner, error) {
	switch {
	case len(s.Plan.Steps) == 0:
		return nil, ErrNoPlan
	case !s.Unfinished():
		return nil, fmt.Errorf("session %s is finished", s.ID)
	}
	s.Turns = slices.Clone(s.Turns)
	r := &Runner{rec: rec, done: s, seq: lastSeq}
	r.look()
	at := r.done.Current
	if at == len(s.Plan.Steps) {
		return r, r.record(Event{Kind: Resumed})
	}
	if err := r.record(Event{Kind: Resumed, Step: &at}); err != nil {
		return nil, err
	}
	if r.current() == nil {
		return r, r.enter(at)
	}
	r.start()
	return r, nil
}

// Question returns the current step; false when every step is answered.
func (r *Runner) Question() (Question, bool) {
	t := r.current()
	if t == nil {
		return Question{}, false
	}
	return Question{
		Step: t.Step, N: t.Index + 1, Of: len(r.done.Plan.Steps), Draft: t.Text,
		Left: r.TimeLeft(), TotalLeft: r.totalLeft(), Untimed: r.untimed(t),
	}, true
}

// TimeLeft is what is left of the current step's budget; negative after time-up, meaningless if untimed.
func (r *Runner) TimeLeft() time.Duration {
	t := r.current()
	if t == nil {
		return 0
	}
	return t.Step.Budget - r.took()
}

func (r *Runner) totalLeft() time.Duration {
	left := r.current().Took - r.took()
	for _, s := range r.done.Plan.Steps {
		left += s.Budget
	}
	for _, t := range r.done.Turns {
		left -= t.Took
	}
	return left
}

// Draft records the change since the last draft, if any. What stands when the budget is used up exactly is still in time,
// so a caller that drafts then, and at most two seconds after a key, loses nothing and blurs nothing.
func (r *Runner) Draft(text string) error {
	if r.look(); r.err != nil || r.current() == nil {
		return r.err
	}
	return r.draft(text, r.took())
}

func (r *Runner) draft(text string, took time.Duration) error {
	t := r.current()
	if t.Text == text {
		return r.err
	}
	return r.record(Event{Kind: Drafted, Step: &t.Index, Splice: diff(t.Text, text), Took: took, TimeUp: r.late(took)})
}

// Answer records the whole text and enters the next step.
func (r *Runner) Answer(text string) error {
	r.look()
	t := r.current()
	switch {
	case r.err != nil:
		return r.err
	case t == nil:
		return fmt.Errorf("every step of session %s is answered", r.done.ID)
	}
	took, next := r.took(), t.Index+1
	if err := r.draft(text, took); err != nil {
		return err
	}
	if err := r.follow(next); err != nil {
		return err
	}
	t = r.current()
	e := Event{Kind: Answered, Step: &t.Index, Took: took, TimeUp: r.late(took)}
	e.Text, e.Raw = held(text)
	if err := r.record(e); err != nil || next == len(r.done.Plan.Steps) {
		return err
	}
	return r.enter(next)
}

// Rate records how well the card at hand was recalled, from 1 for forgotten to 4 for easy, and enters the next step.
func (r *Runner) Rate(rating int) error {
	r.look()
	t := r.current()
	switch {
	case r.err != nil:
		return r.err
	case t == nil:
		return fmt.Errorf("every step of session %s is answered", r.done.ID)
	case rating < 1 || rating > 4:
		return fmt.Errorf("a rating is a number from 1 to 4, not %d", rating)
	}
	next := t.Index + 1
	if err := r.record(Event{Kind: Rated, Step: &t.Index, Rating: rating, Took: r.took()}); err != nil || next == len(r.done.Plan.Steps) {
		return err
	}
	return r.enter(next)
}

// Back keeps text as a draft and enters the step before; false if there is none. When every step is answered it enters the
// last one, and text is ignored.
func (r *Runner) Back(text string) (bool, error) {
	r.look()
	t := r.current()
	switch {
	case r.err != nil:
		return false, r.err
	case r.done.Current == 0:
		return false, r.draft(text, r.took())
	case t != nil:
		if err := r.stop(text, Turned); err != nil {
			return false, err
		}
	}
	return true, r.enter(r.done.Current - 1)
}

// Leave keeps text as a draft and stops the clock; the session stays unfinished.
func (r *Runner) Leave(text string) error { return r.halt(text, Left) }

// Close records the grades and closes the session.
func (r *Runner) Close(grades, inTime []grade.Grade) error {
	r.look()
	if err := r.record(Event{Kind: Graded, Grades: grades, InTime: inTime}); err != nil {
		return err
	}
	return r.End()
}

// End closes a session of which nothing is graded.
func (r *Runner) End() error {
	r.look()
	return r.record(Event{Kind: Closed})
}

// Session is the fold of what was recorded so far. It is the caller's own.
func (r *Runner) Session() Session {
	s := r.done
	s.Turns = slices.Clone(s.Turns)
	return s
}

// current is the turn of the step that waits for an answer, nil if there is none.
func (r *Runner) current() *Turn {
	at, found := slices.BinarySearchFunc(r.done.Turns, r.done.Current, func(t Turn, i int) int { return t.Index - i })
	if !found {
		return nil
	}
	return &r.done.Turns[at]
}

// enter makes a step the current one and starts its clock.
func (r *Runner) enter(step int) error {
	if err := r.record(Event{Kind: Entered, Step: &step}); err != nil {
		return err
	}
	r.start()
	return nil
}

// start lets the clock of the current step run, from what is used of it.
func (r *Runner) start() {
	if t := r.current(); t != nil {
		r.spent, r.running, r.since = t.Took, true, time.Now()
	}
}

// stop records text and the time used, and stops the clock; why is Left, Turned, Reading, Waiting or "".
func (r *Runner) stop(text, why string) error {
	took := r.took()
	if err := r.draft(text, took); err != nil {
		return err
	}
	if !r.running {
		return nil
	}
	r.spent, r.running = took, false
	return r.record(Event{Kind: Paused, What: why, Step: &r.current().Index, Took: took, TimeUp: r.late(took)})
}

// took is the time used of the current step.
func (r *Runner) took() time.Duration {
	if !r.running {
		return r.spent
	}
	return r.spent + time.Since(r.since)
}

func (r *Runner) untimed(t *Turn) bool { return r.done.Plan.Untimed || t.Step.Budget <= 0 }

func (r *Runner) late(took time.Duration) bool {
	t := r.current()
	return !r.untimed(t) && took > t.Step.Budget
}

// look reads both clocks, and records a pause where the wall clock leapt ahead since the last call.
func (r *Runner) look() {
	now := time.Now()
	gap := now.Round(0).Sub(r.seenAt) - now.Sub(r.seen)
	first := r.seen.IsZero()
	r.seen, r.seenAt = now, now.Round(0)
	if t := r.current(); !first && gap > asleep && t != nil && r.running && r.err == nil {
		took := r.took()
		if r.record(Event{Kind: Paused, At: now.Add(-gap), Step: &t.Index, Took: took, TimeUp: r.late(took)}) == nil {
			_ = r.record(Event{Kind: Resumed, Step: &t.Index}) // the error is kept, and the caller's own record returns it
		}
	}
}

// record numbers and dates the event, hands it to the recorder and, when that has it, folds it.
func (r *Runner) record(e Event) error {
	if r.err != nil {
		return r.err
	}
	if e.At.IsZero() {
		e.At = time.Now()
	}
	e.V, e.Seq, e.At = Version, r.seq+1, e.At.UTC().Truncate(time.Millisecond)
	if e.Step != nil {
		step := *e.Step // not into a turn: the event outlives it
		e.Step = &step
	}
	e.Steps = slices.Clone(e.Steps)
	if r.err = r.rec.Record(e); r.err == nil {
		r.seq++
		r.done.apply(&e)
	}
	return r.err
}
