package trial

import (
	"slices"
	"strconv"
	"strings"
)

// answer is what was written, parsed: every piece as rules that can be compiled against the names of a setup.
type answer struct {
	table    string
	also     []string // other names for the table, in other pieces
	index    []string // as the relation names them
	relate   []*rule
	base     []*rule
	order    *rule
	original *rule
	time     *Piece
	code     []*Piece
	unread   map[string]*unread // by piece
	oneBased bool
	best     *judged           // the reading that was kept
	knows    func(string) bool // names of the setup
	extra    []string          // loops that the relation names besides its indexes: it works in place
	steps    bool              // lines of the relation update one cell one after the other
	called   bool              // the table is written as a function, f(i), as in textbooks
}

// unread says why a piece cannot be run.
type unread struct {
	piece *Piece
	err   error
}

// rule is one line made into a function of the indexes: it returns None where it does not apply, else (value,).
type rule struct {
	piece   *Piece
	tokens  []token // "it = lambda i, j: …"; for the order "def it(emit): …"
	shift   []int   // of each index: what the line adds to it
	table   string
	dims    int
	initial bool // a base line for every cell: what they begin with
	guarded bool // a condition says for which cells it holds
	always  bool // no condition says for which cells it holds
	again   bool // it reads the cell that it computes
	memo    bool // an order that recursion finds
	loops   []string
	prog    *program
	rank    int // of base lines: how many indexes are free
}

// free says that a name in an index stands for any: an index of the relation, or a name that the setup does not know.
func (a *answer) free(n *node) bool {
	return n.kind == word && !n.group && (a.isIndex(n) || known[n.text] == nil && !a.knows(n.text))
}

// failed names a piece that cannot be read, "" if there is none.
func (a *answer) failed() string {
	for name := range a.unread {
		return name
	}
	return ""
}

// pieces are a reference answer as if it had been written, a line each.
func (r *Reference) pieces() []Piece {
	var out []Piece
	for _, p := range []struct{ name, text string }{{Relate, r.Relate}, {Base, r.Base}, {Order, r.Order}, {Original, r.Original}, {Time, r.Time}} {
		out = append(out, Read([]Written{{p.name, p.text}})...)
	}
	if r.Code != "" {
		out = append(out, Piece{Name: Code, Text: r.Code, Line: 1, Col: 1})
	}
	return out
}

// parse makes an answer of pieces; knows tells the names of the setup.
func parse(pieces []Piece, knows func(string) bool) *answer {
	a := &answer{unread: map[string]*unread{}, knows: knows}
	for i := range pieces {
		a.oneBased = a.oneBased || pieces[i].OneBased
		if pieces[i].Name == Relate {
			a.nameTable(&pieces[i])
		}
	}
	for i := range pieces {
		if pieces[i].Name == Base {
			a.nameTable(&pieces[i])
		}
	}
	defer a.inSteps()
	var loops []*Piece
	var condition []node // of a line "if C:" for the next
	for i := range pieces {
		p := &pieces[i]
		var err error
		switch p.Name {
		case Relate:
			condition, err = a.addRelate(p, condition)
		case Base:
			err = a.addBase(p)
		case Order:
			loops = append(loops, p)
		case Original:
			err = a.addOriginal(p)
		case Time:
			if a.time == nil {
				a.time = p
			}
		case Code:
			a.code = append(a.code, p)
		}
		if err != nil && a.unread[p.Name] == nil {
			a.unread[p.Name] = &unread{p, err}
		}
	}
	if len(loops) > 0 {
		if err := a.addOrder(loops); err != nil {
			a.unread[Order] = &unread{loops[0], err}
		}
	}
	return a
}

// nameTable takes the names of table and indexes from the first line that has them.
func (a *answer) nameTable(p *Piece) {
	nodes, ok := nest(lex(p.Text, p.Line, p.Col))
	if colon := index(nodes, 0, ":"); len(nodes) > 0 && nodes[0].is("if", "else", "elif", "otherwise") && colon > 0 {
		nodes = nodes[colon+1:]
	}
	table, at, _, assigned := assignment(nodes)
	if !ok || !assigned {
		return
	}
	a.also = append(a.also, table)
	if len(a.index) > 0 {
		for k, term := range at { // x[i][hi] = …, x[i][lo] = …: the second index is no name of a loop
			if p.Name == Relate && k < len(a.index) && len(term) == 1 && term[0].kind == word && !term[0].is(a.index[k]) && a.knows(term[0].text) {
				a.index[k] = "_"
			}
		}
		return
	}
	var names []string
	for _, term := range at {
		if len(term) == 0 || term[0].kind != word || p.Name != Relate {
			names = nil
			break
		}
		names = append(names, term[0].text)
	}
	if a.table == "" {
		a.table, a.called = table, nodes[1].text == "("
	}
	if len(names) > 0 {
		a.index = names
	}
}

func (a *answer) addRelate(p *Piece, condition []node) ([]node, error) {
	nodes, ok := nest(lex(p.Text, p.Line, p.Col))
	if !ok {
		return nil, unpaired(lex(p.Text, p.Line, p.Col))
	}
	if nodes[0].is("if", "elif", "else", "otherwise") {
		sep := index(nodes, 1, ":", ",")
		condition = nodes[1:sep]
		if len(condition) == 0 {
			condition = []node{put(&nodes[0], word, "True")}
		}
		if nodes = nodes[sep+1:]; len(nodes) == 0 {
			return condition, nil
		}
	}
	for _, part := range assignments(nodes, nodes[0].text) {
		table, at, value, ok := assignment(part)
		if !ok {
			return nil, &fault{part[0].line, part[0].col, "want " + a.table + "[…] = …"}
		}
		r, err := a.rule(p, at, value, condition)
		if err != nil {
			return nil, err
		}
		r.table, r.again = table, readsAgain(table, at, value)
		a.relate = append(a.relate, r)
	}
	return nil, nil
}

// assignments cuts "dp[0] = 0, dp[1] = 1" where a new cell begins.
func assignments(nodes []node, table string) (parts [][]node) {
	begin := 0
	for i := 1; i+1 < len(nodes); i++ {
		if nodes[i].is(",", ";", "and", ".") && nodes[i+1].kind == word && i+2 < len(nodes) && nodes[i+2].group {
			if _, _, _, ok := assignment(nodes[i+1:]); ok || nodes[i+1].is(table) && i+3 < len(nodes) && index(nodes[i+1:], 0, "=") > 0 && nodes[i].is(",", ";") {
				parts, begin = append(parts, nodes[begin:i]), i+1
			}
		}
	}
	return append(parts, nodes[begin:])
}

// rule makes the function of a line. at are the terms of the index, value what is assigned with its clauses.
func (a *answer) rule(p *Piece, at [][]node, value, condition []node) (*rule, error) {
	r := &rule{piece: p, dims: len(at), shift: make([]int, len(at))}
	value, _ = uncommented(value)
	if len(value) == 0 {
		return nil, &fault{p.Line, p.Col, "nothing stands after ="}
	}
	value = phrases(cases(a.subscripted(value)), a.index)
	if at := index(value, 0, "min", "max", "sum"); at >= 0 && mentions(value, "__all") {
		return nil, &fault{value[at].line, value[at].col, "say what it runs over, as in " + value[at].text + "(… for k in 1..n)"}
	}
	body, clauses, guards := a.parts(value)
	for _, c := range condition {
		if len(guards) == 0 || guards[len(guards)-1] == nil {
			guards = append(guards, nil)
		}
		guards[len(guards)-1] = append(guards[len(guards)-1], c)
	}
	var params []node
	var tests [][]node
	seen := map[string]bool{}
	for k, term := range at {
		param, test := a.term(r, k, term)
		if seen[param.text] { // dp[i][i]: the second is held against the first
			r.shift[k] = 0
			param = put(&term[0], word, "__c"+strconv.Itoa(k))
			test = []node{param, put(&term[0], sign, "=="), wrap("(", term, &term[0])}
		}
		seen[param.text] = true
		params = append(params, param)
		if test != nil {
			tests = append(tests, test)
		} else {
			r.rank++
		}
	}
	r.guarded = len(clauses)+len(guards) > 0
	tests = append(append(tests, clauses...), guards...)
	r.initial = r.rank == r.dims && len(tests) == 0
	r.always = len(tests) == 0
	r.build(params, tests, body, &value[0])
	return r, nil
}

// subscripted reads w_i as w[i], where w is a name of the setup and w_i is none.
func (a *answer) subscripted(nodes []node) []node {
	var out []node
	for _, n := range nodes {
		if n.group {
			n.kids = a.subscripted(n.kids)
		}
		name, at, ok := strings.Cut(n.text, "_")
		if n.group || n.kind != word || !ok || a.knows(n.text) || !a.knows(name) || at == "" || slices.Contains(a.index, name) {
			out = append(out, n)
			continue
		}
		n.text = name
		out = append(out, n, wrap("[", []node{put(&n, word, at)}, &n))
	}
	return out
}

// cases drops the comma of "A if C, else B", and what says that a line is the last of several.
func cases(nodes []node) []node {
	var out []node
	for i := range nodes {
		if nodes[i].is(",", ";") && i+1 < len(nodes) && nodes[i+1].is("else", "otherwise") {
			continue
		}
		out = append(out, nodes[i])
	}
	if n := len(out) - 1; n > 0 && out[n].is("else", "otherwise") {
		out = out[:n]
		if out[n-1].is(",", ";") {
			out = out[:n-1]
		}
	}
	return out
}

// term is the parameter for one index and, where it is no plain name, the test that a cell must pass.
func (a *answer) term(r *rule, k int, term []node) (param node, test []node) {
	hidden := func(n *node) node { return put(n, word, "__c"+strconv.Itoa(k)) }
	if len(term) == 0 {
		return node{token: token{text: "__c" + strconv.Itoa(k), kind: word, pre: " "}}, nil
	}
	first := term[0]
	switch {
	case len(term) == 1 && term[0].is("*", ":", "_", ".", ".."):
		return hidden(&first), nil
	case len(term) == 1 && a.free(&first):
		return first, nil
	case len(term) == 3 && a.free(&first) && term[1].is("+", "-") && term[2].kind == number && !term[2].group:
		r.shift[k], _ = strconv.Atoi(term[2].text)
		if term[1].is("-") {
			r.shift[k] = -r.shift[k]
		}
		return first, nil
	case a.free(&first) && len(term) > 2 && term[1].is("<", ">", "<=", ">="):
		return first, term
	}
	h := hidden(&first)
	return h, []node{h, put(&first, sign, "=="), wrap("(", term, &first)}
}

// parts takes the clauses off a value: "for i in 1..n", "if c <= a" without an else. A "for" over what is no index belongs
// into the min or max before it.
func (a *answer) parts(value []node) (body []node, clauses, guards [][]node) {
	end := index(value, 0, "for")
	if cond := loneIf(value); cond >= 0 && (end < 0 || cond < end) {
		end = cond
	}
	if end <= 0 {
		return value, nil, nil
	}
	body, rest := value[:end], value[end:]
	if body[len(body)-1].is(",") {
		body = body[:len(body)-1]
	}
	if len(rest) > 3 && rest[0].is("for") && rest[1].is("all", "each", "every", "any") && rest[2].kind == word && !a.isIndex(&rest[2]) {
		rest = append([]node{rest[0]}, rest[2:]...)
	}
	if rest[0].is("for") && len(rest) > 1 && !a.isIndex(&rest[1]) && !rest[1].is("all", "each", "every", "any") {
		if moved, ok := moveInto(body, rest); ok {
			return moved, nil, nil
		}
	}
	for len(rest) > 0 {
		next := len(rest)
		for i := 1; i < len(rest); i++ {
			if rest[i].is("for", "if", "when", "where", "and") && (!rest[i].is("and") || rest[0].is("for")) {
				next = i
				break
			}
		}
		part := rest[1:next]
		if n := len(part); n > 0 && part[n-1].is(",") {
			part = part[:n-1]
		}
		if rest[0].is("for", "and") && len(part) > 0 && clauseOf(rest[0], part) {
			if c := loopTest(part); c != nil {
				clauses = append(clauses, c)
			}
		} else if len(part) > 0 {
			guards = append(guards, part)
		}
		rest = rest[next:]
	}
	return body, clauses, guards
}

// clauseOf says that words after "for" or "and" are a range and no condition.
func clauseOf(lead node, part []node) bool {
	return lead.is("for") || index(part, 0, "..") > 0
}

// loopTest is the condition that a "for" over an index comes to; nil for "all i".
func loopTest(part []node) []node {
	if part[0].is("all", "each", "every", "any") {
		part = part[1:]
	}
	if len(part) <= 1 || index(part, 0, "in", "=", "from", "<", "<=", ">", ">=", "..") < 0 {
		return nil
	}
	if index(part, 0, ">", ">=", "<", "<=") > 0 {
		return part
	}
	return overRange(part)
}

func (a *answer) isIndex(n *node) bool {
	for _, name := range a.index {
		if n.is(name) {
			return true
		}
	}
	return false
}

// loneIf is the place of the first "if" that no "else" follows, -1 where there is none.
func loneIf(nodes []node) int {
	for i := range nodes {
		if nodes[i].is("when", "where") {
			return i
		}
		if nodes[i].is("if") {
			if index(nodes, i, "else", "otherwise") < 0 {
				return i
			}
			return -1
		}
	}
	return -1
}

// moveInto puts clauses that stand after a min or max into its brackets: around the only argument, or around those that name
// what the clauses run over.
func moveInto(body, rest []node) ([]node, bool) {
	for i := 1; i < len(body); i++ {
		if !body[i].group || !body[i-1].is("min", "max", "sum", "any", "all") || index(body[i].kids, 0, "for") >= 0 {
			continue
		}
		out := append([]node{}, body...)
		parts := split(out[i].kids, ",")
		if len(parts) == 1 {
			out[i].kids = append(append([]node{}, parts[0]...), rest...)
			return out, true
		}
		var kids []node
		moved := false
		for k, part := range parts {
			if k > 0 {
				kids = append(kids, put(&body[i], sign, ","))
			}
			if mentions(part, rest[1].text) {
				moved = true
				inner := wrap("(", append(append([]node{}, part...), copiedNodes(rest)...), &body[i])
				part = []node{put(&body[i], word, body[i-1].text), inner}
			}
			kids = append(kids, part...)
		}
		out[i].kids = kids
		return out, moved
	}
	return nil, false
}

// copiedNodes are nodes that may be changed without changing others.
func copiedNodes(nodes []node) []node {
	out := slices.Clone(nodes)
	for i := range out {
		out[i].kids = copiedNodes(out[i].kids)
	}
	return out
}

// phrases rewrites "min over c in coins of X" and "max of X".
func phrases(nodes []node, indexes []string) []node {
	for i := range nodes {
		if nodes[i].group {
			nodes[i].kids = phrases(nodes[i].kids, indexes)
		}
	}
	for i := 0; i+2 < len(nodes); i++ {
		if !nodes[i].is("min", "max", "sum") || !nodes[i+1].is("over", "of") {
			continue
		}
		if nodes[i+1].is("of") {
			rest := append([]node{}, nodes[i+2:]...)
			return append(append([]node{}, nodes[:i+1]...), wrap("(", rest, &nodes[i]))
		}
		of := index(nodes, i+2, "of", ":")
		if of < 0 {
			continue
		}
		clause := nodes[i+2 : of]
		if clause[0].is("all", "every", "each") {
			clause = clause[1:]
		}
		var inner []node
		inner = append(inner, nodes[of+1:]...)
		for k, part := range split(clause, ",") {
			if len(part) == 0 {
				continue
			}
			lead := "if"
			if k == 0 {
				lead = "for"
				if len(part) == 1 {
					part = append(append([]node{}, part...), put(&part[0], word, "in"), put(&part[0], word, "__all"))
				}
			}
			inner = append(append(inner, put(&part[0], word, lead)), part...)
		}
		return append(append([]node{}, nodes[:i+1]...), wrap("(", inner, &nodes[i]))
	}
	return nodes
}

// build writes "it = lambda i, j: ((VALUE),) if TESTS else None".
func (r *rule) build(params []node, tests [][]node, body []node, at *node) {
	out := []node{put(at, word, "it"), put(at, sign, "="), put(at, word, "lambda")}
	for i, p := range params {
		if i > 0 {
			out = append(out, put(at, sign, ","))
		}
		p.pre = " "
		out = append(out, p)
	}
	value := wrap("(", expression(equals(body, false)), at)
	out = append(out, put(at, sign, ":"), wrap("(", []node{value, put(at, sign, ",")}, at))
	for i, t := range tests {
		lead := "and"
		if i == 0 {
			lead = "if"
		}
		t = append([]node{}, t...)
		out = append(out, put(at, word, lead), wrap("(", expression(equals(t, true)), at))
	}
	if len(tests) > 0 {
		out = append(out, put(at, word, "else"), put(at, word, "None"))
	}
	r.tokens = oneLine(flat(out))
	r.tokens[0].pre = ""
}

// equals reads a single = in a condition as a comparison.
func equals(nodes []node, condition bool) []node {
	for i := range nodes {
		n := &nodes[i]
		switch {
		case n.group:
			called := i > 0 && nodes[i-1].kind == word && !keywords[nodes[i-1].text]
			n.kids = equals(n.kids, condition && !called)
		case n.is("if", "when", "where", "elif"):
			condition = true
		case n.is("else", "for", "otherwise", ","):
			condition = false
		case n.is("=") && condition:
			n.text = "=="
		}
	}
	return nodes
}

// oneLine drops the ends of lines: notation is of one.
func oneLine(tokens []token) []token {
	var out []token
	for _, t := range tokens {
		if t.kind != ending {
			out = append(out, t)
		}
	}
	return out
}

func (a *answer) addBase(p *Piece) error {
	tokens := lex(p.Text, p.Line, p.Col)
	nodes, ok := nest(tokens)
	if !ok {
		return unpaired(tokens)
	}
	for _, part := range assignments(nodes, nodes[0].text) {
		var targets [][][]node
		var names []string
		value := part
		for {
			table, at, rest, ok := assignment(value)
			if !ok {
				break
			}
			targets, names, value = append(targets, at), append(names, table), rest
		}
		if len(targets) == 0 {
			return &fault{part[0].line, part[0].col, "want " + a.table + "[…] = a value"}
		}
		for i, at := range targets {
			r, err := a.rule(p, at, append([]node{}, value...), nil)
			if err != nil {
				return err
			}
			r.table = names[i]
			a.base = append(a.base, r)
		}
	}
	return nil
}
