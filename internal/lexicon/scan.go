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
	s := scanner{src: text, v: v, functions: functionWords(), tokens: t.Tokens[:0], units: t.Units[:0]}
	if cap(s.tokens) == 0 {
		s.tokens = make([]Token, 0, len(text)/6+8)
		s.units = make([]Unit, 0, len(text)/60+4)
	}
	s.run()
	t.Source, t.Tokens, t.Units = text, s.tokens, s.units
}

// scanner walks the text line by line; the line's first marks say what kind of unit it opens.
type scanner struct {
	src       string
	v         *Vocabulary
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

// words scans the tokens of one line into the open unit; with split, the end of a sentence begins a new unit.
func (s *scanner) words(from, to int, split bool) {
	for at := from; at < to; {
		c := s.src[at]
		switch {
		case c == ' ' || c == '\t':
			at++
			s.space(split)
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			at = s.word(at, to)
		case '0' <= c && c <= '9':
			at = s.number(at, to)
		case c < utf8.RuneSelf:
			at = s.mark(at, to)
		default:
			at = s.wide(at, to)
		}
	}
	s.space(split)
}

// space ends the sentence if a stop stands before it and what follows looks like a new one.
func (s *scanner) space(split bool) {
	if s.gap&Stop == 0 || !split || !s.open || len(s.tokens) == s.unit.First || s.abbreviation() {
		s.gap &^= Glued
		return
	}
	s.closeUnit()
}

// abbreviation says that the last token is one that a full stop belongs to, as in "e.g." and "approx.".
func (s *scanner) abbreviation() bool {
	last := s.tokens[len(s.tokens)-1]
	w := strings.ToLower(s.src[last.Start:last.End])
	return len(w) == 1 && last.Kind == Word && s.gap&^(Stop|Glued) == 0 ||
		w == "eg" || w == "ie" || w == "vs" || w == "cf" || w == "avg" || w == "approx"
}

// mark takes an ASCII sign into the gap.
func (s *scanner) mark(at, to int) int {
	c := s.src[at]
	next := byte(0)
	if at+1 < to {
		next = s.src[at+1]
	}
	switch c {
	case '-':
		if next == '>' {
			s.gap |= Arrow
			return at + 2
		}
		if next == '-' {
			s.gap |= Dash
		} else if s.gap&Glued != 0 {
			s.gap = s.gap&^Glued | Hyphen
			if next == ' ' || at+1 == to {
				s.gap |= Dash
			}
		} else if next == ' ' {
			s.gap |= Dash | Minus
		} else {
			s.gap |= Minus
		}
	case '(':
		if s.gap == Glued && !chooses(s.last()) {
			s.call = arguments(s.src[:to], at+1)
		}
		s.gap |= Open
	case ',':
		if at < s.call { // f(i, j) is read like f[i][j]
			s.gap |= Other
		} else {
			s.gap |= Comma
		}
	case '=':
		if next == '>' {
			s.gap |= Arrow
			return at + 2
		}
		s.gap |= Equal
	case '/':
		if s.gap&Glued == 0 && (letter(next) || next == '{' || next == ':') {
			s.gap |= Path
		} else {
			s.gap |= Divide
		}
	default:
		s.gap |= marks[c]
	}
	if c != '-' {
		s.gap &^= Glued
	}
	return at + 1
}

// chooses says that a name compares or joins its arguments, so that each stands for itself.
func chooses(name string) bool {
	switch strings.ToLower(name) {
	case "min", "max", "any", "all", "sum", "or", "and":
		return true
	}
	return false
}

// last returns the text of the token before.
func (s *scanner) last() string {
	if len(s.tokens) == 0 {
		return ""
	}
	t := s.tokens[len(s.tokens)-1]
	return s.src[t.Start:t.End]
}

// arguments returns where the arguments of a formula end that begin at a place, 0 if these are prose: a list of words in
// brackets has to stay a list, so a name of more than three letters must be indexed, and there are three arguments at most.
func arguments(src string, at int) int {
	depth, commas, letters := 1, 0, 0
	for i := at; i < len(src); i++ {
		c := src[i]
		if letter(c) || c >= utf8.RuneSelf {
			letters++
			continue
		}
		if letters > 3 && c != '[' {
			return 0
		}
		letters = 0
		switch {
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
			if depth == 0 {
				return i
			}
		case c == ',':
			commas++
			if commas > 2 {
				return 0
			}
		case c == '.' || c == ';' || c == ':' || c == '\n':
			return 0
		}
	}
	return 0
}

var marks = func() (m [128]Gap) {
	for i := range m {
		m[i] = Other
	}
	for c, g := range map[byte]Gap{
		',': Comma, ';': Semicolon, ':': Colon, '.': Stop, '!': Stop, '?': Stop, '~': About, '<': Less, '>': Less, '+': Plus,
		'*': Times, '/': Divide, '^': Power, '|': Pipe, '(': Open, '[': Open, '{': Open, ')': Close, ']': Close, '}': Close,
		'"': Quote, '\'': Quote, '`': Code, '_': Hyphen,
	} {
		m[c] = g
	}
	return m
}()

// wide takes a sign or a word that is not ASCII.
func (s *scanner) wide(at, to int) int {
	r, n := utf8.DecodeRuneInString(s.src[at:to])
	if unicode.IsLetter(r) {
		return s.word(at, to)
	}
	g := Other
	switch r {
	case '→', '⇒', '➜', '⟶', '⇨', '➔', '←', '↔':
		g = Arrow
	case '×', '·', '⋅', '∙':
		g = Times
	case '÷':
		g = Divide
	case '≈', '≃', '≅', '≡':
		g = Equal
	case '∼':
		g = About
	case '≤', '≥', '⩽', '⩾':
		g = Less
	case '–', '—', '―':
		g = Dash
	case '…':
		g = Stop
	case '“', '”', '‘', '’', '«', '»':
		g = Quote
	case '。', '！', '？':
		g = Stop
	case '，', '、':
		g = Comma
	case '\u00a0', '\u2009', '\u202f', '\u200b', '\ufeff':
		g = 0
	}
	if r == '∞' {
		s.low = append(s.low[:0], "infinity"...)
		s.pushWord(at, at+n, true)
		return at + n
	}
	if d := superscript(r); d >= 0 && len(s.tokens) > s.unit.First && s.gap == Glued {
		return s.exponent(at, to)
	}
	s.gap = s.gap&^Glued | g
	return at + n
}

// superscript returns the digit that a rune raises, -1 if it is none.
func superscript(r rune) int {
	switch {
	case r == '¹':
		return 1
	case r == '²' || r == '³':
		return int(r-'²') + 2
	case r == '⁰' || '⁴' <= r && r <= '⁹':
		return int(r - '⁰')
	}
	return -1
}

// exponent makes a number token of superscript digits, the same as the plain digits would make.
func (s *scanner) exponent(at, to int) int {
	start := at
	s.low = s.low[:0]
	for at < to {
		r, n := utf8.DecodeRuneInString(s.src[at:to])
		d := superscript(r)
		if d < 0 {
			break
		}
		s.low = append(s.low, byte('0'+d))
		at += n
	}
	s.gap = Power
	s.push(start, at, Number, s.v.exact(string(s.low)), 0, false)
	return at
}

func (s *scanner) push(start, end int, k Kind, id int32, function int16, fixed bool) {
	if !s.open {
		s.openUnit(Sentence, start, s.context())
	}
	g := s.gap
	if len(s.tokens) == s.unit.First {
		g = 0
	}
	s.tokens = append(s.tokens, Token{Start: int32(start), End: int32(end), ID: id, Gap: g, Kind: k, Function: function, Fixed: fixed})
	s.gap = Glued
}

// number scans digits with thousands separators and a decimal point; a unit that follows is a token of its own.
func (s *scanner) number(at, to int) int {
	start := at
	for at < to {
		c := s.src[at]
		digit := func(i int) bool { return i < to && '0' <= s.src[i] && s.src[i] <= '9' }
		if '0' <= c && c <= '9' || c == '.' && digit(at+1) || c == '_' && digit(at+1) ||
			c == ',' && digit(at+1) && digit(at+2) && digit(at+3) && !digit(at+4) {
			at++
			continue
		}
		break
	}
	s.push(start, at, Number, s.v.exact(s.src[start:at]), 0, false)
	return at
}

// word scans letters, digits and inner apostrophes, parting at a change from lower to upper case unless the whole is known.
func (s *scanner) word(at, to int) int {
	start, humps, ascii := at, false, true
	s.low = s.low[:0]
	for at < to {
		c := s.src[at]
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			s.low = append(s.low, c)
			at++
			continue
		case 'A' <= c && c <= 'Z':
			if at > start && 'a' <= s.src[at-1] && s.src[at-1] <= 'z' {
				humps = true
			}
			s.low = append(s.low, c|0x20)
			at++
			continue
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s.src[at:to])
			if unicode.IsLetter(r) || unicode.IsMark(r) {
				s.low = utf8.AppendRune(s.low, unicode.ToLower(r))
				ascii = false
				at += n
				continue
			}
			if r == '’' && at+n < to && letter(s.src[at+n]) {
				s.low = append(s.low, '\'')
				at += n
				continue
			}
		case c == '\'' && at+1 < to && letter(s.src[at+1]):
			s.low = append(s.low, '\'')
			at++
			continue
		}
		break
	}
	if humps && ascii {
		if id, _ := s.v.find(s.low, &s.stemmed); id == 0 {
			return s.humps(start, at)
		}
	}
	s.pushWord(start, at, ascii)
	return at
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// humps pushes the parts of a word such as shortCode.
func (s *scanner) humps(start, end int) int {
	from := start
	for i := start + 1; i <= end; i++ {
		if i == end || 'A' <= s.src[i] && s.src[i] <= 'Z' && 'a' <= s.src[i-1] && s.src[i-1] <= 'z' {
			s.low = s.low[:0]
			for _, c := range []byte(s.src[from:i]) {
				if 'A' <= c && c <= 'Z' {
					c |= 0x20
				}
				s.low = append(s.low, c)
			}
			if from > start {
				s.gap = Hyphen
			}
			s.pushWord(from, i, true)
			from = i
		}
	}
	return end
}

// pushWord looks up s.low and pushes the token. A possessive 's is left out of the word.
func (s *scanner) pushWord(start, end int, ascii bool) {
	if n := len(s.low); n > 2 && s.low[n-1] == 's' && s.low[n-2] == '\'' {
		s.low = s.low[:n-2]
	}
	if f := s.functions[string(s.low)]; f != 0 && s.src[start:end] != "i" { // the pronoun is a capital, "i" an index
		s.push(start, end, Word, s.v.ids[string(s.low)], f, false)
		return
	}
	id, fixed := int32(0), false
	if ascii {
		id, fixed = s.v.find(s.low, &s.stemmed)
		if id == 0 {
			id = s.v.mend(s.low)
			fixed = id != 0
		}
	} else {
		id = s.v.exact(string(s.low))
	}
	s.push(start, end, Word, id, 0, fixed)
}
