package lexicon

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

const notes = `write: POST -> service -> sequence block from Redis -> encode -> insert. cache warm in background, not on the path of the create
read: lookup by code in the cache, else in the store (point read, 5 ms), then 302; counted later from the log, batches of 1,000
a dead node loses its block of numbers, which nobody minds: 3.5 trillion of them, and a block is 10,000
expiry is checked on read, rows are deleted at night by TTL, so a stale cache entry lives an hour at most`

// A text in order lies far above the mean of its own orders; the orders themselves lie around it, with the root of their
// junctions for a deviation.
func TestOrder(t *testing.T) {
	deviations := func(text string) float64 {
		tx, sum, junctions := Read(text, nil), 0.0, 0
		for i := range tx.Units {
			s, n := tx.Order(&tx.Units[i])
			sum, junctions = sum+s, junctions+n
		}
		if junctions < 60 {
			t.Fatalf("%d junctions", junctions)
		}
		return sum / math.Sqrt(float64(junctions))
	}
	if got := deviations(notes); got < 3 {
		t.Errorf("notes in order: %.2f deviations", got)
	}
	sum, squares, n := 0.0, 0.0, 400
	for seed := range n {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		lines := strings.Split(notes, "\n")
		for i := range lines {
			f := strings.Fields(lines[i])
			r.Shuffle(len(f), func(a, b int) { f[a], f[b] = f[b], f[a] })
			lines[i] = strings.Join(f, " ")
		}
		d := deviations(strings.Join(lines, "\n"))
		sum, squares = sum+d, squares+d*d
	}
	mean := sum / float64(n)
	if spread := math.Sqrt(squares/float64(n) - mean*mean); math.Abs(mean) > .25 || spread > 1.2 {
		t.Errorf("random orders: mean %.2f, spread %.2f", mean, spread)
	}
	if s, n := Read("word", nil).Order(&Unit{First: 0, End: 1}); s != 0 || n != 0 {
		t.Errorf("one word: %g over %d", s, n)
	}
}
