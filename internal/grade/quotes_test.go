package grade

import (
	"cmp"
	"os"
	"strconv"
	"strings"
	"testing"

	"interview/internal/bank"
)

// TestQuotes draws 40 marks by SEED, 1 if it is not set, from the strong answers and prints each quote with the
// descriptor of the level it speaks of, for a reader to say whether one supports the other. It asserts that every quote is one
// sentence or less of the answer, and not so long that nobody reads it.
func TestQuotes(t *testing.T) {
	seed, err := strconv.ParseUint(os.Getenv("SEED"), 10, 64)
	if err != nil {
		seed = 1
	}
	type drawn struct{ answer, criterion, level, descriptor, quote string }
	var all []drawn
	eachSubject(t, func(s *subject) {
		for _, name := range s.kinds("strong") {
			a, _ := Split(s.texts[name], s.item.Framework.Phases)
			g := s.sheet.Grade(a)
			for i, m := range g.Marks {
				if m.Points == 0 {
					continue
				}
				l := s.sheet.criteria[i].Levels[levelAfter(&s.sheet.criteria[i], cmp.Or(m.Says, m.Level))-1]
				all = append(all, drawn{s.id + " " + name, m.Criterion, m.Level, l.Descriptor, m.Evidence[0].Quote})
				if len(m.Evidence[0].Quote) > 2*longQuote {
					s.Errorf("%s %s quotes %d bytes: %q", name, m.Criterion, len(m.Evidence[0].Quote), m.Evidence[0].Quote)
				}
			}
		}
	})
	if len(all) < 40 {
		t.Fatalf("%d marks are too few to draw 40 from", len(all))
	}
	seeded(seed).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for i, d := range all[:40] {
		t.Logf("%d. %s, %s: %s\n      asks   %s\n      quotes %q", i+1, d.answer, d.criterion, d.level, d.descriptor, d.quote)
	}
}

// TestSays holds a mark below the claim that raised it to naming the level its quote speaks of, and one with a claim of its
// own level to quoting that.
func TestSays(t *testing.T) {
	it := one()
	it.Criteria[0].Levels = []bank.Level{
		{Name: "mid", Say: []string{"cache + redirect"}},
		{Name: "senior", Calc: true, Say: []string{"write + #calc", "write + #rate 1.."}},
		{Name: "staff", Say: []string{"cold cache + coalesce"}},
	}
	s, problems := Compile(it)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, c := range []struct{ text, level, says, quote string }{
		{"We coalesce fills of a cold cache.", "mid", "staff", "coalesce"},
		{"A cache answers the redirect.\n\nWe meet 40 writes/s.", "mid", "", "redirect"},
		{"A cache answers the redirect.\n\nWe coalesce fills of a cold cache.", "senior", "staff", "coalesce"},
		{"A cache answers the redirect.\n\nWe meet 40 writes/s at peak.\n\n100M writes/month ≈ 40/s.", "senior", "", "month"},
	} {
		m := s.Grade([]Answer{{Text: c.text}}).Marks[0]
		if m.Level != c.level || m.Says != c.says || len(m.Evidence) == 0 || !strings.Contains(m.Evidence[0].Quote, c.quote) {
			t.Errorf("%q: level %q says %q quotes %v; want %q, %q and %q", c.text, m.Level, m.Says, m.Evidence, c.level, c.says, c.quote)
		}
	}
}
