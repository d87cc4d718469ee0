package trial

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A text on the cost names many: that of a cell, the number of states, the space, that of another way. Which one is claimed of
// the whole is told by the words around it.

type offerRole byte

const (
	ofWhole  offerRole = iota
	ofCell             // of one state
	ofStates           // how many there are
	ofSpace
	ofOther // of another way to compute
)

// offer is a cost that a text names, with its place.
type offer struct {
	start, end int
	formula    string
	role       offerRole
	concluding bool
	word       bool // linear, quadratic
}

var (
	bigO         = pattern(`(?:\b[OoΘΩθ]|\b[Tt]heta|\b[Oo]mega|Θ|𝒪|~)\s*\(`)
	aside        = pattern(`(?i)^[ \t]*(?:of )?(?:extra |additional |auxiliary )?(?:space|memory|storage|work|time)?[ \t,]*(?:each\b|per\b|for (?:each|every)\b|apiece|a piece|lookups?\b|steps?\b|choices?\b|per step|at each|in each)|^[ \t]*(?:extra |additional |auxiliary )?(?:space|memory|storage)`)
	small        = pattern(`(?i)^[ \t]*(?:time |work )?(?:each|per|for (?:each|every|it|one)|apiece|of work|work|time each|step)`)
	bySpace      = pattern(`(?i)\b(?:space|memory|storage)\b[^.;,]*$`)
	concludes    = pattern(`(?i)(?:=|⟹|⇒|→|=>|->|∈|∴|\b(?:so|total|totals?|overall|altogether|hence|thus|therefore|gives|giving|time|is|makes|in all|that's)\b)[^()\n]{0,24}$`)
	timesBefore  = pattern(`(?:^|[=:;]|\b(?:so|is|in all|total|costs?)\b)[ \t]*([A-Za-z0-9_|+()^²³. \t]*(?:[·*×][A-Za-z0-9_|+()^²³. \t]+)*?)[ \t]*[·*×][ \t]*$`)
	spaceIs      = pattern(`(?i)\b(?:space|memory|storage)(?: complexity)?(?: likewise| also| too)?[ \t]*(?::|=|is\b|-)?[^.\n]{0,60}$`)
	thenSpace    = pattern(`(?i)^[ \t]*(?:of )?(?:extra |additional |auxiliary )?(?:space|memory|storage)\b`)
	eachBefore   = pattern(`(?i)\b(?:each|every|per (?:cell|state|entry|item|step|pair|value|house|amount|call)|a (?:cell|state|step|single)|one (?:cell|state|step|entry)|filling (?:an?|one|each) \w+)(?:[ \t]+[A-Za-z0-9'()\[\]]+){0,5}?[ \t]*(?:is|are|in|takes?|costs?|needs?|does|with|has|at|of|=|:)?[ \t]*(?:an? |only |just )?$`)
	statesBehind = pattern(`(?i)^[ \t]*(?:different |distinct |possible |many |table )?(?:states?|cells?|sub-?problems?|entries|values|pairs|nodes|calls|positions)\b`)
	statesOf     = pattern(`(?i)((?:[A-Za-z]+\([A-Za-z]+\)|[A-Za-z0-9_|+*·×()^²³-])(?:(?:[A-Za-z]+\([A-Za-z]+\)|[A-Za-z0-9_|+*·×()^²³ \t-])*)?)[ \t]+(?:different |distinct |possible |table )?(?:states?|cells?|sub-?problems?|entries|values|pairs)\b`)
	otherBefore  = pattern(`(?i)\b(?:naive(?:ly)?|brute[- ]force|without (?:the |a )?(?:memo\w*|cach\w+|dp)|plain recursion|would|could|can be|instead of|improved? to|down to|with (?:binary search|patience|a heap|a segment tree)|better|faster)\b[^.;,\n]{0,40}$`)
	otherBehind  = pattern(`(?i)^[ \t]*,?[ \t]*(?:with|using|by|via) (?:a |the )?(?:binary search|bisect\w*|patience|segment tree|fenwick|heap|running|prefix)|^[ \t]*(?:without|if we did not|before) (?:the |a )?(?:memo|cach)`)
	bySize       = pattern(`(?i)\b(quadratic|linear|cubic|constant|exponential)\b(?:[ \t]+(?:time )?in[ \t]+(?:the )?(?:length of |size of |number of )?([A-Za-z]\w*))?`)
	smallWords   = pattern(`(?i)\b(?:constant|const|O\(1\)|Θ\(1\)|a (?:max|min|comparison|single)|one (?:max|min|comparison)|(?:two|three|2|3) (?:\w+ )?(?:lookups|comparisons|candidates|options|choices|reads|numbers|others))\b|(?:O|Θ)\(1\)`)
)

// offers are the costs that a text names.
func offers(text string) (all []offer) {
	for _, at := range bigO().FindAllStringIndex(text, -1) {
		end := closedAt(text, at[1])
		if end < 0 {
			continue
		}
		o := offer{start: at[0], end: end, formula: text[at[1] : end-1], concluding: concludes().MatchString(text[:at[0]])}
		if strings.TrimSpace(o.formula) == "1" && timesBefore().MatchString(text[:at[0]]) { // n·m·O(1)
			m := timesBefore().FindStringSubmatchIndex(text[:at[0]])
			if part := strings.TrimSpace(text[m[2]:m[3]]); part != "" {
				o.start, o.formula = m[2]+strings.Index(text[m[2]:m[3]], part), part
				all = append(all, o)
				continue
			}
		}
		o.role = roleOf(text, &o)
		all = append(all, o)
	}
	if len(all) > 0 && hasWhole(all) {
		return all
	}
	for _, at := range bySize().FindAllStringIndex(text, -1) {
		formula, _ := inWordsOf(text[at[0]:at[1]])
		o := offer{start: at[0], end: at[1], formula: formula, concluding: concludes().MatchString(text[:at[0]]), word: true}
		if o.role = roleOf(text, &o); formula == "1" && !wholeTime().MatchString(text[at[1]:]) {
			o.role = ofCell
		}
		all = append(all, o)
	}
	slices.SortFunc(all, func(x, y offer) int { return x.start - y.start })
	return all
}

// wholeTime is what follows "constant" where it is said of the whole.
var wholeTime = pattern(`(?i)^(?:[ \t]+(?:time|overall|in total))?[ \t]*(?:[.;]|$)`)

func hasWhole(all []offer) bool {
	for _, o := range all {
		if o.role == ofWhole {
			return true
		}
	}
	return false
}

var inAll = pattern(`(?i)^[ \t]*(?:time )?(?:in total|altogether|overall|total|in all)\b`)

// closedAt is the place behind the bracket that is open at a place, -1 for none.
func closedAt(text string, at int) int {
	for depth := 1; at < len(text); at++ {
		switch text[at] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return at + 1
			}
		}
	}
	return -1
}

// roleOf tells by the words around a cost what it is of.
func roleOf(text string, o *offer) offerRole {
	before, behind := text[:o.start], text[o.end:]
	constant := strings.TrimSpace(o.formula) == "1"
	apart := !constant && strings.HasPrefix(strings.TrimLeft(behind, " \t"), ",")
	switch {
	case inAll().MatchString(behind):
		return ofWhole
	case thenSpace().MatchString(behind), bySpace().MatchString(before), !strings.Contains(before, ",") && spaceIs().MatchString(before):
		return ofSpace
	case otherBefore().MatchString(before), otherBehind().MatchString(behind):
		return ofOther
	case statesBehind().MatchString(behind) && !o.word:
		return ofStates
	case !apart && (aside().MatchString(behind) || small().MatchString(behind)):
		return ofCell
	case constant && timesSign().MatchString(lastOf(before)):
		return ofCell
	case !o.concluding && eachBefore().MatchString(clauseBefore(before)):
		return ofCell
	}
	return ofWhole
}

// lastOf is the last sign before a place.
func lastOf(before string) string {
	before = strings.TrimRight(before, " \t")
	_, size := utf8.DecodeLastRuneInString(before)
	return before[len(before)-size:]
}

// clauseBefore is what stands before a place in its clause.
func clauseBefore(before string) string {
	before = before[strings.LastIndexAny(before, ".,;\n:→⇒>")+1:]
	return before[strings.LastIndex(before, "    ")+1:] // where marks or "i.e." were blanked
}

// chosenOffer is the cost that is claimed of the whole: the last that concludes, else the only one; else that of all states.
func chosenOffer(all []offer) (offer, bool) {
	var whole []offer
	states, cell := -1, -1
	for i, o := range all {
		switch o.role {
		case ofWhole:
			whole = append(whole, o)
		case ofStates:
			states = i
		case ofCell:
			cell = i
		}
	}
	if len(whole) == 1 {
		return whole[0], true
	}
	for k := len(whole) - 1; k >= 0; k-- {
		if whole[k].concluding && strings.TrimSpace(whole[k].formula) != "1" {
			return whole[k], true
		}
	}
	var rest []offer
	for _, o := range whole {
		if strings.TrimSpace(o.formula) != "1" && (len(rest) == 0 || strings.ReplaceAll(o.formula, " ", "") != strings.ReplaceAll(rest[0].formula, " ", "")) {
			rest = append(rest, o)
		}
	}
	if len(rest) == 1 {
		return rest[0], true
	}
	if len(whole) == 0 && states >= 0 && cell >= 0 {
		s, c := all[states], all[cell]
		return offer{role: ofStates, start: min(s.start, c.start), end: max(s.end, c.end), formula: "(" + s.formula + ") * (" + c.formula + ")"}, true
	}
	return offer{}, false
}

// readTime finds the claim in a section.
func readTime(text string, s *section) []Piece {
	body, line, _ := s.body(text)
	piece := func(start, end int, claim string) []Piece {
		before := body[:start]
		begin := strings.LastIndexByte(text[:s.start+start], '\n') + 1
		return []Piece{{Name: Time, Text: claim, Start: s.start + start, End: s.start + end, Words: strings.TrimSpace(body), Line: line + strings.Count(before, "\n"),
			Col: 1 + utf8.RuneCountInString(text[begin:s.start+start])}}
	}
	all := offers(body)
	if o, ok := chosenOffer(all); ok {
		if o.role == ofStates {
			return piece(o.start, o.end, o.formula)
		}
		return piece(o.start, o.end, body[o.start:o.end])
	}
	if start, end, claim, ok := perState(body, all); ok {
		return piece(start, end, claim)
	}
	if len(all) > 0 {
		p := piece(all[0].start, all[len(all)-1].end, body[all[0].start:all[len(all)-1].end])
		p[0].Lost = "there is no single claim of the time in it"
		return p
	}
	offset := 0
	for _, row := range strings.FieldsFunc(body, func(r rune) bool { return strings.ContainsRune("\n;,", r) }) {
		at := offset + strings.Index(body[offset:], row)
		offset = at + len(row)
		trim := strings.TrimSpace(row)
		lead := strings.Index(row, trim)
		if claim := factors(trim); claim != "" {
			return piece(at+lead, at+lead+len(trim), claim)
		} else if _, err := parseClaim(trim); err == nil && trim != "" {
			return piece(at+lead, at+lead+len(trim), trim)
		}
	}
	return nil
}

var (
	things    = pattern(`(?i)[ \t]+(?:states?|cells?|sub-?problems?|entries|values|pairs|positions|coins?|items?|houses|letters|choices|candidates|operations|steps|additions|comparisons|updates|lookups|iterations|numbers|rounds)$`)
	roughly   = pattern(`(?i)^(?:about|roughly|so|hence|thus|that's|in total|at most|only|overall|total:?|is)[ \t]+`)
	timesSign = pattern(`[·*×]|[ \t]times[ \t]`)
	raised    = pattern(`(?i)[ \t]+(squared|cubed)\b`)
)

// factors is "amount+1 states × k coins" as a product, "" where it is none.
func factors(text string) string {
	text = roughly().ReplaceAllString(text, "")
	text = raised().ReplaceAllStringFunc(text, func(m string) string {
		return map[string]string{"squared": "^2", "cubed": "^3"}[strings.ToLower(strings.TrimSpace(m))]
	})
	var out []string
	for _, part := range timesSign().Split(text, -1) {
		part = things().ReplaceAllString(strings.TrimSpace(part), "")
		if _, err := parseClaim(part); err != nil || part == "" {
			return ""
		}
		out = append(out, "("+part+")")
	}
	return strings.Join(out, " * ")
}

// perState is the claim of a text that counts the states and names the cost of one.
func perState(body string, all []offer) (start, end int, claim string, ok bool) {
	states, cell := -1, -1
	for i, o := range all {
		if o.role == ofStates {
			states = i
		} else if o.role == ofCell {
			cell = i
		}
	}
	switch {
	case states >= 0 && smallWords().MatchString(body[all[states].end:]):
		return all[states].start, all[states].end, all[states].formula, true
	case states >= 0 || cell < 0:
		return 0, 0, "", false
	}
	m := statesOf().FindStringSubmatchIndex(body)
	if m == nil {
		return 0, 0, "", false
	}
	claim = "(" + strings.TrimSpace(body[m[2]:m[3]]) + ") * (" + all[cell].formula + ")"
	for _, part := range []string{strings.TrimSpace(body[m[2]:m[3]]), claim} {
		if _, err := parseClaim(part); err != nil {
			return 0, 0, "", false
		}
	}
	return min(m[0], all[cell].start), max(m[1], all[cell].end), claim, true
}
