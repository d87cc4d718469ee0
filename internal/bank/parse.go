package bank

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// parse reads the document into a tree whose lines count from the top of the file. Whatever would make the tree mean
// more than its text (anchors, aliases, merge keys, tags) is refused.
func (d *document) parse() (*yaml.Node, Problems) {
	if ps := d.unclean(); len(ps) > 0 {
		return nil, ps
	}
	root, rest, err := decode(d.text)
	switch {
	case err == io.EOF:
		return nil, d.problem(1, 1, "empty document")
	case err != nil:
		return nil, d.broken(err)
	case rest != nil:
		return nil, d.problem(rest.Line, rest.Column, `a further document: begin it with a line "---"`)
	}
	ps := d.plainTree(root, nil)
	switch {
	case root.Kind == yaml.ScalarNode && root.Tag == "!!null":
		ps = d.problem(1, 1, "empty document")
	case root.Kind != yaml.MappingNode && len(ps) == 0:
		ps = Problems{{Pos: position(d.shown, root), Msg: fmt.Sprintf("want fields such as id and title, have %s", noun(root))}}
	}
	return root, ps
}

func (d *document) problem(line, col int, format string, args ...any) Problems {
	return Problems{{Pos: Pos{d.shown, d.before + line, col}, Msg: fmt.Sprintf(format, args...)}}
}

// decode returns the first document of text and the second, which should not be there.
// The library is known to panic on a few malformed inputs; to an author that is one more syntax error.
func decode(text []byte) (root, rest *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			root, rest, err = nil, nil, errors.New("yaml: cannot be parsed")
		}
	}()
	dec := yaml.NewDecoder(bytes.NewReader(text))
	var first, second yaml.Node
	if err := dec.Decode(&first); err != nil {
		return nil, nil, err
	}
	if len(first.Content) == 0 {
		return nil, nil, io.EOF
	}
	switch err := dec.Decode(&second); {
	case err == io.EOF:
		return first.Content[0], nil, nil
	case err != nil:
		return nil, nil, err
	}
	return first.Content[0], &second, nil
}

// plainTree moves the lines of a tree to those of the file and collects what is refused anywhere in it.
func (d *document) plainTree(n *yaml.Node, ps Problems) Problems {
	n.Line += d.before
	refuse := func(format string, args ...any) {
		ps = append(ps, Problem{Pos: position(d.shown, n), Msg: fmt.Sprintf(format, args...)})
	}
	switch {
	case n.Kind == yaml.AliasNode:
		refuse("alias *%s: write the value out", n.Value)
	case n.Anchor != "":
		refuse("anchor &%s: leave it out, aliases are not read", n.Anchor)
	case n.Kind == yaml.ScalarNode && n.Tag == "!!merge":
		refuse(`merge key "<<": write the fields out`)
	case n.Style&yaml.TaggedStyle != 0:
		refuse("tag %q: leave it out", n.Tag)
	case n.Kind == yaml.ScalarNode && n.Style&yaml.DoubleQuotedStyle != 0:
		if i := strings.IndexFunc(n.Value, obeyed); i >= 0 {
			r, _ := utf8.DecodeRuneInString(n.Value[i:])
			refuse("control character %U in a text", r)
		}
	}
	for _, c := range n.Content {
		ps = d.plainTree(c, ps)
	}
	return ps
}

// obeyed are characters that a terminal obeys instead of showing: controls, and those that turn the writing direction.
func obeyed(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r <= 0x9f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// unclean finds the first character of each line that no text file should hold. A NUL makes the whole file binary.
func (d *document) unclean() (ps Problems) {
	if bytes.IndexByte(d.text, 0) >= 0 {
		return Problems{{Pos: Pos{d.shown, 1, 1}, Msg: "binary file: want YAML as UTF-8 text"}}
	}
	line := 0
	for text := range bytes.Lines(d.text) {
		line++
		text = bytes.TrimSuffix(bytes.TrimSuffix(text, []byte("\n")), []byte("\r"))
		if isASCII(text) {
			continue
		}
		col := 0
		for i, w := 0, 0; i < len(text); i += w {
			var r rune
			r, w = utf8.DecodeRune(text[i:])
			col++
			if r == utf8.RuneError && w == 1 {
				ps = append(ps, d.problem(line, col, "byte 0x%02x is not UTF-8: save the file as UTF-8", text[i])...)
				break
			}
			if obeyed(r) {
				ps = append(ps, d.problem(line, col, "control character %U", r)...)
				break
			}
		}
	}
	return ps
}

// isASCII reports whether a line is of plain visible characters, as nearly all are.
func isASCII(line []byte) bool {
	for _, c := range line {
		if c < ' ' && c != '\t' || c > '~' {
			return false
		}
	}
	return true
}

// broken says where and why the library refused a text. It names a line that is often wrong, or none, so the place is
// found again: what the longest readable beginning of the text leaves out begins with the mistake.
func (d *document) broken(err error) Problems {
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	msg = libraryLine.ReplaceAllString(msg, "")
	lines := bytes.SplitAfter(d.text, []byte("\n"))
	n := min(readable(lines), len(lines)-1)
	text := strings.TrimRight(string(lines[n]), "\r\n")
	indent := text[:len(text)-len(strings.TrimLeft(text, " \t"))]
	if i := strings.IndexByte(indent, '\t'); i >= 0 {
		return d.problem(n+1, i+1, "tab in the indentation: use spaces")
	}
	if name, ok := strings.CutPrefix(msg, "unknown anchor '"); ok {
		name, _, _ = strings.Cut(name, "'")
		if i := strings.Index(text, "*"+name); i >= 0 {
			return d.problem(n+1, utf8.RuneCountInString(text[:i])+1, "alias *%s: write the value out", name)
		}
	}
	if strings.HasPrefix(msg, "mapping values are not allowed") {
		msg += `: put a text that holds ": " in quotes`
	}
	return d.problem(n+1, utf8.RuneCountInString(indent)+1, "not valid YAML from here: %s", printable(msg))
}

var libraryLine = regexp.MustCompile(`^line \d+: `)

// readable is the number of lines in the longest beginning of a broken text that can be read. Inside a list or text of
// several lines a beginning fails without a mistake, so after each search some lines more are tried.
func readable(lines [][]byte) int {
	ok := func(n int) bool {
		_, _, err := decode(bytes.Join(lines[:n], nil))
		return err == nil || err == io.EOF
	}
	good := 0
	for {
		lo, hi := good, len(lines)
		for hi-lo > 1 {
			if mid := (lo + hi) / 2; ok(mid) {
				lo = mid
			} else {
				hi = mid
			}
		}
		good = lo
		further := 0
		for n := lo + 2; n <= min(lo+maxConstruct, len(lines)-1); n++ {
			if ok(n) {
				further = n
				break
			}
		}
		if further == 0 {
			return good
		}
		good = further
	}
}

// maxConstruct is how many lines a list or text in brackets or quotes may have for a later mistake to be found exactly.
const maxConstruct = 30

// noun names what a node is, for messages.
func noun(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "fields"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	}
	if n.Tag == "!!null" {
		return "nothing"
	}
	if len(n.Value) > 40 {
		return "a text"
	}
	return fmt.Sprintf("%q", n.Value)
}
