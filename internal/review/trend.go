package review

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"interview/internal/session"
)

// Line is how one phase of a track went, over all its prompts, the earliest try first.
type Line struct {
	Track, Phase string
	Tries        []Try
}

// Lines sorts graded tries, which must be in the order of time, by track and phase: those begun last come last.
func Lines(tries []Try) []Line {
	var lines []Line
	for _, t := range tries {
		if !t.Graded() {
			continue
		}
		at := slices.IndexFunc(lines, func(l Line) bool { return l.Track == t.Track && l.Phase == t.Phase })
		if at < 0 {
			lines = append(lines, Line{Track: t.Track, Phase: t.Phase})
			at = len(lines) - 1
		}
		lines[at].Tries = append(lines[at].Tries, t)
	}
	return lines
}

// Scope says which tries, and which marks of them, a trend is about; the zero Scope means all.
type Scope struct {
	Track, Prompt, Phase, Mode string
	Criterion                  string // "criterion", or "prompt/criterion" for a prompt's own
	Concept                    string // id of a card, or its end: what teaches it, and the card itself
	Since                      time.Time
}

// Of narrows graded tries down. With a criterion or a concept only its marks remain, and the points are theirs.
func (c *Scope) Of(tries []Try) []Try {
	var out []Try
	for _, t := range tries {
		if !t.Graded() || c.Track != "" && t.Track != c.Track || c.Prompt != "" && t.Prompt != c.Prompt ||
			c.Phase != "" && t.Phase != c.Phase || c.Mode != "" && t.Mode != c.Mode || t.At.Before(c.Since) {
			continue
		}
		if c.Criterion != "" || c.Concept != "" {
			t = c.marks(t)
		}
		if t.Graded() {
			out = append(out, t)
		}
	}
	return out
}

func (c *Scope) marks(t Try) Try {
	whole := t.Marks
	t.Marks, t.Points, t.Possible = nil, 0, 0
	for _, m := range whole {
		concept := cmp.Or(m.Concept, t.Prompt) // a card is about nothing but itself
		if c.Criterion != "" && c.Criterion != m.Criterion && c.Criterion != t.Prompt+"/"+m.Criterion ||
			c.Concept != "" && c.Concept != concept && !strings.HasSuffix(concept, "-"+c.Concept) {
			continue
		}
		t.Marks = append(t.Marks, m)
		t.Points, t.Possible = t.Points+m.Points, t.Possible+m.Possible
	}
	return t
}

// Sitting is what one session says of a scope: its tries added up.
type Sitting struct {
	Session, Prompt, Mode string // Prompt is "" where there are several
	At                    time.Time
	Points, Possible      float64
	Took, Budget          time.Duration
	Help                  Help // of any of its tries
	Keys                  []Key
}

// Score is points of possible, 0..1.
func (s *Sitting) Score() float64 { return s.Points / s.Possible }

// Sittings adds graded tries up by session, in their order.
func Sittings(tries []Try) []Sitting {
	var out []Sitting
	place := map[string]int{}
	for i := range tries {
		t := &tries[i]
		at, known := place[t.Session]
		if !known {
			at = len(out)
			place[t.Session] = at
			out = append(out, Sitting{Session: t.Session, Prompt: t.Prompt, Mode: t.Mode, At: t.At})
		}
		s := &out[at]
		if s.Prompt != t.Prompt {
			s.Prompt = ""
		}
		s.Points, s.Possible = s.Points+t.Points, s.Possible+t.Possible
		s.Took, s.Budget = s.Took+t.Took, s.Budget+t.Budget
		s.Help |= t.Help
		s.Keys = append(s.Keys, t.Key)
	}
	return out
}

// Weak is a criterion and what it lost in its last tries.
type Weak struct {
	Ref              string // for explain: "prompt/criterion"
	Title, Concept   string
	Phase            string
	Points, Possible float64 // of its last tries
	Tries, Missed    int     // how many they were, and in how many it earned nothing
}

// lastTries is how far back a weakness is looked for: what was mended since is none.
const lastTries = 3

// Weakest are the criteria that lost most in their last three tries, those with the least share of their points first; what
// lost nothing is left out. A shared criterion counts over all prompts. Tries are in the order of time.
func Weakest(tries []Try) []Weak {
	found := map[string]*Weak{}
	var all []*Weak
	for i := len(tries) - 1; i >= 0; i-- {
		t := &tries[i]
		for _, m := range t.Marks {
			id := m.Criterion
			if !strings.Contains(id, "/") { // a prompt's own
				id = t.Prompt + "/" + id
			}
			w := found[id]
			if w == nil {
				w = &Weak{Ref: t.Prompt + "/" + m.Criterion, Title: m.Title, Concept: m.Concept, Phase: t.Phase}
				found[id] = w
				all = append(all, w)
			}
			w.add(m)
		}
	}
	var out []Weak
	for _, w := range all {
		if w.Points < w.Possible {
			out = append(out, *w)
		}
	}
	slices.SortStableFunc(out, func(a, b Weak) int {
		return cmp.Or(cmp.Compare(a.Points/a.Possible, b.Points/b.Possible), cmp.Compare(b.Possible-b.Points, a.Possible-a.Points),
			cmp.Compare(a.Ref, b.Ref))
	})
	return out
}

func (w *Weak) add(m Mark) {
	if w.Tries == lastTries {
		return
	}
	w.Tries++
	w.Points, w.Possible = w.Points+m.Points, w.Possible+m.Possible
	if m.Points == 0 {
		w.Missed++
	}
}

// Move is a criterion that earned nothing in one of the last two tries of its phase and something in the other.
type Move struct {
	Key
	Criterion, Title string
	Won              bool // missed the time before, raised now; else the other way round
}

// Moves compares, for each phase of each prompt, the last try with the one before. Tries are in the order of time.
func Moves(tries []Try) []Move {
	byKey := map[Key][]int{}
	var keys []Key
	for i := range tries {
		key := tries[i].Key
		if byKey[key] == nil {
			keys = append(keys, key)
		}
		byKey[key] = append(byKey[key], i)
	}
	var moves []Move
	for _, key := range keys {
		if at := byKey[key]; len(at) > 1 {
			moves = append(moves, between(&tries[at[len(at)-2]], &tries[at[len(at)-1]])...)
		}
	}
	return moves
}

func between(before, now *Try) []Move {
	var moves []Move
	for _, m := range now.Marks {
		at := slices.IndexFunc(before.Marks, func(o Mark) bool { return o.Criterion == m.Criterion })
		if at >= 0 && (before.Marks[at].Points == 0) != (m.Points == 0) {
			moves = append(moves, Move{now.Key, m.Criterion, m.Title, m.Points > 0})
		}
	}
	return moves
}

// MissedConcepts are the concepts of criteria that earned nothing in the last whole interview that asked them, and when that
// was, the last time for a concept of several. Tries are in the order of time.
func MissedConcepts(tries []Try) map[string]time.Time {
	last := map[string]bool{} // by prompt and criterion
	missed := map[string]time.Time{}
	for i := len(tries) - 1; i >= 0; i-- {
		t := &tries[i]
		if t.Mode != session.ModeMock && t.Mode != session.ModeBlank {
			continue
		}
		for _, m := range t.Marks {
			key := t.Prompt + " " + m.Criterion
			if m.Concept != "" && !last[key] && m.Points == 0 && missed[m.Concept].IsZero() {
				missed[m.Concept] = t.At
			}
			last[key] = true
		}
	}
	return missed
}
