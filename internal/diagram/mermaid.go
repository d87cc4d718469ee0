package diagram

import (
	"strings"
	"unicode"
)

// parseMermaid reads a flowchart as leniently as real files need: a statement
// that cannot be read is an error, and reading goes on with the next line.
// Styles, classes, links and directions of subgraphs are passed over.
func parseMermaid(text string, first int) (Graph, error) {
	p := &mermaidParser{b: newBuilder(), text: text, line: first}
	if len(text) > maxBytes {
		p.b.fail(first, "the drawing is over %d kB: draw less", maxBytes>>10)
		return p.b.done()
	}
	p.frontMatter()
	p.statements()
	if len(p.open) > 0 {
		p.b.fail(p.line, "subgraph %q has no end: add a line with end", tidy(p.open[len(p.open)-1]))
	}
	if len(p.b.graph.Nodes)+len(p.b.graph.Groups) == 0 {
		p.b.fail(first, "the flowchart is empty: add a line like A --> B")
	}
	return p.b.done()
}

type mermaidParser struct {
	b       *builder
	text    string
	pos     int
	counted int      // bytes whose line ends are in line
	line    int      // line of counted
	open    []string // IDs of the subgraphs around pos
	begun   bool     // past the header, or past a statement
}

// at returns the line number of pos.
func (p *mermaidParser) at() int {
	if p.pos > p.counted {
		p.line += strings.Count(p.text[p.counted:p.pos], "\n")
		p.counted = p.pos
	}
	return p.line
}

// frontMatter skips a YAML head between lines of dashes.
func (p *mermaidParser) frontMatter() {
	trimmed := strings.TrimLeft(p.text, " \t\r\n")
	if !strings.HasPrefix(trimmed, "---\n") && !strings.HasPrefix(trimmed, "---\r\n") {
		return
	}
	start := len(p.text) - len(trimmed) + 4
	if end := strings.Index(p.text[start-1:], "\n---"); end >= 0 {
		p.pos = start - 1 + end + len("\n---")
		p.skipLine()
	}
}

func (p *mermaidParser) statements() {
	for p.pos < len(p.text) {
		switch c := p.text[p.pos]; {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ';':
			p.pos++
		case strings.HasPrefix(p.text[p.pos:], "%%"):
			p.comment()
		default:
			p.at()
			if p.statement() {
				return
			}
		}
	}
	p.at()
}

// comment skips %% to the end of the line, or a directive %%{ … }%%.
func (p *mermaidParser) comment() {
	if strings.HasPrefix(p.text[p.pos:], "%%{") {
		if end := strings.Index(p.text[p.pos:], "}%%"); end >= 0 {
			p.pos += end + 3
			return
		}
	}
	p.skipLine()
}

func (p *mermaidParser) skipLine() {
	if end := strings.IndexByte(p.text[p.pos:], '\n'); end >= 0 {
		p.pos += end
		return
	}
	p.pos = len(p.text)
}

// rest is the text from pos to the end of its line.
func (p *mermaidParser) rest() string {
	rest := p.text[p.pos:]
	if end := strings.IndexByte(rest, '\n'); end >= 0 {
		rest = rest[:end]
	}
	return strings.TrimSuffix(rest, "\r")
}

// statement reads one statement; true means that reading must stop.
func (p *mermaidParser) statement() bool {
	rest := p.rest()
	word := rest[:wordLen(rest)]
	after := rest[len(word):]
	keyword := after == "" || strings.IndexByte(" \t;[\"{:", after[0]) >= 0
	switch {
	case !keyword:
	case !p.begun && isOtherDiagram(word):
		p.b.fail(p.at(), "%s is not read: draw a flowchart (flowchart LR)", word)
		return true
	case !p.begun && headerWords.has(word):
		p.header(word, after)
		return false
	case word == "subgraph":
		p.subgraph(strings.TrimSpace(after))
		return false
	case word == "end" && strings.Trim(after, " \t;") == "":
		p.end()
		return false
	case skippedWords.has(word) && strings.TrimSpace(after) != "" && !startsLink(strings.TrimLeft(after, " \t")):
		p.skipped(word, after)
		return false
	}
	p.begun = true
	p.chain()
	return false
}

// skipped passes over a statement about looks.
func (p *mermaidParser) skipped(word, after string) {
	if word == "accDescr" && strings.HasPrefix(strings.TrimSpace(after), "{") {
		if end := strings.IndexByte(p.text[p.pos:], '}'); end >= 0 {
			p.pos += end + 1
			return
		}
	}
	p.skipLine()
}

var (
	headerWords  = newWordSet("graph flowchart flowchart-elk flowchart-v2")
	skippedWords = newWordSet("direction classDef class style linkStyle click accTitle accDescr title")
	directions   = newWordSet("TB TD BT RL LR")
	otherWords   = newWordSet(`sequenceDiagram classDiagram classDiagram-v2 stateDiagram stateDiagram-v2 erDiagram gantt
		pie journey mindmap timeline gitGraph quadrantChart requirementDiagram sankey-beta xychart-beta block-beta
		architecture-beta packet-beta kanban zenuml C4Context C4Container C4Component C4Dynamic C4Deployment`)
)

func isOtherDiagram(word string) bool { return otherWords.has(word) }

// wordLen measures the letters, digits and hyphens at the start of s.
func wordLen(s string) int {
	n := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_' })
	if n < 0 {
		return len(s)
	}
	return n
}

// isHeader reports whether a line outside of fences begins a flowchart.
func isHeader(line string) bool {
	word, rest, ok := strings.Cut(line, " ")
	if !ok || !headerWords.has(word) {
		return false
	}
	rest = strings.TrimSpace(rest)
	return directions.has(strings.TrimRight(rest, "; ")) || len(rest) > 2 && directions.has(rest[:2]) && rest[2] == ';'
}

// isStatement reports whether a line outside of fences looks like a statement
// of a flowchart.
func isStatement(line string) bool {
	word := line[:wordLen(line)]
	after := line[len(word):]
	switch {
	case line == "end" || strings.HasPrefix(line, "%%"):
		return true
	case word == "subgraph" || skippedWords.has(word) && word != "title":
		return strings.HasPrefix(after, " ")
	case word == "" || after == "":
		return false
	case strings.IndexByte("[({>", after[0]) >= 0 && strings.IndexByte("])};", line[len(line)-1]) >= 0:
		return true
	}
	for _, link := range []string{"--", "-.", "==", "~~~", ":::", "@{"} {
		if strings.Contains(line, link) {
			return true
		}
	}
	return false
}

// header reads "flowchart LR"; statements may follow after a semicolon.
func (p *mermaidParser) header(word, after string) {
	p.begun = true
	p.pos += len(word)
	trimmed := strings.TrimLeft(after, " \t")
	n := wordLen(trimmed)
	switch direction := trimmed[:n]; {
	case directions.has(direction):
		p.b.graph.Across = direction == "LR" || direction == "RL"
		p.pos += len(after) - len(trimmed) + n
	case trimmed != "" && strings.IndexByte("><^v", trimmed[0]) >= 0:
		p.b.graph.Across = trimmed[0] == '>' || trimmed[0] == '<'
		p.pos += len(after) - len(trimmed) + 1
	}
}

// subgraph reads what stands after the word: id [title], "title" or title.
func (p *mermaidParser) subgraph(text string) {
	line := p.at()
	p.begun = true
	p.skipLine()
	text = strings.TrimRight(text, "; \t")
	id, title := text, text
	if at := strings.IndexAny(text, "[("); at > 0 {
		id, title = strings.TrimSpace(text[:at]), strings.Trim(text[at:], "[]() ")
	}
	id = mermaidText(id)
	if id == "" {
		id = "subgraph " + string(rune('0'+len(p.b.graph.Groups)%10))
	}
	if len(p.open) == maxDepth {
		p.b.fail(line, "subgraphs are nested more than %d deep: draw fewer", maxDepth)
	}
	parent := ""
	if len(p.open) > 0 {
		parent = p.open[len(p.open)-1]
	}
	if len(p.open) < maxDepth {
		p.b.group(id, mermaidText(title), parent, line)
	}
	p.open = append(p.open, id)
}

func (p *mermaidParser) end() {
	line := p.at()
	p.pos += len("end")
	if len(p.open) == 0 {
		p.b.fail(line, "end without a subgraph: remove it")
		return
	}
	p.open = p.open[:len(p.open)-1]
}

// chain reads nodes and the links between them: A & B --> C --> D.
func (p *mermaidParser) chain() {
	here, ok := p.nodes()
	for ok {
		p.spaces()
		if p.ended() {
			return
		}
		link, found := p.link()
		if !found {
			break
		}
		next, read := p.nodes()
		if !read && p.ended() {
			p.b.fail(p.at(), "nothing after the arrow: write A --> B")
		}
		p.connect(here, next, link)
		here, ok = next, read
	}
	if p.ended() {
		return
	}
	p.b.fail(p.at(), "cannot read %q: write A[label] --> B, with quotes around labels that hold brackets", short(p.rest()))
	p.skipLine()
}

// short cuts a text for an error message.
func short(s string) string {
	if r := []rune(tidy(s)); len(r) > 30 {
		return string(r[:29]) + "…"
	}
	return tidy(s)
}

func (p *mermaidParser) spaces() {
	for p.pos < len(p.text) && (p.text[p.pos] == ' ' || p.text[p.pos] == '\t' || p.text[p.pos] == '\r') {
		p.pos++
	}
}

// ended reports whether the statement is over.
func (p *mermaidParser) ended() bool {
	return p.pos >= len(p.text) || p.text[p.pos] == '\n' || p.text[p.pos] == ';' || strings.HasPrefix(p.text[p.pos:], "%%")
}

func (p *mermaidParser) connect(from, to []string, link mermaidLink) {
	if link.hidden {
		return
	}
	for _, f := range from {
		for _, t := range to {
			a := arrow{left: link.left, right: link.right, dashed: link.dashed, label: link.label}
			p.b.edge(a.between(f, t, link.line))
		}
	}
}

// nodes reads A & B & C.
func (p *mermaidParser) nodes() ([]string, bool) {
	var ids []string
	for {
		p.spaces()
		id, ok := p.node()
		if !ok {
			return ids, false
		}
		if id != "" {
			ids = append(ids, id)
		}
		p.spaces()
		if p.pos >= len(p.text) || p.text[p.pos] != '&' {
			return ids, true
		}
		p.pos++
	}
}

// node reads an id with its shape, attributes and class.
func (p *mermaidParser) node() (string, bool) {
	line := p.at()
	id := p.id()
	if id == "" {
		return "", false
	}
	n := p.b.node(id, id, line)
	if n == nil {
		n = &Node{} // too many; read on for the sake of the brackets
		id = ""
	}
	p.member(n)
	for p.pos < len(p.text) {
		rest := p.text[p.pos:]
		switch {
		case strings.HasPrefix(rest, ":::"):
			p.pos += 3
			p.pos += wordLen(p.text[p.pos:])
		case strings.HasPrefix(rest, "@{"):
			p.attributes(n)
		case strings.IndexByte("[({", rest[0]) >= 0 || rest[0] == '>' && !strings.HasPrefix(rest, ">>"):
			if !p.shape(n) {
				return id, false
			}
		case rest[0] == ' ' && len(rest) > 1 && strings.IndexByte("[({", rest[1]) >= 0:
			p.pos++
		default:
			return id, true
		}
	}
	return id, true
}

// member puts a node into the innermost open subgraph, unless an earlier one,
// already closed, has it.
func (p *mermaidParser) member(n *Node) {
	if len(p.open) == 0 || len(p.open) > maxDepth {
		return
	}
	inner := p.open[len(p.open)-1]
	if n.Group == "" {
		n.Group = inner
	}
	for _, id := range p.open {
		if n.Group == id {
			n.Group = inner
			return
		}
	}
}

// id reads a node's id; it ends where a shape, a link or white space begins.
func (p *mermaidParser) id() string {
	start := p.pos
	if p.pos < len(p.text) && p.text[p.pos] == '"' {
		if end := strings.IndexByte(p.text[p.pos+1:], '"'); end >= 0 {
			p.pos += end + 2
			return mermaidText(p.text[start:p.pos])
		}
	}
	for p.pos < len(p.text) {
		c := p.text[p.pos]
		next := byte(' ')
		if p.pos+1 < len(p.text) {
			next = p.text[p.pos+1]
		}
		switch {
		case strings.IndexByte(" \t\r\n;[](){}<>|&\"", c) >= 0,
			c == '-' && (next == '-' || next == '.' || next == '>'),
			c == '=' && (next == '=' || next == '>'),
			c == '@' && next == '{',
			c == '%' && next == '%',
			strings.HasPrefix(p.text[p.pos:], "~~~"),
			strings.HasPrefix(p.text[p.pos:], ":::"):
			return p.text[start:p.pos]
		}
		p.pos++
	}
	return p.text[start:p.pos]
}
