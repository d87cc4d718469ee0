package journal

import (
	"bytes"
	"strconv"
	"time"
	"unicode/utf8"

	"interview/internal/session"
)

// Nine of ten lines of a journal are drafts. Read by encoding/json they take a second for 300 mocks; this reads them as
// Record writes them, and leaves every line that looks in the least different to encoding/json.

// draft decodes the line of a plain draft; false, with e untouched, for any other line.
func draft(line []byte, e *session.Event) bool {
	s := scan{rest: line, ok: true}
	var d session.Event
	var step int
	var splice session.Splice
	s.skip(`{"v":`)
	d.V = s.number()
	s.skip(`,"seq":`)
	d.Seq = s.number()
	s.skip(`,"at":`)
	at := s.text()
	s.skip(`,"kind":"` + string(session.Drafted) + `","step":`)
	step = s.number()
	s.skip(`,"splice":{"at":`)
	splice.At = s.number()
	s.skip(`,"cut":`)
	splice.Cut = s.number()
	s.skip(`,"put":`)
	splice.Put = s.text()
	s.skip(`}`)
	d.TimeUp = s.try(`,"time_up":true`)
	if s.try(`,"took":`) {
		d.Took = time.Duration(s.number())
	}
	s.skip("}\n")
	if !s.ok || len(s.rest) > 0 || d.At.UnmarshalText([]byte(at)) != nil {
		return false
	}
	d.Kind, d.Step, d.Splice = session.Drafted, &step, &splice
	*e = d
	return true
}

// scan walks along a line; ok is false once something was not as expected.
type scan struct {
	rest []byte
	ok   bool
}

func (s *scan) try(word string) bool {
	if !s.ok || len(s.rest) < len(word) || string(s.rest[:len(word)]) != word {
		return false
	}
	s.rest = s.rest[len(word):]
	return true
}

func (s *scan) skip(word string) { s.ok = s.try(word) }

// number reads a whole number, not negative, of at most 18 digits.
func (s *scan) number() int {
	n := 0
	for n < len(s.rest) && s.rest[n] >= '0' && s.rest[n] <= '9' {
		n++
	}
	v, err := strconv.Atoi(string(s.rest[:n]))
	s.ok = s.ok && err == nil && n <= 18 && (s.rest[0] != '0' || n == 1)
	s.rest = s.rest[n:]
	return v
}

// text reads a string in which nothing is escaped.
func (s *scan) text() string {
	s.skip(`"`)
	end := bytes.IndexByte(s.rest, '"')
	if end < 0 {
		s.ok = false
		return ""
	}
	text := s.rest[:end]
	s.rest = s.rest[end+1:]
	for _, b := range text {
		s.ok = s.ok && b >= 0x20 && b != '\\'
	}
	s.ok = s.ok && utf8.Valid(text)
	return string(text)
}
