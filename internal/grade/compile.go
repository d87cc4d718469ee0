package grade

import (
	"math/bits"
	"slices"
	"sync"
	"unicode/utf8"

	"interview/internal/bank"
	"interview/internal/lexicon"
)

// Sheet is a compiled rubric: safe for use by many goroutines.
type Sheet struct {
	item      *bank.Item
	criteria  []criterion
	claims    []claim
	words     *lexicon.Vocabulary
	terms     []term
	variants  []variant
	byWord    []beginnings                // variants that begin with a word, by its id
	byNumber  []numeric                   // variants that begin with a quantity or a sum
	byMeasure [lexicon.Measures][]numeric // those that a quantity of the measure may meet
	full      []uint8                     // by claim: the bits of all its slots
	uses      []use32                     // by term: what is asked of it for every occurrence
	fills     []slotBit                   // of all terms
	bounds    []bound
	topics    int    // concepts of the prompt
	given     *runs  // of words that were given: see echo.go
	own       []bool // by word id: the rubric's own, and not only the opposite of one
	only      []bool // by word id: it stands in the answers that the sheet is made for; nil if it is made for any
	asked     int    // alternatives of levels
	slots     int    // of their claims
	hasEdge   bool
	labelled  []string       // words that paths are asked for in
	calc      bool           // some level asks for a sum
	numeric   bool           // some alternative begins with a quantity or a sum
	madeFor   []lexicon.Text // the answers that the sheet is made for
	ownSays   *ownTurns      // see direction.go
	off       mechanism      // nothing, but in tests
}

// criterion is a bank.Criterion with its claims found.
type criterion struct {
	*bank.Criterion
	index     int       // in Sheet.criteria
	rungs     []int     // ladder index of each level
	claims    [][]int   // by level: indices into Sheet.claims
	paths     [][]path  // by level
	described [][]int32 // by level: the rubric's words in its descriptor
	when      int       // index of its `when` claim, -1 if none
}

// term is an alternative that occurs somewhere in the sheet.
type term struct {
	refs   []ref  // the slots that it fills
	cue    bool   // holds a word of negation itself
	raises bool   // some level asks for it
	topic  uint64 // concepts of the topic that it names
	owners uint64 // criteria that it fills a slot of, each by its index modulo 64
}

// ref is a slot of a claim; a negated one must stand under a negation.
type ref struct {
	claim  int32
	slot   int16
	negate bool
	turned bool // the term is the opposite of one that fills the slot: see opposite.go
}

// use32 is what is asked of a term for every occurrence, in few bytes.
type use32 struct {
	first, end int32 // in Sheet.fills: the slots that it fills where it is affirmed, and no denied or turned ones
	turned     bool  // it is the opposite of what fills some slot
	topical    bool  // it names a concept of the topic
	cue        bool  // as term.cue
}

// slotBit is a slot of a claim in few bytes: the claim times 256 and a bit for the slot.
type slotBit uint32

func (f ref) bit() slotBit { return slotBit(f.claim)<<8 | 1<<f.slot }

func (f slotBit) claim() int32 { return int32(f >> 8) }

// beginnings are the variants that begin with one word.
type beginnings struct {
	list    []wordy // those that any word may follow, then those that need a certain second word, sorted by that
	free    int     // how many any word may follow
	seconds uint64  // a bit for each second word, by its id modulo 64
}

func (b *beginnings) add(w wordy) {
	b.list = append(b.list, w)
	if w.second > 0 {
		b.seconds |= 1 << (w.second % 64)
	} else {
		b.free++
	}
}

// variant is one way to write a term.
type variant struct {
	term     int32
	elements []element
}

// wordy is a variant that begins with a word.
type wordy struct {
	variant int32
	second  int32 // the word that must follow, 0 = any
	term    int32
	words   int32 // that the variant has, 0 if it has something else as well
	last    int32 // the last of its words
}

// numeric is a variant that begins with a quantity.
type numeric struct {
	variant int32
	bound   int   // of its first element, -1 of a sum
	second  int32 // the word that must follow it somewhere, 0 = none
}

// compiler holds what is needed while a sheet is made.
type compiler struct {
	*Sheet
	spelling
	byStems      stemTable
	writer       writer
	parsers      map[string]*parser // by rubric
	written      *wordTable         // the words of all claims
	alternatives [][][]use          // of the slots of each claim
	concepts     [][]use            // of the topic
	said         []said
	slotOf       []int32 // by term, affirmed and negated: the claim and slot that had it last, see twice
	looked       int32   // claims that twice looked at
	accepted     []int32 // by term: the criterion that accepts it, see opposites
	elements     []element
	lists        room[element]
	problems     []bank.Problem
}

// said is a slot that a term fills.
type said struct {
	term int32
	ref
}

// Compile turns the criteria of an item into a sheet. Problems name file, line and column of each mistake in a claim; the
// sheet then leaves those claims out.
func Compile(it *bank.Item) (*Sheet, []bank.Problem) { return compile(it, nil) }

// CompileFor is Compile of what the words of the answers can meet: the sheet gives these answers the same grade, byte for
// byte, and is made in a fraction of the time. Other answers need another sheet, see GradeKnown. Of the mistakes in claims it does not look for
// an alternative that stands in two slots.
func CompileFor(it *bank.Item, answers []Answer) (*Sheet, []bank.Problem) {
	return compile(it, &answers)
}

func compile(it *bank.Item, answers *[]Answer) (*Sheet, []bank.Problem) {
	words := lexicon.NewVocabulary(3072)
	// What a sheet needs at most, as a rule: memory that is not touched costs nothing, and what is copied to grow costs twice.
	c := &compiler{Sheet: &Sheet{item: it, words: words, terms: make([]term, 0, 4096), variants: make([]variant, 0, 4096), claims: make([]claim, 0, 1024)},
		spelling: newSpelling(words), byStems: newStemTable(), parsers: map[string]*parser{}, written: newWordTable(), alternatives: make([][][]use, 0, 1024)}
	c.ownSays = &ownTurns{}
	c.parse()
	var aside sync.WaitGroup // what nothing else waits for
	aside.Go(func() { c.askWords(); c.describe() })
	if c.own = c.ours; answers != nil {
		c.madeFor = c.look(*answers)
	}
	c.only = c.here
	c.topic()
	c.fill()
	c.refs()
	for i := range c.criteria {
		c.opposites(i)
	}
	c.index()
	aside.Wait()
	return c.Sheet, c.problems
}

// describe finds the words of each level's descriptor, for the choice of a quote.
func (c *compiler) describe() {
	var text lexicon.Text
	for i := range c.criteria {
		cr := &c.criteria[i]
		for _, l := range cr.Levels {
			var ids []int32
			text.Read(l.Descriptor, c.Sheet.words)
			for _, t := range text.Tokens {
				if t.ID > 0 && t.Function == 0 && !t.Fixed && !slices.Contains(ids, t.ID) {
					ids = append(ids, t.ID)
				}
			}
			cr.described = append(cr.described, ids)
		}
	}
}

// parse reads topic and claims and collects their words: one criterion is spelt while the next is read.
func (c *compiler) parse() {
	read, cues := make(chan batch, len(c.item.Criteria)+1), make(chan []bool)
	go func() { cues <- c.spellAll(read) }()
	c.readTopic()
	read <- batch{concepts: c.concepts}
	for i := range c.item.Criteria {
		from := len(c.claims)
		c.criterion(&c.item.Criteria[i])
		read <- batch{claims: c.claims[from:], alternatives: c.alternatives[from:]}
	}
	close(read)
	for i, cue := range <-cues {
		c.claims[i].cue = cue
	}
	c.seal()
}

// spellAll spells what is read, and says of each claim whether it is itself about a negation.
func (c *compiler) spellAll(read <-chan batch) (cues []bool) {
	for b := range read {
		for _, alts := range b.concepts {
			c.spell(alts, false)
		}
		for i := range b.claims {
			cues = append(cues, c.spellClaim(b.claims[i].level, b.alternatives[i]))
		}
	}
	return cues
}

// batch is what is read and has to be spelt. It is not written to any more.
type batch struct {
	concepts     [][]use // of the topic
	claims       []claim // of a criterion
	alternatives [][][]use
}

// spellClaim spells the slots of a claim and says whether one is itself a negation.
func (c *compiler) spellClaim(level int, slots [][]use) (cue bool) {
	for _, list := range slots {
		c.spell(list, level >= 0 && len(slots) > 1)
		for _, u := range list {
			cue = cue || u.cue
		}
	}
	return cue
}

// readTopic reads the prompt's concepts.
func (c *compiler) readTopic() {
	for i, concept := range c.item.Prompt.Topic {
		if i >= 64 {
			break
		}
		alts, err := c.parserOf("", c.item.Vocab).slot(concept, 0, 0)
		if err != nil {
			c.problem(c.item.At("topic", i), concept, "topic", err)
			alts = nil
		} else {
			c.topics++
		}
		c.concepts = append(c.concepts, alts)
	}
}

// problem notes a mistake in a text that begins at a place.
func (c *compiler) problem(pos bank.Pos, text, what string, err *mistake) {
	pos.Col += utf8.RuneCountInString(text[:min(err.at, len(text))])
	c.problems = append(c.problems, bank.Problem{Pos: pos, Msg: what + ": " + err.msg})
}

// topic makes terms of the prompt's concepts.
func (c *compiler) topic() {
	for i, alts := range c.concepts {
		for _, u := range alts {
			c.met(u.alternative, func(words phrase) { c.terms[c.term(words)].topic |= 1 << i })
		}
	}
}

// label notes a word of a path, once.
func (c *compiler) label(word string) {
	if len(word) > lexicon.ShortestMended && !slices.Contains(c.labelled, word) {
		c.labelled = append(c.labelled, word)
	}
}

func (c *compiler) criterion(bc *bank.Criterion) {
	n := len(c.criteria)
	cr := criterion{Criterion: bc, index: n, when: -1}
	for l, level := range bc.Levels {
		cr.rungs = append(cr.rungs, slices.Index(c.item.Framework.Ladder, level.Name))
		var ids []int
		for s, say := range level.Say {
			if id := c.claim(n, l, say, bc.At("levels", l, "say", s)); id >= 0 {
				ids = append(ids, id)
			}
		}
		var paths []path
		for e, source := range level.Edge {
			p, err := parsePath(source, c.parser(bc), c.label)
			if err != nil {
				c.problem(bc.At("levels", l, "edge", e), source, "edge", err)
				continue
			}
			paths = append(paths, p)
		}
		cr.paths = append(cr.paths, paths)
		c.hasEdge = c.hasEdge || len(level.Edge) > 0
		c.calc = c.calc || level.Calc
		cr.claims = append(cr.claims, ids)
	}
	c.criteria = append(c.criteria, cr)
	for a, say := range bc.Against {
		c.claim(n, roleAgainst, say, bc.At("against", a))
	}
	if bc.When != "" {
		c.criteria[n].when = c.claim(n, roleWhen, bc.When, bc.At("when"))
	}
}

// parser reads the claims of a criterion; those of one rubric share it.
func (c *compiler) parser(bc *bank.Criterion) *parser {
	vocab := bc.Vocab()
	if vocab == nil {
		vocab = c.item.Vocab
	}
	return c.parserOf(bc.Rubric(), vocab)
}

func length(texts []string) (n int) {
	for _, t := range texts {
		n += len(t)
	}
	return n
}

func (c *compiler) parserOf(rubric string, vocab map[string]string) *parser {
	p, ok := c.parsers[rubric]
	if !ok {
		p = newParser(vocab, c.written, c.room(rubric))
		c.parsers[rubric] = p
	}
	return p
}

// room is a power of two, not much above the number of phrases in the claims of a rubric.
func (c *compiler) room(rubric string) int {
	const phraseLength = 16 // at least, with the sign before the next
	n := 0
	for i := range c.item.Criteria {
		if cr := &c.item.Criteria[i]; cr.Rubric() == rubric {
			for _, l := range cr.Levels {
				n += length(l.Say)
			}
			n += length(cr.Against)
		}
	}
	return 1 << bits.Len(uint(64+n/phraseLength*4/3))
}

// claim reads one claim and returns its index, -1 if it cannot be used.
func (c *compiler) claim(criterion, level int, source string, pos bank.Pos) int {
	slots, err := c.parser(c.itemCriterion(criterion)).claim(source)
	if err == nil {
		err = oneWord(source, slots, level)
	}
	if err != nil {
		c.problem(pos, source, "claim", err)
		return -1
	}
	if len(slots) > 8 {
		c.problem(pos, source, "claim", mistakef(0, "more than eight slots; split it"))
		return -1
	}
	cl := claim{criterion: criterion, level: level, pos: pos, source: source, slots: make([]slot, len(slots))}
	for i := range slots {
		for _, u := range slots[i] {
			if level >= 0 && !u.asked {
				u.asked = true
				c.asked += u.count()
			}
			cl.denies = cl.denies || u.negate
			first := u.first().word
			cl.calc = cl.calc || first == "#calc"
			c.numeric = c.numeric || first[0] == '#'
		}
	}
	if level >= 0 {
		c.Sheet.slots += len(slots)
	}
	c.claims, c.alternatives = append(c.claims, cl), append(c.alternatives, slots)
	return len(c.claims) - 1
}

// fill makes terms of the alternatives that can be met.
func (c *compiler) fill() {
	c.said = make([]said, 0, 4096)
	for id := range c.claims {
		cl := &c.claims[id]
		for s, list := range c.alternatives[id] {
			for _, u := range list {
				r := ref{claim: int32(id), slot: int16(s), negate: u.negate}
				c.met(u.alternative, func(words phrase) {
					t := c.termOf(u.alternative, words)
					c.terms[t].raises = c.terms[t].raises || cl.level >= 0
					c.said = append(c.said, said{t, r})
					if err := c.twice(t, s, u); err != nil {
						c.problem(cl.pos, cl.source, "claim", err)
					}
				})
			}
		}
		c.looked++
	}
	c.share()
}

// share gives the slots their terms.
func (c *compiler) share() {
	terms := make([]int32, len(c.said))
	for from := 0; from < len(c.said); {
		r, end := c.said[from].ref, from
		for end < len(c.said) && c.said[end].claim == r.claim && c.said[end].slot == r.slot {
			terms[end] = c.said[end].term
			end++
		}
		slices.Sort(terms[from:end])
		c.claims[r.claim].slots[r.slot].terms = terms[from:end:end]
		from = end
	}
}

func (c *compiler) itemCriterion(i int) *bank.Criterion {
	return &c.item.Criteria[i]
}

// oneWord refuses a claim that one word could meet.
func oneWord(claim string, slots [][]use, level int) *mistake {
	if len(slots) > 1 || level == roleWhen {
		return nil
	}
	for _, u := range slots[0] {
		if u.single() && u.first().word != "#calc" {
			return mistakef(u.at, "one word, %q, would meet this claim; add a slot for what is said of it", u.in(claim))
		}
	}
	return nil
}

// twice refuses a term that stands in two slots of the claim at hand.
func (c *compiler) twice(t int32, slot int, u use) *mistake {
	if c.here != nil {
		return nil // what is looked for depends on the answer; what is a mistake must not
	}
	at := 2*int(t) + b2i(u.negate)
	for len(c.slotOf) <= at {
		c.slotOf = append(c.slotOf, -1)
	}
	here := c.looked<<8 + int32(slot)
	if was := c.slotOf[at]; was >= 0 && was>>8 == c.looked && was != here {
		return mistakef(u.at, "%q stands in two slots, so that one mention could be read as both", u.in(c.claims[c.looked].source))
	}
	c.slotOf[at] = here
	return nil
}

// Prepare makes what every sheet needs, the tables of the lexicon, so that it can be done beside the reading of files.
func Prepare() {
	lexicon.Relations()
	roles()
	fixedWords()
}
