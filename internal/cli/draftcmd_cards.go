package cli

import (
	"bytes"
	"fmt"
	"strings"

	"interview/internal/bank"
	"interview/internal/grade"
)

// rawCard is a card as it stands in Markdown.
type rawCard struct{ title, ask, answer string }

// draftCards turns Markdown into a deck, each card with a first rubric from its answer.
func (a *App) draftCards(f draftFlags) error {
	if f.question != "" || f.model != "" || f.id == "" {
		return usage("interview draft --cards notes.md --id my-notes > my-bank/prompts/decks/my-notes.yaml", "--cards needs --id, the name of the deck, and goes without --question and --model")
	}
	text, err := a.readAnswer(f.cards)
	if err != nil {
		return err
	}
	b, err := a.openBank()
	if err != nil {
		return err
	}
	fw, err := frameworkFor(b, f.framework, "")
	if err != nil {
		return err
	}
	var deck bytes.Buffer
	taken := map[string]bool{}
	cards := splitCards(document(text))
	for _, raw := range cards {
		card, err := a.draftCard(b, fw, f.id, raw, taken)
		if err != nil {
			return failed("", "card %q: %w", raw.title, err)
		}
		if card == nil {
			a.note("card %q is left out: no clause of its answer makes a criterion", raw.title)
			continue
		}
		if deck.Len() > 0 {
			deck.WriteString("---\n")
		}
		deck.Write(card)
	}
	if deck.Len() == 0 {
		return failed("a card is a heading \"## Title\" and its answer below", "%s: no card in it makes a criterion", f.cards)
	}
	a.note("%s of %s; save it as prompts/decks/%s.yaml of a folder of your own, edit it, and run interview check FOLDER", counted(len(taken), "card"), counted(len(cards), "heading"), f.id)
	_, err = a.Out.Write(append([]byte(draftHead), deck.Bytes()...))
	return err
}

// draftCard is the document of a card, nil where its answer makes no criterion.
func (a *App) draftCard(b *bank.Bank, fw *bank.Framework, deck string, raw rawCard, taken map[string]bool) ([]byte, error) {
	id := deck + "-" + idOfText(raw.title)
	for n := 2; taken[id]; n++ {
		id = fmt.Sprintf("%s-%s-%d", deck, idOfText(raw.title), n)
	}
	p := bank.Prompt{ID: id, Title: titleOf(raw.title), Track: fw.ID, Framework: fw.ID, Ask: raw.ask,
		Criteria: grade.Draft(raw.ask, raw.answer, *fw), Model: map[string]string{fw.Phases[0].ID: raw.answer}}
	if len(p.Criteria) == 0 {
		return nil, nil
	}
	text, err := a.proveDraft(b, &p)
	if err == nil && len(p.Criteria) > 0 {
		taken[id] = true
		return text, nil
	}
	return nil, err
}

// splitCards opens a card at each heading of the second level. A line of dashes parts its question from the answer; without
// one the heading is the question.
func splitCards(text string) []rawCard {
	var cards []rawCard
	fenced := false
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fenced = !fenced
		}
		title, opens := strings.CutPrefix(line, "## ")
		switch {
		case opens && !fenced:
			cards = append(cards, rawCard{title: strings.TrimSpace(title)})
		case len(cards) == 0 || !fenced && strings.HasPrefix(line, "# "):
		case strings.TrimSpace(line) == "---" && !fenced && cards[len(cards)-1].ask == "":
			c := &cards[len(cards)-1]
			c.ask, c.answer = strings.TrimSpace(c.answer), ""
		default:
			cards[len(cards)-1].answer += line
		}
	}
	for i := range cards {
		c := &cards[i]
		if c.answer = strings.TrimSpace(c.answer); c.ask == "" {
			c.ask = c.title
		}
	}
	return cards
}
