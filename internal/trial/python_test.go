package trial

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"go.starlark.net/starlark"

	"interview/internal/bank"
)

// harness is run by python3: it calls the one function that takes the inputs, as entry does.
const harness = `
import sys, json, inspect
from typing import List
import io, contextlib
src, names, inputs = json.load(sys.stdin)
out = []
for args in inputs:
    g = {"List": List}
    exec(src, g)
    fns = [f for k, f in g.items() if inspect.isfunction(f) and f.__code__.co_filename == "<string>"]
    classes = [c for c in g.values() if inspect.isclass(c) and c.__module__ == "builtins" and c.__name__ == "Solution"]
    if classes:
        o = classes[0]()
        fns = [getattr(o, n) for n in vars(classes[0]) if not n.startswith("__")]
        fn = fns[-1]
    else:
        fn = fns[-1]
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            out.append(repr(fn(*eval(args))))
        except Exception as e:
            out.append("error " + type(e).__name__)
print(json.dumps(out))
`

// The subset means what Python means: every solution gives here what python3 gives, on every input of its prompt.
func TestSameAsPython(t *testing.T) {
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("python3 is not there")
	}
	file, err := txtar.ParseFile("testdata/solutions.txtar")
	if err != nil {
		t.Fatal(err)
	}
	benches := map[string]*Bench{}
	for i, f := range file.Files {
		b := benches[f.Name]
		if b == nil {
			b = benchOf(t, f.Name)
			benches[f.Name] = b
		}
		t.Run(fmt.Sprintf("%s-%d", f.Name, i), func(t *testing.T) { samePython(t, b, string(f.Data)) })
	}
}

func samePython(t *testing.T, b *Bench, src string) {
	p, err := compileCode(&Piece{Name: Code, Text: src, Line: 1, Col: 1})
	if err != nil {
		t.Fatal(err)
	}
	var asked, got []string
	for _, in := range b.codeInputs()[:40] {
		text := "["
		for _, v := range in.args {
			text += v.String() + ", "
		}
		asked = append(asked, text+"]")
		v, _, err := b.call(p, in.args, maxSteps)
		switch {
		case err != nil:
			got = append(got, "error "+err.Error())
		default:
			got = append(got, strings.ReplaceAll(v.String(), "+inf", "inf"))
		}
		if err == nil && !equal(v, in.want) {
			t.Errorf("%s gives %s, brute force %s", b.shown(in), v, in.want)
		}
	}
	job, _ := json.Marshal([]any{src, b.setup.Inputs, asked})
	cmd := exec.Command("python3", "-c", harness)
	cmd.Stdin = strings.NewReader(string(job))
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("python3: %v %s", err, err.(*exec.ExitError).Stderr)
	}
	var want []string
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	for i := range want {
		if strings.HasPrefix(want[i], "error") && strings.HasPrefix(got[i], "error") {
			continue
		}
		if !sameShown(want[i], got[i]) {
			t.Errorf("%s: python3 gives %s, the subset %s", asked[i], want[i], got[i])
		}
	}
}

// sameShown compares what was printed as values, since 2.0 may stand for 2.
func sameShown(x, y string) bool {
	if x == y {
		return true
	}
	a, err := evalText(x)
	if err != nil {
		return false
	}
	b, err := evalText(y)
	return err == nil && equal(a, b)
}

func benchOf(t testing.TB, id string) *Bench {
	t.Helper()
	s := setupFor(t, id)
	b, err := Prepare(s)
	if err != nil {
		t.Fatal(id, err)
	}
	return b
}

// What is beyond the subset is refused in our words, at its place; what is not Python too.
func TestRefused(t *testing.T) {
	for src, want := range map[string]string{
		"def f(x):\n    global y\n    return x":            "2:5: global is not in the subset",
		"def f(x):\n    try:\n        pass\n":              "2:5: try is not in the subset",
		"import os\ndef f(x):\n    return 1":               "1:8: import of os is not in the subset",
		"import numpy as np\ndef f(x):\n    return 1":      "1:8: import of numpy is not in the subset",
		"def f(x):\n    return open('a')":                  "2:12: open is not known here",
		"def f(x):\n    return [1, 2":                      "2:12: this [ is not closed",
		"def f(x):\n    if x\n        return 1\n":          "2:9: ",
		"def f(x)\n    return 1":                           "1:9: ",
		"def f(x):\n    if (n := len(x)) > 1: return n":    "2:11: := is not in the subset",
		"class A:\n    def f(self):\n        self.x = 1\n": "3:9: values kept in self are not in the subset",
		"@app.route\ndef f(x):\n    return 1":              "1:1: the decorator @route is not in the subset",
		"def f(x):\n    return exec('1')":                  "2:12: exec is not known here",
		"def f(x):\n    return __import__('os')":           "2:12: __import__ is not known here",
	} {
		_, err := compileCode(&Piece{Name: Code, Text: src, Line: 1, Col: 1})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", src, err, want)
		}
	}
}

// A rewriting never adds or removes a line, whatever is written.
func FuzzPython(f *testing.F) {
	file, err := txtar.ParseFile("testdata/solutions.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range file.Files[:20] {
		f.Add(string(s.Data))
	}
	f.Add("a = b = c = {1, 2}\n@cache\ndef f(x: int) -> int: return x ** 2 ** x")
	f.Add("f'{a}{b'\n\"\"\"\n(")
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 2000 {
			return
		}
		tokens, err := python(src, 1)
		if err != nil {
			return
		}
		if got := render(tokens); strings.Count(got.text, "\n") != strings.Count(src, "\n")-strings.Count(src, "\\\n") {
			t.Errorf("%d lines became %d\n%s", strings.Count(src, "\n"), strings.Count(got.text, "\n"), got.text)
		}
		p, err := compile(tokens, func(string) bool { return false })
		if err == nil {
			_, _ = p.start(limited(20_000), starlark.StringDict{})
		}
	})
}

// Whatever stands in an answer is read and judged without a panic, and findings point into it.
func FuzzPieces(f *testing.F) {
	for _, text := range []string{"dp[a] = min((dp[a-c] + 1 for c in coins if c <= a), default=inf)", "f(a) = 1 + min{ f(a - c) : c in coins, c ≤ a }", "dp[0] = 0; dp[a] = inf for a < 0",
		"for a in 1..amount", "dp[amount] if dp[amount] < ∞ else -1", "O(k·amount)", "if a > 0: dp[a] =", "dp[i][j] = A if B, else C", "max over i of", "return", "x = (((", "dp[] = 1", "f() = ",
		"for i = 1, 2, ..., n", "j = i + d", "2^n", "n log n!", "dp[a+1] = dp[*]", "dp[a][b][c][d][e] = 0"} {
		f.Add(text, text, text, text, text)
	}
	b := benchOf(f, "coin-change")
	f.Fuzz(func(t *testing.T, relate, base, order, original, cost string) {
		answers := []Written{{Relate, relate}, {Base, base}, {Order, order}, {Original, original}, {Time, cost}, {"", relate + "\n" + order},
			{"", "**Base case**\n" + base + "\n2. Order: " + order + "\r\nAnswer:\n" + original}}
		pieces := Read(answers)
		plain := answers[len(answers)-1:]
		for _, x := range Unread(plain, nil) {
			if x.Start < 0 || x.End > len(plain[0].Text) || x.Start > x.End {
				t.Errorf("%+v points out of %q", x, plain[0].Text)
			}
		}
		for _, x := range b.Do(pieces).Findings {
			text := answers[x.Answer].Text
			if x.Start < 0 || x.End > len(text) || x.Start > x.End || x.OK && x.Unrun != "" {
				t.Errorf("%+v points out of %q", x, text)
			}
		}
	})
}

func setupFor(t testing.TB, id string) Setup {
	t.Helper()
	it, err := theBank.Item(id)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(it.Prompt.Trial)
	var s Setup
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

var theBank = bank.New(bank.Layer{Prompts: os.DirFS("../../prompts"), Rubrics: os.DirFS("../../rubrics")})
