package report

import (
	"cmp"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"interview/internal/review"
)

// Overview is what a page over many sessions shows.
type Overview struct {
	Entries []review.Entry         // newest first
	Tries   []review.Try           // of all of them, as review.Classify sorts them
	Phases  map[string]string      // titles, by the id of the phase
	Page    func(id string) string // address of the page of a session
	In      *time.Location         // where the days begin
}

// mostWeak is how many of the weakest criteria are listed.
const mostWeak = 12

// OverviewHTML writes the page over all sessions.
func OverviewHTML(w io.Writer, o *Overview) error {
	return pageTemplates().ExecuteTemplate(w, "overview.html", newOverviewPage(o))
}

// overviewPage is what pages/overview.html draws.
type overviewPage struct {
	Style    template.CSS
	Summary  string
	Heat     *heat
	Tracks   []trackView
	Weak     []weakRow
	Sessions []sessionRow
}

// trackView holds the phases of one track.
type trackView struct {
	Name   string
	Phases []trendRow
}

// trendRow is one phase over its tries: the line of scores, and the time used of its budget.
type trendRow struct {
	Name, Tries, First, Last, Best string
	Line                           string // points of a polyline
	Dots                           []trendDot
	Time                           string // mean of used and budget
	Used, Over, Budget             float64
}

// trendDot is one try.
type trendDot struct {
	X, Y float64
	Cold bool
}

type weakRow struct{ Title, Phase, Points, Missed, Command string }

type sessionRow struct {
	ID, Page, Date, Label, Mode, Result, Level, Time string
	Score                                            float64
	Graded                                           bool
}

func newOverviewPage(o *Overview) *overviewPage {
	p := &overviewPage{Style: style(), Heat: newHeat(review.Days(o.Entries, o.In)), Tracks: o.tracks()}
	var took time.Duration
	for i := range o.Entries {
		took += o.Entries[i].Took
		p.Sessions = append(p.Sessions, o.session(&o.Entries[i]))
	}
	p.Summary = fmt.Sprintf("%s, %s of practice", plural(len(o.Entries), "session"), hours(took))
	weak := review.Weakest(o.Tries)
	for _, w := range weak[:min(mostWeak, len(weak))] {
		p.Weak = append(p.Weak, weakRow{Title: flat(w.Title), Phase: o.phase(w.Phase), Points: points(w.Points) + " of " + points(w.Possible),
			Missed: fmt.Sprintf("%d of %d", w.Missed, w.Tries), Command: "interview explain " + Clean(w.Ref)})
	}
	return p
}

func (o *Overview) phase(id string) string { return flat(cmp.Or(o.Phases[id], id)) }

// hours shows a long time.
func hours(d time.Duration) string {
	m := int(d.Round(time.Minute) / time.Minute)
	if m < 60 {
		return plural(m, "minute")
	}
	return fmt.Sprintf("%d h %02d min", m/60, m%60)
}

func (o *Overview) session(e *review.Entry) sessionRow {
	row := sessionRow{ID: Clean(e.ID), Page: o.Page(e.ID), Date: e.At.In(o.In).Format(minute), Label: flat(e.Label), Mode: flat(e.Mode), Level: flat(e.Level),
		Score: e.Score, Graded: e.Graded, Time: Clock(e.Took)}
	if e.Budget > 0 {
		row.Time += " of " + Clock(e.Budget)
	}
	switch {
	case e.Graded:
		row.Result = percent(e.Score)
	case e.Finished:
		row.Result = "not graded"
	default:
		row.Result = fmt.Sprintf("left at step %d of %d", e.Step, e.Steps)
	}
	return row
}

// tracks sorts the lines of the phases by track, in the order in which they were begun.
func (o *Overview) tracks() []trackView {
	var tracks []trackView
	scale := o.longest()
	for _, line := range review.Lines(o.Tries) {
		name := flat(line.Track)
		at := slices.IndexFunc(tracks, func(t trackView) bool { return t.Name == name })
		if at < 0 {
			tracks = append(tracks, trackView{Name: name})
			at = len(tracks) - 1
		}
		tracks[at].Phases = append(tracks[at].Phases, newTrend(o.phase(line.Phase), line.Tries, scale))
	}
	return tracks
}

// The line of a trend in the units of its view box, and how many tries it shows: the last ones.
const (
	trendWide, trendHigh = 240.0, 40.0
	trendRim             = 6.0
	mostTries            = 40
)

func newTrend(name string, tries []review.Try, scale time.Duration) trendRow {
	best := slices.MaxFunc(tries, func(a, b review.Try) int { return cmp.Compare(a.Score(), b.Score()) })
	row := trendRow{Name: name, Tries: fmt.Sprint(len(tries)), First: percent(tries[0].Score()), Last: percent(tries[len(tries)-1].Score()), Best: percent(best.Score())}
	shown := tries[max(0, len(tries)-mostTries):]
	var line []string
	for i := range shown {
		x := trendWide / 2
		if len(shown) > 1 {
			x = trendRim + (trendWide-2*trendRim)*float64(i)/float64(len(shown)-1)
		}
		dot := trendDot{X: tenth(x), Y: tenth(trendRim + (trendHigh-2*trendRim)*(1-shown[i].Score())), Cold: shown[i].Help == review.Cold}
		row.Dots = append(row.Dots, dot)
		line = append(line, fmt.Sprintf("%g,%g", dot.X, dot.Y))
	}
	row.Line = strings.Join(line, " ")
	row.time(tries, scale)
	return row
}

// time is the mean of the tries that have one.
func (row *trendRow) time(tries []review.Try, scale time.Duration) {
	took, budget := meanTime(tries)
	if took == 0 || scale == 0 {
		return
	}
	of := func(d time.Duration) float64 { return tenth(timelineWide * float64(d) / float64(scale)) }
	row.Time, row.Used = Clock(took), of(took)
	if budget > 0 {
		row.Time += " of " + Clock(budget)
		row.Budget, row.Used, row.Over = of(budget), of(min(took, budget)), of(max(0, took-budget))
	}
}

func meanTime(tries []review.Try) (took, budget time.Duration) {
	n := 0
	for i := range tries {
		if tries[i].Took > 0 {
			took, budget, n = took+tries[i].Took, budget+tries[i].Budget, n+1
		}
	}
	if n == 0 {
		return 0, 0
	}
	return took / time.Duration(n), budget / time.Duration(n)
}

// longest is the scale of the times of phases.
func (o *Overview) longest() time.Duration {
	var most time.Duration
	for _, line := range review.Lines(o.Tries) {
		took, budget := meanTime(line.Tries)
		most = max(most, took, budget)
	}
	return most
}

// heat is a map of days: a column for each week, a row for each day of it.
type heat struct {
	Wide, High float64
	Says       string
	Cells      []heatCell
	Months     []heatMonth
	Days       []heatDay // those with a session, newest first
}

type heatCell struct {
	X, Y float64
	Hot  int    // 0..4
	N    string // how many sessions, "" for none
}

type heatMonth struct {
	X    float64
	Name string
}

type heatDay struct{ Date, Sessions, Time string }

// The map of days in the units of its view box.
const (
	cellPitch              = 18.0
	heatLeft, heatTop      = 34.0, 20.0
	fewestWeeks, mostWeeks = 12, 53
)

// newHeat draws the days up to the last one with a session, nil without any.
func newHeat(days []review.Day) *heat {
	if len(days) == 0 {
		return nil
	}
	last, first := days[len(days)-1].Date, days[0].Date
	end := monday(last)
	weeks := min(max(weeksBetween(monday(first), end)+1, fewestWeeks), mostWeeks)
	start := end.AddDate(0, 0, -7*(weeks-1))
	h := &heat{Wide: heatLeft + cellPitch*float64(weeks), High: heatTop + 7*cellPitch}
	at := map[string]review.Day{}
	shown := 0
	for _, d := range days {
		at[d.Date.Format(time.DateOnly)] = d
		if !d.Date.Before(start) {
			shown++
			h.Days = append(h.Days, heatDay{d.Date.Format(time.DateOnly), fmt.Sprint(d.Sessions), hours(d.Took)})
		}
	}
	slices.Reverse(h.Days)
	for day := start; !day.After(last); day = day.AddDate(0, 0, 1) {
		h.add(day, at[day.Format(time.DateOnly)].Sessions, weeksBetween(start, monday(day)))
	}
	h.Says = fmt.Sprintf("Days with sessions: %d from %s to %s; the table below lists them.", shown, start.Format(time.DateOnly), last.Format(time.DateOnly))
	return h
}

func (h *heat) add(day time.Time, sessions, week int) {
	row := (int(day.Weekday()) + 6) % 7
	c := heatCell{X: heatLeft + cellPitch*float64(week), Y: heatTop + cellPitch*float64(row), Hot: min(sessions, 4)}
	if sessions > 0 {
		c.N = fmt.Sprint(sessions)
	}
	h.Cells = append(h.Cells, c)
	if day.Day() <= 7 && row == 0 {
		h.Months = append(h.Months, heatMonth{c.X, day.Format("Jan")})
	}
}

// monday is the first day of the week of a day.
func monday(day time.Time) time.Time { return day.AddDate(0, 0, -((int(day.Weekday()) + 6) % 7)) }

// weeksBetween counts weeks between two Mondays; clocks may have changed in between.
func weeksBetween(a, b time.Time) int { return int((b.Sub(a) + 84*time.Hour) / (168 * time.Hour)) }
