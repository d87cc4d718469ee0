package report

import (
	"fmt"
	"io"
	"strings"

	"interview/internal/grade"
)

// FeedbackMark begins every page of feedback, so that a later run may tell its own pages from other files.
const FeedbackMark = "<!-- feedback by interview grade -->"

const raisedNote = "*Raised* means that the text says it in one affirmed sentence, which is quoted. It is not a judgement that the whole is right."

// Feedback writes a page of Markdown for whoever wrote the answer of that name: each mark with its quotes, each miss with
// what was looked for and why.
func Feedback(w io.Writer, name string, s *Sheet) error {
	b := newFeedback(name)
	g := &s.Grade
	for _, c := range g.Screens {
		b.line("Not counted: %s (%s)", s.lines(c.Answer, c.Start, c.End), markdown(c.Why))
		b.line("")
	}
	b.line("%s: raised %s%s", markdown(s.Item.Prompt.Title), scoreLine(g), atLevel(g))
	b.line("")
	b.line("%s", raisedNote)
	for _, ph := range s.Item.Framework.Phases {
		first := true
		for i := range g.Marks {
			m := &g.Marks[i]
			if m.Phase != ph.ID {
				continue
			}
			if first {
				b.line("")
				b.line("## %s", markdown(ph.Title))
				b.line("")
				first = false
			}
			b.mark(s, m)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func atLevel(g *grade.Grade) string {
	if g.Level == "" {
		return ""
	}
	return ", level " + g.Level
}

// ReferenceFeedback is Feedback for a grade against a model answer: each clause with the words that met it and those missing.
func ReferenceFeedback(w io.Writer, name, text string, g *grade.Grade) error {
	b := newFeedback(name)
	b.line("%s (%s)", capital(Band(g.Score())), number(g.Score()))
	b.line("")
	b.line("%s", bandNote)
	if g.Points == 0 && found(g) {
		b.line("")
		b.line("%s", onlyAsked)
	}
	if MuchLonger(text, g) {
		b.line("")
		b.line("%s.", capital(LongNote))
	}
	b.line("")
	b.line("## Clauses of the model answer")
	b.line("")
	for i := range g.Marks {
		m := &g.Marks[i]
		met, of := clauseWords(m)
		b.line("- **%s**: %d of %d words", markdown(m.Title), met, of)
		if met > 0 {
			b.line("  - met by: %s", markdown(metBy(text, m)))
		}
		if m.Sought != "" {
			b.line("  - missing: %s", markdown(strings.Join(strings.Fields(m.Sought), " · ")))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// feedback is a page of Markdown.
type feedback struct{ strings.Builder }

func newFeedback(name string) *feedback {
	b := &feedback{}
	b.line("%s", FeedbackMark)
	b.line("# %s", markdown(name))
	b.line("")
	return b
}

func (b *feedback) line(format string, args ...any) { fmt.Fprintf(b, format+"\n", args...) }

func (b *feedback) mark(s *Sheet, m *grade.Mark) {
	b.line("- **%s**: %s%s", markdown(m.Title), verdict(m), earned(m))
	for _, e := range m.Evidence {
		lead := ""
		if e.Against {
			lead = "against: "
		}
		b.line("  - %s“%s” (%s)", lead, markdown(e.Quote), s.lines(e.Answer, e.Start, e.End))
	}
	switch {
	case m.Unmarked != "":
		b.line("  - because: %s", markdown(m.Unmarked))
		return
	case m.Sought == "":
		return
	}
	b.line("  - %s%s", soughtWord(m), markdown(m.Sought))
	if c := criterion(s.Item, m.Criterion); c != nil && c.Why != "" && m.Points < m.Max {
		b.line("  - why: %s", markdown(c.Why))
	}
}

// markdown is foreign text on one line in which no character marks anything up.
func markdown(s string) string {
	var b strings.Builder
	for _, r := range flat(s) {
		if strings.ContainsRune("\\`*_[]<>#|~&$", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
