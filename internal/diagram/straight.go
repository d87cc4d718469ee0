package diagram

// straighten takes small jogs out of a placed level: each vertex moves to
// where most of its segments run straight, as far as its neighbours let it.
func (lv *level) straighten(across bool) {
	for round := range 4 {
		for i := range lv.ranks {
			r := i
			if round%2 == 1 {
				r = len(lv.ranks) - 1 - i
			}
			for i, v := range lv.ranks[r] {
				low, high := v.v-far, v.v+far
				if i > 0 {
					before := lv.ranks[r][i-1]
					low = before.v + before.spanV() + between(before, v, across)
				}
				if i+1 < len(lv.ranks[r]) {
					next := lv.ranks[r][i+1]
					high = next.v - between(v, next, across) - v.spanV()
				}
				v.v = v.straightest(low, high)
			}
		}
	}
}

// far is further than any drawing reaches.
const far = 1 << 20

// straightest returns the place between low and high at which the segments of
// a vertex have the smallest jogs.
func (v *vertex) straightest(low, high int) int {
	best, least := v.v, v.jogs(v.v)
	try := func(at int) {
		if at < low || at > high {
			return
		}
		if cost := v.jogs(at); cost < least {
			best, least = at, cost
		}
	}
	for _, s := range v.ins {
		try(s.from.v + s.fromAt - s.toAt)
	}
	for _, s := range v.outs {
		try(s.to.v + s.toAt - s.fromAt)
	}
	return best
}

// jogs prices the bends that a vertex at a place gives its segments: having
// one costs more than its length.
func (v *vertex) jogs(at int) int {
	cost := 0
	for _, s := range v.ins {
		cost += jog(s.from.v+s.fromAt-at-s.toAt) * int(pull(v, s.from))
	}
	for _, s := range v.outs {
		cost += jog(s.to.v+s.toAt-at-s.fromAt) * int(pull(v, s.to))
	}
	return cost
}

func jog(d int) int {
	if d == 0 {
		return 0
	}
	return 10 + max(d, -d)
}

// slide moves the ports of a segment along the sides of their boxes so that it
// runs straight, if there is room.
func (s *seg) slide() {
	p, q := s.from.v+s.fromAt, s.to.v+s.toAt
	if p == q {
		return
	}
	low, high := p, p
	if s.from.node != nil {
		low, high = slack(s, s.from.outs, s.from.v, s.from.room(), func(s *seg) int { return s.fromAt })
	}
	lowTo, highTo := q, q
	if s.to.node != nil {
		lowTo, highTo = slack(s, s.to.ins, s.to.v, s.to.dv, func(s *seg) int { return s.toAt })
	}
	low, high = max(low, lowTo), min(high, highTo)
	if low > high {
		return
	}
	at := min(max((p+q)/2, low), high)
	s.fromAt, s.toAt = at-s.from.v, at-s.to.v
}

// room is the part of a box's lower side that ports of other boxes may use;
// the rest is for its loop.
func (v *vertex) room() int {
	if len(v.loops) > 0 {
		return v.dv - 2
	}
	return v.dv
}

// slack is how far the port of s may move among its neighbours on one side.
func slack(s *seg, side []*seg, v, size int, at func(*seg) int) (low, high int) {
	low, high = v+1, v+size-2
	for i, other := range side {
		if other != s {
			continue
		}
		if i > 0 {
			low = max(low, v+at(side[i-1])+2)
		}
		if i+1 < len(side) {
			high = min(high, v+at(side[i+1])-2)
		}
	}
	return low, high
}
