package report

import (
	"fmt"
	"io"
	"strings"

	"interview/internal/bank"
)

// List draws a bank as a table, in the order of the heads. A deck is one line; ids are never cut.
func List(w io.Writer, heads []bank.Head) error {
	var rows [][3]string
	cards := map[string]int{}
	at := map[string]int{}
	for _, h := range heads {
		if h.Deck == "" {
			rows = append(rows, [3]string{h.ID, h.Track, flat(h.Title)})
			continue
		}
		if cards[h.Deck]++; cards[h.Deck] == 1 {
			at[h.Deck] = len(rows)
			rows = append(rows, [3]string{h.Deck, h.Track})
		}
		rows[at[h.Deck]][2] = plural(cards[h.Deck], "card")
	}
	var p page
	p.table([3]string{"ID", "TRACK", "TITLE"}, rows)
	_, err := io.WriteString(w, p.String())
	return err
}

// Widest columns of a table; a cell that is wider moves its own line only.
var tableWidth = [2]int{48, 17}

// table sets the first two columns as wide as they need; what is too long is cut in the last one.
func (p *page) table(head [3]string, rows [][3]string) {
	rows = append([][3]string{head}, rows...)
	var width [2]int
	for _, r := range rows {
		for i := range width {
			width[i] = min(max(width[i], widthOf(r[i])), tableWidth[i])
		}
	}
	for _, r := range rows {
		line := ""
		for i, w := range width {
			line += r[i] + strings.Repeat(" ", max(0, w-widthOf(r[i]))) + "  "
		}
		p.lines = append(p.lines, strings.TrimRight(line+clip(r[2], max(10, Width-widthOf(line))), " "))
	}
}

// Prompt draws a prompt as a candidate may see it before starting: what is asked and in which phases, nothing of how it
// is judged, and no fact that one would have to ask for.
func Prompt(w io.Writer, it *bank.Item) error {
	var p page
	pr := &it.Prompt
	p.add("%s · %s", flat(pr.Title), pr.ID)
	minutes := 0
	for _, ph := range it.Framework.Phases {
		minutes += ph.Minutes
	}
	p.wrap("", fmt.Sprintf("%s, %s, %s: %s", pr.Track, pr.Family, flat(it.Framework.Title), plural(minutes, "minute")), 0)
	p.gap()
	if pr.Locus != "" {
		p.wrap("Place: ", pr.Locus, 0)
	}
	p.paragraphs(pr.Ask)
	p.gap()
	for i, ph := range it.Framework.Phases {
		p.wrap(fmt.Sprintf("%2d. ", i+1), fmt.Sprintf("%s, %d min: %s", flat(ph.Title), ph.Minutes, ph.Ask), 0)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// paragraphs keeps the line breaks of a text.
func (p *page) paragraphs(text string) {
	for line := range strings.SplitSeq(strings.TrimSpace(Clean(text)), "\n") {
		p.wrap("", line, 0)
	}
}

// Rubric draws the criteria of a prompt by phase: what each looks for, as an interviewer would say it.
func Rubric(w io.Writer, it *bank.Item) error {
	var p page
	for _, ph := range it.Framework.Phases {
		first := true
		for i := range it.Criteria {
			c := &it.Criteria[i]
			if c.Phase != ph.ID {
				continue
			}
			if first {
				p.gap()
				p.add("%s", strings.ToUpper(flat(ph.Title)))
				first = false
			}
			p.wrap("  ", fmt.Sprintf("%s, %s: %s", c.ID, plural(c.Weight, "point"), c.Title), 0)
			for _, l := range c.Levels {
				p.wrap("    "+pad(l.Name, max(8, widthOf(l.Name)))+" ", looksFor(&l), 0)
			}
		}
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// looksFor is the descriptor, or where there is none what a level is reached by.
func looksFor(l *bank.Level) string {
	if l.Descriptor != "" {
		return l.Descriptor
	}
	lead, ways := reachedBy(l)
	return lead + strings.Join(ways, "; ")
}

// reachedBy is how a level is reached, as written in the rubric.
func reachedBy(l *bank.Level) (lead string, ways []string) {
	switch {
	case len(l.Edge) > 0:
		return "drawn: ", l.Edge
	case l.Trial != "":
		return "found by a run: ", []string{l.Trial}
	}
	lead = "said: "
	if l.Need > 1 {
		lead = fmt.Sprintf("said, %d of these: ", l.Need)
	}
	if l.Calc {
		lead = "with a sum that comes out right, " + lead
	}
	return lead, l.Say
}

// Criterion draws one criterion under the reference ref: why it matters, its levels, its probe. card is the card that
// teaches it, nil for none.
func Criterion(w io.Writer, ref string, c *bank.Criterion, card *bank.Prompt) error {
	var p page
	p.add("%s", flat(c.Title))
	p.wrap("", fmt.Sprintf("%s · phase %s · %s", ref, c.Phase, plural(c.Weight, "point")), 0)
	p.gap()
	p.named("Why: ", c.Why)
	p.named("Asked once this is said: ", c.When)
	for i := range c.Levels {
		p.oneLevel(i+1, &c.Levels[i])
	}
	for _, a := range c.Against {
		p.named("Takes the mark to 0: ", a)
	}
	p.gap()
	p.named("Follow-up: ", c.Probe)
	p.gap()
	for _, x := range c.Examples.Hit {
		p.named("  raised by: ", x)
	}
	for _, x := range c.Examples.Miss {
		p.named("  not by:    ", x)
	}
	if card != nil {
		p.gap()
		p.wrap("Practise: ", drillCard(*card), 0)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// oneLevel draws a level with all that reaches it.
func (p *page) oneLevel(n int, l *bank.Level) {
	p.gap()
	p.wrap(fmt.Sprintf("%d. ", n), l.Name+": "+l.Descriptor, 0)
	lead, ways := reachedBy(l)
	p.add("   %s", strings.TrimSpace(lead))
	for _, way := range ways {
		p.wrap("     - ", way, 0)
	}
}

// named writes a text with its name, nothing for an empty one.
func (p *page) named(name, text string) {
	if strings.TrimSpace(text) != "" {
		p.wrap(name, text, 0)
	}
}
