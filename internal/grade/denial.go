package grade

// An answer that denies most of what it says is taken at its word: its negations then run to the end of the sentence,
// past the marks and connectives that usually end them.
const (
	denyingPart  = .4 // of the units that say something
	denyingUnits = 6
)

func (r *reading) denies() bool {
	said, denied := 0, 0
	for i := range r.units {
		u := &r.units[i]
		tokens := r.tokens(u)
		if u.mute || len(tokens) < 3 {
			continue
		}
		said++
		for j := 0; j < len(tokens) && j < 4; j++ {
			if cueAt(tokens, j) > 0 {
				denied++
				break
			}
		}
	}
	return said >= denyingUnits && float64(denied) > denyingPart*float64(said)
}
