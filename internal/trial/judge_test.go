package trial_test

import (
	"strings"
	"testing"

	"interview/internal/trial"
)

// What is found of single answers: "check says" for each finding, in parts; nothing else may be found wrong.
func TestJudge(t *testing.T) {
	for _, c := range []struct{ name, prompt, text, want string }{
		{"a choice of subproblems that is not listed is not judged", "longest-common-subsequence",
			"relate: D[i][j] = D[i-1][j-1] if s[i-1] == t[j-1] else 1 + min(D[i-1][j], D[i][j-1])\nbase: D[i][0] = i, D[0][j] = j\noriginal: (n + m - D[n][m]) // 2\n",
			"relate not run it fits none\nbase not run it fits none\noriginal not run it fits none"},
		{"a relation alone, wrong everywhere", "coin-change", "relate: dp[a] = min((dp[a-c] for c in coins if c <= a), default=inf)\n", "relate wrong dp[1] should be 1; from right smaller values it gives 0"},
		{"of three indexes there is no state", "coin-change", "relate: dp[i][j][k] = dp[i-1][j][k] + 1\n", "relate not run this prompt lists no state with 3 indexes"},
		{"places from one, if one says so", "edit-distance",
			"relate: Letters are 1-based.\nd[i][j] = d[i-1][j-1] if s[i] == t[j] else 1 + min(d[i-1][j], d[i][j-1], d[i-1][j-1])\nbase: d[i][0] = i, d[0][j] = j\n", "relate right\nbase right"},
		{"and not if not", "edit-distance", "relate: d[i][j] = d[i-1][j-1] if s[i] == t[j] else 1 + min(d[i-1][j], d[i][j-1], d[i-1][j-1])\nbase: d[i][0] = i, d[0][j] = j\noriginal: d[n][m]\n",
			"relate wrong s[1], which has no value\nbase right\noriginal right"},
		{"a bound that is said in words", "coin-change", "relate: Only coins that fit, c <= a, are tried.\ndp[a] = min(dp[a-c] + 1 for c in coins)\nbase: dp[0] = 0\n",
			"relate not run as the words beside may say it\nbase right"},
		{"a name that nobody knows", "coin-change", "relate: dp[a] = min(dp[a-c] + q for c in coins if c <= a)\n", "relate not run q is not known here"},
		{"a bracket that is not closed", "coin-change", "relate: dp[a] = min(dp[a-c] + 1 for c in coins if c <= a\n", "relate not run this ( is not closed"},
		{"steps on one cell", "knapsack-01", "relate: dp[i][c] = dp[i-1][c]\nif w[i-1] <= c: dp[i][c] = max(dp[i][c], dp[i-1][c-w[i-1]] + v[i-1])\n", "relate right"},
		{"and a fault in one", "knapsack-01", "relate: dp[i][c] = dp[i-1][c]\nif w[i-1] <= c: dp[i][c] = max(dp[i][c], dp[i][c-w[i-1]] + v[i-1])\n", "relate wrong should be"},
		{"two lines of which one is in vain", "knapsack-01", "relate: dp[i][c] = dp[i-1][c]\ndp[i][c] = dp[i-1][c-w[i-1]] + v[i-1]\n", "relate not run a second line for the same cell"},
		{"an unknown size in the claim", "coin-change", "relate: dp[a] = min((dp[a-c] + 1 for c in coins if c <= a), default=inf)\nbase: dp[0] = 0\norder: for a in 1..amount\ntime: O(z)\n",
			"relate right\nbase right\norder right\ngrowth not run what is z?"},
		{"a factor of a logarithm is not judged", "house-robber", "relate: f(i) = max(f(i-1), v[i-1] + f(i-2))\nbase: f(0) = 0, f(1) = v[0]\norder: for i in 2..n\ntime: O(n log n)\n",
			"relate right\nbase right\norder right\ngrowth right"},
		{"prose is no notation", "coin-change", "relate: We try every coin and keep the best; dp is a table.\nbase: nothing costs nothing\noriginal: the last entry\ntime: fast enough\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := trial.Do(trial.Job{Setup: setups(t)[c.prompt], Pieces: read(c.text)})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, f := range r.Findings {
				got += f.Check + map[bool]string{true: " right ", false: " wrong "}[f.OK]
				if f.Unrun != "" {
					got = strings.TrimSuffix(got, "wrong ") + "not run "
				}
				got += f.Says + f.Unrun + "\n"
			}
			lines, want := strings.Split(strings.TrimSpace(got), "\n"), strings.Split(c.want, "\n")
			if len(lines) != len(want) {
				t.Fatalf("got\n%swant\n%s", got, c.want)
			}
			for i, w := range want {
				for _, sep := range []string{" wrong ", " right", " not run "} {
					if before, after, ok := strings.Cut(w, sep); ok && (!strings.HasPrefix(lines[i], before+sep) || !strings.Contains(lines[i], strings.TrimSpace(after))) {
						t.Errorf("got %q, want %q", lines[i], w)
					}
				}
			}
		})
	}
}
