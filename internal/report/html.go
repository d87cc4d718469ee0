package report

import (
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"interview/internal/diagram"
	"interview/internal/grade"
	"interview/internal/session"
)

// The pages are files without scripts, fonts or pictures from elsewhere; their policy forbids what they do not need. All
// text of people goes through html/template, which escapes it by where it stands.
//
//go:embed pages
var pageFiles embed.FS

var pageTemplates = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(pageFiles, "pages/*.html"))
})

// style is the sheet of style of every page.
func style() template.CSS {
	css, _ := pageFiles.ReadFile("pages/style.css") // embedded
	return template.CSS(css)
}

// PageMark stands in every page, so that a later run may tell its own pages from others.
const PageMark = `<meta name="generator" content="interview">`

// HTML writes a session as one page that needs nothing else.
func HTML(w io.Writer, r *Record) error {
	return pageTemplates().ExecuteTemplate(w, "session.html", newSessionPage(r))
}

// sessionPage is what pages/session.html draws.
type sessionPage struct {
	Style           template.CSS
	Title, ID, When string
	Overview        string     // address, "" for none
	Score           *scoreView // nil where nothing is graded
	Ungraded        string     // why not
	Notes           []string
	Radar           *radar
	Phases          []phaseRow
	PhaseHead       string
	Timed           bool // each phase has a time
	Concepts        []phaseRow
	Steps           []stepRow
	Untimed         bool   // no step has a budget
	InAll           string // time of all steps, where there are several
	Fixes           []fixView
	Change          *changeView
	Turns           []turnView
	Rest            []restView
	Judges          []*judgeView
}

type scoreView struct {
	Percent string // of all that was asked
	Line    string
	Levels  []string
}

// phaseRow is a phase, a prompt or a concept with what was raised of it.
type phaseRow struct {
	Name, Count, Points, Time string
	Got, Max                  float64
}

type fixView struct{ Title, Where, Sought, Command string }

type turnView struct {
	ID, Title, Took string
	Given           []namedText
	Ask             string
	Before, After   []namedText // talk before the answer, feedback after it
	Answer          []piece
	Drawing         template.HTML
	Marks           []markView
	Models          []modelView
}

type modelView struct {
	Title, Text string
	Drawing     template.HTML
}

type restView struct {
	Title string
	Marks []markView
}

// markView is a mark under its number, by which the words that earned it point to it.
type markView struct {
	N                     int
	Verdict, Title, Level string
	Class                 string // raised, missed or aside
	Points                string // "1 of 2", "" where it is not counted
	Quotes                []quoteView
	Because               string
	SoughtWord, Sought    string
	Why                   string
}

type quoteView struct {
	ID, Text, Where string
	Against         bool
}

// numbering gives each mark of a record a number, and makes the views that show it.
type numbering struct {
	r *Record
	n map[*grade.Mark]int
}

func newSessionPage(r *Record) *sessionPage {
	s := r.Session
	p := &sessionPage{Style: style(), Title: Clean(r.title()), ID: Clean(s.ID), When: when(s), Overview: r.Overview}
	p.score(r)
	p.Radar = newRadar(r)
	p.rows(r)
	if p.Steps = newTimeline(s); len(p.Steps) > 1 {
		p.InAll = times(s.Turns)
	}
	p.Untimed = !slices.ContainsFunc(s.Turns, func(t session.Turn) bool { return t.Step.Budget > 0 })
	p.Fixes = fixViews(r)
	p.Change = newChange(r)
	k := numbering{r: r, n: map[*grade.Mark]int{}}
	turns := r.turns()
	for i := range turns {
		for _, m := range turns[i].marks {
			k.n[m] = len(k.n) + 1
		}
	}
	for i := range r.Sheets {
		for _, m := range r.Sheets[i].wordless() {
			k.n[m] = len(k.n) + 1
		}
	}
	seen := map[string]int{}
	for i := range turns {
		t := &turns[i]
		p.Turns = append(p.Turns, k.turn(turns, i, seen[t.Step.Prompt]))
		seen[t.Step.Prompt]++
	}
	p.Rest, p.Judges = k.rest(), k.judges()
	return p
}

// score fills what stands at the top.
func (p *sessionPage) score(r *Record) {
	if len(r.Sheets) == 0 {
		p.Ungraded = ungraded(r.Session)
		return
	}
	g, inTime := together(r.Sheets)
	p.Score = &scoreView{Percent: fmt.Sprintf("%.0f %%", 100*g.Score()), Line: "Raised " + scoreLine(&g)}
	all := make([]*Sheet, len(r.Sheets))
	for i := range r.Sheets {
		all[i] = &r.Sheets[i]
	}
	if inTime != nil {
		p.Notes = append(p.Notes, fmt.Sprintf("Raised in time %s, in all %s", points(inTime.Points), points(g.Points)))
	}
	if len(all) == 1 {
		p.level(all[0])
	}
	p.Notes = append(p.Notes, aidNotes(r.Sheets, g.Score())...)
	for _, n := range screenNotes(all) {
		p.Notes = append(p.Notes, "Not counted: "+n)
	}
	for i := range p.Notes {
		p.Notes[i] = Clean(p.Notes[i])
	}
}

// ungraded says why a session has no grade.
func ungraded(s *session.Session) string {
	switch {
	case s.Unfinished():
		return fmt.Sprintf("Not finished: step %d of %d is next.", min(s.Current+1, len(s.Plan.Steps)), len(s.Plan.Steps))
	case s.Plan.Mode == session.ModeFlip:
		return "Rated by you, not graded."
	}
	return "Not graded."
}

func (p *sessionPage) level(s *Sheet) {
	ladder := s.Item.Framework.Ladder
	if len(ladder) == 0 || s.Grade.Max == 0 {
		return
	}
	word := levelWord(s)
	p.Score.Levels = append(p.Score.Levels, "Level "+Clean(word))
	if next := slices.Index(ladder, s.Grade.Level) + 1; next < len(ladder) && len(s.Grade.Next) > 0 {
		p.Notes = append(p.Notes, "Missing for "+ladder[next]+": "+few(s.missingTitles(), 4))
	}
	if s.Confirmed != nil {
		p.Notes = append(p.Notes, fmt.Sprintf("Confirmed by you %s of the points raised", points(*s.Confirmed)))
	}
}

// rows fills the tables of phases or prompts, and of concepts.
func (p *sessionPage) rows(r *Record) {
	if len(r.Sheets) != 1 {
		p.PhaseHead, p.Timed = "Prompt", true
		for i := range r.Sheets {
			s := &r.Sheets[i]
			all := tally(s.Grade.Marks, func(*grade.Mark) bool { return true })
			p.Phases = append(p.Phases, newRow(cardName(s.Item.Prompt), all, s.Grade.Points, s.Grade.Max, times(s.Turns)))
		}
		return
	}
	s := &r.Sheets[0]
	p.PhaseHead, p.Timed = "Phase", !s.onePage()
	for _, ph := range s.Item.Framework.Phases {
		of := func(m *grade.Mark) bool { return m.Phase == ph.ID }
		count, turns := tally(s.Grade.Marks, of), turnsOf(s.Turns, ph.ID)
		if !count.none() || len(turns) > 0 {
			got, most := sumOf(s.Grade.Marks, of)
			took := times(turns)
			if p.Timed {
				took = cmp.Or(took, "–")
			}
			p.Phases = append(p.Phases, newRow(flat(ph.Title), count, got, most, took))
		}
	}
	for _, c := range s.Cards {
		of := func(m *grade.Mark) bool { return m.Concept == c.ID }
		if count := tally(s.Grade.Marks, of); !count.none() && s.Item.Prompt.Deck == "" {
			got, most := sumOf(s.Grade.Marks, of)
			p.Concepts = append(p.Concepts, newRow(cardName(c), count, got, most, ""))
		}
	}
}

func newRow(name string, c count, got, most float64, time string) phaseRow {
	row := phaseRow{Name: name, Count: c.String(), Time: time, Got: got, Max: most}
	if most > 0 {
		row.Points = points(got) + " of " + points(most)
	}
	return row
}

// sumOf is the points of some marks, and those that were judged.
func sumOf(marks []grade.Mark, of func(*grade.Mark) bool) (got, most float64) {
	for i := range marks {
		if m := &marks[i]; of(m) {
			got, most = got+m.Points, most+m.Max
		}
	}
	return got, most
}

func fixViews(r *Record) []fixView {
	all := make([]*Sheet, len(r.Sheets))
	for i := range r.Sheets {
		all[i] = &r.Sheets[i]
	}
	lost := misses(all)
	var out []fixView
	for _, x := range lost[:min(mostFixes, len(lost))] {
		out = append(out, fixView{Title: flat(x.m.Title), Sought: Clean(x.m.Sought), Command: x.s.drill(x.m),
			Where: fmt.Sprintf("%s, %s of %s points", x.s.phaseTitle(x.m.Phase), points(x.m.Points), points(x.m.Max))})
	}
	return out
}

// turn is the i-th turn; answer is its number among those of its prompt.
func (k *numbering) turn(turns []turn, i, answer int) turnView {
	t, s := &turns[i], k.r.Session
	v := turnView{ID: fmt.Sprintf("t%d", i+1), Title: turnTitle(s, t.Turn), Took: took(t.Turn), Ask: Clean(t.Step.Ask), Drawing: svg(t.graph)}
	if k.r.firstOf(i) {
		for _, g := range k.r.given(t.Step.Prompt) {
			v.Given = append(v.Given, namedText{givenTitle(&g), Clean(g.Text)})
		}
	}
	for _, a := range s.AsidesOf(t.Index, "") {
		v.Before = append(v.Before, namedText{"You asked", Clean(a.Question)}, namedText{"Interviewer", Clean(a.Text)})
	}
	for _, a := range s.AsidesOf(t.Index, session.Hinted) {
		v.Before = append(v.Before, namedText{"Hint", Clean(a.Text)})
	}
	for _, a := range afterwards(s, t.Index) {
		v.After = append(v.After, namedText{a.Name, Clean(a.Text)})
	}
	v.Answer = k.pieces(t, answer)
	for _, m := range t.marks {
		v.Marks = append(v.Marks, k.mark(t.sheet, m))
	}
	if t.sheet != nil {
		v.Models = models(turns, i)
	}
	return v
}

// models are the model answers that belong below the i-th turn: that of its phase where no later turn is of that phase, of
// every phase below a single page.
func models(turns []turn, i int) []modelView {
	t := &turns[i]
	for _, later := range turns[i+1:] {
		if later.Step.Prompt == t.Step.Prompt && later.Step.Phase == t.Step.Phase {
			return nil
		}
	}
	var out []modelView
	for _, ph := range t.sheet.Item.Framework.Phases {
		if text := t.sheet.Item.Prompt.Model[ph.ID]; text != "" && (t.Step.Phase == ph.ID || t.Step.Phase == "") {
			out = append(out, modelView{flat(ph.Title), Clean(strings.TrimSpace(text)), svg(Drawn(text))})
		}
	}
	return out
}

// svg is a drawing as part of a page; diagram escapes its labels.
func svg(g diagram.Graph) template.HTML {
	if len(g.Nodes) == 0 {
		return ""
	}
	return template.HTML(diagram.SVG(g))
}

func (k *numbering) rest() []restView {
	var out []restView
	for i := range k.r.Sheets {
		s := &k.r.Sheets[i]
		for _, ph := range s.Item.Framework.Phases {
			v := restView{Title: flat(phaseOf(s, k.r.Sheets, ph.Title))}
			for _, m := range inPhase(s.wordless(), ph.ID) {
				v.Marks = append(v.Marks, k.mark(s, m))
			}
			if len(v.Marks) > 0 {
				out = append(out, v)
			}
		}
	}
	return out
}

func (k *numbering) mark(s *Sheet, m *grade.Mark) markView {
	v := markView{N: k.n[m], Verdict: verdict(m), Title: flat(m.Title), Level: flat(m.Level), Class: "missed", Because: Clean(m.Unmarked)}
	switch {
	case m.NotAsked || m.Unmarked != "":
		v.Class = "aside"
	case m.Points > 0:
		v.Class = "raised"
	}
	if v.Class != "aside" {
		v.Points = points(m.Points) + " of " + points(m.Max)
	}
	for i, e := range m.Evidence {
		v.Quotes = append(v.Quotes, quoteView{evidenceID(v.N, i), flat(e.Quote), s.lines(e.Answer, e.Start, e.End), e.Against})
	}
	if m.Unmarked != "" || m.Sought == "" {
		return v
	}
	v.SoughtWord, v.Sought = strings.TrimSuffix(soughtWord(m), ": "), Clean(m.Sought)
	if c := criterion(s.Item, m.Criterion); c != nil && m.Points < m.Max {
		v.Why = Clean(c.Why)
	}
	return v
}
