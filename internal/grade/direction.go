package grade

import (
	"cmp"
	"slices"
	"sync"

	"interview/internal/bank"
	"interview/internal/lexicon"
)

// Who has a thing the wrong way round says so all over the text: the tail is cached at the edge, the server resends, the
// lock outlives the lease. No one sentence proves it, since a design may well turn one thing round, but together they do:
// lexicon/sense.go adds up which of two opposite words stands near which things, and answers of people who know the field
// stray from the bank's way in a share of it that hardly differs from one to the other.
//
// Where the table knows too few of the pairs, the text is about another field, and nothing follows.

// The share of what the table knows that is turned, in answers of people who know the field or some of it: its mean and its
// spread once the prior is added, which keeps short texts from being judged by a few words.
const (
	strayShare  = .13
	straySpread = .026
	strayPrior  = 100 * lexicon.SenseUnit
	knownField  = .06 // pairs that the table has, for each word
)

// turn is a word of direction and a word of a subject near it, by their marks.
type turn struct{ direction, thing uint32 }

// ownTurns are the pairs that a rubric itself says: whatever is usual elsewhere, they are right here.
type ownTurns struct {
	once  sync.Once
	pairs map[turn]bool
}

func (o *ownTurns) has(s *Sheet) func(direction, thing uint32) bool {
	o.once.Do(func() {
		o.pairs = map[turn]bool{}
		add := func(direction, thing uint32) { o.pairs[turn{direction, thing}] = true }
		itemTexts(s.item, func(text string) {
			t := lexicon.Read(text, nil)
			for i := range t.Units {
				t.Directions(&t.Units[i], func(direction, thing uint32, _, _ int) { add(direction, thing) })
			}
		})
		c := &compiler{Sheet: s, parsers: map[string]*parser{}, written: newWordTable()}
		for i := range s.item.Criteria {
			bc := &s.item.Criteria[i]
			for _, l := range bc.Levels {
				for _, say := range l.Say {
					claimTurns(c.parser(bc), say, add)
				}
			}
		}
	})
	return func(direction, thing uint32) bool { return o.pairs[turn{direction, thing}] }
}

// itemTexts are the sentences in which an item says what is right.
func itemTexts(it *bank.Item, f func(text string)) {
	for _, p := range it.Framework.Phases {
		f(it.Prompt.Model[p.ID])
	}
	for _, fact := range it.Prompt.Facts {
		f(fact.Says)
	}
	for i := range it.Criteria {
		c := &it.Criteria[i]
		f(c.Why)
		for _, l := range c.Levels {
			f(l.Descriptor)
		}
		for _, h := range c.Examples.Hit {
			f(h)
		}
	}
}

// claimTurns calls f for each pair of words that may meet a claim together and of which the first has a direction.
func claimTurns(p *parser, source string, f func(direction, thing uint32)) {
	slots, err := p.claim(source)
	if err != nil {
		return
	}
	for i, slot := range slots {
		for _, u := range slot {
			if u.denies() {
				continue
			}
			for a, word := range u.words {
				direction := lexicon.SenseMark(word.word)
				if len(lexicon.Opposed(direction)) == 0 {
					continue
				}
				pairUp(direction, u.words[:a], f)
				pairUp(direction, u.words[a+1:], f)
				for j := range slots {
					for _, v := range slots[j] {
						if j != i && !v.denies() {
							pairUp(direction, v.words, f)
						}
					}
				}
			}
		}
	}
}

// denies says that an alternative must be denied, or is itself a negation.
func (a *alternative) denies() bool {
	return a.negate || slices.ContainsFunc(a.words, func(k *knownWord) bool { return isCue(k.word) })
}

func pairUp(direction uint32, words phrase, f func(direction, thing uint32)) {
	for _, k := range words {
		if thing := lexicon.SenseMark(k.word); !k.special && !lexicon.Function(k.word) && thing != direction {
			f(direction, thing)
		}
	}
}

// astray is how many spreads more of the answers is turned round than is usual, 0 where that cannot be said.
func (r *reading) astray() float64 {
	if r.without(directions) {
		return 0
	}
	stray := r.strayed(nil)
	if stray >= strayFrom {
		stray = r.strayed(r.ownSays.has(r.Sheet))
	}
	return stray
}

func (r *reading) strayed(own func(direction, thing uint32) bool) float64 {
	r.told.Forget()
	usual, turned, known := 0, 0, 0
	for i := range r.units {
		u := &r.units[i]
		a, b, n := r.texts[u.answer].Sense(&u.Unit, &r.told, own)
		usual, turned, known = usual+a, turned+b, known+n
	}
	if float64(known) < knownField*float64(r.words()) {
		return 0
	}
	return ((float64(turned)+strayShare*strayPrior)/(float64(usual+turned)+strayPrior) - strayShare) / straySpread
}

// mostTurned is how many of the units that are most turned round are quoted.
const mostTurned = 3

// turnedMost are the units that are most turned round, in the order of the text.
func (r *reading) turnedMost() []int {
	type weighed struct{ unit, by int }
	var list []weighed
	r.told.Forget()
	for i := range r.units {
		u := &r.units[i]
		if usual, turned, _ := r.texts[u.answer].Sense(&u.Unit, &r.told, r.ownSays.has(r.Sheet)); turned > usual && !u.mute {
			list = append(list, weighed{i, turned - usual})
		}
	}
	slices.SortStableFunc(list, func(a, b weighed) int { return cmp.Compare(b.by, a.by) })
	var out []int
	for _, w := range list[:min(mostTurned, len(list))] {
		out = append(out, w.unit)
	}
	slices.Sort(out)
	return out
}
