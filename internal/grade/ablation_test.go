package grade

import (
	"fmt"
	"strings"
	"testing"
)

// mechanisms are those that can be turned off, with the name that the table prints.
var mechanisms = []struct {
	name string
	off  mechanism
}{
	{"nothing", 0}, {"negation", negations}, {"topic", topicGate}, {"relation", relations}, {"window", nearness}, {"bare runs", bareLists},
	{"echo", echoes}, {"frames", frameUse}, {"openings", openingUse}, {"lists", wordLists}, {"glossary", glossaries}, {"refrain", refrainUse},
	{"recital", recitals}, {"scramble", scrambles}, {"denial", denials}, {"opposites", opposing}, {"spill", spills}, {"context", contexts},
	{"doubt", doubts}, {"direction", directions}, {"refusal", refusing}, {"plans", plans},
	{"every screen", screens}, {"all but frames", screens &^ frameUse}, {"all but openings", screens &^ openingUse}, {"all but lists", screens &^ wordLists},
	{"all but glossary", screens &^ glossaries}, {"all but refrain", screens &^ refrainUse}, {"all but recital", screens &^ recitals},
	{"all but scramble", screens &^ scrambles}, {"all but echo", screens &^ echoes}, {"screens and runs", screens | bareLists},
}

// screens are the mechanisms that look at how a text is made.
const screens = echoes | frameUse | openingUse | wordLists | glossaries | refrainUse | recitals | scrambles

// column is one thing that the table measures, as a part of the strong answers' mean.
type column struct {
	name  string
	texts func(s *subject) []string
}

func kindsOf(kind string) func(*subject) []string {
	return func(s *subject) (out []string) {
		for _, name := range s.kinds(kind) {
			out = append(out, s.texts[name])
		}
		return out
	}
}

// ofAttacks takes the rows of the attacks whose name holds one of some words.
func ofAttacks(words ...string) func(*subject) []string {
	return func(s *subject) (out []string) {
		for _, row := range attacks(s.item, s.strong(), s.others(), []uint64{21, 22, 23, 24}) {
			for _, w := range words {
				if strings.Contains(row.name, w) {
					out = append(out, row.texts...)
				}
			}
		}
		return out
	}
}

var columns = []column{
	{"strong", kindsOf("strong")}, {"medioc", kindsOf("mediocre")}, {"wrong", kindsOf("wrong")}, {"swapped", kindsOf("swapped")},
	{"lists", ofAttacks("terms as", "terms with", "We use")}, {"frames", ofAttacks("five frames")}, {"forty", ofAttacks("forty frames")},
	{"cheat", ofAttacks("cheat")}, {"echo", ofAttacks("echoed", "template")}, {"donot", ofAttacks("We do not")}, {"untrue", ofAttacks("It is not")},
	{"never", ofAttacks("Never")}, {"iswrong", ofAttacks("is wrong")}, {"typos", ofAttacks("typos")}, {"shuffle", ofAttacks("words shuffled")},
	{"numbers", ofAttacks("numbers")}, {"others", ofAttacks("other prompts")},
	{"mixed", mixed},
}

// mixed are a mediocre answer with the rubric reader's cheat below, and one with half the terms in frames.
func mixed(s *subject) (out []string) {
	for _, t := range append(ofAttacks("cheat")(s), ofAttacks("forty frames")(s)...) {
		out = append(out, s.texts["answers/mediocre"]+"\n\n"+t)
	}
	return out
}

// TestAblation prints what each kind of text earns, in hundredths of the strong answers' mean, with each mechanism off in
// turn; a star marks what changes. The lower rows turn every screen off but one, since they cover for each other.
func TestAblation(t *testing.T) {
	if underRace || !testing.Verbose() {
		t.Skip("it asserts nothing: run it with -v to read the table")
	}
	rows := map[string][]float64{}
	closely(t, func(s *subject) {
		texts := make([][]string, len(columns))
		for i, c := range columns {
			texts[i] = c.texts(s)
		}
		for _, m := range mechanisms {
			if !testing.Verbose() && m.off != 0 && m.off != negations {
				continue
			}
			off := *s.sheet
			off.off = m.off
			if rows[m.name] == nil {
				rows[m.name] = make([]float64, len(columns))
			}
			for i := range columns {
				sum := 0.0
				for _, text := range texts[i] {
					sum += off.score(text)
				}
				rows[m.name][i] += sum / float64(len(texts[i])) / float64(len(closelyRead))
			}
		}
	})
	strong := rows["nothing"][0]
	head := fmt.Sprintf("%-17s", "without")
	for _, c := range columns {
		head += fmt.Sprintf("%8s", c.name)
	}
	t.Log(head)
	for _, m := range mechanisms {
		line := fmt.Sprintf("%-17s", m.name)
		for i, v := range rows[m.name] {
			mark := " "
			if d := v - rows["nothing"][i]; d > .005*strong || d < -.005*strong {
				mark = "*"
			}
			line += fmt.Sprintf("%7.1f%s", 100*v/strong, mark)
		}
		if rows[m.name] != nil {
			t.Log(line)
		}
	}
	for i, c := range columns {
		if on, off := rows["nothing"][i], rows["negation"][i]; c.name == "never" && off < on+.2 {
			t.Errorf("without negation a denied answer earns %.2f, with it %.2f: the switch does nothing", off, on)
		}
	}
}
