package bank

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Write renders a prompt as the document from which the same prompt is read: the fields in the order of the struct, the
// head first, without what is empty or the default. The error names a text that no document may hold (a control character,
// bytes that are no UTF-8).
func Write(p *Prompt) ([]byte, error) {
	var w writer
	root := w.value(reflect.ValueOf(*p), string(kindPrompt))
	if w.err != nil {
		return nil, w.err
	}
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(root); err != nil {
		return nil, fmt.Errorf("prompt %q: %w", p.ID, err)
	}
	return out.Bytes(), nil
}

// writer builds the tree that reader reads.
type writer struct{ err error }

func (w *writer) value(v reflect.Value, name string) *yaml.Node {
	switch v.Kind() {
	case reflect.Struct:
		return w.fields(v)
	case reflect.Slice:
		n := &yaml.Node{Kind: yaml.SequenceNode}
		for i := range v.Len() {
			n.Content = append(n.Content, w.value(v.Index(i), name))
		}
		return n
	case reflect.Map:
		n := &yaml.Node{Kind: yaml.MappingNode}
		texts := v.Interface().(map[string]string)
		for _, key := range slices.Sorted(maps.Keys(texts)) {
			n.Content = append(n.Content, w.text(key, name), w.text(texts[key], name+" "+key))
		}
		return n
	case reflect.String:
		return w.text(v.String(), name)
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Value: fmt.Sprint(v.Interface())}
}

func (w *writer) fields(v reflect.Value) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode}
	l := layoutOf(v.Type())
	for _, name := range l.names {
		f := v.Field(l.index[name])
		if f.IsZero() || byDefault[name] && f.Int() == 1 {
			continue
		}
		n.Content = append(n.Content, w.text(name, name), w.value(f, name))
	}
	return n
}

// byDefault are the numbers that are 1 unless given.
var byDefault = map[string]bool{"weight": true, "need": true, "of": true}

// text is a string as a scalar that is read back as it is. A text of lines is a block where each line is plain enough.
func (w *writer) text(s, name string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	if !utf8.ValidString(s) || strings.ContainsFunc(s, obeyed) {
		if w.err == nil {
			w.err = fmt.Errorf("%s: a control character, or bytes that are no UTF-8", name)
		}
		return n
	}
	switch lines := strings.Contains(s, "\n"); {
	case lines && !strings.ContainsAny(s, "\t") && s == strings.Trim(s, " \n") && !strings.Contains(s, " \n") && !strings.ContainsFunc(s, unprinted):
		n.Style = yaml.LiteralStyle
	case lines || s == "<<" || s != strings.TrimSpace(s) || strings.ContainsFunc(s, unprinted):
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// unprinted are characters that only an escape keeps: other ends of lines, the mark of order, and what lies beyond the basic
// plane's printable ones for the library.
func unprinted(r rune) bool {
	return r == '\t' || r == 0x85 || r == 0x2028 || r == 0x2029 || r == 0xfeff || r == 0xfffe || r == 0xffff
}

// Read resolves a prompt that is in no layer, such as one that was just written, against the bank; shown names it in
// problems. The error is Problems.
func (b *Bank) Read(shown, id string, text []byte) (*Item, error) {
	d := &document{file: &file{shown: shown, base: id, kind: kindPrompt}, text: string(text)}
	it, ps := b.resolve(load(d, (*reader).prompt))
	if len(ps) > 0 {
		return nil, Problems(order(ps))
	}
	return it, nil
}
