package cli

import (
	"slices"
	"strings"
	"testing"
)

// A command is found in its group, and the names of a group are those of its commands.
func TestGroups(t *testing.T) {
	for _, g := range (&App{}).groups("") {
		var names []string
		for _, c := range g.make() {
			names = append(names, c.Name())
		}
		want := strings.Fields(g.names)
		slices.Sort(names)
		slices.Sort(want)
		if !slices.Equal(names, want) {
			t.Errorf("the group of %s makes %s", g.names, names)
		}
		for _, name := range want {
			if got := (&App{}).groups(name); len(got) != 1 || got[0].names != g.names {
				t.Errorf("%s is looked for in %d groups", name, len(got))
			}
		}
	}
	if all := (&App{}).groups("--plain"); len(all) < 8 {
		t.Errorf("only %d groups where no command is named", len(all))
	}
}
