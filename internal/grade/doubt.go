package grade

import "fmt"

// Who says several things that are plainly false does not get the benefit of the doubt for the rest. With each contradicted
// criterion from doubtFrom on, a mark needs one more of its claims than usual. Answers of people who know the subject
// contradict none, rarely one.
const doubtFrom = 2

// doubting counts the criteria that the answers contradict.
func (m *marker) doubting() {
	if m.without(doubts) {
		return
	}
	n := 0
	for i := range m.criteria {
		c := &m.criteria[i]
		holds := m.byCriterion[i]
		var e *Evidence
		if list := m.against(c, holds); len(list) > 0 {
			e = &list[0]
		} else if _, turned := m.contradicted(c); turned != nil {
			q := m.quote(int(turned.unit), turned.first, turned.end)
			e = &q
		} else if wrong := m.wrongSum(c, holds); wrong != nil {
			e = wrong
		}
		if e != nil {
			n++
			m.contrary = append(m.contrary, Screen{Answer: e.Answer, Start: e.Start, End: e.End})
		}
	}
	if n < doubtFrom {
		m.contrary = nil
		return
	}
	m.doubt = n - doubtFrom + 1
	for i := range m.contrary {
		m.contrary[i].Why = fmt.Sprintf("contradict the rubric on %d points: every mark needs %d claims more", n, m.doubt)
		if m.doubt == 1 {
			m.contrary[i].Why = fmt.Sprintf("contradict the rubric on %d points: every mark needs one claim more", n)
		}
	}
}
