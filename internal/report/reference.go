package report

import (
	"fmt"
	"io"
	"strings"

	"interview/internal/grade"
)

// Bands of a score against a model answer. Human marks of short answers to questions of computer science rise with the score
// but differ from course to course (the README has the measurement), so a band stands before the number.
const (
	mostOf = .7
	halfOf = .3
)

// Band says in words how much of a model answer was found, for a score of 0..1.
func Band(score float64) string {
	switch {
	case score >= mostOf:
		return "meets most of the model answer"
	case score >= halfOf:
		return "meets about half of the model answer"
	case score > 0:
		return "meets little of the model answer"
	}
	return "meets nothing of the model answer"
}

// longer is how many times the length of the model answer makes an answer long.
const longer = 8

// MuchLonger says that an answer is so much longer than its model answer that words will have met by chance.
func MuchLonger(text string, g *grade.Grade) bool {
	n := 0
	for i := range g.Marks {
		n += len(g.Marks[i].Title)
	}
	return n > 0 && len(strings.TrimSpace(text)) > longer*n
}

// LongNote says what that means.
const LongNote = "much longer than the model answer: in a long text words meet by chance, so the score may be too high"

const (
	bandNote   = "By shared words, forms and some paraphrases: the band ranks answers. It is no share of what is right, and other words for the same may go unseen."
	onlyAsked  = "Only words of the question were found, which do not count by themselves."
	clauseHead = "CLAUSES OF THE MODEL ANSWER"
)

// Reference draws a grade against a model answer: each of its clauses with the words that met it and those that are missing.
// The marks of the grade are the clauses; evidence points into text.
func Reference(w io.Writer, text string, g *grade.Grade) error {
	var p page
	p.add("%s (%s)", capital(Band(g.Score())), number(g.Score()))
	p.wrap("", bandNote, 0)
	if g.Points == 0 && found(g) {
		p.add("%s", onlyAsked)
	}
	if MuchLonger(text, g) {
		p.wrap("", capital(LongNote)+".", 0)
	}
	p.gap()
	p.add("%s", clauseHead)
	for i := range g.Marks {
		p.clause(text, &g.Marks[i])
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) clause(text string, m *grade.Mark) {
	met, of := clauseWords(m)
	p.wrap(pad(fmt.Sprintf("%d of %d", met, of), 12), m.Title, 0)
	if met > 0 {
		p.wrap("            met by: ", metBy(text, m), 0)
	}
	if m.Sought != "" {
		p.wrap("            missing: ", strings.Join(strings.Fields(m.Sought), " · "), 0)
	}
}

// clauseWords counts the words of a clause that the answer met, and all.
func clauseWords(m *grade.Mark) (met, of int) {
	return len(m.Evidence), len(m.Evidence) + len(strings.Fields(m.Sought))
}

// metBy lists the words of the answer with their lines.
func metBy(text string, m *grade.Mark) string {
	s := Sheet{Answers: []grade.Answer{{Text: text}}}
	var words []string
	last := ""
	for i, e := range m.Evidence {
		where := s.lines(e.Answer, e.Start, e.End)
		if i > 0 && where != last {
			words[i-1] += " (" + last + ")"
		}
		words, last = append(words, flat(e.Quote)), where
	}
	return strings.Join(words, " · ") + " (" + last + ")"
}

func found(g *grade.Grade) bool {
	for i := range g.Marks {
		if len(g.Marks[i].Evidence) > 0 {
			return true
		}
	}
	return false
}

func number(score float64) string { return fmt.Sprintf("%.2f of 1", score) }

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
