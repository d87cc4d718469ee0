//go:build unix

package tui

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"

	"interview/internal/session"
)

// These tests run a real program in a real pseudo terminal. Polling is the only synchronisation.

var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "room-")
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "room")
	out, err := exec.Command("go", "build", "-o", bin, "./testdata/room").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return bin, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if bin, err := program(); err == nil {
		os.RemoveAll(filepath.Dir(bin))
	}
	os.Exit(code)
}

// terminal is a program on a pseudo terminal, and the screen that a person would see.
type terminal struct {
	testing.TB
	tty     *os.File
	cmd     *exec.Cmd
	mu      sync.Mutex
	screen  *vt.Emulator
	raw     bytes.Buffer
	journal string
	ended   chan struct{}
}

// open starts the room; env are settings beside a colour terminal that is not a CI.
func open(t testing.TB, w, h int, env []string, args ...string) *terminal {
	t.Helper()
	bin, err := program()
	if err != nil {
		t.Fatal(err)
	}
	journal := filepath.Join(t.TempDir(), "events.jsonl")
	return launch(t, w, h, journal, env, append(append([]string{bin}, args...), "testdata/plan.json", journal)...)
}

func launch(t testing.TB, w, h int, journal string, env []string, command ...string) *terminal {
	t.Helper()
	x := &terminal{TB: t, journal: journal, screen: vt.NewEmulator(w, h), ended: make(chan struct{})}
	x.cmd = exec.Command(command[0], command[1:]...)
	var err error
	x.cmd.Env = []string{"TERM=xterm-256color", "PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "TMPDIR=" + t.TempDir()}
	x.cmd.Env = append(x.cmd.Env, env...)
	if x.tty, err = pty.StartWithSize(x.cmd, &pty.Winsize{Rows: uint16(h), Cols: uint16(w)}); err != nil {
		t.Fatal(err)
	}
	go io.Copy(x.tty, x.screen) // what a terminal answers
	go x.read()
	t.Cleanup(x.close)
	return x
}

func (x *terminal) read() {
	buf := make([]byte, 32<<10)
	for {
		n, err := x.tty.Read(buf)
		x.mu.Lock()
		x.screen.Write(buf[:n])
		x.raw.Write(buf[:n])
		x.mu.Unlock()
		if err != nil {
			close(x.ended)
			return
		}
	}
}

// bytes is what the program has written so far.
func (x *terminal) bytes() []byte {
	x.mu.Lock()
	defer x.mu.Unlock()
	return bytes.Clone(x.raw.Bytes())
}

func (x *terminal) close() {
	x.cmd.Process.Kill()
	x.cmd.Wait()
	x.tty.Close()
	x.screen.InputPipe().(io.Closer).Close() // never Close: it races with Read
}

func (x *terminal) text() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.screen.String()
}

// poll waits for something to become true.
func (x *terminal) poll(what string, done func() bool) {
	x.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if done() {
			return
		}
	}
	x.Fatalf("%s never came; the screen is\n%s", what, x.text())
}

func (x *terminal) wait(texts ...string) {
	x.Helper()
	for _, text := range texts {
		x.poll(fmt.Sprintf("%q", text), func() bool { return strings.Contains(x.text(), text) })
	}
}

func (x *terminal) send(s string) {
	x.Helper()
	if _, err := io.WriteString(x.tty, s); err != nil {
		x.Fatal(err)
	}
}

// exit waits for the end and wants this exit code.
func (x *terminal) exit(want int) {
	x.Helper()
	done := make(chan struct{})
	go func() { x.cmd.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		x.Fatalf("the room does not end; the screen is\n%s", x.text())
	}
	if got := x.cmd.ProcessState.ExitCode(); got != want {
		x.Fatalf("exit %d, want %d; the screen is\n%s", got, want, x.text())
	}
}

// turns are what the journal holds.
func (x *terminal) turns() []session.Turn {
	x.Helper()
	b, err := os.ReadFile(x.journal)
	if err != nil {
		x.Fatal(err)
	}
	var events []session.Event
	b = b[:bytes.LastIndexByte(b, '\n')+1] // a line without its end was never acknowledged
	in := bufio.NewScanner(bytes.NewReader(b))
	for in.Buffer(nil, 1<<24); in.Scan(); {
		var e session.Event
		if err := json.Unmarshal(in.Bytes(), &e); err != nil {
			x.Fatal(err)
		}
		events = append(events, e)
	}
	s, err := session.Fold("test", events)
	if err != nil {
		x.Fatal(err)
	}
	return s.Turns
}

// recorded waits until the journal holds this text of the step.
func (x *terminal) recorded(step int, want string) {
	x.Helper()
	got := ""
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if turns := x.turns(); len(turns) > step {
			if got = turns[step].Text; got == want {
				return
			}
		}
	}
	x.Fatalf("step %d is recorded as %q, want %q", step, got, want)
}

func functional(text string) string { return "### Functional\n" + text + "\n\n### Non-functional\n" }

func TestTerminalWholeSitting(t *testing.T) {
	x := open(t, 80, 24, nil)
	x.wait("URL shortener", "1 of 6", "Functional")
	x.send("shorten a link\rcustom alias\x13")
	x.wait("custom alias")
	x.send("10k reads a second\x13")
	x.wait("2 of 6")
	for i, text := range []string{"link", "POST /links", "write, read", "client -> api -> db", "shard by key"} {
		x.wait(fmt.Sprintf("%d of 6", i+2))
		x.send(text)
		x.wait(text)
		x.send("\x13")
	}
	x.exit(0)
	x.wait("all answered")
	turns := x.turns()
	if len(turns) != 6 || turns[0].Text != functional("shorten a link\ncustom alias")+"10k reads a second" || turns[5].Text != "shard by key" {
		t.Errorf("recorded %+v", turns)
	}
	if x.screen.IsAltScreen() {
		t.Error("the terminal was left in the alternate screen")
	}
}

func TestTerminalBurstOverAChangeOfStep(t *testing.T) {
	x := open(t, 80, 24, nil)
	x.wait("1 of 6")
	x.send("a\x13b\x13c\x13d\x13e\x13f\x13g\x13")
	x.exit(0)
	var texts []string
	for _, turn := range x.turns() {
		texts = append(texts, turn.Text)
	}
	if got := strings.Join(texts, "|"); got != functional("a")+"b|c|d|e|f|g" {
		t.Errorf("recorded %q", got)
	}
}

func TestTerminalKeysBeforeTheFirstFrame(t *testing.T) {
	x := open(t, 80, 24, nil)
	x.wait("URL") // raw mode is on; no more than that
	x.send(strings.Repeat("early ", 50))
	x.recorded(0, functional(strings.Repeat("early ", 50)))
}

func TestTerminalTimeUp(t *testing.T) {
	x := open(t, 80, 24, nil, "-budget", "3s", "-bell")
	x.wait("1 of 6")
	x.send("in time")
	x.recorded(0, functional("in time"))
	x.wait("time is up for Requirements")
	x.send(" and late")
	x.wait("in time and late", "over")
	x.send("\x03")
	x.exit(3)
	turn := x.turns()[0]
	if turn.InTime != functional("in time") || turn.Text != functional("in time and late") {
		t.Errorf("recorded %+v", turn)
	}
	if n := bytes.Count(x.bytes(), []byte("\a")); n != 1 {
		t.Errorf("the bell rang %d times", n)
	}
}

func TestTerminalLeaves(t *testing.T) {
	for name, leave := range map[string]func(*terminal){
		"ctrl+c":  func(x *terminal) { x.send("\x03") },
		"esc l":   func(x *terminal) { x.send("\x1b"); x.wait("l leave"); x.send("l") },
		"SIGTERM": func(x *terminal) { x.cmd.Process.Signal(syscall.SIGTERM) },
		"SIGINT":  func(x *terminal) { x.cmd.Process.Signal(syscall.SIGINT) },
		"SIGHUP":  func(x *terminal) { x.cmd.Process.Signal(syscall.SIGHUP) },
	} {
		t.Run(name, func(t *testing.T) {
			x := open(t, 80, 24, nil)
			x.wait("1 of 6")
			x.send("half an answ")
			x.wait("half an answ")
			leave(x)
			x.exit(3)
			x.wait("left")
			x.recorded(0, functional("half an answ"))
		})
	}
}

// A closed terminal hangs up; nothing can be shown any more, but the text is kept.
func TestTerminalCloses(t *testing.T) {
	x := open(t, 80, 24, nil)
	x.wait("1 of 6")
	x.send("half an answ")
	x.wait("half an answ")
	x.tty.Close()
	x.exit(3)
	x.recorded(0, functional("half an answ"))
}

// Killed at any moment, the room has on disk what was typed two seconds before, and nothing that was not typed.
func TestTerminalKilled(t *testing.T) {
	const (
		rooms  = 4
		slack  = time.Second // of a busy machine, for a save that is promised within two
		before = 2*time.Second + slack
	)
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	for range rooms {
		alive := before + time.Duration(r.Int64N(int64(3*time.Second)))
		t.Run(alive.String(), func(t *testing.T) {
			t.Parallel()
			x := open(t, 80, 24, nil)
			x.wait("1 of 6")
			var typed strings.Builder
			kept := 0 // bytes typed long enough before
			start := time.Now()
			for time.Since(start) < alive {
				word := fmt.Sprintf("w%d ", typed.Len())
				x.send(word)
				typed.WriteString(word)
				if alive-time.Since(start) > before {
					kept = typed.Len()
				}
				time.Sleep(20 * time.Millisecond)
			}
			x.cmd.Process.Kill()
			x.cmd.Wait()
			got, _, _ := strings.Cut(strings.TrimPrefix(x.turns()[0].Text, "### Functional\n"), "\n")
			if !strings.HasPrefix(typed.String(), got) || len(got) < len(strings.TrimSpace(typed.String()[:kept])) {
				t.Errorf("recorded %q of %q, of which %d bytes were typed in time", got, typed.String(), kept)
			}
		})
	}
}

func TestTerminalResizes(t *testing.T) {
	x := open(t, 80, 24, nil)
	x.wait("1 of 6")
	x.send("some text that stays")
	x.wait("stays")
	for _, size := range [][2]int{{160, 50}, {40, 15}, {100, 30}, {80, 24}} {
		x.mu.Lock()
		x.screen.Resize(size[0], size[1])
		x.mu.Unlock()
		pty.Setsize(x.tty, &pty.Winsize{Cols: uint16(size[0]), Rows: uint16(size[1])})
		x.poll("the last line", func() bool {
			lines := strings.Split(strings.TrimRight(x.text(), "\n"), "\n")
			return len(lines) == size[1] && strings.Contains(lines[size[1]-1], "next box")
		})
		x.wait("some text that stays", "1 of 6")
	}
}

func TestTerminalPastes(t *testing.T) {
	x := open(t, 80, 24, nil)
	x.wait("1 of 6")
	x.send("\x1b[200~a\tb\r\n你好 👩‍👩‍👧\rשלום\n\x1b[201~")
	x.recorded(0, functional("a\tb\n你好 👩‍👩‍👧\nשלום\n"))
	x.send("\x1b[200~" + strings.Repeat("line\r\n", 9_990) + "\x1b[201~")
	x.recorded(0, functional("a\tb\n你好 👩‍👩‍👧\nשלום\n"+strings.Repeat("line\n", 9_990)))
	x.send("\x1b[200~one\ntwo\nthree\nfour\nfive\nsix\nseven\n\x1b[201~")
	x.wait("nothing was taken over")
	x.send("!")
	x.recorded(0, functional("a\tb\n你好 👩‍👩‍👧\nשלום\n"+strings.Repeat("line\n", 9_990)+"!"))
}

// Without bracketed paste a tab in pasted code must not move on, and a bare line feed is a new line.
func TestTerminalPastesWithoutBrackets(t *testing.T) {
	x := open(t, 80, 24, nil)
	x.wait("1 of 6")
	x.send("if x {\n\ty\n}")
	x.recorded(0, functional("if x {\n  y\n}"))
}

// script writes an executable and returns its path.
func script(t *testing.T, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "editor")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTerminalEditor(t *testing.T) {
	for _, test := range []struct{ name, body, want, screen string }{
		{"with arguments", `[ "$1" = --wait ] && echo " edited" >>"$2"`, "text edited", "text edited"},
		{"fails", `echo more >>"$2"; exit 3`, "text", "the text stays as it was"},
		{"deletes its file", `rm "$2"`, "text", "left no file"},
		{"changes nothing", `true`, "text", "text"},
		{"writes CRLF and controls", `printf 'a\r\nb\033[2J\n' >"$2"`, "a\nb␛[2J", "␛[2J"},
	} {
		t.Run(test.name, func(t *testing.T) {
			x := open(t, 80, 24, []string{"EDITOR=" + script(t, `printf 'in the editor'; `+test.body) + " --wait"})
			x.wait("1 of 6")
			x.send("text")
			x.wait("text")
			x.send("\x1b")
			x.wait("e editor")
			x.send("e")
			x.poll("the editor", func() bool {
				x.mu.Lock()
				defer x.mu.Unlock()
				return bytes.Contains(x.raw.Bytes(), []byte("in the editor"))
			})
			x.wait("1 of 6", test.screen)
			x.send("!")
			x.recorded(0, functional(test.want+"!"))
		})
	}
}

// What is typed right after the editor's command, and while the editor runs, is neither lost nor overwritten.
func TestTerminalKeysAroundTheEditor(t *testing.T) {
	x := open(t, 80, 24, []string{"EDITOR=" + script(t, `echo " edited" >>"$1"`)})
	x.wait("1 of 6")
	x.send("text")
	x.wait("text")
	x.send("\x1b")
	x.wait("e editor")
	x.send("eAFTER")
	x.poll("both", func() bool {
		text := x.turns()[0].Text
		return strings.Contains(text, "AFTER") && strings.Contains(text, "edited")
	})
}

func TestTerminalSignalWhileTheEditorIsOpen(t *testing.T) {
	x := open(t, 80, 24, []string{"EDITOR=" + script(t, `echo "saved in the editor" >"$1"; printf 'in the editor'; exec sleep 60`)})
	x.wait("1 of 6")
	x.send("text")
	x.wait("text")
	x.send("\x1b")
	x.wait("e editor")
	x.send("e")
	x.poll("the editor", func() bool {
		x.mu.Lock()
		defer x.mu.Unlock()
		return bytes.Contains(x.raw.Bytes(), []byte("in the editor"))
	})
	x.cmd.Process.Signal(syscall.SIGTERM)
	x.exit(3)
	x.recorded(0, functional("saved in the editor"))
}

func TestTerminalSuspends(t *testing.T) {
	bin, err := program()
	if err != nil {
		t.Fatal(err)
	}
	journal := filepath.Join(t.TempDir(), "events.jsonl")
	x := launch(t, 80, 24, journal, nil, "sh", "-c", `set -m; "$0" testdata/plan.json "$1"; echo in the shell; read x; fg; echo the end`, bin, journal)
	x.wait("1 of 6")
	x.send("before")
	x.wait("before")
	x.send("\x1a")
	x.wait("in the shell")
	x.recorded(0, functional("before"))
	x.send("\r")
	x.wait("1 of 6", "before")
	x.send(" and after\x03")
	x.wait("the end")
	x.recorded(0, functional("before and after"))
}

// A terminal that runs nothing but the room has no shell to go to; waiting for one would be the end.
func TestTerminalSuspendsToNowhere(t *testing.T) {
	x := open(t, 80, 24, nil)
	x.wait("1 of 6")
	x.send("before\x1a")
	x.wait("nothing to suspend to")
	x.send(" and after")
	x.recorded(0, functional("before and after"))
}

func TestTerminalFullDisk(t *testing.T) {
	x := open(t, 80, 24, nil, "-limit", "3")
	x.wait("1 of 6")
	x.send("precious")
	x.exit(1)
	x.wait("no space left on device", `precious`)
}

func TestTerminalNoColour(t *testing.T) {
	x := open(t, 80, 24, []string{"NO_COLOR=1"})
	x.wait("1 of 6")
	x.send("text\x03")
	x.exit(3)
	out := x.bytes()
	for _, colour := range []string{"\x1b[3", "\x1b[1;3", "\x1b[38", "\x1b[48", ";38;"} {
		if i := bytes.Index(out, []byte(colour)); i >= 0 && !bytes.HasPrefix(out[i:], []byte("\x1b[3J")) {
			t.Errorf("colour %q", out[i:i+12])
		}
	}
	if !bytes.Contains(out, []byte("\x1b[7m")) {
		t.Error("the cursor is not drawn")
	}
}

func TestTerminalMenus(t *testing.T) {
	for _, test := range []struct {
		name, menu string
		steps      []string // what is waited for, what is sent, in turn
		want       string
	}{
		{"choose", "choose", []string{"the first", "\x1b[B", "▸ the second", "\r"}, `said "2", error <nil>`},
		{"controls of a label", "choose", []string{"the second␛[2J", "\r"}, `said "1", error <nil>`},
		{"choose nothing", "choose", []string{"the first", "\x03"}, `said "", error left before the end`},
		{"line", "line", []string{"How many points?", "x\r", "a number, please", "\x7f70\r"}, `said "70", error <nil>`},
		{"no line", "line", []string{"How many points?", "7\x03"}, `said "", error left before the end`},
		{"read", "read", []string{"1–22 of 101", " ", "22–43 of 101", "G", "the end", "q"}, `said "read", error <nil>`},
	} {
		t.Run(test.name, func(t *testing.T) {
			x := open(t, 80, 24, nil, "-menu", test.menu)
			for i := 0; i < len(test.steps); i += 2 {
				x.wait(test.steps[i])
				x.send(test.steps[i+1])
			}
			x.exit(0)
			x.wait(test.want)
		})
	}
}

// A signal while a menu is open is no choice.
func TestTerminalMenuAndSignal(t *testing.T) {
	x := open(t, 80, 24, nil, "-menu", "choose")
	x.wait("the first")
	x.cmd.Process.Signal(syscall.SIGTERM)
	x.exit(0)
	x.wait(`said "", error left before the end`)
}

// bubbletea asks the terminal for its colour when it is initialised, in every command; noquery keeps it from that.
func TestTerminalThatNeverAnswers(t *testing.T) {
	bin, err := program()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(bin, "-version")
	cmd.Env = []string{"TERM=xterm-256color", "PATH=" + os.Getenv("PATH")}
	start := time.Now()
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	out, _ := io.ReadAll(tty)
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); bytes.ContainsRune(out, '\x1b') || took > time.Second {
		t.Errorf("it wrote %q and took %v", out, took)
	}
}
