package grade

import "interview/internal/lexicon"

// A run of bare items is a list of the rubric's own words: "cache, queue, shard" or "hash collision retry salt range".
// Words that stand so are named, not said, and make no claim among themselves.
const (
	bareItems = 3 // items in a row, parted by commas, slashes, arrows, "and" …
	bareWords = 7 // words of content in a row with nothing of grammar between them
	itemWords = 6 // words of an item at most
)

const separators = lexicon.Comma | lexicon.Semicolon | lexicon.Divide | lexicon.Arrow | lexicon.Pipe | lexicon.Newline | lexicon.Plus

// named says that a token may stand in a bare item: a word of the rubric, of grammar inside one of its phrases, an
// article or a number.
func named(tok lexicon.Token, own []bool) bool {
	return own[tok.ID] || tok.Kind == lexicon.Number || tok.Function != 0 && (tok.ID != 0 || roles()[tok.Function]&article != 0)
}

// formula are the signs inside an item that make it more than a name: "dp[0] = 0".
const formula = lexicon.Equal | lexicon.Less | lexicon.Open | lexicon.Close | lexicon.Minus | lexicon.Times | lexicon.Power

// measured says that an item gives a measure of something that it names: "feed under 200 ms" says a thing, "200 ms" and
// "7 characters" are terms. The quantities begin with the first of the item; from is the token that the unit begins at.
func measured(tokens []lexicon.Token, own []bool, qs []lexicon.Quantity, from, first, end int) bool {
	for _, q := range qs {
		if q.First-from >= end {
			return false
		}
		if q.End-from > end || q.Measure == lexicon.Count || q.Measure == lexicon.Ratio {
			continue
		}
		for i := first; i < end; i++ {
			if (i < q.First-from || i >= q.End-from) && tokens[i].Function == 0 && tokens[i].Kind == lexicon.Word && own[tokens[i].ID] {
				return true
			}
		}
	}
	return false
}

// bareRuns marks the tokens of a unit that lie in a run of bare items. The quantities are those of the unit, which begins at
// the token from of the text.
func bareRuns(tokens []lexicon.Token, own []bool, qs []lexicon.Quantity, from int, out []bool) []bool {
	out = out[:0]
	for range tokens {
		out = append(out, false)
	}
	table := roles()
	run, runStart, item, bare := 0, 0, 0, true
	marked := 0                            // tokens before it need no second look
	kind := lexicon.Gap(0)                 // what parts the items of the run
	close := func(i int, by lexicon.Gap) { // an item ends before token i
		for len(qs) > 0 && qs[0].First-from < item {
			qs = qs[1:]
		}
		if !bare || i <= item || i-item > itemWords || measured(tokens, own, qs, from, item, i) {
			run = 0
			return
		}
		if run == 0 {
			runStart, kind = item, by
		}
		run++
		if run >= bareItems {
			for j := max(runStart, marked); j < i; j++ {
				out[j] = true
			}
			marked = i
		}
		if by != kind && by != 0 { // notes mix their signs, a list does not; the item may open a list of its own
			run, runStart, kind = 1, item, by
		}
	}
	words, wordStart := 0, 0
	for i, tok := range tokens {
		joins := table[tok.Function]&joiner != 0
		if i > 0 && tok.Gap&(lexicon.Colon|lexicon.Open) != 0 { // the head of a list is no item of it
			close(i, 0)
			run, item, bare = 0, i, true
		}
		if i > 0 && tok.Gap&separators != 0 || joins && i > item && tok.Function != 0 && bareJoint(tokens, i) {
			close(i, partedBy(tok))
			item, bare = i, true
		}
		if !named(tok, own) && !joins || roles()[tok.Function]&(being|opener|predicate) != 0 || i > item && tok.Gap&formula != 0 && (tok.Kind != lexicon.Number || tokens[i-1].Kind != lexicon.Number) {
			bare = false
		}
		if tok.Function != 0 || i > 0 && tok.Gap&^(lexicon.Hyphen|lexicon.Glued) != 0 {
			words = 0
		}
		if tok.Function == 0 {
			if words == 0 {
				wordStart = i
			}
			if words++; words >= bareWords {
				for j := max(wordStart, i-bareWords+1); j <= i; j++ {
					out[j] = true
				}
			}
		}
	}
	close(len(tokens), 0)
	return out
}

// partedBy is the sign before a token that begins an item; "and" counts as a comma.
func partedBy(tok lexicon.Token) lexicon.Gap {
	for _, g := range [...]lexicon.Gap{lexicon.Arrow, lexicon.Semicolon, lexicon.Pipe, lexicon.Divide, lexicon.Plus, lexicon.Newline} {
		if tok.Gap&g != 0 {
			return g
		}
	}
	return lexicon.Comma
}

// bareJoint says that the joiner at i parts two items: "and", "or", "plus", "with".
func bareJoint(tokens []lexicon.Token, i int) bool {
	return tokens[i].Function == andWord() || tokens[i].Function == orWord()
}

// A run of lines that hold nothing but the rubric's words, a few of them each, may be the plain sentences of one who says
// little: of 97 answers the longest had 19. A list of all that a rubric asks for has three a line and 45 lines, or is one
// sentence without end.
const (
	listedLines  = 28
	endlessWords = 100 // of a sentence
	listedPart   = .95 // of its words that are the rubric's
	listedItems  = 20  // that one sentence may list
	mostlyListed = .9  // of the lines of an answer with such a run: what stands between is listed too
)

// lists screens long runs of such lines, and sentences that go on and on.
func (r *reading) lists() {
	if r.without(wordLists) {
		return
	}
	run, lines, long := 0, 0, false
	for i := 0; i <= len(r.units); i++ {
		if i < len(r.units) && (r.items(&r.units[i]) > listedItems || r.endless(&r.units[i])) {
			r.take(&r.units[i], listed)
		}
		if i < len(r.units) && r.wordsOnly(&r.units[i]) {
			run++
			lines++
			continue
		}
		if run >= listedLines {
			long = true
			for j := i - run; j < i; j++ {
				r.take(&r.units[j], listed)
			}
		}
		run = 0
	}
	if long && float64(lines) >= mostlyListed*float64(len(r.units)) {
		for i := range r.units {
			r.take(&r.units[i], listed)
		}
	}
}

// endless says that a unit is one long sentence of the rubric's words.
func (r *reading) endless(u *unit) bool {
	tokens, n := r.tokens(u), 0
	if len(tokens) < endlessWords {
		return false
	}
	for _, t := range tokens {
		n += b2i(named(t, r.own))
	}
	return float64(n) >= listedPart*float64(len(tokens))
}

// items counts what one kind of sign parts in a unit, for the most frequent sign.
func (r *reading) items(u *unit) int {
	commas, arrows, others := 0, 0, 0
	for i, t := range r.tokens(u) {
		switch {
		case i == 0:
		case t.Gap&lexicon.Arrow != 0:
			arrows++
		case t.Gap&lexicon.Comma != 0:
			commas++
		case t.Gap&(lexicon.Semicolon|lexicon.Pipe|lexicon.Plus) != 0:
			others++
		}
	}
	return 1 + max(commas, arrows, others)
}

// says are the signs with which notes say what has to do with what: a line that has one is no mere item.
const says = lexicon.Arrow | lexicon.Colon | lexicon.Semicolon | lexicon.Equal | lexicon.Less

func (r *reading) wordsOnly(u *unit) bool {
	tokens := r.tokens(u)
	if len(tokens) == 0 || len(tokens) > 2*itemWords {
		return false
	}
	for i, t := range tokens {
		if !named(t, r.own) || i > 0 && t.Gap&says != 0 {
			return false
		}
	}
	return true
}
