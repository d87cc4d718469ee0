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

// touches is what one unit fills of the claims.
type touches struct {
	plain, turned mask
	above         mask // what the units above it fill
	aboveOf       int  // the unit next above, -1 = none looked at
	fills         []filled
	next          []int32 // by fill: the next one of the same claim, -1 = none; only of candidates
	held          []int32 // by claim: 1 + its place in the candidates, 0 = none
	candidates    []candidate
}

// mask is, for each claim, a bit for each slot that is filled.
type mask struct {
	bits []uint8
	met  []int32 // the claims that have a bit, in the order in which they were met; n of them
	n    int
}

// filled says that an occurrence may fill a slot.
type filled struct {
	slotBit
	occ int32
}

// candidate is a claim of which a unit fills all slots, but perhaps one that stands above it.
type candidate struct {
	claim       int32
	skip        int   // the slot that stands above, -1 = none
	first, last int32 // of its fills
}

func (t *touches) reset(claims int) {
	t.plain.reset(claims)
	t.turned.reset(claims)
	t.above.reset(claims)
	t.aboveOf = -1
	t.held = cleared(t.held, claims)
}

func (m *mask) reset(claims int) {
	m.bits, m.n = cleared(m.bits, claims), 0
	if len(m.met) <= claims {
		m.met = make([]int32, claims+1)
	}
}

// clear takes all bits away.
func (m *mask) clear() {
	if m.n > 0 {
		clear(m.bits)
		m.n = 0
	}
}

// set adds a bit. The claim is written down in any case and kept if it is new, since whether it is cannot be foretold.
func (m *mask) set(f slotBit) {
	c := f.claim()
	m.met[m.n] = c
	m.n += b2i(m.bits[c] == 0)
	m.bits[c] |= uint8(f)
}

// claims are those that have a bit.
func (m *mask) claims() []int32 { return m.met[:m.n] }

// claimsOf finds the claims that are made in a unit.
func (r *reading) claimsOf(i int) {
	u := &r.units[i]
	if u.mute || r.denying && (u.Kind == lexicon.Fence || u.Kind == lexicon.Row) || u.screened != 0 || u.first == u.end {
		return
	}
	t := &r.touches
	r.touch(u)
	if t.plain.n+t.turned.n == 0 {
		return
	}
	on := r.onTopic(i)
	if on {
		r.turnedClaims(i, u)
	}
	r.candidates(u, on)
	if len(t.candidates) == 0 {
		return
	}
	t.link()
	for k := range t.candidates {
		c := &t.candidates[k]
		t.held[c.claim] = 0
		r.settle(i, u, c)
	}
}

// candidates finds the claims all of whose slots are filled. One slot may stand above, unless something is negated.
func (r *reading) candidates(u *unit, on bool) {
	t := &r.touches
	t.candidates = t.candidates[:0]
	weighed := r.weighed(u)
	above := !u.negation && u.parent >= 0 && !r.without(contexts)
	if above {
		r.lookAbove(u.parent)
	}
	for _, c := range t.plain.claims() {
		missing := r.full[c] &^ t.plain.bits[c]
		if missing != 0 && (!above || missing&t.above.bits[c] != missing || missing&(missing-1) != 0) {
			continue
		}
		cl, skip := &r.claims[c], -1
		switch {
		case cl.level != roleAgainst && !on, cl.level == roleAgainst && weighed:
			continue
		case missing != 0:
			if skip = bits.TrailingZeros8(missing); len(cl.slots) < 2 || cl.level < 0 {
				continue
			}
		}
		t.candidates = append(t.candidates, candidate{c, skip, -1, -1})
		t.held[c] = int32(len(t.candidates))
	}
}

// link strings the fills of each candidate together.
func (t *touches) link() {
	t.next = slices.Grow(t.next[:0], len(t.fills))[:len(t.fills)]
	for i := range t.fills {
		k := t.held[t.fills[i].claim()]
		if k == 0 {
			continue
		}
		c := &t.candidates[k-1]
		if c.first < 0 {
			c.first = int32(i)
		} else {
			t.next[c.last] = int32(i)
		}
		c.last, t.next[i] = int32(i), -1
	}
}

// touch collects the claims of which the unit fills a slot, and with what.
func (r *reading) touch(u *unit) {
	t := &r.touches
	t.plain.clear()
	t.turned.clear()
	t.fills = t.fills[:0]
	simple := !r.denying && !r.without(negations)
	for o := u.first; o < u.end; o++ {
		occ := &r.occs[o]
		use := &r.uses[occ.term]
		if use.turned {
			r.turn(&r.terms[occ.term])
		}
		if simple && occ.pol != negated {
			t.fill(r.fills[use.first:use.end], int32(o))
			continue
		}
		tm := &r.terms[occ.term]
		for k := range tm.refs {
			if f := &tm.refs[k]; !f.turned && r.fits(occ, tm, f) {
				t.plain.set(f.bit())
				t.fills = append(t.fills, filled{f.bit(), int32(o)})
			}
		}
	}
}

// fill notes all that an affirmed occurrence fills.
func (t *touches) fill(bits []slotBit, occ int32) {
	n := len(t.fills)
	t.fills = slices.Grow(t.fills, len(bits))[:n+len(bits)]
	fills, m := t.fills[n:], &t.plain
	for i, f := range bits {
		m.set(f)
		fills[i] = filled{f, occ}
	}
}

// fits says that an occurrence may fill a slot, as far as negations go.
func (r *reading) fits(o *occurrence, t *term, f *ref) bool {
	cl := &r.claims[f.claim]
	if r.denying && cl.denies {
		return false // where everything is denied, that something is says nothing
	}
	return f.negate == (o.pol == negated) || r.without(negations) || (cl.cue || cl.denies) && !f.negate && !t.cue && o.cover < 2
}

// turn notes the slots that a term turns.
func (r *reading) turn(t *term) {
	for k := range t.refs {
		if f := &t.refs[k]; f.turned {
			r.touches.turned.set(f.bit())
		}
	}
}

// lookAbove notes what the heading, lead-in or bullet at p and those above it fill.
func (r *reading) lookAbove(p int) {
	t := &r.touches
	if t.aboveOf == p {
		return
	}
	t.aboveOf = p
	t.above.clear()
	for ; p >= 0; p = r.units[p].parent {
		u := &r.units[p]
		for o := u.first; o < u.end; o++ {
			if occ := &r.occs[o]; occ.pol == affirmed {
				use := &r.uses[occ.term]
				for _, f := range r.fills[use.first:use.end] {
					t.above.set(f)
				}
			}
		}
	}
}

// settle looks for fills of all slots but one that may stand above that stand as a claim must, and notes the tightest.
func (r *reading) settle(i int, u *unit, c *candidate) {
	f := r.filling(u, c.claim, c.skip)
	for n := c.first; n >= 0; n = r.touches.next[n] {
		p := &r.touches.fills[n]
		f.offer(bits.TrailingZeros8(uint8(p.slotBit)), p.occ)
	}
	f.fill(0)
	if f.best.claim >= 0 {
		f.best.claim, f.best.unit = c.claim, int32(i)
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

// offer notes that an occurrence may fill a slot.
func (f *filler) offer(slot int, occ int32) {
	if slot != f.skip && len(f.slots[slot]) < mostFills {
		f.slots[slot] = append(f.slots[slot], occ)
	}
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
	for _, t := range f.taken[1:f.n] {
		first, end = min(first, f.occs[t].first), max(end, f.occs[t].end)
	}
	if f.best.claim >= 0 && end-first >= f.best.end-f.best.first {
		return
	}
	bare, weaks, needsCue := true, 0, false
	for k, t := range f.taken[:f.n] {
		o := &f.occs[t]
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
	f.best = hold{claim: 0, first: first, end: end, level: int16(f.claim.level), inOrder: f.inOrder()}
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
