package cli

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/judge"
	"interview/internal/session"
)

// A model may put the interviewer's follow-ups into words, and choose which fact answers a question. Everything else stays
// with the rubric: which point is asked about, what the facts say, and what to ask when the model is not there.

const (
	longestThought = 10 * time.Second // that a sitting waits for a model
	mostLost       = 2                // replies missed in a row, after which it is not asked again
	leastFollowUp  = 15 * time.Second // left of a step for a follow-up to make sense
	mostFollowUp   = 2 * time.Minute
)

// voice is the model behind an interviewer.
type voice struct {
	client *judge.Client
	row    int   // replies missed in a row
	lost   error // why the last one was
	missed int

	answered int            // the step that was thought about
	steps    []session.Step // what follows it
	question string         // that was thought about
	fact     string         // what answers it
}

// speak gives the interviewer a model, where one was asked for.
func (s *sitting) speak() error {
	if !s.f.judge.interviewer {
		return nil
	}
	set, err := s.a.settings(&s.f.judge)
	if err != nil {
		return err
	}
	set.Timeout = min(set.Timeout, longestThought)
	set.First = set.Timeout
	if s.f.judge.debug && s.lines != nil { // in the room it would be drawn over
		set.Debug = s.a.Err
	}
	client, err := judge.New(set)
	s.voice = &voice{client: client, answered: -1}
	return err
}

// took notes whether a reply came. One that the person did not wait for is none that was missed.
func (v *voice) took(ctx context.Context, err error) {
	switch {
	case err == nil:
		v.row = 0
	case !errors.Is(ctx.Err(), context.Canceled):
		v.row, v.missed, v.lost = v.row+1, v.missed+1, err
	}
}

// think prepares what follows the step that is being answered. It returns what takes its time, nil for nothing.
func (i *interviewer) think(text string) func(context.Context) {
	q, open := i.r.Question()
	v := i.voice
	if v == nil || !open {
		return nil
	}
	v.answered, v.steps = q.N-1, nil
	it, sheet := i.of(q.Step.Prompt)
	if it == nil || !q.Untimed && q.Left < leastFollowUp {
		return nil
	}
	steps := session.FollowUp(withText(i.r.Session(), q.N-1, text), q.N-1, it, sheet())
	if len(steps) == 0 {
		return nil
	}
	if !q.Untimed {
		steps[0].Budget, steps[0].Spare = min(q.Left-time.Second, mostFollowUp).Truncate(time.Second), true
	}
	v.steps = steps
	if strings.TrimSpace(text) == "" || v.row >= mostLost {
		return nil // the probe of the rubric stands
	}
	about := judge.Step{Prompt: &it.Prompt, Title: q.Step.Title, Answer: text, Point: pointOf(it, steps[0].Probe), Probe: steps[0].Ask}
	names := func(ask string) bool { return raises(sheet(), &steps[0], ask) }
	return func(ctx context.Context) { v.followUp(ctx, about, names) }
}

// raises says that a text makes the point of a probe by itself: a question that does names the solution.
func raises(sheet *grade.Sheet, probe *session.Step, text string) bool {
	g := sheet.Grade([]grade.Answer{{Phase: probe.Phase, Text: text}}, probe.Phase)
	return slices.ContainsFunc(g.Marks, func(m grade.Mark) bool { return m.Criterion == probe.Probe && m.Points > 0 })
}

// followUp lets the model put the question, or ask none. One that names the solution is not put.
func (v *voice) followUp(ctx context.Context, about judge.Step, names func(ask string) bool) {
	ask, err := v.client.FollowUp(ctx, about)
	switch v.took(ctx, err); {
	case err != nil || names(ask): // the probe of the rubric stands
	case ask == "":
		v.steps = nil
	default:
		v.steps[0].Ask, v.steps[0].By = ask, v.client.Model()
	}
}

// withText is a session in which a step is answered already.
func withText(s session.Session, step int, text string) session.Session {
	for i := range s.Turns {
		if s.Turns[i].Index == step {
			s.Turns[i].Text = text
		}
	}
	return s
}

func pointOf(it *bank.Item, criterion string) string {
	for i := range it.Criteria {
		if it.Criteria[i].ID == criterion {
			return it.Criteria[i].Title
		}
	}
	return criterion
}

// followed is what comes after a step: what was thought of for it.
func (v *voice) followed(answered int) []session.Step {
	if v.answered != answered {
		return nil
	}
	return v.steps
}

// consult looks a question up that no fact foresees in these words. It returns what takes its time, nil for nothing.
func (i *interviewer) consult(question string) func(context.Context) {
	q, open := i.r.Question()
	v := i.voice
	if v == nil || !open || v.row >= mostLost {
		return nil
	}
	it, _ := i.of(q.Step.Prompt)
	if it == nil || len(it.Prompt.Facts) == 0 {
		return nil
	}
	if _, known := grade.Reply(it.Prompt.Facts, question); known {
		return nil
	}
	return func(ctx context.Context) {
		says, found, err := v.client.Fact(ctx, &it.Prompt, question)
		if v.took(ctx, err); err == nil && found {
			v.question, v.fact = question, says
		}
	}
}

// said is the fact that the model chose for a question.
func (v *voice) said(question string) (string, bool) {
	if v == nil || v.fact == "" || v.question != question {
		return "", false
	}
	return v.fact, true
}

// silent says at the end how often the model was not there.
func (s *sitting) silent() {
	if v := s.voice; v != nil && v.missed > 0 {
		s.a.note("%s to the model without a reply, the interviewer went by the rubric: %v", counted(v.missed, "request"), v.lost)
	}
}
