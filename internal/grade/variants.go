package grade

import (
	"slices"

	"interview/internal/lexicon"
)

// mostVariants bounds the ways to write one term.
const mostVariants = 40

// writer finds the ways to write a phrase as lexicon.Variants does, but in words of the rubric, which are numbers: most of what
// a sheet for one answer cost went into the texts. Its memory is used again for each phrase.
type writer struct {
	list  []writing
	words phrase
	stems []int32
}

// writing is one way: a stretch of the writer's words, nil for those that no claim is spelt with, and of its stems.
type writing struct{ from, end int }

func (w *writer) wordsOf(v writing) phrase  { return w.words[v.from:v.end] }
func (w *writer) stemsOf(v writing) []int32 { return w.stems[v.from:v.end] }

// variants returns the ways to write a phrase, itself first: each stretch that is a member of a synonym group is put in the
// group's other ways, and two words may be written as one.
func (s *spelling) variants(w *writer, words phrase) []writing {
	w.list, w.words, w.stems = append(w.list[:0], writing{0, len(words)}), append(w.words[:0], words...), w.stems[:0]
	for _, k := range words {
		w.stems = append(w.stems, k.stem)
	}
	n := len(words)
	for i := 0; i < n && len(w.list) < mostVariants; i++ {
		for _, v := range w.list[:len(w.list):len(w.list)] {
			if at := v.end - v.from - n + i; at >= 0 {
				s.exchange(w, v, at)
			}
		}
	}
	if n == 2 {
		if k := s.joinedOf(words); k != nil {
			w.list = append(w.list, writing{len(w.words), len(w.words) + 1})
			w.words, w.stems = append(w.words, k), append(w.stems, k.stem)
		}
	}
	if len(w.list) == 1 {
		return w.list
	}
	return w.distinct()
}

// exchange adds v with each group member that begins at a word put in the group's other ways.
func (s *spelling) exchange(w *writer, v writing, at int) {
	for _, g := range s.synonymsOf(w.stems[v.from+at]) {
		for m, stems := range g.Stems {
			if rest := w.stems[v.from+at : v.end]; len(rest) < len(stems) || !slices.Equal(rest[:len(stems)], stems) {
				continue
			}
			for o, member := range s.membersOf(g) {
				if o == m {
					continue
				}
				from := len(w.words)
				w.words = append(append(append(w.words, w.words[v.from:v.from+at]...), member...), w.words[v.from+at+len(stems):v.end]...)
				w.stems = append(append(append(w.stems, w.stems[v.from:v.from+at]...), g.Stems[o]...), w.stems[v.from+at+len(stems):v.end]...)
				w.list = append(w.list, writing{from, len(w.words)})
			}
		}
	}
}

// synonymsOf are the groups with a member that begins with a stem.
func (s *spelling) synonymsOf(stem int32) []*lexicon.Group {
	if stem < 1 || int(stem) >= len(s.relations) {
		return nil
	}
	return s.relations[stem].Begins
}

// membersOf are the members of a group in words of the rubric, nil for those that it does not have.
func (s *spelling) membersOf(g *lexicon.Group) []phrase {
	used := &s.groups[g.ID]
	if used.members == nil {
		used.members = make([]phrase, len(g.Members))
		for i, m := range g.Members {
			used.members[i] = make(phrase, len(m))
			for j, word := range m {
				used.members[i][j] = s.known.got(word)
			}
		}
	}
	return used.members
}

// distinct keeps the first of the ways that read the same, and not too many.
func (w *writer) distinct() []writing {
	n := 0
next:
	for _, v := range w.list {
		if n == mostVariants {
			break
		}
		for _, had := range w.list[:n] {
			if slices.Equal(w.stemsOf(had), w.stemsOf(v)) {
				continue next
			}
		}
		w.list[n] = v
		n++
	}
	w.list = w.list[:n]
	return w.list
}
