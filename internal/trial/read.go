package trial

import (
	"maps"
	"strings"
	"unicode/utf8"
)

// Written is what was written for one piece; Piece "" is an answer that may hold any of them.
type Written struct{ Piece, Text string }

var (
	oneBased = pattern(`(?i)\b(?:1|one)[- ](?:based|indexed)\b|\bcount(?:s|ed|ing)? from (?:1|one)\b|\[1 ?\.\. ?[a-z]\]`)
	fence    = pattern("(?m)^[ \t]*```[ \t]*([A-Za-z0-9]*)[^\n]*$")
	function = pattern(`(?m)^[ \t]*(?:def|class)[ \t]+\w+`)
)

// Read finds what reads as notation, and the blocks of code, in answers. Everything else is prose and is left to those who judge
// words; where prose carries meaning that is not read, the piece says so and is not judged.
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
	if len(out) == 0 {
		return nil
	}
	_, empty := emptyChoice(everywhere)
	for i := range out {
		words := beside(answers[out[i].Answer], out, &out[i])
		out[i].OneBased = one
		out[i].Prose = len(strings.Fields(words)) >= proseWords
		out[i].Bounded = out[i].Prose && bound().MatchString(words)
		out[i].Empty = maps.Clone(empty)
	}
	for _, is := range letsIn(clean(everywhere)) {
		out = append(out, Piece{Name: Let, Text: is, Line: 1, Col: 1, Answer: out[0].Answer, Start: out[0].Start, End: out[0].Start})
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

// readOne reads the sections of an answer one by one.
func readOne(number int, a Written) (out []Piece) {
	sections := a.sections()
	cleaned := clean(unlabelled(a.Text, sections))
	has := map[string]bool{}
	for _, s := range sections {
		has[s.piece] = true
	}
	for _, s := range sections {
		code, rest := codeIn(a.Text, cleaned, &s)
		for i := range code {
			code[i].Answer = number
		}
		out = append(out, code...)
		for _, p := range readSection(rest, &s, has) {
			p.Answer = number
			out = append(out, p)
		}
	}
	return out
}

// codeIn takes the blocks of whole code out of a section.
func codeIn(text, cleaned string, s *section) (code []Piece, rest string) {
	out := []byte(cleaned[:s.end])
	marks := fence().FindAllStringSubmatchIndex(text[s.start:s.end], -1)
	for k := 0; k+1 < len(marks); k += 2 {
		lang := strings.ToLower(text[s.start+marks[k][2] : s.start+marks[k][3]])
		from, to := s.start+marks[k][1]+1, s.start+marks[k+1][0]
		if from > to {
			continue
		}
		body := text[from:to]
		python := lang == "python" || lang == "py"
		if python = python && function().MatchString(body); !python && (s.piece != "" || lang == "" || lang == "python" || lang == "py") {
			continue
		}
		if python {
			code = append(code, Piece{Name: Code, Text: body, Start: from, End: to, Line: 1 + strings.Count(text[:from], "\n"), Col: 1})
		}
		for i := from; i < to; i++ {
			if out[i] != '\n' {
				out[i] = ' '
			}
		}
	}
	return code, string(out)
}

// readSection reads a section of a cleaned text, of which all behind the section is cut off.
func readSection(text string, s *section, has map[string]bool) []Piece {
	switch s.piece {
	case Relate, Base:
		cut, _ := emptyChoice(text)
		cut = valued(cut)
		if s.piece == Base {
			cut = cut[:s.start] + joined(manyCells(filled(cut[s.start:])))
		}
		return readCells(cut, s, has)
	case Original:
		cut, _ := emptyChoice(text)
		return readOriginal(uncontracted(valuedResult(cut)), s)
	case Order:
		return readOrder(text, s)
	case Time:
		return readTime(text, s)
	case "":
		return readLines(text, s)
	}
	return nil
}

// body is a section's text with the place where it begins.
func (s *section) body(text string) (body string, line, col int) {
	before := text[:s.start]
	begin := strings.LastIndexByte(before, '\n') + 1
	return text[s.start:s.end], 1 + strings.Count(before, "\n"), 1 + utf8.RuneCountInString(before[begin:])
}

// readCells reads the statements of a relation or of base cases.
func readCells(text string, s *section, has map[string]bool) (out []Piece) {
	body, line, col := s.body(text)
	read := scan
	if s.piece == Base {
		read = basesIn
	}
	list, lost := read(prepared(body, line, col, nil))
	var kept []stmt
	cells := 0
	for _, st := range list {
		if st.kind == naming && s.piece == Base && st.name[0] != '_' {
			continue
		}
		assignedIn(&st, func(*stmt) { cells++ })
		if s.piece == Base && st.kind != naming || st.name != "" && st.name[0] == '_' {
			cells++
		}
		kept = append(kept, st)
	}
	if cells == 0 && !returns(kept) {
		return nil
	}
	if s.piece == Relate && together(kept) {
		out = append(out, pieceOf(Relate, body, s, &kept[0], &kept[len(kept)-1]))
	} else {
		for i := range kept {
			out = append(out, pieceOf(cellPiece(s.piece, &kept[i], has), body, s, &kept[i], &kept[i]))
		}
	}
	if len(lost) > 0 && len(out) > 0 {
		n := lost[0]
		p := Piece{Name: s.piece, Start: s.start + n.off, End: s.start + n.ends(), Line: n.line, Col: n.col}
		p.Text, p.Lost = body[n.off:n.ends()], "from here on it is in words that are not understood, so nothing of it is judged"
		out = append(out, p)
	}
	return out
}

func returns(list []stmt) bool {
	for i := range list {
		if list[i].returns || returns(list[i].then) || returns(list[i].other) {
			return true
		}
	}
	return false
}

// together says that statements are a program and no list of cases.
func together(list []stmt) bool {
	a := &answer{knows: func(string) bool { return false }}
	for i := range list {
		assignedIn(&list[i], func(st *stmt) {
			if a.table == "" {
				a.table = st.table
			}
		})
		if list[i].kind == assigned && constant(list[i].at) {
			return false
		}
	}
	return !a.simple(list)
}

// cellPiece is the piece that a statement is of: a cell that only a base case names is one wherever it stands.
func cellPiece(asked string, st *stmt, has map[string]bool) string {
	switch {
	case asked == Relate && st.kind == assigned && constant(st.at):
		return Base
	case asked == Base && st.kind == assigned && !constant(st.at) && mentions(st.value, st.table) && !has[Relate]:
		if _, _, _, chain := assignment(st.value); !chain {
			return Relate
		}
	}
	return asked
}

// ends is the byte behind a node.
func (n *node) ends() int {
	if n.group {
		return n.close.end
	}
	return n.end
}

// pieceOf is the piece that reaches from one statement to another.
func pieceOf(name, body string, s *section, first, last *stmt) Piece {
	start, end := first.first.off, max(last.last.ends(), first.first.ends())
	return Piece{Name: name, Text: body[start:end], Start: s.start + start, End: s.start + end, Line: first.first.line, Col: first.first.col}
}
