package grade

import (
	"strings"

	"interview/internal/lexicon"
)

// knownWord is a word of the rubric, or what stands for one: "*", a quantity.
type knownWord struct {
	word     string
	hash     uint32
	special  bool              // "*" or a quantity
	spelt    bool              // a claim is spelt with it, and the fields below are set
	grammar  bool              // is a word of grammar
	cue      bool              // is itself a negation
	nearby   answer            // see near
	id       int32             // in the vocabulary; 0 = special
	stem     int32             // the same for words that read the same, see spelling.stemOf
	bound    int32             // of a quantity, index into Sheet.bounds plus one; 0 = not looked up yet
	relation *lexicon.Relation // nil = none
}

// opposites are the words that turn a statement with this one around.
func (k *knownWord) opposites() []string {
	if k.relation == nil {
		return nil
	}
	return k.relation.Opposites
}

// begins are the groups of synonyms with a member that begins with the word.
func (k *knownWord) begins() []*lexicon.Group {
	if k.relation == nil {
		return nil
	}
	return k.relation.Begins
}

// phrase is words in a row.
type phrase []*knownWord

// strings are the words as written.
func (p phrase) strings() []string {
	out := make([]string, len(p))
	for i, k := range p {
		out[i] = k.word
	}
	return out
}

// wordTable has words, each once.
type wordTable struct {
	table
	words []*knownWord // in the order of the table
	room  room[knownWord]
	text  lexicon.Text      // scratch, see read
	read  map[string]phrase // what is more than lower-case letters, as the lexicon reads it
}

func newWordTable() *wordTable {
	return &wordTable{table: newTable(1 << 12), words: make([]*knownWord, 0, 1<<12), read: map[string]phrase{}}
}

// of returns the word, which it adds if need be.
func (t *wordTable) of(w string) *knownWord { return t.hashed(w, hashOf(w)) }

// hashed is of a word whose hash is known.
func (t *wordTable) hashed(w string, hash uint32) *knownWord {
	n, at := t.find(w, hash)
	if n >= 0 {
		return t.words[n]
	}
	k := t.room.one()
	k.word, k.hash, k.special = w, hash, w == "*" || w[0] == '#'
	t.add(k, at)
	return k
}

// add takes in a word that was not found, at the slot where it belongs.
func (t *wordTable) add(k *knownWord, slot int) {
	t.put(k.word, k.hash, slot)
	t.words = append(t.words, k)
}

// got returns a word that is in the table, else nil.
func (t *wordTable) got(w string) *knownWord {
	if n, _ := t.find(w, hashOf(w)); n >= 0 {
		return t.words[n]
	}
	return nil
}

// reads are the words of a field that holds more than lower-case letters: "302", "read/write".
func (t *wordTable) reads(field string) phrase {
	words, ok := t.read[field]
	if !ok {
		t.text.Read(strings.ToLower(field), nil)
		for _, tok := range t.text.Tokens {
			words = append(words, t.of(t.text.Source[tok.Start:tok.End]))
		}
		t.read[field] = words
	}
	return words
}

// joined returns two words as one, nil if that is not in the table.
func (t *wordTable) joined(a, b *knownWord) *knownWord {
	hash := a.hash
	for i := range len(b.word) {
		hash = hashByte(hash, b.word[i])
	}
	mask := len(t.slots) - 1
	for i := place32(hash) & mask; t.slots[i].number != 0; i = (i + 1) & mask {
		k := t.words[t.slots[i].number-1]
		if k.hash == hash && len(k.word) == len(a.word)+len(b.word) && k.word[:len(a.word)] == a.word && k.word[len(a.word):] == b.word {
			return k
		}
	}
	return nil
}

// table numbers names from 0. A rubric has thousands of words and phrases and is often compiled for one answer: to fill the
// maps of the language took longer than all that is done with them.
type table struct {
	slots []tableSlot // a power of two of them, at most three quarters in use
	names []string
}

type tableSlot struct {
	hash   uint32
	number int32 // plus one, 0 = free
}

func newTable(size int) table {
	return table{slots: touched[tableSlot](size), names: make([]string, 0, size)}
}

const hashStart = uint32(2166136261)

// hashByte goes on with a hash (FNV-1a).
func hashByte(hash uint32, c byte) uint32 { return (hash ^ uint32(c)) * 16777619 }

func hashOf(s string) uint32 {
	h := hashStart
	for i := range len(s) {
		h = hashByte(h, s[i])
	}
	return h
}

// place32 brings the high bits of a hash into its place.
func place32(hash uint32) int { return int(hash ^ hash>>15) }

// find returns the number of a name, -1 if it has none, and its slot.
func (t *table) find(name string, hash uint32) (number int32, slot int) {
	mask := len(t.slots) - 1
	i := place32(hash) & mask
	for ; t.slots[i].number != 0; i = (i + 1) & mask {
		if s := t.slots[i]; s.hash == hash && t.names[s.number-1] == name {
			return s.number - 1, i
		}
	}
	return -1, i
}

// put adds a name that was not found, at the slot where it belongs.
func (t *table) put(name string, hash uint32, slot int) {
	t.names = append(t.names, name)
	t.slots[slot] = tableSlot{hash, int32(len(t.names))}
	if 4*len(t.names) <= 3*len(t.slots) {
		return
	}
	old := t.slots
	t.slots = touched[tableSlot](2 * len(old))
	for _, s := range old {
		if s.number != 0 {
			_, i := t.find(t.names[s.number-1], s.hash)
			t.slots[i] = s
		}
	}
}

// touched makes a list of which every place will be read before it is written to. Memory that was never written to would then
// be mapped twice, the second time on all cores; so it is written to at once.
func touched[T any](n int) []T {
	list := make([]T, n)
	clear(list)
	return list
}

// room gives out things, and lists of them, from larger pieces of memory.
type room[T any] struct{ free []T }

// piece is how many are allocated at a time: so many that a piece is a large object for the runtime, which has a page or two of
// its own for each size of small ones.
const piece = 4096

func (r *room[T]) take(n int) []T {
	if len(r.free) < n {
		r.free = make([]T, max(piece, n))
	}
	list := r.free[:n:n]
	r.free = r.free[n:]
	return list
}

func (r *room[T]) one() *T { return &r.take(1)[0] }

// keep copies a list, and is nil of an empty one.
func (r *room[T]) keep(list []T) []T {
	if len(list) == 0 {
		return nil
	}
	out := r.take(len(list))
	copy(out, list)
	return out
}
