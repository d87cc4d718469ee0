package trial

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// claim is a claimed cost as a formula. It is worked out as a logarithm: 2^n is too large for a number.
type claim struct {
	op   string // "name", "number", "*", "/", "+", "-", "^", "log", "sqrt", "!", "min" or "max"
	name string
	num  float64
	of   []*claim
}

var (
	bigO        = pattern(`(?:\b[OoΘΩθ]|\b[Tt]heta|\b[Oo]mega|Θ|𝒪|~)\s*\(`)
	aside       = pattern(`(?i)^[ \t]*(?:of )?(?:extra |additional |auxiliary )?(?:space|memory|storage|work|time)?[ \t,]*(?:each\b|per\b|for (?:each|every)\b|apiece|a piece|lookups?\b|steps?\b|choices?\b|per step|at each|in each)|^[ \t]*(?:extra |additional |auxiliary )?(?:space|memory|storage)`)
	small       = pattern(`(?i)^[ \t]*(?:time |work )?(?:each|per|for (?:each|every|it|one)|apiece|of work|work|time each|step)`)
	bySpace     = pattern(`(?i)\b(?:space|memory|storage)\b[^.;,]*$`)
	concludes   = pattern(`(?i)(?:=|⟹|⇒|→|=>|->|∈|∴|\b(?:so|total|totals?|overall|altogether|hence|thus|therefore|gives|giving|time|is|makes|in all|that's)\b)[^()\n]{0,24}$`)
	statesOf    = pattern(`(?i)([A-Za-z0-9_|+*·×() \t^²³-]+?)[ \t]+(?:states?|cells?|sub-?problems?|entries|table entries|values|pairs)\b`)
	bySize      = pattern(`(?i)\b(quadratic|linear|cubic|constant|exponential)\b(?:[ \t]+(?:time )?in[ \t]+(?:the )?(?:length of |size of |number of )?([A-Za-z]\w*))?`)
	timesBefore = pattern(`(?:^|[=:;]|\b(?:so|is|in all|total|costs?)\b)[ \t]*([A-Za-z0-9_|+()^²³. \t]*(?:[·*×][A-Za-z0-9_|+()^²³. \t]+)*?)[ \t]*[·*×][ \t]*$`)
	numberOf    = pattern(`#[ \t]*([A-Za-z]\w*)|\bnumber of ([A-Za-z]\w*)`)
)

// offer is a claim that a text makes, with its place.
type offer struct {
	start, end int
	formula    string
	concluding bool
}

// offers are the claims of a text that are of the whole time.
func offers(text string) (found, all []offer) {
	for _, at := range bigO().FindAllStringIndex(text, -1) {
		depth, end := 1, at[1]
		for end < len(text) && depth > 0 {
			switch text[end] {
			case '(':
				depth++
			case ')':
				depth--
			}
			end++
		}
		if depth > 0 {
			continue
		}
		o := offer{at[0], end, text[at[1] : end-1], concludes().MatchString(text[:at[0]])}
		all = append(all, o)
		constant := strings.TrimSpace(o.formula) == "1"
		if constant && timesBefore().MatchString(text[:at[0]]) { // n·m·O(1)
			m := timesBefore().FindStringSubmatchIndex(text[:at[0]])
			o.start, o.formula, constant = m[2], text[m[2]:m[3]], false
			found = append(found, o)
			continue
		}
		rest := text[end:]
		if !constant && strings.HasPrefix(strings.TrimLeft(rest, " \t"), ",") {
			rest = ""
		}
		if aside().MatchString(rest) || small().MatchString(rest) || bySpace().MatchString(text[:at[0]]) {
			continue
		}
		found = append(found, o)
	}
	return found, all
}

// chosenOffer is the claim among several that counts: the last that concludes, else the only one that is not constant.
func chosenOffer(found []offer) (offer, bool) {
	if len(found) == 1 {
		return found[0], true
	}
	for k := len(found) - 1; k >= 0; k-- {
		if found[k].concluding && strings.TrimSpace(found[k].formula) != "1" {
			return found[k], true
		}
	}
	if len(found) > 0 && !slices.ContainsFunc(found, func(o offer) bool {
		return strings.ReplaceAll(o.formula, " ", "") != strings.ReplaceAll(found[0].formula, " ", "")
	}) {
		return found[len(found)-1], true
	}
	var rest []offer
	for _, o := range found {
		if strings.TrimSpace(o.formula) != "1" {
			rest = append(rest, o)
		}
	}
	if len(rest) == 1 {
		return rest[0], true
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
	found, all := offers(body)
	if o, ok := chosenOffer(found); ok {
		return piece(o.start, o.end, body[o.start:o.end])
	}
	if len(found) > 1 {
		p := piece(found[0].start, found[len(found)-1].end, body[found[0].start:found[len(found)-1].end])
		p[0].Lost = "there is no single claim of the time in it"
		return p
	}
	if m := statesOf().FindStringSubmatchIndex(body); m != nil && len(all) > 0 {
		claim := strings.TrimSpace(body[m[2]:m[3]]) + " * (" + all[0].formula + ")"
		if _, err := parseClaim(claim); err == nil {
			return piece(min(m[0], all[0].start), max(m[1], all[0].end), claim)
		}
	}
	if at := bySize().FindStringSubmatchIndex(body); at != nil && len(all) == 0 {
		return piece(at[0], at[1], body[at[0]:at[1]])
	}
	offset := 0
	for _, row := range strings.FieldsFunc(body, func(r rune) bool { return strings.ContainsRune("\n;,", r) }) {
		at := offset + strings.Index(body[offset:], row)
		offset = at + len(row)
		trim := strings.TrimSpace(row)
		if _, err := parseClaim(trim); err == nil && trim != "" {
			lead := strings.Index(row, trim)
			return piece(at+lead, at+lead+len(trim), trim)
		}
	}
	return nil
}

// inWordsOf is a claim such as "quadratic in n" as a formula.
func inWordsOf(text string) (string, bool) {
	m := bySize().FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	size := m[2]
	if size == "" {
		size = "n"
	}
	switch strings.ToLower(m[1]) {
	case "constant":
		return "1", true
	case "linear":
		return size, true
	case "quadratic":
		return size + "^2", true
	case "cubic":
		return size + "^3", true
	}
	return "2^" + size, true
}

// parseClaim reads the claim of a line.
func parseClaim(text string) (*claim, error) {
	formula := text
	switch found, all := offers(text); {
	case len(found) == 1 && found[0].formula != "" && len(all) == 1:
		formula = found[0].formula
	case len(found) > 0:
		o, ok := chosenOffer(found)
		if !ok {
			return nil, &fault{msg: "there is no single claim of the time in this line"}
		}
		formula = o.formula
	case len(all) > 0:
		return nil, &fault{msg: "there is no single claim of the time in this line"}
	default:
		if f, ok := inWordsOf(text); ok {
			formula = f
		}
	}
	formula = numberOf().ReplaceAllString(strings.ReplaceAll(formula, "||", "| |"), "len($1$2)")
	nodes, ok := nest(lex(strings.TrimRight(strings.TrimSpace(formula), "."), 1, 1))
	if !ok || len(nodes) == 0 {
		return nil, &fault{msg: "the claim cannot be read"}
	}
	for i := range nodes {
		if nodes[i].kind == word && !nodes[i].group && len(nodes[i].text) > 1 && i > 0 && nodes[i-1].kind == word && !nodes[i-1].group && !nodes[i-1].is("log", "lg", "sqrt") && !nodes[i].is("log", "lg") && len(nodes[i-1].text) > 1 {
			return nil, &fault{msg: "this reads as prose"}
		}
	}
	p := &claimParser{nodes: nodes}
	c, err := p.sum()
	if err != nil {
		return nil, err
	}
	if p.at < len(p.nodes) {
		return nil, &fault{msg: fmt.Sprintf("the claim cannot be read from %q on", p.nodes[p.at].text)}
	}
	return c, nil
}

type claimParser struct {
	nodes []node
	at    int
}

func (p *claimParser) peek(texts ...string) bool {
	return p.at < len(p.nodes) && p.nodes[p.at].is(texts...)
}

func (p *claimParser) sum() (*claim, error) {
	c, err := p.product()
	for err == nil && p.peek("+", "-") {
		op := p.nodes[p.at].text
		p.at++
		var right *claim
		right, err = p.product()
		c = &claim{op: op, of: []*claim{c, right}}
	}
	return c, err
}

func (p *claimParser) product() (*claim, error) {
	c, err := p.power()
	for err == nil && p.at < len(p.nodes) {
		op := "*"
		switch {
		case p.peek("*", "/", "//"):
			op = p.nodes[p.at].text[:1]
			p.at++
		case p.peek("times"):
			p.at++
		case p.peek("+", "-", ",", "^", "**", "!"):
			return c, nil
		}
		var right *claim
		right, err = p.power()
		c = &claim{op: op, of: []*claim{c, right}}
	}
	return c, err
}

func (p *claimParser) power() (*claim, error) {
	c, err := p.atom()
	for err == nil && p.peek("!") {
		p.at++
		c = &claim{op: "!", of: []*claim{c}}
	}
	if err == nil && p.peek("^", "**") {
		p.at++
		var right *claim
		right, err = p.power()
		c = &claim{op: "^", of: []*claim{c, right}}
	}
	return c, err
}

func (p *claimParser) atom() (*claim, error) {
	if p.at >= len(p.nodes) {
		return nil, &fault{msg: "the claim ends too early"}
	}
	n := p.nodes[p.at]
	p.at++
	switch {
	case n.group:
		inner := &claimParser{nodes: n.kids}
		c, err := inner.sum()
		if err == nil && inner.at < len(inner.nodes) {
			err = &fault{msg: "the claim cannot be read"}
		}
		return c, err
	case n.is("log", "lg", "ln", "sqrt"):
		op := "log"
		if n.is("sqrt") {
			op = "sqrt"
		}
		c, err := p.power()
		return &claim{op: op, of: []*claim{c}}, err
	case n.is("min", "max") && p.at < len(p.nodes) && p.nodes[p.at].group:
		out := &claim{op: n.text}
		for _, part := range split(p.nodes[p.at].kids, ",") {
			inner := &claimParser{nodes: part}
			c, err := inner.sum()
			if err != nil {
				return nil, err
			}
			out.of = append(out.of, c)
		}
		p.at++
		return out, nil
	case n.is("len") && p.at < len(p.nodes) && p.nodes[p.at].group && len(p.nodes[p.at].kids) == 1:
		p.at++
		return &claim{op: "name", name: p.nodes[p.at-1].kids[0].text}, nil
	case n.is("|") && p.at+1 < len(p.nodes) && p.nodes[p.at+1].is("|"):
		p.at += 2
		return &claim{op: "name", name: p.nodes[p.at-2].text}, nil
	case n.kind == number:
		v, err := strconv.ParseFloat(n.text, 64)
		return &claim{op: "number", num: v}, err
	case n.kind == word && !n.group && !keywords[n.text]:
		if p.at+1 < len(p.nodes) && p.nodes[p.at].is(".") && p.nodes[p.at+1].is("length", "size", "len") { // coins.length
			if p.at += 2; p.at < len(p.nodes) && p.nodes[p.at].group && len(p.nodes[p.at].kids) == 0 {
				p.at++
			}
		}
		return &claim{op: "name", name: n.text}, nil
	}
	return nil, &fault{msg: fmt.Sprintf("the claim cannot be read at %q", n.text)}
}

// names are those of a claim, each once.
func (c *claim) names(into []string) []string {
	if c.op == "name" {
		for _, n := range into {
			if n == c.name {
				return into
			}
		}
		return append(into, c.name)
	}
	for _, o := range c.of {
		into = o.names(into)
	}
	return into
}

// log is the natural logarithm of the claim for given values.
func (c *claim) log(value map[string]float64) float64 {
	switch c.op {
	case "number":
		return math.Log(c.num)
	case "name":
		return math.Log(value[c.name])
	case "*":
		return c.of[0].log(value) + c.of[1].log(value)
	case "/":
		return c.of[0].log(value) - c.of[1].log(value)
	case "+", "-":
		x, y := c.of[0].log(value), c.of[1].log(value)
		sign := 1.0
		if c.op == "-" {
			sign = -1
		}
		high := math.Max(x, y)
		if math.IsInf(high, 0) {
			return high
		}
		return high + math.Log(math.Max(math.Exp(x-high)+sign*math.Exp(y-high), 1e-300))
	case "^":
		return c.of[0].log(value) * math.Exp(c.of[1].log(value))
	case "log":
		return math.Log(math.Max(c.of[0].log(value), 1e-9))
	case "sqrt":
		return c.of[0].log(value) / 2
	case "!":
		g, _ := math.Lgamma(math.Exp(c.of[0].log(value)) + 1)
		return g
	}
	best := c.of[0].log(value)
	for _, o := range c.of[1:] {
		if v := o.log(value); (v > best) == (c.op == "max") {
			best = v
		}
	}
	return best
}
