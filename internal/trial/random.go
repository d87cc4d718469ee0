package trial

import (
	"fmt"

	"go.starlark.net/starlark"
)

// dice is a fixed sequence of numbers (splitmix64): the same input of a setup at every run.
type dice uint64

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (d *dice) between(lo, hi int) int {
	if hi <= lo {
		return lo
	}
	return lo + int(d.next()%uint64(hi-lo+1))
}

// draw are the functions of a setup's random expression.
var draw = map[string]builtin{
	"pick":    pick,
	"ints":    ints,
	"letters": letters,
}

func rolled(th *starlark.Thread) *dice { return th.Local("dice").(*dice) }

func pick(th *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	if list, ok := args[0].(starlark.Indexable); ok && len(args) == 1 && list.Len() > 0 {
		return list.Index(rolled(th).between(0, list.Len()-1)), nil
	}
	var lo, hi int
	if err := starlark.UnpackPositionalArgs(b.Name(), args, nil, 2, &lo, &hi); err != nil {
		return nil, err
	}
	return starlark.MakeInt(rolled(th).between(lo, hi)), nil
}

func ints(th *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	var n, lo, hi int
	if err := starlark.UnpackPositionalArgs(b.Name(), args, nil, 3, &n, &lo, &hi); err != nil {
		return nil, err
	}
	list := make([]starlark.Value, max(n, 0))
	for i := range list {
		list[i] = starlark.MakeInt(rolled(th).between(lo, hi))
	}
	return starlark.NewList(list), nil
}

func letters(th *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	var n int
	var of string
	if err := starlark.UnpackPositionalArgs(b.Name(), args, nil, 2, &n, &of); err != nil {
		return nil, err
	}
	out := make([]byte, max(n, 0))
	for i := range out {
		out[i] = of[rolled(th).between(0, len(of)-1)]
	}
	return starlark.String(out), nil
}

// randomInput draws the i-th input, of a size that grows from 1 to 5.
func (b *Bench) randomInput(i int) (*input, error) { return b.randomInputOf(i, 1+i*5/randomInputs) }

// randomInputOf draws an input of a size; nil where none of some draws is valid.
func (b *Bench) randomInputOf(i, size int) (*input, error) {
	d := dice(i + 1)
	th := limited(setupSteps)
	th.SetLocal("dice", &d)
	env := starlark.StringDict{}
	for name, f := range draw {
		env[name] = starlark.NewBuiltin(name, f)
	}
	for name, v := range b.defs {
		env[name] = v
	}
	fn, err := b.random.function(th, env, "it")
	if err != nil {
		return nil, err
	}
	for range 20 {
		v, err := starlark.Call(th, fn, starlark.Tuple{starlark.MakeInt(size)}, nil)
		if err != nil {
			return nil, fmt.Errorf("%w", b.random.fault(err))
		}
		if in, err := b.inputOf(v); in != nil || err != nil {
			return in, err
		}
	}
	return nil, nil
}
