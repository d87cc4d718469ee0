package lexicon

import (
	"encoding/binary"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// surfaces makes the table of all words that it can hold: a word is left out whose stem is another English word with
// another stem, since that has one number only.
func surfaces(t *testing.T) []byte {
	table := make([]byte, 8*surfaceSlots)
	numbers, next := map[string]entry{}, entry(Functions()+1)
	number := func(stem string) entry {
		if f := FunctionID(stem); f != 0 {
			return entry(f)
		}
		if numbers[stem] == 0 {
			numbers[stem] = next
			next++
		}
		return numbers[stem]
	}
	own := func(word string) bool { return Function(word) || string(Stem([]byte(word))) == word }
	entries := map[string]entry{}
	for word := range strings.FieldsSeq(functionList) {
		entries[word] = entry(FunctionID(word)) | entryFunction
	}
	for word := range strings.FieldsSeq(english) {
		stem := string(Stem([]byte(word)))
		switch {
		case Function(word):
			entries[word] |= entryEnglish
		case inList([]byte(stem)) && !own(stem):
		default:
			entries[word] |= number(stem) | entryEnglish
			entries[stem] |= number(stem) | entryStem
		}
	}
	if next > surfaceStems || len(entries) > surfaceSlots*3/4 {
		t.Fatalf("%d stems and %d words are too many", next, len(entries))
	}
	seen := map[entry]string{}
	for _, word := range sorted(entries) {
		h := hashOf(word)
		if other, ok := seen[entry(h)&entryHash]; ok {
			t.Fatalf("%q and %q have one hash", word, other)
		}
		seen[entry(h)&entryHash] = word
		at := h >> (64 - surfaceBits)
		for binary.LittleEndian.Uint64(table[8*at:]) != 0 {
			at = (at + 1) % surfaceSlots
		}
		binary.LittleEndian.PutUint64(table[8*at:], uint64(entry(h)&entryHash|entries[word]))
	}
	return table
}

func sorted(entries map[string]entry) []string { return slices.Sorted(maps.Keys(entries)) }

func TestSurfaceTable(t *testing.T) {
	table := surfaces(t)
	if *update {
		if err := os.WriteFile("surface.bin", table, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(table) != surfaceTable {
		t.Error("surface.bin is not what the word lists make: go test ./internal/lexicon -run SurfaceTable -update")
	}
}

// A word is found by its hash as it is by its letters.
func TestSurfacesAreFoundAlike(t *testing.T) {
	v := NewVocabulary(0)
	n := 0
	for word := range strings.FieldsSeq(english) {
		if n++; n%7 == 0 {
			v.Add(word)
		}
	}
	for _, word := range strings.Fields("redis sharding qps 301 we other generated p99 don't") {
		v.Add(word)
	}
	words := strings.Fields(english + " " + functionList + " redis Redis REDIS shard sharding shards i I p99 p98 don't qps zyzzyva others")
	for _, word := range words {
		s := scanner{src: word, v: v, index: v.indexed(), functions: functionWords()}
		s.oddWord(0, len(word))
		slow := s.tokens
		for _, text := range []string{word, word + " and the rest"} {
			fast := Read(text, v).Tokens
			if len(fast) == 0 || len(slow) != 1 || fast[0] != slow[0] {
				t.Errorf("%q in %q is %+v by its hash and %+v by its letters", word, text, fast, slow)
			}
		}
	}
}
