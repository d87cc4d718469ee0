package session

import (
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"interview/internal/bank"
	"interview/internal/grade"
)

// hills is a prompt of two phases; the second is a conversation of two probes.
func hills(t *testing.T) (*bank.Item, *grade.Sheet) {
	t.Helper()
	it := itemOf("hills", 4, 10)
	it.Framework.Ladder = []string{"met"}
	it.Framework.Phases[1].Probes = 2
	criterion := func(id, phase, word string, weight int) bank.Criterion {
		return bank.Criterion{ID: id, Phase: phase, Title: id, Probe: "What of the " + word + "?", Weight: weight,
			Levels: []bank.Level{{Name: "met", Need: 1, Say: []string{"path + " + word}}}}
	}
	it.Criteria = []bank.Criterion{
		criterion("goal", "phase0", "summit", 1),
		criterion("light", "phase1", "lantern", 1),
		criterion("heavy", "phase1", "boulder", 3),
		criterion("middle", "phase1", "bridge", 2),
		criterion("storm", "phase1", "storm", 1),
	}
	it.Criteria[4].Adapts = true
	sheet, problems := grade.Compile(it)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return it, sheet
}

func asks(steps []Step) string {
	var all []string
	for _, s := range steps {
		all = append(all, s.Title+"="+s.Probe+" "+s.Budget.String())
	}
	return strings.Join(all, "; ")
}

func TestConversation(t *testing.T) {
	it, sheet := hills(t)
	for _, c := range []struct{ name, said, want string }{
		{"the heaviest, and an adaptation", "", "Phase 1 1=heavy 3m20s; Phase 1 2=storm 3m20s; Phase 1= 3m20s"},
		{"what is raised is not asked", "The path leads around the boulder.", "Phase 1 1=middle 3m20s; Phase 1 2=storm 3m20s; Phase 1= 3m20s"},
		{"a raised adaptation is none", "The path is closed in a storm.", "Phase 1 1=heavy 3m20s; Phase 1 2=middle 3m20s; Phase 1= 3m20s"},
		{"one is left", "The path leads around the boulder. The path has a bridge. The path is closed in a storm.", "Phase 1 1=light 5m0s; Phase 1= 5m0s"},
		{"nothing is left", "The path leads around the boulder. The path has a bridge. The path is closed in a storm. The path is lit by a lantern.", ""},
	} {
		s := Session{Plan: Mock(it, Pace{}), Turns: []Turn{{Step: Step{Prompt: "hills"}, Text: c.said}}}
		if got := asks(Conversation(s, 1, it, sheet)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	s := Session{Plan: Mock(it, Pace{})}
	equal(t, "phase without probes", len(Conversation(s, 0, it, sheet)), 0)
	equal(t, "past the end", len(Conversation(s, 2, it, sheet)), 0)
	begun := Session{Plan: s.Plan, Turns: []Turn{{Index: 1}}}
	equal(t, "begun already", len(Conversation(begun, 1, it, sheet)), 0)
	for minutes, want := range map[float64]string{0.014: "Phase 1 1=heavy 200ms; Phase 1 2=storm 200ms; Phase 1= 200ms", 0.00001: ""} {
		s.Plan = Mock(it, Pace{Minutes: minutes})
		if got := asks(Conversation(s, 1, it, sheet)); got != want {
			t.Errorf("%v minutes: %s", minutes, got)
		}
	}
	s.Plan = Mock(it, Pace{Untimed: true})
	equal(t, "untimed", asks(Conversation(s, 1, it, sheet)), "Phase 1 1=heavy 0s; Phase 1 2=storm 0s; Phase 1= 0s")
}

func TestFollowUp(t *testing.T) {
	it, sheet := hills(t)
	s := Session{Plan: Mock(it, Pace{}), Turns: []Turn{{Step: Step{Prompt: "hills", Phase: "phase0"}, Text: "nothing"}}}
	equal(t, "first phase", asks(FollowUp(s, 0, it, sheet)), "Phase 0, follow-up=goal 1m0s; Phase 1= 10m0s")
	equal(t, "the end", asks(FollowUp(s, 1, it, sheet)), "Phase 1, follow-up=heavy 1m0s")
	s.Turns[0].Text = "The path leads to the summit."
	equal(t, "nothing missed", asks(FollowUp(s, 0, it, sheet)), "")
	s.Turns[0].Text = ""
	s.pose(1, FollowUp(s, 0, it, sheet))
	equal(t, "after a probe", asks(FollowUp(s, 1, it, sheet)), "")
	equal(t, "asked once", asks(FollowUp(s, 0, it, sheet)), "")
}

// Probes join the plan while it is walked: the runner, its journal and a later sitting agree on them.
func TestProbesInThePlan(t *testing.T) {
	it, sheet := hills(t)
	synctest.Test(t, func(t *testing.T) {
		plan := Mock(it, Pace{})
		r, rec := start(t, plan)
		r.Follow = func(s Session, answered int) []Step { return Conversation(s, answered+1, it, sheet) }
		must(t, r.Asked("how high?", "1,000 m"))
		must(t, r.Answer("The path leads to the summit."))
		equal(t, "steps planned", len(plan.Steps), 2)
		q := question(t, r)
		equal(t, "asked", q.Step.Ask, "What of the boulder?")
		equal(t, "step", q.N, 2)
		equal(t, "of", q.Of, 4)
		equal(t, "in all", q.TotalLeft, 14*time.Minute)
		must(t, r.Draft("half"))
		folded(t, r, rec)

		r = resume(t, rec)
		q = question(t, r)
		equal(t, "resumed at", q.Step.Probe, "heavy")
		equal(t, "draft", q.Draft, "half")
		_, err := r.Back("half")
		must(t, err)
		r.Follow = func(s Session, answered int) []Step { return Conversation(s, answered+1, it, sheet) }
		must(t, r.Answer("nothing")) // given again: nothing is posed twice
		must(t, r.Answer("The path leads around the boulder."))
		must(t, r.Answer("storm"))
		must(t, r.Answer("free"))
		if _, open := r.Question(); open {
			t.Error("a fifth step")
		}
		folded(t, r, rec)
		s := r.Session()
		want := []grade.Answer{{Phase: "phase0", Text: "nothing"}, {Phase: "phase1", Text: "The path leads around the boulder."},
			{Phase: "phase1", Text: "storm"}, {Phase: "phase1", Text: "free"}}
		if got := s.Answers("hills", false); !reflect.DeepEqual(got, want) {
			t.Errorf("answers %+v", got)
		}
	})
}

// What was recorded of later steps moves with them.
func TestPoseMovesLaterSteps(t *testing.T) {
	s, err := Fold("", []Event{
		opened(planOf(1, 2)),
		{Kind: Entered, Step: index(0)}, {Kind: Answered, Step: index(0), Text: "a"},
		{Kind: Entered, Step: index(1)}, {Kind: Asked, Step: index(1), Text: "q", Reply: "r"}, {Kind: Paused, Step: index(1)},
		{Kind: Entered, Step: index(0)},
		{Kind: Posed, Step: index(1), Steps: []Step{{Probe: "x"}, {Prompt: "p", Phase: "phase1", Budget: time.Second}}},
		{Kind: Answered, Step: index(0), Text: "b"},
	})
	must(t, err)
	equal(t, "next", s.Current, 1)
	equal(t, "turns", len(s.Turns), 2)
	equal(t, "turn", s.Turns[1].Index, 2)
	equal(t, "its budget", s.Turns[1].Step.Budget, time.Second)
	equal(t, "question", s.Asides[0].Step, 2)
	equal(t, "pause", s.Pauses[0].Step, 2)
}
