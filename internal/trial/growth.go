package trial

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"go.starlark.net/starlark"
)

// Work is counted at sizes that double, each size alone and all together: alone, a sum passes for a product; together, a
// square does. A factor that is a logarithm is never seen.

const (
	smallest    = 4
	growthSteps = 10_000 // a sweep ends beyond
	maxDoubling = 12
	mostSizes   = 4
	leastPoints = 4  // of a sweep, before it may end
	within      = .3 // of the exponent
)

// point is the work for one input of a sweep.
type point struct {
	values map[string][]float64 // what each name of a claim may mean
	steps  float64
}

type measure func(args []starlark.Value) (steps uint64, err error)

// growth judges the claim of the time, nil where none was made.
func (b *Bench) growth(a *answer, found []Finding) *Finding {
	if a.time == nil || len(b.setup.Growth.Sizes) == 0 {
		return nil
	}
	c, err := parseClaim(a.time.Text)
	if err != nil {
		f := unrun(Growth, a.time, err)
		return &f
	}
	run, key, err := b.measured(a, found)
	if err == nil {
		err = b.judgeable(c)
	}
	var sweeps [][]point
	if err == nil {
		sweeps, err = b.swept(key, run)
	}
	if err != nil {
		f := unrun(Growth, a.time, errors.New(err.Error()))
		f.Line, f.Col = a.time.Line, a.time.Col
		return &f
	}
	f := right(Growth, a.time)
	verdict := b.claimed(c, sweeps)
	f.OK = verdict.grows == ""
	f.Says = "agrees with the work that was counted (a factor of a logarithm cannot be seen)"
	if !f.OK {
		f.Says = fmt.Sprintf("the work grows %s than claimed: %s", verdict.grows, verdict.shown)
		f.Got = verdict.shown
	}
	return &f
}

func (b *Bench) judgeable(c *claim) error {
	for _, name := range c.names(nil) {
		if _, size := b.setup.Growth.Sizes[name]; !size && !slices.Contains(b.setup.Inputs, name) && !b.isAlias(name) {
			if !b.letters(name) {
				return fmt.Errorf("what is %s? Use the names of the prompt: %s", name, strings.Join(b.setup.Inputs, ", "))
			}
		}
	}
	return nil
}

// letters says that a word is names written without a space, as in O(nk).
func (b *Bench) letters(word string) bool {
	for _, r := range word {
		if _, size := b.setup.Growth.Sizes[string(r)]; !size && !b.isAlias(string(r)) && !slices.Contains(b.setup.Inputs, string(r)) {
			return false
		}
	}
	return len(word) > 1
}

// measured is what counts the work: of the code where there is some, else of the recurrence. The error says why it cannot be.
func (b *Bench) measured(a *answer, found []Finding) (measure, string, error) {
	ok := func(check string) bool {
		return slices.ContainsFunc(found, func(f Finding) bool { return f.Check == check && f.OK })
	}
	if len(a.code) > 0 {
		if !ok(Cases) {
			return nil, "", errors.New("the work is counted only of code that is right")
		}
		run, err := b.codeWork(a)
		return run, "code\n" + a.code[0].Text, err
	}
	for _, name := range []string{Relate, Base, Order} {
		if !ok(name) {
			return nil, "", errors.New("the work is counted only of a recurrence that is right: relation, base case and order")
		}
	}
	key := ""
	for _, p := range []*rule{a.relate[0], a.base[0], a.order} {
		key += p.piece.Text + "\n"
	}
	return b.tableWork(a, a.best.reading), key, nil
}

// swept counts the work for every sweep, once for the same answer.
func (b *Bench) swept(key string, run measure) ([][]point, error) {
	if s := b.sweeps[key]; s != nil {
		return s, nil
	}
	names := make([]string, 0, len(b.setup.Growth.Sizes))
	for name := range b.setup.Growth.Sizes {
		names = append(names, name)
	}
	slices.Sort(names)
	if len(names) > mostSizes {
		return nil, fmt.Errorf("growth: more than %d sizes", mostSizes)
	}
	p, err := trustedExpr("growth", b.setup.Growth.Input, names, func(name string) bool { return b.defs[name] != nil })
	if err != nil {
		return nil, err
	}
	together := names
	sets := [][]string{together}
	if len(names) > 1 {
		for _, name := range names {
			sets = append(sets, []string{name})
		}
	}
	var out [][]point
	for _, moving := range sets {
		s, err := b.sweep(p, names, moving, run)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	b.sweeps[key] = out
	return out, nil
}

func (b *Bench) sweep(p *program, names, moving []string, run measure) (list []point, err error) {
	env := starlark.StringDict{}
	for name, v := range b.defs {
		env[name] = v
	}
	fn, err := p.function(limited(setupSteps), env, "it")
	if err != nil {
		return nil, err
	}
	for size, i := smallest, 0; i < maxDoubling; size, i = 2*size, i+1 {
		at, sizes := starlark.Tuple{}, map[string]float64{}
		for _, name := range names {
			n := size
			if !slices.Contains(moving, name) {
				n, _ = strconv.Atoi(b.setup.Growth.Sizes[name])
			}
			at, sizes[name] = append(at, starlark.MakeInt(n)), float64(n)
		}
		v, err := starlark.Call(limited(setupSteps), fn, at, nil)
		if err != nil {
			return nil, fmt.Errorf("growth: %w", p.fault(err))
		}
		args, err := elements(limited(setupSteps), v)
		if err != nil || len(args) != len(b.setup.Inputs) {
			return nil, fmt.Errorf("growth: input is no list of %s", strings.Join(b.setup.Inputs, ", "))
		}
		steps, err := run(args)
		if errors.Is(err, errSteps) {
			list = append(list, point{b.meanings(args, sizes), math.Inf(1)})
			break
		}
		if err != nil {
			return nil, err
		}
		list = append(list, point{b.meanings(args, sizes), float64(steps)})
		if steps > growthSteps && len(list) >= leastPoints {
			break
		}
	}
	return list, nil
}

// meanings are the values that the names of a claim may have for an input: a name may stand for more than one.
func (b *Bench) meanings(args []starlark.Value, sizes map[string]float64) map[string][]float64 {
	out := map[string][]float64{}
	add := func(name string, v float64) {
		if !slices.Contains(out[name], v) {
			out[name] = append(out[name], v)
		}
	}
	number := func(v starlark.Value) (float64, bool) {
		if n := starlark.Len(v); n >= 0 {
			return float64(n), true
		}
		return starlark.AsFloat(v)
	}
	for name, v := range sizes {
		add(name, v)
	}
	env := starlark.StringDict{}
	for name, v := range b.defs {
		env[name] = v
	}
	for i, name := range b.setup.Inputs {
		env[name] = args[i]
		if v, ok := number(args[i]); ok {
			add(name, v)
		}
	}
	for _, alias := range b.aliases {
		v, err := alias.prog.function(limited(setupSteps), env, "it")
		if err != nil {
			continue
		}
		if n, ok := number(v); ok {
			for _, name := range alias.names {
				add(name, n)
			}
		}
	}
	return out
}

// verdict is how the work grows against a claim: "faster", "slower" or "" where they agree.
type verdict struct{ grows, shown string }

// claimed holds a claim against the sweeps, under every meaning of its names; the first that agrees counts.
func (b *Bench) claimed(c *claim, sweeps [][]point) verdict {
	names := c.names(nil)
	var first *verdict
	for choice := range 27 {
		v, ok := b.under1(c, names, choice, sweeps)
		if !ok {
			break
		}
		if v.grows == "" {
			return v
		}
		if first == nil {
			first = &v
		}
	}
	return *first
}

// under1 judges with the choice-th combination of meanings; false where there are no more.
func (b *Bench) under1(c *claim, names []string, choice int, sweeps [][]point) (verdict, bool) {
	pick := map[string]int{}
	for _, name := range names {
		n := max(1, len(sweeps[0][0].values[name]))
		pick[name] = choice % n
		choice /= n
	}
	if choice > 0 {
		return verdict{}, false
	}
	for _, s := range sweeps {
		if v := growsAs(c, names, pick, s); v.grows != "" {
			return v, true
		}
	}
	return verdict{}, true
}

func growsAs(c *claim, names []string, pick map[string]int, s []point) verdict {
	var ratio, sizes []float64
	for _, p := range s {
		value := map[string]float64{}
		for _, name := range names {
			if at := p.values[name]; len(at) > 0 {
				value[name] = at[min(pick[name], len(at)-1)]
				continue
			}
			value[name] = 1
			for _, r := range name { // nk is n times k
				if at := p.values[string(r)]; len(at) > 0 {
					value[name] *= at[0]
				}
			}
		}
		ratio = append(ratio, math.Log2(p.steps)-c.log(value)/math.Ln2)
		sizes = append(sizes, p.steps)
	}
	shown := steps(s)
	n := len(ratio)
	if n > 1 && math.IsInf(sizes[n-1], 1) { // beyond the limit: exponential, where the claim would have stayed far below
		claimed := sizesClaim(ratio, sizes, n-2)
		if next := c.growth(names, pick, s); next-claimed < stepBits-math.Log2(sizes[n-2])-1 {
			return verdict{"faster", shown + ": exponential, as a recursion without a memo"}
		}
		n--
	}
	if n < 3 {
		return verdict{}
	}
	last, before := ratio[n-1]-ratio[n-2], ratio[n-2]-ratio[n-3]
	slope := last + (last-before)/2
	switch {
	case math.Abs(slope) <= within:
		return verdict{}
	case slope > 0:
		return verdict{"faster", shown}
	}
	return verdict{"slower", shown}
}

// sizesClaim is the logarithm of the claim at a point.
func sizesClaim(ratio, steps []float64, i int) float64 { return math.Log2(steps[i]) - ratio[i] }

// growth is the logarithm (base 2) of the claim at the last point of a sweep.
func (c *claim) growth(names []string, pick map[string]int, s []point) float64 {
	value := map[string]float64{}
	for _, name := range names {
		if at := s[len(s)-1].values[name]; len(at) > 0 {
			value[name] = at[min(pick[name], len(at)-1)]
		}
	}
	return c.log(value) / math.Ln2
}

// steps shows the last counts of a sweep.
func steps(s []point) string {
	var parts []string
	for _, p := range s[max(0, len(s)-4):] {
		if math.IsInf(p.steps, 1) {
			parts = append(parts, "beyond the limit")
		} else {
			parts = append(parts, strconv.Itoa(int(p.steps)))
		}
	}
	return strings.Join(parts, ", ") + " steps as the size doubles"
}

// tableWork counts the steps of filling the table by the relation in the order of the loops.
func (b *Bench) tableWork(a *answer, r reading) measure {
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
		t := &truth{values: map[cell]starlark.Value{}, beyond: map[cell]bool{}, base: map[cell]bool{}}
		return b.work(a, r, in, t).fill()
	}
}

// fill computes the table as it would be done, and counts the steps of the relation.
func (w *work) fill() (uint64, error) {
	base, relate := w.started(w.a.base, Base), w.started(w.a.relate, Relate)
	for _, n := range w.found {
		return 0, errors.New(n.says)
	}
	w.tab.may = nil
	th := w.thread()
	th.SetMaxExecutionSteps(stepLimit)
	th.SetLocal("steps", uint64(stepLimit))
	w.tab.missing = func(c cell) (starlark.Value, error) { // a base case, where one is read that no loop visits
		for i, r := range w.a.base {
			if v, err := w.apply(r, base[i], c); v != nil || err != nil {
				return v, err
			}
		}
		return nil, nil
	}
	over, err := w.cellsOnly()
	if err != nil {
		return 0, err
	}
	w.t.over, w.tab.over = over, over
	w.env["__all"] = w.firstIndexes()
	visited := over
	if !w.a.order.memo {
		if visited, err = w.visited(); err != nil {
			return 0, err
		}
	}
	for _, c := range visited {
		v, err := w.tab.missing(c)
		if err == nil && (v == nil || w.initialOnly(c)) {
			v, _, err = w.related(relate, c)
		}
		if err != nil {
			if th.Steps >= stepLimit {
				return th.Steps, errSteps
			}
			return 0, err
		}
		if v != nil {
			w.t.values[c] = v
		}
	}
	return th.Steps + uint64(len(visited)), nil
}

// initialOnly says that only lines for every cell give a value: the relation still holds.
func (w *work) initialOnly(c cell) bool {
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
