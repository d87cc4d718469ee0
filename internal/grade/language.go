package grade

import (
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

// foreign returns why the answers are not judged, "" if they are in English as far as one can tell.
func (r *reading) foreign() string {
	letters, other, words, small := 0, 0, 0, 0
	kinds := map[string]bool{}
	for i := range r.texts[:len(r.answers)] {
		t := &r.texts[i]
		for _, tok := range t.Tokens {
			if tok.Kind != lexicon.Word {
				continue
			}
			words++
			w := t.Source[tok.Start:tok.End]
			for _, c := range w {
				letters++
				if c > unicode.MaxLatin1 && !unicode.Is(unicode.Latin, c) && !unicode.Is(unicode.Greek, c) {
					other++
				}
			}
			if tok.Function == 0 && tok.ID == 0 && len(w) <= 7 {
				if w = strings.ToLower(w); smallWords()[w] {
					small++
					kinds[w] = true
				}
			}
		}
	}
	switch {
	case words == 0:
		return ""
	case float64(other) > foreignScript*float64(letters):
		return "written in another script; only English is judged"
	case words >= foreignWords && len(kinds) >= foreignKinds && float64(small) > foreignPart*float64(words):
		return "written in another language; only English is judged"
	}
	return ""
}
