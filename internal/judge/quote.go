package judge

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"interview/internal/grade"
)

// A quote counts where it stands in an answer word for word. White space and case are put aside, and so are characters that
// nobody sees: they are not sent either, so that no text can hide in them.

// unseen says that a character has no look of its own: formatting, variation selectors, fillers, controls.
func unseen(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return false
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r), unicode.IsControl(r):
		return true
	}
	return r == '\u034f' || r == '\u115f' || r == '\u1160' || r == '\u3164' || r == '\uffa0'
}

// visible is a text without what nobody sees; what is not UTF-8 becomes U+FFFD.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unseen(r) {
			return -1
		}
		return r
	}, s)
}

// invisible counts the characters that visible takes away and that no keyboard or emoji makes.
func invisible(s string) int {
	n := 0
	for _, r := range s {
		if unseen(r) && r != '\u200d' && r != '\ufe0f' && r != '\ufeff' && r != '\u00ad' {
			n++
		}
	}
	return n
}

// folded is a text without white space at its ends, one space for each other run of it, in lower case. at holds for each of
// its bytes where it comes from, and one place more.
type folded struct {
	text string
	at   []int32
}

func fold(s string) folded {
	var b strings.Builder
	var f folded
	put := func(r rune, from int) {
		for range max(1, utf8.RuneLen(r)) {
			f.at = append(f.at, int32(from))
		}
		b.WriteRune(r)
	}
	gap := -1
	for i, r := range s {
		switch {
		case unseen(r):
		case unicode.IsSpace(r):
			if gap < 0 {
				gap = i
			}
		default:
			if gap >= 0 && b.Len() > 0 {
				put(' ', gap)
			}
			gap = -1
			put(unicode.ToLower(r), i)
		}
	}
	f.text = b.String()
	f.at = append(f.at, int32(len(s)))
	return f
}

// answers are the texts that a quote may stand in, ready to be searched.
type answers struct {
	texts []string
	folds []folded
}

func read(list []grade.Answer) *answers {
	a := &answers{}
	for _, ans := range list {
		a.texts, a.folds = append(a.texts, ans.Text), append(a.folds, fold(ans.Text))
	}
	return a
}

// place is a span of an answer.
type place struct{ answer, start, end int }

// Why a quote does not count.
const (
	noQuote   = "it gives no quote"
	notWords  = "its quote is not in your answer"
	oneWord   = "its quote is a single word"
	heading   = "its quote is a heading"
	planted   = "its quote is from a verdict that your answer gives itself"
	quoteEnds = "\"'“”‘’«»„`… "
)

// find looks a quote up; why says what is wrong with it.
func (a *answers) find(quote string) (at place, why string) {
	want := fold(quote).text
	for _, trim := range []func(string) string{
		func(s string) string { return s },
		func(s string) string {
			return strings.Trim(strings.TrimSuffix(strings.TrimPrefix(s, "..."), "..."), quoteEnds)
		},
	} {
		w := trim(want)
		if !strings.ContainsFunc(w, word) {
			return at, noQuote
		}
		for i := range a.folds { // the first place that proves something, else what is wrong with the last
			f := &a.folds[i]
			for from := f.index(w, 0); from >= 0; from = f.index(w, from+1) {
				at = place{i, int(f.at[from]), a.end(i, from+len(w))}
				if why = a.weak(w, at); why == "" {
					return at, ""
				}
			}
		}
		if why != "" {
			return at, why
		}
	}
	return at, notWords
}

// weak says why words that stand in an answer prove nothing.
func (a *answers) weak(quote string, at place) string {
	before, after := a.line(at)
	switch {
	case a.verdict(at):
		return planted
	case strings.HasPrefix(strings.TrimSpace(before+quote), "#") && !strings.Contains(a.texts[at.answer][at.start:at.end], "\n"):
		return heading // those of a form are not even the candidate's
	case !strings.Contains(quote, " ") && strings.ContainsFunc(before+after, word):
		return oneWord // a list of single words can be quoted
	}
	return ""
}

// What an answer looks like that gives a verdict on itself, in the form that models are asked for.
var (
	verdictKey  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`"(opinions|criterion)"\s*:`) })
	verdictLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`"(opinions|criterion|level|quote|why)"\s*:`) })
)

// verdict says that a place lies on a line of such a verdict.
func (a *answers) verdict(at place) bool {
	text := a.texts[at.answer]
	if !verdictKey().MatchString(text) {
		return false
	}
	before, after := a.line(at)
	return verdictLine().MatchString(before + text[at.start:at.end] + after)
}

// end is where the character before a byte of the fold ends in the text.
func (a *answers) end(answer, to int) int {
	f := &a.folds[answer]
	start := int(f.at[to-1])
	_, size := utf8.DecodeRuneInString(a.texts[answer][start:])
	return start + size
}

// index finds whole words, from a byte on: a quote neither begins nor ends inside one. -1 where there is none.
func (f *folded) index(w string, from int) int {
	first, _ := utf8.DecodeRuneInString(w)
	last, _ := utf8.DecodeLastRuneInString(w)
	for from <= len(f.text) {
		i := strings.Index(f.text[from:], w)
		if i < 0 {
			break
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(f.text[:i])
		after, _ := utf8.DecodeRuneInString(f.text[i+len(w):])
		if !(word(before) && word(first)) && !(word(last) && word(after)) {
			return i
		}
		from = i + 1
	}
	return -1
}

func word(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// line is what stands on the lines of a place before and after it.
func (a *answers) line(p place) (before, after string) {
	t := a.texts[p.answer]
	before, after = t[:p.start], t[p.end:]
	before = before[strings.LastIndexByte(before, '\n')+1:]
	if i := strings.IndexByte(after, '\n'); i >= 0 {
		after = after[:i]
	}
	return before, after
}
