package trial

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"go.starlark.net/starlark"
)

// baseCases holds the base lines against the cells of the table that they name. What they say of cells outside is a convention
// of the answer: it counts when the relation reads one.
func (w *work) baseCases() {
	fns := w.started(w.a.base, Base)
	w.baseFns = fns
	w.proper = map[*rule]bool{} // lines that name cells of the table: those do not reach beyond it
	for _, c := range w.t.over {
		for i, r := range w.a.base {
			if r.initial && !w.t.base[c] {
				continue
			}
			v, err := w.apply(r, fns[i], c)
			if err != nil {
				n := faulted(r, err)
				n.cell = w.tab.shown(c)
				w.note(Base, n)
				w.covered[c] = true
				break
			}
			if v == nil {
				continue
			}
			w.proper[r] = w.proper[r] || !r.initial
			want := w.t.values[c]
			right := w.t.agrees(v, want)
			if !right && r.rank > 0 && (endless(v) && (!w.t.base[c] || w.a.has(Relate)) || r.rank == r.dims && !w.t.base[c]) { // what a cell begins with, until it is computed
				continue
			}
			w.covered[c] = true
			if !right {
				w.note(Base, w.baseWrong(r, c, v))
			}
			break
		}
	}
	w.tab.own = w.outside
	if w.a.has(Relate) {
		return
	}
	for _, c := range w.cells()[len(w.t.over):] {
		if w.outside(c); w.beyond[c].piece != nil { // whether it matters, the relation would tell
			n := w.beyond[c]
			n.unrun = n.says + ", if it is read"
			w.note(Base, n)
		}
	}
}

func (w *work) baseWrong(r *rule, c cell, v starlark.Value) note {
	want := shown(w.t.values[c])
	return note{piece: r.piece, line: r.piece.Line, col: r.piece.Col, cell: w.tab.shown(c), got: shown(v), want: want,
		says: fmt.Sprintf("%s should be %s, not %s", w.tab.shown(c), want, shown(v)), unrun: misread(w.t.values[c], v)}
}

// misread says that a truth value stands where the table holds numbers: a bound, "0 ≤ c ≤ W", was taken for the value.
func misread(want, v starlark.Value) string {
	_, truth := v.(starlark.Bool)
	if _, ok := want.(starlark.Bool); truth && !ok {
		return "it was read as a condition, and a number should come of it"
	}
	return ""
}

// outside is what the base lines say of a cell outside the table, nil for nothing or a cell in it.
func (w *work) outside(c cell) starlark.Value {
	if _, there := w.t.values[c]; there && !w.t.beyond[c] || w.asking {
		return nil
	}
	w.asking = true // a base line that reads the table would ask on and on
	defer func() { w.asking = false }()
	for i, r := range w.a.base {
		if w.proper[r] && !r.guarded {
			continue
		}
		v, err := w.apply(r, w.baseFns[i], c)
		if v == nil || err != nil {
			continue
		}
		if w.t.beyond[c] && !w.t.agrees(v, w.t.values[c]) {
			w.beyond[c] = w.baseWrong(r, c, v)
		}
		return v
	}
	return nil
}

// saysOutside says that base lines give a value to cells before the first.
func (w *work) saysOutside() bool {
	if w.tab.own == nil {
		return false
	}
	var c cell
	for k := range w.tab.dims {
		c[k] = -1
	}
	return w.tab.own(c) != nil
}

// begun is the value that a cell of the table has before it is computed, by the base lines, nil for none.
func (w *work) begun(c cell) starlark.Value {
	_, v := w.begunBy(c)
	return v
}

// begunBy is begun with the line that says so.
func (w *work) begunBy(c cell) (*rule, starlark.Value) {
	for i, fn := range w.baseFns {
		if v, err := w.apply(w.a.base[i], fn, c); v != nil && err == nil {
			return w.a.base[i], v
		}
	}
	return nil, nil
}

// cells are those proper and those beyond, in a fixed order.
func (w *work) cells() []cell {
	list := slices.Clone(w.t.over)
	var more []cell
	for c := range w.t.beyond {
		more = append(more, c)
	}
	slices.SortFunc(more, func(x, y cell) int { return slices.Compare(x[:], y[:]) })
	return append(list, more...)
}

// assumeBase takes the base cases as given where none was written.
func (w *work) assumeBase() {
	for c := range w.t.values {
		if w.t.base[c] || w.t.beyond[c] {
			w.covered[c] = true
		}
	}
}

// relatedBase holds base cases that the relation has within itself, "0 if a == 0 else …", where no other was written.
func (w *work) relatedBase() {
	w.assumeBase()
	if !w.a.has(Relate) || !w.a.bounds() {
		return
	}
	fns := w.started(w.a.relate, Relate)
	w.tab.own = func(c cell) starlark.Value {
		if _, there := w.t.values[c]; there && !w.t.beyond[c] {
			return nil
		}
		v, r := w.constant(fns, c)
		if v != nil && w.t.beyond[c] && !w.t.agrees(v, w.t.values[c]) {
			w.beyond[c] = w.baseWrong(r, c, v)
		}
		return v
	}
	for _, c := range w.t.over {
		if !w.t.base[c] {
			continue
		}
		if v, r := w.constant(fns, c); v != nil && !w.t.agrees(v, w.t.values[c]) {
			w.note(Base, w.baseWrong(r, c, v))
			continue
		}
		if v, _, err := w.computed(fns, c); err == nil && v != nil && !w.fromNothing(c, v) {
			delete(w.covered, c)
			w.within = append(w.within, c)
		}
	}
}

// constant is what the relation gives for a cell without a read of another, nil for nothing.
func (w *work) constant(fns []starlark.Value, c cell) (starlark.Value, *rule) {
	reads, own, self, may := w.tab.reads, w.tab.own, w.tab.self, w.tab.may
	defer func() { w.tab.reads, w.tab.own, w.tab.self, w.tab.may = reads, own, self, may }()
	w.tab.reads, w.tab.own, w.tab.self, w.tab.may = nil, nil, nil, nil
	v, r, err := w.related(fns, c)
	if err != nil || len(w.tab.reads) > 0 || v != nil && endless(v) && !endless(w.t.values[c]) && w.t.base[c] {
		return nil, nil
	}
	return v, r
}

// bounds says that the relation tells cells apart by an index, as base cases do: i == 0, a < 0, j == m.
func (a *answer) bounds() bool {
	for _, r := range a.relate {
		for i := 0; i+2 < len(r.tokens); i++ {
			t, limit := r.tokens[i], r.tokens[i+2]
			indexed := i+3 < len(r.tokens) && (r.tokens[i+3].text == "[" || r.tokens[i+3].text == "(")
			if t.kind == word && slices.Contains(a.index, t.text) && slices.Contains([]string{"==", "<", "<="}, r.tokens[i+1].text) &&
				(limit.kind == number || limit.kind == word && !indexed) && (i == 0 || r.tokens[i-1].kind != sign || r.tokens[i-1].text == "(") {
				return true
			}
		}
	}
	return false
}

// relation holds the relation against every cell that no base case covers; it reads right values.
func (w *work) relation() {
	fns := w.started(w.a.relate, Relate)
	if w.found[Relate] != nil {
		return
	}
	for _, c := range w.t.over {
		if w.covered[c] {
			continue
		}
		v, r, err := w.computed(fns, c)
		if err == nil && v != nil && w.t.agrees(v, w.t.values[c]) {
			w.right, w.seen = w.right+1, w.seen+1
			continue
		}
		if n, ok := w.wronglyBeyond(fns, c); ok {
			w.note(Base, n)
			w.seen++
			continue
		}
		if w.a.has(Base) && (err != nil || v == nil || w.fromNothing(c, v)) && w.needsBase(c, err) {
			n := w.baseMissing(c, r, v, err)
			if line, begun := w.begunBy(c); begun != nil && line.rank < line.dims {
				n = w.baseWrong(line, c, begun)
			}
			w.lacking = append(w.lacking, lacking{c, n})
			w.seen++
			continue
		}
		w.seen++
		w.note(Relate, w.wrongly(c, r, v, err))
	}
	w.nothing = w.thread().Local("of nothing") != nil
}

// lacking is a cell that neither a base case nor the relation gives.
type lacking struct {
	c cell
	n note
}

// settle says which cell without a value is missed: one that another cell or the read-off reads.
func (w *work) settle() {
	if len(w.lacking) == 0 {
		return
	}
	read := map[cell]bool{}
	for c, reads := range w.reads {
		for _, need := range reads {
			read[need] = read[need] || need != c
		}
	}
	needed := w.needed
	if ref := w.reference(); ref != nil && ref.a.original != nil && (!w.a.has(Original) || w.found[Original] != nil) {
		ref.readOff()
		needed = ref.needed
	}
	for _, c := range needed {
		read[c] = true
	}
	for _, l := range w.lacking {
		if read[l.c] {
			w.note(Base, l.n)
		}
	}
}

// computed is what the relation gives for a cell, and the line that does; where none applies, what the cell began with. A cell
// that reads itself gets what it began with; where nothing says what that is, what loses against everything.
func (w *work) computed(fns []starlark.Value, c cell) (starlark.Value, *rule, error) {
	defer func() { w.tab.self = nil }()
	w.tab.reads, w.tab.again, w.tab.self = nil, false, &c
	if w.tab.before = nil; w.a.has(Base) {
		w.tab.before = w.begun(c)
	}
	before := w.tab.before
	v, r, err := w.related(fns, c)
	for k := 0; k < len(neutral) && before == nil && w.tab.again && (err != nil || !w.t.agrees(v, w.t.values[c])); k++ {
		w.tab.reads, w.tab.before = nil, neutral[k]
		v, r, err = w.related(fns, c)
	}
	if err != nil && !w.blank && w.saysOutside() { // a cell outside may have a value, so a letter beside it may be read
		w.blank = true
		w.tab.reads = nil
		if again, line, fail := w.related(fns, c); fail == nil && again != nil && w.t.agrees(again, w.t.values[c]) {
			v, r, err = again, line, nil
		}
		w.blank = false
	}
	for k := 1; k < 1<<w.a.said && (err != nil || v == nil || !w.t.agrees(v, w.t.values[c])); k++ { // as the words may be meant
		w.say(k)
		reads := w.tab.reads
		w.tab.reads, w.tab.before = nil, before
		if again, line, fail := w.related(fns, c); fail == nil && again != nil && w.t.agrees(again, w.t.values[c]) {
			v, r, err = again, line, nil
		} else {
			w.tab.reads = reads
		}
	}
	w.say(0)
	if v == nil && err == nil {
		v = before
	}
	w.reads[c] = slices.Clone(w.tab.reads)
	return v, r, err
}

// say decides the conditions that stand in words, a bit for each.
func (w *work) say(bits int) {
	for k := range w.a.said {
		w.env[saidName+strconv.Itoa(k)] = starlark.Bool(bits>>k&1 == 1)
	}
}

// neutral are the values that lose against all others in a minimum and in a maximum.
var neutral = []starlark.Value{starlark.Float(math.Inf(1)), starlark.Float(math.Inf(-1)), starlark.MakeInt(0)}

// wronglyBeyond says that a relation fails at a cell for what the base lines say of cells outside the table.
func (w *work) wronglyBeyond(fns []starlark.Value, c cell) (note, bool) {
	if len(w.beyond) == 0 {
		return note{}, false
	}
	wrong, own, may := w.beyond, w.tab.own, w.tab.may
	w.tab.own, w.tab.may = nil, nil
	v, _, err := w.computed(fns, c)
	w.tab.own, w.tab.may, w.beyond = own, may, map[cell]note{}
	if err != nil || v == nil || !w.t.agrees(v, w.t.values[c]) {
		return note{}, false
	}
	for _, read := range w.cells() { // the first, so that the same is said in every run
		if n, ok := wrong[read]; ok {
			return n, true
		}
	}
	return note{}, false
}

// needsBase says that what fails at a cell is for want of a base case: the reference relation of the state fails there too.
func (w *work) needsBase(c cell, err error) bool {
	var o *outsideFault
	if !w.t.base[c] && !errors.As(err, &o) {
		return false
	}
	ref := w.reference()
	if ref == nil {
		return w.t.base[c]
	}
	v, _, err := ref.related(ref.started(ref.a.relate, Relate), c)
	return err != nil || v == nil || !w.t.agrees(v, w.t.values[c])
}

// reference judges the reference answer of the state with the base cases that were written; nil where there is none.
func (w *work) reference() *work {
	a := w.b.refs[w.r.state.ID]
	if a == nil || a == w.a {
		return nil
	}
	other := w.b.work(a, plainReading(w.r.state, a.oneBased), w.in, w.t)
	other.covered, other.tab.own = w.covered, w.tab.own
	return other
}

// fromNothing says that a value is of a minimum, maximum, any or all over nothing, where one was needed.
func (w *work) fromNothing(c cell, v starlark.Value) bool {
	if _, ok := v.(starlark.Bool); ok {
		return len(w.reads[c]) == 0
	}
	return endless(v) && !endless(w.t.values[c])
}

func endless(v starlark.Value) bool {
	f, ok := v.(starlark.Float)
	return ok && math.IsInf(float64(f), 0)
}

// related gives the value by the first line that applies, or by all of them one after the other.
func (w *work) related(fns []starlark.Value, c cell) (starlark.Value, *rule, error) {
	if w.a.steps {
		return w.stepped(fns, c)
	}
	for i, r := range w.a.relate {
		v, err := w.apply(r, fns[i], c)
		if v != nil || err != nil {
			return v, r, err
		}
	}
	return nil, w.a.relate[len(w.a.relate)-1], nil
}

// stepped gives the value that is left when every line has been applied; each reads what the one before left.
func (w *work) stepped(fns []starlark.Value, c cell) (v starlark.Value, last *rule, err error) {
	self, before := w.tab.self, w.tab.before
	defer func() { w.tab.self, w.tab.before = self, before }()
	if self == nil {
		w.tab.before = w.tab.values[c]
	}
	w.tab.self, last = &c, w.a.relate[len(w.a.relate)-1]
	for i, r := range w.a.relate {
		next, err := w.apply(r, fns[i], c)
		if err != nil {
			return nil, r, err
		}
		if next != nil {
			v, last, w.tab.before = next, r, next
		}
	}
	return v, last, nil
}

// wrongly says what a relation gives for a cell.
func (w *work) wrongly(c cell, r *rule, v starlark.Value, err error) note {
	at, want := w.tab.shown(c), shown(w.t.values[c])
	n := note{piece: r.piece, line: r.piece.Line, col: r.piece.Col}
	var o *outsideFault
	switch {
	case errors.As(err, &o):
		n = faulted(r, err)
		n.outside = true
		n.says = fmt.Sprintf("for %s it reads %s, which has no value: bound the choice or add a base case", at, o.read.what)
	case err != nil:
		n = faulted(r, err)
		n.says = fmt.Sprintf("for %s: %s", at, n.says)
	case v == nil:
		n.says = fmt.Sprintf("no line says what %s is", at)
		n.missing = true
	default:
		n.got = shown(v)
		n.says = fmt.Sprintf("%s should be %s; from right smaller values it gives %s", at, want, n.got)
		n.unrun = misread(w.t.values[c], v)
	}
	n.cell, n.want = at, want
	return n
}

// baseMissing says that a cell needs a base case: the relation does not hold there.
func (w *work) baseMissing(c cell, r *rule, v starlark.Value, err error) note {
	n := w.wrongly(c, r, v, err)
	last := w.a.base[len(w.a.base)-1].piece
	why := ""
	var o *outsideFault
	switch {
	case errors.As(err, &o):
		why = fmt.Sprintf(": there the relation reads %s", o.read.what)
	case v != nil:
		why = fmt.Sprintf(": there the relation gives %s", shown(v))
	}
	n.piece, n.line, n.col, n.missing = last, last.Line, last.Col, true
	n.says = fmt.Sprintf("%s should be %s and has no base case%s", n.cell, n.want, why)
	return n
}
