package session

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"interview/internal/grade"
)

// tape keeps events in memory, as a journal would; the event with number fail is not kept.
type tape struct {
	events []Event
	fail   int
}

var errFull = errors.New("disk full")

func (t *tape) Record(e Event) error {
	if e.Seq == t.fail {
		return errFull
	}
	t.events = append(t.events, e)
	return nil
}

func (t *tape) kinds() string {
	var all []string
	for _, e := range t.events {
		all = append(all, string(e.Kind))
	}
	return strings.Join(all, " ")
}

// planOf has a step of so many minutes each.
func planOf(minutes ...int) Plan {
	p := Plan{Label: "p", Mode: ModeMock}
	for i, m := range minutes {
		p.Steps = append(p.Steps, Step{Prompt: "p", Phase: fmt.Sprint("phase", i), Budget: time.Duration(m) * time.Minute})
	}
	return p
}

func start(t *testing.T, p Plan) (*Runner, *tape) {
	t.Helper()
	var rec tape
	r, err := Start(p, &rec)
	must(t, err)
	return r, &rec
}

// resume goes on from what is on the tape, as a new process would.
func resume(t *testing.T, rec *tape) *Runner {
	t.Helper()
	s, err := Fold("", rec.events)
	must(t, err)
	r, err := Resume(s, len(rec.events), rec)
	must(t, err)
	return r
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func question(t *testing.T, r *Runner) Question {
	t.Helper()
	q, open := r.Question()
	if !open {
		t.Fatal("no question is open")
	}
	return q
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// A whole mock of forty minutes: every step is written to its time-up, and one second over it in one of them.
func TestMockToTimeUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		r, rec := start(t, planOf(5, 2, 5, 3, 12, 13))
		for i, s := range r.Session().Plan.Steps {
			q := question(t, r)
			equal(t, "left at the start", q.Left, s.Budget)
			for range int(s.Budget / time.Second) {
				time.Sleep(time.Second)
				must(t, r.Draft(fmt.Sprint("answer ", i, " after ", time.Since(begun))))
			}
			equal(t, "left at time-up", r.TimeLeft(), 0)
			text := question(t, r).Draft
			if i == 3 {
				time.Sleep(time.Second)
				equal(t, "left a second later", r.TimeLeft(), -time.Second)
				text += " and late words"
			}
			must(t, r.Answer(text))
		}
		must(t, r.Close(nil, nil))
		s := r.Session()
		equal(t, "the clock on the wall", s.ClosedAt.Sub(s.OpenedAt), 40*time.Minute+time.Second)
		equal(t, "time used", s.Took(), 40*time.Minute+time.Second)
		equal(t, "budget", s.Budget(), 40*time.Minute)
		for _, turn := range s.Turns {
			late := turn.Index == 3
			equal(t, "time was up", turn.TimeUp, late)
			equal(t, "late", turn.Late(), late)
			if late {
				equal(t, "in time", turn.InTime+" and late words", turn.Text)
			}
		}
		equal(t, "events", len(rec.events), 1+6+40*60+1+6+2)
		folded(t, r, rec)
	})
}

// folded holds the runner's word against the fold of what it recorded.
func folded(t *testing.T, r *Runner, rec *tape) {
	t.Helper()
	s, err := Fold(r.Session().ID, rec.events)
	must(t, err)
	if !reflect.DeepEqual(s, r.Session()) {
		t.Errorf("the fold of the events is\n%+v\nthe runner says\n%+v", s, r.Session())
	}
}

// What is written without a draft at time-up is late as a whole, because nobody saw when it was typed.
func TestStraddlingSpliceIsLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := start(t, planOf(1))
		time.Sleep(59 * time.Second)
		must(t, r.Draft("seen"))
		time.Sleep(2 * time.Second)
		must(t, r.Answer("seen, straddling"))
		turn := r.Session().Turns[0]
		equal(t, "in time", turn.InTime, "seen")
		equal(t, "all", turn.Text, "seen, straddling")
	})
}

func TestLateDeletionKeepsWhatStoodInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := start(t, planOf(1))
		must(t, r.Draft("cache, queue"))
		time.Sleep(2 * time.Minute)
		must(t, r.Answer("cache"))
		turn := r.Session().Turns[0]
		equal(t, "in time", turn.InTime, "cache, queue")
		equal(t, "all", turn.Text, "cache")
	})
}

func TestUntimedIsNeverLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := planOf(1, 0)
		p.Untimed = true
		r, _ := start(t, p)
		time.Sleep(time.Hour)
		equal(t, "untimed", question(t, r).Untimed, true)
		must(t, r.Answer("a"))
		time.Sleep(time.Hour)
		must(t, r.Answer("b"))
		for _, turn := range r.Session().Turns {
			equal(t, "time was up", turn.TimeUp, false)
			equal(t, "took", turn.Took, time.Hour)
		}
	})
}

func TestDraftOnlyRecordsAChange(t *testing.T) {
	r, rec := start(t, planOf(1, 1))
	must(t, r.Draft(""))
	must(t, r.Draft("héllo"))
	must(t, r.Draft("héllo"))
	must(t, r.Draft("hèllo"))
	must(t, r.Answer("hèllo"))
	equal(t, "kinds", rec.kinds(), "opened entered drafted drafted answered entered")
	splice := rec.events[3].Splice
	equal(t, "splice", fmt.Sprintf("%d %d %q", splice.At, splice.Cut, splice.Put), `1 2 "è"`)
}

func TestBackAndForward(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, rec := start(t, planOf(5, 2, 3))
		time.Sleep(time.Minute)
		must(t, r.Answer("first"))
		time.Sleep(30 * time.Second)
		moved, err := r.Back("half a second")
		must(t, err)
		equal(t, "moved", moved, true)
		q := question(t, r)
		equal(t, "draft of the revisited step", q.Draft, "first")
		equal(t, "its own remaining budget", q.Left, 4*time.Minute)
		equal(t, "left in all", q.TotalLeft, 10*time.Minute-90*time.Second)
		time.Sleep(10 * time.Second)
		must(t, r.Answer("first, mended"))
		q = question(t, r)
		equal(t, "step", q.N, 2)
		equal(t, "draft kept while away", q.Draft, "half a second")
		equal(t, "left of the second", q.Left, 90*time.Second)
		must(t, r.Answer("second"))
		equal(t, "newest text", r.Session().Turns[0].Text, "first, mended")
		older := 0
		for _, e := range rec.events {
			if e.Kind == Answered && e.Text == "first" {
				older++
			}
		}
		equal(t, "older texts in the journal", older, 1)
		folded(t, r, rec)
	})
}

func TestBackFromTheFirstAndFromTheEnd(t *testing.T) {
	r, rec := start(t, planOf(1, 1))
	moved, err := r.Back("kept")
	must(t, err)
	equal(t, "moved before the first step", moved, false)
	equal(t, "draft", question(t, r).Draft, "kept")
	must(t, r.Answer("a"))
	must(t, r.Answer("b"))
	moved, err = r.Back("ignored")
	must(t, err)
	equal(t, "moved into the last step", moved, true)
	equal(t, "its text", question(t, r).Draft, "b")
	folded(t, r, rec)
}

func TestLeaveAndResumeGiveBackUnusedTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, rec := start(t, planOf(5, 2))
		time.Sleep(time.Minute)
		must(t, r.Answer("first"))
		time.Sleep(30 * time.Second)
		must(t, r.Draft("sec"))
		time.Sleep(20 * time.Second) // thinking, nothing typed
		must(t, r.Leave("sec"))
		must(t, r.Leave("sec"))
		time.Sleep(24 * time.Hour)
		equal(t, "kinds", rec.kinds(), "opened entered drafted answered entered drafted paused")

		r = resume(t, rec)
		q := question(t, r)
		equal(t, "step", q.N, 2)
		equal(t, "draft", q.Draft, "sec")
		equal(t, "left", q.Left, 70*time.Second)
		time.Sleep(70 * time.Second)
		must(t, r.Answer("second"))
		equal(t, "time was up", r.Session().Turns[1].TimeUp, false)
		must(t, r.Close(nil, nil))
		for i, e := range rec.events {
			equal(t, "number of an event", e.Seq, i+1)
		}
		folded(t, r, rec)
	})
}

// However a sitting ends, resuming poses the right step.
func TestResumeAtEveryEvent(t *testing.T) {
	full, rec := start(t, planOf(1, 1, 1))
	must(t, full.Answer("a"))
	must(t, full.Draft("b1"))
	_, err := full.Back("b2")
	must(t, err)
	must(t, full.Answer("a2"))
	must(t, full.Answer("b3"))
	must(t, full.Answer("c"))
	must(t, full.Close(nil, nil))
	want := map[int]struct {
		n     int
		draft string
	}{
		1: {1, ""}, 2: {1, ""}, 3: {1, "a"}, 4: {2, ""}, 5: {2, ""}, 6: {2, "b1"}, 7: {2, "b2"}, 8: {2, "b2"}, 9: {1, "a"},
		10: {1, "a2"}, 11: {2, "b2"}, 12: {2, "b2"}, 13: {2, "b3"}, 14: {3, ""}, 15: {3, ""}, 16: {3, "c"}, 17: {0, ""}, 18: {0, ""},
	}
	for n := 1; n < len(rec.events); n++ {
		cut := &tape{events: append([]Event(nil), rec.events[:n]...)}
		r := resume(t, cut)
		q, _ := r.Question()
		if q.N != want[n].n || q.Draft != want[n].draft {
			t.Errorf("after %s: step %d with %q, want %+v", cut.kinds(), q.N, q.Draft, want[n])
		}
		folded(t, r, cut)
	}
	s, err := Fold("x", rec.events)
	must(t, err)
	if _, err := Resume(s, 0, rec); err == nil || !strings.Contains(err.Error(), "finished") {
		t.Errorf("a finished session was resumed: %v", err)
	}
}

func TestAFailedRecordIsFinal(t *testing.T) {
	for fail := 1; fail <= 9; fail++ {
		rec := &tape{fail: fail}
		r, err := Start(planOf(1, 1), rec)
		if fail <= 2 {
			if !errors.Is(err, errFull) {
				t.Errorf("event %d failed, Start says %v", fail, err)
			}
			continue
		}
		must(t, err)
		walk := func() error {
			if err := r.Answer("a"); err != nil {
				return err
			}
			if err := r.Answer("b"); err != nil {
				return err
			}
			return r.Close(nil, nil)
		}
		if err := walk(); !errors.Is(err, errFull) {
			t.Fatalf("event %d failed, the walk says %v", fail, err)
		}
		rec.fail = 0 // room again: too late
		_, back := r.Back("x")
		for i, err := range []error{r.Draft("x"), r.Answer("x"), back, r.Leave("x"), r.Close(nil, nil)} {
			if !errors.Is(err, errFull) {
				t.Errorf("event %d failed, later call %d says %v", fail, i, err)
			}
		}
		equal(t, "events kept", len(rec.events), fail-1)
		folded(t, r, rec)
	}
}

// The wall clock leaps ahead of the monotonic one while a machine sleeps.
func TestSleepIsAPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, rec := start(t, planOf(5))
		time.Sleep(time.Minute)
		r.seenAt = r.seenAt.Add(-8 * time.Hour)
		must(t, r.Draft("awake"))
		equal(t, "kinds", rec.kinds(), "opened entered paused resumed drafted")
		equal(t, "length of the pause", rec.events[3].At.Sub(rec.events[2].At), 8*time.Hour)
		equal(t, "left", r.TimeLeft(), 4*time.Minute)
		folded(t, r, rec)

		r.seenAt = r.seenAt.Add(-59 * time.Second) // a clock that was set a little
		must(t, r.Draft("awake!"))
		r.seenAt = r.seenAt.Add(3 * time.Hour) // or back
		must(t, r.Draft("awake?"))
		equal(t, "kinds", rec.kinds(), "opened entered paused resumed drafted drafted drafted")
	})
}

func TestThinkingIsNoPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, rec := start(t, planOf(5))
		time.Sleep(4 * time.Minute)
		must(t, r.Draft("thought about it"))
		equal(t, "kinds", rec.kinds(), "opened entered drafted")
		equal(t, "left", r.TimeLeft(), time.Minute)
	})
}

func TestCloseRecordsGradesBeforeTheEnd(t *testing.T) {
	r, rec := start(t, planOf(1))
	must(t, r.Answer("a"))
	must(t, r.Close([]grade.Grade{{Prompt: "p", Points: 3, Max: 4, Possible: 4, Level: "met"}}, []grade.Grade{{Prompt: "p", Points: 2, Max: 4, Possible: 4}}))
	equal(t, "kinds", rec.kinds(), "opened entered drafted answered graded closed")
	s := r.Session()
	score, judged := s.Score()
	equal(t, "score", score, 0.75)
	equal(t, "judged", judged, true)
	equal(t, "level", s.Level(), "met")
	equal(t, "in time", s.InTime[0].Points, 2.0)
	equal(t, "unfinished", s.Unfinished(), false)
}

func TestStartRefusesAnEmptyPlan(t *testing.T) {
	if _, err := Start(Plan{Label: "nothing"}, &tape{}); err == nil || !strings.Contains(err.Error(), "nothing") {
		t.Errorf("got %v", err)
	}
}

// paper is what a person with a pencil would note beside the runner.
type paper struct {
	texts []string
	spent []time.Duration
	at    int
}

// Random walks, held against paper and against the fold, with the process dying at random.
func TestRandomWalks(t *testing.T) {
	for seed := range uint64(300) {
		synctest.Test(t, func(t *testing.T) { randomWalk(t, rand.New(rand.NewPCG(seed, 1))) })
	}
}

func randomWalk(t *testing.T, rng *rand.Rand) {
	r, rec := start(t, planOf(1, 2, 3, 1))
	p := &paper{texts: make([]string, 4), spent: make([]time.Duration, 4)}
	for range 60 {
		if p.at == 4 {
			break
		}
		wait := time.Duration(rng.IntN(20)) * time.Second
		time.Sleep(wait)
		p.spent[p.at] += wait
		p.step(t, rng, &r, rec)
		folded(t, r, rec)
	}
	for _, turn := range r.Session().Turns {
		equal(t, "text", turn.Text, p.texts[turn.Index])
		if turn.TimeUp && turn.Took <= turn.Step.Budget {
			t.Errorf("time was up after %v of %v", turn.Took, turn.Step.Budget)
		}
	}
	if p.at == 4 {
		for _, turn := range r.Session().Turns {
			equal(t, "took", turn.Took, p.spent[turn.Index])
		}
	}
}

// step does one thing to the runner and to the paper.
func (p *paper) step(t *testing.T, rng *rand.Rand, r **Runner, rec *tape) {
	text := mutate(rng, p.texts[p.at])
	switch rng.IntN(6) {
	case 0, 1:
		must(t, (*r).Draft(text))
		p.texts[p.at] = text
	case 2, 3:
		must(t, (*r).Answer(text))
		p.texts[p.at] = text
		p.at++
	case 4:
		moved, err := (*r).Back(text)
		must(t, err)
		p.texts[p.at] = text
		equal(t, "moved", moved, p.at > 0)
		p.at = max(0, p.at-1)
	case 5:
		must(t, (*r).Leave(text))
		p.texts[p.at] = text
		time.Sleep(time.Hour)
		*r = resume(t, rec)
	}
	if q, open := (*r).Question(); open {
		equal(t, "step", q.N, p.at+1)
		equal(t, "draft", q.Draft, p.texts[p.at])
		equal(t, "left", q.Left, q.Step.Budget-p.spent[p.at])
	} else {
		equal(t, "steps answered", p.at, 4)
	}
}

// mutate changes a text as an editor would: something taken out, something put in.
func mutate(rng *rand.Rand, s string) string {
	pieces := []string{"", "a", "é", "日本", "\n", "\xff", "e\u0301", "🙂", "aa"}
	i := rng.IntN(len(s) + 1)
	j := i + rng.IntN(len(s)-i+1)
	return s[:i] + pieces[rng.IntN(len(pieces))] + s[j:]
}
