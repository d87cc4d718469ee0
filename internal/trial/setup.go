package trial

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// Bench is a setup made ready: inputs, right results and the values of cells are worked out once and kept.
type Bench struct {
	setup   Setup
	aliases []alias
	valid   *program
	random  *program
	brute   *program
	states  []*state
	inputs  []*input
	more    []*input                  // for whole code
	memo    map[string]starlark.Value // results of the brute force by its arguments
	defs    starlark.StringDict       // of the text of the brute force
	refs    map[string]*answer        // reference answers by state
	right   []*answer                 // all reference answers whose relation runs, each with its reading
	sweeps  map[string][][]point      // counted work by what was written
}

// alias is what an input, or something taken from the inputs, is also called.
type alias struct {
	names []string
	prog  *program
}

type state struct {
	State
	prog *program // the cells
	same *program
}

// input is one input with what is known of it.
type input struct {
	args   []starlark.Value
	want   starlark.Value
	truths map[*state]*truth
	alias  starlark.StringDict
}

// truth is the value of every cell of a state for one input.
type truth struct {
	over   []cell
	values map[cell]starlark.Value
	beyond map[cell]bool
	base   map[cell]bool
	same   starlark.Value
}

// randomInputs is how many are drawn besides the cases of a setup.
const randomInputs = 30

// setupSteps bound the work of a setup's own text for one input.
const setupSteps = 20_000_000

// Prepare compiles a setup and draws its inputs. The error names the field and what is wrong in it.
func Prepare(s Setup) (*Bench, error) {
	b := &Bench{setup: s, memo: map[string]starlark.Value{}, refs: map[string]*answer{}, sweeps: map[string][][]point{}}
	if err := b.compile(); err != nil {
		return nil, err
	}
	if err := b.draw(); err != nil {
		return nil, err
	}
	refs := map[string]*answer{}
	for _, r := range s.Right {
		if r.Relate == "" {
			continue
		}
		a := parse(r.pieces(), b.named)
		if b.link(a); a.failed() == "" && b.counts(a, r.State) {
			b.right = append(b.right, a)
			if refs[r.State] == nil && len(a.extra) == 0 {
				refs[r.State] = a
			}
		}
	}
	b.refs = refs
	return b, nil
}

// fewInputs are enough to see from where places count.
const fewInputs = 12

// counts finds from where places count in a reference answer; false where its relation is wrong either way.
func (b *Bench) counts(a *answer, id string) bool {
	for _, one := range []bool{false, true} {
		for _, s := range b.states {
			if s.ID != id || a.dims() != len(s.Index) {
				continue
			}
			r := plainReading(s, one)
			if b.holds(a, r) {
				a.oneBased, a.best = one, &judged{reading: r}
				return true
			}
		}
	}
	return false
}

// holds says that the relation of a reference answer is right under a reading.
func (b *Bench) holds(a *answer, r reading) bool {
	if len(a.extra) > 0 {
		j := a.part(r)
		return b.withOthers(j, []*judged{j}, pieceOrder) == nil
	}
	for _, in := range b.inputs[:min(fewInputs, len(b.inputs))] {
		if w, err := b.on(a, r, in); err != nil || w.found[Relate] != nil || w.found[Base] != nil {
			return false
		}
	}
	return true
}

func (b *Bench) compile() (err error) {
	inputs := func(name string) bool { return slices.Contains(b.setup.Inputs, name) }
	all := func(name string) bool {
		return inputs(name) || b.isAlias(name) || b.defs[name] != nil || name == "brute"
	}
	if b.brute, err = trusted("brute", b.setup.Brute, inputs); err != nil {
		return err
	}
	if b.defs, err = b.brute.start(limited(setupSteps), starlark.StringDict{}); err != nil {
		return fmt.Errorf("brute: %w", err)
	}
	if b.defs["brute"] == nil {
		return errors.New("brute: there is no function brute")
	}
	b.defs["brute"] = b.memoised(b.defs["brute"])
	for _, text := range b.setup.Names {
		names, expr, ok := strings.Cut(text, "=")
		if !ok {
			return fmt.Errorf("names: %q is not of the form \"n, m = len(s)\"", text)
		}
		p, err := trustedExpr("names", expr, nil, all)
		if err != nil {
			return err
		}
		var list []string
		for _, n := range strings.Split(names, ",") {
			list = append(list, strings.TrimSpace(n))
		}
		b.aliases = append(b.aliases, alias{list, p})
	}
	if b.valid, err = trustedExpr("valid", b.setup.Valid, nil, all); err != nil {
		return err
	}
	draws := func(name string) bool { return all(name) || draw[name] != nil }
	if b.random, err = trustedExpr("random", b.setup.Random, []string{"size"}, draws); err != nil {
		return err
	}
	return b.compileStates(all)
}

func (b *Bench) compileStates(has func(string) bool) error {
	for i := range b.setup.States {
		s := &state{State: b.setup.States[i]}
		if len(s.Index) == 0 || len(s.Index) > maxIndexes {
			return fmt.Errorf("states: %s has %s, 1 to %d can be", s.ID, indexes(len(s.Index)), maxIndexes)
		}
		key := "(" + strings.Join(s.Index, ", ") + ",)"
		text := fmt.Sprintf("cells = [(%s, (%s), (%s)) %s]\n", key, s.Holds, s.Base, s.Over)
		if s.Beyond != "" {
			text += fmt.Sprintf("beyond = [(%s, (%s), False) %s]\n", key, s.Holds, s.Beyond)
		}
		var err error
		if s.prog, err = trusted("state "+s.ID, text, has); err != nil {
			return err
		}
		if s.Same != "" {
			if s.same, err = trustedExpr("same of "+s.ID, s.Same, []string{"got", "want"}, has); err != nil {
				return err
			}
		}
		b.states = append(b.states, s)
	}
	return nil
}

func (b *Bench) isAlias(name string) bool {
	for _, a := range b.aliases {
		if slices.Contains(a.names, name) {
			return true
		}
	}
	return false
}

// memoised keeps results: the cells of a table ask for the same again and again.
func (b *Bench) memoised(brute starlark.Value) *starlark.Builtin {
	return starlark.NewBuiltin("brute", func(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		key := args.String()
		if v := b.memo[key]; v != nil {
			return v, nil
		}
		v, err := starlark.Call(th, brute, args, kwargs)
		if err == nil {
			b.memo[key] = v
		}
		return v, err
	})
}

// draw makes the inputs: those of the cases, then random ones, smallest first.
func (b *Bench) draw() error {
	for i, c := range b.setup.Cases {
		in, err := b.given(c.In)
		if err != nil {
			return fmt.Errorf("case %d: %w", i+1, err)
		}
		want, err := evalText(c.Out)
		if err != nil {
			return fmt.Errorf("case %d: out: %w", i+1, err)
		}
		if !equal(in.want, want) {
			return fmt.Errorf("case %d: brute gives %s for %s, not %s", i+1, in.want, b.shown(in), want)
		}
		b.inputs = append(b.inputs, in)
	}
	for i := range randomInputs {
		in, err := b.randomInput(i)
		if err != nil {
			return fmt.Errorf("random: %w", err)
		}
		if in != nil {
			b.inputs = append(b.inputs, in)
		}
	}
	if len(b.inputs) == 0 {
		return errors.New("random: none of the inputs is valid")
	}
	slices.SortStableFunc(b.inputs, func(x, y *input) int { return cmp.Compare(weight(x.args), weight(y.args)) })
	b.inputs = slices.CompactFunc(b.inputs, func(x, y *input) bool {
		return starlark.Tuple(x.args).String() == starlark.Tuple(y.args).String()
	})
	return nil
}

// weight orders inputs by how much there is to read.
func weight(args []starlark.Value) (n int) { return len(starlark.Tuple(args).String()) }

func (b *Bench) given(text string) (*input, error) {
	v, err := evalText("[" + text + "]")
	if err != nil {
		return nil, err
	}
	return b.inputOf(v)
}

func evalText(text string) (starlark.Value, error) {
	p, err := trustedExpr("value", text, nil, func(string) bool { return false })
	if err != nil {
		return nil, err
	}
	return p.function(limited(setupSteps), starlark.StringDict{}, "it")
}

// inputOf makes an input of a list of arguments; nil without an error for one that is not valid.
func (b *Bench) inputOf(v starlark.Value) (*input, error) {
	list, ok := v.(starlark.Indexable)
	if !ok || list.Len() != len(b.setup.Inputs) {
		return nil, fmt.Errorf("%s is no list of %s", v, strings.Join(b.setup.Inputs, ", "))
	}
	in := &input{truths: map[*state]*truth{}}
	for i := range list.Len() {
		in.args = append(in.args, list.Index(i))
	}
	return b.finish(in)
}

func (b *Bench) finish(in *input) (*input, error) {
	starlark.Tuple(in.args).Freeze()
	th := limited(setupSteps)
	env := b.rawEnv(in)
	in.alias = starlark.StringDict{}
	for _, a := range b.aliases {
		v, err := a.prog.function(th, env, "it")
		if err != nil {
			return nil, fmt.Errorf("names: %w", err)
		}
		for _, name := range a.names {
			if in.alias[name] == nil {
				env[name], in.alias[name] = v, v
			}
		}
	}
	ok, err := b.valid.function(th, env, "it")
	if err != nil {
		return nil, fmt.Errorf("valid: %w", err)
	}
	if !ok.Truth() {
		return nil, nil
	}
	in.want, err = starlark.Call(th, b.defs["brute"], in.args, nil)
	if err != nil {
		return nil, fmt.Errorf("brute(%s): %w", b.shown(in), b.brute.fault(err))
	}
	return in, nil
}

// rawEnv are the inputs and the functions of the brute force's text as plain values.
func (b *Bench) rawEnv(in *input) starlark.StringDict {
	env := starlark.StringDict{}
	for name, v := range b.defs {
		env[name] = v
	}
	for i, name := range b.setup.Inputs {
		env[name] = in.args[i]
	}
	for name, v := range in.alias {
		env[name] = v
	}
	return env
}

// shown is an input as it is read: coins=[1, 3], amount=6.
func (b *Bench) shown(in *input) string {
	parts := make([]string, len(in.args))
	for i, v := range in.args {
		parts[i] = b.setup.Inputs[i] + "=" + v.String()
	}
	return strings.Join(parts, ", ")
}

// truth works out the cells of a state for an input, once.
func (b *Bench) truth(in *input, s *state) (*truth, error) {
	if t := in.truths[s]; t != nil {
		return t, nil
	}
	t := &truth{values: map[cell]starlark.Value{}, beyond: map[cell]bool{}, base: map[cell]bool{}}
	th, env := limited(setupSteps), b.rawEnv(in)
	globals, err := s.prog.start(th, env)
	if err != nil {
		return nil, fmt.Errorf("state %s for %s: %w", s.ID, b.shown(in), err)
	}
	for _, name := range []string{"cells", "beyond"} {
		if globals[name] == nil {
			continue
		}
		list := globals[name].(*starlark.List)
		for i := range list.Len() {
			row := list.Index(i).(starlark.Tuple)
			c, err := cellOf(row[0].(starlark.Tuple))
			if err != nil {
				return nil, fmt.Errorf("state %s: %w", s.ID, err)
			}
			t.values[c] = row[1]
			if name == "beyond" {
				t.beyond[c] = true
				continue
			}
			t.over = append(t.over, c)
			t.base[c] = bool(row[2].Truth())
		}
	}
	if s.same != nil {
		if t.same, err = s.same.function(th, env, "it"); err != nil {
			return nil, fmt.Errorf("same of %s: %w", s.ID, err)
		}
	}
	in.truths[s] = t
	return t, nil
}

func cellOf(key starlark.Tuple) (c cell, err error) {
	for i, v := range key {
		if c[i], err = whole(v); err != nil {
			return c, fmt.Errorf("index %s is no whole number", v)
		}
	}
	return c, nil
}

func equal(x, y starlark.Value) bool {
	same, err := starlark.Equal(plain(raw(x)), plain(raw(y)))
	return same && err == nil
}

// agrees says that a value of a cell is as good as the right one.
func (t *truth) agrees(got, want starlark.Value) bool {
	if equal(got, want) {
		return true
	}
	if t.same == nil {
		return false
	}
	v, err := starlark.Call(limited(setupSteps), t.same, starlark.Tuple{got, want}, nil)
	return err == nil && bool(v.Truth())
}
