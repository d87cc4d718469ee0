package diagram

import (
	"html"
	"strings"
)

// mermaidShapes are the brackets around labels, the longest first. The kinds
// are those that say what a box is; other shapes are only looks.
var mermaidShapes = []struct{ open, close, kind string }{
	{"(((", ")))", Box}, {"((", "))", Box}, {"([", "])", Box}, {"(", ")", Box},
	{"[[", "]]", Queue}, {"[(", ")]", Store}, {"[|", "|]", Box}, {"[", "]", Box},
	{"{{", "}}", Box}, {"{", "}", Choice}, {">", "]", Box},
}

// mermaidKinds are the names of shapes after @{ shape: …}.
var mermaidKinds = map[string]*wordSet{
	Store:  newWordSet("cyl cylinder db database disk lin-cyl lined-cylinder stored-data bow-rect bow-tie-rectangle"),
	Queue:  newWordSet("h-cyl horizontal-cylinder das direct-access-storage fr-rect subprocess subproc subroutine framed-rectangle queue"),
	Choice: newWordSet("diam diamond decision question"),
}

// shape reads a label in brackets at pos.
func (p *mermaidParser) shape(n *Node) bool {
	for _, s := range mermaidShapes {
		rest := p.text[p.pos:]
		if !strings.HasPrefix(rest, s.open) {
			continue
		}
		body := rest[len(s.open):]
		label, length, ok := bracketed(body, s.open, s.close)
		if !ok && len(s.open) > 1 {
			continue // perhaps the shorter bracket fits: A[(x) y]
		}
		if !ok {
			p.b.fail(p.at(), "%s is not closed: add %s", s.open, s.close)
			n.Label = mermaidText(p.rest()[len(s.open):])
			p.skipLine()
			return true
		}
		p.pos += len(s.open) + length
		n.Label, n.Kind = mermaidText(slanted(label, s.open)), s.kind
		return true
	}
	return false
}

// slanted takes the strokes of [/text/] and [\text\] off, and leaves a path
// like [/api/v1] alone.
func slanted(label, open string) string {
	if n := len(label); open == "[" && n > 2 && strings.IndexByte(`/\`, label[0]) >= 0 && strings.IndexByte(`/\`, label[n-1]) >= 0 {
		return label[1 : n-1]
	}
	return label
}

// bracketed finds the closing bracket of body and returns the label before it
// and the length of both. A quoted label may hold brackets and line ends; any
// other may hold balanced brackets of its own kind.
func bracketed(body, open, shut string) (label string, length int, ok bool) {
	trimmed := strings.TrimLeft(body, " \t\r\n")
	if strings.HasPrefix(trimmed, `"`) {
		if end := strings.IndexByte(trimmed[1:], '"'); end >= 0 {
			after := len(body) - len(trimmed) + end + 2
			space := len(body[after:]) - len(strings.TrimLeft(body[after:], " \t\r\n"))
			if strings.HasPrefix(body[after+space:], shut) {
				return trimmed[:end+2], after + space + len(shut), true
			}
		}
	}
	depth := 0
	for i := 0; i < len(body) && i < 2000; i++ {
		switch {
		case body[i] == '\n' && !continues(body[i+1:], shut):
			return "", 0, false
		case depth == 0 && strings.HasPrefix(body[i:], shut):
			return body[:i], i + len(shut), true
		case len(open) == 1 && open != ">" && body[i] == open[0]:
			depth++
		case len(open) == 1 && body[i] == shut[0]:
			depth--
		}
	}
	return "", 0, false
}

// continues reports whether a label goes on in the next line: it closes there
// before any new bracket or arrow.
func continues(next, shut string) bool {
	if end := strings.IndexByte(next, '\n'); end >= 0 {
		next = next[:end]
	}
	at := strings.Index(next, shut)
	return at >= 0 && !strings.ContainsAny(next[:at], "[](){}") && !strings.Contains(next[:at], "--")
}

// attributes reads @{ shape: cyl, label: "Orders" }.
func (p *mermaidParser) attributes(n *Node) {
	rest := p.text[p.pos+2:]
	end, quoted := -1, false
	for i := 0; i < len(rest) && end < 0; i++ {
		switch {
		case rest[i] == '"':
			quoted = !quoted
		case rest[i] == '}' && !quoted:
			end = i
		}
	}
	if end < 0 {
		p.b.fail(p.at(), "@{ is not closed: add }")
		p.skipLine()
		return
	}
	p.pos += 2 + end + 1
	if label, ok := attribute(rest[:end], "label"); ok && strings.TrimSpace(label) != "" {
		n.Label = mermaidText(label)
	}
	if shape, ok := attribute(rest[:end], "shape"); ok {
		n.Kind = kindNamed(mermaidKinds, strings.TrimSpace(shape))
	}
}

// attribute finds key: value, where the value is quoted or ends at a comma or
// line end.
func attribute(s, key string) (string, bool) {
	at := strings.Index(s, key+":")
	if at < 0 {
		return "", false
	}
	s = strings.TrimLeft(s[at+len(key)+1:], " \t")
	if strings.HasPrefix(s, `"`) {
		value, _, _ := strings.Cut(s[1:], `"`)
		return value, true
	}
	if end := strings.IndexAny(s, ",\r\n"); end >= 0 {
		s = s[:end]
	}
	return s, true
}

// mermaidLink is what stands between two nodes.
type mermaidLink struct {
	left, right, dashed, hidden bool
	label                       string
	line                        int
}

// startsLink reports whether s begins with a link.
func startsLink(s string) bool {
	if s != "" && strings.IndexByte("<xo", s[0]) >= 0 {
		s = s[1:]
	}
	for _, open := range []string{"--", "-.", "==", "~~~", "->", "=>"} {
		if strings.HasPrefix(s, open) {
			return true
		}
	}
	return false
}

// link reads a link at pos with its label: -->, -.->, ==>, ---, <-->, x--x,
// -->|label|, -- label -->.
func (p *mermaidParser) link() (mermaidLink, bool) {
	l := mermaidLink{line: p.at()}
	if n := wordLen(p.text[p.pos:]); n > 0 && strings.HasPrefix(p.text[p.pos+n:], "@") && startsLink(p.text[p.pos+n+1:]) {
		p.pos += n + 1 // the name of the link: e1@-->
	}
	if !startsLink(p.text[p.pos:]) {
		return l, false
	}
	open := p.stroke(&l)
	if open != "" {
		p.inner(&l, open)
	}
	p.spaces()
	if strings.HasPrefix(p.text[p.pos:], "|") {
		p.pipes(&l)
	}
	return l, true
}

// stroke reads the strokes of a link. It returns "--", "-." or "==" when they
// only open a label.
func (p *mermaidParser) stroke(l *mermaidLink) (open string) {
	if strings.IndexByte("<xo", p.text[p.pos]) >= 0 {
		l.left = true
		p.pos++
	}
	start := p.pos
	for p.pos < len(p.text) && strings.IndexByte("-=.~", p.text[p.pos]) >= 0 {
		p.pos++
	}
	strokes := p.text[start:p.pos]
	l.dashed = strings.Contains(strokes, ".")
	l.hidden = strokes[0] == '~'
	if p.pos < len(p.text) && strings.IndexByte(">xo", p.text[p.pos]) >= 0 && strokes != "-." {
		l.right = true
		p.pos++
		if p.pos < len(p.text) && p.text[p.pos] == '>' {
			p.pos++
		}
		return ""
	}
	if strokes == "--" && l.left {
		return ""
	}
	if strokes == "--" || strokes == "-." || strokes == "==" {
		return strokes
	}
	return ""
}

// inner reads the label and the second half of "-- label -->".
func (p *mermaidParser) inner(l *mermaidLink, open string) {
	rest := p.rest()
	skip := 0
	if trimmed := strings.TrimLeft(rest, " \t"); strings.HasPrefix(trimmed, `"`) {
		skip = len(rest) - len(trimmed) + 1 + strings.IndexByte(trimmed[1:], '"') + 1
	}
	shut := map[string]string{"--": "--", "-.": ".-", "==": "=="}[open]
	at := strings.Index(rest[skip:], shut)
	if at < 0 {
		if open != "--" || strings.TrimSpace(rest) == "" {
			p.b.fail(p.at(), "the arrow %s is not finished: write A %s label %s> B", open, open, shut)
		}
		return // "A -- B": taken as a plain line
	}
	label := rest[:skip+at]
	p.pos += skip + at
	if n := len(label); n > 1 && strings.IndexByte("xo<", label[n-1]) >= 0 && label[n-2] == ' ' {
		l.left = true
		label = label[:n-1]
	}
	l.label = mermaidText(label)
	var tail mermaidLink
	p.stroke(&tail)
	l.right = tail.right
}

// pipes reads |label|.
func (p *mermaidParser) pipes(l *mermaidLink) {
	rest := p.text[p.pos+1:]
	skip := 0
	if strings.HasPrefix(rest, `"`) {
		skip = strings.IndexByte(rest[1:], '"') + 2
	}
	end := strings.IndexByte(rest[skip:], '|')
	if line := strings.IndexByte(rest[skip:], '\n'); end < 0 || line >= 0 && line < end {
		p.b.fail(p.at(), "the label | is not closed: add |")
		p.skipLine()
		return
	}
	l.label = mermaidText(rest[:skip+end])
	p.pos += 1 + skip + end + 1
}

// mermaidText turns a label as written into plain text: quotes, Markdown
// marks, line breaks, tags, icons and entities.
func mermaidText(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	if len(s) > 1 && s[0] == '`' && s[len(s)-1] == '`' {
		s = strings.ReplaceAll(s[1:len(s)-1], "**", "")
	}
	if plainLabel(s) {
		return s
	}
	s = withoutTags(strings.ReplaceAll(s, `\n`, " "))
	if strings.ContainsAny(s, "#&") {
		s = html.UnescapeString(entities(s))
	}
	words := strings.Fields(s)
	kept := words[:0]
	for _, word := range words {
		if name, _, ok := strings.Cut(word, ":fa-"); !ok || !strings.HasPrefix(name, "fa") || len(name) > 3 {
			kept = append(kept, word)
		}
	}
	return strings.Join(kept, " ")
}

func plainLabel(s string) bool {
	return !strings.ContainsAny(s, "<&#\\\n\r") && !strings.Contains(s, ":fa-") && !strings.Contains(s, "  ")
}

// withoutTags takes <br/>, <b> and the like out; "a < b" stays.
func withoutTags(s string) string {
	var out strings.Builder
	for {
		at := strings.IndexByte(s, '<')
		if at < 0 {
			break
		}
		end := strings.IndexByte(s[at:], '>')
		if end < 2 || !isTag(s[at+1:at+end]) {
			out.WriteString(s[:at+1])
			s = s[at+1:]
			continue
		}
		out.WriteString(s[:at])
		if strings.HasPrefix(strings.ToLower(s[at:]), "<br") {
			out.WriteByte(' ')
		}
		s = s[at+end+1:]
	}
	return out.String() + s
}

var tagWords = newWordSet("br b i u em strong sub sup code small span div p font center hr img a ul ol li h1 h2 h3 h4 pre s")

func isTag(s string) bool {
	s = strings.TrimPrefix(strings.ToLower(s), "/")
	return tagWords.has(s[:wordLen(s)])
}

// entities turns Mermaid's #quot; and #35; into HTML's &quot; and &#35;.
func entities(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '#' || i > 0 && s[i-1] == '&' {
			out.WriteByte(s[i])
			continue
		}
		n := wordLen(s[i+1:])
		switch {
		case n == 0 || i+1+n >= len(s) || s[i+1+n] != ';':
			out.WriteByte('#')
		case s[i+1] >= '0' && s[i+1] <= '9':
			out.WriteString("&#")
		default:
			out.WriteByte('&')
		}
	}
	return out.String()
}
