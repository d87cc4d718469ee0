package tui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"interview/internal/session"
)

func TestWholeSitting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One", "Two", "Three"))
		s.wants("URL shortener", "1 of 3", "What about One?", "01:00 left of 01:00", "in all 03:00 of 03:00", "ctrl+s next")
		s.press("first", "enter", "line", "ctrl+s")
		s.wants("2 of 3", "What about Two?", "✓ One")
		s.press("second", "ctrl+s", "third")
		s.wants("ctrl+s finish")
		s.press("ctrl+s")
		s.pass(time.Second)
		s.recorded("first\nline", "second", "third")
		if !s.quit || s.m.finish(nil) != nil {
			t.Errorf("quit %v, error %v", s.quit, s.m.finish(nil))
		}
	})
}

func TestBurstOverChangesOfStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var titles, want []string
		for i := range 20 {
			titles = append(titles, fmt.Sprint("step ", i))
			want = append(want, fmt.Sprint("answer ", i))
		}
		s := sit(t, steps(titles...))
		for _, text := range want {
			for _, r := range text {
				s.press(string(r))
			}
			s.press("ctrl+s")
		}
		s.recorded(want...)
	})
}

func TestAutosaveWithinTwoSecondsOfAKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One"))
		for i := range 40 { // someone who never pauses for long is saved too
			s.press("x")
			s.pass(100 * time.Millisecond)
			if kept, typed := len(s.texts()[0]), i+1; typed-kept > 20 {
				t.Fatalf("after %d keys only %d are saved", typed, kept)
			}
		}
		s.pass(2 * time.Second)
		s.recorded(strings.Repeat("x", 40))
		saves := s.ledger.count(session.Drafted)
		if s.pass(30 * time.Second); s.ledger.count(session.Drafted) != saves {
			t.Error("an idle room records drafts")
		}
	})
}

func TestTimeUpIsAnnouncedOnceAndRecorded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One", "Two"))
		s.pass(59*time.Second + 500*time.Millisecond)
		s.press("in time")
		s.lacks("time is up")
		s.pass(490 * time.Millisecond)
		s.recorded("in time")
		s.pass(100 * time.Millisecond)
		s.wants("time is up for One", "00:01 over")
		s.press(" and")
		s.wants("time is up for One") // whoever types just then shall see it too
		s.pass(noticed)
		s.press(" late")
		s.lacks("time is up for One")
		s.pass(time.Minute)
		s.lacks("time is up for One")
		s.press("ctrl+s")
		turn := s.ledger.fold(t).Turns[0]
		if turn.Text != "in time and late" || turn.InTime != "in time" || !turn.TimeUp {
			t.Errorf("recorded %+v", turn)
		}
		s.pass(30 * time.Second)
		s.wants("00:31 left of 01:00", "in all 00:35 over of 02:00")
	})
}

func TestStrictClosesTheStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One", "Two"), func(room *Room, _ *ledger) { room.Strict = true })
		s.press("what I have")
		s.pass(61 * time.Second)
		s.wants("2 of 2", "time was up for One")
		s.press("esc", "p")
		s.wants("2 of 2", "does not go back")
		s.pass(61 * time.Second)
		if !s.quit {
			t.Error("the last step did not close")
		}
		s.recorded("what I have", "")
	})
}

func TestUntimed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		plan := steps("One")
		plan.Untimed = true
		s := sit(t, plan)
		s.pass(time.Hour)
		s.wants("no clock")
		s.lacks("time is up")
	})
}

func TestEmptyAnswerIsAskedAboutOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One", "Two", "Three"))
		s.press("ctrl+s")
		s.wants("1 of 3", "ctrl+s again")
		s.press("a", "backspace", "ctrl+s")
		s.wants("1 of 3", "ctrl+s again")
		s.press("ctrl+s")
		s.wants("2 of 3", "∅ One")
		s.press("esc", "n", "esc", "n")
		s.wants("3 of 3")
	})
}

func TestBoxesOfParts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, testPlan(t))
		s.wants("Functional", "Non-functional", "ctrl+s next box")
		s.press("shorten", "ctrl+s", "fast", "shift+tab", " links", "ctrl+s", "ctrl+s")
		s.wants("2 of 6")
		want := "### Functional\nshorten links\n\n### Non-functional\nfast"
		s.recorded(want, "")
		s.press("esc", "p", " again", "ctrl+s")
		s.wants("1 of 6")
		s.press("!", "ctrl+s")
		s.recorded("### Functional\nshorten links again\n\n### Non-functional\nfast!", "")
		if n := len(s.ledger.fold(t).Turns); n != 2 {
			t.Errorf("%d turns", n)
		}
	})
}

func TestOneEmptyBoxIsAskedAboutToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, testPlan(t))
		s.press("shorten", "ctrl+s", "ctrl+s")
		s.wants("1 of 6", "Non-functional is empty")
		s.press("ctrl+s")
		s.wants("2 of 6")
	})
}

func TestCommandBar(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One", "Two"))
		s.press("text", "esc")
		s.wants("n next", "p previous", "e editor", "l leave", "esc text")
		s.press("x")
		s.wants("no such command", "l leave")
		s.press("esc", "!")
		s.recorded("")
		s.update(typed("?"))
		s.update(tea.KeyMsg{Type: tea.KeyEsc})
		s.update(typed("nabc")) // a fast typist's command and text in one message
		s.wants("2 of 2")
		s.pass(2 * time.Second)
		s.recorded("text!?", "abc")
		s.update(chord('p')) // esc and p in one breath
		s.wants("1 of 2", "text!?")
		s.press("esc")
		s.update(pasted("n"))
		s.wants("1 of 2", "text!?n")
		s.press("esc", "e")
		s.wants("no editor")
	})
}

func TestBackKeepsBoth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One", "Two"))
		s.press("esc", "p")
		s.wants("1 of 2", "this is the first step")
		s.press("first", "ctrl+s", "half", "esc", "p", " more", "ctrl+s")
		s.wants("2 of 2", "half")
		s.recorded("first more", "half")
	})
}

func TestLeaving(t *testing.T) {
	for name, leave := range map[string]func(*seat){
		"ctrl+c":   func(s *seat) { s.press("ctrl+c") },
		"esc l":    func(s *seat) { s.press("esc", "l") },
		"a signal": func(s *seat) { s.update(leaveMsg{}); s.pass(time.Second) },
		"a signal, keys on their way": func(s *seat) {
			for range 3 {
				s.press("backspace")
			}
			s.update(leaveMsg{})
			s.press("n", "s", "w")
			s.pass(time.Second)
		},
		"a dead program": func(s *seat) {},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := sit(t, steps("One", "Two"))
			s.press("half an answ")
			leave(s)
			if err := s.m.finish(nil); !errors.Is(err, ErrLeft) {
				t.Errorf("%s: error %v", name, err)
			}
			s.recorded("half an answ")
			if kept := s.ledger.fold(t); !kept.ClosedAt.IsZero() || !kept.Turns[0].Draft {
				t.Errorf("%s: recorded %+v", name, kept)
			}
			s.press("lost")
			s.recorded("half an answ")
		})
	}
}

func TestPanicKeepsTheText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One"))
		s.press("half an answ")
		if err := s.m.finish(fmt.Errorf("%w: %w", tea.ErrProgramKilled, tea.ErrProgramPanic)); !errors.Is(err, tea.ErrProgramPanic) {
			t.Errorf("error %v", err)
		}
		s.recorded("half an answ")
	})
}

func TestFailedRecordEndsTheRoom(t *testing.T) {
	for name, act := range map[string]func(*seat){
		"autosave": func(s *seat) { s.pass(2 * time.Second) },
		"next":     func(s *seat) { s.press("ctrl+s") },
		"leave":    func(s *seat) { s.press("ctrl+c") },
		"resize":   func(s *seat) { s.size(100, 30) },
		"suspend":  func(s *seat) { s.press("ctrl+z") },
		"time-up":  func(s *seat) { s.m.saving = true; s.pass(61 * time.Second) },
	} {
		synctest.Test(t, func(t *testing.T) {
			s := sit(t, steps("One", "Two"), func(_ *Room, l *ledger) { l.fail = 3 })
			s.press("precious")
			act(s)
			s.pass(time.Second)
			if !s.quit {
				t.Errorf("%s: the room goes on", name)
			}
			if err := s.m.finish(nil); !errors.Is(err, errFull) || s.room.Unsaved != "precious" {
				t.Errorf("%s: error %v, unsaved %q", name, err, s.room.Unsaved)
			}
		})
	}
}

func TestSavesBeforeItLosesTheTerminal(t *testing.T) {
	for name, act := range map[string]func(*seat){
		"resize":  func(s *seat) { s.size(100, 30) },
		"suspend": func(s *seat) { s.press("ctrl+z") },
		"editor":  func(s *seat) { s.press("esc", "e") },
		"box":     func(s *seat) { s.press("ctrl+s") },
	} {
		synctest.Test(t, func(t *testing.T) {
			s := sit(t, testPlan(t), func(room *Room, _ *ledger) { room.Editor = []string{"true"} })
			s.press("text")
			act(s)
			s.recorded("### Functional\ntext\n\n### Non-functional\n")
			t.Log(name)
		})
	}
}

func TestEverySizeIsFilledExactly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, testPlan(t))
		s.update(pasted(strings.Repeat("a rather long line of text, 你好 and more\n", 30)))
		for _, bar := range []bool{false, true} {
			for _, side := range []panelView{panelAuto, panelHalf, panelWhole} {
				s.m.bar, s.m.side = bar, side
				for w := 1; w < 200; w += 11 {
					for h := 1; h < 60; h += 5 {
						s.size(w, h)
						lines := strings.Split(s.screen(), "\n")
						if len(lines) != h {
							t.Fatalf("%d×%d: %d lines", w, h, len(lines))
						}
						for _, l := range lines {
							if ansi.StringWidth(l) > w && w > 10 {
								t.Fatalf("%d×%d: %q is %d cells", w, h, l, ansi.StringWidth(l))
							}
						}
					}
				}
			}
		}
	})
}

func TestSmallestWindowShowsWhatMatters(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, testPlan(t))
		s.size(40, 15)
		s.press("users can shorten")
		s.wants("05:00", "1 of 6", "What must the system do", "users can shorten", "^s next", "esc menu", "^c leave")
		s.press("esc")
		s.wants("n next", "p prev", "e editor", "l leave")
	})
}

func TestGrowsBackAfterAResize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One"))
		s.update(pasted(strings.Repeat("x\n", 15) + "end"))
		for _, h := range []int{30, 12, 30, 20} {
			s.size(80, h)
			s.wants("end")
		}
		if s.size(80, 30); strings.Count(s.screen(), "▎ x") < 14 {
			t.Errorf("the box stayed small:\n%s", s.screen())
		}
	})
}

func TestNothingRawOnTheScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		evil := "\x1b]0;owned\a\u009b2J\u202e"
		plan := session.Plan{Mode: evil, Steps: []session.Step{
			{Prompt: "p", Title: evil, Ask: evil, Parts: []string{evil, "b" + evil}, Budget: time.Minute},
			{Prompt: "p", Title: evil, Ask: evil, Budget: time.Minute}},
			Given: []session.Given{{Prompt: "p", Title: evil, Text: evil}}}
		s := sit(t, plan, func(room *Room, _ *ledger) { room.Title = evil })
		for _, keys := range [][]string{{"ctrl+s", "ctrl+s"}, {"esc", "w"}, {"ctrl+s"}, {"esc"}} {
			s.press(keys...)
			s.update(pasted(strings.TrimSuffix(evil, "\u202e"))) // what one types oneself stays as it is
			if i := strings.IndexAny(s.screen(), "\x1b\a\u009b\u202e"); i >= 0 {
				t.Errorf("after %q: %q", keys, s.screen()[i:i+10])
			}
		}
	})
}

func TestUntilNextSecond(t *testing.T) {
	for _, test := range []struct{ left, want time.Duration }{
		{time.Minute, time.Second},
		{59500 * time.Millisecond, 500 * time.Millisecond},
		{time.Second, time.Second - ahead},
		{ahead, ahead},
		{0, time.Second},
		{-300 * time.Millisecond, 700 * time.Millisecond},
	} {
		if got := untilNextSecond(test.left) - time.Millisecond; got != test.want {
			t.Errorf("untilNextSecond(%v) = %v, want %v", test.left, got, test.want)
		}
	}
}
