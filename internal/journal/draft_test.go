package journal

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"interview/internal/session"
)

// Every plain draft that Record writes must take the short way, or reading becomes slow and nobody notices.
func TestDraftsTakeTheShortWay(t *testing.T) {
	w, err := Create(t.TempDir(), "x")
	must(t, err)
	p := plan(1)
	p.Steps[0].Budget = 1 // late drafts have a field more
	r, err := session.Start(p, w)
	must(t, err)
	for _, text := range []string{"plain", "línea 日本", "li <&>", ""} {
		must(t, r.Draft(text))
	}
	must(t, w.Close())
	whole, err := os.ReadFile(w.Path())
	must(t, err)
	for i, line := range bytes.SplitAfter(whole, []byte("\n"))[2:6] {
		var short, long session.Event
		must(t, json.Unmarshal(line, &long))
		if !draft(line, &short) || !reflect.DeepEqual(short, long) {
			t.Errorf("line %d, %s: got %+v, want %+v", i+1, line, short, long)
		}
	}
}

func FuzzDraft(f *testing.F) {
	for _, line := range []string{
		`{"v":1,"seq":3,"at":"2026-08-24T10:15:00.25Z","kind":"drafted","step":0,"splice":{"at":0,"cut":12,"put":"é"},"time_up":true,"took":5}`,
		`{"v":1,"seq":3,"at":"2026-08-24T10:15:00+02:00","kind":"drafted","step":0,"splice":{"at":0,"cut":0,"put":""}}`,
		`{"v":1,"seq":03,"at":"2026-08-24T10:15:00Z","kind":"drafted","step":0,"splice":{"at":0,"cut":0,"put":"\n"}}`,
		`{"v":1,"seq":3,"at":"","kind":"drafted","step":-1,"splice":{"at":9999999999999999999,"cut":0,"put":"` + "\xff\x00" + `"}}`,
		`{"v":1,"seq":3,"at":"2026-08-24T10:15:00Z","kind":"drafted","step":0,"splice":{"at":0,"cut":0,"put":"","raw":"/w=="}}`,
		`{"v":`, `{"v":1`, ``,
	} {
		f.Add([]byte(line + "\n"))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		var short, long session.Event
		if !draft(line, &short) {
			if !reflect.DeepEqual(short, long) {
				t.Errorf("%q is no draft, but left %+v", line, short)
			}
			return
		}
		if err := json.Unmarshal(line, &long); err != nil || !reflect.DeepEqual(short, long) {
			t.Errorf("%q is %+v, encoding/json says %+v, %v", line, short, long, err)
		}
	})
}
