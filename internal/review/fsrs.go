package review

import "math"

// Spacing after FSRS-6 (Free Spaced Repetition Scheduler), as its authors publish it:
// https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm. The weights are the published default ones, which
// were fitted to the reviews of many people; nothing here fits them to one person.

// Rating says how well something was recalled; 0 is none.
type Rating int

// Ratings, as the person gives them with the keys 1 to 4.
const (
	Again Rating = 1 + iota
	Hard
	Good
	Easy
)

// retention is the probability of recall at which something is due.
const retention = 0.9

const (
	leastStability = 0.001 // days
	mostGap        = 36500 // days
)

// weights are w[0] to w[20] of the model.
type weights [21]float64

var fsrs6 = weights{
	0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
	1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
}

// Memory is the state of one thing to be recalled; the zero Memory is of a thing never tried.
type Memory struct {
	Stability  float64 // days until the probability of recall has fallen to 0.9
	Difficulty float64 // 1..10
}

// After is the memory after a rating, so many days since the one before; the days of a first rating do not matter.
func (m Memory) After(r Rating, days int) Memory { return fsrs6.after(m, r, days) }

// Recall is the probability, 0..1, of recall so many days after the last rating.
func (m Memory) Recall(days int) float64 { return fsrs6.recall(m.Stability, days) }

// Gap is after how many days, at least 1, the probability of recall has fallen to 0.9.
func (m Memory) Gap() int { return fsrs6.gap(m.Stability) }

func (w *weights) after(m Memory, r Rating, days int) Memory {
	if m == (Memory{}) {
		return Memory{w[r-1], bounded(w.firstDifficulty(r))}
	}
	stability := 0.0
	switch {
	case days < 1:
		stability = w.sameDay(m.Stability, r)
	case r == Again:
		stability = w.forgotten(m, w.recall(m.Stability, days))
	default:
		stability = w.recalled(m, w.recall(m.Stability, days), r)
	}
	return Memory{max(stability, leastStability), w.difficulty(m.Difficulty, r)}
}

func (w *weights) firstDifficulty(r Rating) float64 { return w[4] - math.Exp(w[5]*float64(r-1)) + 1 }

func bounded(difficulty float64) float64 { return min(max(difficulty, 1), 10) }

// difficulty moves less the nearer it is to the top, and is drawn a little towards that of an easy thing.
func (w *weights) difficulty(d float64, r Rating) float64 {
	moved := d - w[6]*float64(r-3)*(10-d)/9
	return bounded(w[7]*w.firstDifficulty(Easy) + (1-w[7])*moved)
}

func (w *weights) sameDay(s float64, r Rating) float64 {
	growth := math.Exp(w[17]*(float64(r-3)+w[18])) * math.Pow(s, -w[19])
	if r >= Good {
		growth = max(growth, 1)
	}
	return s * growth
}

func (w *weights) recalled(m Memory, recall float64, r Rating) float64 {
	growth := math.Exp(w[8]) * (11 - m.Difficulty) * math.Pow(m.Stability, -w[9]) * math.Expm1((1-recall)*w[10])
	switch r {
	case Hard:
		growth *= w[15]
	case Easy:
		growth *= w[16]
	}
	return m.Stability * (1 + growth)
}

func (w *weights) forgotten(m Memory, recall float64) float64 {
	anew := w[11] * math.Pow(m.Difficulty, -w[12]) * (math.Pow(m.Stability+1, w[13]) - 1) * math.Exp((1-recall)*w[14])
	return min(anew, m.Stability/math.Exp(w[17]*w[18]))
}

// factor makes the curve pass 0.9 where the time equals the stability.
func (w *weights) factor() float64 { return math.Pow(0.9, -1/w[20]) - 1 }

func (w *weights) recall(stability float64, days int) float64 {
	if stability <= 0 {
		return 0
	}
	return math.Pow(1+w.factor()*float64(max(days, 0))/stability, -w[20])
}

func (w *weights) gap(stability float64) int {
	days := stability / w.factor() * (math.Pow(retention, -1/w[20]) - 1)
	return int(min(max(math.Round(days), 1), mostGap))
}
