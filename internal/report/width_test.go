package report

import (
	"testing"

	"github.com/rivo/uniseg"
)

// A character that is taken for narrow takes one column, alone and beside others.
func TestNarrow(t *testing.T) {
	n := 0
	for r := rune(0); r < 0x3000; r++ {
		if !narrow(r) {
			continue
		}
		n++
		for s, want := range map[string]int{string(r): 1, "a" + string(r) + "b": 3, string(r) + string(r): 2, "é" + string(r) + "→": 3} {
			if got := uniseg.StringWidth(s); got != want {
				t.Errorf("%q (%U) takes %d columns, want %d", s, r, got, want)
			}
		}
	}
	if n < 800 {
		t.Errorf("only %d characters", n)
	}
}

func TestFlat(t *testing.T) {
	for s, want := range map[string]string{"": "", " ": "", "a b": "a b", " a  b ": "a b", "a b ": "a b", "a\nb": "a b", "a é ": "a é", "a\x1b[m": Clean("a\x1b[m")} {
		if got := flat(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
