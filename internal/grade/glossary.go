package grade

// A text of fewer than completeWords words for each word of the rubric that holds more than completePart of them all is a
// glossary: nobody says everything in a few lines.
const (
	completeWords = 6
	completePart  = .75
	completeLeast = 100 // words: of a card's few, one good sentence may hold most
)

func (r *reading) completeness() {
	if r.without(glossaries) || r.owned < completeLeast {
		return
	}
	seen, found, words := make([]bool, len(r.own)), 0, 0
	for i := range r.answers {
		words += len(r.texts[i].Tokens)
		for _, t := range r.texts[i].Tokens {
			if r.own[t.ID] && !seen[t.ID] {
				seen[t.ID] = true
				found++
			}
		}
	}
	if words >= completeWords*r.owned || float64(found) < completePart*float64(r.owned) {
		return
	}
	for i := range r.units {
		r.take(&r.units[i], complete)
	}
}

// asked says that a claim or the topic asks for the term.
func (t *term) asked() bool {
	for _, r := range t.refs {
		if !r.turned {
			return true
		}
	}
	return t.topic != 0
}
