package grade

import (
	"slices"
	"strings"

	"interview/internal/bank"
)

// Split reads Markdown: a heading equal to a phase's id or title opens that phase; text before the first such heading, or
// of a text without one, counts for all. base[i] is the byte offset of answers[i].Text in text.
func Split(text string, phases []bank.Phase) (answers []Answer, base []int) {
	phase, from, fenced := "", 0, false
	names := headingNames(phases)
	end := func(at int) {
		if strings.TrimSpace(text[from:at]) != "" || phase != "" {
			answers, base = append(answers, Answer{Phase: phase, Text: text[from:at]}), append(base, from)
		}
	}
	for at := 0; at < len(text); {
		next := strings.IndexByte(text[at:], '\n')
		if next < 0 {
			next = len(text)
		} else {
			next += at + 1
		}
		line := text[at:next]
		if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~") {
			fenced = !fenced
		}
		if id, ok := opens(line, names); ok && !fenced {
			end(at)
			phase, from = id, next
		}
		at = next
	}
	end(len(text))
	if len(answers) == 0 {
		return []Answer{{Text: text}}, []int{0}
	}
	return answers, base
}

// headingNames maps what a heading may say to the phase that it opens.
func headingNames(phases []bank.Phase) map[string]string {
	names := make(map[string]string, 2*len(phases))
	for _, p := range slices.Backward(phases) { // of two with one name the first counts
		names[headingName(p.ID)], names[headingName(p.Title)] = p.ID, p.ID
	}
	return names
}

// opens returns the phase that a heading names.
func opens(line string, names map[string]string) (string, bool) {
	line = strings.TrimSpace(line)
	name := strings.TrimLeft(line, "#")
	if len(name) == len(line) || name == "" || name[0] != ' ' && name[0] != '\t' {
		return "", false
	}
	id, ok := names[headingName(name)]
	return id, ok
}

// headingName leaves out case, numbering, emphasis and closing marks: "2. **API**:" is "api".
func headingName(s string) string {
	s = strings.ToLower(strings.Trim(s, " \t\r#*_:`"))
	s = strings.TrimLeft(s, "0123456789.) ")
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' || r == '\t' }), " ")
}
