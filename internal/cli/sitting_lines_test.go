package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"interview/internal/session"
)

// tape records events in memory, and fails from the event number broken on, if that is set.
type tape struct {
	mu     sync.Mutex
	events []session.Event
	broken int
}

var errFull = errors.New("no space left on device")

func (t *tape) Record(e session.Event) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.broken > 0 && len(t.events)+1 >= t.broken {
		return errFull
	}
	t.events = append(t.events, e)
	return nil
}

func (t *tape) played() []session.Event {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.events)
}

// page is what was printed; it may be read while line mode goes on.
type page struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (p *page) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.b.Write(text)
}

func (p *page) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.b.String()
}

// seat is a person who types into line mode.
type seat struct {
	t         *testing.T
	keys      *io.PipeWriter
	tape      *tape
	leave     context.CancelFunc
	out, errs page
	done      chan error
	runner    *session.Runner
}

// sitDown begins a plan of two steps of five minutes; the test runs in a bubble of its own time.
func sitDown(t *testing.T, broken int) *seat { return sitDownWith(t, broken, sittingFlags{}) }

func sitDownWith(t *testing.T, broken int, f sittingFlags) *seat {
	in, keys := io.Pipe()
	s := &seat{t: t, keys: keys, tape: &tape{broken: broken}, done: make(chan error, 1)}
	a := &App{In: in, Out: &s.out, Err: &s.errs, Env: func(string) string { return "" }}
	plan := session.Plan{Label: "p", Steps: []session.Step{
		{Prompt: "p", Phase: "one", Title: "One", Ask: "First?", Budget: 5 * time.Minute},
		{Prompt: "p", Phase: "two", Title: "Two", Ask: "Second?", Budget: 5 * time.Minute},
	}}
	r, err := session.Start(plan, s.tape)
	if err != nil {
		t.Fatal(err)
	}
	s.runner = r
	ctx, leave := context.WithCancel(t.Context())
	s.leave = leave
	l := newLines(a, &f)
	table := &sitting{a: a, f: f, plan: plan}
	go func() {
		s.done <- l.walk(ctx, r, table.seat(r))
		in.Close()
		for range l.input { // let the reader end
		}
	}()
	return s
}

func (s *seat) types(text string) {
	if _, err := io.WriteString(s.keys, text); err != nil {
		s.t.Fatal(err)
	}
	synctest.Wait()
}

func (s *seat) ends() error {
	err := <-s.done
	s.leave()
	return err
}

// fold is what a journal would give back.
func (s *seat) fold() session.Session {
	got, err := session.Fold("p", s.tape.played())
	if err != nil {
		s.t.Fatal(err)
	}
	return got
}

func TestLinesWalk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sitDown(t, 0)
		s.types("a\nb\n.\n")
		if out := s.out.String(); strings.Count(out, onDisk) != 1 || !strings.Contains(out, "[2/2] Two · 5:00") {
			t.Errorf("after the first answer:\n%s", out)
		}
		s.types("c\n.\n")
		if err := s.ends(); err != nil {
			t.Fatal(err)
		}
		got := s.fold()
		if len(got.Turns) != 2 || got.Turns[0].Text != "a\nb" || got.Turns[1].Text != "c" || got.Turns[0].Draft {
			t.Errorf("recorded %+v", got.Turns)
		}
	})
}

// A crash costs at most two seconds of typing.
func TestLinesAutosave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sitDown(t, 0)
		s.types("half an answer\n")
		time.Sleep(draftEvery + time.Millisecond)
		synctest.Wait()
		if got := s.fold().Turns[0]; got.Text != "half an answer" || !got.Draft {
			t.Errorf("after %v: %+v", draftEvery, got)
		}
		n := len(s.tape.played())
		time.Sleep(time.Minute)
		synctest.Wait()
		if more := len(s.tape.played()) - n; more != 0 {
			t.Errorf("%d events while nothing was typed", more)
		}
		s.keys.Close()
		_ = s.ends()
	})
}

// What was typed before time-up is told from what came after, and typing goes on.
func TestLinesTimeUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sitDown(t, 0)
		time.Sleep(5*time.Minute - 100*time.Millisecond)
		s.types("in time\n")
		if strings.Contains(s.errs.String(), "is up") {
			t.Error("announced too early")
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if strings.Count(s.errs.String(), "the time of this step is up") != 1 {
			t.Errorf("not announced once: %s", s.errs.String())
		}
		s.types("late\n.\n")
		if got := s.fold().Turns[0]; got.InTime != "in time" || got.Text != "in time\nlate" || !got.TimeUp {
			t.Errorf("recorded %+v", got)
		}
		if !strings.Contains(s.out.String(), "5:01 of 5:00 used, the time was up") {
			t.Errorf("stdout:\n%s", s.out.String())
		}
		s.keys.Close()
		_ = s.ends()
	})
}

// However line mode ends early, what was typed is a draft on disk.
func TestLinesLeave(t *testing.T) {
	for name, end := range map[string]func(*seat){
		"input ends": func(s *seat) { s.keys.Close() },
		"signal":     func(s *seat) { s.leave() },
	} {
		synctest.Test(t, func(t *testing.T) {
			s := sitDown(t, 0)
			s.types("one\n.\nhalf of two\n")
			end(s)
			if err := s.ends(); !errors.Is(err, errLeft) {
				t.Errorf("%s: %v, want errLeft", name, err)
			}
			got := s.fold()
			if got.Current != 1 || got.Turns[1].Text != "half of two" || !got.Turns[1].Draft || !got.Unfinished() {
				t.Errorf("%s: recorded %+v", name, got.Turns)
			}
		})
	}
}

// Lines that were on their way when the signal came are kept too, even a whole answer.
func TestLinesSignalKeepsWhatIsOnItsWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sitDown(t, 0)
		s.leave()
		s.types("one\n.\ntwo\n")
		if err := s.ends(); !errors.Is(err, errLeft) {
			t.Error(err)
		}
		if got := s.fold(); got.Turns[0].Text != "one" || got.Turns[1].Text != "two" {
			t.Errorf("recorded %+v", got.Turns)
		}
	})
}

// A record that fails ends the sitting with the text that is not on disk.
func TestLinesUnsaved(t *testing.T) {
	for broken, want := range map[int]string{3: "a\nb", 4: "a\nb", 5: "a\nb"} { // the draft, the answer, the next step
		synctest.Test(t, func(t *testing.T) {
			s := sitDown(t, broken)
			s.types("a\nb\n.\n")
			var lost *unsaved
			if err := s.ends(); !errors.As(err, &lost) || !errors.Is(err, errFull) || lost.text != want {
				t.Errorf("broken at event %d: %v", broken, err)
			}
			if strings.Contains(s.out.String(), onDisk) {
				t.Errorf("broken at event %d: said that it is on disk", broken)
			}
		})
	}
}

// An answer over the limit is refused with a reason; what fits is kept.
func TestLinesTooLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sitDown(t, 0)
		s.types("kept\n")
		go func() {
			_, _ = io.WriteString(s.keys, strings.Repeat("x", mostAnswer)+"\n") // line mode hangs up on it
		}()
		if err := s.ends(); !errors.Is(err, errTooLong) {
			t.Errorf("%v, want errTooLong", err)
		}
		if got := s.fold().Turns[0]; !strings.HasPrefix(got.Text, "kept") || len(got.Text) > mostAnswer || !got.Draft {
			t.Errorf("kept %d bytes, draft %v", len(got.Text), got.Draft)
		}
	})
}

// A strict sitting closes the step at time-up, as it stands, and does not go back.
func TestLinesStrict(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sitDownWith(t, 0, sittingFlags{strict: true, bell: true, commands: true})
		s.types("half\n")
		time.Sleep(5*time.Minute + time.Millisecond)
		synctest.Wait()
		if got := s.fold(); got.Current != 1 || got.Turns[0].Text != "half" || got.Turns[0].Draft {
			t.Errorf("at time-up: %+v", got.Turns)
		}
		if errs := s.errs.String(); strings.Count(errs, "\a") != 1 || !strings.Contains(errs, "closed as it stands") {
			t.Errorf("stderr %q", errs)
		}
		s.types(":back\n.\n")
		if err := s.ends(); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(s.errs.String(), "does not go back") {
			t.Errorf("stderr %q", s.errs.String())
		}
	})
}

// A strict sitting that is resumed after a step's time closes it as it stands.
func TestLinesStrictAfterTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sitDownWith(t, 0, sittingFlags{strict: true})
		s.types("half\n")
		time.Sleep(4*time.Minute + time.Millisecond)
		synctest.Wait()
		if strings.Contains(s.errs.String(), "is up") || strings.Count(s.errs.String(), "one minute left") != 1 {
			t.Errorf("after four of five minutes: stderr %q", s.errs.String())
		}
		q, _ := s.runner.Question()
		q.Left = -time.Minute
		if _, almost, up := (&lines{strict: true}).alarms(&q); almost == nil || up == nil {
			t.Error("nothing closes the step")
		}
		if soon, almost, up := (&lines{}).alarms(&q); soon != nil || almost != nil || up != nil {
			t.Error("the time is announced again")
		}
		s.types(".\n.\n")
		if err := s.ends(); err != nil {
			t.Fatal(err)
		}
	})
}

// :clear begins the answer anew, and the record keeps what stood there.
func TestLinesClear(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sitDownWith(t, 0, sittingFlags{commands: true})
		s.types("wrong way\n:clear\nright way\n.\ntwo\n.\n")
		if err := s.ends(); err != nil {
			t.Fatal(err)
		}
		if got := s.fold().Turns[0].Text; got != "right way" {
			t.Errorf("recorded %q", got)
		}
		kept := false
		for _, e := range s.tape.events {
			kept = kept || e.Splice != nil && strings.Contains(e.Splice.Put, "wrong way")
		}
		if !kept {
			t.Error("what was cleared is not in the record")
		}
	})
}

// A pause stops the clock and its alarm; enter goes on and is no part of the answer, while text is.
func TestLinesPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sitDownWith(t, 0, sittingFlags{commands: true})
		s.types("one\n:pause\n")
		time.Sleep(time.Hour)
		synctest.Wait()
		if strings.Contains(s.errs.String(), "is up") {
			t.Error("the time was up while the clock stood")
		}
		s.types("\n")
		time.Sleep(4 * time.Minute)
		s.types(":pause\n")
		time.Sleep(time.Hour)
		s.types("two\n")
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if strings.Count(s.errs.String(), "is up") != 1 {
			t.Errorf("stderr %q", s.errs.String())
		}
		s.types(".\n.\n")
		if err := s.ends(); err != nil {
			t.Fatal(err)
		}
		got := s.fold()
		if turn := got.Turns[0]; turn.Text != "one\ntwo" || turn.Took != 6*time.Minute || !turn.TimeUp {
			t.Errorf("recorded %+v", turn)
		}
		if len(got.Pauses) != 2 || got.Pauses[0].Took() != time.Hour {
			t.Errorf("pauses %+v", got.Pauses)
		}
	})
}

// A command that cannot be recorded ends the sitting with the text that is not on disk.
func TestLinesCommandUnsaved(t *testing.T) {
	for _, command := range []string{":ask how many?", ":pause", ":back"} {
		synctest.Test(t, func(t *testing.T) {
			s := sitDownWith(t, 3, sittingFlags{commands: true})
			if command == ":back" {
				s.types("a\n")
			}
			s.types("b\n" + command + "\n")
			var lost *unsaved
			if err := s.ends(); !errors.As(err, &lost) || !strings.HasSuffix(lost.text, "b") {
				t.Errorf("%s: %v", command, err)
			}
		})
	}
}

func TestCommand(t *testing.T) {
	for text, want := range map[string]string{
		":ask": ":ask ", ":ask how many?": ":ask how many?", ":hint": ":hint ", ":help": ":help ", ":back": ":back ", ":clear": ":clear ", ":pause": ":pause ",
		":hint me": "", ":asking": "", " :hint": "", "hint": "", ":": "", "": "", ":HINT": "", `\:hint`: "",
	} {
		c, argument, known := command(text)
		got := ""
		if known {
			got = c.name + " " + argument
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
