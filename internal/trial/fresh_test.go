package trial_test

import (
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/trial"
)

// Answers written by people who had not seen this package. manifest.tsv says of each the faulty piece, or right. "fresh" and
// "seen" were read while the reader was mended, "blind" was not: its figures are those to expect of your own notes.
// Nothing should be passed over in silence. A floor is the value reached, where not all is: it may rise and never fall.
func TestFreshAnswers(t *testing.T) {
	for _, set := range []struct {
		name                           string
		wronged, found, blamed, silent int // at most, at least, at least, at most; of blamed only those on the right piece alone
	}{
		{"fresh", 0, 30, 27, 0},
		{"seen", 4, 136, 129, 1},
		{"blind", 1, 24, 24, 0},
	} {
		t.Run(set.name, func(t *testing.T) {
			if underRace && set.name != "fresh" {
				t.Skip("300 answers take minutes; those of fresh go the same ways")
			}
			s := sift(t, "testdata/"+set.name)
			if s.wronged > set.wronged || s.found < set.found || s.blamed < set.blamed || s.silent > set.silent || s.right == 0 || s.faults == 0 {
				t.Error("the figures above are not good enough")
			}
		})
	}
}

// sifted counts answers of a set and their pieces.
type sifted struct{ right, wronged, faults, found, blamed, unjudged, silent int }

func (s *sifted) add(o sifted) {
	s.right += o.right
	s.wronged += o.wronged
	s.faults += o.faults
	s.found += o.found
	s.blamed += o.blamed
	s.unjudged += o.unjudged
	s.silent += o.silent
}

func (s *sifted) row(name string) string {
	return fmt.Sprintf("| %s | %d, %d | %d | %d | %d | %d |", name, s.right, s.wronged, s.faults, s.found, s.blamed, s.unjudged)
}

// sift runs a set, and logs it by prompt as a table and each answer that is not judged as its manifest says.
func sift(t *testing.T, dir string) (all sifted) {
	t.Helper()
	manifest, err := os.ReadFile(dir + "/manifest.tsv")
	if err != nil {
		t.Fatal(err)
	}
	b := bank.New(bank.Layer{Prompts: os.DirFS("../../prompts"), Rubrics: os.DirFS("../../rubrics")})
	bench, by := benches(t), map[string]*sifted{}
	for line := range strings.Lines(string(manifest)) {
		cols := strings.Split(strings.TrimSpace(line), "\t")
		name, want, id := cols[0], cols[1], path.Dir(cols[0])
		if by[id] == nil {
			by[id] = &sifted{}
		}
		wrong, state := blame(t, b, bench(id), id, dir+"/"+name)
		one := weigh(want, wrong, state)
		by[id].add(one)
		if one.silent > 0 {
			t.Logf("%s: a piece is passed over in silence: %v", name, state)
		}
		if one.wronged > 0 || one.faults > one.blamed {
			t.Logf("%s: want %s, got %q", name, want, wrong)
		}
	}
	t.Log("| prompt | right, called wrong | faults | found | on the right piece alone | pieces not judged |")
	for _, id := range slices.Sorted(maps.Keys(by)) {
		t.Log(by[id].row("`" + id + "`"))
		all.add(*by[id])
	}
	t.Log(all.row("all"))
	return all
}

// weigh holds one answer against its manifest.
func weigh(want string, wrong []string, state map[string]string) (s sifted) {
	for _, check := range []string{trial.Relate, trial.Base, trial.Order, trial.Original, trial.Growth} {
		switch state[check] {
		case "":
			if state["cases"] == "" { // an answer in code has no pieces
				s.silent++
			}
		case "not read", "not run":
			s.unjudged++
		}
	}
	if want == "right" {
		s.right, s.wronged = 1, min(1, len(wrong))
		return s
	}
	s.faults, s.found = 1, min(1, len(wrong))
	if slices.Equal(wrong, []string{want}) {
		s.blamed = 1
	}
	return s
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
