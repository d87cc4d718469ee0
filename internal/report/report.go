// Package report draws sessions for people: as plain text, as Markdown that can be graded again, as pages of HTML, and as rows
// for a spreadsheet. It formats values that others made: it reads no file but its own templates, asks no clock and grades
// nothing. JSON is written from the values themselves.
package report

import (
	"io"
	"time"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/session"
)

// Width is the number of columns that a report keeps to; Height is the number of lines of the short one, two screens of 24.
const (
	Width  = 80
	Height = 48
)

// Sheet is one graded prompt, with all that its report needs.
type Sheet struct {
	Item    *bank.Item
	Grade   grade.Grade
	InTime  *grade.Grade   // of what was typed before time-up; nil where that is the same
	Answers []grade.Answer // what was graded: evidence points into it
	Turns   []session.Turn // the steps and their times; none for a text graded outside a session
	Cards   []bank.Prompt  // the cards that teach the concepts of the marks, in the order of their deck
	Session string         // id; "" outside a session

	Confirmed *float64        // points of the marks that the person confirmed; nil where none was judged
	Predicted *float64        // the person's guess of the whole sitting's score, 0..1; nil where there is none
	Feedback  *grade.Feedback // what a model said beside the grade; nil where none was asked
	Hints     []Hint
	Pauses    []time.Duration
}

// Write draws one sheet, or several of one sitting (the cards of a deck, a phase over several prompts) as a summary with
// a line for each. With full it adds every mark with its quotes and every miss with what was sought and why.
// label is what the person asked for: the id of the prompt or deck.
func Write(w io.Writer, label string, sheets []Sheet, full bool) error {
	p := page{full: full}
	if len(sheets) == 1 {
		p.short(&sheets[0])
	} else {
		p.several(label, sheets)
	}
	for i := range sheets {
		p.opinions(&sheets[i])
	}
	if full {
		for i := range sheets {
			p.marks(&sheets[i], len(sheets) > 1)
			p.hints(&sheets[i])
		}
	}
	_, err := io.WriteString(w, p.String())
	return err
}
