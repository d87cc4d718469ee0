package report

import (
	"fmt"
	"strings"

	"interview/internal/bank"
	"interview/internal/grade"
)

// marks draws every mark: what was raised with its quotes and where they stand, what was missed with what was sought and
// why an interviewer cares. named puts the prompt's title above, where a report holds several.
func (p *page) marks(s *Sheet, named bool) {
	if named {
		p.gap()
		p.add("%s · %s: %s", flat(s.Item.Prompt.Title), s.Item.Prompt.ID, scoreLine(&s.Grade))
	}
	for _, ph := range s.Item.Framework.Phases {
		first := true
		for i := range s.Grade.Marks {
			m := &s.Grade.Marks[i]
			if m.Phase != ph.ID {
				continue
			}
			if first {
				p.gap()
				p.add("%s", strings.ToUpper(flat(ph.Title)))
				first = false
			}
			p.mark(s, m)
		}
	}
}

func (p *page) mark(s *Sheet, m *grade.Mark) {
	p.tail(pad(verdict(m), 11)+" ", m.Title, earned(m))
	for _, e := range m.Evidence {
		lead := "            “"
		if e.Against {
			lead = "            against: “"
		}
		p.wrap(lead, e.Quote+"” — "+s.lines(e.Answer, e.Start, e.End), 0)
	}
	if m.Unmarked != "" {
		p.wrap("            because: ", m.Unmarked, 0)
		return
	}
	if m.Sought == "" {
		return
	}
	p.wrap("            "+soughtWord(m), m.Sought, 0)
	if c := criterion(s.Item, m.Criterion); c != nil && c.Why != "" && m.Points < m.Max {
		p.wrap("            why: ", c.Why, 0)
	}
}

// verdict is one word for a mark.
func verdict(m *grade.Mark) string {
	switch {
	case m.NotAsked:
		return "not asked"
	case m.Unmarked != "":
		return "not judged"
	case m.Points > 0:
		return "raised"
	}
	return "missed"
}

func earned(m *grade.Mark) string {
	if m.NotAsked || m.Unmarked != "" {
		return reached(m)
	}
	return fmt.Sprintf("%s · %s of %s", reached(m), points(m.Points), points(m.Max))
}

// soughtWord introduces what would have earned more: advice where it cost nothing.
func soughtWord(m *grade.Mark) string {
	switch {
	case m.NotAsked:
		return "advice: "
	case m.Points > 0:
		return "for more: "
	}
	return "looked for: "
}

func criterion(it *bank.Item, id string) *bank.Criterion {
	for i := range it.Criteria {
		if it.Criteria[i].ID == id {
			return &it.Criteria[i]
		}
	}
	return nil
}
