package trial

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word of notation or code with the place it came from; pre is the space before it. What a rewriting inserts
// has the place of its neighbour, so that an error always points into the text that was written.
type token struct {
	pre, text string
	kind      tokenKind
	line, col int // from 1; col in characters
	off, end  int // bytes of the text that was taken apart
}

type tokenKind byte

const (
	word tokenKind = iota
	number
	quoted
	sign
	ending // of a line
	opaque // no character of the language
)

// spelled are signs as they are written by hand.
var spelled = map[rune]string{
	'≤': "<=", '≥': ">=", '≠': "!=", '−': "-", '–': "-", '·': "*", '×': "*", '∗': "*", '∞': "inf", '∧': "and", '∨': "or", '¬': "not",
	'∈': "in", '¦': "if", '∉': "not in", '…': "..", '←': "=", '⌊': "(", '⌋': ")", 'Θ': "theta", '²': "**2", '³': "**3",
	'’': "'", '‘': "'", '“': `"`, '”': `"`,
}

// signs of more than one character, longest first.
var signs = []string{"**=", "//=", "...", ">>=", "<<=", "..", "->", ":=", "==", "!=", "<=", ">=", "**", "//", "<<", ">>", "+=", "-=", "*=", "/=",
	"%=", "|=", "&=", "^=", "&&", "||"}

var signWords = map[string]string{"&&": "and", "||": "or", "...": ".."}

// lexer takes a text apart; it never fails: what it does not know is opaque.
type lexer struct {
	size      int
	rest      string
	line, col int
	pre       strings.Builder
	out       []token
}

// lex returns the tokens of a text that begins at a place.
func lex(text string, line, col int) []token {
	l := &lexer{size: len(text), rest: text, line: line, col: col}
	for l.rest != "" {
		l.next()
	}
	return l.out
}

func (l *lexer) take(n int) string {
	s := l.rest[:n]
	l.rest = l.rest[n:]
	for _, r := range s {
		if l.col++; r == '\n' {
			l.line, l.col = l.line+1, 1
		}
	}
	return s
}

func (l *lexer) put(kind tokenKind, n int, as string) {
	t := token{pre: l.pre.String(), kind: kind, line: l.line, col: l.col, off: l.size - len(l.rest)}
	l.pre.Reset()
	if t.text = l.take(n); as != "" {
		t.text = as
	}
	t.end = l.size - len(l.rest)
	l.out = append(l.out, t)
}

func (l *lexer) next() {
	c, size := utf8.DecodeRuneInString(l.rest)
	switch {
	case c == '\n':
		l.put(ending, 1, "")
	case c == '\\' && strings.HasPrefix(l.rest, "\\\n"):
		l.pre.WriteString(l.take(2))
	case c == ' ' || c == '\t' || c == '\r' || c == 0xa0:
		l.take(size)
		l.pre.WriteByte(map[bool]byte{true: '\t', false: ' '}[c == '\t'])
	case c == '#':
		n := strings.IndexByte(l.rest, '\n')
		if n < 0 {
			n = len(l.rest)
		}
		l.take(n)
	case c >= '0' && c <= '9':
		l.put(number, numberEnd(l.rest), "")
	case c == '"' || c == '\'' || (c == 'f' || c == 'r') && len(l.rest) > 1 && (l.rest[1] == '"' || l.rest[1] == '\''):
		l.quoted()
	case c == '_' || c < utf8.RuneSelf && unicode.IsLetter(c):
		l.put(word, strings.IndexFunc(l.rest+" ", func(r rune) bool {
			return r != '_' && (r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r))
		}), "")
	case subscripted[c] != 0:
		l.subscript()
	case unicode.Is(unicode.Greek, c) && spelled[c] == "" || c == 'ℓ':
		l.put(word, size, "")
	case spelled[c] != "":
		kind := sign
		if unicode.IsLetter(rune(spelled[c][0])) {
			kind = word
		}
		for _, part := range strings.Fields(strings.Replace(spelled[c], "**", "** ", 1)) {
			if kind == sign && part >= "0" && part <= "9" {
				kind = number
			}
			l.put(kind, size, part)
			size = 0
		}
	default:
		l.sign(c, size)
	}
}

// subscripted are small letters and digits below the line.
var subscripted = map[rune]byte{'₀': '0', '₁': '1', '₂': '2', '₃': '3', '₄': '4', '₅': '5', '₆': '6', '₇': '7', '₈': '8', '₉': '9', '₊': '+', '₋': '-',
	'ₐ': 'a', 'ₑ': 'e', 'ₒ': 'o', 'ₓ': 'x', 'ₕ': 'h', 'ₖ': 'k', 'ₗ': 'l', 'ₘ': 'm', 'ₙ': 'n', 'ₚ': 'p', 'ₛ': 's', 'ₜ': 't', 'ᵢ': 'i', 'ⱼ': 'j', 'ᵣ': 'r', 'ᵤ': 'u', 'ᵥ': 'v'}

// subscript takes what is written below the line as an index in brackets.
func (l *lexer) subscript() {
	l.pre.Reset()
	l.put(sign, 0, "[")
	for l.rest != "" {
		c, size := utf8.DecodeRuneInString(l.rest)
		s := subscripted[c]
		if s == 0 {
			break
		}
		kind := word
		switch {
		case s == '+' || s == '-':
			kind = sign
		case s <= '9':
			kind = number
		}
		l.put(kind, size, string(s))
	}
	l.put(sign, 0, "]")
}

func (l *lexer) sign(c rune, size int) {
	for _, s := range signs {
		if strings.HasPrefix(l.rest, s) {
			l.put(sign, len(s), signWords[s])
			return
		}
	}
	if strings.ContainsRune("+-*/%<>=()[]{},:;.|&^~@!?", c) {
		l.put(sign, size, "")
		return
	}
	l.put(opaque, size, "")
}

// quoted takes a string; one that is not closed in its line is opaque, as an apostrophe in prose.
func (l *lexer) quoted() {
	at := 0
	if l.rest[0] != '"' && l.rest[0] != '\'' {
		at = 1
	}
	q := l.rest[at : at+1]
	if strings.HasPrefix(l.rest[at:], q+q+q) {
		if end := strings.Index(l.rest[at+3:], q+q+q); end >= 0 {
			l.put(quoted, at+3+end+3, "")
			return
		}
	}
	for i := at + 1; i < len(l.rest) && l.rest[i] != '\n'; i++ {
		switch l.rest[i] {
		case '\\':
			i++
		case q[0]:
			l.put(quoted, i+1, "")
			return
		}
	}
	if at > 0 {
		l.put(word, 1, "")
		return
	}
	l.put(opaque, 1, "")
}

// numberEnd is where a number ends; the dots of a range are not part of it.
func numberEnd(s string) int {
	i := 0
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '_') {
		i++
	}
	if i+1 < len(s) && s[i] == '.' && s[i+1] >= '0' && s[i+1] <= '9' {
		for i++; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		}
	}
	if i+1 < len(s) && s[i] == 'e' && s[i+1] >= '0' && s[i+1] <= '9' {
		for i++; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		}
	}
	return i
}

// source is rendered text with a way back to where each part was written.
type source struct {
	text  string
	marks [][]mark // by line
}

type mark struct{ col, atLine, atCol int }

// render writes tokens as text.
func render(tokens []token) source {
	var b strings.Builder
	s := source{marks: [][]mark{nil}}
	col := 1
	advance := func(text string) {
		for _, r := range text {
			if col++; r == '\n' {
				s.marks, col = append(s.marks, nil), 1
			}
		}
		b.WriteString(text)
	}
	for i, t := range tokens {
		if i > 0 && t.pre == "" && t.kind <= quoted && tokens[i-1].kind <= quoted {
			t.pre = " " // two words never run together
		}
		advance(t.pre)
		last := len(s.marks) - 1
		s.marks[last] = append(s.marks[last], mark{col, t.line, t.col})
		advance(t.text)
	}
	s.text = b.String()
	return s
}

// origin is where the text at a place of the rendered one was written.
func (s *source) origin(line, col int) (int, int) {
	if line < 1 || line > len(s.marks) {
		return 0, 0
	}
	best := mark{}
	for _, m := range s.marks[line-1] {
		if m.col <= col || best.atLine == 0 {
			best = m
		}
	}
	return best.atLine, best.atCol
}

// node is a token, or a group in brackets.
type node struct {
	token
	group bool
	sub   bool // written below the line
	kids  []node
	close token
}

var closing = map[string]string{"(": ")", "[": "]", "{": "}"}

// nest groups tokens by their brackets; ok is false where they do not pair.
func nest(tokens []token) (nodes []node, ok bool) {
	nodes, rest, ok := nestTo(tokens, "", 0)
	return nodes, ok && len(rest) == 0
}

// maxNesting is how deep brackets may stand in each other.
const maxNesting = 200

func nestTo(tokens []token, end string, depth int) (nodes []node, rest []token, ok bool) {
	if depth > maxNesting {
		return nil, nil, false
	}
	for len(tokens) > 0 {
		t := tokens[0]
		tokens = tokens[1:]
		switch {
		case t.kind == sign && t.text == end && end != "":
			return append(nodes, node{token: t}), tokens, true
		case t.kind == sign && closing[t.text] != "":
			n := node{token: t, group: true}
			if n.kids, tokens, ok = nestTo(tokens, closing[t.text], depth+1); !ok {
				return nil, nil, false
			}
			n.close, n.kids = n.kids[len(n.kids)-1].token, n.kids[:len(n.kids)-1]
			nodes = append(nodes, n)
		case t.kind == sign && (t.text == ")" || t.text == "]" || t.text == "}"):
			return nil, nil, false
		default:
			nodes = append(nodes, node{token: t})
		}
	}
	return nodes, nil, end == ""
}

// flat is the reverse of nest.
func flat(nodes []node) []token { return flatInto(nil, nodes) }

func flatInto(out []token, nodes []node) []token {
	for i := range nodes {
		out = append(out, nodes[i].token)
		if nodes[i].group {
			out = append(flatInto(out, nodes[i].kids), nodes[i].close)
		}
	}
	return out
}

func (n *node) is(texts ...string) bool {
	if n.group || n.kind == quoted || n.kind == opaque {
		return false
	}
	for _, t := range texts {
		if n.text == t {
			return true
		}
	}
	return false
}

// put makes an inserted node at the place of another.
func put(at *node, kind tokenKind, text string) node {
	return node{token: token{pre: " ", text: text, kind: kind, line: at.line, col: at.col, off: at.off, end: at.end}}
}

// wrap puts nodes into brackets.
func wrap(open string, nodes []node, at *node) node {
	n := put(at, sign, open)
	n.pre, n.group, n.kids = "", true, nodes
	n.close = put(at, sign, closing[open]).token
	n.close.pre = ""
	return n
}

func index(nodes []node, from int, texts ...string) int {
	for i := from; i < len(nodes); i++ {
		if nodes[i].is(texts...) {
			return i
		}
	}
	return -1
}
