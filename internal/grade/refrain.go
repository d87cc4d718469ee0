package grade

import "interview/internal/lexicon"

// Around the rubric's words an answer uses words of its own, and hardly the same one twice: of 60 in a row the least measured was 33 different ones, of such glue 20 at most.
// Text that was put together from the rubric and some glue has the same few again and again.
const (
	refrainWords = 60  // words of content from outside the rubric looked at together, in the units that use the rubric's
	refrainLeast = 24  // with fewer in all nothing can be said
	refrainTypes = .45 // part of them that must differ
	refrainOwn   = 2   // units with fewer of the rubric's words are not looked at
)

func (r *reading) refrains(again []bool) {
	if r.without(refrainUse) {
		return
	}
	list := r.foreignWords(again)
	if len(list) < refrainLeast {
		return
	}
	span := min(refrainWords, len(list))
	for from := 0; from+span <= len(list); from += max(1, span/3) {
		different := 0
		for _, f := range list[from : from+span] {
			different += b2i(int(f.before) <= from)
		}
		if float64(different) >= refrainTypes*float64(span) {
			continue
		}
		first, last := int(list[from].unit), int(list[from+span-1].unit)
		if from == 0 {
			first = 0
		}
		if from+span+max(1, span/3) > len(list) {
			last = len(r.units) - 1
		}
		for i := first; i <= last; i++ { // those without a word of their own between are no better
			r.take(&r.units[i], refrain)
		}
	}
}

// foreignWord is a word of content from outside the rubric.
type foreignWord struct {
	unit   int32
	before int32 // 1 + its last place in the list before this one, 0 = none
}

// foreignWords lists those of the units that use the rubric's.
func (r *reading) foreignWords(again []bool) []foreignWord {
	r.counts.reset(r.words())
	list := r.strangers[:0]
	for i := range r.units {
		u := &r.units[i]
		if u.ownWords < refrainOwn || u.otherWords == 0 || again[i] {
			continue
		}
		tokens := r.tokens(u)
		for k := range tokens {
			t := &tokens[k]
			if unit := k > 0 && tokens[k-1].Kind == lexicon.Number; unit || t.End-t.Start <= 2 {
				continue // 5 ms, 3 TB: an answer with many numbers repeats these by right
			}
			if content(*t) && !r.own[t.ID] {
				last := r.counts.at(uint64(t.Hash))
				list = append(list, foreignWord{int32(i), *last})
				*last = int32(len(list))
			}
		}
	}
	r.strangers = list
	return list
}
