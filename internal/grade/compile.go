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
	byWord   [][]wordy // variants that begin with a word, by its id; sorted by their second word
	byNumber []numeric // variants that begin with a quantity or a sum
	bounds   []bound
	topics   int             // concepts of the prompt
	given    map[uint64]bool // runs of words that were given: see echo.go
	own      []bool          // by word id: the rubric's own, and not only the opposite of one
	owned    int             // how many they are
	hasEdge  bool
	calc     bool      // some level asks for a sum
	off      mechanism // nothing, but in tests
}

// criterion is a bank.Criterion with its claims found.
type criterion struct {
	*bank.Criterion
	rungs  []int    // ladder index of each level
	claims [][]int  // by level: indices into Sheet.claims
	paths  [][]path // by level
	when   int      // index of its `when` claim, -1 if none
}

// term is an alternative that occurs somewhere in the sheet.
type term struct {
	key     string
	refs    []ref          // the slots that it fills
	topic   uint64         // concepts of the topic that it names
	written lexicon.Phrase // as in the claim
	cue     bool           // holds a word of negation itself
}

// ref is a slot of a claim; a negated one must stand under a negation.
type ref struct {
	claim  int32
	slot   int16
	negate bool
	turned bool // the term is the opposite of one that fills the slot: see opposite.go
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
	byKey    map[string]int32
	parsers  map[string]*parser // by rubric
	known    map[string]*knownWord
	said     []said
	slotOf   []int32   // by term, affirmed and negated: the claim and slot that had it last, see soundSlots
	looked   int32     // claims that soundSlots looked at
	elements []element // where those of the next variants go
	problems []bank.Problem
}

// knownWord is a word of the rubric.
type knownWord struct {
	folded  string
	id      int32 // in the vocabulary, 0 = not added
	grammar bool
	cue     bool // is itself a negation
}

// said is a slot that a term fills.
type said struct {
	term int32
	ref  ref
}

// Compile turns the criteria of an item into a sheet. Problems name file, line and column of each mistake in a claim; the
// sheet then leaves those claims out.
func Compile(it *bank.Item) (*Sheet, []bank.Problem) {
	c := &compiler{Sheet: &Sheet{item: it, words: lexicon.NewVocabulary()}, byKey: make(map[string]int32, 4096), parsers: map[string]*parser{}, known: make(map[string]*knownWord, 2048)}
	c.terms, c.variants = make([]term, 0, 8192), make([]variant, 0, 16384)
	c.topic()
	for i := range it.Criteria {
		c.criterion(&it.Criteria[i])
	}
	c.refs()
	for i := range c.criteria {
		c.opposites(slices.Concat(c.criteria[i].claims...))
	}
	c.index()
	c.askWords()
	c.ownWords()
	return c.Sheet, c.problems
}

func (c *compiler) problem(pos bank.Pos, col int, msg string) {
	pos.Col += col
	c.problems = append(c.problems, bank.Problem{Pos: pos, Msg: msg})
}

// topic makes terms of the prompt's concepts.
func (c *compiler) topic() {
	for i, concept := range c.item.Prompt.Topic {
		if i >= 64 {
			break
		}
		alts, err := newParser(c.item.Vocab).slot(concept, 0, 0)
		if err != nil {
			c.problem(c.item.At("topic", i), err.col, "topic: "+err.msg)
			continue
		}
		for _, a := range alts {
			c.terms[c.term(a.alternative)].topic |= 1 << i
		}
		c.topics++
	}
}

func (c *compiler) criterion(bc *bank.Criterion) {
	n := len(c.criteria)
	cr := criterion{Criterion: bc, when: -1}
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

// claim compiles one claim and returns its index, -1 if it cannot be used.
func (c *compiler) claim(criterion, level int, source string, pos bank.Pos) int {
	alts, err := c.parser(c.itemCriterion(criterion)).claim(source)
	if err != nil {
		c.problem(pos, err.col, "claim: "+err.msg)
		return -1
	}
	if err := c.soundSlots(alts, level); err != nil {
		c.problem(pos, err.col, "claim: "+err.msg)
	}
	if len(alts) > 8 {
		c.problem(pos, 0, "claim: more than eight slots; split it")
		return -1
	}
	id := len(c.claims)
	cl := claim{criterion: criterion, level: level, source: source, slots: make([]slot, 0, len(alts))}
	sources := strings.Split(source, " + ")
	for s, list := range alts {
		sl := slot{source: strings.TrimSpace(sources[s]), terms: make([]int32, 0, len(list))}
		for _, a := range list {
			t := c.term(a.alternative)
			sl.terms = append(sl.terms, t)
			c.said = append(c.said, said{t, ref{claim: int32(id), slot: int16(s), negate: a.negate}})
			cl.cue = cl.cue || c.terms[t].cue
			cl.denies = cl.denies || a.negate
			cl.calc = cl.calc || a.words[0] == "#calc"
		}
		cl.slots = append(cl.slots, sl)
	}
	c.claims = append(c.claims, cl)
	return id
}

func (c *compiler) itemCriterion(i int) *bank.Criterion {
	return &c.item.Criteria[i]
}

// soundSlots refuses a claim that one word could meet.
func (c *compiler) soundSlots(slots [][]use, level int) *mistake {
	if len(slots) == 1 {
		for _, a := range slots[0] {
			if len(a.words) == 1 && a.words[0] != "#calc" && level != roleWhen {
				return mistakef(a.col, "one word, %q, would meet this claim; add a slot for what is said of it", a.text)
			}
		}
		return nil
	}
	c.looked++
	for i, s := range slots {
		for _, a := range s {
			at := 2*int(c.term(a.alternative)) + b2i(a.negate)
			for len(c.slotOf) <= at {
				c.slotOf = append(c.slotOf, 0)
			}
			here := c.looked<<8 + int32(i)
			if was := c.slotOf[at]; was>>8 == c.looked && was != here {
				return mistakef(a.col, "%q stands in two slots, so that one mention could be read as both", a.text)
			}
			c.slotOf[at] = here
		}
	}
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

// word looks a word of the rubric up.
func (c *compiler) word(w string) *knownWord {
	k := c.known[w]
	if k == nil {
		k = &knownWord{folded: lexicon.NewPhrase([]string{w}).Folded[0], grammar: lexicon.Function(w), cue: isCue(w)}
		c.known[w] = k
	}
	return k
}

// phrase folds the words of an alternative.
func (c *compiler) phrase(words []string) lexicon.Phrase {
	p := lexicon.Phrase{Words: words, Folded: make([]string, len(words))}
	for i, w := range words {
		p.Folded[i] = c.word(w).folded
	}
	return p
}

func folded(words []string) string { return strings.Join(lexicon.NewPhrase(words).Folded, " ") }

// term returns the id of an alternative; those that read the same are one.
func (c *compiler) term(a *alternative) int32 {
	if a.term > 0 {
		return a.term - 1
	}
	phrase := c.phrase(a.words)
	key := strings.Join(phrase.Folded, " ")
	id, ok := c.byKey[key]
	if a.term = id + 1; ok {
		return id
	}
	id = int32(len(c.terms))
	c.byKey[key], a.term = id, id+1
	t := term{key: key, written: phrase}
	for _, w := range a.words {
		t.cue = t.cue || c.word(w).cue
	}
	c.terms = append(c.terms, t)
	for _, v := range lexicon.Variants(phrase) {
		c.variant(id, v.Words)
	}
	return id
}

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
			k := c.word(w)
			if k.id == 0 {
				k.id = c.words.Add(w)
			}
			e.word = k.id
			e.counts = len(words) == 1 || !k.grammar
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
	c.byWord = make([][]wordy, c.words.Len()+1)
	for i, v := range c.variants {
		if len(v.elements) == 0 {
			continue
		}
		if e := v.elements[0]; e.kind == wordElement {
			w := wordy{variant: int32(i)}
			if len(v.elements) > 1 && v.elements[1].kind == wordElement {
				w.second = v.elements[1].word
			}
			c.byWord[e.word] = append(c.byWord[e.word], w)
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
	for _, list := range c.byWord {
		slices.SortStableFunc(list, func(a, b wordy) int { return int(a.second - b.second) })
	}
	for i := range c.claims {
		for s := range c.claims[i].slots {
			slices.Sort(c.claims[i].slots[s].terms)
		}
	}
}

// ownWords marks the words that claims and topic ask for.
func (c *compiler) ownWords() {
	c.own = make([]bool, c.words.Len()+1)
	for _, v := range c.variants {
		if !c.terms[v.term].asked() {
			continue
		}
		for _, e := range v.elements {
			if e.counts && !c.own[e.word] {
				c.own[e.word] = true
				c.owned++
			}
		}
	}
}
