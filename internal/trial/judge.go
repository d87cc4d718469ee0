package trial

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.starlark.net/starlark"
)

// Each piece is judged alone: what it reads are right values, so that a fault of one never shows in another.

// note is a fault of one piece for one input.
type note struct {
	piece     *Piece
	line, col int
	cell      string
	got, want string
	says      string
	in        *input
	missing   bool   // of a base case: the relation does not hold where one is needed
	outside   bool   // of a relation: it reads what has no value
	unrun     string // why it says nothing of the recurrence
}

// saidInWords says that what the notation lacks may stand in the words beside it, which are judged elsewhere.
func (n *note) saidInWords() bool {
	return n.missing && n.piece.Prose || n.outside && n.piece.Name == Relate && n.piece.Bounded
}

// inability says why an error of the evaluator is none of the recurrence: a name may stand for what it is not, as w for a
// capacity and for the weights.
func inability(msg string) string {
	says := func(part string) bool { return strings.Contains(msg, part) }
	if says("unhandled index operation") || says("unknown binary op") || says("invalid call of non-function") {
		return "a name stands for two things, or for none that fits: " + msg
	}
	return "this notation cannot be run: " + msg
}

// notes are the faults of an answer by piece.
type notes map[string]*note

// belowLine is an index as textbooks set it: w_i, a_{j-1}.
var belowLine = regexp.MustCompile(`[A-Za-z]_\{?[a-z0-9]|[₀-₉ᵢⱼₖ]`)

// Do judges pieces and code.
func (b *Bench) Do(pieces []Piece) Result {
	out := Result{Engine: Engine, Findings: []Finding{}}
	for i := range pieces {
		if len(pieces[i].Text) > maxText {
			pieces[i].Text = ""
		}
	}
	a := parse(pieces, b.named)
	a.called = a.called || slices.ContainsFunc(pieces, func(p Piece) bool { return p.Name != Code && belowLine.MatchString(p.Text) })
	b.link(a)
	switch {
	case len(a.extra) > 0 && a.unread[Relate] == nil:
		out.Findings = append(out.Findings, b.rows(a, &out)...)
	case a.written():
		out.Findings = append(out.Findings, b.pieces(a, &out)...)
	}
	if len(a.code) > 0 {
		out.Findings = append(out.Findings, b.code(a)...)
	}
	if f := b.growth(a, out.Findings); f != nil {
		out.Findings = append(out.Findings, *f)
	}
	return out
}

// written says that there is a piece to judge besides code and cost.
func (a *answer) written() bool {
	return len(a.relate)+len(a.base) > 0 || a.order != nil || a.original != nil || slices.ContainsFunc(pieceOrder, func(name string) bool { return a.unread[name] != nil })
}

var pieceOrder = []string{Relate, Base, Order, Original}

func (a *answer) has(name string) bool {
	switch {
	case a.unread[name] != nil:
		return false
	case name == Relate:
		return len(a.relate) > 0
	case name == Base:
		return len(a.base) > 0
	case name == Order:
		return a.order != nil
	}
	return a.original != nil
}

// first is the line of a piece that is shown where no line is to blame.
func (a *answer) first(name string) *Piece {
	switch {
	case a.unread[name] != nil:
		return a.unread[name].piece
	case name == Relate:
		return a.relate[0].piece
	case name == Base:
		return a.base[0].piece
	case name == Order:
		return a.order.piece
	}
	return a.original.piece
}

// named says that a name is one of the setup's.
func (b *Bench) named(name string) bool {
	return slices.Contains(b.setup.Inputs, name) || b.isAlias(name) || b.defs[name] != nil
}

// link compiles every rule against the names of the setup.
func (b *Bench) link(a *answer) {
	has := func(name string) bool {
		return name == a.table || slices.Contains(a.also, name) || strings.HasPrefix(name, "__all") || strings.HasPrefix(name, saidName) || name == "__begin" || name == "__end" || name == "_empty" || name == "_void" || b.named(strings.TrimPrefix(name, given)) || a.stands(name)
	}
	a.lets = slices.DeleteFunc(a.lets, func(r *rule) bool {
		var err error
		r.prog, err = compile(r.tokens, b.named)
		return err != nil
	})
	try := func(name string, r *rule) {
		if r == nil || r.memo || a.unread[name] != nil {
			return
		}
		var err error
		r.prog, err = compile(r.tokens, has)
		if err != nil && b.adopt(a, r, err) {
			r.prog, err = compile(r.tokens, has)
		}
		if err != nil {
			a.unread[name] = &unread{r.piece, err}
		}
	}
	a.inPlace()
	for _, r := range a.relate {
		try(Relate, r)
	}
	for _, r := range a.base {
		try(Base, r)
	}
	try(Order, a.order)
	try(Original, a.original)
	slices.SortStableFunc(a.base, func(x, y *rule) int { return x.rank - y.rank })
}

// pieces judges against every state that the setup lists and keeps the reading that finds least.
func (b *Bench) pieces(a *answer, out *Result) []Finding {
	best := b.best(a)
	a.best = best
	var list []Finding
	for _, name := range pieceOrder {
		switch {
		case best != nil && best.err == nil && name == Base && !a.has(Base) && best.faults[Base] != nil: // it stands in the relation
			list = append(list, b.finding(name, b.shrunk(a, best, name)))
		case a.unread[name] != nil:
			list = append(list, unrun(name, a.unread[name].piece, a.unread[name].err))
		case !a.has(name):
		case best == nil:
			list = append(list, unrun(name, a.first(name), errors.New(b.noState(a))))
		case best.err != nil:
			list = append(list, unrun(name, a.first(name), best.err))
		case (name == Order || name == Original) && best.larger():
			list = append(list, unrun(name, a.first(name), errors.New("it goes on where the table of this state ends, so it may be of another state, which this prompt does not list")))
		case best.faults[name] != nil && best.faults[name].unrun != "":
			list = append(list, unrun(name, a.first(name), errors.New(best.faults[name].unrun)))
		case name == Base && a.handsOn && best.faults[name] != nil:
			list = append(list, unrun(name, a.first(name), errors.New(best.faults[name].says+"; nothing is judged, as the relation hands values on")))
		case best.faults[name] != nil && best.faults[name].saidInWords():
			list = append(list, unrun(name, a.first(name), errors.New(best.faults[name].says+"; nothing is judged, as the words beside may say it")))
		case best.faults[name] != nil && !best.told(a, name):
			list = append(list, unrun(name, a.first(name), errors.New("the relation was not read, and too little else to know the state by which it is wrong")))
		case best.faults[name] != nil:
			list = append(list, b.finding(name, b.shrunk(a, best, name)))
		case name == Relate && a.said > 0:
			list = append(list, unrun(name, a.first(name), errors.New("a condition of it is in words that are not understood; nothing shows that it is wrong")))
		default:
			list = append(list, right(name, a.first(name)))
		}
	}
	if slices.ContainsFunc(list, func(f Finding) bool { return f.Unrun == "" }) {
		out.State, out.Taken = best.state.ID, b.taken(a, &best.reading)
	}
	return list
}

func (b *Bench) noState(a *answer) string {
	if !slices.ContainsFunc(b.states, func(s *state) bool { return a.dims() == 0 || len(s.Index) == a.dims() }) {
		return fmt.Sprintf("this prompt lists no state with %s, so it cannot be run", indexes(a.dims()))
	}
	return "it fits none of the states that this prompt lists, so it cannot be judged by running it"
}

func (a *answer) dims() int {
	for _, r := range a.relate {
		return r.dims
	}
	for _, r := range a.base {
		return r.dims
	}
	return 0
}

// on judges an answer for one input, all but its order.
func (b *Bench) on(a *answer, r reading, in *input) (*work, error) {
	t, err := b.truth(in, r.state)
	if err != nil {
		return nil, err
	}
	w := b.work(a, r, in, t)
	if a.has(Base) {
		w.baseCases()
	} else {
		w.relatedBase()
	}
	w.th = nil
	if a.has(Relate) {
		w.relation()
	}
	w.th = nil
	if a.has(Original) {
		w.readOff()
	}
	w.th = nil
	w.settle()
	return w, nil
}

// work is the judging of one answer for one input by one reading.
type work struct {
	b           *Bench
	a           *answer
	r           reading
	in          *input
	t           *truth
	tab         *table
	env         starlark.StringDict
	found       notes
	covered     map[cell]bool // by base cases
	reads       map[cell][]cell
	needed      []cell           // by the read-off
	beyond      map[cell]note    // values outside the table that are not those of the state, which count when they are read
	baseFns     []starlark.Value // of the base lines
	proper      map[*rule]bool   // base lines that name cells of the table
	nothing     bool             // a maximum was taken of nothing
	lacking     []lacking
	asking      bool   // a base line is asked for a cell outside
	within      []cell // base cases that the relation has within itself
	blank       bool   // letters outside are read
	open, down  bool   // the loops leave an index open; it runs down
	right, seen int
	th          *starlark.Thread
}

func (b *Bench) work(a *answer, r reading, in *input, t *truth) *work {
	w := &work{b: b, a: a, r: r, in: in, t: t, found: notes{}, covered: map[cell]bool{}, beyond: map[cell]note{}, reads: map[cell][]cell{}}
	w.tab = &table{name: a.table, dims: len(r.state.Index), r: &w.r, values: t.values, over: t.over}
	w.tab.may = func(c cell) bool { return !t.beyond[c] || w.covered[c] }
	w.env = b.seenEnv(in, r.oneBased)
	for _, v := range w.env {
		if s, ok := v.(*seq); ok {
			s.blank = &w.blank
		}
	}
	if r.swapped {
		b.exchanged(w.env)
	}
	for _, name := range a.index {
		if v := w.env[name]; v != nil {
			w.env[given+name] = v
		}
	}
	w.say(0)
	a.define(w.env)
	w.spans()
	for _, name := range append([]string{a.table}, a.also...) {
		w.env[name] = w.tab.start(name)
	}
	return w
}

// seenEnv are the inputs as notation sees them.
func (b *Bench) seenEnv(in *input, oneBased bool) starlark.StringDict {
	env := b.rawEnv(in)
	for name, v := range env {
		switch v.(type) {
		case *starlark.List, starlark.Tuple, starlark.String:
			s := &seq{of: v, name: name}
			if oneBased {
				s.first = 1
			}
			env[name] = s
		}
	}
	env["_empty"], env["_void"] = starlark.Bool(nothingGiven(in, true)), starlark.Bool(nothingGiven(in, false))
	return env
}

// nothingGiven says that every list or text of an input is empty, or that one is.
func nothingGiven(in *input, every bool) bool {
	some := false
	for _, v := range in.args {
		n := starlark.Len(v)
		if n > 0 && every {
			return false
		}
		some = some || n == 0
	}
	return some
}

// spans gives what the indexes of the table run over to those that name it in words.
func (w *work) spans() {
	w.env["__all"] = w.indexesOf(0)
	for k := range w.r.state.Index {
		w.env["__all"+strconv.Itoa(k)] = w.indexesOf(k)
	}
	begin, end := math.MaxInt, 0
	for _, c := range w.t.over {
		begin, end = min(begin, w.r.written(c, 0)), max(end, w.r.written(c, 0)+1)
	}
	w.env["__begin"], w.env["__end"] = starlark.MakeInt(max(0, min(begin, end))), starlark.MakeInt(end)
}

// indexesOf are the values of the k-th index as it is written, rising.
func (w *work) indexesOf(k int) starlark.Value {
	var all []int
	seen := map[int]bool{}
	for _, c := range w.t.over {
		if i := w.r.written(c, k); !seen[i] {
			seen[i] = true
			all = append(all, i)
		}
	}
	slices.Sort(all)
	list := make([]starlark.Value, len(all))
	for i, v := range all {
		list[i] = starlark.MakeInt(v)
	}
	return starlark.NewList(list)
}

// thread is the one of the piece that is judged, so that what one uses up is not missing to another.
func (w *work) thread() *starlark.Thread {
	if w.th == nil {
		w.th = limited(maxSteps)
		w.th.SetLocal("notation", true)
		if w.r.zero || w.a.empty["max"] == "0" {
			w.th.SetLocal("nothing", starlark.MakeInt(0))
		}
	}
	return w.th
}

func (w *work) note(name string, n note) {
	if w.found[name] == nil {
		n.in = w.in
		w.found[name] = &n
	}
}

// faulted is a note of an error at its place.
func faulted(r *rule, err error) note {
	n := note{piece: r.piece, line: r.piece.Line, col: r.piece.Col, says: err.Error()}
	var f *fault
	var o *outsideFault
	switch {
	case errors.As(err, &o):
		f = &o.fault
	case errors.As(err, &f):
	}
	if f != nil {
		n.says = f.msg
		if f.line > 0 {
			n.line, n.col = f.line, f.col
		}
	}
	if o == nil {
		n.unrun = inability(n.says)
	}
	return n
}

// started are rules as functions for one input.
func (w *work) started(rules []*rule, name string) []starlark.Value {
	fns := make([]starlark.Value, len(rules))
	for i, r := range rules {
		if r.prog == nil { // its piece cannot be read
			continue
		}
		fn, err := r.prog.function(w.thread(), w.env, "it")
		if err != nil {
			w.note(name, faulted(r, err))
			continue
		}
		fns[i] = fn
	}
	return fns
}

// apply gives the value of a rule for a cell; nil where it does not apply to it.
func (w *work) apply(r *rule, fn starlark.Value, c cell) (starlark.Value, error) {
	if fn == nil || r.dims != w.tab.dims && w.r.tables == nil {
		return nil, nil
	}
	if k, ok := w.r.tables[r.table]; w.r.tables != nil && (!ok || w.r.written(c, r.dims) != k) {
		return nil, nil
	}
	args := make(starlark.Tuple, r.dims)
	for i := range args {
		args[i] = starlark.MakeInt(w.r.written(c, i) - r.shift[i])
	}
	v, err := starlark.Call(w.thread(), fn, args, nil)
	if err != nil {
		return nil, r.prog.fault(err)
	}
	if v == starlark.None {
		return nil, nil
	}
	v = v.(starlark.Tuple)[0]
	return v, noFunction(v)
}

// noFunction refuses a function where a value is wanted.
func noFunction(v starlark.Value) error {
	if _, table := v.(*row); !table {
		if f, ok := v.(starlark.Callable); ok {
			return &fault{msg: f.Name() + " stands for a function, not for a value"}
		}
	}
	return nil
}

// readOff holds the read-off against the right result; it reads right values, or where they do not give it, those that come of
// the relation and base cases, if these are right: an answer may say in its own way that there is no solution.
func (w *work) readOff() {
	r := w.a.original
	may, own := w.tab.may, w.tab.own
	w.tab.reads, w.tab.last, w.tab.may = nil, true, nil
	defer func() { w.tab.last, w.tab.may, w.tab.own = false, may, own }()
	if own != nil {
		w.tab.own = func(c cell) starlark.Value {
			if w.t.beyond[c] {
				return nil
			}
			return own(c)
		}
	}
	fns := w.started([]*rule{r}, Original)
	if fns[0] == nil {
		return
	}
	v, err := starlark.Call(w.thread(), fns[0], nil, nil)
	w.needed = slices.Clone(w.tab.reads)
	if err == nil {
		err = noFunction(v.(starlark.Tuple)[0])
	}
	if err != nil {
		n := faulted(r, r.prog.fault(err))
		var o *outsideFault
		n.want, n.outside = shown(w.in.want), errors.As(r.prog.fault(err), &o)
		w.note(Original, n)
		return
	}
	w.tab.own = own
	if _, part := v.(starlark.Tuple)[0].(*row); part && len(w.a.unread) > 0 {
		w.note(Original, note{piece: r.piece, line: r.piece.Line, col: r.piece.Col, unrun: "it gives a part of the table and no value", says: "it gives a part of the table and no value"})
	} else if got := v.(starlark.Tuple)[0]; got != starlark.None && !equal(got, w.in.want) && !w.readsOwn(fns[0]) {
		w.note(Original, note{piece: r.piece, line: r.piece.Line, col: r.piece.Col, got: shown(got), want: shown(w.in.want),
			says: fmt.Sprintf("from a right table it gives %s, not %s", shown(got), shown(w.in.want))})
	}
}

// readsOwn says that the read-off is right of the values that the relation and the base cases give.
func (w *work) readsOwn(readOff starlark.Value) bool {
	if !w.a.has(Relate) || w.found[Relate] != nil || w.found[Base] != nil {
		return false
	}
	right := w.tab.values
	defer func() { w.tab.values, w.tab.missing = right, nil }()
	relate := w.started(w.a.relate, Relate)
	w.tab.values = map[cell]starlark.Value{}
	begun := map[cell]bool{}
	w.tab.missing = func(c cell) (starlark.Value, error) {
		if _, there := w.t.values[c]; !there || w.t.beyond[c] || begun[c] {
			return nil, nil
		}
		begun[c] = true
		v := w.begun(c)
		if !w.covered[c] || v == nil {
			self, before := w.tab.self, w.tab.before
			computed, _, err := w.computed(relate, c)
			if w.tab.self, w.tab.before = self, before; err != nil {
				return nil, err
			}
			v = computed
		}
		if v != nil {
			w.tab.values[c] = v
		}
		return v, nil
	}
	for _, c := range w.t.over {
		if _, _, err := w.tab.at(c); err != nil {
			return false
		}
	}
	v, err := starlark.Call(w.thread(), readOff, nil, nil)
	return err == nil && equal(v.(starlark.Tuple)[0], w.in.want)
}

// shown is a value as people write it.
func shown(v starlark.Value) string {
	switch s := raw(v).String(); s {
	case "+inf":
		return "inf"
	default:
		if len(s) > 80 {
			return s[:80] + "…"
		}
		return s
	}
}

func right(check string, p *Piece) Finding {
	return Finding{Check: check, OK: true, Says: "right for every input tried", Answer: p.Answer, Start: p.Start, End: p.End, Line: p.Line, Col: p.Col}
}

func unrun(check string, p *Piece, err error) Finding {
	f := Finding{Check: check, Unrun: err.Error(), Answer: p.Answer, Start: p.Start, End: p.End, Line: p.Line, Col: p.Col}
	var at *fault
	if errors.As(err, &at) {
		f.Unrun = at.msg
		if at.line > 0 {
			f.Line, f.Col = at.line, at.col
		}
	}
	return f
}

// finding is what a note says, with its input.
func (b *Bench) finding(check string, n *note) Finding {
	p := n.piece
	return Finding{Check: check, Says: n.says, Cell: n.cell, Input: b.shown(n.in), Got: n.got, Want: n.want,
		Answer: p.Answer, Start: p.Start, End: p.End, Line: n.line, Col: n.col}
}
