package bank

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hbollon/go-edlib"
)

// String is file:line:col, shorter where line or column is not known.
func (p Pos) String() string {
	s := printable(p.File)
	if p.Line > 0 {
		s += fmt.Sprintf(":%d", p.Line)
		if p.Col > 0 {
			s += fmt.Sprintf(":%d", p.Col)
		}
	}
	return s
}

// String is one line: place, "note" where it is one, message.
func (p Problem) String() string {
	note := ""
	if p.Note {
		note = "note: "
	}
	return p.Pos.String() + ": " + note + printable(p.Msg)
}

// Problems is an error of one line per problem.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// err is nil for no problems, so that an empty list never becomes an error.
func (ps Problems) err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// order sorts by place and drops what is said twice.
func order(ps []Problem) []Problem {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), cmp.Compare(a.Msg, b.Msg))
	})
	return slices.Compact(ps)
}

// NotFound says that the bank has nothing of that id.
type NotFound struct {
	Kind, ID string   // Kind is prompt, deck, framework or rubric
	Near     []string // ids that may have been meant, the likeliest first
}

func (e *NotFound) Error() string {
	return fmt.Sprintf("no %s %s%s", e.Kind, quote(e.ID), nearest(e.Near))
}

func nearest(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return " (nearest: " + strings.Join(ids, ", ") + ")"
}

// Near lists at most three of ids that may have been meant by id, the likeliest first.
func Near(id string, ids []string) []string { return near(id, ids) }

// near lists at most three ids that may have been meant: few keys apart, one holding the other, or with a word in common.
func near(id string, ids []string) []string {
	type candidate struct {
		id  string
		off int
	}
	var found []candidate
	id = strings.ToLower(id)
	for _, other := range ids {
		if off := apart(id, other); off <= 3 || off <= len(id)/3 {
			found = append(found, candidate{other, off})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.off, b.off), cmp.Compare(a.id, b.id))
	})
	var best []string
	for _, c := range found[:min(3, len(found))] {
		if c.off <= found[0].off+1 {
			best = append(best, c.id)
		}
	}
	return best
}

// apart is how many keys lie between two ids (optimal string alignment), less for one that holds the other, 3 for a
// word in common, and far for anything else.
func apart(id, other string) int {
	const far = 1 << 20
	if short := min(len(id), len(other)); short < 2 || len(id) > 80 {
		return far
	}
	off := edlib.OSADamerauLevenshteinDistance(id, other)
	if off > 1 && off > (len(id)+1)/3 {
		off = far
	}
	words := strings.Split(other, "-")
	switch {
	case len(id) < 3 || len(other) < 3:
	case strings.HasPrefix(other, id):
		off = min(off, 1)
	case strings.Contains(other, id) || strings.Contains(id, other):
		off = min(off, 2)
	case slices.ContainsFunc(strings.Split(id, "-"), func(w string) bool { return len(w) > 2 && slices.Contains(words, w) }):
		off = min(off, 3)
	}
	return off
}

// printable shows as escapes what a terminal would obey, and what is no text.
func printable(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, unprintable) {
		return s
	}
	var b strings.Builder
	for i, w := 0, 0; i < len(s); i += w {
		var r rune
		switch r, w = utf8.DecodeRuneInString(s[i:]); {
		case r == utf8.RuneError && w == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case unprintable(r):
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unprintable(r rune) bool { return r == '\n' || r == '\t' || obeyed(r) }

// quote is a text in quotes, cut where it is long.
func quote(s string) string {
	const most = 60
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most]) + "…"
	}
	return strconv.Quote(s)
}
