package trial

import (
	"slices"
	"strconv"
)

// readOriginal finds the expression that gives the result in a section.
func readOriginal(text string, s *section) []Piece {
	body, line, col := s.body(text)
	r := resultIn(prepared(body, line, col, nil))
	if r == nil {
		return nil
	}
	p := Piece{Name: Original, Text: body[r.first.off:r.last.ends()], Start: s.start + r.first.off, End: s.start + r.last.ends(), Line: r.first.line, Col: r.first.col}
	if r.lost != nil {
		p.Lost = "what follows says more of the result and is not understood"
		p.Line, p.Col = r.lost.line, r.lost.col
	}
	return []Piece{p}
}

// result is what a text says the result is.
type result struct {
	value       []node
	first, last *node
	lost        *node // what says more and is not read
}

// resultNames are what people call it.
var resultNames = []string{"ans", "answer", "result", "res", "output", "out", "opt", "best", "ret", "final", "solution"}

// resultIn finds the result in nodes, nil for none.
func resultIn(nodes []node) *result {
	rest, exceptions := exceptionsIn(accumulated(verbs(nodes)))
	r := resultOf(rest)
	if r != nil && r.lost == nil {
		r.excepted(exceptions)
	}
	return r
}

func resultOf(nodes []node) *result {
	s := &scanner{nodes: nodes}
	if r := s.returned(); r != nil {
		return r
	}
	for i := range nodes {
		if !s.begins(i) {
			continue
		}
		s.at = i
		value := s.value(true)
		if nodes[i].is("if", "when") { // if C then A else B
			s.at = i
			value = s.sentence()
		}
		if len(value) == 0 || prose(value) || tableIn(value) == "" {
			continue
		}
		r := &result{value: s.chosen(value), first: &nodes[i], last: &nodes[max(i, s.at-1)]}
		for r.last != r.first && r.last.kind == ending && !r.last.group {
			s.at--
			r.last = &nodes[s.at-1]
		}
		s.more(r)
		if r.value == nil || s.combines(i) || s.another() {
			r.lost = r.first
		}
		return r
	}
	return nil
}

// combining are words that make one value of several in a way that is not read.
var combining = []string{"best", "better", "optimum", "optimal", "sum", "total", "difference", "product", "average", "count", "number", "worst", "both", "either"}

// combines says that words before a value make another of it: "the sum over c of".
func (s *scanner) combines(i int) bool {
	for k := i - 1; k >= 0 && k > i-6 && !s.stops(k); k-- {
		if s.nodes[k].is(combining...) {
			return true
		}
	}
	return false
}

// another says that the sentence goes on with a second value of the table.
func (s *scanner) another() bool {
	for i := s.at; i+1 < len(s.nodes) && !s.stops(i) && !s.nodes[i].is(explaining...) && !s.nodes[i].is("where", "with", "if", "that", "read", "from", "the"); i++ {
		if tableIn(s.nodes[i:i+2]) != "" {
			return true
		}
	}
	return false
}

// chosen puts what a maximum or minimum is of in brackets, and makes one of "A or B, whichever is larger"; nil where which of two
// is meant is not said.
func (s *scanner) chosen(value []node) []node {
	if k := index(value, 1, "and", "or"); k > 0 && tableIn(value[:k]) != "" && tableIn(value[k+1:]) != "" && index(value, 0, "if", "max", "min", "of", "else", "<", "<=", ">", ">=", "==", "=", "!=") < 0 {
		at := &value[k]
		list := append(append(append([]node{}, value[:k]...), put(at, sign, ",")), value[k+1:]...)
		for i, n := range s.nodes {
			if n.is("larger", "greater", "bigger", "higher", "smaller", "less", "lower") {
				s.at = max(s.at, i+1)
			}
			if n.is("larger", "greater", "bigger", "higher", "larger", "max", "maximum") {
				return []node{put(at, word, "max"), wrap("(", list, at)}
			} else if n.is("smaller", "less", "lower", "min", "minimum") {
				return []node{put(at, word, "min"), wrap("(", list, at)}
			}
		}
		return nil
	}
	if len(value) < 3 || !value[0].is("max", "min") || value[1].group {
		return value
	}
	k := 1
	for k < len(value) && value[k].is("of", "over", "all", "every", "each", "the", "in", "among") {
		k++
	}
	rest := value[k:]
	if len(rest) == 0 || rest[0].group || index(rest, 0, "of", "over", "for", "if", ";", "in", ":") >= 0 || tableIn(rest) == "" {
		return value
	}
	return []node{value[0], wrap("(", append([]node{}, rest...), &rest[0])}
}

// returned is the result where it is returned, or has a name, after conditions or not.
func (s *scanner) returned() *result {
	list, _ := scan(s.nodes)
	var kept []stmt
	var lead *node
	for i, st := range list {
		switch {
		case st.kind == naming && st.op != "+=" && tableIn(st.value) != "" && i+1 < len(list) && uses(list[i+1:], st.name):
			if lead == nil {
				lead = st.first
			}
			for k := range list[i+1:] {
				putFor(&list[i+1+k], st.name, nil, st.value)
			}
		case returns([]stmt{st}):
			kept = append(kept, st)
		case st.kind == naming && slices.Contains(resultNames, st.name) && tableIn(st.value) != "":
			kept = append(kept, st)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	value := valueOfStatements(kept)
	if value == nil || tableIn(value) == "" {
		return nil
	}
	r := &result{value: value, first: kept[0].first, last: kept[len(kept)-1].last}
	if lead != nil && lead.off < r.first.off {
		r.first = lead
	}
	for i := range s.nodes {
		if &s.nodes[i] == r.last || s.nodes[i].off == r.last.off {
			s.at = i + 1
		}
	}
	s.more(r)
	return r
}

// uses says that statements name something.
func uses(list []stmt, name string) bool {
	for i := range list {
		if mentions(list[i].value, name) || mentions(list[i].tests, name) || uses(list[i].then, name) || uses(list[i].other, name) {
			return true
		}
	}
	return false
}

// valueOfStatements makes one value of "if C: return A" and "return B".
func valueOfStatements(list []stmt) []node {
	if len(list) == 0 {
		return nil
	}
	st := &list[0]
	if st.kind != branching {
		return st.value
	}
	yes := valueOfStatements(st.then)
	no := valueOfStatements(append(append([]stmt{}, st.other...), list[1:]...))
	if yes == nil || no == nil || st.tests == nil {
		return nil
	}
	at := st.first
	return []node{wrap("(", yes, at), put(at, word, "if"), wrap("(", st.tests, at), put(at, word, "else"), wrap("(", no, at)}
}

// begins says that an expression may begin at a node.
func (s *scanner) begins(i int) bool {
	n := &s.nodes[i]
	switch {
	case n.group:
		return n.text != "{" && tableIn(n.kids) != "" && (i == 0 || s.nodes[i-1].group || !operand(&s.nodes[i-1]) || n.pre != "")
	case n.is("if", "when"):
		return index(s.nodes[i:], 0, "then", ",", ":") > 0
	case n.is("max", "min", "sum"):
		return i+1 < len(s.nodes)
	case n.kind == number, n.is("-") && i+1 < len(s.nodes) && s.nodes[i+1].kind == number:
		return s.guarded(i) || s.nodes[min(i+1, len(s.nodes)-1)].is("+", "-", "*") || n.is("-") && s.guarded(i+1)
	}
	return n.kind == word && !keywords[n.text] && !glue[n.text] && i+1 < len(s.nodes) && s.nodes[i+1].group && s.nodes[i+1].pre == "" && s.nodes[i+1].text != "{"
}

// sentence is what stands up to the end of the sentence.
func (s *scanner) sentence() []node {
	begin := s.at
	for !s.end() && !s.stops(s.at) {
		s.at++
	}
	return s.nodes[begin:s.at]
}

// more reads what a further sentence says of the result: "If it is infinite, the answer is -1".
func (s *scanner) more(r *result) {
	for i := s.at; i < len(s.nodes); i++ {
		n := &s.nodes[i]
		if n.group && len(n.kids) > 0 && index(n.kids, 0, "if", "else", "otherwise", "unless") >= 0 {
			s.moreOf(r, n.kids, n)
			return
		}
		if n.is("if", "else", "otherwise", "unless") {
			from := i
			for from > s.at && (s.nodes[from-1].kind == number || s.nodes[from-1].is("-", "or", "and", "inf")) {
				from--
			}
			s.moreOf(r, s.nodes[from:], n)
			return
		}
	}
}

// moreOf adds a case to the result: for what is infinite, or where nothing is given.
func (s *scanner) moreOf(r *result, nodes []node, at *node) {
	test := index(nodes, 0, "_inf", "_empty", "_none", "_void")
	var value []node
	for i := range nodes {
		if nodes[i].kind != number || nodes[i].group {
			continue
		}
		value = nodes[i : i+1]
		if i > 0 && nodes[i-1].is("-") {
			value = nodes[i-1 : i+1]
		}
		break
	}
	if value == nil && test >= 0 && nodes[test].is("_empty", "_void") { // what is said of an empty input is left to it
		value = []node{put(at, word, "None")}
	}
	if test < 0 || value == nil || index(nodes[test:], 1, "if", "unless") >= 0 {
		r.lost = at
		return
	}
	r.last = &nodes[len(nodes)-1]
	if at.group {
		r.last = at
	}
	for r.last.kind == ending && !r.last.group && len(nodes) > 1 {
		nodes = nodes[:len(nodes)-1]
		r.last = &nodes[len(nodes)-1]
	}
	mark := put(at, word, nodes[test].text)
	r.value = []node{wrap("(", r.value, at), put(at, sign, ";"), wrap("(", value, at), put(at, word, "if"), mark}
}

func (a *answer) addOriginal(p *Piece) error {
	if a.original != nil {
		return nil
	}
	r := resultIn(prepared(p.Text, p.Line, p.Col, a.knows))
	if r == nil {
		if tokens := lex(p.Text, p.Line, p.Col); len(tokens) > 0 {
			if _, ok := nest(tokens); !ok {
				return unpaired(tokens)
			}
		}
		return &fault{p.Line, p.Col, "no expression of the table is found"}
	}
	if r.lost != nil {
		return notUnderstood(r.lost)
	}
	nodes := a.tableNamed(r.value)
	table := tableIn(nodes)
	if a.table == "" {
		a.table = table
	}
	if table != "" && !a.knows(table) {
		a.also = append(a.also, table)
	}
	body, guards, err := byCases(a.everyCell(a.read(nodes), table))
	if err != nil {
		return err
	}
	if len(guards) > 0 {
		return &fault{p.Line, p.Col, "say what the result is otherwise"}
	}
	if prose(body) {
		return &fault{p.Line, p.Col, "words stand in it that are not understood"}
	}
	out := &rule{piece: p}
	out.build(nil, nil, body, &nodes[0])
	a.original = out
	return nil
}

// tableNamed puts the table's name where it is called the table.
func (a *answer) tableNamed(nodes []node) []node {
	for i := range nodes {
		if nodes[i].group {
			nodes[i].kids = a.tableNamed(nodes[i].kids)
		}
		if nodes[i].is("table", "array", "everything", "all") && i > 0 && nodes[i-1].is("of", "over", "in") && (i+1 == len(nodes) || !nodes[i+1].group) && a.table != "" && i+1 == len(nodes) {
			nodes[i].text = a.table
		}
	}
	return nodes
}

// tableIn is the first name that is indexed or called and is no function of everyone's.
func tableIn(nodes []node) string {
	for i := range nodes {
		if nodes[i].group {
			if name := tableIn(nodes[i].kids); name != "" {
				return name
			}
		}
		if i+1 < len(nodes) && nodes[i].is("max", "min", "sum") {
			next := &nodes[i+1]
			if next.group && len(next.kids) > 0 && next.kids[0].kind == word && !next.kids[0].group && (len(next.kids) == 1 || next.kids[1].is(",")) {
				return next.kids[0].text
			}
			if next.is("of", "over") && i+3 == len(nodes) && nodes[i+2].kind == word && !nodes[i+2].group {
				return nodes[i+2].text
			}
		}
		if i+1 < len(nodes) && nodes[i+1].group && nodes[i+1].text != "{" && nodes[i].kind == word && !nodes[i].group && known[nodes[i].text] == nil && !keywords[nodes[i].text] && !glue[nodes[i].text] {
			return nodes[i].text
		}
	}
	return ""
}

// everyCell makes "max(dp[i] for all i)" and "max(dp[i][j])" run over the whole table.
func (a *answer) everyCell(nodes []node, table string) []node {
	for i := range nodes {
		n := &nodes[i]
		if n.group && (i == 0 || !nodes[i-1].is("max", "min", "sum")) {
			n.kids = a.everyCell(n.kids, table)
		}
		if i == 0 || !n.group || !nodes[i-1].is("max", "min", "sum") {
			continue
		}
		kids := n.kids
		if from := index(kids, 0, "for", "over"); from > 0 && index(kids, from, "in", "=", "..", "<", "<=") < 0 {
			kids = kids[:from]
		} else if from > 0 && kids[from].is("over") {
			kids[from].text = "for"
			n.kids = kids
		}
		for len(kids) > 1 && kids[0].is("all", "every", "each", "over", "of") {
			kids = kids[1:]
		}
		if len(kids) < 2 || !kids[0].is(table) {
			continue
		}
		if len(kids) == 2 && kids[1].group && index(kids[1].kids, 0, "..") > 0 && index(kids[1].kids, 0, ",") < 0 {
			n.kids = spread(kids)
		} else if free := a.freeIndexes(kids[1:]); len(free) > 0 {
			n.kids = append([]node{}, kids...)
			for _, x := range free {
				n.kids = append(n.kids, put(&x.node, word, "for"), x.node, put(&x.node, word, "in"), put(&x.node, word, x.over))
			}
		}
	}
	return nodes
}

// freeIndex is an index that stands for any, and what it runs over.
type freeIndex struct {
	node node
	over string
}

// freeIndexes are the indexes of a cell that the prompt does not know; none where it is no cell.
func (a *answer) freeIndexes(groups []node) (out []freeIndex) {
	k, terms := 0, 0
	for _, g := range groups {
		if !g.group || g.text == "{" {
			return nil
		}
		for _, term := range split(g.kids, ",") {
			terms++
			if len(term) == 1 && term[0].kind == word && !term[0].group && !a.knows(term[0].text) {
				out = append(out, freeIndex{put(&term[0], word, term[0].text), "__all" + strconv.Itoa(k)})
			}
			k++
		}
	}
	if terms == 1 && len(out) == 1 {
		out[0].over = "__all"
	}
	return out
}

// spread makes "dp[k] for k in 0..n" of "dp[0..n]".
func spread(cells []node) []node {
	span := cells[1]
	name := put(&span, word, "__k")
	at := wrap(span.text, []node{name}, &span)
	return append([]node{cells[0], at, put(&span, word, "for"), name, put(&span, word, "in")}, span.kids...)
}
