package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"interview/internal/grade"
	"interview/internal/report"
)

// modelJudge holds answers against model answers; the best of several counts.
type modelJudge struct {
	compiled *grade.Reference
	several  bool
}

// referenceID stands for the prompt in what machines read.
const referenceID = "reference"

func (j *modelJudge) id() string                    { return referenceID }
func (j *modelJudge) refuse(string) error           { return nil }
func (j *modelJudge) grade(text string) grade.Grade { return clauseGrade(j.compiled.Grade(text)) }

func (j *modelJudge) write(w io.Writer, text string, g *grade.Grade) error {
	return report.Reference(w, text, g)
}

func (j *modelJudge) feedback(w io.Writer, name, text string, g *grade.Grade) error {
	return report.ReferenceFeedback(w, name, text, g)
}

// clauseGrade is the grade against a model answer in the form of all grades: the marks are its clauses. The score is no sum
// of them: it is one judgement of one point.
func clauseGrade(found grade.ReferenceGrade) grade.Grade {
	g := grade.Grade{Points: found.Score, Max: 1, Possible: 1}
	for i, c := range found.Clauses {
		g.Marks = append(g.Marks, grade.Mark{
			Criterion: fmt.Sprintf("clause-%d", i+1), Title: c.Text, Points: c.Points, Max: 1, Evidence: c.Evidence, Sought: c.Sought,
		})
	}
	return g
}

// modelAnswers reads the model answers and the question.
func (a *App) modelAnswers(files []string, question string) (*modelJudge, error) {
	var models []string
	for _, name := range files {
		text, err := a.readText("model answer", name)
		if err != nil {
			return nil, err
		}
		if strings.TrimSpace(text) == "" {
			return nil, failed("", "model answer %s: is empty", name)
		}
		models = append(models, text)
	}
	question, err := a.textOrFile("question", question)
	if err != nil {
		return nil, err
	}
	return &modelJudge{grade.CompileReference(question, models...), len(models) > 1}, nil
}

// textOrFile is what stands in a file of that name, and the text itself where there is none.
func (a *App) textOrFile(what, s string) (string, error) {
	if info, err := os.Stat(s); err != nil || info.IsDir() {
		return s, nil
	}
	return a.readText(what, s)
}

// readText reads a file of at most mostAnswer bytes.
func (a *App) readText(what, name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", failed("", "%s %s: %w", what, name, plainCause(err))
	}
	defer f.Close()
	return limited(f, what+" "+name)
}

// limited reads at most mostAnswer bytes; shown names the source in errors.
func limited(r io.Reader, shown string) (string, error) {
	var text strings.Builder
	n, err := io.Copy(&text, io.LimitReader(r, mostAnswer+1))
	switch {
	case err != nil:
		return "", failed("", "%s: %w", shown, plainCause(err))
	case n > mostAnswer:
		return "", failed("split it, or leave out what is no answer", "%s: larger than %d MB, too large to be graded", shown, mostAnswer>>20)
	}
	return text.String(), nil
}
