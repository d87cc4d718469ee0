package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"interview/internal/grade"
)

// Opinions draws what a model said of each sheet, beside the marks of the rules. With full every opinion comes with its
// quote, else those alone where the two differ.
func Opinions(w io.Writer, sheets []Sheet, full bool) error {
	p := page{full: full}
	for i := range sheets {
		p.opinions(&sheets[i])
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// opinions draws those of one sheet; nothing where no model was asked.
func (p *page) opinions(s *Sheet) {
	f := s.Feedback
	if f == nil {
		return
	}
	p.gap()
	p.add("The judge beside the rules: %s on %s", flat(f.Model), flat(s.Item.Prompt.Title))
	p.add("These are a model's opinions. No mark and no point depends on them.")
	if f.Err != "" {
		p.wrap("Not judged: ", f.Err, 0)
	}
	if f.Rubric != s.Grade.Rubric && len(f.Opinions) > 0 {
		p.wrap("", "The rubric changed between grade and judge: what differs may come from that.", 0)
	}
	if len(f.Opinions) > 0 {
		p.sideBySide(s, f)
		p.details(s, f)
	}
	p.bullets("Done well, it says", f.Well)
	p.bullets("Would raise the level most, it says", f.Next)
	if f.Question != "" {
		p.bullets("It would ask now", []string{f.Question})
	}
	p.bullets("Of its reply", f.Notes)
	p.cost(f)
}

// bullets draws texts under a heading.
func (p *page) bullets(heading string, texts []string) {
	if len(texts) == 0 {
		return
	}
	p.gap()
	p.add("%s", heading)
	for _, t := range texts {
		p.wrap("  - ", t, 0)
	}
}

// Columns of the table of opinions.
const (
	opinionTitle = 39
	opinionWord  = 12
)

// sideBySide gives each criterion a line: the mark of the rules, the opinion, and a sign where they differ.
func (p *page) sideBySide(s *Sheet, f *grade.Feedback) {
	p.gap()
	p.add("  %s %s %s", pad("", opinionTitle), pad("rules", opinionWord), "judge")
	differ, void, twice := false, false, false
	for i := range s.Grade.Marks {
		m := &s.Grade.Marks[i]
		o := f.Opinion(m.Criterion)
		line := "  " + pad(flat(m.Title), opinionTitle) + " " + pad(levelMark(m), opinionWord) + " "
		switch {
		case o == nil:
			line += "not judged"
		case o.Void != "":
			line, void = line+"void", true
		default:
			line += pad(levelWordOf(o.Level), opinionWord)
			if Differ(m, o) {
				line, differ = line+" ≠", true
			}
		}
		if o != nil && o.Again != "" {
			line, twice = line+" ? "+flat(o.Again), true
		}
		p.add("%s", line)
	}
	if differ {
		p.add("  ≠ they differ; read the quote below and judge for yourself")
	}
	if void {
		p.add("  void: it gives words that are not in your answer, or that prove nothing")
	}
	if twice {
		p.add("  ? asked again it said something else: do not build on it")
	}
}

// Differ says that a mark and an opinion that counts are not of the same level.
func Differ(m *grade.Mark, o *grade.Opinion) bool {
	return o != nil && o.Void == "" && m.Unmarked == "" && !m.NotAsked && m.Level != o.Level
}

func levelMark(m *grade.Mark) string {
	switch {
	case m.NotAsked:
		return "not asked"
	case m.Unmarked != "":
		return "not judged"
	}
	return levelWordOf(m.Level)
}

func levelWordOf(level string) string {
	if level == "" {
		return "none"
	}
	return flat(level)
}

// mostDetails is how many opinions the short report quotes.
const mostDetails = 5

// details quotes what opinions rest on: all of them, or in a short report the heaviest of those that differ.
func (p *page) details(s *Sheet, f *grade.Feedback) {
	var shown []*grade.Mark
	for i := range s.Grade.Marks {
		m := &s.Grade.Marks[i]
		if o := f.Opinion(m.Criterion); o != nil && (p.full || Differ(m, o)) {
			shown = append(shown, m)
		}
	}
	rest := 0
	if !p.full && len(shown) > mostDetails {
		slices.SortStableFunc(shown, func(a, b *grade.Mark) int { return cmp.Compare(b.Max, a.Max) })
		rest = len(shown) - mostDetails
		shown = shown[:mostDetails]
	}
	for _, m := range shown {
		p.detail(s, m, f.Opinion(m.Criterion))
	}
	if rest > 0 {
		p.gap()
		p.add("and %d more that differ: interview review show %s", rest, s.Session)
	}
}

func (p *page) detail(s *Sheet, m *grade.Mark, o *grade.Opinion) {
	p.gap()
	p.tail("", m.Title, fmt.Sprintf(": rules %s, judge %s", levelMark(m), levelWordOf(o.Level)))
	switch {
	case o.Void != "":
		p.wrap("  void, "+o.Void+": ", "“"+o.Quote+"”", 0)
	case o.Quote != "":
		p.wrap("  ", "“"+o.Quote+"” — "+s.lines(o.Answer, o.Start, o.End), 0)
	}
	p.wrap("  ", o.Why, 0)
}

// cost says what was asked and what it took.
func (p *page) cost(f *grade.Feedback) {
	in, out, took := 0, 0, 0.0
	for _, t := range f.Talk {
		in, out, took = in+t.In, out+t.Out, took+t.Seconds
	}
	if len(f.Talk) == 0 {
		return
	}
	p.gap()
	tokens := ""
	if in > 0 {
		tokens = fmt.Sprintf(", %d tokens in, %d out", in, out)
	}
	p.wrap("", fmt.Sprintf("%s at %s, brief %d, %s%s, %.0f s", f.Model, f.Host, f.Version, plural(len(f.Talk), "request"), tokens, took), 0)
}
