package trial

import (
	"slices"
	"strings"
	"unicode"
)

// prepared takes a text apart into nodes; brackets that do not pair are left out, subscripts are indexes, and c ? a : b is
// a if c else b. knows tells names that are whole; it may be nil.
func prepared(text string, line, col int, knows func(string) bool) []node {
	if knows == nil {
		knows = func(string) bool { return false }
	}
	return respelled(subscripts(paired(lex(text, line, col)), knows))
}

// reserved are names that people give to parts and that cannot be names of a program.
var reserved = []string{"del", "try", "class", "global", "import", "raise", "yield", "assert", "except", "finally", "async", "await", "nonlocal", "pass", "while"}

// indexed are words of sentences and functions that are names where [ follows.
var indexed = []string{"up", "down", "by", "all", "over", "to", "from", "len", "sum", "step", "each", "then"}

// respelled makes len(s) of |s| and s[i] of s.charAt(i).
func respelled(nodes []node) []node {
	var out []node
	for i := 0; i < len(nodes); i++ {
		n := nodes[i]
		switch {
		case n.group:
			n.kids = respelled(n.kids)
		case n.is("|") && i+2 < len(nodes) && nodes[i+1].kind == word && !nodes[i+1].group && nodes[i+2].is("|") && (i == 0 || !closes(&nodes[i-1])):
			at := put(&n, word, "len")
			at.pre, at.end = n.pre, n.end
			g := wrap("(", nodes[i+1:i+2], &n)
			g.close.end = nodes[i+2].end
			out = append(out, at, g)
			i += 2
			continue
		case n.is(".") && i+2 < len(nodes) && nodes[i+1].is("charAt", "at", "get") && nodes[i+2].group && nodes[i+2].text == "(" && len(out) > 0 && out[len(out)-1].kind == word:
			g := nodes[i+2]
			g.text, g.close.text = "[", "]"
			out = append(out, g)
			i += 2
			continue
		case n.is(".") && i+1 < len(nodes) && nodes[i+1].is("length", "size") && len(out) > 0 && out[len(out)-1].kind == word && !out[len(out)-1].group:
			last := out[len(out)-1]
			at := put(&last, word, "len")
			at.pre, at.off, at.end = last.pre, last.off, last.end
			g := wrap("(", []node{last}, &last)
			g.close.end = nodes[i+1].end
			i++
			if i+1 < len(nodes) && nodes[i+1].group && nodes[i+1].text == "(" && len(nodes[i+1].kids) == 0 {
				i++
				g.close.end = nodes[i].close.end
			}
			out = append(out[:len(out)-1], at, g)
			continue
		case n.kind == word && (slices.Contains(reserved, n.text) || slices.Contains(indexed, n.text) && i+1 < len(nodes) && nodes[i+1].group && nodes[i+1].text == "[" && nodes[i+1].pre == ""):
			n.text += "_"
		}
		out = append(out, n)
	}
	return out
}

// closes says that a node ends an operand, so that | behind it begins none.
func closes(n *node) bool {
	return n.group || n.kind == number || n.kind == word && !keywords[n.text] && !glue[n.text] && n.kind != ending
}

// paired groups tokens by their brackets without those that do not pair.
func paired(tokens []token) []node {
	if nodes, ok := nest(tokens); ok {
		return nodes
	}
	var open []int
	drop := make([]bool, len(tokens))
	for i, t := range tokens {
		if t.kind != sign {
			continue
		}
		if closing[t.text] != "" {
			open = append(open, i)
			continue
		}
		if t.text != ")" && t.text != "]" && t.text != "}" {
			continue
		}
		match := -1
		for k := len(open) - 1; k >= 0 && match < 0; k-- {
			if closing[tokens[open[k]].text] == t.text {
				match = k
			}
		}
		if match < 0 {
			drop[i] = true
			continue
		}
		for _, k := range open[match+1:] {
			drop[k] = true
		}
		open = open[:match]
	}
	for _, k := range open {
		drop[k] = true
	}
	var kept []token
	for i, t := range tokens {
		if !drop[i] {
			kept = append(kept, t)
		}
	}
	nodes, ok := nest(kept)
	if !ok {
		return nil
	}
	return nodes
}

// subscripts makes w[i] of w_i and w_{i}, and "max over j of" of max_{j}.
func subscripts(nodes []node, knows func(string) bool) []node {
	var out []node
	for i := 0; i < len(nodes); i++ {
		n := nodes[i]
		if n.group {
			n.kids = subscripts(n.kids, knows)
			out = append(out, n)
			continue
		}
		name, at, ok := strings.Cut(n.text, "_")
		if n.kind != word || !ok || name == "" || knows(n.text) {
			out = append(out, n)
			continue
		}
		var kids []node
		switch {
		case at == "" && i+1 < len(nodes) && nodes[i+1].group && nodes[i+1].text != "[":
			i++
			kids = subscripts(nodes[i].kids, knows)
		case at == "" && i+1 < len(nodes) && nodes[i+1].kind == number && !nodes[i+1].group:
			i++
			kids = []node{nodes[i]}
		case subscript(at) && name != "len" && name != "size":
			kind := word
			if at[0] <= '9' {
				kind = number
			}
			for _, c := range indexesIn(at) {
				if len(kids) > 0 {
					kids = append(kids, put(&n, sign, ","))
				}
				kids = append(kids, put(&n, kind, c))
			}
			kids[0].pre = ""
		default:
			out = append(out, n)
			continue
		}
		close := nodes[i].close
		n.text = name
		if n.is("max", "min", "sum") {
			out = append(append(append(out, n, put(&n, word, "over")), kids...), put(&n, word, "of"))
			continue
		}
		g := wrap("[", kids, &n)
		g.sub = true
		if nodes[i].group {
			g.close.end = close.end
		}
		out = append(out, n, g)
	}
	return out
}

// indexesIn are the indexes of a subscript without brackets: i and j of "ij", one number.
func indexesIn(at string) []string {
	if at[0] <= '9' {
		return []string{at}
	}
	return strings.Split(at, "")
}

// subscript says that what stands behind _ is an index: a letter, i and j, or a number.
func subscript(at string) bool {
	if at == "" {
		return false
	}
	if len(at) == 1 {
		return true
	}
	return at == "ij" || strings.IndexFunc(at, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// ternaries makes "a if c else b" of "c ? a : b", everywhere below.
func ternaries(nodes []node) []node {
	for i := range nodes {
		if nodes[i].group {
			nodes[i].kids = ternaries(nodes[i].kids)
		}
	}
	q := index(nodes, 1, "?")
	if q < 0 {
		return nodes
	}
	depth, colon := 0, -1
	for i := q + 1; i < len(nodes) && colon < 0; i++ {
		switch {
		case nodes[i].is("?"):
			depth++
		case nodes[i].is(":") && depth > 0:
			depth--
		case nodes[i].is(":"):
			colon = i
		}
	}
	begin := 0
	for i := 0; i < q; i++ {
		if nodes[i].is(",", "=", "return") {
			begin = i + 1
		}
	}
	if begin < q && nodes[q-1].is("=") || colon < 0 || begin == q {
		return nodes
	}
	end := len(nodes)
	for i := colon + 1; i < len(nodes); i++ {
		if nodes[i].is(",", ";") {
			end = i
			break
		}
	}
	yes := ternaries(append([]node{}, nodes[q+1:colon]...))
	no := ternaries(append([]node{}, nodes[colon+1:end]...))
	if len(yes) == 0 || len(no) == 0 {
		return nodes
	}
	out := append([]node{}, nodes[:begin]...)
	out = append(out, wrap("(", yes, &yes[0]), put(&nodes[q], word, "if"))
	out = append(out, wrap("(", nodes[begin:q], &nodes[begin]), put(&nodes[colon], word, "else"), wrap("(", no, &no[0]))
	return append(out, nodes[end:]...)
}
