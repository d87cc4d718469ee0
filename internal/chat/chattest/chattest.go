// Package chattest is a model server for tests: it does what it is told, one step a request, the last step again and again.
package chattest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Key is what clients of a test send; it must turn up nowhere.
const Key = "sk-test-0123456789abcdef"

// Server keeps what it was sent.
type Server struct {
	*httptest.Server
	mu     sync.Mutex
	steps  []http.HandlerFunc
	Raw    [][]byte         // the bodies, byte by byte
	Bodies []map[string]any // the same, decoded
	Heads  []http.Header
	Paths  []string
}

// Serve starts a server that ends with the test.
func Serve(t *testing.T, steps ...http.HandlerFunc) *Server {
	t.Helper()
	s := &Server{steps: steps}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body) // what came of it is looked at
		var body map[string]any
		if err := json.Unmarshal(raw, &body); err != nil {
			t.Errorf("the request is no JSON: %v", err)
		}
		s.mu.Lock()
		step := s.steps[min(len(s.Bodies), len(s.steps)-1)]
		s.Raw, s.Bodies = append(s.Raw, raw), append(s.Bodies, body)
		s.Heads, s.Paths = append(s.Heads, r.Header), append(s.Paths, r.URL.RequestURI())
		s.mu.Unlock()
		step(w, r)
	}))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return s
}

// Count is how many requests came.
func (s *Server) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.Bodies)
}

// Said is what a request said as the system and as the user.
func (s *Server) Said(n int) (system, user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.Bodies[n]["messages"].([]any) {
		m := m.(map[string]any)
		if m["role"] == "system" {
			system = m["content"].(string)
		} else {
			user = m["content"].(string)
		}
	}
	return system, user
}

// Delta is an event with a piece of text.
func Delta(text string) string {
	raw, _ := json.Marshal(map[string]any{"choices": []any{map[string]any{"index": 0, "delta": map[string]any{"content": text}}}})
	return "data: " + string(raw) + "\n\n"
}

// The ends of a stream.
const (
	Stop  = `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}` + "\n\n"
	Usage = `data: {"choices":[],"usage":{"prompt_tokens":1200,"completion_tokens":80}}` + "\n\n"
	Done  = "data: [DONE]\n\n"
)

// Streamed sends a text in pieces, with an end.
func Streamed(text string) http.HandlerFunc {
	var b strings.Builder
	for piece := range slices.Chunk([]rune(text), 7) {
		b.WriteString(Delta(string(piece)))
	}
	return Sends(b.String() + Stop + Usage + Done)
}

// Sends writes a body as it is.
func Sends(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprint(w, body)
	}
}

// Status answers with a status; headers are names and values in turn.
func Status(code int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
		fmt.Fprint(w, body)
	}
}

// Hangs writes something and then nothing until the client goes.
func Hangs(begin string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if begin != "" {
			w.Header().Set("Content-Type", "text/event-stream")
			fmt.Fprint(w, begin)
			w.(http.Flusher).Flush()
		}
		<-r.Context().Done()
	}
}

// Trickles writes something and then a byte now and then.
func Trickles(begin, piece string, every time.Duration) http.HandlerFunc {
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

// Breaks cuts the connection after something.
func Breaks(begin string) http.HandlerFunc {
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

// Quoted is a text as JSON.
func Quoted(s string) string {
	raw, _ := json.Marshal(s) // a text always encodes
	return string(raw)
}
