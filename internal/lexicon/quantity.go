package lexicon

import (
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// Measure is a kind of quantity; its values are held in one unit.
type Measure uint8

// Measures and their units.
const (
	Count    Measure = iota // plain
	Rate                    // per second
	Bytes                   // bytes
	Time                    // seconds
	Percent                 // percent, 0..100
	Ratio                   // the larger over the smaller, at least 1
	Bitrate                 // bits per second
	Measures                // how many there are
)

// Quantity is a number with what it measures, in tokens [First, End).
type Quantity struct {
	First, End int
	Measure    Measure
	Value      float64 // in the unit of the measure
	Low        float64 // of a range such as 5–10; equals Value for a single number
	Plain      float64 // the number as written, suffixes such as k and M counted, units not
	Period     float64 // seconds of the "per …" that follows, 0 if none
	Power      bool    // written as a power: 62^7
}

const (
	minute = 60.0
	hour   = 60 * minute
	day    = 24 * hour
	week   = 7 * day
	month  = 30 * day
	year   = 365 * day
)

var timeUnits = map[string]float64{
	"ns": 1e-9, "nanosecond": 1e-9, "nanoseconds": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "microsecond": 1e-6, "microseconds": 1e-6, "microsecs": 1e-6,
	"ms": 1e-3, "msec": 1e-3, "millisecond": 1e-3, "milliseconds": 1e-3, "millis": 1e-3, "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1,
	"min": minute, "mins": minute, "minute": minute, "minutes": minute, "h": hour, "hr": hour, "hrs": hour, "hour": hour, "hours": hour,
	"d": day, "day": day, "days": day, "week": week, "weeks": week, "month": month, "months": month, "mo": month, "yr": year, "yrs": year,
	"year": year, "years": year, "y": year,
}

var byteUnits = map[string]float64{
	"byte": 1, "bytes": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15, "eb": 1e18, "kib": 1024, "mib": 1 << 20, "gib": 1 << 30,
	"tib": 1 << 40, "pib": 1 << 50, "kilobyte": 1e3, "kilobytes": 1e3, "megabyte": 1e6, "megabytes": 1e6, "gigabyte": 1e9, "gigabytes": 1e9,
	"terabyte": 1e12, "terabytes": 1e12, "petabyte": 1e15, "petabytes": 1e15, "gig": 1e9, "gigs": 1e9, "meg": 1e6, "megs": 1e6,
}

var bitUnits = map[string]float64{"bps": 1, "kbps": 1e3, "mbps": 1e6, "gbps": 1e9, "tbps": 1e12, "kbit": 1e3, "mbit": 1e6, "gbit": 1e9, "tbit": 1e12}

// suffixes multiply; those of one letter only when glued to the number.
var suffixes = map[string]float64{
	"k": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "thousand": 1e3, "million": 1e6, "millions": 1e6, "mil": 1e6,
	"billion": 1e9, "billions": 1e9, "trillion": 1e12, "hundred": 100, "lakh": 1e5, "crore": 1e7,
}

var rateUnits = map[string]bool{"qps": true, "rps": true, "tps": true, "iops": true, "wps": true, "ops": true}

var numberWords = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
	"twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9,
}

// measureWord is what a word does beside a number. A zero says that it does not do that.
type measureWord struct {
	word                              string
	time, bytes, bits, suffix, number float64
	rate                              bool
}

// otherWords matter beside a number by what they are.
var otherWords = []string{"percent", "pct", "x", "nines", "to", "daily", "per", "a", "each", "every", "p"}

// measureTable finds them by the hash of a token.
type measureTable struct {
	byWord map[string]*measureWord
	slots  [1024]*measureWord // open addressing
}

var measures = sync.OnceValue(func() *measureTable {
	t := &measureTable{byWord: map[string]*measureWord{}}
	of := func(word string) *measureWord {
		if t.byWord[word] == nil {
			m := &measureWord{word: word}
			t.byWord[word] = m
			at := short(hashOf(word)) % uint32(len(t.slots))
			for t.slots[at] != nil {
				at = (at + 1) % uint32(len(t.slots))
			}
			t.slots[at] = m
		}
		return t.byWord[word]
	}
	for w, f := range timeUnits {
		of(w).time = f
	}
	for w, f := range byteUnits {
		of(w).bytes = f
	}
	for w, f := range bitUnits {
		of(w).bits = f
	}
	for w, f := range suffixes {
		of(w).suffix = f
	}
	for w, f := range numberWords {
		of(w).number = f
	}
	for w := range rateUnits {
		of(w).rate = true
	}
	for _, w := range append(otherWords, "times") {
		of(w)
	}
	return t
})

var noMeasure measureWord

// measure is what the token at i does beside a number.
func (t *Text) measure(i int) *measureWord {
	tok, table := &t.Tokens[i], t.measures
	raw := t.Source[tok.Start:tok.End]
	for at := tok.Hash % uint32(len(table.slots)); ; at = (at + 1) % uint32(len(table.slots)) {
		m := table.slots[at]
		if m == nil {
			break
		}
		if len(m.word) == len(raw) && lowered(raw, m.word) {
			return m
		}
	}
	if raw[0] >= utf8.RuneSelf { // µs, and the sign of kelvin
		if m := table.byWord[strings.ToLower(raw)]; m != nil {
			return m
		}
	}
	return &noMeasure
}

// lowered says that the lower case of raw is a word of ASCII of the same length.
func lowered(raw, word string) bool {
	for i := range len(word) {
		c := raw[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c != word[i] {
			return false
		}
	}
	return true
}

func unitOfMeasure(word string) bool {
	m := measures().byWord[word]
	return m != nil && (m.time != 0 || m.bytes != 0 || m.bits != 0 || m.rate)
}

// reader reads quantities from the tokens of one unit.
type reader struct {
	t     *Text
	i, n  int  // next token, end
	power bool // the number read last is a power
}

// Quantities returns the quantities among tokens [first, end), in order. An ambiguous one ("500B") appears once for each
// thing that it can measure.
func (t *Text) Quantities(first, end int, out []Quantity) []Quantity {
	t.measures = measures()
	for i := first; i < end; {
		if t.Tokens[i].Kind != Number && !t.spelled(i, end) {
			i++
			continue
		}
		r := reader{t: t, i: i, n: end}
		n := len(out)
		out = r.quantity(out)
		if len(out) == n || r.i <= i {
			i++
			continue
		}
		i = r.i
	}
	return out
}

// spelled says that a number word stands at i that cannot be a mere article: followed by a suffix or a unit of time.
func (t *Text) spelled(i, end int) bool {
	tok := &t.Tokens[i]
	if n := tok.End - tok.Start; n < 3 || n > 8 || tok.Function != 0 && t.Source[tok.Start]|0x20 != 'o' { // of the words of grammar only "one" is a number
		return false
	}
	if t.measure(i).number == 0 || i+1 >= end {
		return false
	}
	next := t.measure(i + 1)
	return (next.time != 0 || next.suffix != 0 || next.word == "nines") && len(next.word) > 1
}

func (t *Text) low(i int) string { return strings.ToLower(t.Source[t.Tokens[i].Start:t.Tokens[i].End]) }

// measure is what the word at i does beside a number; nothing at the end of the unit.
func (r *reader) measure(i int) *measureWord {
	if i >= r.n {
		return &noMeasure
	}
	return r.t.measure(i)
}

// bare reads digits or a number word at r.i, with powers and suffixes.
func (r *reader) bare() (v float64, ambiguous bool, ok bool) {
	r.power = false
	tok := r.t.Tokens[r.i]
	s := r.t.Source[tok.Start:tok.End]
	if tok.Kind != Number {
		v, r.i = r.t.measure(r.i).number, r.i+1
	} else {
		f, err := strconv.ParseFloat(digitsOnly(s), 64)
		if err != nil {
			e := superscripts(s)
			if e < 0 {
				return 0, false, false
			}
			f = e
		}
		v, r.i = f, r.i+1
	}
	if r.i < r.n && r.t.Tokens[r.i].Kind == Number && (r.t.Tokens[r.i].Gap == Power || r.doubleStar()) {
		if e := r.digits(r.i); e >= 0 && e <= 300 {
			v, r.i, r.power = math.Pow(v, e), r.i+1, true
		}
	}
	return r.suffixed(v)
}

// digitsOnly leaves the signs out that part thousands.
func digitsOnly(s string) string {
	if strings.IndexByte(s, ',') < 0 && strings.IndexByte(s, '_') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, ",", ""), "_", "")
}

func (r *reader) doubleStar() bool {
	at := int(r.t.Tokens[r.i].Start)
	return at >= 2 && r.t.Source[at-2:at] == "**"
}

func (r *reader) digits(i int) float64 {
	s := r.t.Source[r.t.Tokens[i].Start:r.t.Tokens[i].End]
	if f, err := strconv.ParseFloat(s, 64); err == nil {
		return f
	}
	return superscripts(s)
}

func superscripts(s string) float64 {
	v := 0.0
	for _, c := range s {
		d := superscript(c)
		if d < 0 {
			return -1
		}
		v = v*10 + float64(d)
	}
	return v
}

// suffixed takes k, M, billion … and the e9 of 1e9 behind a number.
func (r *reader) suffixed(v float64) (float64, bool, bool) {
	ambiguous := false
	for r.i < r.n {
		tok := r.t.Tokens[r.i]
		raw := r.t.Source[tok.Start:tok.End]
		m := r.t.measure(r.i)
		w, f, ok := m.word, m.suffix, m.suffix != 0
		glued := tok.Gap == Glued
		switch {
		case glued && len(raw) > 1 && raw[0]|0x20 == 'e' && numeric(raw[1:]):
			e, _ := strconv.ParseFloat(raw[1:], 64)
			v, r.i = v*math.Pow(10, min(e, 300)), r.i+1
		case ok && (glued || len(w) > 1 && tok.Gap&^(Hyphen) == 0) && !(len(w) == 1 && !glued):
			if raw == "B" {
				ambiguous = true
			}
			v, r.i = v*f, r.i+1
			if ambiguous {
				return v, true, true
			}
		case ok && len(w) == 1 && raw != "b" && raw != "t" && raw != "m" && tok.Gap == 0:
			v, r.i = v*f, r.i+1
			if raw == "B" {
				return v, true, true
			}
		default:
			return v, ambiguous, true
		}
	}
	return v, ambiguous, true
}

func numeric(s string) bool { _, err := strconv.Atoi(s); return err == nil }

// quantity reads one quantity at r.i and appends it.
func (r *reader) quantity(out []Quantity) []Quantity {
	first := r.i
	v, ambiguous, ok := r.bare()
	if !ok {
		r.i = first + 1
		return out
	}
	q := Quantity{First: first, Value: v, Low: v, Plain: v, Power: r.power}
	if r.i < r.n && r.t.Tokens[r.i].Kind == Number {
		gap := r.t.Tokens[r.i].Gap
		save := r.i
		switch {
		case gap == Hyphen || gap == Dash || gap&^(Less|Stop) == Hyphen:
			if hi, _, ok := r.bare(); ok && hi > v {
				q.Value, q.Plain = hi, hi
			} else {
				r.i = save
			}
		case gap == Colon:
			if w, _, ok := r.bare(); ok && v > 0 && w > 0 {
				q.Measure, q.Value = Ratio, max(v/w, w/v)
				q.Low, q.End = q.Value, r.i
				return append(out, q)
			}
			r.i = save
		}
	}
	return r.unit(q, ambiguous, out)
}

// unit takes the unit behind the number.
func (r *reader) unit(q Quantity, ambiguous bool, out []Quantity) []Quantity {
	scale := func(m Measure, f float64) { q.Measure, q.Value, q.Low = m, q.Value*f, q.Low*f }
	m, near := r.measure(r.i), r.i < r.n && r.t.Tokens[r.i].Gap&^(Glued|Hyphen|Open|Close|Plus|Code) == 0
	percent := r.percent()
	switch {
	case percent || near && (m.word == "percent" || m.word == "pct"):
		scale(Percent, 1)
		if !percent {
			r.i++
		}
	case near && m.bytes > 0 && r.perByteSecond():
		scale(Bitrate, 8*m.bytes)
		r.i += 2
	case near && m.bytes > 0:
		scale(Bytes, m.bytes)
		r.i++
		r.period(&q)
	case near && m.bits > 0:
		scale(Bitrate, m.bits)
		r.i++
		if strings.HasSuffix(m.word, "bit") {
			r.period(&q)
		}
	case near && m.time > 0 && (len(m.word) > 1 || r.t.Tokens[r.i].Gap&Glued != 0 || m.word == "s"):
		scale(Time, m.time)
		r.i++
	case near && m.rate:
		q.Measure = Rate
		r.i++
		r.period(&q)
		q.Period = 1
	case near && (m.word == "x" || m.word == "times") && !r.numberAfter():
		scale(Ratio, 1)
		r.i++
	case near && m.word == "nines":
		q.Measure, q.Value = Percent, 100-math.Pow(10, 2-q.Plain)
		q.Low = q.Value
		r.i++
	case near && m.word == "to" && r.toOne():
		q.Measure, q.Low = Ratio, q.Value
		r.i += 2
	default:
		r.period(&q)
		if q.Period == 0 && r.rateBefore(q.First) {
			q.Measure, q.Period = Rate, 1
		}
	}
	q.End = r.i
	out = append(out, q)
	if ambiguous && q.Measure == Count {
		b := q
		b.Measure, b.Value, b.Low, b.Plain = Bytes, q.Value/1e9, q.Low/1e9, q.Plain/1e9
		out = append(out, b)
	}
	return out
}

func (r *reader) percent() bool {
	end := int(r.t.Tokens[r.i-1].End)
	rest := strings.TrimLeft(r.t.Source[end:min(end+2, len(r.t.Source))], " ")
	return strings.HasPrefix(rest, "%")
}

// perByteSecond says that "/s" or "per second" stands behind the byte unit at r.i.
func (r *reader) perByteSecond() bool {
	if r.i+1 >= r.n || r.t.Tokens[r.i+1].Gap&Divide == 0 {
		return false
	}
	return r.measure(r.i+1).time == 1
}

func (r *reader) numberAfter() bool { return r.i+1 < r.n && r.t.Tokens[r.i+1].Kind == Number }

func (r *reader) toOne() bool {
	if r.i+1 >= r.n {
		return false
	}
	w := r.t.low(r.i + 1)
	return w == "1" || w == "one"
}

// rateBefore says that "QPS of", "rps:" or the like leads up to the number.
func (r *reader) rateBefore(first int) bool {
	for i := first - 1; i >= 0 && i >= first-2; i-- {
		if r.t.measure(i).rate {
			return true
		}
		if r.t.Tokens[i].Function == 0 {
			return false
		}
	}
	return false
}

// reach is how many words may stand between a number and the "per second" that belongs to it.
const reach = 4

// period takes "per month", "/s", "a day" behind the number and up to four words.
func (r *reader) period(q *Quantity) {
	for i := r.i; i < r.n && i <= r.i+reach; i++ {
		tok := r.t.Tokens[i]
		if tok.Kind == Number && i > r.i || tok.Gap&(Comma|Semicolon|Stop|Arrow|Equal|Times|Colon|Open) != 0 && i > r.i {
			return
		}
		m := r.t.measure(i)
		if m.time != 0 && tok.Gap&Divide != 0 {
			r.setPeriod(q, m.time, i+1)
			return
		}
		if m.word == "daily" {
			r.setPeriod(q, day, i+1)
			return
		}
		if m.rate {
			r.setPeriod(q, 1, i+1)
			return
		}
		switch m.word {
		case "per", "a", "each", "every", "p":
			if next := r.measure(i + 1); next.time != 0 && (len(next.word) > 1 || m.word == "per") {
				r.setPeriod(q, next.time, i+2)
				return
			}
		}
		if tok.Kind == Number {
			return
		}
	}
}

func (r *reader) setPeriod(q *Quantity, seconds float64, next int) {
	q.Period, r.i = seconds, next
	if q.Measure == Count && seconds <= hour {
		q.Measure, q.Value, q.Low = Rate, q.Value/seconds, q.Low/seconds
	}
}

// Value reads one quantity such as "200ms", "1B" or "99.9" written alone.
func Value(s string) (Quantity, bool) {
	t := Read(s, nil)
	q := t.Quantities(0, len(t.Tokens), nil)
	if len(q) == 0 || q[0].First != 0 || q[0].End != len(t.Tokens) {
		return Quantity{}, false
	}
	return q[0], true
}
