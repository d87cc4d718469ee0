package trial

import (
	"fmt"
	"strings"
)

// addOrder makes a function of loops: def it(emit): for i in …: for j in …: emit(i, j).
func (a *answer) addOrder(pieces []*Piece) error {
	r := &rule{piece: pieces[0]}
	if memoLine(pieces[0].Text) {
		r.memo = true
		a.order = r
		return nil
	}
	at := node{token: token{line: pieces[0].Line, col: pieces[0].Col}}
	line := func(depth int, nodes ...node) {
		tokens := oneLine(flat(nodes))
		if len(tokens) > 0 {
			tokens[0].pre = strings.Repeat(" ", depth)
		}
		r.tokens = append(append(r.tokens, tokens...), token{text: "\n", kind: ending})
	}
	line(0, put(&at, word, "def"), put(&at, word, "it"), wrap("(", []node{put(&at, word, "emit")}, &at), put(&at, sign, ":"))
	depth := 1
	for _, p := range pieces {
		tokens := lex(p.Text, p.Line, p.Col)
		nodes, ok := nest(tokens)
		if !ok {
			return unpaired(tokens)
		}
		for _, part := range loopParts(nodes) {
			if !part[0].is("for") && part[1].is("=") && index(part, 0, "..", "to", "range") < 0 {
				line(depth, expression(part)...)
				r.loops = append(r.loops, part[0].text)
				continue
			}
			if part[0].is("for") {
				part = part[1:]
			}
			down := false
			if n := len(part); part[n-1].is("descending", "decreasing", "downward", "downwards") {
				down, part = true, part[:n-1]
			} else if part[n-1].is("ascending", "increasing", "upward", "upwards", "do") {
				part = part[:n-1]
			}
			over := overRange(part)
			in := index(over, 0, "in")
			if in < 1 || in+1 >= len(over) {
				return &fault{part[0].line, part[0].col, "want a loop, such as for i in 1..n"}
			}
			for _, name := range over[:in] {
				if name.kind == word && !name.group {
					r.loops = append(r.loops, name.text)
				}
			}
			span := expression(over[in+1:])
			if down {
				span = []node{put(&over[0], word, "reversed"), wrap("(", span, &over[0])}
			}
			loop := append([]node{put(&over[0], word, "for")}, over[:in+1]...)
			line(depth, append(append(loop, span...), put(&over[0], sign, ":"))...)
			depth++
		}
	}
	if depth == 1 {
		return &fault{at.line, at.col, "want a loop, such as for i in 1..n"}
	}
	r.tokens = append(r.tokens, token{pre: strings.Repeat(" ", depth), text: "emit(" + strings.Join(a.emitted(r.loops), ", ") + ")", line: at.line, col: at.col})
	a.order = r
	return nil
}

// emitted are the indexes that the loops give: those of the relation where all are bound, those that are bound where the
// others do not matter, else the loops in their order.
func (a *answer) emitted(loops []string) (out []string) {
	bound := map[string]bool{}
	for _, name := range loops {
		bound[name] = true
	}
	any := false
	for _, name := range a.index {
		any = any || bound[name]
	}
	if !any {
		return loops
	}
	for k, name := range a.index {
		if bound[name] {
			if len(a.relate) > 0 && a.relate[0].shift[k] != 0 { // the loop variable of dp[i+1] = …
				name += fmt.Sprintf(" + (%d)", a.relate[0].shift[k])
			}
			out = append(out, name)
		} else {
			out = append(out, "None")
		}
	}
	return out
}

// loopParts cuts "for i in 1..n: for j in 1..m", also at commas, "then" and "and", into loops and assignments.
func loopParts(nodes []node) (parts [][]node) {
	nodes, _ = uncommentedLoop(nodes)
	begin := 0
	flush := func(end int) {
		part := nodes[begin:end]
		for len(part) > 0 && part[len(part)-1].is(":", ",", ";") {
			part = part[:len(part)-1]
		}
		if len(part) > 2 {
			parts = append(parts, part)
		}
	}
	for i := 1; i < len(nodes); i++ {
		next := i+2 < len(nodes) && nodes[i+1].kind == word && (nodes[i+1].is("for") || nodes[i+2].is("=", "in", "from"))
		switch {
		case nodes[i].is("for"):
			flush(i)
			begin = i
		case nodes[i].is(",", ";", ":", "then", "and") && next:
			flush(i)
			begin = i + 1
		}
	}
	flush(len(nodes))
	return parts
}

// uncommentedLoop cuts what follows a loop and is none: "for i in 1..n: compute dp[i]".
func uncommentedLoop(nodes []node) ([]node, bool) {
	for i := 1; i < len(nodes); i++ {
		if !nodes[i].is(":", ",", ";", ".", "since", "because", "so") || nodes[i].group {
			continue
		}
		if i+1 == len(nodes) {
			return nodes[:i], false
		}
		loop := nodes[i+1].is("for", "then") || i+2 < len(nodes) && nodes[i+1].kind == word && nodes[i+2].is("=", "in", "from") && !nodes[i+1].group
		listed := nodes[i].is(",") && (nodes[i+1].kind == number || nodes[i+1].is("..") || nodes[i+1].is("-"))
		if !loop && !listed && !(i > 1 && nodes[i-1].is("..")) {
			return nodes[:i], false
		}
	}
	return nodes, true
}
