package bank

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

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
	if p.Note {
		return p.Pos.String() + ": note: " + p.Msg
	}
	return p.Pos.String() + ": " + p.Msg
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

func (e *NotFound) Error() string { return fmt.Sprintf("no %s %q%s", e.Kind, e.ID, nearest(e.Near)) }

func nearest(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return " (nearest: " + strings.Join(ids, ", ") + ")"
}

// near lists at most three ids that may have been meant: few keys apart, or one holding the other.
func near(id string, ids []string) []string {
	type candidate struct {
		id  string
		off int
	}
	var found []candidate
	id = strings.ToLower(id)
	for _, other := range ids {
		off := edlib.OSADamerauLevenshteinDistance(id, other)
		if len(id) > 2 && strings.HasPrefix(other, id) {
			off = min(off, 1)
		} else if len(id) > 2 && (strings.Contains(other, id) || len(other) > 2 && strings.Contains(id, other)) {
			off = min(off, 2)
		}
		if off <= max(1, min(len(id), len(other))/3) || off <= 2 && len(id) > 2 {
			found = append(found, candidate{other, off})
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.off, b.off), cmp.Compare(a.id, b.id))
	})
	var best []string
	for _, c := range found[:min(3, len(found))] {
		best = append(best, c.id)
	}
	return best
}

// printable shows what a terminal would obey as escapes.
func printable(s string) string {
	q := fmt.Sprintf("%q", s)
	if q = q[1 : len(q)-1]; strings.Contains(s, `"`) || strings.Contains(s, `\`) {
		q = strings.ReplaceAll(strings.ReplaceAll(q, `\"`, `"`), `\\`, `\`)
	}
	return q
}
