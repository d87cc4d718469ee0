package cli

import (
	"fmt"
	"strings"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/report"
	"interview/internal/session"
	"interview/internal/trial"
)

// yourCall is what the interviewer says where no fact was foreseen.
const yourCall = "your call: state an assumption"

// interviewer is the other side of the table: it answers questions, gives hints, poses probes and says what was met, from the
// prompts of the plan. Whatever it says is recorded. The room and line mode have it alike.
type interviewer struct {
	s     *sitting
	r     *session.Runner
	voice *voice // nil where no model speaks
}

// seat puts an interviewer before a runner.
func (s *sitting) seat(r *session.Runner) *interviewer {
	i := &interviewer{s, r, s.voice}
	if s.probes || s.f.each() || s.voice != nil {
		r.Follow = i.follow
	}
	return i
}

// of is the item of a prompt of the plan, and what makes or waits for its sheet.
func (i *interviewer) of(prompt string) (*bank.Item, func() *grade.Sheet) {
	for n, it := range i.s.items {
		if it.Prompt.ID == prompt {
			return it, i.s.sheets[n]
		}
	}
	return nil, nil
}

// ask answers a question about the prompt at hand.
func (i *interviewer) ask(question string) (string, error) {
	q, open := i.r.Question()
	if !open {
		return yourCall, nil
	}
	reply := yourCall
	if it, _ := i.of(q.Step.Prompt); it != nil {
		if says, known := grade.Reply(it.Prompt.Facts, question); known {
			reply = says
		} else if says, known := i.voice.said(question); known {
			reply = says
		}
	}
	return reply, i.r.Asked(question, reply)
}

// hint gives the next hint to the step at hand: the coach's line, then the titles of the criteria; "" when all are given.
func (i *interviewer) hint() (string, error) {
	q, open := i.r.Question()
	if !open {
		return "", nil
	}
	hints := i.hints(&q.Step)
	given := len(i.r.Session().AsidesOf(q.N-1, session.Hinted))
	if given >= len(hints) {
		return "", nil
	}
	return hints[given], i.r.Show(session.Hinted, hints[given])
}

func (i *interviewer) hints(step *session.Step) []string {
	var hints []string
	if coach := strings.TrimSpace(step.Coach); coach != "" {
		hints = append(hints, coach)
	}
	it, _ := i.of(step.Prompt)
	if it == nil || i.s.plan.Mode == session.ModeBlank {
		return nil
	}
	for _, c := range it.Criteria {
		if c.Phase == step.Phase && (step.Probe == "" || step.Probe == c.ID) {
			hints = append(hints, c.Title)
		}
	}
	return hints
}

// follow poses what comes before the next step: the follow-up to what was missed, and the probes of a conversation.
func (i *interviewer) follow(s session.Session, answered int) []session.Step {
	var steps []session.Step
	if next := answered + 1; i.s.probes && next < len(s.Plan.Steps) {
		if it, sheet := i.of(s.Plan.Steps[next].Prompt); it != nil {
			steps = session.Conversation(s, next, it, sheet())
		}
	}
	up := i.followUp(s, answered)
	if len(up) == 0 || len(steps) == 0 {
		return append(up, steps...)
	}
	return append(up[:1:1], steps...)
}

// followUp is the question to what a step missed, with the step after it.
func (i *interviewer) followUp(s session.Session, answered int) []session.Step {
	it, sheet := i.of(s.Plan.Steps[answered].Prompt)
	switch {
	case it == nil:
		return nil
	case i.voice != nil:
		return i.voice.followed(answered)
	case !i.s.f.each():
		return nil
	}
	return session.FollowUp(s, answered, it, sheet())
}

// after is the page about the step answered last; "" where feedback waits for the end, and after the last step: the report
// follows there.
func (i *interviewer) after() (string, error) {
	q, open := i.r.Question()
	answered := q.N - 2
	if !open || answered < 0 || !i.s.f.each() {
		return "", nil
	}
	s := i.r.Session()
	page := i.met(&s, answered)
	if next := &q.Step; next.Probe != "" && s.Plan.Steps[answered].Probe == "" && next.Phase == s.Plan.Steps[answered].Phase {
		page += "\nThe interviewer has a question to that: it comes next"
		if next.Budget > 0 {
			page += ", with " + report.Clock(next.Budget) + " to answer"
		}
		page += ".\n"
	}
	return page, i.r.ShowOf(answered, session.Told, page)
}

// met says what a step raised, with the quotes. What it missed is not named before somebody has tried the probe.
func (i *interviewer) met(s *session.Session, answered int) string {
	step := s.Plan.Steps[answered]
	it, sheet := i.of(step.Prompt)
	if it == nil {
		return ""
	}
	var b strings.Builder
	answers := s.Answers(step.Prompt, false)
	found := i.s.findings(it, answers, i.r)
	g := sheet().GradeTried(answers, found, step.Phase)
	raised, asked := 0, 0
	for n := range g.Marks {
		m := &g.Marks[n]
		if m.NotAsked || m.Unmarked != "" || step.Probe != "" && m.Criterion != step.Probe {
			continue
		}
		asked++
		if m.Points > 0 {
			raised++
			b.WriteString("\n" + m.Title + reachedLevel(m) + "\n" + quoteOf(m))
		} else if step.Probe != "" {
			b.WriteString("\nNot raised: " + m.Title + "\nlooked for: " + m.Sought + "\n")
		}
	}
	if step.Probe == "" {
		b.WriteString(ranWrong(answers, found, step.Phase))
	}
	return fmt.Sprintf("%s: raised %d of %d\n", step.Title, raised, asked) + b.String()
}

// ranWrong are the lines of a phase that a run found wrong: an input that shows it gives no answer away.
func ranWrong(answers []grade.Answer, found []trial.Finding, phase string) string {
	var b strings.Builder
	for _, f := range found {
		if f.OK || f.Unrun != "" || f.Answer >= len(answers) || answers[f.Answer].Phase != phase {
			continue
		}
		b.WriteString("\nRun, this is wrong: " + f.Says + "\n  “" + strings.Join(strings.Fields(answers[f.Answer].Text[f.Start:f.End]), " ") + "”\n")
		if f.Input != "" {
			b.WriteString("  for " + f.Input + "\n")
		}
	}
	return b.String()
}

func reachedLevel(m *grade.Mark) string {
	if m.Level == "" {
		return ""
	}
	return " (" + m.Level + ")"
}

// quoteOf is the first quote that speaks for a mark.
func quoteOf(m *grade.Mark) string {
	for _, e := range m.Evidence {
		if !e.Against {
			return "  “" + strings.Join(strings.Fields(e.Quote), " ") + "”\n"
		}
	}
	return ""
}
