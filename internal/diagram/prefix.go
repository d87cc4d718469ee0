package diagram

import "strings"

// Handwritten chains run on into sentences: "client -> LB -> api -> DB. On a
// miss -> fill the cache -> 200". What stands before the first side that is no
// name is a drawing of its own if it is long enough to leave no doubt.
const (
	prefixSides = 3 // sides at least
	prefixParts = 2 // names among them that say a part of a system
)

// prefix returns the beginning of a chain that consists of names, and whether
// it counts.
func (s *scanner) prefix(c chain) (chain, bool) {
	out := chain{start: c.start, end: c.end, lead: c.lead, rest: true}
	for i, side := range c.sides {
		names, whole := leadingNames(side)
		if len(names) == 0 {
			break
		}
		if i > 0 {
			out.ops = append(out.ops, c.ops[i-1])
		}
		out.sides = append(out.sides, names)
		if !whole {
			break
		}
	}
	n := len(out.sides)
	if n < prefixSides {
		return c, false
	}
	if n < len(c.sides) {
		out.end = c.ops[n-1].at
	}
	parts := 0
	for _, side := range out.sides {
		for _, name := range side {
			if s.known[name.id] || namesPart(name.text) && !namesState(name.text) {
				parts++
			}
		}
	}
	return out, parts >= prefixParts && s.counts(out)
}

// leadingNames are the names of a side up to the first that is none; of that
// one what stands before a full stop, a semicolon, a colon or a bracket is
// taken, if it is a name. whole says that nothing was cut.
func leadingNames(side []name) (names []name, whole bool) {
	for _, n := range side {
		if isName(n.text) {
			names = append(names, n)
			continue
		}
		text := n.text
		if strings.HasPrefix(text, "(") {
			_, text, _ = strings.Cut(text, ")")
		}
		for _, end := range []string{". ", "; ", ": ", " (", ") "} {
			text, _, _ = strings.Cut(text, end)
		}
		if text = cleanName(text); isName(text) {
			return append(names, name{text, fold(text)}), strings.HasPrefix(n.text, "(") && strings.HasSuffix(n.text, text)
		}
		return names, false
	}
	return names, true
}
