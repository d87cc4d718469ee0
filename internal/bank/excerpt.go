package bank

import "strings"

// one is a rubric read with only one of its criteria, for a prompt that lists few of many: most of the time that a
// prompt takes to load would go into criteria that it does not ask. Where the rubric is not sound it is read whole.
func (b *Bank) one(e *entry[Rubric], id string) *loaded[Rubric] {
	if e.whole.Load() {
		return e.load()
	}
	ref := e.id + "/" + id
	if had, ok := b.excerpts.Load(ref); ok {
		return had.(*loaded[Rubric])
	}
	got := e.load
	if root, ps := e.tree(); root != nil && len(ps) == 0 {
		if part := excerpt(root, id); part != nil {
			if r := fillFrom(&e.document, part, nil, (*reader).rubric); len(r.problems) == 0 {
				got = func() *loaded[Rubric] { return r }
			}
		}
	}
	r := got()
	b.excerpts.Store(ref, r)
	return r
}

// excerpt is the tree of a rubric with only one of its criteria, nil when it does not have just one under the id.
func excerpt(root *node, id string) *node {
	list := child(root, "criteria")
	if list == nil || list.kind != listNode {
		return nil
	}
	only := *list
	only.content = nil
	for _, c := range list.content {
		if got := child(c, "id"); got != nil && got.text == id {
			only.content = append(only.content, c)
		}
	}
	if len(only.content) != 1 {
		return nil
	}
	part := *root
	part.content = append([]*node(nil), root.content...)
	for i := 1; i < len(part.content); i += 2 {
		if part.content[i] == list {
			part.content[i] = &only
		}
	}
	return &part
}

// hasCriteria says that some line begins with that name, in quotes or not, and a colon.
func hasCriteria(text string) bool {
	const name = "criteria"
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return false
		}
		at := from + i
		from = at + len(name)
		before, after := text[:at], text[from:]
		before = before[strings.LastIndexByte(before, '\n')+1:]
		if len(after) > 0 && strings.IndexByte(`'"`, after[0]) >= 0 {
			after = after[1:]
		}
		if (before == "" || before == `"` || before == "'") && strings.HasPrefix(strings.TrimLeft(after, " \t"), ":") {
			return true
		}
	}
}
