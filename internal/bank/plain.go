package bank

import (
	"strings"
	"unicode/utf8"
)

// quick reads the YAML that people write by hand for a bank: fields and lists by indentation, texts plain, in quotes or as
// a block, and lists and fields in brackets. It is a tenth of the library's work, which was most of what a prompt takes to
// load. Whatever might mean anything else (an anchor, a tag, an escape, a text folded over lines, a tab, a mistake) makes it
// give up, and the library reads the document; a test holds that the trees are the same.
type quick struct {
	text  string
	at    int
	line  int32 // of at, from 1
	start int   // of that line
	wide  bool  // the text has characters of several bytes

	nodes    []node  // to be given out
	lists    []*node // the same, of contents
	open     []*node // contents of what is not closed yet
	depth    int
	hopeless bool
}

// deepestQuick bounds the nesting; no bank comes near it.
const deepestQuick = 40

// quickTree is the tree of a document, nil where it has to be read by the library. Lines begin after those before it.
func quickTree(text string, before int) *node {
	q := quick{text: text, line: int32(before) + 1}
	if !q.simple() {
		return nil
	}
	if strings.HasPrefix(text, "---\n") {
		q.at, q.start, q.line = 4, 4, q.line+1
	}
	indent, ok := q.next()
	if !ok || indent != 0 {
		return nil
	}
	n := q.fields(0)
	if _, more := q.next(); more || q.hopeless {
		return nil
	}
	return n
}

// simple refuses bytes that need a closer look, also those that no document may hold.
func (q *quick) simple() bool {
	for i := 0; i < len(q.text); i++ {
		switch c := q.text[i]; {
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(q.text[i:])
			if r == utf8.RuneError || obeyed(r) || r == 0x2028 || r == 0x2029 || r == 0xfeff || r >= 0xfffe {
				return false
			}
			q.wide = true
			i += n - 1
		case c < ' ' && c != '\n' || c == 0x7f:
			return false
		}
	}
	return true
}

func (q *quick) giveUp() *node {
	q.hopeless = true
	return nil
}

// node is a new one at an offset of the line.
func (q *quick) node(kind nodeKind, at int) *node {
	if len(q.nodes) == 0 {
		q.nodes = make([]node, 256)
	}
	n := &q.nodes[0]
	q.nodes = q.nodes[1:]
	n.kind, n.line, n.col = kind, q.line, int32(at-q.start+1)
	if q.wide {
		n.col = int32(utf8.RuneCountInString(q.text[q.start:at]) + 1)
	}
	return n
}

// close gives a node what was opened since.
func (q *quick) close(n *node, from int) *node {
	k := len(q.open) - from
	if len(q.lists) < k {
		q.lists = make([]*node, max(256, k))
	}
	n.content, q.lists = q.lists[:k:k], q.lists[k:]
	copy(n.content, q.open[from:])
	q.open = q.open[:from]
	return n
}

// next goes to the first line that says something, at or after the place, which must be the start of a line; it returns the indentation, and stays before it.
func (q *quick) next() (indent int, ok bool) {
	for q.at < len(q.text) {
		end := q.lineEnd()
		i := q.at
		for i < end && q.text[i] == ' ' {
			i++
		}
		if i < end && q.text[i] != '#' {
			if i == q.at && (strings.HasPrefix(q.text[i:end], "---") || strings.HasPrefix(q.text[i:end], "...")) {
				q.hopeless = true
			}
			return i - q.at, !q.hopeless
		}
		q.newline(end)
	}
	return 0, false
}

func (q *quick) lineEnd() int {
	if i := strings.IndexByte(q.text[q.at:], '\n'); i >= 0 {
		return q.at + i
	}
	return len(q.text)
}

// newline goes on behind the end of a line.
func (q *quick) newline(end int) {
	q.at = min(end+1, len(q.text))
	q.start = q.at
	q.line++
}

// rest ends a line that has nothing more but a comment.
func (q *quick) rest() bool {
	i := q.at
	for i < len(q.text) && q.text[i] == ' ' {
		i++
	}
	switch {
	case i == len(q.text), q.text[i] == '\n':
		q.newline(i)
	case q.text[i] == '#' && i > q.at:
		q.at = i
		q.newline(q.lineEnd())
	default:
		q.hopeless = true
	}
	return !q.hopeless
}

// fields reads a mapping whose names stand at an indentation; the place is at the start of its first line, or, behind the
// dash of an entry, at its first name.
func (q *quick) fields(indent int) *node {
	if q.depth++; q.depth > deepestQuick {
		return q.giveUp()
	}
	defer func() { q.depth-- }()
	if q.at == q.start {
		q.at += indent
	}
	n, from := q.node(fieldsNode, q.at), len(q.open)
	for {
		key := q.key()
		if key == nil {
			return nil
		}
		q.open = append(q.open, key)
		value := q.value(indent, true)
		if q.hopeless {
			return nil
		}
		q.open = append(q.open, value)
		width, ok := q.next()
		switch {
		case q.hopeless || ok && width > indent:
			return q.giveUp()
		case !ok || width < indent:
			return q.close(n, from)
		}
		q.at += indent
	}
}

// key reads a name and its colon.
func (q *quick) key() *node {
	end := q.at
	for end < len(q.text) && end-q.at < 128 && isKeyByte(q.text[end]) {
		end++
	}
	if end == q.at || !isLetter(q.text[q.at]) || end >= len(q.text) || q.text[end] != ':' {
		return q.giveUp()
	}
	n := q.node(scalarNode, q.at)
	n.text = q.text[q.at:end]
	n.null = isNull(n.text)
	q.at = end + 1
	return n
}

func isLetter(c byte) bool  { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool   { return c >= '0' && c <= '9' }
func isKeyByte(c byte) bool { return isLetter(c) || isDigit(c) || c == '-' || c == '_' }

// value reads what follows a colon or, where fields says no, the dash of an entry; what holds it stands at an indentation.
func (q *quick) value(indent int, fields bool) *node {
	i := q.at
	for i < len(q.text) && q.text[i] == ' ' {
		i++
	}
	if i == len(q.text) || q.text[i] == '\n' || i > q.at && q.text[i] == '#' {
		if !fields || !q.rest() {
			return q.giveUp()
		}
		return q.below(indent)
	}
	if i == q.at {
		return q.giveUp() // "a:b"
	}
	q.at = i
	switch c := q.text[i]; {
	case c == '|' || c == '>':
		return q.block(indent)
	case c == '[' || c == '{':
		n := q.brackets()
		if q.hopeless || !q.rest() {
			return nil
		}
		return n
	case c == '"' || c == '\'':
		n := q.quotes()
		if q.hopeless || !q.rest() {
			return nil
		}
		return q.ended(n, indent)
	}
	return q.plain(indent, false)
}

// below reads a list or fields on the lines below a name.
func (q *quick) below(indent int) *node {
	width, ok := q.next()
	if !ok {
		return q.giveUp()
	}
	dash := q.dash(q.at + width)
	switch {
	case dash && width >= indent:
		return q.list(width)
	case !dash && width > indent:
		return q.fields(width)
	}
	return q.giveUp() // nothing
}

func (q *quick) dash(at int) bool { return strings.HasPrefix(q.text[at:], "- ") }

// list reads a list whose dashes stand at an indentation; the place is as with fields.
func (q *quick) list(indent int) *node {
	if q.depth++; q.depth > deepestQuick {
		return q.giveUp()
	}
	defer func() { q.depth-- }()
	if q.at == q.start {
		q.at += indent
	}
	n, from := q.node(listNode, q.at), len(q.open)
	for {
		entry := q.entry(indent)
		if q.hopeless {
			return nil
		}
		q.open = append(q.open, entry)
		width, ok := q.next()
		switch {
		case q.hopeless || ok && width > indent:
			return q.giveUp()
		case !ok || width < indent || !q.dash(q.at+width):
			return q.close(n, from)
		}
		q.at += indent
	}
}

// entry reads one entry, from its dash.
func (q *quick) entry(indent int) *node {
	i := q.at + 1
	for i < len(q.text) && q.text[i] == ' ' {
		i++
	}
	inner := i - q.start // the indentation of what it holds
	if q.dash(i) {
		q.at = i
		return q.list(inner)
	}
	if i < len(q.text) && isLetter(q.text[i]) {
		end := i
		for end < len(q.text) && isKeyByte(q.text[end]) {
			end++
		}
		if end < len(q.text) && q.text[end] == ':' && (end+1 == len(q.text) || q.text[end+1] == ' ' || q.text[end+1] == '\n') {
			q.at = i
			return q.fields(inner)
		}
	}
	q.at++
	return q.value(indent, false)
}

// ended refuses a text that goes on in a line below.
func (q *quick) ended(n *node, indent int) *node {
	if width, ok := q.next(); ok && width > indent || q.hopeless {
		return q.giveUp()
	}
	return n
}

// plain reads a text without quotes on one line; inside brackets their signs end it.
func (q *quick) plain(indent int, inside bool) *node {
	if !q.begins() {
		return q.giveUp()
	}
	n := q.node(scalarNode, q.at)
	end := q.at
scan:
	for ; end < len(q.text); end++ {
		switch c := q.text[end]; c {
		case '\n':
			break scan
		case '#':
			if q.text[end-1] == ' ' {
				break scan
			}
		case ':':
			if end+1 == len(q.text) || strings.IndexByte(" \n", q.text[end+1]) >= 0 || inside {
				return q.giveUp()
			}
		case '[', '{', '?':
			if inside {
				return q.giveUp()
			}
		case ',', ']', '}':
			if inside {
				break scan
			}
		}
	}
	n.text = strings.TrimRight(q.text[q.at:end], " ")
	n.null = isNull(n.text)
	q.at += len(n.text)
	if inside {
		return n
	}
	if !q.rest() {
		return nil
	}
	return q.ended(n, indent)
}

// begins says that a text without quotes may begin here.
func (q *quick) begins() bool {
	switch c := q.text[q.at]; c {
	case '$', '(', '/':
		return true
	case '-':
		return q.at+1 < len(q.text) && isDigit(q.text[q.at+1])
	default:
		return isLetter(c) || isDigit(c) || c >= utf8.RuneSelf
	}
}

func isNull(s string) bool { return s == "null" || s == "Null" || s == "NULL" }

// quotes reads a text in quotes on one line.
func (q *quick) quotes() *node {
	mark := q.text[q.at]
	n := q.node(scalarNode, q.at)
	n.quoted = true
	body := q.text[q.at+1:]
	end, special := 0, false
	for ; ; end++ {
		if end == len(body) || body[end] == '\n' {
			return q.giveUp()
		}
		if body[end] == mark {
			if mark == '"' || end+1 == len(body) || body[end+1] != mark {
				break
			}
			special = true
			end++
		} else if body[end] == '\\' && mark == '"' {
			special = true
			if end++; end == len(body) || strings.IndexByte(`"\n`, body[end]) < 0 {
				return q.giveUp()
			}
		}
	}
	n.text = body[:end]
	if special && mark == '"' {
		n.text = escapes.Replace(n.text)
	} else if special {
		n.text = strings.ReplaceAll(n.text, "''", "'")
	}
	q.at += end + 2
	return n
}

var escapes = strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\n`, "\n")

// brackets reads a list or fields in brackets, which may go over several lines.
func (q *quick) brackets() *node {
	if q.depth++; q.depth > deepestQuick {
		return q.giveUp()
	}
	defer func() { q.depth-- }()
	kind, close := listNode, byte(']')
	if q.text[q.at] == '{' {
		kind, close = fieldsNode, '}'
	}
	n, from := q.node(kind, q.at), len(q.open)
	q.at++
	for {
		if !q.blank() {
			return q.giveUp()
		}
		if q.text[q.at] == close {
			q.at++
			return q.close(n, from)
		}
		if kind == fieldsNode {
			key := q.key()
			if q.hopeless || q.at >= len(q.text) || q.text[q.at] != ' ' || !q.blank() {
				return q.giveUp()
			}
			q.open = append(q.open, key)
		}
		value := q.inside()
		if q.hopeless || !q.blank() {
			return q.giveUp()
		}
		q.open = append(q.open, value)
		switch q.text[q.at] {
		case ',':
			q.at++
		case close:
		default:
			return q.giveUp()
		}
	}
}

// inside reads a value inside brackets.
func (q *quick) inside() *node {
	switch q.text[q.at] {
	case '[', '{':
		return q.brackets()
	case '"', '\'':
		return q.quotes()
	}
	return q.plain(0, true)
}

// blank goes over spaces and ends of lines inside brackets; it says no at the end of the text. A line that goes on must be
// indented, and a comment in it is left to the library.
func (q *quick) blank() bool {
	for q.at < len(q.text) {
		switch q.text[q.at] {
		case ' ':
			q.at++
		case '\n':
			q.newline(q.at)
			if q.at < len(q.text) && q.text[q.at] != ' ' && q.text[q.at] != '\n' {
				return false
			}
		case '#':
			return false
		default:
			return true
		}
	}
	return false
}

// block reads a text of lines, kept or folded; what holds it stands at an indentation.
func (q *quick) block(parent int) *node {
	n := q.node(scalarNode, q.at)
	end := q.lineEnd()
	header := strings.TrimRight(q.text[q.at:end], " ")
	if header != "|" && header != "|-" && header != ">-" {
		return q.giveUp()
	}
	q.newline(end)
	indent, from, size := -1, q.at, 0
	for at := q.at; at < len(q.text); {
		end := at + strings.IndexByte(q.text[at:], '\n')
		if end < at {
			end = len(q.text)
		}
		width := 0
		for at+width < end && q.text[at+width] == ' ' {
			width++
		}
		blank := at+width == end
		switch {
		case blank && (indent < 0 || header == ">-"):
			if width > 0 || header == ">-" && q.goesOn(end, indent) {
				return q.giveUp()
			}
		case blank:
		case indent < 0:
			indent = width
			if indent <= parent {
				return q.giveUp()
			}
		case width < indent && width > parent:
			return q.giveUp()
		case width < indent:
			n.text = q.lines(from, at, indent, size, header)
			return n
		case width > indent && header == ">-":
			return q.giveUp()
		}
		size += max(end-at-max(indent, 0), 0) + 1
		at = min(end+1, len(q.text))
		q.newline(end)
	}
	if indent < 0 || q.text[len(q.text)-1] != '\n' {
		return q.giveUp()
	}
	n.text = q.lines(from, len(q.text), indent, size, header)
	return n
}

// goesOn says that a folded text has more lines after an empty one, which would be a break in it.
func (q *quick) goesOn(end, indent int) bool {
	rest := strings.TrimLeft(q.text[end:], "\n")
	return indent < 0 || strings.HasPrefix(rest, strings.Repeat(" ", indent))
}

// lines are those of a block without their indentation, and with the end that its header asks for.
func (q *quick) lines(from, to, indent, size int, header string) string {
	var b strings.Builder
	b.Grow(size)
	for line := range strings.Lines(q.text[from:to]) {
		if len(line) > indent {
			b.WriteString(line[indent:])
		} else {
			b.WriteByte('\n')
		}
	}
	text := strings.TrimRight(b.String(), "\n")
	switch header {
	case "|":
		return text + "\n"
	case ">-":
		return strings.ReplaceAll(text, "\n", " ")
	}
	return text
}
