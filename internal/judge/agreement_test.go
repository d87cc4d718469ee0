package judge

import (
	"math"
	"testing"
)

func TestKappa(t *testing.T) {
	var textbook []Pair // 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed .7, by chance .5
	for p, n := range map[Pair]int{{"yes", "yes"}: 20, {"yes", ""}: 5, {"", "yes"}: 10, {"", ""}: 15} {
		for range n {
			textbook = append(textbook, p)
		}
	}
	for name, c := range map[string]struct {
		pairs   []Pair
		want    float64
		defined bool
	}{
		"textbook":     {textbook, 0.4, true},
		"always":       {[]Pair{{"mid", "mid"}, {"", ""}}, 1, true},
		"never":        {[]Pair{{"mid", ""}, {"", "mid"}}, -1, true},
		"chance":       {[]Pair{{"mid", "mid"}, {"mid", ""}, {"", "mid"}, {"", ""}}, 0, true},
		"one constant": {[]Pair{{"mid", "mid"}, {"mid", ""}}, 0, true},
		"one level":    {[]Pair{{"mid", "mid"}, {"mid", "mid"}}, 0, false},
		"nothing":      {nil, 0, false},
	} {
		got, defined := Kappa(c.pairs)
		if math.Abs(got-c.want) > 1e-9 || defined != c.defined {
			t.Errorf("%s: %v, %v", name, got, defined)
		}
	}
}
