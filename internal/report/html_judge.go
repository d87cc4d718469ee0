package report

import (
	"interview/internal/grade"
)

// judgeView is what a model said of one sheet, for a page.
type judgeView struct {
	Title, Caution string
	Opinions       []opinionView
	Lists          []listView
}

// opinionView is one criterion by the rules and by the model.
type opinionView struct {
	Title, Rules, Judge string
	N                   int // the number of the mark
	Differs             bool
	Quote, Why, Again   string // Quote with where it stands, or why it is void
}

// Sign marks a difference.
func (o opinionView) Sign() string {
	if o.Differs {
		return " ≠"
	}
	return ""
}

type listView struct {
	Name  string
	Texts []string
}

// newJudge is nil where no model was asked.
func newJudge(r *Record, s *Sheet) *judgeView {
	f := s.Feedback
	if f == nil {
		return nil
	}
	v := &judgeView{Title: "The judge beside the rules: " + flat(phaseOf(s, r.Sheets, f.Model)),
		Caution: "These are a model's opinions. No mark and no point depends on them."}
	if f.Rubric != s.Grade.Rubric && len(f.Opinions) > 0 {
		v.Caution += " The rubric changed between grade and judge: what differs may come from that."
	}
	for i := range s.Grade.Marks {
		if o := f.Opinion(s.Grade.Marks[i].Criterion); o != nil {
			v.Opinions = append(v.Opinions, newOpinion(s, &s.Grade.Marks[i], o))
		}
	}
	for _, l := range []listView{{"Not judged", only(f.Err)}, {"Done well, it says", f.Well}, {"Would raise the level most, it says", f.Next},
		{"It would ask now", only(f.Question)}, {"Of its reply", f.Notes}} {
		var texts []string
		for _, text := range l.Texts {
			texts = append(texts, flat(text))
		}
		if len(texts) > 0 {
			v.Lists = append(v.Lists, listView{l.Name, texts})
		}
	}
	return v
}

func newOpinion(s *Sheet, m *grade.Mark, o *grade.Opinion) opinionView {
	v := opinionView{Title: flat(m.Title), Rules: levelMark(m), Judge: levelWordOf(o.Level), Differs: Differ(m, o), Why: flat(o.Why)}
	switch {
	case o.Void != "":
		v.Judge, v.Quote = "void", flat(o.Void+": “"+o.Quote+"”")
	case o.Quote != "":
		v.Quote = flat("“" + o.Quote + "” (" + s.lines(o.Answer, o.Start, o.End) + ")")
	}
	if o.Again != "" {
		v.Again = "asked again it said: " + flat(o.Again)
	}
	return v
}

func only(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// judges are the views of all sheets, with the numbers of their marks.
func (k *numbering) judges() []*judgeView {
	var out []*judgeView
	for i := range k.r.Sheets {
		s := &k.r.Sheets[i]
		v := newJudge(k.r, s)
		if v == nil {
			continue
		}
		at := 0
		for m := range s.Grade.Marks {
			if s.Feedback.Opinion(s.Grade.Marks[m].Criterion) != nil {
				v.Opinions[at].N = k.n[&s.Grade.Marks[m]]
				at++
			}
		}
		out = append(out, v)
	}
	return out
}
