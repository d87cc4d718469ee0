package report

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/session"
)

// lent is the session of the sheet library, with a drawing, a question and a hint.
func lent() *Record {
	sheet := library()
	at := time.Date(2026, 8, 24, 10, 15, 0, 0, time.Local)
	s := session.Session{
		ID: sheet.Session, OpenedAt: at, ClosedAt: at.Add(6 * time.Minute), Grades: []grade.Grade{sheet.Grade},
		Plan: session.Plan{Label: "library", Mode: session.ModeMock, Prompts: []bank.Prompt{sheet.Item.Prompt}},
		Asides: []session.Aside{{Question: "how many <b>readers</b>?", Text: "20,000."}, {Step: 1, What: session.Hinted, Text: "Say what is locked."},
			{Step: 1, What: session.Told, Text: "Not yet."}},
	}
	for i := range sheet.Turns {
		t := &sheet.Turns[i]
		t.Index, t.Step.Prompt, t.Step.Title = i, "library", sheet.Item.Framework.Phases[i].Title
	}
	sheet.Turns[0].Step.Ask = "What must it *do*?"
	sheet.Turns[1].Step.Ask = "Where does it break?"
	sheet.Turns[1].Text += "\nreader -> desk -> db\n<script>alert(1)</script>"
	sheet.Answers[1].Text = sheet.Turns[1].Text
	first := sheet.Grade.Marks[0].Evidence[0]
	sheet.Feedback = &grade.Feedback{Model: "a-model", Opinions: []grade.Opinion{
		{Criterion: "users", Level: "senior", Quote: first.Quote, End: first.End, Why: "It is *clear*.", Again: "mid"},
		{Criterion: "locks", Level: "mid", Quote: "a lock", Void: "its quote is not in the answer"},
	}, Well: []string{"The load."}, Question: "And the last copy?"}
	s.Turns = sheet.Turns
	for _, t := range s.Turns {
		s.Plan.Steps = append(s.Plan.Steps, t.Step)
	}
	return &Record{Session: &s, Sheets: []Sheet{sheet}}
}

func TestTranscriptMarks(t *testing.T) {
	var text, md strings.Builder
	if err := Transcript(&text, lent()); err != nil {
		t.Fatal(err)
	}
	if err := Markdown(&md, lent()); err != nil {
		t.Fatal(err)
	}
	golden(t, "transcript", text.String())
	golden(t, "markdown", md.String())
	for _, m := range library().Grade.Marks {
		if n := strings.Count(text.String(), pad(verdict(&m), 11)+" "+m.Title+earned(&m)+"\n"); n != 1 {
			t.Errorf("%s stands %d times in the transcript", m.Title, n)
		}
		if n := strings.Count(md.String(), "- **"+m.Title+"**: "+verdict(&m)); n != 1 {
			t.Errorf("%s stands %d times in the Markdown", m.Title, n)
		}
	}
}

func TestCSV(t *testing.T) {
	r := lent()
	m := &r.Sheets[0].Grade.Marks[0]
	m.Evidence[0].Quote, m.Points = "=HYPERLINK(\"x\"), and\nmore", 2./3
	var b strings.Builder
	if err := CSV(&b, r); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil || len(rows) != 1+len(r.Sheets[0].Grade.Marks) {
		t.Fatal(rows, err)
	}
	if got := strings.Join(rows[1], "|"); !strings.HasSuffix(got, "|mock|library|scope|users|Names what users do|raised|mid|0.6667|1| =HYPERLINK(\"x\"), and\nmore|") {
		t.Errorf("%q", got)
	}
	if got := strings.Join(rows[5][5:], "|"); got != "drawing|Draws the read path|not judged||0|0||" {
		t.Errorf("%q", got)
	}
}
