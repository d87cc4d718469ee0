package grade

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"interview/internal/lexicon"
)

// naive says whether a claim is made, straight from the meaning: it tries every span of words for every slot. What the
// tokens are, and which of them are negated or in a bare list, has tests of its own.
type naive struct {
	text   *lexicon.Text
	unit   *unit
	pol    []polarity
	cover  []uint8
	bare   []bool
	bounds map[string]bound
}

// span is a stretch of words of the unit that says an alternative.
type span struct {
	first, end  int
	pol         polarity
	cover       uint8
	bare, isCue bool
	denied      bool // says an alternative that must stand under a negation
}

// spans are all the ways to read an alternative in the unit: from each word the shortest stretch.
func (n *naive) spans(a use) []span {
	var out []span
	for _, v := range lexicon.Variants(lexicon.NewPhrase(a.words.strings())) {
		for first := n.unit.First; first < n.unit.End; first++ {
			for end := first + 1; end <= n.unit.End; end++ {
				if !n.says(first, end, v.Words) {
					continue
				}
				s := span{first: first, end: end}
				for i := first - n.unit.First; i < end-n.unit.First; i++ {
					s.pol, s.cover, s.bare = max(s.pol, n.pol[i]), max(s.cover, n.cover[i]), s.bare || n.bare[i]
				}
				for _, w := range a.words.strings() {
					s.isCue = s.isCue || isCue(w)
				}
				if s.isCue { // a negation counts by those around it
					s.cover = n.cover[first-n.unit.First]
					if cueAt(n.text.Tokens[n.unit.First:n.unit.End], first-n.unit.First) > 0 {
						s.cover--
					}
					s.pol = affirmed
					if s.cover > 0 {
						s.pol = negated
					}
				}
				out = append(out, s)
				break
			}
		}
	}
	return out
}

// says says that the words from first to end are the words given, with "*" for up to four others of the same clause.
func (n *naive) says(first, end int, words []string) bool {
	if len(words) == 0 {
		return first == end
	}
	if words[0] == "*" {
		for skip := 0; skip <= 4 && first+skip < end; skip++ {
			if skip > 0 && n.text.Tokens[first+skip].Gap&clauseEnd != 0 {
				return false
			}
			if n.says(first+skip, end, words[1:]) {
				return true
			}
		}
		return false
	}
	if words[0][0] == '#' {
		for _, q := range n.text.Quantities(n.unit.First, n.unit.End, nil) {
			if b := n.bounds[words[0]]; q.First == first && q.End == end && b.holds(&q) {
				return len(words) == 1
			}
		}
		return false
	}
	if first >= end {
		return false
	}
	tok := n.text.Tokens[first]
	word := strings.ToLower(n.text.Source[tok.Start:tok.End])
	if folded([]string{word}) != folded(words[:1]) {
		return false
	}
	if len(words) > 1 && words[1] != "*" && first+1 < end && n.text.Tokens[first+1].Gap&phraseEnd != 0 {
		return false
	}
	return n.says(first+1, end, words[1:])
}

// fills are the spans for a slot whose polarity the claim can use.
func (n *naive) fills(slot []use, cueClaim bool) []span {
	var out []span
	for _, a := range slot {
		for _, s := range n.spans(a) {
			s.denied = a.negate
			right := a.negate == (s.pol == negated)
			shared := cueClaim && !a.negate && !s.isCue && s.cover < 2 // with the negation that the claim itself is about
			if right || shared {
				out = append(out, s)
			}
		}
	}
	return out
}

// made says that some choice of spans, one a slot, makes the claim; one slot may be nil: it stands in the context.
func (n *naive) made(slots [][]span) bool {
	var choose func(i int, taken []span) bool
	choose = func(i int, taken []span) bool {
		if i == len(slots) {
			return n.stands(taken)
		}
		if slots[i] == nil {
			return choose(i+1, taken)
		}
		for _, s := range slots[i] {
			overlap := slices.ContainsFunc(taken, func(t span) bool { return t.first < s.end && s.first < t.end })
			if !overlap && choose(i+1, append(slices.Clip(taken), s)) {
				return true
			}
		}
		return false
	}
	return choose(0, nil)
}

// stands says that spans stand as a claim must.
func (n *naive) stands(taken []span) bool {
	list := slices.Clone(taken)
	slices.SortFunc(list, func(a, b span) int { return a.first - b.first })
	bare, weaks, denied, cues := true, 0, false, false
	for i, s := range list {
		bare = bare && s.bare
		weaks += b2i(s.pol == weak)
		denied = denied || s.pol == negated && !s.denied
		cues = cues || s.isCue || s.denied
		if i > 0 && !n.related(list[i-1].end, s.first) {
			return false
		}
	}
	last := list[len(list)-1]
	for _, s := range list {
		if s.end > last.end {
			last = s
		}
	}
	for i := list[0].first + 1; i < last.end; i++ {
		if n.text.Tokens[i].Gap&(lexicon.Semicolon|lexicon.Stop) != 0 {
			cues = false // no negation reaches from one clause to another
		}
	}
	return last.end-list[0].first <= 14 && !bare && weaks < len(list) && (!denied || cues)
}

// related says that the words between two spans relate them; neighbours are related.
func (n *naive) related(end, next int) bool {
	joining := map[string]bool{"and": true, "or": true, "also": true, "plus": true, "etc": true, "both": true, "use": true, "using": true, "uses": true, "used": true}
	word := func(i int) string {
		return strings.ToLower(n.text.Source[n.text.Tokens[i].Start:n.text.Tokens[i].End])
	}
	const apart = lexicon.Comma | lexicon.Divide | lexicon.Pipe | lexicon.Newline | lexicon.Plus | lexicon.Other
	const nothing = lexicon.Hyphen | lexicon.Glued | lexicon.Quote | lexicon.Code
	for i := end; i <= next; i++ {
		if n.text.Tokens[i].Gap&^(apart|nothing) != 0 {
			return true // a mark that says something
		}
	}
	if end == next {
		return n.text.Tokens[next].Gap&apart == 0
	}
	for i := end; i < next; i++ {
		if !joining[word(i)] && !(word(i) == "we" && joining[word(i+1)]) {
			return true
		}
	}
	return false
}

// holdsIn is the whole rule for one claim and one unit.
func (n *naive) holdsIn(r *reading, i int, claim [][]use) bool {
	n.unit = &r.units[i]
	if n.unit.mute || n.unit.First == n.unit.End {
		return false
	}
	cueClaim := false
	for _, slot := range claim {
		for _, a := range slot {
			if a.negate && r.denying {
				return false // where everything is denied, that something is says nothing
			}
			cueClaim = cueClaim || a.negate
			for _, w := range a.words.strings() {
				cueClaim = cueClaim || isCue(w)
			}
		}
	}
	n.read(r, i)
	slots, empty := make([][]span, len(claim)), []int{}
	for s := range claim {
		if slots[s] = n.fills(claim[s], cueClaim); len(slots[s]) == 0 {
			slots[s], empty = nil, append(empty, s)
		}
	}
	if len(empty) == 0 {
		return n.made(slots)
	}
	if len(empty) > 1 || len(claim) == 1 || slices.Contains(n.pol, negated) {
		return false
	}
	for p := n.unit.parent; p >= 0; p = r.units[p].parent {
		above := naive{text: n.text, bounds: n.bounds, unit: &r.units[p]}
		above.read(r, p)
		for _, a := range claim[empty[0]] {
			if !a.negate && slices.ContainsFunc(above.spans(a), func(s span) bool { return s.pol == affirmed }) {
				return n.made(slots)
			}
		}
	}
	return false
}

func (n *naive) read(r *reading, i int) {
	tokens := r.tokens(&r.units[i])
	n.pol, n.cover = polarities(tokens, nil, nil, r.denying)
	n.bare = bareRuns(tokens, r.own, n.text.Quantities(n.unit.First, n.unit.End, nil), n.unit.First, nil)
	for j := range n.pol {
		if r.units[i].trails {
			n.pol[j], n.cover[j] = negated, n.cover[j]+1
		}
	}
}

// chance makes texts and claims of few words, so that they meet.
type chance struct{ *rand.Rand }

func (c chance) of(list ...string) string { return list[c.IntN(len(list))] }

var chanceWords = []string{"river", "table", "garden", "lamps", "stone", "papers", "forest", "bottle", "castle", "winter", "database", "load balancer", "lb", "db", "200 ms", "7 s", "never cold"}

func (c chance) phrase() string {
	w := c.of(chanceWords...)
	switch c.IntN(12) {
	case 0:
		return w + " " + c.of(chanceWords[:10]...)
	case 1:
		return c.of(chanceWords[:10]...) + " * " + c.of(chanceWords[:10]...)
	case 2:
		return "!" + c.of(chanceWords[:10]...)
	case 3:
		return "never " + c.of(chanceWords[:10]...)
	case 4:
		return "#time ..1s"
	}
	return strings.TrimLeft(strings.NewReplacer("200 ms", "river", "7 s", "stone").Replace(w), " ")
}

func (c chance) claim() string {
	var slots []string
	for range 1 + c.IntN(3) {
		var alts []string
		for range 1 + c.IntN(3) {
			alts = append(alts, c.phrase())
		}
		slots = append(slots, strings.Join(alts, " | "))
	}
	return strings.Join(slots, " + ")
}

func (c chance) text() string {
	var b strings.Builder
	for range 1 + c.IntN(5) {
		b.WriteString(c.of("", "- ", "  - ", "# ", "| ", "We ", "No "))
		for range 1 + c.IntN(12) {
			b.WriteString(c.of(chanceWords...))
			if c.IntN(2) == 0 {
				b.WriteString(c.of(" of", " and", " or", " we use", " not", " never", " without", " but", " so", " instead of", " to the", ",", ",", ";", ":", " ->", " =", " (", ")", "-", "/", ". And", " that", " is false"))
			}
			b.WriteString(" ")
		}
		b.WriteString(c.of("\n", "\n", ":\n", "\n\n"))
	}
	return b.String()
}

func TestAgainstNaiveMatcher(t *testing.T) {
	rounds, made := 600, 0
	for seed := range uint64(rounds) {
		c := chance{rand.New(rand.NewPCG(seed, 1))}
		var claims []string
		for range 12 {
			if say := c.claim(); sound(say) {
				claims = append(claims, say)
			}
		}
		s, _ := Compile(one(claims...))
		text := c.text()
		r := s.readExample([]Answer{{Text: text}})
		n := &naive{text: &r.texts[0], bounds: map[string]bound{}}
		for i, say := range claims {
			slots, _ := parsed(say, nil)
			for s := range slots {
				for a := range slots[s] {
					for _, w := range slots[s][a].words.strings() {
						if w[0] == '#' {
							n.bounds[w], _ = parseBound(w)
						}
					}
				}
			}
			for u := range r.units {
				want := n.holdsIn(r, u, slots)
				got := slices.ContainsFunc(r.holds, func(h hold) bool { return int(h.claim) == i && int(h.unit) == u })
				made += b2i(want)
				if got != want {
					t.Errorf("seed %d: %q in %q: engine %v, naive matcher %v", seed, say, text[r.units[u].From:r.units[u].To], got, want)
				}
			}
		}
		r.release()
		if t.Failed() {
			return
		}
	}
	if made < rounds/2 {
		t.Errorf("only %d claims hold in %d texts: the texts are too poor a test", made, rounds)
	}
}

// sound says that a claim compiles.
func sound(say string) bool {
	_, problems := Compile(one(say))
	return len(problems) == 0
}

// proper fails unless a grade is as every grade must be.
func proper(t *testing.T, answers []Answer, g *Grade) {
	t.Helper()
	within := func(what string, answer, start, end int) string {
		if answer < 0 || answer >= len(answers) || start < 0 || end > len(answers[answer].Text) || start > end {
			t.Fatalf("%s: %d:%d-%d lies outside the answers", what, answer, start, end)
		}
		return answers[answer].Text[start:end]
	}
	points := 0.0
	for _, m := range g.Marks {
		points += m.Points
		support := false
		for _, e := range m.Evidence {
			if q := within(m.Criterion, e.Answer, e.Start, e.End); q != e.Quote {
				t.Fatalf("%s quotes %q, its span is %q", m.Criterion, e.Quote, q)
			}
			support = support || !e.Against
		}
		if (m.Points > 0) != support {
			t.Fatalf("%s: %v points, evidence %+v", m.Criterion, m.Points, m.Evidence)
		}
		if m.Points < 0 || m.Points > m.Max || (m.Points > 0) != (m.Level != "") {
			t.Fatalf("%s: %v of %v points for level %q", m.Criterion, m.Points, m.Max, m.Level)
		}
	}
	if d := points - g.Points; d > 1e-6 || d < -1e-6 || g.Points > g.Max || g.Max > g.Possible {
		t.Fatalf("%v points in all, %v of %v of %v said", points, g.Points, g.Max, g.Possible)
	}
	for _, s := range g.Screens {
		within(s.Why, s.Answer, s.Start, s.End)
	}
}

func FuzzGrade(f *testing.F) {
	files, _ := filepath.Glob("testdata/answers/*/*.md")
	for _, name := range files {
		if text, err := os.ReadFile(name); err == nil {
			f.Add(string(text))
		}
	}
	f.Add("```mermaid\nflowchart LR\n a[ --> b\n```\n- 62^7 ≈ 3.5T; 100M/month / 2.6M s ≈ 40/s\xff**\n> not never no")
	var sheets []*Sheet
	for _, id := range closelyRead {
		it, err := builtin().Item(id)
		if err != nil {
			f.Fatal(err)
		}
		s, _ := Compile(it)
		sheets = append(sheets, s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := sheets[len(text)%len(sheets)]
		a, base := Split(text, s.item.Framework.Phases)
		for i := range a {
			if !strings.HasPrefix(text[base[i]:], a[i].Text) {
				t.Fatalf("answer %d does not stand at %d", i, base[i])
			}
		}
		g := s.Grade(a)
		proper(t, a, &g)
		if again := s.Grade(a); !reflect.DeepEqual(g, again) {
			t.Fatal("graded twice, two grades")
		}
	})
}

func TestOrderOfCriteriaIsIrrelevant(t *testing.T) {
	closely(t, func(s *subject) {
		want := s.marksOf(s.sheet)
		for seed := range uint64(10) {
			it := *s.item
			it.Criteria = slices.Clone(it.Criteria)
			seeded(seed).Shuffle(len(it.Criteria), func(i, j int) { it.Criteria[i], it.Criteria[j] = it.Criteria[j], it.Criteria[i] })
			sheet, _ := Compile(&it)
			if got := s.marksOf(sheet); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: another order of criteria gives another grade", s.id)
			}
		}
	})
}

// marksOf grades every text and keeps what must not depend on the order of the criteria.
func (s *subject) marksOf(sheet *Sheet) map[string]Mark {
	out := map[string]Mark{}
	for name, text := range s.texts {
		a, _ := Split(text, s.item.Framework.Phases)
		g := sheet.Grade(a)
		for _, m := range g.Marks {
			out[name+" "+m.Criterion] = m
		}
		out[name] = Mark{Level: g.Level, Points: g.Points, Max: g.Max}
	}
	return out
}

// TestSameBytes grades GRADINGS times, 10,000 if it is not set, alone and side by side, and compares the bytes.
func TestSameBytes(t *testing.T) {
	times := 10_000
	if n, err := strconv.Atoi(os.Getenv("GRADINGS")); err == nil {
		times = n
	}
	closely(t, func(s *subject) {
		a, _ := Split(s.strong(), s.item.Framework.Phases)
		grade := func() string {
			g := s.sheet.Grade(a)
			b, err := json.Marshal(g)
			if err != nil {
				t.Error(err)
			}
			return string(b)
		}
		want := grade()
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
		for _, procs := range []int{1, 8} {
			runtime.GOMAXPROCS(procs)
			var wg sync.WaitGroup
			for range procs {
				wg.Go(func() {
					for range times / len(closelyRead) / 2 / procs {
						if got := grade(); got != want {
							t.Errorf("%s: with %d processors other bytes", s.id, procs)
							return
						}
					}
				})
			}
			wg.Wait()
		}
		sheet, _ := Compile(s.item)
		fresh := sheet.Grade(a)
		if b, _ := json.Marshal(fresh); string(b) != want {
			t.Errorf("%s: compiled again, other bytes", s.id)
		}
	})
}

// worst are texts that were found to cost most, and kinds that might.
func worst(strong string) map[string]string {
	line := strings.Join(strings.Fields(strong), " ")
	var fresh, deep strings.Builder
	r := seeded(1)
	for fresh.Len() < 1<<20 {
		fmt.Fprintf(&fresh, "%c%c%c%c%c%c%c ", 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26))
	}
	for i := 0; deep.Len() < 1<<20; i++ {
		deep.WriteString(strings.Repeat(" ", i%3000) + "- cache\n")
	}
	return map[string]string{
		"answers": strong, "one line": line, "no stops": strings.NewReplacer(".", "", ",", "").Replace(line), "no spaces": strings.ReplaceAll(line, " ", ""),
		"digits": "7", "numbers": "301 302 ", "grouped": "1,000,000 ", "powers": "2²", "sums": "40 * 100 = 4,000 ", "chain of sums": "4 = 4 = ", "plus": "40 + ",
		"units": "2 months * 3 days * 4 GB/s = 40% * 7 days * 3 years = ", "rates": "5 million per second a day ",
		"bullets": "- cache\n", "empty bullets": "- \n", "nested": "  - a\n", "deep": deep.String(), "dashes": "-", "one word": "redirect ", "one word a line": "redirect\n",
		"arrows": "client -> lb -> db\n", "arrows in a line": "client -> lb ", "arrow heads": "->", "mermaid": "```mermaid\nflowchart LR\n a --> b\n```\n",
		"open mermaid": "```mermaid\nflowchart LR\n", "open d2": "a -> b: {\n", "fences": "```\n", "backticks": "`", "hashes": "#", "headings": "# a\n", "lead-ins": "a:\n",
		"colons": ":", "stops": ". ", "dots": ".", "newlines": "\n", "parens": "(", "quotes": "> a\n", "tables": "| a | b |\n", "bold": "**a** ", "bold lines": "**a**\n",
		"cjk": "短い网址", "accents": "éèàü", "broken bytes": "\xff\xfe", "humps": "shortCodeLong", "typing errors": "redirct codde shortner ", "new words": fresh.String(),
		"not": "not ", "clauses denied": "we do not cache the redirect; ", "and or": "and or ", "capitals": "A. B. ", "list": "code, click, url, ", "list of claims": "collision retry, counter range; ",
	}
}

// TestNoTextIsSlow holds 1 MB of anything to a time that only more than linear work would take on a busy machine. With
// LONG set it holds 1 MB to .3 s and 10 MB to 3 s, which a quiet one keeps.
func TestNoTextIsSlow(t *testing.T) {
	if underRace {
		t.Skip("the race detector takes the time")
	}
	quiet := os.Getenv("LONG") != ""
	most := 2.0
	if quiet {
		most = .3
	}
	closely(t, func(s *subject) {
		if s.id != closelyRead[0] && !quiet {
			s.Skip("one prompt will do")
		}
		texts := worst(s.strong())
		for _, kind := range sortedKeys(texts) {
			if took := s.seconds(texts[kind], 1<<20, most); took > most {
				s.Errorf("%s: 1 MB of %s takes %.2f s", s.id, kind, took)
			}
			if quiet {
				if took := s.seconds(texts[kind], 10<<20, 3); took > 3 {
					s.Errorf("%s: 10 MB of %s take %.2f s", s.id, kind, took)
				}
			}
		}
	})
}

// seconds is the least time of three tries to grade n bytes of a text again and again; one below enough will do.
func (s *subject) seconds(text string, n int, enough float64) float64 {
	long := strings.Repeat(text, n/len(text)+1)[:n]
	least := math.Inf(1)
	for range 3 {
		start := time.Now()
		a, _ := Split(long, s.item.Framework.Phases)
		s.sheet.Grade(a)
		if least = min(least, time.Since(start).Seconds()); least <= enough {
			break
		}
	}
	return least
}

// parsed reads a claim with every name put in.
func parsed(source string, vocab map[string]string) ([][]use, *mistake) {
	slots, err := newParser(vocab, nil, 64).claim(source)
	for i := range slots {
		slots[i] = ways(slots[i])
	}
	return slots, err
}

func folded(words []string) string { return strings.Join(lexicon.NewPhrase(words).Folded, " ") }
