package grade

// A frame is what is left of a sentence when the rubric's words are blanked. Who fills one frame with ever new words says
// nothing by it. A frame needs a few words of its own, else "get X" and "X of Y" would be frames.
const (
	frameWords = 3 // words of its own at least
	frameUses  = 3 // times that it may not be used
)

func (r *reading) frames(again []bool) {
	r.openings(again)
	if r.without(frameUse) {
		return
	}
	r.counts.reset(len(r.units))
	r.marks = r.marks[:0]
	for i := range r.units {
		u, h := &r.units[i], uint64(0)
		if u.framing() {
			h = r.frame(u)
		}
		if h != 0 {
			*r.counts.at(h) += int32(b2i(!again[i]))
		}
		r.marks = append(r.marks, h)
	}
	for i := range r.units {
		if u := &r.units[i]; r.marks[i] != 0 && *r.counts.at(r.marks[i]) >= frameUses {
			r.take(u, framed)
		}
	}
}

// framing says that a unit has words of the rubric, and enough of its own around them to be a frame.
func (u *unit) framing() bool { return u.ownWords > 0 && u.End-u.First-u.ownWords >= frameWords }

// saidAgain marks the units that stood before word for word: to say a thing again fills no frame anew.
func (r *reading) saidAgain() []bool {
	r.counts.reset(len(r.units))
	r.again = r.again[:0]
	for i := range r.units {
		n := r.counts.at(runHash(r.tokens(&r.units[i])))
		r.again = append(r.again, *n > 0)
		*n = 1
	}
	return r.again
}

// frame hashes a unit with all that says a term of the rubric blanked, its words of grammar and numbers too; 0 if fewer than
// frameWords are left.
func (r *reading) frame(u *unit) (h uint64) {
	tokens := r.tokens(u)
	r.covered = append(r.covered[:0], make([]bool, len(tokens))...)
	for k := u.first; k < u.end; k++ {
		for i := int(r.occs[k].first) - u.First; i < int(r.occs[k].end)-u.First; i++ {
			r.covered[i] = true
		}
	}
	blank, left := false, 0
	for i, t := range tokens {
		if r.covered[i] || r.own[t.ID] && t.Function == 0 {
			if !blank {
				h = mix(h, '_')
			}
			blank = true
			continue
		}
		blank = false
		h = mix(h, t.Hash)
		left++
	}
	if left < frameWords {
		return 0
	}
	return h
}

// Sentences that begin with the same two words may be a list of requirements, but hardly most of an answer.
const (
	openingPart  = .4 // of the units that use the rubric's words
	openingUnits = 15
)

func (r *reading) openings(again []bool) {
	if r.without(openingUse) {
		return
	}
	r.counts.reset(len(r.units))
	n := 0
	for i := range r.units {
		if o, ok := r.opening(i); ok && !again[i] {
			n++
			*r.counts.at(o)++
		}
	}
	if n < openingUnits {
		return
	}
	for i := range r.units {
		if o, ok := r.opening(i); ok && o != 0 && float64(*r.counts.at(o)) > openingPart*float64(n) {
			r.take(&r.units[i], framed)
		}
	}
}

// opening numbers the first two words of a unit if they are words of grammar, 0 if not. It is not ok for a unit that does not
// count.
func (r *reading) opening(i int) (o uint64, ok bool) {
	u := &r.units[i]
	if u.End-u.First < 3 || u.ownWords == 0 {
		return 0, false
	}
	tokens := r.tokens(u)
	if tokens[0].Function == 0 || tokens[1].Function == 0 {
		return 0, true
	}
	return uint64(tokens[0].Function)<<16 | uint64(tokens[1].Function), true
}
