package journal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/session"
)

// known is what a skimmed session knows of a whole one.
func known(s session.Session) session.Session {
	p := &s.Plan
	p.Steps, p.Given, s.Turns, s.Grades = slices.Clone(p.Steps), slices.Clone(p.Given), slices.Clone(s.Turns), slices.Clone(s.Grades)
	for i := range p.Steps {
		p.Steps[i] = session.Step{Prompt: p.Steps[i].Prompt, Phase: p.Steps[i].Phase, Title: p.Steps[i].Title, Budget: p.Steps[i].Budget, Probe: p.Steps[i].Probe}
	}
	var prompts []bank.Prompt
	for _, x := range p.Prompts {
		prompts = append(prompts, bank.Prompt{ID: x.ID, Title: x.Title, Track: x.Track, Family: x.Family})
	}
	p.Prompts = prompts
	for i, g := range p.Given {
		p.Given[i] = session.Given{Prompt: g.Prompt, Phase: g.Phase, Yours: g.Yours}
	}
	for i := range s.Turns {
		t := &s.Turns[i]
		*t = session.Turn{Step: p.Steps[t.Index], Index: t.Index, At: t.At, Took: t.Took, TimeUp: t.TimeUp, Rating: t.Rating}
	}
	for i, g := range s.Grades {
		g.Marks = slices.Clone(g.Marks)
		for k := range g.Marks {
			g.Marks[k].Evidence, g.Marks[k].Sought = nil, ""
		}
		s.Grades[i] = grade.Grade{Prompt: g.Prompt, Rubric: g.Rubric, Engine: g.Engine, Level: g.Level, Points: g.Points, Max: g.Max, Possible: g.Possible, Marks: g.Marks}
	}
	s.InTime = nil
	return s
}

// odd is a session with what a walk over JSON could stumble on.
func odd() []session.Event {
	zero, one := 0, 1
	steps := []session.Step{{Prompt: "a", Phase: "p", Title: `quo"te \ ]}`, Ask: "why {[\"?", Budget: time.Minute, Parts: []string{"x,y"}},
		{Prompt: "a", Phase: "q", Title: "", Probe: "c"}}
	plan := session.Plan{Label: "a\u2028\n\"b", Mode: session.ModeDrill, Steps: steps, Untimed: true,
		Prompts: []bank.Prompt{{ID: "a", Title: "é\\", Track: "t", Family: "f", Vocab: map[string]string{"x": `"took":1`}, Facts: []bank.Fact{{Says: `\"`}},
			Criteria: []bank.Criterion{{ID: "ID", Title: "Title", Levels: []bank.Level{{Calc: true}}}}}},
		Given: []session.Given{{Prompt: "a", Phase: "o", Text: "}]", Yours: true}, {Prompt: "a", Phase: "n"}}}
	events := []session.Event{
		{Kind: session.Opened, Plan: &plan},
		{Kind: session.Entered, Step: &zero},
		{Kind: session.Drafted, Step: &zero, Splice: &session.Splice{Put: `,"took":7}`}, Took: 3},
		{Kind: session.Answered, Step: &zero, Text: `he said ,"took":99, ","time_up":true`, Took: 5 * time.Second},
		{Kind: session.Entered, Step: &one},
		{Kind: session.Answered, Step: &one, Raw: []byte{0xff}, Took: time.Hour, TimeUp: true},
		{Kind: session.Rated, Step: &one, Rating: 3, Took: time.Hour},
		{Kind: session.Shown, Step: &one, What: session.Model, Text: "m"},
		{Kind: "unheard of", Text: "x"},
		{Kind: session.Graded, Grades: []grade.Grade{{Prompt: "a", Rubric: "r", Engine: 2, Points: 1.0 / 3, Max: 1e21, Possible: 1e-9, Level: "l", Next: []string{"x"},
			Screens: []grade.Screen{{Why: `]}"`}}, Marks: []grade.Mark{{Criterion: "c", Title: `"t"`, Phase: "p", Concept: "k", Level: "l", Points: 1, Max: 2,
				Evidence: []grade.Evidence{{Quote: `"criterion":"no"`}}, Sought: "s", Unmarked: "u", NotAsked: true}, {Criterion: "d"}}}},
			InTime: []grade.Grade{{Prompt: "a", Points: 9}}},
		{Kind: session.Closed},
	}
	for i := range events {
		events[i].V, events[i].Seq, events[i].At = session.Version, i+1, time.Date(2026, 1, 1, 0, 0, i, 0, time.UTC)
	}
	return events
}

func written(t testing.TB, dir string, events []session.Event) string {
	t.Helper()
	w, err := Create(dir, "odd")
	must(t, err)
	defer w.Close()
	for _, e := range events {
		must(t, w.Record(e))
	}
	return w.Path()
}

// What is skimmed folds into the same session, but for its texts.
func TestSkimFoldsAlike(t *testing.T) {
	paths, err := filepath.Glob("../../sessions/examples/*.jsonl")
	must(t, err)
	paths = append(paths, sitting(t, t.TempDir()), written(t, t.TempDir(), odd()))
	for _, path := range paths {
		events, err := Read(path)
		must(t, err)
		skimmed, err := Skim(path, nil)
		must(t, err)
		want, err := session.Fold("x", events)
		must(t, err)
		got, err := session.Fold("x", skimmed)
		must(t, err)
		if got, want := known(got), known(want); !reflect.DeepEqual(got, want) {
			t.Errorf("%s\ngot  %+v\nwant %+v", path, got, want)
		}
	}
}

// The kinds with much text take the short way, else nothing is won.
func TestSkimTakesTheShortWay(t *testing.T) {
	text, err := os.ReadFile(written(t, t.TempDir(), odd()))
	must(t, err)
	var short []string
	for line := range bytes.Lines(text) {
		var e session.Event
		must(t, skim(line, &e))
		if e.Text == "" && e.Splice == nil && e.Raw == nil && (e.Plan == nil || e.Plan.Steps[0].Ask == "") && (e.Grades == nil || e.InTime == nil) {
			short = append(short, string(e.Kind))
		}
	}
	if got := strings.Join(short, " "); got != "opened entered drafted answered entered answered rated graded closed" {
		t.Errorf("the short way: %s", got)
	}
}

func TestSkimNamesABadLine(t *testing.T) {
	path := written(t, t.TempDir(), odd())
	text, err := os.ReadFile(path)
	must(t, err)
	lines := bytes.SplitAfter(text, []byte("\n"))
	for _, bad := range []string{"what\n", `{"v":1,"seq":3,"at":"2026-01-01T00:00:00Z","kind":"drafted","step":0` + "\n", `{"v":1}` + "\n",
		`{"v":1,"seq":1,"at":"2026-01-01T00:00:00Z","kind":"graded","grades":[{"prompt":"a"]}` + "\n"} {
		broken := bytes.Join([][]byte{lines[0], lines[1], []byte(bad), lines[3]}, nil)
		must(t, os.WriteFile(path, broken, 0o600))
		events, err := Skim(path, nil)
		var line *BadLine
		if !errors.As(err, &line) || line.Line != 3 || len(events) != 2 {
			t.Errorf("%q: %d events, %v", bad, len(events), err)
		}
	}
	must(t, os.WriteFile(path, text[:len(text)-1], 0o600))
	if events, err := Skim(path, nil); err != nil || len(events) != len(lines)-2 {
		t.Errorf("a torn tail: %d events, %v", len(events), err)
	}
}

// Whatever a line is, skimming it says of the kind, the step and the time what decoding it does.
func FuzzSkim(f *testing.F) {
	text, err := os.ReadFile(written(f, f.TempDir(), odd()))
	must(f, err)
	for line := range bytes.Lines(text) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		if bytes.IndexByte(line, '\n') != len(line)-1 {
			return
		}
		var got, want session.Event
		skimmed, decoded := skim(line, &got), decode(line, &want)
		if decoded != nil {
			return
		}
		if skimmed != nil || got.Kind != want.Kind || got.Seq != want.Seq || !got.At.Equal(want.At) || got.TimeUp != want.TimeUp || !reflect.DeepEqual(got.Step, want.Step) {
			t.Errorf("%q\ngot  %+v %v\nwant %+v", line, got, skimmed, want)
		}
	})
}
