package cli

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/report"
)

// nearPass is how many points of 100 around --fail-under are too near for text matching to decide.
const nearPass = 3

// many is one run over several submissions.
type many struct {
	*App
	judge grader
	flags gradeFlags
	pages *os.Root // of --out, nil without
	list  []report.Submission
	lines [][]byte   // of --json
	runs  [][]uint64 // see wordRuns
}

func (a *App) gradeMany(j grader, names []string, f gradeFlags) error {
	marks, err := readMarks(f.marks)
	if err != nil {
		return err
	}
	list, err := sources(names, f.out)
	if err != nil {
		return err
	}
	m := &many{App: a, judge: j, flags: f, list: make([]report.Submission, len(list)), lines: make([][]byte, len(list)), runs: make([][]uint64, len(list))}
	if f.out != "" {
		if m.pages, err = openOut(f.out, list); err != nil {
			return err
		}
		defer m.pages.Close()
	}
	bar := a.newProgress(len(list))
	bank.OnAllCores(len(list), func(i int) {
		m.one(i, list[i])
		bar.step()
	})
	bar.end()
	m.needPerson()
	if err := m.write(); err != nil {
		return err
	}
	if err := m.summary(marks); err != nil {
		return err
	}
	return m.verdict()
}

// one grades a submission and writes its page. What only the page and the JSON need is let go.
func (m *many) one(i int, from source) {
	s := &m.list[i]
	s.Name = from.path
	text, err := m.readText("answer", from.path)
	if err == nil {
		err = m.judge.refuse(text)
	}
	if err != nil {
		s.Err = err.Error()
		m.lines[i] = appendError(nil, appendString(nil, s.Name), err)
		return
	}
	s.Grade = m.judge.grade(text)
	m.runs[i] = wordRuns(text)
	if _, model := m.judge.(*modelJudge); model && report.MuchLonger(text, &s.Grade) {
		s.Needs = append(s.Needs, report.LongNote)
	}
	if m.flags.json {
		m.lines[i] = append(appendResult(nil, appendString(nil, s.Name), &s.Grade), '\n')
	}
	if m.pages != nil {
		var page bytes.Buffer
		err := m.judge.feedback(&page, from.feedback, text, &s.Grade)
		if err == nil {
			err = writePage(m.pages, from.feedback, page.Bytes())
		}
		if err != nil {
			s.Err = fmt.Sprintf("its page of feedback cannot be written: %v", plainCause(err))
		}
	}
	for k := range s.Grade.Marks {
		s.Grade.Marks[k].Evidence = nil
	}
}

// needPerson says of each submission why a person should look at it.
func (m *many) needPerson() {
	twins := twins(m.runs)
	for i := range m.list {
		s := &m.list[i]
		need := func(format string, args ...any) { s.Needs = append(s.Needs, fmt.Sprintf(format, args...)) }
		if s.Err != "" {
			need("not graded: %s", s.Err)
			continue
		}
		for _, mark := range s.Grade.Marks {
			if mark.Unmarked != "" {
				need("not judged: %s (%s)", mark.Title, mark.Unmarked)
			}
		}
		if n := len(s.Grade.Screens); n > 0 {
			need("screened: %s not counted (%s)", counted(n, "passage"), s.Grade.Screens[0].Why)
		}
		if score := 100 * s.Grade.Score(); m.flags.failUnderSet && math.Abs(score-m.flags.failUnder) <= nearPass+1e-9 {
			need("near the pass mark: %.1f %%", math.Floor(10*score+1e-6)/10)
		}
		if t := twins[i]; t.other >= 0 {
			need("near-identical to %s (%.0f %% of the shorter's runs of five words)", m.list[t.other].Name, math.Floor(100*t.share))
		}
	}
}

// perCriterion says that the marks of all submissions are of the same criteria.
func (m *many) perCriterion() bool {
	models, ok := m.judge.(*modelJudge)
	return !ok || !models.several
}

func (m *many) write() error {
	switch {
	case m.flags.json:
		for _, line := range m.lines {
			if _, err := m.Out.Write(line); err != nil {
				return err
			}
		}
		return nil
	case m.flags.csv:
		return m.writeCSV(m.Out)
	}
	return report.Submissions(m.text(), m.list)
}

// writeCSV writes a line for each submission: score and coverage as 0..1, points by criterion. Empty means not judged or
// not asked; a file that could not be graded has its name only.
func (m *many) writeCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	head := []string{"file", "score", "coverage", "level"}
	width := len(head)
	if first := slices.IndexFunc(m.list, func(s report.Submission) bool { return s.Err == "" }); first >= 0 && m.perCriterion() {
		for _, mark := range m.list[first].Grade.Marks {
			head = append(head, mark.Criterion)
		}
	}
	_ = out.Write(head) // errors come with Flush
	for i := range m.list {
		row := make([]string, len(head))
		if row[0] = cell(m.list[i].Name); m.list[i].Err == "" {
			g := &m.list[i].Grade
			row[1], row[2], row[3] = decimal(g.Score()), decimal(coverage(g)), g.Level
			for k := range row[width:] {
				if mark := &g.Marks[k]; !mark.NotAsked && mark.Unmarked == "" {
					row[width+k] = decimal(mark.Points)
				}
			}
		}
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// cell keeps a table program from taking the name of a file for a formula.
func cell(name string) string {
	if name != "" && strings.IndexByte("=+-@\t\r", name[0]) >= 0 {
		return "./" + name
	}
	return name
}

func decimal(x float64) string {
	return strconv.FormatFloat(math.Round(1e4*x)/1e4, 'f', -1, 64)
}

func coverage(g *grade.Grade) float64 {
	if g.Possible == 0 {
		return 0
	}
	return g.Max / g.Possible
}

func (m *many) summary(marks *humanMarks) error {
	w := cleaner{m.Err}
	if err := report.Cohort(w, m.list, m.perCriterion()); err != nil || marks == nil {
		return err
	}
	list, unmarked, unknown := marks.compare(m.list)
	fmt.Fprintln(w)
	return report.Agreement(w, m.flags.marks, list, unmarked, unknown)
}

// verdict is the exit code: 4 if any is below --fail-under, else 1 if any could not be graded.
func (m *many) verdict() error {
	below, broken := 0, 0
	for i := range m.list {
		switch s := &m.list[i]; {
		case s.Err != "":
			broken++
		case m.flags.below(&s.Grade):
			below++
		}
	}
	switch {
	case below > 0:
		return &failure{exitBelow, fmt.Errorf("%d of %s below --fail-under %v", below, counted(len(m.list), "submission"), m.flags.failUnder), ""}
	case broken > 0:
		return failed("", "%d of %s could not be graded", broken, counted(len(m.list), "submission"))
	}
	return nil
}

// progress draws a bar on a terminal; nil draws none.
type progress struct {
	w           io.Writer
	now         func() time.Time
	mu          sync.Mutex
	done, total int
	drawn       time.Time
}

// newProgress is nil where standard error is no terminal that can go back to the start of a line.
func (a *App) newProgress(total int) *progress {
	f, _ := a.Err.(*os.File)
	if !isTerminal(f) || a.plain || a.Env("TERM") == "dumb" || a.Env("ACCESSIBLE") != "" {
		return nil
	}
	return &progress{w: a.Err, now: a.Now, total: total}
}

const (
	barWidth  = 40
	barPeriod = 100 * time.Millisecond
)

func (p *progress) step() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if now := p.now(); now.Sub(p.drawn) >= barPeriod {
		p.drawn = now
		full := barWidth * p.done / p.total
		fmt.Fprintf(p.w, "\r%s%s %d of %d", strings.Repeat("█", full), strings.Repeat("░", barWidth-full), p.done, p.total)
	}
}

// end wipes the bar.
func (p *progress) end() {
	if p != nil {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
