package grade

import (
	"math/bits"
	"strings"
	"sync"
	"unicode"

	"interview/internal/lexicon"
)

// Only English is judged. An answer with positive signs of another language is not a bad answer: its criteria are
// unmarked. The signs are another script, or the small words of another language in place of the English ones.
const (
	foreignScript = .5  // of the letters
	foreignPart   = .12 // of the words
	foreignKinds  = 5   // different ones
	foreignWords  = 20  // words in all; fewer say nothing
)

// smallWords are frequent words of grammar of other languages that are no English words.
var smallWords = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`der das und nicht ist ein eine einen mit für von zu wir wird auf auch sich dass werden oder wenn bei nach
		le les des une et est dans pour qui nous avec sur pas sont cette aux ou el los las una y es en para con por del se como más
		il di che per sono della gli non anche um uma não os com dos het een van niet met wordt voor zijn och att är inte som på`) {
		m[w] = true
	}
	return m
})

// smallHashes are their hashes, so that most words need not be looked at.
var smallHashes = sync.OnceValue(func() map[uint32]bool {
	m := map[uint32]bool{}
	for w := range smallWords() {
		m[lexicon.TokenHash(w)] = true
	}
	return m
})

// foreign returns why the answers are not judged, "" if they are in English as far as one can tell.
func (r *reading) foreign() string {
	words, small, wide := 0, 0, 0
	var kinds map[string]bool
	hashes := smallHashes()
	for i := range r.texts[:len(r.answers)] {
		t := &r.texts[i]
		wide += beyondASCII(t.Source)
		for k := range t.Tokens {
			tok := &t.Tokens[k]
			if tok.Kind != lexicon.Word {
				continue
			}
			words++
			if tok.Function != 0 || tok.ID != 0 || tok.End-tok.Start > 7 {
				continue
			}
			w := t.Source[tok.Start:tok.End]
			if !hashes[tok.Hash] && beyondASCII(w) == 0 {
				continue
			}
			if w = strings.ToLower(w); smallWords()[w] {
				if kinds == nil {
					kinds = map[string]bool{}
				}
				small++
				kinds[w] = true
			}
		}
	}
	switch {
	case words == 0:
		return ""
	case wide > words && r.otherScript(): // each such letter has two bytes, each word a letter
		return "written in another script; only English is judged"
	case words >= foreignWords && len(kinds) >= foreignKinds && float64(small) > foreignPart*float64(words):
		return "written in another language; only English is judged"
	}
	return ""
}

// beyondASCII counts the bytes that are not ASCII.
func beyondASCII(s string) (n int) {
	for ; len(s) >= 8; s = s[8:] {
		x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		n += bits.OnesCount64(x & 0x8080808080808080)
	}
	for i := range len(s) {
		n += int(s[i] >> 7)
	}
	return n
}

// otherScript says that most letters of the words belong to another script.
func (r *reading) otherScript() bool {
	letters, other := 0, 0
	for i := range r.texts[:len(r.answers)] {
		t := &r.texts[i]
		for _, tok := range t.Tokens {
			if tok.Kind != lexicon.Word {
				continue
			}
			for _, c := range t.Source[tok.Start:tok.End] {
				letters++
				if c > unicode.MaxLatin1 && !unicode.Is(unicode.Latin, c) && !unicode.Is(unicode.Greek, c) {
					other++
				}
			}
		}
	}
	return float64(other) > foreignScript*float64(letters)
}
