package grade

// A frame is what is left of a sentence when the rubric's words are blanked. Who fills one frame with ever new words says
// nothing by it. A frame needs a few words of its own, else "get X" and "X of Y" would be frames.
const (
	frameWords = 3 // words of its own at least
	frameUses  = 3 // times that it may not be used
)

func (r *reading) frames() {
	uses := map[uint64]int{}
	for pass := range 2 {
		for i := range r.units {
			u := &r.units[i]
			h, own := r.frame(u)
			if own < frameWords {
				continue
			}
			if pass == 0 {
				uses[h]++
			} else if uses[h] >= frameUses {
				r.take(u, framed)
			}
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
