package report

import (
	"fmt"

	"interview/internal/grade"
	"interview/internal/review"
)

// changeView is the comparison with the try before.
type changeView struct {
	ID, Page, When, Line string // Page is an address, "" for none
	Note                 string // where the two were not judged alike
	Rows                 []changeRow
	Same                 int // criteria with as many points as before
}

type changeRow struct{ Word, Title, Before, After string }

// newChange compares with the try before, nil where there is none.
func newChange(r *Record) *changeView {
	if r.Before == nil || len(r.Sheets) == 0 {
		return nil
	}
	all := review.Compare(r.Before, r.Session)
	if len(all) == 0 {
		return nil
	}
	v := &changeView{ID: Clean(r.Before.ID), Page: r.BeforePage, When: r.Before.OpenedAt.Local().Format(minute)}
	var before, after grade.Grade
	for _, c := range all {
		if c.RubricChanged {
			v.Note = "The rubric or the engine changed between the two, so a difference may be theirs."
		}
		sum(&before, &c.A)
		sum(&after, &c.B)
		for i := range c.Rows {
			v.add(&c.Rows[i])
		}
	}
	v.Line = fmt.Sprintf("From %s of %s points (%.0f %%) to %s of %s (%.0f %%).", points(before.Points), points(before.Max), 100*before.Score(),
		points(after.Points), points(after.Max), 100*after.Score())
	return v
}

func sum(to, g *grade.Grade) {
	to.Points, to.Max, to.Possible = to.Points+g.Points, to.Max+g.Max, to.Possible+g.Possible
}

func (v *changeView) add(row *review.Row) {
	switch row.Change {
	case review.Unchanged:
		v.Same++
	case review.Won, review.Lost:
		of := func(m *grade.Mark) string { return points(m.Points) + " of " + points(m.Max) }
		v.Rows = append(v.Rows, changeRow{string(row.Change), flat(row.B.Title), of(row.A), of(row.B)})
	}
}
