package diagram

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain arrows, one chain a line:
//
//	client -> LB -> service -> cache, db
//	a, b -> c: label          the label of the last arrow
//	a -->|label| b            the label of this arrow
//	a -- label --> b          the same
//	a <- b, a <-> b, a -- b   turned round, both ways, no direction
//	-> c                      goes on from the end of the line before
//
// Arrows may be long (-->), thick (=>, ==>), dashed (-.->, ~>) or single
// characters (→ ← ↔ ⇒). A list marker, emphasis and quotes around names do not
// count, nor does a lead-in that ends in a colon.

// chain is one line of arrows taken apart.
type chain struct {
	start, end int      // the chain within the line, without marker and lead-in
	sides      [][]name // one more than ops; the first or last may be empty
	ops        []arrow
	lead       bool // a lead-in stood before it
	rest       bool // a further sentence stood after it
}

// name is a node as it was written, cleaned of marks around it, and what it is folded to.
type name struct{ text, id string }

// arrow is one operator between names.
type arrow struct {
	at, end int
	left    bool // a head on the left
	right   bool // a head on the right
	dashed  bool
	label   string
}

func parseArrows(text string, first int) (Graph, error) {
	b := newBuilder()
	var last []string
	for i, line := range splitLines(text) {
		trimmed := strings.TrimSpace(line)
		if trimmed == "" || strings.HasPrefix(trimmed, "#") || strings.HasPrefix(trimmed, "//") {
			continue
		}
		c, ok := cutChain(line)
		if !ok {
			b.lone(trimmed, first+i)
			continue
		}
		b.strict(c, len(last) > 0, first+i)
		last = b.chain(c, last, first+i)
	}
	if len(b.graph.Nodes) == 0 {
		b.fail(first, "no arrow in it: write name -> name")
	}
	return b.done()
}

// lone adds a box without arrows, where a line is nothing but a name.
func (b *builder) lone(line string, number int) {
	text := cleanName(line[markerLen(line):])
	if !isName(text) {
		b.fail(number, "no arrow in it: write name -> name")
		return
	}
	b.node(fold(text), text, number)
}

// strict reports what FromMarkdown forgives, since people are typing.
func (b *builder) strict(c chain, before bool, number int) {
	if len(c.sides[0]) == 0 && !before {
		b.fail(number, "nothing before the arrow: write name -> name")
	}
	for i, side := range c.sides[1:] {
		if len(side) == 0 {
			b.fail(number, "nothing after arrow %d: write name -> name", i+1)
		}
	}
}

// chain adds the nodes and edges of a line and returns the IDs at its end. A
// line that begins with an arrow goes on from last.
func (b *builder) chain(c chain, last []string, line int) []string {
	here := last
	if len(c.sides[0]) > 0 {
		here = b.names(c.sides[0], line)
	}
	for i, op := range c.ops {
		next := b.names(c.sides[i+1], line)
		if len(next) == 0 {
			continue
		}
		for _, from := range here {
			for _, to := range next {
				b.edge(op.between(from, to, line))
			}
		}
		here = next
	}
	return here
}

// between is the edge that an arrow draws.
func (a arrow) between(left, right string, line int) Edge {
	e := Edge{From: left, To: right, Label: a.label, Line: line, Dashed: a.dashed}
	e.Both = a.left && a.right
	e.Plain = !a.left && !a.right
	if a.left && !a.right {
		e.From, e.To = right, left
	}
	return e
}

// names makes the nodes of one side. A later, longer mention of a node brings
// its remark: "cache", then "cache (Redis)".
func (b *builder) names(side []name, line int) []string {
	ids := make([]string, 0, len(side))
	for _, n := range side {
		id := n.id
		node := b.node(id, n.text, line)
		if node == nil {
			continue
		}
		if strings.HasSuffix(n.text, ")") && !strings.HasSuffix(node.Label, ")") {
			node.Label = n.text
		}
		ids = append(ids, id)
	}
	return ids
}

// cutChain takes a line apart. It reports false when there is no arrow in it.
func cutChain(line string) (chain, bool) {
	if !hasArrow(line) {
		return chain{}, false
	}
	start, end := trimLine(line)
	op, ok := nextArrow(line, start, end)
	if !ok {
		return chain{}, false
	}
	c := chain{start: start}
	if colon := leadIn(line[start:op.at]); colon > 0 {
		start += colon
		start += len(line[start:op.at]) - len(strings.TrimLeft(line[start:op.at], " \t"))
		c.start, c.lead = start, true
	}
	stop := sentenceEnd(line, op.end, end)
	c.rest = strings.TrimSpace(line[stop:end]) != ""
	c.end = stop
	label := ""
	if colon := labelColon(line, op.end, stop); colon > 0 {
		label, stop = strings.TrimSpace(line[colon+1:stop]), colon
	}
	c.split(line, start, stop, op)
	if label != "" {
		c.ops[len(c.ops)-1].label = label
	}
	return c, true
}

// split reads the names and arrows between start and stop; op is the first.
func (c *chain) split(line string, start, stop int, op arrow) {
	c.sides, c.ops = make([][]name, 0, 4), make([]arrow, 0, 4)
	for ok := true; ok; {
		c.sides = append(c.sides, cutNames(line[start:op.at]))
		start = op.end
		if at, ok := pipeLabel(line[start:stop]); ok {
			op.label = strings.Trim(strings.TrimSpace(line[start:start+at]), "| \"")
			start += at
		}
		c.ops = append(c.ops, op)
		op, ok = nextArrow(line, start, stop)
		if ok && c.innerLabel(line[start:op.at], op) {
			start = op.end
			op, ok = nextArrow(line, start, stop)
		}
	}
	c.sides = append(c.sides, cutNames(line[start:stop]))
}

// innerLabel reads "a -- label --> b": a headless arrow of two strokes before
// text and a longer arrow is the beginning of that arrow.
func (c *chain) innerLabel(between string, next arrow) bool {
	open := &c.ops[len(c.ops)-1]
	if open.left || open.right || open.end-open.at != 2 || !next.right || next.end-next.at < 3 || open.label != "" {
		return false
	}
	text := strings.TrimSpace(between)
	if text == "" {
		return false
	}
	*open = arrow{at: open.at, end: next.end, right: true, dashed: next.dashed, label: strings.Trim(text, `"`)}
	return true
}

// pipeLabel finds |label| right after an arrow and returns its length.
func pipeLabel(s string) (int, bool) {
	trimmed := strings.TrimLeft(s, " ")
	if !strings.HasPrefix(trimmed, "|") {
		return 0, false
	}
	end := strings.IndexByte(trimmed[1:], '|')
	return len(s) - len(trimmed) + end + 2, end >= 0
}

// trimLine returns the part of a line without space and list marker.
func trimLine(line string) (start, end int) {
	end = len(strings.TrimRightFunc(line, unicode.IsSpace))
	start = len(line) - len(strings.TrimLeft(line, " \t"))
	if start > end {
		return end, end
	}
	return start + markerLen(line[start:end]), end
}

// markerLen measures "- ", "* ", "12. ", "- [x] " at the start of a line.
func markerLen(s string) int {
	n := 0
	for _, bullet := range []string{"- ", "* ", "+ ", "• ", "– "} {
		if strings.HasPrefix(s, bullet) {
			n = len(bullet)
		}
	}
	if n == 0 {
		digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
		if digits > 0 && digits < 4 && (strings.HasPrefix(s[digits:], ". ") || strings.HasPrefix(s[digits:], ") ")) {
			n = digits + 2
		}
	}
	for n > 0 && n < len(s) && s[n] == ' ' {
		n++
	}
	for _, box := range []string{"[ ] ", "[x] ", "[X] "} {
		if n > 0 && strings.HasPrefix(s[n:], box) {
			n += len(box)
		}
	}
	return n
}

// leadIn returns the length of "write path: " before the first name, or 0. A
// colon without space after it belongs to a name (redis:6379).
func leadIn(s string) int {
	at := strings.Index(s, ": ")
	if at < 0 {
		return 0
	}
	return at + 2
}

// labelColon finds the colon that begins the label, after the first arrow. The
// label may hold arrows of its own: "client -> api: POST /links -> 201".
func labelColon(line string, from, to int) int {
	depth := 0
	for i := from; i < to; i++ {
		switch line[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ':':
			if depth <= 0 && (i+1 == to || line[i+1] == ' ') {
				return i
			}
		}
	}
	return -1
}

// sentenceEnd returns where a further sentence begins: "… -> db. The cache …".
// It is to when there is none.
func sentenceEnd(line string, from, to int) int {
	for i := from; i+2 < to; i++ {
		if (line[i] == '.' || line[i] == ';') && line[i+1] == ' ' && !hasArrow(line[i+2:to]) {
			if r, _ := utf8.DecodeRuneInString(line[i+2:]); line[i] == ';' || unicode.IsUpper(r) {
				return i
			}
		}
	}
	return to
}

// cutNames splits one side at commas outside brackets, "&", and the "and" of a
// list.
func cutNames(s string) []name {
	var names []name
	add := func(part string) {
		if text := cleanName(part); text != "" {
			names = append(names, name{text, fold(text)})
		}
	}
	depth, from := 0, 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ',':
			if depth <= 0 {
				add(s[from:i])
				from = i + 1
			}
		case '&', '+':
			if depth <= 0 && i > 0 && s[i-1] == ' ' && i+1 < len(s) && s[i+1] == ' ' {
				add(s[from:i])
				from = i + 1
			}
		}
	}
	last := strings.TrimPrefix(strings.TrimSpace(s[from:]), "and ")
	if left, right, ok := strings.Cut(last, " and "); ok && len(names) > 0 {
		add(left)
		last = right
	}
	add(last)
	return names
}

// cleanName takes emphasis, quotes, brackets around the whole, an article and
// punctuation at the end off a name.
func cleanName(s string) string {
	s = strings.TrimSpace(s)
	for len(s) > 0 {
		before := s
		s = strings.TrimRight(s, ".,;: ")
		for _, pair := range []string{"**", "__", "``", "`", "*", "_", `"`, "'"} {
			if len(s) > 2*len(pair) && strings.HasPrefix(s, pair) && strings.HasSuffix(s, pair) {
				s = s[len(pair) : len(s)-len(pair)]
			}
		}
		if n := len(s); n > 2 && (s[0] == '[' && s[n-1] == ']' || s[0] == '(' && s[n-1] == ')') && !strings.ContainsAny(s[1:n-1], "[]()") {
			s = s[1 : n-1]
		}
		if s = strings.TrimSpace(s); s == before {
			break
		}
	}
	if word, rest, ok := strings.Cut(s, " "); ok && isArticle(strings.ToLower(word)) {
		return strings.TrimSpace(rest)
	}
	return s
}

// splitLines splits at \n and takes \r off.
func splitLines(text string) []string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSuffix(line, "\r")
	}
	return lines
}
