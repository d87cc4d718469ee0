package judge

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"interview/internal/bank"
	"interview/internal/grade"
)

const secret = "sk-test-0123456789abcdef"

// fake is a model server that does what a test tells it, one step a request; the last step repeats.
type fake struct {
	*httptest.Server
	mu     sync.Mutex
	steps  []http.HandlerFunc
	bodies []map[string]any
	heads  []http.Header
	paths  []string
}

func serve(t *testing.T, steps ...http.HandlerFunc) *fake {
	t.Helper()
	f := &fake{steps: steps}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body map[string]any
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Errorf("the request is no JSON: %v", err)
		}
		f.mu.Lock()
		step := f.steps[min(len(f.bodies), len(f.steps)-1)]
		f.bodies, f.heads, f.paths = append(f.bodies, body), append(f.heads, r.Header), append(f.paths, r.URL.RequestURI())
		f.mu.Unlock()
		step(w, r)
	}))
	t.Cleanup(func() {
		f.CloseClientConnections()
		f.Close()
	})
	return f
}

func (f *fake) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.bodies)
}

// system and user are what a request said.
func (f *fake) said(n int) (system, user string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range f.bodies[n]["messages"].([]any) {
		m := m.(map[string]any)
		if m["role"] == "system" {
			system = m["content"].(string)
		} else {
			user = m["content"].(string)
		}
	}
	return system, user
}

// client asks the fake, without resting between tries.
func (f *fake) client(t *testing.T, change ...func(*Settings)) *Client {
	t.Helper()
	set := Settings{BaseURL: f.URL + "/v1", Key: secret, Model: "some-model", Timeout: 20 * time.Second, Sleep: func(time.Duration) {}}
	for _, c := range change {
		c(&set)
	}
	c, err := New(set)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func quick(s *Settings) { s.Timeout = 1600 * time.Millisecond }

// delta is an event with a piece of text.
func delta(text string) string {
	raw, _ := json.Marshal(map[string]any{"choices": []any{map[string]any{"index": 0, "delta": map[string]any{"content": text}}}})
	return "data: " + string(raw) + "\n\n"
}

const (
	stop  = `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}` + "\n\n"
	usage = `data: {"choices":[],"usage":{"prompt_tokens":1200,"completion_tokens":80}}` + "\n\n"
	done  = "data: [DONE]\n\n"
)

// streamed sends a text in pieces, with an end.
func streamed(text string) http.HandlerFunc {
	var b strings.Builder
	for piece := range slices.Chunk([]rune(text), 7) {
		b.WriteString(delta(string(piece)))
	}
	return sends(b.String() + stop + usage + done)
}

// sends writes a body as it is.
func sends(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprint(w, body)
	}
}

func status(code int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
		fmt.Fprint(w, body)
	}
}

// hangs writes something and then nothing until the client goes.
func hangs(begin string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if begin != "" {
			w.Header().Set("Content-Type", "text/event-stream")
			fmt.Fprint(w, begin)
			w.(http.Flusher).Flush()
		}
		<-r.Context().Done()
	}
}

// trickles writes something and then a byte now and then.
func trickles(begin, piece string, every time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprint(w, begin)
		for r.Context().Err() == nil {
			fmt.Fprint(w, piece)
			w.(http.Flusher).Flush()
			select {
			case <-time.After(every):
			case <-r.Context().Done():
			}
		}
	}
}

// breaks cuts the connection after something.
func breaks(begin string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if begin != "" {
			w.Header().Set("Content-Type", "text/event-stream")
			w.Header().Set("Content-Length", "100000")
			fmt.Fprint(w, begin)
			w.(http.Flusher).Flush()
		}
		panic(http.ErrAbortHandler)
	}
}

// library is a prompt of two phases and three criteria.
func library() *bank.Item {
	it := &bank.Item{Digest: "d1"}
	it.Prompt = bank.Prompt{ID: "library", Title: "A library", Ask: "Design the lending desk.",
		Facts: []bank.Fact{{Says: "Ten thousand readers."}, {Says: "Loans last three weeks."}}}
	it.Framework.Phases = []bank.Phase{{ID: "scope", Title: "Scope"}, {ID: "depth", Title: "Depth"}}
	levels := []bank.Level{{Name: "mid", Descriptor: "Says it."}, {Name: "senior", Descriptor: "Says it with a reason."}}
	it.Criteria = []bank.Criterion{
		{ID: "borrow", Phase: "scope", Title: "Borrowing", Probe: "What can readers do?", Levels: levels},
		{ID: "return", Phase: "scope", Title: "Returning", Levels: levels},
		{ID: "shelf/reserve", Phase: "depth", Title: "Reserving", When: "reserve", Levels: levels},
	}
	return it
}

func lending() Case {
	return Case{Item: library(), Asked: []string{"", "What of the last copy?"}, Answers: []grade.Answer{
		{Phase: "scope", Text: "### Functional\nReaders borrow books.\nA reader  returns\nthe book."},
		{Phase: "depth", Text: "We reserve the LAST copy at the desk, because two may want it."},
	}}
}

// opinions makes a reply.
func opinions(list ...[4]string) string {
	var items []map[string]string
	for _, o := range list {
		items = append(items, map[string]string{"criterion": o[0], "level": o[1], "quote": o[2], "why": o[3]})
	}
	raw, _ := json.Marshal(map[string]any{"opinions": items, "well": []string{"clear", "short", "true", "fourth"},
		"next": []string{"numbers", "reasons", "third"}, "question": "And at night?"})
	return string(raw)
}

var fair = opinions(
	[4]string{"borrow", "mid", "readers borrow books", "You say so."},
	[4]string{"return", "none", "", "You do not say what happens then."},
	[4]string{"shelf/reserve", "senior", "We reserve the last copy at the desk, because two may want it", "You give the reason."},
)

// judgeBy asks the fake about the lending desk.
func judgeBy(t *testing.T, f *fake, change ...func(*Settings)) grade.Feedback {
	t.Helper()
	return f.client(t, change...).Feedback(context.Background(), lending())
}

func levels(f *grade.Feedback) string {
	var out []string
	for _, o := range f.Opinions {
		s := o.Criterion + "=" + standing(&o)
		if o.Again != "" {
			s += "?" + o.Again
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// everything is all that a feedback holds, as a journal would.
func everything(t *testing.T, f *grade.Feedback) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// capture keeps the bytes of each request.
func capture(into *[][]byte, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		*into = append(*into, raw)
		r.Body = io.NopCloser(bytes.NewReader(raw))
		next.ServeHTTP(w, r)
	})
}

var quiet = log.New(io.Discard, "", 0)

func quoted(s string) string {
	raw, _ := json.Marshal(s)
	return string(raw)
}
