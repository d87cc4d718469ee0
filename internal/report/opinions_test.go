package report

import (
	"fmt"
	"strings"
	"testing"

	"interview/internal/bank"
	"interview/internal/grade"
)

// opinionated is a sheet of n raised marks, and feedback that gives each the level said.
func opinionated(n int, level string) []Sheet {
	it := &bank.Item{Prompt: bank.Prompt{ID: "p", Title: "A prompt"}}
	it.Framework.Phases = []bank.Phase{{ID: "one", Title: "One"}}
	s := Sheet{Item: it, Session: "20261124T101500Z-p", Answers: []grade.Answer{{Phase: "one", Text: "First line.\nSecond words here."}}}
	f := &grade.Feedback{Prompt: "p", Model: "m\x1b[2J", Host: "host", Version: 1, Talk: []grade.Exchange{{In: 10, Out: 2, Seconds: 1.2}}}
	for i := range n {
		id := fmt.Sprint("c", i)
		s.Grade.Marks = append(s.Grade.Marks, grade.Mark{Criterion: id, Title: "Title " + id, Phase: "one", Level: "mid", Points: 1, Max: float64(1 + i)})
		f.Opinions = append(f.Opinions, grade.Opinion{Criterion: id, Level: level, Quote: "Second words", Start: 12, End: 24, Why: "Because " + id})
	}
	s.Feedback = f
	return []Sheet{s}
}

func drawnOpinions(t *testing.T, sheets []Sheet, full bool) string {
	t.Helper()
	var b strings.Builder
	if err := Opinions(&b, sheets, full); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestOpinions(t *testing.T) {
	same := drawnOpinions(t, opinionated(3, "mid"), false)
	if strings.Contains(same, "≠") || strings.Contains(same, "Because") || !strings.Contains(same, "Title c1") {
		t.Errorf("nothing differs:\n%s", same)
	}
	if full := drawnOpinions(t, opinionated(3, "mid"), true); !strings.Contains(full, "“Second words” — One, line 2") || !strings.Contains(full, "Because c2") {
		t.Errorf("in full:\n%s", full)
	}
	many := drawnOpinions(t, opinionated(9, "senior"), false)
	if strings.Count(many, "Because") != mostDetails || !strings.Contains(many, "Because c8") || !strings.Contains(many, "and 4 more that differ: interview review show 2026") {
		t.Errorf("the heaviest first:\n%s", many)
	}
	if strings.Count(many, "≠") != 10 || strings.Contains(many, "\x1b") { // the legend has one
		t.Errorf("signs:\n%s", many)
	}
	for _, line := range strings.Split(many, "\n") {
		if n := len([]rune(line)); n > Width {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

// Whatever an old or foreign journal holds is drawn.
func TestOddOpinions(t *testing.T) {
	sheets := opinionated(4, "senior")
	f := sheets[0].Feedback
	f.Opinions[0].Void = "its quote is made up"
	f.Opinions[1].Answer, f.Opinions[1].End = 7, -3
	f.Opinions[2].Again = "none"
	f.Opinions = f.Opinions[:3]
	f.Err, f.Notes, f.Well, f.Question = "half of it failed", []string{"dropped: x"}, []string{"short"}, "And now?"
	got := drawnOpinions(t, sheets, true)
	for _, want := range []string{"Not judged: half of it failed", "Title c0                                mid          void", "not judged\n", "? none", "elsewhere", "- dropped: x", "- And now?", "10 tokens in, 2 out"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	sheets[0].Feedback = nil
	if got := drawnOpinions(t, sheets, true); strings.TrimSpace(got) != "" {
		t.Errorf("nobody was asked: %q", got)
	}
}
