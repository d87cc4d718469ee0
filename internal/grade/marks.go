package grade

import (
	"slices"
	"sort"
	"strings"

	"interview/internal/bank"
	"interview/internal/lexicon"
	"interview/internal/trial"
)

// Grade judges the answers of one item. With phases given, only their criteria are asked (a drill); evidence may still
// come from any answer.
func (s *Sheet) Grade(answers []Answer, phases ...string) Grade {
	g, _ := s.grade(answers, nil, phases, false)
	return g
}

// grade is false, if only known words are allowed, where there are others.
func (s *Sheet) grade(answers []Answer, findings []trial.Finding, phases []string, known bool) (Grade, bool) {
	r := s.start(answers)
	defer r.release()
	if known && !r.knows() {
		return Grade{}, false
	}
	r.read()
	g := Grade{Prompt: s.item.Prompt.ID, Engine: Engine, Screens: r.screensSeen()}
	if s.item.Digest != nil {
		g.Rubric = s.item.Digest()
	}
	m := r.marker()
	m.findings = findings
	m.doubting()
	g.Marks, m.room = make([]Mark, 0, len(s.criteria)), make([]Evidence, 0, mostQuotes*len(s.criteria))
	asked := make([]int, 0, len(s.criteria))
	for i := range s.criteria {
		if len(phases) > 0 && !slices.Contains(phases, s.criteria[i].Phase) {
			continue
		}
		asked = append(asked, i)
		g.Marks = append(g.Marks, m.mark(i))
	}
	if m.doubt > 0 {
		g.Screens = append(m.contrary, g.Screens...)
	}
	g.total(s, asked)
	return g, true
}

// marker awards the marks of one reading.
type marker struct {
	*reading
	doubt    int      // claims that each mark needs besides: see doubt.go
	stray    float64  // how far the answers are turned round as a whole: see direction.go
	contrary []Screen // the statements that gave rise to the doubt
	findings []trial.Finding
	room     []Evidence // where that of the next marks goes
	example  bool       // a line of a rubric's examples: `when` is taken to hold
}

// awards is the memory of a marker that is used again.
type awards struct {
	byCriterion [][]hold // each in the order of the text
	grouped     []hold   // all of them
	sizes       []int    // by criterion
	made        []bool   // by claim: it holds somewhere
	quotes      []quoted // of a level
	quotedBy    []int32  // by unit: the last mark that quotes it
	judged      int32    // counts the marks
}

func (r *reading) marker() marker {
	r.made = cleared(r.made, len(r.claims))
	for i := range r.holds {
		r.made[r.holds[i].claim] = true
	}
	r.group()
	r.quotedBy, r.judged = cleared(r.quotedBy, len(r.units)), 0
	return marker{reading: r}
}

// cleared is a list of n zeros, in the memory of another if that is large enough.
func cleared[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n)
	}
	list = list[:n]
	clear(list)
	return list
}

// group sorts the holds by criterion.
func (r *reading) group() {
	r.byCriterion, r.sizes = cleared(r.byCriterion, len(r.criteria)), cleared(r.sizes, len(r.criteria))
	for i := range r.holds {
		r.sizes[r.claims[r.holds[i].claim].criterion]++
	}
	r.grouped = slices.Grow(r.grouped[:0], len(r.holds))
	all := r.grouped
	for c, n := range r.sizes {
		r.byCriterion[c], all = all[len(all):len(all):len(all)+n], all[:len(all)+n]
	}
	for i := range r.holds {
		c := r.claims[r.holds[i].claim].criterion
		r.byCriterion[c] = append(r.byCriterion[c], r.holds[i])
	}
}

// mark awards one criterion.
func (m *marker) mark(i int) Mark {
	c := &m.criteria[i]
	mark := Mark{Criterion: c.ID, Title: c.Title, Phase: c.Phase, Concept: c.Concept, Max: float64(c.Weight), Evidence: []Evidence{}}
	if ofTrial(c) {
		m.tried(&mark, c, m.findings)
		return mark
	}
	if m.alien != "" {
		mark.Unmarked, mark.Max, mark.Sought = m.alien, 0, sought(c, "")
		return mark
	}
	holds := m.byCriterion[i]
	if against := m.against(c, holds); len(against) > 0 {
		mark.Evidence = against
	} else {
		m.raise(&mark, c, holds)
	}
	if c.When != "" && !m.example && (!m.asked(c, holds) || mark.Points == 0) {
		mark.NotAsked, mark.Max = true, 0
		if !m.asked(c, holds) {
			mark.Points, mark.Level, mark.Evidence = 0, "", []Evidence{}
		}
	} else if c.When != "" && !m.example {
		mark.Max = mark.Points
	}
	mark.Sought = sought(c, mark.Level)
	return mark
}

// sought is what the level above the one raised looks for.
func sought(c *criterion, level string) string {
	next := levelAfter(c, level)
	if next >= len(c.Levels) {
		return ""
	}
	l := &c.Levels[next]
	switch {
	case l.Descriptor != "":
		return l.Descriptor
	case len(l.Edge) > 0:
		return "in the drawing: " + strings.Join(l.Edge, "; ")
	}
	return strings.Join(l.Say, "; ")
}

func levelAfter(c *criterion, level string) int {
	for l := range c.Levels {
		if c.Levels[l].Name == level {
			return l + 1
		}
	}
	return 0
}

// asked says that a criterion's `when` holds.
func (m *marker) asked(c *criterion, holds []hold) bool {
	return slices.ContainsFunc(holds, func(h hold) bool { return int(h.claim) == c.when })
}

// raise finds the level and its evidence.
func (m *marker) raise(mark *Mark, c *criterion, holds []hold) {
	level, claims, paths, drawn := 0, 0, 0, map[int][]lineRef(nil)
	for l := len(c.Levels) - 1; l >= 0; l-- { // who says more than a level asks for has said it
		claims += m.held(c, l)
		lines := m.drawn(c, l)
		if lines != nil {
			if drawn == nil {
				drawn = map[int][]lineRef{}
			}
			drawn[l] = lines
			paths++
		}
		if m.reached(c, l, claims, len(lines) > 0, holds) {
			level = max(level, l+1)
		}
	}
	level = max(0, min(level, claims+paths-m.doubt))
	if wrong := m.wrongSum(c, holds); wrong != nil && level > 0 {
		mark.Evidence = append(mark.Evidence, *wrong)
		return
	}
	if lowest, turned := m.contradicted(c); turned != nil && lowest < level && !m.example {
		level = lowest
		if level == 0 {
			e := m.quote(int(turned.unit), turned.first, turned.end)
			e.Against = true
			mark.Evidence = append(mark.Evidence, e)
			return
		}
	}
	if level == 0 {
		if m.drawing.failed != "" && hasEdges(c) {
			mark.Unmarked, mark.Max = m.drawing.failed, 0
		}
		return
	}
	mark.Level = c.Levels[level-1].Name
	mark.Points = float64(c.Weight*level) / float64(len(c.Levels))
	quotes, of := m.evidence(c, level, holds, drawn)
	mark.Evidence = quotes
	if of >= level {
		mark.Says = c.Levels[of].Name
	}
}

// held counts the claims of a level that are made.
func (m *marker) held(c *criterion, l int) int {
	n := 0
	for _, id := range c.claims[l] {
		n += b2i(m.made[id])
	}
	return n
}

func hasEdges(c *criterion) bool {
	return slices.ContainsFunc(c.Levels, func(l bank.Level) bool { return len(l.Edge) > 0 })
}

// reached says that a level holds.
func (m *marker) reached(c *criterion, l, claims int, drawn bool, holds []hold) bool {
	level := &c.Levels[l]
	if len(level.Edge) > 0 {
		return drawn
	}
	if len(level.Say) == 0 || claims < max(1, level.Need) {
		return false
	}
	return !level.Calc || m.rightSum(c, l, holds)
}

// sumReach is how many units from its claim a written sum may stand.
const sumReach = 2

// rightSum says that a sum near one of the level's claims comes out right, and no more near them come out wrong.
func (m *marker) rightSum(c *criterion, l int, holds []hold) bool {
	right, wrong := 0, 0
	for _, s := range m.sums {
		if m.nearLevel(l, s.unit, holds) {
			if s.Right {
				right++
			} else {
				wrong++
			}
		}
	}
	return right > 0 && right >= wrong
}

func (m *marker) nearLevel(l, unit int, holds []hold) bool {
	return slices.ContainsFunc(between(holds, unit-sumReach, unit+sumReach), func(h hold) bool {
		return int(h.level) == l && m.units[unit].answer == m.units[h.unit].answer
	})
}

// between are the holds, which are in the order of the text, of the units from first to last.
func between(holds []hold, first, last int) []hold {
	a := sort.Search(len(holds), func(i int) bool { return int(holds[i].unit) >= first })
	b := a
	for b < len(holds) && int(holds[b].unit) <= last {
		b++
	}
	return holds[a:b]
}

// wrongSum returns a sum that comes out wrong in a unit of the criterion's calculated level, if more of those do than come out right.
func (m *marker) wrongSum(c *criterion, holds []hold) *Evidence {
	var first *sum
	right, wrong := 0, 0
	for l := range c.Levels {
		if !c.Levels[l].Calc {
			continue
		}
		for i := range m.sums {
			s := &m.sums[i]
			if !slices.ContainsFunc(between(holds, s.unit, s.unit), func(h hold) bool { return int(h.level) == l }) {
				continue
			}
			if s.Right {
				right++
			} else if wrong++; first == nil {
				first = s
			}
		}
	}
	if first == nil || right >= wrong {
		return nil
	}
	e := m.quote(first.unit, int32(first.First), int32(first.End))
	e.Against = true
	return &e
}

// against returns the contradictions of a criterion, quoted.
func (m *marker) against(c *criterion, holds []hold) []Evidence {
	var out []Evidence
	for _, h := range holds {
		if h.level == roleAgainst {
			e := m.quote(int(h.unit), h.first, h.end)
			e.Against = true
			out = append(out, e)
		}
	}
	return out
}

// drawn returns the lines of the drawing that reach a level by one of its paths.
func (m *marker) drawn(c *criterion, l int) []lineRef {
	for _, p := range c.paths[l] {
		if lines := m.drawing.find(p); lines != nil {
			return lines
		}
	}
	return nil
}

// mostQuotes is how many quotes a mark shows.
const mostQuotes = 4

// quoted is a unit of the answer that makes claims of one level of a criterion.
type quoted struct {
	unit, first, end int32
	sum              int // 1 if the level asks for a sum and one that is right stands in it
	said             int // words of the level's descriptor
	claims           int // that it makes
	own              int // 1 + the criterion's own words in it, 0 = not counted yet
}

// evidence quotes what reached the level, then, as far as there is room, what the levels above it hold, which was said but
// not often enough, then those below, and returns the level whose claims the first quote makes.
func (m *marker) evidence(c *criterion, level int, holds []hold, drawn map[int][]lineRef) ([]Evidence, int) {
	m.judged++
	if cap(m.room)-len(m.room) < mostQuotes {
		m.room = make([]Evidence, 0, mostQuotes)
	}
	n := len(m.room)
	out, of := m.room[n:n:n+mostQuotes], -1
	m.room = m.room[:n+mostQuotes]
	for rank := range c.Levels {
		l := ranked(c, level, rank)
		out = m.quoteLevel(out, c, l, holds)
		if lines := drawn[l]; len(lines) > 0 && len(out) < mostQuotes {
			text := m.answers[lines[0].answer].Text
			out = append(out, Evidence{Answer: lines[0].answer, Start: lines[0].start, End: lines[0].end, Quote: text[lines[0].start:lines[0].end]})
		}
		if of < 0 && len(out) > 0 {
			of = l
		}
	}
	return out, of
}

// ranked is the level whose claims are quoted at a rank: the mark's own, the others from the top.
func ranked(c *criterion, level, rank int) int {
	l := len(c.Levels) - rank
	switch {
	case rank == 0:
		return level - 1
	case l > level-1:
		return l
	}
	return l - 1
}

// quoteLevel appends quotes of the units that make claims of a level. First stands a right sum where the level asks for one,
// then the unit that shares most words with what an interviewer would say of the level, then the one that makes most of its
// claims, then the one that holds most of the criterion's own words.
func (m *marker) quoteLevel(out []Evidence, c *criterion, l int, holds []hold) []Evidence {
	if len(out) == mostQuotes {
		return out
	}
	list := m.quotes[:0]
	for i := range holds {
		h := &holds[i]
		switch n := len(list); {
		case int(h.level) != l:
		case n > 0 && list[n-1].unit == h.unit:
			list[n-1].claims++
		case m.quotedBy[h.unit] != m.judged:
			m.quotedBy[h.unit] = m.judged
			list = append(list, quoted{unit: h.unit, first: h.first, end: h.end, claims: 1,
				sum: b2i(c.Levels[l].Calc && m.sumIn(int(h.unit))), said: m.shared(c.described[l], int(h.unit))})
		}
	}
	m.quotes = list
	for len(list) > 0 && len(out) < mostQuotes {
		best := 0
		for i := 1; i < len(list); i++ {
			if m.better(c, &list[i], &list[best]) {
				best = i
			}
		}
		out = append(out, m.quote(int(list[best].unit), list[best].first, list[best].end))
		list[best], list = list[len(list)-1], list[:len(list)-1]
	}
	return out
}

// better says that a is quoted before b.
func (m *marker) better(c *criterion, a, b *quoted) bool {
	switch {
	case a.sum != b.sum:
		return a.sum > b.sum
	case a.said != b.said:
		return a.said > b.said
	case a.claims != b.claims:
		return a.claims > b.claims
	}
	for _, q := range [...]*quoted{a, b} {
		if q.own == 0 {
			q.own = 1 + m.ownWords(c, int(q.unit))
		}
	}
	if a.own != b.own {
		return a.own > b.own
	}
	return a.unit < b.unit
}

// sumIn says that a sum that is right stands in a unit.
func (m *marker) sumIn(unit int) bool {
	return slices.ContainsFunc(m.sums, func(s sum) bool { return s.unit == unit && s.Right })
}

// shared counts the different words of a descriptor in a unit.
func (m *marker) shared(described []int32, ui int) (n int) {
	u := &m.units[ui]
	tokens := m.tokens(u)
	tokens = tokens[:min(looked, len(tokens))]
	for _, id := range described {
		if u.ids&(1<<(id%64)) == 0 {
			continue
		}
		for k := range tokens {
			if tokens[k].ID == id {
				n++
				break
			}
		}
	}
	return n
}

// looked is how many places of a unit are looked at for the words of a criterion: no sentence has more.
const looked = 1000

// ownWords counts the different terms of a criterion in a unit.
func (m *marker) ownWords(c *criterion, ui int) (n int) {
	var seen [32]int32
	u := &m.units[ui]
	for i := u.first; i < min(u.end, u.first+looked) && n < len(seen); i++ {
		if t := m.occs[i].term; m.owns(c, t) && !slices.Contains(seen[:n], t) {
			seen[n] = t
			n++
		}
	}
	return n
}

// owns says that a term fills a slot of a criterion.
func (m *marker) owns(c *criterion, t int32) bool {
	if m.terms[t].owners&(1<<(c.index%64)) == 0 {
		return false
	}
	return len(m.criteria) <= 64 || slices.ContainsFunc(m.terms[t].refs, func(f ref) bool { return !f.turned && m.claims[f.claim].criterion == c.index })
}

// longQuote is the length in bytes from which a quote is the sentence or clause around the claim and not the whole unit.
const longQuote = 240

// quote returns the unit, or of a long one the sentence or clauses that the tokens from first to end lie in.
func (m *marker) quote(ui int, first, end int32) Evidence {
	u := &m.units[ui]
	from, to := u.From, u.To
	for _, ends := range []lexicon.Gap{lexicon.Stop, clauseEnd, clauseEnd | lexicon.Comma} {
		if to-from <= longQuote {
			break
		}
		from, to = m.around(u, int(first), int(end), ends)
	}
	return Evidence{Answer: u.answer, Start: from, End: to, Quote: m.answers[u.answer].Text[from:to]}
}

// around widens tokens from first to end up to the signs given, inside the unit, and returns the bytes.
func (m *marker) around(u *unit, first, end int, ends lexicon.Gap) (from, to int) {
	tokens := m.texts[u.answer].Tokens
	for first > u.First && tokens[first].Gap&ends == 0 {
		first--
	}
	for end < u.End && tokens[end].Gap&ends == 0 {
		end++
	}
	return int(tokens[first].Start), int(tokens[end-1].End)
}

// total adds the marks up and finds the level.
func (g *Grade) total(s *Sheet, asked []int) {
	var points, most, possible fraction
	for k, i := range asked {
		mark, c := &g.Marks[k], &s.criteria[i]
		points.add(mark.Points)
		most.add(mark.Max)
		if mark.Unmarked != "" && !mark.NotAsked {
			possible.add(float64(c.Weight))
		} else {
			possible.add(mark.Max)
		}
	}
	g.Points, g.Max, g.Possible = points.value(), most.value(), possible.value()
	ladder := s.item.Framework.Ladder
	for rung := range ladder {
		missing, ok := g.rung(s, asked, rung)
		if !ok {
			g.Next = missing
			return
		}
		g.Level = ladder[rung]
	}
}

// fraction adds multiples of 1/420 exactly, so that a sum does not depend on its order. Levels are seven at most.
type fraction int64

const parts = 420

func (f *fraction) add(v float64) { *f += fraction(v*parts + .5) }
func (f fraction) value() float64 { return float64(f) / parts }

// rung says that enough of the judged weight reaches a rung of the ladder, and which criteria do not. A criterion must
// show the highest of its levels that is no higher than the rung; one whose levels are all above is left out.
func (g *Grade) rung(s *Sheet, asked []int, rung int) (missing []string, ok bool) {
	var reached, judged float64
	type gap struct {
		id     string
		weight int
	}
	var gaps []gap
	for k, i := range asked {
		c, mark := &s.criteria[i], &g.Marks[k]
		need := -1
		for l, at := range c.rungs {
			if at <= rung {
				need = l
			}
		}
		if need < 0 || mark.Max == 0 {
			continue
		}
		judged += float64(c.Weight)
		if mark.Level != "" && levelAfter(c, mark.Level)-1 >= need {
			reached += float64(c.Weight)
		} else {
			gaps = append(gaps, gap{c.ID, c.Weight})
		}
	}
	sort.SliceStable(gaps, func(a, b int) bool { return gaps[a].weight > gaps[b].weight })
	for _, x := range gaps {
		missing = append(missing, x.id)
	}
	return missing, judged > 0 && reached >= s.item.Framework.Share*judged-1e-9
}
