package cli

import (
	"fmt"
	"slices"
	"time"

	"interview/internal/bank"
	"interview/internal/review"
	"interview/internal/session"
)

// checkDue refuses what makes no sense with what is due and with cards that are turned over.
func (a *App) checkDue(args []string, f sittingFlags) error {
	chosen := f.phase != "" || f.ask != "" || f.countSet || f.resume != ""
	switch {
	case f.walk && (chosen || f.card != "" || f.due || f.flip || f.track != "" || f.minutesSet || f.untimed || f.strict || f.bell || f.each() || f.tries > 1):
		return usage("interview drill walk --limit 10", "a walk takes --limit only")
	case f.walk && f.interview == "" && (!f.limitSet || f.limit > 0):
		return nil
	case !f.due && (f.limitSet && !f.walk || f.interview != ""):
		return usage("interview drill --due", "--limit and --interview-date go with --due")
	case f.limitSet && f.limit < 1:
		return usage("", "--limit %d: must be at least 1", f.limit)
	case f.due && (chosen || f.card != ""):
		return usage("interview drill --due, with a deck, a prompt or --track to narrow it down", "--due takes no --phase, --card, --count, --ask or --resume")
	case f.flip && chosen:
		return usage("interview drill core-concepts --flip", "--flip takes no --phase, --count, --ask or --resume")
	case f.flip && (f.minutesSet || f.untimed || f.strict || f.bell || f.each() || f.tries > 1):
		return usage("", "a card that is turned over has no clock, no feedback and no second try")
	case f.flip && !f.due && len(args) == 0:
		return usage("interview drill core-concepts --flip", "--flip needs a deck, or --due")
	}
	_, err := a.interviewDate(f.interview)
	return err
}

// duePlan is what is due: cards and phases of prompts, or of one deck, prompt or track. Where that is nothing it says so, and
// the plan has no steps.
func (a *App) duePlan(b *bank.Bank, past *past, args []string, f sittingFlags) (session.Plan, error) {
	p, _, err := a.practised(b, f.interview)
	if err != nil {
		return session.Plan{}, err
	}
	label := dueLabel
	if len(args) > 0 {
		label = args[0]
		if _, _, err := find(b, label); err != nil {
			return session.Plan{}, err
		}
	}
	due := review.Due(review.Standings(p.Tries, p.Calendar), p.Heads, p.Calendar)
	due = slices.DeleteFunc(due, func(i review.Item) bool {
		return len(args) > 0 && i.Prompt != label && i.Deck != label || f.track != "" && i.Track != f.track || f.flip && !i.Card()
	})
	taken := dose(p, &f).Take(due)
	if f.limitSet {
		taken = taken[:min(len(taken), f.limit)]
	}
	if len(taken) == 0 {
		a.nothingDue(p, len(due))
		return session.Plan{}, nil
	}
	var asks []session.Ask
	var cards []*bank.Item
	for _, i := range taken {
		it, err := b.Item(i.Prompt)
		if err != nil {
			return session.Plan{}, err
		}
		asks, cards = append(asks, session.Ask{Item: it, Phase: i.Phase}), append(cards, it)
	}
	if f.flip {
		return session.Flip(label, cards), nil
	}
	return session.DrillEach(label, asks, past.newest, f.pace())
}

// dueLabel is what a sitting of what is due is called.
const dueLabel = "due"

func dose(p *review.Practice, f *sittingFlags) review.Dose {
	if f.limitSet {
		return review.Dose{Cards: f.limit, Phases: min(f.limit, review.Daily.Phases)}
	}
	return review.Daily.Left(p.Tries, p.Heads, p.Calendar)
}

// nothingDue says when something will be.
func (a *App) nothingDue(p *review.Practice, waiting int) {
	if waiting > 0 {
		a.note("enough for today; the rest can wait (--limit N takes more)")
		return
	}
	var next time.Time
	for _, s := range review.Standings(p.Tries, p.Calendar) {
		if s.Due.After(p.Now) && (next.IsZero() || s.Due.Before(next)) {
			next = s.Due
		}
	}
	if next.IsZero() {
		a.note("nothing is due")
	} else {
		a.note("nothing is due before %s", next.Format(time.DateOnly))
	}
	a.hint("interview next names something else")
}

// flipPlan turns over the cards of a deck, or one.
func flipPlan(b *bank.Bank, id string, f sittingFlags) (session.Plan, error) {
	it, cards, err := find(b, id)
	switch {
	case err != nil:
		return session.Plan{}, err
	case it != nil && it.Prompt.Deck == "":
		return session.Plan{}, usage("interview drill "+id+" --phase PHASE", "--flip turns cards over: %s is a prompt", id)
	case it != nil:
		cards = []*bank.Item{it}
	case f.card != "":
		if cards, err = pick(cards, id, f.card); err != nil {
			return session.Plan{}, err
		}
	}
	return session.Flip(id, cards), nil
}

// again says when a card comes back.
func again(days int) string {
	if days == 1 {
		return "again tomorrow"
	}
	return fmt.Sprintf("again in %d days", days)
}
