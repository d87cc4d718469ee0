package diagram

import (
	"cmp"
	"slices"
)

// rank gives every vertex a rank: one more than the highest before it. What
// nothing points at moves down to the first box it points at. In a container
// the first and last rank are its borders.
func (lv *level) rank(across bool) {
	for _, v := range lv.vertices {
		v.rank = -1
	}
	outs, ins := map[*vertex][]*vertex{}, map[*vertex][]*vertex{}
	touched := map[*vertex]bool{}
	for _, s := range lv.segs {
		touched[s.from], touched[s.to] = true, true
		if s.from.side == 0 && s.to.side == 0 {
			outs[s.from] = append(outs[s.from], s.to)
			ins[s.to] = append(ins[s.to], s.from)
		}
	}
	var longest func(v *vertex) int
	longest = func(v *vertex) int {
		if v.rank < 0 {
			v.rank = 0
			for _, before := range ins[v] {
				v.rank = max(v.rank, longest(before)+1)
			}
		}
		return v.rank
	}
	loose := 0
	for _, v := range lv.vertices {
		if v.side == 0 {
			longest(v)
			if !touched[v] && lv.frame != nil {
				v.rank = loose / looseRow(across) // boxes without edges make a grid
				loose++
			}
		}
	}
	for _, v := range lv.vertices {
		if len(ins[v]) == 0 && len(outs[v]) > 0 && v.side == 0 {
			v.rank = slices.MinFunc(outs[v], func(a, b *vertex) int { return a.rank - b.rank }).rank - 1
		}
	}
	lv.file()
}

func looseRow(across bool) int {
	if across {
		return 4
	}
	return 3
}

// file sorts the vertices into ranks.
func (lv *level) file() {
	top := -1
	for _, v := range lv.vertices {
		top = max(top, v.rank)
	}
	border := 0
	if lv.frame != nil {
		border = 1
	}
	lv.ranks = make([][]*vertex, top+1+2*border)
	for _, v := range lv.vertices {
		switch v.side {
		case entry:
			v.rank = 0
		case exit:
			v.rank = len(lv.ranks) - 1
		default:
			v.rank += border
		}
		lv.add(v)
	}
}

func (lv *level) add(v *vertex) {
	v.index = len(lv.ranks[v.rank])
	lv.ranks[v.rank] = append(lv.ranks[v.rank], v)
}

// split cuts segments over several ranks into parts, with a bend in each rank
// between, and tells every vertex its segments.
func (lv *level) split() {
	var parts []*seg
	for _, s := range lv.segs {
		whole := *s
		from := s.from
		for r := s.from.rank + 1; r < s.to.rank; r++ {
			bend := &vertex{level: lv, rank: r, du: 1, dv: 1}
			lv.add(bend)
			part := &seg{edge: s.edge, from: from, to: bend}
			if from == whole.from {
				part.fromPort, part.fromHead = whole.fromPort, whole.fromHead
			}
			parts = append(parts, part)
			from = bend
		}
		part := &seg{edge: s.edge, from: from, to: s.to, toPort: s.toPort, toHead: s.toHead, last: s.to.node != nil}
		if from == whole.from {
			part.fromPort, part.fromHead = whole.fromPort, whole.fromHead
		}
		parts = append(parts, part)
	}
	lv.segs = parts
	for _, s := range parts {
		s.from.outs = append(s.from.outs, s)
		s.to.ins = append(s.to.ins, s)
	}
}

// outKey and inKey say where along its rank a segment begins and ends.
func (s *seg) outKey() float64 { return portKey(s.from, s.fromPort) }
func (s *seg) inKey() float64  { return portKey(s.to, s.toPort) }

func portKey(v, port *vertex) float64 {
	if port == nil {
		return float64(v.index)
	}
	return float64(v.index) + float64(port.v)/float64(v.dv+1)
}

// sweeps of the ordering; more change nothing on drawings of this size.
const sweeps = 8

// order arranges every rank so that few edges cross: again and again each
// vertex moves to the mean of its neighbours; the best arrangement is kept.
func (lv *level) order() {
	best, fewest := lv.arrangement(), lv.crossings()
	for sweep := 0; sweep < sweeps && fewest > 0; sweep++ {
		for i := range lv.ranks {
			r := i
			if sweep%2 == 1 {
				r = len(lv.ranks) - 1 - i
			}
			lv.settle(lv.ranks[r], sweep%2 == 0)
		}
		if n := lv.crossings(); n < fewest {
			best, fewest = lv.arrangement(), n
		}
	}
	lv.ranks = best
	for _, rank := range best {
		number(rank)
	}
	if fewest > 0 {
		lv.swap()
	}
}

func (lv *level) arrangement() [][]*vertex {
	ranks := make([][]*vertex, len(lv.ranks))
	for r := range lv.ranks {
		ranks[r] = slices.Clone(lv.ranks[r])
	}
	return ranks
}

func number(rank []*vertex) {
	for i, v := range rank {
		v.index = i
	}
}

// settle sorts one rank by the mean of its neighbours before or after it.
func (lv *level) settle(rank []*vertex, down bool) {
	for _, v := range rank {
		sum, n := 0.0, 0
		if down {
			for _, s := range v.ins {
				sum += s.outKey()
			}
			n = len(v.ins)
		} else {
			for _, s := range v.outs {
				sum += s.inKey()
			}
			n = len(v.outs)
		}
		v.key = float64(v.index)
		if n > 0 {
			v.key = sum / float64(n)
		}
	}
	slices.SortStableFunc(rank, func(a, b *vertex) int { return cmp.Compare(a.key, b.key) })
	number(rank)
}

// crossings counts the pairs of segments that cross.
func (lv *level) crossings() int {
	n := 0
	for _, rank := range lv.ranks {
		var segs []*seg
		for _, v := range rank {
			segs = append(segs, v.outs...)
		}
		n += crossed(segs, segs) / 2
	}
	return n
}

// crossed counts the crossings between two sets of segments in one gap.
func crossed(as, bs []*seg) int {
	n := 0
	for _, a := range as {
		for _, b := range bs {
			if (a.outKey()-b.outKey())*(a.inKey()-b.inKey()) < 0 {
				n++
			}
		}
	}
	return n
}

// swap exchanges neighbours as long as that saves crossings.
func (lv *level) swap() {
	for again, rounds := true, 0; again && rounds < sweeps; rounds++ {
		again = false
		for _, rank := range lv.ranks {
			for i := 0; i+1 < len(rank); i++ {
				a, b := rank[i], rank[i+1]
				before := crossed(a.ins, b.ins) + crossed(a.outs, b.outs)
				a.index, b.index = i+1, i
				if before > 0 && crossed(a.ins, b.ins)+crossed(a.outs, b.outs) < before {
					rank[i], rank[i+1] = b, a
					again = true
				} else {
					a.index, b.index = i, i+1
				}
			}
		}
	}
}

// ports arranges the segments of every vertex along its sides and gives them
// offsets; those of a frame are where its inside has put them.
func (lv *level) ports() {
	for _, rank := range lv.ranks {
		for _, v := range rank {
			slices.SortStableFunc(v.outs, func(a, b *seg) int { return cmp.Compare(a.inKey(), b.inKey()) })
			slices.SortStableFunc(v.ins, func(a, b *seg) int { return cmp.Compare(a.outKey(), b.outKey()) })
			for i, s := range v.outs {
				s.fromAt = offset(i, len(v.outs), v.room())
				if s.fromPort != nil {
					s.fromAt = s.fromPort.v
				}
			}
			for i, s := range v.ins {
				s.toAt = offset(i, len(v.ins), v.dv)
				if s.toPort != nil {
					s.toAt = s.toPort.v
				}
			}
		}
	}
}

// offset spreads n ports over a side of the given size, without its corners.
func offset(i, n, size int) int {
	if size < 3 {
		return 0
	}
	return 1 + (2*i+1)*(size-2)/(2*n)
}
