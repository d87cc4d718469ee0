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
	fills := map[uint64]int{}
	for pass := range 2 {
		for i := range r.units {
			h, own := r.frame(&r.units[i])
			switch {
			case own < frameWords:
			case pass == 0:
				fills[h] += b2i(!again[i])
			case fills[h] >= frameUses:
				r.take(&r.units[i], framed)
			}
		}
	}
}

// saidAgain marks the units that stood before word for word: to say a thing again fills no frame anew.
func (r *reading) saidAgain() []bool {
	seen, again := map[uint64]bool{}, make([]bool, len(r.units))
	for i := range r.units {
		u := &r.units[i]
		h := runHash(r.hashes[u.answer][u.First:u.End])
		again[i], seen[h] = seen[h], true
	}
	return again
}

// frame hashes a unit with the rubric's words and numbers blanked, and counts the words left.
func (r *reading) frame(u *unit) (h uint64, words int) {
	blank, blanks := false, 0
	hashes := r.hashes[u.answer][u.First:u.End]
	for i, t := range r.tokens(u) {
		if r.own[t.ID] && t.Function == 0 {
			if !blank {
				h = mix(h, '_')
				blanks++
			}
			blank = true
			continue
		}
		blank = false
		h = mix(h, hashes[i])
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

func (r *reading) openings(again []bool) {
	if r.without(openingUse) {
		return
	}
	type opening [2]int16
	uses, n := map[opening]int{}, 0
	first := func(i int) (o opening, ok bool) {
		u := &r.units[i]
		tokens := r.tokens(u)
		if len(tokens) < 3 || u.ownWords == 0 {
			return o, false
		}
		return opening{tokens[0].Function, tokens[1].Function}, true
	}
	for i := range r.units {
		if o, ok := first(i); ok && !again[i] {
			n++
			uses[o] += b2i(o[0] != 0 && o[1] != 0)
		}
	}
	for i := range r.units {
		if o, ok := first(i); ok && n >= openingUnits && float64(uses[o]) > openingPart*float64(n) {
			r.take(&r.units[i], framed)
		}
	}
}
