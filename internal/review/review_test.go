package review

import (
	"slices"
	"testing"
	"time"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/session"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// mark earns points of two.
func mark(id, phase string, points float64) grade.Mark {
	return grade.Mark{Criterion: id, Title: "Title of " + id, Phase: phase, Concept: "deck-" + id, Points: points, Max: 2}
}

// sat is a session of two phases of a prompt, graded.
func sat(id string, days int, marks ...grade.Mark) session.Session {
	at := noon.AddDate(0, 0, days)
	s := session.Session{ID: id, OpenedAt: at, ClosedAt: at.Add(time.Hour)}
	s.Plan = session.Plan{Label: "bridge", Mode: session.ModeMock, Prompts: []bank.Prompt{{ID: "bridge", Track: "civil", Family: "spans"}}}
	for i, ph := range []string{"first", "second"} {
		step := session.Step{Prompt: "bridge", Phase: ph, Budget: 10 * time.Minute}
		s.Plan.Steps = append(s.Plan.Steps, step)
		s.Turns = append(s.Turns, session.Turn{Step: step, Index: i, At: at.Add(time.Duration(i) * time.Minute), Took: 6 * time.Minute})
	}
	s.Current = 2
	g := grade.Grade{Prompt: "bridge", Rubric: "r1", Marks: marks, Level: "mid"}
	for _, m := range marks {
		g.Points, g.Max, g.Possible = g.Points+m.Points, g.Max+m.Max, g.Possible+m.Max
	}
	s.Grades = []grade.Grade{g}
	return s
}

func tried(all ...session.Session) []Try {
	var tries []Try
	var looks []Look
	for i := range all {
		tries, looks = append(tries, TriesOf(&all[i])...), append(looks, LooksOf(&all[i])...)
	}
	return Classify(tries, looks)
}

func TestEntryAndFilter(t *testing.T) {
	s := sat("a", 0, mark("x", "first", 1), mark("y", "second", 2))
	e := EntryOf(&s)
	if !e.Graded || e.Score != 0.75 || e.Level != "mid" || e.Took != 12*time.Minute || e.Budget != 20*time.Minute || e.Step != 2 || e.Steps != 2 {
		t.Errorf("entry %+v", e)
	}
	s.ClosedAt = time.Time{}
	open := EntryOf(&s)
	if open.Graded || open.Finished {
		t.Errorf("an unfinished session has a score: %+v", open)
	}
	for _, c := range []struct {
		f    Filter
		want bool
	}{
		{Filter{}, true}, {Filter{Track: "civil"}, true}, {Filter{Track: "naval"}, false}, {Filter{Prompt: "bridge"}, true},
		{Filter{Prompt: "tunnel"}, false}, {Filter{Mode: session.ModeDrill}, false}, {Filter{Unfinished: true}, false},
		{Filter{Since: noon}, true}, {Filter{Since: noon.Add(time.Second)}, false},
	} {
		if got := c.f.Keeps(&e); got != c.want {
			t.Errorf("%+v keeps: %v", c.f, got)
		}
	}
	if f := (Filter{Unfinished: true}); !f.Keeps(&open) {
		t.Error("an unfinished session is not kept by Unfinished")
	}
}

func TestDays(t *testing.T) {
	east := time.FixedZone("east", 13*3600)
	entries := []Entry{{At: noon, Took: time.Minute}, {At: noon.Add(-13 * time.Hour), Took: time.Hour}, {At: noon.Add(-time.Hour)}}
	days := Days(entries, east)
	if len(days) != 2 || days[0].Sessions != 1 || days[0].Took != time.Hour || days[1].Sessions != 2 || days[1].Date.Day() != 3 {
		t.Errorf("days %+v", days)
	}
	if got := daysFrom(noon.Add(11*time.Hour), noon.Add(13*time.Hour)); got != 1 {
		t.Errorf("an hour before midnight to an hour after it: %d days", got)
	}
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip(err)
	}
	for _, month := range []time.Month{3, 10} { // the clocks change on the last Sunday
		from := time.Date(2026, month, 20, 23, 0, 0, 0, berlin)
		if got := daysFrom(from, from.AddDate(0, 0, 10)); got != 10 {
			t.Errorf("ten days in which clocks change: %d", got)
		}
	}
}

func TestTries(t *testing.T) {
	s := sat("a", 0, mark("x", "first", 1), mark("y", "second", 2), grade.Mark{Criterion: "z", Phase: "second", NotAsked: true},
		grade.Mark{Criterion: "u", Phase: "second", Unmarked: "cannot be read"})
	tries := TriesOf(&s)
	if len(tries) != 2 || tries[0].Phase != "first" || tries[0].Score() != 0.5 || tries[1].Score() != 1 || len(tries[1].Marks) != 1 ||
		tries[1].Took != 6*time.Minute || tries[1].Budget != 10*time.Minute || tries[0].Track != "civil" || tries[0].Family != "spans" {
		t.Errorf("tries %+v", tries)
	}
	rated := sat("b", 0)
	rated.Grades = nil
	rated.Turns[1].Rating = 3
	if tries = TriesOf(&rated); len(tries) != 1 || tries[0].Rating != Good || tries[0].Graded() {
		t.Errorf("rated tries %+v", tries)
	}
}

func TestHelp(t *testing.T) {
	first, again := sat("a", 0, mark("x", "first", 1), mark("y", "second", 2)), sat("b", 1, mark("x", "first", 2), mark("y", "second", 0))
	first.Asides = []session.Aside{{Step: 1, What: session.Hinted}}
	tries := tried(again, first)
	var got []string
	for _, x := range tries {
		got = append(got, x.Session+" "+x.Phase+" "+x.Help.String())
	}
	if want := []string{"a first cold", "a second hint", "b first repeat", "b second repeat"}; !slices.Equal(got, want) {
		t.Errorf("help %q", got)
	}

	tries = Classify(TriesOf(&again), []Look{{Key{"bridge", "second"}, noon}, {Key{"tunnel", ""}, noon}})
	if tries[0].Help != Cold || tries[1].Help != Shown {
		t.Errorf("after the model answer of the second phase: %v, %v", tries[0].Help, tries[1].Help)
	}
	tries = Classify(TriesOf(&again), []Look{{Key{"bridge", ""}, noon.AddDate(0, 0, 2)}})
	if tries[0].Help != Cold {
		t.Error("a look after the try counts")
	}
	drill := sat("c", 0, mark("y", "second", 2))
	drill.Plan.Given = []session.Given{{Prompt: "bridge", Phase: "first"}, {Prompt: "bridge", Phase: "second", Yours: true}}
	if tries = tried(drill, again); tries[1].Help != Shown || tries[2].Help != Repeated {
		t.Errorf("after a drill that gave the first phase: %v, %v", tries[1].Help, tries[2].Help)
	}
	// feedback helps what is answered after it in the same phase, not the answer that it is about
	told := sat("d", 0, mark("x", "first", 1), mark("y", "second", 2))
	told.Asides = []session.Aside{{Step: 0, What: session.Told}}
	if tries = tried(told); tries[0].Help != Cold {
		t.Errorf("feedback after the only answer: %v", tries[0].Help)
	}
	told.Plan.Steps[1].Phase, told.Turns[1].Step.Phase = "first", "first"
	if tries = tried(told); tries[0].Help != Hinted {
		t.Errorf("feedback before the second answer: %v", tries[0].Help)
	}
}

func TestLinesAndScope(t *testing.T) {
	tries := tried(sat("a", 0, mark("x", "first", 0), mark("y", "second", 2)), sat("b", 1, mark("x", "first", 2), mark("y", "second", 1)))
	lines := Lines(tries)
	if len(lines) != 2 || lines[0].Phase != "first" || len(lines[0].Tries) != 2 || lines[0].Tries[1].Score() != 1 {
		t.Errorf("lines %+v", lines)
	}
	for _, c := range []struct {
		scope Scope
		want  []float64
	}{
		{Scope{}, []float64{0.5, 0.75}}, {Scope{Phase: "first"}, []float64{0, 1}}, {Scope{Criterion: "y"}, []float64{1, 0.5}},
		{Scope{Criterion: "bridge/y"}, []float64{1, 0.5}}, {Scope{Criterion: "tunnel/y"}, nil}, {Scope{Concept: "x"}, []float64{0, 1}},
		{Scope{Concept: "deck-x"}, []float64{0, 1}}, {Scope{Since: noon.AddDate(0, 0, 1)}, []float64{0.75}}, {Scope{Track: "naval"}, nil},
		{Scope{Mode: session.ModeBlank}, nil}, {Scope{Prompt: "bridge"}, []float64{0.5, 0.75}},
	} {
		var got []float64
		for _, s := range Sittings(c.scope.Of(tries)) {
			got = append(got, s.Score())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v: got %v, want %v", c.scope, got, c.want)
		}
	}
	if tries[0].Possible != 2 || len(tries[0].Marks) != 1 {
		t.Error("Of changed what it was given")
	}
}

// A concept is followed over what teaches it and over its own card, whose criteria name no concept.
func TestScopeOfConcept(t *testing.T) {
	try := func(prompt, concept string) Try {
		return Try{Key: Key{Prompt: prompt}, Session: prompt, Points: 1, Possible: 2, Marks: []Mark{{Criterion: "c", Concept: concept, Points: 1, Possible: 2}}}
	}
	tries := []Try{try("deck-locks", ""), try("bridge", "deck-locks"), try("deck-index", ""), try("tunnel", "deck-index"), try("ferry", "")}
	for _, concept := range []string{"locks", "deck-locks"} {
		got := (&Scope{Concept: concept}).Of(tries)
		if len(got) != 2 || got[0].Prompt != "deck-locks" || got[1].Prompt != "bridge" {
			t.Errorf("%s: %+v", concept, got)
		}
	}
}

func TestWeakest(t *testing.T) {
	shared := mark("speech/clear", "second", 1)
	weak := Weakest(tried(
		sat("a", 0, mark("x", "first", 0), mark("y", "second", 0), shared), sat("b", 1, mark("x", "first", 2), mark("y", "second", 0), shared),
		sat("c", 2, mark("x", "first", 2), mark("y", "second", 1), shared), sat("d", 3, mark("x", "first", 2), mark("y", "second", 1), shared)))
	if len(weak) != 2 || weak[0].Ref != "bridge/y" || weak[0].Points != 2 || weak[0].Possible != 6 || weak[0].Missed != 1 || weak[0].Tries != 3 ||
		weak[1].Ref != "bridge/speech/clear" {
		t.Errorf("weakest %+v", weak)
	}
}

func TestMoves(t *testing.T) {
	moves := Moves(tried(sat("a", 0, mark("x", "first", 2), mark("y", "second", 2)), sat("b", 1, mark("x", "first", 0), mark("y", "second", 1)),
		sat("c", 2, mark("x", "first", 2), mark("y", "second", 0))))
	if len(moves) != 2 || moves[0].Criterion != "x" || !moves[0].Won || moves[1].Criterion != "y" || moves[1].Won {
		t.Errorf("moves %+v", moves)
	}
}

func TestCompare(t *testing.T) {
	a, b := sat("a", 0, mark("x", "first", 1), mark("y", "second", 2), mark("old", "second", 1)), sat("b", 1, mark("y", "second", 1), mark("x", "first", 2), mark("new", "first", 0))
	got := Compare(&a, &b)
	if len(got) != 1 || got[0].RubricChanged || len(got[0].Rows) != 4 {
		t.Fatalf("comparison %+v", got)
	}
	for i, want := range []Change{Lost, Won, OnlyOne, OnlyOne} {
		if got[0].Rows[i].Change != want {
			t.Errorf("row %d: %s, want %s", i, got[0].Rows[i].Change, want)
		}
	}
	if got[0].Rows[3].Mark().Criterion != "old" {
		t.Errorf("the last row is %s", got[0].Rows[3].Mark().Criterion)
	}
	b.Grades[0].Rubric = "r2"
	if !Compare(&a, &b)[0].RubricChanged {
		t.Error("another rubric is not seen")
	}
	b.Grades[0].Prompt = "tunnel"
	if got := Compare(&a, &b); len(got) != 0 {
		t.Errorf("two prompts are compared: %+v", got)
	}
}

func TestRatingOf(t *testing.T) {
	for _, c := range []struct {
		t    Try
		want Rating
	}{
		{Try{}, 0}, {Try{Rating: Hard, Points: 1, Possible: 1}, Hard}, {Try{Points: 0, Possible: 2}, Again}, {Try{Points: 1, Possible: 2}, Hard},
		{Try{Points: 2, Possible: 2}, Good}, {Try{Points: 2, Possible: 2, Help: Hinted}, Hard}, {Try{Points: 2, Possible: 2, Help: Repeated}, Good},
		{Try{Points: 2, Possible: 2, Took: 30, Budget: 60}, Easy}, {Try{Points: 2, Possible: 2, Took: 31, Budget: 60}, Good},
	} {
		if got := RatingOf(&c.t); got != c.want {
			t.Errorf("%+v: %d, want %d", c.t, got, c.want)
		}
	}
}

func TestStandings(t *testing.T) {
	all := tried(sat("a", 0, mark("x", "first", 2), mark("y", "second", 0)), sat("b", 2, mark("x", "first", 2), mark("y", "second", 2)))
	st := Standings(all, Calendar{Now: noon})
	first := st[Key{"bridge", "first"}]
	want := Memory{}.After(Good, 0).After(Good, 2)
	if first.Memory != want || first.Tries != 2 || !first.Due.Equal(time.Date(2026, 3, 4+want.Gap(), 0, 0, 0, 0, time.UTC)) {
		t.Errorf("standing %+v, want %+v", first, want)
	}
	if second := st[Key{"bridge", "second"}]; !second.Due.Before(first.Due) {
		t.Errorf("what was forgotten is due %v, after %v", second.Due, first.Due)
	}

	// what is due is due from the first moment of its day, the most overdue first
	c := Calendar{Now: first.Due}
	if due := Due(st, heads, c); len(due) != 2 || due[0].Phase != "second" {
		t.Errorf("due %+v", due)
	}
	c.Now = first.Due.Add(-time.Second)
	if due := Due(st, heads, c); len(due) != 1 {
		t.Errorf("due a second before: %+v", due)
	}

	// the nearer the interview, the shorter the gaps, but never none
	for days, gap := range map[int]int{-3: want.Gap(), 1: 1, 8: 4, 1000: want.Gap()} {
		st := Standings(all, Calendar{Now: noon, Interview: first.Last.AddDate(0, 0, days)})
		if got := daysFrom(first.Last, st[Key{"bridge", "first"}].Due); got != gap {
			t.Errorf("interview %d days after: gap %d, want %d", days, got, gap)
		}
	}
}

// A point that was missed once and raised in the next interview is missed no more; a drill says nothing of it. Of a concept
// that several points miss the last time counts.
func TestMissedConcepts(t *testing.T) {
	minute, day := 0, time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	try := func(mode, criterion, concept string, points float64) Try {
		minute++
		return Try{Key: Key{Prompt: "p"}, At: day.Add(time.Duration(minute) * time.Minute), Mode: mode, Possible: 1,
			Marks: []Mark{{Criterion: criterion, Concept: concept, Points: points, Possible: 1}}}
	}
	got := MissedConcepts([]Try{
		try("mock", "a", "locks", 0), try("mock", "b", "index", 0), try("mock", "e", "index", 0), try("blank", "a", "locks", 1),
		try("drill", "c", "cache", 0), try("mock", "d", "", 0),
	})
	if len(got) != 1 || !got["index"].Equal(day.Add(3*time.Minute)) {
		t.Error(got)
	}
}
