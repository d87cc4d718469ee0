package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/session"
)

// Most lines of each part: together they keep the short report within Height.
const (
	mostPhases   = 7
	mostConcepts = 8
	mostFixes    = 2
	mostQuotes   = 3
)

// short draws the report of one prompt.
func (p *page) short(s *Sheet) {
	p.screens([]*Sheet{s})
	p.add("%s · %s", flat(s.Item.Prompt.Title), s.Item.Prompt.ID)
	if s.Item.Prompt.ID == bank.QuestionID {
		p.add("By the generic rubrics only: this judges the shape, not this problem")
	}
	p.score(&s.Grade, s.InTime)
	if s.Confirmed != nil {
		p.add("Confirmed by you %s of the points raised", points(*s.Confirmed))
	}
	p.level(s)
	p.aids([]Sheet{*s}, s.Grade.Score())
	p.gap()
	p.phases(s)
	p.gap()
	p.concepts(s)
	p.gap()
	p.fixes([]*Sheet{s})
	p.gap()
	p.quotes([]*Sheet{s})
	p.gap()
	p.aside(s)
	p.fit()
}

// screens says first of all what was not counted, from where and why.
func (p *page) screens(sheets []*Sheet) {
	if notes := screenNotes(sheets); len(notes) > 0 {
		p.wrap("Not counted: ", strings.Join(notes, "; "), 2)
	}
}

func screenNotes(sheets []*Sheet) []string {
	var parts, whys []string // by reason, in order
	for _, s := range sheets {
		for _, c := range s.Grade.Screens {
			lines := s.lines(c.Answer, c.Start, c.End)
			if at := slices.Index(whys, c.Why); at >= 0 {
				if !strings.Contains(", "+parts[at]+",", ", "+lines+",") {
					parts[at] += ", " + lines
				}
				continue
			}
			parts, whys = append(parts, lines), append(whys, c.Why)
		}
	}
	for i := range parts {
		parts[i] += " (" + whys[i] + ")"
	}
	return parts
}

// score says what was raised, and what of it in time where that differs.
func (p *page) score(g, inTime *grade.Grade) {
	p.add("Raised %s", scoreLine(g))
	if inTime != nil {
		p.add("Raised in time %s, in all %s", points(inTime.Points), points(g.Points))
	}
}

// scoreLine is the score with its coverage. The percentage counts what could not be judged as not earned.
func scoreLine(g *grade.Grade) string {
	rest := notJudged(g)
	switch {
	case g.Max == 0:
		return "nothing: no criterion could be judged" + rest
	case rest != "":
		return fmt.Sprintf("%s of %s points%s, %.0f %% of all", points(g.Points), points(g.Max), rest, 100*g.Score())
	}
	return fmt.Sprintf("%s of %s points (%.0f %%)", points(g.Points), points(g.Max), 100*g.Score())
}

func notJudged(g *grade.Grade) string {
	if rest := g.Possible - g.Max; rest > 0 {
		return fmt.Sprintf(", %s more not judged", points(rest))
	}
	return ""
}

// level names the rung and what is missing for the next one.
func (p *page) level(s *Sheet) {
	ladder := s.Item.Framework.Ladder
	if len(ladder) == 0 || s.Grade.Max == 0 {
		return
	}
	at := slices.Index(ladder, s.Grade.Level)
	switch {
	case at == len(ladder)-1:
		p.add("Level %s, the highest rung", ladder[at])
		return
	case at < 0:
		p.add("Level below %s, the first rung", ladder[0])
	default:
		p.add("Level %s", ladder[at])
	}
	if missing := s.missingTitles(); len(missing) > 0 {
		p.wrap("Missing for "+ladder[at+1]+": ", few(missing, 4), 2)
	}
}

// missingTitles are the criteria that stand between the grade and the next rung.
func (s *Sheet) missingTitles() []string {
	var missing []string
	for _, id := range s.Grade.Next {
		missing = append(missing, s.title(id))
	}
	return missing
}

// few joins the first n and counts the rest.
func few(items []string, n int) string {
	if len(items) <= n {
		return strings.Join(items, "; ")
	}
	return fmt.Sprintf("%s; and %d more", strings.Join(items[:n], "; "), len(items)-n)
}

// The two tables of the short report share their columns.
const (
	nameWidth  = 31
	countWidth = 23
)

func row(name, count, time string) string {
	return "  " + pad(name, nameWidth-1) + " " + pad(count, countWidth-1) + " " + time
}

func heading(name, time string) string {
	return pad(name, nameWidth+2) + pad("raised of asked", countWidth) + time
}

// phases draws a line per phase: raised of asked, and the time where there was a clock.
func (p *page) phases(s *Sheet) {
	timed := len(s.Turns) > 0 && !s.onePage()
	var rows []string
	for _, ph := range s.Item.Framework.Phases {
		count := tally(s.Grade.Marks, func(m *grade.Mark) bool { return m.Phase == ph.ID })
		turns := turnsOf(s.Turns, ph.ID)
		if timed && len(turns) > 0 || !timed && !count.none() {
			rows = append(rows, row(flat(ph.Title), count.String(), times(turns)))
		}
	}
	if len(rows) > mostPhases {
		rows = append(rows[:mostPhases-1], fmt.Sprintf("  and %d phases more: --full", len(rows)-mostPhases+1))
	}
	if len(rows) == 0 {
		return
	}
	head := ""
	if len(s.Turns) > 0 {
		head = "time of budget"
	}
	p.add("%s", heading("Phase", head))
	for _, r := range rows {
		p.add("%s", r)
	}
	if len(s.Turns) > 0 && len(rows) > 1 {
		p.add("%s", row("in all", "", times(s.Turns)))
	}
}

func turnsOf(turns []session.Turn, phase string) []session.Turn {
	var out []session.Turn
	for _, t := range turns {
		if t.Step.Phase == phase {
			out = append(out, t)
		}
	}
	return out
}

// times adds up the steps of one phase.
func times(turns []session.Turn) string {
	var sum session.Turn
	for _, t := range turns {
		sum.Took += t.Took
		sum.Step.Budget += t.Step.Budget
		sum.TimeUp = sum.TimeUp || t.TimeUp
	}
	switch {
	case len(turns) == 0:
		return ""
	case sum.Step.Budget == 0:
		return Clock(sum.Took)
	case sum.TimeUp:
		return fmt.Sprintf("%s of %s, late", Clock(sum.Took), Clock(sum.Step.Budget))
	}
	return fmt.Sprintf("%s of %s", Clock(sum.Took), Clock(sum.Step.Budget))
}

// count is how many of the criteria asked were raised, and how many could not be judged.
type count struct{ raised, asked, unmarked, notAsked int }

func tally(marks []grade.Mark, of func(*grade.Mark) bool) count {
	var c count
	for i := range marks {
		switch m := &marks[i]; {
		case !of(m):
		case m.NotAsked:
			c.notAsked++
		case m.Unmarked != "":
			c.asked++
			c.unmarked++
		default:
			c.asked++
			if m.Points > 0 {
				c.raised++
			}
		}
	}
	return c
}

func (c count) none() bool { return c == count{} }

func (c count) String() string {
	switch {
	case c.asked == 0:
		return "not asked"
	case c.unmarked > 0:
		return fmt.Sprintf("%d of %d, %d not judged", c.raised, c.asked, c.unmarked)
	}
	return fmt.Sprintf("%d of %d", c.raised, c.asked)
}

// concepts draws a line per Core Concept: all cards of the deck after a whole interview; those that marks point at after a
// part of one, for a card, or where the cards are too many.
func (p *page) concepts(s *Sheet) {
	of := func(id string) count {
		return tally(s.Grade.Marks, func(m *grade.Mark) bool { return m.Concept == id })
	}
	cards := s.Cards
	if len(cards) > mostConcepts || !s.whole() {
		cards = slices.DeleteFunc(slices.Clone(cards), func(c bank.Prompt) bool { return of(c.ID).none() })
	}
	if len(cards) == 0 || s.Item.Prompt.Deck != "" {
		return
	}
	p.add("%s", heading("Concept", ""))
	for i, c := range cards {
		if i == mostConcepts-1 && len(cards) > mostConcepts {
			p.add("  and %d concepts more: --full", len(cards)-i)
			break
		}
		p.add("%s", row(cardName(c), of(c.ID).String(), ""))
	}
}

// onePage is true where the person brought the structure: no phase was posed.
func (s *Sheet) onePage() bool {
	return len(s.Turns) > 0 && !slices.ContainsFunc(s.Turns, func(t session.Turn) bool { return t.Step.Phase != "" })
}

// whole is true where every phase was asked.
func (s *Sheet) whole() bool {
	if s.onePage() {
		return true
	}
	for _, ph := range s.Item.Framework.Phases {
		if len(s.Turns) > 0 && len(turnsOf(s.Turns, ph.ID)) == 0 {
			return false
		}
	}
	return true
}

// cardName puts the place in the walk before the concept.
func cardName(c bank.Prompt) string {
	if c.Locus == "" {
		return flat(c.Title)
	}
	return flat(c.Locus) + " · " + flat(c.Title)
}

// miss is a mark that lost points, with its sheet.
type miss struct {
	s    *Sheet
	m    *grade.Mark
	next bool // stands between the grade and the next rung
}

// misses lists what lost most first; at equal loss what the next rung needs, then the order of the marks.
func misses(sheets []*Sheet) []miss {
	var out []miss
	for _, s := range sheets {
		for i := range s.Grade.Marks {
			m := &s.Grade.Marks[i]
			if !m.NotAsked && m.Unmarked == "" && m.Points < m.Max {
				out = append(out, miss{s, m, slices.Contains(s.Grade.Next, m.Criterion)})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b miss) int {
		return cmp.Or(cmp.Compare(b.m.Max-b.m.Points, a.m.Max-a.m.Points), cmp.Compare(rank(b.next), rank(a.next)))
	})
	return out
}

func rank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// fixes names the two things to fix first, each with the command that drills it.
func (p *page) fixes(sheets []*Sheet) {
	all := misses(sheets)
	if len(all) == 0 {
		return
	}
	p.add("Fix first")
	for i, x := range all[:min(mostFixes, len(all))] {
		p.tail(fmt.Sprintf("  %d. ", i+1), x.m.Title, fmt.Sprintf(" (%s, %s of %s points)", x.s.phaseTitle(x.m.Phase), points(x.m.Points), points(x.m.Max)))
		if x.m.Sought != "" {
			p.wrap("     looked for: ", x.m.Sought, 2)
		}
		p.add("     %s", x.s.drill(x.m))
	}
}

// drill is the command that practises what a mark missed: the card that teaches it, else the phase.
func (s *Sheet) drill(m *grade.Mark) string {
	for _, c := range s.Cards {
		if c.ID == m.Concept {
			return drillCard(c)
		}
	}
	if s.Item.Prompt.Deck != "" {
		return drillCard(s.Item.Prompt)
	}
	return fmt.Sprintf("interview drill %s --phase %s", s.Item.Prompt.ID, m.Phase)
}

func drillCard(c bank.Prompt) string {
	return fmt.Sprintf("interview drill %s --card %s", c.Deck, strings.TrimPrefix(c.ID, c.Deck+"-"))
}

// quotes shows the person's best sentences: the marks with most points, one quote each.
func (p *page) quotes(sheets []*Sheet) {
	type best struct {
		s *Sheet
		m *grade.Mark
		e grade.Evidence
	}
	var all []best
	for _, s := range sheets {
		for i := range s.Grade.Marks {
			if m := &s.Grade.Marks[i]; m.Points > 0 {
				if e, ok := leading(m); ok {
					all = append(all, best{s, m, e})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b best) int { return cmp.Compare(b.m.Points, a.m.Points) })
	seen := map[string]bool{}
	for _, x := range all {
		if len(seen) == mostQuotes || seen[x.e.Quote] {
			continue
		}
		if len(seen) == 0 {
			p.add("Best in your words")
		}
		seen[x.e.Quote] = true
		p.tail("  “", x.e.Quote, "”")
		p.tail("     raised: ", x.m.Title, fmt.Sprintf("%s, %s", reached(x.m), x.s.lines(x.e.Answer, x.e.Start, x.e.End)))
	}
}

// leading is the first quote that speaks for the mark.
func leading(m *grade.Mark) (grade.Evidence, bool) {
	for _, e := range m.Evidence {
		if !e.Against {
			return e, true
		}
	}
	return grade.Evidence{}, false
}

func reached(m *grade.Mark) string {
	if m.Level == "" {
		return ""
	}
	return " (" + flat(m.Level) + ")"
}

// aside shows what the score leaves out: not judged and not asked.
func (p *page) aside(s *Sheet) {
	var unmarked, notAsked []string
	for i := range s.Grade.Marks {
		switch m := &s.Grade.Marks[i]; {
		case m.NotAsked:
			notAsked = append(notAsked, flat(m.Title))
		case m.Unmarked != "":
			unmarked = append(unmarked, flat(m.Title)+": "+flat(m.Unmarked))
		}
	}
	if len(unmarked) > 0 {
		p.wrap("Not judged: ", few(unmarked, 2), 2)
	}
	if len(notAsked) > 0 {
		p.wrap("Not asked, costs nothing: ", few(notAsked, 2), 1)
	}
	p.pointer(s.Session)
}

// pointer says where every mark is to be seen, unless that follows.
func (p *page) pointer(id string) {
	if id != "" && !p.full {
		p.add("Every mark: interview review show %s", id)
	}
}

// title is the name of a criterion, or its id where the sheet does not know it.
func (s *Sheet) title(id string) string {
	for i := range s.Grade.Marks {
		if s.Grade.Marks[i].Criterion == id {
			return flat(s.Grade.Marks[i].Title)
		}
	}
	return id
}

func (s *Sheet) phaseTitle(id string) string {
	if ph, ok := s.Item.Phase(id); ok {
		return flat(ph.Title)
	}
	return id
}

// lines says where a span stands: the phase, and the lines counted from the start of its answer.
func (s *Sheet) lines(answer, start, end int) string {
	if answer < 0 || answer >= len(s.Answers) {
		return "elsewhere"
	}
	a := s.Answers[answer]
	start, end = min(max(start, 0), len(a.Text)), min(max(end, 0), len(a.Text))
	from := 1 + strings.Count(a.Text[:start], "\n")
	to := max(from, 1+strings.Count(strings.TrimRight(a.Text[:end], "\n"), "\n"))
	where := fmt.Sprintf("line %d", from)
	if to > from {
		where = fmt.Sprintf("lines %d–%d", from, to)
	}
	if a.Phase == "" {
		return where
	}
	return s.stepTitle(answer) + ", " + where
}

// stepTitle names the phase of an answer, or its step where the phase has several.
func (s *Sheet) stepTitle(answer int) string {
	phase := s.Answers[answer].Phase
	of := turnsOf(s.Turns, phase)
	if len(of) > 1 && answer < len(s.Turns) && s.Turns[answer].Step.Title != "" {
		return flat(s.Turns[answer].Step.Title)
	}
	return s.phaseTitle(phase)
}
