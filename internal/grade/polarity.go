package grade

import (
	"strings"
	"sync"

	"interview/internal/lexicon"
)

// polarity of a token.
type polarity uint8

const (
	affirmed polarity = iota
	weak              // stands before the negation of its clause
	negated
)

// role is what a word of grammar does to the words around it.
type role uint16

const (
	cue       role = 1 << iota // turns what follows: not, never, without …
	ender                      // a negation ends here: but, because, instead …
	conceding                  // while, though: ends a negation, but not one that opens the sentence
	opener                     // may stand before a negation that opens its sentence: we, it, there
	verdict                    // calls what is said untrue: false, wrong
	joiner                     // and, or, we, use: says nothing of how two things relate
	truth                      // true, case: untrue under a negation
	being                      // is, are …
	that
	article      // a, an, the
	predicate    // must, has, does: makes a clause of what it stands in
	relative     // which, who: begins a clause of its own
	hypothetical // would, could, might: what is said is weighed and not claimed
	comparing    // than, over, versus, if: two things are held against each other
	swapping     // instead of, rather than
)

var roleWords = map[role]string{
	cue: `not never no without cannot nor neither none nobody nothing nowhere hardly scarcely refuse refuses decline declines forbid forbids
		impossible don't doesn't can't won't isn't aren't shouldn't wouldn't didn't couldn't hasn't haven't hadn't wasn't weren't needn't mustn't
		dont doesnt cant wont isnt arent shouldnt wouldnt didnt`,
	ender:        `but so because since instead otherwise hence therefore thus although though while whereas however`,
	conceding:    `although though while`,
	opener:       `we i you they it one there`,
	verdict:      `false untrue wrong incorrect`,
	joiner:       `and or also plus etc both use using uses used`,
	truth:        `true case`,
	being:        `is are be was quite simply plainly`,
	that:         `that`,
	article:      `a an the`,
	predicate:    `must can will should may shall has have had do does did goes go were been am let lets`,
	relative:     `which who where`,
	hypothetical: `would could might`,
	comparing:    `than over rather if unless until like would could instead either whether`,
	swapping:     `instead rather`,
}

// roles maps lexicon.FunctionID to what the word does.
var roles = sync.OnceValue(func() []role {
	table := make([]role, lexicon.Functions()+1)
	for r, words := range roleWords {
		for w := range strings.FieldsSeq(words) {
			table[lexicon.FunctionID(w)] |= r
		}
	}
	table[0] = 0
	return table
})

// isCue says whether a word of a claim is itself a negation.
func isCue(word string) bool {
	id := lexicon.FunctionID(word)
	return id != 0 && roles()[id]&cue != 0
}

// fixedWords are the function words that polarity must tell apart one by one.
var fixedWords = sync.OnceValue(func() (w struct {
	instead, of, rather, than, not, only, just, no, more, less, matter, whether, or, we, without, nothing, would, but, i int16
}) {
	for _, x := range []struct {
		id   *int16
		word string
	}{{&w.instead, "instead"}, {&w.of, "of"}, {&w.rather, "rather"}, {&w.than, "than"}, {&w.not, "not"}, {&w.only, "only"}, {&w.just, "just"},
		{&w.no, "no"}, {&w.more, "more"}, {&w.less, "less"}, {&w.matter, "matter"}, {&w.whether, "whether"}, {&w.or, "or"}, {&w.we, "we"}, {&w.without, "without"}, {&w.nothing, "nothing"}, {&w.would, "would"}, {&w.but, "but"}, {&w.i, "i"}} {
		*x.id = lexicon.FunctionID(x.word)
	}
	return w
})

// clauseEnd is what ends a negation inside a sentence.
const clauseEnd = lexicon.Semicolon | lexicon.Arrow | lexicon.Colon | lexicon.Open | lexicon.Close | lexicon.Stop | lexicon.Newline | lexicon.Pipe

// negating are the words without one of which no word of a unit is negated.
const negating = cue | swapping | verdict

// polarities marks the tokens of one unit, and counts in cover the negations that each stands under. A stubborn negation
// runs to the end of the unit: see denial.go.
func polarities(tokens []lexicon.Token, pol []polarity, cover []uint8, stubborn bool) ([]polarity, []uint8) {
	pol, cover = pol[:0], cover[:0]
	some, called := false, false
	table := roles()
	for _, tok := range tokens {
		pol, cover = append(pol, affirmed), append(cover, 0)
		if tok.Function != 0 {
			some = some || table[tok.Function]&(cue|swapping) != 0
			called = called || table[tok.Function]&(verdict|truth) != 0
		}
	}
	if some {
		spread(tokens, pol, cover, stubborn)
	}
	if called && untrue(tokens) {
		for j := range pol {
			pol[j] = negated
			cover[j]++
		}
	}
	return pol, cover
}

// nested is how many negations that end together are told apart.
const nested = 4

// spread carries each negation to the end of its scope.
func spread(tokens []lexicon.Token, pol []polarity, cover []uint8, stubborn bool) {
	table, start := roles(), 0 // start of the clause
	weakened, known := 0, 0    // tokens before are weak already; no negation ends between the last cue and here
	last, same := 0, 0         // where the last negation ends, and how many end there
	for i := 0; i < len(tokens); i++ {
		if i > 0 && tokens[i].Gap&clauseEnd != 0 || tokens[i].Gap&lexicon.Comma != 0 || table[tokens[i].Function]&(ender|relative|that) != 0 {
			start = i
		}
		n := cueAt(tokens, i)
		if n == 0 {
			continue
		}
		from := i + n
		if i > leads {
			from = max(from, known)
		}
		end := scope(tokens, i, from, stubborn)
		if i > leads {
			known = end
		}
		if w := fixedWords(); tokens[i].Function != w.without && tokens[i].Function != w.instead && tokens[i].Function != w.rather {
			for j := max(start, weakened); j < i; j++ { // "we write without a lock" affirms the writing
				pol[j] = max(pol[j], weak)
			}
			weakened = i
		}
		if end != last {
			same = 0
		}
		if last = end; same < nested {
			same++
			for j := i; j < end; j++ {
				pol[j] = negated
				cover[j]++
			}
		}
		i += n - 1
	}
}

// cueAt returns how many tokens from i make a negation, 0 if none does.
func cueAt(tokens []lexicon.Token, i int) int {
	w, f := fixedWords(), tokens[i].Function
	if f == 0 {
		return 0
	}
	next := int16(0)
	if i+1 < len(tokens) {
		next = tokens[i+1].Function
	}
	switch {
	case f == w.instead && next == w.of, f == w.rather && next == w.than:
		return 2
	case roles()[f]&cue == 0, f == w.nothing && i > 0 && tokens[i-1].Function == w.or: // "all or nothing" is a promise
		return 0
	case f == w.not && (next == w.only || next == w.just), (f == w.no || f == w.not) && next != 0 && (next == w.more || next == w.less || next == w.matter):
		return 0
	case f == w.not && i > 0 && tokens[i-1].Function == w.or && i > 1: // "whether or not"
		return b2i(i < 2 || tokens[i-2].Function != w.whether)
	}
	return 1
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// leads is the last token at which a negation may open its sentence and run on further.
const leads = 2

// scope returns the token, after or later, at which a negation at i ends.
func scope(tokens []lexicon.Token, i, after int, stubborn bool) int {
	if stubborn {
		return len(tokens)
	}
	table, w := roles(), fixedWords()
	leading := i == 0 && tokens[0].Function != w.no || i > 0 && i <= leads && table[tokens[0].Function]&opener != 0
	ends := clauseEnd
	if leading {
		ends = lexicon.Semicolon | lexicon.Stop | lexicon.Newline
	}
	for j := after; j < len(tokens); j++ {
		if tokens[j].Gap&ends != 0 {
			return j
		}
		r := table[tokens[j].Function]
		if r&ender != 0 && !(leading && r&conceding != 0) || !leading && tokens[j].Function == w.we && tokens[j].Gap&lexicon.Comma != 0 {
			return j
		}
	}
	return len(tokens)
}

// untrue says that the sentence as a whole is called untrue: "it is false that", "… is wrong", "it is not the case that".
func untrue(tokens []lexicon.Token) bool {
	table := roles()
	for i, tok := range tokens {
		r := table[tok.Function]
		if r&(verdict|truth) == 0 {
			continue
		}
		last := i+1 == len(tokens)
		early := !last && table[tokens[i+1].Function]&that != 0 && i <= 6
		switch {
		case r&verdict != 0 && (early || last && i > 0 && table[tokens[i-1].Function]&being != 0):
			return true
		case r&truth != 0 && (early || last) && cueBefore(tokens, i):
			return true
		}
	}
	return false
}

func cueBefore(tokens []lexicon.Token, i int) bool {
	for j := max(0, i-3); j < i; j++ {
		if roles()[tokens[j].Function]&cue != 0 {
			return true
		}
	}
	return false
}
