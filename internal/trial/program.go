package trial

import (
	"errors"
	"fmt"
	"strings"

	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// program is text made ready to run, with a way back to where it was written.
type program struct {
	prog *starlark.Program
	src  source
}

// fault is an error at a place of what was written; Line 0 where the place is not known.
type fault struct {
	line, col int
	msg       string
}

func (f *fault) Error() string {
	if f.line == 0 {
		return f.msg
	}
	return fmt.Sprintf("%d:%d: %s", f.line, f.col, f.msg)
}

var dialect = &syntax.FileOptions{Set: true, While: true, TopLevelControl: true, GlobalReassign: true, Recursion: true}

// compile makes a program of tokens; has tells the names that will be given.
func compile(tokens []token, has func(string) bool) (*program, error) {
	p := &program{src: render(tokens)}
	f, err := dialect.Parse("", p.src.text+"\n", 0)
	if err != nil {
		return nil, p.fault(err)
	}
	metered(f)
	p.prog, err = starlark.FileProgram(f, has)
	if err != nil {
		return nil, p.fault(err)
	}
	return p, nil
}

// start runs the program's top and returns its names.
func (p *program) start(th *starlark.Thread, env starlark.StringDict) (starlark.StringDict, error) {
	globals, err := p.prog.Init(th, env)
	if err != nil {
		return nil, p.fault(err)
	}
	return globals, nil
}

// endOfLine is a column beyond any line.
const endOfLine = 1 << 20

// fault is an error with the place of its cause in what was written.
func (p *program) fault(err error) error {
	var syn syntax.Error
	var res resolve.ErrorList
	var eval *starlark.EvalError
	at := func(pos syntax.Position, msg string) error {
		line, col := p.src.origin(int(pos.Line), int(pos.Col))
		return &fault{line, col, plainWords(msg)}
	}
	switch {
	case errors.As(err, &syn):
		if strings.HasPrefix(syn.Msg, "got newline") && syn.Pos.Line > 1 { // it is met at the beginning of the next line
			syn.Pos.Line, syn.Pos.Col = syn.Pos.Line-1, endOfLine
		}
		return at(syn.Pos, syn.Msg)
	case errors.As(err, &res) && len(res) > 0:
		return at(res[0].Pos, res[0].Msg)
	case errors.As(err, &eval):
		for i := range eval.CallStack {
			if pos := eval.CallStack.At(i).Pos; pos.Line > 0 && pos.IsValid() {
				f := at(pos, eval.Msg).(*fault)
				var out *outside
				if errors.As(err, &out) {
					return &outsideFault{*f, out}
				}
				return f
			}
		}
		return &fault{msg: plainWords(eval.Msg)}
	}
	return &fault{msg: plainWords(err.Error())}
}

// outsideFault is a fault by a read of a place that is not there.
type outsideFault struct {
	fault
	read *outside
}

const stepsSaid = "Starlark computation cancelled: "

// plainWords are an engine's words in those of a candidate.
func plainWords(msg string) string {
	msg = strings.ReplaceAll(msg, stepsSaid, "")
	msg = strings.ReplaceAll(msg, "Starlark ", "")
	if name, ok := strings.CutPrefix(msg, "undefined: "); ok {
		return name + " is not known here"
	}
	if strings.HasPrefix(msg, "got ") || strings.HasPrefix(msg, "unexpected ") {
		return "this cannot be read (" + msg + ")"
	}
	return msg
}

// function starts a program that defines name and returns the function.
func (p *program) function(th *starlark.Thread, env starlark.StringDict, name string) (starlark.Value, error) {
	globals, err := p.start(th, env)
	if err != nil {
		return nil, err
	}
	fn := globals[name]
	if fn == nil {
		return nil, &fault{msg: fmt.Sprintf("there is no function %s", name)}
	}
	return fn, nil
}

// trusted compiles text of a setup, which may be of several lines.
func trusted(what, text string, has func(string) bool) (*program, error) {
	tokens, err := python(text, 1)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	p, err := compile(tokens, has)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return p, nil
}

// trustedExpr compiles an expression of a setup as the value of the name "it", or as a function of some names.
func trustedExpr(what, text string, params []string, has func(string) bool) (*program, error) {
	head := "it = "
	if params != nil {
		head = "it = lambda " + strings.Join(params, ", ") + ": "
	}
	return trusted(what, head+"("+strings.TrimSpace(text)+")", has)
}
