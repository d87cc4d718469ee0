package trial

import (
	"strconv"
	"strings"
)

// The statements of a relation and of base cases are made rules.

// line is a statement with the piece that it stands in.
type line struct {
	stmt
	piece *Piece
}

// lines are the statements of a piece.
func (a *answer) lines(p *Piece) (out []line) {
	if _, ok := nest(lex(p.Text, p.Line, p.Col)); !ok && !strings.Contains(p.Text, "\n") && strings.Count(p.Text, "{") == strings.Count(p.Text, "}") {
		a.cannot(p.Name, p, unpaired(lex(p.Text, p.Line, p.Col)))
		return nil
	}
	read := scan
	if p.Name == Base {
		read = basesIn
	}
	list, lost := read(prepared(p.Text, p.Line, p.Col, a.knows))
	if len(lost) > 0 {
		a.cannot(p.Name, p, notUnderstood(lost[0]))
	}
	for _, st := range list {
		if st.kind == naming && len(list) == 1 && !strings.HasPrefix(st.name, "_") {
			a.cannot(p.Name, p, &fault{p.Line, p.Col, "want a cell, such as dp[i] = …"})
			continue
		}
		out = append(out, line{st, p})
	}
	if len(list) == 0 {
		a.cannot(p.Name, p, &fault{p.Line, p.Col, "nothing that can be read stands after ="})
	}
	return out
}

// notUnderstood says that something which carries meaning is not read.
func notUnderstood(n *node) error {
	return &fault{n.line, n.col, "from here on it is in words that are not understood, so nothing of it is judged"}
}

// cells are all assignments to cells among statements, wherever they stand.
func cells(list []line, do func(st *stmt)) {
	for i := range list {
		assignedIn(&list[i].stmt, do)
	}
}

func assignedIn(st *stmt, do func(st *stmt)) {
	if st.kind == assigned && st.table != "" {
		do(st)
	}
	for i := range st.then {
		assignedIn(&st.then[i], do)
	}
	for i := range st.other {
		assignedIn(&st.other[i], do)
	}
}

// nameTable takes the names of the table and its indexes from the relation, else the base cases: of several tables the one that
// its own value reads.
func (a *answer) nameTable(relate, base []line) {
	cells(relate, func(st *stmt) {
		a.also = append(a.also, st.table)
		if a.table == "" || mentions(st.value, st.table) && a.helper {
			a.table, a.called, a.helper = st.table, st.round, !mentions(st.value, st.table)
		}
	})
	cells(base, func(st *stmt) {
		a.also = append(a.also, st.table)
		if a.table == "" {
			a.table, a.called = st.table, st.round
		}
	})
	cells(relate, func(st *stmt) {
		if st.table == a.table {
			a.nameIndexes(st.at)
		}
	})
	if a.table == "" {
		a.nameCalls(relate)
	}
}

func (a *answer) nameIndexes(at [][]node) {
	if len(a.index) > 0 {
		for k, term := range at { // x[i][hi] = …, x[i][lo] = …: the second index is no name of a loop
			if k < len(a.index) && len(term) == 1 && term[0].kind == word && !term[0].is(a.index[k]) && a.knows(term[0].text) {
				a.index[k] = "_"
			}
		}
		return
	}
	var names []string
	for _, term := range at {
		if len(term) == 0 || term[0].kind != word {
			return
		}
		names = append(names, term[0].text)
	}
	a.index = names
}

// relations makes rules of the lines of the relation, a program where they are one.
func (a *answer) relations(list []line) {
	if len(list) == 0 || a.unread[Relate] != nil {
		return
	}
	var plain []stmt
	for i := range list {
		plain = append(plain, list[i].stmt)
	}
	a.fill(plain)
	plain = ofNothingSaid(plain)
	list = list[:len(plain)]
	for i := range plain {
		a.sayTests(&plain[i])
	}
	if a.said > maxSaid {
		a.cannot(Relate, list[0].piece, &fault{list[0].piece.Line, list[0].piece.Col, "too many conditions of it are in words"})
		return
	}
	if parted := a.helpers(a.parted(plain)); len(parted) < len(plain) && len(parted) > 0 { // parts with names stand where they are used
		plain = parted
		for len(list) > len(plain) {
			list = list[:len(list)-1]
		}
	}
	if !a.simple(plain) {
		r, err := a.program(list[0].piece, plain)
		if err != nil {
			a.cannot(Relate, list[0].piece, err)
			return
		}
		a.relate = append(a.relate, r)
		return
	}
	for i := range list {
		list[i].stmt = plain[i]
		for _, c := range chosen(&list[i].stmt, nil) {
			a.addRule(list[i].piece, c.st, c.tests)
		}
	}
}

func (a *answer) addRule(p *Piece, st *stmt, tests []node) {
	r, err := a.rule(p, st.at, st.value, tests)
	if err != nil {
		a.cannot(Relate, p, err)
		return
	}
	r.table, r.again = st.table, updates(st)
	a.relate = append(a.relate, r)
}

// ofNothingSaid puts "and f(i) = 1 if there is none" behind the value that it is said of.
func ofNothingSaid(list []stmt) (out []stmt) {
	for i := range list {
		st := &list[i]
		at := index(st.value, 0, "_none")
		if at < 0 || len(out) == 0 || st.kind != assigned || at+1 < len(st.value) {
			out = append(out, *st)
			continue
		}
		last := &out[len(out)-1]
		if last.kind != assigned || last.table != st.table || !sameTerms(last.at, st.at) {
			out = append(out, *st)
			continue
		}
		last.value = append(append(append([]node{}, last.value...), put(st.first, sign, ";")), st.value...)
	}
	return out
}

// maxSaid is how many conditions in words are tried both ways.
const maxSaid = 3

// saidName is what a condition in words is called, with its number.
const saidName = "_said"

// sayTests gives conditions in words a name, under which both ways are tried.
func (a *answer) sayTests(st *stmt) {
	if st.kind == branching && len(st.tests) > 0 && prose(st.tests) {
		st.tests = []node{a.sayOne(&st.tests[0])}
	}
	if st.kind == assigned {
		st.value = a.sayIn(st.value)
	}
	for i := range st.then {
		a.sayTests(&st.then[i])
	}
	for i := range st.other {
		a.sayTests(&st.other[i])
	}
}

func (a *answer) sayOne(at *node) node {
	n := put(at, word, saidName+strconv.Itoa(a.said))
	a.said++
	return n
}

// sayIn is sayTests for the conditions of a value.
func (a *answer) sayIn(value []node) []node {
	var out []node
	for i := 0; i < len(value); i++ {
		out = append(out, value[i])
		if !value[i].is("if", "when", "unless") || i > 0 && index(value[:i], 0, "for") >= 0 {
			continue
		}
		end := i + 1
		for end < len(value) && !value[end].is(",", ";", ":", "then", "else", "otherwise") {
			end++
		}
		if end > i+1 && prose(value[i+1:end]) && !value[i+1].is("_fit", "_unfit") {
			out = append(out, a.sayOne(&value[i]))
			i = end - 1
		}
	}
	return out
}

// fill gives returned values the cell of the relation.
func (a *answer) fill(list []stmt) {
	if a.table == "" || len(a.index) == 0 {
		return
	}
	var at [][]node
	for _, name := range a.index {
		at = append(at, []node{{token: token{text: name, kind: word}}})
	}
	returned(list, a.table, at)
}

// guardedStmt is an assignment with the condition that it stands under.
type guardedStmt struct {
	st    *stmt
	tests []node
}

// chosen are the assignments of a statement, in the order in which the first that applies counts.
func chosen(st *stmt, tests []node) (out []guardedStmt) {
	if st.kind != branching {
		return []guardedStmt{{st, tests}}
	}
	for i := range st.then {
		out = append(out, chosen(&st.then[i], st.tests)...)
	}
	for i := range st.other {
		out = append(out, chosen(&st.other[i], nil)...)
	}
	return out
}

// simple says that statements are one value for each case or update a cell line by line: no loop around, no part with a name.
func (a *answer) simple(list []stmt) bool {
	for i := range list {
		st := &list[i]
		switch {
		case st.kind == naming, st.kind == looping, a.helping(st, list):
			return false
		case st.kind == branching && (st.tests == nil || !a.flatBranch(st) || i > 0):
			return false
		case st.kind == assigned && !a.plain(st):
			return false
		}
	}
	return true
}

// plain says that a statement gives a cell a value.
func (a *answer) plain(st *stmt) bool {
	return st.kind == assigned && st.table != "" && (st.op == "=" || st.op == ":=")
}

// helping says that a statement only says what another of the relation uses: its value is of no table.
func (a *answer) helping(st *stmt, list []stmt) bool {
	if st.kind != assigned || st.table == a.table || len(list) < 2 {
		return false
	}
	for i := range list {
		if list[i].table != "" && mentions(st.value, list[i].table) {
			return false
		}
	}
	return true
}

// flatBranch says that a condition and its alternatives hold one assignment each.
func (a *answer) flatBranch(st *stmt) bool {
	one := func(list []stmt) bool { return len(list) == 1 && a.plain(&list[0]) }
	if isWord(st.tests, "_fit", "_unfit") || !one(st.then) {
		return false
	}
	return len(st.other) == 0 || one(st.other) || len(st.other) == 1 && st.other[0].kind == branching && st.other[0].tests != nil && a.flatBranch(&st.other[0])
}

// updates says that a cell is computed from its own value so far.
func updates(st *stmt) bool {
	b := &block{table: st.table, at: st.at}
	return b.readsSelf(st.value)
}

// baseCases makes rules of the lines of the base cases.
func (a *answer) baseCases(list []line) {
	for i := range list {
		p := list[i].piece
		one := []stmt{list[i].stmt}
		a.fill(one)
		if one[0].kind == naming {
			a.cannot(Base, p, a.overall(p, &one[0]))
			continue
		}
		for _, c := range flattened(&one[0]) {
			a.cannot(Base, p, a.baseCase(p, c))
		}
	}
}

// baseCase makes rules of "f(0) = f(1) = VALUE".
func (a *answer) baseCase(p *Piece, c guardedStmt) error {
	if c.st.kind != assigned || c.st.at == nil {
		return &fault{c.st.first.line, c.st.first.col, "want a base case, such as " + a.table + "[0] = 0"}
	}
	targets, names, value := [][][]node{c.st.at}, []string{c.st.table}, c.st.value
	for {
		table, at, rest, ok := assignment(value)
		if !ok {
			break
		}
		targets, names, value = append(targets, at), append(names, table), rest
	}
	if eq := index(value, 1, "="); eq > 0 && index(value, 0, "if", "when", "for") < 0 { // f(n, j) = 0 = f(i, m)
		if table, at, _, ok := assignment(append(copiedNodes(value[eq+1:]), put(&value[eq], sign, "="), put(&value[eq], number, "0"))); ok {
			targets, names, value = append(targets, at), append(names, table), value[:eq]
		}
	}
	for i, at := range targets {
		r, err := a.rule(p, at, copiedNodes(value), c.tests)
		if err != nil {
			return err
		}
		r.table = names[i]
		a.base = append(a.base, r)
	}
	return nil
}
