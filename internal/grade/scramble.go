package grade

// Words in random order follow each other less well than chance would have it; text of people lies above, terse notes
// included: of 115 answers to system designs the least was .047, of bullets as dense as an expert can make them .023, and of
// 575 such answers shuffled all lay below .055, 98 in 100 below 0. A wrong suspicion costs more than a heap of words that
// passes.
const (
	scrambledBelow = 0.0 // mean of lexicon.Fluency over the pairs of all answers
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
