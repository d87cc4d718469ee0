package internal_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"interview/internal/journal"
	"interview/internal/session"
	"interview/sessions"
)

// Each example session reads, is finished and graded, and is embedded.
func TestExampleSessions(t *testing.T) {
	names, err := fs.Glob(sessions.FS, "examples/*.jsonl")
	if err != nil || len(names) == 0 {
		t.Fatalf("no example sessions: %v", err)
	}
	for _, name := range names {
		events, err := journal.Read(filepath.Join("..", "sessions", name))
		if err != nil {
			t.Fatal(err)
		}
		s, err := session.Fold(strings.TrimSuffix(filepath.Base(name), ".jsonl"), events)
		if score, graded := s.Score(); err != nil || s.Unfinished() || !graded || score <= 0 {
			t.Errorf("%s: %v, unfinished %v, score %v", name, err, s.Unfinished(), score)
		}
		if data, _ := fs.ReadFile(sessions.FS, name); strings.Contains(string(data), os.TempDir()) {
			t.Errorf("%s names a folder of the machine that it was made on", name)
		}
	}
}
