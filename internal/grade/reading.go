package grade

import (
	"math/bits"
	"slices"
	"sort"
	"sync"

	"interview/internal/diagram"
	"interview/internal/lexicon"
)

// reading is what one set of answers says in the words of one sheet. It is thrown away after the grade; only its memory
// is used again.
type reading struct {
	*Sheet
	answers []Answer
	texts   []lexicon.Text
	units   []unit
	occs    []occurrence // of all units, each unit's in order
	sums    []sum
	holds   []hold
	drawing drawing
	alien   string // why the answers cannot be judged: see language.go
	denying bool   // the answer denies most of what it says: see denial.go
	example bool   // a line of a rubric's examples: no topic is asked for
	strays  bool   // the answers as a whole are about something else

	pol           []polarity
	cover         []uint8 // of the current unit: the negations that a token stands under
	bare          []bool  // of the current unit: the token lies in a run of bare items
	qs            []lexicon.Quantity
	inside        []bool // by bound: see within
	scans         int32
	stands        []int32 // by word: the scan that met it last
	last          int     // quantity looked up last, the first of those at its token
	found         []lexicon.Sum
	touched       []int32
	turnedTouched []int32
	pairs         []pair
	round         int32  // counts the looks at a unit
	seen          []look // by claim
	turns         []hold // claims made the wrong way round
	filler        filler

	again     []bool        // by unit: see saidAgain
	counts    tally         // of whatever a screen counts
	marks     []uint64      // by unit: what a screen counts it as
	strangers []foreignWord // see refrains
}

// words is how many words the answers have.
func (r *reading) words() (n int) {
	for i := range r.answers {
		n += len(r.texts[i].Tokens)
	}
	return n
}

// look is what one look at a unit found for a claim.
type look struct {
	round, turnedRound int32  // the look that touched it last
	mask, turnedMask   uint16 // the slots filled
	first, last        int32  // its pairs
}

// unit is a sentence, bullet or heading of one of the answers.
type unit struct {
	lexicon.Unit
	answer      int
	parent      int // index into reading.units, -1 = none
	first, end  int // occurrences
	topics      uint64
	guesses     uint64 // topics that only a mended short word names
	negation    bool   // some word is negated
	trails      bool   // follows a denied sentence on its line: see denial.go
	mute        bool   // context only: a heading, or code
	screened    screening
	ownWords    int // tokens with an ID
	otherWords  int // content tokens without
	functionals int // function words
}

// occurrence is a term that stands in a unit.
type occurrence struct {
	term       int32
	first, end int32 // tokens of the answer's text
	pol        polarity
	cover      uint8 // the negations that it stands under; of a term that is one itself, those around it
	bare       bool  // lies in a run of bare items
	sum        bool  // a written sum, which may hold other fills inside it
}

type sum struct {
	lexicon.Sum
	unit int
}

// hold is a claim that is made in a unit.
type hold struct {
	claim      int32
	unit       int32
	first, end int32 // tokens, from the first fill to the last
	inOrder    bool  // the fills stand in the order of the claim's slots
}

type pair struct {
	slot   int16
	turned bool
	occ    int32
	next   int32 // pair of the same claim, -1 = none
}

var readings = sync.Pool{New: func() any { return new(reading) }}

// read finds every claim that the answers make.
func (s *Sheet) read(answers []Answer) *reading {
	r := s.open(answers)
	r.drawing = draw(answers, s.hasEdge && !r.denying)
	r.screen()
	for u := range r.units {
		r.claimsOf(u)
	}
	r.rescreen()
	return r
}

// readExample leaves out what needs a whole answer: the topic and the screens.
func (s *Sheet) readExample(answers []Answer) *reading {
	r := s.open(answers)
	r.drawing = draw(answers, s.hasEdge)
	r.example = true
	for u := range r.units {
		r.claimsOf(u)
	}
	return r
}

// open takes the answers apart and finds the terms in them.
func (s *Sheet) open(answers []Answer) *reading {
	r := readings.Get().(*reading)
	r.Sheet, r.answers, r.example = s, answers, false
	r.units, r.occs, r.sums, r.holds = r.units[:0], r.occs[:0], r.sums[:0], r.holds[:0]
	r.turns = r.turns[:0]
	if len(r.seen) < len(s.claims) {
		r.seen = make([]look, len(s.claims))
	}
	if len(r.stands) < len(s.own) {
		r.stands = make([]int32, len(s.own))
	}
	clear(r.seen)
	r.round = 0
	for len(r.texts) < len(answers) {
		r.texts = append(r.texts, lexicon.Text{})
	}
	for i, a := range answers {
		r.texts[i].Read(a.Text, s.words)
		r.addUnits(i)
	}
	r.alien = r.foreign()
	stubborn := r.denies()
	r.denying = stubborn
	for u := range r.units {
		r.scan(u, stubborn)
	}
	r.believe()
	r.strays = r.stray()
	return r
}

func (r *reading) release() {
	r.Sheet, r.answers = nil, nil
	for i := range r.texts {
		r.texts[i].Source = ""
	}
	readings.Put(r)
}

// plainFence are the names of fenced blocks that hold notes and requests rather than code or drawings.
var plainFence = map[string]bool{"": true, "text": true, "txt": true, "http": true, "md": true, "markdown": true, "plain": true, "rest": true}

// titleWords is how long a lead-in may be that is a title and no statement.
const titleWords = 5

func (r *reading) addUnits(answer int) {
	base := len(r.units)
	r.units = slices.Grow(r.units, len(r.texts[answer].Units))
	for _, lu := range r.texts[answer].Units {
		u := unit{Unit: lu, answer: answer, parent: -1}
		if lu.Parent >= 0 {
			u.parent = base + lu.Parent
		}
		u.mute = lu.Kind == lexicon.Heading || lu.Kind == lexicon.LeadIn && lu.End-lu.First <= titleWords || lu.Kind == lexicon.Fence && !plainFence[lu.Lang]
		r.units = append(r.units, u)
	}
}

func (r *reading) tokens(u *unit) []lexicon.Token { return r.texts[u.answer].Tokens[u.First:u.End] }

// scan finds the terms of one unit, with their polarity.
func (r *reading) scan(i int, stubborn bool) {
	u := &r.units[i]
	u.first = len(r.occs)
	r.scans++
	tokens := r.tokens(u)
	r.pol, r.cover = polarities(tokens, r.pol, r.cover, stubborn)
	if stubborn && r.deniedLine(i) {
		for j := range r.pol {
			r.pol[j], r.cover[j] = negated, r.cover[j]+1
		}
	}
	if r.without(negations) {
		clear(r.pol)
		clear(r.cover)
	}
	numbers := r.count(u, tokens)
	r.qs, r.found = r.qs[:0], r.found[:0]
	if numbers && (r.numeric || r.calc || len(r.bounds) > 0) {
		t := &r.texts[u.answer]
		r.qs = t.Quantities(u.First, u.End, r.qs)
		r.found = t.Sums(r.qs, r.found)
		for _, s := range r.found {
			r.sums = append(r.sums, sum{s, i})
		}
	}
	r.bare = bareRuns(tokens, r.own, r.qs, u.First, r.bare)
	if r.without(bareLists) {
		clear(r.bare)
	}
	for at := range tokens {
		if id := tokens[at].ID; id != 0 {
			r.stands[id] = r.scans
			second := int32(-1)
			if at+1 < len(tokens) {
				second = tokens[at+1].ID
			}
			free, pairs := openings(r.byWord[id], second)
			for len(free)+len(pairs) > 0 { // in the order of the variants
				from := &free
				if len(free) == 0 || len(pairs) > 0 && pairs[0].variant < free[0].variant {
					from = &pairs
				}
				r.try(u, tokens, at, (*from)[0].variant)
				*from = (*from)[1:]
			}
		}
	}
	for i, q := range r.qs {
		if i > 0 && q.First == r.qs[i-1].First {
			continue // another reading of the same
		}
		r.last = i
		r.within(q.First)
		for _, v := range r.byNumber {
			if v.bound >= 0 && r.inside[v.bound] && (v.second == 0 || r.stands[v.second] == r.scans) {
				r.try(u, tokens, q.First-u.First, v.variant)
			}
		}
	}
	if len(r.found) > 0 {
		r.trySums(u)
	}
	u.end = len(r.occs)
	for _, o := range r.occs[u.first:u.end] {
		if t := r.terms[o.term].topic; t != 0 && r.guessed(u, &o) {
			u.guesses |= t
		} else {
			u.topics |= t
		}
	}
}

// believe takes a guessed topic for named if it is named without a typing error elsewhere.
func (r *reading) believe() {
	var named uint64
	for i := range r.units {
		named |= r.units[i].topics
	}
	for i := range r.units {
		r.units[i].topics |= r.units[i].guesses & named
	}
}

// guessed says that an occurrence is one short word found by mending a typing error. That is enough for a claim, which has other
// words as well, but an abbreviation of another field is one edit from many a topic.
func (r *reading) guessed(u *unit, o *occurrence) bool {
	t := r.texts[u.answer].Tokens[o.first]
	return o.end-o.first == 1 && t.Fixed && t.End-t.Start <= lexicon.ShortestMended
}

// openings are the variants of a list that any word may follow, and those that the word given must.
func openings(list []wordy, second int32) (free, pairs []wordy) {
	n := sort.Search(len(list), func(i int) bool { return list[i].second > 0 })
	if free, list = list[:n], list[n:]; second <= 0 || len(list) == 0 {
		return free, nil
	}
	first := sort.Search(len(list), func(i int) bool { return list[i].second >= second })
	end := first
	for end < len(list) && list[end].second == second {
		end++
	}
	return free, list[first:end]
}

// count fills the word counts of a unit and says whether it has a number.
func (r *reading) count(u *unit, tokens []lexicon.Token) (numbers bool) {
	for i, tok := range tokens {
		numbers = numbers || tok.Kind == lexicon.Number
		u.negation = u.negation || r.pol[i] == negated
		switch {
		case tok.Function != 0:
			u.functionals++
		case r.own[tok.ID]:
			u.ownWords++
		default:
			u.otherWords++
		}
	}
	return numbers || r.numeric && spelledNumber(tokens)
}

// spelledNumber says that the unit may hold "ten million" or "four nines".
func spelledNumber(tokens []lexicon.Token) bool { return len(tokens) > 1 }

// trySums adds the occurrences of "#calc".
func (r *reading) trySums(u *unit) {
	for _, v := range r.byNumber {
		if v.bound >= 0 {
			continue
		}
		for _, s := range r.found {
			if s.Right {
				r.add(u, v.variant, s.First-u.First, s.End-u.First)
			}
		}
	}
}

// try matches a variant that begins at a token of the unit.
func (r *reading) try(u *unit, tokens []lexicon.Token, at int, v int32) {
	if end := r.match(u, tokens, at, r.variants[v].elements); end > at {
		r.add(u, v, at, end)
	}
}

// phraseEnd is what no phrase goes on past.
const phraseEnd = lexicon.Comma | lexicon.Semicolon | lexicon.Stop | lexicon.Newline | lexicon.Pipe | lexicon.Arrow

// match returns the token behind the elements matched from at, or -1.
func (r *reading) match(u *unit, tokens []lexicon.Token, at int, elements []element) int {
	start := at
	for len(elements) > 0 {
		e := elements[0]
		elements = elements[1:]
		switch e.kind {
		case gapElement:
			return r.skip(u, tokens, at, elements, gapWords)
		case numberElement:
			end := r.quantityAt(u, at, e.bound)
			if end < 0 {
				return -1
			}
			if len(elements) > 0 && elements[0].kind == wordElement {
				return r.skip(u, tokens, end, elements, nounWords)
			}
			at = end
		default:
			if at >= len(tokens) || tokens[at].ID != e.word || at > start && tokens[at].Gap&phraseEnd != 0 {
				return -1
			}
			at++
		}
	}
	return at
}

// skip matches elements after at most n words of the same clause.
func (r *reading) skip(u *unit, tokens []lexicon.Token, at int, elements []element, n int) int {
	for i := at; i <= at+n && i < len(tokens); i++ {
		if i > at && tokens[i].Gap&clauseEnd != 0 {
			return -1
		}
		if end := r.match(u, tokens, i, elements); end > i {
			return end
		}
	}
	return -1
}

// within notes the bounds that hold for the quantity at r.last, however it is read.
func (r *reading) within(first int) {
	r.inside = r.inside[:0]
	for b := range r.bounds {
		ok := false
		for i := r.last; i < len(r.qs) && r.qs[i].First == first; i++ {
			ok = ok || r.bounds[b].holds(&r.qs[i])
		}
		r.inside = append(r.inside, ok)
	}
}

// quantityAt returns the token behind a quantity at at that the bound asks for, or -1.
func (r *reading) quantityAt(u *unit, at, bound int) int {
	first := u.First + at
	if r.last >= len(r.qs) || r.qs[r.last].First != first {
		r.last = sort.Search(len(r.qs), func(i int) bool { return r.qs[i].First >= first })
	}
	for i := r.last; i < len(r.qs) && r.qs[i].First == first; i++ {
		if r.bounds[bound].holds(&r.qs[i]) {
			return r.qs[i].End - u.First
		}
	}
	return -1
}

func (r *reading) add(u *unit, v int32, first, end int) {
	o := occurrence{term: r.variants[v].term, first: int32(u.First + first), end: int32(u.First + end)}
	e := r.variants[v].elements
	o.sum = e[0].kind == sumElement || e[0].kind == numberElement && len(e) == 1
	for i := first; i < end; i++ {
		o.pol = max(o.pol, r.pol[i])
		o.cover = max(o.cover, r.cover[i])
		o.bare = o.bare || r.bare[i]
	}
	if r.terms[o.term].cue {
		o.cover = r.cover[first]
		if cueAt(r.tokens(u), first) > 0 {
			o.cover--
		}
		o.pol = affirmed
		if o.cover > 0 {
			o.pol = negated
		}
	}
	for i := len(r.occs) - 1; i >= u.first && r.occs[i].first == o.first; i-- {
		if p := &r.occs[i]; p.term == o.term && p.end == o.end {
			return
		}
	}
	r.occs = append(r.occs, o)
}

// topicReach is how many units away the concepts of the topic may stand. A text of longText words that names fewer than
// longTopics of them is about something else: two of them meet by chance in any long text.
const (
	topicReach = 8
	longText   = 700
	longTopics = 3
)

// stray says that the answers as a whole are about something else.
func (r *reading) stray() bool {
	if r.topics < 2*longTopics || r.example || r.without(topicGate) {
		return false
	}
	words, seen := 0, uint64(0)
	for i := range r.units {
		words += r.units[i].End - r.units[i].First
		seen |= r.units[i].topics
	}
	return words >= longText && bits.OnesCount64(seen) < longTopics
}

// onTopic says that two concepts of the prompt stand near the unit or above it.
func (r *reading) onTopic(i int) bool {
	if r.topics < 2 || r.example || r.without(topicGate) {
		return true
	}
	if r.strays {
		return false
	}
	var seen uint64
	for j := max(0, i-topicReach); j <= i+topicReach && j < len(r.units); j++ {
		seen |= r.units[j].topics
	}
	for p := r.units[i].parent; p >= 0; p = r.units[p].parent {
		seen |= r.units[p].topics
	}
	return bits.OnesCount64(seen) >= 2
}

// drawing is what was drawn in all answers.
type drawing struct {
	graph  diagram.Graph
	lines  []lineRef           // by edge
	failed string              // why a drawing could not be read
	labels map[string][]string // stems of the labels met so far
}

type lineRef struct{ answer, start, end int }
