package bank

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// headKeys stand first in every document, in this order, so that listing a bank need not parse it.
var headKeys = []string{"id", "title", "track", "family", "framework"}

// scan reads the head of a document line by line. Where a line could mean anything but the obvious it gives up and
// says so; the document must then be parsed.
func scan(text string) (h Head, sure bool) {
	text = strings.TrimPrefix(text, bom)
	for line := range strings.Lines(text) {
		s := strings.TrimRight(line, " \r\n")
		if s == "" || s[0] == '#' || s == "---" {
			continue
		}
		key, rest, ok := strings.Cut(s, ":")
		to := h.field(key)
		if to == nil {
			return h, ok && isKey(key)
		}
		value, ok := plain(rest)
		if !ok || *to != "" {
			return h, false
		}
		*to = value
	}
	return h, true
}

func (h *Head) field(key string) *string {
	switch key {
	case headKeys[0]:
		return &h.ID
	case headKeys[1]:
		return &h.Title
	case headKeys[2]:
		return &h.Track
	case headKeys[3]:
		return &h.Family
	case headKeys[4]:
		return &h.Framework
	}
	return nil
}

func isKey(s string) bool {
	for _, r := range s {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	return s != ""
}

// plain takes what follows a key's colon when it is surely one text on one line, with nothing to unfold.
func plain(rest string) (string, bool) {
	if rest == "" || rest[0] != ' ' {
		return "", false
	}
	s := strings.Trim(rest, " ")
	if s == "" || !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return "", false
	}
	if q := s[0]; q == '"' || q == '\'' {
		inner := s[1:]
		if !strings.HasSuffix(inner, string(q)) || strings.ContainsAny(inner[:len(inner)-1], string(q)+`\`) {
			return "", false
		}
		return inner[:len(inner)-1], inner != string(q)
	}
	first, _ := utf8.DecodeRuneInString(s)
	sure := unicode.IsLetter(first) || unicode.IsDigit(first)
	return s, sure && !strings.Contains(s, ": ") && !strings.HasSuffix(s, ":") && !strings.Contains(s, " #") && !strings.EqualFold(s, "null")
}
