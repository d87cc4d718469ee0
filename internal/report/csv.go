package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"time"
)

var csvHead = []string{"session", "started", "mode", "prompt", "phase", "criterion", "title", "verdict", "level", "points", "max", "quote", "sought"}

// CSV writes a row for each mark of a session. The quote is the first of the mark, as it was written.
func CSV(w io.Writer, r *Record) error {
	c := csv.NewWriter(w)
	c.Write(csvHead) // a failed write is kept for Error
	for i := range r.Sheets {
		g := &r.Sheets[i].Grade
		for k := range g.Marks {
			m := &g.Marks[k]
			quote := ""
			if len(m.Evidence) > 0 {
				quote = m.Evidence[0].Quote
			}
			c.Write([]string{r.Session.ID, r.Session.OpenedAt.Format(time.RFC3339), r.Session.Plan.Mode, g.Prompt, m.Phase, m.Criterion, m.Title,
				verdict(m), m.Level, decimal(m.Points), decimal(m.Max), quote, m.Sought})
		}
	}
	c.Flush()
	return c.Error()
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
