package bank

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
)

// shelf has the documents of one kind by id; each is parsed when it is first asked for.
type shelf[T any] struct {
	entries  []*entry[T]          // all, lowest layer first, by path, by place
	byID     map[string]*entry[T] // the one of the highest layer, there the first
	problems Problems             // of documents whose head cannot be read
}

// entry is a document under its id; one without an id that can be read goes by the name of its file.
type entry[T any] struct {
	document
	id    string
	head  Head // empty when it cannot be read
	tree  func() (*node, Problems)
	load  func() *loaded[T]
	whole atomic.Bool // load has been called
}

// loaded is a parsed document. With problems the value is what could be read.
type loaded[T any] struct {
	place
	value    T
	problems Problems
}

// fill reads a value out of a document's tree.
type fill[T any] func(r *reader, n *node, to *T, d *document)

func newShelf[T any](files []*file, read fill[T]) *shelf[T] {
	s := &shelf[T]{byID: map[string]*entry[T]{}}
	type opened struct {
		entries  []*entry[T]
		problems Problems
	}
	all := make([]opened, len(files))
	OnAllCores(len(files), func(i int) { // read side by side, then taken in order
		if d, ok := files[i].peek(); ok && len(files) > 1 {
			all[i].entries = []*entry[T]{newEntry(d, read)}
			return
		}
		docs, ps := files[i].documents()
		all[i].problems = ps
		for _, d := range docs {
			all[i].entries = append(all[i].entries, newEntry(d, read))
		}
		if len(docs) == 0 {
			broken := &loaded[T]{place: place{file: files[i].shown}, problems: ps}
			all[i].entries = []*entry[T]{{document: document{file: files[i]}, id: files[i].base, load: func() *loaded[T] { return broken },
				tree: func() (*node, Problems) { return nil, ps }}}
		}
	})
	for _, o := range all {
		s.problems = append(s.problems, o.problems...)
		for _, e := range o.entries {
			s.add(e)
		}
	}
	return s
}

func (s *shelf[T]) add(e *entry[T]) {
	s.entries = append(s.entries, e)
	if e.head.ID == "" {
		s.problems = append(s.problems, e.load().problems...)
		if e.deck != "" {
			return
		}
	}
	if had := s.byID[e.id]; had == nil || had.layer < e.layer {
		s.byID[e.id] = e
	}
}

func newEntry[T any](d document, read fill[T]) *entry[T] {
	e := &entry[T]{document: d}
	e.tree = sync.OnceValues(e.document.tree)
	e.load = sync.OnceValue(func() *loaded[T] {
		defer e.whole.Store(true)
		root, ps := e.tree()
		return fillFrom(&e.document, root, ps, read)
	})
	head, sure := scan(d.text)
	if !sure || !isID(head.ID) || d.kind == kindPrompt && (head.Title == "" || head.Track == "" || head.Framework == "") {
		head = headOf(e.load().node)
	}
	e.id = cmp.Or(head.ID, d.base)
	if e.head = head; head.ID != "" && d.kind == kindPrompt {
		e.head.Deck, e.head.File = d.deck, d.shown
		e.head.Family = cmp.Or(d.deck, head.Family, head.ID)
	}
	return e
}

// headOf is the head of a parsed document, empty without a good id.
func headOf(n *node) (h Head) {
	for _, key := range headKeys {
		if got := child(n, key); got != nil && got.kind == scalarNode && !got.null {
			*h.field(key) = got.text
		}
	}
	if !isID(h.ID) {
		return Head{}
	}
	return h
}

func load[T any](d *document, read fill[T]) *loaded[T] {
	root, ps := d.tree()
	return fillFrom(d, root, ps, read)
}

// tree is the whole document, parsed.
func (d *document) tree() (*node, Problems) {
	if ps := d.whole(); len(ps) > 0 {
		return nil, ps
	}
	return d.parse()
}

// fillFrom reads the value out of a tree, which had problems.
func fillFrom[T any](d *document, root *node, ps Problems, read fill[T]) *loaded[T] {
	got := &loaded[T]{place: place{d.shown, root}}
	if root == nil || root.kind != fieldsNode {
		got.problems = ps
		return got
	}
	r := &reader{file: d.shown, problems: ps}
	read(r, root, &got.value, d)
	got.problems = order(r.problems)
	return got
}

// ordered are the documents that count, by track, then by file and place of the lowest layer that has the id.
func (s *shelf[T]) ordered() []*entry[T] {
	first := map[string]*entry[T]{}
	var ids []string
	for _, e := range s.entries {
		if s.byID[e.id] != nil && first[e.id] == nil {
			first[e.id] = e
			ids = append(ids, e.id)
		}
	}
	slices.SortStableFunc(ids, func(a, b string) int {
		x, y := first[a], first[b]
		return cmp.Or(cmp.Compare(s.byID[a].head.Track, s.byID[b].head.Track), cmp.Compare(x.path, y.path), cmp.Compare(x.layer, y.layer), cmp.Compare(x.before, y.before))
	})
	var winners []*entry[T]
	for _, id := range ids {
		if e := s.byID[id]; e.head.ID != "" {
			winners = append(winners, e)
		}
	}
	return winners
}

// twice says where else an id stands that has several documents in one layer; no ids given means all.
func (s *shelf[T]) twice(ids ...string) (ps Problems) {
	type key struct {
		layer int
		id    string
	}
	same := map[key][]*entry[T]{}
	for _, e := range s.entries {
		if e.head.ID != "" && (len(ids) == 0 || slices.Contains(ids, e.id)) {
			k := key{e.layer, e.id}
			same[k] = append(same[k], e)
		}
	}
	for k, es := range same {
		for i, e := range es {
			if len(es) > 1 {
				other := es[(i+1)%len(es)].load().at("id")
				ps = append(ps, Problem{Pos: e.load().at("id"), Msg: fmt.Sprintf("id %q stands twice, also at %s", k.id, other)})
			}
		}
	}
	return order(ps)
}

func (s *shelf[T]) ids() (ids []string) {
	for id := range s.byID {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
