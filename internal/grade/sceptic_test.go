package grade

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"interview/internal/bank"
	"interview/internal/lexicon"
)

// What a sceptic would hand in: texts that are made from the rubric, from the answer to another question or from one good
// sentence, and say nothing of this one.

// written is the model answer of a prompt under its headings.
func written(it *bank.Item) string {
	var b strings.Builder
	for _, p := range it.Framework.Phases {
		fmt.Fprintf(&b, "## %s\n%s\n", p.Title, it.Prompt.Model[p.ID])
	}
	return b.String()
}

// missed are the examples that a rubric gives of what earns nothing.
func missed(it *bank.Item) (out []string) {
	for i := range it.Criteria {
		out = append(out, it.Criteria[i].Examples.Miss...)
	}
	return out
}

// told are the texts about a criterion that are shown to the candidate.
func told(it *bank.Item, f func(*bank.Criterion) []string) (out []string) {
	for i := range it.Criteria {
		out = append(out, f(&it.Criteria[i])...)
	}
	return out
}

func descriptors(c *bank.Criterion) (out []string) {
	for _, l := range c.Levels {
		out = append(out, l.Descriptor)
	}
	return out
}

// shown are the texts of a rubric that a candidate may have seen, one kind at a time and all together.
func shown(it *bank.Item) [][]string {
	return [][]string{
		told(it, func(c *bank.Criterion) []string { return []string{c.Title} }),
		told(it, func(c *bank.Criterion) []string { return []string{c.Why} }),
		told(it, func(c *bank.Criterion) []string { return []string{c.Probe} }),
		told(it, descriptors),
		append([]string{it.Prompt.Ask}, told(it, descriptors)...),
		told(it, func(c *bank.Criterion) []string { return append([]string{c.Title, c.Why, c.Probe}, descriptors(c)...) }),
	}
}

// dressed is an answer to another question with each concept of that question's topic put in the words of one of this one's.
func dressed(text string, from, to *bank.Item) string {
	for i, concept := range from.Prompt.Topic {
		words := alternativesOf(to.Prompt.Topic[i%len(to.Prompt.Topic)])
		for k, w := range alternativesOf(concept) {
			text = regexp.MustCompile(`(?i)\b`+regexp.QuoteMeta(w)+`\b`).ReplaceAllLiteralString(text, words[k%len(words)])
		}
	}
	return text
}

func alternativesOf(concept string) []string {
	list := strings.Split(concept, "|")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

// depends puts the words of each claim into sentences that decide nothing.
func depends(it *bank.Item, r *rand.Rand) string {
	g := grammar{r}
	var b strings.Builder
	for i := range it.Criteria {
		for _, l := range it.Criteria[i].Levels {
			for _, say := range l.Say {
				slots, err := parsed(say, it.Criteria[i].Vocab())
				if err != nil || len(slots) < 2 {
					continue
				}
				x, y := spoken(slots[0][r.IntN(len(slots[0]))]), spoken(slots[1][r.IntN(len(slots[1]))])
				b.WriteString(fmt.Sprintf(g.pick(
					"It depends on the requirements whether %s or %s fits better. ",
					"One could think about %s, or maybe about %s; both have advantages and drawbacks. ",
					"Depending on the scale, %s might matter more than %s. ",
					"There are trade-offs between %s and %s that need to be discussed with the stakeholders. ",
					"Whether %s goes with %s is a question of the use case. ",
					"We should look into %s and see if %s helps, it depends. "), x, y))
			}
		}
	}
	return b.String()
}

// richest is the unit of a text that makes most claims.
func (s *subject) richest(text string) string {
	a, _ := Split(text, s.item.Framework.Phases)
	r := s.sheet.read(a)
	defer r.release()
	best, most := "", 0
	counts := map[int32]int{}
	for _, h := range r.holds {
		counts[h.unit]++
		u := &r.units[h.unit]
		if counts[h.unit] > most && u.Kind != lexicon.Row && !strings.Contains(a[u.answer].Text[u.From:u.To], "\n") {
			best, most = a[u.answer].Text[u.From:u.To], counts[h.unit]
		}
	}
	return best
}

var arrowLine = regexp.MustCompile(`^[\w ()/,:.-]*(?:<?-+>\s*[\w ()/,:.-]+)+$`)

// drawingOf keeps the lines of a text that are nothing but boxes and arrows.
func drawingOf(text string) string {
	out := "## High-level design\n```\n"
	for line := range strings.Lines(text) {
		if l := strings.TrimSpace(line); arrowLine.MatchString(l) && len(strings.Fields(l)) <= 12 {
			out += l + "\n"
		}
	}
	return out + "```\n"
}

// figures keeps the numbers of a text with their units and signs.
func figures(text string) string {
	return regexp.MustCompile(`[A-Za-z]{3,}`).ReplaceAllString(text, "")
}

// family are the other prompts of the framework.
func (s *subject) family() (out []*bank.Item) {
	b := builtin()
	heads, _ := b.Heads()
	for _, h := range heads {
		it, err := b.Item(h.ID)
		if err == nil && h.Deck == "" && h.ID != s.id && h.Framework == s.item.Prompt.Framework {
			out = append(out, it)
		}
	}
	return out
}

// earns asserts the mean and the most of what texts earn, as a part of the strong answer's score.
func (s *subject) earns(name string, texts []string, floor, worst float64) {
	s.Helper()
	sum, most := 0.0, 0.0
	for _, text := range texts {
		v := s.sheet.score(text) / s.own
		sum, most = sum+v, max(most, v)
	}
	s.holds(name, sum/float64(max(1, len(texts))), floor, false)
	s.holds(name+", worst", most, worst, false)
}

func TestWhatTheRubricSays(t *testing.T) {
	eachSubject(t, func(s *subject) {
		misses := missed(s.item)
		s.earns("misses", []string{strings.Join(misses, "\n"), "- " + strings.Join(misses, "\n- "), strings.Join(misses, ". ")}, 0, 0)
		var texts []string
		for _, list := range shown(s.item) {
			texts = append(texts, strings.Join(list, "\n"), strings.Join(list, " "))
		}
		s.earns("titles, whys, probes, descriptors", texts, .01, .1)
		var fluff []string
		for _, seed := range seeds(s.id)[:2] {
			fluff = append(fluff, depends(s.item, seeded(seed)))
		}
		s.earns("it depends", fluff, .05, .05)
	})
}

func TestOtherAnswersOfTheFamily(t *testing.T) {
	strong := answersOf("answers", "strong")
	eachSubject(t, func(s *subject) {
		var models, costumes []string
		for _, it := range s.family() {
			if len(it.Prompt.Model) > 0 {
				models = append(models, written(it))
			}
			if text := strong[it.Prompt.ID]; text != "" {
				costumes = append(costumes, dressed(text, it, s.item))
			}
		}
		s.earns("models of the family", models, .02, .25)
		s.earns("answers in this one's words", costumes, .10, .25)
	})
}

func TestPartsOfAnAnswer(t *testing.T) {
	eachSubject(t, func(s *subject) {
		once := s.richest(s.strong())
		if n, m := s.sheet.score(once), s.sheet.score(strings.Repeat(once+"\n", 60)); m > n+1e-9 {
			s.Errorf("%s: a sentence said 60 times %.3f, once %.3f: %q", s.id, m, n, once)
		}
		s.earns("boxes and arrows alone", []string{drawingOf(s.strong())}, .10, .10)
		s.earns("figures alone", []string{figures(s.strong())}, .10, .10)
		contrary := []string{s.strong() + "\n\n" + swapOpposites(s.strong())}
		if text := s.texts["answers/swapped"]; text != "" {
			contrary = append(contrary, s.strong()+"\n\n"+text)
		}
		s.earns("with its contrary below", contrary, .7, .7)
	})
}

// left are the words that whiteboard notes leave out.
var left = regexp.MustCompile(`(?i)^(a|an|the|of|to|in|on|at|by|for|with|from|into|as|is|are|was|were|be|been|being)$`)

// telegraphic leaves them out where they stand between blanks and are no variable.
func telegraphic(text string) string {
	return eachSentence(text, func(s string) string {
		var out []string
		words := strings.Fields(s)
		for i, w := range words {
			variable := len(w) == 1 && (i+1 == len(words) || !wordRE.MatchString(words[i+1]) || isGrammar(words[i+1]) || i > 0 && w == "A")
			if variable || !left.MatchString(w) {
				out = append(out, w)
			}
		}
		return strings.Join(out, " ")
	})
}

// Notes without articles, prepositions and copulas keep their points, and lose them with their order.
func TestTelegraphicNotes(t *testing.T) {
	eachSubject(t, func(s *subject) {
		kept, shuffled, n := 0.0, 0.0, 0.0
		for _, name := range s.kinds("strong") {
			notes, own := telegraphic(s.texts[name]), s.sheet.score(s.texts[name])
			g := s.grade(notes)
			for _, sc := range g.Screens {
				s.Errorf("%s %s without words of grammar: %s", s.id, name, sc.Why)
			}
			mean, _ := s.overSeeds(func(r *rand.Rand) float64 { return s.sheet.score(shuffleWords(notes, r)) / own })
			kept, shuffled, n = kept+g.Score()/own, shuffled+mean, n+1
		}
		s.holds("telegraphic", kept/n, .9, true)
		s.holds("telegraphic, words shuffled", shuffled/n, .5, false)
	})
}
