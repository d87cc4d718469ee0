package diagram

import "math"

// passes of the placing; it settles after few.
const passes = 8

// place finds positions along v: every vertex wants its ports opposite those
// of its neighbours, and a rank is laid out so that the wishes are missed by
// as little as possible without overlaps or a change of order.
func (lv *level) place(across bool) {
	for _, rank := range lv.ranks {
		at := 0
		for i, v := range rank {
			if i > 0 {
				at += between(rank[i-1], v, across)
			}
			v.v = at
			at += v.spanV()
		}
	}
	for pass := range passes {
		lv.pass(across, pass%2 == 0, pass%2 == 1 || pass >= passes-2)
	}
	lv.finish(across)
	for _, s := range lv.segs {
		s.slide()
	}
	lv.shift()
}

// pass aligns every rank with the ranks before or after it, or with both.
func (lv *level) pass(across, ins, outs bool) {
	for i := range lv.ranks {
		r := i
		if !ins {
			r = len(lv.ranks) - 1 - i
		}
		align(lv.ranks[r], across, ins, outs)
	}
}

// finish tries three last passes and keeps the one with the smallest jogs.
func (lv *level) finish(across bool) {
	begin, least := lv.places(), -1
	var best []int
	for _, ends := range [][2]bool{{true, true}, {true, false}, {false, true}} {
		lv.restore(begin)
		lv.pass(across, ends[0], ends[1])
		lv.straighten(across)
		cost := 0
		for _, rank := range lv.ranks {
			for _, v := range rank {
				cost += v.jogs(v.v)
			}
		}
		if least < 0 || cost < least {
			best, least = lv.places(), cost
		}
	}
	lv.restore(best)
}

func (lv *level) places() []int {
	var places []int
	for _, rank := range lv.ranks {
		for _, v := range rank {
			places = append(places, v.v)
		}
	}
	return places
}

func (lv *level) restore(places []int) {
	for _, rank := range lv.ranks {
		for _, v := range rank {
			v.v, places = places[0], places[1:]
		}
	}
}

// between is the room between two neighbours.
func between(a, b *vertex, across bool) int {
	thin := (a.bend() || a.side != 0) && (b.bend() || b.side != 0)
	switch {
	case across && (thin || a.inside != nil && b.inside != nil):
		return 1
	case across:
		return 0
	case thin:
		return 1
	}
	return 2
}

// wish is a run of neighbours that move together.
type wish struct {
	at, weight float64
	count      int
}

// align moves the vertices of a rank to where their neighbours before and
// after it want them: isotonic regression, by pooling neighbours that would
// overlap.
func align(rank []*vertex, across, ins, outs bool) {
	var pool []wish
	offsets := make([]int, len(rank))
	for i, v := range rank {
		if i > 0 {
			offsets[i] = offsets[i-1] + rank[i-1].spanV() + between(rank[i-1], v, across)
		}
		at, weight := v.wanted(ins, outs)
		w := wish{at - float64(offsets[i]), weight, 1}
		for len(pool) > 0 && pool[len(pool)-1].at > w.at {
			last := pool[len(pool)-1]
			pool = pool[:len(pool)-1]
			sum := last.weight + w.weight
			w = wish{(last.at*last.weight + w.at*w.weight) / sum, sum, last.count + w.count}
		}
		pool = append(pool, w)
	}
	i := 0
	for _, w := range pool {
		at := int(math.Floor(w.at + 0.5))
		for range w.count {
			rank[i].v = at + offsets[i]
			i++
		}
	}
}

// wanted is where a vertex would like to be, and how much.
func (v *vertex) wanted(ins, outs bool) (at, weight float64) {
	if ins {
		for _, s := range v.ins {
			w := pull(v, s.from)
			at += w * float64(s.from.v+s.fromAt-s.toAt)
			weight += w
		}
	}
	if outs {
		for _, s := range v.outs {
			w := pull(v, s.to)
			at += w * float64(s.to.v+s.toAt-s.fromAt)
			weight += w
		}
	}
	if weight == 0 {
		return float64(v.v), 0.1
	}
	return at / weight, weight
}

// pull weighs a neighbour: long edges shall be straight.
func pull(a, b *vertex) float64 {
	switch {
	case a.bend() && b.bend():
		return 8
	case a.bend() || b.bend():
		return 2
	}
	return 1
}

// shift moves a level to its origin: 0, or inside its side borders.
func (lv *level) shift() {
	low, high := math.MaxInt, math.MinInt
	for _, rank := range lv.ranks {
		for _, v := range rank {
			low, high = min(low, v.v), max(high, v.v+v.spanV())
		}
	}
	if low > high {
		low, high = 0, 0
	}
	for _, rank := range lv.ranks {
		for _, v := range rank {
			v.v -= low
		}
	}
	lv.dv = high - low
}

// inset moves everything in a level along v, to make room for its border.
func (lv *level) inset(by int) {
	for _, rank := range lv.ranks {
		for _, v := range rank {
			v.v += by
		}
	}
	for i := range lv.gaps {
		for j := range lv.gaps[i].runs {
			for k := range lv.gaps[i].runs[j].at {
				lv.gaps[i].runs[j].at[k] += by
			}
		}
	}
	lv.dv += 2 * by
}

// stack finds positions along u: rank after gap after rank.
func (l *layout) stack(lv *level) {
	u := 0
	for r, rank := range lv.ranks {
		band, boxes := 1, 0
		for _, v := range rank {
			band = max(band, v.spanU())
			if v.node != nil {
				boxes = max(boxes, v.du)
			}
		}
		for _, v := range rank {
			if v.node != nil && l.across && len(v.loops) == 0 {
				v.du = boxes // a column of boxes of one width
			}
			v.u = u + (band-v.spanU())/2
			if v.bend() {
				v.u, v.du = u, band
			}
		}
		u += band
		if r < len(lv.gaps) {
			lv.gaps[r].u = u
			u += lv.gaps[r].size
		}
	}
	lv.du = u
}

// entitle makes room for side borders and the title of a frame. Drawn
// downwards, edges cross the upper border, and the title keeps out of their
// way.
func (l *layout) entitle(lv *level) {
	wide := textWidth(cut(lv.title, titleWidth)) + 2
	if l.across {
		lv.inset(1)
		lv.titleAt = 2
		lv.dv = max(lv.dv, 3)
		if lv.du < wide+4 {
			lv.widen(wide + 4 - lv.du)
		}
		return
	}
	lv.inset(2)
	free := 2
	for _, v := range lv.ranks[0] { // in order along the border
		if v.v-free > wide {
			break
		}
		free = v.v + 2
	}
	lv.titleAt = free
	lv.dv = max(lv.dv, free+wide+2)
}

// titleWidth bounds the title of a frame, in columns.
const titleWidth = 28

// widen moves the last border of a frame drawn across.
func (lv *level) widen(by int) {
	last := len(lv.ranks) - 1
	for _, v := range lv.ranks[last] {
		v.u += by
	}
	lv.gaps[last-1].size += by
	lv.du += by
}
