package grade

import (
	"cmp"
	"flag"
	"maps"
	"math"
	"os"
	"slices"
	"testing"

	"interview/internal/bank"
	"interview/internal/lexicon"
)

var updateSense = flag.Bool("update-sense", false, "count lexicon/sense.bin anew from the bank")

// senses counts the pairs of a bank, for all its documents and for each.
type senses struct {
	said    map[turn]float64            // in sentences without a negation
	claimed map[turn]float64            // in claims of levels
	denied  map[turn]float64            // in claims of against
	by      map[string]map[turn]float64 // in the sentences of each document
	texts   map[string]bool             // counted already

	affirmed, negated map[uint32]float64 // words of subjects, by their marks
}

// What a pair is worth in a claim, which is written wider than anybody would say it, beside one in a sentence.
const (
	claimedWorth = .6
	deniedWorth  = .15
)

// leastSaid is how often a pair and its opposite are said together in what is kept; mostNoise the share of pairs of two
// directions that the rest of the bank takes for turned, from which on the table does not take them so.
const (
	leastSaid = 2
	mostNoise = .7
	sureSense = .4
)

func (s *senses) text(doc, text string) {
	if s.texts[text] {
		return
	}
	s.texts[text] = true
	t := lexicon.Read(text, nil)
	for i := range t.Units {
		u := &t.Units[i]
		for k := u.First; k < u.End; k++ {
			if tok := t.Tokens[k]; tok.Function == 0 && tok.Kind == lexicon.Word {
				s.affirmed[lexicon.SenseMark(t.Source[tok.Start:tok.End])]++
			}
		}
		t.Directions(u, func(direction, thing uint32, first, end int) {
			if direction == lexicon.Denial {
				s.negated[thing]++
				s.affirmed[thing]--
				return
			}
			if slices.ContainsFunc(t.Tokens[first:end], func(tok lexicon.Token) bool { return roles()[tok.Function]&cue != 0 }) {
				return
			}
			s.said[turn{direction, thing}]++
			if s.by[doc] == nil {
				s.by[doc] = map[turn]float64{}
			}
			s.by[doc][turn{direction, thing}]++
		})
	}
}

func (s *senses) item(it *bank.Item) {
	itemTexts(it, func(text string) { s.text(it.Prompt.ID, text) })
}

// claims counts each pair of words that a claim of a sheet may be met by, once a claim.
func (s *senses) claims(it *bank.Item) {
	c := &compiler{Sheet: &Sheet{item: it}, parsers: map[string]*parser{}, written: newWordTable()}
	for i := range it.Criteria {
		bc := &it.Criteria[i]
		for _, l := range bc.Levels {
			for _, say := range l.Say {
				s.claim(c.parser(bc), say, s.claimed)
			}
		}
		for _, say := range bc.Against {
			s.claim(c.parser(bc), say, s.denied)
		}
	}
}

func (s *senses) claim(p *parser, source string, out map[turn]float64) {
	if s.texts[source] {
		return
	}
	s.texts[source] = true
	seen := map[turn]bool{}
	claimTurns(p, source, func(direction, thing uint32) {
		if t := (turn{direction, thing}); !seen[t] {
			seen[t] = true
			out[t]++
		}
	})
}

func (s *senses) weight(t turn, other uint32, less map[turn]float64) (float64, bool) {
	o := turn{other, t.thing}
	own := s.said[t] - less[t] + claimedWorth*s.claimed[t] + deniedWorth*s.denied[o]
	its := s.said[o] - less[o] + claimedWorth*s.claimed[o] + deniedWorth*s.denied[t]
	if own+its < leastSaid {
		return 0, false
	}
	return max(-2, min(2, math.Log((its+.5)/(own+.5)))), true
}

// noise is, for two directions, the share of the pairs of the first that the other documents take for turned.
func (s *senses) noise() map[[2]uint32]float64 {
	right, wrong := map[[2]uint32]float64{}, map[[2]uint32]float64{}
	for _, doc := range slices.Sorted(maps.Keys(s.by)) {
		for _, t := range sortedTurns(s.by[doc]) {
			for _, o := range lexicon.Opposed(t.direction) {
				if s.by[doc][turn{o, t.thing}] > 0 {
					continue
				}
				if w, ok := s.weight(t, o, s.by[doc]); ok && w > 0 {
					wrong[[2]uint32{t.direction, o}] += w
				} else if ok {
					right[[2]uint32{t.direction, o}] -= w
				}
			}
		}
	}
	out := map[[2]uint32]float64{}
	for k := range wrong {
		out[k] = (wrong[k] + .5) / (wrong[k] + right[k] + 1)
	}
	for k := range right {
		out[k] = (wrong[k] + .5) / (wrong[k] + right[k] + 1)
	}
	return out
}

func sortedTurns(m map[turn]float64) []turn {
	out := make([]turn, 0, len(m))
	for t := range m {
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b turn) int {
		return cmp.Or(cmp.Compare(a.direction, b.direction), cmp.Compare(a.thing, b.thing))
	})
	return out
}

// pairs weighs what the table keeps.
func (s *senses) pairs() []lexicon.SensePair {
	noise := s.noise()
	all := map[turn]float64{}
	for _, m := range []map[turn]float64{s.said, s.claimed, s.denied} {
		for t := range m {
			all[t] = 1
			for _, o := range lexicon.Opposed(t.direction) {
				all[turn{o, t.thing}] = 1
			}
		}
	}
	out := s.denials()
	for _, t := range sortedTurns(all) {
		most, found := 0.0, false
		for _, o := range lexicon.Opposed(t.direction) {
			w, ok := s.weight(t, o, nil)
			n, known := noise[[2]uint32{t.direction, o}]
			if !ok || o == t.thing || w > 0 && known && n > mostNoise {
				continue
			}
			if !found || w > most {
				most, found = w, true
			}
		}
		if found && math.Abs(most) >= sureSense {
			out = append(out, lexicon.SensePair{Direction: t.direction, Thing: t.thing, Weight: most})
		}
	}
	return out
}

// denials weighs how much oftener or seldomer than other words a word stands under a negation.
func (s *senses) denials() (out []lexicon.SensePair) {
	no, yes := 0.0, 0.0
	for _, thing := range slices.Sorted(maps.Keys(s.affirmed)) {
		no, yes = no+s.negated[thing], yes+s.affirmed[thing]
	}
	for _, thing := range slices.Sorted(maps.Keys(s.affirmed)) {
		own, expected := s.negated[thing], s.affirmed[thing]*no/yes
		w := max(-2, min(2, math.Log((expected+.5)/(own+.5))))
		if own+expected >= 1 && math.Abs(w) >= sureSense {
			out = append(out, lexicon.SensePair{Direction: lexicon.Denial, Thing: thing, Weight: w})
		}
	}
	return out
}

func newSenses() *senses {
	return &senses{map[turn]float64{}, map[turn]float64{}, map[turn]float64{}, map[string]map[turn]float64{}, map[string]bool{}, map[uint32]float64{}, map[uint32]float64{}}
}

func countSenses(t *testing.T) *senses {
	s := newSenses()
	b := builtin()
	heads, problems := b.Heads()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, h := range heads {
		it, err := b.Item(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		s.item(it)
		s.claims(it)
	}
	return s
}

func TestSenseTable(t *testing.T) {
	if !*updateSense {
		t.Skip("counts lexicon/sense.bin with -update-sense")
	}
	pairs := countSenses(t).pairs()
	t.Logf("%d pairs", len(pairs))
	if err := os.WriteFile("../lexicon/sense.bin", lexicon.SenseTable(pairs), 0o644); err != nil {
		t.Fatal(err)
	}
}
