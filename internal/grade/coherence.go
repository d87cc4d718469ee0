package grade

import "interview/internal/lexicon"

// A sentence about one point uses the words of that point. Coherence is how far the rubric's words of a unit belong to
// one criterion, averaged over the units around it; text that is put together from a list of terms has little.
const (
	coherentWords = 3   // a unit with fewer of the rubric's words says nothing either way
	coherentSpan  = 11  // units averaged over
	coherentLeast = .62 // below this nothing is taken from the unit
)

func (r *reading) coherence() {
	var at []int
	var share []float64
	sums := make([]float64, len(r.criteria))
	for i := range r.units {
		u := &r.units[i]
		if c, n := r.oneCriterion(u, sums); n >= coherentWords {
			at, share = append(at, i), append(share, c)
		}
	}
	if len(at) < coherentSpan/2 {
		return
	}
	for k := range at {
		from := max(0, min(k-coherentSpan/2, len(at)-coherentSpan))
		to := min(len(at), from+coherentSpan)
		total := 0.0
		for _, s := range share[from:to] {
			total += s
		}
		if total/float64(to-from) < coherentLeast {
			r.take(&r.units[at[k]], incoherent)
		}
	}
}

// oneCriterion returns the part of a unit's rubric words that the criterion which has most of them claims, and how many
// different words that are.
func (r *reading) oneCriterion(u *unit, sums []float64) (best float64, words int) {
	tokens := r.tokens(u)
	total := 0.0
	clear(sums)
	for i, t := range tokens {
		if t.ID == 0 || t.Function != 0 || repeated(tokens[:i], t.ID) {
			continue
		}
		list := r.weights[t.ID]
		if len(list) == 0 {
			continue
		}
		words++
		total++
		for _, s := range list {
			sums[s.criterion]++ // a word of many criteria may serve any of them
		}
	}
	for _, s := range sums {
		best = max(best, s)
	}
	if total == 0 {
		return 0, 0
	}
	return best / total, words
}

func repeated(tokens []lexicon.Token, id int32) bool {
	for _, t := range tokens {
		if t.ID == id {
			return true
		}
	}
	return false
}
