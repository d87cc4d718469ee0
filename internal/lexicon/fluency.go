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

// classTable says which class a word of grammar has, and which endings are looked for in words that end in a letter.
type classTable struct {
	functions []uint8     // by FunctionID
	endings   [26][]uint8 // indices into endings, by last letter
}

var classes = sync.OnceValue(func() *classTable {
	t := &classTable{functions: make([]uint8, Functions()+1)}
	for i := range t.functions {
		t.functions[i] = classFunction
	}
	for i, w := range ownClass {
		t.functions[FunctionID(w)] = uint8(classEndings + len(endings) + len(markClasses) + i)
	}
	for i, e := range endings {
		last := e[len(e)-1] - 'a'
		t.endings[last] = append(t.endings[last], uint8(i))
	}
	return t
})

// anyMark are the marks that have a class.
const anyMark = Semicolon | Colon | Arrow | Equal | About | Less | Plus | Times | Divide | Pipe | Open | Close | Dash | Comma | Hyphen | Stop

// markClass is the class of the signs between two tokens, -1 if they have none.
func markClass(g Gap) int {
	if g&anyMark == 0 {
		return -1
	}
	for i, m := range markClasses {
		if g&m != 0 {
			return classEndings + len(endings) + i
		}
	}
	return -1
}

func (c *classTable) word(t *Text, tok *Token) uint8 {
	switch {
	case tok.Kind == Number:
		return classNumber
	case tok.Function != 0:
		return c.functions[tok.Function]
	}
	w := t.Source[tok.Start:tok.End]
	if last := w[len(w)-1] - 'a'; last < 26 {
		for _, i := range c.endings[last] {
			if e := endings[i]; len(w) > len(e)+2 && w[len(w)-len(e):] == e {
				return classEndings + i
			}
		}
	}
	return classWord
}

// classesOf returns the classes of a unit, start and end included; nothing for one without words. They are good until the
// next call.
func (t *Text) classesOf(u *Unit) []uint8 {
	out, table := append(t.classes[:0], classStart), classes()
	for i := u.First; i < u.End; i++ {
		tok := &t.Tokens[i]
		if m := markClass(tok.Gap); m >= 0 && i > u.First {
			out = append(out, uint8(m))
		}
		out = append(out, table.word(t, tok))
	}
	if t.classes = append(out, classEnd); u.End == u.First {
		return nil
	}
	return t.classes
}

// ClassPairs calls f for each pair of neighbouring classes of a unit.
func (t *Text) ClassPairs(u *Unit, f func(a, b int)) {
	list := t.classesOf(u)
	for i := 1; i < len(list); i++ {
		f(int(list[i-1]), int(list[i]))
	}
}

// Fluency returns the sum of the pairs of a unit, in natural logarithms, and their number. Text in order averages
// well above 0, the same words in random order below.
func (t *Text) Fluency(u *Unit) (sum float64, pairs int) {
	list, total, row := t.classesOf(u), 0, FluencyClasses
	if len(list) == 0 || len(fluencyTable) < row*row {
		return 0, 0
	}
	before := int(list[0])
	for _, c := range list[1:] {
		total += int(int8(fluencyTable[before*row+int(c)]))
		before = int(c)
	}
	return float64(total) * step, len(list) - 1
}
