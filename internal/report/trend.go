package report

import (
	"io"
	"slices"
	"strings"

	"github.com/guptarohit/asciigraph"

	"interview/internal/review"
)

// Trend is what became of a scope over the sessions.
type Trend struct {
	Of       string           // what it is about, in words
	Sittings []review.Sitting // in the order of time
	Moves    []review.Move    // between the last two tries of a phase
}

// mostRows is how many of the last sittings have a line of their own.
const mostRows = 10

// Draw draws scores of first cold tries apart from all others, the time used of the budget, and what was mended and lost.
func (t *Trend) Draw(w io.Writer) error {
	var cold, helped []float64
	var time []float64
	for i := range t.Sittings {
		s := &t.Sittings[i]
		if s.Help == review.Cold {
			cold = append(cold, 100*s.Score())
		} else {
			helped = append(helped, 100*s.Score())
		}
		if s.Took > 0 && s.Budget > 0 {
			time = append(time, 100*float64(s.Took)/float64(s.Budget))
		}
	}
	var p page
	p.add("%s · %s", flat(t.Of), plural(len(t.Sittings), "session"))
	p.series("First cold tries", "score in %", cold)
	p.series("Repeats, and tries after a hint, the rubric or the model answer", "score in %", helped)
	p.series("Time used", "% of the budget", time)
	p.sittings(t.Sittings)
	p.moves("Missed the time before, raised now", t.Moves, true)
	p.moves("Raised the time before, missed now", t.Moves, false)
	_, err := io.WriteString(w, p.String())
	return err
}

// series draws one line over its points, on a scale of 0 to 100 or as far as they go; one point has no trend.
func (p *page) series(title, unit string, values []float64) {
	if len(values) == 0 {
		return
	}
	p.gap()
	p.add("%s", title)
	if len(values) == 1 {
		p.add("  %s: once, %.0f", unit, values[0])
		return
	}
	p.add("  %s: first %.0f, last %.0f, mean of %d %.0f", unit, values[0], values[len(values)-1], len(values), mean(values))
	chart := asciigraph.Plot(values, asciigraph.Height(5), asciigraph.Precision(0), asciigraph.LowerBound(0), asciigraph.UpperBound(100),
		asciigraph.Offset(4), asciigraph.Width(chartWidth))
	for line := range strings.Lines(chart) {
		p.lines = append(p.lines, strings.TrimRight(line, " \n"))
	}
}

// chartWidth is the number of columns between the axis and the edge of the page.
const chartWidth = Width - 12

func mean(values []float64) float64 {
	var sum float64
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

func (p *page) sittings(all []review.Sitting) {
	p.gap()
	shown := all[max(0, len(all)-mostRows):]
	if len(shown) < len(all) {
		p.add("The last %d", len(shown))
	}
	for i := range shown {
		s := &shown[i]
		what := s.Prompt
		if what == "" {
			what = plural(len(s.Keys), "phase")
		}
		p.add("  %s %s %5s %s %13s %s", s.At.Local().Format("2006-01-02"), pad(flat(what), 16), percent(s.Score()), bar(s.Score()), timeOf(s), s.Help)
	}
}

func timeOf(s *review.Sitting) string {
	switch {
	case s.Took == 0:
		return ""
	case s.Budget == 0:
		return Clock(s.Took)
	}
	return Clock(s.Took) + " of " + Clock(s.Budget)
}

// mostMoves is how many criteria are listed of each kind.
const mostMoves = 8

func (p *page) moves(title string, moves []review.Move, won bool) {
	moves = slices.DeleteFunc(slices.Clone(moves), func(m review.Move) bool { return m.Won != won })
	if len(moves) == 0 {
		return
	}
	p.gap()
	p.add("%s", title)
	for _, m := range moves[:min(len(moves), mostMoves)] {
		p.tail("  ", m.Title, " ("+flat(m.Prompt)+")")
	}
	if rest := len(moves) - mostMoves; rest > 0 {
		p.add("  and %d more", rest)
	}
}
