package report

import (
	"io"
	"strings"

	"interview/internal/diagram"
	"interview/internal/grade"
	"interview/internal/session"
)

// Markdown writes a session as Markdown that can be graded again: each answer stands byte for byte between the lines that
// grade.ReadTranscript looks for, so that the questions, times and marks around it count for nothing.
func Markdown(w io.Writer, r *Record) error {
	s := r.Session
	b := &feedback{}
	b.line("# %s", markdown(r.title()))
	b.line("")
	b.line("%s, %s", markdown(s.ID), when(s))
	for i := range r.Sheets {
		b.line("")
		b.sheetLine(r, &r.Sheets[i])
	}
	for _, p := range s.Plan.Prompts {
		if line := grade.GradedLine(p.ID, s.Plan.Graded(p.ID)); line != "" {
			b.line("")
			b.WriteString(line)
		}
	}
	for i, t := range r.turns() {
		b.turn(r, i, &t)
	}
	b.rest(r)
	b.opinions(r)
	_, err := io.WriteString(w, b.String())
	return err
}

// title is the prompt's where there is one.
func (r *Record) title() string {
	if p := r.Session.Plan.Prompts; len(p) == 1 && p[0].Title != "" {
		return p[0].Title
	}
	return r.Session.Plan.Label
}

func (b *feedback) sheetLine(r *Record, s *Sheet) {
	lead := "Raised"
	if len(r.Sheets) > 1 {
		lead = markdown(s.Item.Prompt.Title) + ": raised"
	}
	b.line("%s %s%s", lead, scoreLine(&s.Grade), markdown(atLevel(&s.Grade)))
	for _, c := range s.Grade.Screens {
		b.line("")
		b.line("Not counted: %s (%s)", markdown(s.lines(c.Answer, c.Start, c.End)), markdown(c.Why))
	}
}

func (b *feedback) turn(r *Record, i int, t *turn) {
	b.line("")
	b.line("## %s", markdown(turnTitle(r.Session, t.Turn)))
	if r.firstOf(i) {
		for _, g := range r.given(t.Step.Prompt) {
			b.quoted(givenTitle(&g), g.Text)
		}
	}
	b.quoted("", t.Step.Ask)
	b.asides(r.Session, t.Index, "")
	b.asides(r.Session, t.Index, session.Hinted)
	b.line("")
	b.line("%s", took(t.Turn))
	b.line("")
	b.WriteString(grade.Enclosed(t.Step.Prompt, grade.Answer{Phase: t.Step.Phase, Text: t.Text}))
	if len(t.graph.Nodes) > 0 {
		b.line("")
		b.line("```mermaid")
		b.line("%s", strings.TrimRight(diagram.Mermaid(t.graph), "\n"))
		b.line("```")
	}
	for _, a := range afterwards(r.Session, t.Index) {
		b.quoted(a.Name, a.Text)
	}
	for k, m := range t.marks {
		if k == 0 {
			b.line("")
		}
		b.mark(t.sheet, m)
	}
}

// quoted is a text that is not the candidate's, as a quotation under its name.
func (b *feedback) quoted(name, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	b.line("")
	if name != "" {
		b.line("> *%s*", markdown(name))
		b.line(">")
	}
	for line := range strings.SplitSeq(strings.TrimSpace(Clean(text)), "\n") {
		b.line("> %s", markdown(line))
	}
}

func (b *feedback) asides(s *session.Session, step int, what string) {
	for _, a := range s.AsidesOf(step, what) {
		switch what {
		case session.Hinted:
			b.quoted("Hint", a.Text)
		default:
			b.quoted("You asked", a.Question)
			b.quoted("Interviewer", a.Text)
		}
	}
}

// opinions lists what a model said beside the marks.
func (b *feedback) opinions(r *Record) {
	for i := range r.Sheets {
		v := newJudge(r, &r.Sheets[i])
		if v == nil {
			continue
		}
		b.line("")
		b.line("## %s", markdown(v.Title))
		b.line("")
		b.line("%s", v.Caution)
		b.line("")
		for _, o := range v.Opinions {
			b.line("- **%s**: rules %s, judge %s%s", markdown(o.Title), markdown(o.Rules), markdown(o.Judge), o.Sign())
			for _, text := range []string{o.Quote, o.Why, o.Again} {
				if text != "" {
					b.line("  - %s", markdown(text))
				}
			}
		}
		for _, list := range v.Lists {
			b.line("")
			b.line("%s:", markdown(list.Name))
			b.line("")
			for _, text := range list.Texts {
				b.line("- %s", markdown(text))
			}
		}
	}
}

// rest lists the marks that no words stand behind.
func (b *feedback) rest(r *Record) {
	for i := range r.Sheets {
		s := &r.Sheets[i]
		marks := s.wordless()
		if len(marks) == 0 {
			continue
		}
		b.line("")
		b.line("## Not raised%s", markdown(phaseOf(s, r.Sheets, "")))
		for _, ph := range s.Item.Framework.Phases {
			for k, m := range inPhase(marks, ph.ID) {
				if k == 0 {
					b.line("")
					b.line("### %s", markdown(ph.Title))
					b.line("")
				}
				b.mark(s, m)
			}
		}
	}
}
