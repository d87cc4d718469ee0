package report

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

var csvHead = []string{"session", "started", "mode", "prompt", "phase", "criterion", "title", "verdict", "level", "points", "max", "quote", "sought"}

// CSV writes a row for each mark of a session, points to four decimals. The quote is the first of the mark, as it was written,
// but for a space before what a table program would take for a formula.
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
			row := []string{r.Session.ID, r.Session.OpenedAt.Format(time.RFC3339), r.Session.Plan.Mode, g.Prompt, m.Phase, m.Criterion, m.Title,
				verdict(m), m.Level, decimal(m.Points), decimal(m.Max), quote, m.Sought}
			for at := range row {
				row[at] = noFormula(row[at])
			}
			c.Write(row)
		}
	}
	c.Flush()
	return c.Error()
}

func decimal(x float64) string { return strconv.FormatFloat(math.Round(1e4*x)/1e4, 'f', -1, 64) }

func noFormula(cell string) string {
	if cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0 {
		return " " + cell
	}
	return cell
}
