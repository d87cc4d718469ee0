package trial

import "testing"

// The claim of the whole is told from the cost of a cell, the number of states, the space and other ways to compute.
func TestClaimOfTheWhole(t *testing.T) {
	for _, c := range []struct{ text, claim string }{
		{"O(m * n) as there are m * n cells, all O(1)", "O(m * n)"},
		{"there are n states and each takes O(n), so quadratic", "quadratic"},
		{"O(n) states, O(n) each", "(n) * (n)"},
		{"constant per house, n houses, so linear time", "linear"},
		{"Time: O(nW). Space: O(nW), can be O(W).", "O(nW)"},
		{"O(n) space, O(n^2) time", "O(n^2)"},
		{"Naive is O(2^n), with memo O(n)", "O(n)"},
		{"O(n^2), or O(n log n) with binary search", "O(n^2)"},
		{"O(n) for each of n entries, O(n²) altogether", "O(n²)"},
		{"amount+1 states × k coins", "(amount+1) * (k)"},
		{"two nested loops, so n squared", "(n^2)"},
		{"O(n·capacity) pairs, a max of two for each", "n·capacity"},
		{"Θ(n) work for each of the n states", ""},
	} {
		got := ""
		for _, p := range Read([]Written{{Time, c.text}}) {
			if p.Lost == "" {
				got = p.Text
			}
		}
		if got != c.claim {
			t.Errorf("%q: claim %q, want %q", c.text, got, c.claim)
		}
	}
}

// What is said beside a result changes it, or leaves it unjudged; it is never passed over.
func TestResultInWords(t *testing.T) {
	for _, c := range []struct {
		text  string
		reads bool
	}{
		{"c[amount], oo => -1", true},
		{"max(e), with 0 for an empty list", true},
		{"The largest up[i]. If N = 0, return 0.", true},
		{"dp[amount] unless it is still inf, then -1", true},
		{"ans = 0; for each j: ans = max(ans, best[j])", true},
		{"take(n) or skip(n), whichever is larger", true},
		{"the best of take(n) and skip(n)", false},
		{"best over c of E[n][c]", false},
	} {
		a := parse(Read([]Written{{Original, c.text}}), func(name string) bool { return name == "n" || name == "amount" || name == "N" })
		if a.has(Original) != c.reads {
			t.Errorf("%q: read %v, want %v", c.text, a.has(Original), c.reads)
		}
	}
}

// Steps are told by names, letters, comments and labels inside a line.
func TestLabels(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"s - x\nr - p(i) = p(i-1)\nt - i = 2..n\nb - p(0) = 0\no - p(n)\nt - O(n)\n", []string{"none", Relate, Order, Base, Original, Time}},
		{"Relate: f(i) = f(i-1). Base: f(0) = 0. Order: i up. Answer: f(n). Time: O(n)\n", []string{Relate, Base, Order, Original, Time}},
		{"```python\n# 1. SUBPROBLEM  f\n# 2. RELATE\nf(i) = f(i-1)\n# 3. ORDER  memo\n# 4. BASE  f(0) = 0\n```\n", []string{"none", Relate, Order, Base}},
		{"**S**ubproblem - f\n**R**elate - f(i) = f(i-1)\n**B**ase - f(0) = 0\n", []string{"none", Relate, Base}},
		{"what: f\nhow: f(i) = f(i-1)\nwhen: i up\nstart: f(0) = 0\nresult: f(n)\ncost: O(n)\n", []string{"none", Relate, Order, Base, Original, Time}},
	} {
		var got []string
		for _, s := range (Written{Text: c.text}).sections()[1:] {
			got = append(got, s.piece)
		}
		if len(got) != len(c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%q: %q, want %q", c.text, got, c.want)
				break
			}
		}
	}
}
