package report

import (
	"strings"
	"testing"

	"interview/internal/bank"
)

// A card is one line of five fields, whatever it holds.
func TestAnki(t *testing.T) {
	it := &bank.Item{
		Prompt: bank.Prompt{ID: "redis-lock", Deck: "redis", Track: "recall", Title: "Locks", Locus: "Second shelf", Ask: "\"What\tis\" <b> & why?\n\nSay it.",
			Picture: "A key.", Model: map[string]string{"retell": "SET NX PX 5\nand \x1b[2J a token"}},
		Framework: bank.Framework{Phases: []bank.Phase{{ID: "retell"}}},
	}
	var b strings.Builder
	if err := Anki(&b, []*bank.Item{it}); err != nil {
		t.Fatal(err)
	}
	want := ankiHead + "redis-lock\tinterview::redis\tSecond shelf · Locks<br><br>&#34;What    is&#34; &lt;b&gt; &amp; why?<br><br>Say it.\t" +
		"A key.<br><br>SET NX PX 5<br>and ␛[2J a token\tredis recall Second-shelf\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	b.Reset()
	if err := CardsMarkdown(&b, []*bank.Item{it}); err != nil {
		t.Fatal(err)
	}
	if want := "# redis\n\n## Locks\n\n\"What\tis\" <b> & why?\n\nSay it.\n\n---\n\nSET NX PX 5\nand \x1b[2J a token\n"; b.String() != want {
		t.Errorf("got %q", b.String())
	}
}
