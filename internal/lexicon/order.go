package lexicon

import "unicode/utf8"

// stretch is how many written words in a row are compared with themselves in other orders.
const stretch = 24

// written is what stands between two blanks, with its comma or bracket: the classes that it begins and ends with.
type written struct{ first, last int }

// Order returns by how much the junctions between the written words of a unit are oftener found than those of the same words
// in random order would be, in natural logarithms, and their number. The sum over a text in random order is 0 give or take
// the root of the number of junctions, whatever its words.
func (t *Text) Order(u *Unit) (surplus float64, junctions int) {
	var row [stretch]written
	n := 0
	table := classes()
	for i := u.First; i < u.End; i++ {
		tok := &t.Tokens[i]
		class := int(table.word(t, tok))
		first := class
		if n > 0 {
			behind, blank := t.marksBehind(i - 1)
			if !blank { // goes on with what stands before
				row[n-1].last = class
				continue
			}
			if m := markClass(behind); m >= 0 {
				row[n-1].last = m
			}
			if m := markClass(tok.Gap &^ behind); m >= 0 {
				first = m
			}
		}
		if n == stretch {
			s, k := unusual(row[:n])
			surplus, junctions, n = surplus+s, junctions+k, 0
		}
		row[n] = written{first, class}
		n++
	}
	s, k := unusual(row[:n])
	return surplus + s, junctions + k
}

// unusual compares the junctions of a row with the mean over all orders of it.
func unusual(row []written) (surplus float64, junctions int) {
	if len(row) < 2 {
		return 0, 0
	}
	met, all := 0, 0
	var times [256]int8 // by class: how many words begin with it
	var firsts [stretch]int
	n := 0 // different ones
	for i, b := range row {
		if times[b.first] == 0 {
			firsts[n] = b.first
			n++
		}
		times[b.first]++
		if i > 0 {
			met += pair(row[i-1].last, b.first)
		}
	}
	for _, a := range row {
		from := fluencyTable[a.last*FluencyClasses:]
		for _, class := range firsts[:n] {
			all += int(times[class]) * int(int8(from[class]))
		}
		all -= int(int8(from[a.first])) // no word stands beside itself
	}
	return step * (float64(met) - float64(all)/float64(len(row))), len(row) - 1
}

// pair is how much oftener one class follows another than chance, in steps.
func pair(a, b int) int { return int(int8(fluencyTable[a*FluencyClasses+b])) }

// marksBehind returns the signs between a token and the blank behind it, and whether one parts it from the next token.
func (t *Text) marksBehind(i int) (behind Gap, blank bool) {
	for _, c := range []byte(t.Source[t.Tokens[i].End:t.Tokens[i+1].Start]) {
		if c == ' ' || c == '\t' || c == '\n' {
			return behind, true
		}
		if c < utf8.RuneSelf {
			behind |= marks[c]
		}
	}
	return behind, false
}
