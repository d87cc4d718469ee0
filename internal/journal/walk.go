package journal

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// A walk over JSON as Record writes it, without spaces, that takes out a few values and jumps over the rest at the speed of
// memory. Anything unexpected sets ok to false, and the caller decodes the line the slow way.

// object calls f for each key of an object; f must read the value.
func (s *scan) object(f func(key []byte)) {
	s.skip("{")
	for first := true; s.ok && !s.try("}"); first = false {
		if !first {
			s.skip(",")
		}
		end := s.stringEnd()
		s.ok = s.ok && end > 0
		key := s.rest[min(1, end):max(end-1, 0)]
		s.rest = s.rest[end:]
		s.skip(":")
		if s.ok {
			f(key)
		}
	}
}

// array calls f for each element, which f must read; null is an empty one.
func (s *scan) array(f func()) {
	if s.try("null") {
		return
	}
	s.skip("[")
	for first := true; s.ok && !s.try("]"); first = false {
		if !first {
			s.skip(",")
		}
		if s.ok {
			f()
		}
	}
}

// str reads a string with whatever escapes.
func (s *scan) str() string {
	if end := s.stringEnd(); end > 0 && bytes.IndexByte(s.rest[:end], '\\') >= 0 {
		var text string
		s.ok = s.ok && json.Unmarshal(s.rest[:end], &text) == nil
		s.rest = s.rest[end:]
		return text
	}
	return s.text()
}

func (s *scan) flag() bool {
	if s.try("true") {
		return true
	}
	s.skip("false")
	return false
}

func (s *scan) float() float64 {
	n := 0
	for n < len(s.rest) && bytes.IndexByte([]byte("0123456789.-+eE"), s.rest[n]) >= 0 {
		n++
	}
	x, err := strconv.ParseFloat(string(s.rest[:n]), 64)
	s.ok = s.ok && err == nil
	s.rest = s.rest[n:]
	return x
}

// stringEnd is the length of the string that the rest begins with, with its quotes; 0 if there is none.
func (s *scan) stringEnd() int {
	if !s.ok || len(s.rest) == 0 || s.rest[0] != '"' {
		return 0
	}
	for at := 1; ; {
		n := bytes.IndexByte(s.rest[at:], '"')
		if n < 0 {
			return 0
		}
		at += n
		slashes := 0
		for s.rest[at-1-slashes] == '\\' {
			slashes++
		}
		at++
		if slashes%2 == 0 {
			return at
		}
	}
}

// value jumps over a value of any kind.
func (s *scan) value() {
	for depth := 0; s.ok; {
		if len(s.rest) == 0 {
			s.ok = false
			return
		}
		n := 1
		switch s.rest[0] {
		case '"':
			n = s.stringEnd()
			s.ok = n > 0
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				s.ok = false
				return
			}
			depth--
		case ',', ':':
			if depth == 0 {
				s.ok = false
				return
			}
		default:
			for n < len(s.rest) && bytes.IndexByte([]byte(`,]}"`), s.rest[n]) < 0 {
				n++
			}
		}
		s.rest = s.rest[n:]
		if depth == 0 {
			return
		}
	}
}
