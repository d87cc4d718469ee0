package grade

import (
	"slices"
)

// Each claim has its own contradiction: the same statement with one word turned into its opposite. "302 + count clicks"
// is contradicted by "301 … count clicks". An answer that makes the contradiction and never the claim has the thing the
// wrong way round, and does not reach the level of that claim by other words.
//
// An opposite that the criterion itself accepts somewhere ("301 | 302") contradicts nothing. Nor does one sentence by itself:
// "drivers keep a socket open to the gateway" turns "the gateway keeps a socket to the drivers" and is as true. It counts
// where the words of the whole answer are turned round as well (direction.go).

// oppositeSpan is within how many tokens the turned statement must stand: nearer than a claim, since nobody wrote it down
// as wrong.
const oppositeSpan = 10

// opposites adds, for each slot of a criterion's claims, the terms that would turn it.
func (c *compiler) opposites(criterion int) {
	for _, claims := range c.criteria[criterion].claims {
		for _, id := range claims {
			for _, s := range c.claims[id].slots {
				for _, t := range s.terms {
					c.accept(t, int32(criterion)+1)
				}
			}
		}
	}
	for _, claims := range c.criteria[criterion].claims {
		for _, id := range claims {
			if len(c.alternatives[id]) < 2 || c.claims[id].level < 0 {
				continue
			}
			for s, list := range c.alternatives[id] {
				r := ref{claim: int32(id), slot: int16(s), turned: true}
				for _, u := range list {
					c.turnAll(r, u.alternative)
				}
			}
		}
	}
}

// accept notes that a criterion accepts a term.
func (c *compiler) accept(t, criterion int32) {
	for len(c.accepted) < len(c.terms) {
		c.accepted = append(c.accepted, make([]int32, len(c.terms)-len(c.accepted)+256)...)
	}
	c.accepted[t] = criterion
}

// turnAll adds the opposites of every way to say an alternative.
func (c *compiler) turnAll(r ref, a *alternative) {
	switch places := a.places; {
	case places == nil:
		c.turn(r, a.words)
	case c.here != nil && !(c.joins && len(places) == 2):
		if places = narrowed(places, func(words phrase) bool { return turnable(words) || c.nearAll(words) }); places == nil {
			return
		}
		fallthrough
	default:
		multiply(places, make(phrase, 0, 16), func(words phrase) { c.turn(r, words) })
	}
}

// turnable says that some word has an opposite.
func turnable(words phrase) bool {
	return slices.ContainsFunc(words, func(k *knownWord) bool { return len(k.opposites()) > 0 })
}

// turn adds the opposites of words to a slot.
func (c *compiler) turn(r ref, words phrase) {
	if !turnable(words) {
		return
	}
	turned := slices.Clone(words)
	for i, k := range words {
		for _, o := range k.opposites() {
			turned[i] = c.word(o)
			if c.here != nil && !c.spelling.meets(turned) {
				continue
			}
			t := c.term(turned)
			if int(t) < len(c.accepted) && c.accepted[t] == int32(c.claims[r.claim].criterion)+1 {
				continue
			}
			if !slices.Contains(c.terms[t].refs, r) {
				c.terms[t].refs = append(c.terms[t].refs, r)
			}
		}
		turned[i] = k
	}
}

// turnedClaims looks for claims of the unit with exactly one slot turned.
func (r *reading) turnedClaims(i int, u *unit) {
	if r.without(opposing) {
		return
	}
	for _, c := range r.touches.turned.claims() {
		full, plain, turned := r.full[c], r.touches.plain.bits[c], r.touches.turned.bits[c]
		if (plain|turned) != full || plain == full {
			continue
		}
		if f, ok := r.turnedFill(u, c, full&^plain); ok {
			f.claim, f.unit = c, int32(i)
			r.turns = append(r.turns, f)
		}
	}
}

// turnedFill finds fills of which those of the open slots are turned, close together and in one clause.
func (r *reading) turnedFill(u *unit, c int32, open uint8) (hold, bool) {
	if open&(open-1) != 0 {
		return hold{}, false // more than one slot turned
	}
	f := r.filling(u, c, -1)
	for o := u.first; o < u.end; o++ {
		occ := &r.occs[o]
		if occ.pol != affirmed || occ.bare {
			continue
		}
		t := &r.terms[occ.term]
		for k := range t.refs {
			if ref := &t.refs[k]; ref.claim == c && ref.turned == (open&(1<<ref.slot) != 0) && (ref.turned || r.fits(occ, t, ref)) {
				f.offer(int(ref.slot), int32(o))
			}
		}
	}
	f.fill(0)
	if f.best.claim < 0 || f.best.end-f.best.first > oppositeSpan {
		return hold{}, false
	}
	tokens := r.texts[u.answer].Tokens
	for k := f.best.first + 1; k < f.best.end; k++ {
		if tokens[k].Gap&clauseEnd != 0 || roles()[tokens[k].Function]&ender != 0 {
			return hold{}, false
		}
	}
	return f.best, u.roles&(cue|comparing) == 0 // a sentence that weighs two things may well name the other one
}

// contradicted returns the lowest level of a criterion whose claim is turned and never made, and the contradiction;
// len(levels) if there is none.
func (m *marker) contradicted(c *criterion) (int, *hold) {
	lowest, found := len(c.Levels), (*hold)(nil)
	if m.stray < strayFrom && !m.without(directions) {
		return lowest, nil
	}
	for i := range m.turns {
		t := &m.turns[i]
		cl := &m.claims[t.claim]
		if &m.criteria[cl.criterion] != c || cl.level >= lowest {
			continue
		}
		if !m.made[t.claim] {
			lowest, found = cl.level, t
		}
	}
	return lowest, found
}
