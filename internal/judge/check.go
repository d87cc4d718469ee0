package judge

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"interview/internal/bank"
	"interview/internal/grade"
)

// What a model says is checked here. A reply that has not the form asked for is an error, never a guess; of one that has,
// what the rubric or the answers do not bear out is dropped or void, and said.

// Limits to what is read and kept of a reply.
const (
	mostTries  = 200 // places where JSON may begin
	mostText   = 400 // characters of a text of the reply
	mostNotes  = 12
	none       = "none"
	noteLength = 60
)

// reply is what a model is asked for.
type reply struct {
	Opinions []opinion
	Well     []string
	Next     []string
	Question string
}

type opinion struct{ Criterion, Level, Quote, Why string }

// errForm says what a reply lacks, in words that can be given back to the model.
type errForm struct{ problem string }

func (e *errForm) Error() string { return e.problem }

// lastObject is the last JSON object of a text that has the key: what stands before it may be quoted, or thought.
func lastObject(text, key string) map[string]json.RawMessage {
	var last map[string]json.RawMessage
	for tries := 0; tries < mostTries; {
		at := strings.IndexByte(text, '{')
		if at < 0 {
			break
		}
		text = text[at:]
		dec := json.NewDecoder(strings.NewReader(text))
		var object map[string]json.RawMessage
		if err := dec.Decode(&object); err != nil {
			text, tries = text[1:], tries+1
			continue
		}
		if _, ok := object[key]; ok {
			last = object
		}
		text = text[dec.InputOffset():]
	}
	return last
}

// parse reads a reply. notes say which keys were not asked for.
func parse(text string) (r reply, notes []string, err error) {
	object := lastObject(text, "opinions")
	if object == nil {
		return r, nil, &errForm{`there is no JSON object with "opinions" in it`}
	}
	var items []map[string]json.RawMessage
	if json.Unmarshal(object["opinions"], &items) != nil {
		return r, nil, &errForm{`"opinions" is no list of objects`}
	}
	for i, item := range items {
		o, strange, err := parseOpinion(item)
		if err != nil {
			return r, nil, &errForm{fmt.Sprintf("opinion %d: %v", i+1, err)}
		}
		r.Opinions, notes = append(r.Opinions, o), append(notes, strange...)
	}
	if len(r.Opinions) == 0 {
		return r, nil, &errForm{`"opinions" is empty`}
	}
	for key, to := range map[string]any{"well": &r.Well, "next": &r.Next, "question": &r.Question} {
		if raw, ok := object[key]; ok && json.Unmarshal(raw, to) != nil {
			return r, nil, &errForm{fmt.Sprintf("%q is not of the form asked for", key)}
		}
	}
	return r, append(notes, strangers(object, "opinions", "well", "next", "question")...), nil
}

func parseOpinion(item map[string]json.RawMessage) (o opinion, notes []string, err error) {
	for _, f := range []struct {
		key string
		to  *string
	}{{"criterion", &o.Criterion}, {"level", &o.Level}, {"quote", &o.Quote}, {"why", &o.Why}} {
		if raw, ok := item[f.key]; ok && json.Unmarshal(raw, f.to) != nil {
			return o, nil, fmt.Errorf("%q is no text", f.key)
		}
	}
	if _, ok := item["level"]; !ok || o.Criterion == "" {
		return o, nil, errors.New(`"criterion" or "level" is missing`)
	}
	return o, strangers(item, "criterion", "level", "quote", "why"), nil
}

// strangers names the keys that nobody asked for: a score among them counts for nothing.
func strangers(object map[string]json.RawMessage, known ...string) []string {
	var out []string
	for key := range object {
		if !slices.Contains(known, key) {
			out = append(out, fmt.Sprintf("dropped: “%s”, which was not asked for", clip(key, noteLength)))
		}
	}
	slices.Sort(out)
	return out
}

// checker holds opinions against a rubric and the answers.
type checker struct {
	criteria []bank.Criterion
	answers  *answers
}

func newChecker(k *Case) *checker { return &checker{k.criteria(), read(k.Answers)} }

// check turns opinions into those that stand, with notes on what was dropped. The last one on a criterion wins.
func (c *checker) check(list []opinion) (out []grade.Opinion, notes []string) {
	for _, o := range list {
		said, note := c.one(o)
		if note != "" {
			notes = append(notes, note)
			continue
		}
		at := slices.IndexFunc(out, func(x grade.Opinion) bool { return x.Criterion == said.Criterion })
		if at < 0 {
			out = append(out, said)
			continue
		}
		out[at] = said
		notes = append(notes, fmt.Sprintf("%s is judged more than once: the last counts", said.Criterion))
	}
	return out, notes
}

// one checks an opinion; a note says why it was dropped.
func (c *checker) one(o opinion) (grade.Opinion, string) {
	at := slices.IndexFunc(c.criteria, func(x bank.Criterion) bool { return strings.EqualFold(x.ID, strings.TrimSpace(o.Criterion)) })
	if at < 0 {
		return grade.Opinion{}, fmt.Sprintf("dropped: “%s” is no criterion of the rubric", clip(o.Criterion, noteLength))
	}
	id := c.criteria[at].ID
	level, ok := levelOf(&c.criteria[at], o.Level)
	if !ok {
		return grade.Opinion{}, fmt.Sprintf("dropped: “%s” is no level of %s", clip(o.Level, noteLength), id)
	}
	said := grade.Opinion{Criterion: id, Level: level, Quote: clip(o.Quote, mostText), Why: clip(o.Why, mostText)}
	if level == "" {
		said.Quote = ""
		return said, ""
	}
	span, why := c.answers.find(o.Quote)
	if why != "" {
		said.Void = why
		return said, ""
	}
	said.Answer, said.Start, said.End = span.answer, span.start, span.end
	said.Quote = c.answers.texts[span.answer][span.start:span.end]
	return said, ""
}

// levelOf is a level of a criterion by its name; "" for none.
func levelOf(c *bank.Criterion, name string) (string, bool) {
	name = strings.TrimSpace(name)
	if name == "" || strings.EqualFold(name, none) {
		return "", true
	}
	for _, l := range c.Levels {
		if strings.EqualFold(l.Name, name) {
			return l.Name, true
		}
	}
	return "", false
}

// texts are the first n texts of a list that say something, each cut to length.
func texts(list []string, n int) []string {
	var out []string
	for _, s := range list {
		if s = clip(s, mostText); s != "" && len(out) < n {
			out = append(out, s)
		}
	}
	return out
}

// clip is a text on one line, without what nobody sees, of at most n characters.
func clip(s string, n int) string {
	s = strings.Join(strings.Fields(visible(s)), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// few keeps the first notes, without those said already, and counts the rest.
func few(notes []string) []string {
	var out []string
	more := 0
	for _, n := range notes {
		switch {
		case slices.Contains(out, n):
		case len(out) == mostNotes:
			more++
		default:
			out = append(out, n)
		}
	}
	if more > 0 {
		out = append(out, fmt.Sprintf("and %d more of the kind", more))
	}
	return out
}

// sofar are the opinions that are whole in a reply that is still coming.
func sofar(text string) []opinion {
	at := strings.LastIndex(text, `"opinions"`)
	if at < 0 {
		return nil
	}
	list := strings.IndexByte(text[at:], '[')
	if list < 0 {
		return nil
	}
	dec := json.NewDecoder(strings.NewReader(text[at+list:]))
	if _, err := dec.Token(); err != nil {
		return nil
	}
	var out []opinion
	for dec.More() {
		var item map[string]json.RawMessage
		if dec.Decode(&item) != nil {
			break
		}
		if o, _, err := parseOpinion(item); err == nil {
			out = append(out, o)
		}
	}
	return out
}
