package lexicon

import (
	"bytes"
	"sync"
)

// Vocabulary is the set of words that a rubric asks about, by stem.
// It is built once and then read by many goroutines.
type Vocabulary struct {
	byStem  []int32          // IDs by the number of the stem, see surface.go
	ids     map[string]int32 // of stems that have no number
	count   int
	added   []surface // all words, in order
	odd     []oddWord // those that the table of surface.go does not know
	scratch [longestWord + 1]byte
	mends   func() *mender
	indexed func() *stemIndex
}

// mender finds the words of a vocabulary that are near a misspelt one. A form of a word has the number forms*word+form.
type mender struct {
	words []surface
	stems []uint32        // the letters of each word without an e or y at its end
	heads [26][17][]int32 // numbers of forms, by first letter and length
	tails [26][17][]int32 // the same by last letter
}

type surface struct {
	word    string
	letters uint32 // which of a–z it has
	id      int32
}

// A word is met as it is or inflected; endings from wholeForms on take the place of an e or y at its end.
const (
	forms      = 5
	wholeForms = 2
)

var inflections = [forms]string{"", "s", "ed", "ing", "es"}

var noVocabulary = NewVocabulary(0)

// NewVocabulary is empty, with room for some words.
func NewVocabulary(words int) *Vocabulary {
	v := &Vocabulary{ids: make(map[string]int32, words/8), added: make([]surface, 0, words)}
	v.mends, v.indexed = sync.OnceValue(v.mender), sync.OnceValue(v.index)
	return v
}

// Len is the highest ID in use.
func (v *Vocabulary) Len() int { return v.count }

// Known is what is known of a word that is added to a vocabulary.
type Known struct {
	ID       int32     // 1 or higher; words with the same stem share it
	Function int16     // FunctionID of a word of grammar, else 0
	Relation *Relation // of its stem; nil = none
}

// Add adds a lower-case word. None should be added twice.
func (v *Vocabulary) Add(word string) Known {
	if v.byStem == nil {
		v.byStem = make([]int32, surfaceStems)
		clear(v.byStem) // each place is read before it is written to, which of fresh memory costs two faults a page
	}
	h := hashOf(word)
	k, e := Known{}, lookUp(h)
	number, stem, odd := e.stem(), "", e&(entryFunction|entryEnglish) == 0
	switch {
	case e&entryFunction != 0:
		k.Function = int16(number)
	case odd:
		stem = stemOf(word, v.scratch[:])
		number = numberOf(stem)
	}
	k.Relation = relationOf(number, stem)
	if number > 0 {
		k.ID = v.next(v.byStem[number])
		v.byStem[number] = k.ID
	} else {
		k.ID = v.next(v.ids[stem])
		v.ids[stem] = k.ID
	}
	v.added = append(v.added, surface{word, letters(word), k.ID})
	if odd {
		v.odd = append(v.odd, oddWord{h, k.ID})
	}
	return k
}

// next is an ID that is in use, or the first that is not.
func (v *Vocabulary) next(id int32) int32 {
	if id == 0 {
		v.count++
		id = int32(v.count)
	}
	return id
}

// ID returns the ID of a lower-case word, 0 if it is not in the vocabulary.
func (v *Vocabulary) ID(word string) int32 {
	if Function(word) {
		return v.exact(word)
	}
	return v.exact(stemOf(word, nil))
}

// exact is the ID of a stem.
func (v *Vocabulary) exact(stem string) int32 {
	if number := numberOf(stem); number > 0 && v.byStem != nil {
		return v.byStem[number]
	}
	return v.ids[stem]
}

// find looks a word up by its stem; scratch is reused from call to call.
func (v *Vocabulary) find(low []byte, scratch *[]byte) int32 {
	if v.count == 0 || len(low) > 40 {
		return 0
	}
	*scratch = append((*scratch)[:0], low...)
	stem := Stem(*scratch)
	if number := numberOf(stem); number > 0 {
		return v.byStem[number]
	}
	return v.ids[string(stem)]
}

// ShortestMended is the length in letters of the shortest word that is taken for a typing error: a short one is one edit from
// too many others. In one of this length the letters must be the right ones.
const ShortestMended = 4

const shortest, longest = ShortestMended, 16

// mender files the forms of the words, once the first misspelt one is met; no word may be added after.
func (v *Vocabulary) mender() *mender {
	m := &mender{words: v.added, stems: make([]uint32, len(v.added))}
	var heads, tails [26][17]int
	for i := range m.words {
		word := m.words[i].word
		m.stems[i] = letters(word[:stemLen(word)])
		m.each(i, func(_ int32, length int, last byte) {
			heads[word[0]-'a'][length]++
			tails[last-'a'][length]++
		})
	}
	places := make([]int32, 2*forms*len(m.words))
	take := func(n int) (list []int32) {
		list, places = places[:0:n], places[n:]
		return list
	}
	for c := range heads {
		for n := range heads[c] {
			m.heads[c][n], m.tails[c][n] = take(heads[c][n]), take(tails[c][n])
		}
	}
	for i := range m.words {
		first := m.words[i].word[0] - 'a'
		m.each(i, func(form int32, length int, last byte) {
			head, tail := &m.heads[first][length], &m.tails[last-'a'][length]
			*head, *tail = append(*head, form), append(*tail, form)
		})
	}
	return m
}

// each calls f with the forms of a word that are neither too short nor too long.
func (m *mender) each(i int, f func(form int32, length int, last byte)) {
	word := m.words[i].word
	if len(word) < shortest-1 || !alphabetic(word) {
		return
	}
	whole, stem := len(word), stemLen(word)
	for form, suffix := range inflections {
		n, last := whole, word[whole-1]
		if form >= wholeForms {
			n = stem
		}
		if n += len(suffix); n < shortest-1 || n > longest {
			continue
		}
		if form > 0 {
			last = suffix[len(suffix)-1]
		}
		f(int32(forms*i+form), n, last)
	}
}

// stemLen is the length of a word without an e or y at its end.
func stemLen(word string) int {
	n := len(word)
	if word[n-1] == 'e' || word[n-1] == 'y' {
		n--
	}
	return n
}

// letters are those of a form.
func (m *mender) letters(form int32) uint32 {
	i, suffix := form/forms, form%forms
	if suffix < wholeForms {
		return m.words[i].letters | inflectionLetters[suffix]
	}
	return m.stems[i] | inflectionLetters[suffix]
}

var inflectionLetters = [forms]uint32{0, bit('s'), bit('e') | bit('d'), bit('i') | bit('n') | bit('g'), bit('e') | bit('s')}

func bit(c byte) uint32 { return 1 << (c - 'a') }

// spell appends a form.
func (m *mender) spell(room []byte, form int32) []byte {
	word := m.words[form/forms].word
	if form%forms >= wholeForms {
		word = word[:stemLen(word)]
	}
	return append(append(room, word...), inflections[form%forms]...)
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
	if n < shortest || n >= longest || v.count == 0 || !lowerLetters(low) || English(low) || unitOfMeasure(string(low)) {
		return 0
	}
	mask, m := letters(low), v.mends()
	for _, index := range [...]*[17][]int32{&m.heads[low[0]-'a'], &m.tails[low[n-1]-'a']} {
		for _, length := range [...]int{n, n + 1, n - 1} {
			for _, form := range index[length] {
				if has := m.letters(form); !few(has&^mask) || !few(mask&^has) {
					continue
				}
				var room [longest]byte
				if word := string(m.spell(room[:0], form)); oneEdit(low, word) && (n > shortest || !changed(low, word)) {
					return m.words[form/forms].id
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
