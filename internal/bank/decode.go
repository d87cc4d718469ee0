package bank

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"
)

// reader fills plain structs from a tree by the lower-case names of their fields and collects every problem of form.
// It sets the values itself: the library's decoder would take 010 for eight and ~ for an empty text, without a word.
type reader struct {
	file     string
	problems Problems
}

// required fields must be there and not empty.
var required = map[reflect.Type][]string{
	reflect.TypeFor[Prompt]():    {"id", "title", "track", "framework", "ask"},
	reflect.TypeFor[Fact]():      {"asked", "says"},
	reflect.TypeFor[Framework](): {"id", "title", "ladder", "phases"},
	reflect.TypeFor[Phase]():     {"id", "title", "minutes", "ask"},
	reflect.TypeFor[Rubric]():    {"id"},
	reflect.TypeFor[Criterion](): {"id", "phase", "title", "levels"},
	reflect.TypeFor[Level]():     {"name"},

	reflect.TypeFor[Trial]():      {"inputs", "valid", "random", "brute"},
	reflect.TypeFor[TrialCase]():  {"in", "out"},
	reflect.TypeFor[TrialState](): {"id", "index", "over", "base", "holds"},
}

// idFields are ids, or references to ids, and must look like one.
var idFields = map[string]bool{"id": true, "track": true, "family": true, "framework": true, "phase": true, "concept": true, "name": true, "ladder": true}

func (r *reader) say(n *yaml.Node, format string, args ...any) {
	r.problems = append(r.problems, Problem{Pos: position(r.file, n), Msg: fmt.Sprintf(format, args...)})
}

func (r *reader) value(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind == yaml.AliasNode {
		return // refused with the tree
	}
	switch v.Kind() {
	case reflect.Struct:
		r.fields(n, v, name)
	case reflect.Slice:
		r.list(n, v, name)
	case reflect.Map:
		r.names(n, v, name)
	default:
		r.scalar(n, v, name)
	}
}

func (r *reader) fields(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind != yaml.MappingNode {
		r.say(n, "%s: want fields (%s), have %s", name, strings.Join(namesOf(v.Type()), ", "), noun(n))
		return
	}
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if !r.once(key, seen) {
			continue
		}
		index, ok := indexOf(v.Type())[key.Value]
		if !ok {
			r.unknown(key, namesOf(v.Type()))
			continue
		}
		seen[key.Value] = value
		r.value(value, v.Field(index), key.Value)
	}
	for _, want := range required[v.Type()] {
		switch got := seen[want]; {
		case got == nil:
			r.say(n, "missing field %q", want)
		case got.Kind != yaml.ScalarNode && got.Kind != yaml.AliasNode && len(got.Content) == 0, got.Kind == yaml.ScalarNode && got.Tag != "!!null" && strings.TrimSpace(got.Value) == "":
			r.say(got, "%s is empty", want)
		}
	}
}

// once refuses a key that is no plain text or stands a second time.
func (r *reader) once(key *yaml.Node, seen map[string]*yaml.Node) bool {
	switch {
	case key.Kind != yaml.ScalarNode:
		r.say(key, "want the name of a field, have %s", noun(key))
		return false
	case key.Tag == "!!merge":
		return false // refused with the tree
	case seen[key.Value] != nil:
		r.say(key, "field %s stands twice", quote(key.Value))
		return false
	}
	return true
}

func (r *reader) unknown(key *yaml.Node, known []string) {
	msg := fmt.Sprintf("unknown field %s (known: %s)", quote(key.Value), strings.Join(known, ", "))
	if best := near(key.Value, known); len(best) > 0 {
		msg += fmt.Sprintf(": did you mean %q?", best[0])
	}
	r.say(key, "%s", msg)
}

func (r *reader) list(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind != yaml.SequenceNode {
		hint := ""
		if n.Kind == yaml.ScalarNode && n.Tag != "!!null" && v.Type().Elem().Kind() == reflect.String {
			hint = ": put it in [ ]"
		}
		r.say(n, "%s: want a list, have %s%s", name, noun(n), hint)
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, c := range n.Content {
		if c.Kind == yaml.ScalarNode && c.Tag != "!!null" && strings.TrimSpace(c.Value) == "" {
			r.say(c, "%s: empty entry", name)
			continue
		}
		r.value(c, v.Index(i), name)
	}
}

func (r *reader) names(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind != yaml.MappingNode {
		r.say(n, "%s: want names with a text each, have %s", name, noun(n))
		return
	}
	texts, seen := make(map[string]string, len(n.Content)/2), map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if !r.once(key, seen) {
			continue
		}
		seen[key.Value] = value
		if !isID(key.Value) {
			r.say(key, "%s: want a name of lower-case words with hyphens, have %s", name, quote(key.Value))
		}
		var text string
		r.value(value, valueOf(&text), quote(key.Value))
		if text == "" && value.Kind == yaml.ScalarNode && value.Tag != "!!null" {
			r.say(value, "%s: %s is empty", name, quote(key.Value))
		}
		texts[key.Value] = text
	}
	v.Set(reflect.ValueOf(texts))
}

// scalar sets a single value. Numbers are as people write them: 010 and 0x10 are none.
func (r *reader) scalar(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		r.say(n, "%s: want %s, have %s", name, wanted[v.Kind()], noun(n))
		return
	}
	ok, want := true, wanted[v.Kind()]
	switch v.Kind() {
	case reflect.String:
		v.SetString(n.Value)
		if idFields[name] && n.Value != "" && !isID(n.Value) {
			ok, want = false, "lower-case words with hyphens"
		}
	case reflect.Int:
		i, err := strconv.Atoi(n.Value)
		ok = err == nil && i >= 1 && decimal.MatchString(n.Value)
		v.SetInt(int64(i))
	case reflect.Float64:
		f, err := strconv.ParseFloat(n.Value, 64)
		ok = err == nil && f > 0 && f <= 1 && decimal.MatchString(n.Value)
		v.SetFloat(f)
	case reflect.Bool:
		ok = n.Value == "true" || n.Value == "false"
		v.SetBool(n.Value == "true")
	}
	if !ok {
		r.say(n, "%s: want %s, have %s", name, want, noun(n))
	}
}

var wanted = map[reflect.Kind]string{
	reflect.String:  "a text",
	reflect.Int:     "a whole number from 1",
	reflect.Float64: "a number above 0, at most 1",
	reflect.Bool:    "true or false",
}

var decimal = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})(\.[0-9]+)?$`)

// isID takes lower-case words and numbers joined by single hyphens.
func isID(s string) bool {
	for i, c := range []byte(s) {
		word := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		if !word && (c != '-' || i == 0 || i == len(s)-1 || s[i-1] == '-') {
			return false
		}
	}
	return s != ""
}

func valueOf(p any) reflect.Value { return reflect.ValueOf(p).Elem() }

type layout struct {
	names []string
	index map[string]int
}

var layouts sync.Map // reflect.Type to layout

func layoutOf(t reflect.Type) layout {
	if l, ok := layouts.Load(t); ok {
		return l.(layout)
	}
	l := layout{index: map[string]int{}}
	for i := range t.NumField() {
		f := t.Field(i)
		if name := strings.ToLower(f.Name); f.IsExported() && f.Tag.Get("yaml") != "-" {
			l.names = append(l.names, name)
			l.index[name] = i
		}
	}
	layouts.Store(t, l)
	return l
}

func namesOf(t reflect.Type) []string       { return layoutOf(t).names }
func indexOf(t reflect.Type) map[string]int { return layoutOf(t).index }
