package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

// Fluency looks at the order of words, not at the words: each pair of neighbours has a class for the first and one for the
// second (a frequent word of grammar is its own class, other words go by their ending, numbers and marks are classes), and
// the table says how much oftener the two classes follow each other than chance, in steps of .04
// (pointwise mutual information), counted over the texts of the bank.

//go:embed fluency.bin
var fluencyTable string // FluencyClasses² signed bytes, row = first

// step is the unit of the table.
const step = .04

// ownClass are the words of grammar that are classes of their own.
var ownClass = strings.Fields(`a an the of to in on at by for with from into as is are was be been has have can will would should must may do does
	and or but so if when then than that this these those it its they their we our i you not no each every one only also because which who
	what where how after before while until more less so there here same other all any both use`)

var endings = []string{"ing", "ed", "ly", "tion", "sion", "ment", "ness", "able", "ible", "ous", "ive", "al", "er", "or", "ity", "ance", "ence", "s"}

var markClasses = []Gap{Semicolon, Colon, Arrow, Equal, About, Less, Plus, Times, Divide, Pipe, Open, Close, Dash, Comma, Hyphen, Stop}

// Classes before the words: sentence start, sentence end, number, other word.
const (
	classStart = iota
	classEnd
	classNumber
	classWord
	classFunction // a word of grammar that is no class of its own
	classEndings
)

// FluencyClasses is how many classes there are.
var FluencyClasses = classEndings + len(endings) + len(markClasses) + len(ownClass)

var functionClasses = sync.OnceValue(func() []uint8 {
	table := make([]uint8, Functions()+1)
	for i := range table {
		table[i] = classFunction
	}
	for i, w := range ownClass {
		table[FunctionID(w)] = uint8(classEndings + len(endings) + len(markClasses) + i)
	}
	return table
})

func markClass(g Gap) int {
	for i, m := range markClasses {
		if g&m != 0 {
			return classEndings + len(endings) + i
		}
	}
	return -1
}

func (t *Text) wordClass(tok *Token, functions []uint8) int {
	switch {
	case tok.Kind == Number:
		return classNumber
	case tok.Function != 0:
		return int(functions[tok.Function])
	}
	w := t.Source[tok.Start:tok.End]
	for i, e := range endings {
		if len(w) > len(e)+2 && w[len(w)-len(e):] == e {
			return classEndings + i
		}
	}
	return classWord
}

// ClassPairs calls f for each pair of neighbouring classes of a unit.
func (t *Text) ClassPairs(u *Unit, f func(a, b int)) {
	prev := classStart
	functions := functionClasses()
	for i := u.First; i < u.End; i++ {
		tok := &t.Tokens[i]
		if i > u.First {
			if m := markClass(tok.Gap); m >= 0 {
				f(prev, m)
				prev = m
			}
		}
		c := t.wordClass(tok, functions)
		f(prev, c)
		prev = c
	}
	if u.End > u.First {
		f(prev, classEnd)
	}
}

// Fluency returns the sum of the pairs of a unit, in natural logarithms, and their number. Text in order averages
// well above 0, the same words in random order below.
func (t *Text) Fluency(u *Unit) (sum float64, pairs int) {
	total := 0
	t.ClassPairs(u, func(a, b int) {
		if at := a*FluencyClasses + b; at < len(fluencyTable) {
			total += int(int8(fluencyTable[at]))
		}
		pairs++
	})
	return float64(total) * step, pairs
}
