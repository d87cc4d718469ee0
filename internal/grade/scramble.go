package grade

import (
	"math"

	"interview/internal/lexicon"
)

// Words in random order follow each other no better than they would in any other order; words of people do, in notes without
// articles and prepositions too. In deviations of a random order, 115 answers to system designs lie at 5.5 and above, at 1.9
// without those words, and 22 to problems of dynamic programming, half of them formula, at 3.2 and .2; their first 60 to 200
// words at .3 and above; of 2,300 shuffled answers one in ten lies above 1.2. A wrong suspicion costs more than a heap of words
// that passes, so that a short text must be worse to be suspected.
const (
	scrambledBelow     = 1.2 // deviations above the mean of all orders, in texts of scrambledSurely junctions or more
	scrambledSurely    = 200
	scrambledJunctions = 80 // with fewer nothing can be said
)

// scrambledAt is below how many deviations a text of so many junctions is out of order.
func scrambledAt(junctions int) float64 {
	return scrambledBelow * min(1, float64(junctions-scrambledJunctions)/(scrambledSurely-scrambledJunctions))
}

func (r *reading) scramble(again []bool) {
	if r.without(scrambles) {
		return
	}
	surplus, junctions := 0.0, 0
	for i := range r.units {
		u := &r.units[i]
		if again[i] || u.Kind == lexicon.Heading {
			continue
		}
		s, n := r.texts[u.answer].Order(&u.Unit)
		surplus += s
		junctions += n
	}
	if junctions < scrambledJunctions || surplus >= scrambledAt(junctions)*math.Sqrt(float64(junctions)) {
		return
	}
	for i := range r.units {
		r.take(&r.units[i], scrambled)
	}
}
