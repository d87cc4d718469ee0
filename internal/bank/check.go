package bank

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Check reads everything and returns every problem of form and reference, ordered by place, and all items that could
// be resolved, ordered as Heads are. Documents that a higher layer overrides are held to their form only.
func (b *Bank) Check() ([]*Item, []Problem) {
	_, ps := b.list()
	ps = slices.Clone(ps)
	ps = append(ps, checkShelf(b.prompts())...)
	ps = append(ps, checkShelf(b.frameworks())...)
	ps = append(ps, checkShelf(b.rubrics())...)
	ps = append(ps, b.checkDecks()...)
	ps = append(ps, b.checkFrameworks()...)
	ps = append(ps, b.checkRubrics()...)
	ps = append(ps, b.checkVocabularies()...)

	winners := b.prompts().ordered()
	found := make([]*Item, len(winners))
	wrong := make([]Problems, len(winners))
	OnAllCores(len(winners), func(i int) {
		p := winners[i].load()
		if it, broken := b.resolve(p); len(broken) == 0 {
			found[i] = it
		} else {
			wrong[i] = broken
		}
		wrong[i] = append(wrong[i], b.concepts(p.value.Criteria)...)
	})
	items := slices.DeleteFunc(found, func(it *Item) bool { return it == nil })
	return items, order(append(ps, slices.Concat(wrong...)...))
}

// checkShelf parses all documents and says which ids stand twice or override.
func checkShelf[T any](s *shelf[T]) Problems {
	OnAllCores(len(s.entries), func(i int) { s.entries[i].load() })
	ps := append(slices.Clone(s.problems), s.twice()...)
	below := map[string]*entry[T]{}
	for _, e := range s.entries {
		ps = append(ps, e.load().problems...)
		if e.head.ID == "" {
			continue
		}
		if had := below[e.id]; had != nil && had.layer < e.layer {
			ps = append(ps, Problem{Pos: e.load().at("id"), Msg: fmt.Sprintf("overrides %s", had.load().at("id")), Note: true})
		}
		below[e.id] = e
	}
	return ps
}

// checkDecks holds that prompts and decks share one namespace.
func (b *Bank) checkDecks() (ps Problems) {
	decks := map[string]*file{}
	for _, e := range b.prompts().entries {
		had := decks[e.deck]
		switch {
		case e.deck == "" || had == e.file:
			continue
		case !isID(e.deck):
			ps = append(ps, Problem{Pos: Pos{File: e.shown}, Msg: "a deck is named by its file: want lower-case words with hyphens before .yaml"})
		case had != nil && had.layer == e.layer:
			ps = append(ps, Problem{Pos: Pos{File: e.shown}, Msg: fmt.Sprintf("deck %q stands twice, also in %s", e.deck, printable(had.shown))})
		}
		decks[e.deck] = e.file
	}
	for _, e := range b.prompts().entries {
		if deck := decks[e.id]; deck != nil && e.head.ID != "" {
			ps = append(ps, Problem{Pos: e.load().at("id"), Msg: fmt.Sprintf("id %q is the name of a deck, %s: prompts and decks share one namespace", e.id, printable(deck.shown))})
		}
	}
	return ps
}

// checkFrameworks holds what a framework lists, also when no prompt uses it.
func (b *Bank) checkFrameworks() (ps Problems) {
	common, _ := b.words()
	for _, e := range b.frameworks().byID {
		f := e.load()
		s := &sharing{bank: b, framework: &f.value, common: common, taken: map[string]string{}}
		s.add(f.place, f.value.Rubrics, frameworkName(&f.value))
		s.add(f.place, f.value.Generic, "")
		ps = append(ps, s.problems...)
		ps = append(ps, b.checkWalk(f)...)
	}
	return ps
}

// checkWalk holds that a framework walks past decks that are there.
func (b *Bank) checkWalk(f *loaded[Framework]) (ps Problems) {
	decks := map[string]bool{}
	for _, e := range b.prompts().entries {
		decks[e.deck] = true
	}
	for _, id := range f.value.Walk {
		if !decks[id] || id == "" {
			ps = append(ps, Problem{Pos: f.at("walk"), Msg: fmt.Sprintf("walk: no deck %q%s", id, nearest(near(id, slices.Sorted(maps.Keys(decks)))))})
		}
	}
	return ps
}

// checkRubrics holds what a rubric's criteria refer to, also when nobody lists them.
func (b *Bank) checkRubrics() (ps Problems) {
	phases := map[string]bool{}
	for _, e := range b.frameworks().byID {
		if len(e.load().problems) > 0 {
			phases = nil
			break
		}
		for _, id := range phaseIDs(&e.load().value) {
			phases[id] = true
		}
	}
	for _, e := range b.rubrics().byID {
		criteria := e.load().value.Criteria
		ps = append(ps, b.concepts(criteria)...)
		for i := range criteria {
			if c := &criteria[i]; len(phases) > 0 && c.Phase != "" && !phases[c.Phase] {
				ps = append(ps, Problem{Pos: c.At("phase"), Msg: fmt.Sprintf("criterion %q: no framework has a phase %q%s", c.ID, c.Phase, nearest(near(c.Phase, slices.Sorted(maps.Keys(phases)))))})
			}
		}
	}
	return ps
}

// concepts holds that the card exists that teaches a criterion.
func (b *Bank) concepts(criteria []Criterion) (ps Problems) {
	s := b.prompts()
	for i := range criteria {
		c := &criteria[i]
		if c.Concept == "" || !isID(c.Concept) || s.hidden(c.Concept) {
			continue
		}
		if e := s.byID[c.Concept]; e == nil || e.deck == "" {
			ps = append(ps, Problem{Pos: c.At("concept"), Msg: fmt.Sprintf("concept: no card %q%s", c.Concept, nearest(near(c.Concept, s.cards())))})
		}
	}
	return ps
}

// hidden reports whether the id may be of a card that cannot be read, which is a problem of its own.
func (s *shelf[T]) hidden(id string) bool {
	return slices.ContainsFunc(s.entries, func(e *entry[T]) bool {
		return e.head.ID == "" && strings.HasPrefix(id, e.base+"-")
	})
}

func (s *shelf[T]) cards() (ids []string) {
	for id, e := range s.byID {
		if e.deck != "" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// checkVocabularies holds that no name has two meanings for all in one layer.
func (b *Bank) checkVocabularies() (ps Problems) {
	type name struct {
		layer int
		text  string
	}
	first := map[name]Pos{}
	for _, e := range b.rubrics().entries {
		r := e.load()
		if len(r.value.Criteria) > 0 {
			continue
		}
		for _, text := range slices.Sorted(maps.Keys(r.value.Vocab)) {
			n, at := name{e.layer, text}, r.keyAt("vocab", text)
			if had, ok := first[n]; ok {
				ps = append(ps, Problem{Pos: at, Msg: fmt.Sprintf("vocab: %q is a name for all already, at %s", text, had)})
			} else {
				first[n] = at
			}
		}
	}
	return ps
}
