package trial

import (
	"fmt"

	"go.starlark.net/starlark"
)

// defaults is a dict that makes what is asked for and not there.
type defaults struct {
	*starlark.Dict
	make starlark.Value
	th   *starlark.Thread
}

// Get makes a value for a key that is not there.
func (d *defaults) Get(key starlark.Value) (starlark.Value, bool, error) {
	v, found, err := d.Dict.Get(key)
	if found || err != nil {
		return v, found, err
	}
	if v, err = starlark.Call(d.th, d.make, nil, nil); err != nil {
		return nil, false, err
	}
	return v, true, d.SetKey(key, v)
}

func defaultDict(th *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	if len(args) != 1 {
		return nil, fmt.Errorf("defaultdict takes one function")
	}
	return &defaults{starlark.NewDict(8), args[0], th}, nil
}
