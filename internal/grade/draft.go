package grade

import (
	"slices"
	"strings"

	"interview/internal/bank"
	"interview/internal/lexicon"
)

// Draft turns a model answer into a first rubric: a criterion for each of its clauses, slots from the clause's own words
// with their synonyms, and examples made from it. Each criterion is proved before it is kept: its hits earn and its
// misses do not. It is meant to be edited; the words are only those of one author.
func Draft(question, model string, fw bank.Framework) []bank.Criterion {
	answers, _ := Split(model, fw.Phases)
	known := map[string]bool{}
	for _, t := range contentTokens(question) {
		known[t.stem] = true
	}
	var out []bank.Criterion
	taken := map[string]bool{}
	for _, a := range answers {
		phase := a.Phase
		if phase == "" && len(fw.Phases) > 0 {
			phase = fw.Phases[0].ID
		}
		for _, c := range clausesOf(stripMarks(a.Text)) {
			cr, ok := draftCriterion(stripMarks(a.Text)[c[0]:c[1]], phase, known, fw, len(out)%2 == 1)
			if !ok || taken[cr.ID] {
				continue
			}
			taken[cr.ID] = true
			out = append(out, cr)
		}
	}
	return out
}

// stripMarks leaves out headings and code, which make no criteria.
func stripMarks(text string) string {
	var b strings.Builder
	fence := false
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		mark := strings.HasPrefix(trimmed, "```")
		if mark {
			fence = !fence
		}
		if mark || fence || strings.HasPrefix(trimmed, "#") || strings.HasPrefix(trimmed, "|") {
			b.WriteByte('\n')
			continue
		}
		b.WriteString(strings.NewReplacer("**", "", "`", "").Replace(line))
	}
	return b.String()
}

// draftSlots is how many slots a drafted claim may have.
const draftSlots = 3

// draftCriterion makes a criterion of a clause. Title and descriptor do not repeat it: whoever writes the clause would echo
// the rubric. Every other claim is turned round, or the model answer would go through the claims in their own order.
func draftCriterion(clause, phase string, known map[string]bool, fw bank.Framework, turned bool) (bank.Criterion, bool) {
	words := draftWords(clause, known)
	if len(words) < 2 {
		return bank.Criterion{}, false
	}
	words = words[:min(draftSlots, len(words))]
	for ; len(words) >= 2; words = words[:len(words)-1] {
		c := bank.Criterion{
			ID: strings.Join(surfaces(words), "-"), Phase: phase, Title: title(surfaces(words)), Weight: 1,
			Why: "Say here why an interviewer cares.", Probe: "Write here the question that you would ask when this is missing.",
			Levels: []bank.Level{{Name: fw.Ladder[min(1, len(fw.Ladder)-1)], Descriptor: "Says how these belong together: " + strings.Join(surfaces(words), ", ") + ".", Say: []string{draftClaim(words, turned)}, Need: 1}},
			Examples: bank.Examples{
				Hit:  []string{clause, "In short: " + lowerInitial(clause)},
				Miss: []string{"It is not true that " + lowerInitial(clause), strings.Join(surfaces(words), ", ") + ", and so on"},
			},
		}
		if proved(c, fw) {
			return c, true
		}
	}
	return bank.Criterion{}, false
}

// draftWords are the words of a clause that say most: first those that are no common English, then the longer ones, in
// the order of the text.
func draftWords(clause string, known map[string]bool) []refToken {
	var list []refToken
	seen := map[string]bool{}
	for _, t := range contentTokens(clause) {
		if known[t.stem] || seen[t.stem] || t.negated || len(t.surface) < 3 || lexicon.Function(t.surface) || !letters(t.surface) {
			continue
		}
		seen[t.stem] = true
		list = append(list, t)
	}
	slices.SortStableFunc(list, func(a, b refToken) int { return specific(b) - specific(a) })
	list = list[:min(draftSlots, len(list))]
	slices.SortStableFunc(list, func(a, b refToken) int { return a.start - b.start })
	return list
}

func letters(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}

func specific(t refToken) int {
	n := len(t.surface)
	if !lexicon.English([]byte(t.surface)) {
		n += 20
	}
	return n
}

func surfaces(words []refToken) []string {
	var out []string
	for _, w := range words {
		out = append(out, w.surface)
	}
	return out
}

func draftClaim(words []refToken, turned bool) string {
	var slots []string
	used := map[string]bool{}
	for _, w := range words {
		var alts []string
		for _, v := range lexicon.Variants(lexicon.NewPhrase([]string{w.surface})) {
			if key := strings.Join(v.Folded, " "); !used[key] && len(alts) < 6 {
				used[key] = true
				alts = append(alts, strings.Join(v.Words, " "))
			}
		}
		slots = append(slots, strings.Join(alts, " | "))
	}
	if turned {
		slices.Reverse(slots)
	}
	return strings.Join(slots, " + ")
}

func title(words []string) string {
	last := len(words) - 1
	s := strings.Join(words[:last], ", ") + " and " + words[last]
	return strings.ToUpper(s[:1]) + s[1:]
}

func lowerInitial(s string) string {
	if len(s) > 1 && 'A' <= s[0] && s[0] <= 'Z' && 'a' <= s[1] && s[1] <= 'z' {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

// proved says that the criterion compiles, earns its hits and refuses its misses.
func proved(c bank.Criterion, fw bank.Framework) bool {
	it := &bank.Item{Prompt: bank.Prompt{ID: "draft"}, Framework: fw, Criteria: []bank.Criterion{c}}
	s, problems := Compile(it)
	if len(problems) > 0 {
		return false
	}
	for _, hit := range c.Examples.Hit {
		if s.alone(0, hit).Points == 0 {
			return false
		}
	}
	for _, miss := range c.Examples.Miss {
		if s.alone(0, miss).Points > 0 {
			return false
		}
	}
	return true
}
