package review

import (
	"slices"
	"strings"
	"testing"

	"interview/internal/session"
)

func TestParseQuery(t *testing.T) {
	for _, c := range []struct {
		args          []string
		terms         []string
		phase, prompt string
	}{
		{[]string{"cache"}, []string{"cache"}, "", ""},
		{[]string{"read  through", "Redis"}, []string{"read through", "Redis"}, "", ""},
		{[]string{`cache "read through" phase:api`}, []string{"cache", "read through"}, "api", ""},
		{[]string{"prompt:chat", "phase:", "a:b"}, []string{"phase:", "a:b"}, "", "chat"},
	} {
		q, err := ParseQuery(c.args)
		if err != nil || !slices.Equal(q.Terms, c.terms) || q.Phase != c.phase || q.Prompt != c.prompt {
			t.Errorf("%q: %+v, %v", c.args, q, err)
		}
	}
	for _, bad := range [][]string{nil, {" "}, {"phase:api"}, {`say "it`}, {"\x99"}} {
		if q, err := ParseQuery(bad); err == nil {
			t.Errorf("%q: %+v", bad, q)
		}
	}
}

func TestNeedles(t *testing.T) {
	q, err := ParseQuery([]string{"Read Through", `naïve`, "漢字", `a\b"c`, `"x"`})
	if err == nil {
		t.Fatalf("an open quote: %+v", q)
	}
	q, err = ParseQuery([]string{"Read Through", "naïve", "漢字", `ab\c`})
	if err != nil || !slices.Equal(q.Needles(), []string{"read", "through", "na", "ab"}) && !slices.Equal(q.Needles(), []string{"read", "through", "ve", "ab"}) {
		t.Errorf("needles %q, %v", q.Needles(), err)
	}
}

func TestHits(t *testing.T) {
	s := sat("a", 0)
	s.Turns[0].Text, s.Turns[1].Text = "The Cache holds it. No ache.", "A queue reads\n  through the caches; cache_key, «Übung»."
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"cache", []string{"Cache", "cache", "cache"}}, {"ache", []string{"ache"}}, {`"reads through"`, []string{"reads\n  through"}},
		{"cache queue", []string{"Cache", "queue", "cache", "cache"}}, {"cache nothing", nil}, {"cache phase:first", []string{"Cache"}},
		{"queue phase:first", nil}, {"cache prompt:tunnel", nil}, {"queue prompt:bridge", []string{"queue"}}, {"cac cache", []string{"Cache", "cache", "cache"}},
		{"übung", []string{"Übung"}}, {"_key", nil}, {"«ü", []string{"«Ü"}}, {".", []string{".", ".", "."}},
	} {
		q, err := ParseQuery([]string{c.query + ` ""`})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range q.Hits(&s) {
			got = append(got, s.Turns[h.Turn].Text[h.Start:h.End])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.query, got, c.want)
		}
	}
	if got := (&Query{}).Hits(&session.Session{}); got != nil {
		t.Errorf("no terms: %v", got)
	}
}

// Every hit is a place in the text that begins with its word, in either case, and hits neither overlap nor go backwards.
func FuzzHits(f *testing.F) {
	f.Add("cache", "A cache, a Cache.")
	f.Add(`"read through" x`, "read\n through x\xff")
	f.Fuzz(func(t *testing.T, query, text string) {
		q, err := ParseQuery([]string{query})
		if err != nil {
			return
		}
		s := sat("a", 0)
		s.Turns[0].Text = text
		last := Hit{}
		for _, h := range q.Hits(&s) {
			if h.Start < 0 || h.End <= h.Start || h.End > len(s.Turns[h.Turn].Text) || h.Turn == last.Turn && h.Start < last.End || h.Turn < last.Turn {
				t.Fatalf("%q in %q: %+v after %+v", query, text, h, last)
			}
			last = h
		}
		low := strings.ToLower(text)
		for _, n := range q.Needles() {
			if len(q.Hits(&s)) > 0 && !strings.Contains(low, n) && s.Turns[1].Text == "" && !strings.ContainsAny(text, "\u017f\u212a") {
				t.Fatalf("%q is found in %q, but the needle %q is not", query, text, n)
			}
		}
	})
}
