package review

import (
	"cmp"
	"slices"
	"time"
)

// Standing is how well a phase of a prompt is remembered: the fold of its tries, and nothing that is stored.
type Standing struct {
	Key
	Memory
	Track, Family string
	Tries         int
	Last          time.Time // of the last try
	Due           time.Time // the first moment of the day on which it is due
}

// Calendar is what days mean: where the person is, and until when they practise.
type Calendar struct {
	Now       time.Time // its location is the person's
	Interview time.Time // zero for none
}

// Standings folds tries, which must be in the order of time, into what is remembered of each phase. Only what was graded or
// rated counts; what a prompt says, and so an edit of it, does not.
func Standings(tries []Try, c Calendar) map[Key]Standing {
	out := map[Key]Standing{}
	for i := range tries {
		t := &tries[i]
		rating := RatingOf(t)
		if rating == 0 {
			continue
		}
		s := out[t.Key]
		at := t.At.In(c.Now.Location())
		s.Memory = s.After(rating, daysFrom(s.Last.In(c.Now.Location()), at))
		s.Key, s.Track, s.Family, s.Last, s.Tries = t.Key, t.Track, t.Family, at, s.Tries+1
		s.Due = midnight(at, at.Location()).AddDate(0, 0, c.gap(s.Gap(), at))
		out[t.Key] = s
	}
	return out
}

// gap scales a gap so that it is no longer than half of the days that are left until the interview: what is known is met
// again at least once before, the more often the nearer the day.
func (c *Calendar) gap(days int, from time.Time) int {
	if c.Interview.IsZero() {
		return days
	}
	left := daysFrom(from, c.Interview)
	if left <= 0 {
		return days
	}
	return min(days, max(left/2, 1))
}

// Least scores of the ratings that a grade stands for.
const (
	hardFrom = 0.4
	goodFrom = 0.7
)

// RatingOf is the person's own rating, else what the score says; 0 for a try with neither. What was raised with a hint is at
// most hard. Easy takes every point in half of the time.
func RatingOf(t *Try) Rating {
	switch score := t.Score(); {
	case t.Rating != 0:
		return t.Rating
	case !t.Graded():
		return 0
	case score < hardFrom:
		return Again
	case score < goodFrom || t.Help&Hinted != 0:
		return Hard
	case score == 1 && t.Budget > 0 && t.Took <= t.Budget/2:
		return Easy
	}
	return Good
}

// Due are the standings that are due by the end of the day, the most overdue first.
func Due(standings map[Key]Standing, c Calendar) []Standing {
	var due []Standing
	for _, s := range standings {
		if !s.Due.After(c.Now) {
			due = append(due, s)
		}
	}
	slices.SortFunc(due, func(a, b Standing) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Stability, b.Stability), cmp.Compare(a.Prompt, b.Prompt), cmp.Compare(a.Phase, b.Phase))
	})
	return due
}
