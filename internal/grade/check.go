package grade

import (
	"fmt"
	"slices"
	"strings"

	"interview/internal/bank"
)

// modelShare is the part of the weight that a model answer must bring to its rung.
const modelShare = .9

// Check compiles and proves one item: each claim is sound, each example of a hit earns points and each of a miss none,
// and the model answer reaches the second rung of the ladder (the only one where there is one).
func Check(it *bank.Item) []bank.Problem {
	s, problems := Compile(it)
	for i := range s.criteria {
		problems = append(problems, s.checkExamples(i)...)
	}
	if len(it.Prompt.Model) > 0 && len(problems) == 0 {
		problems = append(problems, s.checkModel()...)
	}
	return problems
}

func (s *Sheet) checkExamples(i int) []bank.Problem {
	c := &s.criteria[i]
	var out []bank.Problem
	for e, text := range c.Examples.Hit {
		if m := s.alone(i, text); m.Points == 0 {
			out = append(out, bank.Problem{Pos: c.At("examples", "hit", e), Msg: fmt.Sprintf("criterion %s: this hit earns nothing%s", c.ID, because(m))})
		}
		if strings.Contains(c.ID, "/") {
			continue // examples of a shared rubric speak of other problems
		}
		for _, x := range s.contradicted(text) {
			out = append(out, bank.Problem{Pos: c.At("examples", "hit", e), Msg: fmt.Sprintf("criterion %s: this hit contradicts criterion %s by %q: one of the two is too loose", c.ID, x.Criterion, x.Evidence[0].Quote)})
		}
	}
	for e, text := range c.Examples.Miss {
		if m := s.alone(i, text); m.Points > 0 {
			out = append(out, bank.Problem{Pos: c.At("examples", "miss", e), Msg: fmt.Sprintf("criterion %s: this miss raises %s by %q", c.ID, m.Level, m.Evidence[0].Quote)})
		}
	}
	return out
}

// contradicted are the marks that a text contradicts: what earns one criterion should not cost another.
func (s *Sheet) contradicted(text string) []Mark {
	r := s.readExample([]Answer{{Text: text}})
	defer r.release()
	m := r.marker()
	m.example = true
	var out []Mark
	for i := range s.criteria {
		if x := m.mark(i); len(x.Evidence) > 0 && x.Evidence[0].Against {
			out = append(out, x)
		}
	}
	return out
}

func because(m Mark) string {
	if len(m.Evidence) > 0 {
		return fmt.Sprintf(": contradicted by %q", m.Evidence[0].Quote)
	}
	return "; run `interview grade --why` on it to see what stopped each claim"
}

// alone marks one criterion by one text, without the gates that need a whole answer.
func (s *Sheet) alone(i int, text string) Mark {
	r := s.readExample([]Answer{{Text: text}})
	defer r.release()
	m := r.marker()
	m.example = true
	return m.mark(i)
}

// checkModel holds the model answer against its own rubric.
func (s *Sheet) checkModel() []bank.Problem {
	var answers []Answer
	for _, p := range s.item.Framework.Phases {
		if text := s.item.Prompt.Model[p.ID]; text != "" {
			answers = append(answers, Answer{Phase: p.ID, Text: text})
		}
	}
	g := s.Grade(answers)
	rung := min(1, len(s.item.Framework.Ladder)-1)
	asked := make([]int, len(s.criteria))
	total, missed := 0, 0
	for i := range s.criteria {
		asked[i] = i
		if g.Marks[i].Max > 0 || g.Marks[i].Unmarked != "" {
			total += s.criteria[i].Weight
		}
	}
	missing, _ := g.rung(s, asked, rung)
	for i := range s.criteria {
		if slices.Contains(missing, s.criteria[i].ID) {
			missed += s.criteria[i].Weight
		}
	}
	if total == 0 || float64(total-missed) >= modelShare*float64(total) {
		return nil
	}
	return []bank.Problem{{Pos: s.item.At("model"), Msg: fmt.Sprintf("the model answer brings %d of %d points of weight to %s, %.0f %% are needed; missing: %s",
		total-missed, total, s.item.Framework.Ladder[rung], 100*modelShare, strings.Join(missing, ", "))}}
}
