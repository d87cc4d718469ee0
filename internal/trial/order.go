package trial

import (
	"fmt"
	"slices"

	"go.starlark.net/starlark"
)

// order holds the loops against what the relation reads: each cell before those that need it, and all that the read-off needs.
// Indexes that the loops leave open may run either way.
func (w *work) order(j *judged) error {
	r := w.a.order
	reads := w.dependencies(j)
	if reads == nil {
		w.note(Order, note{piece: r.piece, line: r.piece.Line, col: r.piece.Col, unrun: "no relation is known to hold it against"})
		return nil
	}
	if r.memo {
		w.recursion(reads)
		return nil
	}
	var first *note
	for _, down := range []bool{false, true} {
		w.open, w.down = false, down
		visited, fail := w.visited()
		if fail != nil {
			w.note(Order, faulted(r, fail))
			return nil
		}
		n := w.broken(j, visited, reads)
		if n == nil || w.fills(j, visited) {
			return nil
		}
		if first == nil {
			first = n
		}
		if !w.open {
			break
		}
	}
	w.note(Order, *first)
	return nil
}

// broken is the first thing that an order gets wrong, nil for nothing.
func (w *work) broken(j *judged, visited []cell, reads map[cell][]cell) *note {
	p := w.a.order.piece
	wrong := func(c cell, format string, args ...any) *note {
		return &note{piece: p, line: p.Line, col: p.Col, cell: w.tab.shown(c), says: fmt.Sprintf(format, args...)}
	}
	done := map[cell]bool{}
	if j.faults[Base] != nil { // what is missing there is said there
		for c := range w.t.base {
			done[c] = done[c] || w.t.base[c]
		}
	}
	for _, c := range w.within {
		done[c] = true
	}
	turns := map[cell]bool{}
	for _, c := range visited {
		turns[c] = true
	}
	for _, c := range visited {
		if w.covered[c] || done[c] {
			done[c] = true
			continue
		}
		if _, inside := w.t.values[c]; (!inside || w.t.beyond[c]) && w.a.order.inWords {
			continue
		} else if !inside || w.t.beyond[c] {
			n := wrong(c, "it computes %s, which is outside the table", w.tab.shown(c))
			n.outside = true
			if !w.a.has(Relate) {
				n.unrun = n.says + ", unless by what was not read"
			}
			return n
		}
		for _, need := range reads[c] {
			given := w.covered[need] || w.t.beyond[need] || !turns[need] && !w.a.has(Base) // by base cases that were not read
			if !done[need] && !given {
				return wrong(c, "%s is computed before %s, which it needs", w.tab.shown(c), w.tab.shown(need))
			}
		}
		done[c] = true
	}
	for _, c := range w.mustHave(j) {
		if !done[c] && !w.covered[c] && !w.t.beyond[c] {
			n := wrong(c, "%s is needed and never computed", w.tab.shown(c))
			if !w.a.has(Base) || !w.a.has(Relate) {
				n.unrun = n.says + ", unless by what was not read"
			}
			return n
		}
	}
	return nil
}

// fills says that the table comes out right in this order although a cell is read before its turn: what it begins with may
// do, and it may be visited again.
func (w *work) fills(j *judged, visited []cell) bool {
	if !w.a.has(Relate) || j.faults[Relate] != nil || !w.a.has(Base) || j.faults[Base] != nil {
		return false
	}
	right := w.tab.values
	defer func() { w.tab.values = right }()
	relate := w.started(w.a.relate, Relate)
	w.tab.values = map[cell]starlark.Value{}
	for _, c := range w.t.over {
		if v := w.begun(c); v != nil {
			w.tab.values[c] = v
		}
	}
	for _, c := range visited {
		if _, inside := right[c]; !inside || w.t.beyond[c] {
			return false
		}
		if w.covered[c] {
			continue
		}
		w.tab.self, w.tab.before = nil, nil
		v, _, err := w.related(relate, c)
		if err != nil {
			return false
		}
		if v != nil {
			w.tab.values[c] = v
		}
	}
	for _, c := range w.mustHave(j) {
		if v := w.tab.values[c]; v == nil || !w.t.agrees(v, right[c]) {
			return false
		}
	}
	return len(w.mustHave(j)) > 0
}

// dependencies are what each cell reads: by the relation that was written where it is right, else by the reference one.
// nil says that neither is known.
func (w *work) dependencies(j *judged) map[cell][]cell {
	if w.a.has(Relate) && j.faults[Relate] == nil {
		return w.reads
	}
	ref := w.reference()
	if ref == nil && w.a.has(Relate) {
		return w.reads
	} else if ref == nil {
		return nil
	}
	ref.tab.may = nil
	ref.relation()
	return ref.reads
}

// mustHave are the cells that the read-off reads: the one that was written where it is right, else the reference one.
func (w *work) mustHave(j *judged) []cell {
	if w.a.has(Original) && j.faults[Original] == nil {
		return w.needed
	}
	ref := w.reference()
	if ref == nil || ref.a.original == nil {
		return nil
	}
	ref.readOff()
	return ref.needed
}

// visited runs the loops and collects the cells in their order.
func (w *work) visited() ([]cell, error) {
	var list []cell
	emit := starlark.NewBuiltin("emit", func(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
		dims := w.tab.dims
		if w.r.tables != nil {
			dims--
		}
		if len(args) != dims {
			return nil, fmt.Errorf("the loops run over %s, the table has %s: name them as the relation does", indexes(len(args)), indexes(dims))
		}
		if err := charge(th, 1); err != nil {
			return nil, err
		}
		var at cell
		var free []int
		for k := dims; k < w.tab.dims; k++ {
			free = append(free, w.r.perm[k])
		}
		for i, v := range args {
			if v == starlark.None {
				free = append(free, w.r.perm[i])
				continue
			}
			n, err := whole(v)
			if err != nil {
				return nil, fmt.Errorf("the index %s is no whole number", v)
			}
			at[w.r.perm[i]] = n - w.r.from[w.r.perm[i]]
		}
		if len(free) == 0 {
			list = append(list, at)
			return starlark.None, nil
		}
		w.open = true
		for k := range w.t.over { // in the order of the state or against it, for the indexes that the loops leave open
			c := w.t.over[k]
			if w.down {
				c = w.t.over[len(w.t.over)-1-k]
			}
			same := true
			for k := range w.tab.dims {
				same = same && (slices.Contains(free, k) || c[k] == at[k])
			}
			if same {
				list = append(list, c)
			}
		}
		return starlark.None, nil
	})
	fn, err := w.a.order.prog.function(w.thread(), w.env, "it")
	if err != nil {
		return nil, err
	}
	if _, err := starlark.Call(w.thread(), fn, starlark.Tuple{emit}, nil); err != nil {
		return nil, w.a.order.prog.fault(err)
	}
	return list, nil
}

// recursion holds that a memo finds an order: no cell needs itself.
func (w *work) recursion(reads map[cell][]cell) {
	state := map[cell]int{}
	var visit func(c cell) bool
	visit = func(c cell) bool {
		if w.covered[c] || state[c] == 2 {
			return true
		}
		if state[c] == 1 {
			return false
		}
		state[c] = 1
		for _, need := range reads[c] {
			if !visit(need) {
				return false
			}
		}
		state[c] = 2
		return true
	}
	for _, c := range w.t.over {
		if !visit(c) {
			p := w.a.order.piece
			w.note(Order, note{piece: p, line: p.Line, col: p.Col, cell: w.tab.shown(c), says: fmt.Sprintf("%s needs itself by a round of reads: no recursion ends", w.tab.shown(c))})
			return
		}
	}
}
