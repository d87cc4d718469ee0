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

type group struct {
	members [][]string // each as words
	folded  [][]string
}

var synonymGroups = sync.OnceValue(func() map[string][]*group {
	byFirst := map[string][]*group{}
	for _, g := range groups(synonymList) {
		gr := &group{}
		for _, m := range g {
			gr.members = append(gr.members, strings.Fields(m))
			gr.folded = append(gr.folded, stems(m))
		}
		seen := map[string]bool{}
		for _, f := range gr.folded {
			if !seen[f[0]] {
				seen[f[0]] = true
				byFirst[f[0]] = append(byFirst[f[0]], gr)
			}
		}
	}
	return byFirst
})

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
		groups := synonymGroups()[p.Folded[i]]
		for _, v := range out[:len(out):len(out)] {
			at := len(v.Words) - len(p.Words) + i
			switch {
			case at < 0:
			case v.Folded[at] == p.Folded[i]:
				out = exchanged(v, at, groups, out)
			default: // inside what was put for a longer stretch
				out = exchanged(v, at, synonymGroups()[v.Folded[at]], out)
			}
		}
	}
	if w := p.Words; len(w) == 2 && plainWord(w[0]) && plainWord(w[1]) {
		out = append(out, NewPhrase([]string{w[0] + w[1]}))
	}
	if len(out) == 1 {
		return out
	}
	return dedupe(out)
}

func plainWord(w string) bool { return len(w) > 1 && w != "*" && w[0] != '#' && !Function(w) }

// exchanged appends v with the group member that begins at i put in other ways.
func exchanged(v Phrase, i int, groups []*group, out []Phrase) []Phrase {
	for _, g := range groups {
		for m, f := range g.folded {
			if !prefixed(v.Folded[i:], f) {
				continue
			}
			for o := range g.members {
				if o != m {
					out = append(out, Phrase{slices.Concat(v.Words[:i], g.members[o], v.Words[i+len(f):]), slices.Concat(v.Folded[:i], g.folded[o], v.Folded[i+len(f):])})
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
