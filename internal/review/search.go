package review

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"interview/internal/session"
)

// Query is what is looked for in what was said. Every term must be found, in whatever order, in the turns it is about.
type Query struct {
	Terms         []string // words and phrases; a word is found where one begins with it, without regard of case
	Phase, Prompt string   // "" is any; Prompt is also the label of a session

	found []*regexp.Regexp
}

// ParseQuery reads the words of a query: word, "a phrase", phase:…, prompt:…. An argument that holds spaces and no quotes is a
// phrase, as a shell takes the quotes away. The error says what is wrong with it.
func ParseQuery(args []string) (*Query, error) {
	q := &Query{}
	for _, arg := range args {
		if !utf8.ValidString(arg) {
			return nil, fmt.Errorf("%q is no UTF-8", arg)
		}
		words, err := split(arg)
		if err != nil {
			return nil, err
		}
		for _, w := range words {
			q.add(w)
		}
	}
	if len(q.Terms) == 0 {
		return nil, errors.New("no word to search for")
	}
	return q, nil
}

// split takes an argument apart at spaces outside of quotes.
func split(arg string) ([]string, error) {
	if !strings.Contains(arg, `"`) {
		return []string{arg}, nil
	}
	parts := strings.Split(arg, `"`)
	if len(parts)%2 == 0 {
		return nil, fmt.Errorf("a quote is not closed: %s", arg)
	}
	var words []string
	for i, part := range parts {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words, nil
}

func (q *Query) add(word string) {
	fields := strings.Fields(word)
	if len(fields) == 0 {
		return
	}
	for key, to := range map[string]*string{"phase:": &q.Phase, "prompt:": &q.Prompt} {
		if value, is := strings.CutPrefix(word, key); is && value != "" && len(fields) == 1 {
			*to = value
			return
		}
	}
	q.Terms = append(q.Terms, strings.Join(fields, " "))
	for i := range fields {
		fields[i] = regexp.QuoteMeta(fields[i])
	}
	q.found = append(q.found, regexp.MustCompile(`(?i)`+strings.Join(fields, `\s+`)))
}

// Needles are pieces of the terms, in lower case and of ASCII that stands in JSON as it is: a text without one of them does
// not hold its term. A term without such a piece has none.
func (q *Query) Needles() []string {
	var out []string
	for _, t := range q.Terms {
		for _, word := range strings.Fields(t) {
			longest := ""
			for _, piece := range strings.FieldsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf || r < ' ' || r == '"' || r == '\\' }) {
				if len(piece) > len(longest) {
					longest = piece
				}
			}
			if longest != "" {
				out = append(out, strings.ToLower(longest))
			}
		}
	}
	return out
}

// Hit is a place where a term stands.
type Hit struct {
	Turn       int // index into Session.Turns
	Start, End int // bytes of its text
}

// Hits are all places of all terms, by turn and place, those that overlap another left out; none where a term is missing.
func (q *Query) Hits(s *session.Session) []Hit {
	var hits []Hit
	for _, re := range q.found {
		before := len(hits)
		for i := range s.Turns {
			if q.about(s, &s.Turns[i]) {
				hits = append(hits, places(re, i, s.Turns[i].Text)...)
			}
		}
		if len(hits) == before {
			return nil
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Turn, b.Turn), cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	last := Hit{Turn: -1}
	return slices.DeleteFunc(hits, func(h Hit) bool {
		if h.Turn == last.Turn && h.Start < last.End {
			return true
		}
		last = h
		return false
	})
}

func (q *Query) about(s *session.Session, t *session.Turn) bool {
	return (q.Phase == "" || q.Phase == t.Step.Phase) && (q.Prompt == "" || q.Prompt == t.Step.Prompt || q.Prompt == s.Plan.Label)
}

// places are those where a word begins: "ache" is not found in "cache".
func places(re *regexp.Regexp, turn int, text string) []Hit {
	var hits []Hit
	for _, at := range re.FindAllStringIndex(text, -1) {
		before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
		first, _ := utf8.DecodeRuneInString(text[at[0]:])
		if !inWord(before) || !inWord(first) {
			hits = append(hits, Hit{turn, at[0], at[1]})
		}
	}
	return hits
}

func inWord(r rune) bool {
	return r == '_' || unicode.IsLetter(r) && r != utf8.RuneError || unicode.IsDigit(r)
}
