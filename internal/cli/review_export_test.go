package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/journal"
	"interview/internal/report"
	"interview/internal/session"
	"interview/prompts"
	"interview/rubrics"
	stored "interview/sessions"
)

// The Markdown of a session, given to grade, earns the marks of the session: over the examples, and over sessions made up of
// each framework, in each mode, with answers that hold all that could be taken for the page around them.
func TestMarkdownRoundTrip(t *testing.T) {
	b := bank.New(bank.Layer{Prompts: prompts.FS, Rubrics: rubrics.FS})
	t.Run("examples", func(t *testing.T) {
		for id, s := range examples(t) {
			for _, p := range s.Plan.Prompts {
				j, err := judgeOfPrompt(b, &s.Plan, p.ID)
				if err != nil {
					t.Fatal(err)
				}
				roundTrip(t, id, b, s, j)
			}
		}
	})
	frameworks, err := b.Frameworks()
	if err != nil || len(frameworks) < 3 {
		t.Fatal(len(frameworks), err)
	}
	heads, _ := b.Heads()
	for _, f := range frameworks {
		t.Run(f.ID, func(t *testing.T) {
			of := slices.DeleteFunc(slices.Clone(heads), func(h bank.Head) bool { return h.Framework != f.ID })
			if len(of) == 0 {
				t.Skip("no prompt has this framework")
			}
			r := rand.New(rand.NewPCG(8, uint64(len(of))))
			for range 6 {
				j, second := whole(t, b, of[r.IntN(len(of))].ID), whole(t, b, of[r.IntN(len(of))].ID)
				for i, plan := range plansOf(t, j.item, second.item) {
					s := sat(t, r, plan, j, second)
					roundTrip(t, fmt.Sprintf("%s, plan %d", j.id(), i), b, s, j)
					if len(plan.Prompts) > 1 {
						roundTrip(t, fmt.Sprintf("%s, plan %d", second.id(), i), b, s, second)
					}
				}
			}
		})
	}
}

func examples(t *testing.T) map[string]session.Session {
	t.Helper()
	paths, err := fs.Glob(stored.FS, "examples/*.jsonl")
	if err != nil || len(paths) == 0 {
		t.Fatal("no example sessions", err)
	}
	all := map[string]session.Session{}
	for _, path := range paths {
		events, err := journal.Read("../../sessions/" + path)
		if err != nil {
			t.Fatal(err)
		}
		if all[path], err = session.Fold(path, events); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// whole is a prompt that is ready for any answer.
func whole(t *testing.T, b *bank.Bank, id string) *judging {
	t.Helper()
	j, err := judgingOf(b, id)
	if err == nil {
		err = j.compile()
	}
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func judgeOfPrompt(b *bank.Bank, plan *session.Plan, id string) (*judging, error) {
	it, err := itemOf(b, plan, id)
	if err != nil {
		return nil, err
	}
	j := &judging{item: it, try: (&App{Err: io.Discard}).tried}
	return j, j.compile()
}

// plansOf are a whole interview, one page, a drill of the last phase, and a sitting of two prompts.
func plansOf(t *testing.T, it, second *bank.Item) []session.Plan {
	t.Helper()
	last := it.Framework.Phases[len(it.Framework.Phases)-1].ID
	drill, err := session.Drill(it, last, nil, session.Pace{})
	if err != nil {
		t.Fatal(err)
	}
	plans := []session.Plan{session.Mock(it, session.Pace{}), session.Blank(it, session.Pace{Untimed: true}), drill}
	if second.Prompt.ID != it.Prompt.ID {
		both, err := session.DrillMany(last, []*bank.Item{it, second}, nil, session.Pace{})
		if err != nil {
			t.Fatal(err)
		}
		plans = append(plans, both)
	}
	return plans
}

// sat is a session of a plan in which every step is answered, one of them after a follow-up.
func sat(t *testing.T, r *rand.Rand, plan session.Plan, judges ...*judging) session.Session {
	t.Helper()
	first := plan.Steps[0]
	probe := first
	probe.Probe, probe.Ask = "any", "And <!-- interview:answer then --> what?"
	zero := 0
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	events := []session.Event{{Kind: session.Opened, At: at, Plan: &plan}, {Kind: session.Posed, Step: &zero, Steps: []session.Step{probe, first}}}
	for i := range len(plan.Steps) + 1 {
		step := plan.Steps[max(0, i-1)]
		text := madeUp(r, judges[slices.IndexFunc(judges, func(j *judging) bool { return j.id() == step.Prompt })].item, step.Phase)
		events = append(events, session.Event{Kind: session.Answered, Step: &i, Text: text, Took: time.Minute},
			session.Event{Kind: session.Asked, Step: &i, Text: "how many <!-- interview:end -->", Reply: "## " + step.Title})
	}
	s, err := session.Fold("20261124T100000Z-made-up", events)
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range judges {
		if answers := s.Answers(j.id(), false); len(answers) > 0 && !slices.ContainsFunc(s.Grades, func(g grade.Grade) bool { return g.Prompt == j.id() }) {
			s.Grades = append(s.Grades, j.sheet.GradeTried(answers, j.findings(answers), s.Plan.Graded(j.id())...))
		}
	}
	return s
}

// madeUp is an answer of sentences of the model answer, among lines that could end, begin or hide an answer.
func madeUp(r *rand.Rand, it *bank.Item, phase string) string {
	odd := []string{"", "\r\n", "```", "~~~go", "> quoted", "<!-- a comment", "-->", "<!-- interview:end -->", "<!-- interview:end 2 -->\r", "\ufeff", "\xff\xfe", "\x00",
		"<!-- interview:answer " + it.Prompt.ID + " -->", "<!-- interview:graded " + it.Prompt.ID + " nothing -->", "<script>alert(1)</script>", "client -> api -> db, cache", "漢字 🙂", "   "}
	for _, ph := range it.Framework.Phases {
		odd = append(odd, "## "+ph.Title, "# "+ph.ID)
	}
	var lines []string
	for range r.IntN(12) {
		lines = append(lines, odd[r.IntN(len(odd))])
		if model := strings.Split(it.Prompt.Model[phase], "\n"); r.IntN(2) == 0 {
			lines = append(lines, model[r.IntN(len(model))])
		}
	}
	if r.IntN(3) == 0 {
		lines = append(lines, it.Prompt.Model[phase])
	}
	return strings.Join(lines, "\n")
}

// roundTrip compares the grade of a session's answers by today's rubric with that of its Markdown.
func roundTrip(t *testing.T, name string, b *bank.Bank, s session.Session, j *judging) {
	t.Helper()
	a := App{Err: new(bytes.Buffer), Out: new(bytes.Buffer)}
	var page bytes.Buffer
	if err := report.Markdown(&page, &report.Record{Session: &s, Sheets: a.reportSheets(b, &s)}); err != nil {
		t.Fatal(err)
	}
	text := page.String()
	if err := j.refuse(text); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	answers := s.Answers(j.id(), false)
	want := j.sheet.GradeTried(answers, j.findings(answers), s.Plan.Graded(j.id())...)
	got := j.grade(text)
	for i := range got.Marks {
		for k := range got.Marks[i].Evidence {
			e := &got.Marks[i].Evidence[k]
			if text[e.Start:e.End] != e.Quote {
				t.Errorf("%s: evidence %q does not stand at its span", name, e.Quote)
			}
			e.Answer, e.Start, e.End = 0, 0, 0
		}
	}
	placeless(&want)
	if len(got.Screens) != len(want.Screens) {
		t.Errorf("%s: %d screens, want %d", name, len(got.Screens), len(want.Screens))
	}
	got.Screens, want.Screens = nil, nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-session +markdown):\n%s\n%s", name, diff, text)
	}
}

// placeless leaves out where evidence stands, which differs between a session and its Markdown.
func placeless(g *grade.Grade) {
	g.Marks = slices.Clone(g.Marks)
	for i := range g.Marks {
		m := &g.Marks[i]
		m.Evidence = slices.Clone(m.Evidence)
		for k := range m.Evidence {
			e := &m.Evidence[k]
			e.Answer, e.Start, e.End = 0, 0, 0
		}
	}
}

// A transcript of another prompt is refused where one is graded, and stays a bad line or file among many.
func TestTranscriptOfAnother(t *testing.T) {
	b := bank.New(bank.Layer{Prompts: prompts.FS, Rubrics: rubrics.FS})
	heads, _ := b.Heads()
	j := whole(t, b, heads[0].ID)
	text := grade.Enclosed("other", grade.Answer{Text: "x"})
	if err := j.refuse(text); err == nil || !strings.Contains(err.Error(), "answers other, not "+j.id()) {
		t.Errorf("refuse says %v", err)
	}
	for _, plain := range []string{"plain <!-- interview:answer x -->", "<!-- answer here -->\ntext", "<!-- interview:answer -->"} {
		if err := j.refuse(plain); err != nil {
			t.Errorf("%q: %v", plain, err)
		}
	}
}

// Whatever a journal says, its session can be drawn in every form, and none of it becomes a part of the page.
func FuzzPages(f *testing.F) {
	const opened = `{"v":1,"seq":1,"at":"2026-11-24T10:00:00Z","kind":"opened","plan":{"label":"library","mode":"mock","steps":[{"prompt":"library","phase":"scope","title":"Scope","budget":300000000000}],"prompts":[{"id":"library","title":"T"}]}}`
	const answered = `{"kind":"answered","step":0,"text":"readers <script>borrow\nclient -> api","took":1000000000}`
	f.Add(opened + "\n" + answered + "\n" + `{"kind":"graded","grades":[{"prompt":"library","points":1,"max":1,"possible":1,"level":"senior","next":["x"],"marks":[{"criterion":"borrow","title":"<script>","phase":"scope","level":"mid","points":1,"max":1,"evidence":[{"answer":0,"start":3,"end":99,"quote":"x"},{"answer":-1,"start":-5,"end":2}]}]}]}`)
	f.Add(opened + "\n" + `{"kind":"graded","grades":[{"prompt":"gone","marks":[{"criterion":"","phase":"scope"}]},{"prompt":"library"}]}` + "\n" + answered)
	f.Add(opened + "\n" + `{"kind":"answered","step":0,"raw":"//8=","rating":9}` + "\n" + `{"kind":"advised","advice":{"prompt":"library","opinions":[{"criterion":"borrow","start":-1,"end":5}]}}`)
	b := testBank()
	f.Fuzz(func(t *testing.T, journal string) {
		var events []session.Event
		for line := range strings.Lines(journal) {
			var e session.Event
			if json.Unmarshal([]byte(line), &e) == nil {
				events = append(events, e)
			}
		}
		s, err := session.Fold("20261124T100000Z-fuzzed", events)
		if err != nil {
			return
		}
		a := App{Out: io.Discard, Err: io.Discard}
		r := &report.Record{Session: &s, Sheets: a.reportSheets(b, &s), Before: &s}
		for _, format := range exportFormats {
			var page bytes.Buffer
			if err := writeRecord(&page, r, format); err != nil {
				t.Fatalf("%s: %v", format, err)
			}
			if format == formHTML && strings.Contains(page.String(), "<script") {
				t.Fatal("a script stands in the page")
			}
		}
		if err := report.Transcript(io.Discard, r); err != nil {
			t.Fatal(err)
		}
	})
}
