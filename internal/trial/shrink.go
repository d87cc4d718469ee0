package trial

import (
	"go.starlark.net/starlark"
)

// maxTries is how many smaller inputs are tried for a finding.
const maxTries = 200

// shrunk looks for the smallest input that still shows a fault of the same piece.
func (b *Bench) shrunk(a *answer, j *judged, name string) *note {
	best := j.faults[name]
	b.shrink(best.in, func(in *input) bool {
		w, err := b.on(a, j.reading, in)
		if err == nil && name == Order {
			err = w.order(j)
		}
		if err != nil || w.found[name] == nil || w.found[name].unrun != "" {
			return false
		}
		best = w.found[name]
		return true
	})
	return best
}

// shrink makes an input smaller as long as it still fails: greedily, by dropping elements (from lists of the same length
// together, then alone) and by making numbers and letters smaller.
func (b *Bench) shrink(in *input, fails func(*input) bool) *input {
	tries := 0
	for again := true; again; {
		again = false
		for _, args := range smaller(in.args) {
			if tries++; tries > maxTries {
				return in
			}
			next, err := b.finish(&input{args: args, truths: map[*state]*truth{}})
			if err == nil && next != nil && fails(next) {
				in, again = next, true
				break
			}
		}
	}
	return in
}

// smaller are the inputs one step below.
func smaller(args []starlark.Value) (out [][]starlark.Value) {
	with := func(i int, v starlark.Value) []starlark.Value {
		next := append([]starlark.Value{}, args...)
		next[i] = v
		return next
	}
	longest := 0
	for _, v := range args {
		longest = max(longest, starlark.Len(v))
	}
	for k := range longest {
		next, any := append([]starlark.Value{}, args...), 0
		for i, v := range args {
			if starlark.Len(v) == longest {
				next[i] = without(v, k)
				any++
			}
		}
		if any > 1 {
			out = append(out, next)
		}
	}
	for i, v := range args {
		for k := range max(0, starlark.Len(v)) {
			out = append(out, with(i, without(v, k)))
		}
		for _, less := range lesser(v) {
			out = append(out, with(i, less))
		}
	}
	return out
}

func without(v starlark.Value, k int) starlark.Value {
	switch v := v.(type) {
	case starlark.String:
		return v[:k] + v[k+1:]
	case *starlark.List:
		list := make([]starlark.Value, 0, v.Len())
		for i := range v.Len() {
			if i != k {
				list = append(list, v.Index(i))
			}
		}
		return starlark.NewList(list)
	}
	return v
}

// lesser are smaller values of the same length.
func lesser(v starlark.Value) (out []starlark.Value) {
	switch v := v.(type) {
	case starlark.Int:
		n, ok := v.Int64()
		if !ok || n == 0 {
			return nil
		}
		seen := map[int64]bool{n: true}
		for _, m := range []int64{0, n / 2, n - n/max(n, -n)} {
			if !seen[m] {
				seen[m] = true
				out = append(out, starlark.MakeInt64(m))
			}
		}
	case starlark.String:
		for i := range len(v) {
			if v[i] > 'a' && v[i] <= 'z' {
				out = append(out, v[:i]+"a"+v[i+1:])
			}
		}
	case *starlark.List:
		for i := range v.Len() {
			for _, less := range lesser(v.Index(i)) {
				list := make([]starlark.Value, v.Len())
				for k := range list {
					list[k] = v.Index(k)
				}
				list[i] = less
				out = append(out, starlark.NewList(list))
			}
		}
	}
	return out
}
