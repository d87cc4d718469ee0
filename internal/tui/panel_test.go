package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"interview/internal/session"
)

func TestPanel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		plan := testPlan(t)
		plan.Given = []session.Given{{Prompt: plan.Steps[0].Prompt, Title: "Scope", Text: "what is\x1b[2J given", Yours: true}}
		s := sit(t, plan)
		s.wants("1 phase given: esc w")
		s.press("esc", "w")
		s.wants("Scope · given, your newest answer", "what is␛[2J given")
		s.press("typed ", "into the text", "esc", "w")
		s.lacks("typed into")
		s.wants("what is␛[2J given")
		s.press("!", "backspace") // a key goes to the text, and shows it
		s.wants("typed into the text", "what is␛[2J given")
		s.press("esc", "w", "esc", "w")
		s.lacks("what is")
		s.wants("typed into the text")
		s.press("ctrl+s", "b", "ctrl+s")
		s.size(120, 30)
		s.lacks("Requirements · your answer")
		s.m.side = panelAuto
		s.size(120, 30)
		s.wants("Requirements · your answer", "typed into the text", "what is␛[2J given")
		s.press("esc", "w", "esc", "w")
		s.lacks("Requirements · your answer")
	})
}

func TestPanelScrolls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One", "Two"))
		var text strings.Builder
		for i := range 100 {
			fmt.Fprintf(&text, "line %d\n", i)
		}
		s.update(pasted(text.String()))
		s.press("ctrl+s", "esc", "w")
		s.wants("line 1", "more")
		s.lacks("line 60")
		s.press("esc", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown",
			"pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "down")
		s.wants("line 99")
		s.press("home", "esc", "z")
		s.wants("line 1")
		s.lacks("line 99")
	})
}

func TestWhiteboard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One", "Two"))
		s.size(120, 40)
		s.lacks("Whiteboard")
		s.press("client -> gateway -> service")
		s.pass(time.Second)
		s.wants("Whiteboard", "│ gateway ├", "│ service │")
		s.press("enter", "service -> cache, db")
		s.pass(time.Second)
		s.wants("│ cache │")
		s.press("ctrl+s")
		s.pass(time.Second)
		s.wants("2 of 2", "│ cache │") // the drawing of an earlier answer stays
		s.press("service -> queue")
		s.pass(time.Second)
		s.wants("queue ║", "│ cache │")
	})
}

func TestWhiteboardKeepsTheLastGoodPicture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One"))
		s.size(120, 40)
		s.update(pasted("```mermaid\nflowchart LR\n  web --> api\n```"))
		s.pass(time.Second)
		s.wants("│ api │")
		s.press("up", "end")
		s.update(pasted("\n  api --> db["))
		s.pass(time.Second)
		s.wants("│ api │", "line 4")
		s.update(pasted("store]"))
		s.pass(time.Second)
		s.wants("store")
		s.lacks("line 4")
	})
}

func TestWhiteboardNeverStealsAKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One"))
		s.size(120, 40)
		text := "client -> gateway -> service -> cache, db"
		for _, r := range text {
			s.press(string(r))
			s.pass(time.Millisecond)
		}
		s.pass(2 * time.Second)
		s.recorded(text)
	})
}

func TestAskTheInterviewer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []string
		s := sit(t, steps("One"), func(room *Room, _ *ledger) {
			room.Ask = func(q string) (string, error) {
				asked = append(asked, q)
				return "100 million links a month\x1b[2J, and that is a long sentence which does not fit into one line of eighty cells", nil
			}
		})
		s.press("text", "esc", "a", "how many", "esc", "more")
		s.press("esc", "a")
		s.wants("ask:", "enter ask")
		s.press("how many links?")
		s.update(tea.KeyMsg{Type: tea.KeySpace, Runes: []rune(" ")})
		s.press("enter")
		s.wants("100 million links", "You asked", "– how many links?", "eighty cells")
		if !slices.Equal(asked, []string{"how many links?"}) {
			t.Errorf("asked %q", asked)
		}
		s.pass(2 * time.Second)
		s.recorded("textmore")
	})
}

func TestAskThatCannotBeRecorded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One"), func(room *Room, _ *ledger) {
			room.Ask = func(string) (string, error) { return "", errFull }
		})
		s.press("text", "esc", "a", "x", "enter")
		if err := s.m.finish(nil); !errors.Is(err, errFull) || s.room.Unsaved != "text" {
			t.Errorf("error %v, unsaved %q", err, s.room.Unsaved)
		}
	})
}

func TestHints(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hints := []string{"think of the reads", "and of the keys"}
		s := sit(t, steps("One", "Two"), func(room *Room, _ *ledger) {
			room.Hint = func() (hint string, err error) {
				if len(hints) > 0 {
					hint, hints = hints[0], hints[1:]
				}
				return hint, nil
			}
		})
		s.press("esc", "h")
		s.wants("think of the reads")
		s.press("esc", "h", "esc", "w")
		s.wants("and of the keys", "think of the reads")
		s.press("esc", "h")
		s.wants("no more hints")
		s.press("a", "ctrl+s")
		s.lacks("think of the reads")
	})
}

func TestWithoutInterviewer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One"))
		s.press("esc", "a")
		s.wants("state an assumption")
		s.press("esc", "h")
		s.wants("no hints")
	})
}

func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One"))
		s.press("secret")
		s.pass(20 * time.Second)
		s.press("esc", "z")
		s.recorded("secret")
		s.wants("Paused", "enter go on")
		s.lacks("secret")
		s.lacks("What about")
		s.press("not for the text")
		s.pass(time.Hour)
		s.press("enter")
		s.wants("secret", "What about One?", "00:40 left of 01:00")
		s.pass(39 * time.Second)
		s.press("!")
		s.lacks("time is up")
		s.pass(2 * time.Second)
		s.wants("time is up")
		if n := s.ledger.count(session.Paused); n != 1 {
			t.Errorf("%d pauses are recorded", n)
		}
		s.press("esc", "z", "ctrl+c")
		if err := s.m.finish(nil); !errors.Is(err, ErrLeft) {
			t.Error(err)
		}
		s.recorded("secret!")
	})
}

func TestPageBetweenSteps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pages := 0
		s := sit(t, steps("One", "Two", "Three"), func(room *Room, _ *ledger) {
			room.After = func() (string, error) {
				if pages++; pages == 2 {
					return "", nil
				}
				return strings.Repeat("one more line\n", 60) + "well said\x1b[2J", nil
			}
		})
		s.press("a", "ctrl+s")
		s.wants("one more line", "of 61")
		s.lacks("What about Two?")
		s.pass(time.Hour)
		s.press("end")
		s.wants("well said␛[2J")
		s.size(60, 20)
		s.press("end")
		s.wants("well said␛[2J")
		s.press("q")
		s.wants("What about Two?", "01:00 left")
		s.press("b", "ctrl+s")
		s.wants("What about Three?")
		s.press("c", "ctrl+s")
		if !s.m.done || pages != 2 {
			t.Errorf("done %v, %d pages", s.m.done, pages)
		}
		s.recorded("a", "b", "c")
	})
}

func TestANewStepShowsItsBox(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One", "Two"))
		s.press("first answer", "esc", "w", "esc", "w")
		s.lacks("▎")
		s.press("ctrl+s")
		s.wants("2 of 2", "▎", "One · your answer")
		s.press("esc", "w", "esc", "p")
		s.wants("1 of 2", "▎ first answer")
	})
}

func TestAHintIsReadableWhereverItOpens(t *testing.T) {
	const drawing = "client -> gateway -> service -> cache, db, queue"
	hint := strings.Repeat("Say what it costs. ", 10) + "Really."
	for _, size := range [][2]int{{40, 15}, {80, 24}, {100, 30}, {120, 24}, {160, 24}} {
		synctest.Test(t, func(t *testing.T) {
			s := sit(t, steps("One"), func(room *Room, _ *ledger) {
				room.Hint = func() (string, error) { return hint, nil }
				room.Ask = func(string) (string, error) { return "yes", nil }
			})
			s.size(size[0], size[1])
			s.press(drawing)
			for range 4 {
				s.press("esc", "a", "is it big?", "enter")
			}
			s.press("esc", "h")
			s.pass(time.Second)
			s.wants("Really.")
			s.press("enter", "queue -> worker")
			if s.m.low() {
				s.press("esc", "w")
			}
			s.pass(time.Second)
			s.wants("Whiteboard") // who draws on sees the drawing again
		})
	}
}

func TestScrollingWinsOverAHint(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One"), func(room *Room, _ *ledger) {
			room.Hint = func() (string, error) { return strings.Repeat("Say what it costs. ", 12), nil }
		})
		s.press("client -> gateway -> service", "esc", "h")
		s.pass(time.Second)
		s.press("esc", "home")
		s.wants("Whiteboard")
		s.press("esc", "x")
		s.pass(time.Second)
		s.wants("Whiteboard")
	})
}

func TestAPictureBelowTheAnswerIsWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		plan := steps("One")
		plan.Given = []session.Given{{Title: "Scope", Text: "what is given"}} // a page that goes on below the picture
		s := sit(t, plan)
		s.size(80, 31)
		s.press("client -> gateway -> cache, db, queue, worker, log", "esc", "w")
		s.pass(time.Second)
		picture := s.m.picture.lines
		if rows := s.m.bodyRows(); len(picture) <= rows/2 || len(picture)+3+answerRows > rows {
			t.Fatalf("a picture of %d lines in %d rows tests nothing", len(picture), rows)
		}
		s.wants("↓ more", strings.TrimSpace(picture[len(picture)-1]))
	})
}

// Half of a low window would be a title without a picture: there the panel comes in place of the answer.
func TestALowWindowShowsTheWholePicture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One"))
		s.size(40, 15)
		s.press("client -> gateway -> cache", "esc", "w")
		s.pass(time.Second)
		for _, l := range s.m.picture.lines {
			s.wants(strings.TrimSpace(l))
		}
		s.press("s")
		s.wants("▎ client -> gateway -> caches")
		s.lacks("Whiteboard")
		s.press("esc", "w", "esc", "w")
		s.wants("▎ client -> gateway -> caches")
		s.press("esc", "w")
		s.size(80, 24)
		s.press("enter", "and more")
		s.pass(time.Second)
		s.wants("Whiteboard", "▎ and more") // there is room for both again
	})
}

func TestANarrowerWindowShowsTheEndOfTheQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sit(t, steps("One"), func(room *Room, _ *ledger) {
			room.Ask = func(string) (string, error) { return "yes", nil }
		})
		s.press("esc", "a", strings.Repeat("and how many of them ", 3)+"in the end?")
		s.size(40, 15)
		s.wants("in the end?")
		for l := range strings.Lines(s.screen()) {
			if w := ansi.StringWidth(strings.TrimRight(l, "\n")); w > 40 {
				t.Errorf("%d columns: %q", w, l)
			}
		}
		s.size(80, 24)
		s.press("!")
		s.wants("in the end?!")
	})
}
