package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

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
	review.AddCommand(a.reviewListCommand(), a.reviewShowCommand(), a.exportCommand(), a.openCommand(), a.confirmCommand(), a.disputesCommand())
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
