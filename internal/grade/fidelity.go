package grade

import (
	"math"

	"interview/internal/lexicon"
)

// A model answer's words in random order, or with other numbers, are not the model answer. These guards take away from
// answers that are made almost wholly of the reference's own words, and only from those: whoever writes badly in words
// of his own is not judged by it.

// order is how well the words of a text follow each other.
const (
	orderPairs = 40  // with fewer pairs of words nothing can be said
	orderLeast = .05 // of lexicon.Fluency, for a long text; 95 of 100 answers of people lie above orderBelow
	orderShort = 2   // a short text may lie lower by this over the root of its pairs
	orderLoss  = .4  // and by this below the reference's own
	orderRange = .1  // below, the score falls to a quarter
	orderFloor = .25
	bareCost   = .8 // of the score for a text that is one bare run of words
)

// copied is the part of an answer's words that are the reference's, from which the guards begin to count, and copiedRange
// where they count in full.
const (
	copied      = .6
	copiedRange = .2
)

// A number of the reference is contradicted where the answer has others in its place.
const (
	numberCost = .7 // of the score, when all are
	fewNumbers = 3  // with fewer in the reference the cost is less
)

// wording is what is looked at besides the words.
type wording struct {
	fluency float64 // see lexicon.Fluency, per pair
	pairs   int
	bare    float64 // part of the words of content that stand in bare runs
	numbers []placedNumber
}

func wordingOf(text string) wording {
	t := lexicon.Read(text, nil)
	sum, pairs, inRuns, content := 0.0, 0, 0, 0
	w := wording{}
	for i := range t.Units {
		u := &t.Units[i]
		s, n := t.Fluency(u)
		sum, pairs = sum+s, pairs+n
		r, c := bareWordsOf(t.Tokens[u.First:u.End])
		inRuns, content = inRuns+r, content+c
		w.numbers = placedNumbers(t, u, w.numbers)
	}
	w.pairs, w.fluency, w.bare = pairs, sum/float64(max(1, pairs)), float64(inRuns)/float64(max(1, content))
	return w
}

// order is 1 for words in the order of sentences, less where they follow each other worse than those of people and worse
// than the reference's.
func (w wording) order(reference wording) float64 {
	if w.pairs < orderPairs {
		return 1
	}
	least := min(orderLeast-orderShort/math.Sqrt(float64(w.pairs)), reference.fluency-orderLoss)
	g := min(1, max(orderFloor, 1-(least-w.fluency)/orderRange))
	return g * (1 - bareCost*max(0, w.bare-reference.bare))
}

// bareWordsOf counts the words of content, and those in long runs with nothing of grammar and no sign between.
func bareWordsOf(tokens []lexicon.Token) (inRuns, content int) {
	run := 0
	end := func() {
		if run >= bareWords {
			inRuns += run
		}
		run = 0
	}
	for i, tok := range tokens {
		if tok.Function != 0 || i > 0 && tok.Gap&^(lexicon.Hyphen|lexicon.Glued|lexicon.Quote|lexicon.Code) != 0 {
			end()
		}
		if tok.Function == 0 {
			run++
			content++
		}
	}
	end()
	return inRuns, content
}

// guard is what is left of the score of an answer of which a part is copied.
func (w wording) guard(part float64, reference wording) float64 {
	full := min(1, max(0, (part-copied)/copiedRange))
	return (1 - full*(1-w.order(reference))) * (1 - full*numberCost*w.contradicted(reference))
}

// placedNumber is a number with the words around it.
type placedNumber struct {
	lexicon.Quantity
	place uint64 // of the words before and after that are no numbers
}

func placedNumbers(t *lexicon.Text, u *lexicon.Unit, out []placedNumber) []placedNumber {
	before, after, at := -1, u.First, u.First
	for _, q := range t.Quantities(u.First, u.End, nil) {
		for ; at < q.First; at++ {
			if t.Tokens[at].Kind != lexicon.Number {
				before = at
			}
		}
		for after = max(after, q.End); after < u.End && t.Tokens[after].Kind == lexicon.Number; {
			after++
		}
		place := uint64(0)
		if before >= 0 {
			place = mix(place, t.Tokens[before].Hash)
		}
		if place = mix(place, '#'); after < u.End {
			place = mix(place, t.Tokens[after].Hash)
		}
		out = append(out, placedNumber{q, place})
	}
	return out
}

// contradicted is the part of the reference's numbers in whose place the answer has other numbers.
func (w wording) contradicted(reference wording) float64 {
	if len(reference.numbers) == 0 {
		return 0
	}
	byPlace := map[uint64][]int{}
	for i, r := range reference.numbers {
		byPlace[r.place] = append(byPlace[r.place], i)
	}
	placed, met := make([]bool, len(reference.numbers)), make([]bool, len(reference.numbers))
	for _, a := range w.numbers {
		for _, i := range byPlace[a.place] {
			r := reference.numbers[i]
			placed[i] = true
			met[i] = met[i] || rounded(a.Plain, r.Plain) || a.Measure == r.Measure && rounded(a.Value, r.Value)
		}
	}
	n := 0
	for i := range placed {
		n += b2i(placed[i] && !met[i])
	}
	return float64(n) / float64(max(len(reference.numbers), fewNumbers))
}

// rounded says that two numbers are the same but for rounding.
func rounded(a, b float64) bool { return math.Abs(a-b) <= .01*max(math.Abs(a), math.Abs(b)) }
