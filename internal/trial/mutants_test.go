package trial_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"interview/internal/trial"
)

// changes are what people get wrong in a line: one place of it at a time.
var changes = []struct{ from, to string }{
	{`\bmin\b`, "max"}, {`\bmax\b`, "min"}, {`- ?1\]`, "]"}, {`- ?1, `, ", "}, {`- ?1\)`, ")"}, {`\+ ?1\]`, "]"}, {`\+ ?1, `, ", "}, {`- ?1\]`, "-2]"}, {`<=`, "<"}, {`<`, "<="}, {`>`, ">="},
	{`==`, "!="}, {`!=`, "=="}, {`\+ 1\b`, "+ 2"}, {`\b1 \+ `, ""}, {` \+ 1\b`, ""}, {`\b1\.\.`, "2.."}, {`\b0\.\.`, "1.."}, {`\.\.n\b`, "..n-1"}, {`\.\.m\b`, "..m-1"}, {`\.\.amount\b`, "..amount-1"},
	{`= 0\b`, "= 1"}, {`= 1\b`, "= 0"}, {`= i\b`, "= 0"}, {`= inf\b`, "= 0"}, {`\[n\]`, "[n-1]"}, {`\[m\]`, "[0]"}, {`\bor\b`, "and"}, {` if [^:]*? else `, " if 1 == 1 else "}, {`n-1 down to 0`, "0 to n-1"},
	{`n down to 0`, "0 to n"}, {`for (\w) in 1..n`, "for $1 = n down to 1"}, {`\+`, "-"}, {`\*`, "+"},
}

// mutants of one piece of an answer: each change at each place where it fits.
func mutants(text string) (out []string) {
	for _, c := range changes {
		re := regexp.MustCompile(c.from)
		for _, at := range re.FindAllStringSubmatchIndex(text, -1) {
			with := string(re.ExpandString(nil, c.to, text, at))
			if m := text[:at[0]] + with + text[at[1]:]; m != text && !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	return out
}

// One change in one piece of a right answer: whatever is found must be of that piece. Some changes are none, since they give
// another right answer, so what is not found is counted and not held against the checker. MUTANTS=all tries every change, not a third.
func TestMutants(t *testing.T) {
	total, found, blamed := 0, 0, 0
	table := ""
	for _, id := range slices.Sorted(maps.Keys(setups(t))) {
		s := setups(t)[id]
		b, err := trial.Prepare(s)
		if err != nil {
			t.Fatal(err)
		}
		n, f, bl := 0, 0, 0
		for i := range s.Right {
			for _, piece := range []string{"relate", "base", "order", "original"} {
				for k, m := range mutants(*field(&s.Right[i], piece)) {
					if all := os.Getenv("MUTANTS") == "all"; !all && k%3 > 0 {
						continue
					}
					r := s.Right[i]
					*field(&r, piece), r.Time = m, ""
					var got []string
					said := ""
					for _, x := range b.Do(trial.PiecesOf(r)).Findings {
						if !x.OK && x.Unrun == "" {
							got = append(got, x.Check)
							said += "\n  " + x.Check + ": " + x.Says + " [" + x.Input + "]"
						} else if x.Unrun != "" {
							said += "\n  " + x.Check + " not run: " + x.Unrun
						}
					}
					n++
					if len(got) > 0 {
						f++
					} else {
						t.Logf("%s: %s changed to %q, nothing found%s", id, piece, m, said)
					}
					if len(got) == 1 && got[0] == piece {
						bl++
					} else if len(got) > 0 && testing.Verbose() {
						t.Logf("%s: %s changed to %q, blamed are %s%s", id, piece, m, strings.Join(got, ", "), said)
					}
				}
			}
		}
		total, found, blamed = total+n, found+f, blamed+bl
		table += fmt.Sprintf("%-34s %4d changed %4d found %4d blamed on that piece alone\n", id, n, f, bl)
	}
	t.Logf("\n%s%-34s %4d changed %4d found %4d blamed on that piece alone\n", table, "all", total, found, blamed)
	if 10*blamed < 9*found || total < 200 {
		t.Errorf("of %d changes %d are found and %d blamed on the piece that was changed", total, found, blamed)
	}
}

func field(r *trial.Reference, piece string) *string {
	return map[string]*string{"relate": &r.Relate, "base": &r.Base, "order": &r.Order, "original": &r.Original}[piece]
}
