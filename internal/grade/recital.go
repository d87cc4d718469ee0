package grade

// The slots of a claim have an order in the rubric that nobody who answers a question keeps all the time. Who does so in
// recitedPart of at least recitedClaims different claims reads the rubric out.
const (
	recitedClaims = 25
	recitedPart   = .92
)

func (r *reading) recital() {
	if r.without(recitals) {
		return
	}
	if len(r.holds) < recitedClaims {
		return
	}
	n, inOrder := 0, 0
	r.made = cleared(r.made, len(r.claims))
	counted := r.made
	for _, h := range r.holds {
		if len(r.claims[h.claim].slots) < 2 || counted[h.claim] {
			continue
		}
		counted[h.claim] = true
		n++
		inOrder += b2i(h.inOrder)
	}
	if n < recitedClaims || float64(inOrder) < recitedPart*float64(n) {
		return
	}
	for _, h := range r.holds {
		r.take(&r.units[h.unit], recited)
	}
}
