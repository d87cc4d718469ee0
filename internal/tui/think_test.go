package tui

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// slow is an interviewer who thinks for a while; thoughts holds how each thought ended.
func slow(thinks time.Duration, thoughts *[]error) func(*Room, *ledger) {
	work := func(ctx context.Context) {
		select {
		case <-time.After(thinks):
		case <-ctx.Done():
		}
		*thoughts = append(*thoughts, ctx.Err())
	}
	return func(room *Room, _ *ledger) {
		room.Think = func(text string) func(context.Context) {
			if text == "" {
				return nil
			}
			return work
		}
		room.Consult = func(string) func(context.Context) { return work }
		room.Ask = func(string) (string, error) { return "A thousand.", nil }
	}
}

// While the interviewer thinks the clock stands, keys do nothing and nothing is lost; then the next step begins.
func TestThinking(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var thoughts []error
		s := sit(t, steps("One", "Two"), slow(7*time.Second, &thoughts))
		s.pass(20 * time.Second)
		s.press("first", "ctrl+s")
		s.pass(5 * time.Second)
		s.wants("1 of 2", "the interviewer reads your answer", "esc go on without", "ctrl+c save and leave", "00:40 left of 01:00")
		s.lacks("ctrl+s") // no other key counts now
		s.press("lost", "ctrl+s", "ctrl+z")
		s.wants("1 of 2")
		s.pass(3 * time.Second)
		s.wants("2 of 2", "What about Two?")
		s.press("second")
		s.pass(2 * time.Second)
		s.recorded("first", "second")
		f := s.ledger.fold(t)
		if took := f.Turns[0].Took.Round(time.Second); took != 20*time.Second || len(f.Pauses) != 0 || len(thoughts) != 1 || thoughts[0] != nil {
			t.Errorf("took %s, pauses %v, thoughts %v", took, f.Pauses, thoughts)
		}
		if s.press("ctrl+s"); s.quit {
			t.Error("the last step ended before the interviewer had thought")
		}
		s.pass(8 * time.Second)
		s.recorded("first", "second")
		if !s.quit {
			t.Error("the sitting did not end")
		}
	})
}

// Who does not want to wait goes on, and who leaves meanwhile has lost nothing.
func TestThinkingIsCutShort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var thoughts []error
		s := sit(t, steps("One", "Two", "Three"), slow(time.Hour, &thoughts))
		s.press("first", "ctrl+s", "esc")
		s.pass(time.Second)
		s.wants("2 of 3")
		s.press("ctrl+s", "ctrl+s") // an empty answer gives nothing to think about
		s.pass(time.Second)
		s.wants("3 of 3")
		s.press("third", "ctrl+s")
		s.pass(time.Second)
		s.press("ctrl+c")
		s.pass(time.Second)
		s.recorded("first", "", "third")
		if f := s.ledger.fold(t); !s.quit || f.Current != 2 || len(thoughts) != 2 || thoughts[0] == nil || thoughts[1] == nil {
			t.Errorf("quit %v, at step %d, thoughts %v", s.quit, f.Current, thoughts)
		}
	})
}

// A question that takes thought stops the clock until it is answered.
func TestConsulting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var thoughts []error
		s := sit(t, steps("One"), slow(4*time.Second, &thoughts))
		s.pass(10 * time.Second)
		s.press("a draft", "esc", "a", "how many?", "enter")
		s.pass(2 * time.Second)
		s.wants("the interviewer thinks about it", "00:50 left of 01:00")
		s.pass(3500 * time.Millisecond)
		s.wants("A thousand.", "00:49 left of 01:00")
		s.press(" and more")
		s.pass(5 * time.Second)
		s.wants("00:44 left of 01:00")
		s.recorded("a draft and more")
	})
}

func TestWaiting(t *testing.T) {
	cancelled := 0
	w := &waiting{title: "Asking", since: time.Now(), cancel: func() { cancelled++ }, styles: look(), width: 40, height: 8}
	w.Update(News{Waiting: "the first word"})
	for _, l := range []string{"one", "two", "three", "four", "five", "evil\x1b[2J\nline"} {
		w.Update(News{Waiting: "the rest", Line: l})
	}
	view := w.View()
	if strings.Contains(view, "one") || !strings.Contains(view, "five") || strings.Contains(view, "\x1b[2J") || !strings.Contains(view, "waiting for the rest, 0 s · esc cancels") {
		t.Errorf("%q", view)
	}
	if n := strings.Count(view, "\n"); n > 8 {
		t.Errorf("%d lines on a screen of 8", n)
	}
	w.Update(tea.KeyMsg{Type: tea.KeyEsc})
	w.Update(typed("x"))
	if cancelled != 1 || !strings.Contains(w.View(), "cancelling") {
		t.Errorf("cancelled %d times: %q", cancelled, w.View())
	}
	w.Update(doneMsg{})
	if w.View() != "" {
		t.Errorf("left on the screen: %q", w.View())
	}
}
