package lexicon

import (
	"flag"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "count the table of fluency anew from the bank")

// bankText is all prose of the bank: the values of its YAML, keys and claims left out.
func bankText(t *testing.T) string {
	var b strings.Builder
	for _, dir := range []string{"../../prompts", "../../rubrics"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".yaml") {
				return err
			}
			data, err := os.ReadFile(path)
			for line := range strings.Lines(string(data)) {
				prose(&b, line)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// prose keeps a line of YAML that holds sentences and not claims.
func prose(b *strings.Builder, line string) {
	s := strings.TrimSpace(line)
	for _, key := range []string{"descriptor:", "why:", "probe:", "says:", "ask:", "coach:", "title:", "picture:"} {
		if rest, ok := strings.CutPrefix(strings.TrimPrefix(s, "- "), key); ok {
			b.WriteString(strings.Trim(rest, " \"'") + "\n")
			return
		}
	}
	if strings.Contains(s, " | ") || strings.Contains(s, " + ") || strings.HasPrefix(s, "#") {
		return
	}
	if i := strings.Index(s, ": "); i > 0 && i < 12 && !strings.Contains(s[:i], " ") {
		return
	}
	b.WriteString(strings.Trim(strings.TrimPrefix(s, "- "), "\"'") + "\n")
}

func TestFluencyTable(t *testing.T) {
	if !*update {
		if len(fluencyTable) != FluencyClasses*FluencyClasses {
			t.Fatalf("fluency.bin has %d bytes, want %d; run go test ./internal/lexicon -update", len(fluencyTable), FluencyClasses*FluencyClasses)
		}
		return
	}
	n := FluencyClasses
	pairs, first, second, total := make([]float64, n*n), make([]float64, n), make([]float64, n), 0.0
	text := Read(bankText(t), nil)
	for i := range text.Units {
		text.ClassPairs(&text.Units[i], func(a, b int) {
			pairs[a*n+b]++
			first[a]++
			second[b]++
			total++
		})
	}
	const weight = 20 // of the prior, in pairs
	out := make([]byte, n*n)
	for a := range n {
		for b := range n {
			p := (second[b] + .5) / (total + .5*float64(n))
			pmi := math.Log((pairs[a*n+b] + weight*p) / (first[a] + weight) / p)
			out[a*n+b] = byte(int8(max(-127, min(127, math.Round(pmi/step)))))
		}
	}
	if err := os.WriteFile("fluency.bin", out, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%.0f pairs", total)
}

func TestFluency(t *testing.T) {
	mean := func(text string) float64 {
		x := Read(text, nil)
		sum, pairs := x.Fluency(&x.Units[0])
		return sum / float64(pairs)
	}
	for _, c := range [][2]string{
		{"The service writes the row before it sends the answer to the client.", "The before sends writes to service the the it client row answer the."},
		{"We keep a counter in each region and add them up once a minute.", "A each keep and up a them we once add counter in region minute in."},
	} {
		if good, bad := mean(c[0]), mean(c[1]); good <= bad+.2 {
			t.Errorf("%q has %.2f, its shuffle %.2f", c[0], good, bad)
		}
	}
}
