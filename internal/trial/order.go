package trial

import (
	"fmt"
	"slices"

	"go.starlark.net/starlark"
)

// order holds the loops against what the relation reads: each cell before those that need it, and all that the read-off needs.
func (w *work) order(j *judged) error {
	reads := w.dependencies(j)
	if reads == nil {
		return nil
	}
	r := w.a.order
	if r.memo {
		w.recursion(reads)
		return nil
	}
	visited, fail := w.visited()
	if fail != nil {
		w.note(Order, faulted(r, fail))
		return nil
	}
	done := map[cell]bool{}
	if j.faults[Base] != nil { // what is missing there is said there
		for c := range w.t.base {
			done[c] = done[c] || w.t.base[c]
		}
	}
	at := note{piece: r.piece, line: r.piece.Line, col: r.piece.Col}
	for _, c := range visited {
		if w.covered[c] || done[c] {
			done[c] = true
			continue
		}
		if _, inside := w.t.values[c]; !inside || w.t.beyond[c] {
			at.cell = w.tab.shown(c)
			at.says = fmt.Sprintf("it computes %s, which is outside the table", at.cell)
			w.note(Order, at)
			return nil
		}
		for _, need := range reads[c] {
			if !done[need] && !w.covered[need] {
				at.cell = w.tab.shown(c)
				at.says = fmt.Sprintf("%s is computed before %s, which it needs", at.cell, w.tab.shown(need))
				w.note(Order, at)
				return nil
			}
		}
		done[c] = true
	}
	for _, c := range w.mustHave(j) {
		if !done[c] && !w.covered[c] {
			at.cell = w.tab.shown(c)
			at.says = fmt.Sprintf("%s is needed and never computed", at.cell)
			w.note(Order, at)
			return nil
		}
	}
	return nil
}

// dependencies are what each cell reads: by the relation that was written where it is right, else by the reference one.
// nil says that neither is known.
func (w *work) dependencies(j *judged) map[cell][]cell {
	if w.a.has(Relate) && j.faults[Relate] == nil {
		return w.reads
	}
	ref := w.reference()
	if ref == nil {
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
		if len(args) != w.tab.dims {
			return nil, fmt.Errorf("the loops run over %s, the table has %s: name them as the relation does", indexes(len(args)), indexes(w.tab.dims))
		}
		if err := charge(th, 1); err != nil {
			return nil, err
		}
		var at cell
		var free []int
		for i, v := range args {
			if v == starlark.None {
				free = append(free, w.r.perm[i])
				continue
			}
			n, err := whole(v)
			if err != nil {
				return nil, fmt.Errorf("the index %s is no whole number", v)
			}
			at[w.r.perm[i]] = n
		}
		if len(free) == 0 {
			list = append(list, at)
			return starlark.None, nil
		}
		for _, c := range w.t.over { // in the order of the state, for the indexes that the loops leave open
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
