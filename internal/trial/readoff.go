package trial

func (a *answer) addOriginal(p *Piece) error {
	if a.original != nil {
		return nil
	}
	tokens := lex(p.Text, p.Line, p.Col)
	nodes, ok := nest(tokens)
	if !ok {
		return unpaired(tokens)
	}
	if n := index(nodes, 0, "="); n == 1 && nodes[0].kind == word { // answer = dp[n]
		nodes = nodes[2:]
	}
	nodes, _ = uncommented(nodes)
	table := tableIn(nodes)
	if a.table == "" {
		a.table = table
	}
	if table != "" && !a.knows(table) {
		a.also = append(a.also, table)
	}
	if len(nodes) > 2 && nodes[0].is("max", "min") && nodes[1].is(table, a.table) && !nodes[1].group {
		nodes = []node{nodes[0], wrap("(", append([]node{}, nodes[1:]...), &nodes[0])}
	}
	r := &rule{piece: p}
	nodes = everyCell(phrases(nodes, a.index), table)
	r.build(nil, nil, nodes, &nodes[0])
	a.original = r
	return nil
}

// tableIn is the first name that is indexed or called and is no function of everyone's.
func tableIn(nodes []node) string {
	for i := range nodes {
		if nodes[i].group {
			if name := tableIn(nodes[i].kids); name != "" {
				return name
			}
		}
		if i+1 < len(nodes) && nodes[i].is("max", "min", "sum") && nodes[i+1].group && len(nodes[i+1].kids) == 1 && nodes[i+1].kids[0].kind == word {
			return nodes[i+1].kids[0].text
		}
		if i+1 < len(nodes) && nodes[i+1].group && nodes[i].kind == word && !nodes[i].group && known[nodes[i].text] == nil && !keywords[nodes[i].text] {
			return nodes[i].text
		}
	}
	return ""
}

// everyCell makes "max(dp[i] for all i)" and "max(dp[i])" run over the whole table.
func everyCell(nodes []node, table string) []node {
	for i := 1; i < len(nodes); i++ {
		n := &nodes[i]
		if !n.group || !nodes[i-1].is("max", "min", "sum") {
			continue
		}
		kids := n.kids
		if from := index(kids, 0, "for", "over"); from > 0 && index(kids, from, "in", "=", "..", "<", "<=") < 0 {
			kids = kids[:from]
		}
		if len(kids) == 2 && kids[0].is(table) && kids[1].group && index(kids[1].kids, 0, "..") > 0 && index(kids[1].kids, 0, ",") < 0 {
			n.kids = spread(kids)
		} else if len(kids) == 2 && kids[0].is(table) && kids[1].group && len(kids[1].kids) == 1 && kids[1].kids[0].kind == word && !kids[1].kids[0].group {
			name := kids[1].kids[0]
			n.kids = append(append([]node{}, kids...), put(&name, word, "for"), put(&name, word, name.text), put(&name, word, "in"), put(&name, word, "__all"))
		}
	}
	return nodes
}

// spread makes "dp[k] for k in 0..n" of "dp[0..n]".
func spread(cells []node) []node {
	span := cells[1]
	name := put(&span, word, "__k")
	at := wrap(span.text, []node{name}, &span)
	return append([]node{cells[0], at, put(&span, word, "for"), name, put(&span, word, "in")}, span.kids...)
}
