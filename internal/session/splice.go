package session

import "unicode/utf8"

// Said is the text of the event, whatever bytes it is made of.
func (e *Event) Said() string {
	if e.Raw != nil {
		return string(e.Raw)
	}
	return e.Text
}

// held splits a text into the part that JSON can hold and the bytes that it cannot; one of the two is empty.
func held(text string) (string, []byte) {
	if utf8.ValidString(text) {
		return text, nil
	}
	return "", []byte(text)
}

func (s *Splice) put() string {
	if s.Raw != nil {
		return string(s.Raw)
	}
	return s.Put
}

// fits says whether the splice lies within the text.
func (s *Splice) fits(text string) bool {
	return s != nil && s.At >= 0 && s.Cut >= 0 && s.At <= len(text) && s.Cut <= len(text)-s.At
}

// apply makes the change; the splice must fit.
func (s *Splice) apply(text string) string { return text[:s.At] + s.put() + text[s.At+s.Cut:] }

// diff is the smallest change from before to after that cuts no character in two.
func diff(before, after string) *Splice {
	most := min(len(before), len(after))
	head := 0
	for head < most && before[head] == after[head] {
		head++
	}
	for head > 0 && (inside(before, head) || inside(after, head)) {
		head--
	}
	tail := 0
	for tail < most-head && before[len(before)-1-tail] == after[len(after)-1-tail] {
		tail++
	}
	for tail > 0 && (inside(before, len(before)-tail) || inside(after, len(after)-tail)) {
		tail--
	}
	s := &Splice{At: head, Cut: len(before) - tail - head}
	s.Put, s.Raw = held(after[head : len(after)-tail])
	return s
}

// inside says whether the byte at i goes on with a character that began before.
func inside(s string, i int) bool { return i < len(s) && !utf8.RuneStart(s[i]) }
