package lexicon

import (
	"math"
	"strconv"
	"strings"
)

// Measure is a kind of quantity; its values are held in one unit.
type Measure uint8

// Measures and their units.
const (
	Count   Measure = iota // plain
	Rate                   // per second
	Bytes                  // bytes
	Time                   // seconds
	Percent                // percent, 0..100
	Ratio                  // the larger over the smaller, at least 1
	Bitrate                // bits per second
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

func unitOfMeasure(word string) bool {
	return timeUnits[word] != 0 || byteUnits[word] != 0 || bitUnits[word] != 0 || rateUnits[word]
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
	tok := t.Tokens[i]
	if n := tok.End - tok.Start; n < 3 || n > 8 {
		return false
	}
	if _, ok := numberWords[t.low(i)]; !ok || i+1 >= end {
		return false
	}
	next := t.low(i + 1)
	_, isTime := timeUnits[next]
	_, isSuffix := suffixes[next]
	return (isTime || isSuffix || next == "nines") && len(next) > 1
}

func (t *Text) low(i int) string { return strings.ToLower(t.Source[t.Tokens[i].Start:t.Tokens[i].End]) }

func (r *reader) word(i int) string {
	if i >= r.n {
		return ""
	}
	return r.t.low(i)
}

// bare reads digits or a number word at r.i, with powers and suffixes.
func (r *reader) bare() (v float64, ambiguous bool, ok bool) {
	r.power = false
	tok := r.t.Tokens[r.i]
	s := r.t.Source[tok.Start:tok.End]
	if tok.Kind != Number {
		v, r.i = numberWords[strings.ToLower(s)], r.i+1
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
		w := strings.ToLower(raw)
		f, ok := suffixes[w]
		glued := tok.Gap == Glued
		switch {
		case glued && len(w) > 1 && w[0] == 'e' && numeric(w[1:]):
			e, _ := strconv.ParseFloat(w[1:], 64)
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
	w, near := r.word(r.i), r.i < r.n && r.t.Tokens[r.i].Gap&^(Glued|Hyphen|Open|Close|Plus|Code) == 0
	percent := r.percent()
	switch {
	case percent || near && (w == "percent" || w == "pct"):
		scale(Percent, 1)
		if !percent {
			r.i++
		}
	case near && byteUnits[w] > 0 && r.perByteSecond():
		scale(Bitrate, 8*byteUnits[w])
		r.i += 2
	case near && byteUnits[w] > 0:
		scale(Bytes, byteUnits[w])
		r.i++
		r.period(&q)
	case near && bitUnits[w] > 0:
		scale(Bitrate, bitUnits[w])
		r.i++
		if strings.HasSuffix(w, "bit") {
			r.period(&q)
		}
	case near && timeUnits[w] > 0 && (len(w) > 1 || r.t.Tokens[r.i].Gap&Glued != 0 || w == "s"):
		scale(Time, timeUnits[w])
		r.i++
	case near && rateUnits[w]:
		q.Measure = Rate
		r.i++
		r.period(&q)
		q.Period = 1
	case near && (w == "x" || w == "times") && !r.numberAfter():
		scale(Ratio, 1)
		r.i++
	case near && w == "nines":
		q.Measure, q.Value = Percent, 100-math.Pow(10, 2-q.Plain)
		q.Low = q.Value
		r.i++
	case near && w == "to" && r.toOne():
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
	return timeUnits[r.word(r.i+1)] == 1
}

func (r *reader) numberAfter() bool { return r.i+1 < r.n && r.t.Tokens[r.i+1].Kind == Number }

func (r *reader) toOne() bool { return r.word(r.i+1) == "1" || r.word(r.i+1) == "one" }

// rateBefore says that "QPS of", "rps:" or the like leads up to the number.
func (r *reader) rateBefore(first int) bool {
	for i := first - 1; i >= 0 && i >= first-2; i-- {
		w := r.t.low(i)
		if rateUnits[w] {
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
		w := r.word(i)
		f, isTime := timeUnits[w]
		if isTime && tok.Gap&Divide != 0 {
			r.setPeriod(q, f, i+1)
			return
		}
		if w == "daily" {
			r.setPeriod(q, day, i+1)
			return
		}
		if rateUnits[w] {
			r.setPeriod(q, 1, i+1)
			return
		}
		if w == "per" || w == "a" || w == "each" || w == "every" || w == "p" {
			if f, ok := timeUnits[r.word(i+1)]; ok && (len(r.word(i+1)) > 1 || w == "per") {
				r.setPeriod(q, f, i+2)
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
