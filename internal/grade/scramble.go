package grade

import (
	"strings"
	"sync"

	"interview/internal/lexicon"
)

// Words of grammar follow each other by rules: "the of" and "we in" do not occur. Where more than scrambledPart of the
// neighbours break them, the words are out of order.
const (
	scrambledPart  = .09
	scrambledPairs = 12 // fewer neighbours say nothing
)

var followers = map[string]string{
	"a an the its their our your my every": `a an the of in on at to for from with by and or but is are was be has have can will we you they it i
		if then so because not no this that these those as than would should`,
	"of in on at to for from with by into":        `of is are was has have can will would should and or but if so because`,
	"we they you i":                               `of in on at to for from with by the a an and or is`,
	"is are was be can will would should may has": `of is are was can will would should we they you i`,
	"and or but":                                  `and or but of`,
}

var badPairs = sync.OnceValue(func() map[[2]int16]bool {
	m := map[[2]int16]bool{}
	for first, second := range followers {
		for a := range strings.FieldsSeq(first) {
			for b := range strings.FieldsSeq(second) {
				m[[2]int16{lexicon.FunctionID(a), lexicon.FunctionID(b)}] = true
			}
		}
	}
	return m
})

func (r *reading) scramble() {
	bad, pairs := 0, 0
	table := badPairs()
	for i := range r.units {
		tokens := r.tokens(&r.units[i])
		for j := 1; j < len(tokens); j++ {
			a, b := tokens[j-1].Function, tokens[j].Function
			if a == 0 || b == 0 || tokens[j].Gap != 0 {
				continue
			}
			pairs++
			if table[[2]int16{a, b}] {
				bad++
			}
		}
	}
	if pairs < scrambledPairs || float64(bad) <= scrambledPart*float64(pairs) {
		return
	}
	for i := range r.units {
		r.take(&r.units[i], scrambled)
	}
}
