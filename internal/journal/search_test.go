package journal

import (
	"errors"
	"os"
	"testing"

	"interview/internal/session"
)

func TestSaying(t *testing.T) {
	events := odd()
	events[3].Text = "The CACHE is \"warm\"\nnow"
	raw := events[5].Raw
	events[5].Raw = nil
	path := written(t, t.TempDir(), events)
	for _, c := range []struct {
		needles []string
		says    bool
	}{
		{nil, true}, {[]string{"cache"}, true}, {[]string{"cache", "warm", "now"}, true}, {[]string{"cache", "cold"}, false},
		{[]string{"why"}, false}, // the question says it, not the answer
	} {
		got, says, newer, err := Saying(path, nil, c.needles)
		must(t, err)
		if says != c.says || newer || says != (len(got) == len(events)) {
			t.Errorf("%q: %v, %d events, newer %v", c.needles, says, len(got), newer)
		}
		if says && got[3].Text != events[3].Text {
			t.Errorf("%q: the text is %q", c.needles, got[3].Text)
		}
	}

	events[5].Raw = raw // what is no UTF-8 is in base64
	if _, says, _, err := Saying(written(t, t.TempDir(), events), nil, []string{"nowhere"}); err != nil || !says {
		t.Errorf("an answer in base64: %v, %v", says, err)
	}
	open := written(t, t.TempDir(), events[:3]) // left in a draft: it may be in pieces
	if got, says, _, err := Saying(open, nil, []string{"nowhere"}); err != nil || !says || got[2].Splice == nil {
		t.Errorf("a session that was left: %v, %v", says, err)
	}

	text, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, append([]byte("what\n"), text...), 0o600))
	var bad *BadLine
	if _, _, _, err := Saying(path, nil, nil); !errors.As(err, &bad) || bad.Line != 1 {
		t.Errorf("a bad line: %v", err)
	}
	events[2].V = session.Version + 1
	if _, _, newer, err := Saying(written(t, t.TempDir(), events), nil, []string{"nowhere"}); err != nil || !newer {
		t.Errorf("a newer version: %v, %v", newer, err)
	}
}
