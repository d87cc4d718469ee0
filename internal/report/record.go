package report

import (
	"slices"

	"interview/internal/diagram"
	"interview/internal/grade"
	"interview/internal/session"
)

// Record is a session with all that a page about it shows.
type Record struct {
	Session *session.Session
	Sheets  []Sheet          // one for each graded prompt, in the order of Session.Grades
	Before  *session.Session // the try before, to compare with; nil for none

	Overview, BeforePage string // addresses of the page over all sessions and of the try before; "" for none
}

// turn is one turn of a record with what was made of it.
type turn struct {
	*session.Turn
	sheet *Sheet        // nil where the prompt is not graded
	marks []*grade.Mark // those whose first words stand in this turn
	graph diagram.Graph // what was drawn in it
}

// turns are those of the session, each with its marks.
func (r *Record) turns() []turn {
	out := make([]turn, len(r.Session.Turns))
	seen := map[string]int{} // turns so far, by prompt
	for i := range out {
		t := &r.Session.Turns[i]
		out[i] = turn{Turn: t, sheet: r.sheet(t.Step.Prompt), graph: Drawn(t.Text)}
		if s := out[i].sheet; s != nil {
			out[i].marks = s.marksIn(seen[t.Step.Prompt])
		}
		seen[t.Step.Prompt]++
	}
	return out
}

func (r *Record) sheet(prompt string) *Sheet {
	for i := range r.Sheets {
		if r.Sheets[i].Grade.Prompt == prompt {
			return &r.Sheets[i]
		}
	}
	return nil
}

// marksIn are the marks whose first words stand in one answer.
func (s *Sheet) marksIn(answer int) []*grade.Mark {
	return s.marksWhere(func(m *grade.Mark) bool { return len(m.Evidence) > 0 && m.Evidence[0].Answer == answer })
}

// wordless are the marks that no words of the answers stand behind: missed, not judged, not asked.
func (s *Sheet) wordless() []*grade.Mark {
	return s.marksWhere(func(m *grade.Mark) bool {
		return len(m.Evidence) == 0 || m.Evidence[0].Answer < 0 || m.Evidence[0].Answer >= len(s.Answers)
	})
}

func (s *Sheet) marksWhere(holds func(*grade.Mark) bool) []*grade.Mark {
	var out []*grade.Mark
	for i := range s.Grade.Marks {
		if m := &s.Grade.Marks[i]; holds(m) {
			out = append(out, m)
		}
	}
	return out
}

// inPhase are the marks of one phase.
func inPhase(marks []*grade.Mark, phase string) []*grade.Mark {
	return slices.DeleteFunc(slices.Clone(marks), func(m *grade.Mark) bool { return m.Phase != phase })
}

// Drawn is the one drawing that all drawings of a text make.
func Drawn(text string) diagram.Graph {
	var graphs []diagram.Graph
	for _, b := range diagram.FromMarkdown(text) {
		graphs = append(graphs, b.Graph)
	}
	return diagram.Merge(graphs...)
}

// given are the earlier phases that a drill showed of a prompt.
func (r *Record) given(prompt string) []session.Given {
	return slices.DeleteFunc(slices.Clone(r.Session.Plan.Given), func(g session.Given) bool { return g.Prompt != prompt })
}

// firstOf says that no turn before the i-th is of its prompt.
func (r *Record) firstOf(i int) bool {
	t := r.Session.Turns
	return !slices.ContainsFunc(t[:i], func(o session.Turn) bool { return o.Step.Prompt == t[i].Step.Prompt })
}
