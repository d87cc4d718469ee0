package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"interview/internal/bank"
	"interview/internal/session"
)

var heads = []bank.Head{
	{ID: "bridge", Title: "Bridge", Track: "civil", Family: "spans", Phases: []string{"first", "second"}},
	{ID: "viaduct", Title: "Viaduct", Track: "civil", Family: "spans", Phases: []string{"first", "second"}},
	{ID: "dam", Title: "Dam", Track: "civil", Family: "water", Phases: []string{"first", "second"}},
	{ID: "deck-a", Title: "A", Track: "cards", Family: "deck", Deck: "deck", Phases: []string{"side"}},
	{ID: "deck-b", Title: "B", Track: "cards", Family: "deck", Deck: "deck", Phases: []string{"side"}},
}

// practice is what days after noon, with these tries.
func practice(days int, tries ...Try) *Practice {
	return &Practice{Tries: Classify(tries, nil), Heads: heads, Calendar: Calendar{Now: noon.AddDate(0, 0, days)}}
}

// try is a graded try of so many points of ten.
func try(prompt, phase string, days int, points float64) Try {
	t := Try{Key: Key{prompt, phase}, Session: fmt.Sprint(prompt, days), At: noon.AddDate(0, 0, days), Points: points, Possible: 10}
	for _, h := range heads {
		if h.ID == prompt {
			t.Track = h.Track
		}
	}
	return t
}

func TestNext(t *testing.T) {
	good := []Try{try("bridge", "first", 0, 9), try("bridge", "second", 0, 9)}
	weak := []Try{try("bridge", "first", 0, 9), try("bridge", "second", 0, 5)}
	open := Entry{ID: "x", Label: "bridge", Mode: session.ModeMock, At: noon, Step: 2, Steps: 6}
	for name, c := range map[string]struct {
		p    *Practice
		want string
	}{
		"nothing was tried":               {practice(0), "mock bridge"},
		"unfinished":                      {&Practice{Entries: []Entry{open}, Heads: heads, Calendar: Calendar{Now: noon}}, "mock --resume x"},
		"unfinished, long ago":            {&Practice{Entries: []Entry{open}, Heads: heads, Calendar: Calendar{Now: noon.AddDate(0, 0, 15)}}, "mock bridge"},
		"unfinished, begun anew":          {&Practice{Entries: []Entry{{Label: "bridge", Mode: session.ModeMock, Finished: true, At: noon}, open}, Heads: heads, Calendar: Calendar{Now: noon}}, "mock bridge"},
		"an unfinished deck":              {&Practice{Entries: []Entry{{ID: "y", Label: "deck", Mode: session.ModeFlip, At: noon}}, Heads: heads, Calendar: Calendar{Now: noon}}, "drill --resume y"},
		"due":                             {practice(30, good...), "drill --due"},
		"nothing weak, another family":    {practice(0, good...), "mock dam"},
		"weak, in another family":         {practice(0, weak...), "drill dam --phase second"},
		"weak, but it came last":          {practice(0, weak[0], try("bridge", "second", 0, 5), Try{Key: Key{"bridge", "second"}, Session: "z", Track: "civil", At: noon.Add(time.Hour), Points: 6, Possible: 10}), "mock dam"},
		"all tried, the longest back":     {practice(0, try("bridge", "first", -1, 10), try("viaduct", "first", -3, 10), try("dam", "first", 0, 10)), "mock viaduct"},
		"all tried, not the last family":  {practice(0, try("bridge", "first", -1, 10), try("dam", "first", -3, 10), try("viaduct", "first", 0, 10)), "mock dam"},
		"a weakness that was mended long": {practice(0, try("dam", "first", -9, 0), try("dam", "first", -1, 9), try("dam", "first", -1, 9), try("dam", "first", 0, 9)), "mock bridge"},
	} {
		got, ok := c.p.Next()
		if name == "all tried, the longest back" || name == "all tried, not the last family" || name == "a weakness that was mended long" {
			// their spacing would come first
			for _, ask := range []func() (Advice, bool){c.p.weakest, c.p.untried, c.p.longestBack} {
				if got, ok = ask(); ok {
					break
				}
			}
		}
		if args := strings.Join(got.Args, " "); !ok || args != c.want || !strings.HasSuffix(got.Why, ".") {
			t.Errorf("%s: %q, because %s", name, args, got.Why)
		}
	}
	if got, ok := (&Practice{}).Next(); ok {
		t.Errorf("an empty bank: %v", got)
	}
}

func ids(items []Item) string {
	var out []string
	for _, i := range items {
		out = append(out, i.Prompt+"/"+i.Phase)
	}
	return strings.Join(out, " ")
}

func TestDueAndDose(t *testing.T) {
	p := practice(60, try("deck-a", "side", 0, 9), try("deck-b", "side", 0, 0), try("bridge", "first", 1, 5), try("bridge", "second", 0, 5),
		try("viaduct", "first", 0, 8), try("dam", "first", 59, 9), try("gone", "first", 0, 0))
	due := Due(Standings(p.Tries, p.Calendar), heads, p.Calendar)
	if got := ids(due); got != "deck-b/side bridge/second bridge/first deck-a/side viaduct/first" {
		t.Errorf("due: %s", got)
	}
	for _, c := range []struct {
		dose Dose
		want string
	}{
		{Dose{9, 9}, "deck-b/side bridge/second deck-a/side viaduct/first"}, // one phase of a prompt; two families take turns
		{Dose{1, 1}, "deck-b/side bridge/second"}, {Dose{0, 2}, "bridge/second viaduct/first"}, {Dose{}, ""},
	} {
		if got := ids(c.dose.Take(due)); got != c.want {
			t.Errorf("%+v: %s", c.dose, got)
		}
	}
	// what was repeated today counts against the day, what is new does not
	p = practice(0, try("deck-a", "side", -9, 9), try("deck-a", "side", 0, 9), try("deck-b", "side", 0, 9), try("dam", "first", -9, 9), try("dam", "first", 0, 9))
	if got := (Dose{1, 3}).Left(p.Tries, heads, p.Calendar); got != (Dose{0, 2}) {
		t.Errorf("left: %+v", got)
	}
	if got := Count(p.Today()); got != "0 phases" {
		t.Errorf("nothing due: %s", got)
	}
	if got := Count(due); got != "2 cards and 3 phases" {
		t.Errorf("count: %s", got)
	}
}

// An edited card is the same card: what counts is its id.
func TestEditingKeepsTheHistory(t *testing.T) {
	a, b := sat("a", 0, mark("x", "first", 2)), sat("b", 1, mark("y", "first", 2))
	b.Plan.Prompts = []bank.Prompt{{ID: "bridge", Ask: "another question", Track: "moved"}}
	b.Grades[0].Rubric = "another"
	if got := Standings(tried(a, b), Calendar{Now: noon})[Key{"bridge", "first"}]; got.Tries != 2 {
		t.Errorf("standing %+v", got)
	}
}

func TestInterleave(t *testing.T) {
	family := func(s string) string { return strings.TrimRight(s, "0123456789") }
	for in, want := range map[string]string{"a1 a2 b1": "a1 b1 a2", "a1 a2 a3": "a1 a2 a3", "1 2 a1 a2": "1 2 a1 a2", "": "", "a1 b1 b2 b3 c1": "a1 b1 c1 b2 b3"} {
		if got := strings.Join(Interleave(strings.Fields(in), family), " "); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
}

func TestStatus(t *testing.T) {
	rated := Try{Key: Key{"deck-a", "side"}, Track: "cards", Session: "r", At: noon, Rating: Good}
	p := practice(10, try("bridge", "first", 0, 9), try("bridge", "first", 5, 5), try("dam", "first", 0, 2), rated)
	rows := p.Status()
	var names []string
	for _, r := range rows {
		names = append(names, r.Track+" "+r.Name)
	}
	if !slices.Equal(names, []string{"civil first", "civil second", "cards deck"}) {
		t.Fatalf("rows %q", names)
	}
	first, second, deck := rows[0], rows[1], rows[2]
	if first.Tried != 2 || first.Of != 3 || first.Score != 0.5 || first.Best != 0.9 || !first.Graded || !first.Last.Equal(noon.AddDate(0, 0, 5)) || first.Due != 1 ||
		!(first.Remembered > 0.5 && first.Remembered < 0.9) {
		t.Errorf("first %+v", first)
	}
	if second.Tried != 0 || second.Of != 3 || second.Graded || !second.Last.IsZero() || second.Remembered != 0 {
		t.Errorf("second %+v", second)
	}
	if !deck.Deck || deck.Tried != 1 || deck.Of != 2 || deck.Graded || deck.Due != 1 {
		t.Errorf("deck %+v", deck)
	}
}
