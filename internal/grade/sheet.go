package grade

import "interview/internal/bank"

// Sheet is a compiled rubric: safe for use by many goroutines.
type Sheet struct{ item bank.Item }

// Compile turns the criteria of an item into a sheet. Problems name file, line and column of each mistake in a claim.
func Compile(it *bank.Item) (*Sheet, []bank.Problem) { return &Sheet{item: *it}, nil }

// Grade judges the answers of one item. With phases given, only their criteria are asked (a drill);
// evidence may still come from any answer.
func (s *Sheet) Grade(answers []Answer, phases ...string) Grade { return Grade{} }

// Split reads Markdown: a heading equal to a phase's id or title opens that phase, text before the first such
// heading, or of a text without one, counts for all. base[i] is the byte offset of answers[i].Text in text.
func Split(text string, phases []bank.Phase) (answers []Answer, base []int) {
	return []Answer{{Text: text}}, []int{0}
}

// Check compiles and proves one item: claims, examples, model answer.
func Check(it *bank.Item) []bank.Problem { return nil }
