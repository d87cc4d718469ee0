package bank

// DeckOf lists the deck that a card is of, in its order, without parsing a card: their phases are left out. It is nil where
// no card has the id.
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
			heads = append(heads, e.head)
		}
	}
	return heads
}
