package cli

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"interview/internal/grade"
	"interview/internal/journal"
	"interview/internal/judge"
	"interview/internal/report"
	"interview/internal/session"
)

// compared is one criterion over the sessions: what rules and judge said, and the lines where they differ.
type compared struct {
	pairs           []judge.Pair
	hit, miss, note []string
}

// calibration compares recorded opinions with the marks. It asks nobody.
type calibration struct {
	names []string // prompt/criterion, in the order met
	by    map[string]*compared
	void  int // opinions that count for nothing, and those that the model did not repeat
}

// calibrate prints how often rules and judge agree, and where they do not as lines for a person to edit into the rubric.
func (a *App) calibrate(refs []string) error {
	if len(refs) == 0 {
		return usage("interview judge --calibrate last", "--calibrate needs at least one SESSION")
	}
	dir, err := a.sessionsPath()
	if err != nil {
		return err
	}
	c := calibration{by: map[string]*compared{}}
	seen := map[string]bool{}
	for _, ref := range refs {
		path, err := journal.Find(dir, ref)
		if err != nil {
			return failed("interview review list shows the sessions", "%w", err)
		}
		if seen[path] { // given twice, it counts once
			continue
		}
		seen[path] = true
		s, err := readSession(path)
		if err != nil {
			return err
		}
		c.session(a, &s)
	}
	if len(c.names) == 0 {
		return failed("interview judge SESSION asks for opinions", "no session of these has opinions to compare")
	}
	if c.void > 0 {
		a.note("%s left out: void, or not repeated when asked again", counted(c.void, "opinion"))
	}
	return c.write(a.text())
}

func (c *calibration) session(a *App, s *session.Session) {
	for i := range s.Grades {
		g := &s.Grades[i]
		switch f := s.FeedbackOn(g.Prompt); {
		case f == nil || !f.Judged():
			a.note("%s: no opinions on %s", s.ID, g.Prompt)
		case f.Rubric != g.Rubric:
			a.note("%s: the rubric of %s changed between grade and judge, left out", s.ID, g.Prompt)
		default:
			for j := range g.Marks {
				c.mark(s.ID, g, &g.Marks[j], f)
			}
		}
	}
}

// mark takes one criterion of one session in.
func (c *calibration) mark(id string, g *grade.Grade, m *grade.Mark, f *grade.Feedback) {
	o := f.Opinion(m.Criterion)
	switch {
	case o == nil || m.Unmarked != "" || m.NotAsked:
		return
	case o.Void != "" || o.Again != "":
		c.void++
		return
	}
	name := g.Prompt + "/" + m.Criterion
	if c.by[name] == nil {
		c.by[name] = &compared{}
		c.names = append(c.names, name)
	}
	x := c.by[name]
	x.pairs = append(x.pairs, judge.Pair{Rules: m.Level, Judge: o.Level})
	if !report.Differ(m, o) {
		return
	}
	about := fmt.Sprintf("%s: rules %s, judge %s: %s", id, levelOr(m.Level), levelOr(o.Level), flatten(o.Why))
	switch {
	case m.Level == "":
		x.hit = append(x.hit, example(o.Quote, about))
	case o.Level == "" && len(m.Evidence) > 0:
		x.miss = append(x.miss, example(m.Evidence[0].Quote, about))
	default:
		x.note = append(x.note, "  # "+about)
	}
}

func levelOr(level string) string {
	if level == "" {
		return "none"
	}
	return level
}

func flatten(s string) string { return strings.Join(strings.Fields(s), " ") }

func example(quote, about string) string {
	return fmt.Sprintf("    - %s # %s", strconv.Quote(flatten(quote)), about)
}

// write draws the table as comments, so that the whole is YAML.
func (c *calibration) write(w io.Writer) error {
	var b strings.Builder
	wide := len("all")
	for _, name := range c.names {
		wide = max(wide, len(name))
	}
	fmt.Fprintf(&b, "# %-*s  %4s  %6s  %6s\n", wide, "criterion", "n", "agree", "kappa")
	var all []judge.Pair
	for _, name := range c.names {
		all = append(all, c.by[name].pairs...)
		b.WriteString(agreementLine(wide, name, c.by[name].pairs))
	}
	b.WriteString(agreementLine(wide, "all", all))
	b.WriteString("# kappa is agreement beyond chance: 1 always, 0 no more than chance, - where both say one and the same every time.\n")
	b.WriteString("# Candidates for the examples of each criterion: read and edit them, a model may be wrong.\n")
	slices.Sort(c.names)
	for _, name := range c.names {
		c.by[name].write(&b, name)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func agreementLine(wide int, name string, pairs []judge.Pair) string {
	kappa := "-"
	if k, defined := judge.Kappa(pairs); defined {
		kappa = fmt.Sprintf("%.2f", k)
	}
	return fmt.Sprintf("# %-*s  %4d  %6d  %6s\n", wide, name, len(pairs), judge.Agreed(pairs), kappa)
}

func (x *compared) write(b *strings.Builder, name string) {
	if len(x.hit)+len(x.miss)+len(x.note) == 0 {
		return
	}
	fmt.Fprintf(b, "%s:\n", name)
	for _, line := range x.note {
		b.WriteString(line + "\n")
	}
	for _, part := range []struct {
		key   string
		lines []string
	}{{"hit", x.hit}, {"miss", x.miss}} {
		if len(part.lines) > 0 {
			fmt.Fprintf(b, "  %s:\n%s\n", part.key, strings.Join(part.lines, "\n"))
		}
	}
}
