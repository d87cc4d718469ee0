package session

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"interview/internal/grade"
)

func index(i int) *int { return &i }

func opened(p Plan) Event {
	return Event{V: Version, Seq: 1, Kind: Opened, Plan: &p, At: time.Unix(1e9, 0).UTC()}
}

func TestFoldSkipsWhatDoesNotFit(t *testing.T) {
	p := planOf(1, 1)
	want, err := Fold("id", []Event{
		opened(p),
		{Kind: Entered, Step: index(0)},
		{Kind: Drafted, Step: index(0), Splice: &Splice{Put: "text"}},
	})
	must(t, err)
	other := planOf(9)
	for _, odd := range []Event{
		{Kind: "danced", Step: index(0), Text: "x", Took: time.Hour},
		{V: 99, Kind: "from the future", Plan: &other},
		{Kind: Opened, Plan: &other},
		{Kind: Opened},
		{Kind: Entered},
		{Kind: Entered, Step: index(2)},
		{Kind: Answered, Step: index(-1), Text: "x"},
		{Kind: Drafted, Step: index(0)},
		{Kind: Drafted, Step: index(0), Splice: &Splice{At: 5}},
		{Kind: Drafted, Step: index(0), Splice: &Splice{At: -1, Cut: 1}},
		{Kind: Drafted, Step: index(0), Splice: &Splice{At: 4, Cut: 1}},
		{Kind: Drafted, Step: index(0), Splice: &Splice{At: 1, Cut: 1<<63 - 1}},
		{Kind: Resumed, Step: index(7)},
		{Kind: Asked, Text: "how many users?"},
		{Kind: Asked, Text: "how many users?", Step: index(2)},
		{Kind: Shown, What: Hinted, Step: index(-1)},
		{Kind: Posed, Steps: []Step{{Title: "x"}}},
		{Kind: Posed, Step: index(3), Steps: []Step{{Title: "x"}}},
		{Kind: Posed, Step: index(-1), Steps: []Step{{Title: "x"}}},
		{Kind: Posed, Step: index(1)},
		{Kind: Paused, What: Left, Took: -time.Hour, Step: index(0)},
		{Kind: Paused, Step: index(2)},
		{},
	} {
		got, err := Fold("id", []Event{
			opened(p),
			{Kind: Entered, Step: index(0)},
			odd,
			{Kind: Drafted, Step: index(0), Splice: &Splice{Put: "text"}},
			odd,
		})
		must(t, err)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("with %+v the fold is\n%+v\nwithout\n%+v", odd, got, want)
		}
	}
}

func TestFoldNeedsAPlan(t *testing.T) {
	for name, events := range map[string][]Event{
		"no events": nil,
		"no plan":   {{Kind: Opened}},
		"late plan": {{Kind: Entered, Step: index(0)}, opened(planOf(1))},
	} {
		s, err := Fold("id", events)
		if !errors.Is(err, ErrNoPlan) || s.ID != "id" {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
		if _, err := Resume(s, 0, &tape{}); !errors.Is(err, ErrNoPlan) {
			t.Errorf("%s: resumed: %v", name, err)
		}
	}
}

func TestANewerVersionIsReadAsFarAsItIsUnderstood(t *testing.T) {
	var e Event
	line := `{"v":7,"seq":1,"kind":"opened","plan":{"label":"x","steps":[{"prompt":"x","phase":"y","mood":"calm"}],"seats":4},"colour":"red"}`
	must(t, json.Unmarshal([]byte(line), &e))
	s, err := Fold("", []Event{e})
	must(t, err)
	equal(t, "steps", len(s.Plan.Steps), 1)
}

func TestTheNewestGradeOfEachPromptCounts(t *testing.T) {
	graded := func(inTime []grade.Grade, g ...grade.Grade) Event {
		return Event{Kind: Graded, Grades: g, InTime: inTime}
	}
	first := []Event{opened(planOf(1)), graded([]grade.Grade{{Prompt: "a", Points: 1}, {Prompt: "b", Points: 1}},
		grade.Grade{Prompt: "a", Points: 2, Max: 4, Possible: 4}, grade.Grade{Prompt: "b", Points: 1, Max: 4, Possible: 4})}
	before, err := Fold("", first)
	must(t, err)
	s, err := Fold("", append(first, graded(nil, grade.Grade{Prompt: "a", Points: 4, Max: 4, Possible: 4})))
	must(t, err)
	score, _ := s.Score()
	equal(t, "score", score, 5.0/8)
	equal(t, "level of two prompts", s.Level(), "")
	if len(s.InTime) != 1 || s.InTime[0].Prompt != "b" {
		t.Errorf("in time: %+v: that of the newer grade has none", s.InTime)
	}
	score, _ = before.Score()
	equal(t, "the older fold", score, 3.0/8)
}

func TestScoreOfNothing(t *testing.T) {
	var s Session
	if _, judged := s.Score(); judged {
		t.Error("an ungraded session has a score")
	}
	s.Grades = []grade.Grade{{Possible: 5}}
	if _, judged := s.Score(); judged {
		t.Error("a session of which nothing was judged has a score")
	}
}

func TestAnswersOfOnePrompt(t *testing.T) {
	s := Session{Turns: []Turn{
		{Step: Step{Prompt: "a", Phase: "one"}, Text: "all", InTime: "al"},
		{Step: Step{Prompt: "b", Phase: "one"}, Text: "other", InTime: "other"},
		{Step: Step{Prompt: "a", Phase: "two"}, Text: "more", InTime: "more", Draft: true},
	}}
	want := []grade.Answer{{Phase: "one", Text: "all"}, {Phase: "two", Text: "more"}}
	if got := s.Answers("a", false); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	want[0].Text = "al"
	if got := s.Answers("a", true); !reflect.DeepEqual(got, want) {
		t.Errorf("in time: got %+v", got)
	}
	for i, turn := range s.TurnsOf("a") {
		equal(t, "turn of an answer", turn.Step.Phase, want[i].Phase)
	}
	equal(t, "a is late", s.Late("a"), true)
	equal(t, "b is late", s.Late("b"), false)
	equal(t, "one of them is late", s.Late(""), true)
}

// JSON holds no invalid UTF-8: the bytes of an answer must come back nevertheless.
func TestAnyBytesSurviveJSON(t *testing.T) {
	for _, text := range []string{"", "plain", "\xff", "a\xc3", "\xed\xa0\x80", "nul \x00", "\u2028 <&> \uFFFD", strings.Repeat("\x80", 1000)} {
		r, rec := start(t, planOf(1, 1))
		must(t, r.Draft("é"+text+"é"))
		must(t, r.Answer(text))
		for i, e := range rec.events {
			line, err := json.Marshal(e)
			must(t, err)
			rec.events[i] = Event{}
			must(t, json.Unmarshal(line, &rec.events[i]))
		}
		s, err := Fold("", rec.events)
		must(t, err)
		equal(t, "answer", s.Turns[0].Text, text)
		equal(t, "in time", s.Turns[0].InTime, text)
		equal(t, "answer of the event", rec.events[len(rec.events)-2].Said(), text)
		folded(t, r, rec)
	}
}

func TestDiffIsMinimal(t *testing.T) {
	for _, c := range []struct {
		before, after string
		at, cut       int
		put           string
	}{
		{"", "abc", 0, 0, "abc"},
		{"abc", "", 0, 3, ""},
		{"abc", "abc", 3, 0, ""},
		{"abc", "abXc", 2, 0, "X"},
		{"aaa", "aa", 2, 1, ""},
		{"abab", "ab", 2, 2, ""},
		{"é", "è", 0, 2, "è"},              // c3 a9, c3 a8
		{"日", "本", 0, 3, "本"},              // e6 97 a5, e6 9c ac
		{"xȁy", "xāy", 1, 2, "ā"},          // c8 81, c4 81: the same last byte
		{"\xc3", "\xc3\xa9", 0, 1, "é"},    // half a character becomes a whole one
		{"a\xff", "a\xfe", 1, 1, "\xfe"},   // no characters at all
		{"\x80\x80", "\x80", 0, 2, "\x80"}, // nothing but middles: the beginning is the only safe place
		{"one two", "one, two", 3, 0, ","}, // in the middle
		{"🙂🙂", "🙂🙃🙂", 4, 0, "🙃"},           // four bytes, three of them the same
		{"línea\n", "línea\nx", 7, 0, "x"}, // at the end
		{"e\u0301", "e", 1, 2, ""},         // an accent of its own is a character
		{"same head", "same hand", 6, 2, "an"},
	} {
		got := diff(c.before, c.after)
		if got.At != c.at || got.Cut != c.cut || got.put() != c.put {
			t.Errorf("%q → %q: at %d cut %d put %q, want %d %d %q", c.before, c.after, got.At, got.Cut, got.put(), c.at, c.cut, c.put)
		}
	}
}

func FuzzDiff(f *testing.F) {
	f.Add("", "")
	f.Add("日本", "日é本")
	f.Add("\xff\x80", "\x80")
	f.Fuzz(func(t *testing.T, before, after string) {
		s := diff(before, after)
		if !s.fits(before) {
			t.Fatalf("%+v does not fit %q", s, before)
		}
		if got := s.apply(before); got != after {
			t.Fatalf("%q with %+v is %q, not %q", before, s, got, after)
		}
		if utf8.ValidString(before) && utf8.ValidString(after) {
			if s.Raw != nil || !utf8.ValidString(before[:s.At]) || !utf8.ValidString(before[s.At+s.Cut:]) {
				t.Errorf("%q → %q: %+v cuts a character in two", before, after, s)
			}
		}
	})
}

// Fold is total: whatever lines decode, each prefix of them folds, and its session keeps its promises.
func FuzzFold(f *testing.F) {
	for seed := range uint64(5) {
		f.Add(randomJournal(seed))
	}
	f.Add([]byte(`{"v":1,"seq":1,"kind":"opened","plan":{"steps":[{}]}}` + "\n" + `{"kind":"answered","step":0,"text":"x"}`))
	f.Add([]byte(`{"kind":"opened","plan":{"steps":null}}` + "\n" + `{"kind":"entered","step":0}`))
	f.Fuzz(func(t *testing.T, journal []byte) {
		var events []Event
		for line := range bytes.Lines(journal) {
			var e Event
			if json.Unmarshal(line, &e) == nil {
				events = append(events, e)
			}
		}
		for n := range min(len(events), 20) + 1 {
			check(t, events[:n])
		}
		check(t, events)
	})
}

// randomJournal is what a runner writes.
func randomJournal(seed uint64) []byte {
	rng := rand.New(rand.NewPCG(seed, 2))
	rec := &tape{}
	r, _ := Start(planOf(1, 2, 3), rec)
	r.Follow = func(s Session, answered int) []Step {
		if rng.IntN(4) > 0 {
			return nil
		}
		probe := Step{Prompt: "p", Phase: "phase0", Probe: "c", Budget: time.Minute}
		return append([]Step{probe}, s.Plan.Steps[answered+1:min(answered+2, len(s.Plan.Steps))]...)
	}
	text := ""
	for range 20 {
		switch rng.IntN(6) {
		case 0:
			_ = r.Asked("how many?", "9")
		case 1:
			_ = r.Show(Hinted, "hint")
		case 2:
			_ = r.Pause(text)
			_ = r.Continue()
		}
		if text = mutate(rng, text); rng.IntN(3) == 0 {
			_ = r.Answer(text)
		} else if _, err := r.Back(text); err != nil {
			break
		}
	}
	_ = r.Close([]grade.Grade{{Prompt: "p"}}, nil)
	var b bytes.Buffer
	for _, e := range rec.events {
		_ = json.NewEncoder(&b).Encode(e)
	}
	return b.Bytes()
}

// check holds a fold against what the fields of a session promise.
func check(t *testing.T, events []Event) {
	t.Helper()
	s, err := Fold("id", events)
	if err != nil {
		if !errors.Is(err, ErrNoPlan) || !reflect.DeepEqual(s, Session{ID: "id"}) {
			t.Fatalf("%v with %+v", err, s)
		}
		return
	}
	if s.Current < 0 || s.Current > len(s.Plan.Steps) {
		t.Fatalf("step %d of %d", s.Current, len(s.Plan.Steps))
	}
	for i, turn := range s.Turns {
		if turn.Index < 0 || turn.Index >= len(s.Plan.Steps) || i > 0 && s.Turns[i-1].Index >= turn.Index {
			t.Fatalf("turns out of order: %+v", s.Turns)
		}
		if turn.Took < 0 || !reflect.DeepEqual(turn.Step, s.Plan.Steps[turn.Index]) {
			t.Fatalf("turn %d: %+v", i, turn)
		}
	}
	for _, a := range s.Asides {
		if a.Step < 0 || a.Step >= len(s.Plan.Steps) {
			t.Fatalf("aside of no step: %+v", a)
		}
	}
	for _, p := range s.Pauses {
		if p.Step < 0 || p.Step >= len(s.Plan.Steps) || p.Took() < 0 {
			t.Fatalf("pause of no step: %+v", p)
		}
	}
	again, _ := Fold("id", events)
	if !reflect.DeepEqual(s, again) {
		t.Fatalf("two folds differ:\n%+v\n%+v", s, again)
	}
	if s.Unfinished() && len(s.Plan.Steps) > 0 {
		resumable(t, s)
	}
}

// resumable goes on with any unfinished session to its end.
func resumable(t *testing.T, s Session) {
	t.Helper()
	r, err := Resume(s, 1, &tape{})
	must(t, err)
	for left := len(s.Plan.Steps) - s.Current; left > 0; left-- {
		q, open := r.Question()
		if !open || q.Of-q.N != left-1 {
			t.Fatalf("question %+v, %v with %d left", q, open, left)
		}
		must(t, r.Answer("done"))
	}
	if _, open := r.Question(); open {
		t.Fatal("a question is open after the last answer")
	}
}
