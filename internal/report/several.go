package report

import (
	"fmt"

	"interview/internal/grade"
)

// mostSheets is how many lines a summary gives its prompts before it leaves out those with full points.
const mostSheets = 22

// several draws the summary of a sitting of more than one prompt: a grade each, and what to fix first over all.
func (p *page) several(label string, sheets []Sheet) {
	all := make([]*Sheet, len(sheets))
	for i := range sheets {
		all[i] = &sheets[i]
		p.screens(all[i])
	}
	g, inTime := together(sheets)
	p.add("%s · %s", label, plural(len(sheets), nounOf(sheets)))
	p.add("Raised %s", scoreLine(&g, inTime))
	p.gap()
	p.rows(sheets)
	p.gap()
	p.fixes(all)
	p.gap()
	p.quotes(all)
	if len(sheets) > 0 && sheets[0].Session != "" {
		p.gap()
		p.add("Every mark: interview review show %s", sheets[0].Session)
	}
}

func nounOf(sheets []Sheet) string {
	for i := range sheets {
		if sheets[i].Item.Prompt.Deck == "" {
			return "prompt"
		}
	}
	return "card"
}

// together adds the points of several grades up.
func together(sheets []Sheet) (sum grade.Grade, inTime *grade.Grade) {
	var early grade.Grade
	late := false
	for i := range sheets {
		g, t := &sheets[i].Grade, sheets[i].InTime
		sum.Points, sum.Max, sum.Possible = sum.Points+g.Points, sum.Max+g.Max, sum.Possible+g.Possible
		if t == nil {
			t = g
		} else {
			late = true
		}
		early.Points += t.Points
	}
	if late {
		inTime = &early
	}
	return sum, inTime
}

// rows gives each prompt a line.
func (p *page) rows(sheets []Sheet) {
	left := 0
	for i := range sheets {
		s := &sheets[i]
		g := &s.Grade
		if len(sheets) > mostSheets && g.Max > 0 && g.Points == g.Max {
			left++
			continue
		}
		name := flat(s.Item.Prompt.Title)
		if s.Item.Prompt.Locus != "" {
			name = flat(s.Item.Prompt.Locus) + " · " + name
		}
		p.add("  %s%s%s%s", pad(name, 40), pad(fmt.Sprintf("%s of %s", points(g.Points), points(g.Max)), 13), pad(levelWord(s), 14), times(s.Turns))
	}
	if left > 0 {
		p.add("  and %s with every point", plural(left, nounOf(sheets)))
	}
}

func levelWord(s *Sheet) string {
	switch ladder := s.Item.Framework.Ladder; {
	case s.Grade.Level != "":
		return s.Grade.Level
	case len(ladder) > 0:
		return "below " + ladder[0]
	}
	return ""
}
