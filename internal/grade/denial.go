package grade

import (
	"strings"

	"interview/internal/lexicon"
)

// An answer that denies most of what it says is taken at its word: its negations then run to the end of the sentence,
// past the marks and connectives that usually end them, and its drawings, tables and code blocks, which cannot be negated,
// count for nothing.
const (
	denyingPart  = .4 // of the units that say something
	denyingUnits = 6
)

func (r *reading) denies() bool {
	if r.without(denials) {
		return false
	}
	said, denied := 0, 0
	for i := range r.units {
		u := &r.units[i]
		tokens := r.tokens(u)
		if u.mute || u.Kind == lexicon.Row || len(tokens) < 3 {
			continue
		}
		said++
		denied += b2i(deniesAll(tokens))
	}
	return said >= denyingUnits && float64(denied) > denyingPart*float64(said)
}

// deniesAll says that a unit opens with a negation or is called untrue.
func deniesAll(tokens []lexicon.Token) bool {
	for j := 0; j < len(tokens) && j < 4; j++ {
		if cueAt(tokens, j) > 0 {
			return true
		}
	}
	return untrue(tokens)
}

// deniedLine says that an answer which denies most of what it says denies the sentence before on the same line: what
// follows a denied lead-in goes with it.
func (r *reading) deniedLine(i int) bool {
	if i == 0 {
		return false
	}
	u, before := &r.units[i], &r.units[i-1]
	if before.answer != u.answer || before.To > u.From || strings.Contains(r.answers[u.answer].Text[before.To:u.From], "\n") {
		return false
	}
	u.trails = before.trails || deniesAll(r.tokens(before))
	return u.trails
}
