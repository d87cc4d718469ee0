package report

import (
	"strings"
	"testing"
	"time"

	"github.com/rivo/uniseg"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/review"
	"interview/internal/session"
)

var morning = time.Date(2026, 11, 24, 8, 30, 0, 0, time.Local)

// kept says that no line is wider than the page.
func kept(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		if w := uniseg.StringWidth(strings.TrimSuffix(line, "\n")); w > Width {
			t.Errorf("%d columns: %s", w, line)
		}
	}
}

func marked(id, title, phase, level, quote string, points float64) grade.Mark {
	m := grade.Mark{Criterion: id, Title: title, Phase: phase, Level: level, Points: points, Max: 2}
	if quote != "" {
		m.Evidence = []grade.Evidence{{Quote: "against it", Against: true}, {Quote: quote}}
	}
	return m
}

func sat(id string, days int, rubric string, answers [2]string, marks ...grade.Mark) *session.Session {
	s := &session.Session{ID: id, OpenedAt: morning.AddDate(0, 0, days), ClosedAt: morning.AddDate(0, 0, days).Add(time.Hour), Current: 2}
	s.Plan = session.Plan{Label: "library", Mode: session.ModeMock, Prompts: []bank.Prompt{{ID: "library"}}}
	for i, ph := range []string{"scope", "depth"} {
		step := session.Step{Prompt: "library", Phase: ph, Title: "Title of " + ph, Budget: 5 * time.Minute}
		s.Plan.Steps = append(s.Plan.Steps, step)
		s.Turns = append(s.Turns, session.Turn{Step: step, Index: i, Text: answers[i], Took: time.Duration(150+60*i) * time.Second})
	}
	g := grade.Grade{Prompt: "library", Rubric: rubric, Level: "mid", Marks: marks}
	for _, m := range marks {
		g.Points, g.Max, g.Possible = g.Points+m.Points, g.Max+m.Max, g.Possible+m.Max
	}
	s.Grades = []grade.Grade{g}
	return s
}

func TestCompare(t *testing.T) {
	long := "A title that is far too long for the column it stands in, as titles of criteria sometimes are"
	a := sat("20261124T083000Z-library", 0, "r1", [2]string{"Readers borrow books.\nNothing else.", "- The last copy is reserved.\n- It is all kept in one place."},
		marked("borrow", "Names what readers do", "scope", "mid", "Readers borrow books", 1), marked("locks", long, "depth", "mid", "The last copy is reserved", 2),
		marked("index", "Finds a book", "depth", "", "", 0), marked("old", "Asked then", "depth", "", "", 0))
	b := sat("20261125T083000Z-library", 1, "r2", [2]string{"Readers borrow books.\nNothing else.", "- An index finds a title by its author, and it makes every write slower, which nobody minds here.\n- It is all kept in one place."},
		marked("borrow", "Names what readers do", "scope", "mid", "Readers borrow books", 1), marked("locks", long, "depth", "", "", 0),
		marked("index", "Finds a book", "depth", "senior", "An index finds a title by its author,\nand it makes every write slower, which nobody minds here", 2),
		marked("new", "Asked now", "depth", "", "", 0))
	it := &bank.Item{Framework: bank.Framework{Phases: []bank.Phase{{ID: "scope", Title: "Scope"}, {ID: "depth", Title: "Deep dive"}}}}
	var text strings.Builder
	if err := Compare(&text, &Compared{A: a, B: b, Prompts: review.Compare(a, b), Item: func(string) *bank.Item { return it }}); err != nil {
		t.Fatal(err)
	}
	golden(t, "compare", text.String())
	kept(t, text.String())

	var again strings.Builder
	if err := Regraded(&again, review.Compare(a, b)); err != nil {
		t.Fatal(err)
	}
	golden(t, "regraded", again.String())
	text.Reset()
	if err := Regraded(&text, review.Compare(a, a)); err != nil || !strings.Contains(text.String(), "no criterion changed") {
		t.Errorf("%v\n%s", err, text.String())
	}
}

func TestTrendDrawn(t *testing.T) {
	sitting := func(days int, prompt string, points float64, help review.Help, took time.Duration) review.Sitting {
		return review.Sitting{Session: "s", Prompt: prompt, At: morning.AddDate(0, 0, days), Points: points, Possible: 10, Help: help, Took: took,
			Budget: 10 * time.Minute, Keys: make([]review.Key, 2)}
	}
	trend := Trend{Of: "phase depth", Sittings: []review.Sitting{
		sitting(0, "library", 3, review.Cold, 12*time.Minute), sitting(1, "library", 7, review.Repeated, 9*time.Minute), sitting(2, "parking", 5, review.Cold, 8*time.Minute),
		sitting(3, "", 9, review.Repeated|review.Shown, 5*time.Minute), sitting(9, "parking-of-cars-and-lorries", 8, review.Cold, 0),
	}}
	for i := range 10 {
		trend.Moves = append(trend.Moves, review.Move{Key: review.Key{Prompt: "library"}, Title: strings.Repeat("a title ", 2+i), Won: i > 0})
	}
	var text strings.Builder
	if err := trend.Draw(&text); err != nil {
		t.Fatal(err)
	}
	golden(t, "trend", text.String())
	kept(t, text.String())
}

func TestStanding(t *testing.T) {
	s := Standing{
		Parts: []review.Progress{
			{Track: "own", Name: "scope", Tried: 1, Of: 12, Last: morning, Score: 0.5, Best: 1, Graded: true, Due: 1}, {Track: "own", Name: "depth", Of: 12},
			{Track: "cards", Name: "a-deck-with-a-name-that-is-far-too-long", Deck: true, Tried: 100, Of: 100, Last: morning, Due: 20},
		},
		Calendar: review.Calendar{Now: morning},
	}
	var text strings.Builder
	if err := s.Draw(&text); err != nil {
		t.Fatal(err)
	}
	golden(t, "status", text.String())
	kept(t, text.String())
	s.Today, s.Calendar.Interview = []review.Item{{Head: bank.Head{Deck: "deck"}}, {}}, morning.AddDate(0, 0, 1)
	text.Reset()
	if err := s.Draw(&text); err != nil || !strings.HasSuffix(text.String(), "\n1 day until the interview: no gap is longer than half of what is left.\nToday: 1 card and 1 phase.\n") {
		t.Errorf("%v\n%s", err, text.String())
	}
}

func TestSearch(t *testing.T) {
	lead := strings.Repeat("words before it ", 8)
	s := *sat("20261124T083000Z-library", 0, "r", [2]string{lead + "the Cache, and " + strings.Repeat("words after it ", 9) + "\nno hit here\n\tcache; a cache", "cache 1\ncache 2"})
	q, err := review.ParseQuery([]string{"cache"})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := Search(&text, []Found{{s, q.Hits(&s)}, {s, q.Hits(&s)[:1]}}, false); err != nil {
		t.Fatal(err)
	}
	golden(t, "search", text.String())
	kept(t, text.String())
	text.Reset()
	if err := Search(&text, nil, false); err != nil || text.Len() > 0 {
		t.Errorf("nothing found: %q, %v", text.String(), err)
	}
}

func TestSessions(t *testing.T) {
	list := []review.Entry{
		{ID: "20261124T083000Z-library", At: morning, Finished: true, Graded: true, Score: 0.666, Level: "senior", Took: 31*time.Minute + 4*time.Second},
		{ID: "20261124T083000Z-core-concepts", At: morning, Finished: true, Mode: session.ModeFlip}, {ID: "20261124T083000Z-library-2", At: morning, Step: 2, Steps: 6},
		{ID: "20261124T083000Z-library-3", At: morning, Finished: true, Graded: true},
	}
	var text strings.Builder
	if err := Sessions(&text, list); err != nil {
		t.Fatal(err)
	}
	golden(t, "sessions", text.String())
	kept(t, text.String())
}
