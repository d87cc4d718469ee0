//go:build unix

package journal

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"interview/internal/session"
)

// The tests below start this test binary again as another process that writes: JOURNAL_ROLE says what it is to do, with
// the file named by JOURNAL_FILE.

func TestMain(m *testing.M) {
	switch os.Getenv("JOURNAL_ROLE") {
	case "write":
		writeOn(os.Getenv("JOURNAL_FILE"))
	case "fill":
		fill(os.Getenv("JOURNAL_FILE"))
	default:
		os.Exit(m.Run())
	}
}

func other(t *testing.T, role, path string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), "JOURNAL_ROLE="+role, "JOURNAL_FILE="+path)
	cmd.Stderr = os.Stderr
	return cmd
}

// ack is what the writer says of each text that is on disk.
type ack struct {
	Turn int
	Text string
}

// writeOn resumes the session and types until it is killed.
func writeOn(path string) {
	w, events, err := Open(path)
	var busy *Busy
	if errors.As(err, &busy) {
		fmt.Println("busy")
		return
	}
	check(err)
	s, err := session.Fold(w.ID(), events)
	check(err)
	r, err := session.Resume(s, len(events), w)
	check(err)
	rng := rand.New(rand.NewPCG(uint64(os.Getpid()), 3))
	say := json.NewEncoder(os.Stdout)
	for {
		q, open := r.Question()
		if !open {
			return
		}
		text := q.Draft + strings.Repeat("é", rng.IntN(2000)) + fmt.Sprint(rng.Int64())
		act := r.Draft
		if len(text) > 20000 {
			act = r.Answer
		}
		check(act(text))
		check(say.Encode(ack{q.N - 1, text}))
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// What was acknowledged is there after kill -9, at whatever moment that comes.
func TestKillLosesNothingAcknowledged(t *testing.T) {
	w, err := Create(t.TempDir(), "killed")
	must(t, err)
	_, err = session.Start(plan(10000), w)
	must(t, err)
	must(t, w.Close())
	acked, kills := 0, 40
	if testing.Short() {
		kills = 5
	}
	for range kills {
		last := killed(t, w.Path())
		if last == nil {
			continue
		}
		acked++
		events, err := Read(w.Path())
		must(t, err)
		s, err := session.Fold("", events)
		must(t, err)
		if !held(events, *last) {
			t.Fatalf("turn %d: %d bytes were acknowledged, %d are there", last.Turn, len(last.Text), len(s.Turns[last.Turn].Text))
		}
	}
	if acked < kills/4 {
		t.Errorf("only %d of %d writers lived long enough to say something", acked, kills)
	}
}

// killed lets a writer write for some milliseconds after its first word, kills it, and returns its last word.
func killed(t *testing.T, path string) *ack {
	t.Helper()
	cmd := other(t, "write", path)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	words := bufio.NewReader(out)
	var last *ack
	for killing := false; ; {
		line, err := words.ReadBytes('\n')
		if err != nil { // a word that was cut short acknowledges nothing
			_ = cmd.Wait()
			return last
		}
		last = new(ack)
		must(t, json.Unmarshal(line, last))
		if !killing {
			killing = true
			time.AfterFunc(time.Duration(rand.IntN(15000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
		}
	}
}

// held says whether the text was the step's at the end, or before a newer one that was not acknowledged any more.
func held(events []session.Event, a ack) bool {
	for n := len(events); n > len(events)-4 && n > 0; n-- {
		s, err := session.Fold("", events[:n])
		if err != nil || a.Turn >= len(s.Turns) {
			return false
		}
		if s.Turns[a.Turn].Text == a.Text {
			return true
		}
	}
	return false
}

func TestAnotherProcessIsKeptOut(t *testing.T) {
	w, err := Create(t.TempDir(), "x")
	must(t, err)
	defer w.Close()
	_, err = session.Start(plan(1), w)
	must(t, err)
	out, err := other(t, "write", w.Path()).Output()
	if err != nil || string(out) != "busy\n" {
		t.Errorf("the other process says %q, %v", out, err)
	}
	if events, err := Read(w.Path()); err != nil || len(events) != 2 {
		t.Errorf("%d events, %v", len(events), err)
	}
}

// fill types until the system lets the file grow no more, and says what was kept.
func fill(path string) {
	signal.Ignore(syscall.SIGXFSZ)
	check(syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 20000, Max: 20000}))
	w, events, err := Open(path)
	check(err)
	s, err := session.Fold(w.ID(), events)
	check(err)
	r, err := session.Resume(s, len(events), w)
	check(err)
	for text := ""; ; text += "0123456789" {
		if err := r.Draft(text); err != nil {
			fmt.Printf("%d %v\n", len(text)-10, errors.Is(err, syscall.EFBIG))
			return
		}
	}
}

func TestAFullDisk(t *testing.T) {
	w, err := Create(t.TempDir(), "full")
	must(t, err)
	_, err = session.Start(plan(2), w)
	must(t, err)
	must(t, w.Close())
	out, err := other(t, "fill", w.Path()).Output()
	must(t, err)
	var kept int
	var full bool
	if _, err := fmt.Sscan(string(out), &kept, &full); err != nil || !full || kept < 100 {
		t.Fatalf("the writer says %q, %v", out, err)
	}
	whole, err := os.ReadFile(w.Path())
	must(t, err)
	if whole[len(whole)-1] != '\n' || len(whole) > 20000 {
		t.Errorf("%d bytes, ending in %q: the torn line was not cut back", len(whole), whole[len(whole)-20:])
	}
	w, r := reopen(t, w.Path())
	defer w.Close()
	if q, _ := r.Question(); len(q.Draft) != kept {
		t.Errorf("%d bytes kept, %d acknowledged", len(q.Draft), kept)
	}
}

func TestOnlyRegularFilesAreOpened(t *testing.T) {
	dir := t.TempDir()
	for _, path := range append(oddFiles(t, dir), dir, filepath.Join(dir, "missing")) {
		if _, err := Read(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("read %s: %v", path, err)
		}
		if _, _, err := Open(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("open %s: %v", path, err)
		}
	}
	if ids, err := List(dir); err != nil || len(ids) != 0 {
		t.Errorf("listed %q, %v", ids, err)
	}
}

// oddFiles are what must not be opened, by names of ours.
func oddFiles(t *testing.T, dir string) []string {
	t.Helper()
	pipe := filepath.Join(dir, "20260101T000000Z-pipe.jsonl")
	must(t, syscall.Mkfifo(pipe, 0o600))
	device := filepath.Join(dir, "20260101T000000Z-device.jsonl")
	must(t, os.Symlink("/dev/zero", device))
	folder := filepath.Join(dir, "20260101T000000Z-folder.jsonl")
	must(t, os.Mkdir(folder, 0o700))
	loop := filepath.Join(dir, "20260101T000000Z-loop.jsonl")
	must(t, os.Symlink(loop, loop))
	huge := filepath.Join(dir, "20260101T000000Z-huge.jsonl.big")
	must(t, os.WriteFile(huge, nil, 0o600))
	must(t, os.Truncate(huge, most+1))
	return []string{pipe, device, folder, loop, huge}
}
