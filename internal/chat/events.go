package chat

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// events turns what a server streams into data lines: comments that only keep a connection alive go, errors under other names
// and lines of bare JSON become events, and an event over several lines becomes one.
type events struct {
	body io.ReadCloser
	in   *bufio.Reader
	t    *trip
	data []byte // of the event that is being read
	over int    // the lines it stands on
	out  []byte
	err  error
}

// endMark is what a stream ends with, of most servers.
const endMark = "[DONE]"

// mostLines is how many lines one event may stand on.
const mostLines = 64

func newEvents(body io.ReadCloser, t *trip) *events {
	return &events{body: body, in: bufio.NewReaderSize(body, 16<<10), t: t}
}

// Read gives whole data lines.
func (e *events) Read(p []byte) (int, error) {
	for len(e.out) == 0 && e.err == nil {
		var line []byte
		if line, e.err = e.line(); e.err == nil || len(line) > 0 {
			e.take(bytes.TrimRight(line, "\r\n"))
		}
		if errors.Is(e.err, io.EOF) {
			e.flush()
		}
	}
	if len(e.out) == 0 {
		return 0, e.err
	}
	n := copy(p, e.out)
	e.out = e.out[n:]
	return n, nil
}

// line reads one line. Only a whole one is a sign of life: a server that sends a byte a minute is none.
func (e *events) line() ([]byte, error) {
	var line []byte
	for {
		piece, err := e.in.ReadSlice('\n')
		line = append(line, piece...)
		if e.t.read += int64(len(piece)); e.t.read > mostWire {
			return nil, errTooLong
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err == nil {
			e.t.alive()
		}
		return line, err
	}
}

// take adds a line to the event.
func (e *events) take(line []byte) {
	name, value, _ := bytes.Cut(line, []byte(":"))
	switch value = bytes.TrimPrefix(value, []byte(" ")); {
	case len(line) == 0:
		e.flush()
	case line[0] == ':', string(name) == "event", string(name) == "id", string(name) == "retry":
	case string(name) == "data":
		if e.over++; e.over > mostLines || len(e.data) > 0 && complete(e.data) { // some servers put no empty line between events
			e.flush()
			e.over = 1
		}
		e.data = append(append(e.data, ' '), value...)
		e.data = bytes.TrimSpace(e.data)
	case string(name) == "error":
		e.flush()
		e.data = append(append([]byte(`{"error":`), value...), '}')
		e.flush()
	case line[0] == '{':
		e.flush()
		e.data = append(e.data, line...)
		e.flush()
	default:
		e.t.junk = append(e.t.junk, line[:min(len(line), mostError-min(mostError, len(e.t.junk)))]...)
	}
}

// complete says that data is an event by itself.
func complete(data []byte) bool { return string(data) == endMark || validJSON(data) }

// flush ends an event.
func (e *events) flush() {
	e.t.ended = e.t.ended || string(e.data) == endMark
	e.out = append(e.out, event(e.data)...)
	e.data, e.over = e.data[:0], 0
}

// Close ends the connection.
func (e *events) Close() error { return e.body.Close() }
