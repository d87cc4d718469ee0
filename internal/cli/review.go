package cli

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/journal"
	"interview/internal/report"
	"interview/internal/review"
	"interview/internal/session"
)

// reviewCommands look back at the sessions.
func (a *App) reviewCommands() []*cobra.Command {
	review := &cobra.Command{
		Use:   "review",
		Short: "Look back at your sessions",
		Example: `  interview review list
  interview review show last
  interview review --examples trend`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	review.PersistentFlags().BoolVar(&a.examples, "examples", false, examplesHelp)
	review.AddCommand(a.reviewListCommand(), a.reviewShowCommand(), a.searchCommand(), a.compareCommand(), a.trendCommand(),
		a.exportCommand(), a.openCommand(), a.disputesCommand())
	review.AddCommand(a.keepsExamples(a.regradeCommand(), a.deleteCommand(), a.confirmCommand())...)
	return []*cobra.Command{review}
}

// listFlags say which sessions are listed, and how.
type listFlags struct {
	filter       review.Filter
	since        string
	json, strict bool
}

func (a *App) reviewListCommand() *cobra.Command {
	var f listFlags
	c := &cobra.Command{
		Use:   "list",
		Short: "List the sessions, newest first",
		Example: `  interview review list
  interview review list --track system-design --since 30d
  interview review list --unfinished
  interview review list --json | jq '.[0].score'`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.reviewList(f) },
	}
	c.Flags().StringVar(&f.filter.Track, "track", "", "only sessions of this `track`")
	c.Flags().StringVar(&f.filter.Prompt, "prompt", "", "only sessions of this `prompt`, card or deck")
	c.Flags().StringVar(&f.filter.Mode, "mode", "", "only sessions of this `mode`: "+strings.Join(modes, ", "))
	c.Flags().StringVar(&f.since, "since", "", sinceHelp)
	c.Flags().BoolVar(&f.filter.Unfinished, "unfinished", false, "only sessions that can be resumed")
	c.Flags().BoolVar(&f.json, "json", false, "as JSON")
	c.Flags().BoolVar(&f.strict, "strict", false, strictHelp)
	_ = c.RegisterFlagCompletionFunc("track", a.completeTracks) // fails only for an unknown flag
	_ = c.RegisterFlagCompletionFunc("mode", cobra.FixedCompletions(modes, noFiles))
	return c
}

var modes = []string{session.ModeMock, session.ModeDrill, session.ModeBlank, session.ModeFlip}

// beginHint is for who has no session yet.
const beginHint = "interview mock begins one; interview review --examples list shows some that come with the program"

const examplesHelp = "of the sessions that come with the program, instead of yours"

const sinceHelp = "only since this `day` (2026-11-24), or so long ago (30d, 2w)"

// since reads a day, or a number of days (30d) or weeks (2w) before now; "" is the beginning of time.
func (a *App) since(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	now := a.Now().Local()
	if day, err := time.ParseInLocation(time.DateOnly, text, now.Location()); err == nil {
		return day, nil
	}
	days := map[byte]int{'d': 1, 'w': 7}[text[len(text)-1]]
	n, err := strconv.ParseUint(text[:len(text)-1], 10, 16)
	if days == 0 || err != nil {
		return time.Time{}, usage("for instance 2026-11-24, 30d or 2w", "%q is no day and no number of days or weeks", text)
	}
	y, m, d := now.Date()
	return time.Date(y, m, d-int(n)*days, 0, 0, 0, 0, now.Location()), nil
}

// checkMode refuses a mode that no session has.
func checkMode(mode string) error {
	if mode != "" && !slices.Contains(modes, mode) {
		return usage("the modes: "+strings.Join(modes, ", "), "--mode %q is not known", mode)
	}
	return nil
}

// sessionJSON is a session as review list gives it; times in seconds, a budget of 0 for none.
type sessionJSON struct {
	ID       string   `json:"id"`
	Prompt   string   `json:"prompt"`
	Started  string   `json:"started"`
	Finished bool     `json:"finished"`
	Score    *float64 `json:"score"`
	Level    string   `json:"level"`
	Mode     string   `json:"mode"`
	Tracks   []string `json:"tracks"`
	Seconds  float64  `json:"seconds"`
	Budget   float64  `json:"budget"`
}

func newSessionJSON(e *review.Entry) sessionJSON {
	row := sessionJSON{ID: e.ID, Prompt: e.Label, Started: e.At.Format(time.RFC3339), Finished: e.Finished, Level: e.Level, Mode: e.Mode,
		Tracks: e.Tracks, Seconds: seconds(e.Took), Budget: seconds(e.Budget)}
	if e.Graded {
		row.Score = &e.Score
	}
	return row
}

func (a *App) reviewList(f listFlags) error {
	var err error
	if f.filter.Since, err = a.since(f.since); err != nil {
		return err
	}
	if err := checkMode(f.filter.Mode); err != nil {
		return err
	}
	dir, err := a.sessionsPath()
	if err != nil {
		return err
	}
	all, damaged, err := survey(a, dir, review.EntryOf)
	if err != nil {
		return err
	}
	total := len(all)
	list := slices.DeleteFunc(slices.Clone(all), func(e review.Entry) bool { return !f.filter.Keeps(&e) })
	if len(list) == 0 {
		if err := a.unlisted(&f.filter, all); err != nil {
			return err
		}
	}
	if len(list) == total {
		a.note("%s in %s", counted(total, "session"), dir)
	} else {
		a.note("%d of %s in %s", len(list), counted(total, "session"), dir)
	}
	if total == 0 && !f.json {
		a.hint(beginHint)
	}
	if err := a.writeList(list, f.json); err != nil {
		return err
	}
	return strictly(f.strict, damaged)
}

// unlisted refuses a track or prompt that neither the bank nor any session has.
func (a *App) unlisted(f *review.Filter, entries []review.Entry) error {
	if f.Track == "" && f.Prompt == "" {
		return nil
	}
	var tracks, prompts []string
	for i := range entries {
		tracks, prompts = append(tracks, entries[i].Tracks...), append(append(prompts, entries[i].Label), entries[i].Prompts...)
	}
	for _, h := range a.heads() {
		tracks, prompts = append(tracks, h.Track), append(prompts, h.ID, h.Deck)
	}
	return misspelt([]name{{"track", f.Track, tracks}, {"prompt", f.Prompt, prompts}})
}

func (a *App) writeList(list []review.Entry, asJSON bool) error {
	switch {
	case asJSON:
		rows := make([]sessionJSON, len(list))
		for i := range list {
			rows[i] = newSessionJSON(&list[i])
		}
		return a.writeJSON(rows)
	case len(list) == 0:
		return nil
	}
	return report.Sessions(a.text(), list)
}

// journalNamed is the folder of the sessions, and the journal in it that ref names as in journal.Find.
func (a *App) journalNamed(ref string) (dir, path string, err error) {
	if dir, err = a.sessionsPath(); err != nil {
		return "", "", err
	}
	if path, err = journal.Find(dir, ref); err == nil {
		return dir, path, nil
	}
	if !journal.HasJournals(dir) {
		return "", "", failed(beginHint, "%w", err)
	}
	return "", "", failed("interview review list shows the sessions", "%w", err)
}

// sessionAndBank finds the journal of a session and opens the bank that it is judged by.
func (a *App) sessionAndBank(ref string) (path string, b *bank.Bank, err error) {
	if _, path, err = a.journalNamed(ref); err != nil {
		return "", nil, err
	}
	b, err = a.openBank()
	return path, b, err
}

// readSession folds one journal. With an error the session is what stands before the mistake.
func readSession(path string) (session.Session, error) {
	events, err := journal.Read(path)
	s, folding := session.Fold(sessionID(path), events)
	if folding != nil && err == nil {
		err = fmt.Errorf("%s: %w", path, folding)
	}
	return s, err
}

// sessionID is the name of a journal without its ending.
func sessionID(path string) string { return strings.TrimSuffix(filepath.Base(path), ".jsonl") }
