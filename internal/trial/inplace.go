package trial

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// A relation that names a loop besides its indexes, as dp[c] = max(dp[c], dp[c-w[i]] + v[i]) under "for i …: for c …", updates
// one row in place. What its cells mean depends on the loops, so the pieces are run together; a piece is to blame where the
// whole is right with that of a reference answer in its place.

// extras are the loops that the relation names besides its indexes.
func (a *answer) extras() (names []string) {
	if a.order == nil {
		return nil
	}
	for _, name := range a.order.loops {
		if slices.Contains(a.index, name) || slices.Contains(names, name) {
			continue
		}
		if slices.ContainsFunc(a.relate, func(r *rule) bool { return r.uses(name) }) {
			names = append(names, name)
		}
	}
	return names
}

// uses says that a line names what none of its own clauses runs over.
func (r *rule) uses(name string) bool {
	used := false
	for i, t := range r.tokens {
		if t.kind != word || t.text != name {
			continue
		}
		if i > 0 && r.tokens[i-1].text == "for" {
			return false
		}
		used = true
	}
	return used
}

// inPlace makes the loops that the relation names parameters of its lines, and the order yield them.
func (a *answer) inPlace() {
	if a.extra = a.extras(); len(a.extra) == 0 {
		return
	}
	for _, r := range a.relate {
		end := ":"
		if r.tokens[0].text == "def" {
			end = ")"
		}
		at := slices.IndexFunc(r.tokens, func(t token) bool { return t.text == end })
		var more []token
		for _, name := range a.extra {
			more = append(more, token{text: ",", kind: sign}, token{pre: " ", text: name, kind: word})
		}
		r.tokens = slices.Insert(slices.Clone(r.tokens), at, more...)
	}
	emit := &a.order.tokens[len(a.order.tokens)-1]
	names := slices.Clone(a.index)
	for k := range names {
		if n := a.relate[0].shift[k]; n != 0 {
			names[k] += fmt.Sprintf(" + (%d)", n)
		}
	}
	emit.text = "emit(" + strings.Join(append(names, a.extra...), ", ") + ")"
}

// parts are the pieces of a run, each of an answer with its reading.
type parts map[string]*judged

// part is a piece of an answer, as it is read.
func (a *answer) part(r reading) *judged { return &judged{reading: r, of: a} }

// rows judges an answer that works in place.
func (b *Bench) rows(a *answer, out *Result) []Finding {
	var best *judged
	for _, r := range b.readings(a) {
		j := b.rowUnder(a, r)
		if best == nil || j.less(best) {
			best = j
		}
		if best.err == nil && len(best.faults) == 0 {
			break
		}
	}
	for _, name := range pieceOrder {
		if a.unread[name] != nil {
			best = &judged{err: errors.New("it works in place, so that its pieces are run together, and one of them was not read")}
		}
	}
	if best == nil {
		best = &judged{err: errors.New("this prompt lists no state that works in place, so it cannot be run")}
	}
	if best.err == nil {
		a.best, out.State, out.Taken = best, best.state.ID, b.taken(a, &best.reading)
	}
	var list []Finding
	for _, name := range pieceOrder {
		switch n := best.faults[name]; {
		case a.unread[name] != nil:
			list = append(list, unrun(name, a.unread[name].piece, a.unread[name].err))
		case !a.has(name):
		case best.err != nil:
			list = append(list, unrun(name, a.first(name), best.err))
		case n != nil:
			list = append(list, b.finding(name, n))
		default:
			list = append(list, right(name, a.first(name)))
		}
	}
	return list
}

// rowUnder judges by one reading.
func (b *Bench) rowUnder(a *answer, r reading) *judged {
	j := &judged{reading: r, of: a, faults: notes{}}
	var refs []*judged
	for _, ref := range b.right {
		if len(ref.extra) == len(a.extra) && ref.best.state == r.state {
			refs = append(refs, ref.part(ref.best.reading))
		}
	}
	given := slices.DeleteFunc(slices.Clone(pieceOrder), func(name string) bool { return !a.has(name) })
	if len(refs) == 0 {
		j.err = errors.New("this prompt lists no state that works in place, so it cannot be run")
		return j
	}
	mine := func(names ...string) *note { return b.withOthers(j, refs, names) }
	if len(given) == 0 || mine(given...) == nil {
		return j
	}
	alone, instead := notes{}, []string{}
	for _, name := range given {
		if n := mine(name); n != nil {
			alone[name] = n
		}
		if len(given) > 1 && mine(slices.DeleteFunc(slices.Clone(given), func(x string) bool { return x == name })...) == nil {
			instead = append(instead, name)
		}
	}
	if len(instead) > 0 { // one piece explains it
		name := instead[0]
		if k := slices.IndexFunc(instead, func(x string) bool { return alone[x] != nil }); k >= 0 {
			name = instead[k]
		}
		n := alone[name]
		if n == nil {
			n = mine(given...)
		}
		alone = notes{name: n}
	}
	for name, n := range alone {
		p := a.first(name)
		n.piece, n.line, n.col = p, p.Line, p.Col
		j.faults[name] = n
	}
	if len(alone) == 0 {
		j.err = errors.New("its pieces are right, but do not fit each other as they were read")
	}
	return j
}

// withOthers runs some pieces of an answer with the others of a reference answer: nil where one of those makes it right, else
// what goes wrong with the first.
func (b *Bench) withOthers(j *judged, refs []*judged, names []string) *note {
	var first *note
	for _, ref := range refs {
		p := parts{}
		for _, name := range pieceOrder {
			if p[name] = ref; slices.Contains(names, name) {
				p[name] = j
			}
		}
		for _, off := range []int{0, 1, -1} { // loops of one answer may count from one where the other's count from 0
			wrong := b.throughout(p, off)
			if wrong == nil {
				return nil
			}
			if first == nil {
				first = wrong
			}
			if p[Relate] == p[Order] {
				break
			}
		}
	}
	return first
}

// throughout runs four pieces for every input; nil where the result is right for all.
func (b *Bench) throughout(p parts, off int) *note {
	for _, in := range b.inputs {
		if wrong := b.together(p, in, off); wrong != nil {
			return wrong
		}
	}
	return nil
}

// together runs four pieces over one row; nil where the result is right.
func (b *Bench) together(p parts, in *input, off int) *note {
	t, err := b.truth(in, p[Relate].state)
	if err != nil {
		return &note{in: in, says: err.Error()}
	}
	row := &row1{b: b, parts: p, in: in, t: t, off: off}
	got, err := row.run()
	switch {
	case err != nil:
		return &note{in: in, says: "with the loops around it " + row.doing + ": " + faulted(p[Relate].of.relate[0], err).says, want: shown(in.want)}
	case !equal(got, in.want):
		return &note{in: in, got: shown(got), want: shown(in.want), says: fmt.Sprintf("run in its loops, the row gives %s, not %s", shown(got), shown(in.want))}
	}
	return nil
}

// row1 is one run in place.
type row1 struct {
	b     *Bench
	parts parts
	in    *input
	t     *truth
	off   int    // is added to the loops besides the indexes
	doing string // what was done last, for errors
	steps uint64
	idle  bool // values do not matter: what is not there is nought
}

// of is the judging of one piece, whose table holds the values of the run.
func (x *row1) of(name string, values map[cell]starlark.Value) *work {
	j := x.parts[name]
	w := x.b.work(j.of, j.reading, x.in, x.t)
	w.tab.values, w.tab.may = values, nil
	if x.idle {
		w.tab.missing = func(cell) (starlark.Value, error) { return starlark.MakeInt(0), nil }
	}
	return w
}

func (x *row1) run() (starlark.Value, error) {
	values := map[cell]starlark.Value{}
	base := x.of(Base, values)
	base.baseFns, base.proper = base.started(base.a.base, Base), map[*rule]bool{}
	for _, c := range x.t.over {
		if v := base.begun(c); v != nil {
			values[c] = v
		}
	}
	visits, err := x.of(Order, values).visits()
	if err != nil {
		return nil, err
	}
	w := x.of(Relate, values)
	w.tab.own = base.outside
	fns := w.started(w.a.relate, Relate)
	if n := w.found[Relate]; n != nil {
		return nil, errors.New(n.says)
	}
	inside := map[cell]bool{}
	for _, c := range x.t.over {
		inside[c] = true
	}
	for _, at := range visits {
		at.extras = moved(at.extras, x.off)
		x.doing = "it reaches " + w.tab.shown(at.c)
		v, err := w.stepAt(fns, at)
		switch {
		case err != nil && !x.idle:
			return nil, err
		case v != nil && !inside[at.c]:
			return nil, errors.New("this is outside the table")
		case v != nil && err == nil:
			values[at.c] = v
		}
	}
	if x.steps = w.thread().Steps + uint64(len(visits)); x.idle {
		return nil, nil
	}
	x.doing = "the result is read"
	o := x.of(Original, values)
	o.tab.last = true
	return o.readValue()
}

// moved adds to the numbers among values.
func moved(values starlark.Tuple, off int) starlark.Tuple {
	if off == 0 {
		return values
	}
	out := slices.Clone(values)
	for i, v := range out {
		if n, ok := v.(starlark.Int); ok {
			out[i] = n.Add(starlark.MakeInt(off))
		}
	}
	return out
}

// visit is one turn of the loops: a cell and the values of the other loops.
type visit struct {
	c      cell
	extras starlark.Tuple
}

// visits are the turns of the loops.
func (w *work) visits() (list []visit, err error) {
	if w.a.order.prog == nil { // recursion, or a loop that could not be read
		return nil, errors.New("there are no loops to run it in")
	}
	emit := starlark.NewBuiltin("emit", func(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
		if err := charge(th, 1); err != nil {
			return nil, err
		}
		at := make([]int, w.tab.dims)
		for i := range at {
			if at[i], err = whole(args[i]); err != nil {
				return nil, fmt.Errorf("the index %s is no whole number", args[i])
			}
		}
		list = append(list, visit{w.r.cell(at), args[w.tab.dims:]})
		return starlark.None, nil
	})
	if w.a.order == nil || w.a.order.prog == nil {
		return nil, errors.New("the order cannot be run")
	}
	fn, err := w.a.order.prog.function(w.thread(), w.env, "it")
	if err == nil {
		_, err = starlark.Call(w.thread(), fn, starlark.Tuple{emit}, nil)
	}
	if err != nil {
		return nil, w.a.order.prog.fault(err)
	}
	return list, nil
}

// stepAt applies the relation at one turn, nil where no line does.
func (w *work) stepAt(fns []starlark.Value, at visit) (v starlark.Value, err error) {
	for i, r := range w.a.relate {
		args := make(starlark.Tuple, r.dims, r.dims+len(at.extras))
		for k := range args {
			args[k] = starlark.MakeInt(w.r.written(at.c, k) - r.shift[k])
		}
		next, err := starlark.Call(w.thread(), fns[i], append(args, at.extras...), nil)
		if err != nil {
			return nil, r.prog.fault(err)
		}
		if next == starlark.None {
			continue
		}
		v = next.(starlark.Tuple)[0]
		if !w.a.steps {
			break
		}
		w.tab.values[at.c] = v
	}
	return v, nil
}

// readValue is what the read-off gives.
func (w *work) readValue() (starlark.Value, error) {
	fns := w.started([]*rule{w.a.original}, Original)
	if fns[0] == nil {
		return nil, errors.New(w.found[Original].says)
	}
	v, err := starlark.Call(w.thread(), fns[0], nil, nil)
	if err != nil {
		return nil, w.a.original.prog.fault(err)
	}
	return v.(starlark.Tuple)[0], nil
}

// rowWork counts the steps of a run in place.
func (b *Bench) rowWork(a *answer, r reading) measure {
	return b.fresh(func(in *input) (uint64, error) {
		j := a.part(r)
		t := &truth{values: map[cell]starlark.Value{}, beyond: map[cell]bool{}, base: map[cell]bool{}}
		x := &row1{b: b, in: in, t: t, idle: true, parts: parts{Relate: j, Base: j, Order: j, Original: j}}
		over, err := x.of(Relate, nil).cellsOnly()
		if err != nil {
			return 0, err
		}
		t.over = over
		_, err = x.run()
		if x.steps >= stepLimit {
			return x.steps, errSteps
		}
		return x.steps, err
	})
}
