package trial

import (
	"strings"
	"unicode/utf8"
)

// Written is what was written for one piece; Piece "" is an answer that may hold any of them.
type Written struct{ Piece, Text string }

var (
	bullet   = pattern("^[ \t]*(?:[-*•>][ \t]+|[0-9]+[.)][ \t]+)?[ \t]*")
	label    = pattern(`(?i)^(relate|relation|recurrence|transition|base|base cases?|order|topological order|original|original problem|the answer|answer|result|return|output|time|cost)[ \t]*(?::|=(?:[^=]|$)|is\b)?[ \t]*`)
	oneBased = pattern(`(?i)\b(?:1|one)[- ](?:based|indexed)\b|\bcount(?:s|ed|ing)? from (?:1|one)\b|\[1 ?\.\. ?[a-z]\]`)
	fence    = pattern("(?m)^[ \t]*```[ \t]*([A-Za-z0-9]*)[^\n]*$")
)

// Read finds the lines that read as notation, and the blocks of code, in answers. Everything else is prose and is left to
// those who judge words. A line that begins as notation but cannot be read is a piece too: what is wrong is found when it is run.
func Read(answers []Written) []Piece {
	var out []Piece
	everywhere := ""
	for _, a := range answers {
		everywhere += a.Text + "\n"
	}
	one := oneBased().MatchString(everywhere)
	for i, a := range answers {
		out = append(out, readOne(i, a)...)
	}
	for i := range out {
		words := beside(answers[out[i].Answer], out, &out[i])
		out[i].OneBased = one
		out[i].Prose = len(strings.Fields(words)) >= proseWords
		out[i].Bounded = out[i].Prose && bound().MatchString(words)
	}
	return out
}

// proseWords beside the notation of an answer may say what the notation lacks.
const proseWords = 4

var bound = pattern(`(?i)[<>≤≥]|\b(?:only|if|fits?|at most|as long as|provided|guard|negative|range|from|until)\b`)

// beside is the section of an answer that a piece stands in, without notation.
func beside(a Written, pieces []Piece, of *Piece) string {
	out := []byte(a.Text)
	for i := range pieces {
		if p := &pieces[i]; p.Answer == of.Answer {
			for k := p.Start; k < p.End; k++ {
				out[k] = ' '
			}
		}
	}
	for _, s := range a.sections() {
		if s.start <= of.Start && of.Start < s.end {
			return string(out[s.start:s.end])
		}
	}
	return string(out)
}

func readOne(number int, a Written) (out []Piece) {
	line, at := 0, 0
	sections := a.sections()
	var block *Piece // of code, or a fence of something else
	for text := range strings.Lines(a.Text) {
		line++
		start := at
		at += len(text)
		text = strings.TrimRight(text, "\r\n")
		if m := fence().FindStringSubmatch(text); m != nil {
			switch {
			case block != nil:
				if block.Name == Code {
					block.End = start
					block.Text = a.Text[block.Start:block.End]
					out = append(out, *block)
				}
				block = nil
			case strings.EqualFold(m[1], "python") || strings.EqualFold(m[1], "py"):
				block = &Piece{Name: Code, Answer: number, Start: at, Line: line + 1, Col: 1}
			case m[1] != "":
				block = &Piece{}
			}
			continue
		}
		if block == nil {
			for len(sections) > 1 && sections[1].line <= line {
				sections = sections[1:]
			}
			asked, label := sections[0].asks(line, start)
			label = min(label, len(text))
			if p, ok := readLine(asked, text[label:]); ok {
				p.Answer, p.Line, p.Col = number, line, p.Col+utf8.RuneCountInString(text[:label])
				p.Start, p.End = p.Start+start+label, p.End+start+label
				out = append(out, p)
			}
		}
	}
	return out
}

// readLine says whether a line is notation of the piece that is asked for, or of any for "".
func readLine(asked, line string) (Piece, bool) {
	indent := len(bullet().FindString(line))
	text := strings.TrimRight(strings.Trim(line[indent:], "`"), " \t")
	indent += strings.Index(line[indent:], text)
	labelled := label().FindString(text)
	if strings.HasPrefix(strings.TrimSpace(labelled), "return") || asked == Original || strings.ContainsAny(labelled, ":=") {
		if rest := text[len(labelled):]; rest != "" && labelled != "" {
			indent, text = indent+len(labelled), strings.TrimRight(strings.Trim(rest, "`"), " \t")
			indent += strings.Index(line[indent:], text)
		}
	}
	p := Piece{Text: strings.ReplaceAll(text, "`", " "), Start: indent, End: indent + len(text), Col: 1 + utf8.RuneCountInString(line[:indent])}
	if text == "" || len(text) > maxText {
		return p, false
	}
	p.Name = kindOf(asked, strings.ToLower(strings.TrimSpace(strings.TrimRight(labelled, " :="))), p.Text)
	return p, p.Name != ""
}

// kindOf is the piece that a line is by its shape, "" for prose.
func kindOf(asked, label, text string) string {
	nodes, ok := nest(lex(text, 1, 1))
	_, indexed, value, assigned := assignment(nodes)
	switch {
	case asked == Time:
		if _, err := parseClaim(text); err == nil {
			return Time
		}
	case asked == Original, asked == "" && (label == "return" || strings.Contains(label, "answer") || label == "result"):
		if readOff(nodes) && !conditional(nodes) {
			return Original
		}
	case asked == Order || asked == "" && loopLine(nodes):
		if loopLine(nodes) || asked == Order && memoLine(text) {
			return Order
		}
	case asked != Relate && asked != Base && asked != "":
	case !ok && begins(text):
		return orElse(asked, Relate)
	case assigned && prose(value):
	case assigned && constant(indexed):
		return Base
	case assigned:
		_, _, first, _ := assignment(assignments(nodes, nodes[0].text)[0])
		if _, _, _, chain := assignment(first); chain || !mentions(first, nodes[0].text) && (asked == Base || asked == "" && unconditional(first)) {
			return Base
		}
		return Relate
	case asked == Relate && conditionLine(nodes):
		return Relate
	}
	return ""
}

func orElse(s, or string) string {
	if s == "" {
		return or
	}
	return s
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
	"lambda": true, "max": true, "min": true, "with": true, "then": true, "step": true, "by": true, "up": true}

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

var memo = pattern(`(?i)^(?:recurs(?:ion|ive(?:ly)?)(?: with| and|,| plus)(?: a)? (?:memo|cache)|@cache|@lru_cache|memo(?:is|iz)?(?:e|ed|ation)?|top[- ]?down)\b`)

func memoLine(text string) bool { return memo().MatchString(text) && len(text) < 60 }

func conditionLine(nodes []node) bool {
	if len(nodes) < 2 {
		return false
	}
	if nodes[0].is("if", "elif") {
		colon := index(nodes, 1, ":")
		if colon < 0 || prose(nodes[1:colon]) {
			return false
		}
		_, _, v, ok := assignment(nodes[colon+1:])
		return colon == len(nodes)-1 || ok && !prose(v)
	}
	return nodes[0].is("else", "otherwise") && nodes[1].is(":", ",")
}

// uncommented cuts what explains a line: after a colon, a semicolon, a full stop, a dash, or "since". It reports whether
// nothing was cut.
func uncommented(nodes []node) (cut []node, whole bool) {
	for i := 1; i < len(nodes); i++ {
		n := &nodes[i]
		if n.is(",", ";") && i+1 < len(nodes) && nodes[i+1].is("else", "otherwise") {
			continue
		}
		explains := n.is(":", ";", "since", "because", "so", "hence", "//") && i+1 < len(nodes) && (!n.is("//") || nodes[i+1].kind == word && i+2 < len(nodes) && nodes[i+2].kind == word && !nodes[i+2].group && !keywords[nodes[i+2].text])
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
