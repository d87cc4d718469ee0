package grade

import (
	"strings"
	"testing"
)

// A text is taken for one of stock phrases only where it is made of them, and only in the lines that hold them.
func TestStockPhrases(t *testing.T) {
	subjects(t, closelyRead[:1], func(s *subject) {
		glue := func(uses int) (out string) {
			for _, w := range flat(saidTerms(s.item))[:uses] {
				out += "\n\nEverything rests on " + w + " in order to reach what people want from us."
			}
			return s.strong() + out
		}
		for uses, want := range map[int]bool{stockUses - 1: false, 60: true} {
			a, _ := Split(glue(uses), s.item.Framework.Phases)
			r := s.sheet.start(a)
			r.open()
			r.stock(r.saidAgain())
			for i := range r.units {
				u := &r.units[i]
				holds := strings.Contains(a[u.answer].Text[u.From:u.To], "in order to reach")
				if got := u.screened == refrain; got != (want && holds) {
					t.Errorf("%d times, screened = %v: %q", uses, got, a[u.answer].Text[u.From:u.To])
				}
			}
			r.release()
		}
	})
}
