package grade

import "fmt"

// Who says several things that are plainly false does not get the benefit of the doubt for the rest. With each contradicted
// criterion from doubtFrom on, a mark needs one more of its claims than usual. Answers of people who know the subject
// contradict none, rarely one.
const doubtFrom = 2

// An answer that is turned round as a whole (direction.go) need not contradict the rubric in so many words. From strayFrom
// spreads on these are added up with half of the claims refused and the criteria contradicted, and what is above strayFree
// is doubt. Of the answers in testdata by people who know the field or some of it, whole and without their words of grammar,
// the highest has 3.0, and of forty answers by another hand 3.7. Of those with opposites swapped one lies between that and 4.8, and
// four hardly stray, which contradict the rubric in so many words.
const (
	strayFrom  = 1
	strayFree  = 4
	strayDoubt = 5 // claims for each above
	mostStray  = 6 // claims
)

// doubting decides how many claims more than usual each mark needs.
func (m *marker) doubting() {
	m.stray = m.astray()
	if m.without(doubts) {
		return
	}
	m.contradictions()
	n := len(m.contrary)
	m.doubt = max(0, n-doubtFrom+1)
	if stray := m.stray; stray >= strayFrom {
		stray += float64(m.refusals())/2 + float64(n) - strayFree
		if doubt := min(mostStray, int(strayDoubt*stray)); doubt > m.doubt {
			m.doubt = doubt
			for _, u := range m.turnedMost() {
				m.contrary = append(m.contrary, Screen{Answer: m.units[u].answer, Start: m.units[u].From, End: m.units[u].To})
			}
		}
	}
	if m.doubt == 0 {
		m.contrary = nil
	}
	more := "one claim"
	if m.doubt > 1 {
		more = fmt.Sprintf("%d claims", m.doubt)
	}
	for i := range m.contrary {
		why := "say the reverse of what is usual, as much of the answer does"
		if i < n {
			why = fmt.Sprintf("contradict the rubric on %d point%s", n, plural(n))
		}
		m.contrary[i].Why = fmt.Sprintf("%s: every mark needs %s more", why, more)
	}
}

// contradictions quotes a contradiction of each criterion that the answers contradict.
func (m *marker) contradictions() {
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
			m.contrary = append(m.contrary, Screen{Answer: e.Answer, Start: e.Start, End: e.End})
		}
	}
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}
