package journal

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"interview/internal/grade"
	"interview/internal/session"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func plan(steps int) session.Plan {
	p := session.Plan{Label: "p", Mode: session.ModeMock}
	for range steps {
		p.Steps = append(p.Steps, session.Step{Prompt: "p", Phase: "x", Budget: time.Minute})
	}
	return p
}

// sitting writes a session with a bit of everything and returns its file.
func sitting(t testing.TB, dir string) string {
	t.Helper()
	w, err := Create(dir, "p")
	must(t, err)
	r, err := session.Start(plan(3), w)
	must(t, err)
	must(t, r.Draft("línea 日本"))
	must(t, r.Answer("line one\nline \xff two"))
	_, err = r.Back("second <&> \u2028")
	must(t, err)
	must(t, r.Leave("first again 🙂"))
	must(t, w.Close())
	w, r = reopen(t, w.Path())
	for _, text := range []string{"a", "b\x00", "c"} {
		must(t, r.Answer(text))
	}
	must(t, r.Close([]grade.Grade{{Prompt: "p", Points: 1, Max: 2}}, nil))
	must(t, w.Close())
	return w.Path()
}

// reopen goes on with a session as a new process would.
func reopen(t testing.TB, path string) (*Writer, *session.Runner) {
	t.Helper()
	w, events, err := Open(path)
	must(t, err)
	s, err := session.Fold(w.ID(), events)
	must(t, err)
	r, err := session.Resume(s, len(events), w)
	must(t, err)
	return w, r
}

func TestASessionComesBack(t *testing.T) {
	path := sitting(t, t.TempDir())
	events, err := Read(path)
	must(t, err)
	s, err := session.Fold("id", events)
	must(t, err)
	var texts []string
	for _, turn := range s.Turns {
		texts = append(texts, turn.Text)
	}
	if want := []string{"a", "b\x00", "c"}; !reflect.DeepEqual(texts, want) {
		t.Errorf("texts %q, want %q", texts, want)
	}
	if s.Unfinished() || len(s.Grades) != 1 {
		t.Errorf("unfinished %v, grades %v", s.Unfinished(), s.Grades)
	}
	for i, e := range events {
		if e.Seq != i+1 {
			t.Errorf("event %d has number %d", i+1, e.Seq)
		}
	}
}

func TestModesAndNames(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	w, err := Create(dir, "url shortener/../\xff"+strings.Repeat("x", 300))
	must(t, err)
	defer w.Close()
	for path, want := range map[string]fs.FileMode{w.Path(): 0o600, dir: 0o700, filepath.Dir(dir): 0o700} {
		info, err := os.Stat(path)
		must(t, err)
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", path, got, want)
		}
	}
	if !ours().MatchString(w.ID()+suffix) || !strings.Contains(w.ID(), "Z-url-shortener-..-") || filepath.Dir(w.Path()) != dir {
		t.Errorf("path %s", w.Path())
	}
	at, err := time.Parse(stamp, w.ID()[:len(stamp)])
	if err != nil || time.Since(at).Abs() > time.Minute {
		t.Errorf("id %s: %v", w.ID(), err)
	}
}

func TestManyBeginInOneSecond(t *testing.T) {
	dir := t.TempDir()
	var wait sync.WaitGroup
	var mu sync.Mutex
	ids := map[string]bool{}
	for range 8 {
		wait.Go(func() {
			w, err := Create(dir, "same")
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := session.Start(plan(1), w); err != nil {
				t.Error(err)
			}
			mu.Lock()
			ids[w.ID()] = true
			mu.Unlock()
			w.Close()
		})
	}
	wait.Wait()
	listed, err := List(dir)
	must(t, err)
	if len(ids) != 8 || len(listed) != 8 {
		t.Errorf("made %d, listed %d of 8", len(ids), len(listed))
	}
}

func TestCreateNamesTheFolderItCannotUse(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, nil, 0o600))
	for _, dir := range []string{file, filepath.Join(file, "below")} {
		if _, err := Create(dir, "x"); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

func TestANewJournalThatHoldsNothingIsTakenAway(t *testing.T) {
	w, err := Create(t.TempDir(), "x")
	must(t, err)
	must(t, w.Close())
	if _, err := os.Stat(w.Path()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
}

func TestOneWriterOnly(t *testing.T) {
	dir := t.TempDir()
	w, err := Create(dir, "x")
	must(t, err)
	r, err := session.Start(plan(2), w)
	must(t, err)
	var busy *Busy
	if _, _, err := Open(w.Path()); !errors.As(err, &busy) || !strings.Contains(err.Error(), w.ID()) {
		t.Errorf("a second writer: %v", err)
	}
	events, err := Read(w.Path())
	if err != nil || len(events) != 2 {
		t.Errorf("a reader beside it: %d events, %v", len(events), err)
	}
	must(t, r.Answer("still mine"))
	must(t, w.Close())
	second, _ := reopen(t, w.Path())
	if _, _, err := Open(w.Path()); !errors.As(err, &busy) {
		t.Errorf("a third writer: %v", err)
	}
	must(t, second.Close())
}

// Every byte of a journal may be the last one on disk.
func TestEveryCutReadsFoldsAndGoesOn(t *testing.T) {
	dir := t.TempDir()
	whole, err := os.ReadFile(sitting(t, dir))
	must(t, err)
	all, err := Read(sitting(t, dir))
	must(t, err)
	path := filepath.Join(dir, "20200101T000000Z-cut.jsonl")
	for n := range len(whole) + 1 {
		must(t, os.WriteFile(path, whole[:n], 0o600))
		events, err := Read(path)
		must(t, err)
		lines := bytes.Count(whole[:n], []byte("\n"))
		if len(events) != lines {
			t.Fatalf("cut at %d: %d events of %d whole lines", n, len(events), lines)
		}
		s, err := session.Fold("cut", events)
		if lines == 0 != errors.Is(err, session.ErrNoPlan) {
			t.Fatalf("cut at %d: fold says %v", n, err)
		}
		if torn := n - 1 - bytes.LastIndexByte(whole[:n], '\n'); lines > 0 && lines < len(all) && (torn < 3 || n%11 == 0) {
			goOn(t, path, s, whole[:n])
		}
	}
}

// goOn opens a torn journal, which must lose its tail and nothing else, and writes on.
func goOn(t *testing.T, path string, s session.Session, before []byte) {
	t.Helper()
	w, events, err := Open(path)
	must(t, err)
	defer w.Close()
	r, err := session.Resume(s, len(events), w)
	must(t, err)
	must(t, r.Leave("gone on"))
	after, err := os.ReadFile(path)
	must(t, err)
	kept := before[:bytes.LastIndexByte(before, '\n')+1]
	if !bytes.HasPrefix(after, kept) || len(after) == len(kept) {
		t.Fatalf("the journal was rewritten: %q before, %q after", before, after)
	}
	if again, err := Read(path); err != nil || len(again) <= len(events) {
		t.Fatalf("%d events after %d: %v", len(again), len(events), err)
	}
}

func TestABadLineIsNamed(t *testing.T) {
	path := sitting(t, t.TempDir())
	whole, err := os.ReadFile(path)
	must(t, err)
	lines := bytes.SplitAfter(whole, []byte("\n"))
	for _, bad := range []string{"\n", "{}\n", "null\n", "[]\n", `"x"` + "\n", `{"v":1,"seq":3` + "\n", `{"v":0,"kind":"closed"}` + "\n", "\x00\x00\n", `{"v":1,"kind":"closed"}{}` + "\n"} {
		broken := bytes.Join([][]byte{lines[0], lines[1], []byte(bad), lines[2]}, nil)
		must(t, os.WriteFile(path, broken, 0o600))
		events, err := Read(path)
		var line *BadLine
		if !errors.As(err, &line) || line.Line != 3 || !strings.HasPrefix(err.Error(), path+":3: ") || errors.Unwrap(err) == nil {
			t.Errorf("%q: %v", bad, err)
		}
		if len(events) != 2 {
			t.Errorf("%q: %d events before it", bad, len(events))
		}
		if w, events, err := Open(path); !errors.As(err, &line) || len(events) != 2 || w != nil {
			t.Errorf("%q opened: %v", bad, err)
		}
		after, err := os.ReadFile(path)
		must(t, err)
		if !bytes.Equal(after, broken) {
			t.Errorf("%q: a bad journal was changed", bad)
		}
	}
}

func TestAnAnswerOf16MB(t *testing.T) {
	w, err := Create(t.TempDir(), "big")
	must(t, err)
	r, err := session.Start(plan(2), w)
	must(t, err)
	text := strings.Repeat("0123456789abcde\n", 1<<20)
	must(t, r.Answer(text))
	must(t, w.Close())
	events, err := Read(w.Path())
	must(t, err)
	s, err := session.Fold("", events)
	must(t, err)
	if s.Turns[0].Text != text {
		t.Errorf("read %d bytes, wrote %d", len(s.Turns[0].Text), len(text))
	}
}

func TestAJournalThatWasTakenAwayIsNoPlaceToWrite(t *testing.T) {
	for name, take := range map[string]func(path string) error{
		"removed":  os.Remove,
		"replaced": func(path string) error { return errors.Join(os.Remove(path), os.WriteFile(path, nil, 0o600)) },
	} {
		w, err := Create(t.TempDir(), "x")
		must(t, err)
		r, err := session.Start(plan(2), w)
		must(t, err)
		must(t, take(w.Path()))
		if err := r.Answer("lost"); err == nil || !strings.Contains(err.Error(), "while it was written") {
			t.Errorf("%s: %v", name, err)
		}
		w.Close()
	}
}

// disk is a file on a disk that fails.
type disk struct {
	*os.File
	room     int // bytes that still fit; negative = any number
	sync     error
	truncate error
}

var errDisk = errors.New("disk failed")

func (d *disk) Write(b []byte) (int, error) {
	if d.room < 0 || len(b) <= d.room {
		return d.File.Write(b)
	}
	n, _ := d.File.Write(b[:d.room])
	return n, errDisk
}

func (d *disk) Sync() error { return d.sync }

func (d *disk) Truncate(size int64) error {
	if d.truncate != nil {
		return d.truncate
	}
	return d.File.Truncate(size)
}

func TestAFailingDisk(t *testing.T) {
	for name, d := range map[string]disk{
		"full":                     {room: 0},
		"full in a line":           {room: 10},
		"full, and the tail stays": {room: 10, truncate: errDisk},
		"written but not synced":   {room: -1, sync: errDisk},
	} {
		w, err := Create(t.TempDir(), "x")
		must(t, err)
		r, err := session.Start(plan(2), w)
		must(t, err)
		must(t, r.Draft("kept"))
		d.File = w.file.(*os.File)
		w.file = &d
		if err := r.Answer("kept, lost"); !errors.Is(err, errDisk) || !strings.Contains(err.Error(), w.Path()) {
			t.Errorf("%s: %v", name, err)
		}
		d.room, d.sync, d.truncate = -1, nil, nil // room again: a line after a torn one would be a bad line
		if err := w.Record(session.Event{V: 1, Kind: session.Closed}); !errors.Is(err, errDisk) {
			t.Errorf("%s: the next record says %v", name, err)
		}
		w.Close()
		w, r = reopen(t, w.Path())
		if q, _ := r.Question(); !strings.HasPrefix(q.Draft, "kept") {
			t.Errorf("%s: resumed with %q", name, q.Draft)
		}
		must(t, r.Answer("again"))
		w.Close()
	}
}

func FuzzRead(f *testing.F) {
	whole, err := os.ReadFile(sitting(f, f.TempDir()))
	must(f, err)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("\n"))
	f.Add([]byte(`{"v":1,"kind":"opened","plan":{"steps":[{}]}}` + "\r\n\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		events, size, err := read("fuzz", bytes.NewReader(b))
		if size < 0 || size > int64(len(b)) || size > 0 && b[size-1] != '\n' {
			t.Fatalf("read up to %d of %d bytes", size, len(b))
		}
		if n := bytes.Count(b[:size], []byte("\n")); n != len(events) {
			t.Fatalf("%d events of %d lines", len(events), n)
		}
		var bad *BadLine
		switch {
		case errors.As(err, &bad):
			if bad.Line != len(events)+1 {
				t.Fatalf("line %d after %d events", bad.Line, len(events))
			}
		case err != nil:
			t.Fatal(err)
		case bytes.IndexByte(b[size:], '\n') >= 0:
			t.Fatalf("a whole line was ignored: %q", b[size:])
		}
		_, _ = session.Fold("fuzz", events) // must not panic
	})
}
