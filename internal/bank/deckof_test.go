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

func TestDeckOfLocus(t *testing.T) {
	for line, want := range map[string]string{
		"":                               "",
		"locus: Guard's \"Room\"\n":      "Guard's \"Room\"",
		"locus: \"Coffee\"\n":            "Coffee",
		"locus: \"Cof\\u0066ee\"\r\n":    "Coffee",
		"locus: Stairs # down\n":         "Stairs",
		"locus: >-\n  The long\n  way\n": "The long way",
	} {
		text := "id: red-a\ntitle: A\ntrack: t\nframework: f\nask: |\n  locus: of this text\n" + line
		b := New(Layer{Prompts: fstest.MapFS{"decks/red.yaml": {Data: []byte(text)}}})
		if heads := b.DeckOf("red-a"); len(heads) != 1 || heads[0].Locus != want {
			t.Errorf("%q: %+v, want %q", line, heads, want)
		}
	}
}
