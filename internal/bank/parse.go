package bank

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// parse reads the document into a tree whose lines count from the top of the file. Whatever would make the tree mean
// more than its text (anchors, aliases, merge keys, tags) is refused.
func (d *document) parse() (*node, Problems) {
	if root := quickTree(d.text, d.before); root != nil {
		return root, nil
	}
	if ps := d.unclean(); len(ps) > 0 {
		return nil, ps
	}
	parsed, rest, err := decode(d.text)
	switch {
	case err == io.EOF:
		return nil, d.problem(1, 1, "empty document")
	case err != nil:
		return nil, d.broken(err)
	case rest != nil:
		return nil, d.problem(rest.Line, rest.Column, `a further document: begin it with a line "---"`)
	}
	root, ps := treeOf(parsed, d.before), d.plainTree(parsed, nil)
	switch {
	case root.kind == scalarNode && root.null:
		ps = d.problem(1, 1, "empty document")
	case root.kind != fieldsNode && len(ps) == 0:
		ps = Problems{{Pos: position(d.shown, root), Msg: fmt.Sprintf("want fields such as id and title, have %s", noun(root))}}
	}
	return root, ps
}

func (d *document) problem(line, col int, format string, args ...any) Problems {
	return Problems{{Pos: Pos{d.shown, d.before + line, col}, Msg: fmt.Sprintf(format, args...)}}
}

// decode returns the first document of text and the second, which should not be there.
// The library is known to panic on a few malformed inputs; to an author that is one more syntax error.
func decode(text string) (root, rest *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			root, rest, err = nil, nil, errors.New("yaml: cannot be parsed")
		}
	}()
	dec := yaml.NewDecoder(strings.NewReader(text))
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

// plainTree collects what is refused anywhere in a tree.
func (d *document) plainTree(n *yaml.Node, ps Problems) Problems {
	at := position(d.shown, &node{line: int32(n.Line + d.before), col: int32(n.Column), quoted: quoted(n)})
	refuse := func(format string, args ...any) {
		ps = append(ps, Problem{Pos: at, Msg: fmt.Sprintf(format, args...)})
	}
	switch {
	case n.Kind == yaml.AliasNode && (len(ps) == 0 || ps[len(ps)-1].Line != at.Line): // one of a line is enough
		refuse("alias *%s: write the value out", n.Value)
	case n.Kind == yaml.AliasNode:
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
	if strings.IndexByte(d.text, 0) >= 0 {
		return Problems{{Pos: Pos{d.shown, 1, 1}, Msg: "binary file: want YAML as UTF-8 text"}}
	}
	line := 0
	for text := range strings.Lines(d.text) {
		line++
		text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
		if isASCII(text) {
			continue
		}
		col := 0
		for i, w := 0, 0; i < len(text); i += w {
			var r rune
			r, w = utf8.DecodeRuneInString(text[i:])
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
func isASCII(line string) bool {
	for _, c := range []byte(line) {
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
	if rest, ok := strings.CutPrefix(msg, "line "); ok {
		msg = strings.TrimPrefix(strings.TrimLeft(rest, "0123456789"), ": ")
	}
	lines := strings.SplitAfter(d.text, "\n")
	n := min(readable(lines), len(lines)-1)
	text := strings.TrimRight(lines[n], "\r\n")
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
	for _, m := range meant {
		if strings.Contains(msg, m.says) {
			msg = m.means
			break
		}
	}
	return d.problem(n+1, utf8.RuneCountInString(indent)+1, "not valid YAML from here: %s", msg)
}

// meant says what an author most likely did when the library says what it missed.
var meant = []struct{ says, means string }{
	{"mapping values are not allowed", `": " in a text: put the text in quotes`},
	{"cannot start any token", "no text may begin with this sign: put it in quotes"},
	{"alphabetic or numeric character", "a text that begins with * or & needs quotes"},
	{"could not find expected ':'", "a key without its colon, or a text of several lines without quotes"},
	{"did not find expected key", "want a key: the indentation is off, or a quote or bracket closes too early or never"},
	{"did not find expected '-' indicator", `want an entry that begins with "- ": the indentation is off`},
	{"did not find expected ',' or ']'", "a list [ ] is not closed, or a text in it needs quotes"},
	{"did not find expected ',' or '}'", "fields { } are not closed, or a text in them needs quotes"},
	{"did not find expected node content", "want a value: a list [ ] or fields { } are not closed"},
	{"found unexpected end of stream", "a quote is not closed"},
	{"block sequence entries are not allowed", `an entry "- " where none can be: put it on a line of its own, or the text in quotes`},
	{"<document start>", `content after the end of the document: is a text closed too early, or is a line "---" missing?`},
}

// readable is the number of lines in the longest beginning of a broken text that can be read. Inside a list or text of
// several lines a beginning fails without a mistake, so after each search some lines more are tried. A very long text
// is searched less closely, so that a broken file never takes longer than a few whole ones.
func readable(lines []string) int {
	budget := maxSearch
	ok := func(n int) bool {
		text := strings.Join(lines[:n], "")
		budget -= len(text)
		_, _, err := decode(text)
		return err == nil || err == io.EOF
	}
	good := 0
	for further := 0; ; good = further {
		bad := len(lines)
		for bad-good > 1 && budget > 0 {
			if mid := (good + bad) / 2; ok(mid) {
				good = mid
			} else {
				bad = mid
			}
		}
		further = 0
		for n := good + 2; n <= min(good+maxConstruct, len(lines)-1) && budget > 0 && further == 0; n++ {
			if ok(n) {
				further = n
			}
		}
		if further == 0 {
			return good
		}
	}
}

// maxSearch is how many bytes are parsed in search of a mistake.
const maxSearch = 4 << 20

// maxConstruct is how many lines a list or text in brackets or quotes may have for a later mistake to be found exactly.
const maxConstruct = 30

// noun names what a node is, for messages.
func noun(n *node) string {
	switch n.kind {
	case fieldsNode:
		return "fields"
	case listNode:
		return "a list"
	case aliasNode:
		return "an alias"
	}
	if n.null {
		return "nothing"
	}
	return quote(n.text)
}
