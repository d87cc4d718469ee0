package grade

import (
	"math/bits"
	"slices"
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
	topical []topical

	// of the unit at hand
	pol     []polarity // by token; empty where nothing is negated
	cover   []uint8    // the negations that a token stands under; empty as pol
	bare    []bool     // the token lies in a run of bare items; empty where none does
	covered []bool     // of the unit that is framed: the token lies in a term
	qs      []lexicon.Quantity
	found   []lexicon.Sum
	scans   int32
	stands  []int32 // by word: the scan that met it last
	last    int     // quantity looked up last, the first of those at its token
	touches touches
	turns   []hold // claims made the wrong way round
	told    lexicon.Told
	filler  filler
	awards

	roles     []role        // by lexicon.FunctionID
	screens   bool          // some unit is screened
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
	ownWords    int         // tokens with an ID
	otherWords  int         // content tokens without
	functionals int         // function words
	roles       role        // of all its function words
	signs       lexicon.Gap // all that stand between its tokens
	ids         uint64      // a bit for each word of the rubric, by its ID modulo 64
	joints      int         // places where an item of a list may end
	solid       int         // words of content in the longest run with nothing between them
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

// topical counts the units before one that hold words, and those of them that name a concept of the topic.
type topical struct{ all, named int32 }

type sum struct {
	lexicon.Sum
	unit int
}

// hold is a claim that is made in a unit.
type hold struct {
	claim      int32
	unit       int32
	first, end int32 // tokens, from the first fill to the last
	level      int16 // of the claim
	inOrder    bool  // the fills stand in the order of the claim's slots
}

var readings = sync.Pool{New: func() any { return new(reading) }}

// read finds every claim that the answers make.
func (s *Sheet) read(answers []Answer) *reading {
	r := s.start(answers)
	r.read()
	return r
}

func (r *reading) read() {
	r.open()
	if r.hasEdge && !r.denying {
		r.draw()
	}
	r.screen()
	for u := range r.units {
		r.claimsOf(u)
	}
	r.rescreen()
}

// readExample leaves out what needs a whole answer: the topic and the screens.
func (s *Sheet) readExample(answers []Answer) *reading {
	r := s.start(answers)
	r.open()
	r.example = true
	if s.hasEdge {
		r.draw()
	}
	for u := range r.units {
		r.claimsOf(u)
	}
	return r
}

// start takes the answers apart.
func (s *Sheet) start(answers []Answer) *reading {
	r := readings.Get().(*reading)
	r.Sheet, r.answers, r.example = s, answers, false
	r.units, r.occs, r.sums, r.holds = r.units[:0], r.occs[:0], r.sums[:0], r.holds[:0]
	r.turns, r.roles, r.screens = r.turns[:0], roles(), false
	r.drawing = drawing{}
	r.touches.reset(len(s.claims))
	if len(r.stands) < len(s.own) {
		r.stands = make([]int32, len(s.own))
	}
	for len(r.texts) < len(answers) {
		r.texts = append(r.texts, lexicon.Text{})
	}
	for i, a := range answers {
		if i < len(s.madeFor) && s.madeFor[i].Source == a.Text {
			r.texts[i].Copy(&s.madeFor[i])
		} else {
			r.texts[i].Read(a.Text, s.words)
		}
		r.addUnits(i)
	}
	return r
}

// knows says that the sheet leaves no word of the answers out.
func (r *reading) knows() bool {
	if r.only == nil {
		return true
	}
	for i := range r.answers {
		for k := range r.texts[i].Tokens {
			if id := r.texts[i].Tokens[k].ID; id != 0 && !r.only[id] {
				return false
			}
		}
	}
	return true
}

// open finds the terms in the answers.
func (r *reading) open() {
	r.alien = r.foreign()
	stubborn := r.denies()
	r.denying = stubborn
	for u := range r.units {
		r.scan(u, stubborn)
	}
	r.believe()
	r.strays = r.stray()
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
	tokens := r.tokens(u)
	numbers := r.count(u, tokens)
	r.negate(i, u, tokens, stubborn)
	r.measure(i, u, tokens, numbers)
	r.bare = r.bare[:0]
	if (u.joints >= bareItems-1 || u.solid >= bareWords) && !r.without(bareLists) {
		r.bare = bareRuns(tokens, r.own, r.qs, u.First, r.bare)
	}
	for at := range tokens {
		if id := tokens[at].ID; id != 0 && !(at > 0 && r.magnitude(u, at)) {
			r.begin(u, tokens, at, &r.byWord[id])
		}
	}
	if len(r.qs) > 0 {
		r.tryNumbers(u, tokens)
	}
	u.end = len(r.occs)
	for k := u.first; k < u.end; k++ {
		o := &r.occs[k]
		if r.uses[o.term].topical {
			if r.method(u, o) {
				continue
			}
			t := r.terms[o.term].topic
			if r.guessed(u, o) {
				u.guesses |= t
			} else {
				u.topics |= t
			}
		}
	}
}

// count fills what is counted of a unit and says whether it has a number.
func (r *reading) count(u *unit, tokens []lexicon.Token) (numbers bool) {
	r.scans++
	run := 0 // words of content with nothing between them
	for i := range tokens {
		tok := &tokens[i]
		if i > 0 {
			u.signs |= tok.Gap
			if tok.Gap&^(lexicon.Hyphen|lexicon.Glued) != 0 {
				run = 0
			}
		}
		if tok.ID != 0 {
			u.ids |= 1 << (tok.ID % 64)
			r.stands[tok.ID] = r.scans
		}
		if tok.Function != 0 {
			role := r.roles[tok.Function]
			u.roles |= role
			u.functionals++
			u.joints += b2i(role&joiner != 0 || tok.Gap&separators != 0)
			run = 0
			continue
		}
		numbers = numbers || tok.Kind == lexicon.Number
		u.joints += b2i(tok.Gap&separators != 0)
		if run++; run > u.solid {
			u.solid = run
		}
		if r.own[tok.ID] {
			u.ownWords++
		} else {
			u.otherWords++
		}
	}
	return numbers
}

// negate finds the polarity of the words of a unit, if any of them is negated.
func (r *reading) negate(i int, u *unit, tokens []lexicon.Token, stubborn bool) {
	r.pol, r.cover = r.pol[:0], r.cover[:0]
	denied := stubborn && r.deniedLine(i)
	if !denied && u.roles&negating == 0 {
		return
	}
	r.pol, r.cover = polarities(tokens, r.pol, r.cover, stubborn)
	if denied {
		for j := range r.pol {
			r.pol[j], r.cover[j] = negated, r.cover[j]+1
		}
	}
	if r.without(negations) {
		clear(r.pol)
		clear(r.cover)
	}
	u.negation = slices.Contains(r.pol, negated)
}

// measure finds the quantities and sums of a unit.
func (r *reading) measure(i int, u *unit, tokens []lexicon.Token, numbers bool) {
	r.qs, r.found = r.qs[:0], r.found[:0]
	if !numbers && !(r.numeric && len(tokens) > 1) || !r.numeric && !r.calc && len(r.bounds) == 0 { // "ten million" has no number
		return
	}
	t := &r.texts[u.answer]
	if r.qs = t.Quantities(u.First, u.End, r.qs); len(r.qs) == 0 {
		return
	}
	r.found = t.Sums(r.qs, r.found)
	for _, s := range r.found {
		r.sums = append(r.sums, sum{s, i})
	}
}

// topicReach is how many units away the concepts of the topic may stand. A text of longText words that names fewer than
// longTopics of them is about something else: two of them meet by chance in any long text.
const (
	topicReach = 8
	longText   = 700
	longTopics = 3
)

// A region of wideReach units to either side in which fewer than wideShare of them name a concept is about something else, if
// it holds wideLeast units: of 100 answers by people to their own question none had less than .23, of those to another that
// would have earned a tenth of the points none more than .22, and two in three less than .11.
const (
	wideReach = 40
	wideShare = .125
	wideLeast = 20
)

// stray says that the answers as a whole are about something else, and counts the units that name a concept.
func (r *reading) stray() bool {
	r.topical = append(r.topical[:0], topical{})
	words, seen, n := 0, uint64(0), topical{}
	for i := range r.units {
		u := &r.units[i]
		words += u.End - u.First
		seen |= u.topics
		n.all += int32(b2i(u.First < u.End))
		n.named += int32(b2i(u.topics != 0))
		r.topical = append(r.topical, n)
	}
	if r.topics < 2*longTopics || r.example || r.without(topicGate) {
		return false
	}
	return words >= longText && bits.OnesCount64(seen) < longTopics
}

// elsewhere says that the region around a unit is about something else.
func (r *reading) elsewhere(i int) bool {
	from, to := r.topical[max(0, i-wideReach)], r.topical[min(len(r.units), i+wideReach+1)]
	all := to.all - from.all
	return all >= wideLeast && float64(to.named-from.named) < wideShare*float64(all)
}

// onTopic says that two concepts of the prompt stand near the unit or above it.
func (r *reading) onTopic(i int) bool {
	if r.topics < 2 || r.example || r.without(topicGate) {
		return true
	}
	if r.strays || r.elsewhere(i) {
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
	lines  []lineRef      // by edge
	failed string         // why a drawing could not be read
	walks  *diagram.Walks // nil until a path is looked for
	labels []label        // by place in walks
}

type lineRef struct{ answer, start, end int }
