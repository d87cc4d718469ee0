package diagram

import (
	"fmt"
	"strings"
)

// fenced handles fences: a block that names one of our formats becomes a
// Block, one without a name is read like the text around it, one in another
// language is passed over.
func (s *scanner) fenced(trimmed string) bool {
	fence := fenceOf(trimmed)
	if s.fence != "" {
		if fence == "" || fence[0] != s.fence[0] || len(fence) < len(s.fence) || trimmed != fence {
			return false
		}
		s.fence = ""
		s.flush()
		s.advance(len(s.current()))
		return true
	}
	if fence == "" {
		return false
	}
	s.flush()
	language := strings.ToLower(strings.Trim(strings.TrimSpace(trimmed[len(fence):]), "{}."))
	language, _, _ = strings.Cut(language, " ")
	if language == "" || plainFences.has(language) {
		s.fence = fence
		s.advance(len(s.current()))
		return true
	}
	s.code(fence, language)
	return true
}

// fenceOf returns the run of three or more backticks or tildes that a line
// begins with.
func fenceOf(trimmed string) string {
	if len(trimmed) < 3 || trimmed[0] != '`' && trimmed[0] != '~' {
		return ""
	}
	n := len(trimmed) - len(strings.TrimLeft(trimmed, trimmed[:1]))
	if n < 3 || trimmed[0] == '`' && strings.Contains(trimmed[n:], "`") {
		return ""
	}
	return trimmed[:n]
}

// fenceFormats are the languages of fences that are drawings, and those that
// are nothing in particular.
var (
	fenceFormats = map[string]*wordSet{
		FormatMermaid: newWordSet("mermaid mmd"),
		FormatD2:      newWordSet("d2"),
		FormatArrows:  newWordSet("arrows arrow diagram drawing"),
	}
	plainFences = newWordSet("text txt ascii plain")
)

// fenceFormat is the format of a fence's language, or "".
func fenceFormat(language string) string {
	for _, format := range []string{FormatMermaid, FormatD2, FormatArrows} {
		if fenceFormats[format].has(language) {
			return format
		}
	}
	return ""
}

// code passes over a fenced block, up to its closing fence or the end of the
// text, and reads it if it is in one of our formats.
func (s *scanner) code(fence, language string) {
	start := s.pos
	s.advance(len(s.current()))
	body, first := s.pos, s.number+1
	end := len(s.text)
	for s.pos < len(s.text) {
		line := s.current()
		trimmed := strings.TrimSpace(line)
		if f := fenceOf(trimmed); f == trimmed && len(f) >= len(fence) && f[0] == fence[0] {
			end = s.pos
			s.advance(len(line))
			break
		}
		s.advance(len(line))
	}
	format := fenceFormat(language)
	if format == "" {
		return
	}
	stop := s.pos
	if stop > start && s.text[stop-1] == '\n' {
		stop--
	}
	s.read(Block{Start: start, End: stop, Format: format}, s.text[min(body, end):end], first)
}

// maxBudget bounds the Mermaid and D2 read from one answer, in bytes.
const maxBudget = 2 * maxBytes

// read parses the body of a block and keeps it.
func (s *scanner) read(block Block, body string, first int) {
	if s.budget += len(body); s.budget > maxBudget {
		block.Err = fmt.Errorf("line %d: the drawings of one answer are over %d kB: keep the last ones only", first, maxBudget>>10)
	} else {
		block.Graph, block.Err = parse(block.Format, body, first)
	}
	s.keep(block)
}

func (s *scanner) keep(block Block) {
	for _, n := range block.Graph.Nodes {
		s.known[fold(n.Label)] = true
	}
	s.blocks = append(s.blocks, block)
}

// bare reads Mermaid or D2 that begins at this line without a fence.
func (s *scanner) bare(trimmed string) bool {
	block := Block{Start: s.pos}
	end, lines := 0, 0
	switch {
	case s.budget > maxBudget:
	case isHeader(trimmed):
		block.Format = FormatMermaid
		end, lines = s.bareMermaid()
	case strings.HasSuffix(trimmed, "{") && opensContainer(trimmed):
		block.Format = FormatD2
		end, lines = s.bareD2()
	}
	if end <= s.pos {
		return false
	}
	body := strings.TrimRight(s.text[s.pos:end], " \t\r\n")
	s.budget += len(body)
	block.End = s.pos + len(body)
	block.Graph, block.Err = parse(block.Format, body, s.number+1)
	if block.Format == FormatD2 && block.Err != nil {
		return false
	}
	s.flush()
	s.pos, s.number = end, s.number+lines
	s.keep(block)
	return true
}

// bareMermaid finds the end of a flowchart typed without a fence: lines that
// look like its statements, with blank ones between them.
func (s *scanner) bareMermaid() (end, lines int) {
	at, seen, statements := s.pos, 0, 0
	for at < len(s.text) {
		next := len(s.text)
		if n := strings.IndexByte(s.text[at:], '\n'); n >= 0 {
			next = at + n + 1
		}
		trimmed := strings.TrimSpace(s.text[at:next])
		if seen > 0 && trimmed != "" && !isStatement(trimmed) {
			break
		}
		seen++
		if trimmed != "" {
			end, lines = next, seen
			statements++
		}
		at = next
	}
	if statements < 2 && !strings.Contains(s.current(), ";") {
		return 0, 0
	}
	return end, lines
}

// bareD2 finds the end of D2 typed without a fence: from a line that opens a
// container to the next blank line or line of prose outside of braces. There
// must be an arrow or a shape in it.
func (s *scanner) bareD2() (end, lines int) {
	at, depth, drawn := s.pos, 0, false
	for at < len(s.text) && at-s.pos < maxBytes {
		next := len(s.text)
		if n := strings.IndexByte(s.text[at:], '\n'); n >= 0 {
			next = at + n + 1
		}
		line := strings.TrimSpace(s.text[at:next])
		arrow := hasArrow(line)
		if depth == 0 && !arrow && !strings.HasSuffix(line, "{") && !strings.Contains(line, ".shape:") {
			break
		}
		if strings.HasPrefix(line, "```") {
			break
		}
		drawn = drawn || arrow || strings.Contains(line, "shape:")
		depth += strings.Count(line, "{") - strings.Count(line, "}")
		lines++
		end, at = next, next
	}
	if depth != 0 || !drawn {
		s.budget += at - s.pos // looking again and again has its price too
		return 0, 0
	}
	return end, lines
}

// opensContainer reports whether a line can open a D2 container: a key, maybe
// a label, a brace.
func opensContainer(trimmed string) bool {
	key, label, _ := strings.Cut(strings.TrimSpace(strings.TrimSuffix(trimmed, "{")), ":")
	return isName(strings.Trim(strings.ReplaceAll(key, ".", " "), ` "'`)) && !strings.ContainsAny(label, "{}();=")
}
