package lexicon

import (
	_ "embed"
	"math/bits"
	"slices"
	"strings"
	"sync"
)

// Sense is which way round a thing is usually said: the popular head of a catalogue is cached at the edge, its tail at the
// origin. Whoever knows a field may be short of words but seldom turns them round; whoever has it the wrong way round turns
// them all over the text. So the words of opposite direction (directions.txt) are counted over the bank's own texts with the
// words that stand near them, and sense.bin holds how much oftener each pair is said than the same with an opposite.

//go:embed directions.txt
var directionList string

// senseTable is an open hash table of two-byte slots, 0 = empty: the high ten bits are a tag, the low six the weight + 32,
// in steps of 1/16 of a natural logarithm; above 0 is what is usually said of the opposite.
//
//go:embed sense.bin
var senseTable string

// Constants of the table, which is SenseBytes long.
const (
	senseSlots = 1 << 16
	SenseBytes = 2 * senseSlots
	senseZero  = 32
	senseTag   = 10
	// SenseUnit is the weights of a pair for one natural logarithm.
	SenseUnit = 16
	// SenseReach is how many words away from a direction the thing stands.
	SenseReach = 3
)

// directionEnd is what no direction reaches over.
const directionEnd = Stop | Newline | Arrow | Colon | Semicolon

// compass finds the opposites of a word by its mark.
type compass struct {
	forms  [1 << 16 / 64]uint64 // a bit for each way to write a word, by its token's hash
	slots  [1 << 11]int32       // number of the word + 1
	marks  []uint32
	others [][]uint32
	denies []bool // by FunctionID
}

// Denial is the direction of all negations; its opposite is to say nothing of the kind.
const Denial = 1

var directions = sync.OnceValue(func() *compass {
	c := &compass{denies: make([]bool, Functions()+1)}
	for _, w := range [...]string{"not", "no", "never", "without", "cannot", "don't", "doesn't", "isn't", "aren't", "won't"} {
		c.denies[FunctionID(w)] = true
	}
	c.denies[0] = false
	for _, g := range groups(directionList) {
		first := SenseMark(g[0])
		for _, w := range g[1:] {
			c.add(first, SenseMark(w))
			c.add(SenseMark(w), first)
		}
		for _, w := range g {
			c.write(w)
		}
	}
	return c
})

// write notes the forms of a word that have its mark.
func (c *compass) write(w string) {
	stem := strings.TrimSuffix(strings.TrimSuffix(w, "e"), "y")
	for _, form := range [...]string{w, w + "s", w + "es", w + "d", w + "ed", w + "ing", stem + "es", stem + "ed", stem + "ing", stem + "ies"} {
		h := short(hashOf(form))
		c.forms[h>>6&(1<<10-1)] |= 1 << (h & 63)
	}
}

func (c *compass) written(tok *Token) bool {
	return c.forms[tok.Hash>>6&(1<<10-1)]&(1<<(tok.Hash&63)) != 0
}

func (c *compass) add(word, other uint32) {
	i := c.find(word)
	if i < 0 {
		i = len(c.marks)
		at := word % uint32(len(c.slots))
		for c.slots[at] != 0 {
			at = (at + 1) % uint32(len(c.slots))
		}
		c.slots[at] = int32(i + 1)
		c.marks, c.others = append(c.marks, word), append(c.others, nil)
	}
	c.others[i] = append(c.others[i], other)
}

// find returns the number of a word, -1 if it has no direction.
func (c *compass) find(word uint32) int {
	for at := word % uint32(len(c.slots)); c.slots[at] != 0; at = (at + 1) % uint32(len(c.slots)) {
		if i := c.slots[at] - 1; c.marks[i] == word {
			return int(i)
		}
	}
	return -1
}

// SenseMark hashes a word without its case and its commonest endings, so that it costs little.
func SenseMark(w string) uint32 {
	n := len(w)
	low := func(i int) byte { return w[i] | 0x20 }
	ends := func(s string) bool {
		if n < len(s) {
			return false
		}
		for i := range len(s) {
			if low(n-len(s)+i) != s[i] {
				return false
			}
		}
		return true
	}
	y := false
	switch {
	case n > 5 && ends("ies"):
		n, y = n-3, true
	case n > 6 && ends("ing"):
		n -= 3
	case n > 5 && (ends("ed") || ends("es")):
		n -= 2
	case n > 3 && ends("s") && !ends("ss"):
		n--
	}
	if n > 4 && ends("e") {
		n--
	}
	h := uint32(2166136261)
	for i := range n {
		h = (h ^ uint32(low(i))) * 16777619
	}
	if y {
		h = (h ^ 'y') * 16777619
	}
	return h
}

// Told remembers which pairs a text has told already.
type Told struct {
	seen [senseSlots / 64]uint64
}

// Forget makes ready for another text.
func (d *Told) Forget() { clear(d.seen[:]) }

// Directions calls f for each word of direction in a unit and each word of a subject near it, with their marks, unless an
// opposite stands near as well: who weighs two ways says both. The tokens from first to end are the clause.
func (t *Text) Directions(u *Unit, f func(direction, thing uint32, first, end int)) {
	c := directions()
	from, to := u.First, u.First // the clause
	for i := u.First; i < u.End; i++ {
		if i == to {
			for from, to = i, i+1; to < u.End && t.Tokens[to].Gap&directionEnd == 0; {
				to++
			}
		}
		denies := c.denies[t.Tokens[i].Function]
		if !denies && !c.written(&t.Tokens[i]) {
			continue
		}
		if denies {
			for j := i + 1; j < min(to, i+SenseReach+1); j++ {
				if t.Tokens[j].Function == 0 && t.Tokens[j].Kind == Word {
					f(Denial, t.mark(j), from, to)
				}
			}
			continue
		}
		m := t.mark(i)
		k := c.find(m)
		if k < 0 || t.near(c.others[k], max(from, i-weighing), min(to, i+weighing)) {
			continue
		}
		for j := max(from, i-SenseReach); j < min(to, i+SenseReach+1); j++ {
			if j != i && t.Tokens[j].Function == 0 && t.Tokens[j].Kind == Word {
				f(m, t.mark(j), from, to)
			}
		}
	}
}

// weighing is within how many words an opposite stands beside a word.
const weighing = 16

func (t *Text) mark(i int) uint32 { return SenseMark(t.Source[t.Tokens[i].Start:t.Tokens[i].End]) }

// near says that a word of direction with one of the marks stands between two tokens.
func (t *Text) near(marks []uint32, from, to int) bool {
	c := directions()
	for i := from; i < to; i++ {
		if c.written(&t.Tokens[i]) && slices.Contains(marks, t.mark(i)) {
			return true
		}
	}
	return false
}

// Opposed are the marks of the opposites of a word, by its mark.
func Opposed(direction uint32) []uint32 {
	if k := directions().find(direction); k >= 0 {
		return directions().others[k]
	}
	return nil
}

// SensePlace is where a pair is looked for first in the table, and its tag.
func SensePlace(direction, thing uint32) (slot, tag uint32) {
	h := (direction*0x9E3779B1 ^ bits.RotateLeft32(thing, 15)) * 0x85EBCA6B
	h ^= h >> 15
	h *= 0xC2B2AE35
	return h % senseSlots, h >> (32 - senseTag)
}

// Sense adds up the pairs of a unit that were not told before: those said as the bank says them, and those that it says
// with an opposite, both in 1/SenseUnit of a natural logarithm; known counts the pairs that the table has, told or not.
// Pairs of which own is true are not turned, whatever the table says; it may be nil.
func (t *Text) Sense(u *Unit, d *Told, own func(direction, thing uint32) bool) (usual, turned, known int) {
	if len(senseTable) != SenseBytes {
		return 0, 0, 0
	}
	t.Directions(u, func(direction, thing uint32, _, _ int) {
		slot, tag := SensePlace(direction, thing)
		for ; ; slot = (slot + 1) % senseSlots {
			v := uint32(senseTable[2*slot]) | uint32(senseTable[2*slot+1])<<8
			if v == 0 {
				return
			}
			if v>>6 != tag {
				continue
			}
			known++
			if bit := uint64(1) << (slot % 64); d.seen[slot/64]&bit == 0 {
				d.seen[slot/64] |= bit
				if w := int(v&63) - senseZero; w < 0 {
					usual -= w
				} else if own == nil || !own(direction, thing) {
					turned += w
				}
			}
			return
		}
	})
	return usual, turned, known
}

// SenseTable makes the table of pairs, given the weight of each in natural logarithms; it must not hold more than two thirds
// of senseSlots.
func SenseTable(pairs []SensePair) []byte {
	out := make([]byte, SenseBytes)
	for _, p := range pairs {
		slot, tag := SensePlace(p.Direction, p.Thing)
		w := max(-senseZero+1, min(senseZero-1, int(p.Weight*SenseUnit)))
		for out[2*slot]|out[2*slot+1] != 0 {
			slot = (slot + 1) % senseSlots
		}
		v := tag<<6 | uint32(w+senseZero)
		out[2*slot], out[2*slot+1] = byte(v), byte(v>>8)
	}
	return out
}

// SensePair is a pair of the table: above 0 it is the opposite that is usually said.
type SensePair struct {
	Direction, Thing uint32
	Weight           float64
}
