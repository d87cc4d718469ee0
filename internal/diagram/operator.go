package diagram

import (
	"strings"
	"unicode/utf8"
)

// hasArrow is a quick test that nearly all lines of prose fail.
func hasArrow(line string) bool {
	return strings.IndexByte(line, '>') >= 0 || strings.Contains(line, "<-") ||
		strings.Contains(line, "--") || strings.IndexByte(line, 0xE2) >= 0
}

// glyphArrows are arrows of one character, or built with one.
var glyphArrows = map[rune]arrow{
	'→': {right: true}, '⟶': {right: true}, '➜': {right: true}, '➔': {right: true}, '⇒': {right: true},
	'⟹': {right: true}, '➡': {right: true}, '►': {right: true}, '▶': {right: true}, '⇢': {right: true, dashed: true},
	'←': {left: true}, '⟵': {left: true}, '⇐': {left: true}, '◄': {left: true}, '⇠': {left: true, dashed: true},
	'↔': {left: true, right: true}, '⟷': {left: true, right: true}, '⇄': {left: true, right: true},
	'⇆': {left: true, right: true}, '⇔': {left: true, right: true},
}

// nextArrow finds the first arrow in line between from and to, outside
// backticks and brackets.
func nextArrow(line string, from, to int) (arrow, bool) {
	depth, code := 0, from > 0 && strings.Count(line[:from], "`")%2 == 1
	for i := from; i < to; i++ {
		switch c := line[i]; {
		case c == '`':
			code = !code && strings.IndexByte(line[i+1:to], '`') >= 0
		case code:
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth > 0:
		case c == '<' || c == '-' || c == '=' || c == '~':
			op, width := asciiArrow(line, i, to)
			if op.end > 0 {
				return op, true
			}
			i += width - 1
		case c == 0xE2:
			if op, ok := glyphArrow(line, i, to); ok {
				return op, true
			}
		}
	}
	return arrow{}, false
}

// glyphArrow reads an arrow of one character at i, with the strokes of a line
// before it (──►) and an emoji's variation mark after it.
func glyphArrow(line string, i, to int) (arrow, bool) {
	at := i
	for strings.HasPrefix(line[i:to], "─") {
		i += len("─")
	}
	r, size := utf8.DecodeRuneInString(line[i:to])
	op, ok := glyphArrows[r]
	if r == '>' && i > at {
		op, ok = arrow{right: true}, true
	}
	op.at, op.end = at, i+size
	if strings.HasPrefix(line[op.end:to], "\uFE0F") {
		op.end += len("\uFE0F")
	}
	return op, ok
}

// asciiArrow reads an arrow of < - = ~ . > at i. It returns the width of what
// it looked at; op.end is 0 when that is no arrow.
func asciiArrow(line string, i, to int) (op arrow, width int) {
	at, left := i, line[i] == '<'
	if left {
		i++
	}
	body := i
	for i < to && (line[i] == '-' || line[i] == '=' || line[i] == '~' || line[i] == '.' && i > body) {
		i++
	}
	strokes, head := line[body:i], i
	for i < to && line[i] == '>' && i-head < 2 {
		i++
	}
	op = arrow{at: at, end: i, left: left, right: i > head, dashed: strings.ContainsAny(strokes, ".~")}
	if !drawn(strokes, op) || !spaced(line, op, to) {
		op.end = 0
	}
	return op, max(i-at, 1)
}

// drawn tells an arrow from a comparison, a flag or a minus.
func drawn(strokes string, op arrow) bool {
	switch {
	case strokes == "":
		return false
	case op.left && strokes[0] == '=':
		return op.right && strokes != "=" // <= and <=> compare
	case op.right || op.left:
		return strokes[0] != '.'
	}
	return len(strokes) >= 2 && strings.Trim(strokes, "-") == ""
}

// spaced wants space around arrows that also occur inside words and formulas:
// all but -> and its longer forms.
func spaced(line string, op arrow, to int) bool {
	before := op.at == 0 || line[op.at-1] == ' ' || line[op.at-1] == '\t'
	after := op.end == to || line[op.end] == ' ' || line[op.end] == '\t' || line[op.end] == '|'
	if op.right && !op.left {
		return true
	}
	return before && after
}
