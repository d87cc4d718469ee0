package report

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Hint is one that was taken. It costs no points; what it costs is that the point was not one's own.
type Hint struct{ Step, Text string } // Step is the title

// aids says what stood beside the answers: the person's own guess, hints, pauses. Nothing where there was none.
func (p *page) aids(sheets []Sheet, score float64) {
	for _, note := range aidNotes(sheets, score) {
		lead, text, _ := strings.Cut(note, ": ")
		if text == "" {
			p.add("%s", lead)
		} else {
			p.wrap(lead+": ", text, 2)
		}
	}
}

func aidNotes(sheets []Sheet, score float64) []string {
	var notes []string
	var hints []Hint
	var pauses []time.Duration
	for i := range sheets {
		hints, pauses = append(hints, sheets[i].Hints...), append(pauses, sheets[i].Pauses...)
	}
	if len(sheets) > 0 && sheets[0].Predicted != nil {
		notes = append(notes, fmt.Sprintf("Predicted by you %.0f %%, raised %.0f %%", 100**sheets[0].Predicted, 100*score))
	}
	if len(hints) > 0 {
		notes = append(notes, fmt.Sprintf("%s taken: %s", plural(len(hints), "hint"), perStep(hints)))
	}
	if len(pauses) > 0 {
		var sum time.Duration
		for _, d := range pauses {
			sum += d
		}
		notes = append(notes, fmt.Sprintf("%s, %s in all", plural(len(pauses), "pause"), Clock(sum)))
	}
	return notes
}

// perStep counts hints by their step, in the order in which the steps first had one.
func perStep(hints []Hint) string {
	var steps []string
	count := map[string]int{}
	for _, h := range hints {
		step := flat(h.Step)
		if count[step]++; !slices.Contains(steps, step) {
			steps = append(steps, step)
		}
	}
	for i, step := range steps {
		steps[i] = fmt.Sprintf("%s %d", step, count[step])
	}
	return strings.Join(steps, ", ")
}

// hints lists those taken, in full.
func (p *page) hints(s *Sheet) {
	if len(s.Hints) == 0 {
		return
	}
	p.gap()
	p.add("HINTS TAKEN")
	for _, h := range s.Hints {
		p.wrap(pad(flat(h.Step), 11)+" ", h.Text, 0)
	}
}
