package lexicon

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// stems folds the words of a phrase: "Load Balancers" and "load balancer" are one.
func stems(phrase string) []string {
	if lower := strings.Fields(phrase); !slices.ContainsFunc(lower, func(w string) bool { return !alphabetic(w) }) {
		for i, w := range lower {
			lower[i] = fold(w)
		}
		return lower
	}
	t := Read(strings.ToLower(phrase), nil)
	out := make([]string, len(t.Tokens))
	for i, tok := range t.Tokens {
		out[i] = fold(phrase[tok.Start:tok.End])
	}
	return out
}

func fold(word string) string {
	word = strings.ToLower(word)
	if Function(word) {
		return word
	}
	return stemOf(word, nil)
}

// stemOf is Stem of a string; most stems are beginnings of their words, and are not copied. The room, which may be nil, is
// written to.
func stemOf(word string, room []byte) string {
	if len(word) > longestWord {
		return word
	}
	stem := Stem(append(room[:0], word...))
	if len(stem) <= len(word) && string(stem) == word[:len(stem)] {
		return word[:len(stem)]
	}
	return string(stem)
}

// Group is phrases that mean the same.
type Group struct {
	ID      int        // from 0
	Members [][]string // each as words
	Folded  [][]string // the same as stems
	Stems   [][]int32  // the same as the numbers of relations
}

// Relation is what other words have to do with those of a stem.
type Relation struct {
	ID        int32 // from 1
	Begins    []*Group
	Within    []*Group // groups of which a member holds it, and of Begins those of which one begins with it
	Opposites []string
}

// relation has every stem that stands in a list of ours.
type relation struct {
	of     map[string]*Relation
	all    []*Relation // by ID, from 1
	byStem []uint16    // IDs by number of the stem, see surface.go
	groups int
}

var relations = sync.OnceValue(func() relation {
	by, all := make(map[string]*Relation, 1024), make([]*Relation, 1, 1024)
	of := func(stem string) *Relation {
		r := by[stem]
		if r == nil {
			r = &Relation{ID: int32(len(by) + 1)}
			by[stem], all = r, append(all, r)
		}
		return r
	}
	lists := groups(synonymList)
	for id, list := range lists {
		g := &Group{ID: id}
		for _, m := range list {
			g.Members = append(g.Members, strings.Fields(m))
			g.Folded = append(g.Folded, stems(m))
		}
		for _, f := range g.Folded {
			numbers := make([]int32, len(f))
			for i, stem := range f {
				r := of(stem)
				numbers[i] = r.ID
				r.Within = added(r.Within, g)
				if i == 0 {
					r.Begins = added(r.Begins, g)
				}
			}
			g.Stems = append(g.Stems, numbers)
		}
	}
	for _, g := range groups(oppositeList) {
		if len(g) < 2 {
			continue
		}
		for i, w := range g {
			others := g[1:]
			if i > 0 {
				others = g[:1]
			}
			r := of(fold(w))
			r.Opposites = append(r.Opposites, others...)
		}
	}
	byStem := make([]uint16, surfaceStems)
	for stem, r := range by {
		if number := numberOf(stem); number > 0 {
			byStem[number] = uint16(r.ID)
		}
	}
	return relation{by, all, byStem, len(lists)}
})

// added appends a group that is not the last already.
func added(list []*Group, g *Group) []*Group {
	if n := len(list); n > 0 && list[n-1] == g {
		return list
	}
	return append(list, g)
}

// Related returns what other words have to do with those of a stem, nil if nothing is known.
func Related(stem string) *Relation { return relations().of[stem] }

// relationOf is Related of a stem by its number, and by its letters only where that is 0.
func relationOf(number int, stem string) *Relation {
	all := relations()
	if number > 0 {
		return all.all[all.byStem[number]]
	}
	return all.of[stem]
}

// Relations are all relations by ID; none has the ID 0.
func Relations() []*Relation { return relations().all }

// Groups is how many groups of synonyms there are.
func Groups() int { return relations().groups }

func synonymGroups(stem string) []*Group {
	if r := Related(stem); r != nil {
		return r.Begins
	}
	return nil
}

// Joined is two words written as one, as in "loadbalancer"; false where nobody would.
func Joined(a, b string) (string, bool) {
	if !plainWord(a) || !plainWord(b) {
		return "", false
	}
	return a + b, true
}

// most bounds the variants of one phrase.
const most = 40

// Phrase is words, and the same folded: stems, by which phrases are told apart.
type Phrase struct{ Words, Folded []string }

// NewPhrase folds lower-case words.
func NewPhrase(words []string) Phrase {
	p := Phrase{Words: words, Folded: make([]string, len(words))}
	for i, w := range words {
		p.Folded[i] = fold(w)
	}
	return p
}

// Variants returns the ways to say a phrase, itself first: each stretch that is a member of a synonym group is put in
// the group's other ways, and two words may be written as one.
func Variants(p Phrase) []Phrase {
	out := []Phrase{p}
	for i := 0; i < len(p.Words) && len(out) < most; i++ {
		groups := synonymGroups(p.Folded[i])
		for _, v := range out[:len(out):len(out)] {
			at := len(v.Words) - len(p.Words) + i
			switch {
			case at < 0:
			case v.Folded[at] == p.Folded[i]:
				out = exchanged(v, at, groups, out)
			default: // inside what was put for a longer stretch
				out = exchanged(v, at, synonymGroups(v.Folded[at]), out)
			}
		}
	}
	if len(p.Words) == 2 {
		if w, ok := Joined(p.Words[0], p.Words[1]); ok {
			out = append(out, NewPhrase([]string{w}))
		}
	}
	if len(out) == 1 {
		return out
	}
	return dedupe(out)
}

func plainWord(w string) bool { return len(w) > 1 && w != "*" && w[0] != '#' && !Function(w) }

// exchanged appends v with the group member that begins at i put in other ways.
func exchanged(v Phrase, i int, groups []*Group, out []Phrase) []Phrase {
	for _, g := range groups {
		for m, f := range g.Folded {
			if !prefixed(v.Folded[i:], f) {
				continue
			}
			for o := range g.Members {
				if o != m {
					out = append(out, Phrase{slices.Concat(v.Words[:i], g.Members[o], v.Words[i+len(f):]), slices.Concat(v.Folded[:i], g.Folded[o], v.Folded[i+len(f):])})
				}
			}
		}
	}
	return out
}

func prefixed(words, folded []string) bool {
	return len(words) >= len(folded) && slices.Equal(words[:len(folded)], folded)
}

func dedupe(list []Phrase) []Phrase {
	out := list[:0:0]
	for _, v := range list {
		if len(out) < most && !slices.ContainsFunc(out, func(o Phrase) bool { return slices.Equal(o.Folded, v.Folded) }) {
			out = append(out, v)
		}
	}
	return out
}

// Opposites returns the words that turn a statement around when they stand for word, nil if there are none.
func Opposites(word string) []string {
	if r := Related(fold(word)); r != nil {
		return r.Opposites
	}
	return nil
}

//go:embed paraphrase.txt
var paraphraseList string

var paraphraseGroups = sync.OnceValue(func() map[string][]int {
	m := map[string][]int{}
	for i, g := range groups(paraphraseList) {
		for _, w := range g {
			m[fold(w)] = append(m[fold(w)], i)
		}
	}
	for i, g := range groups(synonymList) {
		for _, w := range g {
			if !strings.Contains(w, " ") {
				m[fold(w)] = append(m[fold(w)], -1-i)
			}
		}
	}
	return m
})

// Paraphrases returns numbers of the groups of words that a stem may be put for; two stems that share one may mean the
// same, and do if the number is negative.
func Paraphrases(stem string) []int { return paraphraseGroups()[stem] }
