package report

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"interview/internal/grade"
)

// Submission is one of many answers to one prompt.
type Submission struct {
	Name  string
	Grade grade.Grade
	Err   string   // why it could not be graded, "" otherwise
	Needs []string // why a person should look at it
}

// Submissions draws a line for each.
func Submissions(w io.Writer, list []Submission) error {
	p := page{}
	p.add("%7s  %6s  %-10s %s", "score", "judged", "level", "file")
	for i := range list {
		s := &list[i]
		if s.Err != "" {
			p.lines = append(p.lines, fmt.Sprintf("%7s  %6s  %-10s %s", "-", "-", "-", flat(s.Name)))
			continue
		}
		level := s.Grade.Level
		if level == "" {
			level = "-"
		}
		p.lines = append(p.lines, fmt.Sprintf("%5.1f %%  %4.0f %%  %-10s %s", percentDown(s.Grade.Score()), percentDown(coverage(&s.Grade)), level, flat(s.Name)))
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// percentDown is a share in percent with one decimal, cut and not rounded: no score looks like one that passes.
func percentDown(x float64) float64 { return math.Floor(1000*x+1e-6) / 10 }

// coverage is the part of the points asked that could be judged, 0..1.
func coverage(g *grade.Grade) float64 {
	if g.Possible == 0 {
		return 0
	}
	return g.Max / g.Possible
}

// Cohort draws the summary of many: how they did, how many raised each criterion, and who needs a person. Criteria of one
// sheet stand in the same order in each; where they do not (several model answers) perCriterion is false.
func Cohort(w io.Writer, list []Submission, perCriterion bool) error {
	var p page
	var graded []*Submission
	var scores []float64
	for i := range list {
		if list[i].Err == "" {
			graded = append(graded, &list[i])
			scores = append(scores, 100*list[i].Grade.Score())
		}
	}
	p.add("%s, %d graded%s", plural(len(list), "submission"), len(graded), spread(scores))
	if perCriterion && len(graded) > 0 {
		p.gap()
		p.raised(graded)
	}
	p.gap()
	p.needs(list)
	_, err := io.WriteString(w, p.String())
	return err
}

func spread(scores []float64) string {
	if len(scores) == 0 {
		return ""
	}
	slices.Sort(scores)
	sum := 0.0
	for _, s := range scores {
		sum += s
	}
	n := len(scores)
	return fmt.Sprintf(": mean %.0f %%, median %.0f %%, from %.0f to %.0f %%", sum/float64(n), (scores[(n-1)/2]+scores[n/2])/2, scores[0], scores[n-1])
}

func (p *page) raised(graded []*Submission) {
	p.add("%s%s", pad("Criterion", Width-24), "raised by")
	for i := range graded[0].Grade.Marks {
		var marks []grade.Mark
		for _, s := range graded {
			if i < len(s.Grade.Marks) {
				marks = append(marks, s.Grade.Marks[i])
			}
		}
		p.add("  %s %s", pad(flat(graded[0].Grade.Marks[i].Title), Width-27), tally(marks, func(*grade.Mark) bool { return true }))
	}
}

func (p *page) needs(list []Submission) {
	n := 0
	for i := range list {
		if len(list[i].Needs) > 0 {
			n++
		}
	}
	if n == 0 {
		p.add("Nothing stands out: all judged in full, none screened, no two alike")
		return
	}
	p.add("%d to be seen by a person", n)
	for i := range list {
		if s := &list[i]; len(s.Needs) > 0 {
			p.lines = append(p.lines, "  "+flat(s.Name)) // a name is never cut: it is for the shell
			for _, why := range s.Needs {
				p.wrap("    ", why, 3)
			}
		}
	}
}

// Difference is a submission with the grade and the mark that a person gave, both 0..1.
type Difference struct {
	Name        string
	Grade, Mark float64
}

// mostDifferences is how many of the largest are listed.
const mostDifferences = 10

// Agreement draws how far grades and a person's marks agree: Pearson's r, the mean difference and the largest ones. file is
// the name of the marks; unmarked is the number of submissions without one, unknown that of marks without a submission.
func Agreement(w io.Writer, file string, list []Difference, unmarked, unknown int) error {
	var p page
	p.add("Against %s: %s with both", flat(file), plural(len(list), "submission"))
	if unmarked+unknown > 0 {
		p.add("  %s without a mark, %s without a submission", plural(unmarked, "submission"), plural(unknown, "mark"))
	}
	if len(list) > 0 {
		sum := 0.0
		for _, d := range list {
			sum += d.Grade - d.Mark
		}
		p.add("  r %s, mean difference %+.1f points of 100 (grade less mark)", correlation(list), 100*sum/float64(len(list)))
		p.gap()
		p.add("%7s %7s %7s  %s", "differ", "grade", "mark", "file")
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Difference) int {
		x, y := math.Abs(a.Grade-a.Mark), math.Abs(b.Grade-b.Mark)
		switch {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	for _, d := range list[:min(mostDifferences, len(list))] {
		p.lines = append(p.lines, fmt.Sprintf("%+7.1f %7.1f %7.1f  %s", 100*(d.Grade-d.Mark), 100*d.Grade, 100*d.Mark, flat(d.Name)))
	}
	_, err := io.WriteString(w, strings.TrimPrefix(p.String(), "\n"))
	return err
}

// correlation is Pearson's r of grades and marks, where both vary.
func correlation(list []Difference) string {
	n := float64(len(list))
	var mx, my, xx, yy, xy float64
	for _, d := range list {
		mx, my = mx+d.Grade/n, my+d.Mark/n
	}
	for _, d := range list {
		x, y := d.Grade-mx, d.Mark-my
		xx, yy, xy = xx+x*x, yy+y*y, xy+x*y
	}
	if xx < 1e-12 || yy < 1e-12 {
		return "unknown (it needs grades and marks that differ)"
	}
	return fmt.Sprintf("%.2f", xy/math.Sqrt(xx*yy))
}
