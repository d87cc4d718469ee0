package grade

import (
	"slices"

	"interview/internal/lexicon"
)

// spelling collects the words that a rubric is written in, and those that may be put for them. It is done before any
// term is made, so that what the words of an answer are taken for does not depend on which terms that answer can meet.
type spelling struct {
	vocabulary *lexicon.Vocabulary
	known      *wordTable  // those that some claim is spelt with
	groups     []usedGroup // by the ID of the group
	ours       []bool      // by id: a word of what is asked for, and not only the opposite of one
	here       []bool      // by id: stands in the answers; nil if any word may
	joins      bool        // two words of the rubric stand in the answers as one
	joined     []*knownWord
	specials   int32               // quantities and gaps met
	relations  []*lexicon.Relation // by ID
}

// usedGroup is a group of synonyms as a rubric uses it.
type usedGroup struct {
	spelt, own bool     // its words are spelt, as those of what is asked for
	members    []phrase // looked up when the first is needed; see variants.go
}

// answer is what is known of a question.
type answer int8

const (
	unknown answer = iota
	yes
	no
)

func newSpelling(v *lexicon.Vocabulary) spelling {
	return spelling{vocabulary: v, known: newWordTable(), groups: make([]usedGroup, lexicon.Groups()), relations: lexicon.Relations()}
}

// know spells a word of a claim. The words of claims have a table of their own, since claims are read while others are
// spelt: what a word means is the same for both.
func (s *spelling) know(k *knownWord) {
	if k.spelt {
		return
	}
	if k.special {
		s.specials++
		k.spelt, k.stem = true, -s.specials
		return
	}
	if n, slot := s.known.find(k.word, k.hash); n < 0 {
		s.enter(k, slot)
	} else {
		had := s.known.words[n]
		k.spelt, k.id, k.stem, k.grammar, k.cue, k.relation = true, had.id, had.stem, had.grammar, had.cue, had.relation
	}
}

// word spells a word that claims may not have.
func (s *spelling) word(w string) *knownWord {
	hash := hashOf(w)
	n, slot := s.known.find(w, hash)
	if n >= 0 {
		return s.known.words[n]
	}
	k := s.known.room.one()
	k.word, k.hash = w, hash
	s.enter(k, slot)
	return k
}

// enter spells a word that is new.
func (s *spelling) enter(k *knownWord, slot int) {
	s.known.add(k, slot)
	k.spelt = true
	known := s.vocabulary.Add(k.word)
	k.id, k.relation, k.grammar = known.ID, known.Relation, known.Function != 0
	k.cue = k.grammar && roles()[known.Function]&cue != 0
	k.stem = s.stemOf(k)
}

// stemOf numbers the stems: those that stand in a list of the lexicon as there, others behind them.
func (s *spelling) stemOf(k *knownWord) int32 {
	if k.relation != nil {
		return k.relation.ID
	}
	return int32(len(s.relations)) + k.id
}

// note notes a word of what is asked for.
func (s *spelling) note(k *knownWord) {
	for int(k.id) >= len(s.ours) {
		s.ours = append(s.ours, make([]bool, max(1024, len(s.ours)))...)
	}
	if k.id > 0 && !s.ours[k.id] {
		s.ours[k.id] = true
	}
}

// seal ends the collecting.
func (s *spelling) seal() {
	n := s.vocabulary.Len() + 1
	for len(s.ours) < n {
		s.ours = append(s.ours, false)
	}
	s.ours = s.ours[:n]
}

// spell collects the words of alternatives; with turned, those of their opposites too.
func (s *spelling) spell(list []use, turned bool) {
	for _, u := range list {
		a := u.alternative
		if a.spelt && (a.turned || !turned) {
			continue
		}
		if a.places != nil {
			s.spellPlaces(a, turned)
			continue
		}
		if !a.spelt {
			a.spelt, a.cue = true, s.all(a.words)
			s.phrase(a.words, true)
		}
		if turned {
			a.turned = true
			s.turns(a.words)
		}
	}
}

func (s *spelling) spellPlaces(a *alternative, turned bool) {
	a.spelt, a.turned = true, a.turned || turned
	for _, place := range a.places {
		for _, words := range place {
			if s.all(words) {
				a.cue = true
			}
			s.inside(words, true, false)
			if turned {
				s.turns(words)
			}
		}
	}
}

// turns spells the opposites of words.
func (s *spelling) turns(words phrase) {
	for i, k := range words {
		for _, o := range k.opposites() {
			var room [8]*knownWord
			turned := append(room[:0], words...)
			turned[i] = s.word(o)
			s.phrase(turned, false)
		}
	}
}

// all spells words and says whether one is a negation.
func (s *spelling) all(words phrase) (cue bool) {
	for _, k := range words {
		s.know(k)
		cue = cue || k.cue
	}
	return cue
}

// phrase collects a phrase that stands alone: two words may be written as one.
func (s *spelling) phrase(words phrase, own bool) {
	s.inside(words, own, len(words) == 1)
	if !joinable(words) {
		return
	}
	k := s.joinedOf(words)
	if k == nil {
		k = s.word(words[0].word + words[1].word)
	}
	s.joined = append(s.joined, k)
	if own {
		s.note(k)
	}
}

// inside collects words and the synonyms of each stretch of them.
func (s *spelling) inside(words phrase, own, alone bool) {
	for i, k := range words {
		if own && (alone || !k.grammar) {
			s.note(k)
		}
		for _, g := range k.begins() {
			used := &s.groups[g.ID]
			if used.spelt && (used.own || !own) || !begins(g, words[i:]) {
				continue
			}
			used.spelt, used.own = true, own
			for _, m := range g.Members {
				member := make(phrase, len(m))
				for j, w := range m {
					member[j] = s.word(w)
				}
				s.inside(member, own, len(m) == 1 && len(words) == 1)
			}
		}
	}
}

// begins says that some member of a group stands at the start of the words.
func begins(g *lexicon.Group, words phrase) bool {
	for _, m := range g.Stems {
		n := 0
		for n < len(m) && n < len(words) && words[n].stem == m[n] {
			n++
		}
		if n == len(m) {
			return true
		}
	}
	return false
}

// look notes which of the words stand in the answers, and returns these as they were read.
func (s *spelling) look(answers []Answer) []lexicon.Text {
	s.here = make([]bool, s.vocabulary.Len()+1)
	texts := make([]lexicon.Text, len(answers))
	for i, a := range answers {
		texts[i].Read(a.Text, s.vocabulary)
		for _, tok := range texts[i].Tokens {
			s.here[tok.ID] = true
		}
	}
	for _, k := range s.joined {
		s.joins = s.joins || s.here[k.id]
	}
	return texts
}

// near says that a word of the rubric, or one that may be put for it, can stand in the answers.
func (s *spelling) near(k *knownWord) bool {
	if k.id == 0 || s.here[k.id] {
		return true
	}
	if k.nearby == unknown {
		k.nearby = s.replaced(k, deepestSynonym)
	}
	return k.nearby == yes
}

// deepestSynonym is how often what was put for a word may itself be replaced; lexicon.Variants does not go deeper.
const deepestSynonym = 3

// replaced says whether some synonym of a word, or of a phrase that holds it, can stand in the answers.
func (s *spelling) replaced(k *knownWord, depth int) answer {
	if k.relation == nil {
		return no
	}
	for _, g := range k.relation.Within {
		for i := range g.Members {
			if !slices.Contains(g.Stems[i], k.stem) && s.standing(g.Members[i], depth-1) {
				return yes
			}
		}
	}
	return no
}

// standing says that each word stands in the answers, or one put for it.
func (s *spelling) standing(words []string, depth int) bool {
	for _, w := range words {
		k := s.known.got(w)
		if k == nil || !s.here[k.id] && (depth == 0 || s.replaced(k, depth) == no) {
			return false
		}
	}
	return true
}

// met calls f with each way to say an alternative that the answers can meet; the words are good for the time of the call.
func (s *spelling) met(a *alternative, f func(phrase)) {
	switch {
	case a.places == nil:
		if a.meets == unknown {
			a.meets = no
			if s.here == nil || s.meets(a.words) {
				a.meets = yes
			}
		}
		if a.meets == yes {
			f(a.words)
		}
	case s.here == nil:
		multiply(a.places, nil, f)
	case s.joins && len(a.places) == 2:
		multiply(a.places, nil, func(words phrase) {
			if s.meets(words) {
				f(words)
			}
		})
	default:
		if places := narrowed(a.places, s.nearAll); places != nil {
			multiply(places, make(phrase, 0, 16), f)
		}
	}
}

// narrowed keeps the phrases of each place that may stand; nil if there are none for one.
func narrowed(places [][]phrase, may func(phrase) bool) [][]phrase {
	out := make([][]phrase, len(places))
	for i, place := range places {
		for _, words := range place {
			if may(words) {
				out[i] = append(out[i], words)
			}
		}
		if len(out[i]) == 0 {
			return nil
		}
	}
	return out
}

func (s *spelling) nearAll(words phrase) bool {
	for _, k := range words {
		if !s.near(k) {
			return false
		}
	}
	return true
}

// meets says that the words can stand in the answers, each of them or, of two, as one.
func (s *spelling) meets(words phrase) bool {
	if s.nearAll(words) {
		return true
	}
	if !s.joins {
		return false
	}
	joined := s.joinedOf(words)
	return joined != nil && s.here[joined.id]
}

// joinedOf is two words as one, nil where nobody writes them so, or no claim is spelt with that.
func (s *spelling) joinedOf(words phrase) *knownWord {
	if !joinable(words) {
		return nil
	}
	return s.known.joined(words[0], words[1])
}

// joinable says that two words may be written as one: see lexicon.Joined.
func joinable(words phrase) bool {
	plain := func(k *knownWord) bool { return len(k.word) > 1 && !k.special && !k.grammar }
	return len(words) == 2 && plain(words[0]) && plain(words[1])
}
