package cli

import (
	"cmp"
	"errors"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"interview/internal/bank"
	"interview/internal/journal"
	"interview/internal/review"
	"interview/internal/session"
)

func (f *sittingFlags) pace() session.Pace {
	return session.Pace{Minutes: f.minutes, Untimed: f.untimed}
}

// drillPlan asks one phase of a prompt, or the cards of a deck.
func drillPlan(b *bank.Bank, past *past, id string, f sittingFlags) (session.Plan, error) {
	it, cards, err := find(b, id)
	switch {
	case err != nil:
		return session.Plan{}, err
	case it == nil:
		return deckPlan(cards, id, f)
	case f.card != "":
		return session.Plan{}, usage("interview drill "+id+" --phase PHASE", "--card: %s is a prompt, not a deck", id)
	}
	if phases := it.Framework.Phases; f.phase == "" && len(phases) > 1 {
		var ids []string
		for _, ph := range phases {
			ids = append(ids, ph.ID)
		}
		return session.Plan{}, usage("interview drill "+id+" --phase "+ids[len(ids)-1], "drill %s needs a --phase: %s", id, strings.Join(ids, ", "))
	}
	plan, err := session.Drill(it, f.phase, past.newest, f.pace())
	if err != nil {
		return plan, usage("", "%w", err)
	}
	return plan, nil
}

// askedPlan drills one phase of any question.
func askedPlan(b *bank.Bank, f sittingFlags) (session.Plan, error) {
	it, err := b.Question(f.ask)
	if err != nil {
		return session.Plan{}, err
	}
	plan, err := session.Drill(it, f.phase, func(string, string) string { return "" }, f.pace()) // the newest answers may be to another question
	if err != nil {
		return plan, usage("", "%w", err)
	}
	return plan, nil
}

// deckPlan asks all cards of a deck or one.
func deckPlan(cards []*bank.Item, id string, f sittingFlags) (session.Plan, error) {
	if f.phase != "" && !slices.ContainsFunc(cards, func(c *bank.Item) bool { _, ok := c.Phase(f.phase); return ok }) {
		return session.Plan{}, usage("interview drill "+id, "the cards of %s have no phase %q", id, f.phase)
	}
	if f.card != "" {
		var err error
		if cards, err = pick(cards, id, f.card); err != nil {
			return session.Plan{}, err
		}
	}
	return session.Deck(id, cards, f.pace()), nil
}

// pick finds one card of a deck by its name, or by its whole id.
func pick(cards []*bank.Item, deck, name string) ([]*bank.Item, error) {
	var names []string
	for _, c := range cards {
		if c.Prompt.ID == deck+"-"+name || c.Prompt.ID == name {
			return []*bank.Item{c}, nil
		}
		names = append(names, strings.TrimPrefix(c.Prompt.ID, deck+"-"))
	}
	return nil, usage("its cards: "+strings.Join(names, ", "), "deck %s has no card %q", deck, name)
}

// acrossPlan asks one phase of several prompts: those first whose last try lies longest back, never two of one family in
// a row while another is left.
func acrossPlan(b *bank.Bank, past *past, f sittingFlags) (session.Plan, error) {
	heads, err := headsOf(b)
	if err != nil {
		return session.Plan{}, err
	}
	heads = slices.DeleteFunc(heads, func(h bank.Head) bool {
		return !slices.Contains(h.Phases, f.phase) || f.track != "" && h.Track != f.track
	})
	if len(heads) == 0 {
		of := ""
		if f.track != "" {
			of = " of track " + f.track
		}
		return session.Plan{}, usage("interview list shows tracks and phases", "no prompt%s has the phase %q", of, f.phase)
	}
	slices.SortStableFunc(heads, func(x, y bank.Head) int {
		return past.tried(x.ID, f.phase).Compare(past.tried(y.ID, f.phase))
	})
	var items []*bank.Item
	heads = review.Interleave(heads, func(h bank.Head) string { return h.Family })
	for _, h := range heads[:min(f.count, len(heads))] {
		it, err := b.Item(h.ID)
		if err != nil {
			return session.Plan{}, err
		}
		items = append(items, it)
	}
	return session.DrillMany(f.phase, items, past.newest, f.pace())
}

// past is the person's own earlier sittings, read when someone asks.
type past struct {
	dir   string
	found map[[2]string]session.Turn // by prompt and phase: the newest answer
}

// sessions folds the journals of a folder, newest first. What cannot be read is passed over: review names it.
func sessions(dir string) iter.Seq[session.Session] {
	ids, _ := journal.List(dir)
	return folded(dir, ids)
}

// folded folds journals by their ids.
func folded(dir string, ids []string) iter.Seq[session.Session] {
	return func(yield func(session.Session) bool) {
		for _, id := range ids {
			events, _ := journal.Read(filepath.Join(dir, id+".jsonl")) // what stands before a bad line counts
			s, err := session.Fold(id, events)
			if err == nil && !yield(s) {
				return
			}
		}
	}
}

func (p *past) turn(prompt, phase string) session.Turn {
	if p.found == nil {
		p.found = map[[2]string]session.Turn{}
		for s := range sessions(p.dir) {
			for _, t := range s.Turns {
				key := [2]string{t.Step.Prompt, t.Step.Phase}
				if _, ok := p.found[key]; !ok && !t.Draft && t.Step.Probe == "" && strings.TrimSpace(t.Text) != "" {
					p.found[key] = t
				}
			}
		}
	}
	return p.found[[2]string{prompt, phase}]
}

// newest is the person's newest answer to a phase, "" if there is none.
func (p *past) newest(prompt, phase string) string { return p.turn(prompt, phase).Text }

// tried is when it was given; the zero time if never.
func (p *past) tried(prompt, phase string) time.Time { return p.turn(prompt, phase).At }

// errNoBank says that a recorded prompt is not in the bank any more.
var errNoBank = errors.New("not in the bank")

// itemOf resolves a prompt of a recorded plan. One that left the bank comes from the snapshot, with errNoBank: it holds no
// shared criteria, so it is enough to read the session, not to grade it.
func itemOf(b *bank.Bank, plan *session.Plan, id string) (*bank.Item, error) {
	if id == bank.QuestionID {
		for _, p := range plan.Prompts {
			if p.ID == id {
				return b.Question(p.Ask)
			}
		}
	}
	it, err := b.Item(id)
	var none *bank.NotFound
	if !errors.As(err, &none) {
		return it, err
	}
	it = &bank.Item{Prompt: bank.Prompt{ID: id, Title: id}}
	for _, p := range plan.Prompts {
		if p.ID == id {
			it.Prompt = p
			it.Criteria = p.Criteria
		}
	}
	for _, s := range plan.Steps {
		if s.Prompt == id {
			it.Framework.Phases = append(it.Framework.Phases, bank.Phase{ID: s.Phase, Title: cmp.Or(s.Title, s.Phase)})
		}
	}
	return it, errNoBank
}
