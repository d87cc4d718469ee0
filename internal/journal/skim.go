package journal

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/session"
)

// Skimming is reading for questions about many sessions. Most of a journal is text (prompts, drafts, answers, quotes) that a
// list of sessions and a trend never look at; left out, ten thousand sessions take a quarter of the time.

// Skim returns the events of a journal like Read, but without texts: of the plan the labels, budgets and what names a prompt,
// of an answer the times, of a grade the marks without evidence. So a fold of them knows all but what was said. Damage inside
// a text is not seen. buf is scratch space, to be given again for the next journal; nil is as good.
func Skim(path string, buf *bufio.Reader) ([]session.Event, error) {
	var events []session.Event
	err := eachLine(path, buf, func(line []byte) error {
		events = append(events, session.Event{})
		err := skim(line, &events[len(events)-1])
		if err != nil {
			events = events[:len(events)-1]
		}
		return err
	})
	return events, err
}

// eachLine calls f for the whole lines of a journal, with their newlines, until an error, which it names the line of. A line
// is valid during the call.
func eachLine(path string, buf *bufio.Reader, f func(line []byte) error) error {
	if _, err := regular(path); err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	defer file.Close()
	if buf == nil {
		buf = bufio.NewReaderSize(nil, 64<<10)
	}
	buf.Reset(io.LimitReader(file, most))
	for n := 1; ; n++ {
		line, err := wholeLine(buf)
		switch {
		case errors.Is(err, io.EOF):
			return nil // what stands after the last newline was never acknowledged
		case err != nil:
			return fmt.Errorf("journal %s: %w", path, err)
		}
		if err := f(line); err != nil {
			return &BadLine{path, n, err}
		}
	}
}

// skim decodes what is wanted of a line. One that does not look as Record writes it is left to decode, which finds what is
// wrong with it.
func skim(line []byte, e *session.Event) error {
	s := scan{rest: line, ok: true}
	s.skip(`{"v":`)
	e.V = s.number()
	s.skip(`,"seq":`)
	e.Seq = s.number()
	s.skip(`,"at":`)
	at := s.text()
	s.skip(`,"kind":`)
	e.Kind = session.Kind(s.text())
	if s.ok && e.V == session.Version && e.At.UnmarshalText([]byte(at)) == nil && s.skim(line, e) {
		return nil
	}
	*e = session.Event{}
	return decode(line, e)
}

// skim decodes what comes after the kind, where it is a kind with much text; false for any other.
func (s *scan) skim(line []byte, e *session.Event) bool {
	switch e.Kind {
	case session.Opened:
		e.Plan = new(session.Plan)
		s.skip(`,"plan":`)
		skimPlan(s, e.Plan)
	case session.Graded:
		s.skip(`,"grades":`)
		s.array(func() { e.Grades = append(e.Grades, skimGrade(s)) })
		s.ok = s.ok && (len(s.rest) > 0 && s.rest[0] == ',' || string(s.rest) == "}\n")
		return s.ok && bytes.HasSuffix(line, []byte("}\n")) // what was said in time is not asked for
	case session.Entered:
		s.skip(`,"step":`)
		step := s.number()
		e.Step = &step
	case session.Closed:
	case session.Drafted, session.Answered:
		s.skip(`,"step":`)
		step := s.number()
		e.Step = &step
		e.Took, e.TimeUp = tookOf(line), bytes.Contains(line, []byte(`,"time_up":true`))
		return s.ok && bytes.HasSuffix(line, []byte("}\n"))
	default:
		return false
	}
	s.skip("}\n")
	return s.ok && len(s.rest) == 0
}

// tookOf finds a time in a line: inside a string the quotes would have backslashes.
func tookOf(line []byte) time.Duration {
	_, after, found := bytes.Cut(line, []byte(`,"took":`))
	if !found {
		return 0
	}
	digits := after[:max(0, bytes.IndexAny(after, ",}"))]
	took, _ := strconv.ParseInt(string(digits), 10, 64) // no time is as good as a wrong one
	return time.Duration(took)
}

// skimPlan decodes an opened event but for its texts.
func skimPlan(s *scan, p *session.Plan) {
	s.object(func(key []byte) {
		switch string(key) {
		case "label":
			p.Label = s.str()
		case "mode":
			p.Mode = s.str()
		case "untimed":
			p.Untimed = s.flag()
		case "steps":
			s.array(func() { p.Steps = append(p.Steps, skimStep(s)) })
		case "prompts":
			s.array(func() { p.Prompts = append(p.Prompts, skimPrompt(s)) })
		case "given":
			s.array(func() { p.Given = append(p.Given, skimGiven(s)) })
		default:
			s.value()
		}
	})
}

func skimStep(s *scan) (step session.Step) {
	s.object(func(key []byte) {
		switch string(key) {
		case "prompt":
			step.Prompt = s.str()
		case "phase":
			step.Phase = s.str()
		case "title":
			step.Title = s.str()
		case "probe":
			step.Probe = s.str()
		case "budget":
			step.Budget = time.Duration(s.number())
		default:
			s.value()
		}
	})
	return step
}

func skimPrompt(s *scan) (p bank.Prompt) {
	s.object(func(key []byte) {
		switch string(key) {
		case "ID":
			p.ID = s.str()
		case "Title":
			p.Title = s.str()
		case "Track":
			p.Track = s.str()
		case "Family":
			p.Family = s.str()
		default:
			s.value()
		}
	})
	return p
}

func skimGiven(s *scan) (g session.Given) {
	s.object(func(key []byte) {
		switch string(key) {
		case "Prompt":
			g.Prompt = s.str()
		case "Phase":
			g.Phase = s.str()
		case "Yours":
			g.Yours = s.flag()
		default:
			s.value()
		}
	})
	return g
}

// skimGrade decodes a grade but for its quotes.
func skimGrade(s *scan) (g grade.Grade) {
	s.object(func(key []byte) {
		switch string(key) {
		case "prompt":
			g.Prompt = s.str()
		case "rubric":
			g.Rubric = s.str()
		case "engine":
			g.Engine = s.number()
		case "level":
			g.Level = s.str()
		case "points":
			g.Points = s.float()
		case "max":
			g.Max = s.float()
		case "possible":
			g.Possible = s.float()
		case "marks":
			s.array(func() { g.Marks = append(g.Marks, skimMark(s)) })
		default:
			s.value()
		}
	})
	return g
}

func skimMark(s *scan) (m grade.Mark) {
	s.object(func(key []byte) {
		switch string(key) {
		case "criterion":
			m.Criterion = s.str()
		case "title":
			m.Title = s.str()
		case "phase":
			m.Phase = s.str()
		case "concept":
			m.Concept = s.str()
		case "level":
			m.Level = s.str()
		case "says":
			m.Says = s.str()
		case "unmarked":
			m.Unmarked = s.str()
		case "points":
			m.Points = s.float()
		case "max":
			m.Max = s.float()
		case "not_asked":
			m.NotAsked = s.flag()
		default:
			s.value()
		}
	})
	return m
}
