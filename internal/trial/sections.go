package trial

import (
	"regexp"
	"strings"
)

// section is a stretch of an answer that is about one piece: a whole answer, or what follows a label such as "Base case:".
type section struct {
	piece      string // "" where lines are told by their shape
	start, end int    // bytes of the answer, without the label
	line       int    // of its start
	inline     bool   // its first line stands beside the label; lines after it are told by their shape
}

// opener is a label at the start of a line, and what it opens; the first that matches counts. A bare word is a label where
// nothing follows it, others end in a colon, or in a full stop where they are emphasised.
var openers = []struct {
	piece string
	label func() *regexp.Regexp
}{
	{Relate, opener(`relate|relation|recurrence(?: relation)?|transitions?`)},
	{Base, opener(`base(?: cases?| conditions?)?`)},
	{Order, opener(`(?:topological |evaluation )?order`)},
	{Original, opener(`original(?: problem)?|(?:the |final )?answer|result|read-off`)},
	{Time, opener(`(?:running )?time(?: analysis| complexity| cost)?|cost|complexity`)},
	{"none", opener(`subproblems?|states?|definition|space(?: complexity)?`)},
}

func opener(names string) func() *regexp.Regexp {
	return pattern(`(?i)^[ \t]*(?:(?:[-*•>]|#+|[0-9]+[.)])[ \t]+)*(?:(?:\*\*|__|\*|_)(?:[0-9]+[.)] )?(?:` + names + `)[ \t]*(?:[:.]?(?:\*\*|__|\*|_)[ \t]*:|[:.](?:\*\*|__|\*|_)|(?:\*\*|__|\*|_)[ \t]*$)|(?:` +
		names + `)[ \t]*(?::|$))[ \t]*`)
}

// sections cuts an answer that may hold any piece at its labels; others are of one piece.
func (a Written) sections() []section {
	out := []section{{piece: a.Piece, line: 1}}
	line, at, fenced := 0, 0, false
	for text := range strings.Lines(a.Text) {
		line++
		bare := strings.TrimRight(text, "\r\n")
		if fence().MatchString(bare) {
			fenced = !fenced
		}
		if piece, n := opened(bare); n > 0 && a.Piece == "" && !fenced {
			out[len(out)-1].end = at
			out = append(out, section{piece: piece, start: at + n, line: line, inline: n < len(bare)})
		}
		at += len(text)
	}
	out[len(out)-1].end = at
	return out
}

// opened is the piece whose label a line begins with, and the length of the label, 0 for none.
func opened(line string) (piece string, n int) {
	for _, o := range openers {
		if m := o.label().FindString(line); m != "" {
			return o.piece, len(m)
		}
	}
	return "", 0
}

// asks is the piece that a line of a section is read as, and how much of the line is its label.
func (s *section) asks(line, at int) (piece string, label int) {
	if !s.inline {
		return s.piece, max(0, s.start-at)
	}
	if line == s.line {
		return s.piece, max(0, s.start-at)
	}
	return "", 0
}

// Unread are findings for the pieces that answers have, by the phase or a label, and of which no line reads as notation: they
// are not run. Of an answer that may hold any piece, those that are not met are named too, unless it holds code.
func Unread(answers []Written, pieces []Piece) []Finding {
	read := map[string]bool{}
	for i := range pieces {
		read[pieces[i].Name] = true
	}
	var out []Finding
	for number, a := range answers {
		for _, s := range a.sections() {
			body := a.Text[s.start:s.end]
			if s.piece == "" || s.piece == "none" || read[s.piece] || strings.TrimSpace(body) == "" {
				continue
			}
			read[s.piece] = true
			blank := len(body) - len(strings.TrimLeft(body, " \t\r\n"))
			end := s.start + len(strings.TrimRight(body, " \t\r\n"))
			out = append(out, Finding{Check: checkOf(s.piece), Unrun: "no line of it reads as notation", Answer: number,
				Start: s.start + blank, End: end, Line: s.line + strings.Count(body[:blank], "\n"), Col: 1})
		}
	}
	if len(answers) != 1 || answers[0].Piece != "" || read[Code] {
		return out
	}
	for _, name := range append(append([]string{}, pieceOrder...), Time) {
		if !read[name] {
			out = append(out, Finding{Check: checkOf(name), Unrun: "no line was found to be of it: begin one with " + name + ":"})
		}
	}
	return out
}

// checkOf is the check that a piece is judged by.
func checkOf(piece string) string {
	switch piece {
	case Code:
		return Cases
	case Time:
		return Growth
	}
	return piece
}
