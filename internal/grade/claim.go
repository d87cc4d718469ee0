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
	source    string
	pos       bank.Pos
	slots     []slot
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
	source string
	terms  []int32 // ids of its alternatives, sorted
}

// element is one place of an alternative.
type element struct {
	kind  elementKind
	word  int32 // wordElement: the vocabulary's id
	bound int   // numberElement: index into Sheet.bounds
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
	text   string
	negate bool
	words  []string     // lower-case, "*" and "#…" included; nil if a name stands in it
	places [][]phrase   // what may be said at each place, where a name stands among other words
	term   int32        // its term plus one, 0 = not looked up yet
	known  []*knownWord // of words, once spelt
	cue    bool         // holds a word of negation itself
	spelt  bool         // see spelling.go
	turned bool         // its opposites are spelt
	asked  bool         // it is counted among those of levels
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
func (a *alternative) first() string {
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

// phrase is words in a row.
type phrase []string

// ways are the phrases that an alternative stands for: one, or with names in it each choice of what they stand for.
func (a *alternative) ways() []*alternative {
	if a.places == nil {
		return []*alternative{a}
	}
	return a.multiply(a.places)
}

// multiply makes every choice of one phrase for each place.
func (a *alternative) multiply(places [][]phrase) []*alternative {
	out := []*alternative{{text: a.text, negate: a.negate}}
	for _, p := range places {
		more := make([]*alternative, 0, len(out)*len(p))
		for _, o := range out {
			for _, words := range p {
				more = append(more, &alternative{text: a.text, negate: a.negate, words: slices.Concat(o.words, words)})
			}
		}
		out = more
	}
	return out
}

// ways puts every choice of names in for the alternatives of a slot.
func ways(list []use) []use {
	out := make([]use, 0, len(list))
	for _, u := range list {
		for _, a := range u.ways() {
			out = append(out, use{a, u.col})
		}
	}
	return out
}

// use is an alternative in a claim; all uses of one share it.
type use struct {
	*alternative
	col int // runes from the start of the claim
}

// mistake is an error in a claim, at a column counted in runes from its start.
type mistake struct {
	col int
	msg string
}

func (m *mistake) Error() string { return m.msg }

func mistakef(col int, format string, args ...any) *mistake {
	return &mistake{col, fmt.Sprintf(format, args...)}
}

// claim splits a claim into slots.
func (p *parser) claim(source string) ([][]use, *mistake) {
	if strings.TrimSpace(source) == "" {
		return nil, mistakef(0, "empty claim; write slots joined by ' + ', each alternatives joined by ' | '")
	}
	var slots [][]use
	col := 0
	for i, part := range strings.Split(source, " + ") {
		if i > 0 {
			col += len([]rune(" + "))
		}
		alts, err := p.slot(part, col, 0)
		if err != nil {
			return nil, err
		}
		slots = append(slots, alts)
		col += len([]rune(part))
	}
	return slots, nil
}

// parser reads the claims that share a vocabulary, each name and phrase once.
type parser struct {
	vocab   map[string]string
	names   map[string][]*alternative
	phrases map[string]*alternative
}

func newParser(vocab map[string]string) *parser {
	return &parser{vocab, map[string][]*alternative{}, map[string]*alternative{}}
}

// slot reads alternatives.
func (p *parser) slot(part string, col int, depth int) ([]use, *mistake) {
	if strings.TrimSpace(part) == "" {
		return nil, mistakef(col, "empty slot; remove the stray ' + ' or write its alternatives")
	}
	var alts []use
	for _, raw := range strings.Split(part, "|") {
		text := strings.TrimSpace(raw)
		at := col + len([]rune(raw[:strings.Index(raw, text)]))
		col += len([]rune(raw)) + 1
		if text == "" {
			return nil, mistakef(at, "empty alternative; remove the stray ' | '")
		}
		if name, ok := strings.CutPrefix(text, "$"); ok && !strings.Contains(name, " ") {
			more, err := p.expand(name, at, depth)
			if err != nil {
				return nil, err
			}
			alts = placed(alts, more, at)
			continue
		}
		a, err := p.alternative(text, at, depth)
		if err != nil {
			return nil, err
		}
		alts = append(alts, use{a, at})
	}
	return alts, nil
}

// deepest bounds names that use names.
const deepest = 4

func (p *parser) expand(name string, col int, depth int) ([]*alternative, *mistake) {
	if known, ok := p.names[name]; ok {
		return known, nil
	}
	text, ok := p.vocab[name]
	if !ok {
		return nil, mistakef(col, "unknown name $%s; add it to vocab or to a rubric without criteria", name)
	}
	if depth >= deepest {
		return nil, mistakef(col, "$%s uses names more than %d deep, or itself", name, deepest)
	}
	uses, err := p.slot(text, 0, depth+1)
	if err != nil {
		return nil, mistakef(col, "$%s: %s", name, err.msg)
	}
	alts := make([]*alternative, len(uses))
	for i, u := range uses {
		alts[i] = u.alternative
	}
	p.names[name] = alts
	return alts, nil
}

// placed appends uses of alternatives at a column.
func placed(out []use, alts []*alternative, col int) []use {
	out = slices.Grow(out, len(alts))
	for _, a := range alts {
		out = append(out, use{a, col})
	}
	return out
}

// alternative reads words, "*", quantities and names inside a phrase ("same $code").
func (p *parser) alternative(text string, col int, depth int) (*alternative, *mistake) {
	if known, ok := p.phrases[text]; ok {
		return known, nil
	}
	if lettersOnly(text) {
		out := &alternative{text: text, words: strings.Fields(text)}
		p.phrases[text] = out
		return out, nil
	}
	a := &alternative{text: text}
	rest, negate := strings.CutPrefix(text, "!")
	a.negate = negate
	named := false
	for _, field := range fields(rest) {
		switch {
		case field == "*", field == "#calc", plain(field):
			a.places = append(a.places, []phrase{{field}})
		case field[0] == '#':
			if _, err := parseBound(field); err != nil {
				return nil, mistakef(col, "%s", err)
			}
			a.places = append(a.places, []phrase{{field}})
		case field[0] == '$':
			alts, err := p.expand(field[1:], col, depth)
			if err != nil {
				return nil, err
			}
			var choice []phrase
			for _, alt := range alts {
				for _, w := range alt.ways() {
					choice = append(choice, w.words)
				}
			}
			a.places = append(a.places, choice)
			named = true
		default:
			t := lexicon.Read(strings.ToLower(field), nil)
			var words phrase
			for _, tok := range t.Tokens {
				words = append(words, t.Source[tok.Start:tok.End])
			}
			if len(words) > 0 {
				a.places = append(a.places, []phrase{words})
			}
		}
	}
	if len(a.places) == 0 {
		return nil, mistakef(col, "alternative %q holds no word", rest)
	}
	if !named {
		for _, place := range a.places {
			a.words = append(a.words, place[0]...)
		}
		a.places = nil
	}
	p.phrases[text] = a
	return a, nil
}

// lettersOnly says that a phrase is nothing but lower-case words.
func lettersOnly(s string) bool {
	for i := range len(s) {
		if (s[i] < 'a' || s[i] > 'z') && s[i] != ' ' {
			return false
		}
	}
	return true
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

// holds says that a quantity of an answer is one that was asked for.
func (b *bound) holds(q *lexicon.Quantity) bool {
	v, low := q.Value, q.Low
	switch {
	case b.any:
		v, low = q.Plain, min(q.Low, q.Plain)
		if q.Measure == lexicon.Ratio {
			return false
		}
	case b.period > 0:
		if q.Period != b.period || q.Measure != b.measure && !(b.measure == lexicon.Count && q.Measure == lexicon.Rate) {
			return false
		}
		v, low = q.Plain, q.Plain
	case q.Measure != b.measure:
		return false
	}
	return v >= b.low && low <= b.high
}
