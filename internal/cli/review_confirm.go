package cli

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/journal"
	"interview/internal/session"
)

func (a *App) confirmCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "confirm SESSION",
		Short: "Say of the marks that decide the level whether you meant them",
		Long: "Goes through at most eight marks, each with your words and what the level asks for. Answer a line each:\n" +
			"  y  yes, I meant that        n  no, I did not mean that\n" +
			"  s  skip                     q  enough\n" +
			"and of a miss: the number of your line that says it, or s. What you say stands beside the grade and never changes it.",
		Example: `  interview review confirm last
  printf 'y\ny\nq\n' | interview review confirm last`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeSessions,
		RunE:              func(_ *cobra.Command, args []string) error { return a.confirm(args[0]) },
	}
}

// confirm asks for judgements of a graded session and records them.
func (a *App) confirm(ref string) error {
	path, b, err := a.sessionAndBank(ref)
	if err != nil {
		return err
	}
	w, events, err := journal.Open(path)
	if err != nil {
		return err
	}
	defer w.Close()
	s, err := session.Fold(w.ID(), events)
	if err != nil {
		return err
	}
	if len(s.Grades) == 0 {
		return failed("finish it first: "+a.resumeLine(s.ID, s.Plan.Mode), "session %s has no grade yet", s.ID)
	}
	c := confirming{a: a, in: bufio.NewReader(a.In), w: w, s: &s, seq: events[len(events)-1].Seq}
	for i := range s.Grades {
		if more, err := c.grade(b, &s.Grades[i]); !more || err != nil {
			return err
		}
	}
	return c.summary()
}

// confirming is one round of questions about the marks of a session.
type confirming struct {
	a   *App
	in  *bufio.Reader
	w   *journal.Writer
	s   *session.Session
	seq int
}

// grade asks about one prompt; false says that the person has had enough.
func (c *confirming) grade(b *bank.Bank, g *grade.Grade) (bool, error) {
	it, _ := itemOf(b, &c.s.Plan, g.Prompt)
	if it == nil {
		return true, nil
	}
	for _, m := range session.ToJudge(g, it.Framework.Ladder) {
		if more, err := c.mark(it, g, m); !more || err != nil {
			return false, cmp.Or(err, c.summary())
		}
	}
	return true, nil
}

func (c *confirming) mark(it *bank.Item, g *grade.Grade, m grade.Mark) (bool, error) {
	j := session.Judgement{Prompt: g.Prompt, Criterion: m.Criterion, Level: m.Level}
	out := c.a.text()
	fmt.Fprintf(out, "\n%s\n", m.Title)
	var lines []string
	if m.Level == "" {
		lines = c.lines(g.Prompt)
		fmt.Fprintf(out, "  missed; looked for: %s\n", m.Sought)
		for i, l := range lines {
			fmt.Fprintf(out, "  %3d  %s\n", i+1, l)
		}
		fmt.Fprint(out, "  said it in line … (s skips, q ends) ")
	} else {
		j.Quote = m.Evidence[0].Quote
		fmt.Fprintf(out, "  raised %s by “%s”\n  which %s: %s\n  did you mean that? (y, n, s skips, q ends) ", m.Level, strings.Join(strings.Fields(j.Quote), " "), speaksOf(m), descriptor(it, m))
	}
	reply, err := c.in.ReadString('\n')
	if err != nil && (err != io.EOF || reply == "") {
		return false, nil
	}
	switch reply = strings.TrimSpace(strings.ToLower(reply)); {
	case reply == "q":
		return false, nil
	case reply == "y" && m.Level != "":
		j.Agrees = true
		return true, c.record(session.Confirmed, j)
	case reply == "n" && m.Level != "":
		return true, c.record(session.Disputed, j)
	}
	if n, err := strconv.Atoi(reply); err == nil && n >= 1 && n <= len(lines) {
		j.Quote = lines[n-1]
		return true, c.record(session.Disputed, j)
	}
	return true, nil
}

// lines are the lines of a prompt's answers that hold something.
func (c *confirming) lines(prompt string) []string {
	var out []string
	for _, ans := range c.s.Answers(prompt, false) {
		for line := range strings.Lines(ans.Text) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
				out = append(out, line)
			}
		}
	}
	return out
}

// speaksOf introduces what an interviewer would call the quote.
func speaksOf(m grade.Mark) string {
	if m.Says == "" {
		return "is"
	}
	return "alone speaks of " + m.Says
}

func descriptor(it *bank.Item, m grade.Mark) string {
	for _, c := range it.Criteria {
		for _, l := range c.Levels {
			if c.ID == m.Criterion && l.Name == cmp.Or(m.Says, m.Level) {
				return l.Descriptor
			}
		}
	}
	return m.Title
}

func (c *confirming) record(kind session.Kind, j session.Judgement) error {
	c.seq++
	e := session.Event{V: session.Version, Seq: c.seq, At: c.a.Now().UTC().Round(time.Millisecond), Kind: kind, Judged: &j}
	if err := c.w.Record(e); err != nil {
		return err
	}
	events := []session.Event{{Kind: session.Opened, Plan: &c.s.Plan}}
	for i := range c.s.Judgements {
		events = append(events, session.Event{Kind: session.Confirmed, Judged: &c.s.Judgements[i]})
	}
	folded, err := session.Fold(c.s.ID, append(events, e))
	c.s.Judgements = folded.Judgements
	return err
}

// summary says what is raised and what of it confirmed.
func (c *confirming) summary() error {
	out := c.a.text()
	fmt.Fprintln(out)
	for i := range c.s.Grades {
		g := &c.s.Grades[i]
		if points, any := c.s.Confirmed(g); any {
			fmt.Fprintf(out, "%s: raised %.3g of %.3g, confirmed %.3g\n", g.Prompt, g.Points, g.Max, points)
		}
	}
	return nil
}

func (a *App) disputesCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "disputes",
		Short:   "List disputed marks as example lines for the rubrics",
		Long:    "What you did not mean is a miss, what you said and was not found is a hit: lines for the examples of the criterion.",
		Example: `  interview review disputes`,
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.disputes() },
	}
}

func (a *App) disputes() error {
	dir, err := a.sessionsPath()
	if err != nil {
		return err
	}
	out := a.text()
	n := 0
	for s := range sessions(dir) {
		for _, j := range s.Judgements {
			if j.Agrees {
				continue
			}
			kind := "hit"
			if j.Level != "" {
				kind = "miss"
			}
			n++
			fmt.Fprintf(out, "%s/%s  # %s\n  %s: [%s]\n", j.Prompt, j.Criterion, s.ID, kind, strconv.Quote(strings.Join(strings.Fields(j.Quote), " ")))
		}
	}
	a.note("%s in %s", counted(n, "dispute"), filepath.Clean(dir))
	return nil
}
