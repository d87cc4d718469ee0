package session

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestAsides(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, rec := start(t, planOf(5, 5))
		must(t, r.Asked("how \xff many?", "1,000"))
		must(t, r.Show(Hinted, "first"))
		must(t, r.Show(Hinted, "second"))
		must(t, r.Answer("a"))
		must(t, r.ShowOf(0, Told, "met"))
		must(t, r.Show(Hinted, "third"))
		must(t, r.Answer("b"))
		must(t, r.Show(Hinted, "nobody is asked"))
		must(t, r.Predict(0.6))
		folded(t, r, rec)
		s := r.Session()
		equal(t, "hints of the first", len(s.AsidesOf(0, Hinted)), 2)
		equal(t, "hints of the second", s.AsidesOf(1, Hinted)[0].Text, "third")
		equal(t, "hints of all", len(s.AsidesTo("p", Hinted)), 3)
		equal(t, "feedback", s.AsidesOf(0, Told)[0].Text, "met")
		equal(t, "question", s.AsidesTo("p", "")[0].Question, "how \xff many?")
		equal(t, "reply", s.AsidesTo("p", "")[0].Text, "1,000")
		equal(t, "predicted", *s.Predicted, 0.6)
	})
}

// A pause is what the person wished: not going back, not leaving, not reading what was met.
func TestPauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, rec := start(t, planOf(5, 5))
		must(t, r.Pause(""))
		time.Sleep(2 * time.Minute)
		must(t, r.Continue())
		must(t, r.Answer("a"))
		must(t, r.Halt("", Reading))
		time.Sleep(time.Minute)
		must(t, r.Continue())
		_, err := r.Back("")
		must(t, err)
		must(t, r.Leave(""))
		time.Sleep(time.Hour)
		r = resume(t, rec)
		must(t, r.Pause(""))
		time.Sleep(3 * time.Minute)
		must(t, r.Answer("b"))
		s := r.Session()
		equal(t, "pauses", len(s.PausesOf("p")), 2)
		equal(t, "the first", s.Pauses[0].Took(), 2*time.Minute)
		equal(t, "the second", s.Pauses[1].Took(), 3*time.Minute)
		folded(t, r, rec)
	})
}

func TestBlankIsOnePageOverAllTheTime(t *testing.T) {
	p := Blank(itemOf("url", 5, 2, 13), Pace{})
	equal(t, "mode", p.Mode, ModeBlank)
	equal(t, "steps", len(p.Steps), 1)
	equal(t, "ask", p.Steps[0].Ask, "Ask of url")
	equal(t, "phase", p.Steps[0].Phase, "")
	equal(t, "budget", p.Steps[0].Budget, 20*time.Minute)
	equal(t, "paced", Blank(itemOf("url", 5, 2, 13), Pace{Minutes: 10}).Steps[0].Budget, 10*time.Minute)
	equal(t, "untimed", Blank(itemOf("url", 5), Pace{Untimed: true}).Steps[0].Budget, 0)
}
