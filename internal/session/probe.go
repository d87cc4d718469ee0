package session

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"interview/internal/bank"
	"interview/internal/grade"
)

// followUp is the time to answer the question after a miss.
const followUp = time.Minute

// pose puts steps into the plan, as Posed says. What was recorded of later steps moves with them.
func (s *Session) pose(at int, steps []Step) {
	old := s.Plan.Steps
	if at < 0 || at > len(old) || len(steps) == 0 {
		return
	}
	by, rest := len(steps), old[at:]
	if len(rest) > 0 {
		by, rest = by-1, rest[1:]
	}
	s.Plan.Steps = slices.Concat(old[:at], steps, rest)
	for i := max(1, at); i < at+by; i++ {
		if step := &s.Plan.Steps[i]; step.Spare {
			s.Plan.Steps[i-1].Budget -= min(step.Budget, s.Plan.Steps[i-1].Budget)
		}
	}
	s.Turns, s.Asides, s.Pauses = slices.Clone(s.Turns), slices.Clone(s.Asides), slices.Clone(s.Pauses)
	for i := range s.Turns {
		t := &s.Turns[i]
		move(&t.Index, at, by)
		t.Step = s.Plan.Steps[t.Index]
	}
	for i := range s.Asides {
		move(&s.Asides[i].Step, at, by)
	}
	for i := range s.Pauses {
		move(&s.Pauses[i].Step, at, by)
	}
	if s.Current > at {
		s.Current += by
	}
}

func move(index *int, from, by int) {
	if *index >= from {
		*index += by
	}
}

// follow poses what comes before the step next, if anything does.
func (r *Runner) follow(next int) error {
	if r.Follow == nil {
		return nil
	}
	steps := r.Follow(r.Session(), next-1)
	if len(steps) == 0 {
		return nil
	}
	return r.record(Event{Kind: Posed, Step: &next, Steps: steps})
}

// Conversation makes a conversation of a step that is not begun, where its phase wants one (bank.Phase.Probes): the
// interviewer poses the probes of the heaviest criteria that the answers so far do not raise, one of them an adaptation of
// the problem where there is one, and the step itself comes last. All share its time. nil leaves the step as it is.
func Conversation(s Session, at int, it *bank.Item, sheet *grade.Sheet) []Step {
	if at >= len(s.Plan.Steps) || s.entered(at) {
		return nil
	}
	step := s.Plan.Steps[at]
	ph, ok := it.Phase(step.Phase)
	if !ok || step.Prompt != it.Prompt.ID || step.Probe != "" || len(s.probed(it.Prompt.ID, ph.ID)) > 0 {
		return nil
	}
	asked := weighed(missed(s, it, sheet, ph.ID), ph.Probes)
	share, ok := shared(step.Budget, len(asked)+1)
	if !ok || len(asked) == 0 {
		return nil
	}
	var steps []Step
	for i, c := range asked {
		steps = append(steps, Step{Prompt: step.Prompt, Phase: step.Phase, Title: fmt.Sprintf("%s %d", step.Title, i+1),
			Ask: c.Probe, Budget: share, Probe: c.ID})
	}
	step.Budget -= share * time.Duration(len(steps))
	return append(steps, step)
}

// shared is a part of a budget in whole seconds where that leaves something, else milliseconds; false where the budget is
// too short to be parted, for a part of 0 would have no clock.
func shared(budget time.Duration, parts int) (time.Duration, bool) {
	part := budget / time.Duration(parts)
	if part >= time.Second {
		return part.Truncate(time.Second), true
	}
	part = part.Truncate(time.Millisecond)
	return part, part > 0 || budget == 0
}

// FollowUp is the probe of the heaviest criterion that a step missed, with a minute to answer it, before the step that came
// next; nil after a probe, and where nothing is missed.
func FollowUp(s Session, answered int, it *bank.Item, sheet *grade.Sheet) []Step {
	step := s.Plan.Steps[answered]
	if step.Probe != "" || step.Prompt != it.Prompt.ID {
		return nil
	}
	asked := weighed(missed(s, it, sheet, step.Phase), 1)
	if len(asked) == 0 {
		return nil
	}
	after := Step{Prompt: step.Prompt, Phase: step.Phase, Title: step.Title + ", follow-up", Ask: asked[0].Probe, Probe: asked[0].ID}
	if !s.Plan.Untimed && step.Budget > 0 {
		after.Budget = followUp
	}
	steps := []Step{after}
	if answered+1 < len(s.Plan.Steps) {
		steps = append(steps, s.Plan.Steps[answered+1])
	}
	return steps
}

// missed are the criteria of a phase that the answers so far do not raise, that have a probe, and whose probe was not posed.
func missed(s Session, it *bank.Item, sheet *grade.Sheet, phase string) []bank.Criterion {
	var out []bank.Criterion
	posed := s.probed(it.Prompt.ID, phase)
	g := sheet.Grade(s.Answers(it.Prompt.ID, false), phase)
	for i := range g.Marks {
		m := &g.Marks[i]
		at := slices.IndexFunc(it.Criteria, func(c bank.Criterion) bool { return c.ID == m.Criterion })
		if at >= 0 && m.Points == 0 && m.Unmarked == "" && !m.NotAsked && it.Criteria[at].Probe != "" && !slices.Contains(posed, m.Criterion) {
			out = append(out, it.Criteria[at])
		}
	}
	return out
}

// weighed are the n heaviest, in the order of their weight; the last gives way to the heaviest adaptation where none of them
// is one.
func weighed(missed []bank.Criterion, n int) []bank.Criterion {
	slices.SortStableFunc(missed, func(a, b bank.Criterion) int { return cmp.Compare(b.Weight, a.Weight) })
	n = min(n, len(missed))
	adapts := func(c bank.Criterion) bool { return c.Adapts }
	if at := slices.IndexFunc(missed, adapts); n > 1 && at >= n {
		missed[n-1] = missed[at]
	}
	return missed[:n]
}

// probed are the criteria of a phase whose probes are in the plan.
func (s Session) probed(prompt, phase string) []string {
	var out []string
	for _, step := range s.Plan.Steps {
		if step.Prompt == prompt && step.Phase == phase && step.Probe != "" {
			out = append(out, step.Probe)
		}
	}
	return out
}

func (s Session) entered(step int) bool {
	return slices.ContainsFunc(s.Turns, func(t Turn) bool { return t.Index == step })
}
