package trial

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"go.starlark.net/starlark"
)

// seq is an input as notation sees it: a list or text whose places do not count from the end, and may count from one.
type seq struct {
	of    starlark.Value // a *starlark.List, Tuple or String
	name  string
	first int   // 0, or 1 where the answer counts so
	blank *bool // a letter outside is one that equals no other
}

func (s *seq) String() string        { return s.of.String() }
func (s *seq) Type() string          { return s.of.Type() }
func (s *seq) Freeze()               {}
func (s *seq) Truth() starlark.Bool  { return s.of.Truth() }
func (s *seq) Hash() (uint32, error) { return s.of.Hash() }
func (s *seq) Len() int              { return starlark.Len(s.of) }

// Iterate makes a seq a starlark.Sequence.
func (s *seq) Iterate() starlark.Iterator {
	if text, ok := s.of.(starlark.String); ok {
		list := make([]starlark.Value, len(text))
		for i := range len(text) {
			list[i] = text[i : i+1]
		}
		return starlark.NewList(list).Iterate()
	}
	return starlark.Iterate(s.of)
}

// Get makes indexing go by what was written: a negative place is outside.
func (s *seq) Get(key starlark.Value) (starlark.Value, bool, error) {
	var i int
	if err := starlark.AsInt(plain(key), &i); err != nil {
		return nil, false, fmt.Errorf("%s[%s]: no whole number", s.name, key)
	}
	at := i - s.first
	if text, ok := s.of.(starlark.String); ok && s.blank != nil && *s.blank && (at < 0 || at >= len(text)) {
		return starlark.String("no letter of " + s.name), true, nil
	}
	if at < 0 || at >= s.Len() {
		return nil, false, &outside{fmt.Sprintf("%s[%d]", s.name, i)}
	}
	if text, ok := s.of.(starlark.String); ok {
		return text[at : at+1], true, nil
	}
	return s.of.(starlark.Indexable).Index(at), true, nil
}

// CallInternal reads v(i), as textbooks write it.
func (s *seq) CallInternal(_ *starlark.Thread, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	if len(args) != 1 {
		return nil, fmt.Errorf("%s has 1 index, not %d", s.name, len(args))
	}
	v, _, err := s.Get(args[0])
	return v, err
}

// Name makes a seq callable.
func (s *seq) Name() string { return s.name }

// outside is a read of a place that is not there.
type outside struct{ what string }

func (o *outside) Error() string { return o.what + " is outside" }

// raw is an input as a plain value.
func raw(v starlark.Value) starlark.Value {
	if s, ok := v.(*seq); ok {
		return s.of
	}
	if r, ok := v.(*row); ok && len(r.at) == 0 {
		return r.list()
	}
	return v
}

const maxIndexes = 4

// cell names a subproblem: its indexes in the order of the state.
type cell [maxIndexes]int

// table answers reads of dp with values that are right, and remembers which were read.
type table struct {
	name    string
	dims    int
	r       *reading
	values  map[cell]starlark.Value
	may     func(cell) bool // outside the cells proper: it may be read
	over    []cell
	reads   []cell
	missing func(cell) (starlark.Value, error) // gives what is not computed; nil = nothing does
	own     func(cell) starlark.Value          // what the answer says of a cell outside; nil for nothing
	self    *cell                              // that which is computed: to read it gives what stood there before
	before  starlark.Value
	again   bool // it was read
	last    bool // a negative index counts from the end, as in the read-off
}

// row is dp with some of its indexes given; a table that stands for one value of the last index has that besides.
type row struct {
	t    *table
	name string
	at   []int
	only []int
}

// start is the table under a name.
func (t *table) start(name string) *row {
	if k, ok := t.r.tables[name]; ok {
		return &row{t: t, name: name, only: []int{k}}
	}
	return &row{t: t, name: name}
}

// dims is how many indexes are written.
func (r *row) dims() int { return r.t.dims - len(r.only) }

func (r *row) String() string        { return show(r.name, r.at) }
func (r *row) Type() string          { return "table" }
func (r *row) Freeze()               {}
func (r *row) Truth() starlark.Bool  { return true }
func (r *row) Hash() (uint32, error) { return 0, fmt.Errorf("the table cannot be a key") }
func (r *row) Name() string          { return r.name }

func show(name string, at []int) string {
	var b strings.Builder
	b.WriteString(name)
	for _, i := range at {
		b.WriteString("[" + strconv.Itoa(i) + "]")
	}
	return b.String()
}

// Get reads dp[i], dp[i][j] or dp[i, j].
func (r *row) Get(key starlark.Value) (starlark.Value, bool, error) {
	at := append([]int{}, r.at...)
	keys, ok := key.(starlark.Tuple)
	if !ok {
		keys = starlark.Tuple{key}
	}
	for _, k := range keys {
		i, err := whole(k)
		if err != nil {
			return nil, false, fmt.Errorf("%s[%s]: no whole number", show(r.name, at), k)
		}
		at = append(at, i)
	}
	v, err := r.read(at)
	return v, err == nil, err
}

func whole(v starlark.Value) (int, error) {
	v = plain(v)
	if f, ok := v.(starlark.Float); ok && float64(f) == math.Trunc(float64(f)) && math.Abs(float64(f)) < 1e9 {
		return int(f), nil
	}
	var i int
	err := starlark.AsInt(v, &i)
	return i, err
}

// CallInternal reads f(i, j).
func (r *row) CallInternal(_ *starlark.Thread, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	v, _, err := r.Get(args)
	return v, err
}

// Iterate yields the values of all cells of a table of one index, or the rows of one of two.
func (r *row) Iterate() starlark.Iterator { return r.list().Iterate() }

// Len is how many there are.
func (r *row) Len() int { return r.list().Len() }

func (r *row) list() *starlark.List { return r.listAt(r.at) }

func (r *row) listAt(at []int) *starlark.List {
	var out []starlark.Value
	seen := map[int]bool{}
	t := r.t
	for _, c := range t.over {
		matches := true
		for i, v := range at {
			matches = matches && t.r.written(c, i) == v
		}
		for i, v := range r.only {
			matches = matches && t.r.written(c, r.dims()+i) == v
		}
		next := t.r.written(c, len(at))
		if !matches || seen[next] && len(at)+1 < r.dims() {
			continue
		}
		if seen[next] = true; len(at)+1 < r.dims() {
			out = append(out, r.listAt(append(append([]int{}, at...), next)))
			continue
		}
		t.reads = append(t.reads, c)
		out = append(out, t.values[c])
	}
	return starlark.NewList(out)
}

func (r *row) read(at []int) (starlark.Value, error) {
	switch {
	case len(at) > r.dims():
		return nil, fmt.Errorf("%s has %s, not %d", r.name, indexes(r.dims()), len(at))
	case len(at) < r.dims():
		return &row{r.t, r.name, at, r.only}, nil
	}
	v, ok, err := r.t.at(r.t.r.cell(append(append([]int{}, at...), r.only...)))
	if err == nil && !ok {
		err = &outside{show(r.name, at)}
	}
	return v, err
}

// at is the value of a cell; false where there is none.
func (t *table) at(c cell) (starlark.Value, bool, error) {
	if _, there := t.values[c]; !there && t.last {
		c = t.fromEnd(c)
	}
	if t.self != nil && c == *t.self {
		t.again = true
		return t.before, t.before != nil, nil
	}
	if t.own != nil {
		if v := t.own(c); v != nil {
			return v, true, nil
		}
	}
	v, ok := t.values[c]
	if !ok && t.missing != nil {
		given, err := t.missing(c)
		if err != nil {
			return nil, false, err
		}
		v, ok = given, given != nil
	}
	if !ok || t.may != nil && !t.may(c) {
		return nil, false, nil
	}
	t.reads = append(t.reads, c)
	return v, true, nil
}

// fromEnd resolves negative indexes, each from the largest of its place.
func (t *table) fromEnd(c cell) cell {
	for k := range t.dims {
		if c[k] >= 0 {
			continue
		}
		largest := -1
		for _, o := range t.over {
			largest = max(largest, o[k])
		}
		c[k] += largest + 1
	}
	return c
}

func indexes(n int) string {
	if n == 1 {
		return "1 index"
	}
	return strconv.Itoa(n) + " indexes"
}

// shown is a cell as it is written.
func (t *table) shown(c cell) string {
	at := make([]int, t.dims)
	for i := range at {
		at[i] = t.r.written(c, i)
	}
	for name, k := range t.r.tables {
		if n := t.dims - 1; at[n] == k {
			return show(name, at[:n])
		}
	}
	return show(t.name, at)
}
