package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Read takes a text apart, in one pass and in time linear in its length. Tokens get their ID from v, which may be nil.
func Read(text string, v *Vocabulary) *Text {
	t := &Text{}
	t.Read(text, v)
	return t
}

// Read reuses the memory of t, which must not be in use elsewhere.
func (t *Text) Read(text string, v *Vocabulary) {
	if v == nil {
		v = noVocabulary
	}
	s := scanner{src: text, v: v, index: v.indexed(), functions: functionWords(), tokens: t.Tokens[:0], units: t.Units[:0]}
	if cap(s.tokens) == 0 {
		s.tokens = make([]Token, 0, len(text)/6+8)
		s.units = make([]Unit, 0, len(text)/60+4)
	}
	s.run()
	t.Source, t.Tokens, t.Units = text, s.tokens, s.units
}

// Copy makes t the same as another text, in its own memory.
func (t *Text) Copy(of *Text) {
	t.Source, t.Tokens, t.Units = of.Source, append(t.Tokens[:0], of.Tokens...), append(t.Units[:0], of.Units...)
}

// scanner walks the text line by line; the line's first marks say what kind of unit it opens.
type scanner struct {
	src       string
	v         *Vocabulary
	index     *stemIndex
	functions map[string]int16
	tokens    []Token
	units     []Unit

	gap     Gap
	open    bool // a unit is open
	unit    Unit
	heads   [7]int    // 1 + index of the last heading of each level
	list    []listing // open bullets, outermost first
	lead    int       // 1 + index of the lead-in that the following lines hang on
	fence   string    // the mark of the open fence, "" outside
	lang    string
	call    int    // end of the arguments of the formula that is being read, as in f(i, j-1)
	low     []byte // scratch: the lower-case word
	stemmed []byte // scratch: its stem
}

type listing struct{ indent, unit int }

func (s *scanner) run() {
	prev := lineEnd{}
	for at := 0; at < len(s.src); {
		end := strings.IndexByte(s.src[at:], '\n')
		if end < 0 {
			end = len(s.src)
		} else {
			end += at
		}
		prev = s.line(at, end, prev)
		at = end + 1
	}
	s.closeUnit()
}

// lineEnd is what the next line must know of the one before it.
type lineEnd struct {
	long  bool // so long that a next line in lower case goes on with it
	comma bool // ends in a comma
}

func (s *scanner) line(at, end int, prev lineEnd) lineEnd {
	from, indent := at, 0
	for from < end && (s.src[from] == ' ' || s.src[from] == '\t' || s.src[from] == '>' || s.src[from] == '\r') {
		if s.src[from] == '\t' {
			indent += 4
		} else {
			indent++
		}
		from++
	}
	to := end
	for to > from && (s.src[to-1] == ' ' || s.src[to-1] == '\r' || s.src[to-1] == '\t') {
		to--
	}
	line := s.src[from:to]
	s.gap |= Newline
	switch {
	case s.fence != "":
		s.fenced(line, from, to)
	case strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~"):
		s.closeUnit()
		s.fence, s.lang = line[:3], strings.ToLower(strings.TrimSpace(strings.TrimLeft(line, "`~")))
	case line == "":
		s.closeUnit()
		if len(s.list) == 0 && s.lead > 0 && !s.fresh(s.lead-1) {
			s.lead = 0
		}
	case line[0] == '#':
		s.heading(line, from, to)
	case line[0] == '|':
		s.closeUnit()
		s.openUnit(Row, from, s.context())
		s.words(from, to, false)
		s.closeUnit()
	default:
		if mark := bullet(line); mark > 0 {
			s.bullet(indent, from+mark, to)
		} else {
			s.prose(indent, from, to, prev)
		}
	}
	return lineEnd{long: to-from >= 50, comma: strings.HasSuffix(line, ",")}
}

// fresh says that nothing hangs on the unit yet, so that a blank line between a lead-in and its list does no harm.
func (s *scanner) fresh(unit int) bool { return unit == len(s.units)-1 }

func (s *scanner) fenced(line string, from, to int) {
	if strings.HasPrefix(line, s.fence) {
		s.fence = ""
		return
	}
	if line == "" {
		return
	}
	s.openUnit(Fence, from, s.context())
	s.unit.Lang = s.lang
	s.words(from, to, false)
	s.closeUnit()
}

func (s *scanner) heading(line string, from, to int) {
	level := 0
	for level < len(line) && line[level] == '#' {
		level++
	}
	if level > 6 || level < len(line) && line[level] != ' ' {
		s.prose(0, from, to, lineEnd{})
		return
	}
	s.closeUnit()
	s.list, s.lead = s.list[:0], 0
	for i := level; i < len(s.heads); i++ {
		s.heads[i] = 0
	}
	s.openUnit(Heading, from, s.context())
	s.words(from+level, to, false)
	s.closeUnit()
	s.heads[level] = len(s.units)
}

// bullet returns the length of a list mark: "- ", "* ", "• ", "1. ", "a) ", "(2) ", 0 if there is none.
func bullet(line string) int {
	if strings.HasPrefix(line, "• ") || strings.HasPrefix(line, "– ") || strings.HasPrefix(line, "— ") {
		return len("• ")
	}
	if len(line) > 1 && line[1] == ' ' && strings.IndexByte("-*+", line[0]) >= 0 {
		return 2
	}
	i := 0
	if line[0] == '(' {
		i++
	}
	start := i
	for i < len(line) && i < start+3 && '0' <= line[i] && line[i] <= '9' {
		i++
	}
	if i == start && i < len(line) && 'a' <= line[i]|0x20 && line[i]|0x20 <= 'h' {
		i++
	}
	if i > start && i+1 < len(line) && (line[i] == '.' && '0' <= line[i-1] && line[i-1] <= '9' || line[i] == ')') && line[i+1] == ' ' {
		return i + 2
	}
	return 0
}

func (s *scanner) bullet(indent, from, to int) {
	s.closeUnit()
	for len(s.list) > 0 && s.list[len(s.list)-1].indent >= indent {
		s.list = s.list[:len(s.list)-1]
	}
	s.openUnit(Bullet, from, s.context())
	s.list = append(s.list, listing{indent, len(s.units)})
	if rest := s.boldLead(from, to); rest > from {
		s.list[len(s.list)-1].unit = len(s.units) - 1 // children hang on the lead
		s.openUnit(Bullet, rest, len(s.units)-1)
		from = rest
	}
	s.words(from, to, false)
}

// boldLead makes a unit of its own of "**Words.** " at the start of a line, and returns where the rest begins.
func (s *scanner) boldLead(from, to int) int {
	if !strings.HasPrefix(s.src[from:to], "**") {
		return from
	}
	n := strings.Index(s.src[from+2:to], "**")
	if n <= 0 || n > 60 || from+2+n+2 >= to {
		return from
	}
	end := from + 2 + n + 2
	s.unit.Kind = LeadIn
	s.words(from, end, false)
	s.closeUnit()
	return end
}

func (s *scanner) prose(indent, from, to int, prev lineEnd) {
	if s.open && s.continues(indent, from, to, prev) {
		s.words(from, to, s.unit.Kind == Sentence)
		s.endLead(to)
		return
	}
	s.closeUnit()
	if indent == 0 && len(s.list) > 0 {
		s.list, s.lead = s.list[:0], 0
	}
	s.openUnit(Sentence, from, s.context())
	if rest := s.boldLead(from, to); rest > from {
		s.lead = len(s.units)
		s.openUnit(Sentence, rest, s.lead-1)
		from = rest
	}
	s.words(from, to, true)
	s.endLead(to)
}

// endLead turns the open unit into a lead-in if its line ends in a colon.
func (s *scanner) endLead(to int) {
	if s.open && s.unit.Kind == Sentence && to > 0 && s.src[to-1] == ':' && len(s.tokens) > s.unit.First {
		s.unit.Kind = LeadIn
		if p := s.unit.Parent; p >= 0 && s.lead == p+1 {
			s.unit.Parent = s.units[p].Parent
		}
		s.closeUnit()
		s.lead = len(s.units)
	}
}

// continues says that a line without a mark goes on with the open sentence or bullet: it hangs below its bullet, or the
// line above was long enough to be wrapped, or ended in a comma, and this one does not begin anew.
func (s *scanner) continues(indent, from, to int, prev lineEnd) bool {
	if s.unit.Kind == Bullet && indent > 0 {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s.src[from:to])
	return (prev.long || prev.comma) && (unicode.IsLower(r) || r == '(' || unicode.IsDigit(r) && prev.comma) ||
		prev.long && s.unit.Kind == Sentence && s.gap&Stop == 0 && unicode.IsUpper(r) && prev.comma
}

// context is the unit that what comes next hangs on.
func (s *scanner) context() int {
	if n := len(s.list); n > 0 {
		return s.list[n-1].unit
	}
	if s.lead > 0 {
		return s.lead - 1
	}
	for i := len(s.heads) - 1; i > 0; i-- {
		if s.heads[i] > 0 {
			return s.heads[i] - 1
		}
	}
	return -1
}

func (s *scanner) openUnit(k UnitKind, from, parent int) {
	s.closeUnit()
	s.open, s.unit = true, Unit{First: len(s.tokens), From: from, Kind: k, Parent: parent}
}

// closeUnit ends the open unit at its last token; a unit without tokens is dropped, except that bullets keep their place.
func (s *scanner) closeUnit() {
	if !s.open {
		return
	}
	s.open = false
	s.unit.End = len(s.tokens)
	s.unit.To = s.unit.From
	if s.unit.End > s.unit.First {
		s.unit.From = int(s.tokens[s.unit.First].Start)
		s.unit.To = int(s.tokens[s.unit.End-1].End)
	}
	s.units = append(s.units, s.unit)
}
