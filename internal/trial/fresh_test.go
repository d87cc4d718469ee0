package trial_test

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/trial"
)

// Answers of testdata/fresh, written by someone who had not seen this package. manifest.tsv says of each the faulty piece, or
// right. Every fault is found, nine in ten on the right piece alone; no right answer is called wrong; and each piece that an
// answer has is in the findings, if only as one that was not read.
func TestFreshAnswers(t *testing.T) {
	manifest, err := os.ReadFile("testdata/fresh/manifest.tsv")
	if err != nil {
		t.Fatal(err)
	}
	b := bank.New(bank.Layer{Prompts: os.DirFS("../../prompts"), Rubrics: os.DirFS("../../rubrics")})
	all, benches := setups(t), map[string]*trial.Bench{}
	var right, wronged, faults, found, blamed, silent, unread int
	for line := range strings.Lines(string(manifest)) {
		cols := strings.Split(strings.TrimSpace(line), "\t")
		name, want, id := cols[0], cols[1], path.Dir(cols[0])
		if benches[id] == nil {
			if benches[id], err = trial.Prepare(all[id]); err != nil {
				t.Fatal(id, err)
			}
		}
		wrong, state := blame(t, b, benches[id], id, "testdata/fresh/"+name)
		for _, check := range []string{trial.Relate, trial.Base, trial.Order, trial.Original, trial.Growth} {
			switch state[check] {
			case "":
				silent++
				t.Errorf("%s: nothing is said of %s", name, check)
			case "not read":
				unread++
			}
		}
		if want == "right" {
			right++
			wronged += min(1, len(wrong))
		} else {
			faults++
			found += min(1, len(wrong))
			if slices.Equal(wrong, []string{want}) {
				blamed++
			}
		}
		if want == "right" && len(wrong) > 0 || want != "right" && !slices.Equal(wrong, []string{want}) {
			t.Logf("%s: want %s, got %q", name, want, wrong)
		}
	}
	t.Logf("%d right answers, %d called wrong; %d faults, %d found, %d on the right piece alone; of pieces %d not read and listed, %d silent",
		right, wronged, faults, found, blamed, unread, silent)
	if wronged > 0 || found < faults || 10*blamed < 9*faults || right == 0 || faults == 0 {
		t.Error("the figures above are not good enough")
	}
}

// blame are the checks that an answer fails, and what became of each: "run", "not run" or "not read".
func blame(t *testing.T, b *bank.Bank, bench *trial.Bench, id, file string) (wrong []string, state map[string]string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	it, err := b.Item(id)
	if err != nil {
		t.Fatal(err)
	}
	answers, _ := grade.Split(string(text), it.Framework.Phases)
	var written []trial.Written
	for _, a := range answers {
		p, _ := it.Phase(a.Phase)
		piece := p.Piece
		if a.Phase != "" && piece == "" {
			piece = "none"
		}
		written = append(written, trial.Written{Piece: piece, Text: a.Text})
	}
	pieces := trial.Read(written)
	state = map[string]string{}
	for _, f := range trial.Unread(written, pieces) {
		state[f.Check] = "not read"
	}
	for _, f := range bench.Do(pieces).Findings {
		state[f.Check] = "run"
		if f.Unrun != "" {
			state[f.Check] = "not run"
		} else if !f.OK {
			wrong = append(wrong, f.Check)
		}
	}
	return wrong, state
}

// A label says what a line is of, however it is set; what cannot be read under one is named.
func TestLabels(t *testing.T) {
	for _, label := range []string{"Original: ", "5. Original problem: ", "- **Original:** ", "**Original problem**: ", "**Original.** ", "Original\n", "__Original__\n\n", "* Answer: "} {
		pieces := trial.Read([]trial.Written{{Text: "the table is dp\n" + label + "dp[amount]\n"}})
		if len(pieces) != 1 || pieces[0].Name != trial.Original || pieces[0].Text != "dp[amount]" {
			t.Errorf("%q: %v", label, pieces)
		}
	}
	text := "Base case: none is needed here\nrelate: f(i) = f(i-1) + 1\n"
	written := []trial.Written{{Text: text}}
	said := ""
	for _, f := range trial.Unread(written, trial.Read(written)) {
		said += fmt.Sprintf("%s:%d ", f.Check, f.Line)
		if f.Check == trial.Base && text[f.Start:f.End] != "none is needed here" {
			t.Errorf("base is quoted as %q", text[f.Start:f.End])
		}
	}
	if want := "base:1 order:0 original:0 growth:0 "; said != want {
		t.Errorf("not read: %q, want %q", said, want)
	}
	if got := trial.Unread([]trial.Written{{Text: "```python\nx = 1\n```\n"}}, []trial.Piece{{Name: trial.Code}}); len(got) > 0 {
		t.Errorf("of code: %v", got)
	}
}
