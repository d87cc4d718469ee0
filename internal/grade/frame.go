package grade

// A frame is what is left of a sentence when the rubric's words are blanked. Who fills one frame with ever new words says
// nothing by it. A frame needs a few words of its own, else "get X" and "X of Y" would be frames.
const (
	frameWords = 3 // words of its own at least
	frameUses  = 3 // times that it may not be used
)

func (r *reading) frames() {
	r.openings()
	fills := map[uint64]map[uint64]bool{} // a sentence said again is no new fill
	for pass := range 2 {
		for i := range r.units {
			u := &r.units[i]
			h, own := r.frame(u)
			if own < frameWords {
				continue
			}
			if pass == 1 {
				if len(fills[h]) >= frameUses {
					r.take(u, framed)
				}
				continue
			}
			if fills[h] == nil {
				fills[h] = map[uint64]bool{}
			}
			fills[h][runHash(r.answers[u.answer].Text, r.tokens(u))] = true
		}
	}
}

// frame hashes a unit with the rubric's words and numbers blanked, and counts the words left.
func (r *reading) frame(u *unit) (h uint64, words int) {
	h = 14695981039346656037
	blank, blanks := false, 0
	text := r.answers[u.answer].Text
	for _, t := range r.tokens(u) {
		if r.own[t.ID] && t.Function == 0 {
			if !blank {
				h = (h ^ '_') * 1099511628211
				blanks++
			}
			blank = true
			continue
		}
		blank = false
		h = hashWord(h, text, t)
		words++
	}
	if blanks == 0 {
		return h, 0
	}
	return h, words
}

// Sentences that begin with the same two words may be a list of requirements, but hardly most of an answer.
const (
	openingPart  = .4 // of the units that use the rubric's words
	openingUnits = 15
)

func (r *reading) openings() {
	type opening [2]int16
	uses, n := map[opening]int{}, 0
	first := func(u *unit) (o opening, ok bool) {
		tokens := r.tokens(u)
		if len(tokens) < 3 || u.ownWords == 0 {
			return o, false
		}
		o = opening{tokens[0].Function, tokens[1].Function}
		return o, true
	}
	for i := range r.units {
		if o, ok := first(&r.units[i]); ok {
			n++
			if o[0] != 0 && o[1] != 0 {
				uses[o]++
			}
		}
	}
	for i := range r.units {
		if o, ok := first(&r.units[i]); ok && n >= openingUnits && float64(uses[o]) > openingPart*float64(n) {
			r.take(&r.units[i], framed)
		}
	}
}
