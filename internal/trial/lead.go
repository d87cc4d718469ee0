package trial

// What leads to a statement: conditions without if, words before a colon or an arrow, and sentences that say what a cell is.

// conditioned says that words before a statement, in its sentence, say when it holds.
func (s *scanner) conditioned(i int) bool {
	begin := i
	for i--; i >= 0; i-- {
		n := &s.nodes[i]
		if n.group {
			continue
		}
		if n.kind == ending || n.is(".", ";") && s.nodes[i+1].pre != "" || n.is("=", ":=") || n.is(":") && !s.reachesBack(i, "if", "when", "where") {
			return false
		}
		if n.is("if", "when", "unless", "once", "whenever") || n.is("where") && s.nodes[i+1:] != nil && i+1 < begin {
			return true
		}
	}
	return false
}

// saysWhen says that words before a colon are a condition.
func saysWhen(lead []node) bool {
	for i := range lead {
		if lead[i].is("equal", "same", "match", "matches", "differ", "different", "fits", "unequal", "mismatch", "matching") {
			return true
		}
	}
	return false
}

// leads are the words that lead to a statement with a colon: "same letter: f(i, j) = …".
func (s *scanner) leads(at int) []node {
	if at < 2 || !s.nodes[at-1].is(":") && !arrow(&s.nodes[at-1]) {
		return nil
	}
	begin := at - 1
	for begin > 0 && !s.stops(begin-1) && s.nodes[begin-1].kind == word && !s.nodes[begin-1].group {
		begin--
	}
	if lead := s.nodes[begin : at-1]; prose(lead) {
		return lead
	}
	return nil
}

// reachesBack says that one of some words stands before a place in its sentence.
func (s *scanner) reachesBack(i int, words ...string) bool {
	for i--; i >= 0 && !(s.stops(i)); i-- {
		if s.nodes[i].is(words...) {
			return true
		}
	}
	return false
}

// described says that a sentence says in words what a cell is: "f(i, j) is one more than the smallest of the three".
func (s *scanner) described() bool {
	n, i := s.here(), s.at+1
	if n.group || n.kind != word || keywords[n.text] || glue[n.text] || known[n.text] != nil {
		return false
	}
	for i < len(s.nodes) && s.nodes[i].group && s.nodes[i].pre == "" {
		i++
	}
	return i > s.at+1 && i+1 < len(s.nodes) && s.nodes[i].is("is", "becomes", "equals", "stays", "gets", "takes") && s.nodes[i+1].is("the", "one", "just", "max", "min", "whichever", "either", "then", "also")
}

// caseFirst says that a line begins with a condition without if: "s[i] = t[j]: f(i, j) = …".
func (s *scanner) caseFirst() bool {
	compares := false
	for i := s.at; i < len(s.nodes) && !s.stops(i); i++ {
		n := &s.nodes[i]
		compares = compares || n.is("==", "!=", "<", "<=", ">", ">=") || n.is("=") && (i != s.at+1 || s.nodes[s.at].group)
		if n.is(":") || arrow(n) {
			next := i + 1
			if !compares || next >= len(s.nodes) || prose(s.nodes[s.at:i]) {
				return false
			}
			return s.head(next) > 0 || s.plainValue(next, arrow(n))
		}
	}
	return false
}

// arrow says that a node leads from a condition to what follows.
func arrow(n *node) bool {
	return !n.group && (n.is("->", "=>") || n.kind == opaque && (n.text == "→" || n.text == "⇒" || n.text == "⟹"))
}

// plainValue says that a value without a cell stands from a node to the end of the sentence: "i == n → 0".
func (s *scanner) plainValue(i int, any bool) bool {
	begin := i
	for i < len(s.nodes) && !s.stops(i) && !s.nodes[i].is(",") {
		i++
	}
	if i == begin || prose(s.nodes[begin:i]) {
		return false
	}
	return any || i == begin+1 && (s.nodes[begin].kind == number || s.nodes[begin].is("inf"))
}

// sentenceStart says that a sentence or line begins at a node, or what follows a colon.
func (s *scanner) sentenceStart(i int) bool {
	return s.lineStart(i) || s.stops(i-1) || s.nodes[i-1].is(":", "else", "otherwise")
}
