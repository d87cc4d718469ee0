package judge

// Pair is what rules and judge said of one criterion in one session: levels, "" for not raised.
type Pair struct{ Rules, Judge string }

// Kappa is Cohen's κ of pairs: how far they agree beyond what chance would bring, given how often each says what. 1 is always,
// 0 no more than chance. It is false where it is not defined: both say the same one level every time, or there is no pair.
func Kappa(pairs []Pair) (kappa float64, defined bool) {
	rules, judge := map[string]int{}, map[string]int{}
	for _, p := range pairs {
		rules[p.Rules]++
		judge[p.Judge]++
	}
	n, chance := len(pairs), 0
	for level, times := range rules {
		chance += times * judge[level]
	}
	if n == 0 || chance == n*n {
		return 0, false
	}
	observed, expected := float64(Agreed(pairs))/float64(n), float64(chance)/float64(n*n)
	return (observed - expected) / (1 - expected), true
}

// Agreed counts the pairs of one level.
func Agreed(pairs []Pair) int {
	same := 0
	for _, p := range pairs {
		if p.Rules == p.Judge {
			same++
		}
	}
	return same
}
