package grade

// A text of fewer than completeWords words for each alternative of the rubric's levels that holds more than completeTerms of
// them all is a glossary: who answers says a thing in one way, and not in all that the rubric would take.
const (
	completeWords = 10
	completeTerms = .75
	completeLeast = 100 // alternatives: of a card's few, one good sentence may hold most
	completeWays  = 3   // alternatives for each slot, at least: a rubric that knows one wording is met whole by that wording
)

func (r *reading) completeness() {
	if r.without(glossaries) || r.asked < max(completeLeast, completeWays*r.slots) {
		return
	}
	least := completeTerms * float64(r.asked)
	if r.words() >= completeWords*r.asked || float64(len(r.occs)) < least || float64(r.askedFor()) < least {
		return
	}
	for i := range r.units {
		r.take(&r.units[i], complete)
	}
}

// askedFor counts the different terms of levels in the answers.
func (r *reading) askedFor() (n int) {
	seen := make([]bool, len(r.terms))
	for _, o := range r.occs {
		if !seen[o.term] {
			seen[o.term] = true
			n += b2i(r.terms[o.term].raises)
		}
	}
	return n
}
