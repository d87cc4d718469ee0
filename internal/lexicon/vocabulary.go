package lexicon

import (
	"bytes"
	"sync"
)

// Vocabulary is the set of words that a rubric asks about, by stem.
// It is built once and then read by many goroutines.
type Vocabulary struct {
	ids     map[string]int32
	words   map[string]int32 // as added
	added   []surface        // the same in order, those that may be mended
	mends   func() *mender
	indexed func() *stemIndex
}

// mender finds the words of a vocabulary that are near a misspelt one.
type mender struct {
	surfaces []surface       // words as written and inflected
	heads    [26][17][]int32 // their numbers, by first letter and length
	tails    [26][17][]int32 // the same by last letter
}

type surface struct {
	word    string
	letters uint32 // which of a–z it has
	id      int32
}

var noVocabulary = NewVocabulary()

// NewVocabulary is empty.
func NewVocabulary() *Vocabulary {
	v := &Vocabulary{ids: map[string]int32{}, words: map[string]int32{}}
	v.mends, v.indexed = sync.OnceValue(v.mender), sync.OnceValue(v.index)
	return v
}

// Len is the highest ID in use.
func (v *Vocabulary) Len() int { return len(v.ids) }

// Add returns the ID of a lower-case word, 1 or higher, and its stem. Words with the same stem share the ID.
func (v *Vocabulary) Add(word string) (int32, string) {
	key := fold(word)
	if id, ok := v.words[word]; ok {
		return id, key
	}
	id, ok := v.ids[key]
	if !ok {
		id = int32(len(v.ids) + 1)
		v.ids[key] = id
	}
	v.words[word] = id
	if len(word) >= shortest-1 && alphabetic(word) {
		v.added = append(v.added, surface{word: word, id: id})
	}
	return id, key
}

// ID returns the ID of a lower-case word, 0 if it is not in the vocabulary.
func (v *Vocabulary) ID(word string) int32 {
	if Function(word) {
		return v.exact(word)
	}
	return v.ids[string(Stem([]byte(word)))]
}

func (v *Vocabulary) exact(key string) int32 { return v.ids[key] }

// find looks a word up by its stem; scratch is reused from call to call.
func (v *Vocabulary) find(low []byte, scratch *[]byte) (int32, bool) {
	if len(v.ids) == 0 || len(low) > 40 {
		return 0, false
	}
	*scratch = append((*scratch)[:0], low...)
	return v.ids[string(Stem(*scratch))], false
}

// ShortestMended is the length in letters of the shortest word that is taken for a typing error: a short one is one edit from
// too many others. In one of this length the letters must be the right ones.
const ShortestMended = 4

const shortest, longest = ShortestMended, 16

// mender inflects the words, once the first misspelt one is met; none may be added after.
func (v *Vocabulary) mender() *mender {
	m := &mender{surfaces: make([]surface, 0, 5*len(v.added))}
	var text []byte
	var ends []int
	for _, s := range v.added {
		word, stem := s.word, s.word
		if n := len(word); word[n-1] == 'e' || word[n-1] == 'y' {
			stem = word[:n-1]
		}
		for _, form := range [...][2]string{{word, ""}, {word, "s"}, {stem, "ed"}, {stem, "ing"}, {stem, "es"}} {
			if n := len(form[0]) + len(form[1]); n < shortest-1 || n > longest {
				continue
			}
			text = append(append(text, form[0]...), form[1]...)
			ends = append(ends, len(text))
			m.surfaces = append(m.surfaces, surface{id: s.id})
		}
	}
	all, from := string(text), 0
	for i, end := range ends {
		m.surfaces[i].word, m.surfaces[i].letters = all[from:end], letters(all[from:end])
		from = end
	}
	m.sort()
	return m
}

// sort files the surfaces under their first and last letters.
func (m *mender) sort() {
	var heads, tails [26][17]int
	for _, s := range m.surfaces {
		heads[s.word[0]-'a'][len(s.word)]++
		tails[s.word[len(s.word)-1]-'a'][len(s.word)]++
	}
	places := make([]int32, 2*len(m.surfaces))
	take := func(n int) (list []int32) {
		list, places = places[:0:n], places[n:]
		return list
	}
	for c := range heads {
		for n := range heads[c] {
			m.heads[c][n], m.tails[c][n] = take(heads[c][n]), take(tails[c][n])
		}
	}
	for i, s := range m.surfaces {
		head, tail := &m.heads[s.word[0]-'a'][len(s.word)], &m.tails[s.word[len(s.word)-1]-'a'][len(s.word)]
		*head, *tail = append(*head, int32(i)), append(*tail, int32(i))
	}
}

func alphabetic(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return true
}

func letters[T string | []byte](word T) (m uint32) {
	for i := range len(word) {
		m |= 1 << (word[i] - 'a')
	}
	return m
}

// mend returns the ID of a word of the vocabulary that is one edit from low, which must be no English word; 0 if there is
// none. Either the first or the last letter is taken to be right, which keeps the search short.
func (v *Vocabulary) mend(low []byte) int32 {
	n := len(low)
	if n < shortest || n >= longest || len(v.ids) == 0 || !lowerLetters(low) || English(low) || unitOfMeasure(string(low)) {
		return 0
	}
	mask, m := letters(low), v.mends()
	for _, index := range [...]*[17][]int32{&m.heads[low[0]-'a'], &m.tails[low[n-1]-'a']} {
		for _, length := range [...]int{n, n + 1, n - 1} {
			for _, i := range index[length] {
				s := &m.surfaces[i]
				if few(s.letters&^mask) && few(mask&^s.letters) && oneEdit(low, s.word) && (n > shortest || !changed(low, s.word)) {
					return s.id
				}
			}
		}
	}
	return 0
}

// changed says that words of one length have other letters: of four, too many words differ in one.
func changed(a []byte, b string) bool { return len(a) == len(b) && letters(a) != letters(b) }

func lowerLetters(w []byte) bool {
	for _, c := range w {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// few says that at most one bit is set.
func few(m uint32) bool { return m&(m-1) == 0 }

// oneEdit says that a letter put in, left out or changed, or two neighbours exchanged, makes b of a.
func oneEdit(a []byte, b string) bool {
	if len(a) > len(b)+1 || len(b) > len(a)+1 {
		return false
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	ra, rb := a[i:], b[i:]
	switch {
	case len(ra) > len(rb):
		return string(ra[1:]) == rb
	case len(rb) > len(ra):
		return len(rb) > 0 && bytes.Equal(ra, []byte(rb[1:]))
	case len(ra) == 0:
		return true
	case string(ra[1:]) == rb[1:]:
		return true
	}
	return len(ra) > 1 && ra[0] == rb[1] && ra[1] == rb[0] && string(ra[2:]) == rb[2:]
}

// OneEdit says that a letter put in, left out or changed, or two neighbours exchanged, makes b of a.
func OneEdit(a, b string) bool { return oneEdit([]byte(a), b) }
