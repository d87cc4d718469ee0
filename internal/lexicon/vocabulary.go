package lexicon

import "bytes"

// Vocabulary is the set of words that a rubric asks about, by stem.
// It is built once and then read by many goroutines.
type Vocabulary struct {
	ids      map[string]int32
	words    map[string]int32  // as added
	surfaces [26][17][]surface // words as written and inflected, by first letter and length, for mending typing errors
	tails    [26][17][]surface // the same by last letter
}

type surface struct {
	word    string
	letters uint32 // which of a–z it has
	id      int32
}

var noVocabulary = NewVocabulary()

// NewVocabulary is empty.
func NewVocabulary() *Vocabulary {
	return &Vocabulary{ids: map[string]int32{}, words: map[string]int32{}}
}

// Len is the highest ID in use.
func (v *Vocabulary) Len() int { return len(v.ids) }

// Add returns the ID of a lower-case word, 1 or higher. Words with the same stem share one.
func (v *Vocabulary) Add(word string) int32 {
	if id, ok := v.words[word]; ok {
		return id
	}
	key := word
	if !Function(word) {
		key = string(Stem([]byte(word)))
	}
	id, ok := v.ids[key]
	if !ok {
		id = int32(len(v.ids) + 1)
		v.ids[key] = id
	}
	v.words[word] = id
	v.addSurfaces(word, id)
	return id
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

// shortest and longest are the lengths of words that may be mended: a short one is one edit from too many others.
const shortest, longest = 5, 16

func (v *Vocabulary) addSurfaces(word string, id int32) {
	if len(word) < shortest-1 || !alphabetic(word) {
		return
	}
	stem := word
	if n := len(word); word[n-1] == 'e' || word[n-1] == 'y' {
		stem = word[:n-1]
	}
	v.addSurface(word, id)
	for _, end := range [...]string{"s", "ed", "ing", "es"} {
		base := stem
		if end == "s" {
			base = word
		}
		v.addSurface(base+end, id)
	}
}

func (v *Vocabulary) addSurface(word string, id int32) {
	if len(word) < shortest-1 || len(word) > longest {
		return
	}
	list := &v.surfaces[word[0]-'a'][len(word)]
	for _, s := range *list {
		if s.word == word {
			return
		}
	}
	*list = append(*list, surface{word, letters(word), id})
	tail := &v.tails[word[len(word)-1]-'a'][len(word)]
	*tail = append(*tail, surface{word, letters(word), id})
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
	if n < shortest || n >= longest || len(v.ids) == 0 || !lowerLetters(low) || English(low) {
		return 0
	}
	mask := letters(low)
	for _, index := range [...]*[17][]surface{&v.surfaces[low[0]-'a'], &v.tails[low[n-1]-'a']} {
		for _, length := range [...]int{n, n + 1, n - 1} {
			for _, s := range index[length] {
				if few(s.letters&^mask) && few(mask&^s.letters) && oneEdit(low, s.word) {
					return s.id
				}
			}
		}
	}
	return 0
}

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
