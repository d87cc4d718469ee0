package grade

// A text of fewer than completeWords words for each term of the rubric that holds more than completeTerms of them all is
// a glossary: nobody says everything in a few lines.
const (
	completeWords = 6
	completeTerms = .75
	completeLeast = 100 // terms: of a card's few, one good sentence may hold most
)

func (r *reading) completeness() {
	if r.without(glossaries) {
		return
	}
	if len(r.terms) < completeLeast {
		return
	}
	seen, found, words, asked := make([]bool, len(r.terms)), 0, 0, 0
	for i := range r.terms {
		seen[i] = !r.terms[i].asked() // the opposites of what is asked for do not count
		asked += b2i(!seen[i])
	}
	for i := range r.answers {
		words += len(r.texts[i].Tokens)
	}
	if words >= completeWords*asked {
		return
	}
	for _, o := range r.occs {
		if !seen[o.term] {
			seen[o.term] = true
			found++
		}
	}
	if float64(found) < completeTerms*float64(asked) {
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
