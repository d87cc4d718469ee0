package cli

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/report"
	"interview/internal/review"
	"interview/internal/session"
)

// trendFlags say what a trend is about.
type trendFlags struct {
	scope        review.Scope
	since        string
	json, strict bool
}

func (a *App) trendCommand() *cobra.Command {
	var f trendFlags
	c := &cobra.Command{
		Use:   "trend",
		Short: "Show how scores and times changed over the sessions",
		Long: "First cold tries are drawn apart from repeats and from tries after a hint, the rubric or the model answer: only they show\n" +
			"what you can do with a question that you have not seen.",
		Example: `  interview review trend
  interview review trend --phase deep-dives
  interview review trend --concept locking
  interview review trend --criterion url-shortener/code-generation`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.trend(f) },
	}
	c.Flags().StringVar(&f.scope.Phase, "phase", "", "only this `phase`")
	c.Flags().StringVar(&f.scope.Criterion, "criterion", "", "only this `criterion`, a prompt's own as PROMPT/CRITERION")
	c.Flags().StringVar(&f.scope.Concept, "concept", "", "only criteria that this `card` teaches")
	c.Flags().StringVar(&f.scope.Prompt, "prompt", "", "only this `prompt` or card")
	c.Flags().StringVar(&f.scope.Track, "track", "", "only this `track`")
	c.Flags().StringVar(&f.scope.Mode, "mode", "", "only sessions of this `mode`: "+strings.Join(modes, ", "))
	c.Flags().StringVar(&f.since, "since", "", sinceHelp)
	c.Flags().BoolVar(&f.json, "json", false, "as JSON")
	c.Flags().BoolVar(&f.strict, "strict", false, strictHelp)
	_ = c.RegisterFlagCompletionFunc("phase", a.completePhases) // fails only for an unknown flag, as do the others
	_ = c.RegisterFlagCompletionFunc("track", a.completeTracks)
	_ = c.RegisterFlagCompletionFunc("mode", cobra.FixedCompletions(modes, noFiles))
	return c
}

func (a *App) trend(f trendFlags) error {
	var err error
	if f.scope.Since, err = a.since(f.since); err != nil {
		return err
	}
	if err := checkMode(f.scope.Mode); err != nil {
		return err
	}
	h, err := a.history()
	if err != nil {
		return err
	}
	tries := a.apart(f.scope.Of(h.tries), f.scope.Mode)
	if len(tries) == 0 {
		if err := a.unknown(&f.scope, h.tries); err != nil {
			return err
		}
	}
	sittings := review.Sittings(tries)
	if f.json {
		err = a.writeJSON(trendRows(sittings))
	} else if len(sittings) == 0 {
		a.note("nothing graded fits in %s", h.dir)
		if len(h.tries) == 0 {
			a.hint(beginHint)
		}
	} else {
		t := report.Trend{Of: scopeName(&f.scope), Sittings: sittings, Moves: review.Moves(tries)}
		err = t.Draw(a.text())
	}
	return cmp.Or(err, strictly(f.strict, h.damaged))
}

// apart leaves out what was answered on one blank page, unless it is asked for or all there is: where the phases are named,
// nobody measures whether you knew them.
func (a *App) apart(tries []review.Try, mode string) []review.Try {
	named := slices.DeleteFunc(slices.Clone(tries), func(t review.Try) bool { return t.Mode == session.ModeBlank })
	if mode != "" || len(named) == 0 || len(named) == len(tries) {
		return tries
	}
	a.note("sittings on a blank page are kept apart: --mode %s shows them", session.ModeBlank)
	return named
}

// scopeName says in words what a trend is about.
func scopeName(c *review.Scope) string {
	var names []string
	for _, part := range []struct{ name, value string }{{"track", c.Track}, {"prompt", c.Prompt}, {"phase", c.Phase}, {"criterion", c.Criterion},
		{"concept", c.Concept}, {"mode", c.Mode}} {
		if part.value != "" {
			names = append(names, part.name+" "+part.value)
		}
	}
	return cmp.Or(strings.Join(names, ", "), "All that was graded")
}

// unknown refuses a name that neither the bank nor any session has: it is misspelt.
func (a *App) unknown(c *review.Scope, tries []review.Try) error {
	var phases, prompts, tracks, criteria, concepts []string
	for i := range tries {
		t := &tries[i]
		phases, prompts, tracks = append(phases, t.Phase), append(prompts, t.Prompt), append(tracks, t.Track)
		for _, m := range t.Marks {
			criteria, concepts = append(criteria, m.Criterion, t.Prompt+"/"+m.Criterion), append(concepts, m.Concept)
		}
	}
	for _, h := range a.heads() {
		phases, prompts, tracks = append(phases, h.Phases...), append(prompts, h.ID), append(tracks, h.Track)
		concepts = append(concepts, h.ID, strings.TrimPrefix(h.ID, h.Deck+"-"))
	}
	if c.Criterion != "" && !slices.Contains(criteria, c.Criterion) {
		criteria = append(criteria, a.criteriaOf(c.Criterion)...)
	}
	return misspelt([]name{{"phase", c.Phase, phases}, {"prompt", c.Prompt, prompts}, {"track", c.Track, tracks}, {"criterion", c.Criterion, criteria},
		{"concept", c.Concept, concepts}})
}

// name is what was asked for, and the names that there are.
type name struct {
	kind, value string
	known       []string
}

// misspelt refuses the first name that is not known, and says which are near. "" asks for none.
func misspelt(names []name) error {
	for _, n := range names {
		if n.value != "" && !slices.Contains(n.known, n.value) {
			slices.Sort(n.known)
			return &bank.NotFound{Kind: n.kind, ID: n.value, Near: bank.Near(n.value, slices.Compact(n.known))}
		}
	}
	return nil
}

// criteriaOf are the criteria of the prompt or rubric before the slash.
func (a *App) criteriaOf(ref string) []string {
	id, name, _ := strings.Cut(ref, "/")
	b, err := a.openBank()
	if err != nil {
		return nil
	}
	if c, err := criterionOf(b, id, name); err == nil && c != nil {
		return []string{ref}
	}
	return nil
}

// trendJSON is one session of a trend; times in seconds, a budget of 0 for none.
type trendJSON struct {
	Session string  `json:"session"`
	Prompt  string  `json:"prompt"`
	Started string  `json:"started"`
	Mode    string  `json:"mode"`
	Score   float64 `json:"score"`
	Seconds float64 `json:"seconds"`
	Budget  float64 `json:"budget"`
	Cold    bool    `json:"cold"`
	Help    string  `json:"help"`
}

func trendRows(sittings []review.Sitting) []trendJSON {
	rows := make([]trendJSON, len(sittings))
	for i := range sittings {
		s := &sittings[i]
		rows[i] = trendJSON{s.Session, s.Prompt, s.At.Format(time.RFC3339), s.Mode, s.Score(), seconds(s.Took), seconds(s.Budget),
			s.Help == review.Cold, s.Help.String()}
	}
	return rows
}
