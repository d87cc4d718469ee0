package review

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"interview/internal/bank"
	"interview/internal/session"
)

// Practice is all that the questions about what comes next look at.
type Practice struct {
	Entries []Entry // newest first
	Tries   []Try   // in the order of time
	Heads   []bank.Head
	Calendar
}

// Today is what is due and fits into the day.
func (p *Practice) Today() []Item {
	due := Due(Standings(p.Tries, p.Calendar), p.Heads, p.Calendar)
	return Daily.Left(p.Tries, p.Heads, p.Calendar).Take(due)
}

// Advice is one thing to do now.
type Advice struct {
	Why  string   // one sentence
	Args []string // of the command that does it
}

const (
	fresh  = 14 * 24 * time.Hour // a sitting that was left longer ago is not brought up again
	solid  = 0.8                 // a phase above this score is not weak
	recent = 3                   // tries that say how a phase stands
)

// Next is the first of: the newest unfinished session; what is due; the weakest phase over its last tries; a prompt never
// tried; the one whose last try lies longest back. Of the last three, none is of the family, and none the phase, of the last
// sitting while another is left. It is false for a bank without prompts.
func (p *Practice) Next() (Advice, bool) {
	for _, ask := range []func() (Advice, bool){p.unfinished, p.due, p.weakest, p.untried, p.longestBack} {
		if a, ok := ask(); ok {
			return a, true
		}
	}
	return Advice{}, false
}

// unfinished leaves out what was begun anew since.
func (p *Practice) unfinished() (Advice, bool) {
	for i := range p.Entries {
		e := &p.Entries[i]
		anew := slices.ContainsFunc(p.Entries[:i], func(o Entry) bool { return o.Label == e.Label && o.Mode == e.Mode })
		if !e.Finished && !anew && p.Now.Sub(e.At) < fresh {
			why := fmt.Sprintf("%s is unfinished, at step %d of %d.", e.Label, e.Step, e.Steps)
			return Advice{why, []string{Command(e.Mode), "--resume", e.ID}}, true
		}
	}
	return Advice{}, false
}

// Command is the one that makes plans of a mode.
func Command(mode string) string {
	if mode == session.ModeMock || mode == session.ModeBlank {
		return "mock"
	}
	return "drill"
}

func (p *Practice) due() (Advice, bool) {
	today := p.Today()
	if len(today) == 0 {
		return Advice{}, false
	}
	verb := "are"
	if len(today) == 1 {
		verb = "is"
	}
	return Advice{fmt.Sprintf("%s %s due: just before they are forgotten is when repeating helps most.", Count(today), verb), []string{"drill", "--due"}}, true
}

// Count says how many cards and phases there are.
func Count(items []Item) string {
	cards := 0
	for i := range items {
		if items[i].Card() {
			cards++
		}
	}
	phases := len(items) - cards
	switch {
	case cards == 0:
		return some(phases, "phase")
	case phases == 0:
		return some(cards, "card")
	}
	return some(cards, "card") + " and " + some(phases, "phase")
}

func some(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// weakest is about phases of prompts; cards have their own days.
func (p *Practice) weakest() (Advice, bool) {
	lastPhase, lastFamily := p.lastPractised()
	type weak struct {
		line  Line
		score float64
	}
	var found []weak
	for _, l := range Lines(p.Tries) {
		last := l.Tries[max(0, len(l.Tries)-recent):]
		score := 0.0
		for i := range last {
			score += last[i].Score() / float64(len(last))
		}
		if l.Phase != lastPhase && score < solid {
			found = append(found, weak{l, score})
		}
	}
	slices.SortStableFunc(found, func(a, b weak) int { return cmp.Compare(a.score, b.score) })
	for _, w := range found {
		heads := p.longestFirst(func(h *bank.Head) bool {
			return h.Deck == "" && h.Track == w.line.Track && slices.Contains(h.Phases, w.line.Phase)
		}, w.line.Phase)
		if len(heads) > 0 {
			h := otherFamily(heads, lastFamily)
			why := fmt.Sprintf("%s is your weakest phase of %s: %.0f %% over its last tries.", w.line.Phase, w.line.Track, 100*w.score)
			return Advice{why, []string{"drill", h.ID, "--phase", w.line.Phase}}, true
		}
	}
	return Advice{}, false
}

func (p *Practice) untried() (Advice, bool) {
	tried := map[string]bool{}
	for i := range p.Tries {
		tried[p.Tries[i].Prompt] = true
	}
	_, lastFamily := p.lastPractised()
	heads := p.longestFirst(func(h *bank.Head) bool { return h.Deck == "" && !tried[h.ID] }, "")
	if len(heads) == 0 {
		return Advice{}, false
	}
	h := otherFamily(heads, lastFamily)
	return Advice{fmt.Sprintf("%s is a question that you have not tried yet.", h.Title), []string{"mock", h.ID}}, true
}

func (p *Practice) longestBack() (Advice, bool) {
	_, lastFamily := p.lastPractised()
	heads := p.longestFirst(func(h *bank.Head) bool { return h.Deck == "" }, "")
	if len(heads) == 0 {
		return Advice{}, false
	}
	h := otherFamily(heads, lastFamily)
	return Advice{fmt.Sprintf("%s is the question whose last try lies longest back.", h.Title), []string{"mock", h.ID}}, true
}

// longestFirst are heads that fit, those first whose last try (of the phase, where one is named) lies longest back.
func (p *Practice) longestFirst(fits func(*bank.Head) bool, phase string) []bank.Head {
	last := map[string]time.Time{}
	for i := range p.Tries {
		if t := &p.Tries[i]; phase == "" || t.Phase == phase {
			last[t.Prompt] = t.At
		}
	}
	heads := slices.DeleteFunc(slices.Clone(p.Heads), func(h bank.Head) bool { return !fits(&h) })
	slices.SortStableFunc(heads, func(a, b bank.Head) int { return last[a.ID].Compare(last[b.ID]) })
	return heads
}

// lastPractised is the phase, where the last sitting had only one, and the family of its prompt.
func (p *Practice) lastPractised() (phase, family string) {
	if len(p.Tries) == 0 {
		return "", ""
	}
	last := &p.Tries[len(p.Tries)-1]
	phase, family = last.Phase, last.Family
	if at := slices.IndexFunc(p.Heads, func(h bank.Head) bool { return h.ID == last.Prompt }); at >= 0 {
		family = p.Heads[at].Family
	}
	for i := range p.Tries {
		if t := &p.Tries[i]; t.Session == last.Session && t.Phase != phase {
			phase = ""
		}
	}
	return phase, family
}

func otherFamily(heads []bank.Head, last string) bank.Head {
	return heads[max(0, slices.IndexFunc(heads, func(h bank.Head) bool { return h.Family != last }))]
}

// Progress is how a phase of a track, or a deck of it, stands.
type Progress struct {
	Track, Name string // Name is a phase or a deck
	Deck        bool
	Tried, Of   int // prompts, or cards
	Last        time.Time
	Score       float64 // of the last graded try
	Best        float64
	Graded      bool // else only rated, or not tried
	Due         int
	Remembered  float64 // mean probability of recall now, over what was tried
}

// Status is how every phase and deck of the bank stands.
func (p *Practice) Status() []Progress {
	standings := Standings(p.Tries, p.Calendar)
	var rows []Progress
	place := map[[2]string]int{}
	of := map[Key]int{}
	for _, h := range p.Heads {
		for _, ph := range h.Phases {
			name := cmp.Or(h.Deck, ph)
			at, known := place[[2]string{h.Track, name}]
			if !known {
				at = len(rows)
				place[[2]string{h.Track, name}] = at
				rows = append(rows, Progress{Track: h.Track, Name: name, Deck: h.Deck != ""})
			}
			key := Key{h.ID, ph}
			of[key] = at
			rows[at].count(standings, key, p.Calendar)
		}
	}
	for i := range p.Tries {
		if at, known := of[p.Tries[i].Key]; known {
			rows[at].tried(&p.Tries[i])
		}
	}
	for i := range rows {
		if rows[i].Tried > 0 {
			rows[i].Remembered /= float64(rows[i].Tried)
		}
	}
	return rows
}

func (r *Progress) count(standings map[Key]Standing, key Key, c Calendar) {
	r.Of++
	s, tried := standings[key]
	if !tried {
		return
	}
	r.Tried++
	r.Remembered += s.Recall(daysFrom(s.Last, c.Now))
	if !s.Due.After(c.Now) {
		r.Due++
	}
}

func (r *Progress) tried(t *Try) {
	r.Last = t.At
	if t.Graded() {
		r.Score, r.Best, r.Graded = t.Score(), max(r.Best, t.Score()), true
	}
}
