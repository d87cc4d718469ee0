package chat

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"interview/internal/chat/chattest"
)

// FuzzEvents: whatever a server streams comes out as data lines of one line each, and nothing panics; the events of a whole
// stream do not depend on how the network cuts it.
func FuzzEvents(f *testing.F) {
	for _, s := range []string{chattest.Delta("a") + chattest.Stop + chattest.Done, ": x\n\ndata: {\"error\":1}\n\n", "error: {}\n", "data\n\n", "data:\ndata:{\ndata:}\n\n", "{\"a\":1}\r\n", "\xff\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		read := func(r io.Reader) string {
			tr := &trip{alive: func() {}}
			out, err := io.ReadAll(newEvents(io.NopCloser(r), tr))
			if err != nil {
				t.Fatal(err)
			}
			return string(out)
		}
		whole := read(bytes.NewReader(body))
		if cut := read(iotest.OneByteReader(bytes.NewReader(body))); cut != whole {
			t.Errorf("byte by byte %q, at once %q", cut, whole)
		}
		for lines := bufio.NewScanner(strings.NewReader(whole)); lines.Scan(); {
			line := lines.Text()
			if line != "" && !strings.HasPrefix(line, "data: ") || strings.HasPrefix(line, `data: {"error":`) {
				t.Errorf("a line that go-openai would read in its own way: %q", line)
			}
		}
	})
}

// A server cannot keep a reader busy with one event that never ends.
func TestEndlessEvent(t *testing.T) {
	body := strings.Repeat("data: 1,\n", 400_000)
	began := time.Now()
	out, err := io.ReadAll(newEvents(io.NopCloser(strings.NewReader(body)), &trip{alive: func() {}}))
	if took := time.Since(began); err != nil || len(out) == 0 || took > 5*time.Second {
		t.Errorf("%d bytes, %v, after %s", len(out), err, took)
	}
}
