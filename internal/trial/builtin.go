package trial

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"math/big"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// Limits that decide what is found count work, never time.
const (
	maxSteps    = 2_000_000 // of one run
	maxDepth    = 20_000    // calls in calls
	maxElements = 4_000_000 // of one list, text or number of bits
	maxText     = 16 << 10  // bytes of what a candidate wrote
)

var (
	errSteps = errors.New("too much work: it does not seem to end")
	errDepth = errors.New("the recursion is too deep: it does not seem to end")
	errSize  = errors.New("too large a value is made")
)

// charge counts n elements as steps.
func charge(th *starlark.Thread, n int) error {
	if n > maxElements || n < 0 {
		return errSize
	}
	if th.CallStackDepth() > maxDepth {
		return errDepth
	}
	th.Steps += uint64(n)
	if limit, ok := th.Local("steps").(uint64); ok && th.Steps > limit {
		return errSteps
	}
	return nil
}

// limited is a thread that stops after some steps.
func limited(steps uint64) *starlark.Thread {
	th := &starlark.Thread{Print: func(*starlark.Thread, string) {}}
	th.SetLocal("steps", steps)
	th.SetMaxExecutionSteps(steps)
	th.OnMaxSteps = func(th *starlark.Thread) { th.Cancel(errSteps.Error()) }
	return th
}

func size(v starlark.Value) int {
	switch v := v.(type) {
	case starlark.Sequence:
		return v.Len()
	case starlark.String:
		return v.Len()
	}
	return 1
}

// plain makes a number of a truth value, as Python does.
func plain(v starlark.Value) starlark.Value {
	if b, ok := v.(starlark.Bool); ok {
		if b {
			return starlark.MakeInt(1)
		}
		return starlark.MakeInt(0)
	}
	return v
}

type builtin = func(th *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error)

func operator(op syntax.Token) builtin {
	return func(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
		x, y := args[0], args[1]
		if op != syntax.IN && op != syntax.NOT_IN && op != syntax.PERCENT || !isText(x) && op == syntax.PERCENT {
			x, y = plain(raw(x)), plain(raw(y))
		} else {
			y = raw(y)
		}
		if d, ok := y.(*defaults); ok { // to ask makes nothing
			y = d.Dict
		}
		if err := charge(th, cost(op, x, y)); err != nil {
			return nil, err
		}
		return starlark.Binary(op, x, y)
	}
}

func isText(v starlark.Value) bool { _, ok := v.(starlark.String); return ok }

// cost is how many elements an operator touches.
func cost(op syntax.Token, x, y starlark.Value) int {
	switch op {
	case syntax.IN, syntax.NOT_IN:
		switch y := y.(type) {
		case *starlark.Dict, *starlark.Set, *defaults:
			return 0
		default:
			if y.Type() == "range" { // only its ends are compared
				return 0
			}
			return size(y)
		}
	case syntax.PLUS:
		if _, ok := x.(starlark.Int); !ok {
			return size(x) + size(y)
		}
		return long(x) + long(y)
	case syntax.MINUS:
		return long(x) + long(y)
	case syntax.PERCENT:
		if s, ok := x.(starlark.String); ok {
			return textCost(s, "format", starlark.Tuple{y}) + textCost(s, "join", starlark.Tuple{y})
		}
	case syntax.STAR:
		return product(x, y)
	case syntax.LTLT:
		if n, err := starlark.AsInt32(y); err != nil || n > maxElements {
			return maxElements + 1
		}
		return long(x)
	}
	return 0
}

// long is the length of a number beyond a machine's word, in words.
func long(v starlark.Value) int {
	if i, ok := v.(starlark.Int); ok {
		if _, small := i.Int64(); !small {
			return i.BigInt().BitLen() / 64
		}
	}
	return 0
}

func product(x, y starlark.Value) int {
	a, aInt := x.(starlark.Int)
	b, bInt := y.(starlark.Int)
	switch {
	case aInt && bInt:
		if bits := a.BigInt().BitLen() + b.BigInt().BitLen(); bits > 128 {
			return bits
		}
		return 0
	case aInt:
		return times(size(y), a)
	case bInt:
		return times(size(x), b)
	}
	return 0
}

func times(n int, by starlark.Int) int {
	k, ok := by.Int64()
	switch {
	case ok && k <= 0:
		return 0
	case !ok || k > maxElements || int64(n)*k > maxElements:
		return maxElements + 1
	}
	return n * int(k)
}

// extend is += on a name: a list grows in place.
func extend(th *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kw []starlark.Tuple) (starlark.Value, error) {
	list, ok := args[0].(*starlark.List)
	if !ok {
		return operator(syntax.PLUS)(th, b, args, kw)
	}
	more, err := elements(th, args[1])
	for _, v := range more {
		if err == nil {
			err = list.Append(v)
		}
	}
	return list, err
}

// elements are what an iteration yields, counted; those of a string are its characters.
func elements(th *starlark.Thread, v starlark.Value) ([]starlark.Value, error) {
	v = raw(v)
	if s, ok := v.(starlark.String); ok {
		out := make([]starlark.Value, 0, len(s))
		for i := range len(s) {
			out = append(out, s[i:i+1])
		}
		return out, charge(th, len(s))
	}
	it := starlark.Iterate(v)
	if it == nil {
		return nil, fmt.Errorf("%s cannot be iterated", v.Type())
	}
	if n := starlark.Len(v); n > maxElements {
		return nil, errSize
	}
	defer it.Done()
	var out []starlark.Value
	for x := starlark.Value(nil); it.Next(&x); {
		out = append(out, x)
		if len(out) > maxElements {
			return nil, errSize
		}
	}
	return out, charge(th, len(out))
}

func each(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	switch v := raw(args[0]).(type) {
	case starlark.String:
		list, err := elements(th, v)
		return starlark.NewList(list), err
	default:
		return v, nil
	}
}

// span is "A..B" and "A to B", both ends included; down runs from the larger to the smaller.
func span(step int) builtin {
	return func(th *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
		if len(args) != 2 {
			return nil, fmt.Errorf("a range needs two ends")
		}
		var ends [2]int
		for i := range ends {
			if err := starlark.AsInt(plain(args[i]), &ends[i]); err != nil {
				return nil, fmt.Errorf("a range ends at %s, which is no whole number", args[i])
			}
		}
		return starlark.Call(th, universe["range"], starlark.Tuple{starlark.MakeInt(ends[0]), starlark.MakeInt(ends[1] + step), starlark.MakeInt(step)}, nil)
	}
}

// least is min (sign -1) or max (1). Of nothing it is the neutral element in notation, and an error in code.
func least(name string, sign int) builtin {
	return func(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		var key, fallback starlark.Value
		for _, kw := range kwargs {
			switch kw[0].(starlark.String) {
			case "key":
				key = kw[1]
			case "default":
				fallback = kw[1]
			default:
				return nil, fmt.Errorf("%s takes key and default, not %s", name, kw[0])
			}
		}
		list, err := choices(th, args)
		if err != nil {
			return nil, err
		}
		if len(list) == 0 {
			return ofNothing(th, name, sign, fallback)
		}
		return best(th, list, key, sign)
	}
}

func choices(th *starlark.Thread, args starlark.Tuple) ([]starlark.Value, error) {
	if len(args) != 1 && notation(th) { // max(1, f(j) + 1 for j < i)
		return spreadOut(th, args)
	}
	if len(args) != 1 {
		return args, nil
	}
	if v := raw(args[0]); starlark.Iterate(v) == nil && !isText(v) && notation(th) { // max(x) of one number
		return args, nil
	}
	return elements(th, args[0])
}

// spreadOut puts the elements of lists among other arguments.
func spreadOut(th *starlark.Thread, args starlark.Tuple) (out []starlark.Value, err error) {
	for _, v := range args {
		list, ok := v.(*starlark.List)
		if !ok {
			out = append(out, v)
			continue
		}
		for i := range list.Len() {
			out = append(out, list.Index(i))
		}
		if err := charge(th, list.Len()); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func notation(th *starlark.Thread) bool { return th.Local("notation") != nil }

func ofNothing(th *starlark.Thread, name string, sign int, fallback starlark.Value) (starlark.Value, error) {
	switch {
	case fallback != nil:
		return fallback, nil
	case notation(th):
		if v, ok := th.Local("nothing").(starlark.Value); ok && sign > 0 {
			return v, nil
		}
		if sign > 0 {
			th.SetLocal("of nothing", true)
		}
		return starlark.Float(math.Inf(-sign)), nil
	}
	return nil, fmt.Errorf("%s() of an empty sequence", name)
}

func best(th *starlark.Thread, list []starlark.Value, key starlark.Value, sign int) (starlark.Value, error) {
	keyed := func(v starlark.Value) (starlark.Value, error) {
		if key == nil || key == starlark.None {
			return plain(v), nil
		}
		return starlark.Call(th, key, starlark.Tuple{v}, nil)
	}
	top := list[0]
	topKey, err := keyed(top)
	for _, v := range list[1:] {
		if err != nil {
			return nil, err
		}
		var k starlark.Value
		if k, err = keyed(v); err != nil {
			break
		}
		op := syntax.LT
		if sign > 0 {
			op = syntax.GT
		}
		var better bool
		if better, err = starlark.Compare(op, k, topKey); better {
			top, topKey = v, k
		}
	}
	return top, err
}

func sum(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var of, start starlark.Value = nil, starlark.MakeInt(0)
	if err := starlark.UnpackArgs("sum", args, kwargs, "of", &of, "start?", &start); err != nil {
		return nil, err
	}
	list, err := elements(th, of)
	total := start
	for _, v := range list {
		if err != nil {
			return nil, err
		}
		total, err = starlark.Binary(syntax.PLUS, total, plain(v))
	}
	return total, err
}

func power(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	if len(args) < 2 {
		return nil, fmt.Errorf("a power needs a base and an exponent")
	}
	x, xInt := plain(args[0]).(starlark.Int)
	y, yInt := plain(args[1]).(starlark.Int)
	if xInt && yInt && y.Sign() >= 0 {
		n, ok := y.Int64()
		if !ok || n > maxElements || int64(x.BigInt().BitLen())*n > maxElements/64 {
			return nil, errSize
		}
		var mod *big.Int
		if len(args) > 2 {
			if m, ok := args[2].(starlark.Int); ok && m.Sign() > 0 {
				mod = m.BigInt()
			}
		}
		return starlark.MakeBigInt(new(big.Int).Exp(x.BigInt(), big.NewInt(n), mod)), nil
	}
	a, okA := starlark.AsFloat(plain(args[0]))
	b, okB := starlark.AsFloat(plain(args[1]))
	if !okA || !okB {
		return nil, fmt.Errorf("a power of %s by %s", args[0].Type(), args[1].Type())
	}
	return starlark.Float(math.Pow(a, b)), nil
}

// sliced is x[lo:hi:step], counted.
func sliced(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	x := raw(args[0])
	n := size(x)
	s, ok := x.(starlark.Sliceable)
	if !ok {
		return nil, fmt.Errorf("%s cannot be sliced", x.Type())
	}
	step := 1
	if args[3] != starlark.None {
		if err := starlark.AsInt(args[3], &step); err != nil || step == 0 {
			return nil, fmt.Errorf("the step of a slice is %s", args[3])
		}
	}
	bound := func(v starlark.Value, whole int) (int, error) {
		if v == starlark.None {
			return whole, nil
		}
		var i int
		if err := starlark.AsInt(plain(v), &i); err != nil {
			return 0, fmt.Errorf("a slice ends at %s, which is no whole number", v)
		}
		if i < 0 {
			i += n
		}
		if step > 0 {
			return max(0, min(i, n)), nil
		}
		return max(-1, min(i, n-1)), nil
	}
	first, last := 0, n
	if step < 0 {
		first, last = n-1, -1
	}
	lo, err := bound(args[1], first)
	if err != nil {
		return nil, err
	}
	hi, err := bound(args[2], last)
	if err != nil {
		return nil, err
	}
	if err := charge(th, max(0, (hi-lo)/step)); err != nil {
		return nil, err
	}
	if step > 0 && hi < lo || step < 0 && hi > lo {
		hi = lo
	}
	return s.Slice(lo, hi, step), nil
}

// counting charges a builtin of Starlark for what it is given.
func counting(name string) builtin {
	fn := universe[name]
	return func(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		args = append(starlark.Tuple{}, args...)
		if name == "enumerate" && len(kwargs) == 1 { // start=1
			args, kwargs = append(args, kwargs[0][1]), nil
		}
		for i, a := range args {
			a = raw(a)
			if s, ok := a.(starlark.String); ok && iterates[name] {
				list, err := elements(th, s)
				if err != nil {
					return nil, err
				}
				a = starlark.NewList(list)
			} else if err := charge(th, size(a)); err != nil {
				return nil, err
			}
			args[i] = a
		}
		v, err := starlark.Call(th, fn, args, kwargs)
		if err == nil && isText(v) {
			err = charge(th, size(v))
		}
		return v, err
	}
}

var iterates = map[string]bool{"list": true, "tuple": true, "set": true, "sorted": true, "enumerate": true, "zip": true, "reversed": true, "any": true, "all": true}

func length(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	if len(args) == 1 {
		if n := starlark.Len(args[0]); n >= 0 {
			return starlark.MakeInt(n), nil
		}
		return nil, fmt.Errorf("%s has no length", args[0].Type())
	}
	return nil, fmt.Errorf("len takes one argument")
}

// ranged is range with truth values and infinite ends refused in plain words.
func ranged(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	ints := make(starlark.Tuple, len(args))
	for i, a := range args {
		ints[i] = plain(a)
		if _, ok := ints[i].(starlark.Int); !ok {
			return nil, fmt.Errorf("range(%s): no whole number", a)
		}
	}
	return starlark.Call(th, universe["range"], ints, nil)
}

func mapped(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	if len(args) != 2 {
		return nil, fmt.Errorf("map takes a function and a list")
	}
	list, err := elements(th, args[1])
	for i := range list {
		if err != nil {
			return nil, err
		}
		list[i], err = starlark.Call(th, args[0], starlark.Tuple{list[i]}, nil)
	}
	return starlark.NewList(list), err
}

func rounded(f func(float64) float64) builtin {
	return func(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
		if len(args) != 1 {
			return nil, fmt.Errorf("rounding takes one number")
		}
		x, ok := starlark.AsFloat(plain(args[0]))
		if !ok {
			return nil, fmt.Errorf("%s is no number", args[0].Type())
		}
		v := f(x)
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return starlark.Float(v), nil
		}
		return starlark.NumberToInt(starlark.Float(v))
	}
}

// fits is the value of the first function where all that it reads is there, else that of the second.
func fits(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	if len(args) != 2 {
		return nil, fmt.Errorf("a condition takes two values")
	}
	v, err := starlark.Call(th, args[0], nil, nil)
	var out *outside
	if errors.As(err, &out) {
		return starlark.Call(th, args[1], nil, nil)
	}
	return v, err
}

// orElseValue is the first value, or the second where that is infinite: of a choice among nothing, or of what cannot be.
func orElseValue(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	if len(args) != 2 {
		return nil, fmt.Errorf("a condition takes two values")
	}
	if endless(plain(args[0])) {
		return args[1], nil
	}
	return args[0], nil
}

// universe are the builtins of the library, which ours call.
var universe = maps.Clone(starlark.Universe)

// The builtins of ours take the place of those of the same name for every program: nothing else in the binary runs any.
func init() { maps.Copy(starlark.Universe, known) }

// known are the names that any text may use, and those that only a rewriting can.
var known = func() starlark.StringDict {
	d := starlark.StringDict{"inf": starlark.Float(math.Inf(1)), "math": mathModule}
	d["true"], d["false"] = starlark.True, starlark.False
	for _, name := range []string{"infinity", "infinite", "INF", "Inf", "infty", "oo", "Infinity"} {
		d[name] = d["inf"]
	}
	fns := map[string]builtin{"+": operator(syntax.PLUS), "-": operator(syntax.MINUS), "*": operator(syntax.STAR), "<<": operator(syntax.LTLT),
		"%": operator(syntax.PERCENT), "in": operator(syntax.IN), "not in": operator(syntax.NOT_IN), "+=": extend, "each": each, "[:]": sliced, ".": method,
		"__memo": memoised, "__fits": fits, "__or": orElseValue, "__pow": power, "pow": power, "__to": span(1), "__downto": span(-1), "min": least("min", -1), "max": least("max", 1), "sum": sum, "len": length, "range": ranged,
		"map": mapped, "defaultdict": defaultDict, "floor": rounded(math.Floor), "ceil": rounded(math.Ceil), "round": rounded(math.RoundToEven)}
	for name := range iterates {
		fns[name] = counting(name)
	}
	fns["str"] = counting("str")
	for name, f := range fns {
		d[name] = starlark.NewBuiltin(name, f)
	}
	return d
}()
