package grade

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"interview/internal/bank"
	"interview/internal/lexicon"
)

// An attack makes a text that deserves little from what an attacker may know: the rubric, or a good answer.

// saidTerms are the alternatives of all claims, by criterion, with numbers put for quantities.
func saidTerms(it *bank.Item) [][]string {
	var out [][]string
	for i := range it.Criteria {
		c := &it.Criteria[i]
		seen := map[string]bool{}
		var list []string
		for _, l := range c.Levels {
			for _, say := range l.Say {
				slots, err := parsed(say, c.Vocab())
				if err != nil {
					continue
				}
				for _, s := range slots {
					for _, a := range s {
						if t := spoken(a); !seen[t] {
							seen[t] = true
							list = append(list, t)
						}
					}
				}
			}
		}
		out = append(out, list)
	}
	return out
}

// spoken is an alternative as one would say it.
func spoken(a use) string {
	var out []string
	for _, w := range a.words.strings() {
		switch {
		case w == "*":
			out = append(out, "the")
		case w == "#calc":
			out = append(out, "40 * 100 = 4,000")
		case w[0] == '#':
			out = append(out, sample(w))
		default:
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// sample is a quantity inside a bound.
func sample(field string) string {
	b, err := parseBound(field)
	if err != nil {
		return "7"
	}
	v := b.low
	if v == 0 {
		v = b.high
	}
	if v <= 0 || v > 1e200 {
		v = 100
	}
	if b.period > 0 {
		return fmt.Sprintf("%.0f per %s", v, field[strings.LastIndex(field, " ")+1:])
	}
	unit := map[lexicon.Measure]string{lexicon.Rate: "/s", lexicon.Bytes: " bytes", lexicon.Time: " s", lexicon.Percent: "%", lexicon.Ratio: ":1", lexicon.Bitrate: " bps"}[b.measure]
	return strings.TrimSuffix(fmt.Sprintf("%.3f", v), ".000") + unit
}

func flat(list [][]string) []string { return slices.Concat(list...) }

// grammar makes sentence frames with holes.
type grammar struct{ r *rand.Rand }

func (g grammar) pick(words ...string) string { return words[g.r.IntN(len(words))] }

// frame is a sentence pattern with n holes, "%s".
func (g grammar) frame(n int) string {
	subject := g.pick("we", "the system", "the design", "our service", "this part", "the team", "I", "the solution", "the platform", "everyone")
	verb := g.pick("uses", "needs", "handles", "supports", "provides", "considers", "relies on", "ensures", "brings", "covers", "includes", "applies", "is built around", "takes care of")
	link := g.pick("and", "with", "for", "to get", "so that there is", "which gives", "together with", "because of", "in order to reach", "and therefore", "by means of", "on top of", "while keeping", "as well as", "next to")
	tail := g.pick("", " in the design", " at scale", " for robustness", " as needed", " where it matters", " from the start", " in every case", " under load", " for our users")
	holes := make([]string, n)
	for i := range holes {
		holes[i] = "%s"
	}
	sentence := subject + " " + verb + " " + strings.Join(holes, " "+link+" ") + tail
	if g.r.IntN(3) == 0 {
		sentence = g.pick("here", "in addition", "moreover", "clearly", "for this", "at this point", "of course") + ", " + sentence
	}
	return strings.ToUpper(sentence[:1]) + sentence[1:] + "."
}

func fill(frame string, words []string) string {
	for _, w := range words {
		frame = strings.Replace(frame, "%s", w, 1)
	}
	return frame
}

// framesOf puts terms into the given frames, two or three each, in random order.
func framesOf(terms []string, frames []string, r *rand.Rand) string {
	terms = slices.Clone(terms)
	r.Shuffle(len(terms), func(i, j int) { terms[i], terms[j] = terms[j], terms[i] })
	var b strings.Builder
	for len(terms) > 0 {
		f := frames[r.IntN(len(frames))]
		n := min(strings.Count(f, "%s"), len(terms))
		for strings.Count(f, "%s") > n {
			f = strings.Replace(f, "%s", "it", 1)
		}
		b.WriteString(fill(f, terms[:n]) + " ")
		terms = terms[n:]
	}
	return b.String()
}

// cheat writes a fluent sentence for every claim of the rubric, criterion by criterion, under the right headings.
func cheat(it *bank.Item, r *rand.Rand) string {
	g := grammar{r}
	var b strings.Builder
	for _, p := range it.Framework.Phases {
		fmt.Fprintf(&b, "## %s\n", p.Title)
		for i := range it.Criteria {
			c := &it.Criteria[i]
			if c.Phase != p.ID {
				continue
			}
			for _, l := range c.Levels {
				for _, say := range l.Say {
					slots, err := parsed(say, c.Vocab())
					if err != nil {
						continue
					}
					var words []string
					for _, s := range slots {
						words = append(words, spoken(s[r.IntN(len(s))]))
					}
					b.WriteString(fill(g.frame(len(words)), words) + " ")
				}
			}
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

var sentence = regexp.MustCompile(`(?m)^(\s*(?:[-*] |\d+\. )?)([^\n#|][^\n]*)$`)

// eachSentence rewrites every sentence and bullet of a Markdown text.
func eachSentence(text string, f func(string) string) string {
	fence := false
	var out []string
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fence = !fence
		}
		m := sentence.FindStringSubmatch(line)
		if fence || m == nil || strings.HasPrefix(strings.TrimSpace(line), "```") || strings.TrimSpace(line) == "" {
			out = append(out, line)
			continue
		}
		parts := splitSentences(m[2])
		for i := range parts {
			parts[i] = f(parts[i])
		}
		out = append(out, m[1]+strings.Join(parts, " "))
	}
	return strings.Join(out, "\n")
}

var sentenceEnd = regexp.MustCompile(`([.!?;]) +(\S)`)

func splitSentences(s string) []string {
	return strings.Split(sentenceEnd.ReplaceAllString(s, "$1\n$2"), "\n")
}

func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

func negate(text string, way int) string {
	return eachSentence(text, func(s string) string {
		switch way {
		case 0:
			return "We do not " + lowerFirst(s)
		case 1:
			return "It is not true that " + lowerFirst(s)
		case 2:
			return "Never " + lowerFirst(s)
		default:
			return strings.TrimRight(s, ".!? ") + " is wrong."
		}
	})
}

var wordRE = regexp.MustCompile(`[A-Za-z]{2,}`)

func typos(text string, part float64, r *rand.Rand) string {
	return wordRE.ReplaceAllStringFunc(text, func(w string) string {
		if r.Float64() >= part || len(w) < 4 {
			return w
		}
		b := []byte(w)
		i := 1 + r.IntN(len(b)-2)
		switch r.IntN(3) {
		case 0:
			b[i], b[i+1] = b[i+1], b[i]
		case 1:
			b = slices.Delete(b, i, i+1)
		default:
			b = slices.Insert(b, i, b[i])
		}
		return string(b)
	})
}

// shuffleWords puts the words of each line in random order.
func shuffleWords(text string, r *rand.Rand) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, "#") {
			continue
		}
		f := strings.Fields(l)
		r.Shuffle(len(f), func(a, b int) { f[a], f[b] = f[b], f[a] })
		lines[i] = strings.Join(f, " ")
	}
	return strings.Join(lines, "\n")
}

// shuffleLines puts the lines of each section in random order, nested ones with their parent.
func shuffleLines(text string, r *rand.Rand) string {
	var out, block []string
	flush := func() {
		r.Shuffle(len(block), func(a, b int) { block[a], block[b] = block[b], block[a] })
		out = append(out, block...)
		block = nil
	}
	fence := false
	for _, l := range strings.Split(text, "\n") {
		mark := strings.HasPrefix(strings.TrimSpace(l), "```")
		switch {
		case mark || fence:
			if mark {
				fence = !fence
			}
			flush()
			out = append(out, l)
		case strings.HasPrefix(l, "#") || strings.TrimSpace(l) == "" || strings.HasSuffix(l, ":"):
			flush()
			out = append(out, l)
		case strings.HasPrefix(l, " ") && len(block) > 0:
			block[len(block)-1] += "\n" + l
		default:
			block = append(block, l)
		}
	}
	flush()
	return strings.Join(out, "\n")
}

var numberRE = regexp.MustCompile(`\d+(?:[.,]\d+)*`)

// changeNumbers multiplies every number by something between 3 and 300, or divides it.
func changeNumbers(text string, r *rand.Rand) string {
	return numberRE.ReplaceAllStringFunc(text, func(n string) string {
		var v float64
		fmt.Sscanf(strings.ReplaceAll(n, ",", ""), "%g", &v)
		f := []float64{3, 7, 20, 50, 300}[r.IntN(5)]
		if r.IntN(2) == 0 && v > 50 {
			return fmt.Sprintf("%.0f", v/f)
		}
		return fmt.Sprintf("%.0f", v*f)
	})
}

// swapOpposites puts each word that has an opposite in its opposite, wherever it stands.
func swapOpposites(text string) string {
	return regexp.MustCompile(`[A-Za-z0-9]+`).ReplaceAllStringFunc(text, func(w string) string {
		if o := lexicon.Opposites(strings.ToLower(w)); len(o) > 0 {
			return o[0]
		}
		return w
	})
}

// template is the answer sheet with nothing in it.
func template(it *bank.Item) string {
	var b strings.Builder
	for _, p := range it.Framework.Phases {
		fmt.Fprintf(&b, "## %s\n\n", p.Title)
		for _, part := range p.Parts {
			fmt.Fprintf(&b, "### %s\n- \n- ...\n", part)
		}
		b.WriteString("- \n- TODO\n\n")
	}
	return b.String()
}

// echo repeats all that the interviewer says.
func echo(it *bank.Item) string {
	var b strings.Builder
	b.WriteString(it.Prompt.Ask + "\n")
	for _, f := range it.Prompt.Facts {
		b.WriteString("- " + f.Says + "\n")
	}
	for _, p := range it.Framework.Phases {
		b.WriteString(p.Ask + "\n")
	}
	return b.String()
}

type attackRow struct {
	name  string
	texts []string // one per seed
	over  bool     // a multiple of the strong answer's score; else absolute
	floor float64  // the mean may not be higher (or lower, where atLeast)
	worst float64  // nor the highest
	least bool
}

// attacks on one prompt.
func attacks(it *bank.Item, strong string, others map[string]string, chosen []uint64) []attackRow {
	terms := saidTerms(it)
	all := flat(terms)
	seeds := func(f func(r *rand.Rand) string) []string {
		var out []string
		for _, s := range chosen {
			out = append(out, f(seeded(s)))
		}
		return out
	}
	half := func(r *rand.Rand) []string {
		h := slices.Clone(all)
		r.Shuffle(len(h), func(i, j int) { h[i], h[j] = h[j], h[i] })
		return h[:len(h)/2]
	}
	frames := func(r *rand.Rand, n int) []string {
		var out []string
		for range n {
			out = append(out, grammar{r}.frame(2+r.IntN(2)))
		}
		return out
	}
	var otherTexts []string
	for _, id := range sortedKeys(others) {
		otherTexts = append(otherTexts, others[id])
	}
	return []attackRow{
		{name: "terms as a list", texts: []string{strings.Join(all, ", ")}, floor: 0},
		{name: "terms as a line of words", texts: []string{strings.Join(all, " ")}, floor: 0},
		{name: "terms as bullets", texts: []string{"- " + strings.Join(all, "\n- ")}, floor: 0},
		{name: "terms as bullets of three", texts: []string{threes(all)}, floor: 0},
		{name: "terms with arrows", texts: []string{strings.Join(all, " -> ")}, floor: 0},
		{name: "We use X and Y", texts: seeds(func(r *rand.Rand) string { return framesOf(all, []string{"We use %s and %s."}, r) }), floor: 0},
		{name: "five frames", texts: seeds(func(r *rand.Rand) string { return framesOf(all, frames(r, 5), r) }), floor: 0},
		{name: "half the terms, five frames", texts: seeds(func(r *rand.Rand) string { return framesOf(half(r), frames(r, 5), r) }), over: true, floor: .10, worst: .25},
		{name: "half the terms, forty frames", texts: seeds(func(r *rand.Rand) string { return framesOf(half(r), frames(r, 40), r) }), over: true, floor: .10, worst: .25},
		{name: "cheat who read the rubric", texts: seeds(func(r *rand.Rand) string { return cheat(it, r) }), over: true, floor: .25},
		{name: "question and facts echoed", texts: []string{echo(it), it.Prompt.Ask}, floor: 0},
		{name: "empty template", texts: []string{template(it)}, floor: 0},
		{name: "We do not …", texts: []string{negate(strong, 0)}, over: true, floor: .10},
		{name: "It is not true that …", texts: []string{negate(strong, 1)}, over: true, floor: .10},
		{name: "Never …", texts: []string{negate(strong, 2)}, over: true, floor: .10},
		{name: "… is wrong", texts: []string{negate(strong, 3)}, over: true, floor: .10},
		{name: "typos in 15 % of words", texts: seeds(func(r *rand.Rand) string { return typos(strong, .15, r) }), over: true, floor: .98, least: true},
		{name: "words shuffled", texts: seeds(func(r *rand.Rand) string { return shuffleWords(strong, r) }), over: true, floor: .5},
		{name: "lines shuffled in a section", texts: seeds(func(r *rand.Rand) string { return shuffleLines(strong, r) }), over: true, floor: .99, least: true},
		{name: "numbers changed", texts: seeds(func(r *rand.Rand) string { return changeNumbers(strong, r) }), over: true, floor: 1},
		{name: "opposites by table", texts: []string{swapOpposites(strong)}, over: true, floor: .7},
		{name: "other prompts' answers", texts: otherTexts, over: true, floor: 1 / 1.5, worst: 1 / 1.5},
	}
}

func threes(all []string) string {
	var b strings.Builder
	for len(all) > 0 {
		n := min(3, len(all))
		b.WriteString("- " + strings.Join(all[:n], " ") + "\n")
		all = all[n:]
	}
	return b.String()
}

func sortedKeys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// answersOf reads a kind of answer for each prompt that has one.
func answersOf(dir, kind string) map[string]string {
	out := map[string]string{}
	entries, _ := os.ReadDir("testdata/" + dir)
	for _, e := range entries {
		if text, err := os.ReadFile("testdata/" + dir + "/" + e.Name() + "/" + kind + ".md"); err == nil {
			out[e.Name()] = string(text)
		}
	}
	return out
}

func (s *Sheet) score(text string) float64 {
	a, _ := Split(text, s.item.Framework.Phases)
	g := s.Grade(a)
	return g.Score()
}

// TestAttackTable prints what each attack earns; -v shows it.
func TestAttackTable(t *testing.T) {
	if underRace || !testing.Verbose() {
		t.Skip("it asserts nothing: run it with -v to read the table")
	}
	b := builtin()
	strong := answersOf("answers", "strong")
	for _, id := range sortedKeys(strong) {
		it, err := b.Item(id)
		if err != nil {
			continue
		}
		s, _ := Compile(it)
		own := s.score(strong[id])
		others := map[string]string{}
		for k, v := range strong {
			if k != id {
				others[k] = v
			}
		}
		t.Logf("%s: strong %.3f", id, own)
		for _, row := range attacks(it, strong[id], others, []uint64{1, 2, 3, 4, 5}) {
			sum, worst := 0.0, 0.0
			for _, text := range row.texts {
				v := s.score(text)
				if row.over {
					v /= own
				}
				sum += v
				worst = max(worst, v)
			}
			t.Logf("  %-32s mean %.3f  worst %.3f   floor %.2f", row.name, sum/float64(len(row.texts)), worst, row.floor)
		}
	}
}
