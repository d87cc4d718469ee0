package grade

import (
	"fmt"
	"slices"

	"interview/internal/lexicon"
)

// A screen takes the evidence of a unit away. Screens look at how a text is made, never at what it says; each is a
// small file of its own with the reason that is shown: echo.go, frame.go, refrain.go, recital.go, scramble.go, denial.go.

// screening is one kind of screen.
type screening int8

const (
	unscreened screening = iota
	echoed
	framed
	scrambled
	refrain
	recited
	complete
	listed
)

var screenWhy = map[screening]string{
	echoed:    "repeats the question, its facts or the rubric's own text",
	framed:    "puts the rubric's words into one sentence pattern again and again",
	scrambled: "is not in the order of sentences",
	refrain:   "says the same few words around ever other words of the rubric",
	complete:  "is a short text that holds nearly every word of the rubric",
	listed:    "lists the rubric's words, in one long sentence or in many lines that hold nothing else",
	recited:   "goes through the rubric's claims in their own words and order",
}

// screen marks the units from which no evidence is taken.
func (r *reading) screen() {
	again := r.saidAgain()
	r.echo()
	r.frames(again)
	r.completeness()
	r.lists()
	r.scramble(again)
	r.refrains(again)
	r.stock(again)
}

// rescreen looks at how the claims that hold are put, and drops those of the units that it marks.
func (r *reading) rescreen() {
	r.recital()
	r.spill()
	if !r.screens {
		return
	}
	r.holds = slices.DeleteFunc(r.holds, func(h hold) bool { return r.units[h.unit].screened != unscreened })
	r.turns = slices.DeleteFunc(r.turns, func(h hold) bool { return r.units[h.unit].screened != unscreened })
}

func (r *reading) take(u *unit, why screening) {
	if u.screened == unscreened {
		u.screened, r.screens = why, true
	}
}

// screensSeen are the screens that took something away, runs of units as one.
func (r *reading) screensSeen() []Screen {
	var out []Screen
	if !r.screens {
		return nil
	}
	last := -2
	for i := range r.units {
		u := &r.units[i]
		if u.screened == unscreened || u.End == u.First || !r.wouldHold(i) {
			continue
		}
		if n := len(out); n > 0 && last == i-1 && out[n-1].Answer == u.answer && out[n-1].Why == screenWhy[u.screened] {
			out[n-1].End = u.To
		} else {
			out = append(out, Screen{Answer: u.answer, Start: u.From, End: u.To, Why: screenWhy[u.screened]})
		}
		last = i
	}
	return out
}

// wouldHold says that a screened unit makes a claim, so that the screen took something.
func (r *reading) wouldHold(i int) bool {
	u := &r.units[i]
	kept, held, turned := u.screened, len(r.holds), len(r.turns)
	u.screened = unscreened
	r.claimsOf(i)
	u.screened = kept
	took := len(r.holds) > held
	r.holds, r.turns = r.holds[:held], r.turns[:turned]
	return took
}

// String is for tests.
func (s Screen) String() string { return fmt.Sprintf("%d:%d-%d %s", s.Answer, s.Start, s.End, s.Why) }

// content says that a token is a word of some subject.
func content(t lexicon.Token) bool { return t.Function == 0 && t.Kind == lexicon.Word }
