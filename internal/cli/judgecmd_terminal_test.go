//go:build unix

package cli

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// modelOf are the variables that name a model which begins to answer and then hangs.
func modelOf(t *testing.T) []string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Write([]byte(`data: {"choices":[{"delta":{"content":"{\"opinions\": [{\"criterion\":\"borrow\",\"level\":\"none\",\"quote\":\"\",\"why\":\"x\"}, "}}]}` + "\n\n"))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return []string{"OPENAI_BASE_URL=" + s.URL + "/v1", "INTERVIEW_MODEL=slow-model"}
}

// At a terminal the opinions show as they come, with what is waited for; esc cancels, and the report follows.
func TestJudgeAtATerminal(t *testing.T) {
	d := onDesk(t, t.TempDir(), "mock", "library", "--judge", "--probes=false")
	d.sees("1 of 2", "Functional")
	d.keys("Readers come." + ctrlS + ctrlS + ctrlS)
	d.sees("2 of 2")
	d.keys("Nowhere." + ctrlS)
	d.sees("how many percent")
	d.keys("\r")
	d.sees("Asking slow-model at 127.0.0.1:", "none · Names what readers do", "waiting for the rest of the reply, ", "esc cancels")
	d.keys(esc)
	d.sees("Raised 0 of 4 points", "Not judged: cancelled")
	d.keys("q")
	d.sees("enter ends")
	d.keys("\r")
	if code := d.exit(); code != exitDone {
		t.Errorf("exit %d:\n%s", code, d.text())
	}
}
