// Package lexicon knows words: tokens with offsets, sentences and bullets, folding of inflections, abbreviations and
// synonyms, opposites, and quantities with units. It knows nothing of rubrics and passes no judgement.
package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

// Gap is what stands between a token and the one before it, as a set.
type Gap uint32

// What may stand between two tokens. An empty set is white space; Glued is nothing at all.
const (
	Glued Gap = 1 << iota
	Comma
	Semicolon
	Colon
	Stop  // . ! ?
	Arrow // -> => →
	Equal // = ≈
	About // ~
	Less  // < > ≤ ≥
	Plus
	Minus
	Times // * × ·
	Divide
	Path // a slash that opens a path: GET /links
	Power
	Pipe
	Open  // ( [ {
	Close // ) ] }
	Dash  // – — or a spaced -
	Hyphen
	Quote
	Newline
	Code  // a backtick
	Other // any other mark
)

// Kind says how a token is written.
type Kind uint8

// Kinds of tokens.
const (
	Word Kind = iota
	Number
)

// Token is a word or a number. Underscore, slash, hyphen and a change from lower to upper case part words, so that
// user_id, read/write and shortCode are two tokens each.
type Token struct {
	Start, End int32  // bytes in the text
	ID         int32  // of its stem in the vocabulary, 0 = not in it
	Gap        Gap    // what stands before it
	Hash       uint32 // of its letters, whatever their case
	Function   int16  // FunctionID of a word of grammar (the, of, we, not …), else 0
	Kind       Kind
	Fixed      bool // ID was found by mending a typing error
}

// UnitKind says how a unit stands on the page.
type UnitKind uint8

// Kinds of units.
const (
	Sentence UnitKind = iota
	Bullet
	Heading
	LeadIn // a line that ends in a colon, or a bold run that opens a line
	Row    // of a table
	Fence  // a line of a fenced block
)

// Unit is a sentence, a bullet or a heading: the stretch in which a claim must be made.
type Unit struct {
	First, End int // tokens
	From, To   int // bytes
	Kind       UnitKind
	Parent     int    // the unit that gives it context: lead-in, bullet above or heading; -1 = none
	Lang       string // of a Fence
}

// Text is a text taken apart.
type Text struct {
	Source string
	Tokens []Token
	Units  []Unit

	classes  []uint8 // scratch of Fluency
	chain    []term  // scratch of Sums
	measures *measureTable
}

//go:embed english.txt
var english string

// English says whether a lower-case word is in the list of common English words
// (SCOWL up to size 35, Copyright 2000–2011 Kevin Atkinson; see english.LICENSE).
func English(word []byte) bool {
	return lookUp(hashOf(word))&entryEnglish != 0 || inList(word) // the table leaves some words out
}

// inList looks for a word in the list itself.
func inList(word []byte) bool {
	lo, hi := 0, len(english)
	for lo < hi {
		mid := (lo + hi) / 2
		at := strings.LastIndexByte(english[:mid], '\n') + 1
		end := at + strings.IndexByte(english[at:], '\n')
		switch c := compare(word, english[at:end]); {
		case c == 0:
			return true
		case c < 0:
			hi = at
		default:
			lo = end + 1
		}
	}
	return false
}

func compare(a []byte, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if a[i] != b[i] {
			return int(a[i]) - int(b[i])
		}
	}
	return len(a) - len(b)
}

//go:embed function.txt
var functionList string

var functionWords = sync.OnceValue(func() map[string]int16 {
	m := make(map[string]int16, 512)
	for w := range strings.FieldsSeq(functionList) {
		m[w] = int16(len(m) + 1)
	}
	return m
})

// Hash numbers a word by its letters, whatever the case of those of ASCII. 64 bits: two words of one number are not to be
// expected.
func Hash[T string | []byte](word T) uint64 { return hashOf(word) }

// TokenHash is the part of a word's hash that a Token keeps.
func TokenHash(word string) uint32 { return short(hashOf(word)) }

// FunctionID numbers the words of grammar, from 1; 0 says that a lower-case word is none.
func FunctionID(word string) int16 { return functionWords()[word] }

// Function says whether a lower-case word is a word of grammar and not of any subject.
func Function(word string) bool { return functionWords()[word] != 0 }

// Functions is how many words of grammar there are: IDs run from 1 to Functions.
func Functions() int { return len(functionWords()) }

//go:embed synonyms.txt
var synonymList string

//go:embed opposites.txt
var oppositeList string

// groups reads lines of members parted by "|".
func groups(list string) [][]string {
	var out [][]string
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		var g []string
		for m := range strings.SplitSeq(line, "|") {
			g = append(g, strings.TrimSpace(m))
		}
		out = append(out, g)
	}
	return out
}
