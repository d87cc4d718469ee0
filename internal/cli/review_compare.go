package cli

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/journal"
	"interview/internal/report"
	"interview/internal/review"
	"interview/internal/session"
)

func (a *App) compareCommand() *cobra.Command {
	var regrade, asJSON bool
	c := &cobra.Command{
		Use:   "compare [A] B",
		Short: "Set two sessions side by side: what was won, what was lost",
		Long: "Criteria are lined up by their ids, and answers by their phases. Without A, B is compared with the graded try of the same\n" +
			"thing before it. Where the rubric changed in between, --regrade judges both by today's; nothing is recorded.",
		Example: `  interview review compare last
  interview review compare 20261124T101500Z last --regrade`,
		Args:              cobra.RangeArgs(1, 2),
		ValidArgsFunction: a.completeSessions,
		RunE:              func(_ *cobra.Command, args []string) error { return a.compare(args, regrade, asJSON) },
	}
	c.Flags().BoolVar(&regrade, "regrade", false, "judge both by today's rubric")
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON, without the answers")
	return c
}

// compare shows what two journals hold; where one is broken, what stands before that, and then the error.
func (a *App) compare(refs []string, regrade, asJSON bool) error {
	b, broken, err := a.sessionNamed(refs[len(refs)-1])
	if err != nil {
		return err
	}
	before := a.tryBefore(&b)
	if len(refs) == 2 {
		first, damage, err := a.sessionNamed(refs[0])
		if err != nil {
			return err
		}
		before, broken = &first, errors.Join(damage, broken)
	}
	if before == nil {
		return failed("interview review compare A B takes any two", "no graded try of %s stands before %s", b.Plan.Label, b.ID)
	}
	items, err := a.openBank()
	if err != nil {
		return err
	}
	if regrade {
		for _, s := range []*session.Session{before, &b} {
			if err := a.gradeAgain(items, s); err != nil {
				return err
			}
		}
	}
	c := &report.Compared{A: before, B: &b, Prompts: review.Compare(before, &b), Item: func(prompt string) *bank.Item {
		it, _ := itemOf(items, &b.Plan, prompt)
		return it
	}}
	if len(c.Prompts) == 0 {
		return errors.Join(broken, failed("", "%s and %s have no graded prompt in common", before.ID, b.ID))
	}
	if asJSON {
		return errors.Join(broken, a.writeJSON(newComparedJSON(c)))
	}
	return errors.Join(broken, report.Compare(a.text(), c))
}

// comparedJSON is two sessions side by side; points are those of the marks, in the weights of each rubric.
type comparedJSON struct {
	A       string           `json:"a"`
	B       string           `json:"b"`
	Prompts []comparisonJSON `json:"prompts"`
}

type comparisonJSON struct {
	Prompt        string    `json:"prompt"`
	RubricChanged bool      `json:"rubric_changed"`
	A             sideJSON  `json:"a"`
	B             sideJSON  `json:"b"`
	Criteria      []rowJSON `json:"criteria"`
}

// sideJSON is one of two grades, or of two marks.
type sideJSON struct {
	Points   float64 `json:"points"`
	Possible float64 `json:"possible"`
	Level    string  `json:"level"`
}

// rowJSON is a criterion; a side that was not asked it, or not judged, is null.
type rowJSON struct {
	Criterion string        `json:"criterion"`
	Title     string        `json:"title"`
	Phase     string        `json:"phase"`
	Change    review.Change `json:"change"`
	A         *sideJSON     `json:"a"`
	B         *sideJSON     `json:"b"`
}

func newComparedJSON(c *report.Compared) comparedJSON {
	out := comparedJSON{A: c.A.ID, B: c.B.ID}
	for i := range c.Prompts {
		p := &c.Prompts[i]
		of := comparisonJSON{Prompt: p.Prompt, RubricChanged: p.RubricChanged, Criteria: []rowJSON{},
			A: sideJSON{p.A.Points, p.A.Possible, p.A.Level}, B: sideJSON{p.B.Points, p.B.Possible, p.B.Level}}
		for k := range p.Rows {
			r := &p.Rows[k]
			m := r.Mark()
			of.Criteria = append(of.Criteria, rowJSON{m.Criterion, m.Title, m.Phase, r.Change, sideOf(r.A), sideOf(r.B)})
		}
		out.Prompts = append(out.Prompts, of)
	}
	return out
}

func sideOf(m *grade.Mark) *sideJSON {
	if m == nil {
		return nil
	}
	return &sideJSON{m.Points, m.Max, m.Level}
}

// gradeAgain replaces the grades of a session by those of today's rubric. A prompt that is not in the bank any more keeps its own.
func (a *App) gradeAgain(b *bank.Bank, s *session.Session) error {
	grades, inTime := slices.Clone(s.Grades), []grade.Grade(nil)
	for i := range grades {
		prompt := grades[i].Prompt
		it, err := itemOf(b, &s.Plan, prompt)
		if errors.Is(err, errNoBank) {
			a.note("prompt %s is not in the bank any more: its grade stays", prompt)
			continue
		}
		if err != nil {
			return fmt.Errorf("prompt %s: %w", prompt, err)
		}
		sheet, problems := grade.Compile(it)
		if err := wrong(problems); err != nil {
			return err
		}
		phases := s.Plan.Graded(prompt)
		grades[i] = sheet.GradeTried(s.Answers(prompt, false), a.triedIn(it, s, false), phases...)
		if s.Late(prompt) {
			inTime = append(inTime, sheet.GradeTried(s.Answers(prompt, true), a.triedIn(it, s, true), phases...))
		}
	}
	s.Grades, s.InTime = grades, inTime
	return nil
}

func (a *App) regradeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "regrade SESSION",
		Short: "Judge a session again by today's rubric",
		Long:  "Appends the new grade to the session, where it counts from then on; the old one stays in the file.",
		Example: `  interview review regrade last
  interview review compare 20261124T101500Z last --regrade   judges without recording`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeOneSession,
		RunE:              func(_ *cobra.Command, args []string) error { return a.regrade(args[0]) },
	}
}

// regrade records a new grade. Of a broken journal it shows what the grade of what can be read would be, and records nothing.
func (a *App) regrade(ref string) error {
	path, b, err := a.sessionAndBank(ref)
	if err != nil {
		return err
	}
	w, events, broken := journal.Open(path)
	if w != nil {
		defer w.Close()
	}
	s, err := session.Fold(sessionID(path), events)
	switch {
	case err != nil && broken != nil:
		return broken
	case err != nil:
		return fmt.Errorf("%s: %w", path, err)
	case len(s.Grades) == 0 && broken != nil:
		return errors.Join(broken, fmt.Errorf("session %s has no grade before that", s.ID))
	case len(s.Grades) == 0:
		return failed("finish it first: "+a.resumeLine(s.ID, s.Plan.Mode), "session %s has no grade", s.ID)
	}
	old := s
	if err := a.gradeAgain(b, &s); err != nil {
		return err
	}
	comparisons := review.Compare(&old, &s)
	if err := report.Regraded(a.text(), comparisons); err != nil || broken != nil {
		return errors.Join(broken, err)
	}
	if !slices.ContainsFunc(comparisons, func(c review.Comparison) bool { return c.RubricChanged }) {
		a.note("it is graded by today's rubric already: nothing is recorded")
		return nil
	}
	e := session.Event{V: session.Version, Seq: events[len(events)-1].Seq + 1, At: a.Now().UTC().Round(time.Millisecond), Kind: session.Graded,
		Grades: s.Grades, InTime: s.InTime}
	return w.Record(e)
}
