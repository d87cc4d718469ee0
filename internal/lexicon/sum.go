package lexicon

import (
	"math"
	"slices"
)

// Sum is a calculation that is written out: what stands on either side of an equals sign, "≈" or arrow, of which at least
// one side is worked out or the two are the same flow in two periods.
type Sum struct {
	First, End int // tokens
	Right      bool
}

// tolerance is how far a rounded result may be off, as a factor: people take 100,000 seconds for a day, and round once more.
const tolerance = 1.25

// term is one number of a calculation with the sign before it.
type term struct {
	op    Gap // Times, Divide, Plus, Equal, Arrow; 0 for the first
	q     Quantity
	bytes Quantity // the second reading of "500B"; none if its End is 0
	bits  bool     // what is counted are bits, eight to a byte
}

// Sums returns the calculations among the quantities of one unit, in order.
func (t *Text) Sums(qs []Quantity, out []Sum) []Sum {
	chain := t.chain[:0]
	under := false // behind a division and its parenthesis
	flush := func() {
		out = sums(chain, out)
		chain, under = chain[:0], false
	}
	for i, q := range qs {
		if i > 0 && q.First == qs[i-1].First { // the second reading of "500B"
			if len(chain) > 0 {
				chain[len(chain)-1].bytes = q
			}
			continue
		}
		op := Gap(0)
		if len(chain) > 0 {
			op = t.operator(chain[len(chain)-1].q.End, q.First)
		}
		if op == Divide && t.Tokens[q.First].Gap&Open != 0 && !t.factors(q.First) {
			op = 0
		}
		if op == 0 && len(chain) > 0 && t.low(q.First-1) == "at" && q.First-chain[len(chain)-1].q.End <= between {
			chain = rightOnly(chain) // "160 TB / 7,500 = 40 min at 10 MB/s": what was left out on one side follows
		}
		if op == 0 {
			flush()
		}
		if under = t.under(under, op, q.First); under && op == Times {
			op = Divide
		}
		chain = append(chain, term{op: op, q: q, bits: t.countsBits(q.End)})
	}
	flush()
	t.chain = chain
	return out
}

// under says that the number at a token stands in the parenthesis behind a division, where what multiplies divides.
func (t *Text) under(before bool, op Gap, at int) bool {
	g := t.Tokens[at].Gap
	if op == Divide && g&Open != 0 {
		return true
	}
	return before && op != 0 && g&Close == 0
}

// factors says that the parenthesis that opens before a token closes before any equals sign, and within a few words.
func (t *Text) factors(at int) bool {
	const most = 20
	for i := at + 1; i < len(t.Tokens) && i < at+most; i++ {
		g := t.Tokens[i].Gap
		if g&Close != 0 {
			return true
		}
		if g&(Equal|Arrow|Newline) != 0 {
			return false
		}
	}
	return false
}

// countsBits says that the word behind a number is "bit".
func (t *Text) countsBits(at int) bool {
	if at >= len(t.Tokens) || t.Tokens[at].Gap&^(Glued|Hyphen) != 0 {
		return false
	}
	w := t.low(at)
	return w == "bit" || w == "bits"
}

// between is how many words may stand between a number and the sign behind it.
const between = 5

// operator returns the sign between two numbers, 0 if they do not belong to one calculation.
func (t *Text) operator(from, to int) Gap {
	if to-from > between {
		return 0
	}
	op := Gap(0)
	for i := from; i <= to; i++ {
		tok := t.Tokens[i]
		g := tok.Gap
		if g&(Semicolon|Stop|Newline|Comma|Colon) != 0 || g&Open != 0 && (g&Divide == 0 || i < to) {
			return 0
		}
		found := Gap(0)
		switch {
		case g&Arrow != 0:
			found = Arrow
		case op != 0 && g&^Glued == About: // "10M x ~5"
		case g&Equal != 0, g&About != 0 && g&(Times|Divide|Plus|Minus) == 0 && i < to, g == About, g == About|Glued:
			found = Equal
		case g&Times != 0:
			found = Times
		case g&Divide != 0 && i == to:
			found = Divide
		case g&Plus != 0 && i == to:
			found = Plus
		}
		if i < to && found == 0 {
			switch t.low(i) {
			case "and", "or", "but", "with":
				return 0 // "10,000 at peak and about 200 million a day"
			case "x", "times", "by":
				found = Times
			case "over", "divided":
				found = Divide
			case "is", "equals", "gives", "makes", "means", "about", "roughly", "comes":
				found = Equal
			}
		}
		if found != 0 && op != Equal && op != Arrow && !(op == Divide && found == Times) {
			op = found
		}
	}
	return op
}

// rightOnly returns a chain whose equations all come out right, else none of it.
func rightOnly(chain []term) []term {
	if slices.ContainsFunc(sums(chain, nil), func(s Sum) bool { return !s.Right }) {
		return chain[:0]
	}
	return chain
}

// sums finds the equations in a chain. In "a × b = c / d = e" the first result may be c alone.
func sums(chain []term, out []Sum) []Sum {
	if len(chain) < 2 {
		return out
	}
	starts := []int{0}
	for i, x := range chain {
		if x.op == Equal || x.op == Arrow {
			starts = append(starts, i)
		}
	}
	for s := 1; s < len(starts); s++ {
		end := len(chain)
		if s+1 < len(starts) {
			end = starts[s+1]
		}
		left, right := chain[starts[s-1]:starts[s]], chain[starts[s]:end]
		leads := len(right) > 1 && right[0].op == Equal && end == len(chain) // "20 TB = 10M x 2 MB", but not "… = 3B / 86400 = 35k"
		worked := len(left) > 1 || left[0].q.Power || converts(left[0].q, right[0].q) || leads
		if !worked || len(left) > 6 || len(right) > 6 || counted(left, right) {
			continue
		}
		out = append(out, Sum{First: left[0].q.First, End: right[len(right)-1].q.End, Right: agree(left, right) || agree(left, right[:1])})
	}
	return out
}

// counted says that the result is how many numbers were added: "4 + 1 + 1 = 3" coins.
func counted(left, right []term) bool {
	for _, x := range left[1:] {
		if x.op != Plus {
			return false
		}
	}
	return len(left) > 1 && right[0].q.Value == float64(len(left))
}

// converts says that two numbers measure one flow in two periods, so that one can be worked out from the other.
func converts(a, b Quantity) bool {
	return a.Period > 0 && b.Period > 0 && a.Period != b.Period && a.Measure != Percent
}

func agree(left, right []term) bool {
	ls, rs := values(left), values(right)
	slices.Sort(ls)
	slices.Sort(rs)
	for i, j := 0, 0; i < len(ls) && j < len(rs); {
		switch d := ls[i] - rs[j]; {
		case math.Abs(d) <= math.Log(tolerance):
			return true
		case d < 0:
			i++
		default:
			j++
		}
	}
	return false
}

// mostValues is how many values of a side are tried.
const mostValues = 1 << 10

// values returns the logarithms of what a side may be worth: a number with a unit may be meant with it or without it,
// and a time as a number of seconds, days or months.
func values(side []term) []float64 {
	if slices.ContainsFunc(side[1:], func(x term) bool { return x.op == Plus }) {
		return total(side)
	}
	out := []float64{0}
	for _, x := range side {
		var next []float64
		sign := 1.0
		if x.op == Divide {
			sign = -1
		}
		for _, f := range x.readings() {
			f = math.Log(f)
			for _, v := range out {
				next = append(next, v+sign*f)
			}
			if len(next) > mostValues {
				break
			}
		}
		out = next
	}
	return out
}

// total returns the sum of the products of a side, all numbers with their units or all without.
func total(side []term) []float64 {
	with, without := 0.0, 0.0
	a, b := 0.0, 0.0 // the product that goes on
	for i, x := range side {
		switch {
		case i == 0 || x.op == Plus:
			with, without = with+a, without+b
			a, b = x.q.Value, x.q.Plain
		case x.op == Divide:
			a, b = a/x.q.Value, b/x.q.Plain
		default:
			a, b = a*x.q.Value, b*x.q.Plain
		}
	}
	return []float64{math.Log(with + a), math.Log(without + b)}
}

// readings returns what a term may be worth.
func (x *term) readings() []float64 {
	out := readings(x.q)
	if x.bytes.End > 0 {
		out = append(out, readings(x.bytes)...)
	}
	if x.bits {
		out = append(out, x.q.Value/8)
	}
	return out
}

func readings(q Quantity) []float64 {
	if q.Value <= 0 || q.Plain <= 0 {
		return []float64{1e-300}
	}
	out := []float64{q.Value}
	add := func(f float64) {
		for _, g := range out {
			if math.Abs(f/g-1) < 1e-9 {
				return
			}
		}
		out = append(out, f)
	}
	add(q.Plain)
	if q.Period > 0 {
		add(q.Plain / q.Period)
		if q.Measure == Bytes {
			add(q.Value / q.Period)
		}
	}
	if q.Measure == Time {
		if q.Value >= month {
			add(q.Value / month)
		}
		if q.Value >= day {
			add(q.Value / day)
		}
	}
	if q.Measure == Bitrate {
		add(q.Value / 8)
	}
	if q.Measure == Percent {
		out = []float64{q.Value / 100}
	}
	return out
}
