//go:build unix

package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"interview/internal/bank"
	"interview/internal/session"
)

func TestFlipAtATerminal(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "s")
	d := onDesk(t, dir, "drill", "basics", "--flip")
	d.sees("[1/2] Locking", "press a key to look")
	d.keys(" ")
	d.sees("Only one client at a time may use the resource.", "1 forgotten")
	d.keys("7")
	d.keys("\x1b[A") // an arrow rates nothing
	d.keys("4")
	d.sees("easy, again in 8 days", "[2/2] Indexing")
	d.keys("b")
	d.keys("\r")
	d.keys("1")
	d.sees("forgotten, again tomorrow")
	d.keys("\r")
	d.keys("3")
	d.sees("2 cards: 1 forgotten, 1 good")
	if code := d.exit(); code != exitDone {
		t.Errorf("exit %d", code)
	}
	s := onlySession(t, dir)
	if s.Unfinished() || s.Plan.Mode != session.ModeFlip || s.Turns[0].Rating != 1 || s.Turns[1].Rating != 3 || len(s.Grades) != 0 {
		t.Errorf("session %+v", s)
	}
}

// In a narrow window nothing is cut inside a word.
func TestFlipInANarrowTerminal(t *testing.T) {
	d := onDesk(t, filepath.Join(t.TempDir(), "s"), "drill", "basics", "--flip")
	d.sees("press a key to look")
	d.narrow(24)
	d.keys(" ")
	d.sees("1 forgotten")
	words := strings.Fields(d.text())
	for _, word := range strings.Fields("Only one client at a time may use the resource. The lock expires when its holder is gone.") {
		if !slices.Contains(words, word) {
			t.Errorf("%q is not whole on the screen:\n%s", word, d.text())
		}
	}
}

// Leaving keeps the ratings, be it by a key or by a signal.
func TestFlipIsLeft(t *testing.T) {
	for name, leave := range map[string]func(d *desk){
		"q": func(d *desk) { d.keys("q") }, "ctrl+c": func(d *desk) { d.keys("\x03") },
		"a signal": func(d *desk) { _ = d.cmd.Process.Signal(syscall.SIGTERM) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "s")
			d := onDesk(t, dir, "drill", "basics", "--flip")
			d.sees("press a key to look")
			d.keys(" ")
			d.sees("1 forgotten")
			d.keys("3")
			d.sees("[2/2] Indexing", "press a key to look")
			leave(d)
			d.sees("left unfinished", "--resume")
			if code := d.exit(); code != exitUnfinished {
				t.Errorf("exit %d", code)
			}
			if s := onlySession(t, dir); !s.Unfinished() || s.Current != 1 || s.Turns[0].Rating != 3 {
				t.Errorf("session %+v", s)
			}
		})
	}
}

// The field for an image of one's own can be left, and is there again when the walk goes on.
func TestWalkAtATerminal(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "s")
	d := onDesk(t, dir, "drill", "walk", "--limit", "1")
	d.sees("[1/2]", "Which concept stands here", "press a key to look")
	d.keys(" ")
	d.sees("1 forgotten")
	d.keys("3")
	d.sees("good, again in", "[2/2]", "At which place does it stand?")
	d.keys(" ")
	d.sees("An image of your own")
	d.keys("half" + ctrlC)
	d.sees("left unfinished", "drill --resume")
	if code := d.exit(); code != exitUnfinished {
		t.Errorf("left with exit %d", code)
	}
	d = onDesk(t, dir, "drill", "--resume", "last")
	d.sees("[2/2]", "press a key to look")
	d.keys(" ")
	d.sees("An image of your own")
	d.keys("my aunt, 漢字\r")
	d.sees("Your image: my aunt", "1 card: 1 good")
	if code := d.exit(); code != exitDone {
		t.Errorf("exit %d", code)
	}
	if s := onlySession(t, dir); s.Unfinished() || s.Turns[0].Rating != 3 || s.Turns[1].Text != "my aunt, 漢字" {
		t.Errorf("session %+v", s)
	}
}

// What is due stands in the first menu, with the command that asks it.
func TestMenuShowsWhatIsDue(t *testing.T) {
	dir, step := t.TempDir(), 0
	card := bank.Prompt{ID: "basics-lock", Title: "Locking"}
	plan := session.Plan{Label: "basics", Mode: session.ModeFlip, Untimed: true, Steps: []session.Step{{Prompt: card.ID, Phase: "card"}}, Prompts: []bank.Prompt{card}}
	var text bytes.Buffer
	for i, e := range []session.Event{{Kind: session.Opened, Plan: &plan}, {Kind: session.Entered, Step: &step}, {Kind: session.Rated, Step: &step, Rating: 3}, {Kind: session.Closed}} {
		e.V, e.Seq, e.At = session.Version, i+1, time.Date(2026, 1, 1, 10, 0, i, 0, time.UTC)
		line, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		text.Write(append(line, '\n'))
	}
	if err := os.WriteFile(filepath.Join(dir, "20260101T100000Z-basics.jsonl"), text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	d := onDesk(t, dir)
	d.sees("Due today: 1 card · interview drill --due", "All commands")
	d.keys("\r")
	d.sees("Locking · drill", "What is a lock for?")
	d.keys(ctrlC)
	if code := d.exit(); code != exitUnfinished {
		t.Errorf("exit %d", code)
	}
}

func TestEscape(t *testing.T) {
	for keys, want := range map[string]int{"\x1b[A": 3, "\x1b[A4": 3, "\x1b[1;5C4": 6, "\x1b[15~x": 5, "\x1bOP3": 3, "\x1bx3": 2, "\x1b[": 2, "\x1bO": 2} {
		if got := escape([]byte(keys)); got != want {
			t.Errorf("%q: %d, want %d", keys, got, want)
		}
	}
}
