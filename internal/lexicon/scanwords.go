package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What is inside a line: words, numbers and the signs between them. Lines are in scan.go.

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
	s.push(Token{Start: int32(start), End: int32(at), ID: s.v.exact(string(s.low)), Hash: short(hashOf(s.src[start:at])), Kind: Number})
	return at
}

func (s *scanner) push(t Token) {
	if !s.open {
		s.openUnit(Sentence, int(t.Start), s.context())
	}
	if len(s.tokens) > s.unit.First {
		t.Gap = s.gap
	}
	s.tokens = append(s.tokens, t)
	s.gap = Glued
}

// number scans digits with thousands separators and a decimal point; a unit that follows is a token of its own.
func (s *scanner) number(at, to int) int {
	start := at
	digit := func(i int) bool { return i < to && '0' <= s.src[i] && s.src[i] <= '9' }
	for at < to {
		c := s.src[at]
		if '0' <= c && c <= '9' || c == '.' && digit(at+1) || c == '_' && digit(at+1) ||
			c == ',' && digit(at+1) && digit(at+2) && digit(at+3) && !digit(at+4) {
			at++
			continue
		}
		break
	}
	h := hashOf(s.src[start:at])
	s.push(Token{Start: int32(start), End: int32(at), ID: s.index.id(h), Hash: short(h), Kind: Number})
	return at
}

// word reads a plain word by its hash where the table or the vocabulary has it, any other by its letters.
func (s *scanner) word(at, to int) int {
	end, h, ok := runOf(s.src, at)
	if !ok || end == at+1 && s.src[at]|0x20 == 'i' { // "I" and "i" are told apart by their letters
		return s.oddWord(at, to)
	}
	t := Token{Start: int32(at), End: int32(end), Hash: short(h)}
	switch e := lookUp(h); {
	case e&entryFunction != 0:
		t.ID, t.Function = s.index.byStem[e.stem()], int16(e.stem())
	case e&entryEnglish != 0:
		t.ID = s.index.byStem[e.stem()]
	default:
		if t.ID = s.index.id(h); t.ID == 0 {
			return s.oddWord(at, to)
		}
	}
	s.push(t)
	if end < len(s.src) && s.src[end] == ' ' { // nothing but the space
		s.gap = 0
		end++
	}
	return end
}

// oddWord scans letters, digits and inner apostrophes, parting at a change from lower to upper case unless the whole is known.
func (s *scanner) oddWord(at, to int) int {
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
		if s.v.find(s.low, &s.stemmed) == 0 {
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
	t := Token{Start: int32(start), End: int32(end), Hash: short(hashOf(s.src[start:end]))}
	f := s.functions[string(s.low)]
	switch {
	case f != 0 && s.src[start:end] != "i": // the pronoun is a capital, "i" an index
		t.ID, t.Function = s.v.exact(string(s.low)), f
	case !ascii:
		t.ID = s.v.exact(string(s.low))
	default:
		if t.ID = s.v.find(s.low, &s.stemmed); t.ID == 0 {
			t.ID = s.v.mend(s.low)
			t.Fixed = t.ID != 0
		}
	}
	s.push(t)
}
