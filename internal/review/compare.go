package review

import (
	"slices"

	"interview/internal/grade"
	"interview/internal/session"
)

// Change says what became of a criterion from one session to another.
type Change string

// Changes of a criterion.
const (
	Won       Change = "won"  // more points than before
	Lost      Change = "lost" // fewer
	Unchanged Change = "unchanged"
	OnlyOne   Change = "only one" // the other session was not asked it, or it could not be judged there
)

// Row is a criterion in two sessions; a side that was not asked, or not judged, is nil.
type Row struct {
	A, B   *grade.Mark
	Change Change
}

// Mark is the side that is there, the later one where both are.
func (r *Row) Mark() *grade.Mark {
	if r.B != nil {
		return r.B
	}
	return r.A
}

// Comparison sets a prompt's grades in two sessions side by side.
type Comparison struct {
	Prompt        string
	A, B          grade.Grade // what the rows are of
	Rows          []Row       // in the order of B, then what only A has
	RubricChanged bool        // points were given by different criteria or by different versions of the engine
}

// Compare lines up the criteria of the prompts that both sessions graded, by their ids.
func Compare(a, b *session.Session) []Comparison {
	var out []Comparison
	for i := range b.Grades {
		at := slices.IndexFunc(a.Grades, func(g grade.Grade) bool { return g.Prompt == b.Grades[i].Prompt })
		if at >= 0 {
			out = append(out, compare(&a.Grades[at], &b.Grades[i]))
		}
	}
	return out
}

func compare(a, b *grade.Grade) Comparison {
	c := Comparison{Prompt: b.Prompt, A: *a, B: *b, RubricChanged: a.Rubric != b.Rubric || a.Engine != b.Engine}
	for i := range b.Marks {
		if row := newRow(markOf(a, b.Marks[i].Criterion), judged(&b.Marks[i])); row.Mark() != nil {
			c.Rows = append(c.Rows, row)
		}
	}
	for i := range a.Marks {
		if m := judged(&a.Marks[i]); m != nil && !slices.ContainsFunc(b.Marks, func(o grade.Mark) bool { return o.Criterion == m.Criterion }) {
			c.Rows = append(c.Rows, newRow(m, nil))
		}
	}
	return c
}

func newRow(a, b *grade.Mark) Row {
	r := Row{A: a, B: b, Change: Unchanged}
	switch {
	case a == nil || b == nil:
		r.Change = OnlyOne
	case share(b) > share(a):
		r.Change = Won
	case share(b) < share(a):
		r.Change = Lost
	}
	return r
}

// share compares marks whose weight was changed in between.
func share(m *grade.Mark) float64 { return m.Points / m.Max }

func judged(m *grade.Mark) *grade.Mark {
	if m.NotAsked || m.Unmarked != "" || m.Max == 0 {
		return nil
	}
	return m
}

func markOf(g *grade.Grade, criterion string) *grade.Mark {
	for i := range g.Marks {
		if g.Marks[i].Criterion == criterion {
			return judged(&g.Marks[i])
		}
	}
	return nil
}
