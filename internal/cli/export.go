package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/report"
)

// formAnki is the form of cards for Anki; that of Markdown is formMarkdown.
const formAnki = "anki"

var cardFormats = []string{formAnki, formMarkdown}

// exportCardsCommand writes decks for other programs. Sessions are written by review export.
func (a *App) exportCardsCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "export [DECK…]",
		Short: "Write the cards of decks for Anki, or as Markdown",
		Long: "Without DECK the cards of all decks. Anki (2.1.54 and later) takes the file as it is: File, Import. A second import renews\n" +
			"the cards and keeps their history. Markdown is what interview draft --cards reads.",
		Example: `  interview export core-concepts > core-concepts.txt
  interview export --format markdown redis kafka > cards.md`,
		ValidArgsFunction: a.completeDecks,
		RunE: func(_ *cobra.Command, args []string) error {
			if !slices.Contains(cardFormats, format) {
				return usage("", "--format %q: want %s", format, strings.Join(cardFormats, ", "))
			}
			return a.exportCards(args, format)
		},
	}
	c.Flags().StringVar(&format, "format", formAnki, "the `form`: "+strings.Join(cardFormats, ", "))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(cardFormats, noFiles)) // fails only for an unknown flag
	return c
}

func (a *App) exportCards(decks []string, format string) error {
	b, err := a.openBank()
	if err != nil {
		return err
	}
	if len(decks) == 0 {
		decks = allDecks(b)
	}
	var cards []*bank.Item
	for _, id := range decks {
		deck, err := b.Deck(id)
		if err != nil {
			return err
		}
		cards = append(cards, deck...)
	}
	out := a.text()
	if format == formAnki {
		err = report.Anki(out, cards)
	} else {
		err = report.CardsMarkdown(out, cards)
	}
	if err != nil {
		return err
	}
	a.note("%s of %s", counted(len(cards), "card"), counted(len(decks), "deck"))
	return nil
}

// allDecks are the decks in the order of the list.
func allDecks(b *bank.Bank) []string {
	heads, _ := b.Heads() // what cannot be listed is for check to name
	var decks []string
	for _, h := range heads {
		if h.Deck != "" && !slices.Contains(decks, h.Deck) {
			decks = append(decks, h.Deck)
		}
	}
	return decks
}

func (a *App) completeDecks(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	b, err := a.openBank()
	if err != nil {
		return nil, noFiles
	}
	return slices.DeleteFunc(allDecks(b), func(id string) bool { return !strings.HasPrefix(id, begun) || slices.Contains(args, id) }), noFiles
}
