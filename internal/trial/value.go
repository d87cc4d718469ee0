package trial

// value reads what is assigned, over the lines that continue it, and stands behind it. Rows of cases are parted by ";".
func (s *scanner) value(cells bool) (out []node) {
	asked := false // a ? waits for its :
	for !s.end() {
		n := s.here()
		switch {
		case n.group:
			out = append(out, s.bracketed(n, out)...)
			s.at++
			continue
		case n.kind == ending:
			row, joins := s.continues(out)
			if !joins {
				return finished(out)
			}
			out = append(out, row...)
			continue
		case n.is("?"):
			asked = true
		case n.is(":") && asked:
			asked = false
		case n.is("//") && s.comments():
			s.toLineEnd()
			continue
		case s.valueEnds(out):
			return finished(out)
		case n.is(",") && len(out) > 0:
			if lead, ok := s.afterComma(out); ok {
				out = append(out, lead...)
				continue
			}
			return finished(out)
		}
		out = append(out, *s.here())
		s.at++
	}
	return finished(out)
}

// finished cuts what joins to nothing off the end.
func finished(out []node) []node {
	for len(out) > 0 && out[len(out)-1].is(",", ";", "and", ":", "–", "-") {
		out = out[:len(out)-1]
	}
	return out
}

// comments says that // begins a comment and is no division.
func (s *scanner) comments() bool {
	i := s.at + 1
	if i >= len(s.nodes) || s.nodes[i].group || s.nodes[i].kind != word {
		return false
	}
	return i+1 >= len(s.nodes) || s.nodes[i+1].kind == word || s.nodes[i+1].kind == ending || s.nodes[i+1].group && s.nodes[i+1].pre != ""
}

func (s *scanner) toLineEnd() {
	for !s.end() && (s.here().group || s.here().kind != ending) {
		s.at++
	}
}

// bracketed is what a group gives: a condition in brackets stands as if it had none, words in brackets explain.
func (s *scanner) bracketed(n *node, before []node) []node {
	called := len(before) > 0 && operand(&before[len(before)-1]) && n.pre == ""
	if !called && n.text == "[" && len(before) > 0 && len(n.kids) > 0 && n.pre != "" && operand(&before[len(before)-1]) && index(n.kids, 0, "=", "==", "!=", "<", ">", "<=", ">=") < 0 { // dp[i-1] [leave i]
		return nil
	}
	if called || n.text != "(" || len(before) == 0 || len(n.kids) == 0 {
		return []node{*n}
	}
	if n.kids[0].is("if", "when", "otherwise", "else", "for", "unless", "where") {
		return n.kids
	}
	if index(n.kids, 1, "if", "when") > 0 && (n.kids[0].is("and", "or", "but", "-") || n.kids[0].kind == number) && (before[len(before)-1].group || before[len(before)-1].kind == word) { // dp[n] (and 0 if nothing is given)
		kids := n.kids
		if kids[0].is("and", "or", "but") {
			kids = kids[1:]
		}
		return append([]node{put(n, sign, ";")}, kids...)
	}
	last := &before[len(before)-1]
	if (last.group || last.kind == word || last.kind == number) && !glue[last.text] && !last.is("min", "max", "of", "over", "_fit", "_unfit", "_none") {
		return nil
	}
	return []node{*n}
}

// explaining are words that lead to what explains and says nothing new.
var explaining = []string{"since", "because", "hence", "so", "which", "i", "as", "whichever", "meaning", "then", "return"}

// valueEnds says that what is assigned ends before this node.
func (s *scanner) valueEnds(out []node) bool {
	n, i := s.here(), s.at
	switch {
	case s.stops(i):
		return !n.is(";") || !s.caseFollows(i+1)
	case n.kind == opaque:
		return !s.caseFollows(i + 1)
	case n.is("then", "return") && index(out, 0, "if", "when") >= 0:
		return false
	case n.is(explaining...):
		return len(out) > 0 && !(n.is("i", "as") && !(i+1 < len(s.nodes) && s.nodes[i+1].is(".")))
	case n.is(":"):
		return index(out, 0, "over", "if") < 0 && !(len(out) > 0 && out[len(out)-1].is("of", "else", "otherwise"))
	case n.is("and") && s.names(i+1) && !s.ranges(i+1) && index(out, 0, "if", "when", "for") < 0:
		return true
	case n.is("where") && s.equates(i+1):
		return false
	case n.is("where", "and", "with", "or", "but", "&"):
		return i+1 < len(s.nodes) && (s.head(i+1) > 0 || n.is("where", "with") && (s.names(i+1) || s.prosaicWords(i+1) || i+2 < len(s.nodes) && s.nodes[i+2].is("is", "are", "denotes", "being", "means")))
	case n.is("else", "otherwise", "if", "when"):
		return len(out) == 0 || s.leadsToHead(i+1)
	case n.is("-") && n.pre != "" && i+1 < len(s.nodes) && s.nodes[i+1].kind == word && len(s.nodes[i+1].text) > 2 && s.prosaicWords(i+1):
		return true
	case n.is("->", "=>"):
		return true
	case n.kind == word && len(out) > 0 && !glue[n.text] && n.pre != "":
		last := &out[len(out)-1]
		if len(out) > 1 && out[len(out)-2].is("each", "every", "all", "any") { // for each coin c
			return false
		}
		return last.group || last.kind == number || last.kind == word && !glue[last.text] && !keywords[last.text]
	}
	return false
}

// equates says that two places are compared up to the end of the sentence: where s[i] = t[j].
func (s *scanner) equates(i int) bool {
	end := s.head(i)
	return end > 0 && end+1 < len(s.nodes) && s.nodes[end].kind == word && !s.nodes[end].group && s.nodes[end+1].group && (end+2 == len(s.nodes) || s.stops(end+2) || s.nodes[end+2].is(","))
}

// names says that "take = …" begins here.
func (s *scanner) names(i int) bool {
	return i+2 < len(s.nodes) && s.nodes[i].kind == word && !s.nodes[i].group && s.nodes[i+1].is("=", ":=")
}

// prosaicWords says that two words follow each other here as in a sentence.
func (s *scanner) prosaicWords(i int) bool {
	end := min(i+2, len(s.nodes))
	return end-i == 2 && s.nodes[i].kind == word && s.nodes[i+1].kind == word && !s.nodes[i].group && !s.nodes[i+1].group && prose(s.nodes[i:end])
}

// caseFollows says that a further row of cases begins here.
func (s *scanner) caseFollows(i int) bool {
	i = s.next(i)
	if i < 0 || s.head(i) > 0 || s.names(i) {
		return false
	}
	if s.nodes[i].is("else", "otherwise", "if", "when", "for", "unless", "or") {
		return !s.leadsToHead(i + 1)
	}
	return s.guarded(i)
}

// leadsToHead says that an assignment or a return stands in the rest of the sentence, or right below; a line that begins with the
// condition may be followed by one that holds what it is for.
func (s *scanner) leadsToHead(i int) bool {
	begins := i > 0 && s.lineStart(i-1)
	for ; i < len(s.nodes); i++ {
		n := &s.nodes[i]
		if n.group && n.text == "{" && i+1 < len(s.nodes) && (s.nodes[i-1].group || s.nodes[i-1].is("else", "otherwise", ":")) {
			return true
		}
		if n.is("return") || s.head(i) > 0 && s.headMay(i) {
			return true
		}
		if n.is(":") && i+1 < len(s.nodes) && s.nodes[i+1].kind == ending && !s.nodes[i+1].group {
			return true
		}
		if n.kind == ending && !n.group && begins {
			next := s.next(i)
			return next >= 0 && !s.nodes[i-1].is(operators...) && (s.head(next) > 0 || s.names(next) || s.nodes[next].is("if", "for", "return", "{"))
		}
		if s.stops(i) || n.is(",") && i+1 < len(s.nodes) && s.nodes[i+1].is("else", "otherwise") {
			return false
		}
	}
	return false
}

// guarded says that a condition stands behind notation in this row, as in "A, if C".
func (s *scanner) guarded(i int) bool {
	begin, calls := i, false
	for ; i < len(s.nodes) && !s.stops(i); i++ {
		n := &s.nodes[i]
		calls = calls || n.group && i > begin && operand(&s.nodes[i-1]) || n.kind == number
		if i > begin && (n.is("if", "when", "else", "otherwise", "unless") || n.group && len(n.kids) > 0 && n.kids[0].is("if", "when", "else", "otherwise")) {
			return calls && !prose(s.nodes[begin:i])
		}
		if s.head(i) > 0 {
			return false
		}
	}
	return false
}

var operators = []string{"+", "-", "*", "/", "=", ",", "and", "or", "of", "over", "min", "max", "<", "<=", ">", ">=", "==", "!=", "|", "(", "not", "in", ":=", "?", ":"}

// continues says that the next line belongs to the value, and what stands between the two.
func (s *scanner) continues(out []node) (row []node, joins bool) {
	end := s.here()
	next := s.next(s.at)
	if next < 0 {
		return nil, false
	}
	n := &s.nodes[next]
	sep := put(end, sign, ";")
	blank := 0
	for k := s.at; k < next; k++ {
		blank++
	}
	switch {
	case len(out) == 0, out[len(out)-1].is("=", "{"):
	case s.head(next) > 0, s.names(next):
		return nil, false
	case out[len(out)-1].is(operators...):
	case n.is("=") && blank == 1: // the same cell, another case
		s.at = next + 1
		return []node{sep}, true
	case n.is("+", "*", "/", "and", "or", "|", "?", ":", ",") || n.is("-") && n.pre != "" && s.nodes[next+1].pre == "":
	case n.is("if", "when", "else", "otherwise", "unless", "for", "where", "with"):
		if s.leadsToHead(next+1) || n.is("for") && s.loops(next) {
			return nil, false
		}
	case blank == 1 && s.choosing(out) && !s.prosaicWords(next) && n.kind != opaque:
		sep = put(end, sign, ",")
		if n.kind == word && !n.group && next+2 < len(s.nodes) && s.nodes[next+1].is(":") { // D: f(i-1) + 1
			next += 2
		}
		s.at = next
		return []node{sep}, true
	case blank == 1 && s.guarded(next):
		s.at = next
		return []node{sep}, true
	default:
		return nil, false
	}
	s.at = next
	return nil, true
}

// loops says that a line is the head of a loop.
func (s *scanner) loops(i int) bool {
	for ; i < len(s.nodes) && (s.nodes[i].group || s.nodes[i].kind != ending); i++ {
		if s.nodes[i].is(":") {
			return true
		}
	}
	return false
}

// choosing says that the value is a minimum or maximum of what the lines below give.
func (s *scanner) choosing(out []node) bool {
	at := -1
	for i := range out {
		if out[i].is("min", "max") && i+1 < len(out) && out[i+1].is("of", ",", ":") || out[i].is("min", "max") && i+1 == len(out) {
			at = i
		}
	}
	return at >= 0
}

// afterComma reads a comma in a value: what goes on with it, or false where the value ends there.
func (s *scanner) afterComma(out []node) ([]node, bool) {
	comma := s.here()
	i := s.next(s.at + 1)
	if i < 0 {
		return nil, false
	}
	n := &s.nodes[i]
	switch {
	case ranging(out) && s.reaches(i, "of", ":"):
		s.at = i
		return []node{*comma}, true
	case s.head(i) > 0, s.names(i) && !s.ranges(i), n.is(explaining...) && !n.is("i"):
		return nil, false
	case n.is("and", "or") && i+1 < len(s.nodes) && s.head(i+1) > 0:
		return nil, false
	case n.is("and", "or", "but") && s.caseFollows(i+1):
		s.at = i + 1
		return []node{put(comma, sign, ";")}, true
	case n.is("if", "when", "else", "otherwise", "unless"):
		if s.leadsToHead(i + 1) {
			return nil, false
		}
		s.at = i
		return []node{*comma}, true
	case n.is("for"):
		if s.loops(i) && s.leadsToHead(i+1) {
			return nil, false
		}
		s.at = i
		return nil, true
	case n.is("where", "with"):
		if s.names(i+1) || s.prosaicWords(i+1) {
			return nil, false
		}
		s.at = i
		return nil, true
	case n.is("all", "each", "every", "any"):
		s.at = i
		return []node{put(comma, word, "for")}, true
	case s.guarded(i) && !s.choiceOpen(out):
		s.at = i
		return []node{put(comma, sign, ";")}, true
	case s.choiceOpen(out) && !s.prosaicWords(i):
		s.at = i
		return []node{*comma}, true
	case s.ranges(i):
		s.at = i
		return []node{put(comma, word, "for")}, true
	}
	return nil, false
}

// ranges says that what follows is nothing but a range of an index: "1 <= i <= n" or "a = 1..n".
func (s *scanner) ranges(i int) bool {
	begin, signs := i, false
	for ; i < len(s.nodes) && !s.stops(i); i++ {
		n := &s.nodes[i]
		signs = signs || n.is("<", "<=", ">", ">=", "..", "in")
		if n.group && n.text == "{" || n.kind == opaque || s.head(i) > 0 {
			return false
		}
	}
	return signs && !prose(s.nodes[begin:i])
}

// choiceOpen says that a choice without brackets is being listed: "the larger of A, B".
func (s *scanner) choiceOpen(out []node) bool {
	for i := len(out) - 1; i > 0; i-- {
		if out[i].is("if", "when", "for", "else", "otherwise", ";") {
			return false
		}
		if out[i].is("of") {
			return out[i-1].is("min", "max")
		}
	}
	return false
}

// ranging says that a choice says what it runs over and not yet of what it is.
func ranging(out []node) bool {
	for i := len(out) - 1; i > 0; i-- {
		if out[i].is("of", ":") {
			return false
		}
		if out[i].is("over") {
			return out[i-1].is("min", "max", "sum")
		}
	}
	return false
}

// reaches says that one of some words stands in the rest of the sentence.
func (s *scanner) reaches(i int, words ...string) bool {
	for ; i < len(s.nodes) && !s.stops(i); i++ {
		if s.nodes[i].is(words...) {
			return true
		}
	}
	return false
}

// ellipses makes a run of "g(1), g(2), …, g(i-2)": what differs between the first and the last runs from the one to the other.
func ellipses(nodes []node) []node {
	for i := range nodes {
		if nodes[i].group {
			nodes[i].kids = ellipses(nodes[i].kids)
		}
	}
	if sum, ok := summed(nodes); ok {
		return sum
	}
	parts := split(nodes, ",")
	for k := 1; k+1 < len(parts); k++ {
		if len(parts[k]) != 1 || !parts[k][0].is("..") {
			continue
		}
		from := k - 1
		if k > 1 && sameShape(parts[k-2], parts[k+1]) {
			from = k - 2
		}
		run, ok := runOf(parts[from], parts[k+1])
		if !ok {
			return nodes
		}
		var out []node
		for j, p := range append(append(append([][]node{}, parts[:from]...), run), parts[k+2:]...) {
			if j > 0 {
				out = append(out, put(&nodes[0], sign, ","))
			}
			out = append(out, p...)
		}
		return out
	}
	return nodes
}

// sameShape says that two terms differ in one place.
func sameShape(x, y []node) bool {
	_, ok := runOf(x, y)
	return ok
}

// runOf is [F(k) for k in A..B] of F(A) and F(B).
func runOf(x, y []node) ([]node, bool) {
	if len(x) == 0 || len(x) != len(y) {
		return nil, false
	}
	at := -1
	for i := range x {
		if x[i].group != y[i].group || spelledOut(x[i:i+1]) != spelledOut(y[i:i+1]) {
			if at >= 0 {
				return nil, false
			}
			at = i
		}
	}
	if at < 0 || !x[at].group || !y[at].group {
		return nil, false
	}
	name := put(&x[at], word, "__k")
	lo, hi := x[at].kids, y[at].kids
	if inner, ok := runInside(lo, hi); ok { // F(A + G(0)), …: one term inside differs
		kids := copiedNodes(inner)
		out := copiedNodes(x)
		out[at].kids = kids[:len(kids)-1]
		return bracketed(out, kids[len(kids)-1].kids, &name), true
	}
	out := copiedNodes(x)
	if lead := commonLead(lo, hi); lead > 0 { // e[i, 0], …, e[i, m]
		lo, hi = lo[lead:], hi[lead:]
		out[at].kids = append(out[at].kids[:lead], name)
	} else {
		out[at].kids = []node{name}
	}
	if len(lo) == 0 || len(hi) == 0 {
		return nil, false
	}
	args := append(append(append([]node{}, lo...), put(&name, sign, ",")), hi...)
	return bracketed(out, args, &name), true
}

// bracketed is [F(k) for k in __to(A, B)].
func bracketed(of, args []node, name *node) []node {
	list := append(of, put(name, word, "for"), *name, put(name, word, "in"), put(name, word, "__to"), wrap("(", args, name))
	return []node{wrap("[", list, name)}
}

// runInside finds the run one level down, as in dp[j - coins[0]]; its last node holds the ends.
func runInside(lo, hi []node) ([]node, bool) {
	if len(lo) != len(hi) || len(lo) < 2 {
		return nil, false
	}
	for i := range lo {
		if spelledOut(lo[i:i+1]) == spelledOut(hi[i:i+1]) {
			continue
		}
		if !lo[i].group || !hi[i].group || i+1 < len(lo) {
			return nil, false
		}
		name := put(&lo[i], word, "__k")
		out := copiedNodes(lo)
		out[i].kids = []node{name}
		args := append(append(append([]node{}, lo[i].kids...), put(&name, sign, ",")), hi[i].kids...)
		return append(out, wrap("(", args, &name)), true
	}
	return nil, false
}

// commonLead is how many nodes, up to a comma, two lists begin with in common.
func commonLead(x, y []node) int {
	at := 0
	for i := 0; i < len(x) && i < len(y) && spelledOut(x[i:i+1]) == spelledOut(y[i:i+1]); i++ {
		if x[i].is(",") {
			at = i + 1
		}
	}
	return at
}

// summed makes a sum of "a[1] + … + a[n]".
func summed(nodes []node) ([]node, bool) {
	at := index(nodes, 1, "..")
	if at < 2 || at+2 >= len(nodes) || !nodes[at-1].is("+") || !nodes[at+1].is("+") {
		return nil, false
	}
	end := at + 2
	for end < len(nodes) && !nodes[end].is("+", "-", ",", ";", "if") {
		end++
	}
	last := nodes[at+2 : end]
	begin := at - 1 - len(last)
	if begin < 0 {
		return nil, false
	}
	for begin-1-len(last) >= 0 && nodes[begin-1].is("+") && sameShape(nodes[begin-1-len(last):begin-1], last) {
		begin -= 1 + len(last)
	}
	run, ok := runOf(nodes[begin:begin+len(last)], last)
	if !ok {
		return nil, false
	}
	out := append(append([]node{}, nodes[:begin]...), put(&nodes[begin], word, "sum"), wrap("(", run, &nodes[begin]))
	return append(out, nodes[end:]...), true
}
