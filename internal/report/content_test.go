package report

import (
	"strings"
	"testing"
	"time"

	"github.com/rivo/uniseg"

	"interview/internal/bank"
	"interview/internal/review"
	"interview/internal/session"
)

// Tables keep to the width and never cut an id; a deck is one line.
func TestTables(t *testing.T) {
	long := strings.Repeat("long-", 12) + "id"
	var list, sessions strings.Builder
	if err := List(&list, []bank.Head{
		{ID: "a", Track: "t", Title: strings.Repeat("wide 漢字 ", 20)},
		{ID: "deck-a", Track: "t", Title: "A", Deck: "deck"},
		{ID: long, Track: "t", Title: "a\tb\x1b[2J"},
		{ID: "deck-b", Track: "t", Title: "B", Deck: "deck"},
	}); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.Local)
	if err := Sessions(&sessions, []review.Entry{
		{ID: long, At: at, Finished: true, Graded: true, Score: .666, Level: "senior"}, {ID: "b", At: at, Finished: true}, {ID: "c", At: at, Step: 2, Steps: 9},
		{ID: strings.Repeat("x", mostID), At: at, Took: 99 * time.Minute, Level: strings.Repeat("level", 9)},
	}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{long, "deck  ", "2 cards", "a b␛[2J"} {
		if !strings.Contains(list.String(), want) {
			t.Errorf("no %q in\n%s", want, list.String())
		}
	}
	for _, want := range []string{long, "2026-11-24 10:00", "67 % ███████░░░", "not graded", "open, 2 of 9", "senior"} {
		if !strings.Contains(sessions.String(), want) {
			t.Errorf("no %q in\n%s", want, sessions.String())
		}
	}
	for line := range strings.Lines(list.String() + sessions.String()) {
		if w := uniseg.StringWidth(strings.TrimSuffix(line, "\n")); w > Width && !strings.HasPrefix(line, long) {
			t.Errorf("%d columns: %s", w, line)
		}
	}
}

func TestTranscript(t *testing.T) {
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.Local)
	step := session.Step{Prompt: "p", Title: "Title\x1b", Budget: time.Minute}
	s := session.Session{
		ID: "id", OpenedAt: at, Plan: session.Plan{Label: "label", Mode: session.ModeMock, Steps: []session.Step{step, step}, Prompts: make([]bank.Prompt, 2)},
		Turns: []session.Turn{
			{Step: step, Text: "said " + strings.Repeat("and said ", 20) + "\x07", Took: 61 * time.Second, TimeUp: true},
			{Step: step, Index: 1, Draft: true},
		},
		Asides: []session.Aside{{Question: "how many?\x1b", Text: "A thousand."}, {What: session.Hinted, Text: "Count them."}, {What: session.Told, Text: "Raised."}, {Step: 1, What: session.Model, Text: "The other side."}},
	}
	s.Turns[1].Step.Probe, s.Turns[1].Step.Ask, s.Turns[1].Rating = "c", "And then?", 3
	var out strings.Builder
	if err := Transcript(&out, &Record{Session: &s}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"label · id\nbegun 2026-11-24 10:00, not finished, mock\n", "[1/2] Title␛ · p\n  You asked\n    how many?␛\n  Interviewer\n    A thousand.\n  Hint\n    Count them.\n  You, 1:01 of 1:00, late\n    said and said", "␇",
		"  Feedback\n    Raised.\n", "Interviewer\n    And then?\n  You, 0:00 of 1:00, not finished, rated good\n    (nothing)\n  Model answer\n    The other side.\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	for line := range strings.Lines(out.String()) {
		if uniseg.StringWidth(strings.TrimSuffix(line, "\n")) > Width {
			t.Errorf("too wide: %s", line)
		}
	}
}
