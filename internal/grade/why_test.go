package grade

import (
	"strings"
	"testing"

	"interview/internal/bank"
)

// one is an item with one criterion of the claims given.
func one(claims ...string) *bank.Item {
	return &bank.Item{
		Prompt:    bank.Prompt{ID: "one", Ask: "Design a thing."},
		Framework: bank.Framework{Ladder: []string{"mid"}, Share: .7},
		Criteria:  []bank.Criterion{{ID: "c", Weight: 1, Levels: []bank.Level{{Name: "mid", Say: claims, Need: 1}}}},
	}
}

func TestClaims(t *testing.T) {
	for _, c := range []struct {
		claim, text string
		holds       bool
		stopped     string // a part of the reason
	}{
		{"collision + retry", "on a collision we retry with a new salt", true, ""},
		{"collision + retry", "Collisions are retried.", true, ""},
		{"collision + retry", "We never retry on a collision.", false, "negated"},
		{"collision + retry", "There is no collision, so we retry nothing else", false, "negated"},
		{"collision + retry", "We do not use MD5, but on a collision we retry", true, ""},
		{"collision + retry", "It is not true that a collision makes us retry.", false, "negated"},
		{"collision + retry", "A collision leads to a retry is wrong.", false, "negated"},
		{"collision + retry", "instead of a retry on collision", false, "negated"},
		{"collision + retry", "collision, retry", false, "side by side"},
		{"collision + retry", "salt, collision, retry, counter", false, "side by side"},
		{"collision + retry | salt", "collision, retry, salt", false, "listed"},
		{"collision + retry", "A collision is rare.", false, "nothing there for retry"},
		{"collision + retry", "Nothing of the kind.", false, "no word"},
		{"collision + retry", "a collision of two codes in one of the many shards that we run in all of the regions is met by a retry", false, "too far"},
		{"collision + retry", "# collision retry", false, "heading"},
		{"collision + retry", "On a collision:\n- retry with another salt", true, ""},
		{"client + !trust", "the client is not trusted", true, ""},
		{"client + !trust", "the client is trusted", false, "negated"},
		{"md5 | hash + never collide | no collision", "an md5 hash will never collide", true, ""},
		{"md5 | hash + never collide | no collision", "an md5 hash may collide", false, "nothing there"},
		{"redirect + #time ..200ms", "redirect p99 < 50 ms", true, ""},
		{"redirect + #time ..200ms", "redirect p99 of 3 s", false, "nothing there"},
		{"code + #5..10 character", "a code of 7 base62 chars", true, ""},
		{"#calc + write", "100M writes/month ≈ 40/s", true, ""},
		{"#calc + write", "100M writes/month ≈ 4000/s", false, "nothing there"},
		{"fail open | let * through + down", "redis down → let the traffic through", true, ""},
		{"load balancer + service", "the lb spreads requests over the services", true, ""},
		{"ticketing + seat", "ticketing seat", true, ""},
		{"302 + count", "a 301 lets us count each click", false, "the other way round; that alone costs nothing"},
	} {
		s, problems := Compile(one(c.claim))
		if len(problems) > 0 {
			t.Errorf("%s: %v", c.claim, problems)
			continue
		}
		got := s.Why([]Answer{{Text: c.text}})[0]
		if got.Holds != c.holds || !strings.Contains(got.Stopped, c.stopped) {
			t.Errorf("%s\n  in %q: holds %v, stopped %q; want %v, %q", c.claim, c.text, got.Holds, got.Stopped, c.holds, c.stopped)
		}
		if g := s.Grade([]Answer{{Text: c.text}}); (g.Points > 0) != c.holds {
			t.Errorf("%s in %q: %v points", c.claim, c.text, g.Points)
		}
	}
}

func TestMistakes(t *testing.T) {
	for claim, want := range map[string]string{
		"":                       "empty claim",
		"a +  + b":               "empty slot",
		"a | | b + c":            "empty alternative",
		"$nope + b":              "unknown name $nope",
		"cache":                  "one word",
		"cache + cache | redis":  "stands in two slots",
		"a + #tyme 1..2":         "unknown quantity",
		"a + #time 5..2":         "bad range",
		"a + #time x..2":         "bad number",
		"a + #count 1.. per era": "bad period",
	} {
		_, problems := Compile(one(claim))
		if len(problems) == 0 || !strings.Contains(problems[0].Msg, want) {
			t.Errorf("%q: %v, want %q", claim, problems, want)
		}
	}
}
