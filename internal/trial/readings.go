package trial

import (
	"regexp"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// reading is one way to understand an answer.
type reading struct {
	state    *state
	perm     []int           // the place in the state of each index that is written
	oneBased bool            // places of inputs count from one
	from     [maxIndexes]int // what is written of each index of the state counts from here
	swapped  bool            // the names of the two lengths are exchanged: m for that of the first input
	zero     bool            // a maximum of nothing is 0
	tables   map[string]int  // two tables: what each says of the last index of the state
}

func plainReading(s *state, oneBased bool) reading {
	return reading{state: s, perm: permutations(len(s.Index))[0], oneBased: oneBased}
}

// taken says what a reading assumes that is not as the prompt has it, "" for nothing.
func (b *Bench) taken(a *answer, r *reading) string {
	var list []string
	if r.swapped {
		of, _ := b.lengths()
		list = append(list, of[0][0]+" and "+of[1][0]+" exchanged")
	}
	if r.oneBased && !a.oneBased {
		list = append(list, "places from 1")
	}
	if r.from != [maxIndexes]int{} {
		list = append(list, "the table from 1")
	}
	if r.zero {
		list = append(list, "a maximum of nothing as 0")
	}
	return strings.Join(list, ", ")
}

// cell is where what is written stands in the state.
func (r *reading) cell(written []int) (c cell) {
	for i, v := range written {
		c[r.perm[i]] = v - r.from[r.perm[i]]
	}
	return c
}

// written is the i-th index of a cell as it is written.
func (r *reading) written(c cell, i int) int { return c[r.perm[i]] + r.from[r.perm[i]] }

// judged is what a reading makes of an answer over all inputs.
type judged struct {
	reading
	of          *answer
	faults      notes
	right, seen int  // cells that the relation gives right, of those it was asked for
	erred       bool // it fails at some, where others are only wrong
	nothing     bool // a maximum was taken of nothing, and its value matters
	err         error
}

// best is the reading with the fewest faults; nil where none fits.
func (b *Bench) best(a *answer) *judged {
	var best *judged
	var all []*judged
	list := b.readings(a)
	near, limit := b.glances(a, list)
	for i, r := range list {
		if near[i] > limit {
			continue
		}
		j := b.closer(a, r, b.inputs, limit)
		if all = append(all, j); best == nil || j.less(best) {
			best = j
		}
		if best.err == nil {
			limit = min(limit, best.faults.weight())
		}
		if best.err == nil && len(best.faults) == 0 {
			break
		}
	}
	if best == nil || best.err == nil && !best.fits(a) {
		return nil
	}
	best.doubt(a, all)
	return best
}

const (
	glanced = 6 // inputs that tell most readings apart
	anyMuch = 1 << 20
)

// glances are how much is wrong by each reading for the smallest inputs, and how much by the nearest of them for all: no
// reading that is farther can be the best.
func (b *Bench) glances(a *answer, list []reading) (near []int, limit int) {
	near = slices.Repeat([]int{anyMuch}, len(list))
	least := 0
	for i, r := range list {
		if j := b.closer(a, r, b.inputs[:min(glanced, len(b.inputs))], anyMuch); j.err == nil {
			near[i] = j.faults.weight()
		}
		if near[i] < near[least] {
			least = i
		}
		if near[i] > 0 {
			continue
		}
		if i == 0 { // as it mostly is
			break
		}
		if j := b.closer(a, r, b.inputs, anyMuch); j.err == nil && len(j.faults) == 0 {
			return near, 0
		}
	}
	if len(list) > 0 && near[least] < anyMuch && least > 0 {
		if j := b.closer(a, list[least], b.inputs, anyMuch); j.err == nil {
			return near, j.faults.weight()
		}
	}
	return make([]int, len(list)), anyMuch
}

// closer judges by a reading, and by it with a maximum of nothing as 0 where that makes less wrong.
func (b *Bench) closer(a *answer, r reading, inputs []*input, limit int) *judged {
	j := b.under(a, r, inputs, limit)
	if j.err != nil || len(j.faults) == 0 || !j.nothing {
		return j
	}
	r.zero = true
	if z := b.under(a, r, inputs, limit); z.less(j) {
		return z
	}
	return j
}

// doubt makes what is found wrong uncertain where few pieces were read and another reading, as near, blames another.
func (j *judged) doubt(a *answer, all []*judged) {
	given := 0
	for _, name := range pieceOrder {
		if a.has(name) {
			given++
		}
	}
	if given > 2 && a.has(Relate) || given < 2 || len(j.faults) == 0 {
		return
	}
	for _, o := range all {
		if o.err != nil || o.faults.weight() != j.faults.weight() || o.farther(j) || o.state == j.state || !o.fits(a) {
			continue
		}
		for name, f := range j.faults {
			moved := name == Base || f.outside // by an index; else a relation that is right tells
			if o.faults[name] == nil && (moved || !a.has(Relate) || o.faults[Relate] == nil) {
				for _, n := range j.faults {
					n.unrun = "another choice of subproblems fits as well, by which it is right"
				}
				return
			}
		}
	}
}

// less says that a reading finds less than another: fewer faults, or as many and a good part more of the values right. Where
// that does not tell, the state that is listed first counts.
func (j *judged) less(o *judged) bool {
	switch {
	case (j.err == nil) != (o.err == nil):
		return j.err == nil
	case j.faults.weight() != o.faults.weight():
		return j.faults.weight() < o.faults.weight()
	}
	if j.inWords() != o.inWords() && (j.lacks() || o.lacks()) { // of two ways to miss a value, the one that words may say
		return j.inWords()
	}
	if more := 4 * (j.right*max(o.seen, 1) - o.right*max(j.seen, 1)); more > max(o.seen, 1)*max(j.seen, 1) {
		return !j.farther(o)
	} else if -more > max(o.seen, 1)*max(j.seen, 1) || j.farther(o) {
		return false
	}
	return len(j.faults) == 1 && j.faults[Relate] == nil && j.faults[Base] == nil && o.faults[Base] != nil // base cases tell what is meant
}

// farther says that a reading moves or exchanges what another takes as it is written.
func (j *judged) farther(o *judged) bool {
	return j.from != [maxIndexes]int{} && o.from == [maxIndexes]int{} || j.swapped && !o.swapped
}

// lacks says that all that is wrong is a value that is read and not there.
func (j *judged) lacks() bool {
	for _, n := range j.faults {
		if !n.missing && !n.outside {
			return false
		}
	}
	return true
}

// inWords says that the words beside may say all that is missing.
func (j *judged) inWords() bool {
	for _, n := range j.faults {
		if !n.saidInWords() {
			return false
		}
	}
	return true
}

// weight is how much is wrong: a base case that reads an input where there is nothing tells against a reading.
func (f notes) weight() int {
	n := len(f)
	if b := f[Base]; b != nil && b.got == "" && !b.missing {
		n++
	}
	return n
}

// told says that the state is known well enough to call a piece wrong: by the relation, or where it was not read by two other
// pieces that are right, and for a read-off only where it takes a value of the table as it is. A memo tells nothing.
func (j *judged) told(a *answer, name string) bool {
	if a.has(Relate) {
		return true
	}
	right := 0
	for _, other := range []string{Base, Order, Original} {
		if other != name && a.has(other) && j.faults[other] == nil && (other != Order || !a.order.memo) {
			right++
		}
	}
	return right > 1 && (name != Original || a.original.bare())
}

// bare says that a read-off takes values of the table and computes nothing with them.
func (r *rule) bare() bool {
	depth := 0
	for i, t := range r.tokens {
		switch t.text {
		case "[":
			depth++
		case "]":
			depth--
		case "+", "-", "*", "/", "//":
			if binary := i > 0 && (r.tokens[i-1].kind == word && !keywords[r.tokens[i-1].text] || r.tokens[i-1].kind == number || r.tokens[i-1].text == "]" || r.tokens[i-1].text == ")"); binary && depth == 0 && !r.inCall(i) {
				return false
			}
		}
	}
	return true
}

// inCall says that a token stands among the indexes of f(i, j).
func (r *rule) inCall(at int) bool {
	depth := 0
	for i := at; i > 0; i-- {
		switch r.tokens[i].text {
		case ")":
			depth++
		case "(":
			if depth--; depth < 0 {
				name := r.tokens[i-1]
				return name.kind == word && !keywords[name.text] && known[name.text] == nil
			}
		}
	}
	return false
}

// larger says that the loops and the read-off both go beyond the table: that of the answer is a larger one.
func (j *judged) larger() bool {
	order, original := j.faults[Order], j.faults[Original]
	return order != nil && original != nil && order.outside && original.outside
}

// fits says that enough is right under a reading to call the rest wrong: a legal choice of subproblems that the setup does
// not list would fail in nearly everything.
func (j *judged) fits(a *answer) bool {
	given, good := 0, 0
	for _, name := range []string{Relate, Base, Original} {
		if a.has(name) {
			given++
			if j.faults[name] == nil {
				good++
			}
		}
	}
	switch {
	case 2*good >= given && good > 0, given == 0:
		return true
	case good == 0 && given > 1:
		return false
	case a.has(Relate) && j.seen > 0 && 2*j.right >= j.seen:
		return true
	}
	return given == 1 && a.has(Relate) && !j.erred
}

// readings are the ways to understand an answer, the likeliest first.
func (b *Bench) readings(a *answer) (list []reading) {
	bases := []bool{a.oneBased}
	if (a.called || b.setup.Either) && !a.oneBased { // in f(i) = … places count from one as often as not
		bases = append(bases, true)
	}
	for _, one := range bases {
		for _, s := range b.states {
			list = append(list, b.ofState(a, s, one)...)
		}
	}
	for _, r := range slices.Clone(list) { // the table may count from one too
		for k := 1; k < 1<<len(r.state.Index) && r.tables == nil; k++ {
			for i := range r.state.Index {
				r.from[i] = k >> i & 1
			}
			list = append(list, r)
		}
	}
	if b.swappable(a) {
		for _, r := range list {
			r.swapped = true
			list = append(list, r)
		}
	}
	return list
}

// ofState are the readings of an answer by one state.
func (b *Bench) ofState(a *answer, s *state, one bool) (list []reading) {
	n := a.dims()
	if names := a.tables(); len(names) == 2 && n+1 == len(s.Index) {
		for k := range 2 {
			r := plainReading(s, one)
			r.tables = map[string]int{names[0]: k, names[1]: 1 - k}
			list = append(list, r)
		}
		return list
	}
	if n != 0 && n != len(s.Index) {
		return nil
	}
	for _, perm := range permutations(len(s.Index)) {
		r := plainReading(s, one)
		r.perm = perm
		list = append(list, r)
	}
	return list
}

// tables are the names that the relation says a value of, each once.
func (a *answer) tables() (names []string) {
	for _, r := range a.relate {
		if !slices.Contains(names, r.table) {
			names = append(names, r.table)
		}
	}
	return names
}

var lengthOf = regexp.MustCompile(`^\s*len\((\w+)\)\s*$`)

// lengths are the names of the lengths of two inputs, which people exchange; false where there are not two.
func (b *Bench) lengths() (of [2][]string, ok bool) {
	n := 0
	for i, text := range b.setup.Names {
		_, expr, _ := strings.Cut(text, "=")
		m := lengthOf.FindStringSubmatch(expr)
		if m == nil || !slices.Contains(b.setup.Inputs, m[1]) {
			continue
		}
		if n == 2 {
			return of, false
		}
		of[n] = b.aliases[i].names
		n++
	}
	return of, n == 2
}

// swappable says that an answer may name the lengths of two inputs the other way round than the prompt does.
func (b *Bench) swappable(a *answer) bool {
	of, ok := b.lengths()
	if !ok {
		return false
	}
	for _, r := range slices.Concat(a.relate, a.base, []*rule{a.order, a.original}) {
		if r != nil && slices.ContainsFunc(r.tokens, func(t token) bool {
			return t.kind == word && (slices.Contains(of[0], t.text) || slices.Contains(of[1], t.text))
		}) {
			return true
		}
	}
	return false
}

// exchanged puts the lengths of two inputs under each other's names.
func (b *Bench) exchanged(env starlark.StringDict) {
	of, _ := b.lengths()
	first, second := env[of[0][0]], env[of[1][0]]
	for _, name := range of[0] {
		env[name] = second
	}
	for _, name := range of[1] {
		env[name] = first
	}
}

// permutations of two indexes are both; of other numbers only the order of the state.
func permutations(n int) [][]int {
	same := make([]int, n)
	for i := range same {
		same[i] = i
	}
	if n == 2 {
		return [][]int{same, {1, 0}}
	}
	return [][]int{same}
}

// under judges an answer by one reading, the smallest inputs first; of each piece the first fault is kept.
func (b *Bench) under(a *answer, r reading, inputs []*input, limit int) *judged {
	j := &judged{reading: r, faults: notes{}}
	works := make([]*work, 0, len(inputs))
	for _, in := range inputs {
		w, err := b.on(a, r, in)
		if err != nil {
			j.err = err
			return j
		}
		works = append(works, w)
		j.right, j.seen = j.right+w.right, j.seen+w.seen
		j.nothing = j.nothing || w.nothing
		j.erred = j.erred || w.found[Relate] != nil && w.found[Relate].got == ""
		j.take(w.found)
		if j.faults.weight() > limit { // it cannot become the best
			return j
		}
	}
	if !a.has(Order) {
		return j
	}
	for _, w := range works {
		if j.err = w.order(j); j.err != nil {
			return j
		}
		j.take(w.found)
	}
	return j
}

// take keeps the first fault of each piece; one by a wrong value goes before a missing base case.
func (j *judged) take(found notes) {
	for name, n := range found {
		if j.faults[name] == nil || j.faults[name].missing && !n.missing {
			j.faults[name] = n
		}
	}
}
