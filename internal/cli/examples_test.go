package cli

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/journal"
	"interview/internal/session"
	"interview/internal/trial"
	"interview/prompts"
	"interview/rubrics"
)

// played is an example session: who sat it when, with which answers, and how much of each step's time it took.
type played struct {
	at      string
	label   string
	phase   string // of a drill
	answers string // a file: Markdown by phase, or a deck's answers each ended by a line with a dot
	pace    []float64
	asks    string // asked in the first step
	hint    bool   // the coach's line is taken in the last
	guess   float64
}

const graded = "../grade/testdata/answers/"

// The examples: a weak, a middling and a strong try of one prompt, a drill and a whole interview in dynamic programming, and
// a deck twice.
var examplesPlayed = []played{
	{at: "2026-11-03T18:04:10Z", label: "url-shortener", answers: "testdata/examples/weak.md", pace: []float64{.5, .3, .4, .9, .4, .35}, hint: true, guess: .5},
	{at: "2026-11-05T07:31:52Z", label: "core-concepts", answers: "testdata/examples/deck-1.md", pace: []float64{.9, 1.2, .8, .9, .5, .6, .8}},
	{at: "2026-11-10T18:30:03Z", label: "url-shortener", answers: "../grade/testdata/tuning/url-shortener/mediocre-3.md", pace: []float64{.9, .8, .6, 1.3, .9, .7}, asks: "how many links a month?", guess: .6},
	{at: "2026-11-12T19:12:40Z", label: "coin-change", answers: graded + "coin-change/mediocre.md", pace: []float64{.5, .7, .3, .4, .3, .4}, guess: .8},
	{at: "2026-11-17T07:29:15Z", label: "core-concepts", answers: "testdata/examples/deck-2.md", pace: []float64{.6, .7, .5, .6, .4, .4, .5}},
	{at: "2026-11-19T18:55:21Z", label: "coin-change", phase: "relate", answers: graded + "coin-change/strong.md", pace: []float64{.8}},
	{at: "2026-11-26T18:02:33Z", label: "url-shortener", answers: graded + "url-shortener/strong.md", pace: []float64{.95, .7, .9, 1.1, .9, .97}, asks: "how many links a month?", guess: .7},
}

// TestExamples sits every example anew, in no real time, and asks that each try of one prompt is better than the one before.
// With -update it puts them into the folder of the examples.
func TestExamples(t *testing.T) {
	dir := t.TempDir()
	if *update {
		dir = filepath.Join("..", "..", "sessions", "examples")
		old, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range old {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	b := bank.New(bank.Layer{Prompts: prompts.FS, Rubrics: rubrics.FS})
	best := map[string]float64{}
	for _, p := range examplesPlayed {
		answers, err := os.ReadFile(p.answers)
		if err != nil {
			t.Fatal(err)
		}
		plan, items, texts := p.plan(t, b, string(answers))
		ran := runs(plan, items, texts)
		var s session.Session
		synctest.Test(t, func(t *testing.T) { s = p.sit(t, plan, items, texts, ran, dir) })
		score, ok := s.Score()
		if before := best[p.label+p.phase]; !ok || s.Unfinished() || score < before || score == 0 {
			t.Errorf("%s of %s: score %v after %v", p.label, p.at, score, before)
		}
		best[p.label+p.phase] = score
	}
}

// runs are those of the notation in the answers, by prompt. They need a child process, which no made-up clock can rule.
func runs(plan session.Plan, items []*bank.Item, texts []string) map[string]session.Tried {
	a := App{Err: io.Discard}
	ran := map[string]session.Tried{}
	for _, it := range items {
		var answers []grade.Answer
		for i, step := range plan.Steps {
			if step.Prompt == it.Prompt.ID {
				answers = append(answers, grade.Answer{Phase: step.Phase, Text: texts[i]})
			}
		}
		r, of := a.triedOf(it, givenTo(&plan, it.Prompt.ID), answers, func(string) (trial.Result, bool) { return trial.Result{}, false })
		if of != "" {
			ran[it.Prompt.ID] = session.Tried{Prompt: it.Prompt.ID, Of: of, Result: r}
		}
	}
	return ran
}

// sit walks a plan at its pace, typing a few lines at a time.
func (p *played) sit(t *testing.T, plan session.Plan, items []*bank.Item, texts []string, ran map[string]session.Tried, dir string) session.Session {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	begin, err := time.Parse(time.RFC3339, p.at)
	must(err)
	time.Sleep(time.Until(begin))
	w, err := journal.Create(dir, p.label)
	must(err)
	defer w.Close()
	r, err := session.Start(plan, w)
	must(err)
	for i, text := range texts {
		q, _ := r.Question()
		if i == 0 && p.asks != "" {
			time.Sleep(20 * time.Second)
			reply, _ := grade.Reply(items[0].Prompt.Facts, p.asks)
			must(r.Asked(p.asks, reply))
		}
		if i == len(texts)-1 && p.hint {
			must(r.Show(session.Hinted, q.Step.Coach))
		}
		lines := strings.SplitAfter(text, "\n")
		each := time.Duration(p.pace[i]*float64(q.Step.Budget)) / time.Duration(len(lines))
		typed := ""
		for _, line := range lines {
			time.Sleep(each.Round(time.Millisecond))
			typed += line
			must(r.Draft(typed))
		}
		must(r.Answer(text))
	}
	if p.guess > 0 {
		time.Sleep(8 * time.Second)
		must(r.Predict(p.guess))
	}
	done := r.Session()
	var grades, inTime []grade.Grade
	for _, it := range items {
		sheet, problems := grade.Compile(it)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		phases, tried := plan.Graded(it.Prompt.ID), ran[it.Prompt.ID]
		if tried.Of != "" {
			must(r.Tried(tried))
		}
		grades = append(grades, sheet.GradeTried(done.Answers(it.Prompt.ID, false), tried.Result.Findings, phases...))
		if done.Late(it.Prompt.ID) {
			inTime = append(inTime, sheet.GradeTried(done.Answers(it.Prompt.ID, true), nil, phases...))
		}
	}
	must(r.Close(grades, inTime))
	return r.Session()
}

// plan is what is sat, with the items and the answer to each step.
func (p *played) plan(t *testing.T, b *bank.Bank, answers string) (plan session.Plan, items []*bank.Item, texts []string) {
	if cards, err := b.Deck(p.label); err == nil {
		for _, text := range strings.Split(strings.TrimSuffix(answers, ".\n"), "\n.\n") {
			texts = append(texts, strings.TrimSpace(text))
		}
		return session.Deck(p.label, cards, session.Pace{}), cards, texts[:len(cards)]
	}
	it, err := b.Item(p.label)
	if err != nil {
		t.Fatal(err)
	}
	plan = session.Mock(it, session.Pace{})
	if p.phase != "" {
		if plan, err = session.Drill(it, p.phase, nil, session.Pace{}); err != nil {
			t.Fatal(err)
		}
	}
	split, _ := grade.Split(answers, it.Framework.Phases)
	for _, step := range plan.Steps {
		for _, a := range split {
			if a.Phase == step.Phase {
				texts = append(texts, strings.TrimSpace(a.Text))
			}
		}
	}
	if len(texts) != len(plan.Steps) {
		t.Fatalf("%s has answers to %d of %d steps", p.answers, len(texts), len(plan.Steps))
	}
	return plan, []*bank.Item{it}, texts
}
