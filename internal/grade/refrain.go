package grade

// Around the rubric's words an answer uses words of its own, and hardly the same one twice: some 70 different ones of 100.
// Text that was put together from the rubric and some glue has the same few again and again.
const (
	refrainWords = 60 // words of content from outside the rubric looked at together, in the units that use the rubric's
	refrainLeast = 24 // with fewer in all nothing can be said
	refrainTypes = .6 // part of them that must differ
	refrainOwn   = 2  // units with fewer of the rubric's words are not looked at
)

func (r *reading) refrains() {
	type foreign struct {
		hash uint64
		unit int32
	}
	var list []foreign
	for i := range r.units {
		u := &r.units[i]
		if u.ownWords < refrainOwn {
			continue
		}
		tokens, text := r.tokens(u), r.answers[u.answer].Text
		for _, t := range tokens {
			if content(t) && !r.own[t.ID] {
				list = append(list, foreign{hashWord(0, text, t), int32(i)})
			}
		}
	}
	if len(list) < refrainLeast {
		return
	}
	flagged := false
	span := min(refrainWords, len(list))
	for from := 0; from+span <= len(list); from += max(1, span/3) {
		seen := map[uint64]bool{}
		for _, f := range list[from : from+span] {
			seen[f.hash] = true
		}
		if float64(len(seen)) < refrainTypes*float64(span) {
			flagged = true
		}
	}
	if flagged {
		for i := range r.units { // those without a word of their own are no better
			r.take(&r.units[i], refrain)
		}
	}
}
