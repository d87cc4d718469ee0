package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"interview/internal/bank"
	"interview/internal/review"
	"interview/internal/session"
	"interview/internal/tui"
)

// walkArg stands for the ID of a drill, and labels its session.
const walkArg = "walk"

// walkPlan goes past every card that has a place, in the order in which the frameworks walk past their decks; first come the
// cards that belong to a criterion missed in the last interview that asked it, until they are rated. A limit leaves out first
// what is not due yet, so that one walk takes up where the last one ended.
func (a *App) walkPlan(b *bank.Bank, f sittingFlags) (session.Plan, error) {
	cards, err := walked(b)
	if err != nil {
		return session.Plan{}, err
	}
	if len(cards) == 0 {
		return session.Plan{}, failed("a framework lists its decks under walk:", "no walk: the bank has no cards with places in an order")
	}
	p, _, err := a.practised(b, "")
	if err != nil {
		return session.Plan{}, err
	}
	need := needs(p)
	if f.limitSet && f.limit < len(cards) {
		taken := slices.Clone(cards)
		slices.SortStableFunc(taken, func(x, y *bank.Item) int { return need(x) - need(y) })
		taken = taken[:f.limit]
		cards = slices.DeleteFunc(cards, func(it *bank.Item) bool { return !slices.Contains(taken, it) })
	}
	slices.SortStableFunc(cards, func(x, y *bank.Item) int { return min(need(x), walkDue) - min(need(y), walkDue) })
	return session.Walk(walkArg, cards), nil
}

// How much a card needs the walk, the neediest first.
const (
	walkMissed = iota // in an interview, and not rated since
	walkDue           // or new
	walkRests
)

func needs(p *review.Practice) func(*bank.Item) int {
	misses, standings := review.MissedConcepts(p.Tries), review.Standings(p.Tries, p.Calendar)
	return func(it *bank.Item) int {
		s := standings[review.Key{Prompt: it.Prompt.ID, Phase: it.Framework.Phases[0].ID}]
		switch {
		case misses[it.Prompt.ID].After(s.Last):
			return walkMissed
		case s.Due.After(p.Now):
			return walkRests
		}
		return walkDue
	}
}

// walked are the cards with a place, in the order of the walk.
func walked(b *bank.Bank) ([]*bank.Item, error) {
	frameworks, err := b.Frameworks()
	if err != nil {
		return nil, err
	}
	var cards []*bank.Item
	for i := range frameworks {
		for _, id := range frameworks[i].Walk {
			deck, err := b.Deck(id)
			if err != nil {
				return nil, err
			}
			cards = append(cards, slices.DeleteFunc(deck, func(it *bank.Item) bool { return it.Prompt.Locus == "" })...)
		}
	}
	return cards, nil
}

// wayBack shows the place of a concept, with the picture that comes with it and the person's own, and takes a new one.
func (f *flipping) wayBack(ctx context.Context, q *session.Question) error {
	it := f.item(q.Step.Prompt)
	f.say("\n%s\n", f.a.wrapped(it.Prompt.Locus+": "+it.Prompt.Picture, 2))
	f.sayOwnImage(q.Step.Prompt)
	image, err := f.image(ctx)
	switch {
	case err != nil:
		return f.leave(err)
	case image == "b":
		return f.back()
	case image == "q":
		return f.leave(io.EOF)
	}
	if err := f.r.Answer(image); err != nil {
		return err
	}
	_, err = fmt.Fprintf(f.a.Out, "%s %d/%d\n", onDisk, q.N, q.Of)
	return err
}

func (f *flipping) sayOwnImage(prompt string) {
	if own := f.ownImage(prompt); own != "" {
		f.say("%s\n", f.a.wrapped("Your image: "+own, 2))
	}
}

// image is a line for the person's own image; enter alone goes on without one.
func (f *flipping) image(ctx context.Context) (string, error) {
	const question = "An image of your own, in a line (enter goes on, b back, q leaves)"
	if f.lines == nil {
		said, err := tui.Line(ctx, question, func(string) error { return nil })
		if errors.Is(err, tui.ErrLeft) {
			return "", io.EOF
		}
		if said = strings.TrimSpace(said); len(said) > 1 { // the field is gone from the screen by now
			f.say("%s\n", f.a.wrapped("Your image: "+said, 2))
		}
		return said, err
	}
	f.ask("", "\n"+question+": ")
	select {
	case in := <-f.lines.input:
		return strings.TrimSpace(in.text), in.err
	case <-ctx.Done():
		return "", io.EOF
	}
}

// ownImage is the newest that the person gave to a card, in this walk or an earlier one.
func (f *flipping) ownImage(prompt string) string {
	done := f.r.Session()
	if own := imagesOf(&done)[prompt]; own != "" {
		return own
	}
	if f.images == nil {
		f.images = map[string]string{}
		for s := range sessions(f.dir) {
			for card, own := range imagesOf(&s) {
				if f.images[card] == "" { // the newest session comes first
					f.images[card] = own
				}
			}
		}
	}
	return f.images[prompt]
}

// imagesOf are the person's own images in a session, by card. A page without phases, of another mode, holds none.
func imagesOf(s *session.Session) map[string]string {
	images := map[string]string{}
	for i := range s.Turns {
		if t := &s.Turns[i]; s.Plan.Mode == session.ModeFlip && t.Step.WayBack() && !t.Draft && strings.TrimSpace(t.Text) != "" {
			images[t.Step.Prompt] = t.Text
		}
	}
	return images
}
