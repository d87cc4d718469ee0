package grade

import (
	"os"
	"strings"
	"testing"

	"interview/internal/bank"
	"interview/internal/lexicon"
)

func TestReply(t *testing.T) {
	facts := []bank.Fact{
		{Asked: []string{"how many users", "traffic", "scale", "writes per month", "creations"}, Says: "writes"},
		{Asked: []string{"reads", "read write ratio", "redirects", "clicks per link"}, Says: "reads"},
		{Asked: []string{"how long kept", "retention", "expiry", "do links expire"}, Says: "kept"},
		{Asked: []string{"latency", "how fast", "response time"}, Says: "fast"},
		{Asked: []string{"availability", "uptime", "sla"}, Says: "up"},
		{Asked: []string{"custom", "vanity", "own name"}, Says: "names"},
	}
	for question, want := range map[string]string{
		"How many users do we have?":                           "writes",
		"how many creations a month should I plan for?":        "writes",
		"What is the ratio of reads to writes?":                "reads",
		"How fast should a redirect be?":                       "fast",
		"do the links expire at some time":                     "kept",
		"What availability do you need?":                       "up",
		"Can people pick vanity names?":                        "names",
		"LATENCY???":                                           "fast",
		"":                                                     "",
		"how many":                                             "",
		"What is the weather like?":                            "",
		"Should I write it in Go or in Rust?":                  "",
		"Which colour does the logo have?":                     "",
		"\xff\x00 ???":                                         "",
		strings.Repeat("and what about the moon ", 1000) + "?": "",
	} {
		got, known := Reply(facts, question)
		if got != want || known != (want != "") {
			t.Errorf("%.60q: %q, %v; want %q", question, got, known, want)
		}
	}
	if got, known := Reply(nil, "latency?"); known {
		t.Errorf("without facts: %q", got)
	}
}

// Who asks in the words that an author foresaw is told that fact, or another that was foreseen for the same words.
func TestReplyToEveryBuiltInFact(t *testing.T) {
	b := bank.New(bank.Layer{Prompts: os.DirFS("../../prompts"), Rubrics: os.DirFS("../../rubrics")})
	heads, _ := b.Heads()
	asked := 0
	for _, h := range heads {
		it, err := b.Item(h.ID)
		if err != nil {
			continue // check names it
		}
		for _, f := range it.Prompt.Facts {
			for _, phrase := range f.Asked {
				if asked++; lexicon.Function(strings.ToLower(phrase)) {
					continue // one word of grammar alone asks for nothing
				}
				if got, _ := Reply(it.Prompt.Facts, "Tell me about "+phrase+", please"); got != f.Says && !foreseen(it.Prompt.Facts, got, phrase) {
					t.Errorf("%s: asked for %q, told %q", h.ID, phrase, got)
				}
			}
		}
	}
	if asked < 100 {
		t.Errorf("only %d ways to ask: the bank was not read", asked)
	}
}

// foreseen says that a fact has all subject words of a phrase among its own.
func foreseen(facts []bank.Fact, says, phrase string) bool {
	for _, f := range facts {
		if f.Says != says {
			continue
		}
		own := wordsOf(strings.Join(f.Asked, " "))
		for w, weight := range wordsOf(phrase) {
			if _, ok := own[w]; weight == 1 && !ok {
				return false
			}
		}
		return true
	}
	return false
}
