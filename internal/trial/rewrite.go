package trial

// What people write in expressions and Starlark does not read is rewritten here, in place: no line is ever added or removed.

// boundary ends an operand of a comparison.
func boundary(n *node) bool {
	return n.is("and", "or", "not", "if", "else", "elif", "for", "while", "return", "lambda", "in", ",", ":", ";", "=", "+=", "-=", "*=", "\n") || n.kind == ending && !n.group
}

// expression rewrites siblings and everything below them; call says that they are the arguments of a call or a bare pair
// of brackets, where a generator may stand.
func expression(nodes []node) []node {
	nodes = identity(nodes)
	for i := range nodes {
		if !nodes[i].group {
			continue
		}
		before := node{}
		if i > 0 {
			before = nodes[i-1]
		}
		group(&nodes[i], &before)
	}
	return comparisons(powers(nodes))
}

func group(n, before *node) {
	of := before.is("min", "max", "sum", "any", "all")
	switch {
	case n.text == "[" && !operand(before) && index(n.kids, 0, "=", "==", "!=", "<", "<=", ">", ">=") > 0 && index(n.kids, 0, ",", "for", ":") < 0: // 1 where it holds, else 0
		n.text, n.close.text = "(", ")"
		n.kids = equals(n.kids, true)
	case n.text == "(" && of && index(n.kids, 0, ":") > 0 && index(n.kids, 0, "for", "if", "lambda") < 0:
		n.kids = builder(n.kids)
	case n.text == "{" && of:
		n.text, n.close.text = "(", ")"
		n.kids = builder(n.kids)
	case n.text == "{" && len(n.kids) > 0 && index(n.kids, 0, ":") < 0:
		inner := wrap("[", expression(n.kids), n)
		*n = wrap("(", []node{put(n, word, "set"), wrap("(", []node{inner}, n)}, n)
		return
	}
	n.kids = generator(n)
	n.kids = expression(n.kids)
}

// builder turns the set {E : c in coins, c <= a} into the words of a comprehension.
func builder(kids []node) []node {
	at := index(kids, 0, ":", "|")
	if at < 0 || index(kids, 0, "for") >= 0 {
		return kids
	}
	out := append([]node{}, kids[:at]...)
	first := true
	for _, part := range split(kids[at+1:], ",", "and") {
		if len(part) == 0 {
			continue
		}
		lead := "if"
		if first {
			lead, first = "for", false
		}
		out = append(append(out, put(&part[0], word, lead)), part...)
	}
	return out
}

// split cuts siblings at words or signs.
func split(nodes []node, at ...string) (parts [][]node) {
	begin := 0
	for i := range nodes {
		if nodes[i].is(at...) {
			parts, begin = append(parts, nodes[begin:i]), i+1
		}
	}
	return append(parts, nodes[begin:])
}

// generator puts the brackets of a list around what has a "for" in round brackets; those of a list keep their own.
func generator(n *node) []node {
	kids := n.kids
	from := index(kids, 0, "for")
	if from < 0 {
		return kids
	}
	kids = clauses(kids, from)
	if n.text != "(" {
		return kids
	}
	begin := 0
	for i := from - 1; i >= 0; i-- {
		if kids[i].is(",") {
			begin = i + 1
			break
		}
	}
	if begin+1 < from && kids[begin+1].is("=") {
		begin += 2
	}
	end := len(kids)
	for i, in := from, false; i < len(kids); i++ {
		switch {
		case kids[i].is("for"):
			in = false
		case kids[i].is("in"):
			in = true
		case in && kids[i].is(","):
			end = i
		}
		if end < len(kids) {
			break
		}
	}
	body := append([]node{}, kids[begin:end]...)
	out := append(append([]node{}, kids[:begin]...), wrap("[", body, &kids[begin]))
	return append(out, kids[end:]...)
}

// clauses rewrites "for j in 0..i-1", "for j = 0..i-1" and "for 0 <= j < i", from the first "for" on.
func clauses(kids []node, from int) []node {
	out := append([]node{}, kids[:from]...)
	for i := from; i < len(kids); {
		if !kids[i].is("for") {
			out = append(out, kids[i])
			i++
			continue
		}
		end := i + 1
		for end < len(kids) && !kids[end].is("for", "if", "when", "where", "with") && !(kids[end].is("and") && rangeBegun(kids[i+1:end])) && !(kids[end].is(",") && index(kids[i:end], 0, "in", "=", "..", "<", "<=") >= 0 && rangeBegun(kids[i+1:end])) {
			end++
		}
		out = append(append(out, kids[i]), overRange(kids[i+1:end])...)
		if end < len(kids) && (kids[end].is("when", "where", "with", "and") || kids[end].is(",") && testFollows(kids, end+1)) {
			kids[end].text, kids[end].kind, kids[end].pre = "if", word, " "
		}
		i = end
	}
	return out
}

// testFollows says that what follows a range and a comma is a condition on it.
func testFollows(kids []node, i int) bool {
	end := i
	for end < len(kids) && !kids[end].is(",", "for") {
		end++
	}
	return end > i && !(end > i+1 && kids[i+1].is("=") && !kids[i].group) && index(kids[i:end], 0, "<", "<=", ">", ">=", "==", "!=", "=", "in", "not in") > 0
}

// rangeBegun says that the names of a clause have been followed by what they run over.
func rangeBegun(nodes []node) bool { return index(nodes, 0, "in", "=", "<", "<=", "..") >= 0 }

// overRange makes "NAME in RANGE" of the forms of a clause.
func overRange(nodes []node) []node {
	if len(nodes) > 1 && nodes[0].is("all", "each", "every", "any") {
		nodes = nodes[1:]
	}
	for i := range nodes {
		if nodes[i].is("in", "=", "from") && i > 0 && i+1 < len(nodes) {
			if r, ok := rangeOf(nodes[i+1:]); ok {
				return append(append(append([]node{}, nodes[:i]...), put(&nodes[i], word, "in")), r...)
			}
		}
	}
	return bounded(nodes)
}

// rangeOf reads "A..B", "A to B" and "A down to B" as a range with both ends.
func rangeOf(nodes []node) ([]node, bool) {
	at := index(nodes, 0, "..", "to", "downto", "down", "up")
	if at < 1 {
		if len(nodes) == 1 && nodes[0].group && (nodes[0].text == "[" || nodes[0].text == "{") && index(nodes[0].kids, 0, "..") > 0 {
			return rangeOf(nodes[0].kids)
		}
		return nil, false
	}
	if at > 1 && nodes[at-1].is(",") { // 1, 2, ..., n
		at2 := index(nodes, 0, ",")
		list := append([]node{}, nodes[:at2]...)
		rest := nodes[at:]
		if len(rest) > 2 && rest[1].is(",") {
			rest = append([]node{rest[0]}, rest[2:]...)
		}
		return rangeOf(append(list, rest...))
	}
	to, name := at+1, "to"
	switch {
	case nodes[at].is("downto"):
		name = "downto"
	case nodes[at].is("down", "up") && to < len(nodes) && nodes[to].is("to"):
		to++
		if nodes[at].is("down") {
			name = "downto"
		}
	case nodes[at].is("down", "up"):
		return nil, false
	}
	last := nodes[to:]
	if n := len(last); n > 2 && last[n-1].is("1") && last[n-2].is("-") && last[n-3].is("step", "by") {
		name, last = "downto", last[:n-3]
	}
	if len(last) == 0 {
		return nil, false
	}
	args := append(append([]node{}, nodes[:at]...), put(&nodes[at], sign, ","))
	args = append(args, last...)
	return []node{put(&nodes[0], word, "__"+name), wrap("(", args, &nodes[at])}, true
}

// bounded reads "0 <= j < i" and "j < i" as a range of j.
func bounded(nodes []node) []node {
	var at []int
	for i := range nodes {
		if nodes[i].is("<", "<=") {
			at = append(at, i)
		} else if nodes[i].is("in", "=") || nodes[i].is(">", ">=") && (i != 1 || len(at) > 0) {
			return nodes
		}
	}
	var name, low, high []node
	plus := func(part []node, add string) []node {
		if add == "" || len(part) == 0 {
			return part
		}
		return []node{wrap("(", part, &part[0]), put(&part[0], sign, "+"), put(&part[0], number, add)}
	}
	step := func(i int, when string) string {
		if nodes[i].is(when) {
			return "1"
		}
		return ""
	}
	if len(at) == 0 && len(nodes) > 2 && nodes[1].is(">", ">=") && nodes[0].kind == word { // k > i: up to the last
		args := []node{wrap("(", nodes[2:], &nodes[0])}
		if nodes[1].is(">") {
			args = append(args, put(&nodes[0], sign, "+"), put(&nodes[0], number, "1"))
		}
		args = append(args, put(&nodes[0], sign, ","), put(&nodes[0], word, "__end"))
		return []node{nodes[0], put(&nodes[0], word, "in"), put(&nodes[0], word, "range"), wrap("(", args, &nodes[0])}
	}
	switch len(at) {
	case 1:
		name, high = nodes[:at[0]], plus(nodes[at[0]+1:], step(at[0], "<="))
		low = []node{put(&nodes[0], word, "__begin")}
	case 2:
		low, name, high = plus(nodes[:at[0]], step(at[0], "<")), nodes[at[0]+1:at[1]], plus(nodes[at[1]+1:], step(at[1], "<="))
	default:
		return nodes
	}
	if len(name) != 1 || name[0].kind != word || len(high) == 0 || len(low) == 0 {
		return nodes
	}
	args := append(append(append([]node{}, low...), put(&name[0], sign, ",")), high...)
	return []node{name[0], put(&name[0], word, "in"), put(&name[0], word, "range"), wrap("(", args, &name[0])}
}

// identity turns "is" into the comparison that it comes to for None and numbers.
func identity(nodes []node) []node {
	var out []node
	for i := 0; i < len(nodes); i++ {
		n := nodes[i]
		switch {
		case n.is("is") && i+1 < len(nodes) && nodes[i+1].is("not"):
			n.text, n.kind = "!=", sign
			i++
		case n.is("is"):
			n.text, n.kind = "==", sign
		case n.is("otherwise"):
			n.text = "else"
		}
		out = append(out, n)
	}
	return out
}

// comparisons turns a <= b < c into (a <= b and b < c).
func comparisons(nodes []node) []node {
	var out []node
	begin := 0
	var at []int // of the signs since begin
	flush := func(end int) {
		if len(at) < 2 {
			out = append(out, nodes[begin:end]...)
			return
		}
		var parts []node
		left := begin
		for k, i := range at {
			right := end
			if k+1 < len(at) {
				right = at[k+1]
			}
			if k > 0 {
				parts = append(parts, put(&nodes[i], word, "and"))
			}
			parts = append(parts, nodes[left:right]...)
			left = i + 1
			if len(parts) > 0 && k+1 < len(at) && nodes[left].pre == "" {
				nodes[left].pre = " "
			}
		}
		out = append(out, wrap("(", parts, &nodes[begin]))
		out[len(out)-1].pre = nodes[begin].pre
	}
	for i := range nodes {
		switch {
		case boundary(&nodes[i]):
			flush(i)
			out = append(out, nodes[i])
			begin, at = i+1, nil
		case nodes[i].is("<", "<=", ">", ">=", "==", "!=") && i > begin && i+1 < len(nodes):
			at = append(at, i)
		}
	}
	flush(len(nodes))
	return out
}

// powers turns a ** b into a call.
func powers(nodes []node) []node {
	for i := len(nodes) - 1; i > 0; i-- {
		if !nodes[i].is("**") || i+1 >= len(nodes) {
			continue
		}
		from := i - 1
		for from > 0 && (nodes[from].group && operand(&nodes[from-1]) || nodes[from-1].is(".")) {
			from--
		}
		to := i + 1
		if nodes[to].is("-") && to+1 < len(nodes) {
			to++
		}
		for to++; to < len(nodes) && (nodes[to].group && nodes[to].text != "{" || nodes[to].is(".") || nodes[to-1].is(".")); to++ {
		}
		args := append(append([]node{}, nodes[from:i]...), put(&nodes[i], sign, ","))
		args = append(args, nodes[i+1:to]...)
		call := []node{put(&nodes[from], word, "__pow"), wrap("(", args, &nodes[i])}
		call[0].pre = nodes[from].pre
		nodes = append(append(append([]node{}, nodes[:from]...), call...), nodes[to:]...)
		i = from + 1
	}
	return nodes
}

// operand says that a bracket after this node indexes or calls it.
func operand(n *node) bool {
	return n.group || n.kind == word && !keywords[n.text]
}

var keywords = map[string]bool{"and": true, "or": true, "not": true, "if": true, "else": true, "for": true, "in": true, "return": true,
	"lambda": true, "while": true, "elif": true, "is": true, "to": true}
