package grade

import (
	"math/bits"
	"slices"

	"interview/internal/lexicon"
)

// window is within how many tokens the slots of a claim must stand.
const window = 14

// mostFills bounds the places tried for one slot in one unit.
const mostFills = 12

// claimsOf finds the claims that are made in a unit.
func (r *reading) claimsOf(i int) {
	u := &r.units[i]
	if u.mute || r.denying && (u.Kind == lexicon.Fence || u.Kind == lexicon.Row) || u.screened != 0 || u.first == u.end {
		return
	}
	r.touch(u)
	if len(r.touched)+len(r.turnedTouched) == 0 {
		return
	}
	on := r.onTopic(i)
	if on {
		r.turnedClaims(i, u)
	}
	weighed := r.weighed(u)
	for _, c := range r.touched {
		cl := &r.claims[c]
		if !on && cl.level != roleAgainst || cl.level == roleAgainst && weighed {
			continue
		}
		missing := len(cl.slots) - bits.OnesCount16(r.seen[c].mask)
		switch {
		case missing == 0:
			r.settle(i, u, c, -1)
		case missing == 1 && len(cl.slots) > 1 && cl.level >= 0 && !u.negation && !r.without(contexts):
			slot := bits.TrailingZeros16(^r.seen[c].mask)
			if r.inContext(u, c, int16(slot)) {
				r.settle(i, u, c, slot)
			}
		}
	}
}

// weighed says that the unit speaks of what would be: it may name an error to reject it.
func (r *reading) weighed(u *unit) bool {
	for _, t := range r.tokens(u) {
		if roles()[t.Function]&hypothetical != 0 {
			return true
		}
	}
	return false
}

// touch collects the claims of which the unit fills a slot, and with what.
func (r *reading) touch(u *unit) {
	r.round++
	r.touched, r.pairs, r.turnedTouched = r.touched[:0], r.pairs[:0], r.turnedTouched[:0]
	for o := u.first; o < u.end; o++ {
		for _, f := range r.terms[r.occs[o].term].refs {
			cl := &r.claims[f.claim]
			if f.turned {
				r.touchTurned(o, f)
				continue
			}
			neg := r.occs[o].pol == negated
			if r.denying && cl.denies {
				continue // where everything is denied, that something is says nothing
			}
			if f.negate != neg && !r.without(negations) && !((cl.cue || cl.denies) && !f.negate && !r.terms[r.occs[o].term].cue && r.occs[o].cover < 2) {
				continue
			}
			l := r.pair(o, f)
			if l.round != r.round {
				l.round, l.mask = r.round, 0
				r.touched = append(r.touched, f.claim)
			}
			l.mask |= 1 << f.slot
		}
	}
}

func (r *reading) touchTurned(o int, f ref) {
	l := r.pair(o, f)
	if l.turnedRound != r.round {
		l.turnedRound, l.turnedMask = r.round, 0
		r.turnedTouched = append(r.turnedTouched, f.claim)
	}
	l.turnedMask |= 1 << f.slot
}

// pair notes that an occurrence may fill a slot.
func (r *reading) pair(o int, f ref) *look {
	l, n := &r.seen[f.claim], int32(len(r.pairs))
	if l.round != r.round && l.turnedRound != r.round {
		l.first = n
	} else {
		r.pairs[l.last].next = n
	}
	l.last = n
	r.pairs = append(r.pairs, pair{f.slot, f.turned, int32(o), -1})
	return l
}

// inContext says that a heading, lead-in or bullet above fills the slot.
func (r *reading) inContext(u *unit, claim int32, slot int16) bool {
	for p := u.parent; p >= 0; p = r.units[p].parent {
		above := &r.units[p]
		for _, o := range r.occs[above.first:above.end] {
			if o.pol != affirmed {
				continue
			}
			for _, f := range r.terms[o.term].refs {
				if f.claim == claim && f.slot == slot && !f.negate && !f.turned {
					return true
				}
			}
		}
	}
	return false
}

// settle looks for fills of all slots but skip that stand as a claim must, and notes the tightest.
func (r *reading) settle(i int, u *unit, c int32, skip int) {
	f := r.filling(u, c, skip)
	for n := r.seen[c].first; n >= 0; n = r.pairs[n].next {
		p := &r.pairs[n]
		if !p.turned && int(p.slot) != skip && len(f.slots[p.slot]) < mostFills {
			f.slots[p.slot] = append(f.slots[p.slot], p.occ)
		}
	}
	f.fill(0)
	if f.best.claim >= 0 {
		f.best.claim, f.best.unit = c, int32(i)
		r.holds = append(r.holds, f.best)
	}
}

// filler tries the ways to fill the slots of one claim in one unit.
type filler struct {
	*reading
	u     *unit
	claim *claim
	skip  int
	slots [8][]int32
	taken [8]int32
	order [8]int32 // scratch: taken, in the order of the text
	n     int
	best  hold
}

// filling is the one filler of a reading, made ready for a claim.
func (r *reading) filling(u *unit, c int32, skip int) *filler {
	f := &r.filler
	f.reading, f.u, f.claim, f.skip, f.n, f.best = r, u, &r.claims[c], skip, 0, hold{claim: -1}
	for s := range f.claim.slots {
		f.slots[s] = f.slots[s][:0]
	}
	return f
}

func (f *filler) fill(slot int) {
	if slot == f.skip {
		slot++
	}
	if slot >= len(f.claim.slots) {
		f.consider()
		return
	}
	for _, o := range f.slots[slot] {
		if f.free(o) && f.near(o) {
			f.taken[f.n] = o
			f.n++
			f.fill(slot + 1)
			f.n--
		}
	}
}

// free says that an occurrence overlaps none that is taken.
func (f *filler) free(o int32) bool {
	a := &f.occs[o]
	for _, t := range f.taken[:f.n] {
		if b := &f.occs[t]; !a.sum && !b.sum && a.first < b.end && b.first < a.end {
			return false
		}
	}
	return true
}

// near says that an occurrence stands with those taken inside the window.
func (f *filler) near(o int32) bool {
	first, end := f.occs[o].first, f.occs[o].end
	for _, t := range f.taken[:f.n] {
		first, end = min(first, f.occs[t].first), max(end, f.occs[t].end)
	}
	return end-first <= window || f.without(nearness)
}

// consider keeps the fills taken if they make the claim, and more tightly than before.
func (f *filler) consider() {
	first, end := f.occs[f.taken[0]].first, f.occs[f.taken[0]].end
	bare, weaks, needsCue := true, 0, false
	for k, t := range f.taken[:f.n] {
		o := &f.occs[t]
		first, end = min(first, o.first), max(end, o.end)
		bare = bare && o.bare
		weaks += b2i(o.pol == weak)
		needsCue = needsCue || o.pol == negated && !f.denied(k)
	}
	if bare && (f.n > 1 || f.claim.level >= 0) || weaks == f.n || needsCue && (!f.hasCue() || f.broken(first, end)) {
		return
	}
	if f.n > 1 && !f.without(relations) && !f.related() {
		return
	}
	if f.skip >= 0 && bare {
		return
	}
	if b := f.best; b.claim < 0 || end-first < b.end-b.first {
		f.best = hold{claim: 0, first: first, end: end, inOrder: f.inOrder()}
	}
}

// broken says that a clause ends between two tokens: one negation does not reach over it.
func (f *filler) broken(first, end int32) bool {
	tokens := f.texts[f.u.answer].Tokens
	for i := first + 1; i < end; i++ {
		if tokens[i].Gap&(lexicon.Semicolon|lexicon.Stop) != 0 {
			return true
		}
	}
	return false
}

// inOrder says that the fills stand in the order of the slots.
func (f *filler) inOrder() bool {
	for i := 1; i < f.n; i++ {
		if f.occs[f.taken[i]].first < f.occs[f.taken[i-1]].first {
			return false
		}
	}
	return true
}

// hasCue says that one of the fills is the negation that the others may stand under, or must stand under one itself.
func (f *filler) hasCue() bool {
	for k, t := range f.taken[:f.n] {
		if f.terms[f.occs[t].term].cue || f.denied(k) {
			return true
		}
	}
	return false
}

// denied says that a fill is one that must stand under a negation, and does.
func (f *filler) denied(k int) bool {
	o, slot := &f.occs[f.taken[k]], k
	if f.skip >= 0 && k >= f.skip {
		slot++
	}
	return o.pol == negated && slices.ContainsFunc(f.terms[o.term].refs, func(r ref) bool {
		return r.negate && int(r.slot) == slot && &f.claims[r.claim] == f.claim
	})
}

// loose are the signs that only put things side by side.
const loose = lexicon.Comma | lexicon.Divide | lexicon.Pipe | lexicon.Newline | lexicon.Plus | lexicon.Quote | lexicon.Code | lexicon.Hyphen | lexicon.Glued | lexicon.Other

// related says that more than a comma or an "and" stands between the fills.
func (f *filler) related() bool {
	order := f.order[:f.n]
	copy(order, f.taken[:f.n])
	for i := 1; i < len(order); i++ {
		for j := i; j > 0 && f.occs[order[j]].first < f.occs[order[j-1]].first; j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	tokens := f.texts[f.u.answer].Tokens
	for i := 1; i < len(order); i++ {
		if !tied(tokens, f.occs[order[i-1]].end, f.occs[order[i]].first) {
			return false
		}
	}
	return true
}

// tied says that the tokens from a to b, which begin the next fill, say how the two relate; neighbours do so by standing
// next to each other.
func tied(tokens []lexicon.Token, a, b int32) bool {
	if a > b {
		return true // one holds the other
	}
	if a == b {
		g := tokens[b].Gap
		return g&^(lexicon.Hyphen|lexicon.Glued|lexicon.Quote|lexicon.Code) == 0 || g&^loose != 0
	}
	table := roles()
	for i := a; i <= b; i++ {
		if tokens[i].Gap&^loose != 0 {
			return true
		}
		if i < b && (tokens[i].Function == 0 || table[tokens[i].Function]&joiner == 0) && !(tokens[i].Function == fixedWords().we && table[tokens[i+1].Function]&joiner != 0) {
			return true
		}
	}
	return false
}
