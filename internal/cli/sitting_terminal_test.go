//go:build unix

package cli

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"

	"interview/internal/bank"
	"interview/internal/session"
	"interview/internal/tui"
)

// desk is the program on a pseudo terminal, and the screen that a person would see. Polling is the only synchronisation.
type desk struct {
	*testing.T
	tty      *os.File
	cmd      *exec.Cmd
	mu       sync.Mutex
	screen   *vt.Emulator
	sessions string
	ended    chan struct{}
}

func onDesk(t *testing.T, sessions string, args ...string) *desk {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bank, err := filepath.Abs(filepath.Join("testdata", "bank"))
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{T: t, screen: vt.NewEmulator(100, 60), sessions: sessions, ended: make(chan struct{})}
	d.cmd = exec.Command(exe)
	d.cmd.Args = append([]string{"interview"}, append(args, "--bank", bank, "--sessions", sessions)...)
	d.cmd.Dir = t.TempDir()
	d.cmd.Env = append([]string{"TERM=xterm-256color", "PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}, modelOf(t)...)
	if d.tty, err = pty.StartWithSize(d.cmd, &pty.Winsize{Rows: 60, Cols: 100}); err != nil {
		t.Fatal(err)
	}
	go io.Copy(d.tty, d.screen) // what a terminal answers
	go d.read()
	t.Cleanup(func() {
		d.cmd.Process.Kill()
		d.cmd.Wait()
		d.tty.Close()
		d.screen.InputPipe().(io.Closer).Close()
	})
	return d
}

func (d *desk) read() {
	buf := make([]byte, 32<<10)
	for {
		n, err := d.tty.Read(buf)
		d.mu.Lock()
		d.screen.Write(buf[:n])
		d.mu.Unlock()
		if err != nil {
			close(d.ended)
			return
		}
	}
}

func (d *desk) text() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.screen.String()
}

// sees waits for all texts to be on the screen at once.
func (d *desk) sees(texts ...string) {
	d.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		screen, all := d.text(), true
		for _, text := range texts {
			all = all && strings.Contains(screen, text)
		}
		if all {
			return
		}
	}
	d.Fatalf("%q never came; the screen is\n%s", texts, d.text())
}

// narrow gives the terminal another width.
func (d *desk) narrow(columns int) {
	d.Helper()
	d.mu.Lock()
	d.screen.Resize(columns, 60)
	d.mu.Unlock()
	if err := pty.Setsize(d.tty, &pty.Winsize{Rows: 60, Cols: uint16(columns)}); err != nil {
		d.Fatal(err)
	}
}

// changed waits for another screen.
func (d *desk) changed(before string) {
	d.Helper()
	for end := time.Now().Add(10 * time.Second); d.text() == before; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			d.Fatalf("the screen stays\n%s", before)
		}
	}
}

func (d *desk) keys(s string) {
	d.Helper()
	if _, err := io.WriteString(d.tty, s); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) exit() int {
	d.Helper()
	select {
	case <-d.ended:
	case <-time.After(10 * time.Second):
		d.Fatalf("it does not end; the screen is\n%s", d.text())
	}
	d.cmd.Wait()
	return d.cmd.ProcessState.ExitCode()
}

const ctrlS, ctrlC, esc, down = "\x13", "\x03", "\x1b", "\x1b[B"

// A whole mock at a terminal: a question, a hint, feedback, probes, a guess, the report on screen and after it in the shell.
func TestMockAtATerminal(t *testing.T) {
	d := onDesk(t, t.TempDir(), "mock", "library", "--feedback", "each", "--theme", "light")
	d.sees("1 of 2", "Functional")
	d.keys("Readers borrow books.")
	d.sees("Readers borrow books.")
	d.keys(esc)
	d.sees("ask", "hint", "pause")
	d.keys("a")
	d.sees("ask:")
	d.keys("how many readers are there?\r")
	d.sees("20,000 readers")
	d.keys(esc)
	d.sees("pause")
	d.keys("h")
	d.sees("Say what is saved.")
	d.keys(ctrlS + ctrlS + ctrlS)
	d.sees("Scope: raised 1 of 1", "“Readers borrow books”")
	d.keys("q")
	d.sees("2 of 4", "Two readers want the last copy. What happens?")
	d.keys("No idea." + ctrlS)
	d.sees("Not raised: Locks the last copy", "looked for: Locks or reserves the copy.")
	d.keys("q")
	d.sees("3 of 4", "How is a title found?")
	d.keys("An index finds a title." + ctrlS)
	d.sees("Deep dive 2: raised 1 of 1")
	d.keys("q")
	d.sees("4 of 4", "Where does it break?")
	d.keys("Nowhere." + ctrlS)
	d.sees("how many percent")
	d.keys("often\r")
	d.sees("a number from 0 to 100")
	d.keys(strings.Repeat("\x7f", 5) + "40 %\r")
	d.sees("Raised 1 of 4 points", "Predicted by you 40 %, raised 25 %", "1 hint taken: Scope 1", "scroll")
	d.keys("q")
	d.sees("m model answer", "Predicted by you 40 %, raised 25 %")
	d.keys("\r")
	if code := d.exit(); code != exitDone {
		t.Errorf("exit %d", code)
	}
	s := onlySession(t, d.sessions)
	if s.Predicted == nil || *s.Predicted != 0.4 || s.Unfinished() || len(s.Pauses) != 0 {
		t.Errorf("recorded: predicted %v, pauses %v", s.Predicted, s.Pauses)
	}
	if asked := s.AsidesTo("library", ""); len(asked) != 1 || asked[0].Question != "how many readers are there?" {
		t.Errorf("asked %+v", asked)
	}
}

// Left in the middle: the next one offers to go on, and what was said is there again.
func TestAnUnfinishedOneIsOffered(t *testing.T) {
	dir := t.TempDir()
	d := onDesk(t, dir, "mock", "library")
	d.sees("1 of 2")
	d.keys("half" + esc)
	d.sees("pause")
	d.keys("a")
	d.sees("ask:")
	d.keys("which branches?\r")
	d.sees("Three branches.")
	d.keys(esc)
	d.sees("pause")
	d.keys("h")
	d.sees("Say what is saved.")
	d.keys(ctrlC)
	if code := d.exit(); code != exitUnfinished {
		t.Errorf("left with exit %d", code)
	}
	d = onDesk(t, dir, "mock", "library")
	d.sees("Lend books is unfinished from", "Go on with it", "Begin anew")
	d.keys("\r")
	d.sees("1 of 2", "half")
	d.keys(esc)
	d.sees("board")
	d.keys("w")
	d.sees("You asked", "which branches?", "Three branches.", "Hints", "Say what is saved.")
	d.keys(esc)
	d.sees("pause")
	d.keys("h")
	d.sees("Names what readers do") // the next one
	d.keys(ctrlC)
	d.exit()
	d = onDesk(t, dir, "mock", "library")
	d.sees("Begin anew")
	d.keys(down + "\r")
	d.sees("0 words")
	d.keys(ctrlC)
	d.exit()
	found, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil || len(found) != 2 {
		t.Errorf("%d journals, %v: the old one stays, the new one has its own", len(found), err)
	}
	d = onDesk(t, dir, "drill", "library", "--phase", "depth")
	d.sees("1 of 1") // another mode: nothing is offered
	d.keys(ctrlC)
	d.exit()
}

// The menu shows the command that each of its lines equals, and runs it.
func TestMenu(t *testing.T) {
	dir := t.TempDir()
	d := onDesk(t, dir)
	d.sees("A whole interview · interview mock", "Practise one phase or a deck · interview drill", "All commands · interview --help")
	d.keys(down + "\r")
	d.sees("What do you want to practise?", "deck · basics")
	for before := ""; !strings.Contains(d.text(), "▸ Lend books · own"); d.changed(before) {
		before = d.text()
		d.keys(down)
	}
	d.keys("\r")
	d.sees("Which phase?", "Deep dive")
	d.keys(down + "\r")
	d.sees("Lend books · drill", "Where does it break?")
	d.keys(ctrlC)
	if code := d.exit(); code != exitUnfinished {
		t.Errorf("exit %d", code)
	}
	d.sees("interview drill library --phase depth")
	d = onDesk(t, dir)
	d.sees("Go on with library, step 1 of 1 · interview drill --resume")
	d.keys(esc)
	d.sees("nothing was begun")
	if code := d.exit(); code != exitFailed {
		t.Errorf("left the menu with exit %d", code)
	}
}

func TestBlankAtATerminal(t *testing.T) {
	d := onDesk(t, t.TempDir(), "mock", "library", "--blank")
	d.sees("Lend books · blank", "1 of 1", "Design the software of a library")
	d.keys("Readers borrow books." + esc)
	d.sees("hint")
	d.keys("h")
	d.sees("no more hints")
	d.keys(ctrlS)
	d.sees("how many percent")
	d.keys(esc) // who leaves the question goes without
	d.sees("Raised", "Level")
	d.keys("q")
	d.sees("enter ends")
	d.keys("\r")
	d.exit()
	if s := onlySession(t, d.sessions); s.Plan.Mode != session.ModeBlank || s.Predicted != nil || len(s.Grades) != 1 {
		t.Errorf("recorded %q, %v, %d grades", s.Plan.Mode, s.Predicted, len(s.Grades))
	}
}

// A drawing is as wide as the terminal: a chain too long for 80 columns stands on one row of 100.
func TestDrawAtATerminal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "chain.txt")
	if err := os.WriteFile(file, []byte("first -> second -> third -> fourth -> fifth -> sixth -> seventh\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := onDesk(t, t.TempDir(), "draw", file)
	d.sees("│ first ├──►│ second ├──►│ third ├──►│ fourth ├──►│ fifth ├──►│ sixth ├──►│ seventh │")
	if code := d.exit(); code != exitDone {
		t.Errorf("exit %d", code)
	}
}

func TestGuess(t *testing.T) {
	for said, want := range map[string]float64{"0": 0, "100": 1, " 62.5 % ": 0.625, "7%": 0.07} {
		if got, ok, err := guess(said); got != want || !ok || err != nil {
			t.Errorf("%q: %v, %v, %v", said, got, ok, err)
		}
	}
	for _, said := range []string{"", "  ", "%"} {
		if _, ok, err := guess(said); ok || err != nil {
			t.Errorf("%q is no guess: %v, %v", said, ok, err)
		}
	}
	for _, said := range []string{"101", "-1", "NaN", "Inf", "many", "5 0"} {
		if _, _, err := guess(said); err == nil {
			t.Errorf("%q was taken", said)
		}
	}
}

func TestDrillChoices(t *testing.T) {
	got := drillChoices([]bank.Head{{ID: "b-1", Deck: "b"}, {ID: "p", Title: "P", Track: "own"}, {ID: "b-2", Deck: "b"}})
	want := []tui.Choice{{Label: "deck · b", Value: "b"}, {Label: "walk · the places of all cards, there and back", Value: walkArg}, {Label: "P · own", Value: "p"}}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
