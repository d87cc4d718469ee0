package grade

import "slices"

// A sentence that is wrong on one point is no evidence for another: what contradicts a criterion earns nothing elsewhere.

// spill drops the claims made in units that contradict a criterion.
func (r *reading) spill() {
	if r.without(spills) {
		return
	}
	if len(r.turns) == 0 && !slices.ContainsFunc(r.holds, func(h hold) bool { return h.level == roleAgainst }) {
		return
	}
	wrong := make([]bool, len(r.units))
	made := make([]bool, len(r.claims))
	some := false
	for _, h := range r.holds {
		made[h.claim] = true
		if h.level == roleAgainst {
			wrong[h.unit], some = true, true
		}
	}
	for _, t := range r.turns {
		if !made[t.claim] {
			wrong[t.unit], some = true, true
		}
	}
	if !some {
		return
	}
	r.holds = slices.DeleteFunc(r.holds, func(h hold) bool { return wrong[h.unit] && h.level != roleAgainst })
}
