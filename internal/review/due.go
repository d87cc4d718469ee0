package review

import (
	"cmp"
	"slices"
	"time"

	"interview/internal/bank"
)

// Standing is how well a phase of a prompt is remembered: the fold of its tries, and nothing that is stored.
type Standing struct {
	Key
	Memory
	Tries int
	Last  time.Time // of the last try
	Due   time.Time // the first moment of the day on which it is due
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
		if rating := RatingOf(t); rating > 0 {
			out[t.Key] = out[t.Key].After(t, rating, c)
		}
	}
	return out
}

// After is the standing after one more try, as it was rated.
func (s Standing) After(t *Try, rating Rating, c Calendar) Standing {
	at := t.At.In(c.Now.Location())
	m := s.Memory.After(rating, daysFrom(s.Last.In(c.Now.Location()), at))
	return Standing{Key: t.Key, Memory: m, Tries: s.Tries + 1, Last: at, Due: midnight(at, at.Location()).AddDate(0, 0, c.gap(m.Gap(), at))}
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

// Dose is how much of what is due is practised: cards take seconds, phases of prompts take minutes.
type Dose struct{ Cards, Phases int }

// Daily is the most that a day asks for. What is left over waits: a break makes no debt.
var Daily = Dose{Cards: 20, Phases: 2}

// Item is something due, with what the bank says of it.
type Item struct {
	Standing
	bank.Head
}

// Card says that it is a card of a deck.
func (i *Item) Card() bool { return i.Deck != "" }

// Due are the phases of prompts that are due by the end of the day, the most overdue first. What is not in the bank any more
// is left out.
func Due(standings map[Key]Standing, heads []bank.Head, c Calendar) []Item {
	var due []Item
	for _, h := range heads {
		for _, ph := range h.Phases {
			if s, tried := standings[Key{h.ID, ph}]; tried && !s.Due.After(c.Now) {
				due = append(due, Item{s, h})
			}
		}
	}
	slices.SortStableFunc(due, func(a, b Item) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Stability, b.Stability), cmp.Compare(a.Prompt, b.Prompt))
	})
	return due
}

// Left is what a day's dose leaves after the tries of that day: those of things tried before, for what is new is no repeat.
func (d Dose) Left(tries []Try, heads []bank.Head, c Calendar) Dose {
	cards := map[string]bool{}
	for _, h := range heads {
		cards[h.ID] = h.Deck != ""
	}
	today := midnight(c.Now, c.Now.Location())
	for i := range tries {
		switch t := &tries[i]; {
		case t.At.Before(today) || t.Help&Repeated == 0:
		case cards[t.Prompt]:
			d.Cards--
		default:
			d.Phases--
		}
	}
	return Dose{max(d.Cards, 0), max(d.Phases, 0)}
}

// Take is as much of what is due as a dose holds, the most overdue first, and no more than one phase of a prompt, for the
// earlier ones are given away. No two of one family follow each other while another is left.
func (d Dose) Take(due []Item) []Item {
	var taken []Item
	prompts := map[string]bool{}
	for _, i := range due {
		left := &d.Phases
		if i.Card() {
			left = &d.Cards
		}
		if *left > 0 && !prompts[i.Prompt] {
			prompts[i.Prompt] = true
			*left--
			taken = append(taken, i)
		}
	}
	return Interleave(taken, func(i Item) string { return i.Family })
}

// Interleave keeps the order but for this: the next is the first of another family, where there is one. A family of "" is like
// no other.
func Interleave[T any](list []T, family func(T) string) []T {
	left := slices.Clone(list)
	var out []T
	last := ""
	for len(left) > 0 {
		at := max(0, slices.IndexFunc(left, func(t T) bool { return family(t) == "" || family(t) != last }))
		out, last = append(out, left[at]), family(left[at])
		left = slices.Delete(left, at, at+1)
	}
	return out
}

// Left is how many days there are until the interview; false without one.
func (c *Calendar) Left() (int, bool) {
	if c.Interview.IsZero() {
		return 0, false
	}
	return daysFrom(c.Now, c.Interview), true
}
