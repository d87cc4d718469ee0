package bank

// place is a value in a file. It keeps the parsed tree instead of a table of positions: hardly any are ever asked for.
type place struct {
	file string
	node *node
}

// origin says where a criterion comes from and what its claims may refer to.
type origin struct {
	place
	rubric string // the rubric it comes from, "" for a prompt's own
	topic  []string
	words  *words
}

// words are the names that claims may use.
type words struct {
	text map[string]string
	from []place // documents with a vocab, the one that wins first
}

// At is the place of a value inside the criterion: At("levels", 0, "say", 1). For a text that is its first character,
// after the quote; for a block of text the sign that opens it. Where the path ends early, it is what was found last.
func (c *Criterion) At(path ...any) Pos { return c.place.at(path...) }

// Rubric is the id of the rubric that the criterion comes from, "" for a prompt's own.
func (c *Criterion) Rubric() string { return c.rubric }

// Topic is the topic of the criterion's rubric, or of the prompt for its own criteria.
func (c *Criterion) Topic() []string { return c.topic }

// Vocab has every name that the criterion's claims may use: those of its rubric or prompt over the vocabularies for all.
// It is shared and must not be changed.
func (c *Criterion) Vocab() map[string]string {
	if c.words == nil {
		return nil
	}
	return c.words.text
}

// VocabAt is the place of the text that Vocab has under a name.
func (c *Criterion) VocabAt(name string) Pos {
	if c.words == nil {
		return Pos{}
	}
	for _, p := range c.words.from {
		if vocab := child(p.node, "vocab"); vocab != nil && child(vocab, name) != nil {
			return p.at("vocab", name)
		}
	}
	return Pos{}
}

// At is the place of a value inside the prompt: At("topic", 0), At("vocab", "code"), At("model", "requirements").
func (it *Item) At(path ...any) Pos { return it.place.at(path...) }

func (p place) at(path ...any) Pos {
	n := p.node
	if n == nil {
		return Pos{File: p.file}
	}
	for _, step := range path {
		next := follow(n, step)
		if next == nil {
			break
		}
		n = next
	}
	return position(p.file, n)
}

// keyAt is the place of a key.
func (p place) keyAt(parent, key string) Pos {
	if n := child(p.node, parent); n != nil && n.kind == fieldsNode {
		for i := 0; i < len(n.content); i += 2 {
			if n.content[i].text == key {
				return position(p.file, n.content[i])
			}
		}
	}
	return p.at(parent)
}

func follow(n *node, step any) *node {
	switch s := step.(type) {
	case string:
		return child(n, s)
	case int:
		if n.kind == listNode && s >= 0 && s < len(n.content) {
			return n.content[s]
		}
	}
	return nil
}

// child is the value under a key, nil when there is none.
func child(n *node, key string) *node {
	if n == nil || n.kind != fieldsNode {
		return nil
	}
	for i := 0; i+1 < len(n.content); i += 2 {
		if n.content[i].text == key {
			return n.content[i+1]
		}
	}
	return nil
}

func position(file string, n *node) Pos {
	pos := Pos{file, int(n.line), int(n.col)}
	if n.quoted {
		pos.Col++
	}
	return pos
}
