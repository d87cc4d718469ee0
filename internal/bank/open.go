package bank

import "io/fs"

// Layer is one source of content; a later layer wins by id.
type Layer struct {
	Name             string // shown in messages before the file's path, "" for the built-in one
	Prompts, Rubrics fs.FS  // either may be nil
}

// Bank reads content on demand: nothing is parsed before it is asked for.
type Bank struct{ layers []Layer }

// New makes a bank of layers, lowest first.
func New(layers ...Layer) *Bank { return &Bank{layers} }

// Head is the first part of a prompt, enough to list it.
type Head struct {
	ID, Title, Track, Family, Framework, Deck string
	Phases                                    []string // ids, in order
	File                                      string
}

// Heads lists every prompt and card, by track, file and place in the file. It reads only the head of each file.
func (b *Bank) Heads() ([]Head, []Problem) { return nil, nil }

// Item returns one prompt or card, resolved. The error is a *NotFound or Problems.
func (b *Bank) Item(id string) (*Item, error) { return nil, nil }

// Deck returns the cards of a deck in order.
func (b *Bank) Deck(id string) ([]*Item, error) { return nil, nil }

// Framework returns a framework by id.
func (b *Bank) Framework(id string) (*Framework, error) { return nil, nil }

// Rubric returns a shared rubric by id.
func (b *Bank) Rubric(id string) (*Rubric, error) { return nil, nil }

// Check reads everything and returns every problem of form and reference, ordered by place, and all items that could be resolved.
func (b *Bank) Check() ([]*Item, []Problem) { return nil, nil }

// At is the place of a value inside the criterion: At("levels", 0, "say", 1).
func (c *Criterion) At(path ...any) Pos { return Pos{} }
