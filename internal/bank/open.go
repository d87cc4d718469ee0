package bank

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Layer is one source of content; a later layer wins by id.
type Layer struct {
	Name             string // shown in messages before the file's path, "" for the built-in one
	Prompts, Rubrics fs.FS  // either may be nil
}

// Bank reads content on demand: nothing is parsed before it is asked for, and a framework or rubric only once.
// It may be used by many goroutines.
type Bank struct {
	layers     []Layer // lowest first
	list       func() ([]*file, Problems)
	prompts    func() *shelf[Prompt] // the heads of all; a single prompt is found by its file's name
	frameworks func() *shelf[Framework]
	rubrics    func() *shelf[Rubric]
	words      func() (*words, Problems) // of the vocabularies for all
	excerpts   sync.Map                  // "rubric/criterion" to *loaded[Rubric]
	latest     atomic.Pointer[reading]   // the prompts asked for last
}

// reading is the prompts of some files. Whoever asks for one asks for it again, or for another card of its deck; older
// ones are let go, for the trees of a whole bank are large.
type reading struct {
	files []*file
	shelf *shelf[Prompt]
}

// open reads prompts out of files, once while no other files are asked for.
func (b *Bank) open(files []*file) *shelf[Prompt] {
	if last := b.latest.Load(); last != nil && slices.Equal(last.files, files) {
		return last.shelf
	}
	s := newShelf(files, (*reader).prompt)
	if len(files) > 0 {
		b.latest.Store(&reading{files, s})
	}
	return s
}

// New makes a bank of layers, lowest first.
func New(layers ...Layer) *Bank {
	b := &Bank{layers: layers}
	b.list = sync.OnceValues(func() ([]*file, Problems) { return list(layers) })
	b.prompts = sync.OnceValue(func() *shelf[Prompt] { return newShelf(b.files(kindPrompt), (*reader).prompt) })
	b.frameworks = sync.OnceValue(func() *shelf[Framework] { return newShelf(b.files(kindFramework), (*reader).framework) })
	b.rubrics = sync.OnceValue(func() *shelf[Rubric] { return newShelf(b.files(kindRubric), (*reader).rubric) })
	b.words = sync.OnceValues(func() (*words, Problems) { return vocabularies(b.rubrics()) })
	return b
}

// BuiltIn says that no layer of anybody's own lies over the built-in one.
func (b *Bank) BuiltIn() bool {
	return !slices.ContainsFunc(b.layers, func(l Layer) bool { return l.Name != "" })
}

func (b *Bank) files(k kind) (files []*file) {
	all, _ := b.list()
	for _, f := range all {
		if f.kind == k {
			files = append(files, f)
		}
	}
	return files
}

// Head is the first part of a prompt, enough to list it.
type Head struct {
	ID, Title, Track, Family, Framework, Deck string
	Phases                                    []string // ids, in order
	File                                      string
	Locus                                     string // of a card, where DeckOf lists it
}

// Heads lists every prompt and card, by track, file and place in the file. It reads only the head of each file.
// What cannot be listed is among the problems and does not keep the others out.
func (b *Bank) Heads() ([]Head, []Problem) {
	s := b.prompts()
	_, ps := b.list()
	ps = append(slices.Clone(ps), s.problems...)
	var heads []Head
	for _, e := range s.ordered() {
		h := e.head
		f, broken := b.frameworkOf(e)
		ps, h.Phases = append(ps, broken...), phaseIDs(f)
		heads = append(heads, h)
	}
	return heads, order(ps)
}

// frameworkOf is the framework that a prompt's head names, an empty one where there is none.
func (b *Bank) frameworkOf(e *entry[Prompt]) (*Framework, Problems) {
	f := b.frameworks().byID[e.head.Framework]
	switch {
	case f != nil:
		return &f.load().value, f.load().problems
	case e.head.Framework == "":
		return &Framework{}, e.load().problems
	}
	return &Framework{}, Problems{b.noFramework(e.head.Framework, e.load().at("framework"))}
}

// Item returns one prompt or card, resolved. The error is a *NotFound or Problems.
func (b *Bank) Item(id string) (*Item, error) {
	e, ps := b.prompt(id)
	if e == nil && len(ps) == 0 {
		if e = b.prompts().byID[id]; e == nil {
			return nil, &NotFound{string(kindPrompt), id, near(id, b.ids())}
		}
	}
	if len(ps) > 0 {
		return nil, ps
	}
	together(func() { e.load() }, func() { b.words() }, func() { b.frameworks() })
	it, ps := b.resolve(e.load())
	if len(ps) > 0 {
		return nil, Problems(order(ps))
	}
	return it, nil
}

// prompt finds the document of an id by the name of its file, from the highest layer down.
func (b *Bank) prompt(id string) (*entry[Prompt], Problems) {
	var broken Problems
	files := b.files(kindPrompt)
	for layer := len(b.layers) - 1; layer >= 0; layer-- {
		var named []*file
		for _, f := range files {
			if f.layer == layer && (f.base == id || strings.HasPrefix(id, f.base+"-")) {
				named = append(named, f)
			}
		}
		s := b.open(named)
		if e := s.byID[id]; e != nil {
			return e, s.twice(id)
		}
		broken = append(broken, s.problems...)
	}
	return nil, broken
}

// ids are those of all prompts, cards and decks.
func (b *Bank) ids() []string {
	ids := map[string]bool{}
	for _, e := range b.prompts().entries {
		ids[e.id], ids[e.deck] = true, true
	}
	delete(ids, "")
	return slices.Sorted(maps.Keys(ids))
}

// Deck returns the cards of a deck in order. A deck that stands in several layers has the cards of all of them, each
// from the highest. The error is a *NotFound or the Problems of some cards, beside those that are sound.
func (b *Bank) Deck(id string) ([]*Item, error) {
	var named []*file
	for _, f := range b.files(kindPrompt) {
		if f.base == id {
			named = append(named, f)
		}
	}
	s := b.open(named)
	ps := slices.Clone(s.problems)
	var cards []*Item
	for _, e := range s.ordered() {
		if e.deck == "" {
			continue
		}
		it, broken := b.resolve(e.load())
		if len(broken) == 0 {
			cards = append(cards, it)
		}
		ps = append(ps, broken...)
	}
	if len(cards) == 0 && len(ps) == 0 {
		return nil, &NotFound{"deck", id, near(id, b.ids())}
	}
	return cards, Problems(order(ps)).err()
}

// Framework returns a framework by id. The error is a *NotFound or Problems.
func (b *Bank) Framework(id string) (*Framework, error) {
	return get(b.frameworks(), kindFramework, id)
}

// Rubric returns a shared rubric by id. The error is a *NotFound or Problems.
func (b *Bank) Rubric(id string) (*Rubric, error) {
	return get(b.rubrics(), kindRubric, id)
}

func get[T any](s *shelf[T], k kind, id string) (*T, error) {
	e := s.byID[id]
	if e == nil {
		return nil, &NotFound{string(k), id, near(id, s.ids())}
	}
	got := e.load()
	if len(got.problems) > 0 {
		return nil, got.problems
	}
	value := got.value
	return &value, nil
}

// Frameworks lists every framework by id. The error is the Problems of those that are broken.
func (b *Bank) Frameworks() ([]Framework, error) {
	s := b.frameworks()
	ps := slices.Clone(s.problems)
	var list []Framework
	for _, id := range s.ids() {
		got := s.byID[id].load()
		ps = append(ps, got.problems...)
		list = append(list, got.value)
	}
	return list, Problems(order(ps)).err()
}
