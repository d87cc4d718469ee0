package trial

import (
	"strings"
	"unicode/utf8"
)

// Lines that no label is of are told by their shape.

var (
	bullet = pattern("^[ \t]*(?:[-*•>][ \t]+|[0-9]+[.)][ \t]+)?[ \t]*")
	label  = pattern(`(?i)^(relate|relation|recurrence|transition|base|base cases?|order|topological order|original|original problem|the answer|answer|result|return|output|time|cost)[ \t]*(?::|=(?:[^=]|$)|is\b)?[ \t]*`)
)

// readLines reads the lines of an answer without labels by their shapes.
func readLines(text string, s *section) (out []Piece) {
	body, line, col := s.body(text)
	at := s.start
	for row := range strings.Lines(body) {
		if p, ok := readLine(strings.TrimRight(row, "\r\n")); ok {
			p.Line, p.Col = line, p.Col+col-1
			p.Start, p.End = p.Start+at, p.End+at
			out = append(out, p)
		}
		at += len(row)
		line, col = line+1, 1
	}
	return out
}

// readLine says whether a line is notation.
func readLine(line string) (Piece, bool) {
	indent := len(bullet().FindString(line))
	text := strings.TrimRight(line[indent:], " \t")
	labelled := label().FindString(text)
	if strings.HasPrefix(strings.TrimSpace(labelled), "return") || strings.ContainsAny(labelled, ":=") {
		if rest := text[len(labelled):]; rest != "" && labelled != "" {
			indent, text = indent+len(labelled), rest
		}
	}
	p := Piece{Text: text, Start: indent, End: indent + len(text), Col: 1 + utf8.RuneCountInString(line[:indent])}
	if text == "" || len(text) > maxText {
		return p, false
	}
	p.Name = kindOf(strings.ToLower(strings.TrimSpace(strings.TrimRight(labelled, " :="))), p.Text)
	return p, p.Name != ""
}

// kindOf is the piece that a line without a label is by its shape, "" for prose.
func kindOf(label, text string) string {
	nodes, ok := nest(lex(text, 1, 1))
	_, indexed, value, assigned := assignment(nodes)
	switch {
	case label == "return" || strings.Contains(label, "answer") || label == "result":
		if readOff(nodes) && !conditional(nodes) {
			return Original
		}
	case loopLine(nodes):
		return Order
	case !ok && begins(text):
		return Relate
	case assigned && prose(value):
	case assigned && constant(indexed):
		return Base
	case assigned:
		_, _, first, _ := assignment(assignments(nodes, nodes[0].text)[0])
		if _, _, _, chain := assignment(first); chain || !mentions(first, nodes[0].text) && unconditional(first) {
			return Base
		}
		return Relate
	}
	return ""
}

var head = pattern(`^[A-Za-z_]\w*\s*[\[(][^=]*[\])]\s*=[^=]`)

// begins says that a text starts as an assignment to a cell does.
func begins(text string) bool { return head().MatchString(text) }

// assignment takes "dp[i][j] = VALUE" apart.
func assignment(nodes []node) (table string, at [][]node, value []node, ok bool) {
	if len(nodes) < 4 || nodes[0].group || nodes[0].kind != word || keywords[nodes[0].text] || !nodes[1].group || nodes[1].text == "{" {
		return "", nil, nil, false
	}
	i := 1
	for ; i < len(nodes) && nodes[i].group && nodes[i].text != "{" && (i == 1 || nodes[i].text == nodes[1].text); i++ {
		at = append(at, split(nodes[i].kids, ",")...)
	}
	if i+1 >= len(nodes) || !nodes[i].is("=", ":=") {
		return "", nil, nil, false
	}
	return nodes[0].text, at, nodes[i+1:], true
}

// prose says that two words follow each other as they do in sentences and never in notation.
func prose(nodes []node) bool {
	for i := range nodes {
		if nodes[i].kind == opaque && !nodes[i].group {
			return true
		}
		if i == 0 || nodes[i].group || nodes[i-1].group || nodes[i].kind != word || nodes[i-1].kind != word && nodes[i-1].kind != number {
			continue
		}
		if !glue[nodes[i].text] && !glue[nodes[i-1].text] {
			cut, whole := uncommented(nodes)
			return whole || prose(cut)
		}
	}
	return false
}

// glue are words that may stand beside another in notation.
var glue = map[string]bool{"and": true, "or": true, "not": true, "if": true, "else": true, "for": true, "in": true, "is": true, "otherwise": true,
	"when": true, "where": true, "to": true, "from": true, "down": true, "downto": true, "over": true, "of": true, "all": true, "each": true, "every": true,
	"lambda": true, "max": true, "min": true, "with": true, "then": true, "step": true, "by": true, "up": true, "_fit": true, "_unfit": true, "_inf": true, "_fin": true, "_none": true, "_empty": true, "_void": true, "downwards": false}

// constant says that what is assigned to is a cell that only a base case names: an index is a number, a range or any.
func constant(at [][]node) bool {
	for _, term := range at {
		if len(term) == 1 && (term[0].kind == number || term[0].is("*", ":", "_", ".", "..")) {
			return true
		}
		if len(term) == 2 && term[0].is("-") && term[1].kind == number {
			return true
		}
		if index(term, 0, "<", "<=", ">", ">=") >= 0 {
			return true
		}
	}
	return false
}

// unconditional says that a value holds without a condition.
func unconditional(value []node) bool {
	return index(value, 0, "if", "when", "where", "else", "otherwise", "for") < 0
}

func mentions(nodes []node, name string) bool {
	for i := range nodes {
		if nodes[i].group && mentions(nodes[i].kids, name) || nodes[i].is(name) && !nodes[i].group {
			return true
		}
	}
	return false
}

// conditional says that what explains a line changes what it says: "f(n); -1 if it is infinite".
func conditional(nodes []node) bool {
	cut, whole := uncommented(nodes)
	return !whole && index(nodes, len(cut), "if", "unless", "else", "otherwise", "when", "return", "or") >= 0
}

func readOff(nodes []node) bool {
	if len(nodes) == 0 || prose(nodes) {
		return false
	}
	return tableIn(nodes) != ""
}

func loopLine(nodes []node) bool {
	if len(nodes) < 3 || nodes[0].group {
		return false
	}
	if nodes[0].is("for") {
		return index(nodes, 0, "in", "=", "from", "..", "<", "<=") > 0 && !prose(withoutLoops(nodes))
	}
	return nodes[0].kind == word && nodes[1].is("=", "in", "from") && !nodes[2].is("=") && (index(nodes, 2, "..", "to") > 0 || nodes[2].is("range", "reversed")) ||
		nodes[0].kind == word && !nodes[1].group && nodes[1].is("=") && index(nodes, 0, "..") < 0 && len(nodes) <= 12 && !prose(nodes) && !keywords[nodes[0].text]
}

// withoutLoops leaves the words of loops out, to see whether prose is left.
func withoutLoops(nodes []node) []node {
	var out []node
	for i := range nodes {
		if !nodes[i].is("descending", "ascending", "increasing", "decreasing", "do", "then", "upward", "downward", "upwards", "downwards") {
			out = append(out, nodes[i])
		}
	}
	cut, _ := uncommented(out)
	return cut
}

// uncommented cuts what explains a line: after a colon, a semicolon, a full stop, a dash, or "since". It reports whether
// nothing was cut.
func uncommented(nodes []node) (cut []node, whole bool) {
	for i := 1; i < len(nodes); i++ {
		n := &nodes[i]
		if n.is(",", ";") && i+1 < len(nodes) && nodes[i+1].is("else", "otherwise") {
			continue
		}
		explains := n.is(":", ";", "since", "because", "so", "hence", "//") && i+1 < len(nodes) && !(n.is("//") && nodes[i+1].kind != word)
		explains = explains || n.is(",") && i+1 < len(nodes) && nodes[i+1].is("since", "because", "where", "which", "so", "as", "hence")
		explains = explains || n.is(".") && (i+1 == len(nodes) || nodes[i+1].pre != "")
		explains = explains || n.is(";", ",", ":") && i+1 == len(nodes)
		explains = explains || n.kind == opaque && n.pre != "" || n.is("-") && n.pre != "" && i+1 < len(nodes) && nodes[i+1].is("-")
		if explains {
			return nodes[:i], false
		}
	}
	return nodes, true
}

// assignments cuts "dp[0] = 0, dp[1] = 1" where a new cell begins.
func assignments(nodes []node, table string) (parts [][]node) {
	begin := 0
	for i := 1; i+1 < len(nodes); i++ {
		if nodes[i].is(",", ";", "and", ".") && nodes[i+1].is(table) && i+2 < len(nodes) && nodes[i+2].group {
			if _, _, _, ok := assignment(nodes[i+1:]); ok || !ok && i+3 < len(nodes) && index(nodes[i+1:], 0, "=") > 0 && nodes[i].is(",", ";") {
				parts, begin = append(parts, nodes[begin:i]), i+1
			}
		}
	}
	return append(parts, nodes[begin:])
}
