package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"math"
	"time"

	"github.com/spf13/cobra"

	"interview/internal/diagram"
	"interview/internal/grade"
	"interview/internal/report"
	"interview/internal/session"
)

func (a *App) reviewShowCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "show SESSION",
		Short: "Show a session: what was asked and answered, and its grade",
		Long:  `SESSION is an id, the beginning of only one, or "last" for the newest.`,
		Example: `  interview review show last
  interview review show 20261124T101500Z --json`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeOneSession,
		RunE:              func(_ *cobra.Command, args []string) error { return a.reviewShow(args[0], asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

// completeOneSession completes the one argument of a command about one session.
func (a *App) completeOneSession(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, noFiles
	}
	return a.completeSessions(c, args, begun)
}

// sessionNamed reads the session that ref means. Where its journal is broken it is what stands before that, and broken
// names the place; err is for what cannot be shown at all.
func (a *App) sessionNamed(ref string) (s session.Session, broken, err error) {
	_, path, err := a.journalNamed(ref)
	if err != nil {
		return s, nil, err
	}
	s, broken = readSession(path)
	if errors.Is(broken, session.ErrNoPlan) || len(s.Plan.Steps) == 0 && broken != nil {
		return s, nil, broken
	}
	return s, broken, nil
}

// reviewShow shows what a journal holds; where it is broken, what stands before that, and then the error.
func (a *App) reviewShow(ref string, asJSON bool) error {
	s, broken, err := a.sessionNamed(ref)
	if err != nil {
		return err
	}
	if asJSON {
		err = a.writeJSON(shown(&s))
	} else {
		err = a.drawSession(&s)
	}
	if err != nil || broken != nil {
		return cmp.Or(err, broken)
	}
	if s.Unfinished() && !asJSON { // one that is broken cannot be gone on with
		a.hint("go on with %s", a.resumeLine(s.ID, s.Plan.Mode))
	}
	return nil
}

func (a *App) drawSession(s *session.Session) error {
	r, err := a.record(s)
	if err != nil {
		return err
	}
	return report.Transcript(a.text(), r)
}

// record is a session with the sheets of its grades.
func (a *App) record(s *session.Session) (*report.Record, error) {
	r := &report.Record{Session: s}
	if len(s.Grades) == 0 {
		return r, nil
	}
	b, err := a.openBank()
	if err != nil {
		return nil, err
	}
	r.Sheets = a.reportSheets(b, s)
	return r, nil
}

// turnJSON is a turn as review show gives it; times in seconds, a budget of 0 for none.
type turnJSON struct {
	Prompt  string      `json:"prompt,omitempty"` // where a sitting has several
	Phase   string      `json:"phase"`
	Text    string      `json:"text"`
	Seconds float64     `json:"seconds"`
	Budget  float64     `json:"budget"`
	Title   string      `json:"title"`
	Ask     string      `json:"ask"`
	Probe   string      `json:"probe,omitempty"` // the criterion whose follow-up this is
	Late    bool        `json:"late,omitempty"`  // something was typed after time-up
	Draft   bool        `json:"draft,omitempty"`
	Rating  int         `json:"rating,omitempty"`
	Drawing string      `json:"drawing,omitempty"` // what was drawn, as Mermaid
	Asides  []asideJSON `json:"asides,omitempty"`
}

// asideJSON is a question with its reply, or a text that was shown: a hint, feedback, a model answer.
type asideJSON struct {
	Kind     string `json:"kind"`
	Question string `json:"question,omitempty"`
	Text     string `json:"text"`
}

// shownJSON is a session as review show gives it: grade for one prompt, grades for several. Evidence points into the turns
// of its own prompt, counted from 0.
type shownJSON struct {
	ID      string                     `json:"id"`
	Prompt  string                     `json:"prompt"`
	Turns   []turnJSON                 `json:"turns"`
	Grade   json.RawMessage            `json:"grade,omitempty"`
	Grades  map[string]json.RawMessage `json:"grades,omitempty"`
	Mode    string                     `json:"mode"`
	Started time.Time                  `json:"started"`
	Ended   *time.Time                 `json:"ended"`              // null while unfinished
	Advice  []grade.Feedback           `json:"feedback,omitempty"` // of a model, on each prompt that it was asked about
}

func shown(s *session.Session) shownJSON {
	several := len(s.Plan.Prompts) > 1
	j := shownJSON{ID: s.ID, Prompt: s.Plan.Label, Turns: []turnJSON{}, Mode: s.Plan.Mode, Started: s.OpenedAt, Advice: s.Feedback}
	if !s.Unfinished() {
		j.Ended = &s.ClosedAt
	}
	for i := range s.Turns {
		turn := newTurnJSON(s, &s.Turns[i])
		if several {
			turn.Prompt = s.Turns[i].Step.Prompt
		}
		j.Turns = append(j.Turns, turn)
	}
	grades := map[string]json.RawMessage{}
	for i := range s.Grades {
		g := &s.Grades[i]
		grades[g.Prompt] = appendResult(nil, appendString(nil, g.Prompt), g)
	}
	switch {
	case several:
		j.Grades = grades
	case len(s.Grades) == 0:
		j.Grade = json.RawMessage("null")
	default:
		j.Grade = grades[s.Grades[0].Prompt]
	}
	return j
}

func newTurnJSON(s *session.Session, t *session.Turn) turnJSON {
	turn := turnJSON{
		Phase: t.Step.Phase, Text: t.Text, Seconds: seconds(t.Took), Budget: seconds(t.Step.Budget), Title: t.Step.Title, Ask: t.Step.Ask,
		Probe: t.Step.Probe, Late: t.Late(), Draft: t.Draft, Rating: t.Rating,
	}
	if g := report.Drawn(t.Text); len(g.Nodes) > 0 {
		turn.Drawing = diagram.Mermaid(g)
	}
	for _, a := range s.Asides {
		if a.Step == t.Index {
			turn.Asides = append(turn.Asides, asideJSON{cmp.Or(a.What, "question"), a.Question, a.Text})
		}
	}
	return turn
}

// seconds keeps milliseconds.
func seconds(d time.Duration) float64 { return math.Round(d.Seconds()*1000) / 1000 }
