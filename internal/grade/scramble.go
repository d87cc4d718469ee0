package grade

// Words in random order follow each other less well than chance would have it; text of people, terse notes included,
// lies above: the least measured on 70 answers of people was .096, the most on such answers shuffled .05 (system design). The
// bound is nearer to the shuffled ones, since a wrong suspicion costs more than a heap of words that passes.
const (
	scrambledBelow = .02 // mean of lexicon.Fluency over the pairs of all answers
	scrambledPairs = 150 // with fewer nothing can be said
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
