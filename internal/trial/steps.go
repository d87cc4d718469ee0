package trial

import (
	"slices"
	"strings"
)

// inSteps tells lines that update one cell one after the other from cases, of which the first that holds counts. Two lines
// that always hold and do not read what stood there before are refused: one of them would be in vain.
func (a *answer) inSteps() {
	for i, r := range a.relate {
		for _, next := range a.relate[i+1:] {
			if next.rank != r.rank || next.table != r.table {
				continue
			}
			a.steps = a.steps || next.again || r.always && !next.always
			if r.always && next.always && !next.again && a.unread[Relate] == nil {
				a.unread[Relate] = &unread{next.piece, &fault{next.piece.Line, next.piece.Col,
					"a second line for the same cell: say when each holds, or write code in a ```python block"}}
			}
		}
	}
}

// readsAgain says that a value is of the cell that it is assigned to.
func readsAgain(table string, at [][]node, value []node) bool {
	for i := range value {
		if value[i].group && readsAgain(table, at, value[i].kids) {
			return true
		}
		if !value[i].is(table) || value[i].group {
			continue
		}
		var read [][]node
		for k := i + 1; k < len(value) && value[k].group && value[k].text != "{" && len(read) < len(at); k++ {
			read = append(read, split(value[k].kids, ",")...)
		}
		if slices.EqualFunc(read, at, func(x, y []node) bool { return compact(x) == compact(y) }) {
			return true
		}
	}
	return false
}

// compact is the text of nodes without blanks.
func compact(nodes []node) string {
	var b strings.Builder
	for _, t := range flat(nodes) {
		b.WriteString(t.text)
	}
	return b.String()
}
