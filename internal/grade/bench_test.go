package grade

import (
	"os"
	"strings"
	"testing"

	"interview/internal/bank"
)

func builtin() *bank.Bank {
	return bank.New(bank.Layer{Prompts: os.DirFS("../../prompts"), Rubrics: os.DirFS("../../rubrics")})
}

// words cuts a text after n words.
func words(text string, n int) string {
	f := strings.SplitAfter(text, " ")
	return strings.Join(f[:min(n, len(f))], "")
}

func BenchmarkGrade(b *testing.B) {
	for _, id := range []string{"url-shortener", "rate-limiter", "coin-change"} {
		it, err := builtin().Item(id)
		if err != nil {
			continue
		}
		s, _ := Compile(it)
		text, _ := os.ReadFile("testdata/heldout/" + id + "/strong.md")
		long := words(strings.Repeat(string(text), 6), 1200)
		b.Run(id+"/1200-words", func(b *testing.B) {
			for b.Loop() {
				a, _ := Split(long, it.Framework.Phases)
				s.Grade(a)
			}
			b.SetBytes(int64(len(long)))
			b.ReportAllocs()
		})
		b.Run(id+"/compile", func(b *testing.B) {
			for b.Loop() {
				Compile(it)
			}
		})
	}
}
