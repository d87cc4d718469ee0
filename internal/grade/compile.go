package grade

import (
	"slices"
	"sort"
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
	byWord   [][]int32 // variants that begin with a word, by its id
	byNumber []numeric // variants that begin with a quantity or a sum
	bounds   []bound
	topics   int             // concepts of the prompt
	given    map[uint64]bool // runs of words that were given: see echo.go
	own      []bool          // by word id: the rubric's own, and not only the opposite of one
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
	refs    []ref  // the slots that it fills
	topic   uint64 // concepts of the topic that it names
	words   []int32
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

// numeric is a variant that begins with a quantity.
type numeric struct {
	variant int32
	bound   int // of its first element, -1 of a sum
}

// compiler holds what is needed while a sheet is made.
type compiler struct {
	*Sheet
	byKey    map[string]int32
	parsers  map[string]*parser // by rubric
	problems []bank.Problem
}

// Compile turns the criteria of an item into a sheet. Problems name file, line and column of each mistake in a claim; the
// sheet then leaves those claims out.
func Compile(it *bank.Item) (*Sheet, []bank.Problem) {
	c := &compiler{Sheet: &Sheet{item: it, words: lexicon.NewVocabulary()}, byKey: map[string]int32{}, parsers: map[string]*parser{}}
	c.topic()
	for i := range it.Criteria {
		c.criterion(&it.Criteria[i])
	}
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
			id := c.term(a)
			c.terms[id].topic |= 1 << i
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
	for _, list := range alts {
		for i := range list {
			list[i].fold()
		}
	}
	if err := soundSlots(alts, level); err != nil {
		c.problem(pos, err.col, "claim: "+err.msg)
	}
	if len(alts) > 8 {
		c.problem(pos, 0, "claim: more than eight slots; split it")
		return -1
	}
	id := len(c.claims)
	cl := claim{criterion: criterion, level: level, source: source}
	for s, list := range alts {
		sl := slot{source: strings.TrimSpace(strings.Split(source, " + ")[s])}
		for _, a := range list {
			t := c.term(a)
			sl.terms = append(sl.terms, t)
			c.terms[t].refs = append(c.terms[t].refs, ref{claim: int32(id), slot: int16(s), negate: a.negate})
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
func soundSlots(slots [][]alternative, level int) *mistake {
	if len(slots) == 1 {
		for _, a := range slots[0] {
			if len(a.words) == 1 && a.words[0] != "#calc" && level != roleWhen {
				return mistakef(a.col, "one word, %q, would meet this claim; add a slot for what is said of it", a.text)
			}
		}
		return nil
	}
	seen := map[string]int{}
	for i, s := range slots {
		for _, a := range s {
			key := a.key
			if a.negate {
				key = "!" + key
			}
			if other, ok := seen[key]; ok && other != i {
				return mistakef(a.col, "%q stands in two slots, so that one mention could be read as both", a.text)
			}
			seen[key] = i
		}
	}
	return nil
}

// fold fills phrase and key.
func (a *alternative) fold() {
	if a.key == "" {
		a.phrase = lexicon.NewPhrase(a.words)
		a.key = strings.Join(a.phrase.Folded, " ")
	}
}

func folded(words []string) string { return strings.Join(lexicon.NewPhrase(words).Folded, " ") }

// term returns the id of an alternative; those that read the same are one.
func (c *compiler) term(a alternative) int32 {
	a.fold()
	key, phrase := a.key, a.phrase
	if id, ok := c.byKey[key]; ok {
		return id
	}
	id := int32(len(c.terms))
	c.byKey[key] = id
	t := term{key: key, written: phrase}
	for _, w := range a.words {
		t.cue = t.cue || isCue(w)
	}
	c.terms = append(c.terms, t)
	for _, v := range lexicon.Variants(phrase) {
		c.variant(id, v.Words)
	}
	return id
}

func (c *compiler) variant(id int32, words []string) {
	v := variant{term: id}
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
			e.word = c.words.Add(w)
			if (len(words) == 1 || !lexicon.Function(w)) && !slices.Contains(c.terms[id].words, e.word) {
				c.terms[id].words = append(c.terms[id].words, e.word)
			}
		}
		if i == 0 && e.kind == gapElement {
			continue
		}
		v.elements = append(v.elements, e)
	}
	c.variants = append(c.variants, v)
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
	c.byWord = make([][]int32, c.words.Len()+1)
	for i, v := range c.variants {
		if len(v.elements) == 0 {
			continue
		}
		if e := v.elements[0]; e.kind == wordElement {
			c.byWord[e.word] = append(c.byWord[e.word], int32(i))
		} else if e.kind == sumElement {
			c.byNumber = append(c.byNumber, numeric{int32(i), -1})
		} else {
			c.byNumber = append(c.byNumber, numeric{int32(i), e.bound})
		}
	}
	for i := range c.claims {
		for s := range c.claims[i].slots {
			sort.Slice(c.claims[i].slots[s].terms, func(a, b int) bool {
				return c.claims[i].slots[s].terms[a] < c.claims[i].slots[s].terms[b]
			})
		}
	}
}

// ownWords marks the words that claims and topic ask for.
func (c *compiler) ownWords() {
	c.own = make([]bool, c.words.Len()+1)
	for _, t := range c.terms {
		if !t.asked() {
			continue
		}
		for _, w := range t.words {
			c.own[w] = true
		}
	}
}
