package trial

import (
	"regexp"
	"slices"
	"strconv"
)

// Orders that name no range: by a sum of indexes, by a list of cells, by a direction in words.

// sum reads "i + j" or "j - i" from here.
func (s *sequence) sum() (axis, bool) {
	if s.at+2 >= len(s.nodes) || !s.isName(s.at) || !s.isName(s.at+2) || !s.nodes[s.at+1].is("+", "-") {
		return axis{}, false
	}
	x := axis{pair: [2]string{s.nodes[s.at].text, s.nodes[s.at+2].text}, minus: s.nodes[s.at+1].is("-")}
	s.at += 3
	return x, true
}

// bySum reads "by i + j, ascending" and "k = i + j = 2, …, m + n" from the sum on.
func (s *sequence) bySum() ([]axis, bool) {
	begin := s.at
	x, ok := s.sum()
	if !ok {
		return nil, false
	}
	back := func(words ...string) bool { return begin > 0 && s.nodes[begin-1].is(words...) }
	k := s.at
	if k < len(s.nodes) && s.nodes[k].is(",") {
		k++
	}
	switch {
	case k < len(s.nodes) && (s.nodes[k].is(rising...) || s.nodes[k].is(falling...)):
		x.down, s.at = s.nodes[k].is(falling...), k+1
	case (begin == 0 || back("=", ":")) && k < len(s.nodes) && s.nodes[k].is("=", "from", "in"):
		s.at = k + 1
		over, _, down, ok := s.extent(nil)
		if x.down = down || ok && mentions(over, "__downto"); !ok {
			s.at = k
		}
	case begin > 0 && !back("by", "of"):
		s.at = begin
		return nil, false
	}
	return []axis{x}, true
}

// nested is the rank of a loop that is said to be the outer or the inner one, beside it.
func (s *sequence) nested(begin int) int {
	outer, inner := []string{"outer", "outside", "outermost"}, []string{"inner", "inside", "innermost"}
	rank := func(n *node) int {
		switch {
		case n.is(outer...):
			return -1
		case n.is(inner...):
			return 1
		case n.group && len(n.kids) > 0 && index(n.kids, 0, outer...) >= 0:
			return -1
		case n.group && len(n.kids) > 0 && index(n.kids, 0, inner...) >= 0:
			return 1
		}
		return 0
	}
	for k := s.at; k < len(s.nodes) && k < s.at+4 && !s.stops(k) && !s.nodes[k].is(",", "and", "then"); k++ {
		if r := rank(&s.nodes[k]); r != 0 {
			return r
		}
	}
	for k := begin; k < s.at && k < begin+3; k++ { // i outer from 1 to n
		if r := rank(&s.nodes[k]); r != 0 {
			return r
		}
	}
	for k := begin - 1; k >= 0 && k > begin-4 && !s.stops(k) && !s.nodes[k].is(",", "and"); k-- {
		if r := rank(&s.nodes[k]); r != 0 {
			return r
		}
	}
	return 0
}

// wholly reads an order that is nothing but a range, or a list of cells.
func (s *sequence) wholly() {
	if s.cells(); len(s.axes) > 0 || len(s.nodes) == 0 {
		return
	}
	s.at = 0
	if over, from, down, ok := s.extent(nil); ok && !mentionsAny(over, places) && !mentionsAny(from, places) {
		s.axes = []axis{{over: over, from: from, down: down, first: &s.nodes[0], last: &s.nodes[max(0, s.at-1)]}}
	}
}

// cells reads "dp[0], dp[1], …, dp[n]" and "(0,0), (0,1), …, (m,n)".
func (s *sequence) cells() {
	var list []*node
	run, begin := -1, 0
	for i := range s.nodes {
		n := &s.nodes[i]
		if n.is("..") || n.is("so") && i+1 < len(s.nodes) && s.nodes[i+1].is("on") {
			run = len(list)
		}
		cell := n.group && n.text != "{" && len(n.kids) > 0 && (i == 0 || n.pre != "" && n.text == "(" || i > 0 && s.nodes[i-1].kind == word && n.pre == "")
		if cell && (run < 0 || run == len(list)) {
			if len(list) == 0 {
				begin = i
			}
			list = append(list, n)
		}
		if run >= 0 && len(list) > run {
			break
		}
	}
	if run < 2 || len(list) != run+1 {
		return
	}
	first, second, last := split(list[0].kids, ","), split(list[1].kids, ","), split(list[run].kids, ",")
	if len(first) != len(second) || len(first) != len(last) || len(first) > 2 {
		return
	}
	axes := make([]axis, len(first))
	for k := range first {
		if len(first[k]) == 0 || len(second[k]) == 0 || len(last[k]) == 0 {
			return
		}
		call := "__to"
		if isNumber(last[k]) && !isNumber(first[k]) || below(first[k], second[k]) {
			call = "__downto"
		}
		args := append(append(slices.Clone(first[k]), put(list[0], sign, ",")), last[k]...)
		axes[k] = axis{over: []node{put(list[0], word, "__i"), put(list[0], word, "in"), put(list[0], word, call), wrap("(", args, list[0])}, name: "__c" + strconv.Itoa(k)}
		axes[k].first, axes[k].last = &s.nodes[max(0, begin-1)], list[run]
	}
	if len(axes) == 2 && spelledOut(first[0]) != spelledOut(second[0]) { // column by column
		axes[0].rank, axes[1].rank = 1, -1
	}
	s.axes = axes
}

// leads may stand before the first value of a range.
var leads = []string{"index", "indices", "position", "house", "houses", "item", "items", "amount", "amounts", "cell", "row", "rows", "column", "columns", "capacity", "capacities", "length", "i", "the", "a"}

// withoutLeads leaves out words before the first value of a range, and "then" inside it.
func withoutLeads(nodes []node) (out []node) {
	for len(nodes) > 1 && nodes[0].is(leads...) && (nodes[1].kind == number || nodes[1].kind == word && !glue[nodes[1].text]) && !nodes[1].group {
		nodes = nodes[1:]
	}
	for i := range nodes {
		if !nodes[i].is("then") {
			out = append(out, nodes[i])
		}
	}
	return out
}

// sumLoop is the head of a loop over two indexes by their sum or difference.
func (a *answer) sumLoop(x *axis, at *node) ([]node, error) {
	p, q := slices.Index(a.index, x.pair[0]), slices.Index(a.index, x.pair[1])
	if p < 0 || q < 0 || p == q {
		return nil, &fault{at.line, at.col, x.pair[0] + " and " + x.pair[1] + " are no indexes of the relation"}
	}
	sign := map[bool]string{true: "-", false: "+"}[x.minus]
	sums := "sorted([__x " + sign + " __y for __x in __all" + strconv.Itoa(p) + " for __y in __all" + strconv.Itoa(q) + "])"
	if x.down {
		sums = "reversed(" + sums + ")"
	}
	text := "for (" + x.pair[0] + ", " + x.pair[1] + ") in [(__x, __y) for __s in " + sums + " for __x in __all" + strconv.Itoa(p) + " for __y in __all" + strconv.Itoa(q) + " if __x " + sign + " __y == __s]:"
	tokens := lex(text, at.line, at.col)
	for i := range tokens {
		tokens[i].line, tokens[i].col, tokens[i].off, tokens[i].end = at.line, at.col, at.off, at.end
	}
	nodes, _ := nest(tokens)
	return nodes, nil
}

// memo says that recursion finds the order.
var memo = pattern(`(?i)\bmemo(?:s|\b|[a-z]+)|\b(?:cache[sd]?|caching|lru_cache)\b|\btop[- ]?down\b|\b(?:lazily|on demand)\b|\brecurs(?:ion|ive|ively|es?)\b|\bcalls?\b|\bDFS\b|\bdepth[- ]first\b`)

// inWords are directions that name no index: of each index, whether it falls; nil for what needs no direction.
var inWords = []struct {
	said func() *regexp.Regexp
	down []bool
	swap bool
}{
	{pattern(`(?i)\banti-?diagonals?\b|\bdiagonals?\b`), nil, false},
	{pattern(`(?i)\bbottom[- ](?:right|row)\b.*\b(?:up|top|left)|\bfrom (?:the )?(?:bottom[- ]right|lower[- ]right)\b|\blast row\b.*\bfirst\b|\brows? (?:from )?(?:the )?bottom (?:up|to top)|\bbottom to top\b|\bboth (?:ind(?:ices|exes) )?(?:are )?(?:going )?(?:down|backwards?|descending|decreasing|decrease|fall)\b`), []bool{true, true}, false},
	{pattern(`(?i)\b(?:right to left|back to front|last to first|end to (?:the )?(?:start|beginning|front)|backwards?|from the (?:end|back|right|last)|from the last [a-z]+ (?:to|back)|(?:in )?reversed?(?: order)?|(?:short|small)(?:er|est)? suffix(?:es)? (?:first|before|to))\b`), []bool{true}, false},
	{pattern(`(?i)\bcolumn by column\b|\bcolumn-wise\b|\bcolumn[- ]major\b`), []bool{false, false}, true},
	{pattern(`(?i)\brow by row\b|\bboth (?:counting|running|counted) (?:up|upwards?)\b|\brow[- ]wise\b|\brow[- ]major\b|\btop[- ]left\b|\btop to bottom\b|\blexicographic(?:al|ally)?\b|\bboth (?:ind(?:ices|exes) )?(?:are )?(?:going )?(?:up|ascending|increasing|increase|forwards?|grow|rise)\b`), []bool{false, false}, false},
	{pattern(`(?i)\bleft to right\b|\bfront to back\b|\bfirst to last\b|\bfrom the first [a-z]+ (?:to|on)|\b(?:increasing|ascending|growing)\b|\b(?:small(?:er|est)?|low(?:er|est)?|short(?:er|est)?)(?: prefix(?:es)?| ind(?:ices|exes)| amounts?| capacit(?:y|ies)| values?| numbers?| [a-z])?\b[^.;]*\b(?:first|before|to (?:large|big|high|long))|\bforwards?\b|\bfrom the (?:left|start|front|beginning)\b|\bindex order\b`), []bool{false}, false},
	{pattern(`(?i)\b(?:decreasing|descending)\b|\b(?:large|larger|largest|big|bigger|biggest|high|higher|highest) .*\b(?:first|before|to (?:small|low))\b`), []bool{true}, false},
	{pattern(`(?i)\bbottom[- ]up\b|\bsub-?problems? (?:first|before)\b`), nil, false},
}
