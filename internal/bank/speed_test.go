package bank

import (
	"fmt"
	"strings"
	"testing"
)

// wide is a bank of the size of two months' practice: 60 prompts, 11 decks of 15 cards, 4 rubrics of 20 criteria.
func wide() Layer {
	criterion := func(id string) string {
		return fmt.Sprintf(`  - id: %s
    phase: look
    title: Sizes the store from what was asked
    why: A number that follows from the facts shows that the design was meant.
    probe: The traffic grows a hundredfold. What breaks first, and what do you do?
    levels:
      - name: low
        descriptor: Names a store and why it fits.
        say: ["key value | nosql | dynamo | cassandra + lookup | no join | by key", "shard | partition + $wet | hash"]
      - name: high
        descriptor: Gives a size, and what was given up.
        need: 2
        say: ["sequential | predictable | guess + random | shuffle | salt", "hash | md5 + collision | clash + check | insert | cost", "lose | waste | crash + range | block | batch"]
    against: ["md5 | hash + never collide | no collision"]
    examples:
      hit: ["We shard by the hash of the key, since every read is a lookup by key.", "ids in blocks of 1000; a crash wastes a block"]
      miss: ["We do not shard, so a hash is not needed.", "shard, hash, key, value, store, block"]
`, id)
	}
	many := func(n int) (s string) {
		for i := range n {
			s += criterion(fmt.Sprintf("size-%d", i))
		}
		return s
	}
	files := sound()
	for i := range 60 {
		id := fmt.Sprintf("prompt-%d", i)
		files["prompts/hills/"+id+".yaml"] = "id: " + id + "\ntitle: Prompt\ntrack: hills\nfamily: grass\nframework: walk\nask: Design it.\n" +
			"rubrics: [rubric-0/size-1, rubric-1/size-2, rubric-2/size-3, rubric-2/size-4, rubric-3/size-5]\ncriteria:\n" + many(12) +
			"model:\n  look: |\n" + strings.Repeat("    A line of the model answer, of the usual length, says what was chosen and why.\n", 40)
	}
	for i := range 11 {
		deck := fmt.Sprintf("deck-%d", i)
		var cards []string
		for j := range 15 {
			cards = append(cards, fmt.Sprintf("id: %s-%d\ntitle: Card\ntrack: cards\nframework: walk\nlocus: gate\nask: What for?\ncriteria:\n", deck, j)+criterion("it")+"model:\n  look: One paragraph that says it.\n")
		}
		files["prompts/decks/"+deck+".yaml"] = strings.Join(cards, "---\n")
	}
	for i := range 4 {
		files[fmt.Sprintf("rubrics/rubric-%d.yaml", i)] = fmt.Sprintf("id: rubric-%d\ntitle: Rubric\ncriteria:\n", i) + many(20)
	}
	return layer("", files)
}

func BenchmarkHeads(b *testing.B) {
	l := wide()
	for b.Loop() {
		if heads, ps := New(l).Heads(); len(heads) != 60+11*15+3 || len(ps) > 0 {
			b.Fatal(len(heads), Problems(ps))
		}
	}
}

func BenchmarkItem(b *testing.B) {
	l := wide()
	for b.Loop() {
		if _, err := New(l).Item("prompt-7"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDeck(b *testing.B) {
	l := wide()
	for b.Loop() {
		if cards, err := New(l).Deck("deck-3"); err != nil || len(cards) != 15 {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	l := wide()
	for b.Loop() {
		if items, ps := New(l).Check(); len(items) != 60+11*15+3 || len(ps) > 0 {
			b.Fatal(len(items), Problems(ps))
		}
	}
}

// A sitting asks for its prompt when it is named and when it is compiled: the second time parses nothing.
func TestItemAgainIsCheap(t *testing.T) {
	b := New(wide())
	item := func(id string) *Item {
		it, err := b.Item(id)
		if err != nil {
			t.Fatal(err)
		}
		return it
	}
	fresh := testing.AllocsPerRun(4, func() { item("prompt-1"); item("prompt-2") }) / 2
	again := testing.AllocsPerRun(4, func() { item("prompt-1") })
	deck := testing.AllocsPerRun(4, func() {
		for i := range 15 {
			item(fmt.Sprintf("deck-3-%d", i))
		}
	}) / 15
	if again > fresh/2 || deck > fresh/2 {
		t.Errorf("%.0f allocations for a prompt, %.0f for it again, %.0f for each card of one deck", fresh, again, deck)
	}
	if a, b := item("prompt-1"), item("prompt-1"); a == b || a.Digest() != b.Digest() {
		t.Error("the same item twice is no two equal ones")
	}
}
