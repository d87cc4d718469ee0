package diagram

import (
	"cmp"
	"slices"
)

// gap is the room between two ranks, where edges change their place.
type gap struct {
	u, size int // position and size along u
	first   int // offset of the first track
	stride  int // from track to track
	runs    []run
}

// run is the way of one segment through a gap: places along v, and the tracks
// on which it goes from each to the next. A straight one has one place.
type run struct {
	seg    *seg
	at     []int
	tracks []int
}

// route leads the segments of a level through its gaps.
func (l *layout) route(lv *level) {
	lv.gaps = make([]gap, max(len(lv.ranks)-1, 0))
	for r := range lv.gaps {
		g := &lv.gaps[r]
		for _, v := range lv.ranks[r] {
			for _, s := range v.outs {
				g.add(s)
			}
		}
		lv.dv = max(lv.dv, g.untangle()+1)
		tracks := g.assign()
		l.measure(lv, r, tracks)
	}
}

func (g *gap) add(s *seg) {
	p, q := s.from.v+s.fromAt, s.to.v+s.toAt
	r := run{seg: s, at: []int{p}}
	if p != q {
		r.at = append(r.at, q)
	}
	g.runs = append(g.runs, r)
}

func (r *run) begin() int { return r.at[0] }
func (r *run) end() int   { return r.at[len(r.at)-1] }

// Two runs that share a place, one beginning and one ending there, must turn
// in the right order: first the one that begins. Every run waits for at most
// one other, so they wait in lines or in circles. untangle breaks each circle
// by giving one run a detour over a free place. It returns the highest place.
func (g *gap) untangle() int {
	ends := map[int]*run{}
	taken := map[int]bool{}
	for i := range g.runs {
		r := &g.runs[i]
		taken[r.begin()], taken[r.end()] = true, true
		if len(r.at) > 1 {
			ends[r.end()] = r
		}
	}
	seen := map[*run]int{}
	for i := range g.runs {
		r := &g.runs[i]
		for r != nil && len(r.at) > 1 && seen[r] == 0 {
			seen[r] = i + 1
			next := ends[r.begin()]
			if next != nil && seen[next] == i+1 && len(next.at) == 2 {
				via := freePlace(taken, r.begin(), r.end())
				taken[via] = true
				r.at = []int{r.begin(), via, r.end()}
				break
			}
			r = next
		}
	}
	high := 0
	for place := range taken {
		high = max(high, place)
	}
	return high
}

// freePlace finds a place that no run uses: between a and b, else near them.
func freePlace(taken map[int]bool, a, b int) int {
	low, high := min(a, b), max(a, b)
	middle := (low + high) / 2
	for d := 0; ; d++ {
		for _, place := range []int{middle + d, middle - d} {
			if place >= 0 && !taken[place] {
				return place
			}
		}
	}
}

// turn is one change of place, from one column or row to another.
type turn struct {
	run, leg  int
	low, high int
	after     []int // turns that must be on an earlier track
	track     int
}

// assign gives every turn a track, and returns how many there are. Turns on
// one track do not touch; of runs to the same side the outer turns first, so
// that they do not cross.
func (g *gap) assign() int {
	turns, begins := g.turns()
	for i := range turns {
		r := &g.runs[turns[i].run]
		if turns[i].leg > 0 {
			turns[i].after = append(turns[i].after, i-1)
		}
		if turns[i].leg == len(r.at)-2 {
			if first, ok := begins[r.end()]; ok && first != i {
				turns[i].after = append(turns[i].after, first)
			}
		}
	}
	order := make([]int, len(turns))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(g.haste(turns[a]), g.haste(turns[b])) })
	tracks := 0
	done := make([]bool, len(turns))
	for placed := 0; placed < len(turns); {
		before := placed
		for _, i := range order {
			if !done[i] && ready(turns[i], done) {
				turns[i].track = firstTrack(turns, done, i)
				done[i] = true
				placed++
				tracks = max(tracks, turns[i].track+1)
				break
			}
		}
		if placed == before {
			break // a circle; the canvas will refuse the drawing
		}
	}
	for _, t := range turns {
		g.runs[t.run].tracks[t.leg] = t.track
	}
	return tracks
}

// turns lists the turns of all runs, and the first turn by where it begins.
func (g *gap) turns() (turns []turn, begins map[int]int) {
	begins = map[int]int{}
	for i := range g.runs {
		r := &g.runs[i]
		r.tracks = make([]int, len(r.at)-1)
		for leg := range r.tracks {
			if leg == 0 {
				begins[r.begin()] = len(turns)
			}
			turns = append(turns, turn{run: i, leg: leg, low: min(r.at[leg], r.at[leg+1]), high: max(r.at[leg], r.at[leg+1])})
		}
	}
	return turns, begins
}

// haste orders turns: small values get the first tracks.
func (g *gap) haste(t turn) int {
	r := &g.runs[t.run]
	if r.at[t.leg] < r.at[t.leg+1] {
		return -r.at[t.leg]
	}
	return r.at[t.leg]
}

func ready(t turn, done []bool) bool {
	for _, i := range t.after {
		if !done[i] {
			return false
		}
	}
	return true
}

func firstTrack(turns []turn, done []bool, i int) int {
	t := turns[i]
	track := 0
	for _, before := range t.after {
		track = max(track, turns[before].track+1)
	}
	for free := false; !free; {
		free = true
		for j, other := range turns {
			if done[j] && other.track == track && other.low <= t.high+1 && t.low <= other.high+1 {
				free = false
				track++
				break
			}
		}
	}
	return track
}

// measure gives a gap its size: tracks, heads, and room to see the lines.
func (l *layout) measure(lv *level, r, tracks int) {
	g := &lv.gaps[r]
	heads, wide, named, short := false, 0, false, false
	for _, run := range g.runs {
		heads = heads || run.seg.fromHead
		if label := l.graph.Edges[run.seg.edge].Label; label != "" && run.seg.last {
			named = true
			short = short || len(run.at) == 2 && max(run.begin(), run.end())-min(run.begin(), run.end()) == 1
			wide = max(wide, min(textWidth(label), labelWidth))
		}
	}
	border := lv.frame != nil && (r == 0 || r == len(lv.gaps)-1)
	switch {
	case len(g.runs) == 0 && l.across:
		g.size = 1
	case len(g.runs) == 0:
		g.size = 0
		if !border {
			g.size = 1
		}
	case l.across:
		l.measureAcross(g, tracks, heads, named, wide)
	default:
		g.stride = 1
		g.first = btoi(heads)
		g.size = g.first + tracks + 1
		if short || tracks == 0 && (named || !border) { // a line must be seen, and have room for a mark
			g.size++
		}
	}
}

// labelWidth bounds the room made for a label between columns of boxes.
const labelWidth = 16

func (l *layout) measureAcross(g *gap, tracks int, heads, named bool, wide int) {
	g.stride = 1
	if tracks > 1 && tracks <= 3 {
		g.stride = 2
	}
	g.first = 1 + btoi(heads)
	g.size = g.first + 2
	if tracks > 0 {
		g.size += (tracks-1)*g.stride + 1
	}
	switch {
	case named && l.labels:
		g.size += wide + 2
	case named:
		g.size++
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
