package journal

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"interview/internal/session"
)

func look(prompt string) session.Event {
	return session.Event{V: session.Version, At: time.Now().UTC(), Kind: session.Shown, What: session.Rubric, Look: &session.Look{Prompt: prompt}}
}

func prompts(events []session.Event) string {
	all := ""
	for _, e := range events {
		all += e.Look.Prompt + " "
	}
	return all
}

func TestLooks(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	if events, err := Looks(dir); err != nil || len(events) != 0 {
		t.Fatalf("before any: %v, %v", events, err)
	}
	must(t, AddLooks(dir, nil))
	if _, err := os.Stat(dir); err == nil {
		t.Error("no look makes a folder")
	}
	must(t, AddLooks(dir, []session.Event{look("a"), look("b")}))
	path := filepath.Join(dir, looks)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if ids, odd, err := ListAll(dir); len(ids)+len(odd) != 0 || err != nil {
		t.Errorf("it is listed as a session: %v %v %v", ids, odd, err)
	}

	// a crash left the beginning of a line: it is lost, what comes after it is not
	text, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, append(text, []byte(`{"v":1,"at":"20`)...), 0o600))
	if events, err := Looks(dir); err != nil || prompts(events) != "a b " {
		t.Errorf("with a torn tail: %s, %v", prompts(events), err)
	}
	must(t, AddLooks(dir, []session.Event{look("c")}))
	events, err := Looks(dir)
	var bad *BadLine
	if prompts(events) != "a b c " || !errors.As(err, &bad) || bad.Line != 3 {
		t.Errorf("after the next look: %s, %v", prompts(events), err)
	}

	must(t, os.Remove(path))
	must(t, os.Mkdir(path, 0o700))
	if err := AddLooks(dir, []session.Event{look("d")}); err == nil {
		t.Error("a folder in its place is written")
	}
}
