package trial

import (
	"slices"
	"strings"
)

// Base cases as people write them: a table that is filled, a row at a time, conditions without a cell.

const baseValue = `([-−]?(?:[0-9]+|∞|inf(?:inity)?\b|INF\b))`

// saidOfTables give all cells a value; the first group is the value.
var saidOfTables = []respelling{
	{pattern(`\b[A-Za-z]\w*[ \t]*=[ \t]*\[\[[ \t]*` + baseValue + `[ \t]*\][ \t]*\*[^\n;]*?\bfor\b[^\n;\]]*\]`), "_rest = "},
	{pattern(`\b[A-Za-z]\w*[ \t]*=[ \t]*\[[ \t]*` + baseValue + `[ \t]*\][ \t]*\*[ \t]*(?:\([^)\n]*(?:\([^)\n]*\)[^)\n]*)*\)|len\([^)\n]*\)|\w+)`), "_rest = "},
	{pattern(`\bArrays\.fill\([ \t]*\w+[ \t]*,[ \t]*` + baseValue + `[ \t]*\)`), "_rest = "},
	{pattern(`\bmemset\([ \t]*\w+[ \t]*,[ \t]*` + baseValue + `[ \t]*(?:,[^)\n]*(?:\([^)\n]*\)[^)\n]*)?)?\)`), "_rest = "},
	{phrase(`\b(?:(?:the )?(?:whole |entire )?(?:array|table|memo|list|row|dp)|everything|all (?:the )?(?:cells|entries|values)|(?:each|every) (?:cell|entry|value)|all)(?: (?:of|with) [^=;,.\n]{1,24}?)?(?: (?:is|are|starts?|begins?|being|initiali[sz]ed|filled|set|at|with|to|as|all|by|initially))+ ` + baseValue + `s?(?: everywhere)?`), "_rest = "},
	{phrase(`\b[A-Za-z]\w* (?:filled with|is all|all|is filled with|initiali[sz]ed (?:to|with)|(?:is )?initially all|starts as all|is everywhere) ` + baseValue + `s?\b`), "_rest = "},
	{phrase(`\b(?:everything|anything|all|every [a-z]+) (?:below|under|less than|smaller than|<) 0 (?:(?:is|are|=|gives?|has|costs?|counts as) )+` + baseValue), "_neg = "},
	{pattern(`\b[A-Za-z]\w*\((?:any |a )?negative(?: \w+)?\)[ \t]*=[ \t]*` + baseValue), "_neg = "},
}

var (
	allocated = pattern(`\b(?:int|long)(?:\[\])+ \w+[ \t]*=[ \t]*new (?:int|long)(?:\[[^\]\n]*\])+|\bvector<[^=;\n]*>[ \t]*\w+\([^;,\n]*, *0\)`)
	zeros     = pattern(`\b(?:all |filled with |set to )(?:zeros|zeroes|zero|0s)\b`)
	rowOf     = pattern(`(\b[A-Za-z]\w*\[[0-9]+\])[ \t]*=[ \t]*\[[ \t]*` + baseValue + `[ \t]*\][ \t]*\*[ \t]*(?:\([^)\n]*\)|\w+)`)
	atFirst   = pattern(`(?i)\b(?:at the (?:beginning|start|outset|very beginning)|initially|in the beginning|to (?:begin|start) with|at first|from the start|beforehand|before we start|by default)\b`)
	rowBefore = pattern(`\b(?:the )?(?:first|last|zeroth|top|bottom|left(?:most)?|right(?:most)?) (?:row|column|col)s?:?[ \t]+([A-Za-z]\w*[\[(])`)
	oneGiven  = pattern(`\b(?:if|when) (?:there(?: is| are|'s|’s) (?:a|an|any|at least one|one|some)\b[a-z ]*|(?:it|that) exists|n (?:>=|≥) 1|n > 0)`)
	cellIs    = pattern(`([\])])[ \t]+(?:(?:is|are|equals?|gets|becomes|starts?|begins?|set)(?: (?:set|at|with|as|to|equal to|always|just))*)[ \t]+([-−]?[0-9∞]|inf|nums\[|[ijknm]\b)`)
	rangeIn   = pattern(`(\b[A-Za-z]\w*(?:\[[^\]\n]*\])?)\[[0-9]+ ?(?:\.\.|…|:) ?\w+\]([ \t]*=)`)
)

// filled respells what base cases say of tables, rows and beginnings.
func filled(text string) string {
	text = allocated().ReplaceAllStringFunc(text, func(m string) string { return pad("_rest = 0", m) })
	text = zeros().ReplaceAllStringFunc(text, func(m string) string {
		return pad(m[:strings.LastIndexByte(m, ' ')+1]+"0", m)
	})
	text = atFirst().ReplaceAllStringFunc(text, blanks)
	text = oneGiven().ReplaceAllStringFunc(text, blanks)
	text = rowOf().ReplaceAllStringFunc(text, func(m string) string {
		g := rowOf().FindStringSubmatch(m)
		return pad(g[1]+"[*] = "+g[2], m)
	})
	text = rangeIn().ReplaceAllStringFunc(text, func(m string) string {
		g := rangeIn().FindStringSubmatch(m)
		return pad(g[1]+"[*]", m[:len(m)-1]) + "="
	})
	text = rowBefore().ReplaceAllStringFunc(text, func(m string) string {
		g := rowBefore().FindStringSubmatch(m)
		return strings.Repeat(" ", len(m)-len(g[1])) + g[1]
	})
	text = cellIs().ReplaceAllStringFunc(text, func(m string) string {
		g := cellIs().FindStringSubmatch(m)
		return pad(g[1]+" = ", m[:len(m)-len(g[2])]) + g[2]
	})
	for _, r := range saidOfTables {
		text = r.what().ReplaceAllStringFunc(text, func(m string) string {
			g := r.what().FindStringSubmatch(m)
			return pad(r.with+g[1], m)
		})
	}
	return text
}

var joining = pattern(`\band (_(?:rest|neg|edges) = )`)

// joined parts what is said of many cells from what stands before it.
func joined(text string) string { return joining().ReplaceAllString(text, ",   $1") }

func blanks(m string) string { return strings.Repeat(" ", len(m)) }

// casesLead may stand before a condition that says for which cells a value holds.
var casesLead = []string{"everything", "all", "any", "every", "each", "cells", "cell", "entries", "entry", "with", "where", "for", "which", "that", "has", "have", "if", "when", "as", "soon", "in", "case", "and", "or", "the", "is", "it"}

// casesPart stand between the condition and the value.
var casesPart = []string{":", ",", "then", "->", "=>", "is", "are", "gives", "give", "returns", "answer", "result", "value", "the", "it", "be", "equals", "costs"}

// bareCases puts return before values that stand beside a condition and without a cell: "when i = m or j = n: 0".
func bareCases(nodes []node) (out []node) {
	begin := 0
	flush := func(end int) {
		out = append(out, bareCase(nodes[begin:end])...)
		begin = end
	}
	s := &scanner{nodes: nodes}
	for i := range nodes {
		if s.stops(i) || nodes[i].is(",") && i+1 < len(nodes) && nodes[i+1].is("if", "when") {
			flush(i)
			out, begin = append(out, put(&nodes[i], sign, ";")), i+1
		}
	}
	flush(len(nodes))
	return out
}

// bareCase is "if C: return V" of one sentence.
func bareCase(list []node) []node {
	compared := func(nodes []node) bool { return index(nodes, 0, "=", "==", "<", "<=", ">", ">=") >= 0 }
	from := 0
	for from < len(list) && list[from].is(casesLead...) {
		from++
	}
	rest := list[from:]
	for i := range rest {
		if rest[i].is("zero") {
			rest[i].text, rest[i].kind = "0", number
		}
	}
	if len(rest) < 3 || tableIn(rest) != "" && !onlyLens(rest) {
		return list
	}
	if k := index(rest, 1, "if", "when", "where"); k > 0 && !compared(rest[:k]) && compared(rest[k:]) && !prose(rest[:k]) && !prose(rest[k+1:]) {
		return append([]node{put(&rest[0], word, "return")}, rest...)
	}
	for k := len(rest) - 2; k > 0; k-- {
		if !rest[k].is(casesPart...) {
			continue
		}
		value, test := rest[k+1:], rest[:k]
		for len(test) > 0 && test[len(test)-1].is(casesPart...) {
			test = test[:len(test)-1]
		}
		if compared(value) || !compared(test) || prose(value) || prose(test) {
			return list
		}
		at := &value[0]
		head := append([]node{put(&test[0], word, "if")}, test...)
		return append(append(head, put(at, sign, ":"), put(at, word, "return")), value...)
	}
	return list
}

// onlyLens says that all that is called is len.
func onlyLens(nodes []node) bool {
	return !slices.ContainsFunc(nodes, func(n node) bool { return n.group && n.text == "[" }) && tableIn(slices.DeleteFunc(slices.Clone(nodes), func(n node) bool { return n.group })) == ""
}

// basesIn scans the statements of base cases.
func basesIn(nodes []node) (list []stmt, lost []*node) {
	kept := copiedNodes(nodes)
	if list, lost = scan(nodes); returns(list) {
		return list, lost
	}
	cells := 0
	for i := range list {
		assignedIn(&list[i], func(*stmt) { cells++ })
		if list[i].name != "" && list[i].name[0] == '_' {
			cells++
		}
	}
	if cells > 0 {
		return list, lost
	}
	return scan(bareCases(kept))
}

// flattened are the assignments of a statement with the conditions and the ranges of loops around them.
func flattened(st *stmt) []guardedStmt {
	if st.kind != looping || st.table != "" {
		return chosen(st, nil)
	}
	clause := st.tests
	if c, ok := cLoop(st.tests); ok {
		clause = c
	}
	var out []guardedStmt
	for i := range st.then {
		for _, c := range flattened(&st.then[i]) {
			tests := copiedNodes(clause)
			if c.tests != nil {
				tests = append(append(tests, put(&clause[0], word, "and")), c.tests...)
			}
			out = append(out, guardedStmt{c.st, tests})
		}
	}
	return out
}

// nameCalls takes the name of the table and its indexes from what a returned value calls, where no cell is named: return f(i+1, j).
func (a *answer) nameCalls(list []line) {
	var visit func(nodes []node)
	var index [][]string
	visit = func(nodes []node) {
		for i := range nodes {
			if i+1 < len(nodes) && nodes[i+1].group && nodes[i+1].text == "(" && nodes[i].kind == word && !nodes[i].group && tableIn(nodes[i:i+2]) == nodes[i].text && !a.knows(nodes[i].text) {
				if a.table == "" {
					a.table, a.called = nodes[i].text, true
				}
				if nodes[i].is(a.table) {
					for k, term := range split(nodes[i+1].kids, ",") {
						if len(index) <= k {
							index = append(index, nil)
						}
						for _, n := range term {
							if n.kind == word && !n.group && !a.knows(n.text) && known[n.text] == nil && !keywords[n.text] && !slices.Contains(index[k], n.text) {
								index[k] = append(index[k], n.text)
							}
						}
					}
				}
			}
			if nodes[i].group {
				visit(nodes[i].kids)
			}
		}
	}
	var all func(list []stmt)
	all = func(list []stmt) {
		for i := range list {
			visit(list[i].value)
			all(list[i].then)
			all(list[i].other)
		}
	}
	for i := range list {
		all([]stmt{list[i].stmt})
	}
	var names []string
	for _, words := range index {
		if len(words) != 1 {
			return
		}
		names = append(names, words[0])
	}
	if len(a.index) == 0 {
		a.index = names
	}
}
