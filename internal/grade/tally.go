package grade

import (
	"math/bits"

	"interview/internal/lexicon"
)

// tally holds a number for each key, 0 at first. A reading empties its tallies by counting the round up instead of making
// maps, which would cost more than what they are asked.
type tally struct {
	slots []tallied
	round uint32
	shift int // of a key, to its place
}

type tallied struct {
	key   uint64
	round uint32
	n     int32
}

// reset empties the tally and makes room for a number of keys.
func (t *tally) reset(keys int) {
	t.round++
	size := bits.Len(uint(2*keys + 1))
	if len(t.slots) < 1<<size || t.round == 0 {
		t.slots, t.round = make([]tallied, 1<<size), 1
	}
	t.shift = 64 - bits.Len(uint(len(t.slots)-1))
}

// at is the number of a key.
func (t *tally) at(key uint64) *int32 {
	last := len(t.slots) - 1
	for i := int(key*mixFactor>>t.shift) & last; ; i = (i + 1) & last {
		s := &t.slots[i]
		if s.round != t.round {
			*s = tallied{key: key, round: t.round}
			return &s.n
		}
		if s.key == key {
			return &s.n
		}
	}
}

// mixFactor is an odd number without meaning.
const mixFactor = 0x9e3779b97f4a7c15

// mix adds a word to a run of words. A run is a polynomial of its words, so that the run one word further on costs two
// multiplications, however long it is.
func mix(run uint64, word uint32) uint64 { return run*mixFactor + uint64(word) + 1 }

func runHash(words []lexicon.Token) (h uint64) {
	for i := range words {
		h = mix(h, words[i].Hash)
	}
	return h
}

// runs is a set of runs of words. Its filter has a bit for each, so that most runs that are not in it cost one look.
type runs struct {
	filter [1 << filterBits / 64]uint64
	all    map[uint64]bool
}

const filterBits = 16

// place spreads a run, of which the low bits depend on the last words alone, over the filter.
func place(run uint64) uint64 { return (run ^ run>>32) * mixFactor >> (64 - filterBits) }

func (s *runs) add(run uint64) {
	p := place(run)
	s.filter[p/64] |= 1 << (p % 64)
	s.all[run] = true
}

func (s *runs) has(run uint64) bool {
	p := place(run)
	return s.filter[p/64]&(1<<(p%64)) != 0 && s.all[run]
}
