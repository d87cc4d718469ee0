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
	var regrade bool
	c := &cobra.Command{
		Use:   "compare [A] B",
		Short: "Set two sessions side by side: what was won, what was lost",
		Long: "Criteria are lined up by their ids, and answers by their phases. Without A, B is compared with the graded try of the same\n" +
			"thing before it. Where the rubric changed in between, --regrade judges both by today's; nothing is recorded.",
		Example: `  interview review compare last
  interview review compare 20261124T101500Z last --regrade`,
		Args:              cobra.RangeArgs(1, 2),
		ValidArgsFunction: a.completeSessions,
		RunE:              func(_ *cobra.Command, args []string) error { return a.compare(args, regrade) },
	}
	c.Flags().BoolVar(&regrade, "regrade", false, "judge both by today's rubric")
	return c
}

// compare shows what two journals hold; where one is broken, what stands before that, and then the error.
func (a *App) compare(refs []string, regrade bool) error {
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
	if err := report.Compare(a.text(), c); err != nil {
		return err
	}
	return broken
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
	dir, err := a.sessionsPath()
	if err != nil {
		return err
	}
	path, err := journal.Find(dir, ref)
	if err != nil {
		return failed("interview review list shows the sessions", "%w", err)
	}
	b, err := a.openBank()
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
	case len(s.Grades) == 0:
		return errors.Join(broken, failed("finish it first: "+a.resumeLine(s.ID), "session %s has no grade", s.ID))
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
