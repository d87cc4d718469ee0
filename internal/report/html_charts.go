package report

import (
	"fmt"
	"math"
	"strings"
	"time"

	"interview/internal/grade"
	"interview/internal/session"
)

// Numbers of axes between which a radar can be read.
const fewestAxes, mostAxes = 3, 12

// The radar in the units of its view box.
const (
	radarX, radarY = 220.0, 150.0
	radarReach     = 98.0
)

// radar is a star of shares, with those of the try before.
type radar struct {
	Says             string // for who cannot see it
	Axes             []axis
	Rings            []string // points of polygons
	Shape            string
	Before           string  // "" without a try before
	X, Y, Wide, High float64 // the middle, and the size of the view box
}

// axis is one spoke, with its label.
type axis struct {
	X, Y, LabelX, LabelY, ShareY float64
	DotX, DotY                   float64
	Anchor, Name, Share          string
}

// share is a part of the points of one phase or prompt.
type share struct {
	key, name string
	got, max  float64
}

// shares are those of the phases of one prompt, or of several prompts. What was not judged at all is left out.
func shares(sheets []Sheet) []share {
	var out []share
	add := func(key, name string, got, most float64) {
		if most > 0 {
			out = append(out, share{key, name, got, most})
		}
	}
	if len(sheets) != 1 {
		for i := range sheets {
			s := &sheets[i]
			add(s.Grade.Prompt, flat(s.Item.Prompt.Title), s.Grade.Points, s.Grade.Max)
		}
		return out
	}
	for _, ph := range sheets[0].Item.Framework.Phases {
		got, most := sumOf(sheets[0].Grade.Marks, func(m *grade.Mark) bool { return m.Phase == ph.ID })
		add(ph.ID, flat(ph.Title), got, most)
	}
	return out
}

// sharesBefore are those of another try, by the same keys.
func sharesBefore(s *session.Session, byPhase bool) map[string]float64 {
	out := map[string]float64{}
	got, most := map[string]float64{}, map[string]float64{}
	for i := range s.Grades {
		g := &s.Grades[i]
		for k := range g.Marks {
			key := g.Prompt
			if byPhase {
				key = g.Marks[k].Phase
			}
			got[key] += g.Marks[k].Points
			most[key] += g.Marks[k].Max
		}
	}
	for key, m := range most {
		if m > 0 {
			out[key] = got[key] / m
		}
	}
	return out
}

// newRadar draws the shares, nil where they are too few or too many for one.
func newRadar(r *Record) *radar {
	all := shares(r.Sheets)
	if len(all) < fewestAxes || len(all) > mostAxes {
		return nil
	}
	v := &radar{X: radarX, Y: radarY, Wide: 2 * radarX, High: 2 * radarY}
	var says []string
	now, before := make([]float64, len(all)), make([]float64, len(all))
	old := map[string]float64{}
	if r.Before != nil {
		old = sharesBefore(r.Before, len(r.Sheets) == 1)
	}
	for i, s := range all {
		now[i], before[i] = s.got/s.max, old[s.key]
		says = append(says, fmt.Sprintf("%s %.0f %%", s.name, 100*now[i]))
		v.Axes = append(v.Axes, newAxis(i, len(all), s.name, now[i]))
	}
	for _, ring := range []float64{.25, .5, .75, 1} {
		v.Rings = append(v.Rings, polygon(len(all), func(int) float64 { return ring }))
	}
	v.Shape = polygon(len(all), func(i int) float64 { return now[i] })
	if len(old) > 0 {
		v.Before = polygon(len(all), func(i int) float64 { return before[i] })
	}
	v.Says = "Points raised, in percent of those asked: " + strings.Join(says, ", ")
	return v
}

func newAxis(i, of int, name string, got float64) axis {
	a := axis{Name: clip(name, 22), Share: fmt.Sprintf("%.0f %%", 100*got), Anchor: "middle"}
	a.X, a.Y = spoke(i, of, 1)
	a.DotX, a.DotY = spoke(i, of, got)
	a.LabelX, a.LabelY = spoke(i, of, 1.12)
	switch {
	case a.LabelX > radarX+1:
		a.Anchor = "start"
	case a.LabelX < radarX-1:
		a.Anchor = "end"
	case a.LabelY < radarY:
		a.LabelY -= 14 // two lines above the star
	default:
		a.LabelY += 10
	}
	a.ShareY = a.LabelY + 16
	return a
}

// spoke is the point at a share of an axis, the first of which stands upright; rounded to tenths.
func spoke(i, of int, share float64) (x, y float64) {
	angle := 2*math.Pi*float64(i)/float64(of) - math.Pi/2
	return tenth(radarX + radarReach*share*math.Cos(angle)), tenth(radarY + radarReach*share*math.Sin(angle))
}

func tenth(x float64) float64 { return math.Round(10*x) / 10 }

func polygon(n int, share func(int) float64) string {
	var b strings.Builder
	for i := range n {
		x, y := spoke(i, n, share(i))
		fmt.Fprintf(&b, "%g,%g ", x, y)
	}
	return strings.TrimSpace(b.String())
}

// timelineWide is the width of the timeline in the units of its view box, which is 1000 wide: a rim is half of a line.
const timelineWide = 996

// stepRow is a step on the line of time: its budget, what was used of it, and what went over.
type stepRow struct {
	ID, Title, Time          string
	From, Budget, Used, Over float64 // Used ends at the budget, Over goes on from there
	OverFrom                 float64
	Pauses                   string
}

// newTimeline puts the steps one after the other, each beginning when the one before it ended, pauses left out.
func newTimeline(s *session.Session) []stepRow {
	var whole, at time.Duration
	for i := range s.Turns {
		t := &s.Turns[i]
		whole = max(whole, at+max(t.Took, t.Step.Budget))
		at += t.Took
	}
	if whole == 0 {
		return nil
	}
	scale := func(d time.Duration) float64 { return tenth(timelineWide * float64(d) / float64(whole)) }
	var rows []stepRow
	at = 0
	for i := range s.Turns {
		t := &s.Turns[i]
		row := stepRow{ID: fmt.Sprintf("t%d", i+1), Title: turnTitle(s, t), Time: times(s.Turns[i : i+1]), From: 2 + scale(at), Budget: scale(t.Step.Budget), Used: scale(t.Took)}
		if t.Step.Budget > 0 && t.Took > t.Step.Budget {
			row.Used, row.Over, row.OverFrom = scale(t.Step.Budget), scale(t.Took-t.Step.Budget), 2+scale(at+t.Step.Budget)
		}
		row.Pauses = pausesIn(s, t.Index)
		rows = append(rows, row)
		at += t.Took
	}
	return rows
}

func pausesIn(s *session.Session, step int) string {
	var sum time.Duration
	n := 0
	for _, p := range s.Pauses {
		if p.Step == step {
			sum += p.Took()
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s, %s", plural(n, "pause"), Clock(sum))
}
