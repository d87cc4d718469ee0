package tui

import "strings"

// A step with parts is one answer: each part's text stands below a heading of its name, so that the answer reads as
// Markdown and can be taken apart again when the person comes back.

const partHeading = "### "

// join makes one answer of the texts of a step's parts; all empty is an empty answer.
func join(parts, texts []string) string {
	if len(parts) == 0 {
		return strings.Join(texts, "")
	}
	if strings.Join(texts, "") == "" {
		return ""
	}
	var b strings.Builder
	for i, part := range parts {
		if i > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(partHeading + part + "\n" + texts[i])
	}
	return b.String()
}

// split is the reverse of join, and lenient with an answer that was written elsewhere: text before the first heading belongs
// to the first part, a heading may have any level and case, a part without one is empty.
func split(parts []string, text string) []string {
	if len(parts) == 0 {
		return []string{text}
	}
	texts := make([]string, len(parts))
	found := make([]bool, len(parts))
	at := 0
	var body []string
	store := func() {
		s := strings.Join(body, "\n")
		if texts[at] != "" && s != "" {
			s = texts[at] + "\n" + s
		}
		if s != "" {
			texts[at] = s
		}
		body = nil
	}
	for _, l := range strings.Split(text, "\n") {
		i := headed(parts, l)
		if i < 0 || found[i] {
			body = append(body, l)
			continue
		}
		if n := len(body); n > 0 && body[n-1] == "" {
			body = body[:n-1] // the empty line that join puts before a heading
		}
		store()
		at, found[i] = i, true
	}
	store()
	return texts
}

// headed tells which part a heading line opens, -1 for none.
func headed(parts []string, l string) int {
	name := strings.TrimLeft(l, "#")
	if name == l || !strings.HasPrefix(name, " ") {
		return -1
	}
	for i, part := range parts {
		if strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(part)) {
			return i
		}
	}
	return -1
}
