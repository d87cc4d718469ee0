package grade

import (
	"slices"
	"sort"
	"strings"

	"interview/internal/lexicon"
)

// begin tries the variants that begin with the word at a token, in their order.
func (r *reading) begin(u *unit, tokens []lexicon.Token, at int, b *beginnings) {
	free, pairs := b.list[:b.free], []wordy(nil)
	if at+1 < len(tokens) {
		pairs = b.followed(tokens[at+1].ID)
	}
	for len(pairs) > 0 {
		from := &free
		if len(free) == 0 || pairs[0].variant < free[0].variant {
			from = &pairs
		}
		r.word(u, tokens, at, &(*from)[0])
		*from = (*from)[1:]
	}
	for i := range free {
		r.word(u, tokens, at, &free[i])
	}
}

// word tries a variant that begins with a word, and has the second one if it needs it.
func (r *reading) word(u *unit, tokens []lexicon.Token, at int, w *wordy) {
	switch {
	case w.words == 1:
		r.add(u, w.term, false, at, at+1)
	case w.words != 2:
		if r.stands[w.last] == r.scans {
			r.try(u, tokens, at, w.variant)
		}
	case tokens[at+1].Gap&phraseEnd == 0:
		r.add(u, w.term, false, at, at+2)
	}
}

// followed are the variants that a certain word must follow.
func (b *beginnings) followed(second int32) []wordy {
	if second <= 0 || b.seconds&(1<<(second%64)) == 0 {
		return nil
	}
	list := b.list[b.free:]
	first, behind := 0, len(list)
	for first < behind {
		if mid := (first + behind) / 2; list[mid].second < second {
			first = mid + 1
		} else {
			behind = mid
		}
	}
	end := first
	for end < len(list) && list[end].second == second {
		end++
	}
	return list[first:end]
}

// tryNumbers tries the variants that begin with a quantity or a sum.
func (r *reading) tryNumbers(u *unit, tokens []lexicon.Token) {
	for i, q := range r.qs {
		if i > 0 && q.First == r.qs[i-1].First {
			continue // another reading of the same
		}
		r.last = i
		list := r.byMeasure[q.Measure]
		if i+1 < len(r.qs) && r.qs[i+1].First == q.First {
			list = r.byNumber
		}
		for k := range list {
			v := &list[k]
			if v.bound >= 0 && (v.second == 0 || r.stands[v.second] == r.scans) && r.within(q.First, v.bound) {
				r.try(u, tokens, q.First-u.First, v.variant)
			}
		}
	}
	if len(r.found) > 0 {
		r.trySums(u)
	}
}

// believe takes a guessed topic for named if it is named without a typing error elsewhere.
func (r *reading) believe() {
	var named uint64
	for i := range r.units {
		named |= r.units[i].topics
	}
	for i := range r.units {
		r.units[i].topics |= r.units[i].guesses & named
	}
}

// guessed says that an occurrence is one short word found by mending a typing error. That is enough for a claim, which has other
// words as well, but an abbreviation of another field is one edit from many a topic.
func (r *reading) guessed(u *unit, o *occurrence) bool {
	t := r.texts[u.answer].Tokens[o.first]
	return o.end-o.first == 1 && t.Fixed && t.End-t.Start <= lexicon.ShortestMended
}

// trySums adds the occurrences of "#calc".
func (r *reading) trySums(u *unit) {
	for _, v := range r.byNumber {
		if v.bound >= 0 {
			continue
		}
		for _, s := range r.found {
			if s.Right {
				r.add(u, r.variants[v.variant].term, true, s.First-u.First, s.End-u.First)
			}
		}
	}
}

// method says that an occurrence is the verb of an HTTP request: "POST /orders" names no post.
func (r *reading) method(u *unit, o *occurrence) bool {
	text := &r.texts[u.answer]
	word := text.Tokens[o.first]
	if o.end-o.first > 1 || int(o.end) >= u.End || text.Tokens[o.end].Gap&(lexicon.Divide|lexicon.Path) == 0 {
		return false
	}
	return !strings.ContainsFunc(text.Source[word.Start:word.End], func(c rune) bool { return c < 'A' || c > 'Z' })
}

// magnitude says that a token is the letter of 20k, and no name.
func (r *reading) magnitude(u *unit, at int) bool {
	tokens := r.tokens(u)
	t := tokens[at]
	return t.Gap == lexicon.Glued && t.End-t.Start == 1 && tokens[at-1].Kind == lexicon.Number && strings.IndexByte("kKMBT", r.texts[u.answer].Source[t.Start]) >= 0
}

// try matches a variant that begins at a token of the unit.
func (r *reading) try(u *unit, tokens []lexicon.Token, at int, v int32) {
	e := r.variants[v].elements
	if end := r.match(u, tokens, at, e); end > at {
		r.add(u, r.variants[v].term, e[0].kind == sumElement || e[0].kind == numberElement && len(e) == 1, at, end)
	}
}

// phraseEnd is what no phrase goes on past.
const phraseEnd = lexicon.Comma | lexicon.Semicolon | lexicon.Stop | lexicon.Newline | lexicon.Pipe | lexicon.Arrow

// match returns the token behind the elements matched from at, or -1.
func (r *reading) match(u *unit, tokens []lexicon.Token, at int, elements []element) int {
	start := at
	for k := range elements {
		switch e, rest := &elements[k], elements[k+1:]; e.kind {
		case gapElement:
			return r.skip(u, tokens, at, rest, gapWords)
		case numberElement:
			end := r.quantityAt(u, at, int(e.bound))
			if end < 0 {
				return -1
			}
			if len(rest) > 0 && rest[0].kind == wordElement {
				return r.skip(u, tokens, end, rest, nounWords)
			}
			at = end
		default:
			if at >= len(tokens) || tokens[at].ID != e.word || at > start && tokens[at].Gap&phraseEnd != 0 {
				return -1
			}
			at++
		}
	}
	return at
}

// skip matches elements after at most n words of the same clause.
func (r *reading) skip(u *unit, tokens []lexicon.Token, at int, elements []element, n int) int {
	for i := at; i <= at+n && i < len(tokens); i++ {
		if i > at && tokens[i].Gap&clauseEnd != 0 {
			return -1
		}
		if end := r.match(u, tokens, i, elements); end > i {
			return end
		}
	}
	return -1
}

// within says that a bound holds for the quantity at r.last, however it is read.
func (r *reading) within(first, bound int) bool {
	for i := r.last; i < len(r.qs) && r.qs[i].First == first; i++ {
		if r.bounds[bound].holds(&r.qs[i]) {
			return true
		}
	}
	return false
}

// quantityAt returns the token behind a quantity at at that the bound asks for, or -1.
func (r *reading) quantityAt(u *unit, at, bound int) int {
	first := u.First + at
	if r.last >= len(r.qs) || r.qs[r.last].First != first {
		r.last = sort.Search(len(r.qs), func(i int) bool { return r.qs[i].First >= first })
	}
	for i := r.last; i < len(r.qs) && r.qs[i].First == first; i++ {
		if r.bounds[bound].holds(&r.qs[i]) {
			return r.qs[i].End - u.First
		}
	}
	return -1
}

// add notes an occurrence of a term, once.
func (r *reading) add(u *unit, term int32, sum bool, first, end int) {
	o := occurrence{term: term, first: int32(u.First + first), end: int32(u.First + end), sum: sum}
	if len(r.bare) > 0 {
		o.bare = slices.Contains(r.bare[first:end], true)
	}
	if len(r.pol) > 0 {
		r.under(u, &o, first, end)
	}
	for i := len(r.occs) - 1; i >= u.first && r.occs[i].first == o.first; i-- {
		if p := &r.occs[i]; p.term == o.term && p.end == o.end {
			return
		}
	}
	r.occs = append(r.occs, o)
}

// under gives an occurrence its polarity; one that is itself a negation counts by those around it.
func (r *reading) under(u *unit, o *occurrence, first, end int) {
	if r.terms[o.term].cue {
		o.cover = r.cover[first]
		if cueAt(r.tokens(u), first) > 0 {
			o.cover--
		}
		if o.cover > 0 {
			o.pol = negated
		}
		return
	}
	o.pol, o.cover = slices.Max(r.pol[first:end]), slices.Max(r.cover[first:end])
}
