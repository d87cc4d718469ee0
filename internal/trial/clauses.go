package trial

import "slices"

// What a choice or a value runs over, in the ways that people say it.

// parts takes the clauses off a value: "for i in 1..n", "if c <= a" without an else. A "for" over what is no index belongs
// into the min or max before it.
func (a *answer) parts(value []node) (body []node, clauses, guards [][]node) {
	end := index(value, 0, "for")
	if cond := loneIf(value); cond >= 0 && (end < 0 || cond < end) {
		end = cond
	}
	if end <= 0 {
		return value, nil, nil
	}
	body, rest := value[:end], value[end:]
	if body[len(body)-1].is(",") {
		body = body[:len(body)-1]
	}
	if len(rest) > 3 && rest[0].is("for") && rest[1].is("all", "each", "every", "any") && rest[2].kind == word && !a.isIndex(&rest[2]) {
		rest = append([]node{rest[0]}, rest[2:]...)
	}
	if rest[0].is("for") && len(rest) > 1 && !a.rangesIndex(rest) && !rest[1].is("all", "each", "every", "any") {
		if moved, ok := moveInto(body, rest); ok {
			return moved, nil, nil
		}
	}
	for len(rest) > 0 {
		next := len(rest)
		for i := 1; i < len(rest); i++ {
			if rest[i].is("for", "if", "when", "where", "and") && (!rest[i].is("and") || rest[0].is("for")) {
				next = i
				break
			}
		}
		part := rest[1:next]
		if n := len(part); n > 0 && part[n-1].is(",") {
			part = part[:n-1]
		}
		if rest[0].is("for", "and") && len(part) > 0 && clauseOf(rest[0], part) {
			if c := loopTest(part); c != nil {
				clauses = append(clauses, c)
			}
		} else if len(part) > 0 {
			guards = append(guards, part)
		}
		rest = rest[next:]
	}
	return body, clauses, guards
}

// clauseOf says that words after "for" or "and" are a range and no condition.
func clauseOf(lead node, part []node) bool {
	return lead.is("for") || index(part, 0, "..") > 0
}

// loopTest is the condition that a "for" over an index comes to; nil for "all i".
func loopTest(part []node) []node {
	if part[0].is("all", "each", "every", "any") {
		part = part[1:]
	}
	if len(part) <= 1 || index(part, 0, "in", "=", "from", "<", "<=", ">", ">=", "..") < 0 {
		return nil
	}
	if index(part, 0, ">", ">=", "<", "<=") > 0 {
		return part
	}
	return overRange(part)
}

// rangesIndex says that a clause is a range of an index: "for 2 <= k <= n".
func (a *answer) rangesIndex(clause []node) bool {
	if a.isIndex(&clause[1]) {
		return true
	}
	at := index(clause, 1, "<", "<=", ">", ">=")
	return at > 1 && at+1 < len(clause) && clause[1].kind == number && a.isIndex(&clause[at+1])
}

func (a *answer) isIndex(n *node) bool {
	for _, name := range a.index {
		if n.is(name) {
			return true
		}
	}
	return false
}

// loneIf is the place of the first "if" that no "else" follows, -1 where there is none.
func loneIf(nodes []node) int {
	for i := range nodes {
		if nodes[i].is("when", "where") {
			return i
		}
		if nodes[i].is("if") {
			if index(nodes, i, "else", "otherwise") < 0 {
				return i
			}
			return -1
		}
	}
	return -1
}

// moveInto puts clauses that stand after a min or max into its brackets: around the only argument, or around those that name
// what the clauses run over.
func moveInto(body, rest []node) ([]node, bool) {
	for i := 1; i < len(body); i++ {
		if !body[i].group || !body[i-1].is("min", "max", "sum", "any", "all") || index(body[i].kids, 0, "for") >= 0 {
			continue
		}
		out := append([]node{}, body...)
		parts := split(out[i].kids, ",")
		if len(parts) == 1 {
			out[i].kids = append(append([]node{}, parts[0]...), rest...)
			return out, true
		}
		var kids []node
		moved := false
		for k, part := range parts {
			if k > 0 {
				kids = append(kids, put(&body[i], sign, ","))
			}
			if mentions(part, rest[1].text) {
				moved = true
				inner := wrap("(", append(append([]node{}, part...), copiedNodes(rest)...), &body[i])
				part = []node{put(&body[i], word, body[i-1].text), inner}
			}
			kids = append(kids, part...)
		}
		out[i].kids = kids
		return out, moved
	}
	return nil, false
}

// copiedNodes are nodes that may be changed without changing others.
func copiedNodes(nodes []node) []node {
	out := slices.Clone(nodes)
	for i := range out {
		out[i].kids = copiedNodes(out[i].kids)
	}
	return out
}

// phrases rewrites "min over c in coins of X" and "max of X"; what follows the choice as another case stays behind it.
func phrases(nodes []node, indexes []string) []node {
	for i := range nodes {
		if nodes[i].group {
			nodes[i].kids = phrases(nodes[i].kids, indexes)
		}
	}
	for i := 0; i+2 < len(nodes); i++ {
		if nodes[i].is("min", "max") && nodes[i+1].kind == word && !nodes[i+1].group && !glue[nodes[i+1].text] && nodes[i+2].group { // max f(i) over i
			nodes = append(append(append([]node{}, nodes[:i+1]...), put(&nodes[i], word, "of")), nodes[i+1:]...)
		}
		if !nodes[i].is("min", "max", "sum") || !nodes[i+1].is("over", "of") {
			continue
		}
		if nodes[i+1].is("of") {
			end := scopeEnd(nodes, i+2)
			rest := listed(append([]node{}, nodes[i+2:end]...))
			out := append(append([]node{}, nodes[:i+1]...), wrap("(", phrases(rest, indexes), &nodes[i]))
			return append(out, nodes[end:]...)
		}
		of := index(nodes, i+2, "of", ":")
		if of < 0 {
			continue
		}
		end := scopeEnd(nodes, of+1)
		if at := index(nodes[:end], of+1, "if", "when"); at > 0 && index(nodes[of+1:at], 0, "for") < 0 { // the condition of the case
			end = at
		}
		chosen := append([]node{}, nodes[of+1:end]...)
		if len(chosen) == 1 && chosen[0].group && chosen[0].text == "{" {
			chosen[0].text, chosen[0].close.text = "(", ")"
		}
		inner := over(nodes[i+2:of], phrases(chosen, indexes))
		out := append(append([]node{}, nodes[:i+1]...), wrap("(", inner, &nodes[i]))
		return append(out, phrases(append([]node{}, nodes[end:]...), indexes)...)
	}
	return nodes
}

// over puts what a choice runs over behind what is chosen.
func over(clause, chosen []node) []node {
	inner := chosen
	if len(clause) > 0 && clause[0].is("all", "every", "each") {
		clause = clause[1:]
	}
	for k, part := range rangeParts(clause) {
		if len(part) == 0 {
			continue
		}
		lead := "if"
		if k == 0 {
			lead = "for"
			if len(part) == 1 {
				part = append(append([]node{}, part...), put(&part[0], word, "in"), put(&part[0], word, "__all"))
			}
		}
		inner = append(append(inner, put(&part[0], word, lead)), part...)
	}
	return inner
}

// rangeParts cuts a clause into its range and the conditions on it; "1, 2, ..., n" is one range.
func rangeParts(clause []node) [][]node {
	parts := split(clause, ",", "with", "if", "where", "when", "and")
	for k := range parts {
		if len(parts[k]) == 0 || !parts[k][0].is("..") || k+1 >= len(parts) {
			continue
		}
		end := 0
		for _, p := range parts[:k+2] {
			end += len(p) + 1
		}
		return append([][]node{clause[:end-1]}, parts[k+2:]...)
	}
	return parts
}

// scopeEnd is where a choice without brackets ends: at the next case.
func scopeEnd(nodes []node, from int) int {
	several := false
	for i := from; i < len(nodes); i++ {
		if nodes[i].is(",") && !several && i+1 < len(nodes) && !nodes[i+1].is(guardWords...) && !nodes[i+1].is("else", "otherwise", "and", "or") && nodes[from-1].is("of") {
			several = true // max of A, B
			continue
		}
		if nodes[i].is(";") || nodes[i].is(",") && (caseEnds(nodes, i) || i+1 < len(nodes) && nodes[i+1].is("else", "otherwise")) {
			return i
		}
		if nodes[i].is("else", "otherwise") && index(nodes[from:i], 0, "if") < 0 {
			return i
		}
	}
	return len(nodes)
}

// listed makes choices of "A and B" and "A, B".
func listed(nodes []node) []node {
	for i := range nodes {
		if nodes[i].is("for", "if", "over", "where", "with") {
			break
		}
		if nodes[i].is("and", "or") && i > 0 {
			nodes[i].text, nodes[i].kind, nodes[i].pre = ",", sign, ""
		}
	}
	return nodes
}

// each makes "for c in coins" of "for each coin c".
func (a *answer) each(nodes []node) []node {
	var out []node
	for i := 0; i < len(nodes); i++ {
		n := nodes[i]
		if n.group {
			n.kids = a.each(n.kids)
		}
		k := i + 1
		for k < len(nodes) && nodes[k].is("each", "every", "all", "any", "the") {
			k++
		}
		if !n.group && n.is("for", "over") && k > i+1 && k < len(nodes) && nodes[k].kind == word && !nodes[k].group && a.knows(nodes[k].text+"s") &&
			(k+1 == len(nodes) || glue[nodes[k+1].text] || nodes[k+1].is(",", "<", "<=", ">", ">=")) { // for each coin with coin <= a
			name := nodes[k]
			of := put(&name, word, name.text+"s")
			out = append(out, n, name, put(&name, word, "in"), of)
			if k+1 < len(nodes) && nodes[k+1].is("<", "<=", ">", ">=") {
				out = append(out, put(&name, word, "if"), name)
			}
			i = k
			continue
		}
		if n.group || !n.is("for", "over") || k+1 >= len(nodes) || nodes[k].kind != word || nodes[k].group || nodes[k+1].kind != word || nodes[k+1].group ||
			keywords[nodes[k+1].text] || glue[nodes[k+1].text] {
			out = append(out, n)
			continue
		}
		of, name := nodes[k], nodes[k+1]
		if a.knows(of.text + "s") {
			of.text += "s"
		}
		if !a.knows(of.text) || k+2 < len(nodes) && nodes[k+2].is("in", "=") {
			out = append(out, n)
			continue
		}
		out = append(out, n, name, put(&name, word, "in"), of)
		if k+2 < len(nodes) && nodes[k+2].is("<", "<=", ">", ">=") {
			out = append(out, put(&name, word, "if"), name)
		}
		i = k + 1
	}
	return out
}
