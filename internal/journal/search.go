package journal

import (
	"bufio"
	"bytes"

	"interview/internal/session"
)

// Saying is Skim with the texts of answers, for a journal whose answers may hold all the needles; says is false, and there are
// no events, for one that cannot. Needles are ASCII in lower case without what JSON escapes, and are found in either case.
// newer says that a newer version wrote the journal.
//
// Most journals hold no answer to a question. So the lines are looked through as they stand, undecoded, and read a second time
// where that finds everything, where a sitting was left, for there a draft is in pieces, and where an answer is in base64.
func Saying(path string, buf *bufio.Reader, needles []string) (events []session.Event, says, newer bool, err error) {
	wanted := make([][]byte, len(needles))
	for i, n := range needles {
		wanted[i] = []byte(n)
	}
	closed, encoded := false, false
	err = eachLine(path, buf, func(line []byte) error {
		kind, version := kindOf(line)
		switch {
		case version == 0:
			var e session.Event
			return decode(line, &e)
		case kind == session.Closed:
			closed = true
		case kind == session.Answered && len(wanted) > 0:
			encoded = encoded || bytes.Contains(line, []byte(`,"raw":`))
			lower(line)
			wanted = without(wanted, line)
		}
		newer = newer || version > session.Version
		return nil
	})
	if closed && !encoded && len(wanted) > 0 {
		return nil, false, newer, err
	}
	again := eachLine(path, buf, func(line []byte) error {
		var e session.Event
		err := said(line, &e)
		if err == nil {
			events = append(events, e)
		}
		return err
	})
	if err == nil {
		err = again
	}
	return events, true, newer, err
}

// kindOf is the kind of the event of a line and the version it is in, 0 for a line that does not begin as Record writes it.
func kindOf(line []byte) (session.Kind, int) {
	s := scan{rest: line, ok: bytes.HasSuffix(line, []byte("}\n"))}
	s.skip(`{"v":`)
	version := s.number()
	s.skip(`,"seq":`)
	s.number()
	s.skip(`,"at":"`)
	at := bytes.IndexByte(s.rest, '"')
	if !s.ok || at < 0 {
		return "", 0
	}
	s.rest = s.rest[at:]
	s.skip(`","kind":`)
	kind := s.text()
	if !s.ok || kind == "" {
		return "", 0
	}
	return session.Kind(kind), version
}

// said decodes a line with the text of an answer.
func said(line []byte, e *session.Event) error {
	if kind, _ := kindOf(line); kind == session.Answered || kind == session.Drafted {
		return decode(line, e)
	}
	return skim(line, e)
}

// lower turns ASCII to lower case, in place.
func lower(b []byte) {
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
}

// without drops the needles that stand in the line.
func without(wanted [][]byte, line []byte) [][]byte {
	left := wanted[:0]
	for _, w := range wanted {
		if !bytes.Contains(line, w) {
			left = append(left, w)
		}
	}
	return left
}
