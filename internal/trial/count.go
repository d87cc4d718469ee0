package trial

import (
	"errors"
	"strings"

	"go.starlark.net/starlark"
)

// The work of a recurrence is that of its relation over all cells of the state, each once. Values do not matter to it, so a
// relation that is wrong has one too: what it reads and nothing has computed is nought.

// tableWork counts the steps of filling the table by the relation.
func (b *Bench) tableWork(a *answer, r reading) measure {
	if len(a.extra) > 0 {
		return b.rowWork(a, r)
	}
	return b.fresh(func(in *input) (uint64, error) {
		t := &truth{values: map[cell]starlark.Value{}, beyond: map[cell]bool{}, base: map[cell]bool{}}
		return b.work(a, r, in, t).fill()
	})
}

// loopWork counts the turns of the loops.
func (b *Bench) loopWork(a *answer, r reading) measure {
	return b.fresh(func(in *input) (uint64, error) {
		t := &truth{values: map[cell]starlark.Value{}, beyond: map[cell]bool{}, base: map[cell]bool{}}
		w := b.work(a, r, in, t)
		over, err := w.cellsOnly()
		if err != nil {
			return 0, err
		}
		w.t.over, w.tab.over = over, over
		w.spans()
		visited, err := w.visited()
		return uint64(len(visited)), err
	})
}

// fresh makes an input of arguments, without its right result, which would take too long to find.
func (b *Bench) fresh(run func(*input) (uint64, error)) measure {
	return func(args []starlark.Value) (uint64, error) {
		in := &input{args: args, alias: starlark.StringDict{}}
		env := b.rawEnv(in)
		for _, al := range b.aliases {
			v, err := al.prog.function(limited(setupSteps), env, "it")
			if err != nil {
				return 0, err
			}
			for _, name := range al.names {
				if in.alias[name] == nil {
					in.alias[name] = v
				}
			}
		}
		return run(in)
	}
}

// fill computes the table and counts the steps of the relation.
func (w *work) fill() (uint64, error) {
	w.found = notes{}
	relate := w.started(w.a.relate, Relate)
	if n := w.found[Relate]; n != nil {
		return 0, errors.New(n.says)
	}
	base := w.started(w.a.base, Base)
	w.tab.may = nil
	th := w.thread()
	th.SetMaxExecutionSteps(stepLimit)
	th.SetLocal("steps", uint64(stepLimit))
	w.tab.missing = func(c cell) (starlark.Value, error) {
		if w.asking {
			return starlark.MakeInt(0), nil
		}
		w.asking = true // a base line that reads the table would ask on and on
		defer func() { w.asking = false }()
		if v := w.given(base, c); v != nil {
			return v, nil
		}
		return starlark.MakeInt(0), nil
	}
	over, err := w.cellsOnly()
	if err != nil {
		return 0, err
	}
	w.t.over, w.tab.over = over, over
	w.spans()
	failed := 0
	for _, c := range over {
		v, _, err := w.related(relate, c) // of base cells too: people write a value for every cell to begin with
		if err != nil && th.Steps >= stepLimit {
			return th.Steps, errSteps
		}
		if err != nil {
			failed++
		}
		if given := w.given(base, c); given != nil && (v == nil || !w.initialOnly()) {
			v = given
		}
		if v != nil {
			w.t.values[c] = v
		}
	}
	if 2*failed > len(over) {
		return 0, errors.New("the relation fails too often to count its work")
	}
	return th.Steps + uint64(len(over)), nil
}

// given is the value of the first base line that applies to a cell, nil for none.
func (w *work) given(base []starlark.Value, c cell) starlark.Value {
	for i, r := range w.a.base {
		if v, err := w.apply(r, base[i], c); v != nil && err == nil {
			return v
		}
	}
	return nil
}

// initialOnly says that only lines for every cell give a value: the relation still holds.
func (w *work) initialOnly() bool {
	for _, r := range w.a.base {
		if !r.initial {
			return false
		}
	}
	return true
}

// cellsOnly are the cells of the state, without their values.
func (w *work) cellsOnly() ([]cell, error) {
	s := w.r.state
	p, err := trusted("state "+s.ID, "cells = [("+strings.Join(s.Index, ", ")+",) "+s.Over+"]", func(name string) bool { return w.b.named(name) })
	if err != nil {
		return nil, err
	}
	globals, err := p.start(limited(setupSteps), w.b.rawEnv(w.in))
	if err != nil {
		return nil, err
	}
	var out []cell
	list := globals["cells"].(*starlark.List)
	for i := range list.Len() {
		c, err := cellOf(list.Index(i).(starlark.Tuple))
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}
