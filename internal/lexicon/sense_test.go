package lexicon

import (
	"slices"
	"testing"
)

func sense(text string) (usual, turned int) {
	t := Read(text, nil)
	d := new(Told)
	for i := range t.Units {
		a, b, _ := t.Sense(&t.Units[i], d, nil)
		usual, turned = usual+a, turned+b
	}
	return usual, turned
}

// One sentence proves nothing, but the turned one is turned more.
func TestSenseTellsTurnedFromUsual(t *testing.T) {
	for _, c := range [][2]string{
		{"Hot keys are split over several shards.", "Cold keys are split over several shards."},
		{"Immutable segments get a long TTL.", "Mutable manifests get a long TTL."},
		{"Old segments are deleted.", "New segments are deleted."},
		{"Commit the offset after processing.", "Commit the offset before processing."},
		{"The nearest drivers are asked.", "The farthest drivers are asked."},
		{"There is a unique index on the key.", "There is no unique index on the key."},
	} {
		usual, turned := sense(c[0])
		if u, r := sense(c[1]); r-u <= turned-usual {
			t.Errorf("%q is turned by %d, %q by %d", c[0], turned-usual, c[1], r-u)
		}
	}
}

// What was said once is not said more by being said again.
func TestSenseCountsAPairOnce(t *testing.T) {
	const text = "Popular objects are cached at the edge. "
	a, b := sense(text)
	if c, d := sense(text + "\n\n" + text); a != c || b != d {
		t.Errorf("%d, %d once and %d, %d twice", a, b, c, d)
	}
}

func TestDirections(t *testing.T) {
	pairs := func(text string) (out []string) {
		x := Read(text, nil)
		name := map[uint32]string{Denial: "no"}
		for i := range x.Tokens {
			name[x.mark(i)] = x.Source[x.Tokens[i].Start:x.Tokens[i].End]
		}
		for i := range x.Units {
			x.Directions(&x.Units[i], func(direction, thing uint32, _, _ int) { out = append(out, name[direction]+" "+name[thing]) })
		}
		return out
	}
	for _, c := range []struct {
		text string
		want []string
	}{
		{"the hot shard", []string{"hot shard"}},
		{"hot or cold shards", nil}, // both are weighed
		{"Hot; shards", nil},        // another clause
		{"no lease", []string{"no lease"}},
		{"lease", nil},
		{"Reads of shards", []string{"Reads shards"}},
	} {
		if got := pairs(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
	for _, c := range [][2]string{{"write", "writes"}, {"Write", "writing"}, {"reject", "rejected"}, {"query", "queries"}} {
		if SenseMark(c[0]) != SenseMark(c[1]) {
			t.Errorf("%s and %s are two words", c[0], c[1])
		}
	}
}

func TestSenseTable(t *testing.T) {
	pairs := []SensePair{{SenseMark("hot"), SenseMark("tail"), 1.5}, {SenseMark("cold"), SenseMark("tail"), -1}}
	table := SenseTable(pairs)
	if len(table) != SenseBytes || len(senseTable) != SenseBytes {
		t.Fatalf("%d and %d bytes, want %d", len(table), len(senseTable), SenseBytes)
	}
	full := 0
	for at := 0; at < SenseBytes; at += 2 {
		full += b2i(senseTable[at]|senseTable[at+1] != 0)
	}
	if full < senseSlots/4 || full > senseSlots*3/4 {
		t.Errorf("%d of %d slots are full", full, senseSlots)
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
