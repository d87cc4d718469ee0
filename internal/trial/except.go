package trial

import (
	"slices"
	"strings"
)

// exception is a case that a text adds to the result in a clause of its own: "-1 if it is infinite", "empty list: 0",
// "INF -> -1".
type exception struct {
	value, test []node
	first, last *node
}

// Every word of such a clause must be one of these, else it is left for the others to read, or to refuse.
var (
	linking = strings.Fields("and or but with then it it's is that that's this the an answer result value return returns we say says output" +
		" print give gives get to be replaced by instead of in case for as still if when whenever where becomes means" +
		" counts report stays remains returned just there there's at all are was were s -> => : = ' take ` on a cell" +
		" entry else has")
	unending  = strings.Fields("_inf inf infinity infinite INF Inf Infinity oo infty unreachable impossible")
	givenUps  = strings.Fields("houses house numbers number nums elements element items item coins entries letters anything")
	emptyable = strings.Fields("list array input sequence street nums row string inputs lists arrays strings")
)

// exceptionsIn takes the exceptions out of what says the result.
func exceptionsIn(nodes []node) (rest []node, list []exception) {
	for i := 0; i < len(nodes); i++ {
		if !clauseBegins(nodes, i) {
			rest = append(rest, nodes[i])
			continue
		}
		if n := &nodes[i]; n.group && n.text == "(" && (i > 0 && n.pre != "" || i == 0) {
			if e, end := exceptionAt(n.kids, 0); end == len(n.kids) && end > 0 {
				e.first, e.last = n, n
				list = append(list, e)
				continue
			}
		}
		if e, end := exceptionAt(nodes, i); end > 0 {
			list = append(list, e)
			if len(rest) > 0 && rest[len(rest)-1].is(",", ";") {
				rest = rest[:len(rest)-1]
			}
			i = end - 1
			continue
		}
		rest = append(rest, nodes[i])
	}
	return rest, list
}

// clauseBegins says that a clause may begin at a node.
func clauseBegins(nodes []node, i int) bool {
	if i == 0 || nodes[i].is("and", "or", "but", "with") || nodes[i].group && nodes[i].pre != "" {
		return true
	}
	b := &nodes[i-1]
	if nodes[i].is("if") && i+1 < len(nodes) && nodes[i+1].is("_fin") {
		return true
	}
	return !b.group && (b.kind == ending || b.kind == opaque || b.is(",", ";", "->", "=>") || b.is(".") && nodes[i].pre != "")
}

// exceptionAt reads an exception that begins at a node, and the place behind it, 0 for none.
func exceptionAt(nodes []node, begin int) (exception, int) {
	e := exception{first: &nodes[begin]}
	for i := begin; i < len(nodes); {
		n := &nodes[i]
		if e.value != nil && e.test != nil && (clauseEnds(nodes, i)) {
			return e, i
		}
		value, k := exceptValue(nodes[i:])
		if test, m := exceptTest(nodes[i:]); m > 0 && e.test == nil {
			e.test, k = test, m
		} else if m > 0 && sameTest(test, e.test) {
			k = m
		} else if k > 0 && e.value == nil {
			e.value = value
		} else if n.is("=") && i+1 < len(nodes) && nodes[i+1].is(">") {
			k = 2
		} else if n.is(",") && (e.value == nil) != (e.test == nil) || !n.group && n.is(linking...) {
			k = 1
		} else {
			return e, 0
		}
		i += k
		e.last = &nodes[i-1]
	}
	if e.value == nil || e.test == nil {
		return e, 0
	}
	return e, len(nodes)
}

// sameTest says that one condition only says another in words: "n = 0: nothing to take, 0".
func sameTest(x, y []node) bool { return x[0].is("_empty") && !y[0].is("_inf") }

// clauseEnds says that a clause may end before a node.
func clauseEnds(nodes []node, i int) bool {
	n := &nodes[i]
	return !n.group && (n.kind == ending || n.kind == opaque || n.is(",", ";", "since", "because", "so", "as", "where", "//") || n.is(".") && (i+1 == len(nodes) || nodes[i+1].pre != "" || nodes[i+1].kind == ending))
}

// exceptValue is a number, alone, at the head of nodes.
func exceptValue(nodes []node) ([]node, int) {
	n := 0
	if nodes[0].is("-") && len(nodes) > 1 {
		n = 1
	}
	if nodes[n].group || nodes[n].kind != number && !nodes[n].is("zero") || n+1 < len(nodes) && nodes[n+1].is("+", "-", "*", "/", "<", "<=", ">", ">=", "==") {
		return nil, 0
	}
	value := slices.Clone(nodes[:n+1])
	if value[n].is("zero") {
		value[n].text, value[n].kind = "0", number
	}
	return value, n + 1
}

// exceptTest is a condition at the head of nodes: that the value is infinite, that nothing is given, or that a size is 0.
func exceptTest(nodes []node) (test []node, n int) {
	at := &nodes[0]
	mark := func(text string, n int) ([]node, int) { return []node{put(at, word, text)}, n }
	is := func(k int, words ...string) bool { return k < len(nodes) && nodes[k].is(words...) }
	switch {
	case is(0, "-") && is(1, unending...):
		return mark("_inf", 2)
	case is(0, unending...) && !is(1, "+", "-", "*", "<", ">", "=="):
		return mark("_inf", 1)
	case is(0, "never", "not") && is(1, "became", "becomes", "gets", "got", "was", "turned", "is") && is(2, "finite", "reached", "reachable"):
		return mark("_inf", 3)
	case is(0, "not", "never") && is(1, "finite", "reachable", "reached", "possible", "filled", "changed", "updated", "set"):
		return mark("_inf", 2)
	case is(0, "_fin") && (is(1, "then") || is(1, ",") && is(2, "then", "in") || is(1, "in") && is(2, "which", "that")): // unless it is infinite, then -1
		n = 1
		for is(n, ",", "in", "which", "that", "case") {
			n++
		}
		return mark("_inf", n)
	case is(0, "_empty", "_void", "_none"):
		if at.text == "_none" {
			return mark("_empty", 1)
		}
		return mark(at.text, 1)
	case is(0, "no") && is(1, givenUps...):
		return mark("_empty", 2)
	case is(0, "nothing", "nobody") && !is(1, "fits"):
		return mark("_empty", 1)
	case is(0, "empty"):
		if is(1, emptyable...) {
			return mark("_empty", 2)
		}
		return mark("_empty", 1)
	case is(0, emptyable...) && is(1, "is", "are", "=", "==") && is(2, "empty"):
		return mark("_empty", 3)
	case is(0, "not") && is(1, "nums", "coins", "weights", "items"):
		return mark("_empty", 2)
	}
	k := 0 // n = 0, len(nums) == 0, nums == []
	switch {
	case is(0, "len") && len(nodes) > 3 && nodes[1].group:
		k = 2
	case !at.group && at.kind == word && !keywords[at.text] && !slices.Contains(linking, at.text) && len(nodes) > 2:
		k = 1
	default:
		return nil, 0
	}
	if !is(k, "=", "==", "is") || k+1 >= len(nodes) {
		return nil, 0
	}
	last := &nodes[k+1]
	none := last.group && last.text == "[" && len(last.kids) == 0
	if !none && !(last.kind == number && last.text == "0" && !last.group) || is(k+2, "else", "<", "and", "or") {
		return nil, 0
	}
	test = slices.Clone(nodes[:k+2])
	test[k].text, test[k].kind = "==", sign
	if none && k == 1 {
		test = append([]node{put(at, word, "len"), wrap("(", []node{*at}, at)}, put(at, sign, "=="), put(at, number, "0"))
	}
	return test, k + 2
}

// excepted adds the exceptions to the result, and widens what it spans.
func (r *result) excepted(list []exception) {
	for i := range list {
		e := &list[i]
		if e.first.off < r.first.off {
			r.first = e.first
		}
		if e.last.ends() > r.last.ends() {
			r.last = e.last
		}
		at := e.first
		r.value = append([]node{wrap("(", r.value, at), put(at, sign, ";"), wrap("(", e.value, at), put(at, word, "if")}, e.test...)
	}
}

// verbs makes return of other words for it, where a value follows.
func verbs(nodes []node) []node {
	for i := range nodes {
		if i+1 == len(nodes) || !nodes[i].is("output", "print", "report", "answer", "give", "deliver") || nodes[i+1].is("=", ":=", "is", ":", ",", ".", "for", "if") {
			continue
		}
		next := &nodes[i+1]
		if i > 0 && !nodes[i-1].is("the", "an", "our", "final", "of") && (next.kind == number || next.is("-", "max", "min") || i+2 < len(nodes) && nodes[i+2].group && nodes[i+2].pre == "") {
			nodes[i].text = "return"
		}
	}
	return nodes
}

// accumulated makes "max(dp[j]), 0 if nothing is given" of "ans = 0; for each j: ans = max(ans, dp[j])".
func accumulated(nodes []node) []node {
	for i := 0; i+3 < len(nodes); i++ {
		name := &nodes[i]
		if name.group || name.kind != word || !nodes[i+1].is("=", ":=") || !nodes[i+2].is("max", "min") || !nodes[i+3].group {
			continue
		}
		args := split(nodes[i+3].kids, ",")
		if len(args) != 2 || len(args[0]) != 1 || !args[0][0].is(name.text) || tableIn(args[1]) == "" {
			continue
		}
		begin := index(nodes[:i], 0, name.text)
		if begin < 0 || begin+2 >= i || !nodes[begin+1].is("=", ":=") || index(nodes[i+4:], 0, "=", "max", "min", "if") >= 0 {
			return nodes
		}
		start, n := exceptValue(nodes[begin+2 : i])
		if n == 0 || !nodes[begin+2+n].is(";", ",", ".") && nodes[begin+2+n].kind != ending {
			return nodes
		}
		choice := nodes[i+3]
		choice.kids = args[1]
		out := append(slices.Clone(nodes[:0]), put(&nodes[begin], word, nodes[i+2].text), choice, put(&choice, sign, ","))
		out[0].off, out[0].pre = nodes[begin].off, ""
		return append(append(append(out, start...), put(&choice, word, "if"), put(&choice, word, "_empty")), nodes[i+4:]...)
	}
	return nodes
}

var contraction = pattern(`([A-Za-z])['’](?:s|re|ll)\b`)

// uncontracted blanks what is left of "is" in "that's": it opens no quotation.
func uncontracted(text string) string {
	return contraction().ReplaceAllStringFunc(text, func(m string) string { return m[:1] + strings.Repeat(" ", len(m)-1) })
}
