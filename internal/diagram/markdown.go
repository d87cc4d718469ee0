package diagram

import (
	"strings"
)

// Block is one drawing found in an answer.
type Block struct {
	Start, End int    // its bytes in the text, fences included
	Format     string // FormatArrows, FormatMermaid or FormatD2
	Graph      Graph  // lines of edges are lines of the whole text
	Err        error  // why some of it could not be read
}

// maxBlocks bounds the drawings of one answer; what comes after is text.
const maxBlocks = 200

// FromMarkdown returns every drawing of an answer, in order: fenced blocks
// named mermaid, d2 or arrows; a Mermaid flowchart or D2 containers typed
// without a fence; and lines of arrows.
//
// Prose has arrows too, so a line of arrows counts as a drawing only if every
// name in it is a short noun phrase (isName) and the line as a whole says that
// it is about parts of a system: with two names, both name a part (client,
// cache, order service …) or one was drawn before and the other is no
// condition ("redis down"); with more, one of them names a part; a chain of four
// or more is a drawing whatever its names say. A line without a single head
// (a -- b) must use two names already drawn or named like parts. Lines of
// tables, quotes, headings and code in other languages never count. Half a
// line, as it is while someone types, counts as far as it goes.
func FromMarkdown(text string) []Block {
	s := scanner{text: text, known: map[string]bool{}}
	for s.pos < len(text) && len(s.blocks) < maxBlocks {
		s.line()
	}
	s.flush()
	return s.blocks
}

// scanner walks over an answer line by line.
type scanner struct {
	text   string
	pos    int             // start of the line at hand
	number int             // lines before it
	budget int             // bytes of Mermaid and D2 looked at so far
	tried  int             // lines with an arrow so far
	taken  int             // those of them that are drawings
	fence  string          // the fence of a nameless code block, while in one
	known  map[string]bool // folded names drawn so far
	run    []arrowLine     // adjacent lines of arrows, not yet a block
	blocks []Block
}

// arrowLine is a line accepted into a run.
type arrowLine struct {
	chain
	offset int // start of the line in the text
	number int
}

// line handles the line at pos and moves behind it, or behind the block that
// begins there.
func (s *scanner) line() {
	line := s.current()
	trimmed := strings.TrimSpace(line)
	switch {
	case s.fenced(trimmed):
		return
	case s.bare(trimmed):
		return
	case s.arrows(line, trimmed):
	default:
		s.flush()
	}
	s.advance(len(line))
}

// current is the line at pos, without its end.
func (s *scanner) current() string {
	end := strings.IndexByte(s.text[s.pos:], '\n')
	if end < 0 {
		return s.text[s.pos:]
	}
	return s.text[s.pos : s.pos+end]
}

// advance moves behind a line of n bytes.
func (s *scanner) advance(n int) {
	s.pos = min(s.pos+n+1, len(s.text))
	s.number++
}

// arrows takes the line into the run if it counts as a drawing.
func (s *scanner) arrows(line, trimmed string) bool {
	if !hasArrow(line) || s.tried > maxTried || s.taken > maxLines || len(line) > maxLine || strings.HasPrefix(trimmed, ">") || strings.HasPrefix(trimmed, "|") || strings.HasPrefix(trimmed, "#") {
		return false
	}
	s.tried++
	line = strings.TrimSuffix(line, "\r")
	if inner := strings.Trim(trimmed, "`"); len(inner) == len(trimmed)-2 && !strings.Contains(inner, "`") {
		line = strings.Replace(line, "`", " ", 2) // a whole line set as code
	}
	c, ok := cutChain(line)
	if !ok {
		return false
	}
	if !s.counts(c) {
		if c, ok = s.prefix(c); !ok {
			return false
		}
	}
	if c.lead || len(s.run) > 0 && s.run[len(s.run)-1].rest {
		s.flush()
	}
	if len(s.run) == 0 && len(c.sides[0]) == 0 {
		return false
	}
	if s.taken++; s.taken > maxLines {
		return false
	}
	s.run = append(s.run, arrowLine{c, s.pos, s.number + 1})
	s.learn(c)
	return true
}

// Bounds of what is taken for handwriting: bytes of a line of arrows, lines of
// arrows in one answer, and lines that have an arrow but may be prose.
const (
	maxLine  = 1000
	maxLines = 1000
	maxTried = 10000
)

// counts is the rule of FromMarkdown for a line of arrows.
func (s *scanner) counts(c chain) bool {
	all := make([]name, 0, 8)
	for i, side := range c.sides {
		if len(side) == 0 && i > 0 && i < len(c.sides)-1 {
			return false
		}
		for _, n := range side {
			if !isName(n.text) {
				return false
			}
			all = append(all, n)
		}
	}
	parts, drawn, states, heads := 0, 0, 0, false
	for _, n := range all {
		switch text := n.text; {
		case s.known[n.id]:
			drawn++
		case namesState(text):
			states++
		case namesPart(text):
			parts++
		}
	}
	for _, op := range c.ops {
		heads = heads || op.left || op.right
	}
	switch {
	case len(all) < 2 && len(c.sides[0]) > 0:
		return false
	case !heads || len(all) <= 2:
		return parts+drawn >= min(2, len(all)) || drawn > 0 && states == 0 && heads
	case len(c.sides) < 4:
		return parts+drawn > 0
	}
	return true
}

// learn remembers the names of a line.
func (s *scanner) learn(c chain) {
	for _, side := range c.sides {
		for _, n := range side {
			s.known[n.id] = true
		}
	}
}

// flush makes a block of the run.
func (s *scanner) flush() {
	if len(s.run) == 0 {
		return
	}
	b := newBuilder()
	var last []string
	for _, line := range s.run {
		last = b.chain(line.chain, last, line.number)
	}
	first, end := s.run[0], s.run[len(s.run)-1]
	block := Block{Start: first.offset + first.start, End: end.offset + end.end, Format: FormatArrows}
	block.Graph, block.Err = b.done()
	s.blocks = append(s.blocks, block)
	s.run = s.run[:0]
}
