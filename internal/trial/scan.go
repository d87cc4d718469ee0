package trial

import "slices"

// A step of an answer is read as statements: assignments to cells, the conditions and loops around them, and names for parts.
// What stands between them is prose; what of it may carry meaning is remembered.

type stmtKind byte

const (
	assigned  stmtKind = iota // dp[i][j] = VALUE
	naming                    // take = VALUE
	branching                 // if TESTS: … else: …
	looping                   // for CLAUSE: …
)

// stmt is one statement with what it spans.
type stmt struct {
	kind        stmtKind
	table       string // of an assignment; "" for a returned value
	at          [][]node
	op          string // "=" or "+="
	value       []node
	name        string // that a part is given
	params      [][]node
	tests       []node // of a condition, or the clause of a loop
	then, other []stmt
	returns     bool   // the value is returned
	round       bool   // the cell is written f(i)
	lead        []node // the words that lead to it
	first, last *node
}

// scanner walks over the nodes of one step.
type scanner struct {
	nodes  []node
	at     int
	lost   []*node // the first of each stretch that may carry meaning and is in no statement
	found  bool    // a statement was found before
	inside int     // conditions and loops around
}

// scan reads the statements of a text.
func scan(nodes []node) (list []stmt, lost []*node) {
	s := &scanner{nodes: nodes}
	list = s.block(0)
	return list, s.lost
}

func (s *scanner) end() bool   { return s.at >= len(s.nodes) }
func (s *scanner) here() *node { return &s.nodes[s.at] }

// lineStart says that the node begins a line.
func (s *scanner) lineStart(i int) bool {
	return i == 0 || s.nodes[i-1].kind == ending && !s.nodes[i-1].group
}

// block reads statements until a line begins left of a column.
func (s *scanner) block(col int) (list []stmt) {
	for !s.end() {
		n := s.here()
		if n.kind == ending && !n.group {
			s.at++
			continue
		}
		if s.lineStart(s.at) && n.col < col {
			return list
		}
		begin := s.at
		st, ok := s.statement()
		if !ok {
			s.skip()
			continue
		}
		if st.kind == assigned && s.conditioned(begin) { // "where the letters are equal, f(i) = …"
			s.lost = append(s.lost, &s.nodes[begin])
			if s.found {
				continue
			}
		}
		s.found = true
		if st.kind == assigned {
			st.lead = s.leads(begin)
			if saysWhen(st.lead) {
				st = &stmt{kind: branching, tests: st.lead, then: []stmt{*st}, first: &st.lead[0], last: st.last}
			}
		}
		list = s.join(list, st)
	}
	return list
}

// join adds a statement; one that begins with else is the other branch of the condition before it.
func (s *scanner) join(list []stmt, st *stmt) []stmt {
	if st.kind != branching || st.tests != nil || len(list) == 0 {
		return append(list, *st)
	}
	last := &list[len(list)-1]
	for last.kind == branching && len(last.other) == 1 && last.other[0].kind == branching {
		last = &last.other[0]
	}
	if last.kind == assigned && index(last.value, 0, "if", "when", "unless") > 0 { // A if C, otherwise f(i) = B
		return append(list, st.then...)
	}
	if last.kind == assigned && len(last.lead) > 0 && index(last.value, 0, "if", "when") < 0 { // same letter: A; otherwise B
		*last = stmt{kind: branching, tests: last.lead, then: []stmt{*last}, other: st.then, first: &last.lead[0], last: st.last}
		return list
	}
	if last.kind == branching && last.other == nil && last.tests != nil {
		last.other = st.then
		list[len(list)-1].last = st.last
		return list
	}
	return append(list, *st)
}

// skip passes what is no statement, and remembers it where it may say something.
func (s *scanner) skip() {
	n := s.here()
	begin := s.at
	if n.is("else", "otherwise") || s.found && s.described() || s.inside > 0 && n.is("if", "for", "while", "when", "unless", "break", "continue") || n.is("if", "when") && s.found && !s.prosaic() {
		s.lost = append(s.lost, n)
	}
	s.at++
	if n.is("//") {
		for !s.end() && s.here().kind != ending {
			s.at++
		}
	}
	if begin == s.at {
		s.at++
	}
}

// prosaic says that no notation stands in the rest of the sentence.
func (s *scanner) prosaic() bool {
	for i := s.at; i < len(s.nodes) && !s.stops(i); i++ {
		if s.nodes[i].group && len(s.nodes[i].kids) > 0 && i > 0 && operand(&s.nodes[i-1]) && s.nodes[i].pre == "" {
			return false
		}
	}
	return true
}

// stops says that a sentence or line ends at a node.
func (s *scanner) stops(i int) bool {
	n := &s.nodes[i]
	if n.group {
		return false
	}
	if n.kind == ending || n.is(";") {
		return true
	}
	return n.is(".") && (i+1 == len(s.nodes) || s.nodes[i+1].pre != "" || s.nodes[i+1].kind == ending)
}

// statement reads one from here; s.at is unmoved where there is none.
func (s *scanner) statement() (*stmt, bool) {
	begin := s.at
	st, ok := s.read()
	if !ok {
		s.at = begin
		return nil, false
	}
	if st.first == nil {
		st.first = &s.nodes[begin]
	}
	if st.last == nil {
		last := s.at - 1
		for last > begin && (s.nodes[last].kind == ending && !s.nodes[last].group) {
			last--
		}
		st.last = &s.nodes[last]
	}
	return st, true
}

func (s *scanner) read() (*stmt, bool) {
	n := s.here()
	switch {
	case n.group:
		return nil, false
	case n.is("def") || n.kind == word && s.signature():
		return s.function()
	case n.is("if", "elif", "when"):
		return s.condition()
	case n.is("else", "otherwise"):
		return s.otherwise()
	case n.is("for"):
		return s.loop()
	case n.is("return"):
		s.at++
		value := s.value(true)
		return &stmt{kind: assigned, op: "=", value: value, returns: true}, len(value) > 0
	case (s.lineStart(s.at) || s.at > 0 && s.nodes[s.at-1].is(";", ",", ".", "and")) && s.caseFirst():
		return s.condition()
	case n.kind == word && !keywords[n.text]:
		return s.assignment()
	}
	return nil, false
}

// typeWords may stand before a name that is declared.
var typeWords = []string{"int", "long", "let", "const", "var", "double", "auto", "set", "def"}

// signature says that a function of C or Java begins here: int dist(int i, int j) {
func (s *scanner) signature() bool {
	i := s.at
	return i+3 < len(s.nodes) && s.nodes[i].is("int", "long", "double", "bool", "boolean") && s.nodes[i+1].kind == word && !s.nodes[i+1].group &&
		s.nodes[i+2].group && s.nodes[i+2].text == "(" && s.next(i+3) >= 0 && s.nodes[s.next(i+3)].group
}

// next is the place of the next node that ends no line, -1 for none.
func (s *scanner) next(i int) int {
	for ; i < len(s.nodes); i++ {
		if s.nodes[i].group || s.nodes[i].kind != ending {
			return i
		}
	}
	return -1
}

// function reads "def f(i, j): …": what it returns is assigned to f(i, j).
func (s *scanner) function() (*stmt, bool) {
	head := s.at
	if head+2 >= len(s.nodes) || s.nodes[head+1].kind != word || !s.nodes[head+2].group {
		return nil, false
	}
	var at [][]node
	for _, part := range split(s.nodes[head+2].kids, ",") {
		if colon := index(part, 0, ":"); colon > 0 {
			part = part[:colon]
		}
		if len(part) == 0 || part[len(part)-1].kind != word {
			return nil, false
		}
		at = append(at, part[len(part)-1:])
	}
	table := s.nodes[head+1].text
	s.at = head + 3
	for !s.end() && !s.here().is(":") && !(s.here().group && s.here().text == "{") && (s.here().group || s.here().kind != ending) {
		s.at++ // -> int
	}
	var body []stmt
	if !s.end() && s.here().group && s.here().text == "{" {
		body = s.inner(s.here())
		s.at++
	} else {
		s.at++
		body = s.block(s.nodes[head].col + 1)
	}
	returned(body, table, at)
	return &stmt{kind: looping, then: body, table: table, at: at}, len(body) > 0
}

// returned makes what is returned an assignment to a cell.
func returned(list []stmt, table string, at [][]node) {
	for i := range list {
		if list[i].kind == assigned && list[i].table == "" {
			list[i].table, list[i].at = table, at
		}
		returned(list[i].then, table, at)
		returned(list[i].other, table, at)
	}
}

// inner reads the statements of a group in braces.
func (s *scanner) inner(group *node) []stmt {
	in := &scanner{nodes: group.kids, inside: 1}
	list := in.block(0)
	s.lost = append(s.lost, in.lost...)
	return list
}

// condition reads "if C: STATEMENT", "if C, STATEMENT" and "if (C) { … }".
func (s *scanner) condition() (*stmt, bool) {
	header := s.at
	if s.here().is("if", "elif", "when") {
		s.at++
	}
	tests, ok := s.header()
	if !ok || prose(tests) && !s.sentenceStart(header) {
		return nil, false
	}
	if len(tests) > 1 && tests[0].is("_fit", "_unfit") { // if it fits, c <= a
		tests = trimmedFront(tests[1:])
	}
	st := &stmt{kind: branching, tests: tests}
	if !s.end() && !s.here().group && s.head(s.at) == 0 && s.nodes[s.at-1].kind != ending && (arrow(&s.nodes[s.at-1]) || s.nodes[s.at-1].is(":")) && s.plainValue(s.at, arrow(&s.nodes[s.at-1])) {
		if value := s.value(true); len(value) > 0 {
			st.then = []stmt{{kind: assigned, op: "=", value: value, returns: true, first: &s.nodes[header], last: &s.nodes[max(header, s.at-1)]}}
			return st, true
		}
	}
	if st.then = s.body(header); len(st.then) == 0 {
		return nil, false
	}
	mark := s.at
	for !s.end() && (s.here().kind == ending && !s.here().group || s.here().is(";", ",", ".")) {
		s.at++
	}
	switch {
	case s.end() || s.lineStart(s.at) && s.here().col < s.nodes[header].col && s.lineStart(header):
		s.at = mark
	case s.here().is("else", "otherwise", "elif"):
		other, ok := s.statement()
		if !ok {
			s.at = mark
			break
		}
		if st.other = other.then; other.tests != nil {
			st.other = []stmt{*other}
		}
	default:
		s.at = mark
	}
	return st, true
}

// header reads what stands between if and its statement.
func (s *scanner) header() ([]node, bool) {
	begin := s.at
	for i := begin; i < len(s.nodes); i++ {
		n := &s.nodes[i]
		switch {
		case n.is(":", "then") || arrow(n):
			s.at = i + 1
			for !s.end() && s.here().is(",", ":") {
				s.at++
			}
			return s.nodes[begin:i], i > begin
		case n.group && n.text == "{" && i > begin:
			s.at = i
			return s.nodes[begin:i], true
		case i > begin && (n.is("return") || s.head(i) > 0 && s.headMay(i) || s.names(i) && (s.lineStart(i) || i == begin+1 && s.nodes[begin].group)):
			s.at = i
			end := i
			for end > begin && (s.nodes[end-1].is(",") || s.nodes[end-1].kind == ending && !s.nodes[end-1].group) {
				end--
			}
			return s.nodes[begin:end], end > begin
		case n.is(",") && i > begin && i+1 < len(s.nodes) && (s.nodes[i+1].is("take", "we", "the", "so") || s.nodes[i+1].kind == word && s.colonBefore(i+1)):
			s.at = i + 1
			return s.nodes[begin:i], true
		case n.is(";") || s.stops(i) && (n.is(".") || i > begin && !s.headLine(i+1)):
			return nil, false
		}
	}
	return nil, false
}

// colonBefore says that prose leads to a colon and a cell: "if C, take both: f(i) = …".
func (s *scanner) colonBefore(i int) bool {
	for ; i < len(s.nodes) && !s.stops(i); i++ {
		if s.nodes[i].is(":") {
			return i+1 < len(s.nodes) && s.head(i+1) > 0
		}
	}
	return false
}

// headMay says that a cell that is followed by = begins a statement and is no comparison: "if (dp[i] = 0)" has its in brackets.
func (s *scanner) headMay(i int) bool {
	b := &s.nodes[i-1]
	return b.group || b.is(",", ":", "then", "else", "otherwise", "do") || b.kind == ending || b.kind == word && !keywords[b.text] || b.kind == number
}

func (s *scanner) headLine(i int) bool {
	i = s.next(i)
	return i >= 0 && (s.head(i) > 0 || s.names(i) || s.nodes[i].is("return", "for", "if") || s.nodes[i].group && s.nodes[i].text == "{")
}

// body reads what a condition or loop whose header began at a place is for.
func (s *scanner) body(header int) []stmt {
	s.inside++
	defer func() { s.inside-- }()
	for !s.end() && s.here().is(",") {
		s.at++
	}
	if s.end() {
		return nil
	}
	if s.here().group && s.here().text == "{" {
		list := s.inner(s.here())
		s.at++
		return list
	}
	if s.here().kind != ending || s.here().group {
		return s.sameLine()
	}
	next := s.next(s.at)
	if next < 0 {
		return nil
	}
	col := s.indent(header)
	if s.nodes[next].group && s.nodes[next].text == "{" {
		s.at = next + 1
		return s.inner(&s.nodes[next])
	}
	if s.nodes[next].col > col {
		s.at = next
		return s.block(s.nodes[next].col)
	}
	s.at = next
	if st, ok := s.statement(); ok {
		return []stmt{*st}
	}
	return nil
}

// indent is the column in which the line of a node begins.
func (s *scanner) indent(i int) int {
	for i > 0 && !s.lineStart(i) {
		i--
	}
	return s.nodes[i].col
}

// sameLine reads the statements up to the end of the line; prose before the first is passed.
func (s *scanner) sameLine() (list []stmt) {
	for !s.end() && (s.here().group || s.here().kind != ending) && !s.here().is(".") {
		if len(list) > 0 && s.here().is("else", "otherwise", "elif", "if") {
			return list
		}
		if s.here().is(";") && len(list) > 0 {
			s.at++
			return list
		}
		st, ok := s.statement()
		if !ok {
			if s.here().is("if", "for", "while", "when", "unless", "break", "continue", "else", "otherwise") {
				s.lost = append(s.lost, s.here())
			}
			s.at++
			continue
		}
		list = append(list, *st)
	}
	return list
}

// otherwise reads "else: STATEMENT" as a condition without tests.
func (s *scanner) otherwise() (*stmt, bool) {
	header := s.at
	s.at++
	for !s.end() && s.here().is(":", ",", "then") {
		s.at++
	}
	if s.end() {
		return nil, false
	}
	if s.here().is("if", "when") {
		return s.condition()
	}
	st := &stmt{kind: branching}
	if st.then = s.body(header); len(st.then) == 0 {
		s.at = header
		return nil, false
	}
	return st, true
}

// loop reads "for CLAUSE: STATEMENT".
func (s *scanner) loop() (*stmt, bool) {
	header := s.at
	s.at++
	begin := s.at
	if !s.end() && s.here().group && s.here().text == "(" && s.at+1 < len(s.nodes) {
		s.at++
		st := &stmt{kind: looping, tests: s.nodes[begin : begin+1]}
		st.then = s.body(header)
		return st, len(st.then) > 0
	}
	for i := begin; i < len(s.nodes); i++ {
		n := &s.nodes[i]
		switch {
		case n.is(":", "do") || n.group && n.text == "{" && i+1 == len(s.nodes) || i > begin && s.head(i) > 0 && s.headMay(i):
			s.at = i
			if !n.group && n.is(":", "do") {
				s.at++
			}
		case n.kind == ending && !n.group && i > begin:
			s.at = i
		case s.stops(i):
			return nil, false
		default:
			continue
		}
		st := &stmt{kind: looping, tests: trimmed(s.nodes[begin:i])}
		if prose(st.tests) {
			return nil, false
		}
		st.then = s.body(header)
		return st, len(st.then) > 0
	}
	return nil, false
}

// trimmed cuts commas and colons off the end.
func trimmed(nodes []node) []node {
	for len(nodes) > 0 && (nodes[len(nodes)-1].is(",", ":", ";") || nodes[len(nodes)-1].kind == ending && !nodes[len(nodes)-1].group) {
		nodes = nodes[:len(nodes)-1]
	}
	return nodes
}

// head is the place after "dp[i][j] =" that begins at i, 0 for none.
func (s *scanner) head(i int) int {
	if i >= len(s.nodes) || s.nodes[i].group || s.nodes[i].kind != word || keywords[s.nodes[i].text] || known[s.nodes[i].text] != nil {
		return 0
	}
	k := i + 1
	for k < len(s.nodes) && s.nodes[k].group && s.nodes[k].text != "{" {
		k++
	}
	if k > i+1 && k+1 < len(s.nodes) && s.nodes[k].is("=", ":=", "+=", "|=") && !s.nodes[k].group {
		return k + 1
	}
	return 0
}

// assignment reads "dp[i][j] = VALUE" and "take = VALUE".
func (s *scanner) assignment() (*stmt, bool) {
	for i := s.at; slices.Contains(typeWords, s.here().text) && i+1 < len(s.nodes) && s.nodes[i+1].kind == word && !s.nodes[i+1].group; i++ {
		s.at++
	}
	begin := s.at
	if end := s.head(begin); end > 0 {
		st := &stmt{kind: assigned, table: s.nodes[begin].text, op: s.nodes[end-1].text, round: s.nodes[begin+1].text == "(" || s.nodes[begin+1].sub}
		for _, g := range s.nodes[begin+1 : end-1] {
			st.at = append(st.at, split(g.kids, ",")...)
		}
		s.at = end
		st.value = s.value(true)
		if len(st.value) == 1 && st.value[0].kind == word && !st.value[0].group && !s.end() && s.here().kind == word && !s.here().group { // f(i) = the best of both
			return nil, false
		}
		return st, len(st.value) > 0
	}
	if begin+2 < len(s.nodes) && s.nodes[begin+1].is("=", ":=", "+=") && (begin == 0 || !s.nodes[begin-1].is("=", "<", "<=", "in", "for", ".", "..", "+", "-", "*")) && known[s.nodes[begin].text] == nil {
		st := &stmt{kind: naming, name: s.nodes[begin].text, op: s.nodes[begin+1].text}
		s.at = begin + 2
		st.value = s.value(false)
		return st, len(st.value) > 0 && !prose(st.value)
	}
	return nil, false
}
