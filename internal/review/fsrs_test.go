package review

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The expected values are those that the reference implementations are tested against with the default weights of FSRS-6:
// fsrs-rs (src/model_v6.rs: forward, next_difficulty, next_stability, forgetting curve) and py-fsrs (memory state).

const near = 1e-4

func within(t *testing.T, name string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= near*max(1, math.Abs(want)/10)) {
		t.Errorf("%s: got %v, want %v", name, got, want)
	}
}

func walked(w *weights, ratings []Rating, days []int) Memory {
	var m Memory
	for i, r := range ratings {
		m = w.after(m, r, days[i])
	}
	return m
}

func TestMemoryState(t *testing.T) {
	ratings, days := []Rating{Again, Good, Good, Good, Good, Good}, []int{0, 0, 1, 3, 8, 21}
	m := walked(&fsrs6, ratings, days)
	within(t, "stability", m.Stability, 53.62691)
	within(t, "difficulty", m.Difficulty, 6.3574867)

	longTerm := fsrs6
	longTerm[17], longTerm[18], longTerm[19] = 0, 0, 0
	within(t, "stability without a same-day step", walked(&longTerm, ratings, days).Stability, 53.335106)
}

func TestFirstRating(t *testing.T) {
	want := []Memory{{0.212, 6.4133}, {1.2931, 5.11217071}, {2.3065, 2.11810397}, {8.2956, 1}}
	for i, w := range want {
		m := Memory{}.After(Rating(i+1), 0)
		within(t, "stability", m.Stability, w.Stability)
		within(t, "difficulty", m.Difficulty, w.Difficulty)
	}
}

// Two ratings, one and two days apart.
func TestForward(t *testing.T) {
	for _, c := range []struct {
		r    Rating
		days int
		want Memory
	}{
		{Again, 1, Memory{0.10088589, 8.806304}}, {Hard, 1, Memory{3.2494123, 6.7404594}}, {Good, 1, Memory{7.3153, 2.1112142}},
		{Easy, 1, Memory{18.014914, 1}}, {Again, 2, Memory{0.112798266, 8.806304}}, {Hard, 2, Memory{4.4694576, 6.7404594}},
	} {
		m := Memory{}.After(c.r, 0).After(c.r, c.days)
		within(t, "stability", m.Stability, c.want.Stability)
		within(t, "difficulty", m.Difficulty, c.want.Difficulty)
	}
}

func TestNextStability(t *testing.T) {
	recalled := []float64{25.602541, 28.226582, 58.656002, 127.226685}
	forgotten := []float64{1.0525396, 1.1894329, 1.3680838, 1.584989}
	sameDay := []float64{1.596818, 0, 5, 8.12961} // that of hard differs between the references
	difficulty := []float64{8.341763, 6.6659956, 4.990228, 3.3144615}
	for i := range 4 {
		m := Memory{5, float64(i + 1)}
		r, recall := Rating(i+1), 0.9-0.1*float64(i)
		within(t, "recalled", fsrs6.recalled(m, recall, r), recalled[i])
		within(t, "forgotten", fsrs6.forgotten(m, recall), forgotten[i])
		within(t, "difficulty", fsrs6.difficulty(5, r), difficulty[i])
		if sameDay[i] > 0 {
			within(t, "same day", fsrs6.sameDay(5, r), sameDay[i])
		}
	}
}

func TestRecall(t *testing.T) {
	stability := []float64{1, 2, 3, 4, 4, 2}
	for days, want := range []float64{1, 0.9403443, 0.9253786, 0.9185229, 0.9, 0.8261359} {
		within(t, "recall", fsrs6.recall(stability[days], days), want)
	}
	if got := (Memory{}).Recall(3); got != 0 {
		t.Errorf("a thing never tried is recalled with %v", got)
	}
}

func TestGap(t *testing.T) {
	if got := fsrs6.gap(121.01552); got != 121 {
		t.Errorf("gap of 121.01552: got %d", got)
	}
	if got := fsrs6.gap(0.01); got != 1 {
		t.Errorf("the least gap: got %d", got)
	}
	if got := fsrs6.gap(1e9); got != mostGap {
		t.Errorf("the longest gap: got %d", got)
	}
}

// The sequence of gaps of py-fsrs and ts-fsrs: each rating on the day that is due. A gap of 0 there is a step of minutes, which
// here is no gap but the rating that follows on the same day.
func TestGaps(t *testing.T) {
	ratings := []Rating{Good, Good, Good, Good, Good, Good, Again, Again, Good, Good, Good, Good, Good}
	gaps := []int{0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21}
	m, days := Memory{}, 0
	for i, r := range ratings {
		m = m.After(r, days)
		if days = gaps[i]; days > 0 && m.Gap() != days {
			t.Errorf("rating %d: gap %d, want %d", i+1, m.Gap(), days)
		}
	}
}

// Whatever came before: a better rating is never forgotten sooner nor harder, waiting never makes recall likelier, and
// nothing leaves its bounds.
func TestOrderOfRatings(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		m := Memory{}
		for range random.IntN(12) {
			m = m.After(Rating(1+random.IntN(4)), random.IntN(400))
		}
		days := random.IntN(400)
		last := m.After(Again, days)
		for r := Hard; r <= Easy; r++ {
			next := m.After(r, days)
			if next.Stability < last.Stability || next.Difficulty > last.Difficulty {
				t.Fatalf("%+v after %d days: %d gives %+v, the rating below %+v", m, days, r, next, last)
			}
			last = next
		}
		if !(last.Difficulty >= 1 && last.Difficulty <= 10 && last.Stability > 0) || last.Gap() < 1 || last.Gap() > mostGap {
			t.Fatalf("out of bounds: %+v, gap %d", last, last.Gap())
		}
		if soon, late := last.Recall(days), last.Recall(days+1); late > soon || soon > 1 || late < 0 {
			t.Fatalf("%+v: recall %v after %d days, %v the day after", last, soon, days, late)
		}
	}
}
