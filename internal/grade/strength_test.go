package grade

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestStrength prints, for the prompts named in STRENGTH, what a rubric lets through: examples of hits that still earn
// their mark with every opposite swapped or negated, and the share that the model answer keeps.
func TestStrength(t *testing.T) {
	if os.Getenv("STRENGTH") == "" {
		t.Skip("name prompts in STRENGTH")
	}
	b := builtin()
	for _, id := range strings.Fields(os.Getenv("STRENGTH")) {
		it, err := b.Item(id)
		if err != nil {
			t.Fatal(err)
		}
		s, problems := Compile(it)
		for _, p := range problems {
			t.Error(p)
		}
		var model strings.Builder
		for _, p := range it.Framework.Phases {
			fmt.Fprintf(&model, "## %s\n%s\n", p.Title, it.Prompt.Model[p.ID])
		}
		own := s.score(model.String())
		t.Logf("%s: model %.2f, opposites swapped %.2f of it, negated %.2f", id, own, s.score(swapOpposites(model.String()))/own, s.score(negate(model.String(), 0))/own)
		for i := range s.criteria {
			for _, hit := range s.criteria[i].Examples.Hit {
				turned := swapOpposites(hit)
				if turned != hit && s.alone(i, turned).Points > 0 {
					t.Logf("  %s: still raised by %q", s.criteria[i].ID, turned)
				}
			}
		}
		for _, kind := range []string{"strong", "mediocre", "wrong", "swapped"} {
			line := ""
			for n := 1; n <= 4; n++ {
				if text, ok := answersOf("tuning", fmt.Sprintf("%s-%d", kind, n))[id]; ok {
					line += fmt.Sprintf(" %.2f", s.score(text))
				}
			}
			if line != "" {
				t.Logf("  tuning %-9s%s", kind, line)
			}
		}
		if name := os.Getenv("SHOW"); name != "" {
			s.show(t, answersOf("tuning", name)[id])
		}
	}
}

// show logs every mark of an answer.
func (s *Sheet) show(t *testing.T, text string) {
	a, _ := Split(text, s.item.Framework.Phases)
	g := s.Grade(a)
	for _, m := range g.Marks {
		t.Logf("  %-30s %-8s %.1f/%.0f", m.Criterion, m.Level, m.Points, m.Max)
		for _, e := range m.Evidence {
			t.Logf("      against=%v %q", e.Against, e.Quote)
		}
	}
	for _, sc := range g.Screens {
		t.Logf("  screened: %s: %.100q", sc.Why, a[sc.Answer].Text[sc.Start:sc.End])
	}
}
