package bank

import (
	"bytes"
	"regexp"
)

// one is a rubric read with only one of its criteria, for a prompt that lists few of many: most of the time that a
// prompt takes to load would go into criteria that it does not ask. Any doubt about the lines leads to a whole parse.
func (b *Bank) one(e *entry[Rubric], id string) *loaded[Rubric] {
	if e.whole.Load() {
		return e.load()
	}
	ref := e.id + "/" + id
	if had, ok := b.excerpts.Load(ref); ok {
		return had.(*loaded[Rubric])
	}
	got := e.load
	if text := excerpt(e.text, id); text != nil {
		d := e.document
		d.text = text
		if part := load(&d, (*reader).rubric); len(part.problems) == 0 && len(part.value.Criteria) == 1 {
			got = func() *loaded[Rubric] { return part }
		}
	}
	r := got()
	b.excerpts.Store(ref, r)
	return r
}

var (
	criteriaLine = regexp.MustCompile(`(?m)^['"]?criteria['"]?[ \t]*:`)
	itemLine     = regexp.MustCompile(`^( *)- (?:\{ *)?id: +([a-z0-9-]+)`)
)

// excerpt empties the lines of all criteria but one, so that the rest keeps its place. It is nil when the criteria are
// not a plain list of entries that begin with their id.
func excerpt(text []byte, id string) []byte {
	at := criteriaLine.FindIndex(text)
	if at == nil {
		return nil
	}
	end := bytes.IndexByte(text[at[1]:], '\n')
	if end < 0 || len(bytes.TrimSpace(text[at[1]:at[1]+end])) > 0 {
		return nil
	}
	start := at[1] + end + 1
	out := append(make([]byte, 0, len(text)), text[:start]...)
	indent, keep, inside := -1, false, true
	for line := range bytes.Lines(text[start:]) {
		width := len(line) - len(bytes.TrimLeft(line, " "))
		switch rest := bytes.TrimSpace(line); {
		case !inside || len(rest) == 0 || rest[0] == '#':
		case indent < 0 || width == indent && rest[0] == '-':
			m := itemLine.FindSubmatch(line)
			if m == nil {
				return nil
			}
			indent, keep = width, string(m[2]) == id
		case width <= indent:
			inside, keep = false, true
		}
		if keep {
			out = append(out, line...)
		} else {
			out = append(out, '\n')
		}
	}
	return out
}
