package grade

import (
	"strings"
	"testing"

	"interview/internal/lexicon"
)

func TestRoleWordsAreFunctionWords(t *testing.T) {
	for _, words := range roleWords {
		for w := range strings.FieldsSeq(words) {
			if lexicon.FunctionID(w) == 0 {
				t.Errorf("%q does nothing: it is not in lexicon/function.txt", w)
			}
		}
	}
}

// TestPolarity writes negated words in capitals and weakly negated ones in brackets.
func TestPolarity(t *testing.T) {
	for _, want := range []string{
		"(we) do NOT STORE SESSIONS", "cache it WITHOUT A LOCK", "NEVER LOSE A WRITE, OR A READ; then retry",
		"NO JOINS: key lookup", "(we) do NOT LOCK because it is slow", "(a) (client) is NOT TRUSTED",
		"push RATHER THAN PULL", "not only reads but writes", "IT IS FALSE THAT CACHES HELP", "CACHES HELP IS WRONG",
		"301 is kept, which (we) do NOT WANT", "(we) CANNOT COUNT, so we use 302",
	} {
		plain := strings.ToLower(strings.NewReplacer("(", "", ")", "").Replace(want))
		x := lexicon.Read(plain, nil)
		pol, _ := polarities(x.Tokens, nil, nil, false)
		words := strings.Fields(want)
		for i, tok := range x.Tokens {
			word := plain[tok.Start:tok.End]
			expect := affirmed
			if strings.HasPrefix(words[i], "(") {
				expect = weak
			} else if words[i] == strings.ToUpper(words[i]) && words[i] != strings.ToLower(words[i]) {
				expect = negated
			}
			if pol[i] != expect && !(expect == affirmed && pol[i] == weak && strings.Contains(want, "(")) {
				t.Errorf("%q: %s has polarity %d, want %d", plain, word, pol[i], expect)
			}
		}
	}
}
