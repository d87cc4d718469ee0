package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptKey is the key that scripts send; it must turn up nowhere.
const scriptKey = "sk-script-0123456789"

// model is a command of scripts: it serves a model, as "model REPLY…". Each REPLY answers one request, the last all that
// follow: a file with the text of the reply, "status:503", or "hang". It sets the variables that name the server, and keeps
// what it is sent in the file requests.
func model(ts *testscript.TestScript, _ bool, args []string) {
	replies := make([]string, len(args))
	for i, arg := range args {
		if replies[i] = arg; !strings.Contains(arg, ":") && arg != "hang" {
			replies[i] = ts.ReadFile(arg)
		}
	}
	log := ts.MkAbs("requests")
	ts.Check(os.WriteFile(log, nil, 0o600))
	var mu sync.Mutex
	n := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		f, err := os.OpenFile(log, os.O_APPEND|os.O_WRONLY, 0)
		if err == nil {
			fmt.Fprintf(f, "%s %s\n%s", r.Header.Get("Authorization"), r.URL, body)
			f.Close()
		}
		reply := replies[min(n, len(replies)-1)]
		n++
		answer(w, r, reply)
	}))
	ts.Defer(func() {
		s.CloseClientConnections()
		s.Close()
	})
	ts.Setenv("OPENAI_BASE_URL", s.URL+"/v1")
	ts.Setenv("MODEL_HOST", s.Listener.Addr().String())
	ts.Setenv("INTERVIEW_MODEL", "test-model")
	ts.Setenv("OPENAI_API_KEY", scriptKey)
}

// answer gives one reply.
func answer(w http.ResponseWriter, r *http.Request, reply string) {
	if code, ok := strings.CutPrefix(reply, "status:"); ok {
		n, _ := strconv.Atoi(code)
		w.WriteHeader(n)
		fmt.Fprintf(w, `{"error":{"message":"no, not with %s"}}`, scriptKey)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	if reply == "hang" {
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		return
	}
	text, _ := json.Marshal(reply)
	fmt.Fprintf(w, `data: {"choices":[{"delta":{"content":%s}}]}`+"\n\n", text)
	fmt.Fprint(w, `data: {"choices":[{"delta":{},"finish_reason":"stop"}]}`+"\n\n"+`data: {"choices":[],"usage":{"prompt_tokens":1200,"completion_tokens":80}}`+"\n\ndata: [DONE]\n\n")
}
