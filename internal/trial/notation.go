package trial

import (
	"slices"
	"strconv"
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
	said     int               // conditions of the relation that are in words
	extra    []string          // loops that the relation names besides its indexes: it works in place
	steps    bool              // lines of the relation update one cell one after the other
	called   bool              // the table is written as a function, f(i), as in textbooks
	handsOn  bool              // the relation hands values on to several cells
	helper   bool              // the table so far is not read by its own value
	empty    map[string]string // what min and max are of nothing, where the answer says it
	lets     []*rule           // what names stand for
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
	inWords bool // an order that names a direction and no range
	loops   []string
	name    string // that a definition is of
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
	a := &answer{unread: map[string]*unread{}, knows: knows, empty: map[string]string{}}
	var relate, base []line
	var loops []*Piece
	for i := range pieces {
		p := &pieces[i]
		a.oneBased = a.oneBased || p.OneBased
		for op, v := range p.Empty {
			a.empty[op] = v
		}
		switch {
		case p.Lost != "" && p.Name != Time: // words beside a bound do not change it
			a.cannot(p.Name, p, &fault{p.Line, p.Col, p.Lost})
		case p.Name == Relate:
			relate = append(relate, a.lines(p)...)
		case p.Name == Base:
			base = append(base, a.lines(p)...)
		case p.Name == Order:
			loops = append(loops, p)
		case p.Name == Time && a.time == nil:
			a.time = p
		case p.Name == Code:
			a.code = append(a.code, p)
		}
	}
	a.nameTable(relate, base)
	for i := range pieces {
		if pieces[i].Name == Let {
			a.let(&pieces[i])
		}
	}
	a.relations(relate)
	a.inSteps()
	a.pushed(loops)
	a.baseCases(base)
	for i := range pieces {
		if p := &pieces[i]; p.Name == Original && p.Lost == "" {
			a.cannot(Original, p, a.addOriginal(p))
		}
	}
	if len(loops) > 0 {
		a.cannot(Order, loops[0], a.addOrder(loops))
	}
	return a
}

// cannot notes why a piece cannot be read; the first reason counts.
func (a *answer) cannot(name string, p *Piece, err error) {
	if err != nil && a.unread[name] == nil {
		a.unread[name] = &unread{p, err}
	}
}

// rule makes the function of a line. at are the terms of the index, value what is assigned with its clauses.
func (a *answer) rule(p *Piece, at [][]node, value, condition []node) (*rule, error) {
	r := &rule{piece: p, dims: len(at), shift: make([]int, len(at))}
	if len(value) == 0 {
		return nil, &fault{p.Line, p.Col, "nothing stands after ="}
	}
	body, clauses, guards, err := a.valueOf(value)
	if err != nil {
		return nil, err
	}
	if condition != nil {
		guards = append(guards, condition)
	}
	for _, test := range append(append([][]node{}, clauses...), guards...) {
		if prose(test) {
			return nil, &fault{test[0].line, test[0].col, "this condition is in words that are not understood"}
		}
	}
	if prose(body) {
		return nil, &fault{value[0].line, value[0].col, "words stand in this value that are not understood"}
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

// valueOf is a value as one expression, with the ranges and conditions under which it is one.
func (a *answer) valueOf(value []node) (body []node, clauses, guards [][]node, err error) {
	body, guards, err = byCases(a.read(value))
	if err != nil {
		return nil, nil, nil, err
	}
	if at := index(body, 0, "min", "max", "sum"); at >= 0 && mentions(body, "__all") {
		return nil, nil, nil, &fault{body[at].line, body[at].col, "say what it runs over, as in " + body[at].text + "(… for k in 1..n)"}
	}
	body, clauses, more := a.parts(body)
	return body, clauses, append(guards, more...), nil
}

// read is a value with what people write for a minimum over something in one form.
func (a *answer) read(value []node) []node {
	return phrases(optional(ellipses(a.each(a.subscripted(value)))), a.index)
}

// subscripted reads w_i, where w is an index as well as a name of the setup, as the one of the setup: an index has none itself.
func (a *answer) subscripted(nodes []node) []node {
	out := slices.Clone(nodes)
	for i := range out {
		if out[i].group {
			out[i].kids = a.subscripted(out[i].kids)
			continue
		}
		if i+1 < len(out) && out[i+1].group && out[i+1].text == "[" && out[i+1].pre == "" && a.isIndex(&out[i]) && a.knows(out[i].text) {
			out[i].text = given + out[i].text
		}
	}
	return out
}

// given stands before a name of the setup that an index hides.
const given = "__given_"

// term is the parameter for one index and, where it is no plain name, the test that a cell must pass.
func (a *answer) term(r *rule, k int, term []node) (param node, test []node) {
	hidden := func(n *node) node {
		if k < len(a.index) && a.index[k] != "_" && r.dims == len(a.index) && !mentions(term, a.index[k]) {
			return put(n, word, a.index[k])
		}
		return put(n, word, "__c"+strconv.Itoa(k))
	}
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
