package report

import (
	"io"

	"interview/internal/grade"
)

// Why draws what became of each claim, criterion by criterion: where it holds, or how near the answer came and what
// stopped it. The traces point into the answers of the sheet.
func Why(w io.Writer, s *Sheet, traces []grade.Trace) error {
	var p page
	for i := range traces {
		t := &traces[i]
		if i == 0 || traces[i-1].Criterion != t.Criterion {
			p.gap()
			c := criterion(s.Item, t.Criterion)
			p.add("%s: %s", t.Criterion, flat(c.Title))
		}
		p.trace(s, t)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) trace(s *Sheet, t *grade.Trace) {
	sign := "✗"
	if t.Holds {
		sign = "✓"
	}
	p.wrap("  "+sign+" "+pad(t.Level, 8)+" ", t.Claim, 0)
	if t.Stopped != "" {
		p.wrap("             ", t.Stopped, 0)
	}
	if t.Evidence.Quote != "" {
		where := s.lines(t.Evidence.Answer, t.Evidence.Start, t.Evidence.End)
		p.wrap("             ", where+": “"+t.Evidence.Quote+"”", 2)
	}
}
