package journal

import (
	"os"
	"strings"
	"testing"

	"interview/internal/session"
)

// A session of the size of a real mock: six answers typed at a draft a second, and the prompt's snapshot.
func BenchmarkReadAndFold(b *testing.B) {
	w, err := Create(b.TempDir(), "p")
	must(b, err)
	p := plan(6)
	p.Steps[0].Ask = strings.Repeat("what the prompt and its criteria say; ", 500)
	r, err := session.Start(p, w)
	must(b, err)
	for range 6 {
		text := ""
		for range 200 {
			text += "eleven more"
			must(b, r.Draft(text))
		}
		must(b, r.Answer(text))
	}
	must(b, w.Close())
	info, err := os.Stat(w.Path())
	must(b, err)
	b.SetBytes(info.Size())
	for b.Loop() {
		events, err := Read(w.Path())
		must(b, err)
		_, err = session.Fold("", events)
		must(b, err)
	}
}

// One synced event.
func BenchmarkRecord(b *testing.B) {
	w, err := Create(b.TempDir(), "p")
	must(b, err)
	defer w.Close()
	step := 3
	e := session.Event{V: 1, Kind: session.Drafted, Step: &step, Splice: &session.Splice{At: 100, Put: "eleven more"}}
	for b.Loop() {
		must(b, w.Record(e))
	}
}
