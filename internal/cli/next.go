package cli

import (
	"cmp"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/report"
	"interview/internal/review"
)

// nextCommands say where you are, and what to do now.
func (a *App) nextCommands() []*cobra.Command {
	return []*cobra.Command{a.nextCommand(), a.statusCommand()}
}

// nextFlags are those of next and status.
type nextFlags struct {
	interview    string
	json, strict bool
}

func (a *App) nextFlagsOf(c *cobra.Command, f *nextFlags) {
	c.Flags().StringVar(&f.interview, "interview-date", "", interviewHelp)
	c.Flags().BoolVar(&f.json, "json", false, "as JSON")
	c.Flags().BoolVar(&f.strict, "strict", false, strictHelp)
}

const interviewHelp = "`day` of your interview (2026-12-20): no gap is longer than half the days left"

func (a *App) nextCommand() *cobra.Command {
	var f nextFlags
	c := &cobra.Command{
		Use:   "next",
		Short: "Name one thing to practise now, and why",
		Long: "The first of: a sitting left unfinished; what is due; the weakest phase over its last tries; a prompt never tried; the one\n" +
			"whose last try lies longest back. Never two of one family in a row while there is another.",
		Example: `  interview next
  interview next --interview-date 2026-12-20`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.next(f) },
	}
	a.nextFlagsOf(c, &f)
	return c
}

func (a *App) statusCommand() *cobra.Command {
	var f nextFlags
	c := &cobra.Command{
		Use:   "status",
		Short: "Show how every phase and deck stands, and what is due today",
		Example: `  interview status
  interview status --interview-date 2026-12-20
  interview status --examples`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.status(f) },
	}
	a.nextFlagsOf(c, &f)
	c.Flags().BoolVar(&a.examples, "examples", false, examplesHelp)
	return c
}

// practised is what the questions about what comes next look at.
func (a *App) practised(b *bank.Bank, interview string) (*review.Practice, *history, error) {
	date, err := a.interviewDate(interview)
	if err != nil {
		return nil, nil, err
	}
	h, err := a.history()
	if err != nil {
		return nil, nil, err
	}
	heads, broken := b.Heads()
	if err := wrong(broken); err != nil {
		a.note("%v", err) // the others are as good as before
	}
	return &review.Practice{Entries: h.entries, Tries: h.tries, Heads: heads, Calendar: review.Calendar{Now: a.Now().Local(), Interview: date}}, h, nil
}

func (a *App) interviewDate(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	now := a.Now().Local()
	day, err := time.ParseInLocation(time.DateOnly, text, now.Location())
	switch {
	case err != nil:
		return day, usage("for instance --interview-date 2026-12-20", "--interview-date %q is no day", text)
	case day.Before(now):
		return day, usage("", "--interview-date %s is not after today", text)
	}
	return day, nil
}

// adviceJSON is what next says.
type adviceJSON struct {
	Why     string   `json:"why"`
	Command []string `json:"command"`
}

func (a *App) next(f nextFlags) error {
	b, err := a.openBank()
	if err != nil {
		return err
	}
	p, h, err := a.practised(b, f.interview)
	if err != nil {
		return err
	}
	advice, ok := p.Next()
	if !ok {
		return failed("interview check shows what is in it", "the bank has no prompt")
	}
	args := append(advice.Args, a.globalFlags()...)
	if f.interview != "" && len(h.tries) > 0 && args[0] == "drill" && args[1] == "--due" {
		args = append(args, "--interview-date", f.interview)
	}
	if f.json {
		err = a.writeJSON(adviceJSON{advice.Why, append([]string{"interview"}, args...)})
	} else {
		_, err = fmt.Fprintf(a.text(), "%s\n  %s\n", advice.Why, commandLine(args))
	}
	return cmp.Or(err, strictly(f.strict, h.damaged))
}

// statusJSON is how everything stands. Scores are 0..1, null where nothing was graded.
type statusJSON struct {
	Parts []partJSON `json:"parts"`
	Today []dueJSON  `json:"today"`
	Days  *int       `json:"days_left"` // until the interview
}

type partJSON struct {
	Track string   `json:"track"`
	Phase string   `json:"phase,omitempty"`
	Deck  string   `json:"deck,omitempty"`
	Tried int      `json:"tried"`
	Of    int      `json:"of"`
	Last  string   `json:"last,omitempty"`
	Score *float64 `json:"score"`
	Best  *float64 `json:"best"`
	Due   int      `json:"due"`
}

type dueJSON struct {
	Prompt string `json:"prompt"`
	Phase  string `json:"phase"`
	Due    string `json:"due"`
}

func (a *App) status(f nextFlags) error {
	b, err := a.openBank()
	if err != nil {
		return err
	}
	p, h, err := a.practised(b, f.interview)
	if err != nil {
		return err
	}
	s := report.Standing{Parts: p.Status(), Today: p.Today(), Calendar: p.Calendar}
	if f.json {
		err = a.writeJSON(newStatusJSON(&s))
	} else if err = s.Draw(a.text()); err == nil && len(s.Today) > 0 && !a.examples {
		a.hint("%s", commandLine(append([]string{"drill", "--due"}, a.globalFlags()...)))
	}
	return cmp.Or(err, strictly(f.strict, h.damaged))
}

func newStatusJSON(s *report.Standing) statusJSON {
	out := statusJSON{Parts: []partJSON{}, Today: []dueJSON{}}
	for i := range s.Parts {
		p := &s.Parts[i]
		row := partJSON{Track: p.Track, Phase: p.Name, Tried: p.Tried, Of: p.Of, Due: p.Due}
		if p.Deck {
			row.Phase, row.Deck = "", p.Name
		}
		if !p.Last.IsZero() {
			row.Last = p.Last.Format(time.RFC3339)
		}
		if p.Graded {
			row.Score, row.Best = &p.Score, &p.Best
		}
		out.Parts = append(out.Parts, row)
	}
	for i := range s.Today {
		out.Today = append(out.Today, dueJSON{s.Today[i].Prompt, s.Today[i].Phase, s.Today[i].Due.Format(time.DateOnly)})
	}
	if days, set := s.Calendar.Left(); set {
		out.Days = &days
	}
	return out
}
