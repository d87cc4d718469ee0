package trial_test

import (
	"encoding/json"
	"os"
	"testing"

	"interview/internal/bank"
	"interview/internal/trial"
)

// setups are the trials of the bank by prompt.
func setups(t testing.TB) map[string]trial.Setup {
	t.Helper()
	b := bank.New(bank.Layer{Prompts: os.DirFS("../../prompts"), Rubrics: os.DirFS("../../rubrics")})
	heads, _ := b.Heads()
	out := map[string]trial.Setup{}
	for _, h := range heads {
		it, err := b.Item(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !it.Prompt.Trial.Given() {
			continue
		}
		text, _ := json.Marshal(it.Prompt.Trial)
		var s trial.Setup
		if err := json.Unmarshal(text, &s); err != nil {
			t.Fatal(err)
		}
		out[h.ID] = s
	}
	if len(out) < 6 {
		t.Fatalf("only %d trials", len(out))
	}
	return out
}

// Every reference answer is right, and of every planted fault exactly the planted piece is blamed.
func TestReferences(t *testing.T) {
	for id, s := range setups(t) {
		t.Run(id, func(t *testing.T) {
			b, err := trial.Prepare(s)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range b.Prove(true) {
				t.Error(p)
			}
		})
	}
}
