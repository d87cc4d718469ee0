package cli

import (
	"fmt"
	"io"
	"strings"
	"sync"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/report"
	"interview/internal/trial"
)

// grader is what answers are held against: a prompt with its rubric, or model answers. It is used by many goroutines.
type grader interface {
	grade(text string) grade.Grade
	// write draws one grade for people, feedback as a page of Markdown for whoever wrote the answer of that name.
	write(w io.Writer, text string, g *grade.Grade) error
	feedback(w io.Writer, name, text string, g *grade.Grade) error
	id() string
	// refuse says why a text cannot be an answer; nil where it can.
	refuse(text string) error
}

// cardHeads are the cards of every deck that the item's criteria point into, as far as a list of the bank knows them: what
// a report needs for its lines and commands, without parsing the decks, which would take longer than the grading.
func cardHeads(b *bank.Bank, it *bank.Item) []bank.Prompt {
	var cards []bank.Prompt
	known := map[string]bool{}
	for i := range it.Criteria {
		concept := it.Criteria[i].Concept
		if concept == "" || known[concept] {
			continue
		}
		for _, h := range b.DeckOf(concept) {
			known[h.ID] = true
			cards = append(cards, bank.Prompt{ID: h.ID, Title: h.Title, Track: h.Track, Family: h.Family, Locus: h.Locus, Deck: h.Deck})
		}
	}
	return cards
}

// judging is a prompt that judges answers once it is compiled, from many goroutines.
type judging struct {
	item  *bank.Item
	sheet *grade.Sheet
	whole func() *grade.Sheet                           // for answers with other words than sheet is made for; nil if it is made for any
	try   func(*bank.Item, []grade.Answer) trial.Result // nil runs nothing
	cards func() []bank.Prompt                          // see cardHeads; nil where no report is drawn
}

// judgingOf finds a prompt, not compiled yet. A deck is no prompt: the error is a *deckError in a usage.
func judgingOf(b *bank.Bank, id string) (*judging, error) {
	it, cards, err := find(b, id)
	if err != nil {
		return nil, err
	}
	if it == nil {
		return nil, (&deckError{id, cards}).usage()
	}
	return judgingBy(it), nil
}

// judgingBy takes the item over. It needs no digest: no output of a grade without a session shows one.
func judgingBy(it *bank.Item) *judging {
	it.Digest = nil
	return &judging{item: it}
}

// compiledFor is a prompt that is ready for any answer, and for those given, of which the words are compiled first, in a
// fraction of the time that the whole rubric takes.
func compiledFor(b *bank.Bank, id string, texts []string) (*judging, error) {
	j, err := judgingOf(b, id)
	if err != nil {
		return j, err
	}
	var answers []grade.Answer
	for _, text := range texts {
		more, _, _ := j.split(text)
		answers = append(answers, more...)
	}
	sheet, problems := grade.CompileFor(j.item, answers)
	j.sheet, j.whole = sheet, sync.OnceValue(func() *grade.Sheet {
		whole, _ := grade.Compile(j.item)
		return whole
	})
	return j, wrong(problems)
}

// compile makes the prompt ready for any answer.
func (j *judging) compile() error {
	sheet, problems := grade.Compile(j.item)
	j.sheet = sheet
	return wrong(problems)
}

// compileFor makes the prompt ready for one text, which takes a fraction of the time. What only the output needs is begun
// beside it.
func (j *judging) compileFor(text string) error {
	if j.cards != nil {
		go j.cards()
	}
	answers, _, _ := j.split(text)
	sheet, problems := grade.CompileFor(j.item, answers)
	j.sheet = sheet
	return wrong(problems)
}

func (j *judging) id() string { return j.item.Prompt.ID }

func (j *judging) write(w io.Writer, text string, g *grade.Grade) error {
	return report.Write(w, j.id(), []report.Sheet{j.page(text, g)}, true)
}

func (j *judging) feedback(w io.Writer, name, text string, g *grade.Grade) error {
	page := j.page(text, g)
	return report.Feedback(w, name, &page)
}

func (j *judging) page(text string, g *grade.Grade) report.Sheet {
	sheet := report.Sheet{Item: j.item, Grade: *g, Answers: []grade.Answer{{Text: text}}}
	if j.cards != nil {
		sheet.Cards = j.cards()
	}
	return sheet
}

const byteOrderMark = "\ufeff"

// split opens phases at the headings of a text, or reads the transcript of a session. base[i] is where the i-th answer
// stands in it; phases are those to be graded, none for all.
func (j *judging) split(text string) (answers []grade.Answer, base []int, phases []string) {
	rest := strings.TrimPrefix(text, byteOrderMark) // it would hide the first heading
	answers, base, phases = grade.AnswersIn(rest, j.item)
	for i := range base {
		base[i] += len(text) - len(rest)
	}
	return answers, base, phases
}

// refuse meets the transcript of another prompt.
func (j *judging) refuse(text string) error {
	t, prompts := grade.ReadTranscript(text, j.id())
	if len(prompts) == 0 || len(t.Answers) > 0 {
		return nil
	}
	return fmt.Errorf("the transcript of a session that answers %s, not %s", strings.Join(prompts, ", "), j.id())
}

// grade judges a text. The evidence points into the whole of it: its answer is 0.
func (j *judging) grade(text string) grade.Grade {
	answers, base, phases := j.split(text)
	g := j.judged(answers, phases)
	for i := range g.Marks {
		for k := range g.Marks[i].Evidence {
			intoWhole(&g.Marks[i].Evidence[k], base)
		}
	}
	for i := range g.Screens {
		s := &g.Screens[i]
		s.Start, s.End, s.Answer = s.Start+base[s.Answer], s.End+base[s.Answer], 0
	}
	return g
}

func (j *judging) judged(answers []grade.Answer, phases []string) grade.Grade {
	findings := j.findings(answers)
	if j.whole != nil {
		if g, ok := j.sheet.GradeKnown(answers, findings, phases...); ok {
			return g
		}
		return j.whole().GradeTried(answers, findings, phases...)
	}
	return j.sheet.GradeTried(answers, findings, phases...)
}

// findings are what a run of the notation in answers finds.
func (j *judging) findings(answers []grade.Answer) []trial.Finding {
	if j.try == nil {
		return nil
	}
	return j.try(j.item, answers).Findings
}

// why traces the claims of one criterion, of all for "".
func (j *judging) why(text, criterion string) ([]grade.Trace, error) {
	answers, base, _ := j.split(text)
	var only []string
	if criterion != "" {
		c := criterionNamed(j.item.Criteria, criterion)
		if c == nil {
			return nil, noCriterion(j.item.Prompt.ID, criterion, j.item.Criteria)
		}
		only = []string{c.ID}
	}
	traces := j.sheet.Why(answers, only...)
	for i := range traces {
		intoWhole(&traces[i].Evidence, base)
	}
	return traces, nil
}

func intoWhole(e *grade.Evidence, base []int) {
	e.Start, e.End, e.Answer = e.Start+base[e.Answer], e.End+base[e.Answer], 0
}
