package bank

import "strings"

// DeckOf lists the deck that a card is of, in its order, with each card's place in the walk, and without parsing a card where
// its lines are plain: their phases are left out. It is nil where no card has the id.
func (b *Bank) DeckOf(card string) (heads []Head) {
	e, _ := b.prompt(card)
	if e == nil || e.deck == "" {
		return nil
	}
	var named []*file
	for _, f := range b.files(kindPrompt) {
		if f.base == e.deck {
			named = append(named, f)
		}
	}
	for _, e := range newShelf(named, (*reader).prompt).ordered() {
		if e.deck != "" {
			h := e.head
			h.Locus = locusOf(e)
			heads = append(heads, h)
		}
	}
	return heads
}

// locusOf finds the line of the locus. A line that begins with the key is no part of another text, which would be indented.
func locusOf(e *entry[Prompt]) string {
	for line := range strings.Lines(e.text) {
		if rest, ok := strings.CutPrefix(line, "locus:"); ok {
			if value, sure := plain(strings.TrimRight(rest, " \r\n")); sure {
				return value
			}
			return e.load().value.Locus
		}
	}
	return ""
}
