package trial

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.starlark.net/starlark"
)

// Work is counted at sizes that double, each size alone and all together: alone, a sum passes for a product; together, a
// square does. A factor that is a logarithm is never seen.

const (
	smallest    = 4
	growthSteps = 10_000 // a sweep ends beyond
	maxDoubling = 12
	mostSizes   = 4
	leastPoints = 4  // of a sweep, before it may end
	within      = .3 // of the exponent
)

// point is the work for one input of a sweep.
type point struct {
	values map[string]float64 // of each quantity that a name of a claim may stand for
	steps  float64
}

type measure func(args []starlark.Value) (steps uint64, err error)

// countedWork is one way to count the work: of what was written, or of a reference answer.
type countedWork struct {
	run measure
	key string // the same for the same work
	own bool
}

// growth judges the claim of the time, nil where none was made.
func (b *Bench) growth(a *answer, found []Finding) *Finding {
	if u := a.unread[Time]; u != nil && a.time == nil {
		f := unrun(Growth, u.piece, u.err)
		return &f
	}
	if a.time == nil || len(b.setup.Growth.Sizes) == 0 {
		return nil
	}
	f := right(Growth, a.time)
	c, err := parseClaim(a.time.Text)
	if err == nil {
		c = b.spelt(c)
		err = b.claimed(a, c, found, &f)
	}
	if err != nil {
		f = unrun(Growth, a.time, err)
		f.Line, f.Col = a.time.Line, a.time.Col
	}
	return &f
}

// claimed holds a claim against the work that was counted. Of a recurrence that is right its own work counts alone; beside one
// that is wrong the claim may be of either, so it is wrong only where neither agrees. Of a relation that was not read nobody
// knows the work: it agrees with that of a reference answer, or is refuted by the loops alone.
func (b *Bench) claimed(a *answer, c *claim, found []Finding, f *Finding) error {
	ways, err := b.ways(a, found)
	if err != nil {
		return err
	}
	var first *verdict
	for _, w := range ways {
		sweeps, err := b.swept(w.key, w.run)
		if err != nil && !w.own {
			return err
		} else if err != nil {
			continue
		}
		v := b.held(c, sweeps)
		if v.grows == "" {
			f.Says = "agrees with the work that was counted" + whose(w.own) + " (a factor of a logarithm cannot be seen)"
			return nil
		}
		if v.whose = whose(w.own); first == nil {
			first = &v
		}
	}
	if first != nil && !ways[0].own {
		if first = b.byLoops(a, c); first == nil {
			return errors.New("the relation was not read, and it may be one that costs what is claimed")
		}
	}
	switch unknown := b.unknown(c); {
	case first == nil:
		return errors.New("the work of this recurrence cannot be counted")
	case unknown != "":
		return fmt.Errorf("what is %s? Use the names of the prompt: %s", unknown, strings.Join(b.setup.Inputs, ", "))
	case first.grows == "faster" && otherWay.MatchString(a.time.Text+a.time.Words):
		return errors.New("the words beside the claim speak of another way to compute than the relation")
	}
	f.OK, f.Got = false, first.shown
	f.Says = fmt.Sprintf("the work%s grows %s than claimed: %s", first.whose, first.grows, first.shown)
	return nil
}

func whose(own bool) string {
	if own {
		return ""
	}
	return " for a right relation of these subproblems"
}

// byLoops is how a claim is too low for the loops as they stand, whatever is done in them; nil where it is not.
func (b *Bench) byLoops(a *answer, c *claim) *verdict {
	if a.best == nil || a.best.err != nil || !a.has(Order) || a.order.memo {
		return nil
	}
	sweeps, err := b.swept("loops\n"+a.order.piece.Text+"\n"+a.best.state.ID, b.loopWork(a, a.best.reading))
	if err != nil {
		return nil
	}
	v := b.held(c, sweeps)
	v.whose = " of the loops alone"
	if v.grows != "faster" {
		return nil
	}
	return &v
}

// otherWay is of words for what makes a relation cheaper than it is written.
var otherWay = regexp.MustCompile(`(?i)\b(?:(?:running|prefix) (?:max|min|best|sum|total)\w*|carried|maintain\w*|binary search|bisect\w*|heap|patience|fenwick|segment tree|monotonic|sliding|deque)\b`)

// ways are those to count the work: that of code where there is some, else of the relation that was written, and where that
// is not right also of the reference ones of the state; without a state, of all.
func (b *Bench) ways(a *answer, found []Finding) (list []countedWork, err error) {
	ok := func(check string) bool {
		return slices.ContainsFunc(found, func(f Finding) bool { return f.Check == check && f.OK })
	}
	if len(a.code) > 0 {
		if !ok(Cases) {
			return nil, errors.New("the work is counted only of code that is right")
		}
		run, err := b.codeWork(a)
		return []countedWork{{run, "code\n" + a.code[0].Text, true}}, err
	}
	if a.best == nil && a.written() && a.anyRun() {
		return nil, errors.New("the work cannot be counted where no state fits")
	}
	if a.best != nil && a.best.err == nil && a.has(Relate) {
		list = append(list, countedWork{b.tableWork(a, a.best.reading), a.workKey(), true})
		if ok(Relate) {
			return list, nil
		}
	}
	told := a.best != nil && a.best.err == nil && (a.has(Relate) || ok(Base) && ok(Original))
	told = told && slices.ContainsFunc(b.right, func(ref *answer) bool { return ref.best.state == a.best.state })
	own := len(list) > 0
	for _, ref := range b.right {
		if told && ref.best.state != a.best.state {
			continue
		}
		if ref.time == nil && !own { // its author does not hold its count against a claim
			return nil, errors.New("the work is counted only of a relation that is right")
		} else if ref.time != nil {
			list = append(list, countedWork{b.tableWork(ref, ref.best.reading), ref.workKey(), false})
		}
	}
	if len(list) == 0 {
		return nil, errors.New("no work is known to hold the claim against")
	}
	return list, nil
}

// anyRun says that a piece besides code and cost could be read.
func (a *answer) anyRun() bool { return slices.ContainsFunc(pieceOrder, a.has) }

// workKey is what the counted work of a recurrence depends on.
func (a *answer) workKey() string {
	r := a.best.reading
	key := fmt.Sprintf("%s %v %v %v %v %v\n", r.state.ID, r.perm, r.oneBased, r.from, r.swapped, r.tables)
	for _, r := range slices.Concat(a.relate, a.base) {
		key += r.piece.Text + "\n"
	}
	if len(a.extra) > 0 {
		key += a.order.piece.Text
	}
	return key
}

// swept counts the work for every sweep, once for the same answer.
func (b *Bench) swept(key string, run measure) ([][]point, error) {
	if s := b.sweeps[key]; s != nil {
		return s, nil
	}
	names := make([]string, 0, len(b.setup.Growth.Sizes))
	for name := range b.setup.Growth.Sizes {
		names = append(names, name)
	}
	slices.Sort(names)
	if len(names) > mostSizes {
		return nil, fmt.Errorf("growth: more than %d sizes", mostSizes)
	}
	p, err := trustedExpr("growth", b.setup.Growth.Input, names, func(name string) bool { return b.defs[name] != nil })
	if err != nil {
		return nil, err
	}
	together := names
	sets := [][]string{together}
	if len(names) > 1 {
		for _, name := range names {
			sets = append(sets, []string{name})
		}
	}
	var out [][]point
	for _, moving := range sets {
		s, err := b.sweep(p, names, moving, run)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	b.sweeps[key] = out
	return out, nil
}

func (b *Bench) sweep(p *program, names, moving []string, run measure) (list []point, err error) {
	env := starlark.StringDict{}
	for name, v := range b.defs {
		env[name] = v
	}
	fn, err := p.function(limited(setupSteps), env, "it")
	if err != nil {
		return nil, err
	}
	for size, i := smallest, 0; i < maxDoubling; size, i = 2*size, i+1 {
		at, sizes := starlark.Tuple{}, map[string]float64{}
		for _, name := range names {
			n := size
			if !slices.Contains(moving, name) {
				n, _ = strconv.Atoi(b.setup.Growth.Sizes[name])
			}
			at, sizes[name] = append(at, starlark.MakeInt(n)), float64(n)
		}
		v, err := starlark.Call(limited(setupSteps), fn, at, nil)
		if err != nil {
			return nil, fmt.Errorf("growth: %w", p.fault(err))
		}
		args, err := elements(limited(setupSteps), v)
		if err != nil || len(args) != len(b.setup.Inputs) {
			return nil, fmt.Errorf("growth: input is no list of %s", strings.Join(b.setup.Inputs, ", "))
		}
		steps, err := run(args)
		if errors.Is(err, errSteps) {
			list = append(list, point{b.quantities(args, sizes), math.Inf(1)})
			break
		}
		if err != nil {
			return nil, err
		}
		list = append(list, point{b.quantities(args, sizes), float64(steps)})
		if steps > growthSteps && len(list) >= leastPoints {
			break
		}
	}
	return list, nil
}

// quantities are what names of a claim may stand for, by size, input, or expression of a name.
func (b *Bench) quantities(args []starlark.Value, sizes map[string]float64) map[string]float64 {
	out := map[string]float64{}
	number := func(v starlark.Value) (float64, bool) {
		if n := starlark.Len(v); n >= 0 {
			return float64(n), true
		}
		return starlark.AsFloat(v)
	}
	env := starlark.StringDict{}
	for name, v := range b.defs {
		env[name] = v
	}
	for i, name := range b.setup.Inputs {
		env[name] = args[i]
		if v, ok := number(args[i]); ok {
			out[name] = v
		}
	}
	for name, v := range sizes {
		out[name] = v
	}
	for i, alias := range b.aliases {
		v, err := alias.prog.function(limited(setupSteps), env, "it")
		if err != nil {
			continue
		}
		if n, ok := number(v); ok {
			out[aliasKey(i)] = n
		}
	}
	return out
}

func aliasKey(i int) string { return "=" + strconv.Itoa(i) }

// meanings are the quantities that a name of a claim may stand for, the likeliest first. A letter may be any size: people
// write n and m for what they like.
func (b *Bench) meanings(name string) (keys []string) {
	if _, size := b.setup.Growth.Sizes[name]; size || slices.Contains(b.setup.Inputs, name) {
		keys = append(keys, name)
	}
	for i, al := range b.aliases {
		if slices.Contains(al.names, name) {
			keys = append(keys, aliasKey(i))
		}
	}
	if len(name) == 1 || len(keys) == 0 {
		for _, size := range slices.Sorted(maps.Keys(b.setup.Growth.Sizes)) {
			if !slices.Contains(keys, size) {
				keys = append(keys, size)
			}
		}
	}
	return keys
}

// sized says that a name of a claim is one of the prompt's.
func (b *Bench) sized(name string) bool {
	_, size := b.setup.Growth.Sizes[name]
	return size || slices.Contains(b.setup.Inputs, name) || b.isAlias(name)
}

// unknown is the first name of a claim that the prompt does not have, "" for none.
func (b *Bench) unknown(c *claim) string {
	for _, name := range c.names(nil) {
		if !b.sized(name) {
			return name
		}
	}
	return ""
}

// spelt makes a product of names that are written without a space, as in O(nk).
func (b *Bench) spelt(c *claim) *claim {
	if c.op == "name" && len(c.name) > 1 && !b.sized(c.name) {
		var out *claim
		for _, r := range c.name {
			letter := &claim{op: "name", name: string(r)}
			switch {
			case !b.sized(letter.name):
				return c
			case out == nil:
				out = letter
			default:
				out = &claim{op: "*", of: []*claim{out, letter}}
			}
		}
		return out
	}
	copied := *c
	copied.of = nil
	for _, o := range c.of {
		copied.of = append(copied.of, b.spelt(o))
	}
	return &copied
}

// verdict is how the work grows against a claim: "faster", "slower" or "" where they agree.
type verdict struct{ grows, shown, whose string }

const mostMeanings = 256

// held holds a claim against the sweeps, under every meaning of its names; the first that agrees counts, else the likeliest.
func (b *Bench) held(c *claim, sweeps [][]point) verdict {
	names := c.names(nil)
	keys := make([][]string, len(names))
	for i, name := range names {
		keys[i] = b.meanings(name)
	}
	var first verdict
	for choice := range mostMeanings {
		means, rest := map[string]string{}, choice
		for i, name := range names {
			means[name] = keys[i][rest%len(keys[i])]
			rest /= len(keys[i])
		}
		if rest > 0 {
			break
		}
		v := verdict{}
		for _, s := range sweeps {
			if v = growsAs(c, means, s); v.grows != "" {
				break
			}
		}
		if v.grows == "" {
			return v
		}
		if choice == 0 {
			first = v
		}
	}
	return first
}

// at is the logarithm (base 2) of a claim for a point.
func (c *claim) at(means map[string]string, p *point) float64 {
	value := map[string]float64{}
	for name, key := range means {
		value[name] = p.values[key]
	}
	return c.log(value) / math.Ln2
}

func growsAs(c *claim, means map[string]string, s []point) verdict {
	ratio := make([]float64, len(s))
	for i := range s {
		ratio[i] = math.Log2(s[i].steps) - c.at(means, &s[i])
	}
	shown := steps(s)
	n := len(s)
	if n > 1 && math.IsInf(s[n-1].steps, 1) { // beyond the limit: exponential, where the claim would have stayed far below
		if c.at(means, &s[n-1])-c.at(means, &s[n-2]) < stepBits-math.Log2(s[n-2].steps)-1 {
			return verdict{grows: "faster", shown: shown + ": exponential, as a recursion without a memo"}
		}
		n--
	}
	if n < 3 {
		return verdict{}
	}
	last, before := ratio[n-1]-ratio[n-2], ratio[n-2]-ratio[n-3]
	slope := last + (last-before)/2
	switch {
	case math.Abs(slope) <= within:
		return verdict{}
	case slope > 0:
		return verdict{grows: "faster", shown: shown}
	}
	return verdict{grows: "slower", shown: shown}
}

// steps shows the last counts of a sweep.
func steps(s []point) string {
	var parts []string
	for _, p := range s[max(0, len(s)-4):] {
		if math.IsInf(p.steps, 1) {
			parts = append(parts, "beyond the limit")
		} else {
			parts = append(parts, strconv.Itoa(int(p.steps)))
		}
	}
	return strings.Join(parts, ", ") + " steps as the size doubles"
}
