package grade

import "interview/internal/lexicon"

// Who strings the rubric's words together needs something to string them with: "by means of", "in order to", "for our users".
// A stock phrase is three words that begin with one of grammar and are said stockUses times. Of 156 answers by people none had
// one; of texts put together from the rubric and frames of sentences the least began one at .075 of its words.
const (
	stockWords = 3
	stockUses  = 6
	stockPart  = .03 // of the words of a text, at which stock phrases must begin
	stockLeast = 150 // words of a text about which something can be said
)

// stock screens the units that hold a stock phrase, where the answers are made of them.
func (r *reading) stock(again []bool) {
	if r.without(refrainUse) {
		return
	}
	words, met := 0, 0
	for i := range r.units {
		if !again[i] {
			words += r.units[i].End - r.units[i].First
		}
	}
	if words < stockLeast {
		return
	}
	r.counts.reset(words)
	for i := range r.units {
		if !again[i] {
			r.phrases(&r.units[i], func(n *int32) bool { *n++; return true })
		}
	}
	for i := range r.units {
		if !again[i] {
			r.phrases(&r.units[i], func(n *int32) bool { met += b2i(*n >= stockUses); return true })
		}
	}
	if float64(met) < stockPart*float64(words) {
		return
	}
	for i := range r.units {
		r.phrases(&r.units[i], func(n *int32) bool {
			if *n >= stockUses {
				r.take(&r.units[i], refrain)
			}
			return *n < stockUses
		})
	}
}

// phrases calls f with the count of each run of stockWords words that begins with one of grammar, until it says no.
func (r *reading) phrases(u *unit, f func(*int32) bool) {
	tokens := r.tokens(u)
	for i := 0; i+stockWords <= len(tokens); i++ {
		if tokens[i].Function == 0 || !spelledOut(tokens[i:i+stockWords]) {
			continue
		}
		if !f(r.counts.at(runHash(tokens[i : i+stockWords]))) {
			return
		}
	}
}

// spelledOut says that all are words of more than one letter: formulas repeat theirs by right.
func spelledOut(tokens []lexicon.Token) bool {
	for i := range tokens {
		if tokens[i].Kind != lexicon.Word || tokens[i].End-tokens[i].Start < 2 {
			return false
		}
	}
	return true
}
