package grade

import (
	"slices"
	"testing"

	"interview/internal/bank"
)

// The table of the bank: what does not answer a prompt earns little under its own criteria.
func TestTable(t *testing.T) {
	items, _ := builtin().Check()
	items = slices.DeleteFunc(items, func(it *bank.Item) bool { return it.Prompt.Deck != "" })
	if len(items) < 10 {
		t.Fatalf("only %d prompts", len(items))
	}
	for _, it := range items {
		t.Run(it.Prompt.ID, func(t *testing.T) {
			t.Parallel()
			row := Table(it, items)
			if len(row) < len(items) {
				t.Errorf("only %d texts are held against it", len(row))
			}
			for _, c := range row {
				if c.Score > c.Most {
					t.Errorf("%s earns %.3f, %.2f at most", c.Text, c.Score, c.Most)
				}
			}
		})
	}
}
