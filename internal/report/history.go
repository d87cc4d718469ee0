package report

import (
	"fmt"
	"io"
	"math"
	"strings"

	"interview/internal/review"
	"interview/internal/session"
)

// barWidth is the number of columns that a full score fills.
const barWidth = 10

// bar draws a share, 0..1.
func bar(share float64) string {
	full := int(math.Round(min(max(share, 0), 1) * barWidth))
	return strings.Repeat("█", full) + strings.Repeat("░", barWidth-full)
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

// mostID is the width up to which ids set the columns of a list; a longer one moves its own line only.
const mostID = 30

// Sessions draws a list of sessions as a table, in the order given; ids are never cut.
func Sessions(w io.Writer, list []review.Entry) error {
	wide := widthOf("SESSION")
	for i := range list {
		wide = max(wide, min(mostID, widthOf(flat(list[i].ID))))
	}
	lines := []string{fmt.Sprintf("%-*s  %-16s  %-16s %6s %s", wide, "SESSION", "STARTED", "SCORE", "TIME", "LEVEL")}
	for i := range list {
		e := &list[i]
		id := flat(e.ID)
		id += strings.Repeat(" ", max(0, wide-widthOf(id)))
		line := fmt.Sprintf("%s  %s  %s %6s ", id, e.At.Local().Format(minute), pad(result(e), 16), Clock(e.Took))
		lines = append(lines, strings.TrimRight(line+clip(flat(e.Level), max(6, Width-widthOf(line))), " "))
	}
	p := page{lines: lines}
	_, err := io.WriteString(w, p.String())
	return err
}

func result(e *review.Entry) string {
	switch {
	case e.Graded:
		return fmt.Sprintf("%5s %s", percent(e.Score), bar(e.Score))
	case !e.Finished:
		return fmt.Sprintf("open, %d of %d", e.Step, e.Steps)
	case e.Mode == session.ModeFlip:
		return "rated"
	}
	return "not graded"
}
