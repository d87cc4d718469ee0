package tui

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

func TestVisible(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"plain\ntext", "plain\ntext"},
		{"a\r\nb\rc", "a\nb\nc"},
		{"a\tb", "a  b"},
		{"\x1b[2J", "␛[2J"},
		{"\x00\a\x7f", "␀␇␡"},
		{"\u009b31m", "␦31m"},
		{"bad \xff byte", "bad ␦ byte"},
		{"\u202egnp.exe", "¤gnp.exe"},
		{"a\u2028b", "a␤b"},
		{"שלום 你好 👩‍👩‍👧 é", "שלום 你好 👩‍👩‍👧 é"},
	} {
		if got := visible(test.in); got != test.want {
			t.Errorf("visible(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func FuzzVisible(f *testing.F) {
	f.Add("a\x1b]0;title\a\r\n\u0085\xc3\x28")
	f.Fuzz(func(t *testing.T, s string) {
		for _, r := range visible(s) {
			if unicode.IsControl(r) && r != '\n' {
				t.Fatalf("visible(%q) lets %U through", s, r)
			}
		}
	})
}

func TestWrapStaysInside(t *testing.T) {
	text := "a verylongwordthatmustbebroken 你好你好你好 and\n\n\tmore\x1b[31m"
	for width := 4; width < 40; width++ {
		for _, l := range wrap(text, width) {
			if w := ansi.StringWidth(l); w > width {
				t.Errorf("wrap at %d gave %q, %d cells", width, l, w)
			}
		}
	}
}

func TestSpread(t *testing.T) {
	for width := 0; width < 30; width++ {
		if got := ansi.StringWidth(spread("left side", "right", width)); got != width {
			t.Errorf("spread at %d is %d cells", width, got)
		}
	}
	if got := spread("left side", "right", 12); got != "left … right" {
		t.Errorf("spread = %q", got)
	}
}

func TestPartsSurviveJoinAndSplit(t *testing.T) {
	parts := []string{"Functional", "Non-functional"}
	for _, texts := range [][]string{
		{"shorten\ncustom alias", "fast"},
		{"", "fast"},
		{"shorten", ""},
		{"shorten\n\n", "\nfast\n"},
		{"", ""},
		{"### Heading of my own\nx", "- a\n- b"},
	} {
		if got := split(parts, join(parts, texts)); !slices.Equal(got, texts) {
			t.Errorf("%q came back as %q by way of %q", texts, got, join(parts, texts))
		}
	}
}

func TestSplitIsLenient(t *testing.T) {
	parts := []string{"Functional", "Non-functional"}
	for _, test := range []struct {
		text string
		want []string
	}{
		{"no heading at all", []string{"no heading at all", ""}},
		{"# NON-FUNCTIONAL\nfast", []string{"", "fast"}},
		{"before\n\n## Functional\nin\n\n## Non-functional\nfast", []string{"before\nin", "fast"}},
		{"### Non-functional\nfast\n\n### Functional\nin", []string{"in", "fast"}},
		{"#functional\nno heading", []string{"#functional\nno heading", ""}},
	} {
		if got := split(parts, test.text); !slices.Equal(got, test.want) {
			t.Errorf("split(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

func FuzzSplitLosesNothing(f *testing.F) {
	f.Add("before\n### Functional\na\n\n### Non-functional\nb\n### Functional\nc")
	f.Fuzz(func(t *testing.T, text string) {
		parts := []string{"Functional", "Non-functional"}
		got := strings.Join(split(parts, text), "\n")
		for _, word := range strings.Fields(text) {
			if !strings.Contains(got, word) && strings.Trim(word, "#") != "" && headed(parts, "# "+word) < 0 {
				t.Fatalf("%q is missing in %q", word, got)
			}
		}
	})
}
