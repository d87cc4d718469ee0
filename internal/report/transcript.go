package report

import (
	"fmt"
	"io"
	"time"

	"interview/internal/session"
)

// Transcript draws what was asked and answered in a session, turn by turn with its time.
func Transcript(w io.Writer, s *session.Session) error {
	var p page
	p.add("%s · %s", flat(s.Plan.Label), flat(s.ID))
	p.add("%s", when(s))
	for _, t := range s.Turns {
		p.gap()
		p.add("[%d/%d] %s", t.Index+1, len(s.Plan.Steps), turnTitle(s, &t))
		if t.Step.Probe != "" {
			p.body("Interviewer", t.Step.Ask)
		}
		p.asides(s, t.Index)
		name := "You, " + times([]session.Turn{t})
		if t.Draft {
			name += ", not finished"
		}
		p.body(name, t.Text)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// asides draws what was asked and which hints were taken in a step.
func (p *page) asides(s *session.Session, step int) {
	for _, a := range s.AsidesOf(step, "") {
		p.body("You asked", a.Question)
		p.body("Interviewer", a.Text)
	}
	for _, a := range s.AsidesOf(step, session.Hinted) {
		p.body("Hint", a.Text)
	}
}

const minute = "2006-01-02 15:04" // how a time is shown

func when(s *session.Session) string {
	began := s.OpenedAt.Local().Format(minute)
	if s.ClosedAt.IsZero() {
		return fmt.Sprintf("begun %s, not finished", began)
	}
	return fmt.Sprintf("begun %s, finished %s", began, s.ClosedAt.Local().Format(minute))
}

// turnTitle names the prompt too where a sitting has several.
func turnTitle(s *session.Session, t *session.Turn) string {
	title := flat(t.Step.Title)
	if len(s.Plan.Prompts) > 1 {
		title += " · " + flat(t.Step.Prompt)
	}
	return title
}

// Session is one line of a list of sessions.
type Session struct {
	ID       string
	Prompt   string // or the deck: what was asked for
	Started  time.Time
	Finished bool
	Score    *float64 // 0..1; nil where there is no grade
}

// Sessions draws a list of sessions as a table, in the order given; ids are never cut.
func Sessions(w io.Writer, list []Session) error {
	var rows [][3]string
	for _, s := range list {
		result := "not graded"
		switch {
		case s.Score != nil:
			result = fmt.Sprintf("%.0f %%", 100**s.Score)
		case !s.Finished:
			result = "unfinished"
		}
		rows = append(rows, [3]string{flat(s.ID), s.Started.Local().Format(minute), result})
	}
	var p page
	p.table([3]string{"SESSION", "STARTED", "SCORE"}, rows)
	_, err := io.WriteString(w, p.String())
	return err
}
