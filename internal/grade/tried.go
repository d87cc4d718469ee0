package grade

import (
	"slices"

	"interview/internal/bank"
	"interview/internal/trial"
)

// GradeTried is Grade with what a run found in the same answers: levels that name a check are raised by its finding, and by
// nothing else. A criterion of such levels whose piece was not written, or could not be run, is not asked.
func (s *Sheet) GradeTried(answers []Answer, findings []trial.Finding, phases ...string) Grade {
	g, _ := s.grade(answers, findings, phases, false)
	return g
}

// GradeKnown is GradeTried of a sheet that was compiled for other answers: false if these have a word that it leaves out.
func (s *Sheet) GradeKnown(answers []Answer, findings []trial.Finding, phases ...string) (Grade, bool) {
	return s.grade(answers, findings, phases, true)
}

// ofTrial says that some level of a criterion is raised by a run.
func ofTrial(c *criterion) bool {
	return slices.ContainsFunc(c.Levels, func(l bank.Level) bool { return l.Trial != "" })
}

// tried marks a criterion by the findings: the highest level whose check is right, with the line as evidence. A line that is
// wrong is quoted against it, and what was found stands in the place of what is looked for.
func (m *marker) tried(mark *Mark, c *criterion, findings []trial.Finding) {
	asked := false
	mark.Sought = sought(c, "")
	for l := range c.Levels {
		f := found(findings, c.Levels[l].Trial)
		if f == nil {
			continue
		}
		if f.Unrun != "" {
			mark.Unmarked = f.Unrun
			continue
		}
		e, ok := m.line(f)
		if !ok {
			continue
		}
		asked = true
		e.Against = !f.OK
		if f.OK {
			mark.Level, mark.Points, mark.Evidence = c.Levels[l].Name, float64(c.Weight*(l+1))/float64(len(c.Levels)), []Evidence{e}
			mark.Sought = sought(c, mark.Level)
		} else if mark.Points == 0 {
			mark.Evidence, mark.Sought = []Evidence{e}, shows(f)
		} else {
			mark.Sought = shows(f)
		}
	}
	if asked {
		mark.Unmarked = ""
		return
	}
	mark.NotAsked, mark.Max = mark.Points == 0, mark.Points
}

func found(findings []trial.Finding, check string) *trial.Finding {
	for i := range findings {
		if check != "" && findings[i].Check == check {
			return &findings[i]
		}
	}
	return nil
}

// line is the place of a finding as evidence; false where it points into no answer.
func (m *marker) line(f *trial.Finding) (Evidence, bool) {
	if f.Answer < 0 || f.Answer >= len(m.answers) {
		return Evidence{}, false
	}
	text := m.answers[f.Answer].Text
	if f.Start < 0 || f.End <= f.Start || f.End > len(text) {
		return Evidence{}, false
	}
	return Evidence{Answer: f.Answer, Start: f.Start, End: f.End, Quote: text[f.Start:f.End]}, true
}

// shows is what was found, with the smallest input that shows it.
func shows(f *trial.Finding) string {
	if f.Input == "" {
		return f.Says
	}
	return f.Says + " (" + f.Input + ")"
}
