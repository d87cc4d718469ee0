package report

import (
	"io"
	"strings"

	"interview/internal/grade"
)

// Model draws the model answer phase by phase, each below the person's own.
func Model(w io.Writer, sheets []Sheet) error {
	var p page
	for i := range sheets {
		s := &sheets[i]
		p.gap()
		p.add("%s · %s", flat(s.Item.Prompt.Title), s.Item.Prompt.ID)
		if s.onePage() {
			own, _ := s.own("")
			p.gap()
			p.body("You", own)
		}
		for _, ph := range s.Item.Framework.Phases {
			own, asked := s.own(ph.ID)
			if model := s.Item.Prompt.Model[ph.ID]; asked && (own != "" || model != "") {
				p.gap()
				p.add("%s", strings.ToUpper(flat(ph.Title)))
				if !s.onePage() {
					p.body("You", own)
				}
				p.body("Model answer", model)
			}
		}
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// own is the person's text of a phase; asked is false where a drill left the phase out.
func (s *Sheet) own(phase string) (text string, asked bool) {
	asked = len(s.Turns) == 0 || s.onePage()
	var texts []string
	for _, a := range s.Answers {
		if a.Phase == phase {
			texts = append(texts, a.Text)
			asked = true
		}
	}
	return strings.Join(texts, "\n\n"), asked
}

// body keeps the lines of a text and breaks those that are too long.
func (p *page) body(name, text string) {
	p.add("  %s", name)
	text = strings.TrimSpace(text)
	if text == "" {
		p.add("    (nothing)")
		return
	}
	p.lines = append(p.lines, Wrap(text, 4)...)
}

// Wrap is WrapAt for the width of a report.
func Wrap(text string, indent int) []string { return WrapAt(text, indent, Width) }

// WrapAt breaks text into lines of at most width columns, at least 1, each behind indent spaces. It keeps the text's own lines and how far they are
// indented, and makes control characters visible.
func WrapAt(text string, indent, width int) []string {
	var out []string
	margin := strings.Repeat(" ", indent)
	for line := range strings.SplitSeq(Clean(text), "\n") {
		line = strings.ReplaceAll(strings.TrimRight(line, " \t"), "\t", "    ")
		if widthOf(line) <= width-indent { // a drawing keeps its columns
			out = append(out, strings.TrimRight(margin+line, " "))
			continue
		}
		inner := line[:len(line)-len(strings.TrimLeft(line, " "))]
		if len(inner) > width/2 {
			inner = ""
		}
		for _, piece := range breakLines(line, max(1, width-indent-len(inner))) {
			out = append(out, strings.TrimRight(margin+inner+piece, " "))
		}
	}
	return out
}

// Change draws what a new try won and lost against the one before, criterion by criterion.
func Change(w io.Writer, before, after []grade.Grade) error {
	var p page
	old := map[string]*grade.Mark{}
	var a, b grade.Grade
	for i := range before {
		a.Points += before[i].Points
		for j := range before[i].Marks {
			m := &before[i].Marks[j]
			old[before[i].Prompt+" "+m.Criterion] = m
		}
	}
	var won, lost []*grade.Mark
	for i := range after {
		b.Points, b.Max = b.Points+after[i].Points, b.Max+after[i].Max
		for j := range after[i].Marks {
			m := &after[i].Marks[j]
			switch o := old[after[i].Prompt+" "+m.Criterion]; {
			case o == nil:
			case m.Points > o.Points:
				won = append(won, m)
			case m.Points < o.Points:
				lost = append(lost, m)
			}
		}
	}
	p.add("Against the try before: from %s to %s of %s points", points(a.Points), points(b.Points), points(b.Max))
	p.list("won", won)
	p.list("lost", lost)
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) list(word string, marks []*grade.Mark) {
	if len(marks) == 0 {
		p.add("  %s nothing", pad(word, 5))
	}
	for _, m := range marks {
		p.add("  %s %s%s", pad(word, 5), flat(m.Title), reached(m))
	}
}
