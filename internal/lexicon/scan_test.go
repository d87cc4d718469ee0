package lexicon

import (
	"strings"
	"testing"
)

// shape writes the units of a text one a line: kind, parent, words.
func shape(text string) string {
	t := Read(text, nil)
	var b strings.Builder
	for _, u := range t.Units {
		b.WriteString([]string{"S", "B", "H", "L", "R", "F"}[u.Kind])
		b.WriteByte(byte('0' + u.Parent + 1))
		for _, tok := range t.Tokens[u.First:u.End] {
			b.WriteByte(' ')
			b.WriteString(text[tok.Start:tok.End])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestUnits(t *testing.T) {
	for name, c := range map[string][2]string{
		"sentences":       {"Hash it. Then retry! Why?", "S0 Hash it\nS0 Then retry\nS0 Why\n"},
		"abbreviation":    {"Use a cache, e.g. Redis, for reads.", "S0 Use a cache e g Redis for reads\n"},
		"decimal":         {"It takes 1.5 ms on average.", "S0 It takes 1.5 ms on average\n"},
		"lines are notes": {"hash url\nretry on clash", "S0 hash url\nS0 retry on clash\n"},
		"wrapped":         {"We hash the long address with a fast function and keep\nthe first seven letters.", "S0 We hash the long address with a fast function and keep the first seven letters\n"},
		"heading":         {"# Storage\nuse a table", "H0 Storage\nS1 use a table\n"},
		"nested":          {"- caches\n  - evict old\n- next", "B0 caches\nB1 evict old\nB0 next\n"},
		"lead-in":         {"On a clash:\n- retry\n- give up\n\nDone.", "L0 On a clash\nB1 retry\nB1 give up\nS0 Done\n"},
		"bold":            {"**Clashes.** We check. We retry.", "L0 Clashes\nS1 We check\nS1 We retry\n"},
		"bold bullet":     {"- **Clashes**: check\n  - retry", "L0 Clashes\nB1 check\nB1 retry\n"},
		"fence":           {"```\nPOST /links\n```\nx", "F0 POST links\nS0 x\n"},
		"table":           {"| id | code |\n|---|---|\n| 1 | a |", "R0 id code\nR0 \nR0 1 a\n"},
		"parts":           {"user_id read/write shortCode p99 301/302", "S0 user id read write short Code p99 301 302\n"},
		"numbered":        {"1. create\n2) read", "B0 create\nB0 read\n"},
		"infinity":        {"dp[x] = ∞", "S0 dp x ∞\n"},
		"not a bullet":    {"a cache", "S0 a cache\n"},
	} {
		if got := strings.ReplaceAll(shape(c[0]), " \n", "\n"); got != strings.ReplaceAll(c[1], " \n", "\n") {
			t.Errorf("%s: %q:\n%swant\n%s", name, c[0], got, c[1])
		}
	}
}

// n² and n^2 are the same phrase.
func TestExponent(t *testing.T) {
	v := NewVocabulary(0)
	for _, w := range []string{"o", "n", "2"} {
		v.Add(w)
	}
	raised, plain := Read("O(n²)", v).Tokens, Read("O(n^2)", v).Tokens
	if len(raised) != len(plain) {
		t.Fatalf("%d tokens, want %d", len(raised), len(plain))
	}
	for i := range plain {
		if raised[i].ID != plain[i].ID || plain[i].ID == 0 {
			t.Errorf("token %d: id %d, want %d", i, raised[i].ID, plain[i].ID)
		}
	}
}

// The commas between the arguments of a formula part nothing; those of a list in brackets do.
func TestArguments(t *testing.T) {
	for src, want := range map[string]int{
		"c(1,n) is it": 0, "f(i+1, s-nums[i])": 0, "m(i, k) + m(k+1, j)": 0, "f(i, j), so": 1,
		"a store (dp, memo)": 1, "stores(redis, kafka)": 1, "f(a, b, c, d)": 3, "f(i, j": 1, "max(f(i), v)": 1,
	} {
		got := 0
		for _, tok := range Read(src, nil).Tokens {
			if tok.Gap&Comma != 0 {
				got++
			}
		}
		if got != want {
			t.Errorf("%q has %d commas, want %d", src, got, want)
		}
	}
}

func TestMend(t *testing.T) {
	v := NewVocabulary(0)
	for _, w := range []string{"collision", "replica", "cache", "kafka", "partition"} {
		v.Add(w)
	}
	for word, want := range map[string]string{
		"colision": "collision", "collisoin": "collision", "collisions": "collision", "replcias": "replica", "kakfa": "kafka",
		"partitoning": "partition", "cachs": "cache", "xache": "cache", "ache": "", "petition": "", "zebra": "", "kafkaesque": "",
	} {
		text := Read(word, v)
		got := text.Tokens[0].ID
		want := v.ID(want)
		if got != want {
			t.Errorf("%s has ID %d, want %d", word, got, want)
		}
	}
}

func TestVariants(t *testing.T) {
	has := func(phrase, want string) bool {
		for _, v := range Variants(NewPhrase(strings.Fields(phrase))) {
			if strings.Join(v.Words, " ") == want {
				return true
			}
		}
		return false
	}
	for _, c := range [][2]string{
		{"lb", "load balancer"}, {"load balancer", "lb"}, {"database replica", "db replicate"}, {"rate limit", "ratelimit"},
		{"expire link", "expiry link"}, {"db", "database"},
	} {
		if !has(c[0], c[1]) {
			t.Errorf("%q has no variant %q: %q", c[0], c[1], Variants(NewPhrase(strings.Fields(c[0]))))
		}
	}
	if has("read", "write") {
		t.Error("an opposite is no synonym")
	}
}

func TestEnglish(t *testing.T) {
	for _, w := range []string{"a", "zoo", "house", "table"} {
		if !English([]byte(w)) {
			t.Errorf("%s is not English", w)
		}
	}
	for _, w := range []string{"", "colision", "kafka", "zzzz"} {
		if English([]byte(w)) {
			t.Errorf("%q is English", w)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("- a\n  - b: c\n```\nx\n```\n# h\n| t |\n**b** c. D 5k/s = 3⁴")
	v := NewVocabulary(0)
	v.Add("collision")
	f.Fuzz(func(t *testing.T, text string) {
		got := Read(text, v)
		last, from := int32(0), 0
		for _, tok := range got.Tokens {
			if tok.Start < last || tok.End <= tok.Start || int(tok.End) > len(text) {
				t.Fatalf("token %+v after %d in %q", tok, last, text)
			}
			last = tok.End
		}
		for i, u := range got.Units {
			if u.First < from || u.End < u.First || u.Parent >= i || u.From > u.To {
				t.Fatalf("unit %d %+v in %q", i, u, text)
			}
			from = u.First
			got.Sums(got.Quantities(u.First, u.End, nil), nil)
		}
	})
}
