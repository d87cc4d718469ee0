package grade

import (
	"testing"

	"interview/internal/diagram"
)

func TestLabelsAreMended(t *testing.T) {
	for _, c := range []struct{ label, other, want string }{
		{"Kfaka", "client", "kafka"},
		{"Redis", "client", "Redis"},
		{"dirver app", "driver app", "driver app"}, // the English word of another box
		{"cliemt", "server", "cliemt"},             // one edit from a word that nobody wrote
		{"shard 1", "shard 2", "shard 1"},
		{"serves", "server", "serves"}, // both are English
		{"svc", "src", "svc"},          // too short to tell
	} {
		g := diagram.Graph{Nodes: []diagram.Node{{ID: "a", Label: c.label}, {ID: "b", Label: c.other}}}
		newSpeller([]diagram.Graph{g}, []string{"kafka", "redis", "queue"}).mend([]diagram.Graph{g})
		if got := g.Nodes[0].Label; got != c.want {
			t.Errorf("%q beside %q is read as %q, want %q", c.label, c.other, got, c.want)
		}
	}
}

// What is drawn in the words of no concept of the prompt is another system's drawing.
func TestDrawingOfAnotherSystemPaysNothing(t *testing.T) {
	subjects(t, []string{"chat-system"}, func(s *subject) {
		drawing := "## High-level design\n```\nshop -> gateway -> order service -> postgres\norder service -> kafka -> mailer -> database\n```\n"
		if got := s.sheet.score(drawing); got != 0 {
			t.Errorf("a drawing of a shop alone scores %.3f", got)
		}
	})
}
