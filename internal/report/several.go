package report

import (
	"slices"

	"interview/internal/grade"
)

// mostSheets is the number of lines that a summary gives its prompts.
const mostSheets = 22

// several draws the summary of a sitting of more than one prompt: a grade each, and what to fix first over all.
func (p *page) several(label string, sheets []Sheet) {
	all := make([]*Sheet, len(sheets))
	for i := range sheets {
		all[i] = &sheets[i]
	}
	p.screens(all)
	g, inTime := together(sheets)
	p.add("%s · %s", label, plural(len(sheets), nounOf(sheets)))
	p.score(&g, inTime)
	p.aids(sheets, g.Score())
	p.gap()
	p.rows(sheets)
	p.gap()
	p.fixes(all)
	p.gap()
	p.quotes(all)
	p.gap()
	if len(sheets) > 0 {
		p.pointer(sheets[0].Session)
	}
	p.fit()
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

// rows gives each prompt a line. Where they are too many, those with every point are counted only, then the last.
func (p *page) rows(sheets []Sheet) {
	rows, whole := sheets, 0
	if len(sheets) > mostSheets {
		rows = slices.DeleteFunc(slices.Clone(sheets), func(s Sheet) bool { return s.Grade.Max > 0 && s.Grade.Points == s.Grade.Max })
		whole = len(sheets) - len(rows)
	}
	for i := range rows[:min(len(rows), mostSheets-1)] {
		s := &rows[i]
		p.add("  %s %s %s %s", pad(cardName(s.Item.Prompt), 36), pad(points(s.Grade.Points)+" of "+points(s.Grade.Max), 12),
			pad(levelWord(s), 13), times(s.Turns))
	}
	if rest := len(rows) - mostSheets + 1; rest > 0 {
		p.add("  and %s more", plural(rest, nounOf(sheets)))
	}
	if whole > 0 {
		p.add("  and %s with every point", plural(whole, nounOf(sheets)))
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
