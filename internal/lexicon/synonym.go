package lexicon

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// stems folds the words of a phrase: "Load Balancers" and "load balancer" are one.
func stems(phrase string) []string {
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
	return string(Stem([]byte(word)))
}

// Group is phrases that mean the same.
type Group struct {
	Members [][]string // each as words
	Folded  [][]string // the same as stems
}

// synonyms are all groups, by each stem that is in them.
var synonyms = sync.OnceValue(func() map[string]*synonym {
	by := make(map[string]*synonym, 1024)
	of := func(stem string) *synonym {
		if by[stem] == nil {
			by[stem] = &synonym{}
		}
		return by[stem]
	}
	for _, list := range groups(synonymList) {
		g := &Group{}
		for _, m := range list {
			g.Members = append(g.Members, strings.Fields(m))
			g.Folded = append(g.Folded, stems(m))
		}
		for _, f := range g.Folded {
			for i, stem := range f {
				s := of(stem)
				s.within = added(s.within, g)
				if i == 0 {
					s.begins = added(s.begins, g)
				}
			}
		}
	}
	return by
})

// synonym is what is known of a stem that some group holds.
type synonym struct {
	begins []*Group // groups with a member that begins with it
	within []*Group // groups with a member that holds it
}

// added appends a group that is not the last already.
func added(list []*Group, g *Group) []*Group {
	if n := len(list); n > 0 && list[n-1] == g {
		return list
	}
	return append(list, g)
}

func synonymGroups(stem string) []*Group {
	if s := synonyms()[stem]; s != nil {
		return s.begins
	}
	return nil
}

// Synonyms returns the groups of which a member begins with a stem, and those of which one holds it.
func Synonyms(stem string) (begins, within []*Group) {
	s := synonyms()[stem]
	if s == nil {
		return nil, nil
	}
	return s.begins, s.within
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

var oppositeOf = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, g := range groups(oppositeList) {
		if len(g) < 2 {
			continue
		}
		for i, w := range g {
			others := g[1:]
			if i > 0 {
				others = g[:1]
			}
			m[fold(w)] = append(m[fold(w)], others...)
		}
	}
	return m
})

// Opposites returns the words that turn a statement around when they stand for word, nil if there are none.
func Opposites(word string) []string { return oppositeOf()[fold(word)] }

// StemOpposites is Opposites of a word that is folded already.
func StemOpposites(stem string) []string { return oppositeOf()[stem] }

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
