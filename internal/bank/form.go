package bank

import (
	"reflect"
	"slices"
	"strings"
)

// This file holds the rules of form that need nothing but the document itself.

func (r *reader) prompt(n *node, p *Prompt, d *document) {
	r.value(n, valueOf(p), string(kindPrompt))
	r.headFirst(n, indexOf(reflect.TypeFor[Prompt]()))
	r.criteria(child(n, "criteria"), p.Criteria)
	r.trial(child(n, "trial"), &p.Trial)
	p.Deck = d.deck
	id := child(n, "id")
	switch {
	case id == nil || p.ID == "":
	case d.deck == "" && p.ID != d.base:
		r.say(id, "id %q in a file named %s.yaml: a prompt's file has the name of its id", p.ID, d.base)
	case d.deck != "" && isID(d.deck) && !strings.HasPrefix(p.ID, d.deck+"-"):
		r.say(id, "card %q of the deck %q: its id begins with %q", p.ID, d.deck, d.deck+"-")
	}
	if family := child(n, "family"); d.deck != "" {
		if family != nil && p.Family != "" && p.Family != d.deck {
			r.say(family, "family %q: the family of a card is its deck, %q", p.Family, d.deck)
		}
		p.Family = d.deck
	} else if family == nil {
		p.Family = p.ID
	}
}

func (r *reader) framework(n *node, f *Framework, _ *document) {
	r.value(n, valueOf(f), string(kindFramework))
	r.headFirst(n, indexOf(reflect.TypeFor[Framework]()))
	r.unique(child(n, "ladder"), func(n *node) *node { return n })
	phases := child(n, "phases")
	r.unique(phases, func(n *node) *node { return child(n, "id") })
	for i := range f.Phases {
		r.piece(child(phases.content[i], "piece"), steps, "piece")
	}
	if child(n, "share") == nil {
		f.Share = defaultShare
	}
}

// defaultShare is the part of the judged weight that a rung needs where a framework does not say.
const defaultShare = 0.7

func (r *reader) rubric(n *node, b *Rubric, _ *document) {
	r.value(n, valueOf(b), string(kindRubric))
	r.headFirst(n, indexOf(reflect.TypeFor[Rubric]()))
	r.criteria(child(n, "criteria"), b.Criteria)
	switch criteria := child(n, "criteria"); {
	case criteria != nil && criteria.kind == listNode && len(criteria.content) == 0:
		r.say(criteria, "criteria is empty: leave it out for a vocabulary")
	case criteria == nil && child(n, "vocab") == nil:
		r.say(n, "neither criteria nor vocab")
	}
}

// headFirst holds what listing relies on: the keys of the head stand first and in order.
func (r *reader) headFirst(n *node, fields map[string]int) {
	if n.kind != fieldsNode {
		return
	}
	last, before := -1, ""
	for i := 0; i < len(n.content); i += 2 {
		key := n.content[i]
		rank := slices.Index(headKeys, key.text)
		switch _, known := fields[key.text]; {
		case !known || child(n, key.text) != n.content[i+1]: // a problem of its own
			continue
		case rank < 0:
			rank = len(headKeys)
		case rank < last:
			r.say(key, "%s stands after %s: the head comes first, in the order %s", key.text, before, strings.Join(headKeys, ", "))
			return
		}
		last, before = rank, key.text
	}
}

func (r *reader) criteria(list *node, criteria []Criterion) {
	if list == nil || list.kind != listNode {
		return
	}
	r.unique(list, func(n *node) *node { return child(n, "id") })
	for i := range criteria {
		n, c := list.content[i], &criteria[i]
		c.place = place{r.file, n}
		if child(n, "weight") == nil {
			c.Weight = 1
		}
		levels := child(n, "levels")
		if levels == nil || levels.kind != listNode {
			continue
		}
		r.unique(levels, func(n *node) *node { return child(n, "name") })
		for j := range c.Levels {
			r.level(levels.content[j], &c.Levels[j])
		}
	}
}

// level holds that a rung is reached in exactly one way.
func (r *reader) level(n *node, l *Level) {
	if n.kind != fieldsNode {
		return
	}
	var ways []string
	for _, way := range []string{"say", "edge", "trial"} {
		if got := child(n, way); got != nil {
			ways = append(ways, way)
			if got.kind == listNode && len(got.content) == 0 || got.kind == scalarNode && !got.null && strings.TrimSpace(got.text) == "" {
				r.say(got, "%s is empty", way)
			}
		}
	}
	r.piece(child(n, "trial"), trialPieces, "trial")
	say, need, calc := child(n, "say"), child(n, "need"), child(n, "calc")
	switch {
	case len(ways) != 1:
		have := strings.Join(ways, " and ")
		if have == "" {
			have = "none"
		}
		r.say(n, "level %q: want exactly one of say, edge, trial, have %s", l.Name, have)
	case need != nil && say == nil:
		r.say(need, "need counts the claims of say, and %s has none", ways[0])
	case calc != nil && say == nil:
		r.say(calc, "calc goes with say, not with %s", ways[0])
	case l.Need > len(l.Say) && len(l.Say) > 0:
		r.say(need, "need is %d, but say has only %d", l.Need, len(l.Say))
	}
	if need == nil {
		l.Need = 1
	}
}

// unique refuses an entry of a list whose name another one has.
func (r *reader) unique(list *node, name func(*node) *node) {
	if list == nil || list.kind != listNode {
		return
	}
	seen := map[string]*node{}
	for _, entry := range list.content {
		n := name(entry)
		if n == nil || n.kind != scalarNode || n.text == "" {
			continue
		}
		if first := seen[n.text]; first != nil {
			r.say(n, "%q stands twice, first in line %d", n.text, first.line)
			continue
		}
		seen[n.text] = n
	}
}
