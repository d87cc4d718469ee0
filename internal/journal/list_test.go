package journal

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"interview/internal/session"
)

// put writes a journal of one event.
func put(t *testing.T, dir, name string, at time.Time) {
	t.Helper()
	line := `{"v":1,"seq":1,"at":"` + at.Format(time.RFC3339Nano) + `","kind":"opened","plan":{"label":"x"}}` + "\n"
	must(t, os.WriteFile(filepath.Join(dir, name+suffix), []byte(line), 0o600))
}

func TestNewestFirst(t *testing.T) {
	dir := t.TempDir()
	second := time.Date(2026, 8, 24, 10, 15, 0, 0, time.UTC)
	put(t, dir, "20260824T101500Z-zebra", second)
	put(t, dir, "20260824T101500Z-ant", second.Add(700*time.Millisecond))
	put(t, dir, "20260824T101500Z-zebra-2", second.Add(100*time.Millisecond))
	put(t, dir, "20260824T101500Z-zebra-10", second.Add(900*time.Millisecond))
	put(t, dir, "20251231T235959Z-old", second)
	put(t, dir, "20260901T000000Z-new", second)
	must(t, os.WriteFile(filepath.Join(dir, "20260902T000000Z-empty.jsonl"), nil, 0o600))
	for _, other := range []string{"notes.jsonl", "20260903T000000Z-x.json", "20260903T000000Z-.jsonl", "x20260903T000000Z-x.jsonl", "20260903-x.jsonl"} {
		must(t, os.WriteFile(filepath.Join(dir, other), []byte("{}\n"), 0o600))
	}
	got, err := List(dir)
	must(t, err)
	want := []string{"20260901T000000Z-new", "20260824T101500Z-zebra-10", "20260824T101500Z-ant", "20260824T101500Z-zebra-2",
		"20260824T101500Z-zebra", "20251231T235959Z-old"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestTheLastOneOfASecondIsTheNewest(t *testing.T) {
	dir := t.TempDir()
	var last string
	for _, label := range []string{"zebra", "mouse", "ant"} {
		w, err := Create(dir, label)
		must(t, err)
		_, err = session.Start(plan(1), w)
		must(t, err)
		last = w.Path()
		must(t, w.Close())
		time.Sleep(2 * time.Millisecond) // events are dated to the millisecond
	}
	if got, err := Find(dir, "last"); err != nil || got != last {
		t.Errorf("got %s, %v, want %s", got, err, last)
	}
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "20260824T101500Z-zebra", time.Time{})
	put(t, dir, "20260824T101500Z-zebra-2", time.Time{})
	put(t, dir, "20260901T000000Z-ant", time.Time{})
	for ref, want := range map[string]string{
		"last":                         "20260901T000000Z-ant",
		"20260824T101500Z-zebra":       "20260824T101500Z-zebra",
		"20260824T101500Z-zebra.jsonl": "20260824T101500Z-zebra",
		"20260824T101500Z-zebra-2":     "20260824T101500Z-zebra-2",
		"202609":                       "20260901T000000Z-ant",
	} {
		got, err := Find(dir, ref)
		if err != nil || got != filepath.Join(dir, want+suffix) {
			t.Errorf("%s: %s, %v", ref, got, err)
		}
	}
	for ref, want := range map[string]string{
		"202608": `"202608" is the beginning of 2 sessions in ` + dir + ": 20260824T101500Z-zebra-2, 20260824T101500Z-zebra",
		"20260":  "3 sessions",
		"ant":    `no session "ant" in ` + dir + "; the newest: 20260901T000000Z-ant, 20260824T101500Z-zebra-2",
		"":       `no session ""`,
		"../x":   `no session "../x"`,
	} {
		if got, err := Find(dir, ref); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %s, %v", ref, got, err)
		}
	}
	if _, err := Find(filepath.Join(dir, "missing"), "last"); err == nil || !strings.Contains(err.Error(), "no sessions in") {
		t.Errorf("missing folder: %v", err)
	}
}

func TestHasJournals(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "20260824T101500Z-x.jsonl")
	for _, c := range []struct {
		text string
		want bool
	}{{"", false}, {`{"level":"info"}` + "\n", false}, {`{"v":1,"seq":1}` + "\n", true}} {
		must(t, os.WriteFile(file, []byte(c.text), 0o600))
		if got := HasJournals(dir); got != c.want {
			t.Errorf("%q: %v", c.text, got)
		}
	}
	if HasJournals(file) || HasJournals(filepath.Join(dir, "missing")) {
		t.Error("what is no folder has journals")
	}
	must(t, os.Rename(file, filepath.Join(dir, "other.jsonl")))
	if HasJournals(dir) {
		t.Error("a file of another name is a journal")
	}
}

func TestListOfAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, nil, 0o600))
	if _, err := List(file); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("got %v", err)
	}
}
