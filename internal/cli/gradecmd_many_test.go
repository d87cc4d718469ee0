package cli

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"interview/internal/report"
)

func TestWordRuns(t *testing.T) {
	for text, want := range map[string]int{"": 0, "a b c d": 0, "a b c d e": 1, "A, b. C d\ne": 1, "a b c d e f": 2, "a a a a a a a": 1} {
		if got := len(wordRuns(text)); got != want {
			t.Errorf("%q has %d runs, want %d", text, got, want)
		}
	}
	if !slices.Equal(wordRuns("Ä b c d e"), wordRuns("ä -- B c\td (e)")) {
		t.Error("case and punctuation count")
	}
	if slices.Equal(wordRuns("a b c d e"), wordRuns("a b c e d")) || slices.Equal(wordRuns("ab c d e f"), wordRuns("a bc d e f")) {
		t.Error("order and the ends of words do not count")
	}
}

// The pruned search finds a twin exactly where comparing all with all does.
func TestTwins(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	word := func() string { return fmt.Sprintf("w%d", rnd.IntN(400)) }
	const template = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
	var texts [][]uint64
	found := 0
	for range 300 {
		var b strings.Builder
		b.WriteString(template)
		var words []string
		for range rnd.IntN(60) {
			words = append(words, word())
		}
		b.WriteString(strings.Join(words, " "))
		texts = append(texts, wordRuns(b.String()))
		for range rnd.IntN(4) {
			if len(words) > 0 {
				words[rnd.IntN(len(words))] = word()
			}
		}
		texts = append(texts, wordRuns(template+strings.Join(words, " ")))
	}
	texts = append(texts, nil, wordRuns("too short"))
	got := twins(texts)
	for i := range texts {
		want := false // where another is at least as long; what only contains a shorter one need not be named
		for k := range texts {
			want = want || i != k && len(texts[i]) > 0 && len(texts[k]) >= len(texts[i]) && float64(shared(texts[i], texts[k], 0)) >= alikeShare*float64(len(texts[i]))-1e-9
		}
		other := got[i].other
		switch {
		case other < 0 && want:
			t.Errorf("text %d of %d runs has no twin", i, len(texts[i]))
		case other >= 0:
			found++
			small := min(len(texts[i]), len(texts[other]))
			if other == i || got[i].share != float64(shared(texts[i], texts[other], 0))/float64(small) || got[i].share < alikeShare {
				t.Errorf("text %d: %+v", i, got[i])
			}
		}
	}
	if found < 50 || found > 550 {
		t.Errorf("%d of %d have a twin: the test shows little", found, len(texts))
	}
}

func TestParseMarks(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"file,score\na,0.5\nb,1\n", "a=0.5 b=1"},
		{"\ufefffile,score\r\na,50\r\nb,1\r\n", "a=0.5 b=0.01"},
		{"a,0\n\"b, c\",1\n", "a=0 b, c=1"},
		{"who,score,file\nx,70,a\ny,,b\n", "a=0.7"},
		{"", "no line with a score"},
		{"file,score\n", "no line with a score"},
		{"a,1\na,0\n", `line 2: "a" stands twice`},
		{"a,101\n", `line 1: score "101"`},
		{"a,-1\n", `line 1: score "-1"`},
		{"a,NaN\n", `line 1: score "NaN"`},
		{"a\n", "line 1 has 1 column"},
		{"a,\"1\n", "parse error on line 1"},
	} {
		m, err := parseMarks(strings.NewReader(c.in))
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			for _, name := range m.names {
				got += fmt.Sprintf(" %s=%v", name, m.marks[name])
			}
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%q: %s, want %s", c.in, got, c.want)
		}
	}
}

func TestCompareMarks(t *testing.T) {
	m, err := parseMarks(strings.NewReader("x/a.md,1\na.md,0\nb.md,0.5\ngone.md,1\n./x/../x/c.md,0.25\n"))
	if err != nil {
		t.Fatal(err)
	}
	list := []report.Submission{{Name: "x/a.md"}, {Name: "y/a.md"}, {Name: "y/b.md"}, {Name: "x/c.md"}, {Name: "d.md", Err: "broken"}}
	both, unmarked, unknown := m.compare(list)
	got := ""
	for _, d := range both {
		got += fmt.Sprintf("%s=%v ", d.Name, d.Mark)
	}
	if got != "x/a.md=1 y/b.md=0.5 x/c.md=0.25 " || unmarked != 1 || unknown != 2 {
		t.Errorf("%s, %d unmarked, %d unknown", got, unmarked, unknown)
	}
}

func TestFeedbackName(t *testing.T) {
	for in, want := range map[string]string{
		"a.md": "a.md", "a.txt": "a.txt.md", "./x/../a.md": "a.md", "../../x/a.md": "x/a.md", "/x/a.md": "x/a.md", "x//a": "x/a.md", "..a.md": "..a.md",
	} {
		if got := feedbackName(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// The bar is drawn at most ten times a second, and wiped.
func TestProgress(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(0, 0)
	p := &progress{w: &out, now: func() time.Time { return now }, total: 1000}
	for range 1000 {
		now = now.Add(time.Millisecond)
		p.step()
	}
	p.end()
	if n := strings.Count(out.String(), " of 1000"); n < 9 || n > 11 || !strings.HasSuffix(out.String(), "\r\x1b[K") || strings.Contains(out.String(), "\n") {
		t.Errorf("drawn %d times: %q", n, out.String())
	}
	none := (&App{Err: &out, Env: func(string) string { return "" }}).newProgress(3)
	if none != nil {
		t.Error("a bar without a terminal")
	}
	none.step()
	none.end()
}

func TestDecimalAndCell(t *testing.T) {
	for x, want := range map[float64]string{0: "0", 1: "1", 2.0 / 3: "0.6667", 1e-9: "0"} {
		if got := decimal(x); got != want {
			t.Errorf("%v: %s", x, got)
		}
	}
	for in, want := range map[string]string{"a.md": "a.md", "=1+1.md": "./=1+1.md", "-x": "./-x"} {
		if got := cell(in); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
}

func TestCeilShare(t *testing.T) {
	for n := range 2000 {
		if got := ceilShare(n); got != int(math.Ceil(float64(8*n)/10)) {
			t.Fatalf("%d of %d", got, n)
		}
	}
}
