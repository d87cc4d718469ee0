package bank

import (
	"testing"
	"testing/fstest"
)

func TestDeckOf(t *testing.T) {
	card := func(id string) string {
		return "---\nid: " + id + "\ntitle: Title of " + id + "\ntrack: t\nframework: f\nask: a\n"
	}
	b := New(
		Layer{Prompts: fstest.MapFS{
			"decks/red.yaml":      {Data: []byte(card("red-b") + card("red-a"))},
			"decks/red-wine.yaml": {Data: []byte(card("red-wine-x"))},
			"t/red-car.yaml":      {Data: []byte(card("red-car"))},
		}},
		Layer{Prompts: fstest.MapFS{"decks/red.yaml": {Data: []byte(card("red-a") + card("red-c"))}}},
	)
	for id, want := range map[string]string{"red-a": "red-b red-a red-c", "red-c": "red-b red-a red-c", "red-wine-x": "red-wine-x", "red-car": "", "red-z": "", "red": ""} {
		got := ""
		for _, h := range b.DeckOf(id) {
			if h.Title != "Title of "+h.ID || h.Deck == "" {
				t.Errorf("%s: %+v", id, h)
			}
			got += " " + h.ID
		}
		if got = got[min(1, len(got)):]; got != want {
			t.Errorf("%s is of the deck %q, want %q", id, got, want)
		}
	}
}
