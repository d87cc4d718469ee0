package trial

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
