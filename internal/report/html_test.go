package report

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/session"
)

// Words that several marks stand on are cut where one of them begins or ends, and each number stands where its words end.
func TestCut(t *testing.T) {
	got := cut("abcdef", []span{{start: 1, end: 4, n: 1, id: "w1-1"}, {start: 3, end: 6, n: 2, id: "w2-1", against: true}, {start: 1, end: 4, n: 3, id: "w3-1"}})
	want := []piece{
		{Text: "a", Against: true},
		{Text: "bc", Marked: true, IDs: []string{"w1-1", "w3-1"}},
		{Text: "d", Marked: true, IDs: []string{"w2-1"}, Ends: []int{1, 3}},
		{Text: "ef", Marked: true, Against: true, Ends: []int{2}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	for text, pieces := range map[string]int{"": 0, "a": 1} {
		if got := cut(text, nil); len(got) != pieces {
			t.Errorf("%q in %d pieces", text, len(got))
		}
	}
}

func asPage(t *testing.T, r *Record) string {
	t.Helper()
	var b strings.Builder
	if err := HTML(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Every text of a session that could come from elsewhere stays text.
func TestHTMLEscapes(t *testing.T) {
	const evil = `"'><script>alert(1)</script><img onerror=x>` + "\x1b\x00\xff"
	r := lent()
	s := r.Session
	s.ID, s.Plan.Label, s.Plan.Prompts[0].Title, s.Plan.Mode = evil, evil, evil, evil
	s.Plan.Given = []session.Given{{Prompt: "library", Title: evil, Text: evil}}
	for i := range s.Asides {
		s.Asides[i].Question, s.Asides[i].Text = evil, evil
	}
	for i := range s.Turns {
		s.Turns[i].Step.Title, s.Turns[i].Step.Ask = evil, evil
		s.Turns[i].Text = evil + "\nclient -> " + evil + "\n```mermaid\nflowchart\na[\"" + evil + "\"] --> b\n```"
	}
	sheet := &r.Sheets[0]
	sheet.Item.Prompt.Model = map[string]string{"scope": evil, "depth": evil}
	for i := range sheet.Item.Framework.Phases {
		sheet.Item.Framework.Phases[i].Title = evil
	}
	sheet.Item.Criteria[0].Why, sheet.Cards[0].Title, sheet.Cards[0].Locus = evil, evil, evil
	for i := range sheet.Grade.Marks {
		m := &sheet.Grade.Marks[i]
		m.Title, m.Sought, m.Level = evil, evil, evil
		for k := range m.Evidence {
			m.Evidence[k].Quote = evil
		}
	}
	sheet.Grade.Screens = []grade.Screen{{Why: evil}}
	sheet.Hints = []Hint{{evil, evil}}
	f := sheet.Feedback
	f.Model, f.Err, f.Question, f.Well, f.Next, f.Notes = evil, evil, evil, []string{evil}, []string{evil}, []string{evil}
	for i := range f.Opinions {
		o := &f.Opinions[i]
		o.Level, o.Quote, o.Why, o.Void, o.Again = evil, evil, evil, evil, evil
	}
	got := asPage(t, r)
	for _, bad := range []string{"<script", "<img", "\x1b", "\x00", "\xff"} {
		if at := strings.Index(got, bad); at >= 0 {
			t.Errorf("%q stands in the page: %.200q", bad, got[max(0, at-100):])
		}
	}
	if n := strings.Count(got, "&lt;script&gt;"); n < 25 {
		t.Errorf("the text is shown %d times only", n)
	}
}

// Each mark has one number, each quote leads to words that lead back to it.
func TestHTMLLinks(t *testing.T) {
	got := asPage(t, lent())
	for _, link := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(got, -1) {
		if n := strings.Count(got, ` id="`+link[1]+`"`); n != 1 {
			t.Errorf("#%s stands %d times", link[1], n)
		}
	}
	for _, want := range []string{
		`<mark id="w1-1">users shorten a link</mark><a class="ref" href="#m1" aria-label="mark 1">1</a>`,
		`<mark id="w3-1" class="against">MD5 never collides</mark>`,
		`<li class="mark aside" id="m5">`, `because: the drawing does not parse`,
		`<em>why:</em> Two readers want the last copy`,
		`<details class="model"><summary>Model answer: Deep dive</summary><p class="said">lock the copy</p>`,
		`<th scope="row"><a href="#m1">Names what users do</a></th><td>mid</td><td>senior <strong>≠</strong></td><td class="says">“users shorten a link” (Scope, line 1) It is *clear*. asked again it said: mid</td>`,
		`<td>none</td><td>void</td><td class="says">its quote is not in the answer: “a lock”`,
		`<svg class="diagram"`, `1:02 of 1:00, late`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestRadar(t *testing.T) {
	r := lent()
	if newRadar(r) != nil {
		t.Error("a radar of two axes")
	}
	s := &r.Sheets[0]
	s.Item.Framework.Phases = append(s.Item.Framework.Phases, bank.Phase{ID: "end", Title: "End"}, bank.Phase{ID: "none", Title: "Not asked"})
	s.Grade.Marks = append(s.Grade.Marks, grade.Mark{Phase: "end", Points: 1, Max: 1})
	v := newRadar(r)
	if v == nil || len(v.Axes) != 3 || v.Before != "" {
		t.Fatalf("%+v", v)
	}
	if want := "Points raised, in percent of those asked: Scope 67 %, Deep dive 0 %, End 100 %"; v.Says != want {
		t.Errorf("says %s", v.Says)
	}
	if want := "220,84.7 220,150 135.1,199"; v.Shape != want {
		t.Errorf("the shape is %s", v.Shape)
	}
	r.Before = &session.Session{Grades: []grade.Grade{{Prompt: "library", Marks: []grade.Mark{{Phase: "scope", Points: 1, Max: 1}}}}}
	if want := "220,52 220,150 220,150"; newRadar(r).Before != want {
		t.Errorf("before: %s", newRadar(r).Before)
	}
}

// The steps stand one after the other; what went over its budget is told apart.
func TestTimeline(t *testing.T) {
	rows := newTimeline(lent().Session)
	if len(rows) != 2 {
		t.Fatal(rows)
	}
	// 250 s of 300, then 62 s of 60: the whole line is 312 s.
	if r := rows[0]; r.From != 2 || r.Budget != 957.7 || r.Used != 798.1 || r.Over != 0 {
		t.Errorf("%+v", r)
	}
	if r := rows[1]; r.From != 800.1 || r.Used != 191.5 || r.OverFrom != 991.6 || r.Over != 6.4 {
		t.Errorf("%+v", r)
	}
	s := session.Session{Turns: []session.Turn{{Step: session.Step{Title: "x"}}}}
	if rows := newTimeline(&s); rows != nil {
		t.Error("a timeline without time", rows)
	}
	s.Pauses = []session.Pause{{From: time.Unix(0, 0), To: time.Unix(90, 0)}}
	s.Turns[0].Took = time.Minute
	if rows := newTimeline(&s); rows[0].Pauses != "1 pause, 1:30" {
		t.Error(rows)
	}
}

func TestHTMLChange(t *testing.T) {
	r := lent()
	before := *r.Session
	g := before.Grades[0]
	g.Rubric = "other"
	g.Marks = append([]grade.Mark(nil), g.Marks...)
	g.Marks[0].Points, g.Marks[2].Points = 0, 1
	before.Grades = []grade.Grade{g}
	r.Before = &before
	v := newChange(r)
	if len(v.Rows) != 2 || v.Rows[0] != (changeRow{"won", "Names what users do", "0 of 1", "1 of 1"}) || v.Rows[1].Word != "lost" || v.Same != 2 || v.Note == "" {
		t.Errorf("%+v", v)
	}
}
