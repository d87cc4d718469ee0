package tui

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"interview/internal/session"
)

// header is the title on the left and the clocks on the right.
func (m *model) header() string {
	title := m.styles.strong.Render(line(m.room.Title))
	if mode := line(m.sitting.Plan.Mode); mode != "" {
		title += m.styles.dim.Render(" · " + mode)
	}
	return spread(title, m.clocks(m.width-min(20, m.width/3)), m.width)
}

// clocks is the time left in the step and in all, in the longest form that fits.
func (m *model) clocks(width int) string {
	q := m.question
	if q.Untimed {
		return m.styles.dim.Render("no clock")
	}
	step, all := clock(q.Left), clock(q.TotalLeft)
	if q.TotalLeft < 0 {
		all = clock(-q.TotalLeft) + " over"
	}
	budget, total := clock(q.Step.Budget), clock(m.total())
	forms := [][2]string{
		{step + " left of " + budget, " · in all " + all + " of " + total},
		{step + " left of " + budget, " · all " + all},
		{step + " left", " · all " + all},
		{step, " " + all},
	}
	if q.Left <= 0 {
		over := clock(-q.Left)
		forms = [][2]string{
			{"time is up, " + over + " over", " · in all " + all + " of " + total},
			{over + " over", " · all " + all + " of " + total},
			{over + " over", " · all " + all},
		}
	}
	for _, f := range forms {
		if ansi.StringWidth(f[0]+f[1]) <= width {
			return m.urgency().Render(f[0]) + m.styles.dim.Render(f[1])
		}
	}
	return m.urgency().Render(forms[len(forms)-1][0])
}

// urgency colours the clock: from one minute before the end, and after it.
func (m *model) urgency() lipgloss.Style {
	switch left := m.question.Left; {
	case left <= 0:
		return m.styles.late
	case left <= lastCall:
		return m.styles.warn
	}
	return m.styles.good
}

// total is the time of all steps.
func (m *model) total() (sum time.Duration) {
	for _, s := range m.sitting.Plan.Steps {
		sum += s.Budget
	}
	return sum
}

// clock is mm:ss, a begun second counts as a whole one, so that 00:00 is shown when the time is up and not before.
func clock(d time.Duration) string {
	s := int64((max(d, 0) + time.Second - 1) / time.Second)
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}

// stepState is how far one step of the plan is.
type stepState struct {
	name    string
	sign    string // ✓ answered, ∅ skipped, ▸ here, · to come
	took    time.Duration
	budget  time.Duration
	here    bool
	reached bool
}

func (m *model) steps() []stepState {
	plan := m.sitting.Plan
	states := make([]stepState, len(plan.Steps))
	for i, s := range plan.Steps {
		states[i] = stepState{name: m.stepName(s), sign: "·", budget: s.Budget}
	}
	for _, t := range m.sitting.Turns {
		if t.Index < 0 || t.Index >= len(states) {
			continue
		}
		s := &states[t.Index]
		s.took, s.reached, s.sign = t.Took, true, "✓"
		if t.Text == "" || t.Draft {
			s.sign = "∅"
		}
	}
	if i := m.question.N - 1; i >= 0 && i < len(states) {
		states[i].sign, states[i].here, states[i].reached = "▸", true, true
		states[i].took = states[i].budget - m.question.Left
	}
	return states
}

// stepName is the phase, or in a sitting of several prompts the prompt.
func (m *model) stepName(s session.Step) string {
	if prompts := m.sitting.Plan.Prompts; len(prompts) > 1 {
		for _, p := range prompts {
			if p.ID == s.Prompt {
				return line(p.Title)
			}
		}
	}
	return line(s.Title)
}

// stepper shows all steps with the time each took, in the longest form that fits.
func (m *model) stepper() string {
	states := m.steps()
	lead := fmt.Sprintf("%d of %d", m.question.N, m.question.Of)
	for _, timed := range []func(stepState) bool{
		func(stepState) bool { return true },
		func(s stepState) bool { return s.reached },
		func(stepState) bool { return false },
	} {
		parts := []string{m.styles.dim.Render(lead)}
		for _, s := range states {
			parts = append(parts, m.step(s, timed(s) && !m.question.Untimed))
		}
		if row := strings.Join(parts, "  "); ansi.StringWidth(row) <= m.width {
			return row
		}
	}
	signs, name := "", ""
	for _, s := range states {
		signs += s.sign
		if s.here {
			name = s.name
		}
	}
	return spread(m.styles.dim.Render(lead+" ")+m.styles.accent.Render(name), m.styles.dim.Render(signs), m.width)
}

func (m *model) step(s stepState, timed bool) string {
	text := s.sign + " " + s.name
	times := ""
	if timed && s.budget > 0 {
		times = " " + clock(s.budget)
		if s.reached {
			times = " " + clock(s.took) + "/" + clock(s.budget)
		}
	}
	style := m.styles.dim
	if s.here {
		style = m.styles.accent
	}
	late := m.styles.dim
	if s.reached && s.budget > 0 && s.took > s.budget {
		late = m.styles.late
	}
	return style.Render(text) + late.Render(times)
}

// pace draws one segment a step, as long as its share of the time, filled as far as its time is used.
func (m *model) pace() string {
	states, total := m.steps(), m.total()
	if total <= 0 || len(states)*3 > m.width {
		return m.styles.rule.Render(strings.Repeat("─", m.width))
	}
	room := m.width - len(states) + 1
	var b strings.Builder
	var sum time.Duration
	from := 0
	for i, s := range states {
		sum += s.budget
		to := int(int64(room) * int64(sum) / int64(total))
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(m.segment(s, to-from))
		from = to
	}
	return b.String()
}

func (m *model) segment(s stepState, width int) string {
	used := 0
	if s.budget > 0 && s.reached {
		used = int(int64(width) * int64(min(s.took, s.budget)) / int64(s.budget))
	}
	style := m.styles.dim
	switch {
	case s.here:
		style = m.urgency()
	case s.took > s.budget:
		style = m.styles.late.Bold(false)
	}
	return style.Render(strings.Repeat("━", max(0, used))) + m.styles.rule.Render(strings.Repeat("─", max(0, width-used)))
}
