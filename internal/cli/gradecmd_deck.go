package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"interview/internal/bank"
	"interview/internal/grade"
)

// deckError says that an id is a deck where a prompt is wanted.
type deckError struct {
	id    string
	cards []*bank.Item
}

func (e *deckError) Error() string {
	return fmt.Sprintf("%s is a deck of %d cards, not a prompt", e.id, len(e.cards))
}

func (e *deckError) usage() error {
	return usage("its cards: "+strings.Join(e.ids(), ", "), "%w", e)
}

func (e *deckError) ids() []string {
	ids := make([]string, len(e.cards))
	for i, c := range e.cards {
		ids[i] = c.Prompt.ID
	}
	return ids
}

// gradeDeck judges a session of cards that was exported as Markdown, card by card in its order. Any other text answers no deck.
func (a *App) gradeDeck(deck *deckError, file string, f gradeFlags) error {
	text, err := a.readAnswer(file)
	if err != nil {
		return err
	}
	_, answered := grade.ReadTranscript(text, "")
	cards := slices.DeleteFunc(answered, func(id string) bool { return !slices.Contains(deck.ids(), id) })
	if len(cards) == 0 {
		return deck.usage()
	}
	var below error
	for i, id := range cards {
		if i > 0 && !f.json {
			fmt.Fprintln(a.text())
		}
		j, err := a.judgeOf([]string{id}, f)
		if err != nil {
			return err
		}
		err = a.gradeText(j, file, text, f)
		if fail := (*failure)(nil); errors.As(err, &fail) && fail.code == exitBelow {
			below = err // the others are judged all the same
		} else if err != nil {
			return err
		}
	}
	return below
}
