package trial

import (
	"strings"
)

// python rewrites whole code, statement by statement, into what Starlark reads. Lines are kept: what goes leaves "pass".
// The error is a fault in our words for what is beyond the subset.
func python(text string, line int) ([]token, error) {
	tokens := lex(text, line, 1)
	nodes, ok := nest(tokens)
	if !ok {
		return nil, unpaired(tokens)
	}
	p := &shim{}
	var out []token
	var ends []token
	begin := 0
	for i := 0; i <= len(nodes); i++ {
		if i < len(nodes) && nodes[i].kind != ending {
			continue
		}
		if i > begin {
			p.lines = append(p.lines, nodes[begin:i])
		} else {
			p.lines = append(p.lines, nil)
		}
		if i < len(nodes) {
			ends = append(ends, nodes[i].token)
		}
		begin = i + 1
	}
	for i := range p.lines {
		done, err := p.statement(i)
		if err != nil {
			return nil, err
		}
		before, after := flat(p.lines[i]), flat(done)
		out = append(out, after...)
		for range newlines(before) - newlines(after) { // of what was cut: no line may be lost
			out = append(out, token{text: "\n", kind: ending, line: before[len(before)-1].line})
		}
		if i+1 < len(p.lines) {
			out = append(out, ends[i])
		}
	}
	return out, nil
}

// newlines counts the lines that end inside tokens.
func newlines(tokens []token) (n int) {
	for _, t := range tokens {
		n += strings.Count(t.pre, "\n") + strings.Count(t.text, "\n")
	}
	return n
}

type shim struct {
	lines  [][]node
	inside bool // of a class
}

// unpaired is the fault of a bracket that has no partner.
func unpaired(tokens []token) error {
	var open []token
	for _, t := range tokens {
		switch {
		case t.kind != sign:
		case closing[t.text] != "":
			open = append(open, t)
		case t.text == ")" || t.text == "]" || t.text == "}":
			if len(open) == 0 || closing[open[len(open)-1].text] != t.text {
				return &fault{t.line, t.col, "this " + t.text + " closes nothing"}
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) == 0 {
		return &fault{msg: "the brackets stand too deep in each other"}
	}
	last := open[len(open)-1]
	return &fault{last.line, last.col, "this " + last.text + " is not closed"}
}

// refused are the words of Python that the subset has not, with what to write instead.
var refused = map[string]string{
	"nonlocal": "nonlocal is not in the subset: keep the value in a list of one element",
	"global":   "global is not in the subset: keep the value in a list of one element",
	"yield":    "yield is not in the subset: build a list",
	"try":      "try is not in the subset: test before you do it",
	"except":   "except is not in the subset: test before you do it",
	"raise":    "raise is not in the subset: return a value",
	"assert":   "assert is not in the subset: leave it out",
	"del":      "del is not in the subset: use pop, or assign anew",
	"with":     "with is not in the subset",
	"async":    "async is not in the subset",
	"await":    "await is not in the subset",
	":=":       ":= is not in the subset: assign on a line of its own",
	"match":    "",
}

var modules = map[string]bool{"functools": true, "math": true, "typing": true, "sys": true, "collections": true}

func (p *shim) statement(at int) ([]node, error) {
	n := p.lines[at]
	if len(n) == 0 {
		return n, nil
	}
	if err := refuse(n); err != nil {
		return nil, err
	}
	switch {
	case n[0].is("import", "from"):
		return imported(n)
	case n[0].is("sys") && len(n) > 2 && n[2].is("setrecursionlimit"):
		return pass(n), nil
	case n[0].is("@"):
		return p.decorator(at)
	case n[0].is("class"):
		p.inside = true
		return []node{replaced(&n[0], "if"), put(&n[0], word, "True"), put(&n[0], sign, ":")}, nil
	case n[0].is("def"):
		n = p.def(at)
	case len(n) > 1 && n[0].kind == word && n[1].is(":") && !n[0].is("else", "finally", "lambda"):
		eq := index(n, 2, "=")
		if eq < 0 {
			return pass(n), nil
		}
		n = append([]node{n[0]}, n[eq:]...)
	}
	if p.inside {
		var err error
		if n, err = unselfed(n); err != nil {
			return nil, err
		}
	}
	n = formatted(n)
	return expression(chained(n)), nil
}

func refuse(nodes []node) error {
	for i := range nodes {
		n := &nodes[i]
		if n.group {
			if err := refuse(n.kids); err != nil {
				return err
			}
			continue
		}
		if n.kind == opaque {
			return &fault{n.line, n.col, "the character " + n.text + " cannot be read here"}
		}
		why, bad := refused[n.text]
		if bad && why != "" && n.kind != quoted && (i == 0 || !nodes[i-1].is(".")) {
			return &fault{n.line, n.col, why}
		}
	}
	return nil
}

func replaced(n *node, text string) node {
	r := *n
	r.text, r.kind, r.group, r.kids = text, word, false, nil
	return r
}

func pass(n []node) []node { return []node{replaced(&n[0], "pass")} }

func imported(n []node) ([]node, error) {
	for i, name := range n {
		if i > 0 && name.kind == word && !name.group && (i == 1 || n[0].is("import") && !n[i-1].is(".")) && !modules[name.text] && !name.is("as") {
			return nil, &fault{name.line, name.col, "import of " + name.text + " is not in the subset"}
		}
		if name.is("as") {
			return nil, &fault{name.line, name.col, "import under another name is not in the subset"}
		}
	}
	return pass(n), nil
}

// decorator turns @cache on its own line into the name of the function, which looks results up before it calls what is
// defined below under another name.
func (p *shim) decorator(at int) ([]node, error) {
	n := p.lines[at]
	name := &n[len(n)-1]
	if name.group {
		name = &n[len(n)-2]
	}
	switch {
	case name.is("staticmethod", "classmethod"):
		return pass(n), nil
	case !name.is("cache", "lru_cache"):
		return nil, &fault{n[0].line, n[0].col, "the decorator @" + name.text + " is not in the subset"}
	}
	for next := at + 1; next < len(p.lines); next++ {
		def := p.lines[next]
		if len(def) == 0 || def[0].is("@") {
			continue
		}
		if len(def) < 3 || !def[0].is("def") {
			break
		}
		f, inner := def[1].text, def[1].text+"__plain"
		def[1].text = inner
		at := &n[0]
		star := []node{put(at, sign, "*"), put(at, word, "a")}
		call := []node{put(at, word, "lambda"), put(at, sign, "*"), put(at, word, "a"), put(at, sign, ":"), put(at, word, inner), wrap("(", star, at)}
		return []node{replaced(at, f), put(at, sign, "="), put(at, word, "__memo"), wrap("(", call, at)}, nil
	}
	return nil, &fault{n[0].line, n[0].col, "a decorator stands before a function"}
}

// def cuts the types out of the head of a function, and self out of that of a method.
func (p *shim) def(at int) []node {
	n := p.lines[at]
	if len(n) < 4 || !n[2].group {
		return n
	}
	var params []node
	for i, part := range split(n[2].kids, ",") {
		if i == 0 && p.inside && len(part) > 0 && part[0].is("self") {
			continue
		}
		if len(params) > 0 && len(part) > 0 {
			params = append(params, put(&part[0], sign, ","))
		}
		if colon := index(part, 0, ":"); colon > 0 {
			eq := index(part, colon, "=")
			if part = append([]node{}, part...); eq > 0 {
				part = append(part[:colon], part[eq:]...)
			} else {
				part = part[:colon]
			}
		}
		params = append(params, part...)
	}
	n = append([]node{}, n...)
	n[2].kids = params
	if arrow := index(n, 3, "->"); arrow > 0 {
		if colon := index(n, arrow, ":"); colon > 0 {
			n = append(n[:arrow], n[colon:]...)
		}
	}
	return n
}

// unselfed drops "self." before the name of a method.
func unselfed(nodes []node) ([]node, error) {
	var out []node
	for i := 0; i < len(nodes); i++ {
		n := nodes[i]
		if n.group {
			kids, err := unselfed(n.kids)
			if err != nil {
				return nil, err
			}
			n.kids = kids
		}
		if n.is("self") && i+2 < len(nodes) && nodes[i+1].is(".") {
			name := nodes[i+2]
			if i+3 >= len(nodes) || !nodes[i+3].group || nodes[i+3].text != "(" {
				return nil, &fault{n.line, n.col, "values kept in self are not in the subset: use a local name"}
			}
			name.pre = n.pre
			out = append(out, name)
			i += 2
			continue
		}
		out = append(out, n)
	}
	return out, nil
}

// chained turns a = b = E into steps on the same line.
func chained(n []node) []node {
	begin := 0
	if n[0].is("if", "for", "while", "else", "elif") {
		for i := range n {
			if n[i].is(":") {
				begin = i + 1
			}
		}
	}
	parts := split(n[begin:], "=")
	if len(parts) < 3 || n[0].is("def") {
		return n
	}
	for _, p := range parts {
		if len(p) == 0 {
			return n
		}
	}
	last := parts[len(parts)-1]
	out := append([]node{}, n[:begin]...)
	lead := replaced(&n[begin], "__t")
	out = append(append(out, lead, put(&last[0], sign, "=")), last...)
	for _, target := range parts[:len(parts)-1] {
		target = append([]node{}, target...)
		target[0].pre = " "
		out = append(append(out, put(&target[0], sign, ";")), target...)
		out = append(out, put(&target[0], sign, "="), put(&target[0], word, "__t"))
	}
	return out
}

// formatted turns f"{a} {b}" into a call of format.
func formatted(nodes []node) []node {
	var out []node
	for _, n := range nodes {
		if n.group {
			n.kids = formatted(n.kids)
		}
		if n.group || n.kind != quoted || n.text[0] != 'f' {
			out = append(out, n)
			continue
		}
		text, args := n.text[1:], []node{}
		var plain strings.Builder
		for text != "" {
			open := strings.IndexByte(text, '{')
			end := strings.IndexByte(text, '}')
			if open < 0 || end < open {
				break
			}
			plain.WriteString(text[:open] + "{}")
			if inner, ok := nest(lex(text[open+1:end], n.line, n.col)); ok {
				if len(args) > 0 {
					args = append(args, put(&n, sign, ","))
				}
				args = append(args, inner...)
			}
			text = text[end+1:]
		}
		n.text = plain.String() + text
		out = append(out, n, put(&n, sign, "."), put(&n, word, "format"), wrap("(", args, &n))
	}
	return out
}
