package trial

import (
	"slices"
	"strings"
)

// section is a stretch of an answer that is about one piece: a whole answer, or what follows a label such as "Base case:".
type section struct {
	piece      string // "" where lines are told by their shape
	start, end int    // bytes of the answer, without the label
	line       int    // of its start
}

var (
	marks     = pattern(`^[ \t]*(?:(?:[-*•>|][ \t]+|#+[ \t]*(?:[0-9][ \t]+)?|//+[ \t]*|/\*+[ \t]*|--+[ \t]+|\(?[0-9]{1,2}[.):/]\)?[ \t]*|\(?[a-f][.)][ \t]+|\(?(?:i|ii|iii|iv|v|vi)[.)][ \t]+|[0-9][ \t]+|[①-⑥][ \t]*|[Ss]tep [0-9][.:)]?[ \t]*|[{<]))*[ \t]*`)
	numbering = pattern(`^[ \t]*(?:(?:[-*•>|#]+|//+|/\*+)[ \t]*)*(?:\*\*|__)?[ \t]*(?:\(?([1-6]|i|ii|iii|iv|v|vi|I|II|III|IV|V|VI|[a-f])(?:[.):/]\)?|\*\*)|[Ss]tep ([1-6])\b[.:)]?|([①-⑥])|(First|Second|Third|Fourth|Fifth|Sixth)(?:ly)?[,:])(?:[ \t]|$|\*)`)
	emphasis  = pattern(`^(?:\*\*|__|\*|_)`)
	letterOf  = pattern(`^([SRTBOsrtbo])[12]?(?:[ \t]|\b)`)
	remark    = pattern(`^[ \t]*(?:\([^()\n]{0,60}\)|[/&,][ \t]*[A-Za-z ]{2,24})`)
	parting   = pattern(`^[ \t]*(?:[:|?]+|[}\]]:?|\*/|/(?:[ \t]|$)|>(?:[ \t]|$)|~(?:[ \t]|$)|\.(?:[ \t]|$)|[-–—]+>?(?:[ \t]|$)|→|⇒|=>|\)(?:[ \t]|$))[ \t]*`)
	dressed   = pattern(`^[ \t]*[:.?]?(?:\*\*|__|\*|_)[ \t]*[:.–—→|-]?(?:>|[ \t]|$)[ \t]*`)
)

// inOrder are the pieces in the order of the framework, for answers that only number them.
var inOrder = []string{"none", Relate, Order, Base, Original, Time}

// opening is a line that may begin a section.
type opening struct {
	line, at int // from 1; bytes
	piece    string
	label    int  // its length
	letter   byte // S, R, T, B or O, where that is all that it says
	number   int
	plain    int  // length of the number alone
	heading  bool // it is a heading whose words say nothing
	weak     bool // words before a colon that are no heading
	small    bool // the letter is a small one
	inside   bool // it stands inside a line
}

// openings finds the places that may begin a section.
func (a Written) openings() (list []opening) {
	line, at, fenced := 0, 0, false
	var inside []opening // comments in a block of code
	for text := range strings.Lines(a.Text) {
		line++
		bare := strings.TrimRight(text, "\r\n")
		o := a.openingOf(bare, line, at)
		switch {
		case strings.Count(bare, "```")%2 == 1:
			if fenced = !fenced; fenced && o.label > 0 {
				list = append(list, o)
			} else if !fenced && stepsIn(inside) >= 3 {
				list = append(list, inside...)
			}
			inside = nil
		case fenced && o.label > 0 && isComment().MatchString(bare):
			inside = append(inside, o)
		case !fenced && o.label > 0:
			list = append(list, o)
			list = append(list, inlineOf(bare, o.label, line, at)...)
		case !fenced:
			list = append(list, inlineOf(bare, 0, line, at)...)
		}
		at += len(text)
	}
	return list
}

// isComment is a line of code that is a comment and stands in no block.
var isComment = pattern(`^(?:#|//|/\*|--)`)

// stepsIn is how many different steps openings name.
func stepsIn(list []opening) int {
	seen := map[string]bool{}
	for _, o := range list {
		if o.piece != "" {
			seen[o.piece] = true
		} else if o.letter != 0 {
			seen[string(o.letter)] = true
		}
	}
	return len(seen)
}

// openingOf reads the label that a line begins with; its length is 0 where there is none.
func (a Written) openingOf(bare string, line, at int) opening {
	o := opening{line: line, at: at}
	if o.piece, o.label = asks(bare); o.label == 0 {
		o.piece, o.label = opened(bare)
	}
	if m := numbering().FindStringSubmatch(bare); m != nil {
		o.number = numberOf6(m)
		o.plain = len(numbering().FindString(bare))
	}
	if o.label == 0 {
		o.letter, o.small, o.label = lettered(bare)
	}
	if o.label == 0 && isHeading().MatchString(bare) {
		o.heading, o.label = true, len(bare)
	}
	if m := unnamed().FindString(bare); o.label == 0 && m != "" {
		o.heading, o.label, o.weak = true, len(m), true
	}
	if o.label == 0 && o.number > 0 {
		o.label = o.plain
	} else if o.label == 0 {
		o.number = 0
	}
	return o
}

// unnamed is a label, whatever it says: few words before a colon or a question mark.
var unnamed = pattern(`^[ \t]*(?:(?:[-*•]|#+|//+|\(?[1-6][.)])[ \t]*)?(?:\*\*|__)?[A-Za-z][A-Za-z'’-]*(?:[ \t]+[A-Za-z'’-]+){0,6}(?:[:?]+(?:\*\*|__)?|(?:\*\*|__)[ \t]*[:?]+)(?:[ \t]|$)[ \t]*`)

// inlineOf are the labels inside a line, behind a place.
func inlineOf(bare string, from, line, at int) (list []opening) {
	for _, m := range inline().FindAllStringSubmatchIndex(bare[from:], -1) {
		piece, k := named(bare[from+m[2] : from+m[3]])
		if k > 0 {
			list = append(list, opening{line: line, at: at + from + m[2], piece: piece, label: m[1] - m[2], inside: true})
		}
	}
	return list
}

var (
	romans   = []string{"i", "ii", "iii", "iv", "v", "vi"}
	ordinals = []string{"First", "Second", "Third", "Fourth", "Fifth", "Sixth"}
)

// numberOf6 is the number that a line begins with, in figures, letters or words.
func numberOf6(m []string) int {
	for _, s := range m[1:] {
		switch {
		case s != "" && strings.Contains("123456", s):
			return int(s[0] - '0')
		case len(s) == 1 && s[0] >= 'a' && s[0] <= 'f' && slices.Index(romans, s) < 0:
			return int(s[0]-'a') + 1
		case slices.Index(romans, strings.ToLower(s)) >= 0:
			return slices.Index(romans, strings.ToLower(s)) + 1
		case slices.Index(ordinals, s) >= 0:
			return slices.Index(ordinals, s) + 1
		case s != "":
			return slices.Index([]string{"①", "②", "③", "④", "⑤", "⑥"}, s) + 1
		}
	}
	return 0
}

// opened is the piece whose label a line begins with, and the length of the label, 0 for none.
func opened(line string) (piece string, n int) {
	lead := marks().FindString(line)
	heading := strings.Contains(lead, "#")
	n = len(lead)
	if piece, k := initialled(line[n:]); k > 0 {
		return piece, ended(line, n+k, piece, true, heading, false)
	}
	mark := emphasis().FindString(line[n:])
	n += len(mark)
	if mark != "" { // **2. Relate**
		n += len(marks().FindString(line[n:]))
	}
	if m := letterFirst().FindString(line[n:]); m != "" { // R - Relate:
		if _, k := named(line[n+len(m):]); k > 0 {
			n += len(m)
		}
	}
	piece, k := named(line[n:])
	if k == 0 {
		return "", 0
	}
	n += k
	return piece, ended(line, n, piece, mark != "", heading, strings.ContainsAny(lead, "0123456789"))
}

// initialled reads a name whose first letter is set off: **R**elate.
func initialled(text string) (piece string, n int) {
	m := initial().FindStringSubmatch(text)
	if m == nil {
		return "", 0
	}
	if piece, n = named(m[2] + text[len(m[0]):]); n > 1 {
		return piece, n - 1 + len(m[0])
	}
	return "", 0
}

var initial = pattern(`^(\*\*|__|\[|\()([A-Z])(?:\*\*|__|\]|\))`)

// named is the piece that a text begins with a name of.
func named(text string) (piece string, n int) {
	for _, l := range labels {
		m := l.words().FindString(text)
		if m == "" || len(m) < len(text) && isLetter(text[len(m)]) && !strings.HasPrefix(text[len(m):], "__") {
			continue
		}
		return l.piece, len(m)
	}
	return "", 0
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c >= '0' && c <= '9' }

// ended is the length of a label whose name ends at n: what parts it from what it is of must follow.
func ended(line string, n int, piece string, strong, heading, numbered bool) int {
	rest := line[n:]
	if m := remark().FindString(rest); m != "" {
		after := rest[len(m):]
		if parting().MatchString(after) || strong && dressed().MatchString(after) || heading && strings.TrimSpace(after) == "" {
			n += len(m)
			rest = after
		}
	}
	if m := dressed().FindString(rest); strong && m != "" {
		return n + len(m)
	}
	if m := parting().FindString(rest); m != "" {
		if strong {
			m += emphasis().FindString(rest[len(m):])
		}
		return n + len(m)
	}
	switch trimmed := strings.TrimSpace(rest); {
	case trimmed == "", heading && strings.Trim(trimmed, "#*_: ") == "":
		return len(line)
	case strings.HasPrefix(rest, "\t"), strings.HasPrefix(rest, "  "), strings.HasPrefix(trimmed, "`") && piece != "none":
		return n
	case piece != "none" && (begins(trimmed) || numbered && loopBegins().MatchString(trimmed)):
		return n
	case strings.HasPrefix(trimmed, "=") && !strings.HasPrefix(trimmed, "==") && (piece == Original || piece == Time || piece == Base) && !bareNumber().MatchString(trimmed) && !again(line[:n], trimmed):
		return n + strings.Index(rest, "=") + 1
	}
	return 0
}

// again says that the name in front of = stands behind it too: ans = max(ans, dp[i]).
func again(name, rest string) bool {
	fields := strings.Fields(name)
	return len(fields) > 0 && strings.Contains(rest, fields[len(fields)-1])
}

var bareNumber = pattern(`^=[ \t]*-?[0-9]+[ \t]*[;,.]?$`)

var letterFirst = pattern(`^[SRTBO][ \t]*[-–:.)=][ \t]*`)

var loopBegins = pattern(`^for[ \t]+\w+[ \t]*(?:in|=|from)\b`)

// lettered is the letter of a step that a line begins with, and the length of that label.
func lettered(line string) (letter byte, small bool, n int) {
	n = len(marks().FindString(line))
	mark := emphasis().FindString(line[n:])
	n += len(mark)
	m := letterOf().FindStringSubmatch(line[n:])
	open := 0
	if m == nil && strings.HasPrefix(line[n:], "(") {
		open = 1
		m = letterOf().FindStringSubmatch(line[n+1:])
	}
	if m == nil {
		return 0, false, 0
	}
	letter, small = m[1][0]&^0x20, m[1][0] >= 'a'
	n += open + len(strings.TrimRight(m[0], " \t"))
	rest := line[n:]
	if p := remark().FindString(rest); p != "" && p[0] != '(' && parting().MatchString(rest[len(p):]) {
		n += len(p)
		rest = line[n:]
	}
	if p := dressed().FindString(rest); mark != "" && p != "" {
		return letter, small, n + len(p)
	}
	if p := parting().FindString(rest); p != "" {
		if mark != "" {
			p += emphasis().FindString(rest[len(p):])
		}
		return letter, small, n + len(p)
	}
	if p := strings.TrimLeft(rest, " \t"); !small && (strings.HasPrefix(p, "= ") || strings.HasPrefix(rest, "  ") || strings.HasPrefix(rest, "\t") || p == "") {
		return letter, small, n + len(rest) - len(strings.TrimPrefix(strings.TrimLeft(p, " \t"), "= "))
	}
	return 0, false, 0
}

// sections cuts an answer at its labels: names of the steps, else their letters, else their numbers.
func (a Written) sections() []section {
	out := []section{{piece: a.Piece, line: 1}}
	open := a.kept()
	if a.Piece == "" && len(open) >= 4 {
		out[0].piece = "none"
	}
	for _, o := range open {
		out[len(out)-1].end = o.at
		out = append(out, section{piece: o.piece, start: o.at + o.label, line: o.line})
	}
	out[len(out)-1].end = len(a.Text)
	return out
}

// kept are the openings that count.
func (a Written) kept() (out []opening) {
	all := a.openings()
	letters := spelledSteps(all)
	numbers := countedSteps(all)
	headed := headedSteps(a.Text, all)
	for i, o := range all {
		switch {
		case o.inside && (a.Piece != "" || led(all, o.piece) || repeated(out, o.piece)):
			continue
		case o.piece == "none" && slices.ContainsFunc(out, func(k opening) bool { return k.piece == Time }) && a.Piece == "":
			continue // states: n, each O(1)
		case o.piece != "":
		case a.Piece != "":
			continue
		case letters[i] != "":
			o.piece = letters[i]
		case numbers[i] != "":
			o.piece, o.label = numbers[i], o.plain
		case headed[i] != "":
			o.piece = headed[i]
		default:
			continue
		}
		if numbers[i] != "" && numbers[i] != o.piece && o.letter == 0 && repeated(out, o.piece) { // a sentence in another step
			continue
		}
		out = append(out, o)
	}
	return out
}

func repeated(list []opening, piece string) bool {
	return slices.ContainsFunc(list, func(o opening) bool { return o.piece == piece })
}

// led says that a line begins with the name of a step.
func led(all []opening, piece string) bool {
	return slices.ContainsFunc(all, func(o opening) bool { return o.piece == piece && !o.inside })
}

// spelledSteps are the pieces of lines that letters begin, if those spell the steps: the first T is the order, one behind O the time.
// Small letters must spell all of them, as they name much else.
func spelledSteps(all []opening) map[int]string {
	out := map[int]string{}
	seen := map[byte]int{}
	spelled := ""
	for _, o := range all {
		if o.letter != 0 {
			seen[o.letter]++
			spelled += string(o.letter)
		}
	}
	small := spelled == "SRTBOT" || spelled == "RTBOT" || spelled == "SRBTOT" || spelled == "RBTOT"
	if len(seen) < 4 && !(seen['R'] > 0 && seen['B'] > 0 && seen['T'] > 0) {
		return out
	}
	var o, t bool
	for i := range all {
		if all[i].small && !small {
			continue
		}
		switch all[i].letter {
		case 'S':
			out[i] = "none"
		case 'R':
			out[i] = Relate
		case 'B':
			out[i] = Base
		case 'O':
			out[i], o = Original, true
		case 'T':
			if out[i] = Order; t || o {
				out[i] = Time
			}
			t = true
		}
	}
	return out
}

// countedSteps are the pieces of lines that numbers begin, if those count to six or nearly so.
func countedSteps(all []opening) map[int]string {
	out := map[int]string{}
	next := 1
	for i, o := range all {
		if o.number == next {
			out[i] = inOrder[next-1]
			next++
		}
	}
	if next < 6 {
		return map[int]string{}
	}
	return out
}

// isHeading is a heading, whatever it says.
var isHeading = pattern(`^[ \t]*(?:#{1,6}[ \t]+\S|\*\*[^*]{3,40}\*\*[ \t]*:?$)`)

// headedSteps are the pieces of headings whose words say nothing, where six headings stand in the order of the steps; of words
// before a colon, two at least must be names of steps.
func headedSteps(text string, all []opening) map[int]string {
	var heads, weak []int
	known := 0
	lines := strings.Split(text, "\n")
	for i, o := range all {
		switch {
		case o.inside:
		case isHeading().MatchString(strings.TrimRight(lines[o.line-1], "\r")):
			heads = append(heads, i)
		}
		if !o.inside && (o.piece != "" || o.weak) {
			weak = append(weak, i)
			if o.piece != "" {
				known++
			}
		}
	}
	if out := inTurn(all, heads); out != nil || known < 2 {
		return out
	}
	return inTurn(all, weak)
}

// inTurn gives six openings the steps in the order of the framework, or with the base cases before the order.
func inTurn(all []opening, heads []int) map[int]string {
	for _, order := range [][]string{inOrder, {"none", Relate, Base, Order, Original, Time}} {
		if len(heads) != len(order) {
			return nil
		}
		out := map[int]string{}
		for k, i := range heads {
			if all[i].piece == "" || all[i].piece == order[k] {
				out[i] = order[k]
			}
		}
		if len(out) == len(order) {
			return out
		}
	}
	return nil
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
	if read[Code] || len(answers) == 0 {
		return out
	}
	if len(answers) == 1 && answers[0].Piece != "" {
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

// commentMark begins a line that is a comment.
var commentMark = pattern(`(?m)^[ \t]*(?:#+|//+|/\*+)(?:[ \t]|$)|\*/`)

// unlabelled blanks the labels, so that none is taken for a comment with what stands behind it, and the marks of comments where a
// step is said in words.
func unlabelled(text string, sections []section) string {
	out := []byte(text)
	blank := func(from, to int) {
		for k := from; k < to; k++ {
			if out[k] != '\n' && out[k] != '\r' {
				out[k] = ' '
			}
		}
	}
	for i, s := range sections {
		if i > 0 {
			blank(sections[i-1].end, s.start)
		}
		if s.piece == Order || s.piece == Time || s.piece == Original {
			for _, m := range commentMark().FindAllStringIndex(text[s.start:s.end], -1) {
				blank(s.start+m[0], s.start+m[1])
			}
		}
	}
	return string(out)
}
