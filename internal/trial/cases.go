package trial

// A value by cases, "A if C, B otherwise" in any of the ways that people write it, is made one conditional expression.

// branch is one case: its value, and the condition under which it holds; nil for otherwise and for always.
type branch struct {
	value, test []node
	otherwise   bool
}

// said are conditions that stood in words.
var said = []string{"_inf", "_fin", "_none", "_empty", "_void"}

var guardWords = []string{"if", "when", "unless", "elif"}

// branches cuts a value into its cases.
func branches(nodes []node) (list []branch) {
	i := 0
	until := func(stop func(i int) bool) []node {
		begin := i
		for i < len(nodes) && !stop(i) {
			i++
		}
		return nodes[begin:i]
	}
	negated := func(test []node, by string) []node {
		if by == "unless" {
			return []node{put(&nodes[0], word, "not"), wrap("(", test, &nodes[0])}
		}
		return test
	}
	for i < len(nodes) {
		n := &nodes[i]
		switch {
		case n.is(",", ";", "or", "and", "then", ":"):
			i++
		case n.is("else", "otherwise"):
			i++
			for i < len(nodes) && nodes[i].is(":", ",", "then") {
				i++
			}
			if i < len(nodes) && nodes[i].is(guardWords...) {
				continue
			}
			if v := until(func(i int) bool { return caseEnds(nodes, i) }); len(v) > 0 {
				list = append(list, branch{value: v, otherwise: true})
			}
		case n.is(guardWords...):
			i++
			by := n.text
			begin := i
			test := until(func(i int) bool {
				return i > begin && nodes[i-1].is(said...) || nodes[i].is(":", "then", ";") || nodes[i].is(",") || nodes[i].is("else", "otherwise")
			})
			for i < len(nodes) && nodes[i].is(":", ",", "then") {
				i++
			}
			v := until(func(i int) bool { return caseEnds(nodes, i) })
			if len(v) > 0 && len(test) > 0 {
				list = append(list, branch{value: v, test: negated(test, by)})
			} else if len(test) > 0 && len(list) > 0 { // the condition stood behind its value, after a comma
				list[len(list)-1].test = negated(test, by)
			}
		default:
			v := until(func(i int) bool { return caseEnds(nodes, i) })
			b := branch{value: v}
			at := i
			if i < len(nodes) && nodes[i].is(",") && i+1 < len(nodes) && nodes[i+1].is(append([]string{"otherwise", "else"}, guardWords...)...) {
				at = i + 1
			}
			switch {
			case at < len(nodes) && nodes[at].is("otherwise", "else") && (at+1 == len(nodes) || nodes[at+1].is(";", ",")):
				b.otherwise, i = true, at+1
			case at < len(nodes) && nodes[at].is(guardWords...) && !leadsOn(nodes, at):
				i = at + 1
				b.test = negated(until(func(i int) bool { return testEnds(nodes, i) }), nodes[at].text)
			}
			if len(v) == 0 && at == i {
				i++
				continue
			}
			list = append(list, b)
		}
	}
	return list
}

// leadsOn says that a condition at a place, after a comma, is of what follows it: "A, if C then B".
func leadsOn(nodes []node, at int) bool {
	for k := at + 1; k < len(nodes) && !nodes[k].is(";"); k++ {
		if nodes[k].is("then", ":") {
			return true
		}
	}
	return false
}

// caseEnds says that a value ends; what is behind may be its condition.
func caseEnds(nodes []node, i int) bool {
	n := &nodes[i]
	if n.is(";", "else", "otherwise", "if", "when", "unless", "elif") {
		return true
	}
	if n.is("or") && i+1 < len(nodes) { // A or -1 if it is infinite
		k := i + 1
		if nodes[k].is("-") {
			k++
		}
		return k+1 < len(nodes) && (nodes[k].kind == number && !nodes[k].group || nodes[k].is("inf")) && nodes[k+1].is("if", "when")
	}
	if !n.is(",") || i+1 >= len(nodes) {
		return false
	}
	return nodes[i+1].is("else", "otherwise", "if", "when", "unless", "elif", "and", "or") || segmentGuarded(nodes, i+1)
}

// segmentGuarded says that a condition stands in the part up to the next comma.
func segmentGuarded(nodes []node, i int) bool {
	for ; i < len(nodes) && !nodes[i].is(";", ","); i++ {
		if nodes[i].is("if", "when", "otherwise", "unless", "else") {
			return true
		}
	}
	return false
}

// testEnds says that a condition behind its value ends: at a comma only where another case follows.
func testEnds(nodes []node, i int) bool {
	n := &nodes[i]
	if n.is(";", "else", "otherwise") {
		return true
	}
	if n.is("or") && i+1 < len(nodes) && nodes[i+1].kind == number && segmentGuarded(nodes, i+1) {
		return true
	}
	if !n.is(",") || i+1 >= len(nodes) {
		return false
	}
	if nodes[i+1].is("else", "otherwise", "if", "when", "unless", "and", "or") && !(nodes[i+1].is("and", "or") && !segmentGuarded(nodes, i+2)) {
		return true
	}
	if segmentGuarded(nodes, i+1) {
		return true
	}
	return calls(nodes[i+1:]) && index(nodes[i+1:], 0, "<", "<=", ">", ">=", "==", "!=", "=", "in") < 0
}

// calls says that something is indexed or called.
func calls(nodes []node) bool {
	for i := 1; i < len(nodes); i++ {
		if nodes[i].group && operand(&nodes[i-1]) {
			return true
		}
	}
	return false
}

// byCases makes a value with its cases one expression. Where no case may hold, guards say when one does.
func byCases(nodes []node) (body []node, guards [][]node, err error) {
	for len(nodes) == 1 && nodes[0].group && nodes[0].text == "{" {
		nodes = nodes[0].kids
	}
	nodes = ternaries(trimmed(rowsOf(nodes)))
	if len(nodes) == 0 {
		return nil, nil, &fault{msg: "no value is given"}
	}
	if index(nodes, 0, "if", "when", "unless", "else", "otherwise", ";", "elif") < 0 || index(nodes, 0, "for") >= 0 && index(nodes, 0, ";") < 0 {
		return nodes, nil, nil
	}
	plain, rest, err := partedCases(nodes)
	if err != nil {
		return nil, nil, err
	}
	if len(rest) == 1 && plain == nil && isWord(rest[0].test, "_none") { // dp[i] = 1 when nothing smaller stands before it
		return rest[0].value, nil, nil
	}
	c := chain{at: &nodes[0], body: plain, whole: plain != nil}
	for k := len(rest) - 1; k >= 0; k-- {
		if err := c.add(&rest[k]); err != nil {
			return nil, nil, err
		}
	}
	if c.body == nil {
		return nil, nil, &fault{c.at.line, c.at.col, "no value is given"}
	}
	if !c.whole && len(c.none) > 0 {
		guards = [][]node{c.none}
	}
	return c.body, guards, nil
}

// partedCases parts the cases of a value into that which holds otherwise and those with a condition.
func partedCases(nodes []node) (plain []node, rest []branch, err error) {
	for _, b := range branches(nodes) {
		if len(b.value) == 0 || b.test != nil && len(b.test) == 0 {
			return nil, nil, &fault{nodes[0].line, nodes[0].col, "a case without a value or a condition"}
		}
		if isWord(b.test, "_empty", "_void") && len(b.value) == 1 && b.value[0].is("it", "that", "this", "its", "the") {
			b.value = []node{put(&b.value[0], word, "None")}
		}
		switch {
		case b.test != nil:
			rest = append(rest, b)
		case plain != nil:
			return nil, nil, &fault{b.value[0].line, b.value[0].col, "two values, and no condition says which holds"}
		default:
			plain = b.value
		}
	}
	return plain, rest, nil
}

// chain is a conditional expression that is built from its last case to its first.
type chain struct {
	at    *node
	body  []node
	whole bool   // some case always holds
	none  []node // the conditions, of which one must hold where not
}

// add puts a case before those there are.
func (c *chain) add(b *branch) error {
	if isWord(b.test, "_inf", "_none", "_fin") {
		return c.orElse(b)
	}
	if len(b.test) > 1 && b.test[0].is("_fit", "_unfit") && !prose(b.test[1:]) { // if it fits (w[i] <= c)
		b.test = trimmedFront(b.test[1:])
	}
	if isWord(b.test, "_fit", "_unfit") {
		return c.ifItFits(b)
	}
	if prose(b.test) {
		return &fault{b.test[0].line, b.test[0].col, "this condition is in words that are not understood"}
	}
	test := wrap("(", append([]node{}, b.test...), &b.test[0])
	if c.body == nil {
		c.body, c.none = b.value, append(c.none, test)
		return nil
	}
	if !c.whole {
		c.none = append(append(c.none, put(c.at, word, "or")), test)
	}
	c.body = []node{wrap("(", b.value, &b.value[0]), put(c.at, word, "if"), test, put(c.at, word, "else"), wrap("(", c.body, c.at)}
	return nil
}

// orElse adds a case that holds where the others give nothing, or infinity.
func (c *chain) orElse(b *branch) error {
	if c.body == nil {
		return c.missing()
	}
	first, second := c.body, b.value
	if isWord(b.test, "_fin") {
		first, second = b.value, c.body
	}
	c.body = []node{put(c.at, word, "__or"), wrap("(", append(append(append([]node{}, first...), put(c.at, sign, ",")), second...), c.at)}
	return nil
}

// ifItFits adds a case that holds where all that it reads is there, or is not.
func (c *chain) ifItFits(b *branch) error {
	fits, other := b.value, c.body
	if isWord(b.test, "_unfit") {
		fits, other = c.body, b.value
	}
	if fits == nil {
		return c.missing()
	}
	if other == nil {
		other = []node{put(c.at, word, "None")}
	}
	c.body, c.whole = whereFits(fits, other, c.at), true
	return nil
}

func (c *chain) missing() error {
	return &fault{c.at.line, c.at.col, "the other case is missing"}
}

// trimmedFront cuts commas off the front.
func trimmedFront(nodes []node) []node {
	for len(nodes) > 1 && nodes[0].is(",", ":") {
		nodes = nodes[1:]
	}
	return nodes
}

// whereFits is a value where all that it reads is there, and another where not.
func whereFits(fits, other []node, at *node) []node {
	lazy := func(v []node) node {
		return wrap("(", append([]node{put(at, word, "lambda"), put(at, sign, ":")}, wrap("(", v, at)), at)
	}
	return []node{put(at, word, "__fits"), wrap("(", []node{lazy(fits), put(at, sign, ","), lazy(other)}, at)}
}

func isWord(test []node, words ...string) bool { return len(test) == 1 && test[0].is(words...) }

// rowsOf takes the ends of lines that are left, inside brackets, for what parts cases or choices.
func rowsOf(nodes []node) []node {
	var out []node
	for i := range nodes {
		n := nodes[i]
		if n.kind != ending || n.group {
			out = append(out, n)
			continue
		}
		if len(out) == 0 || i+1 == len(nodes) || out[len(out)-1].is(operators...) || out[len(out)-1].is(";") ||
			nodes[i+1].is("if", "when", "else", "otherwise", "unless", "for", "where", "with", ")", ",", ";") || nodes[i+1].is(operators...) && !nodes[i+1].is("min", "max") ||
			nodes[i+1].kind == ending && !nodes[i+1].group {
			continue
		}
		out = append(out, put(&n, sign, ";"))
	}
	return out
}

// optional gives choices of a minimum or maximum that hold under a condition the value of none where it does not.
func optional(nodes []node) []node {
	for i := range nodes {
		if !nodes[i].group {
			continue
		}
		if i > 0 && nodes[i-1].is("min", "max") {
			nodes[i].kids = united(nodes[i].kids, nodes[i-1].text)
		}
		if i > 0 && nodes[i-1].is("min", "max") && nodes[i].text != "[" {
			nodes[i].kids = choicesOf(rowsOf(nodes[i].kids), nodes[i-1].text)
		}
		nodes[i].kids = optional(nodes[i].kids)
	}
	return nodes
}

// united makes choices of "{0} ∪ {f(j) | j < i}".
func united(kids []node, of string) []node {
	var out []node
	begin := 0
	some := false
	for i := 0; i <= len(kids); i++ {
		if i < len(kids) && !(kids[i].kind == opaque && kids[i].text == "∪") {
			continue
		}
		some = some || i < len(kids)
		part := kids[begin:i]
		if len(part) != 1 || !part[0].group || part[0].text != "{" {
			return kids
		}
		if len(out) > 0 {
			out = append(out, put(&part[0], sign, ","))
		}
		if index(part[0].kids, 0, ":", "|", "for") > 0 {
			out = append(out, put(&part[0], word, of), part[0])
		} else {
			out = append(out, part[0].kids...)
		}
		begin = i + 1
	}
	if !some {
		return kids
	}
	return out
}

func choicesOf(kids []node, of string) []node {
	for i := range kids {
		if kids[i].is(";") && index(kids, 0, "if", "when", "else", "otherwise") < 0 {
			kids[i].text = ","
		}
	}
	if index(kids, 0, "for", ":", "over") >= 0 {
		return kids
	}
	parts := split(kids, ",", ";")
	var merged [][]node
	for _, p := range parts {
		if len(p) == 0 {
			continue
		}
		if len(merged) > 0 && p[0].is("if", "when", "else", "otherwise", "where", "provided") {
			last := &merged[len(merged)-1]
			*last = append(append([]node{}, *last...), p...)
			continue
		}
		merged = append(merged, p)
	}
	var out []node
	for _, p := range merged {
		if len(out) > 0 {
			out = append(out, put(&p[0], sign, ","))
		}
		out = append(out, choice(remarked(p), of)...)
	}
	return out
}

// remarked leaves out words in brackets behind a choice: f(i-1) (skip).
func remarked(p []node) []node {
	var out []node
	for i := range p {
		n := p[i]
		if n.group && n.text == "(" && i > 0 && n.pre != "" && len(n.kids) > 0 && (p[i-1].group || p[i-1].kind == number || p[i-1].kind == word && !glue[p[i-1].text]) {
			if n.kids[0].is("if", "when", "where") {
				out = append(out, n.kids...)
			}
			continue
		}
		out = append(out, n)
	}
	return out
}

func choice(p []node, of string) []node {
	at := index(p, 1, "if", "when", "where", "unless")
	if at < 0 || index(p, at, "else", "otherwise") >= 0 {
		return p
	}
	none := []node{put(&p[0], word, "inf")}
	if of == "max" {
		none = []node{put(&p[0], sign, "-"), put(&p[0], word, "inf")}
	}
	value, test := p[:at], p[at+1:]
	if len(test) > 1 && test[0].is("_fit") && test[1].group {
		test = test[1:2]
	}
	if isWord(test, "_fit") {
		return whereFits(value, none, &p[0])
	}
	if len(test) == 0 {
		return p
	}
	inner := []node{wrap("(", test, &p[0])}
	if p[at].is("unless") {
		inner = []node{put(&p[0], word, "not"), inner[0]}
	}
	return append([]node{wrap("(", value, &p[0]), put(&p[0], word, "if")}, append(append(inner, put(&p[0], word, "else")), none...)...)
}
