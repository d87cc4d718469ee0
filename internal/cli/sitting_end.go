package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"interview/internal/grade"
	"interview/internal/report"
	"interview/internal/session"
	"interview/internal/tui"
)

// predict asks in a terminal for the score that the person expects, before the report can colour it. Who leaves the question
// goes without; a guess that cannot be recorded makes the next record fail, which says so.
func (s *sitting) predict(ctx context.Context, r *session.Runner) {
	if s.lines != nil || r.Session().Predicted != nil {
		return
	}
	said, err := tui.Line(ctx, "Before the report: how many percent of the points did you raise? (enter skips)", checkGuess)
	if err != nil {
		return
	}
	if score, ok, _ := guess(said); ok {
		_ = r.Predict(score)
	}
}

func checkGuess(said string) error {
	_, _, err := guess(said)
	return err
}

// guess reads a percentage as a score, 0..1; nothing at all is no guess.
func guess(said string) (score float64, ok bool, err error) {
	said = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(said), "%"))
	if said == "" {
		return 0, false, nil
	}
	percent, err := strconv.ParseFloat(said, 64)
	if err != nil || !(percent >= 0 && percent <= 100) {
		return 0, false, fmt.Errorf("a number from 0 to 100, or nothing")
	}
	return percent / 100, true, nil
}

// report shows in a terminal what the sitting earned, to scroll through, and prints it once that is put away.
func (s *sitting) report(ctx context.Context, done *session.Session, grades, inTime, before []grade.Grade) error {
	done.Grades, done.InTime = grades, inTime
	var page bytes.Buffer
	if err := s.write(&page, done, before); err != nil {
		return err
	}
	if s.lines == nil {
		// What cannot be shown is printed all the same.
		_ = tui.Read(ctx, s.title(), s.a.clean(strings.Trim(page.String(), "\n")))
	}
	_, err := s.a.text().Write(page.Bytes())
	return err
}

// write draws the report, and what changed against the try before.
func (s *sitting) write(out io.Writer, done *session.Session, before []grade.Grade) error {
	sheets := s.a.reportSheets(s.b, done)
	fmt.Fprintln(out)
	if err := report.Write(out, done.Plan.Label, sheets, s.f.full); err != nil {
		return err
	}
	if before != nil {
		fmt.Fprintln(out)
		if err := report.Change(out, before, done.Grades); err != nil {
			return err
		}
	}
	if s.f.model {
		fmt.Fprintln(out)
		return report.Model(out, sheets)
	}
	return nil
}
