package cli

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"interview/internal/grade"
)

// result is the form of a grade that scripts rely on.
type result struct {
	ID       any          `json:"id"`
	Score    float64      `json:"score"`
	Points   float64      `json:"points"`
	Max      float64      `json:"max"`
	Possible float64      `json:"possible"`
	Level    string       `json:"level"`
	Marks    []grade.Mark `json:"marks"`
	Error    string       `json:"error"`
}

func decodeResult(t testing.TB, text string) result {
	t.Helper()
	var r result
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	return r
}

var oddTexts = []string{
	"", "plain", `"quoted" \ back`, "tab\tline\ncarriage\r", "nul\x00bell\x07esc\x1b[2J", "del\x7f", "c1\u0085\u009b", "bidi\u202e\u2066\u200f",
	"\u2028\u2029", "emoji 👩‍👩‍👧 ok", "bad\xff\xfe\xc3", "half\xf0\x9f\x98", "\ufffd real", "<script>&amp;", strings.Repeat("x", 100) + `"`,
}

func oddText(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(4) {
		b.WriteString(oddTexts[r.IntN(len(oddTexts))])
	}
	return b.String()
}

func oddGrade(r *rand.Rand) grade.Grade {
	g := grade.Grade{Points: float64(r.IntN(100)) / 3, Max: float64(r.IntN(40)), Possible: float64(r.IntN(40)), Level: oddText(r), Marks: []grade.Mark{}}
	for range r.IntN(3) {
		m := grade.Mark{
			Criterion: oddText(r), Title: oddText(r), Phase: oddText(r), Concept: oddText(r), Level: oddText(r), Points: r.Float64(), Max: 1e-9,
			Evidence: []grade.Evidence{}, Sought: oddText(r), Unmarked: oddText(r), NotAsked: r.IntN(2) == 0,
		}
		for range r.IntN(3) {
			m.Evidence = append(m.Evidence, grade.Evidence{Answer: r.IntN(3), Start: r.IntN(1 << 24), End: -1, Quote: oddText(r), Against: r.IntN(2) == 0})
		}
		g.Marks = append(g.Marks, m)
	}
	return g
}

// What is appended by hand means what encoding/json would write.
func TestAppendResult(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		g := oddGrade(r)
		line := appendResult(nil, []byte(`"x"`), &g)
		got := decodeResult(t, string(line))
		text, err := json.Marshal(g)
		if err != nil {
			t.Fatal(err)
		}
		var want result
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		want.ID, want.Score = "x", g.Score()
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%s\nmeans %+v\nwant  %+v", line, got, want)
		}
	}
}

func FuzzAppendString(f *testing.F) {
	for _, s := range oddTexts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := appendString(nil, s)
		var back, want string
		if err := json.Unmarshal(got, &back); err != nil {
			t.Fatalf("%v: %q became %q", err, s, got)
		}
		text, _ := json.Marshal(s)
		if _ = json.Unmarshal(text, &want); back != want {
			t.Fatalf("%q became %q, want %q", s, back, want)
		}
		if i := strings.IndexFunc(string(got), func(r rune) bool { return r < ' ' || steers(r) }); i >= 0 {
			t.Fatalf("%q keeps a character at %d that a terminal obeys: %q", s, i, got)
		}
	})
}

// Where the scanner takes a line, it reads what encoding/json reads.
func FuzzRequest(f *testing.F) {
	for _, line := range []string{
		`{"id":1,"prompt":"p","answer":"a"}`,
		` { "id" : "x y" , "prompt" : "p" , "answer" : "a\n\t\"\\\/\b\f\r\u00e9\ud83d\ude00\ud800\ud800\ud83d\ude00 é" } `,
		`{"answer":"a","prompt":"p","id":-1.5e3}`,
		`{"id":01,"prompt":"p","answer":"a"}`,
		`{"id":1,"id":2,"prompt":"p","answer":"a"}`,
		`{"id":1,"prompt":"p","answer":null}`,
		`{"id":1,"prompt":"p","answer":"a","more":[1,{"x":"y"}]}`,
		`{"id":1,"prompt":"p","answer":"a"}x`,
		`{"id":1,"prompt":"p","answer":"a\u12"}`,
		`{"id":1,"question":"q","reference":"r\n","answer":"a"}`,
		`{"id":1,"prompt":"p","answer":"a\"}`,
		`{"id":1,"prompt":"p","answer":"\`,
		"{\"id\":1,\"prompt\":\"p\",\"answer\":\"\xff\"}",
		"{\"id\":1,\"prompt\":\"p\",\"answer\":\"\n\"}",
		`{"ID":1,"prompt":"p","answer":"a"}`,
		`{"id":1,"prompt":"p","answer":"a",}`,
		`{"id":1}`, `{}`, `[]`, `null`, ``,
	} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		var fast, slow request
		if !fast.scan(line) {
			return
		}
		if err := json.Unmarshal(line, &slow); err != nil {
			t.Fatalf("%q was read, but %v", line, err)
		}
		if !reflect.DeepEqual(fast, slow) {
			t.Fatalf("%q is read as %s, want %s", line, spelled(fast), spelled(slow))
		}
	})
}

func spelled(r request) string {
	text, _ := json.Marshal(r)
	return string(text)
}

func TestParseRequest(t *testing.T) {
	for line, want := range map[string]struct{ id, err string }{
		`{"id":1,"prompt":"p","answer":"a"}`:                       {"1", ""},
		`{"id":"\u00e9\n","prompt":"p","answer":"a"}`:              {`"\u00e9\n"`, ""},
		`{"id":123456789012345678901.50,"prompt":"p","answer":""}`: {"123456789012345678901.50", ""},
		`{"id":-1e999,"prompt":"p","answer":"a","extra":true}`:     {"-1e999", ""},
		"{\"id\":\"\xff\",\"prompt\":\"p\",\"answer\":\"a\"}":      {"\"\ufffd\"", ""},
		`{"prompt":"p","answer":"a"}`:                              {"null", `no "id"`},
		`{"id":null,"prompt":"p","answer":"a"}`:                    {"null", `"id": want a string or a number`},
		`{"id":[1],"prompt":"p","answer":"a"}`:                     {"null", `"id": want a string or a number`},
		`{"id":1,"prompt":"p"}`:                                    {"1", `no "answer"`},
		`{"id":1,"prompt":"p","answer":null}`:                      {"1", `no "answer"`},
		`{"id":1,"prompt":"p","answer":7}`:                         {"1", `"answer": want a string, have number`},
		`{"id":1,"prompt":["p"],"answer":"a"}`:                     {"1", `"prompt": want a string, have array`},
		`[1]`:                                                      {"null", "not a JSON object: have array"},
		`"x"`:                                                      {"null", "not a JSON object: have string"},
		`null`:                                                     {"null", `no "id"`},
		`nonsense`:                                                 {"null", "not JSON: invalid character 'o' in literal null (expecting 'u')"},
		`{"id":"torn","prompt":"p","answer":"a`:                    {`"torn"`, "not JSON: unexpected end of JSON input"},
		`{"prompt":{"id":5},"id":6,"answer":`:                      {"6", "not JSON: unexpected end of JSON input"},
		`{"id":8,"prompt":"p","answer":"a"} {"id":9}`:              {"8", "not JSON: invalid character '{' after top-level value"},
		`{"id":1,"prompt":"p","answer":"a","references":"x"}`:      {"1", `"references": want a list of strings, have string`},
		`{"id":1,"answer":"a"}`:                                    {"1", `neither "prompt" nor "reference"`},
		`{"id":1,"references":[],"answer":"a"}`:                    {"1", `"reference" is empty`},
		`{"id":1,"reference":" ","answer":"a"}`:                    {"1", `"reference" is empty`},
		`{"id":1,"prompt":"p","reference":"r","answer":"a"}`:       {"1", `"prompt" and "reference" exclude each other`},
		`{"id":1,"question":"q","reference":"r","answer":"a"}`:     {"1", ""},
		`{"id":1,"question":"q","references":["r"],"answer":"a"}`:  {"1", ""},
	} {
		r, err := parseRequest([]byte(line))
		msg := ""
		if err != nil {
			msg = err.Error()
		}
		if string(r.ID) != want.id || msg != want.err {
			t.Errorf("%s: id %s, error %q; want %s, %q", line, r.ID, msg, want.id, want.err)
		}
	}
}

func BenchmarkResult(b *testing.B) {
	g := oddGrade(rand.New(rand.NewPCG(1, 1)))
	for range 30 {
		g.Marks = append(g.Marks, grade.Mark{
			Criterion: "an-id", Title: "A title of some words", Sought: strings.Repeat("what is looked for ", 6),
			Evidence: []grade.Evidence{{Quote: strings.Repeat("words of an answer ", 8)}, {Quote: strings.Repeat("more – words ", 8)}},
		})
	}
	b.Run("by hand", func(b *testing.B) {
		var out []byte
		for b.Loop() {
			out = appendResult(out[:0], []byte("1"), &g)
		}
		b.SetBytes(int64(len(out)))
	})
	b.Run("encoding/json", func(b *testing.B) {
		var out []byte
		for b.Loop() {
			out, _ = json.Marshal(g)
		}
		b.SetBytes(int64(len(out)))
	})
}

func BenchmarkRequest(b *testing.B) {
	answer := strings.Repeat("- the cache → \"hot\" links, 90 % of reads\n", 180)
	text, _ := json.Marshal(map[string]any{"id": 1, "prompt": "p", "answer": answer})
	b.Run("by hand", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			var r request
			if !r.scan(text) {
				b.Fatal("not read")
			}
		}
	})
	b.Run("encoding/json", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			var r request
			if err := json.Unmarshal(text, &r); err != nil {
				b.Fatal(err)
			}
		}
	})
}
