package bank

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Every line of the notes has a card, or a criterion of one, and every card but those of numbers carries a line.
func TestNotesHaveCards(t *testing.T) {
	text, err := os.ReadFile("testdata/notes.txt")
	if err != nil {
		t.Fatal(err)
	}
	b := New(Layer{Prompts: os.DirFS("../../prompts"), Rubrics: os.DirFS("../../rubrics")})
	heads, problems := b.Heads()
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	carried := map[string]bool{}
	for _, h := range heads {
		if h.Deck != "" && h.Deck != "numbers" {
			carried[h.ID] = false
		}
	}
	heading, want, have := "", 0, 0
	section := func(next string, n int) {
		if have != want {
			t.Errorf("%s: %d lines, want %d", heading, have, want)
		}
		heading, want, have = next, n, 0
	}
	for n, line := range strings.Split(string(text), "\n") {
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '=':
			name, count, _ := strings.Cut(line[2:], ", ")
			lines, err := strconv.Atoi(count)
			if err != nil {
				t.Fatalf("notes.txt:%d: %v", n+1, err)
			}
			section(name, lines)
		default:
			have++
			_, cards, _ := strings.Cut(line, " | ")
			if strings.TrimSpace(cards) == "" {
				t.Errorf("notes.txt:%d: no card carries %q", n+1, line)
			}
			for card := range strings.FieldsSeq(cards) {
				id, criterion, _ := strings.Cut(card, "/")
				it, err := b.Item(id)
				if err != nil {
					t.Errorf("notes.txt:%d: %v", n+1, err)
					continue
				}
				carried[id] = true
				if criterion != "" && !slices.ContainsFunc(it.Criteria, func(c Criterion) bool { return c.ID == criterion }) {
					t.Errorf("notes.txt:%d: card %s has no criterion %s", n+1, id, criterion)
				}
			}
		}
	}
	section("", 0)
	if len(carried) < 130 {
		t.Errorf("only %d cards", len(carried))
	}
	for id, yes := range carried {
		if !yes {
			t.Errorf("card %s carries no line of the notes", id)
		}
	}
}
