package review

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"interview/internal/grade"
	"interview/internal/session"
)

// Help is what a try had that a first, cold one has not. Several may hold.
type Help uint8

// Kinds of help; none of them is Cold.
const (
	Repeated Help = 1 << iota // the same phase of the same prompt was tried before
	Hinted                    // a hint in this sitting, or feedback before a further answer to the phase
	Shown                     // the rubric or the model answer was shown before
	Cold     = Help(0)
)

// String names the help, "cold" for none.
func (h Help) String() string {
	var names []string
	for i, name := range []string{"repeat", "hint", "shown"} {
		if h&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return cmp.Or(strings.Join(names, ", "), "cold")
}

// Key is what is practised again and again: a phase of a prompt. A card has one phase.
type Key struct{ Prompt, Phase string }

// Try is one attempt at a phase of a prompt: graded, or rated by the person.
type Try struct {
	Key
	Session, Track, Family, Mode string
	At                           time.Time     // when the phase was entered first
	Took, Budget                 time.Duration // 0 where the page had no phases; a budget of 0 is none
	Points, Possible             float64
	Marks                        []Mark
	Rating                       Rating // the person's own, 0 where there is none; without a grade Possible is 0
	Help                         Help   // set by Classify, except for Hinted
}

// Mark is what a try keeps of a grade's mark.
type Mark struct {
	Criterion, Title, Concept string
	Points, Possible          float64
}

// Graded says that the try was judged by a rubric.
func (t *Try) Graded() bool { return t.Possible > 0 }

// Score is points of possible, 0..1.
func (t *Try) Score() float64 {
	if t.Possible == 0 {
		return 0
	}
	return t.Points / t.Possible
}

// Look is the showing of a rubric or a model answer; Phase "" stands for all of the prompt.
type Look struct {
	Key
	At time.Time
}

// TriesOf are the tries of one session: a phase with a graded mark, or with a rating, once for each prompt.
func TriesOf(s *session.Session) []Try {
	var tries []Try
	for i := range s.Grades {
		tries = append(tries, graded(s, &s.Grades[i])...)
	}
	for i := range s.Turns {
		t := &s.Turns[i]
		if t.Rating == 0 {
			continue
		}
		key := Key{t.Step.Prompt, t.Step.Phase}
		at := slices.IndexFunc(tries, func(t Try) bool { return t.Key == key })
		if at < 0 {
			tries = append(tries, newTry(s, key))
			at = len(tries) - 1
		}
		tries[at].Rating = Rating(t.Rating)
	}
	return tries
}

// graded sorts the marks of a grade by phase.
func graded(s *session.Session, g *grade.Grade) []Try {
	var tries []Try
	for i := range g.Marks {
		m := &g.Marks[i]
		weight := m.Max
		if m.NotAsked || weight == 0 {
			continue // it says nothing of the try
		}
		at := slices.IndexFunc(tries, func(t Try) bool { return t.Phase == m.Phase })
		if at < 0 {
			tries = append(tries, newTry(s, Key{g.Prompt, m.Phase}))
			at = len(tries) - 1
		}
		t := &tries[at]
		t.Points, t.Possible = t.Points+m.Points, t.Possible+weight
		t.Marks = append(t.Marks, Mark{m.Criterion, m.Title, m.Concept, m.Points, weight})
	}
	return tries
}

// newTry gathers what a session says of a phase besides its marks.
func newTry(s *session.Session, key Key) Try {
	t := Try{Key: key, Session: s.ID, Mode: s.Plan.Mode, At: s.OpenedAt}
	for i := range s.Plan.Prompts {
		if p := &s.Plan.Prompts[i]; p.ID == key.Prompt {
			t.Track, t.Family = p.Track, cmp.Or(p.Family, p.ID)
		}
	}
	last := -1
	for i := range s.Turns {
		if turn := &s.Turns[i]; turn.Step.Prompt == key.Prompt && turn.Step.Phase == key.Phase {
			if last < 0 {
				t.At = turn.At
			}
			last = turn.Index
			t.Took, t.Budget = t.Took+turn.Took, t.Budget+turn.Step.Budget
		}
	}
	for _, a := range s.Asides {
		step := &s.Plan.Steps[a.Step]
		ours := step.Prompt == key.Prompt && (step.Phase == key.Phase || step.Phase == "")
		if ours && (a.What == session.Hinted || a.What == session.Told && a.Step < last) {
			t.Help |= Hinted
		}
	}
	return t
}

// LooksOf are the model answers that a session showed: of earlier phases as a given, and of cards that were turned over.
func LooksOf(s *session.Session) []Look {
	var looks []Look
	for _, g := range s.Plan.Given {
		if !g.Yours {
			looks = append(looks, Look{Key{g.Prompt, g.Phase}, s.OpenedAt})
		}
	}
	for _, a := range s.Asides {
		if a.What == session.Model {
			step := &s.Plan.Steps[a.Step]
			looks = append(looks, Look{Key{step.Prompt, step.Phase}, a.At})
		}
	}
	return looks
}

// Classify sorts tries by time and says what help each had: those after another of the same phase, and those after a look.
func Classify(tries []Try, looks []Look) []Try {
	tries = slices.Clone(tries)
	slices.SortStableFunc(tries, func(a, b Try) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Session, b.Session))
	})
	first := map[Key]time.Time{}
	for _, l := range looks {
		if at, known := first[l.Key]; !known || l.At.Before(at) {
			first[l.Key] = l.At
		}
	}
	tried := map[Key]bool{}
	for i := range tries {
		t := &tries[i]
		if tried[t.Key] {
			t.Help |= Repeated
		}
		tried[t.Key] = true
		for _, key := range []Key{t.Key, {Prompt: t.Prompt}} {
			if at, known := first[key]; known && at.Before(t.At) {
				t.Help |= Shown
			}
		}
	}
	return tries
}
