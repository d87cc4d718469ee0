package grade

// Words in random order follow each other less well than chance would have it; text of people, terse notes included,
// lies above. The least measured on answers of people was .06, the most on such answers shuffled .05 (system design).
const (
	scrambledBelow = .055 // mean of lexicon.Fluency over the pairs of all answers
	scrambledPairs = 150  // with fewer nothing can be said
)

func (r *reading) scramble(again []bool) {
	if r.without(scrambles) {
		return
	}
	sum, pairs := 0.0, 0
	for i := range r.units {
		u := &r.units[i]
		if again[i] {
			continue
		}
		s, n := r.texts[u.answer].Fluency(&u.Unit)
		sum += s
		pairs += n
	}
	if pairs < scrambledPairs || sum >= scrambledBelow*float64(pairs) {
		return
	}
	for i := range r.units {
		r.take(&r.units[i], scrambled)
	}
}
