package grade

// A claim that is denied and nowhere made is more than one that is missing: "no lease, no jitter". People who know the
// field deny one or two of what a rubric looks for, since there are other ways; it counts only beside other signs.

// refusalSpan is within how many tokens a denied claim must stand.
const refusalSpan = 8

// refusals counts the criteria of which a claim is denied and never made.
func (m *marker) refusals() int {
	if m.without(refusing) {
		return 0
	}
	refused := make([]bool, len(m.criteria))
	n := 0
	for i := range m.units {
		u := &m.units[i]
		if !u.negation || u.mute || u.screened != unscreened {
			continue
		}
		for o := u.first; o < u.end; o++ {
			if m.occs[o].pol != negated {
				continue
			}
			for _, f := range m.affirmedBy(m.occs[o].term) {
				cl := &m.claims[f.claim()]
				if cl.level >= 0 && len(cl.slots) > 1 && !cl.cue && !cl.denies && !m.made[f.claim()] && !refused[cl.criterion] && m.surrounded(u, o, f) {
					refused[cl.criterion] = true
					n++
				}
			}
		}
	}
	return n
}

// surrounded says that the other slots of a claim are filled near an occurrence that fills one.
func (r *reading) surrounded(u *unit, o int, f slotBit) bool {
	bits, here := uint8(f), &r.occs[o]
	look := func(p int) bool {
		occ := &r.occs[p]
		if occ.first > here.end+refusalSpan || occ.first+refusalSpan < here.first {
			return false
		}
		if (occ.first >= here.end || here.first >= occ.end) && max(here.end, occ.end)-min(here.first, occ.first) <= refusalSpan {
			for _, g := range r.affirmedBy(occ.term) {
				if g.claim() == f.claim() {
					bits |= uint8(g)
				}
			}
		}
		return true
	}
	for p := o - 1; p >= u.first && look(p); p-- {
	}
	for p := o + 1; p < u.end && look(p); p++ {
	}
	return bits == r.full[f.claim()]
}

// affirmedBy are the slots that a term fills where it is affirmed.
func (s *Sheet) affirmedBy(term int32) []slotBit {
	return s.fills[s.uses[term].first:s.uses[term].end]
}
