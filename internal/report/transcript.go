package report

import (
	"fmt"
	"io"
	"strings"

	"interview/internal/diagram"
	"interview/internal/session"
)

// Transcript draws a session turn by turn: what was asked, answered and drawn, in what time, and below each answer the marks
// that its words earned. Then come the report, the marks that no words stand behind, and what a
// model said of it all.
func Transcript(w io.Writer, r *Record) error {
	s := r.Session
	p := page{full: true}
	p.add("%s · %s", flat(s.Plan.Label), flat(s.ID))
	p.add("%s", when(s))
	for i, t := range r.turns() {
		p.gap()
		p.add("[%d/%d] %s", t.Index+1, len(s.Plan.Steps), turnTitle(s, t.Turn))
		if r.firstOf(i) {
			for _, g := range r.given(t.Step.Prompt) {
				p.body(givenTitle(&g), g.Text)
			}
		}
		if t.Step.Ask != "" {
			p.body(interviewer(&t.Step), t.Step.Ask)
		}
		p.asides(s, t.Index)
		p.body("You, "+took(t.Turn), t.Text)
		if picture := diagram.Draw(t.graph, Width-4); picture != "" {
			p.add("  Drawn")
			p.lines = append(p.lines, Wrap(strings.TrimRight(picture, "\n"), 4)...)
		}
		p.told(s, t.Index)
		p.turnMarks(&t)
	}
	if len(r.Sheets) > 0 {
		p.gap()
		p.summary(s.Plan.Label, r.Sheets)
		p.rest(r.Sheets)
		for i := range r.Sheets {
			p.opinions(&r.Sheets[i])
		}
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// interviewer is who asks a step.
func interviewer(s *session.Step) string {
	if s.By == "" {
		return "Interviewer"
	}
	return "Interviewer, in the words of " + flat(s.By)
}

// turnMarks lists the marks that the words of a turn earned, or lost.
func (p *page) turnMarks(t *turn) {
	for i, m := range t.marks {
		if i == 0 {
			p.gap()
		}
		p.mark(t.sheet, m)
	}
}

// summary draws the short report of one sheet or several.
func (p *page) summary(label string, sheets []Sheet) {
	var short page
	short.full = p.full
	if len(sheets) == 1 {
		short.short(&sheets[0])
	} else {
		short.several(label, sheets)
	}
	p.lines = append(p.lines, short.lines...)
}

// rest lists the marks that no words stand behind.
func (p *page) rest(sheets []Sheet) {
	for i := range sheets {
		s := &sheets[i]
		for _, ph := range s.Item.Framework.Phases {
			for k, m := range inPhase(s.wordless(), ph.ID) {
				if k == 0 {
					p.gap()
					p.add("%s, NOT RAISED", strings.ToUpper(flat(phaseOf(s, sheets, ph.Title))))
				}
				p.mark(s, m)
			}
		}
	}
}

// phaseOf names the prompt too where there are several.
func phaseOf(s *Sheet, sheets []Sheet, phase string) string {
	if len(sheets) > 1 {
		return phase + " · " + s.Item.Prompt.Title
	}
	return phase
}

// asides draws what was asked and which hints were taken in a step.
func (p *page) asides(s *session.Session, step int) {
	for _, a := range s.AsidesOf(step, "") {
		p.body("You asked", a.Question)
		p.body("Interviewer", a.Text)
	}
	for _, a := range s.AsidesOf(step, session.Hinted) {
		p.body("Hint", a.Text)
	}
}

// told draws what was shown after a step.
func (p *page) told(s *session.Session, step int) {
	for _, a := range afterwards(s, step) {
		p.body(a.Name, a.Text)
	}
}

// namedText is a text and whose it is.
type namedText struct{ Name, Text string }

// afterwards is what a step showed once it was answered: feedback, and the other side of a card.
func afterwards(s *session.Session, step int) []namedText {
	var out []namedText
	for _, kind := range []namedText{{"Feedback", session.Told}, {"Model answer", session.Model}} {
		for _, a := range s.AsidesOf(step, kind.Text) {
			out = append(out, namedText{kind.Name, a.Text})
		}
	}
	return out
}

var ratings = []string{"", "forgotten", "hard", "good", "easy"}

// took is the time of one turn, and what became of it.
func took(t *session.Turn) string {
	text := times([]session.Turn{*t})
	if t.Draft {
		text += ", not finished"
	}
	if t.Rating > 0 && t.Rating < len(ratings) {
		text += ", rated " + ratings[t.Rating]
	}
	return text
}

func givenTitle(g *session.Given) string {
	if g.Yours {
		return "Given: " + flat(g.Title) + ", your own answer"
	}
	return "Given: " + flat(g.Title) + ", the model answer"
}

const minute = "2006-01-02 15:04" // how a time is shown

func when(s *session.Session) string {
	began := s.OpenedAt.Local().Format(minute)
	if s.ClosedAt.IsZero() {
		return fmt.Sprintf("begun %s, not finished, %s", began, flat(s.Plan.Mode))
	}
	return fmt.Sprintf("begun %s, finished %s, %s", began, s.ClosedAt.Local().Format(minute), flat(s.Plan.Mode))
}

// turnTitle names the prompt too where a sitting has several.
func turnTitle(s *session.Session, t *session.Turn) string {
	title := flat(t.Step.Title)
	if len(s.Plan.Prompts) > 1 {
		title += " · " + flat(t.Step.Prompt)
	}
	return title
}
