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
	type foreign struct {
		hash uint64
		unit int32
	}
	var list []foreign
	for i := range r.units {
		u := &r.units[i]
		if u.ownWords < refrainOwn || again[i] {
			continue
		}
		tokens, hashes := r.tokens(u), r.hashes[u.answer][u.First:u.End]
		for k, t := range tokens {
			if unit := k > 0 && tokens[k-1].Kind == lexicon.Number; unit || t.End-t.Start <= 2 {
				continue // 5 ms, 3 TB: an answer with many numbers repeats these by right
			}
			if content(t) && !r.own[t.ID] {
				list = append(list, foreign{hashes[k], int32(i)})
			}
		}
	}
	if len(list) < refrainLeast {
		return
	}
	span := min(refrainWords, len(list))
	for from := 0; from+span <= len(list); from += max(1, span/3) {
		seen := map[uint64]bool{}
		for _, f := range list[from : from+span] {
			seen[f.hash] = true
		}
		if float64(len(seen)) >= refrainTypes*float64(span) {
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
