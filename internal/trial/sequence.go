package trial

import (
	"slices"
	"strings"
)

// An order of computation is read as loops, whether it is written as such or in words: "for i in 1..n", "i from n down to 1",
// "i ascending, then j".

// axis is one loop: a name and what it runs over, or only a direction, or a value that a name has inside the loops before it.
type axis struct {
	name        string
	over        []node // NAME in RANGE; nil where only a direction is said
	set         []node // NAME = VALUE
	from        []node // a range without an end
	down        bool
	free        bool      // in any order
	pair        [2]string // two names by whose sum it goes
	minus       bool      // by their difference
	rank        int       // -1 for a loop that is said to be the outer one, 1 for the inner one
	first, last *node
}

// sequence reads the loops of an order.
type sequence struct {
	scanner
	axes []axis
}

var (
	rising  = []string{"increasing", "ascending", "growing", "up", "upward", "upwards", "forward", "forwards", "asc"}
	falling = []string{"decreasing", "descending", "shrinking", "down", "downward", "downwards", "backward", "backwards", "desc"}
	fillers = []string{"outer", "inner", "runs", "goes", "going", "running", "ranges", "ranging", "counts", "counting", "moves", "loops", "iterates", "starting", "starts", "is", "then",
		"also", "again", "outermost", "innermost", "outside", "inside", "loop", "index", "values", "strictly"}
)

// axesIn reads the loops of a text, outermost first; each name counts once.
func axesIn(nodes []node) []axis {
	for i := range nodes {
		if nodes[i].kind == opaque && nodes[i].text == "→" || nodes[i].is("->") {
			nodes[i].kind, nodes[i].text = word, "to"
		}
	}
	s := &sequence{scanner: scanner{nodes: nodes}}
	for !s.end() {
		begin := s.at
		sp, ok := s.axis()
		if !ok {
			s.at = begin + 1
			continue
		}
		rank := s.nested(begin)
		for k := range sp {
			sp[k].first, sp[k].last, sp[k].rank = &nodes[begin], &nodes[max(begin, s.at-1)], rank
			s.add(sp[k])
		}
	}
	if len(s.axes) == 0 {
		s.wholly()
	}
	slices.SortStableFunc(s.axes, func(x, y axis) int { return x.rank - y.rank })
	return s.axes
}

// add keeps the first loop over a name, but a range goes before a mere direction.
func (s *sequence) add(sp axis) {
	for i := range s.axes {
		if s.axes[i].pair == sp.pair && sp.pair != [2]string{} {
			return
		}
		if s.axes[i].name == sp.name && sp.name != "" {
			if s.axes[i].over == nil && s.axes[i].from == nil && (sp.over != nil || sp.from != nil) {
				sp.first = s.axes[i].first
				s.axes[i] = sp
			}
			return
		}
	}
	s.axes = append(s.axes, sp)
}

func (s *sequence) axis() ([]axis, bool) {
	n := s.here()
	switch {
	case n.group || n.kind != word:
		return nil, false
	case n.is("for"):
		s.at++
		if s.end() {
			return nil, false
		}
		if c, ok := cLoop(s.nodes[s.at : s.at+1]); ok {
			s.at++
			return []axis{{name: c[0].text, over: c}}, true
		}
		for !s.end() && s.here().is("each", "every", "all", "any", "the", "fixed") {
			s.at++
		}
		if sp, ok := s.bounds(); ok {
			return []axis{sp}, true
		}
		return s.named()
	case n.is("from"):
		return s.unnamed()
	case n.is(rising...) || n.is(falling...):
		return s.directed(n.is(falling...))
	case n.is("smaller", "smallest", "lower", "larger", "largest", "bigger", "biggest", "higher"):
		if s.at+2 < len(s.nodes) && s.nodes[s.at+1].kind == word && s.nodes[s.at+2].is("first", "before") {
			name := s.nodes[s.at+1].text
			down := n.is("larger", "largest", "bigger", "biggest", "higher")
			s.at += 3
			return []axis{{name: name, down: down}}, true
		}
		return nil, false
	case n.is("any"):
		return s.anyOrder()
	}
	return s.named()
}

// bounds reads "0 <= i < n" and "i < n" behind for.
func (s *sequence) bounds() (axis, bool) {
	end := s.at
	for end < len(s.nodes) && !s.stops(end) && !s.nodes[end].is(",", ":", "then", "and", "for", "in", "=", "from", "do") {
		end++
	}
	if index(s.nodes[s.at:end], 0, "<", "<=") < 0 {
		return axis{}, false
	}
	over := bounded(append([]node{}, s.nodes[s.at:end]...))
	if len(over) < 2 || !over[1].is("in") || prose(s.nodes[s.at:end]) {
		return axis{}, false
	}
	s.at = end
	return axis{name: over[0].text, over: over}, true
}

// directed reads "increasing i and j" and "in descending order of i".
func (s *sequence) directed(down bool) ([]axis, bool) {
	s.at++
	for !s.end() && s.here().is("order", "of", "values", "in", "the", "index", "position", "amount", "amounts", "length", "value") && s.at+1 < len(s.nodes) &&
		(s.nodes[s.at+1].kind == word && !s.nodes[s.at+1].group && !glue[s.nodes[s.at+1].text] || s.nodes[s.at+1].is("of", "in")) {
		s.at++
	}
	if s.end() || !s.isName(s.at) {
		return nil, false
	}
	if x, ok := s.sum(); ok {
		x.down = down
		return []axis{x}, true
	}
	list := []axis{{name: s.here().text, down: down}}
	s.at++
	for s.at+1 < len(s.nodes) && s.here().is(",", "and", "then") {
		k := s.at + 1
		for k < len(s.nodes) && s.nodes[k].is("then", "and") {
			k++
		}
		if !s.isName(k) || k+1 < len(s.nodes) && (s.nodes[k+1].is("=", "in", "from") || s.nodes[k+1].is(rising...) || s.nodes[k+1].is(falling...)) {
			break
		}
		list = append(list, axis{name: s.nodes[k].text, down: down})
		s.at = k + 1
	}
	return list, true
}

// isName says that a short word stands here that may be an index.
func (s *sequence) isName(i int) bool {
	if i >= len(s.nodes) {
		return false
	}
	n := &s.nodes[i]
	return !n.group && n.kind == word && (len(n.text) <= 2 || indexNames[n.text]) && !keywords[n.text] && !glue[n.text] && !english[strings.ToLower(n.text)]
}

// english are short words that are no names.
var english = map[string]bool{"we": true, "so": true, "it": true, "no": true, "at": true, "on": true, "as": true, "be": true, "do": true, "go": true, "up": true, "my": true, "he": true,
	"by": true, "in": true, "if": true, "to": true, "is": true, "or": true, "of": true, "an": true, "a": false, "us": true, "am": true, "me": true}

// indexNames are words that serve as an index.
var indexNames = map[string]bool{"amt": true, "amount": true, "cap": true, "room": true, "item": true, "row": true, "col": true, "pos": true, "idx": true, "len": true,
	"rem": true, "left": true, "end": true, "start": true, "sum": true, "rest": true, "length": true, "capacity": true, "weight": true, "size": true, "index": true, "coin": true, "house": true, "last": true, "prev": true, "gap": true}

func (s *sequence) anyOrder() ([]axis, bool) {
	for k := s.at + 1; k < len(s.nodes) && k < s.at+5; k++ {
		if s.nodes[k].is("order") {
			for m := k + 1; m < len(s.nodes) && m < k+4; m++ {
				if s.isName(m) {
					name := s.nodes[m].text
					s.at = m + 1
					return []axis{{name: name, free: true}}, true
				}
			}
		}
	}
	return nil, false
}

// unnamed reads "from 1 to n" where no name stands before it.
func (s *sequence) unnamed() ([]axis, bool) {
	s.at++
	over, from, down, ok := s.extent(nil)
	if !ok || mentionsAny(over, places) || mentionsAny(from, places) {
		return nil, false
	}
	return []axis{{over: over, from: from, down: down}}, true
}

// places are no values of an index.
var places = []string{"left", "right", "top", "bottom", "end", "start", "front", "back", "beginning", "first", "last", "small", "large", "the", "one"}

func mentionsAny(nodes []node, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return mentions(nodes, name) })
}

// named reads "i in range(n)", "i = 1..n", "i from n down to 1", "i ascending" and "j = i + d".
func (s *sequence) named() ([]axis, bool) {
	if s.end() || s.here().group || s.here().kind != word || keywords[s.here().text] || glue[s.here().text] {
		return nil, false
	}
	if list, ok := s.bySum(); ok {
		return list, true
	}
	if s.here().is(fillers...) && !s.here().is("index") {
		return nil, false
	}
	led := s.at > 0 && s.nodes[s.at-1].is("for", "each", "every", "all")
	name := *s.here()
	short := s.isName(s.at)
	s.at++
	k := s.at
	for k < len(s.nodes) && (s.nodes[k].is(fillers...) || s.nodes[k].is(",") && k+1 < len(s.nodes) && s.nodes[k+1].is("from")) {
		k++
	}
	if k >= len(s.nodes) {
		return nil, false
	}
	n := &s.nodes[k]
	switch {
	case k > s.at && short && (n.kind == number || n.kind == word) && !n.group && s.ranged(k):
		s.at = k
		over, from, down, ok := s.extent(&name)
		return []axis{{name: name.text, over: over, from: from, down: down}}, ok
	case n.is("in") && k+2 < len(s.nodes) && s.nodes[k+1].is("any", "whatever") && s.nodes[k+2].is("order"):
		s.at = k + 3
		return []axis{{name: name.text, free: true}}, short
	case short && n.is("in") && k+1 < len(s.nodes) && (s.nodes[k+1].is(falling...) || s.nodes[k+1].is("reverse", "reversed") && !(k+2 < len(s.nodes) && s.nodes[k+2].group)):
		s.at = k + 2
		return []axis{{name: name.text, down: true}}, true
	case short && n.is("in") && k+1 < len(s.nodes) && s.nodes[k+1].is(rising...):
		s.at = k + 2
		return []axis{{name: name.text}}, true
	case n.is("in", "=", ":=", "from", ":", "over"):
		return s.overExtent(&name, k, led, short)
	case n.kind == number && !n.group && k == s.at && !s.isName(k):
		begin := s.at
		if over, from, down, ok := s.extent(&name); ok && over != nil { // items 1..n
			return []axis{{name: name.text, over: over, from: from, down: down}}, true
		}
		s.at = begin
		return nil, false
	case short && (n.is(rising...) || n.is(falling...)):
		return s.nameDirected(&name, k)
	}
	return nil, false
}

// overExtent reads what follows "i in", "i =" and "i from", of which the last word is the node k.
func (s *sequence) overExtent(name *node, k int, led, short bool) ([]axis, bool) {
	n := &s.nodes[k]
	s.at = k + 1
	if s.at < len(s.nodes) && s.here().is("from", "in") {
		s.at++
	}
	begin := s.at
	over, from, down, ok := s.extent(name)
	if !ok && led && n.is("in") && begin < len(s.nodes) && (s.nodes[begin].group || s.nodes[begin].kind == word) { // for c in coins
		s.at = begin + 1
		for !s.end() && s.here().group && s.here().pre == "" {
			s.at++
		}
		over, ok = append([]node{*name, put(name, word, "in")}, s.nodes[begin:s.at]...), true
	}
	if ok && n.is("from") && (mentionsAny(over, places) || mentionsAny(from, places)) { // houses from right to left
		return nil, false
	}
	if ok {
		return []axis{{name: name.text, over: over, from: from, down: down}}, true
	}
	if n.is("=") && len(s.axes) > 0 && short {
		s.at = k + 1
		return s.set(name)
	}
	return nil, false
}

// nameDirected reads "i ascending", "i descending 1..n": the node k is the direction.
func (s *sequence) nameDirected(name *node, k int) ([]axis, bool) {
	down := s.nodes[k].is(falling...)
	if s.isName(k+1) && !(k+2 < len(s.nodes) && s.nodes[k+2].is("=", "in", "from")) && name.text != s.nodes[k+1].text && !indexNames[s.nodes[k+1].text] && indexNames[name.text] { // within a row increasing j
		return nil, false
	}
	s.at = k + 1
	mark := s.at
	if !s.end() && s.here().is("from") {
		s.at++
	}
	if over, from, falls, ok := s.extent(name); ok && over != nil && falls == down && !mentionsAny(over, places) { // i ascending 1..n
		return []axis{{name: name.text, over: over, from: from}}, true
	}
	s.at = mark
	return []axis{{name: name.text, down: down}}, true
}

// ranged says that a range stands from a node to the end of the phrase: j outside 0..n.
func (s *sequence) ranged(i int) bool {
	for k := i; k < len(s.nodes) && k < i+8 && !s.stops(k) && !s.nodes[k].is(",", "for", "then", ":"); k++ {
		if s.nodes[k].is("..", "to") {
			return true
		}
	}
	return false
}

// set reads what an index is inside the loops before it: j = i + d.
func (s *sequence) set(name *node) ([]axis, bool) {
	begin := s.at
	for !s.end() && !s.stops(s.at) && !s.here().is(",", ":", "for", "then") && (s.here().group || s.here().kind != opaque) {
		s.at++
	}
	value := s.nodes[begin:s.at]
	if len(value) == 0 || prose(value) || !slices.ContainsFunc(s.axes, func(sp axis) bool { return sp.name != "" && mentions(value, sp.name) }) {
		return nil, false
	}
	return []axis{{name: name.text, set: append([]node{*name, put(name, sign, "=")}, value...)}}, true
}

// extent reads what a loop runs over, from here: a range, or its begin alone.
func (s *sequence) extent(name *node) (over, from []node, down, ok bool) {
	begin := s.at
	for !s.end() && !s.extentEnds(begin) {
		s.at++
	}
	nodes := withoutLeads(trimmed(s.nodes[begin:s.at]))
	mark := s.at
	for k := s.at; k < len(s.nodes) && k <= s.at+1; k++ { // for c in 0..W, descending
		if s.nodes[k].is("descending", "decreasing", "backwards", "downward", "downwards") {
			down, mark = true, k+1
			break
		}
		if !s.nodes[k].is(",") {
			break
		}
	}
	if len(nodes) == 0 || prose(nodes) {
		return nil, nil, false, false
	}
	at := &nodes[0]
	head := func(r ...node) []node {
		named := put(at, word, "__i")
		if name != nil {
			named = *name
		}
		return append([]node{named, put(at, word, "in")}, r...)
	}
	wrapped := func(r []node) []node {
		if down {
			return []node{put(at, word, "reversed"), wrap("(", r, at)}
		}
		return r
	}
	if r, open, falls, ok := progression(nodes); ok {
		s.at = mark
		if open {
			return nil, r, falls, true
		}
		return head(wrapped(r)...), nil, false, true
	}
	if len(nodes) == 2 && nodes[1].group && nodes[0].is("range", "reversed", "sorted", "xrange") || len(nodes) == 1 && nodes[0].group && nodes[0].text == "[" {
		s.at = mark
		return head(wrapped(append([]node{}, nodes...))...), nil, false, true
	}
	return nil, nil, false, false
}

var upDown = []string{"to", "down", "downto", "up", "..", "step", "by", "and", "through", "until", "then"}

// extentEnds says that a range ends at this node.
func (s *sequence) extentEnds(begin int) bool {
	n := s.here()
	if n.is("then") && s.at > begin && s.nodes[s.at-1].is(",") && s.listGoesOn(s.at+1) {
		return false
	}
	if s.stops(s.at) || !n.group && n.kind == opaque || n.is(":", "for", "then", "do", "since", "because", "so", "inner", "outer", "and", "where", "if", "with") {
		return true
	}
	if n.is(",") {
		return s.at == begin || !s.nodes[s.at-1].is("..") && !s.listGoesOn(s.at+1)
	}
	if n.is("=") || s.at > begin && s.nodes[s.at-1].is("..") && n.kind == word && !n.group && s.at+1 < len(s.nodes) && s.nodes[s.at+1].kind == word && !glue[s.nodes[s.at+1].text] && !s.isName(s.at) && !s.nodes[s.at+1].is(fillers...) && !s.nodes[s.at+1].is(rising...) && !s.nodes[s.at+1].is(falling...) {
		return true
	}
	if s.at == begin {
		return false
	}
	last := &s.nodes[s.at-1]
	operandBefore := last.group || last.kind == number || last.kind == word && !slices.Contains(upDown, last.text)
	if n.group && n.text == "(" && n.pre != "" && operandBefore {
		return true
	}
	return !n.group && n.kind == word && operandBefore && !n.is("to", "down", "downto", "up", "step", "by", "through", "then")
}

// listGoesOn says that a comma stands inside "1, 2, ..., n".
func (s *sequence) listGoesOn(i int) bool {
	for k := i; k < len(s.nodes) && k < i+10 && !s.stops(k); k++ {
		if s.nodes[k].is("..") {
			return true
		}
		if k == i && s.nodes[k].is("then") {
			continue
		}
		if k > i && s.nodes[k].kind == number && s.nodes[k-1].kind == word && !s.nodes[k-1].group && !s.nodes[k-1].is(upDown...) {
			return false
		}
		if s.nodes[k].is("=", "in", "from", "for", "then", "and", ":") || s.nodes[k].kind == word && k > i && s.nodes[k-1].kind == word && !s.nodes[k-1].is("then") {
			return false
		}
	}
	return false
}

// progression reads "A..B", "A, A-1, ..., B" and "A down to B" as a call that gives the values; open says that only the first
// value is given. Where nothing says so, a range goes down from what has a name to a number.
func progression(nodes []node) (r []node, open, down, ok bool) {
	at := index(nodes, 0, "..", "to", "downto", "down", "up", "through")
	if at < 1 {
		if len(nodes) == 1 && nodes[0].group && index(nodes[0].kids, 0, "..") > 0 {
			return progression(nodes[0].kids)
		}
		return nil, false, false, false
	}
	falls, said := nodes[at].is("downto", "down"), nodes[at].is("downto", "down", "up")
	to := at + 1
	if to < len(nodes) && nodes[at].is("down", "up") && nodes[to].is("to") {
		to++
	}
	for to < len(nodes) && nodes[to].is(",", "down", "to") {
		falls, said = falls || nodes[to].is("down"), said || nodes[to].is("down")
		to++
	}
	items := split(trimmed(nodes[:at]), ",")
	first := items[0]
	if len(first) == 0 || prose(first) {
		return nil, false, false, false
	}
	if len(items) > 1 && len(items[1]) > 0 {
		falls, said = below(first, items[1]), true
	}
	last := nodes[to:]
	if n := len(last); n > 3 && last[n-1].is("1") && last[n-2].is("-") && last[n-3].is("step", "by") {
		falls, said, last = true, true, last[:n-3]
	}
	if len(last) == 0 {
		if !nodes[at].is("..", "up", "down") {
			return nil, false, false, false
		}
		return first, true, falls, true
	}
	if !said && isNumber(last) && !isNumber(first) {
		falls = true
	}
	call := "__to"
	if falls {
		call = "__downto"
	}
	args := append(append(append([]node{}, first...), put(&nodes[at], sign, ",")), last...)
	return []node{put(&nodes[0], word, call), wrap("(", args, &nodes[at])}, false, falls, true
}

func isNumber(nodes []node) bool {
	return len(nodes) == 1 && nodes[0].kind == number && !nodes[0].group || len(nodes) == 2 && nodes[0].is("-") && nodes[1].kind == number
}

// below says that the second of a list is less than the first: n, n-1.
func below(first, second []node) bool {
	if isNumber(first) && isNumber(second) {
		return second[len(second)-1].text < first[len(first)-1].text && len(second) == len(first)
	}
	if k := len(first); len(second) == k+2 && spelledOut(second[:k]) == spelledOut(first) {
		return second[k].is("-")
	}
	if k := len(first); k >= 3 && len(second) == k && spelledOut(first[:k-1]) == spelledOut(second[:k-1]) && first[k-2].is("-") {
		return second[k-1].text > first[k-1].text // n-1, n-2
	}
	return false
}
