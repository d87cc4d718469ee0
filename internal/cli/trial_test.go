package cli

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"interview/internal/bank"
	"interview/internal/trial"
)

// bombs are bodies of a function that should take all time, all memory or what lies outside.
var bombs = map[string]string{
	"endless loop":        "while True: pass",
	"endless sum":         "x = 0\nwhile True: x += 1",
	"endless recursion":   "def g(n): return g(n + 1)\nreturn g(0)",
	"recursion by lambda": "g = lambda n: g(n + 1)\nreturn g(0)",
	"deep recursion":      "def g(n): return 0 if n == 0 else 1 + g(n - 1)\nreturn g(10**6)",
	"exponential":         "def g(n): return 1 if n < 2 else g(n - 1) + g(n - 2)\nreturn g(60)",
	"long text":           "return len('a' * 10**9)",
	"long list":           "return len([0] * 10**9)",
	"long tuple":          "return len((0,) * 10**9)",
	"doubled text":        "s = 'a'\nfor i in range(60): s += s",
	"doubled list":        "s = [1]\nfor i in range(60): s += s",
	"doubled by plus":     "s = [1]\nfor i in range(60): s = s + s",
	"extended list":       "s = [1]\nfor i in range(60): s.extend(s)",
	"squared number":      "x = 7\nfor i in range(60): x = x * x",
	"squared in place":    "x = 7\nfor i in range(60): x *= x",
	"power":               "return 10 ** 10 ** 10",
	"power of power":      "x = 3\nfor i in range(30): x = x ** x",
	"shifted number":      "return 1 << 10**7",
	"shifted in place":    "x = 1\nwhile True: x <<= 500",
	"appended list":       "s = []\nwhile True: s.append(s)",
	"nested list":         "s = []\nfor i in range(10**6): s = [s]\nreturn len(str(s))",
	"nested text":         "s = 'a'\nfor i in range(60): s = str([s, s])",
	"list of a range":     "return len(list(range(10**10)))",
	"sorted range":        "return len(sorted(range(10**8)))",
	"set of a range":      "return len(set(range(10**8)))",
	"sum of a range":      "return sum(range(10**10))",
	"max of a range":      "return max(range(10**10))",
	"reversed range":      "return len(reversed(range(10**9)))",
	"zip of ranges":       "return len(list(zip(range(10**9), range(10**9))))",
	"joined text":         "s = ['a' * 1000] * 1000\nwhile True: s = [','.join(s)] * 1000",
	"replaced text":       "s = 'a'\nfor i in range(60): s = s.replace('a', 'aa')",
	"formatted text":      "s = 'a'\nfor i in range(60): s = '%s%s' % (s, s)",
	"formatted by name":   "s = 'a'\nfor i in range(60): s = f'{s}{s}'",
	"tree of lists":       "s = [1]\nfor i in range(40): s = [s, s]\nreturn len(str(s))",
	"printed flood":       "while True: print('a' * 10000)",
	"growing dict":        "d = {}\nfor i in range(10**9): d[i] = i",
	"comprehension":       "return len([i for i in range(10**9)])",
	"nested loops":        "return len([i for i in range(10**5) for j in range(10**5)])",
	"string iteration":    "s = 'ab' * 10**6\nreturn len([c for c in s for d in s])",
	"slices":              "s = [0] * 10**6\nwhile True: s = s[:] + s[:1]",
	"cached forever":      "from functools import cache\n@cache\ndef g(n): return g(n + 1)\nreturn g(0)",
	"brackets":            "return " + strings.Repeat("(", 7000) + "1" + strings.Repeat(")", 7000),
	"minus signs":         "return " + strings.Repeat("-", 15000) + "1",
	"nots":                "return " + strings.Repeat("not ", 3500) + "1",
	"long sum":            "return 1" + strings.Repeat("+1", 7000),
	"a file":              "return open('/etc/passwd').read()",
	"an import":           "import os\nreturn os.environ",
	"a load":              "load('x', 'y')\nreturn 1",
	"insides":             "return getattr([], '__class__')",
}

// Every bomb ends in a finding or without a verdict, in bounded time, and leaves the parent and the next child unharmed.
func TestBombs(t *testing.T) {
	b := bank.New(bank.Layer{Prompts: os.DirFS("../../prompts"), Rubrics: os.DirFS("../../rubrics")})
	it, err := b.Item("coin-change")
	if err != nil {
		t.Fatal(err)
	}
	setup := it.Prompt.Trial
	var tr trier
	defer tr.stop()
	run := func(body string) (trial.Finding, time.Duration) {
		t.Helper()
		text := "def f(coins, amount):\n    " + strings.ReplaceAll(body, "\n", "\n    ")
		begun := time.Now()
		r, err := tr.do(&setup, []trial.Piece{{Name: trial.Code, Text: text, Line: 1, Col: 1, End: len(text)}})
		if err != nil || len(r.Findings) != 1 {
			t.Fatalf("%v %+v", err, r)
		}
		return r.Findings[0], time.Since(begun)
	}
	const right = "dp = [0] + [amount + 1] * amount\nfor a in range(1, amount + 1):\n    dp[a] = min([dp[a - c] + 1 for c in coins if c <= a], default=amount + 1)\nreturn dp[amount] if dp[amount] <= amount else -1"
	table := ""
	for name, body := range bombs {
		f, took := run(body)
		if f.OK {
			t.Errorf("%s is called right", name)
		}
		if took > childTime+3*time.Second {
			t.Errorf("%s took %v", name, took)
		}
		table += fmt.Sprintf("%-20s %6.2f s  %s%s\n", name, took.Seconds(), f.Says, f.Unrun)
		if f, _ := run(right); !f.OK {
			t.Fatalf("after %s what is right is not: %+v", name, f)
		}
	}
	t.Logf("%d bombs\n%s", len(bombs), table)
}

// The child sees nothing of its parent's surroundings, and no result depends on how often it was asked.
func TestTrialRepeats(t *testing.T) {
	b := bank.New(bank.Layer{Prompts: os.DirFS("../../prompts"), Rubrics: os.DirFS("../../rubrics")})
	it, err := b.Item("edit-distance")
	if err != nil {
		t.Fatal(err)
	}
	pieces := trial.Read([]trial.Written{
		{Piece: "relate", Text: "d[i][j] = d[i-1][j-1] if s[i-1] == t[j-1] else 1 + min(d[i-1][j], d[i][j-1])"},
		{Piece: "base", Text: "d[i][0] = i, d[0][j] = j"}, {Piece: "order", Text: "for i in 1..n, for j in 1..m"}})
	first := ""
	for range 5 {
		var tr trier // a new child each time
		r, err := tr.do(&it.Prompt.Trial, pieces)
		tr.stop()
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%+v", r); first == "" {
			first = got
		} else if got != first {
			t.Errorf("found\n%s\nand then\n%s", first, got)
		}
	}
	if !strings.Contains(first, "OK:false") {
		t.Errorf("nothing is found: %s", first)
	}
}

// A child that was killed while it waited is started again.
func TestTrialChildGone(t *testing.T) {
	b := bank.New(bank.Layer{Prompts: os.DirFS("../../prompts"), Rubrics: os.DirFS("../../rubrics")})
	it, err := b.Item("house-robber")
	if err != nil {
		t.Fatal(err)
	}
	pieces := trial.Read([]trial.Written{{Piece: "relate", Text: "f(i) = max(f(i-1), v[i] + f(i-2))"}})
	var tr trier
	defer tr.stop()
	for range 3 {
		r, err := tr.do(&it.Prompt.Trial, pieces)
		if err != nil || len(r.Findings) != 1 || !r.Findings[0].OK {
			t.Fatalf("%v %+v", err, r)
		}
		if err := tr.child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
	}
}
