package trial

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// moreInputs are drawn for whole code, which is run faster than pieces are judged.
const moreInputs = 160

// code runs whole code on the cases and on random inputs, each time afresh: no memo leaks from one into the next.
func (b *Bench) code(a *answer) []Finding {
	piece := a.code[len(a.code)-1]
	p, err := compileCode(piece)
	if err == nil {
		_, err = b.entry(p)
	}
	if err != nil {
		return []Finding{unrun(Cases, piece, err)}
	}
	var worst *note
	fails := func(in *input) bool {
		n := b.runCode(p, piece, in)
		if n != nil {
			worst = n
		}
		return n != nil
	}
	for _, in := range b.codeInputs() {
		if fails(in) {
			b.shrink(in, fails)
			return []Finding{atLine(b.finding(Cases, worst), piece)}
		}
	}
	f := atLine(right(Cases, piece), piece)
	f.Says = fmt.Sprintf("right for %d inputs", len(b.codeInputs()))
	return []Finding{f}
}

// atLine makes the line that a finding names its evidence, and not the whole of the code.
func atLine(f Finding, piece *Piece) Finding {
	from := 0
	for n, line := piece.Line, ""; from < len(piece.Text); n, from = n+1, from+len(line)+1 {
		if line, _, _ = strings.Cut(piece.Text[from:], "\n"); n == f.Line || n > f.Line && strings.TrimSpace(line) != "" {
			f.Start, f.End = piece.Start+from, piece.Start+from+len(strings.TrimRight(line, " \r"))
			break
		}
	}
	return f
}

func compileCode(piece *Piece) (*program, error) {
	if piece.Text == "" {
		return nil, fmt.Errorf("the code is longer than %d bytes", maxText)
	}
	tokens, err := python(piece.Text, piece.Line)
	if err != nil {
		return nil, err
	}
	return compile(tokens, func(string) bool { return false })
}

// codeInputs are the bench's inputs and more of the same kind.
func (b *Bench) codeInputs() []*input {
	if b.more == nil {
		b.more = slices.Clone(b.inputs)
		for i := range moreInputs {
			if in, err := b.randomInputOf(randomInputs+i, 1+i*6/moreInputs); err == nil && in != nil {
				b.more = append(b.more, in)
			}
		}
	}
	return b.more
}

// entry starts the program and finds the function to call: the one whose parameters have the names of the inputs, else the
// last one with as many.
func (b *Bench) entry(p *program) (starlark.Callable, error) {
	globals, err := p.start(limited(maxSteps), starlark.StringDict{})
	if err != nil {
		return nil, err
	}
	var best *starlark.Function
	for _, name := range globals.Keys() {
		fn, ok := globals[name].(*starlark.Function)
		if !ok || !b.takes(fn) {
			continue
		}
		if best == nil || b.namesInputs(fn) && !b.namesInputs(best) || b.namesInputs(fn) == b.namesInputs(best) && fn.Position().Line > best.Position().Line {
			best = fn
		}
	}
	if best == nil {
		return nil, fmt.Errorf("there is no function of %s", strings.Join(b.setup.Inputs, ", "))
	}
	return best, nil
}

// takes says that a function can be called with the inputs.
func (b *Bench) takes(fn *starlark.Function) bool {
	required := 0
	for i := range fn.NumParams() {
		if fn.ParamDefault(i) == nil {
			required++
		}
	}
	n := len(b.setup.Inputs)
	return required <= n && n <= fn.NumParams() && !fn.HasVarargs()
}

// namesInputs says that the parameters are called as the inputs are.
func (b *Bench) namesInputs(fn *starlark.Function) bool {
	for i, name := range b.setup.Inputs {
		if got, _ := fn.Param(i); got != name {
			return false
		}
	}
	return true
}

// runCode runs the code on one input; nil where it gives the right result.
func (b *Bench) runCode(p *program, piece *Piece, in *input) *note {
	n := &note{piece: piece, line: piece.Line, col: piece.Col, want: shown(in.want), in: in}
	v, _, err := b.call(p, in.args, maxSteps)
	switch {
	case err != nil:
		at := faulted(&rule{piece: piece}, err)
		n.line, n.col = at.line, at.col
		n.says = fmt.Sprintf("it fails at %d:%d: %s; right is %s", at.line, at.col, at.says, n.want)
	case !equal(v, in.want):
		n.got = shown(v)
		n.says = fmt.Sprintf("it gives %s, not %s", n.got, n.want)
	default:
		return nil
	}
	return n
}

// call starts the program afresh and calls its function with copies of the arguments.
func (b *Bench) call(p *program, args []starlark.Value, limit uint64) (starlark.Value, uint64, error) {
	fn, err := b.entry(p)
	if err != nil {
		return nil, 0, err
	}
	th := limited(limit)
	own := make(starlark.Tuple, len(args))
	for i, v := range args {
		own[i] = copiedValue(v)
	}
	v, err := starlark.Call(th, fn, own, nil)
	if err != nil {
		if th.Steps >= limit {
			err = errors.Join(errSteps, p.fault(err))
		} else {
			err = p.fault(err)
		}
	}
	return v, th.Steps, err
}

// copiedValue is a value that may be changed.
func copiedValue(v starlark.Value) starlark.Value {
	switch v := v.(type) {
	case *starlark.List:
		list := make([]starlark.Value, v.Len())
		for i := range list {
			list[i] = copiedValue(v.Index(i))
		}
		return starlark.NewList(list)
	case *starlark.Dict:
		d := starlark.NewDict(v.Len())
		for _, item := range v.Items() {
			_ = d.SetKey(item[0], copiedValue(item[1])) // a key that was one before
		}
		return d
	}
	return v
}

// codeWork counts the steps of a call.
func (b *Bench) codeWork(a *answer) (measure, error) {
	p, err := compileCode(a.code[len(a.code)-1])
	if err != nil {
		return nil, err
	}
	return func(args []starlark.Value) (uint64, error) {
		_, steps, err := b.call(p, args, stepLimit)
		return steps, err
	}, nil
}

// stepLimit is where counting of one size ends: only what is exponential comes from below growthSteps to here in one doubling.
const stepLimit = 80 * growthSteps

var stepBits = math.Log2(stepLimit)
