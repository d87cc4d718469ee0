package grade

import (
	"fmt"
	"slices"
	"strings"

	"interview/internal/bank"
	"interview/internal/lexicon"
)

// claim is one statement that a level looks for: slots that must meet, affirmed, in one unit of an answer.
type claim struct {
	criterion int // index into Sheet.criteria
	level     int // index of the level, or one of the roles below
	slots     []slot
	source    string
	pos       bank.Pos
	calc      bool // a slot asks for a written sum
	denies    bool // a slot must stand under a negation ("!trust"), which others may then share
	cue       bool // a slot is itself a negation ("never collide"), so polarity is the claim's own business
}

// Roles of claims that belong to no level.
const (
	roleAgainst = -1
	roleWhen    = -2
)

// slot is one part of a claim: any of its alternatives will do.
type slot struct {
	terms []int32 // ids of its alternatives, sorted
}

// written is a slot as the author wrote it.
func (c *claim) written(slot int) string {
	return strings.TrimSpace(strings.Split(c.source, " + ")[slot])
}

// element is one place of an alternative.
type element struct {
	word  int32 // wordElement: the vocabulary's id
	bound int32 // numberElement: index into Sheet.bounds
	kind  elementKind
}

type elementKind uint8

const (
	wordElement elementKind = iota
	gapElement              // up to four words
	numberElement
	sumElement // a written sum that comes out right
)

// gapWords is how many words a * may stand for; nounWords how many may stand between a number and its noun.
const (
	gapWords  = 4
	nounWords = 2
)

// bound is a quantity asked for: a measure and a range.
type bound struct {
	measure   lexicon.Measure
	low, high float64 // in the measure's unit
	period    float64 // seconds, 0 = any
	any       bool    // a bare number: "#5..10"
}

// alternative is one way to fill a slot, as written.
type alternative struct {
	words  phrase     // "*" and "#…" included; nil if a name stands in it
	places [][]phrase // what may be said at each place, where a name stands among other words
	term   int32      // its term plus one, 0 = not looked up yet
	meets  answer     // the words of the answers can meet it
	negate bool
	cue    bool // holds a word of negation itself
	spelt  bool // see spelling.go
	turned bool // its opposites are spelt
	asked  bool // it is counted among those of levels
}

// count is how many ways there are to say it.
func (a *alternative) count() int {
	n := 1
	for _, place := range a.places {
		n *= len(place)
	}
	return n
}

// first is the first word.
func (a *alternative) first() *knownWord {
	if a.places != nil {
		return a.places[0][0][0]
	}
	return a.words[0]
}

// single says that it may be met by one word.
func (a *alternative) single() bool {
	if a.places != nil {
		return len(a.places) == 1 && slices.ContainsFunc(a.places[0], func(p phrase) bool { return len(p) == 1 })
	}
	return len(a.words) == 1
}

// ways are the phrases that an alternative stands for: one, or with names in it each choice of what they stand for.
func (a *alternative) ways() []phrase {
	if a.places == nil {
		return []phrase{a.words}
	}
	var out []phrase
	multiply(a.places, nil, func(words phrase) { out = append(out, slices.Clone(words)) })
	return out
}

// multiply calls f for every choice of one phrase for each place; the words are good for the time of the call.
func multiply(places [][]phrase, before phrase, f func(phrase)) {
	if len(places) == 0 {
		f(before)
		return
	}
	for _, words := range places[0] {
		multiply(places[1:], append(before, words...), f)
	}
}

// ways puts every choice of names in for the alternatives of a slot.
func ways(list []use) []use {
	out := make([]use, 0, len(list))
	for _, u := range list {
		for _, words := range u.ways() {
			out = append(out, use{&alternative{negate: u.negate, words: words}, u.at})
		}
	}
	return out
}

// use is an alternative in a claim; all uses of one share it.
type use struct {
	*alternative
	at int // bytes from the start of the claim
}

// in is the alternative in words, or as it is written in the claim where a name stands in it.
func (u use) in(claim string) string {
	if u.words != nil {
		return strings.Join(u.words.strings(), " ")
	}
	text, _, _ := strings.Cut(claim[u.at:], "|")
	text, _, _ = strings.Cut(text, " + ")
	return strings.TrimSpace(text)
}

// mistake is an error in a claim, at a place counted in bytes from its start.
type mistake struct {
	at  int
	msg string
}

func (m *mistake) Error() string { return m.msg }

func mistakef(at int, format string, args ...any) *mistake {
	return &mistake{at, fmt.Sprintf(format, args...)}
}

// parser reads the claims that share a vocabulary, each name and phrase once.
type parser struct {
	vocab   map[string]string
	names   map[string][]*alternative
	choices map[string][]phrase // what may be said for a name inside a phrase
	phrases table
	byText  []*alternative // in the order of phrases
	words   *wordTable
	open    []use // of the slots that are being read
	slots   [][]use

	alternatives room[alternative]
	lists        room[*knownWord]
	uses         room[use]
	claims       room[[]use]
}

// newParser takes a table that other parsers fill as well; nil makes one of its own. The size, a power of two, is what the phrases
// get room for.
func newParser(vocab map[string]string, words *wordTable, size int) *parser {
	if words == nil {
		words = newWordTable()
	}
	return &parser{vocab: vocab, names: map[string][]*alternative{}, choices: map[string][]phrase{}, phrases: newTable(size), words: words,
		byText: make([]*alternative, 0, size)}
}

// claim splits a claim into slots.
func (p *parser) claim(source string) ([][]use, *mistake) {
	if strings.TrimSpace(source) == "" {
		return nil, mistakef(0, "empty claim; write slots joined by ' + ', each alternatives joined by ' | '")
	}
	p.slots = p.slots[:0]
	for at, more := 0, true; more; {
		var part, rest string
		part, rest, more = strings.Cut(source[at:], " + ")
		alts, err := p.slot(part, at, 0)
		if err != nil {
			return nil, err
		}
		p.slots = append(p.slots, alts)
		at = len(source) - len(rest)
	}
	return p.claims.keep(p.slots), nil
}

// slot reads alternatives; it stands at a byte of the claim.
func (p *parser) slot(part string, at int, depth int) ([]use, *mistake) {
	if strings.TrimSpace(part) == "" {
		return nil, mistakef(at, "empty slot; remove the stray ' + ' or write its alternatives")
	}
	from := len(p.open)
	defer func() { p.open = p.open[:from] }()
	for more := true; more; {
		var raw string
		raw, part, more = strings.Cut(part, "|")
		text := strings.TrimSpace(raw)
		if text == "" {
			return nil, mistakef(at, "empty alternative; remove the stray ' | '")
		}
		here := at + strings.IndexByte(raw, text[0])
		at += len(raw) + 1
		if text[0] == '$' && strings.IndexByte(text, ' ') < 0 {
			known, err := p.expand(text[1:], here, depth)
			if err != nil {
				return nil, err
			}
			for _, a := range known {
				p.open = append(p.open, use{a, here})
			}
			continue
		}
		a, err := p.alternative(text, here, depth)
		if err != nil {
			return nil, err
		}
		p.open = append(p.open, use{a, here})
	}
	return p.uses.keep(p.open[from:]), nil
}

// deepest bounds names that use names.
const deepest = 4

func (p *parser) expand(name string, at int, depth int) ([]*alternative, *mistake) {
	if known, ok := p.names[name]; ok {
		return known, nil
	}
	text, ok := p.vocab[name]
	if !ok {
		return nil, mistakef(at, "unknown name $%s; add it to vocab or to a rubric without criteria", name)
	}
	if depth >= deepest {
		return nil, mistakef(at, "$%s uses names more than %d deep, or itself", name, deepest)
	}
	uses, err := p.slot(text, 0, depth+1)
	if err != nil {
		return nil, mistakef(at, "$%s: %s", name, err.msg)
	}
	alts := make([]*alternative, len(uses))
	for i, u := range uses {
		alts[i] = u.alternative
	}
	p.names[name] = alts
	return alts, nil
}

// alternative reads words, "*", quantities and names inside a phrase ("same $code").
func (p *parser) alternative(text string, at int, depth int) (*alternative, *mistake) {
	hash := hashOf(text)
	n, slot := p.phrases.find(text, hash)
	if n >= 0 {
		return p.byText[n], nil
	}
	a := p.alternatives.one()
	if a.words = p.letters(text); a.words == nil {
		if err := p.read(a, text, at, depth); err != nil {
			return nil, err
		}
		_, slot = p.phrases.find(text, hash) // a name in it may have brought others
	}
	p.phrases.put(text, hash, slot)
	p.byText = append(p.byText, a)
	return a, nil
}

// letters are the words of a phrase of nothing but lower-case letters, nil of another.
func (p *parser) letters(text string) phrase {
	var room [8]*knownWord
	words, hash, from := room[:0], hashStart, 0
	for i := 0; i <= len(text); i++ {
		switch {
		case i < len(text) && text[i] >= 'a' && text[i] <= 'z':
			hash = hashByte(hash, text[i])
		case i < len(text) && text[i] != ' ':
			return nil
		case i > from:
			words = append(words, p.words.hashed(text[from:i], hash))
			fallthrough
		default:
			hash, from = hashStart, i+1
		}
	}
	return p.lists.keep(words)
}

// read reads an alternative that is more than lower-case words.
func (p *parser) read(a *alternative, text string, at int, depth int) *mistake {
	rest, negate := strings.CutPrefix(text, "!")
	a.negate = negate
	var room [8]*knownWord
	words, named := phrase(room[:0]), false
	for _, field := range fields(rest) {
		before := len(words)
		switch {
		case field == "*", field == "#calc", plain(field):
			words = append(words, p.words.of(field))
		case field[0] == '#':
			if _, err := parseBound(field); err != nil {
				return mistakef(at, "%s", err)
			}
			words = append(words, p.words.of(field))
		case field[0] == '$':
			choice, err := p.choice(field[1:], at, depth)
			if err != nil {
				return err
			}
			a.places = append(a.places, choice)
			named = true
		default:
			words = append(words, p.words.reads(field)...)
		}
		if len(words) > before && strings.IndexByte(rest, '$') >= 0 {
			a.places = append(a.places, []phrase{p.lists.keep(words[before:])})
		}
	}
	if len(words) == 0 && len(a.places) == 0 {
		return mistakef(at, "alternative %q holds no word", rest)
	}
	if !named {
		a.words = p.lists.keep(words)
	}
	return nil
}

// choice is what may be said for a name inside a phrase.
func (p *parser) choice(name string, at int, depth int) ([]phrase, *mistake) {
	if known, ok := p.choices[name]; ok {
		return known, nil
	}
	alts, err := p.expand(name, at, depth)
	if err != nil {
		return nil, err
	}
	choice := make([]phrase, 0, len(alts))
	for _, a := range alts {
		if a.places == nil {
			choice = append(choice, a.words)
		} else {
			choice = append(choice, a.ways()...)
		}
	}
	p.choices[name] = choice
	return choice, nil
}

// plain says that a field is one lower-case word.
func plain(field string) bool {
	for i := range len(field) {
		if field[i] < 'a' || field[i] > 'z' {
			return false
		}
	}
	return true
}

// fields splits a phrase at white space but keeps "#count 1B.. per month" and "#time ..200ms" together.
func fields(text string) []string {
	var out []string
	list := strings.Fields(text)
	for i := 0; i < len(list); i++ {
		f := list[i]
		if f[0] == '#' && f != "#calc" {
			if i+1 < len(list) && strings.Contains(list[i+1], "..") {
				i++
				f += " " + list[i]
			}
			if i+2 < len(list) && list[i+1] == "per" {
				f += " per " + list[i+2]
				i += 2
			}
		}
		out = append(out, f)
	}
	return out
}

var measures = map[string]lexicon.Measure{
	"rate": lexicon.Rate, "bytes": lexicon.Bytes, "time": lexicon.Time, "percent": lexicon.Percent, "count": lexicon.Count,
	"ratio": lexicon.Ratio, "bitrate": lexicon.Bitrate,
}

// parseBound reads "#time ..200ms", "#5..10", "#count 1B.. per month".
func parseBound(field string) (bound, error) {
	b := bound{low: 0, high: 1e300}
	head, rest, _ := strings.Cut(strings.TrimPrefix(field, "#"), " ")
	if m, ok := measures[head]; ok {
		b.measure = m
	} else if strings.Contains(head, "..") {
		b.any, rest = true, strings.TrimSpace(head+" "+rest)
	} else {
		return b, fmt.Errorf("unknown quantity #%s; write one of #rate #bytes #time #percent #count #ratio #bitrate #calc or a range such as #5..10", head)
	}
	if r, per, ok := cutPer(rest); ok {
		q, good := lexicon.Value("1/" + per)
		if !good || q.Period == 0 {
			return b, fmt.Errorf("bad period %q; write per second, minute, hour, day, month or year", per)
		}
		b.period, rest = q.Period, r
	}
	if rest = strings.TrimSpace(rest); rest == "" {
		return b, nil
	}
	low, high, ok := strings.Cut(rest, "..")
	if !ok {
		return b, fmt.Errorf("bad range %q; write low..high, either may be left out", rest)
	}
	var err error
	if low != "" {
		if b.low, err = b.value(low); err != nil {
			return b, err
		}
	}
	if high != "" {
		if b.high, err = b.value(high); err != nil {
			return b, err
		}
	}
	if b.low > b.high {
		return b, fmt.Errorf("bad range %q: %s is more than %s", rest, low, high)
	}
	return b, nil
}

func cutPer(s string) (rest, per string, ok bool) {
	if after, found := strings.CutPrefix(s, "per "); found {
		return "", after, true
	}
	return strings.Cut(s, " per ")
}

func (b bound) value(s string) (float64, error) {
	q, ok := lexicon.Value(s)
	if !ok {
		return 0, fmt.Errorf("bad number %q; write one such as 200ms, 1B, 99.9 or 100GB", s)
	}
	if q.Measure != lexicon.Count && q.Measure != b.measure || b.any && q.Measure != lexicon.Count {
		if b.measure == lexicon.Bytes || q.Measure != lexicon.Count {
			return 0, fmt.Errorf("%q measures something else than the quantity asked for", s)
		}
	}
	return q.Value, nil
}

// measures says that a quantity of a measure may be one that was asked for.
func (b *bound) measures(m lexicon.Measure) bool {
	switch {
	case b.any:
		return m != lexicon.Ratio
	case b.period > 0 && b.measure == lexicon.Count && m == lexicon.Rate:
		return true
	}
	return m == b.measure
}

// holds says that a quantity of an answer is one that was asked for.
func (b *bound) holds(q *lexicon.Quantity) bool {
	if !b.measures(q.Measure) {
		return false
	}
	v, low := q.Value, q.Low
	switch {
	case b.any:
		v, low = q.Plain, min(q.Low, q.Plain)
	case b.period > 0:
		if q.Period != b.period {
			return false
		}
		v, low = q.Plain, q.Plain
	}
	return v >= b.low && low <= b.high
}
