// Package review asks questions of many sessions: which there are, what was tried and how it went, what changed, what is due,
// and what is next. It reads no file and asks no clock: a session is reduced to an Entry and its Tries as soon as it is read,
// so that ten thousand need no more memory than their numbers. It draws nothing: reports do.
package review

import (
	"slices"
	"time"

	"interview/internal/session"
)

// Entry is one session in a list.
type Entry struct {
	ID, Label, Mode string
	Prompts, Tracks []string // each once, in the order of the plan
	At              time.Time
	Finished        bool
	Graded          bool
	Score           float64 // 0..1; only where Graded
	Level           string  // where the session has one prompt; "" below the first rung
	Took, Budget    time.Duration
	Step, Steps     int // the step to answer next, from 1, and how many there are
}

// EntryOf reduces a session. The score of an unfinished session is none.
func EntryOf(s *session.Session) Entry {
	e := Entry{
		ID: s.ID, Label: s.Plan.Label, Mode: s.Plan.Mode, At: s.OpenedAt, Finished: !s.Unfinished(),
		Took: s.Took(), Budget: s.Budget(), Steps: len(s.Plan.Steps), Step: min(s.Current+1, len(s.Plan.Steps)),
	}
	for i := range s.Plan.Prompts {
		e.Prompts = once(e.Prompts, s.Plan.Prompts[i].ID)
		e.Tracks = once(e.Tracks, s.Plan.Prompts[i].Track)
	}
	if e.Finished {
		e.Score, e.Graded = s.Score()
		e.Level = s.Level()
	}
	return e
}

func once(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// Filter says which entries are wanted; the zero Filter wants all.
type Filter struct {
	Track, Prompt, Mode string // Prompt is a prompt, a card, or the label the session was opened with
	Since               time.Time
	Unfinished          bool
}

// Keeps says whether an entry is wanted.
func (f *Filter) Keeps(e *Entry) bool {
	switch {
	case f.Track != "" && !slices.Contains(e.Tracks, f.Track),
		f.Prompt != "" && f.Prompt != e.Label && !slices.Contains(e.Prompts, f.Prompt),
		f.Mode != "" && f.Mode != e.Mode,
		f.Unfinished && e.Finished,
		e.At.Before(f.Since):
		return false
	}
	return true
}

// Day is what was done on one day.
type Day struct {
	Date     time.Time // its first moment, in the location asked for
	Sessions int
	Took     time.Duration
}

// Days adds entries up by day, the earliest first; days without a session are left out.
func Days(entries []Entry, in *time.Location) []Day {
	var days []Day
	for i := range entries {
		date := midnight(entries[i].At, in)
		at, found := slices.BinarySearchFunc(days, date, func(d Day, t time.Time) int { return d.Date.Compare(t) })
		if !found {
			days = slices.Insert(days, at, Day{Date: date})
		}
		days[at].Sessions++
		days[at].Took += entries[i].Took
	}
	return days
}

// midnight is the first moment of the day of t.
func midnight(t time.Time, in *time.Location) time.Time {
	y, m, d := t.In(in).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, in)
}

// daysFrom counts the midnights between two times, in the location of the first; a day that clocks change is one day.
func daysFrom(a, b time.Time) int {
	in := a.Location()
	from, to := midnight(a, in), midnight(b, in)
	return int(to.Add(12*time.Hour).Sub(from) / (24 * time.Hour))
}
