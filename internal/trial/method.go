package trial

import (
	"fmt"
	"math"

	"go.starlark.net/starlark"
)

// method is x.name for a call: what Starlark lacks of Python's lists and texts is added, and what is done is counted.
func method(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	x, name := raw(args[0]), string(args[1].(starlark.String))
	if list, ok := x.(*starlark.List); ok {
		if f := listMethods[name]; f != nil {
			return starlark.NewBuiltin(name, f).BindReceiver(list), nil
		}
	}
	owner, ok := x.(starlark.HasAttrs)
	if !ok {
		return nil, fmt.Errorf("%s has no method %s", x.Type(), name)
	}
	fn, err := owner.Attr(name)
	if err != nil {
		return nil, err
	}
	if fn == nil {
		return nil, fmt.Errorf("%s has no method %s", x.Type(), name)
	}
	if callable, ok := fn.(*starlark.Builtin); ok && !quick[name] {
		return starlark.NewBuiltin(name, func(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			n := size(x)
			for i, a := range args {
				args[i] = raw(a)
				n += size(args[i])
			}
			if isText(x) && (name == "join" || name == "replace" || name == "format") { // may grow by more than they are given
				n = textCost(x.(starlark.String), name, args)
			}
			if err := charge(th, n); err != nil {
				return nil, err
			}
			return starlark.Call(th, callable, args, kwargs)
		}), nil
	}
	return fn, nil
}

// quick are methods that take one step at any size.
var quick = map[string]bool{"append": true, "get": true, "add": true, "setdefault": true, "pop": true}

// textCost bounds the length of what a method of a text makes.
func textCost(s starlark.String, name string, args starlark.Tuple) int {
	total := len(s)
	for _, a := range args {
		if it := starlark.Iterate(a); it != nil && name == "join" {
			for x := starlark.Value(nil); it.Next(&x); {
				total += size(x) + len(s)
			}
			it.Done()
		} else if name == "replace" {
			total += (len(s) + 1) * size(a)
		} else {
			total += (len(s) + 1) * size(a)
		}
		if total > maxElements {
			return maxElements + 1
		}
	}
	return total
}

var listMethods = map[string]builtin{
	"sort": func(th *starlark.Thread, b *starlark.Builtin, _ starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		list := b.Receiver().(*starlark.List)
		if err := charge(th, list.Len()); err != nil {
			return nil, err
		}
		sorted, err := starlark.Call(th, universe["sorted"], starlark.Tuple{list}, kwargs)
		if err != nil {
			return nil, err
		}
		for i := range list.Len() {
			if err := list.SetIndex(i, sorted.(*starlark.List).Index(i)); err != nil {
				return nil, err
			}
		}
		return starlark.None, nil
	},
	"reverse": func(th *starlark.Thread, b *starlark.Builtin, _ starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
		list := b.Receiver().(*starlark.List)
		for i, j := 0, list.Len()-1; i < j; i, j = i+1, j-1 {
			x, y := list.Index(i), list.Index(j)
			if err := list.SetIndex(i, y); err != nil {
				return nil, err
			}
			if err := list.SetIndex(j, x); err != nil {
				return nil, err
			}
		}
		return starlark.None, charge(th, list.Len())
	},
	"copy": func(th *starlark.Thread, b *starlark.Builtin, _ starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
		list, err := elements(th, b.Receiver())
		return starlark.NewList(list), err
	},
	"count": func(th *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
		list, err := elements(th, b.Receiver())
		n := 0
		for _, v := range list {
			if same, _ := starlark.Equal(v, args[0]); same && err == nil {
				n++
			}
		}
		return starlark.MakeInt(n), err
	},
}

// math is what the module of that name offers.
var mathModule = func() *module {
	m := &module{"math", starlark.StringDict{"inf": starlark.Float(math.Inf(1))}}
	for name, f := range map[string]func(float64) float64{"floor": math.Floor, "ceil": math.Ceil} {
		m.names[name] = starlark.NewBuiltin(name, rounded(f))
	}
	return m
}()

// module is a value with names.
type module struct {
	name  string
	names starlark.StringDict
}

func (m *module) String() string        { return m.name }
func (m *module) Type() string          { return "module" }
func (m *module) Freeze()               {}
func (m *module) Truth() starlark.Bool  { return true }
func (m *module) Hash() (uint32, error) { return 0, fmt.Errorf("a module cannot be a key") }
func (m *module) AttrNames() []string   { return m.names.Keys() }
func (m *module) Attr(name string) (starlark.Value, error) {
	if v, ok := m.names[name]; ok {
		return v, nil
	}
	return nil, fmt.Errorf("%s.%s is not available here", m.name, name)
}

// memoised is what @cache makes of a function: results are kept by the arguments.
func memoised(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	if len(args) != 1 {
		return nil, fmt.Errorf("a cache is of one function")
	}
	kept, fn := starlark.NewDict(8), args[0]
	return starlark.NewBuiltin("cached", func(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		v, found, err := kept.Get(args)
		if found || err != nil {
			return v, err
		}
		if v, err = starlark.Call(th, fn, args, kwargs); err != nil {
			return nil, err
		}
		return v, kept.SetKey(args, v)
	}), nil
}
