package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"unicode"
	"unicode/utf8"

	"interview/internal/bank"
)

// writeJSON prints a value as one line of JSON. What a terminal would obey is written as \u escapes: the value is the same.
func (a *App) writeJSON(v any) error { return writeJSON(a.Out, v) }

func writeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(escapeSteering(b.Bytes()))
	return err
}

// steers is true for the characters beyond ASCII, and DEL, that move a terminal or turn the direction of its text.
// JSON has escapes for the rest of ASCII.
func steers(r rune) bool {
	return r == 0x7f || r >= 0x80 && unicode.In(r, unicode.Cc, unicode.Bidi_Control, unicode.Zl, unicode.Zp)
}

// escapeSteering escapes them in a JSON text, where they can only stand inside a string.
func escapeSteering(text []byte) []byte {
	if bytes.IndexFunc(text, steers) < 0 {
		return text
	}
	var out []byte
	for _, r := range string(text) {
		if steers(r) {
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}

// headJSON is a prompt as list gives it.
type headJSON struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	Track  string   `json:"track"`
	Family string   `json:"family"`
	Phases []string `json:"phases"`
}

func headsJSON(heads []bank.Head) []headJSON {
	list := make([]headJSON, len(heads))
	for i, h := range heads {
		list[i] = headJSON{h.ID, h.Title, h.Track, h.Family, some(h.Phases)}
	}
	return list
}

// promptJSON is a resolved prompt as show gives it.
type promptJSON struct {
	ID        string            `json:"id"`
	Title     string            `json:"title"`
	Ask       string            `json:"ask"`
	Framework string            `json:"framework"`
	Phases    []string          `json:"phases"`
	Facts     []factJSON        `json:"facts"`
	Topic     []string          `json:"topic"`
	Vocab     map[string]string `json:"vocab"`   // every name that a claim of the criteria uses or may use
	Rubrics   []string          `json:"rubrics"` // those of the framework first
	Model     map[string]string `json:"model"`
	Criteria  []criterionJSON   `json:"criteria"`
}

type factJSON struct {
	Asked []string `json:"asked"`
	Says  string   `json:"says"`
}

type criterionJSON struct {
	ID      string      `json:"id"`
	Phase   string      `json:"phase"`
	Title   string      `json:"title"`
	Concept string      `json:"concept"`
	Why     string      `json:"why"`
	Probe   string      `json:"probe"`
	Weight  int         `json:"weight"`
	Levels  []levelJSON `json:"levels"`
	Against []string    `json:"against"`
	When    string      `json:"when"`
}

type levelJSON struct {
	Name       string   `json:"name"`
	Descriptor string   `json:"descriptor"`
	Say        []string `json:"say"`
	Need       int      `json:"need"`
	Calc       bool     `json:"calc"`
	Edge       []string `json:"edge"`
	Trial      string   `json:"trial"`
}

// some is the list itself: JSON says [] for an empty one, not null.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func newPromptJSON(it *bank.Item) promptJSON {
	p := &it.Prompt
	j := promptJSON{
		ID: p.ID, Title: p.Title, Ask: p.Ask, Framework: it.Framework.ID, Phases: phaseIDs(it), Facts: []factJSON{},
		Topic: some(p.Topic), Vocab: vocabOf(it), Rubrics: some(slices.Concat(it.Framework.Rubrics, p.Rubrics)),
		Model: p.Model, Criteria: []criterionJSON{},
	}
	if j.Model == nil {
		j.Model = map[string]string{}
	}
	for _, f := range p.Facts {
		j.Facts = append(j.Facts, factJSON{some(f.Asked), f.Says})
	}
	for i := range it.Criteria {
		j.Criteria = append(j.Criteria, newCriterionJSON(&it.Criteria[i]))
	}
	return j
}

// vocabOf lays the prompt's names over those of the shared criteria.
func vocabOf(it *bank.Item) map[string]string {
	all := map[string]string{}
	for i := range it.Criteria {
		maps.Copy(all, it.Criteria[i].Vocab())
	}
	maps.Copy(all, it.Vocab)
	return all
}

func newCriterionJSON(c *bank.Criterion) criterionJSON {
	j := criterionJSON{
		ID: c.ID, Phase: c.Phase, Title: c.Title, Concept: c.Concept, Why: c.Why, Probe: c.Probe, Weight: c.Weight,
		Levels: []levelJSON{}, Against: some(c.Against), When: c.When,
	}
	for _, l := range c.Levels {
		j.Levels = append(j.Levels, levelJSON{l.Name, l.Descriptor, some(l.Say), l.Need, l.Calc, some(l.Edge), l.Trial})
	}
	return j
}
