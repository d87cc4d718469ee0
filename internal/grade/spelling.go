package grade

import (
	"slices"

	"interview/internal/lexicon"
)

// spelling collects the words that a rubric is written in, and those that may be put for them. It is done before any
// term is made, so that what the words of an answer are taken for does not depend on which terms that answer can meet.
type spelling struct {
	vocabulary *lexicon.Vocabulary
	spelt      map[string]*knownWord
	groups     map[*lexicon.Group]bool // synonyms in use, and whether for the rubric's own words
	ours       []bool                  // by id: a word of what is asked for, and not only the opposite of one
	here       []bool                  // by id: stands in the answers; nil if any word may
	joins      bool                    // two words of the rubric stand in the answers as one
	joined     []*knownWord
}

// knownWord is a word of the rubric.
type knownWord struct {
	word      string
	folded    string
	id        int32 // in the vocabulary; 0 = "*" or a quantity
	grammar   bool
	cue       bool // is itself a negation
	opposites []string
	groups    []*lexicon.Group // of synonyms, those with a member that begins with it
	within    []*lexicon.Group // those with a member that holds it
	nearby    answer           // see near
}

// answer is what is known of a question.
type answer int8

const (
	unknown answer = iota
	yes
	no
)

func newSpelling(v *lexicon.Vocabulary) spelling {
	return spelling{vocabulary: v, spelt: make(map[string]*knownWord, 2048), groups: map[*lexicon.Group]bool{}}
}

// word looks a word up, or adds it.
func (s *spelling) word(w string) *knownWord {
	k := s.spelt[w]
	if k != nil {
		return k
	}
	k = &knownWord{word: w, folded: w, cue: isCue(w)}
	s.spelt[w] = k
	if w == "*" || w[0] == '#' {
		return k
	}
	k.grammar = lexicon.Function(w)
	k.id, k.folded = s.vocabulary.Add(w)
	k.groups, k.within = lexicon.Synonyms(k.folded)
	k.opposites = lexicon.StemOpposites(k.folded)
	return k
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
		if a.places != nil {
			s.spellPlaces(a, turned)
			continue
		}
		if a.known == nil {
			s.knownOf(a)
			for _, k := range a.known {
				a.cue = a.cue || k.cue
			}
			s.phrase(a.known, true)
		}
		if turned && !a.turned {
			a.turned = true
			s.turns(a)
		}
	}
}

func (s *spelling) spellPlaces(a *alternative, turned bool) {
	if a.spelt && (a.turned || !turned) {
		return
	}
	a.spelt, a.turned = true, a.turned || turned
	for _, place := range a.places {
		for _, words := range place {
			known := s.all(words)
			for _, k := range known {
				a.cue = a.cue || k.cue
			}
			s.inside(known, true, false)
			if turned {
				s.turns(&alternative{words: words, known: known})
			}
		}
	}
}

// turns spells the opposites of an alternative.
func (s *spelling) turns(a *alternative) {
	for i, k := range a.known {
		for _, o := range k.opposites {
			turned := append([]*knownWord(nil), a.known...)
			turned[i] = s.word(o)
			s.phrase(turned, false)
		}
	}
}

// knownOf looks the words of an alternative without names up.
func (s *spelling) knownOf(a *alternative) []*knownWord {
	if a.known == nil {
		a.known = s.all(a.words)
	}
	return a.known
}

func (s *spelling) all(words []string) []*knownWord {
	out := make([]*knownWord, len(words))
	for i, w := range words {
		out[i] = s.word(w)
	}
	return out
}

// phrase collects a phrase that stands alone: two words may be written as one.
func (s *spelling) phrase(words []*knownWord, own bool) {
	s.inside(words, own, len(words) == 1)
	if len(words) != 2 {
		return
	}
	if w, ok := lexicon.Joined(words[0].word, words[1].word); ok {
		k := s.word(w)
		s.joined = append(s.joined, k)
		if own {
			s.note(k)
		}
	}
}

// inside collects words and the synonyms of each stretch of them.
func (s *spelling) inside(words []*knownWord, own, alone bool) {
	for i, k := range words {
		if own && (alone || !k.grammar) {
			s.note(k)
		}
		for _, g := range k.groups {
			if had, ok := s.groups[g]; ok && (had || !own) {
				continue
			}
			if begins(g, words[i:]) {
				s.groups[g] = own
				for _, m := range g.Members {
					s.inside(s.all(m), own, len(m) == 1 && len(words) == 1)
				}
			}
		}
	}
}

// begins says that some member of a group stands at the start of the words.
func begins(g *lexicon.Group, words []*knownWord) bool {
	for _, m := range g.Folded {
		n := 0
		for n < len(m) && n < len(words) && words[n].folded == m[n] {
			n++
		}
		if n == len(m) {
			return true
		}
	}
	return false
}

// look notes which of the words stand in the answers.
func (s *spelling) look(answers []Answer) {
	s.here = make([]bool, s.vocabulary.Len()+1)
	var t lexicon.Text
	for _, a := range answers {
		t.Read(a.Text, s.vocabulary)
		for _, tok := range t.Tokens {
			s.here[tok.ID] = true
		}
	}
	for _, k := range s.joined {
		s.joins = s.joins || s.here[k.id]
	}
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
	for _, g := range k.within {
		for i := range g.Members {
			if !slices.Contains(g.Folded[i], k.folded) && s.standing(g.Members[i], depth-1) {
				return yes
			}
		}
	}
	return no
}

// standing says that each word stands in the answers, or one put for it.
func (s *spelling) standing(words []string, depth int) bool {
	for _, w := range words {
		k := s.spelt[w]
		if k == nil || !s.here[k.id] && (depth == 0 || s.replaced(k, depth) == no) {
			return false
		}
	}
	return true
}

// met are the ways to say an alternative that the answers can meet.
func (s *spelling) met(a *alternative) []*alternative {
	if a.places == nil {
		if s.here == nil || s.meets(a) {
			return []*alternative{a}
		}
		return nil
	}
	if s.here == nil || s.joins && len(a.places) == 2 {
		return a.ways()
	}
	places := make([][]phrase, len(a.places))
	for i, place := range a.places {
		for _, words := range place {
			if s.nearAll(s.all(words)) {
				places[i] = append(places[i], words)
			}
		}
		if len(places[i]) == 0 {
			return nil
		}
	}
	return a.multiply(places)
}

func (s *spelling) nearAll(words []*knownWord) bool {
	for _, k := range words {
		if !s.near(k) {
			return false
		}
	}
	return true
}

func (s *spelling) meets(a *alternative) bool {
	known := s.knownOf(a)
	if s.nearAll(known) {
		return true
	}
	if !s.joins || len(known) != 2 {
		return false
	}
	w, ok := lexicon.Joined(known[0].word, known[1].word)
	k := s.spelt[w]
	return ok && k != nil && s.here[k.id]
}
