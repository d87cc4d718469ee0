package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/session"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got, -update accepts):\n%s", path, diff)
	}
}

func write(t *testing.T, label string, sheets []Sheet, full bool) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, label, sheets, full); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const ideas = "users shorten a link\nand 100 M new links a month\nreads 100:1"

// library is a sheet with everything that a report can say: raised and missed, late, not judged, not asked, against.
func library() Sheet {
	it := &bank.Item{
		Prompt:    bank.Prompt{ID: "library", Title: "Lend books", Model: map[string]string{"scope": "borrow, return\nand reserve", "depth": "lock the copy"}},
		Framework: bank.Framework{Ladder: []string{"mid", "senior"}, Phases: []bank.Phase{{ID: "scope", Title: "Scope"}, {ID: "depth", Title: "Deep dive"}}},
		Criteria:  []bank.Criterion{{ID: "locks", Why: "Two readers want the last copy; the interviewer waits for it."}, {ID: "load"}},
	}
	answers := []grade.Answer{{Phase: "scope", Text: ideas}, {Phase: "depth", Text: "MD5 never collides"}}
	at := func(answer int, quote string) grade.Evidence {
		start := strings.Index(answers[answer].Text, quote)
		return grade.Evidence{Answer: answer, Start: start, End: start + len(quote), Quote: quote}
	}
	against := at(1, "MD5 never collides")
	against.Against = true
	marks := []grade.Mark{
		{Criterion: "users", Title: "Names what users do", Phase: "scope", Level: "mid", Points: 1, Max: 1, Evidence: []grade.Evidence{at(0, "users shorten a link")}},
		{Criterion: "load", Title: "Sizes the load", Phase: "scope", Level: "mid", Points: 1, Max: 2, Sought: "a rate worked out from the month",
			Evidence: []grade.Evidence{at(0, "and 100 M new links a month\nreads 100:1")}},
		{Criterion: "locks", Title: "Locks the last copy", Phase: "depth", Concept: "basics-locking", Max: 2, Sought: "lock | reserve + copy | row"},
		{Criterion: "hash", Title: "Collisions of a hash", Phase: "depth", Concept: "basics-indexing", Max: 1, Sought: "collision + retry", Evidence: []grade.Evidence{against}},
		{Criterion: "drawing", Title: "Draws the read path", Phase: "depth", Unmarked: "the drawing does not parse"},
		{Criterion: "queue", Title: "Drains the queue", Phase: "depth", NotAsked: true, Sought: "dead letter queue"},
	}
	return Sheet{
		Item:    it,
		Grade:   grade.Grade{Prompt: "library", Points: 2, Max: 6, Possible: 8, Level: "mid", Next: []string{"locks", "load"}, Marks: marks},
		InTime:  &grade.Grade{Prompt: "library", Points: 1, Max: 6, Possible: 8},
		Answers: answers,
		Turns: []session.Turn{
			{Step: session.Step{Phase: "scope", Budget: 5 * time.Minute}, Took: 4*time.Minute + 10*time.Second, Text: ideas},
			{Step: session.Step{Phase: "depth", Budget: time.Minute}, Took: 62 * time.Second, TimeUp: true, Text: answers[1].Text},
		},
		Cards: []bank.Prompt{
			{ID: "basics-locking", Deck: "basics", Title: "Locking", Locus: "Toilets"},
			{ID: "basics-indexing", Deck: "basics", Title: "Indexing", Locus: "Finger Printer"},
			{ID: "basics-scaling", Deck: "basics", Title: "Scaling", Locus: "Cheese Cake Slices"},
		},
		Session: "20260824T101500Z-library",
	}
}

func TestWrite(t *testing.T) {
	screened := library()
	screened.Grade.Screens = []grade.Screen{{Answer: 0, Start: 0, End: len(ideas), Why: "the same sentence frame three times"}}
	screened.Grade.Level = "senior"
	below := library()
	below.Grade.Level, below.Turns, below.InTime, below.Session = "", nil, nil, ""
	guess := 0.6
	aided := library()
	aided.Predicted, aided.Pauses = &guess, []time.Duration{time.Minute, 65 * time.Second}
	aided.Hints = []Hint{{"Scope", "Ask for what you do not know."}, {"Deep dive", "Locks"}, {"Scope", "Names what users do"}}
	blank := library()
	blank.Turns = []session.Turn{{Step: session.Step{Title: "Lend books", Budget: 6 * time.Minute}, Took: 4 * time.Minute, Text: ideas}}
	blank.Answers[0].Phase, blank.Answers[1].Phase = "", ""
	nothing := Sheet{Item: library().Item, Grade: grade.Grade{Prompt: "library", Possible: 6}}
	drill := library()
	drill.Turns = drill.Turns[1:]
	for name, c := range map[string]struct {
		sheet Sheet
		full  bool
	}{
		"mock": {sheet: library()}, "full": {library(), true}, "screened": {sheet: screened}, "file": {sheet: below},
		"nothing": {sheet: nothing}, "drill": {sheet: drill},
		"aided": {aided, true}, "blank": {sheet: blank},
	} {
		t.Run(name, func(t *testing.T) { golden(t, name, write(t, "library", []Sheet{c.sheet}, c.full)) })
	}
}

func card(name, locus string, points float64) Sheet {
	p := bank.Prompt{ID: "basics-" + name, Deck: "basics", Title: strings.ToUpper(name[:1]) + name[1:], Locus: locus}
	g := grade.Grade{Prompt: p.ID, Points: points, Max: 2, Possible: 2, Marks: []grade.Mark{
		{Criterion: "says", Title: "Says what " + name + " is", Phase: "card", Points: points, Max: 2, Sought: "what it costs"},
	}}
	if points == 2 {
		g.Level, g.Marks[0].Level = "met", "met"
		g.Marks[0].Evidence = []grade.Evidence{{Quote: name, End: len(name)}}
	}
	return Sheet{
		Item:    &bank.Item{Prompt: p, Framework: bank.Framework{Ladder: []string{"met"}, Phases: []bank.Phase{{ID: "card", Title: "Card"}}}},
		Grade:   g,
		Answers: []grade.Answer{{Phase: "card", Text: name}},
		Turns:   []session.Turn{{Step: session.Step{Phase: "card", Budget: time.Minute}, Took: 31 * time.Second}},
	}
}

func TestWriteDeck(t *testing.T) {
	golden(t, "deck", write(t, "basics", []Sheet{card("locking", "Toilets", 2), card("indexing", "Finger Printer", 0)}, false))
	var many []Sheet
	for range 40 {
		many = append(many, card("locking", "Toilets", 2))
	}
	many = append(many, card("indexing", "Finger Printer", 1))
	got := write(t, "basics", many, false)
	if !strings.Contains(got, "and 40 cards with every point") || !strings.Contains(got, "Finger Printer · Indexing") {
		t.Errorf("a long deck must keep the cards that lost points and count the others:\n%s", got)
	}
}

// crowded is a sheet that has more of everything than two screens hold, in long and wide words.
func crowded() Sheet {
	long := strings.Repeat("倉庫の鍵 and a very long sentence ", 30)
	s := library()
	s.Item.Framework.Phases, s.Turns, s.Cards, s.Grade.Marks = nil, nil, nil, nil
	s.Answers = []grade.Answer{{Text: long}}
	for i := range 20 {
		id := strings.Repeat("x", i+1)
		s.Item.Framework.Phases = append(s.Item.Framework.Phases, bank.Phase{ID: id, Title: long})
		s.Turns = append(s.Turns, session.Turn{Step: session.Step{Phase: id, Budget: time.Hour}, Took: 3 * time.Hour, TimeUp: true})
		s.Cards = append(s.Cards, bank.Prompt{ID: "basics-" + id, Deck: "basics", Title: long, Locus: long})
		s.Grade.Next = append(s.Grade.Next, id)
		s.Grade.Screens = append(s.Grade.Screens, grade.Screen{End: 9, Why: long})
		s.Grade.Marks = append(s.Grade.Marks,
			grade.Mark{Criterion: id, Title: long, Phase: id, Concept: "basics-" + id, Points: 1, Max: 2, Level: "mid", Sought: long,
				Evidence: []grade.Evidence{{End: 30 + i, Quote: long[:30+i]}}},
			grade.Mark{Criterion: id + "u", Title: long, Phase: id, Unmarked: long},
			grade.Mark{Criterion: id + "n", Title: long, Phase: id, NotAsked: true, Sought: long})
	}
	return s
}

func TestShortReportFitsTwoScreens(t *testing.T) {
	many := []Sheet{}
	for range 50 {
		many = append(many, card(strings.Repeat("locking ", 20), "Toilets", 1))
	}
	for name, sheets := range map[string][]Sheet{"crowded": {crowded()}, "deck": many, "crowded deck": {crowded(), crowded(), crowded()}} {
		got := strings.Split(strings.TrimSuffix(write(t, "library", sheets, false), "\n"), "\n")
		if len(got) > Height {
			t.Errorf("%s: %d lines, want at most %d:\n%s", name, len(got), Height, strings.Join(got, "\n"))
		}
		for _, line := range got {
			if w := uniseg.StringWidth(line); w > Width {
				t.Errorf("%s: %d columns: %s", name, w, line)
			}
		}
	}
}

// Whatever an answer, a journal or a YAML file holds, nothing that steers a terminal comes out.
func TestNothingSteersTheTerminal(t *testing.T) {
	const evil = "\x1b]0;title\x07a\u009b31m\u202ereversed\r\x00\x7f\xff"
	s := library()
	s.Item.Prompt.Title, s.Item.Framework.Phases[0].Title = evil, evil
	s.Item.Prompt.Model["scope"] = evil
	s.Answers[0].Text = evil
	s.Cards[0].Title, s.Cards[0].Locus = evil, evil
	s.Grade.Screens = []grade.Screen{{Why: evil}}
	for i := range s.Grade.Marks {
		m := &s.Grade.Marks[i]
		m.Title, m.Sought, m.Level = evil, evil, evil
		for j := range m.Evidence {
			m.Evidence[j].Quote = evil
		}
	}
	s.Item.Criteria[0].Why = evil
	var model, change bytes.Buffer
	if err := Model(&model, []Sheet{s}); err != nil {
		t.Fatal(err)
	}
	if err := Change(&change, []grade.Grade{{Marks: []grade.Mark{{Title: evil}}}}, []grade.Grade{{Marks: []grade.Mark{{Title: evil, Points: 1}}}}); err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{write(t, "library", []Sheet{s}, true), write(t, "library", []Sheet{s, s}, true), model.String(), change.String()} {
		for _, r := range out {
			if r != '\n' && (unicode.IsControl(r) || r == '\u202e') {
				t.Fatalf("%U reached the terminal:\n%q", r, out)
			}
		}
		if !strings.Contains(out, "␛]0;title␇a<009B>31m<202E>reversed") {
			t.Errorf("the marks are not visible:\n%s", out)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain\ttext\n":     "plain\ttext\n",
		"\x1b[31m\x00":      "␛[31m␀",
		"a\r\nb\rc":         "a\nb␍c",
		"\x7f\u0085\u2028":  "␡<0085><2028>",
		"bad \xff\xfe":      "bad ��",
		"👩‍👩‍👧 مرحبا é":     "👩‍👩‍👧 مرحبا é",
		"\u2066isolate":     "<2066>isolate",
		"\xc2\x9b31m \xc2m": "<009B>31m �m",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestModel(t *testing.T) {
	var b bytes.Buffer
	s := library()
	s.Answers[1].Text = ""
	s.Item.Prompt.Model["depth"] = strings.Repeat("lock the copy while the desk has it ", 5) + "\n\n    - and\tlet go"
	if err := Model(&b, []Sheet{s}); err != nil {
		t.Fatal(err)
	}
	golden(t, "model", b.String())
}

func TestChange(t *testing.T) {
	mark := func(id, level string, points float64) grade.Mark {
		return grade.Mark{Criterion: id, Title: "Title of " + id, Level: level, Points: points}
	}
	before := []grade.Grade{{Prompt: "p", Points: 3, Max: 6, Marks: []grade.Mark{mark("a", "mid", 1), mark("b", "senior", 2), mark("c", "", 0)}}}
	after := []grade.Grade{{Prompt: "p", Points: 4, Max: 6, Marks: []grade.Mark{mark("a", "senior", 2), mark("b", "mid", 1), mark("c", "mid", 1)}}}
	var b bytes.Buffer
	if err := Change(&b, before, after); err != nil {
		t.Fatal(err)
	}
	if err := Change(&b, after, after); err != nil {
		t.Fatal(err)
	}
	golden(t, "change", b.String())
}

func TestWrap(t *testing.T) {
	long := strings.Repeat("word ", 20)
	for name, c := range map[string]struct {
		in     string
		indent int
		want   []string
	}{
		"kept":     {"a\n\n  - b\tc", 0, []string{"a", "", "  - b    c"}},
		"broken":   {long, 2, []string{"  " + strings.TrimSpace(strings.Repeat("word ", 15)), "  word word word word word"}},
		"hanging":  {"    " + long, 0, []string{"    " + strings.TrimSpace(strings.Repeat("word ", 15)), "    word word word word word"}},
		"one word": {strings.Repeat("x", 100), 0, []string{strings.Repeat("x", 80), strings.Repeat("x", 20)}},
		"wide":     {strings.Repeat("倉", 41), 0, []string{strings.Repeat("倉", 40), "倉"}},
		"steering": {"\x1b[2J", 0, []string{"␛[2J"}},
	} {
		if diff := cmp.Diff(c.want, Wrap(c.in, c.indent)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
