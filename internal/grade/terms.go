package grade

import (
	"slices"

	"interview/internal/lexicon"
)

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

// termOf is term of the words of an alternative, looked up once where they are all that it may be.
func (c *compiler) termOf(a *alternative, words phrase) int32 {
	if a.places != nil {
		return c.term(words)
	}
	if a.term == 0 {
		a.term = c.term(words) + 1
	}
	return a.term - 1
}

// term returns the id of words; those that read the same are one.
func (c *compiler) term(words phrase) int32 {
	id, isNew := c.byStems.number(words)
	if !isNew {
		return id
	}
	cue := false
	for _, k := range words {
		cue = cue || k.cue
	}
	c.terms = append(c.terms, term{cue: cue})
	c.writings(id, words)
	return id
}

// writings adds the ways to write a term.
func (c *compiler) writings(id int32, words phrase) {
	if slices.ContainsFunc(words, func(k *knownWord) bool { return len(k.begins()) > 0 }) {
		for _, v := range c.spelling.variants(&c.writer, words) {
			c.variant(id, c.writer.wordsOf(v))
		}
		return
	}
	c.variant(id, words)
	if k := c.joinedOf(words); k != nil {
		c.variant(id, phrase{k})
	}
}

// variant adds one way to write a term. A word that no claim is spelt with, because two groups of synonyms would have to
// meet in it, is left out.
func (c *compiler) variant(id int32, words phrase) {
	c.elements = c.elements[:0]
	for i, k := range words {
		e := element{}
		switch {
		case k == nil:
			return
		case k.word == "*":
			e.kind = gapElement
		case k.word == "#calc":
			e.kind = sumElement
		case k.special:
			e.kind, e.bound = numberElement, c.bound(k)
		case c.here != nil && !c.here[k.id]:
			return
		default:
			e.word = k.id
		}
		if i == 0 && e.kind == gapElement {
			continue
		}
		c.elements = append(c.elements, e)
	}
	c.Sheet.variants = append(c.Sheet.variants, variant{id, c.lists.keep(c.elements)})
}

// bound returns the number of the bound of a quantity.
func (c *compiler) bound(k *knownWord) int32 {
	if k.bound == 0 {
		b, _ := parseBound(k.word)
		i := slices.Index(c.bounds, b)
		if i < 0 {
			i = len(c.bounds)
			c.bounds = append(c.bounds, b)
		}
		k.bound = int32(i + 1)
	}
	return k.bound - 1
}

// index sorts the variants by how they begin.
func (c *compiler) index() {
	counts := make([]int32, c.Sheet.words.Len()+1)
	n := 0
	for _, v := range c.Sheet.variants {
		if len(v.elements) > 0 && v.elements[0].kind == wordElement {
			counts[v.elements[0].word]++
			n++
		}
	}
	c.byWord = make([]beginnings, len(counts))
	all := make([]wordy, n)
	for w, k := range counts {
		c.byWord[w].list, all = all[:0:k], all[k:]
	}
	for i, v := range c.Sheet.variants {
		if len(v.elements) == 0 {
			continue
		}
		second := int32(0)
		if len(v.elements) > 1 && v.elements[1].kind == wordElement {
			second = v.elements[1].word
		}
		switch e := v.elements[0]; e.kind {
		case wordElement:
			w := wordy{variant: int32(i), second: second, term: v.term}
			if !slices.ContainsFunc(v.elements, func(e element) bool { return e.kind != wordElement }) {
				w.words = int32(len(v.elements))
			}
			for _, e := range v.elements {
				if e.kind == wordElement {
					w.last = e.word
				}
			}
			c.byWord[e.word].add(w)
		case sumElement:
			c.byNumber = append(c.byNumber, numeric{variant: int32(i), bound: -1})
		default:
			c.byNumber = append(c.byNumber, numeric{variant: int32(i), bound: int(e.bound), second: second})
		}
	}
	for m := range c.byMeasure {
		for _, v := range c.byNumber {
			if v.bound >= 0 && c.bounds[v.bound].measures(lexicon.Measure(m)) {
				c.byMeasure[m] = append(c.byMeasure[m], v)
			}
		}
	}
	for i := range c.byWord {
		if list := c.byWord[i].list; len(list) > 1 {
			slices.SortStableFunc(list, func(a, b wordy) int { return int(a.second - b.second) })
		}
	}
	c.full = make([]uint8, len(c.claims))
	for i := range c.claims {
		c.full[i] = 1<<len(c.claims[i].slots) - 1
	}
	c.pack()
}

// pack puts what is asked of the terms where a grade can go through it fast.
func (c *compiler) pack() {
	n := 0
	for i := range c.terms {
		n += len(c.terms[i].refs)
	}
	c.fills, c.uses = make([]slotBit, 0, n), make([]use32, len(c.terms))
	for i := range c.terms {
		t, u := &c.terms[i], &c.uses[i]
		u.topical, u.cue, u.first = t.topic != 0, t.cue, int32(len(c.fills))
		for _, f := range t.refs {
			switch {
			case f.turned:
				u.turned = true
				continue
			case !f.negate:
				c.fills = append(c.fills, f.bit())
			}
			t.owners |= 1 << (c.claims[f.claim].criterion % 64)
		}
		u.end = int32(len(c.fills))
	}
}

// stemTable numbers phrases, from 0; those of the same stems have the same number.
type stemTable struct {
	slots []stemSlot // a power of two of them, at most half in use
	stems []int32    // of all phrases
	ends  []int32    // of each in stems
}

type stemSlot struct {
	hash   uint32
	number int32 // plus one, 0 = free
}

func newStemTable() stemTable {
	return stemTable{slots: touched[stemSlot](1 << 13), stems: make([]int32, 0, 1<<13), ends: make([]int32, 0, 1<<12)}
}

// number returns the number of words, and whether it is new.
func (t *stemTable) number(words phrase) (int32, bool) {
	if 2*len(t.ends) >= len(t.slots) {
		t.grow()
	}
	hash := uint32(2166136261) // FNV-1a by stem
	for _, k := range words {
		hash = (hash ^ uint32(k.stem)) * 16777619
	}
	mask := uint32(len(t.slots) - 1)
	i := uint32(place32(hash)) & mask
	for ; t.slots[i].number != 0; i = (i + 1) & mask {
		if s := t.slots[i]; s.hash == hash && t.reads(s.number-1, words) {
			return s.number - 1, false
		}
	}
	for _, k := range words {
		t.stems = append(t.stems, k.stem)
	}
	t.ends = append(t.ends, int32(len(t.stems)))
	t.slots[i] = stemSlot{hash, int32(len(t.ends))}
	return int32(len(t.ends) - 1), true
}

// reads says that a phrase has the stems of the words.
func (t *stemTable) reads(number int32, words phrase) bool {
	from := int32(0)
	if number > 0 {
		from = t.ends[number-1]
	}
	stems := t.stems[from:t.ends[number]]
	if len(stems) != len(words) {
		return false
	}
	for i, k := range words {
		if stems[i] != k.stem {
			return false
		}
	}
	return true
}

func (t *stemTable) grow() {
	old := t.slots
	t.slots = touched[stemSlot](2 * len(old))
	mask := uint32(len(t.slots) - 1)
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		i := uint32(place32(s.hash)) & mask
		for t.slots[i].number != 0 {
			i = (i + 1) & mask
		}
		t.slots[i] = s
	}
}
