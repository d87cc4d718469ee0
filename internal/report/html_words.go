package report

import (
	"fmt"
	"slices"
)

// piece is a run of an answer that the same marks stand on.
type piece struct {
	Text    string
	Marked  bool
	Against bool     // nothing but what speaks against a mark stands on it
	IDs     []string // of the evidence that begins here
	Ends    []int    // the marks whose words end here
}

// span is a piece of evidence in one answer.
type span struct {
	start, end, n int
	id            string
	against       bool
}

// evidenceID is where the words of a mark are: the k-th of its quotes, from 0.
func evidenceID(n, k int) string { return fmt.Sprintf("w%d-%d", n, k+1) }

// pieces cuts the answer of a turn wherever the words of a mark begin or end.
func (k *numbering) pieces(t *turn, answer int) []piece {
	if t.sheet == nil {
		return cut(t.Text, nil)
	}
	var spans []span
	for i := range t.sheet.Grade.Marks {
		m := &t.sheet.Grade.Marks[i]
		for at, e := range m.Evidence {
			if e.Answer == answer && e.Start < e.End && e.Start >= 0 && e.End <= len(t.Text) {
				spans = append(spans, span{e.Start, e.End, k.n[m], evidenceID(k.n[m], at), e.Against})
			}
		}
	}
	return cut(t.Text, spans)
}

func cut(text string, spans []span) []piece {
	bounds := []int{0, len(text)}
	for _, s := range spans {
		bounds = append(bounds, s.start, s.end)
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	var out []piece
	for i := range bounds[:len(bounds)-1] {
		from, to := bounds[i], bounds[i+1]
		p := piece{Text: Clean(text[from:to]), Against: true}
		for _, s := range spans {
			if s.start > from || s.end < to {
				continue
			}
			p.Marked, p.Against = true, p.Against && s.against
			if s.start == from {
				p.IDs = append(p.IDs, s.id)
			}
			if s.end == to && !slices.Contains(p.Ends, s.n) {
				p.Ends = append(p.Ends, s.n)
			}
		}
		out = append(out, p)
	}
	return out
}
