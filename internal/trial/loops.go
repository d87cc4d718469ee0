package trial

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readOrder finds the order of computation in a section.
func readOrder(text string, s *section) []Piece {
	body, line, col := s.body(text)
	nodes := prepared(body, line, col, nil)
	axes := axesIn(nodes)
	start, end := len(body), 0
	for _, x := range axes {
		start, end = min(start, x.first.off), max(end, x.last.ends())
	}
	if at := memo().FindStringIndex(body); len(axes) == 0 || at != nil && !slices.ContainsFunc(axes, func(x axis) bool { return x.over != nil }) {
		if at == nil {
			at = saidInWords(body)
		}
		if at == nil {
			return nil
		}
		start, end = at[0], at[1]
	}
	piece := Piece{Name: Order, Text: body[start:end], Start: s.start + start, End: s.start + end}
	before := body[:start]
	piece.Line, piece.Col = line+strings.Count(before, "\n"), col+utf8.RuneCountInString(before)
	if at := strings.LastIndexByte(before, '\n'); at >= 0 {
		piece.Col = 1 + utf8.RuneCountInString(before[at+1:])
	}
	return []Piece{piece}
}

// saidInWords is the place where words say a direction, nil for none; it reaches over the whole sentence.
func saidInWords(body string) []int {
	for _, w := range inWords {
		if at := w.said().FindStringIndex(body); at != nil {
			end := len(strings.TrimRight(body, " \t\r\n"))
			return []int{min(at[0], end), end}
		}
	}
	return nil
}

// addOrder makes a function of loops: def it(emit): for i in …: for j in …: emit(i, j).
func (a *answer) addOrder(pieces []*Piece) error {
	r := &rule{piece: pieces[0]}
	var axes []axis
	for _, p := range pieces {
		axes = append(axes, axesIn(prepared(p.Text, p.Line, p.Col, a.knows))...)
	}
	if len(axes) == 0 {
		var done bool
		if axes, done = a.direction(pieces[0]); done {
			r.memo, a.order = true, r
			return nil
		}
	}
	at := node{token: token{line: pieces[0].Line, col: pieces[0].Col}}
	if len(axes) == 0 {
		return &fault{at.line, at.col, "want a loop, such as for i in 1..n"}
	}
	for i := range axes {
		if axes[i].name == a.table && a.table != "" {
			axes[i].name = ""
		}
	}
	axes = a.needed(axes)
	a.nameAxes(axes)
	line := func(depth int, nodes ...node) {
		tokens := oneLine(flat(nodes))
		tokens[0].pre = strings.Repeat(" ", depth)
		r.tokens = append(append(r.tokens, tokens...), token{text: "\n", kind: ending})
	}
	line(0, put(&at, word, "def"), put(&at, word, "it"), wrap("(", []node{put(&at, word, "emit")}, &at), put(&at, sign, ":"))
	depth := 1
	for _, x := range axes {
		if x.free {
			continue
		}
		if x.pair != [2]string{} {
			loop, err := a.sumLoop(&x, &at)
			if err != nil {
				return err
			}
			r.loops, r.inWords = append(r.loops, x.pair[:]...), true
			line(depth, loop...)
			depth++
			continue
		}
		r.loops = append(r.loops, x.name)
		if x.set != nil {
			line(depth, expression(x.set)...)
			continue
		}
		loop, err := a.head(&x, &at)
		if err != nil {
			return err
		}
		r.inWords = r.inWords || x.over == nil
		line(depth, loop...)
		depth++
	}
	if depth == 1 { // nothing but "any order"
		r.memo, a.order = true, r
		r.tokens = nil
		return nil
	}
	r.tokens = append(r.tokens, token{pre: strings.Repeat(" ", depth), text: "emit(" + strings.Join(a.emitted(r.loops), ", ") + ")", line: at.line, col: at.col})
	a.order = r
	return nil
}

// head is "for NAME in RANGE:"; where no range is given, over all values of the index.
func (a *answer) head(x *axis, at *node) ([]node, error) {
	name := put(at, word, x.name)
	if x.over != nil {
		over := overRange(append([]node{}, x.over...))
		in := index(over, 0, "in")
		if in < 1 || in+1 >= len(over) {
			return nil, &fault{at.line, at.col, "want a loop, such as for i in 1..n"}
		}
		return append(append([]node{put(at, word, "for"), name, put(at, word, "in")}, expression(over[in+1:])...), put(at, sign, ":")), nil
	}
	k := slices.Index(a.index, x.name)
	if k < 0 {
		k = 0
		if a.dims() > 1 || len(a.index) > 1 {
			return nil, &fault{at.line, at.col, x.name + " is no index of the relation"}
		}
	}
	all := []node{put(at, word, "__all"+strconv.Itoa(k))}
	if x.from != nil {
		test := []node{put(at, word, "__x"), put(at, sign, map[bool]string{true: "<=", false: ">="}[x.down]), wrap("(", x.from, at)}
		list := append([]node{put(at, word, "__x"), put(at, word, "for"), put(at, word, "__x"), put(at, word, "in")}, all...)
		all = []node{wrap("[", append(append(list, put(at, word, "if")), test...), at)}
	}
	if x.down {
		all = []node{put(at, word, "reversed"), wrap("(", all, at)}
	}
	return append(append([]node{put(at, word, "for"), name, put(at, word, "in")}, all...), put(at, sign, ":")), nil
}

// needed leaves out what only explains: a range that no name is of beside those that have one, and a loop over what is no index
// and nothing reads.
func (a *answer) needed(axes []axis) (out []axis) {
	named := slices.ContainsFunc(axes, func(x axis) bool { return slices.Contains(a.index, x.name) })
	for i, x := range axes {
		used := slices.Contains(a.index, x.name) || x.pair != [2]string{} || x.set != nil || slices.ContainsFunc(a.relate, func(r *rule) bool { return x.name != "" && r.uses(x.name) })
		for k := range axes {
			used = used || k != i && x.name != "" && (mentions(axes[k].over, x.name) || mentions(axes[k].set, x.name))
		}
		if used || !named {
			out = append(out, x)
		}
	}
	return out
}

// nameAxes gives loops without a name, or with a word for one, the name of an index.
func (a *answer) nameAxes(axes []axis) {
	used := map[string]bool{}
	for _, x := range axes {
		used[x.name] = true
	}
	for i := range axes {
		x := &axes[i]
		if k := slices.Index([]string{"__c0", "__c1"}, x.name); k >= 0 && k < len(a.index) {
			x.name, used[a.index[k]] = a.index[k], true
			continue
		}
		if x.name != "" && (slices.Contains(a.index, x.name) || x.over != nil || len(a.index) != 1 || len(axes) > 1) {
			continue
		}
		for _, name := range a.index {
			if !used[name] {
				x.name, used[name] = name, true
				break
			}
		}
		if x.name == "" {
			x.name = "__i" + strconv.Itoa(i)
		}
	}
}

// direction reads an order that names no index; done says that recursion, or any order that is sound, is meant.
func (a *answer) direction(p *Piece) (axes []axis, done bool) {
	if memo().MatchString(p.Text) {
		return nil, true
	}
	for _, w := range inWords {
		if !w.said().MatchString(p.Text) {
			continue
		}
		if w.down == nil {
			return nil, true
		}
		for k, name := range a.index {
			axes = append(axes, axis{name: name, down: w.down[min(k, len(w.down)-1)]})
		}
		if w.swap && len(axes) == 2 {
			axes[0], axes[1] = axes[1], axes[0]
		}
		return axes, false
	}
	return nil, false
}

// emitted are the indexes that the loops give: those of the relation where all are bound, those that are bound where the
// others do not matter, else the loops in their order.
func (a *answer) emitted(loops []string) (out []string) {
	bound := map[string]bool{}
	for _, name := range loops {
		bound[name] = true
	}
	any := false
	for _, name := range a.index {
		any = any || bound[name]
	}
	if !any {
		for out = loops; len(a.index) == 0 && len(out) < a.dims(); {
			out = append(out, "None")
		}
		return out
	}
	for k, name := range a.index {
		if bound[name] {
			if len(a.relate) > 0 && k < len(a.relate[0].shift) && a.relate[0].shift[k] != 0 { // the loop variable of dp[i+1] = …
				name += fmt.Sprintf(" + (%d)", a.relate[0].shift[k])
			}
			out = append(out, name)
		} else {
			out = append(out, "None")
		}
	}
	return out
}

// cLoop reads the head of a loop in C or Java as "NAME in RANGE": (int j = 0; j < i; j++), (int c : coins).
func cLoop(head []node) ([]node, bool) {
	if len(head) != 1 || !head[0].group || head[0].text != "(" {
		return nil, false
	}
	kids := head[0].kids
	for len(kids) > 1 && kids[0].is("int", "long", "let", "var", "const", "auto", "final", "&") {
		kids = kids[1:]
	}
	if len(kids) == 0 || kids[0].kind != word {
		return nil, false
	}
	if len(kids) > 2 && kids[1].is(":", "in", "of") {
		return append([]node{kids[0], put(&kids[1], word, "in")}, kids[2:]...), true
	}
	parts := split(kids, ";")
	if len(parts) != 3 || len(parts[0]) < 3 || !parts[0][1].is("=") || len(parts[1]) < 3 || !parts[1][0].is(kids[0].text) {
		return nil, false
	}
	var step []string
	for _, n := range parts[2] {
		if !n.is(kids[0].text) {
			step = append(step, n.text)
		}
	}
	from, to, bound := parts[0][2:], parts[1][2:], parts[1][1]
	if index(to, 0, "and", "or") >= 0 {
		return nil, false
	}
	args := append(append([]node{}, from...), put(&bound, sign, ","))
	plus := func(by string) []node {
		return []node{wrap("(", to, &bound), put(&bound, sign, by[:1]), put(&bound, number, "1")}
	}
	up, down := slices.Equal(step, []string{"+", "+"}) || slices.Equal(step, []string{"+=", "1"}), slices.Equal(step, []string{"-", "-"}) || slices.Equal(step, []string{"-=", "1"})
	switch {
	case up && bound.is("<", "!="):
		args = append(args, to...)
	case up && bound.is("<="):
		args = append(args, plus("+")...)
	case down && bound.is(">", "!="):
		args = append(args, to...)
	case down && bound.is(">="):
		args = append(args, plus("-")...)
	default:
		return nil, false
	}
	if down {
		args = append(args, put(&bound, sign, ","), put(&bound, sign, "-"), put(&bound, number, "1"))
	}
	return []node{kids[0], put(&bound, word, "in"), put(&bound, word, "range"), wrap("(", args, &bound)}, true
}

// pushed refuses loops where the relation gives values to several cells from one: which of them an index is of is not known. What
// the cells begin with is then in the words.
func (a *answer) pushed(loops []*Piece) {
	for _, r := range a.relate {
		if !r.again || slices.Equal(r.shift, a.relate[0].shift) {
			continue
		}
		for _, p := range loops {
			a.cannot(Order, p, &fault{p.Line, p.Col, "the relation hands values on to several cells, so its loops are not those of the table"})
		}
		a.handsOn = true
	}
}
