package grade

import (
	"slices"
	"strings"

	"interview/internal/bank"
)

// Cell is what a text that does not answer an item earns under the item's own criteria, those of shared rubrics left out.
type Cell struct {
	Text  string  // the id of another item, for its model answer, or what else it is
	Score float64 // 0..1
	Most  float64 // that it may earn
}

// What may be earned by what is no answer: another question's model answer, all words of the rubric in a list, and what
// stands on the candidate's screen before the first word is written.
const (
	mostForeign = .25
	mostListed  = .10
)

// Table is the row of an item: the model answers of the others, the question and its facts said again, an empty template,
// and the rubric's words in a list. A row has no cells if no criterion is the item's own.
func Table(it *bank.Item, others []*bank.Item) []Cell {
	own := *it
	own.Criteria = slices.DeleteFunc(slices.Clone(it.Criteria), func(c bank.Criterion) bool { return c.Rubric() != "" })
	if len(own.Criteria) == 0 {
		return nil
	}
	s, _ := Compile(&own)
	earns := func(what string, most float64, answers ...Answer) Cell {
		g := s.Grade(answers)
		return Cell{what, g.Score(), most}
	}
	facts, template := strings.Builder{}, strings.Builder{}
	for _, f := range it.Prompt.Facts {
		facts.WriteString(f.Says + "\n")
	}
	for _, p := range it.Framework.Phases {
		template.WriteString("## " + p.Title + "\n" + p.Ask + "\n\n")
	}
	row := []Cell{
		earns("the question", 0, Answer{Text: it.Prompt.Ask}),
		earns("its facts", 0, Answer{Text: facts.String()}),
		earns("an empty template", 0, Answer{Text: template.String()}),
		earns("its words in a list", mostListed, Answer{Text: strings.Join(listedWords(&own), ", ")}),
	}
	for _, o := range others {
		if o.Prompt.ID != it.Prompt.ID && len(o.Prompt.Model) > 0 {
			row = append(row, earns(o.Prompt.ID, mostForeign, modelOf(o)...))
		}
	}
	return row
}

// modelOf is the model answer of an item. Another framework's phases are none here, so that it counts for all.
func modelOf(it *bank.Item) []Answer {
	var b strings.Builder
	for _, p := range it.Framework.Phases {
		b.WriteString(it.Prompt.Model[p.ID] + "\n\n")
	}
	return []Answer{{Text: b.String()}}
}

// listedWords are the alternatives of all levels, numbers and gaps left out.
func listedWords(it *bank.Item) (list []string) {
	seen := map[string]bool{}
	for i := range it.Criteria {
		c := &it.Criteria[i]
		p := newParser(c.Vocab(), nil, 64)
		for _, l := range c.Levels {
			for _, say := range l.Say {
				slots, _ := p.claim(say)
				for _, slot := range slots {
					for _, u := range ways(slot) {
						words := slices.DeleteFunc(u.words.strings(), func(w string) bool { return w == "*" || w[0] == '#' })
						if text := strings.Join(words, " "); text != "" && !seen[text] {
							seen[text] = true
							list = append(list, text)
						}
					}
				}
			}
		}
	}
	return list
}
