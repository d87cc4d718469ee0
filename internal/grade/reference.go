package grade

import (
	"slices"
	"strings"

	"interview/internal/lexicon"
)

// Grading against a model answer, with no rubric: how many of the content words of the reference the answer meets.
// The constants were measured against human graders on short answers of university courses (Mohler et al. 2011); ranking
// within a question hardly depends on them, the absolute mark does, so show bands.
const (
	saturation       = .3 // of the recall counts as much as half of full marks: people do not ask for every word
	questionPart     = .2 // what a word that stands in the question is worth
	similar          = .5 // trigram overlap from which two stems may be the same word
	typoCredit       = .9
	paraphraseCredit = .3
)

// ReferenceGrade is the grade of an answer against a model answer.
type ReferenceGrade struct {
	Score   float64 // 0..1
	Clauses []ClauseMark
}

// ClauseMark says how far one clause of the model answer is met, and by what.
type ClauseMark struct {
	Text     string
	Points   float64 // 0..1
	Evidence []Evidence
	Sought   string // the words not met, "" if all are
}

// Reference is a compiled model answer; several are alternatives and the best counts.
type Reference struct {
	question map[string]bool // stems
	runs     map[uint64]bool // of echoWords words of the question
	models   []model
}

// model is one model answer.
type model struct {
	text    string
	words   []refWord // distinct stems, in the order of the text
	clauses []clause
	weight  float64
	asks    bool // every stem stands in the question
	wording wording
}

type refWord struct {
	stem, surface string
	polar         [2]bool // stands affirmed, stands negated
	common        bool    // in the list of common English words
	weight        float64
	groups        []int // see lexicon.Paraphrases
}

type clause struct {
	start, end int // bytes
	words      []int
}

// CompileReference prepares model answers to a question, which may be empty.
func CompileReference(question string, models ...string) *Reference {
	r := &Reference{question: map[string]bool{}, runs: map[uint64]bool{}}
	q := contentTokens(question)
	for _, t := range q {
		r.question[t.stem] = true
	}
	for i := 0; i+echoWords <= len(q); i++ {
		r.runs[stemRun(q[i:i+echoWords])] = true
	}
	for _, text := range models {
		r.models = append(r.models, r.compile(text))
	}
	return r
}

// echoWords is the length of a run of content words that, standing in the question too, is not the answer's own.
const echoWords = 5

func stemRun(tokens []refToken) uint64 {
	h := uint64(14695981039346656037)
	for _, t := range tokens {
		for i := range len(t.stem) {
			h = (h ^ uint64(t.stem[i])) * 1099511628211
		}
		h = (h ^ ' ') * 1099511628211
	}
	return h
}

// refToken is a content word of a text.
type refToken struct {
	stem, surface string
	start, end    int
	negated       bool // one of the two words of content behind a negation in its clause
}

func contentTokens(text string) []refToken {
	t := lexicon.Read(text, nil)
	var out []refToken
	reach := 0 // words that the last negation still turns
	for _, tok := range t.Tokens {
		if tok.Gap&clauseMarks != 0 || tok.Function != 0 && roles()[tok.Function]&ender != 0 {
			reach = 0
		}
		if tok.Function != 0 && roles()[tok.Function]&cue != 0 {
			reach = negatedWords
		}
		surface := strings.ToLower(text[tok.Start:tok.End])
		if tok.Function != 0 && !keptStops[surface] {
			continue
		}
		out = append(out, refToken{string(lexicon.Stem([]byte(surface))), surface, int(tok.Start), int(tok.End), reach > 0 && tok.Function == 0})
		if tok.Function == 0 {
			reach--
		}
	}
	return out
}

// negatedWords is how many words of content a negation turns.
const negatedWords = 2

const clauseMarks = lexicon.Semicolon | lexicon.Colon | lexicon.Stop | lexicon.Newline | lexicon.Comma

// keptStops are the words of grammar that say something of their own.
var keptStops = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("not never first last same less once before after one until while") {
		m[w] = true
	}
	return m
}()

func (r *Reference) compile(text string) model {
	m := model{text: text, asks: true, wording: wordingOf(text)}
	index := map[string]int{}
	for _, c := range clausesOf(text) {
		cl := clause{start: c[0], end: c[1]}
		for _, t := range contentTokens(text[c[0]:c[1]]) {
			i, ok := index[t.stem]
			if !ok {
				i = len(m.words)
				index[t.stem] = i
				w := refWord{stem: t.stem, surface: t.surface, common: lexicon.English([]byte(t.surface)), weight: 1, groups: lexicon.Paraphrases(t.stem)}
				if r.question[t.stem] {
					w.weight = questionPart
				} else {
					m.asks = false
				}
				m.words = append(m.words, w)
				m.weight += w.weight
			}
			m.words[i].polar[b2i(t.negated)] = true
			cl.words = append(cl.words, i)
		}
		if len(cl.words) > 0 {
			m.clauses = append(m.clauses, cl)
		}
	}
	return m
}

// clausesOf splits a model answer at the ends of sentences, at semicolons and lines, and at commas of longer parts.
func clausesOf(text string) [][2]int {
	var out [][2]int
	start := 0
	cut := func(i int) {
		a, b := start, i
		for a < b && strings.IndexByte(" \t\r\n.,;:-*", text[a]) >= 0 {
			a++
		}
		for b > a && strings.IndexByte(" \t\r\n.,;:", text[b-1]) >= 0 {
			b--
		}
		if b > a {
			out = append(out, [2]int{a, b})
		}
		start = i
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\n' || c == ';':
			cut(i)
		case (c == '.' || c == '!' || c == '?') && (i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\n'):
			cut(i)
		}
	}
	cut(len(text))
	return out
}

// answerWord is a distinct stem of an answer.
type answerWord struct {
	refToken
	polar      [2]bool
	common     bool
	groups     []int
	inQuestion bool
}

// Grade holds an answer against the model answers.
func (r *Reference) Grade(answer string) ReferenceGrade {
	tokens := r.withoutEcho(contentTokens(answer))
	words := distinct(tokens)
	for i := range words {
		words[i].inQuestion = r.question[words[i].stem]
	}
	best, w := ReferenceGrade{}, wordingOf(answer)
	for i := range r.models {
		g := r.models[i].grade(r, answer, words, w)
		if i == 0 || g.Score > best.Score {
			best = g
		}
	}
	return best
}

// withoutEcho drops the runs of words that stand in the question too.
func (r *Reference) withoutEcho(tokens []refToken) []refToken {
	if len(r.runs) == 0 {
		return tokens
	}
	echo := make([]bool, len(tokens))
	some := false
	for i := 0; i+echoWords <= len(tokens); i++ {
		if r.runs[stemRun(tokens[i:i+echoWords])] {
			some = true
			for j := i; j < i+echoWords; j++ {
				echo[j] = true
			}
		}
	}
	if !some {
		return tokens
	}
	var out []refToken
	for i, t := range tokens {
		if !echo[i] {
			out = append(out, t)
		}
	}
	return out
}

func distinct(tokens []refToken) []answerWord {
	seen := map[string]int{}
	var out []answerWord
	for _, t := range tokens {
		i, ok := seen[t.stem]
		if !ok {
			i = len(out)
			seen[t.stem] = i
			out = append(out, answerWord{refToken: t, common: lexicon.English([]byte(t.surface)), groups: lexicon.Paraphrases(t.stem)})
		}
		out[i].polar[b2i(t.negated)] = true
	}
	return out
}

// grade sums the best match of each word of the model answer.
func (m *model) grade(r *Reference, answer string, words []answerWord, w wording) ReferenceGrade {
	own := false
	for _, w := range words {
		own = own || !r.question[w.stem]
	}
	g := ReferenceGrade{}
	match := make([]float64, len(m.words))
	by := make([]int, len(m.words))
	back := make([]float64, len(words)) // the best match of each word of the answer
	total := 0.0
	for i := range m.words {
		by[i] = -1
		for j := range words {
			v := alike(&m.words[i], &words[j])
			if back[j] = max(back[j], v); v > match[i] {
				match[i], by[i] = v, j
			}
		}
		total += m.words[i].weight * match[i]
	}
	if m.weight > 0 && (own || m.asks) {
		g.Score = saturate(total / m.weight)
		if m.clash(words, match, by) >= clashLeast*m.weight {
			g.Score *= clashFactor
		}
		g.Score *= w.guard(mean(back), m.wording)
	}
	for _, c := range m.clauses {
		g.Clauses = append(g.Clauses, m.clause(c, answer, words, match, by))
	}
	return g
}

func mean(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v
	}
	return sum / float64(max(1, len(list)))
}

// saturate lifts the middle: h·(1+τ)/(h+τ), 0 at 0 and 1 at 1.
func saturate(h float64) float64 { return h * (1 + saturation) / (h + saturation) }

func (m *model) clause(c clause, answer string, words []answerWord, match []float64, by []int) ClauseMark {
	mark := ClauseMark{Text: m.text[c.start:c.end]}
	weight, got := 0.0, 0.0
	var missing []string
	for _, i := range c.words {
		w := &m.words[i]
		weight += w.weight
		got += w.weight * match[i]
		if match[i] == 0 {
			missing = append(missing, w.surface)
			continue
		}
		a := words[by[i]]
		mark.Evidence = append(mark.Evidence, Evidence{Start: a.start, End: a.end, Quote: answer[a.start:a.end]})
	}
	if weight > 0 {
		mark.Points = got / weight
	}
	mark.Sought = strings.Join(missing, " ")
	return mark
}

// alike says how far a word of an answer is a word of the reference: 1 for one stem, less for a typing error or a
// related form, 0 for another word.
func alike(r *refWord, a *answerWord) float64 {
	if r.stem == a.stem {
		return 1
	}
	n, k := len(r.stem), len(a.stem)
	if n >= 4 && k >= 4 && (r.stem[0] == a.stem[0] || r.stem[n-1] == a.stem[k-1]) {
		if j := trigrams(r.stem, a.stem); j >= similar {
			return j
		}
	}
	if (!r.common || !a.common) && (n >= 5 && k >= 5 && lexicon.OneEdit(r.stem, a.stem) || len(r.surface) >= 5 && len(a.surface) >= 5 && lexicon.OneEdit(r.surface, a.surface)) {
		return typoCredit
	}
	for _, g := range r.groups {
		if r.weight < 1 || a.inQuestion {
			break
		}
		if slices.Contains(a.groups, g) {
			if g < 0 {
				return 1
			}
			return paraphraseCredit
		}
	}
	return 0
}

// trigrams is the Jaccard overlap of the letter triples of two stems with their ends marked.
func trigrams(a, b string) float64 {
	a, b = "^"+a+"$", "^"+b+"$"
	common, na, nb := 0, len(a)-2, len(b)-2
	if na*2 < nb || nb*2 < na {
		return 0
	}
	for i := 0; i < na; i++ {
		if firstAt(a, i) && strings.Contains(b, a[i:i+3]) {
			common++
		}
	}
	union := countTriples(a) + countTriples(b) - common
	return float64(common) / float64(union)
}

// firstAt says that the triple at i stands nowhere before.
func firstAt(s string, i int) bool { return strings.Index(s, s[i:i+3]) == i }

func countTriples(s string) int {
	n := 0
	for i := 0; i+3 <= len(s); i++ {
		if firstAt(s, i) {
			n++
		}
	}
	return n
}

// An answer clashes with the reference where it says a word only with the other polarity, or an opposite in its place.
const (
	clashLeast  = .3 // part of the reference's weight
	clashFactor = .7
)

func (m *model) clash(words []answerWord, match []float64, by []int) float64 {
	mass := 0.0
	for i := range m.words {
		w := &m.words[i]
		if match[i] == 1 {
			if a := &words[by[i]]; w.polar != a.polar && !(w.polar[0] && a.polar[0]) && !(w.polar[1] && a.polar[1]) {
				mass += w.weight
			}
			continue
		}
		if match[i] == 0 && m.opposed(w, words) {
			mass += w.weight
		}
	}
	return mass
}

// opposed says that the answer affirms an opposite of the word which the reference does not use.
func (m *model) opposed(w *refWord, words []answerWord) bool {
	for _, o := range lexicon.Opposites(w.surface) {
		stem := string(lexicon.Stem([]byte(o)))
		if m.has(stem) {
			continue
		}
		for _, a := range words {
			if a.stem == stem && a.polar[0] {
				return true
			}
		}
	}
	return false
}

func (m *model) has(stem string) bool {
	for i := range m.words {
		if m.words[i].stem == stem {
			return true
		}
	}
	return false
}
