package session

import (
	"slices"

	"interview/internal/grade"
)

// Judgement is what the person says of one mark. It stands beside the grade and never changes one.
type Judgement struct {
	Prompt    string `json:"prompt"`
	Criterion string `json:"criterion"`
	Level     string `json:"level"` // raised by the grade; "" for a miss
	Agrees    bool   `json:"agrees"`
	Quote     string `json:"quote"` // what raised it, or for a disputed miss the line that says it
}

// judge keeps the newest judgement of each criterion.
func (s *Session) judge(j *Judgement) {
	if j == nil {
		return
	}
	same := func(o Judgement) bool { return o.Prompt == j.Prompt && o.Criterion == j.Criterion }
	s.Judgements = append(slices.DeleteFunc(slices.Clone(s.Judgements), same), *j)
}

// Confirmed is the points of a grade whose marks the person confirmed, and whether any was judged at all.
func (s *Session) Confirmed(g *grade.Grade) (points float64, any bool) {
	for _, j := range s.Judgements {
		if j.Prompt != g.Prompt || j.Level == "" {
			continue
		}
		any = true
		for i := range g.Marks {
			if m := &g.Marks[i]; j.Agrees && m.Criterion == j.Criterion && m.Level == j.Level {
				points += m.Points
			}
		}
	}
	return points, any
}

// mostJudged is how many marks a person is asked to confirm.
const mostJudged = 8

// ToJudge are the marks worth a question, the heaviest first: those above the lowest rung of the ladder, and the misses
// that stand between the grade and the next rung.
func ToJudge(g *grade.Grade, ladder []string) []grade.Mark {
	var out []grade.Mark
	for _, m := range g.Marks {
		upper := m.Level != "" && slices.Index(ladder, m.Level) > 0 || m.Level != "" && len(ladder) == 1
		if upper || m.Level == "" && m.Unmarked == "" && !m.NotAsked && slices.Contains(g.Next, m.Criterion) {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b grade.Mark) int {
		switch {
		case a.Max != b.Max:
			if a.Max > b.Max {
				return -1
			}
			return 1
		case (a.Level == "") != (b.Level == ""):
			if b.Level == "" {
				return -1
			}
			return 1
		}
		return 0
	})
	return out[:min(mostJudged, len(out))]
}
