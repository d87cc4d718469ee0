package bank

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
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

func (r *reader) say(n *node, format string, args ...any) {
	r.problems = append(r.problems, Problem{Pos: position(r.file, n), Msg: fmt.Sprintf(format, args...)})
}

func (r *reader) value(n *node, v reflect.Value, name string) {
	if n.kind == aliasNode {
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

func (r *reader) fields(n *node, v reflect.Value, name string) {
	if n.kind != fieldsNode {
		r.say(n, "%s: want fields (%s), have %s", name, strings.Join(namesOf(v.Type()), ", "), noun(n))
		return
	}
	seen := map[string]*node{}
	for i := 0; i+1 < len(n.content); i += 2 {
		key, value := n.content[i], n.content[i+1]
		if !r.once(key, seen) {
			continue
		}
		index, ok := indexOf(v.Type())[key.text]
		if !ok {
			r.unknown(key, namesOf(v.Type()))
			continue
		}
		seen[key.text] = value
		r.value(value, v.Field(index), key.text)
	}
	for _, want := range required[v.Type()] {
		switch got := seen[want]; {
		case got == nil:
			r.say(n, "missing field %q", want)
		case got.kind != scalarNode && got.kind != aliasNode && len(got.content) == 0, got.kind == scalarNode && !got.null && strings.TrimSpace(got.text) == "":
			r.say(got, "%s is empty", want)
		}
	}
}

// once refuses a key that is no plain text or stands a second time.
func (r *reader) once(key *node, seen map[string]*node) bool {
	switch {
	case key.kind != scalarNode:
		r.say(key, "want the name of a field, have %s", noun(key))
		return false
	case key.merge:
		return false // refused with the tree
	case seen[key.text] != nil:
		r.say(key, "field %s stands twice", quote(key.text))
		return false
	}
	return true
}

func (r *reader) unknown(key *node, known []string) {
	msg := fmt.Sprintf("unknown field %s (known: %s)", quote(key.text), strings.Join(known, ", "))
	if best := near(key.text, known); len(best) > 0 {
		msg += fmt.Sprintf(": did you mean %q?", best[0])
	}
	r.say(key, "%s", msg)
}

func (r *reader) list(n *node, v reflect.Value, name string) {
	if n.kind != listNode {
		hint := ""
		if n.kind == scalarNode && !n.null && v.Type().Elem().Kind() == reflect.String {
			hint = ": put it in [ ]"
		}
		r.say(n, "%s: want a list, have %s%s", name, noun(n), hint)
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.content), len(n.content)))
	for i, c := range n.content {
		if c.kind == scalarNode && !c.null && strings.TrimSpace(c.text) == "" {
			r.say(c, "%s: empty entry", name)
			continue
		}
		r.value(c, v.Index(i), name)
	}
}

func (r *reader) names(n *node, v reflect.Value, name string) {
	if n.kind != fieldsNode {
		r.say(n, "%s: want names with a text each, have %s", name, noun(n))
		return
	}
	texts, seen := make(map[string]string, len(n.content)/2), map[string]*node{}
	for i := 0; i+1 < len(n.content); i += 2 {
		key, value := n.content[i], n.content[i+1]
		if !r.once(key, seen) {
			continue
		}
		seen[key.text] = value
		if !isID(key.text) {
			r.say(key, "%s: want a name of lower-case words with hyphens, have %s", name, quote(key.text))
		}
		var text string
		r.value(value, valueOf(&text), quote(key.text))
		if text == "" && value.kind == scalarNode && !value.null {
			r.say(value, "%s: %s is empty", name, quote(key.text))
		}
		texts[key.text] = text
	}
	v.Set(reflect.ValueOf(texts))
}

// scalar sets a single value. Numbers are as people write them: 010 and 0x10 are none.
func (r *reader) scalar(n *node, v reflect.Value, name string) {
	if n.kind != scalarNode || n.null {
		r.say(n, "%s: want %s, have %s", name, wanted[v.Kind()], noun(n))
		return
	}
	ok, want := true, wanted[v.Kind()]
	switch v.Kind() {
	case reflect.String:
		v.SetString(n.text)
		if idFields[name] && n.text != "" && !isID(n.text) {
			ok, want = false, "lower-case words with hyphens"
		}
	case reflect.Int:
		i, err := strconv.Atoi(n.text)
		ok = err == nil && i >= 1 && isDecimal(n.text)
		v.SetInt(int64(i))
	case reflect.Float64:
		f, err := strconv.ParseFloat(n.text, 64)
		ok = err == nil && f > 0 && f <= 1 && isDecimal(n.text)
		v.SetFloat(f)
	case reflect.Bool:
		ok = n.text == "true" || n.text == "false"
		v.SetBool(n.text == "true")
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

// isDecimal takes a number of up to nine digits without a zero before it, and a part behind a point.
func isDecimal(s string) bool {
	whole, part, point := strings.Cut(s, ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return digits(whole) && len(whole) <= 9 && (whole[0] != '0' || whole == "0") && (!point || digits(part))
}

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
