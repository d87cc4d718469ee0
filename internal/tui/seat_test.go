package tui

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"interview/internal/session"
)

// ledger records into memory; the event with number fail does not fit.
type ledger struct {
	events []session.Event
	fail   int
}

var errFull = errors.New("no space left on device")

func (l *ledger) Record(e session.Event) error {
	if l.fail > 0 && e.Seq >= l.fail {
		return errFull
	}
	l.events = append(l.events, e)
	return nil
}

// fold is what a later reader of the record sees.
func (l *ledger) fold(t testing.TB) session.Session {
	t.Helper()
	s, err := session.Fold("test", l.events)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (l *ledger) count(kind session.Kind) int {
	n := 0
	for _, e := range l.events {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

// seat is a person before the model: it sends keys, lets (fake) time pass and reads the screen.
type seat struct {
	testing.TB
	m      *model
	ledger *ledger
	room   *Room
	msgs   chan tea.Msg
	quit   bool
}

func testPlan(t testing.TB) session.Plan {
	t.Helper()
	b, err := os.ReadFile("testdata/plan.json")
	if err != nil {
		t.Fatal(err)
	}
	var plan session.Plan
	if err := json.Unmarshal(b, &plan); err != nil {
		t.Fatal(err)
	}
	return plan
}

// oneStep is a plan of plain steps of one minute each.
func steps(titles ...string) session.Plan {
	var plan session.Plan
	for _, title := range titles {
		plan.Steps = append(plan.Steps, session.Step{Title: title, Ask: "What about " + title + "?", Budget: time.Minute})
	}
	return plan
}

func sit(t testing.TB, plan session.Plan, change ...func(*Room, *ledger)) *seat {
	t.Helper()
	s := &seat{TB: t, ledger: &ledger{}, room: &Room{Title: "URL shortener"}, msgs: make(chan tea.Msg, 1000)}
	for _, c := range change {
		c(s.room, s.ledger)
	}
	runner, err := session.Start(plan, s.ledger)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { time.Sleep(5 * time.Second) }) // lets the last ticks run out
	s.m = newModel(s.room, runner, look())
	s.run(s.m.Init())
	s.size(80, 24)
	return s
}

func (s *seat) run(cmd tea.Cmd) {
	if cmd != nil {
		go func() { s.msgs <- cmd() }()
	}
}

func (s *seat) update(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
	case tea.QuitMsg:
		s.quit = true
	case tea.BatchMsg:
		for _, cmd := range msg {
			s.run(cmd)
		}
	default:
		_, cmd := s.m.Update(msg)
		s.run(cmd)
	}
}

// press sends keys by name, and everything else as typed letters.
func (s *seat) press(keys ...string) {
	named := map[string]tea.KeyMsg{"ctrl+s": {Type: tea.KeyCtrlS}, "ctrl+c": {Type: tea.KeyCtrlC}, "ctrl+z": {Type: tea.KeyCtrlZ}, "esc": {Type: tea.KeyEsc},
		"enter": {Type: tea.KeyEnter}, "tab": {Type: tea.KeyTab}, "shift+tab": {Type: tea.KeyShiftTab}, "up": {Type: tea.KeyUp}, "down": {Type: tea.KeyDown},
		"pgdown": {Type: tea.KeyPgDown}, "pgup": {Type: tea.KeyPgUp}, "home": {Type: tea.KeyHome}, "end": {Type: tea.KeyEnd}, "backspace": {Type: tea.KeyBackspace}}
	for _, k := range keys {
		if msg, ok := named[k]; ok {
			s.update(msg)
		} else {
			s.update(typed(k))
		}
	}
}

// pass lets time pass, and delivers what the commands bring meanwhile.
func (s *seat) pass(d time.Duration) {
	end := time.After(d)
	for {
		select {
		case msg := <-s.msgs:
			s.update(msg)
		case <-end:
			return
		}
	}
}

func (s *seat) size(w, h int) { s.update(tea.WindowSizeMsg{Width: w, Height: h}) }

func (s *seat) screen() string { return ansi.Strip(s.m.View()) }

func (s *seat) wants(texts ...string) {
	s.Helper()
	for _, text := range texts {
		if !strings.Contains(s.screen(), text) {
			s.Errorf("%q is not on the screen:\n%s", text, s.screen())
		}
	}
}

func (s *seat) lacks(text string) {
	s.Helper()
	if strings.Contains(s.screen(), text) {
		s.Errorf("%q is on the screen:\n%s", text, s.screen())
	}
}

// texts are the recorded answers, step by step.
func (s *seat) texts() []string {
	s.Helper()
	var texts []string
	for _, turn := range s.ledger.fold(s.TB).Turns {
		texts = append(texts, turn.Text)
	}
	return texts
}

func (s *seat) recorded(want ...string) {
	s.Helper()
	if got := s.texts(); !slices.Equal(got, want) {
		s.Errorf("recorded %q, want %q", got, want)
	}
}
