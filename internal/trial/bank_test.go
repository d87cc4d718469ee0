package trial_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"interview/internal/bank"
	"interview/internal/trial"
)

// setups are the trials of the bank by prompt.
func setups(t testing.TB) map[string]trial.Setup {
	t.Helper()
	b := bank.New(bank.Layer{Prompts: os.DirFS("../../prompts"), Rubrics: os.DirFS("../../rubrics")})
	heads, _ := b.Heads()
	out := map[string]trial.Setup{}
	for _, h := range heads {
		it, err := b.Item(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !it.Prompt.Trial.Given() {
			continue
		}
		text, _ := json.Marshal(it.Prompt.Trial)
		var s trial.Setup
		if err := json.Unmarshal(text, &s); err != nil {
			t.Fatal(err)
		}
		out[h.ID] = s
	}
	if len(out) < 6 {
		t.Fatalf("only %d trials", len(out))
	}
	return out
}

// Every reference answer is right, and of every planted fault exactly the planted piece is blamed.
func TestReferences(t *testing.T) {
	for id, s := range setups(t) {
		t.Run(id, func(t *testing.T) {
			b, err := trial.Prepare(s)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range b.Prove(true) {
				t.Error(p)
			}
		})
	}
}

// What check does for the whole bank.
func BenchmarkProve(b *testing.B) {
	all := setups(b)
	for b.Loop() {
		for id, s := range all {
			bench, err := trial.Prepare(s)
			if err != nil {
				b.Fatal(id, err)
			}
			bench.Prove(false)
		}
	}
}

// read makes pieces of an answer in Markdown-like lines "relate: …", where a line without a name belongs to the one before.
func read(text string) []trial.Piece {
	var answers []trial.Written
	for line := range strings.Lines(text) {
		name, rest, ok := strings.Cut(line, ": ")
		if ok && slices.Contains([]string{"relate", "base", "order", "original", "time"}, name) {
			answers = append(answers, trial.Written{Piece: name, Text: rest})
		} else if len(answers) > 0 {
			answers[len(answers)-1].Text += line
		}
	}
	return trial.Read(answers)
}

// Answers of testdata/answers.txtar, each under the name "PROMPT BLAME", where BLAME is the faulty piece, several with +, or
// right. The table says of each prompt how many faults were found and blamed on the right piece, and what was right but
// called wrong.
func TestAnswers(t *testing.T) {
	file, err := txtar.ParseFile("testdata/answers.txtar")
	if err != nil {
		t.Fatal(err)
	}
	all := setups(t)
	benches := map[string]*trial.Bench{}
	type row struct{ right, wronged, unrun, faults, found, blamed int }
	rows := map[string]*row{}
	for _, f := range file.Files {
		words := strings.Fields(f.Name)
		id, want := words[0], strings.Split(words[1], "+")
		if benches[id] == nil {
			if benches[id], err = trial.Prepare(all[id]); err != nil {
				t.Fatal(id, err)
			}
			rows[id] = &row{}
		}
		r := rows[id]
		var got []string
		said := ""
		for _, x := range benches[id].Do(read(string(f.Data))).Findings {
			if x.Unrun != "" {
				r.unrun++
				said += "\n  " + x.Check + " not run: " + x.Unrun
			} else if !x.OK {
				got = append(got, x.Check)
				said += "\n  " + x.Check + ": " + x.Says + " [" + x.Input + "]"
			}
		}
		if want[0] == "right" {
			r.right++
			if len(got) > 0 {
				r.wronged++
			}
			if said != "" {
				t.Logf("%s: a right answer\n%s%s", f.Name, f.Data, said)
			}
			continue
		}
		for _, piece := range want {
			r.faults++
			r.found += min(1, len(got))
			if slices.Contains(got, piece) {
				r.blamed++
			} else {
				t.Logf("%s: %s is not blamed\n%s%s", f.Name, piece, f.Data, said)
			}
		}
		for _, piece := range got {
			if !slices.Contains(want, piece) {
				t.Logf("%s: %s is blamed besides\n%s%s", f.Name, piece, f.Data, said)
			}
		}
	}
	sum := row{}
	table := "prompt                           right  called wrong  faults  found  right piece  not run\n"
	for _, id := range append(slices.Sorted(maps.Keys(rows)), "all") {
		r := rows[id]
		if r == nil {
			r = &sum
		} else {
			sum = row{sum.right + r.right, sum.wronged + r.wronged, sum.unrun + r.unrun, sum.faults + r.faults, sum.found + r.found, sum.blamed + r.blamed}
		}
		table += fmt.Sprintf("%-32s %5d %13d %7d %6d %12d %8d\n", id, r.right, r.wronged, r.faults, r.found, r.blamed, r.unrun)
	}
	t.Log("\n" + table)
	if sum.wronged > 0 || sum.found < sum.faults || 10*sum.blamed < 9*sum.faults {
		t.Errorf("of %d right answers %d are called wrong; of %d faults %d are found and %d blamed on the right piece", sum.right, sum.wronged, sum.faults, sum.found, sum.blamed)
	}
}

// No model answer of the bank is called wrong, though few of its lines are meant as notation.
func TestModelAnswers(t *testing.T) {
	b := bank.New(bank.Layer{Prompts: os.DirFS("../../prompts"), Rubrics: os.DirFS("../../rubrics")})
	for id, s := range setups(t) {
		it, err := b.Item(id)
		if err != nil {
			t.Fatal(err)
		}
		var answers []trial.Written
		for _, p := range it.Framework.Phases {
			if p.Piece != "" {
				answers = append(answers, trial.Written{Piece: p.Piece, Text: it.Prompt.Model[p.ID]})
			}
		}
		r, err := trial.Do(trial.Job{Setup: s, Pieces: trial.Read(answers)})
		if err != nil {
			t.Fatal(id, err)
		}
		for _, f := range r.Findings {
			if !f.OK && f.Unrun == "" {
				t.Errorf("%s: %s is called wrong at %d:%d: %s", id, f.Check, f.Line, f.Col, f.Says)
			}
		}
	}
}
