package trial

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// claim is a claimed cost as a formula. It is worked out as a logarithm: 2^n is too large for a number.
type claim struct {
	op   string // "name", "number", "*", "/", "+", "-", "^", "log", "sqrt", "!", "min" or "max"
	name string
	num  float64
	of   []*claim
}

var numberOf = pattern(`#[ \t]*([A-Za-z]\w*)|\bnumber of ([A-Za-z]\w*)`)

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
	if all := offers(text); len(all) == 1 && all[0].role != ofSpace {
		formula = all[0].formula
	} else if len(all) > 0 {
		o, ok := chosenOffer(all)
		if !ok {
			return nil, &fault{msg: "there is no single claim of the time in this line"}
		}
		formula = o.formula
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
