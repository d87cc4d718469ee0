package report

import (
	"html"
	"io"
	"strings"

	"interview/internal/bank"
)

// ankiHead says to Anki, from version 2.1.54 on, what the columns are, so that nothing is left to choose. The guid lets a
// second import renew a card and keep its history.
const ankiHead = "#separator:tab\n#html:true\n#notetype:Basic\n#guid column:1\n#deck column:2\n#tags column:5\n"

// Anki writes cards as a text file that Anki imports as it is: the deck, the question as the front, picture and model answer
// as the back, and the deck, the track and the place as tags.
func Anki(w io.Writer, cards []*bank.Item) error {
	var b strings.Builder
	b.WriteString(ankiHead)
	for _, it := range cards {
		p := &it.Prompt
		front := cardName(*p) + "\n\n" + strings.TrimSpace(p.Ask)
		back := strings.TrimSpace(p.Picture + "\n\n" + modelOf(it))
		tags := strings.Join([]string{ankiTag(p.Deck), ankiTag(p.Track), ankiTag(p.Locus)}, " ")
		b.WriteString(strings.Join([]string{ankiField(p.ID), "interview::" + ankiField(p.Deck), ankiField(front), ankiField(back), strings.TrimSpace(tags)}, "\t") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// modelOf is the model answer of a card, of all phases.
func modelOf(it *bank.Item) string {
	var texts []string
	for _, ph := range it.Framework.Phases {
		if text := strings.TrimSpace(it.Prompt.Model[ph.ID]); text != "" {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, "\n\n")
}

// ankiField is text as the HTML of one field: no tab or line end parts it, and no quote opens it.
func ankiField(s string) string {
	s = html.EscapeString(strings.ReplaceAll(Clean(s), "\t", "    "))
	return strings.ReplaceAll(s, "\n", "<br>")
}

// ankiTag has no space, which would part it.
func ankiTag(s string) string {
	return html.EscapeString(strings.Join(strings.Fields(Clean(s)), "-"))
}

// CardsMarkdown writes cards as Markdown: a heading of the second level each, the question, a line of three dashes, and the
// answer. What is written can be read again as a deck of drafts.
func CardsMarkdown(w io.Writer, cards []*bank.Item) error {
	var b strings.Builder
	deck := ""
	for _, it := range cards {
		p := &it.Prompt
		if p.Deck != deck {
			deck = p.Deck
			b.WriteString("# " + flat(deck) + "\n\n")
		}
		b.WriteString("## " + flat(p.Title) + "\n\n" + strings.TrimSpace(p.Ask) + "\n\n---\n\n" + modelOf(it) + "\n\n")
	}
	_, err := io.WriteString(w, strings.TrimRight(b.String(), "\n")+"\n")
	return err
}
