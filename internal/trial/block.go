package trial

import (
	"slices"
	"strconv"
	"strings"
)

// A relation with loops, parts that have names, or a cell that is updated is a small program for one cell. It is made a function
// of the indexes, in which __v is the value of the cell so far.

// block is a program in the making.
type block struct {
	a      *answer
	r      *rule
	table  string
	at     [][]node // the cell that is assigned
	params []string
}

// program makes one rule of statements.
func (a *answer) program(p *Piece, list []stmt) (*rule, error) {
	b := &block{a: a, r: &rule{piece: p}}
	if err := b.target(list); err != nil {
		return nil, err
	}
	at := list[0].first
	params := []node{}
	b.r.dims, b.r.shift = len(b.at), make([]int, len(b.at))
	for k, term := range b.at {
		param, test := a.term(b.r, k, term)
		if test != nil {
			return nil, &fault{at.line, at.col, "a program for one cell begins with a plain index"}
		}
		if k > 0 {
			params = append(params, put(at, sign, ","))
		}
		params = append(params, param)
		b.params = append(b.params, param.text)
	}
	b.r.rank, b.r.guarded, b.r.table, b.r.again = b.r.dims, true, b.table, true
	b.line(0, put(at, word, "def"), put(at, word, "it"), wrap("(", params, at), put(at, sign, ":"))
	b.line(1, put(at, word, "__v"), put(at, sign, "="), put(at, word, "None"))
	if err := b.emit(hoisted(list), 1, false); err != nil {
		return nil, err
	}
	b.line(1, put(at, word, "return"), put(at, word, "None"), put(at, word, "if"), put(at, word, "__v"), put(at, sign, "=="), put(at, word, "None"), put(at, word, "else"),
		wrap("(", []node{put(at, word, "__v"), put(at, sign, ",")}, at))
	b.r.tokens = b.r.tokens[:len(b.r.tokens)-1]
	return b.r, nil
}

// hoisted puts the parts that have names before what uses them: "max(skip, take) where take = …".
func hoisted(list []stmt) []stmt {
	var first, rest []stmt
	count := map[string]int{}
	for i := range list {
		count[list[i].name]++
	}
	for _, st := range list {
		if st.kind == naming && count[st.name] == 1 && st.op != "+=" {
			first = append(first, st)
		} else {
			rest = append(rest, st)
		}
	}
	return append(first, rest...)
}

// target finds the cell that the program is for: the one that all assignments are to.
func (b *block) target(list []stmt) error {
	for i := range list {
		st := &list[i]
		if st.table != "" {
			if b.table == "" {
				b.table, b.at = st.table, st.at
			} else if b.table != st.table || !sameTerms(b.at, st.at) {
				return &fault{st.first.line, st.first.col, "two different cells are assigned in one program"}
			}
		}
		for _, inner := range [][]stmt{st.then, st.other} {
			if err := b.target(inner); err != nil {
				return err
			}
		}
	}
	return nil
}

func sameTerms(x, y [][]node) bool {
	if len(x) != len(y) {
		return false
	}
	for k := range x {
		if spelledOut(x[k]) != spelledOut(y[k]) {
			return false
		}
	}
	return true
}

// spelledOut is what nodes say without the space between them.
func spelledOut(nodes []node) string {
	var s strings.Builder
	for _, t := range flat(nodes) {
		s.WriteString(t.text + " ")
	}
	return s.String()
}

func (b *block) line(depth int, nodes ...node) {
	tokens := oneLine(flat(nodes))
	if len(tokens) > 0 {
		tokens[0].pre = strings.Repeat(" ", depth)
	}
	b.r.tokens = append(append(b.r.tokens, tokens...), token{text: "\n", kind: ending})
}

// emit writes statements one after the other; set says that the cell may have a value before them.
func (b *block) emit(list []stmt, depth int, set bool) error {
	always := false
	for i := range list {
		st := &list[i]
		switch st.kind {
		case naming:
			if b.index(st.name) {
				return &fault{st.first.line, st.first.col, "an index gets a value here, and what it stands for is not understood"}
			}
			if err := b.named(st, depth); err != nil {
				return err
			}
		case assigned:
			if err := b.assign(st, depth, set, &always); err != nil {
				return err
			}
		case branching:
			if err := b.branch(st, depth, set || always); err != nil {
				return err
			}
			always = always || len(st.other) > 0
		case looping:
			if err := b.loop(st, depth, set || always); err != nil {
				return err
			}
			set = true
		}
	}
	return nil
}

func (b *block) index(name string) bool {
	for _, p := range b.params {
		if p == name {
			return true
		}
	}
	return false
}

func (b *block) named(st *stmt, depth int) error {
	body, guards, err := b.body(st.value)
	if err != nil {
		return err
	}
	if len(guards) > 0 {
		return &fault{st.first.line, st.first.col, "say what " + st.name + " is otherwise"}
	}
	op := put(st.first, sign, "=")
	if st.op == "+=" {
		op.text = "+="
	}
	head := []node{put(st.first, word, st.name), op}
	if st.params != nil {
		head = append(head, put(st.first, word, "lambda"))
		for k, term := range st.params {
			if k > 0 {
				head = append(head, put(st.first, sign, ","))
			}
			head = append(head, term...)
		}
		head = append(head, put(st.first, sign, ":"))
	}
	b.line(depth, append(head, wrap("(", body, st.first))...)
	return nil
}

// body is a value as an expression, with the conditions under which it is one.
func (b *block) body(value []node) ([]node, [][]node, error) {
	body, guards, err := byCases(b.self(b.a.read(value)))
	if err != nil {
		return nil, nil, err
	}
	if mentions(body, "__all") {
		return nil, nil, &fault{value[0].line, value[0].col, "say what it runs over, as in min(… for k in 1..n)"}
	}
	if prose(body) {
		return nil, nil, &fault{body[0].line, body[0].col, "words stand in this value that are not understood"}
	}
	for i := range guards {
		guards[i] = expression(equals(guards[i], true))
	}
	return expression(equals(body, false)), guards, nil
}

// assign writes a value of the cell. Of several, the first whose condition holds counts, but for what goes on from the value so far.
func (b *block) assign(st *stmt, depth int, set bool, always *bool) error {
	value, loops := b.trailing(st.value)
	updates := st.op == "+=" || b.readsSelf(value)
	body, guards, err := b.body(value)
	if err != nil {
		return err
	}
	at := st.first
	if st.op == "+=" {
		cell := []node{put(at, word, b.table)}
		for _, term := range b.at {
			cell = append(cell, wrap("[", copiedNodes(term), at))
		}
		body = []node{b.soFar(at, cell), put(at, sign, "+"), wrap("(", body, at)}
	}
	if *always && !updates && len(guards) == 0 && len(loops) == 0 {
		return &fault{at.line, at.col, "a second line for the same cell: say when each holds"}
	}
	var tests []node
	if !updates && !*always && !set && !st.returns {
		tests = []node{put(at, word, "__v"), put(at, sign, "=="), put(at, word, "None")}
	}
	for _, g := range guards {
		if len(tests) > 0 {
			tests = append(tests, put(at, word, "and"))
		}
		tests = append(tests, wrap("(", g, at))
	}
	for _, l := range loops {
		if err := b.head(l, &depth); err != nil {
			return err
		}
	}
	if len(tests) > 0 {
		b.line(depth, put(at, word, "if"), wrap("(", tests, at), put(at, sign, ":"))
		depth++
	}
	if st.returns {
		b.line(depth, put(at, word, "return"), wrap("(", []node{wrap("(", body, at), put(at, sign, ",")}, at))
		return nil
	}
	b.line(depth, put(at, word, "__v"), put(at, sign, "="), wrap("(", body, at))
	*always = *always || len(guards) == 0
	return nil
}

// trailing takes the loop off a value: "min(dp[a], dp[a-c] + 1) for c in coins if c <= a".
func (b *block) trailing(value []node) ([]node, [][]node) {
	from := index(value, 1, "for")
	if from < 0 || !b.readsSelf(value[:from]) {
		return value, nil
	}
	return trimmed(value[:from]), [][]node{value[from:]}
}

// head writes the head of a loop with its conditions.
func (b *block) head(clause []node, depth *int) error {
	nodes := clauses(b.a.each(clause), 0)
	for len(nodes) > 0 {
		next := len(nodes)
		for i := 1; i < len(nodes); i++ {
			if nodes[i].is("for", "if") {
				next = i
				break
			}
		}
		part := trimmed(nodes[:next])
		nodes = nodes[next:]
		if len(part) < 2 {
			continue
		}
		if part[0].is("for") && b.index(part[1].text) { // its own index
			continue
		}
		if part[0].is("if") {
			part = equals(append([]node{}, part...), true)
		} else if index(part, 0, "in") < 2 {
			return &fault{part[0].line, part[0].col, "say what it runs over, as in for k in 1..n"}
		}
		b.line(*depth, append(expression(part), put(&part[0], sign, ":"))...)
		*depth++
	}
	return nil
}

// branch writes if and else.
func (b *block) branch(st *stmt, depth int, set bool) error {
	at := st.first
	if st.tests == nil {
		return &fault{at.line, at.col, "no condition stands before this otherwise"}
	}
	if isWord(st.tests, "_fit", "_unfit") {
		return b.fits(st, depth)
	}
	if prose(st.tests) {
		return &fault{at.line, at.col, "this condition is in words that are not understood"}
	}
	tests := expression(equals(append([]node{}, st.tests...), true))
	b.line(depth, put(at, word, "if"), wrap("(", tests, at), put(at, sign, ":"))
	if err := b.inner(st.then, depth+1, set, at); err != nil {
		return err
	}
	if len(st.other) > 0 {
		b.line(depth, put(at, word, "else"), put(at, sign, ":"))
		return b.inner(st.other, depth+1, set, at)
	}
	return nil
}

func (b *block) inner(list []stmt, depth int, set bool, at *node) error {
	b.line(depth, put(at, word, "pass"))
	return b.emit(list, depth, set)
}

// fits writes a branch on whether what is read is there.
func (b *block) fits(st *stmt, depth int) error {
	single := func(list []stmt) ([]node, error) {
		if len(list) == 0 {
			return []node{put(st.first, word, "__v")}, nil
		}
		if len(list) != 1 || list[0].kind != assigned {
			return nil, &fault{st.first.line, st.first.col, "this condition is in words that are not understood"}
		}
		body, guards, err := b.body(list[0].value)
		if err == nil && len(guards) > 0 {
			err = &fault{st.first.line, st.first.col, "this condition is in words that are not understood"}
		}
		return body, err
	}
	yes, err := single(st.then)
	if err != nil {
		return err
	}
	no, err := single(st.other)
	if err != nil {
		return err
	}
	if isWord(st.tests, "_unfit") {
		yes, no = no, yes
	}
	b.line(depth, append([]node{put(st.first, word, "__v"), put(st.first, sign, "=")}, whereFits(yes, no, st.first)...)...)
	return nil
}

// loop writes a loop; over the indexes of the cell itself it is left out.
func (b *block) loop(st *stmt, depth int, set bool) error {
	if st.tests == nil || b.overIndexes(st.tests) {
		return b.emit(st.then, depth, set)
	}
	at := st.first
	clause := append([]node{put(at, word, "for")}, st.tests...)
	if c, ok := cLoop(st.tests); ok {
		clause = append([]node{put(at, word, "for")}, c...)
	}
	if index(clause, 0, "in", "=", "..", "<", "<=", "from") < 0 {
		return &fault{at.line, at.col, "say what it runs over, as in for k in 1..n"}
	}
	if err := b.head(clause, &depth); err != nil {
		return err
	}
	return b.inner(st.then, depth, true, at)
}

// overIndexes says that a loop or range is over indexes of the cell: "for i, j >= 1".
func (b *block) overIndexes(clause []node) bool {
	if c, ok := cLoop(clause); ok {
		clause = c
	}
	for i := range clause {
		if clause[i].kind == word && !clause[i].group && !clause[i].is("all", "each", "every", "any", "int") {
			return b.index(clause[i].text)
		}
	}
	return false
}

// readsSelf says that the cell that is assigned is read.
func (b *block) readsSelf(nodes []node) bool {
	for i := range nodes {
		if b.selfAt(nodes, i) > 0 || nodes[i].group && b.readsSelf(nodes[i].kids) {
			return true
		}
	}
	return false
}

// selfAt is the place behind the cell itself, 0 where it does not stand at i.
func (b *block) selfAt(nodes []node, i int) int {
	if !nodes[i].is(b.table) {
		return 0
	}
	k := i + 1
	var at [][]node
	for k < len(nodes) && nodes[k].group && nodes[k].text != "{" {
		at = append(at, split(nodes[k].kids, ",")...)
		k++
	}
	if sameTerms(at, b.at) {
		return k
	}
	return 0
}

// self puts the value so far in the place of the cell itself.
func (b *block) self(nodes []node) []node {
	var out []node
	for i := 0; i < len(nodes); i++ {
		if k := b.selfAt(nodes, i); k > 0 {
			out = append(out, b.soFar(&nodes[i], nodes[i:k]))
			i = k - 1
			continue
		}
		n := nodes[i]
		if n.group {
			n.kids = b.self(n.kids)
		}
		out = append(out, n)
	}
	return out
}

// soFar is the value of the cell so far; before there is one, what the table says of it.
func (b *block) soFar(at *node, cell []node) node {
	test := []node{put(at, word, "if"), put(at, word, "__v"), put(at, sign, "=="), put(at, word, "None"), put(at, word, "else"), put(at, word, "__v")}
	return wrap("(", append(append([]node{}, cell...), test...), at)
}

// helpers makes functions of other cells that a relation uses: "cost(i, j) = 0 if s[i] == t[j] else 1".
func (a *answer) helpers(list []stmt) []stmt {
	var out []stmt
	for i := range list {
		if a.helping(&list[i], list) && plainTerms(list[i].at) {
			continue
		}
		out = append(out, list[i])
	}
	for i := range list {
		h := &list[i]
		if !a.helping(h, list) || !plainTerms(h.at) {
			continue
		}
		body, guards, err := byCases(a.read(copiedNodes(h.value)))
		if err != nil || len(guards) > 0 || len(body) == 0 {
			return list
		}
		for k := range out {
			putFor(&out[k], h.table, h.at, body)
		}
	}
	return out
}

// parted puts parts that have a name, and are said once and without a condition around them, where they are used.
func (a *answer) parted(list []stmt) []stmt {
	count := map[string]int{}
	for i := range list {
		namesIn(&list[i], count)
	}
	var out []stmt
	var named []*stmt
	for i := range list {
		st := &list[i]
		if st.kind == naming && count[st.name] == 1 && st.op != "+=" && !slices.Contains(a.index, st.name) {
			named = append(named, st)
		} else {
			out = append(out, *st)
		}
	}
	for k := len(named) - 1; k >= 0; k-- {
		body, guards, err := byCases(a.read(copiedNodes(named[k].value)))
		if err != nil || len(guards) > 0 || len(body) == 0 {
			return list
		}
		for i := range out {
			putFor(&out[i], named[k].name, nil, body)
		}
		for _, other := range named[:k] {
			other.value = put1(other.value, named[k].name, nil, body)
		}
	}
	return out
}

func namesIn(st *stmt, count map[string]int) {
	if st.kind == naming {
		count[st.name]++
	}
	for i := range st.then {
		namesIn(&st.then[i], count)
	}
	for i := range st.other {
		namesIn(&st.other[i], count)
	}
}

// plainTerms says that all indexes of a cell are names.
func plainTerms(at [][]node) bool {
	for _, term := range at {
		if len(term) != 1 || term[0].kind != word || term[0].group {
			return false
		}
	}
	return len(at) > 0
}

// putFor puts a body for a name, or a cell with its indexes, everywhere in a statement.
func putFor(st *stmt, name string, at [][]node, body []node) {
	st.value, st.tests = put1(st.value, name, at, body), put1(st.tests, name, at, body)
	for i := range st.then {
		putFor(&st.then[i], name, at, body)
	}
	for i := range st.other {
		putFor(&st.other[i], name, at, body)
	}
}

func put1(nodes []node, name string, at [][]node, body []node) []node {
	var out []node
	for i := 0; i < len(nodes); i++ {
		n := nodes[i]
		if n.group {
			n.kids = put1(n.kids, name, at, body)
		}
		if !n.is(name) || n.group || i > 0 && nodes[i-1].is(".", "for") {
			out = append(out, n)
			continue
		}
		k := i + 1
		var args [][]node
		for at != nil && k < len(nodes) && nodes[k].group && nodes[k].text != "{" && len(args) < len(at) {
			args = append(args, split(put1(nodes[k].kids, name, at, body), ",")...)
			k++
		}
		if len(args) != len(at) {
			out = append(out, n)
			continue
		}
		inner := copiedNodes(body)
		for p := range at {
			inner = put1(inner, at[p][0].text, nil, []node{wrap("(", args[p], &n)})
		}
		g := wrap("(", inner, &n)
		g.pre = " "
		out = append(out, g)
		i = k - 1
	}
	return out
}

// overall makes base cases of what is said of many cells at once: _rest of all others, _edges of the first row and column, _neg
// of those before the first.
func (a *answer) overall(p *Piece, st *stmt) error {
	dims := a.dims()
	if dims == 0 {
		dims = max(1, len(a.index))
	}
	any := func() [][]node {
		at := make([][]node, dims)
		for k := range at {
			at[k] = []node{put(st.first, sign, "*")}
		}
		return at
	}
	var targets [][][]node
	var tests [][]node
	switch st.name {
	case "_rest":
		targets, tests = append(targets, any()), append(tests, nil)
	case "_edges":
		for k := range dims {
			at := any()
			at[k] = []node{put(st.first, number, "0")}
			targets, tests = append(targets, at), append(tests, nil)
		}
	case "_neg":
		for k := range dims {
			at := any()
			name := put(st.first, word, "__n"+strconv.Itoa(k))
			at[k] = []node{name, put(st.first, sign, "<"), put(st.first, number, "0")}
			targets, tests = append(targets, at), append(tests, nil)
		}
	default:
		return nil
	}
	for k := range targets {
		r, err := a.rule(p, targets[k], append([]node{}, st.value...), tests[k])
		if err != nil {
			return err
		}
		a.base = append(a.base, r)
	}
	return nil
}
