package trial_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"interview/internal/trial"
)

func judged(t *testing.T) []txtar.File {
	t.Helper()
	file, err := txtar.ParseFile("testdata/judged.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return file.Files
}

// benches prepares the bench of a prompt when it is first asked for.
func benches(t *testing.T) func(id string) *trial.Bench {
	all, made := setups(t), map[string]*trial.Bench{}
	return func(id string) *trial.Bench {
		t.Helper()
		if made[id] == nil {
			b, err := trial.Prepare(all[id])
			if err != nil {
				t.Fatal(id, err)
			}
			made[id] = b
		}
		return made[id]
	}
}

// Answers of testdata/judged.txtar, each under the name "PROMPT BLAME WHAT": conventions, states and orders that people use, in
// plain notation. Exactly the piece BLAME is found wrong, none for right, and of a right answer every piece is run.
func TestJudged(t *testing.T) {
	bench := benches(t)
	for _, f := range judged(t) {
		id, want := strings.Fields(f.Name)[0], strings.Fields(f.Name)[1]
		var got []string
		said := ""
		for _, x := range bench(id).Do(read(string(f.Data))).Findings {
			switch {
			case x.Unrun != "":
				said += "\n  " + x.Check + " not run: " + x.Unrun
			case !x.OK:
				got = append(got, x.Check)
				said += "\n  " + x.Check + ": " + x.Says + " [" + x.Input + "]"
			}
		}
		if len(got) == 0 && said == "" {
			got = []string{"right"}
		}
		if strings.Join(got, "+") != want {
			t.Errorf("%s: %v%s", f.Name, got, said)
		}
	}
}

// A piece that was not read makes no other wrong: of the right answers of testdata/judged.txtar each piece is left out, and each
// but one.
func TestPiecesMissing(t *testing.T) {
	bench := benches(t)
	for _, f := range judged(t) {
		id, want := strings.Fields(f.Name)[0], strings.Fields(f.Name)[1]
		if want != "right" {
			continue
		}
		for _, name := range []string{trial.Relate, trial.Base, trial.Order, trial.Original, trial.Time} {
			for _, only := range []bool{false, true} {
				pieces := slices.DeleteFunc(read(string(f.Data)), func(p trial.Piece) bool { return (p.Name == name) != only })
				for _, x := range bench(id).Do(pieces).Findings {
					if !x.OK && x.Unrun == "" {
						t.Errorf("%s, %s left out %v: %s: %s [%s]", f.Name, name, !only, x.Check, x.Says, x.Input)
					}
				}
			}
		}
	}
}
