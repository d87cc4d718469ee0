package journal

import (
	"errors"
	"testing"

	"interview/internal/session"
)

func plan() session.Plan {
	return session.Plan{Label: "p", Mode: session.ModeMock, Steps: []session.Step{{Prompt: "p", Phase: "one"}, {Prompt: "p", Phase: "two"}}}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestASessionComesBack(t *testing.T) {
	dir := t.TempDir() + "/a/b"
	w, err := Create(dir, "url shortener/\xff")
	must(t, err)
	r, err := session.Start(plan(), w)
	must(t, err)
	text := "bytes \xff\xfe\x00 \u2028 <&>"
	must(t, r.Answer(text))
	if _, _, err := Open(w.Path()); !errors.As(err, new(*Busy)) {
		t.Errorf("a second writer: %v", err)
	}
	must(t, r.Leave("draft"))
	must(t, w.Close())
	path, err := Find(dir, "last")
	must(t, err)
	w, events, err := Open(path)
	must(t, err)
	defer w.Close()
	s, err := session.Fold(w.ID(), events)
	must(t, err)
	if got := s.Turns[0].Text; got != text {
		t.Errorf("read %q, wrote %q", got, text)
	}
	r, err = session.Resume(s, events[len(events)-1].Seq, w)
	must(t, err)
	if q, open := r.Question(); !open || q.N != 2 || q.Draft != "draft" {
		t.Errorf("resumed at %+v, %v", q, open)
	}
}
