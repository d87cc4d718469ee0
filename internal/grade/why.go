package grade

import (
	"fmt"
	"slices"
	"strings"
)

// Trace says what became of one claim: where it holds, or how near the answer came and what stopped it.
type Trace struct {
	Criterion string   `json:"criterion"`
	Level     string   `json:"level"` // "against" and "when" for claims of no level
	Claim     string   `json:"claim"`
	Holds     bool     `json:"holds"`
	Evidence  Evidence `json:"evidence"` // the unit that makes the claim or came nearest; empty if none did
	Missing   []string `json:"missing"`  // slots that nothing in that unit fills
	Stopped   string   `json:"stopped"`  // why the claim does not hold
}

// Why traces every claim of the criteria named, all if none is.
func (s *Sheet) Why(answers []Answer, criteria ...string) []Trace {
	r := s.read(answers)
	defer r.release()
	m := r.marker()
	m.doubting()
	held := map[int]hold{}
	for _, h := range r.holds {
		if _, ok := held[int(h.claim)]; !ok {
			held[int(h.claim)] = h
		}
	}
	var out []Trace
	for i := range s.claims {
		c := &s.criteria[s.claims[i].criterion]
		if len(criteria) > 0 && !slices.Contains(criteria, c.ID) {
			continue
		}
		t := Trace{Criterion: c.ID, Level: levelName(c, s.claims[i].level), Claim: s.claims[i].source}
		if h, ok := held[i]; ok {
			t.Holds, t.Evidence = true, m.quote(int(h.unit), h.first, h.end)
		} else if h := m.turnedRound(i); h != nil {
			t.Evidence, t.Stopped = m.quote(int(h.unit), h.first, h.end), m.turnedWhy()
		} else {
			m.nearest(&t, i)
		}
		out = append(out, t)
	}
	return out
}

// turnedRound is where a claim is said the other way round, nil if nowhere.
func (m *marker) turnedRound(claim int) *hold {
	for i := range m.turns {
		if int(m.turns[i].claim) == claim {
			return &m.turns[i]
		}
	}
	return nil
}

// turnedWhy says what a claim that is turned round costs.
func (m *marker) turnedWhy() string {
	if m.stray < strayFrom {
		return "said the other way round; that alone costs nothing, as the rest of the answer is not turned round"
	}
	return "said the other way round, as much of the answer is: the level of this claim is not reached"
}

func levelName(c *criterion, level int) string {
	switch level {
	case roleAgainst:
		return "against"
	case roleWhen:
		return "when"
	}
	return c.Levels[level].Name
}

// nearest finds the unit that fills most slots of a claim, and says what it lacks.
func (m *marker) nearest(t *Trace, claim int) {
	cl := &m.claims[claim]
	best, most := -1, 0
	for i := range m.units {
		if n := m.filled(i, claim); n > most {
			best, most = i, n
		}
	}
	if best < 0 {
		t.Stopped = "no word of it stands in the answer"
		return
	}
	u := &m.units[best]
	t.Evidence = Evidence{Answer: u.answer, Start: u.From, End: u.To, Quote: m.answers[u.answer].Text[u.From:u.To]}
	slots := m.slotFills(best, claim)
	for s, fills := range slots {
		if len(fills) == 0 {
			t.Missing = append(t.Missing, cl.written(s))
		}
	}
	if len(t.Missing) > 0 {
		t.Stopped = "nothing there for " + strings.Join(t.Missing, " and for ")
		return
	}
	t.Stopped = m.stopped(best, claim, slots)
}

// slotFills are the occurrences in a unit that could fill each slot, whatever their polarity.
func (m *marker) slotFills(unit, claim int) [][]int {
	u := &m.units[unit]
	out := make([][]int, len(m.claims[claim].slots))
	for o := u.first; o < u.end; o++ {
		for _, f := range m.terms[m.occs[o].term].refs {
			if int(f.claim) == claim && !f.turned {
				out[f.slot] = append(out[f.slot], o)
			}
		}
	}
	return out
}

func (m *marker) filled(unit, claim int) int {
	n := 0
	for _, fills := range m.slotFills(unit, claim) {
		n += b2i(len(fills) > 0)
	}
	return n
}

// stopped says why a unit that fills all slots does not make the claim.
func (m *marker) stopped(unit, claim int, slots [][]int) string {
	u := &m.units[unit]
	switch {
	case u.mute:
		return "a heading, a title or code makes no claim"
	case u.screened != unscreened:
		return "screened: it " + screenWhy[u.screened]
	}
	for s, fills := range slots {
		if all(fills, func(o int) bool { return m.wrongPolarity(claim, s, o) }) {
			return fmt.Sprintf("negated: %q", m.text(u, fills[0]))
		}
	}
	if !m.onTopic(unit) {
		return "off topic: fewer than two concepts of the prompt stand near"
	}
	bare, weak := true, true
	for _, fills := range slots {
		bare = bare && all(fills, func(o int) bool { return m.occs[o].bare })
		weak = weak && all(fills, func(o int) bool { return m.occs[o].pol != affirmed })
	}
	switch {
	case bare:
		return "listed: the words stand in a bare list"
	case weak:
		return "negated: a negation follows in the same clause"
	}
	if near := m.spread(slots); near > window {
		return fmt.Sprintf("too far apart: %d words, %d are allowed", near, window)
	}
	return "only side by side: nothing says how the parts relate"
}

func all(list []int, f func(int) bool) bool {
	for _, x := range list {
		if !f(x) {
			return false
		}
	}
	return true
}

func (m *marker) wrongPolarity(claim, slot, occ int) bool {
	for _, f := range m.terms[m.occs[occ].term].refs {
		if int(f.claim) == claim && int(f.slot) == slot {
			return f.negate != (m.occs[occ].pol == negated) && !m.claims[claim].cue
		}
	}
	return false
}

func (m *marker) text(u *unit, occ int) string {
	t := &m.texts[u.answer]
	return t.Source[t.Tokens[m.occs[occ].first].Start:t.Tokens[m.occs[occ].end-1].End]
}

// spread is the least number of words that fills of all slots take up, first of each slot against the others.
func (m *marker) spread(slots [][]int) int {
	best := 1 << 30
	for _, anchor := range slots[0] {
		first, end := m.occs[anchor].first, m.occs[anchor].end
		for _, fills := range slots[1:] {
			near := fills[0]
			for _, o := range fills {
				if distance(m.occs[o], first) < distance(m.occs[near], first) {
					near = o
				}
			}
			first, end = min(first, m.occs[near].first), max(end, m.occs[near].end)
		}
		best = min(best, int(end-first))
	}
	return best
}

func distance(o occurrence, at int32) int32 { return max(o.first-at, at-o.first) }
