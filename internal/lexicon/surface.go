package lexicon

import (
	_ "embed"
	"math/bits"
)

// Most words of a text are English words written plainly. For these the work of a lookup is done beforehand: surface.bin
// says of each word of english.txt and function.txt what it is and which stem it has, so that a word costs one hash of its
// bytes and one probe, and a vocabulary knows each stem by its number (Vocabulary.index). What the table does not hold is
// looked up by its letters, with the same result.

//go:embed surface.bin
var surfaceTable string // surfaceSlots little-endian numbers of eight bytes, open addressing, 0 = empty

// surface.bin is a table of 1<<surfaceBits slots.
const (
	surfaceBits  = 16
	surfaceSlots = 1 << surfaceBits
)

// entry is what is known of a word: 46 bits of its hash, three flags, and the number of its stem, below surfaceStems. Stems
// that are words of grammar have their FunctionID as number, the others follow.
type entry uint64

const (
	surfaceStems = 1 << 15

	entryFunction entry = surfaceStems << (iota - 1) // the word is one of grammar
	entryEnglish                                     // the word is in english.txt
	entryStem                                        // the word is a stem, its own
	entryHash     entry = 1<<64 - 1<<18              // the bits of the hash
)

func (e entry) stem() int { return int(e % surfaceStems) }

// hashSeed and hashFactor are odd numbers without meaning.
const (
	hashSeed   = 0x9e3779b97f4a7c15
	hashFactor = 0xd6e8feb86659fd93
)

// mixHash adds eight bytes to a hash.
func mixHash(h, chunk uint64) uint64 {
	hi, lo := bits.Mul64(h^chunk, hashFactor)
	return hi ^ lo ^ hashSeed
}

// hashOf numbers a word, upper case of ASCII taken for lower. 64 bits: two words of one number are not to be expected.
func hashOf[T string | []byte](word T) uint64 {
	h := uint64(hashSeed)
	for at := 0; at < len(word); at += 8 {
		chunk := uint64(0)
		for i := range min(8, len(word)-at) {
			c := word[at+i]
			if 'A' <= c && c <= 'Z' {
				c |= 0x20
			}
			chunk |= uint64(c) << (8 * i)
		}
		h = mixHash(h, chunk)
	}
	return h
}

// short is the part of a hash that tokens keep.
func short(h uint64) uint32 { return uint32(h >> 16) }

// lookUp returns what the table knows of a word, 0 if nothing.
func lookUp(h uint64) entry {
	for at := h >> (64 - surfaceBits); ; at++ {
		e := entry(load64(surfaceTable, int(at%surfaceSlots)*8))
		if e == 0 || (e^entry(h))&entryHash == 0 {
			return e
		}
	}
}

func load64(s string, at int) uint64 {
	s = s[at : at+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// tail64 is load64 of the last bytes of a text, fewer than eight.
func tail64(s string) (x uint64) {
	for i := range len(s) {
		x |= uint64(s[i]) << (8 * i)
	}
	return x
}

// runOf reads the letters and digits from at on, eight at a time, and returns where they end and their hash. It is not
// ok if the word may go on with an apostrophe or a letter beyond ASCII, or has a change from lower to upper case in it.
func runOf(src string, at int) (end int, h uint64, ok bool) {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	h = hashSeed
	before := uint64(0) // the letter before is lower case
	for ; ; at += 8 {
		var x uint64
		if at+8 <= len(src) {
			x = load64(src, at)
		} else {
			x = tail64(src[at:])
		}
		low := x | ones*0x20
		l, d := low&^highs, x&^highs
		letters := (l + ones*(0x80-'a')) &^ (l + ones*(0x7f-'z')) // the high bit of each byte that is a letter
		digits := (d + ones*(0x80-'0')) &^ (d + ones*(0x7f-'9'))
		n := bits.TrailingZeros64(^((letters|digits)&^x)&highs) / 8
		inside := uint64(1)<<(8*n) - 1
		lower := letters & (x << 2)
		if (lower<<8|before)&letters&^(x<<2)&highs&inside != 0 {
			return 0, 0, false
		}
		if n > 0 {
			h = mixHash(h, low&inside)
		}
		if end = at + n; n < 8 {
			return end, h, end == len(src) || src[end] != '\'' && src[end] < 0x80
		}
		before = lower >> 56
	}
}

// numberOf is the number of a stem, 0 if it has none.
func numberOf[T string | []byte](stem T) int {
	if e := lookUp(hashOf(stem)); e&(entryStem|entryFunction) != 0 {
		return e.stem()
	}
	return 0
}

// stemIndex is the IDs of a vocabulary by other keys than the stem's letters.
type stemIndex struct {
	byStem []int32  // by number of the stem
	hashes []uint64 // open addressing: the words that the table does not know
	ids    []int32
}

// oddWord is a word of a vocabulary that the table does not know.
type oddWord struct {
	hash uint64
	id   int32
}

// index is made once the vocabulary is complete.
func (v *Vocabulary) index() *stemIndex {
	x := &stemIndex{byStem: v.byStem}
	if x.byStem == nil {
		x.byStem = make([]int32, surfaceStems)
	}
	x.hashes = make([]uint64, 1<<bits.Len(uint(2*len(v.odd))))
	clear(x.hashes) // as with byStem, see Add
	x.ids = make([]int32, len(x.hashes))
	for _, w := range v.odd {
		x.put(w.hash, w.id)
	}
	return x
}

func (x *stemIndex) place(h uint64) int {
	last := len(x.hashes) - 1
	at := int(h>>32) & last
	for x.hashes[at] != 0 && x.hashes[at] != h {
		at = (at + 1) & last
	}
	return at
}

func (x *stemIndex) put(h uint64, id int32) {
	at := x.place(h)
	x.hashes[at], x.ids[at] = h, id
}

// id is the ID of a number or of a word that the table does not know, 0 if the vocabulary does not have it in this form.
func (x *stemIndex) id(h uint64) int32 { return x.ids[x.place(h)] }
