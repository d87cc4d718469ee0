package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// request is a line of --jsonl.
type request struct {
	ID         json.RawMessage `json:"id"`
	Prompt     *string         `json:"prompt"`
	Question   *string         `json:"question"`
	Reference  *string         `json:"reference"`
	References []string        `json:"references"`
	Answer     *string         `json:"answer"`
}

// parseRequest reads a line. The id is whatever can be echoed, null otherwise, also with an error.
func parseRequest(line []byte) (r request, err error) {
	if r.scan(line) {
		return r, r.whole()
	}
	r = request{}
	err = json.Unmarshal(line, &r)
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrongType) && wrongType.Field == "":
		err = fmt.Errorf("not a JSON object: have %s", wrongType.Value)
	case errors.As(err, &wrongType):
		err = fmt.Errorf("%q: want %s, have %s", wrongType.Field, typeName(wrongType.Type.String()), wrongType.Value)
	case err != nil:
		r = request{ID: idOf(line)}
		err = fmt.Errorf("not JSON: %w", err)
	}
	id, idErr := echo(r.ID)
	r.ID = id
	if err == nil {
		err = idErr
	}
	if err == nil {
		err = r.whole()
	}
	return r, err
}

// whole says what a line lacks, or has too much of.
func (r *request) whole() error {
	models := r.models()
	switch {
	case r.Answer == nil:
		return errors.New(`no "answer"`)
	case len(*r.Answer) > mostAnswer:
		return fmt.Errorf("answer larger than %d MB, too large to be graded", mostAnswer>>20)
	case r.Prompt != nil && models != nil:
		return errors.New(`"prompt" and "reference" exclude each other`)
	case r.Prompt != nil:
		return nil
	case models == nil:
		return errors.New(`neither "prompt" nor "reference"`)
	case strings.TrimSpace(strings.Join(models, "")) == "":
		return errors.New(`"reference" is empty`)
	}
	return nil
}

// models are the model answers that a line brings itself, nil if it brings none.
func (r *request) models() []string {
	if r.Reference != nil {
		return append([]string{*r.Reference}, r.References...)
	}
	return r.References
}

func typeName(goType string) string {
	if strings.HasPrefix(goType, "[]") {
		return "a list of strings"
	}
	return "a string"
}

// echo is the id as it was given, if it is a string or a number.
func echo(id json.RawMessage) (json.RawMessage, error) {
	switch {
	case len(id) == 0:
		return json.RawMessage("null"), errors.New(`no "id"`)
	case id[0] == '"' && !utf8.Valid(id):
		return json.RawMessage(strings.ToValidUTF8(string(id), "\uFFFD")), nil
	case id[0] == '"', id[0] == '-', id[0] >= '0' && id[0] <= '9':
		return id, nil
	}
	return json.RawMessage("null"), errors.New(`"id": want a string or a number`)
}

// idOf finds the id in what is no whole JSON, so that its error can be told from others.
func idOf(line []byte) json.RawMessage {
	d := json.NewDecoder(bytes.NewReader(line[:min(len(line), 1<<16)]))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	for {
		key, err := d.Token()
		if err != nil {
			return nil
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil
		}
		if key == "id" {
			return value
		}
	}
}

// scan reads the usual line, an object of an id and texts, several times as fast as encoding/json, which would take a good
// part of the time of the grading (BenchmarkRequest). Anything else, and any doubt, is left to that: false.
func (r *request) scan(line []byte) bool {
	rest, ok := after(line, '{')
	for ok {
		var key, value []byte
		if key, rest, ok = scanString(rest); !ok {
			return false
		}
		if rest, ok = after(rest, ':'); !ok {
			return false
		}
		switch string(key) {
		case `"id"`:
			if value, rest, ok = scanID(rest); !ok || r.ID != nil {
				return false
			}
			r.ID = value
		case `"prompt"`:
			rest, ok = scanText(rest, &r.Prompt)
		case `"answer"`:
			rest, ok = scanText(rest, &r.Answer)
		case `"question"`:
			rest, ok = scanText(rest, &r.Question)
		case `"reference"`:
			rest, ok = scanText(rest, &r.Reference)
		default:
			return false
		}
		if !ok {
			return false
		}
		if end, closed := after(rest, '}'); closed {
			return len(end) == 0 && r.ID != nil && r.Answer != nil
		}
		rest, ok = after(rest, ',')
	}
	return false
}

// after skips white space, one byte, and white space.
func after(s []byte, c byte) ([]byte, bool) {
	s = bytes.TrimLeft(s, " \t\r\n")
	if len(s) == 0 || s[0] != c {
		return s, false
	}
	return bytes.TrimLeft(s[1:], " \t\r\n"), true
}

// scanString cuts a string with its quotes off, where it is valid UTF-8 and holds no control character.
func scanString(s []byte) (text, rest []byte, ok bool) {
	if len(s) == 0 || s[0] != '"' {
		return nil, s, false
	}
	ascii := true
	for i := 1; ; {
		if i += plainPrefix(s[i:]); i >= len(s) {
			return nil, s, false
		}
		switch c := s[i]; {
		case c == '"':
			text = s[:i+1]
			return text, s[i+1:], ascii || utf8.Valid(text)
		case c == '\\':
			i += 2
		case c < ' ':
			return nil, s, false
		default:
			ascii = ascii && c < utf8.RuneSelf
			i++
		}
		if i > len(s) {
			return nil, s, false
		}
	}
}

// scanID takes a string without escapes or a whole number.
func scanID(s []byte) (id, rest []byte, ok bool) {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n > 0 && (n == 1 || s[0] != '0') && n < len(s) && bytes.IndexByte([]byte(".eE"), s[n]) < 0 {
		return s[:n], s[n:], true
	}
	id, rest, ok = scanString(s)
	return id, rest, ok && bytes.IndexByte(id, '\\') < 0
}

func scanText(s []byte, to **string) (rest []byte, ok bool) {
	text, rest, ok := scanString(s)
	if !ok || *to != nil {
		return rest, false
	}
	value, ok := unquoted(text[1 : len(text)-1])
	*to = &value
	return rest, ok
}

// unquoted resolves the escapes of a JSON string as encoding/json does.
func unquoted(s []byte) (string, bool) {
	at := bytes.IndexByte(s, '\\')
	if at < 0 {
		return string(s), true
	}
	var out strings.Builder
	out.Grow(len(s))
	for at >= 0 {
		out.Write(s[:at])
		if s = s[at+1:]; len(s) == 0 {
			return "", false
		}
		plain := strings.IndexByte(`"\/bfnrt`, s[0])
		switch {
		case plain >= 0:
			out.WriteByte("\"\\/\b\f\n\r\t"[plain])
			s = s[1:]
		case s[0] == 'u':
			r, n := escaped(s[1:])
			if n == 0 {
				return "", false
			}
			out.WriteRune(r)
			s = s[1+n:]
		default:
			return "", false
		}
		at = bytes.IndexByte(s, '\\')
	}
	out.Write(s)
	return out.String(), true
}

// escaped is the character of the hexadecimal digits after a \u, with those of a second surrogate, and the bytes it takes;
// 0 for what is no such escape. Half of a pair is U+FFFD.
func escaped(s []byte) (rune, int) {
	first, ok := hex4(s)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(first) {
		return first, 4
	}
	if len(s) >= 10 && s[4] == '\\' && s[5] == 'u' {
		if second, ok := hex4(s[6:]); ok {
			if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
				return r, 10
			}
		}
	}
	return utf8.RuneError, 4
}

func hex4(s []byte) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	var r rune
	for _, c := range s[:4] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}
