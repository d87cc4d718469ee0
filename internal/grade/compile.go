package grade

import (
	"slices"
	"strings"

	"interview/internal/bank"
	"interview/internal/lexicon"
)

// Sheet is a compiled rubric: safe for use by many goroutines.
type Sheet struct {
	item     *bank.Item
	criteria []criterion
	claims   []claim
	words    *lexicon.Vocabulary
	terms    []term
	variants []variant
	byWord   []beginnings // variants that begin with a word, by its id
	byNumber []numeric    // variants that begin with a quantity or a sum
	full     []uint8      // by claim: the bits of all its slots
	bounds   []bound
	topics   int    // concepts of the prompt
	given    *runs  // of words that were given: see echo.go
	own      []bool // by word id: the rubric's own, and not only the opposite of one
	asked    int    // alternatives of levels
	slots    int    // of their claims
	hasEdge  bool
	calc     bool      // some level asks for a sum
	numeric  bool      // some alternative begins with a quantity or a sum
	off      mechanism // nothing, but in tests
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
	refs    []ref     // the slots that it fills
	plain   []slotBit // those that it fills where it is affirmed, and no denied or turned ones
	turned  bool      // it is the opposite of what fills some slot
	cue     bool      // holds a word of negation itself
	raises  bool      // some level asks for it
	topic   uint64    // concepts of the topic that it names
	owners  uint64    // criteria that it fills a slot of, each by its index modulo 64
	key     string
	written lexicon.Phrase // as in the claim
}

// ref is a slot of a claim; a negated one must stand under a negation.
type ref struct {
	claim  int32
	slot   int16
	negate bool
	turned bool // the term is the opposite of one that fills the slot: see opposite.go
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

// variant is one way to write a term.
type variant struct {
	term     int32
	elements []element
}

// wordy is a variant that begins with a word.
type wordy struct {
	variant int32
	second  int32 // the word that must follow, 0 = any
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
	byKey        map[string]int32
	parsers      map[string]*parser // by rubric
	alternatives [][][]use          // of the slots of each claim
	concepts     [][]use            // of the topic
	said         []said
	slotOf       []int32   // by term, affirmed and negated: the claim and slot that had it last, see soundSlots
	looked       int32     // claims that soundSlots looked at
	elements     []element // where those of the next variants go
	problems     []bank.Problem
}

// said is a slot that a term fills.
type said struct {
	term int32
	ref  ref
}

// Compile turns the criteria of an item into a sheet. Problems name file, line and column of each mistake in a claim; the
// sheet then leaves those claims out.
func Compile(it *bank.Item) (*Sheet, []bank.Problem) { return compile(it, nil) }

// CompileFor is Compile of what the words of the answers can meet: the sheet gives these answers the same grade, byte for
// byte, and is made in a fraction of the time. Other answers need another sheet. Of the mistakes in claims it does not look for
// an alternative that stands in two slots.
func CompileFor(it *bank.Item, answers []Answer) (*Sheet, []bank.Problem) {
	return compile(it, &answers)
}

func compile(it *bank.Item, answers *[]Answer) (*Sheet, []bank.Problem) {
	words := lexicon.NewVocabulary()
	c := &compiler{Sheet: &Sheet{item: it, words: words}, spelling: newSpelling(words), byKey: map[string]int32{}, parsers: map[string]*parser{}}
	c.parse()
	if c.own = c.ours; answers != nil {
		c.look(*answers)
	}
	c.topic()
	c.fill()
	c.refs()
	for i := range c.criteria {
		c.opposites(slices.Concat(c.criteria[i].claims...))
	}
	c.index()
	c.askWords()
	c.describe()
	return c.Sheet, c.problems
}

// describe finds the words of each level's descriptor, for the choice of a quote.
func (c *compiler) describe() {
	for i := range c.criteria {
		cr := &c.criteria[i]
		for _, l := range cr.Levels {
			var ids []int32
			for _, t := range lexicon.Read(l.Descriptor, c.words).Tokens {
				if t.ID > 0 && t.Function == 0 && !t.Fixed && !slices.Contains(ids, t.ID) {
					ids = append(ids, t.ID)
				}
			}
			cr.described = append(cr.described, ids)
		}
	}
}

// parse reads topic and claims and collects their words.
func (c *compiler) parse() {
	for i, concept := range c.item.Prompt.Topic {
		if i >= 64 {
			break
		}
		alts, err := newParser(c.item.Vocab).slot(concept, 0, 0)
		if err != nil {
			c.problem(c.item.At("topic", i), err.col, "topic: "+err.msg)
			alts = nil
		} else {
			c.topics++
		}
		c.concepts = append(c.concepts, alts)
		c.spell(alts, false)
	}
	for i := range c.item.Criteria {
		c.criterion(&c.item.Criteria[i])
	}
	c.seal()
}

func (c *compiler) problem(pos bank.Pos, col int, msg string) {
	pos.Col += col
	c.problems = append(c.problems, bank.Problem{Pos: pos, Msg: msg})
}

// topic makes terms of the prompt's concepts.
func (c *compiler) topic() {
	for i, alts := range c.concepts {
		for _, u := range alts {
			for _, a := range c.met(u.alternative) {
				c.terms[c.term(a)].topic |= 1 << i
			}
		}
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
			p, err := parsePath(source, c.parser(bc))
			if err != nil {
				c.problem(bc.At("levels", l, "edge", e), err.col, "edge: "+err.msg)
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
	p, ok := c.parsers[bc.Rubric()]
	if !ok {
		vocab := bc.Vocab()
		if vocab == nil {
			vocab = c.item.Vocab
		}
		p = newParser(vocab)
		c.parsers[bc.Rubric()] = p
	}
	return p
}

// claim reads one claim and returns its index, -1 if it cannot be used.
func (c *compiler) claim(criterion, level int, source string, pos bank.Pos) int {
	slots, err := c.parser(c.itemCriterion(criterion)).claim(source)
	if err == nil {
		err = oneWord(slots, level)
	}
	if err != nil {
		c.problem(pos, err.col, "claim: "+err.msg)
		return -1
	}
	if len(slots) > 8 {
		c.problem(pos, 0, "claim: more than eight slots; split it")
		return -1
	}
	cl := claim{criterion: criterion, level: level, pos: pos, source: source, slots: make([]slot, 0, len(slots))}
	for i, text := range strings.Split(source, " + ") {
		cl.slots = append(cl.slots, slot{source: strings.TrimSpace(text)})
		c.spell(slots[i], level >= 0 && len(slots) > 1)
		for _, u := range slots[i] {
			if level >= 0 && !u.asked {
				u.asked = true
				c.asked += u.count()
			}
			cl.cue = cl.cue || u.cue
			cl.denies = cl.denies || u.negate
			cl.calc = cl.calc || u.first() == "#calc"
			c.numeric = c.numeric || u.first()[0] == '#'
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
	for id := range c.claims {
		cl := &c.claims[id]
		for s, list := range c.alternatives[id] {
			for _, u := range list {
				for _, a := range c.met(u.alternative) {
					t := c.term(a)
					cl.slots[s].terms = append(cl.slots[s].terms, t)
					c.terms[t].raises = c.terms[t].raises || cl.level >= 0
					c.said = append(c.said, said{t, ref{claim: int32(id), slot: int16(s), negate: u.negate}})
					if err := c.twice(t, s, u); err != nil {
						c.problem(cl.pos, err.col, "claim: "+err.msg)
					}
				}
			}
		}
		c.looked++
	}
}

func (c *compiler) itemCriterion(i int) *bank.Criterion {
	return &c.item.Criteria[i]
}

// oneWord refuses a claim that one word could meet.
func oneWord(slots [][]use, level int) *mistake {
	if len(slots) > 1 || level == roleWhen {
		return nil
	}
	for _, u := range slots[0] {
		if u.single() && u.first() != "#calc" {
			return mistakef(u.col, "one word, %q, would meet this claim; add a slot for what is said of it", u.text)
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
		return mistakef(u.col, "%q stands in two slots, so that one mention could be read as both", u.text)
	}
	c.slotOf[at] = here
	return nil
}

// refs gives each term the slots that it fills.
func (c *compiler) refs() {
	counts := make([]int, len(c.terms))
	for _, s := range c.said {
		counts[s.term]++
	}
	all := make([]ref, len(c.said))
	for t, n := range counts {
		c.terms[t].refs, all = all[:0:n], all[n:]
	}
	for _, s := range c.said {
		c.terms[s.term].refs = append(c.terms[s.term].refs, s.ref)
	}
}

func folded(words []string) string { return strings.Join(lexicon.NewPhrase(words).Folded, " ") }

// term returns the id of an alternative without names; those that read the same are one.
func (c *compiler) term(a *alternative) int32 {
	if a.term > 0 {
		return a.term - 1
	}
	written := lexicon.Phrase{Words: a.words, Folded: make([]string, len(a.words))}
	cue := false
	for i, k := range c.knownOf(a) {
		written.Folded[i], cue = k.folded, cue || k.cue
	}
	key := strings.Join(written.Folded, " ")
	id, ok := c.byKey[key]
	if !ok {
		id = int32(len(c.terms))
		c.byKey[key] = id
		c.terms = append(c.terms, term{key: key, written: written, cue: cue})
		c.writings(id, a, written)
	}
	a.term = id + 1
	return id
}

// writings adds the ways to write a term.
func (c *compiler) writings(id int32, a *alternative, written lexicon.Phrase) {
	if slices.ContainsFunc(a.known, func(k *knownWord) bool { return len(k.groups) > 0 }) {
		for _, v := range lexicon.Variants(written) {
			c.variant(id, v.Words)
		}
		return
	}
	c.variant(id, a.words)
	if len(a.words) == 2 {
		if w, ok := lexicon.Joined(a.words[0], a.words[1]); ok {
			c.variant(id, []string{w})
		}
	}
}

// variant adds one way to write a term. A word that no claim is spelt with, because two groups of synonyms would have to
// meet in it, is left out.
func (c *compiler) variant(id int32, words []string) {
	if len(c.elements)+len(words) > cap(c.elements) {
		c.elements = make([]element, 0, 1024+len(words))
	}
	from := len(c.elements)
	for i, w := range words {
		e := element{}
		switch {
		case w == "*":
			e.kind = gapElement
		case w == "#calc":
			e.kind = sumElement
		case w[0] == '#':
			b, _ := parseBound(w)
			e.kind, e.bound = numberElement, c.bound(b)
		default:
			k := c.spelt[w]
			if k == nil || c.here != nil && !c.here[k.id] {
				c.elements = c.elements[:from]
				return
			}
			e.word = k.id
		}
		if i == 0 && e.kind == gapElement {
			continue
		}
		c.elements = append(c.elements, e)
	}
	c.variants = append(c.variants, variant{id, c.elements[from:len(c.elements):len(c.elements)]})
}

// bound returns the number of a bound.
func (c *compiler) bound(b bound) int {
	if i := slices.Index(c.bounds, b); i >= 0 {
		return i
	}
	c.bounds = append(c.bounds, b)
	return len(c.bounds) - 1
}

// index sorts the variants by how they begin.
func (c *compiler) index() {
	c.byWord = make([]beginnings, c.words.Len()+1)
	for i, v := range c.variants {
		if len(v.elements) == 0 {
			continue
		}
		if e := v.elements[0]; e.kind == wordElement {
			w := wordy{variant: int32(i)}
			if len(v.elements) > 1 && v.elements[1].kind == wordElement {
				w.second = v.elements[1].word
			}
			b := &c.byWord[e.word]
			b.list = append(b.list, w)
			if w.second > 0 {
				b.seconds |= 1 << (w.second % 64)
			} else {
				b.free++
			}
		} else if e.kind == sumElement {
			c.byNumber = append(c.byNumber, numeric{variant: int32(i), bound: -1})
		} else {
			n := numeric{variant: int32(i), bound: e.bound}
			if len(v.elements) > 1 && v.elements[1].kind == wordElement {
				n.second = v.elements[1].word
			}
			c.byNumber = append(c.byNumber, n)
		}
	}
	for i := range c.byWord {
		slices.SortStableFunc(c.byWord[i].list, func(a, b wordy) int { return int(a.second - b.second) })
	}
	for i := range c.claims {
		for s := range c.claims[i].slots {
			slices.Sort(c.claims[i].slots[s].terms)
		}
		c.full = append(c.full, 1<<len(c.claims[i].slots)-1)
	}
	c.pack()
}

// pack puts the slots that each term fills where a grade can go through them fast.
func (c *compiler) pack() {
	n := 0
	for i := range c.terms {
		n += len(c.terms[i].refs)
	}
	all := make([]slotBit, 0, n)
	for i := range c.terms {
		t, from := &c.terms[i], len(all)
		for _, f := range t.refs {
			switch {
			case f.turned:
				t.turned = true
				continue
			case !f.negate:
				all = append(all, f.bit())
			}
			t.owners |= 1 << (c.claims[f.claim].criterion % 64)
		}
		t.plain = all[from:len(all):len(all)]
	}
}
