package cli

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"interview/internal/journal"
	"interview/internal/session"
)

// process is the real program in line mode, with its input held open.
type process struct {
	t      *testing.T
	cmd    *exec.Cmd
	keys   io.WriteCloser
	out    *bufio.Scanner
	stderr bytes.Buffer
}

// start runs this test's own binary under the program's name, which TestMain answers to.
func start(t *testing.T, sessions string, args ...string) *process {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bank, err := filepath.Abs(filepath.Join("testdata", "bank"))
	if err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, cmd: exec.Command(exe)}
	p.cmd.Args = append([]string{"interview"}, append(args, "--bank", bank, "--sessions", sessions)...)
	p.cmd.Dir = t.TempDir()
	p.cmd.Stderr = &p.stderr
	if p.keys, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.out = bufio.NewScanner(out)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *process) types(text string) {
	if _, err := io.WriteString(p.keys, text); err != nil {
		p.t.Fatal(err)
	}
}

// acknowledged waits for the line that says that an answer is on disk.
func (p *process) acknowledged() {
	p.t.Helper()
	for p.out.Scan() {
		if strings.Contains(p.out.Text(), onDisk) {
			return
		}
	}
	p.t.Fatalf("no acknowledgement; stderr:\n%s", p.stderr.String())
}

// code waits for the end; -1 stands for a death by signal.
func (p *process) code() int {
	p.t.Helper()
	for p.out.Scan() { // whatever is left
	}
	err := p.cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		p.t.Fatal(err)
	}
	return p.cmd.ProcessState.ExitCode()
}

func onlySession(t *testing.T, dir string) session.Session {
	t.Helper()
	path, err := journal.Find(dir, "last")
	if err != nil {
		t.Fatal(err)
	}
	events, err := journal.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := session.Fold("s", events)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSignalsSave(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			p := start(t, dir, "mock", "library")
			p.types("one\n.\n")
			p.acknowledged()
			p.types("half of two\n")
			if err := p.cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			if code := p.code(); code != exitUnfinished || !strings.Contains(p.stderr.String(), "interview mock --resume ") {
				t.Errorf("exit %d, stderr:\n%s", code, p.stderr.String())
			}
			s := onlySession(t, dir)
			if got := s.Turns[1]; got.Text != "half of two" || !got.Draft || !s.Unfinished() {
				t.Errorf("kept %+v", got)
			}
		})
	}
}

// Killed at any moment, the program has on disk what it acknowledged, and the session can be gone on with.
func TestKillLosesNothingAcknowledged(t *testing.T) {
	for i := range 20 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			p := start(t, dir, "mock", "library")
			answer := strings.Repeat("a line of the answer\n", 1+40*i)
			p.types(answer + ".\n")
			p.acknowledged()
			p.types("of this one nothing was promised\n")
			time.Sleep(time.Duration(i) * 200 * time.Microsecond)
			if err := p.cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			p.code()
			if got := onlySession(t, dir).Turns[0]; got.Text+"\n" != answer || got.Draft {
				t.Fatalf("acknowledged %d bytes, kept %d, draft %v", len(answer)-1, len(got.Text), got.Draft)
			}
			again := start(t, dir, "mock", "--resume", "last")
			again.types(".\n")
			again.acknowledged()
			if code := again.code(); code != exitDone {
				t.Errorf("resumed: exit %d, %s", code, again.stderr.String())
			}
		})
	}
}

// A second process is refused while the first holds the session.
func TestOneWriterASession(t *testing.T) {
	dir := t.TempDir()
	first := start(t, dir, "mock", "library")
	first.types("one\n.\n")
	first.acknowledged()
	second := start(t, dir, "mock", "--resume", "last")
	if code := second.code(); code != exitFailed || !strings.Contains(second.stderr.String(), "open in another process") {
		t.Errorf("exit %d, stderr:\n%s", code, second.stderr.String())
	}
	first.types("two\n.\n")
	if code := first.code(); code != exitDone {
		t.Errorf("the first one: exit %d, %s", code, first.stderr.String())
	}
}

// A session whose last answer is on disk, but not its grade, is graded when it is gone on with; nothing is asked again.
func TestResumeGradesWhatWasAnswered(t *testing.T) {
	dir := t.TempDir()
	p := start(t, dir, "drill", "basics-lock")
	p.types("half\n")
	p.keys.Close()
	if code := p.code(); code != exitUnfinished {
		t.Fatalf("exit %d, %s", code, p.stderr.String())
	}
	path, err := journal.Find(dir, "last")
	if err != nil {
		t.Fatal(err)
	}
	w, events, err := journal.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := session.Fold(w.ID(), events)
	if err != nil {
		t.Fatal(err)
	}
	r, err := session.Resume(s, events[len(events)-1].Seq, w)
	if err == nil {
		err = errors.Join(r.Answer("Only one client at a time."), w.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	again := start(t, dir, "mock", "--resume", "last")
	again.keys.Close()
	if code := again.code(); code != exitDone {
		t.Errorf("exit %d, %s", code, again.stderr.String())
	}
	if s := onlySession(t, dir); s.Unfinished() || len(s.Grades) != 1 || s.Grades[0].Points != 1 {
		t.Errorf("grades %+v", s.Grades)
	}
}
