package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"interview/internal/grade"
	"interview/internal/journal"
	"interview/internal/report"
	"interview/internal/session"
)

// reviewCommands look back at the sessions.
func (a *App) reviewCommands() []*cobra.Command {
	review := &cobra.Command{
		Use:   "review",
		Short: "Look back at your sessions",
		Example: `  interview review list
  interview review show last`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	review.AddCommand(a.reviewListCommand(), a.reviewShowCommand(), a.confirmCommand(), a.disputesCommand())
	return []*cobra.Command{review}
}

func (a *App) reviewListCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "list",
		Short: "List the sessions, newest first",
		Example: `  interview review list
  interview review list --json | jq '.[0].score'`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.reviewList(asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

// sessionJSON is a session as review list gives it.
type sessionJSON struct {
	ID       string   `json:"id"`
	Prompt   string   `json:"prompt"`
	Started  string   `json:"started"`
	Finished bool     `json:"finished"`
	Score    *float64 `json:"score"`
}

func (a *App) reviewList(asJSON bool) error {
	dir, err := a.sessionsPath()
	if err != nil {
		return err
	}
	list, err := a.allSessions(dir)
	if err != nil {
		return err
	}
	a.note("%s in %s", counted(len(list), "session"), dir)
	if !asJSON {
		if len(list) == 0 {
			a.hint("interview mock begins one")
			return nil
		}
		return report.Sessions(a.text(), list)
	}
	rows := make([]sessionJSON, len(list))
	for i, s := range list {
		rows[i] = sessionJSON{s.ID, s.Prompt, s.Started.Format(time.RFC3339), s.Finished, s.Score}
	}
	return a.writeJSON(rows)
}

// allSessions reads a folder of journals, newest first. What cannot be read is named; what stands before it counts.
func (a *App) allSessions(dir string) ([]report.Session, error) {
	ids, err := journal.List(dir)
	if err != nil {
		return nil, err
	}
	read := make([]report.Session, len(ids)) // without an id where there is nothing to show
	broken := make([]error, len(ids))
	eachOf(len(ids), func(i int) {
		var s session.Session
		if s, broken[i] = readSession(filepath.Join(dir, ids[i]+".jsonl")); len(s.Plan.Steps) > 0 {
			read[i] = report.Session{ID: s.ID, Prompt: s.Plan.Label, Started: s.OpenedAt, Finished: !s.Unfinished(), Score: scoreOf(&s)}
		}
	})
	for _, err := range broken {
		if err != nil {
			a.note("%v", err)
		}
	}
	return slices.DeleteFunc(read, func(s report.Session) bool { return s.ID == "" }), nil
}

// readSession folds one journal. With an error the session is what stands before the mistake.
func readSession(path string) (session.Session, error) {
	events, err := journal.Read(path)
	s, folding := session.Fold(strings.TrimSuffix(filepath.Base(path), ".jsonl"), events)
	if folding != nil && err == nil {
		err = fmt.Errorf("%s: %w", path, folding)
	}
	return s, err
}

// scoreOf is the score of a finished session, nil where nothing was graded.
func scoreOf(s *session.Session) *float64 {
	score, graded := s.Score()
	if s.Unfinished() || !graded {
		return nil
	}
	return &score
}

func (a *App) reviewShowCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "show SESSION",
		Short: "Show a session: what was asked and answered, and its grade",
		Long:  `SESSION is an id, the beginning of only one, or "last" for the newest.`,
		Example: `  interview review show last
  interview review show 20261124T101500Z --json`,
		Args: cobra.ExactArgs(1),
		ValidArgsFunction: func(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, noFiles
			}
			return a.completeSessions(c, args, begun)
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.reviewShow(args[0], asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

// reviewShow shows what a journal holds; where it is broken, what stands before that, and then the error.
func (a *App) reviewShow(ref string, asJSON bool) error {
	dir, err := a.sessionsPath()
	if err != nil {
		return err
	}
	path, err := journal.Find(dir, ref)
	if err != nil {
		return failed("interview review list shows the sessions", "%w", err)
	}
	s, broken := readSession(path)
	if errors.Is(broken, session.ErrNoPlan) || len(s.Plan.Steps) == 0 && broken != nil {
		return broken
	}
	if asJSON {
		err = a.writeSession(&s)
	} else {
		err = a.drawSession(&s)
	}
	if err != nil {
		return err
	}
	return broken
}

func (a *App) drawSession(s *session.Session) error {
	out := a.text()
	if err := report.Transcript(out, s); err != nil {
		return err
	}
	if s.Unfinished() {
		a.hint("go on with %s", a.resumeLine(s.ID))
	}
	if len(s.Grades) == 0 {
		return nil
	}
	b, err := a.openBank()
	if err != nil {
		return err
	}
	fmt.Fprintln(out)
	return report.Write(out, s.Plan.Label, a.reportSheets(b, s), true)
}

// turnJSON is a turn as review show gives it; times in seconds, a budget of 0 for none.
type turnJSON struct {
	Phase   string  `json:"phase"`
	Text    string  `json:"text"`
	Seconds float64 `json:"seconds"`
	Budget  float64 `json:"budget"`
}

// shownJSON is a session as review show gives it: grade for one prompt, grades for several.
type shownJSON struct {
	ID     string                     `json:"id"`
	Prompt string                     `json:"prompt"`
	Turns  []turnJSON                 `json:"turns"`
	Grade  json.RawMessage            `json:"grade,omitempty"`
	Grades map[string]json.RawMessage `json:"grades,omitempty"`
}

func (a *App) writeSession(s *session.Session) error {
	shown := shownJSON{ID: s.ID, Prompt: s.Plan.Label, Turns: []turnJSON{}}
	for _, t := range s.Turns {
		shown.Turns = append(shown.Turns, turnJSON{t.Step.Phase, t.Text, seconds(t.Took), seconds(t.Step.Budget)})
	}
	grades := map[string]json.RawMessage{}
	for i := range s.Grades {
		g := s.Grades[i]
		grades[g.Prompt] = appendResult(nil, appendString(nil, g.Prompt), intoTurns(s, g))
	}
	switch {
	case len(s.Plan.Prompts) > 1:
		shown.Grades = grades
	case len(s.Grades) == 0:
		shown.Grade = json.RawMessage("null")
	default:
		shown.Grade = grades[s.Grades[0].Prompt]
	}
	return a.writeJSON(shown)
}

// intoTurns lets evidence point into the turns of the whole session: in a grade it points into those of one prompt.
func intoTurns(s *session.Session, g grade.Grade) *grade.Grade {
	var at []int
	for i := range s.Turns {
		if s.Turns[i].Step.Prompt == g.Prompt {
			at = append(at, i)
		}
	}
	g.Marks = slices.Clone(g.Marks)
	for i := range g.Marks {
		m := &g.Marks[i]
		m.Evidence = slices.Clone(m.Evidence)
		for k := range m.Evidence {
			if e := &m.Evidence[k]; e.Answer >= 0 && e.Answer < len(at) {
				e.Answer = at[e.Answer]
			}
		}
	}
	return &g
}

// seconds keeps milliseconds.
func seconds(d time.Duration) float64 { return math.Round(d.Seconds()*1000) / 1000 }
