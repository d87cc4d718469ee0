package cli

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"

	"interview/internal/grade"
)

// The one form of a grade for machines: grade --json, each line of grade --jsonl, and the grade of review show. A
// hand-written appender, since a cohort is many lines and encoding/json takes longer over them than the grading
// (BenchmarkResult).

// appendResult appends a grade under an id that is JSON already, without a line end.
func appendResult(b, id []byte, g *grade.Grade) []byte {
	b = append(append(b, `{"id":`...), id...)
	b = appendNumber(append(b, `,"score":`...), g.Score())
	b = appendNumber(append(b, `,"points":`...), g.Points)
	b = appendNumber(append(b, `,"max":`...), g.Max)
	b = appendNumber(append(b, `,"possible":`...), g.Possible)
	b = appendString(append(b, `,"level":`...), g.Level)
	b = append(b, `,"marks":[`...)
	for i := range g.Marks {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendMark(b, &g.Marks[i])
	}
	return append(b, "]}"...)
}

func appendMark(b []byte, m *grade.Mark) []byte {
	b = appendString(append(b, `{"criterion":`...), m.Criterion)
	b = appendString(append(b, `,"title":`...), m.Title)
	b = appendString(append(b, `,"phase":`...), m.Phase)
	b = appendString(append(b, `,"concept":`...), m.Concept)
	b = appendString(append(b, `,"level":`...), m.Level)
	if m.Says != "" {
		b = appendString(append(b, `,"says":`...), m.Says)
	}
	b = appendNumber(append(b, `,"points":`...), m.Points)
	b = appendNumber(append(b, `,"max":`...), m.Max)
	b = append(b, `,"evidence":[`...)
	for i := range m.Evidence {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendEvidence(b, &m.Evidence[i])
	}
	b = appendString(append(b, `],"sought":`...), m.Sought)
	b = appendString(append(b, `,"unmarked":`...), m.Unmarked)
	b = strconv.AppendBool(append(b, `,"not_asked":`...), m.NotAsked)
	return append(b, '}')
}

func appendEvidence(b []byte, e *grade.Evidence) []byte {
	b = strconv.AppendInt(append(b, `{"answer":`...), int64(e.Answer), 10)
	b = strconv.AppendInt(append(b, `,"start":`...), int64(e.Start), 10)
	b = strconv.AppendInt(append(b, `,"end":`...), int64(e.End), 10)
	b = appendString(append(b, `,"quote":`...), e.Quote)
	b = strconv.AppendBool(append(b, `,"against":`...), e.Against)
	return append(b, '}')
}

// appendNumber takes a short way for whole numbers, which most are. None is negative.
func appendNumber(b []byte, x float64) []byte {
	if whole := int64(x); float64(whole) == x {
		return strconv.AppendInt(b, whole, 10)
	}
	return strconv.AppendFloat(b, x, 'f', -1, 64)
}

// appendString appends a JSON string. Invalid UTF-8 becomes U+FFFD, a byte each; what would steer a terminal is escaped.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		if i += plainPrefix(s[i:]); i == len(s) {
			break
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		if r >= utf8.RuneSelf && (r != utf8.RuneError || w > 1) && !steers(r) {
			i += w
			continue
		}
		b = appendEscape(append(b, s[from:i]...), r)
		i += w
		from = i
	}
	return append(append(b, s[from:]...), '"')
}

// plainPrefix is the length of the longest beginning of s that stands for itself in JSON and is ASCII: no quote, backslash,
// control or DEL. It looks at eight bytes at a time: a byte of x has its high bit set in (x^c)-01…01 &^ (x^c) when it
// equals c, for the first such byte exactly; one that follows may be reported wrongly, which only ends the eight early.
func plainPrefix[T string | []byte](s T) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(s); i += 8 {
		x := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
		quote, slash, del := x^ones*'"', x^ones*'\\', x^ones*0x7f
		odd := x | (x-ones*' ')&^x | (quote-ones)&^quote | (slash-ones)&^slash | (del-ones)&^del
		if odd &= highs; odd != 0 {
			return i + bits.TrailingZeros64(odd)/8
		}
	}
	for ; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			break
		}
	}
	return i
}

func appendEscape(b []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(b, '\\', byte(r))
	case '\n':
		return append(b, `\n`...)
	case '\t':
		return append(b, `\t`...)
	case '\r':
		return append(b, `\r`...)
	case utf8.RuneError:
		return utf8.AppendRune(b, r)
	}
	return fmt.Appendf(b, `\u%04x`, r)
}

// appendError appends the line of an answer that could not be graded.
func appendError(b, id []byte, err error) []byte {
	b = append(append(b, `{"id":`...), id...)
	b = appendString(append(b, `,"error":`...), strings.ReplaceAll(err.Error(), "\n", "; "))
	return append(b, "}\n"...)
}
