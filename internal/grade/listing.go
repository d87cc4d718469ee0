package grade

import "interview/internal/lexicon"

// A unit of at least listedWords words of content, nearly all of them the rubric's, is a list and not a sentence.
const (
	listedWords = 10
	listedOther = .08 // words of content from outside the rubric
	listedGlue  = .2  // words of grammar
)

func (r *reading) listings() {
	for i := range r.units {
		u := &r.units[i]
		n := u.ownWords + u.otherWords
		if n < listedWords {
			continue
		}
		if r.relates(u) {
			continue
		}
		if float64(u.otherWords) < listedOther*float64(n) && float64(u.functionals) < listedGlue*float64(n+u.functionals) {
			r.take(u, listed)
		}
	}
}

// relates says that a sign stands in the unit which says how two things relate: an arrow, a colon, brackets, "=" or "<".
func (r *reading) relates(u *unit) bool {
	for i, t := range r.tokens(u) {
		if i > 0 && t.Gap&(lexicon.Arrow|lexicon.Colon|lexicon.Open|lexicon.Equal|lexicon.Less|lexicon.Semicolon|lexicon.Times) != 0 {
			return true
		}
	}
	return false
}

// A text of fewer than completeWords words for each term of the rubric that holds more than completeTerms of them all is
// a glossary: nobody says everything in a few lines.
const (
	completeWords = 6
	completeTerms = .75
)

func (r *reading) completeness() {
	if len(r.terms) == 0 {
		return
	}
	seen, found, words := make([]bool, len(r.terms)), 0, 0
	for i := range r.answers {
		words += len(r.texts[i].Tokens)
	}
	if words >= completeWords*len(r.terms) {
		return
	}
	for _, o := range r.occs {
		if !seen[o.term] {
			seen[o.term] = true
			found++
		}
	}
	if float64(found) < completeTerms*float64(len(r.terms)) {
		return
	}
	for i := range r.units {
		r.take(&r.units[i], complete)
	}
}
