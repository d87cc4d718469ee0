package report

import (
	"fmt"
	"io"
	"time"

	"interview/internal/review"
)

// Standing is where a person stands.
type Standing struct {
	Parts    []review.Progress
	Today    []review.Item // due, as much as fits into the day
	Calendar review.Calendar
}

// Draw draws a table by track, and what is due today.
func (s *Standing) Draw(w io.Writer) error {
	var p page
	track := ""
	for i := range s.Parts {
		r := &s.Parts[i]
		if r.Track != track {
			p.gap()
			head := pad(flat(r.Track), 30)
			if track == "" {
				head += fmt.Sprintf("  %-9s  %-10s  %5s  %5s  %3s", "TRIED", "LAST", "SCORE", "BEST", "DUE")
			}
			p.add("%s", head)
			track = r.Track
		}
		p.part(r, s.Calendar.Now.Location())
	}
	p.gap()
	p.today(s)
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) part(r *review.Progress, in *time.Location) {
	last, score, best, due := "", "", "", ""
	if !r.Last.IsZero() {
		last = r.Last.In(in).Format(time.DateOnly)
	}
	if r.Graded {
		score, best = percent(r.Score), percent(r.Best)
	}
	if r.Due > 0 {
		due = fmt.Sprint(r.Due)
	}
	p.add("  %s  %-9s  %-10s  %5s  %5s  %3s", pad(flat(r.Name), 28), fmt.Sprintf("%d of %d", r.Tried, r.Of), last, score, best, due)
}

func (p *page) today(s *Standing) {
	if days, set := s.Calendar.Left(); set {
		p.add("%s until the interview: no gap is longer than half of what is left.", plural(days, "day"))
	}
	if len(s.Today) == 0 {
		p.add("Nothing is due today.")
		return
	}
	p.add("Today: %s.", review.Count(s.Today))
}
