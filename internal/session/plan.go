package session

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"interview/internal/bank"
)

// The modes of a plan, as they stand in journals.
const (
	ModeMock  = "mock"
	ModeDrill = "drill"
	ModeBlank = "blank"
	ModeFlip  = "flip" // cards are turned over and rated, not answered
)

// Pace is how fast a plan is walked; the zero Pace keeps the budgets of the phases.
type Pace struct {
	Minutes float64 // of the whole plan, all budgets scaled alike; 0 = as they are
	Untimed bool    // no clock at all
}

// Own is the person's own newest answer to a phase of a prompt, "" if there is none. A nil Own knows none.
type Own func(prompt, phase string) string

// Mock asks every phase of one prompt.
func Mock(it *bank.Item, pace Pace) Plan {
	p := Plan{Label: it.Prompt.ID, Mode: ModeMock}
	p.add(it, it.Framework.Phases...)
	return p.at(pace)
}

// Blank asks a prompt on one page, over the time of all its phases: the person brings the structure.
func Blank(it *bank.Item, pace Pace) Plan {
	p := Plan{Label: it.Prompt.ID, Mode: ModeBlank}
	p.add(it, it.Framework.Phases...)
	page := Step{Prompt: it.Prompt.ID, Title: it.Prompt.Title, Ask: it.Prompt.Ask}
	for _, s := range p.Steps {
		page.Budget += s.Budget
	}
	p.Steps = []Step{page}
	return p.at(pace)
}

// Drill asks one phase of a prompt. The earlier ones are given: the person's own answers, else the model answers.
// A framework of one phase needs no name of it. The error names the phases.
func Drill(it *bank.Item, phase string, own Own, pace Pace) (Plan, error) {
	p := Plan{Label: it.Prompt.ID, Mode: ModeDrill}
	err := p.addPhase(it, phase, own)
	return p.at(pace), err
}

// Deck asks every card; label is what the person asked for.
func Deck(label string, cards []*bank.Item, pace Pace) Plan {
	p := Plan{Label: label, Mode: ModeDrill}
	for _, it := range cards {
		p.add(it, it.Framework.Phases...)
	}
	return p.at(pace)
}

// DrillMany asks one phase of several prompts.
func DrillMany(phase string, items []*bank.Item, own Own, pace Pace) (Plan, error) {
	asks := make([]Ask, len(items))
	for i, it := range items {
		asks[i] = Ask{it, phase}
	}
	return DrillEach(phase, asks, own, pace)
}

// Ask is one phase of an item.
type Ask struct {
	Item  *bank.Item
	Phase string
}

// DrillEach asks one phase of each of several prompts, which must differ.
func DrillEach(label string, asks []Ask, own Own, pace Pace) (Plan, error) {
	p := Plan{Label: label, Mode: ModeDrill}
	for _, a := range asks {
		if err := p.addPhase(a.Item, a.Phase, own); err != nil {
			return p, err
		}
	}
	return p.at(pace), nil
}

// Flip turns every card over, without a clock: the person recalls, looks and says how well it went.
func Flip(label string, cards []*bank.Item) Plan {
	p := Deck(label, cards, Pace{Untimed: true})
	p.Mode = ModeFlip
	return p
}

// stretch is how many places are passed, at least, before the way back: a place seen a moment ago would be no question.
const stretch = 5

// Walk goes past the places of cards and asks both ways, without a clock: from a place to its concept, which is rated, and from
// the concept back to its place, where the answer is the person's own image of it, or nothing. The way back has no phase. It
// goes in stretches of five to nine places, there and then back, each in the order of the cards.
func Walk(label string, cards []*bank.Item) Plan {
	p := Plan{Label: label, Mode: ModeFlip, Untimed: true}
	stretches := max(len(cards)/stretch, 1)
	for i := range stretches {
		passed := cards[i*len(cards)/stretches : (i+1)*len(cards)/stretches]
		for _, it := range passed {
			p.add(it)
			p.Steps = append(p.Steps, Step{
				Prompt: it.Prompt.ID, Phase: it.Framework.Phases[0].ID, Title: it.Prompt.Locus,
				Ask: "Which concept stands here, and what does it mean in a design?",
			})
		}
		for _, it := range passed {
			p.Steps = append(p.Steps, Step{Prompt: it.Prompt.ID, Title: it.Prompt.Title, Ask: "At which place does it stand?"})
		}
	}
	return p
}

// WayBack says that a step of a walk leads from a concept to its place.
func (s *Step) WayBack() bool { return s.Phase == "" }

// Graded are the phases by whose criteria a prompt is graded: those that a drill asks; none means all.
func (p Plan) Graded(prompt string) []string {
	if p.Mode != ModeDrill {
		return nil
	}
	var phases []string
	for _, step := range p.Steps {
		if step.Prompt == prompt && !slices.Contains(phases, step.Phase) {
			phases = append(phases, step.Phase)
		}
	}
	return phases
}

func (p *Plan) addPhase(it *bank.Item, phase string, own Own) error {
	phases := it.Framework.Phases
	if phase == "" && len(phases) == 1 {
		phase = phases[0].ID
	}
	at := slices.IndexFunc(phases, func(ph bank.Phase) bool { return ph.ID == phase })
	if at < 0 {
		ids := make([]string, len(phases))
		for i, ph := range phases {
			ids[i] = ph.ID
		}
		return fmt.Errorf("prompt %s has no phase %q: its phases are %s", it.Prompt.ID, phase, strings.Join(ids, ", "))
	}
	p.add(it, phases[at])
	for _, ph := range phases[:at] {
		p.give(it, ph, own)
	}
	return nil
}

func (p *Plan) give(it *bank.Item, ph bank.Phase, own Own) {
	g := Given{Prompt: it.Prompt.ID, Phase: ph.ID, Title: ph.Title, Text: it.Prompt.Model[ph.ID]}
	if own != nil {
		if text := own(it.Prompt.ID, ph.ID); strings.TrimSpace(text) != "" {
			g.Text, g.Yours = strings.ToValidUTF8(text, "\uFFFD"), true
		}
	}
	if strings.TrimSpace(g.Text) != "" {
		p.Given = append(p.Given, g)
	}
}

// add appends phases of an item, and the snapshot of its prompt: what is read of it later. What a grade is made by stays
// out of it, for shared criteria are not in it, so that it could grade nothing; it would be three quarters of every journal.
func (p *Plan) add(it *bank.Item, phases ...bank.Phase) {
	prompt := it.Prompt
	prompt.Topic, prompt.Vocab = nil, nil
	prompt.Criteria = slices.Clone(prompt.Criteria)
	for i := range prompt.Criteria {
		c := &prompt.Criteria[i]
		c.When, c.Against, c.Examples = "", nil, bank.Examples{}
		c.Levels = slices.Clone(c.Levels)
		for k := range c.Levels {
			c.Levels[k].Say, c.Levels[k].Edge = nil, nil
		}
	}
	p.Prompts = append(p.Prompts, prompt)
	for _, ph := range phases {
		p.Steps = append(p.Steps, stepOf(it, ph))
	}
}

// stepOf poses one phase. Where a framework has no other, the prompt's own question is the step's, and what the phase says
// comes below it.
func stepOf(it *bank.Item, ph bank.Phase) Step {
	s := Step{
		Prompt: it.Prompt.ID, Phase: ph.ID, Title: ph.Title, Ask: ph.Ask, Coach: ph.Coach, Parts: ph.Parts,
		Budget: time.Duration(ph.Minutes) * time.Minute,
	}
	if len(it.Framework.Phases) == 1 && it.Prompt.Ask != "" {
		s.Title, s.Ask = it.Prompt.Title, it.Prompt.Ask
		s.Coach = strings.TrimSpace(ph.Ask + "\n" + ph.Coach)
	}
	return s
}

// at scales the budgets to the pace. They sum up to it exactly, as each ends at a rounded place of the whole; where no phase
// has a budget, each gets the same.
func (p Plan) at(pace Pace) Plan {
	if pace.Untimed {
		p.Untimed = true
		for i := range p.Steps {
			p.Steps[i].Budget = 0
		}
	}
	if pace.Untimed || pace.Minutes <= 0 {
		return p
	}
	weigh := func(s Step) float64 { return float64(s.Budget) }
	if !slices.ContainsFunc(p.Steps, func(s Step) bool { return s.Budget > 0 }) {
		weigh = func(Step) float64 { return 1 }
	}
	var total, weight float64
	for _, s := range p.Steps {
		total += weigh(s)
	}
	var end time.Duration
	for i := range p.Steps {
		w := weigh(p.Steps[i])
		weight += w
		next := time.Duration(math.Round(weight/total*pace.Minutes*float64(time.Minute/time.Millisecond))) * time.Millisecond
		if p.Steps[i].Budget = next - end; w > 0 {
			p.Steps[i].Budget = max(next-end, time.Millisecond) // 0 would stop the clock
		}
		end = next
	}
	return p
}
