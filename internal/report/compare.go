package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/review"
	"interview/internal/session"
)

// Compared is two sessions set side by side.
type Compared struct {
	A, B    *session.Session
	Prompts []review.Comparison
	Item    func(prompt string) *bank.Item // nil where it is not in the bank
}

// changes are the groups of a comparison, in their order.
var changes = []struct {
	change review.Change
	title  string
}{
	{review.Won, "Won"}, {review.Lost, "Lost"}, {review.OnlyOne, "Judged in one of them only"}, {review.Unchanged, "Unchanged"},
}

// Compare draws what was won and lost from one session to the other, criterion by criterion, and how the answers differ.
func Compare(w io.Writer, c *Compared) error {
	var p page
	p.side("A", c.A)
	p.side("B", c.B)
	for i := range c.Prompts {
		p.comparison(c, &c.Prompts[i])
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// Regraded draws what a prompt's marks were and are.
func Regraded(w io.Writer, comparisons []review.Comparison) error {
	var p page
	for i := range comparisons {
		c := &comparisons[i]
		p.gap()
		p.scores(c, "before", "now")
		p.groups(c, "before", "now", false)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) side(name string, s *session.Session) {
	e := review.EntryOf(s)
	p.lines = append(p.lines, strings.TrimRight(fmt.Sprintf("%s  %s  %s  %s", name, flat(s.ID), s.OpenedAt.Local().Format(minute), Clock(e.Took)), " "))
}

func (p *page) comparison(c *Compared, of *review.Comparison) {
	p.gap()
	p.scores(of, "A", "B")
	if of.RubricChanged {
		p.wrap("", "The rubric, or how it is read, changed in between: points differ for that too. --regrade judges both by today's.", 0)
	}
	p.groups(of, "A", "B", true)
	p.differences(c, of.Prompt)
}

func (p *page) scores(c *review.Comparison, a, b string) {
	p.add("%s", flat(c.Prompt))
	for _, side := range []struct {
		name string
		g    *grade.Grade
	}{{a, &c.A}, {b, &c.B}} {
		p.add("  %-7s %5s %s  %s of %s points  %s", side.name, percent(side.g.Score()), bar(side.g.Score()), points(side.g.Points), points(side.g.Possible), flat(side.g.Level))
	}
}

// titleWidth leaves room for two columns of points.
const titleWidth = 52

// groups draws the criteria by what became of them; what is unchanged only where it is asked for.
func (p *page) groups(c *review.Comparison, a, b string, unchanged bool) {
	head := true
	for _, group := range changes {
		rows := 0
		for i := range c.Rows {
			r := &c.Rows[i]
			if r.Change != group.change || group.change == review.Unchanged && !unchanged {
				continue
			}
			if rows++; rows == 1 {
				columns := ""
				if head {
					columns, head = fmt.Sprintf("  %-9s  %s", a, b), false
				}
				p.gap()
				p.add("%s%s", pad(group.title, titleWidth+2), columns)
			}
			p.add("  %s  %-9s  %s", pad(flat(r.Mark().Title), titleWidth), pointsOf(r.A), pointsOf(r.B))
			if group.change == review.Won {
				p.add("      “%s”", clip(flat(quote(r.B)), Width-8))
			}
		}
	}
	if head {
		p.add("  no criterion changed")
	}
}

func pointsOf(m *grade.Mark) string {
	if m == nil {
		return "–"
	}
	return points(m.Points) + " of " + points(m.Max)
}

// quote is the first that speaks for a mark.
func quote(m *grade.Mark) string {
	for _, e := range m.Evidence {
		if !e.Against {
			return e.Quote
		}
	}
	return ""
}

// differences draws how the answers to a prompt differ, phase by phase.
func (p *page) differences(c *Compared, prompt string) {
	for _, phase := range phasesOf(prompt, c.A, c.B) {
		before, after := saidIn(c.A, prompt, phase), saidIn(c.B, prompt, phase)
		if before == after {
			continue
		}
		p.gap()
		p.add("%s", strings.ToUpper(c.title(prompt, phase)))
		diff, err := udiff.ToUnifiedDiff("A", "B", before, udiff.Lines(before, after), 1)
		if err != nil {
			continue // edits that udiff made itself always fit
		}
		for i, h := range diff.Hunks {
			if i > 0 {
				p.add("    …")
			}
			for _, line := range h.Lines {
				if strings.TrimSpace(line.Content) != "" {
					p.wrap(sign(line.Kind), line.Content, 0)
				}
			}
		}
	}
}

func sign(kind udiff.OpKind) string {
	switch kind {
	case udiff.Delete:
		return "  A │ "
	case udiff.Insert:
		return "  B │ "
	}
	return "    │ "
}

func (c *Compared) title(prompt, phase string) string {
	if it := c.Item(prompt); it != nil {
		if ph, ok := it.Phase(phase); ok {
			return flat(ph.Title)
		}
	}
	if phase == "" {
		return "Answer"
	}
	return flat(phase)
}

// phasesOf are the phases that either session answered, in the order of the first.
func phasesOf(prompt string, sessions ...*session.Session) []string {
	var phases []string
	seen := map[string]bool{}
	for _, s := range sessions {
		for _, t := range s.TurnsOf(prompt) {
			if !seen[t.Step.Phase] {
				seen[t.Step.Phase] = true
				phases = append(phases, t.Step.Phase)
			}
		}
	}
	return phases
}

// saidIn is all that was answered in a phase, ending in a new line where there is any.
func saidIn(s *session.Session, prompt, phase string) string {
	var b strings.Builder
	for _, t := range s.TurnsOf(prompt) {
		if t.Step.Phase == phase && strings.TrimSpace(t.Text) != "" {
			b.WriteString(strings.TrimSpace(t.Text) + "\n")
		}
	}
	return b.String()
}
