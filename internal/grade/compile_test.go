package grade

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A sheet made for some answers must give them the grade that the whole sheet gives: every text of the test data under every
// prompt that has some, whole, with typing errors and with two words of it run together.
func TestSheetForAnswersGradesAlike(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no answers", err)
	}
	ids := map[string]bool{}
	for _, f := range files {
		ids[filepath.Base(filepath.Dir(f))] = true
	}
	checked := 0
	for id := range ids {
		it, err := builtin().Item(id)
		if err != nil {
			continue // answers that wait for their prompt
		}
		whole, problems := Compile(it)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		for n, f := range files {
			if filepath.Base(filepath.Dir(f)) != id && n%9 != 0 {
				continue
			}
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{string(raw), typos(string(raw), .15, rand.New(rand.NewPCG(1, uint64(n)))), strings.Replace(string(raw), " ", "", 40)} {
				answers, _ := Split(text, it.Framework.Phases)
				part, _ := CompileFor(it, answers)
				want, _ := json.Marshal(whole.Grade(answers))
				got, _ := json.Marshal(part.Grade(answers))
				if string(got) != string(want) {
					t.Errorf("%s under %s: the sheet for it gives\n%s\nthe whole\n%s", f, id, got, want)
				}
				checked++
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d texts were graded", checked)
	}
}
