package chat

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"interview/internal/chat/chattest"
)

// talk and schema are what the tests send, fair is a reply to it.
var (
	talk   = []Message{{"system", "You are exact."}, {"user", "What is a lease?"}}
	schema = json.RawMessage(`{"type":"object"}`)
)

const fair = `{"level": "mid", "why": "You say that it ends by itself, “after a time”."}`

// clientOf asks a server, without resting between tries.
func clientOf(t *testing.T, s *chattest.Server, change ...func(*Settings)) *Client {
	t.Helper()
	set := Settings{BaseURL: s.URL + "/v1", Key: chattest.Key, Model: "some-model", Timeout: 20 * time.Second, Sleep: func(time.Duration) {}}
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

// ask is one exchange; said is its error, "" for none.
func ask(t *testing.T, s *chattest.Server, change ...func(*Settings)) (r Reply, said string) {
	t.Helper()
	r, err := clientOf(t, s, change...).Exchange(context.Background(), talk, schema, nil)
	if err != nil {
		said = err.Error()
	}
	return r, said
}

func TestExchange(t *testing.T) {
	f := chattest.Serve(t, chattest.Streamed(fair))
	var waited []string
	whole := 0
	c := clientOf(t, f, func(s *Settings) { s.Waiting = func(what string) { waited = append(waited, what) } })
	got, err := c.Exchange(context.Background(), talk, schema, func(text string) {
		if text == fair {
			whole++
		}
	})
	if err != nil || got.Text != fair || got.In != 1200 || got.Out != 80 || got.Took <= 0 || whole == 0 {
		t.Errorf("%+v, %v, seen whole %d times", got, err, whole)
	}
	if len(waited) < 2 || waited[0] != "the first word" || waited[len(waited)-1] != "the rest of the reply" {
		t.Errorf("waited for %v", waited)
	}
	body := f.Bodies[0]
	if body["model"] != "some-model" || body["temperature"] != 0.0 || body["stream"] != true || body["stream_options"].(map[string]any)["include_usage"] != true {
		t.Errorf("sent %v", body)
	}
}

// What is shown before is what is sent, byte by byte.
func TestRequest(t *testing.T) {
	f := chattest.Serve(t, chattest.Streamed(fair))
	c := clientOf(t, f)
	r, err := c.Request(talk, schema)
	if err != nil || f.Count() != 0 {
		t.Fatalf("%v, %d sent", err, f.Count())
	}
	if _, err := c.Exchange(context.Background(), talk, schema, nil); err != nil || string(f.Raw[0]) != string(r.Body) {
		t.Errorf("%v: sent\n%s\nshown\n%s", err, f.Raw[0], r.Body)
	}
	if r.Method != "POST" || r.URL != f.URL+"/v1/chat/completions" || r.Header.Get("Authorization") != "[key]" {
		t.Errorf("%s %s %v", r.Method, r.URL, r.Header)
	}
}

// A key is only sent where there is one.
func TestNoKey(t *testing.T) {
	f := chattest.Serve(t, chattest.Streamed(fair))
	ask(t, f, func(s *Settings) { s.Key = "" })
	if h, ok := f.Heads[0]["Authorization"]; ok {
		t.Errorf("Authorization: %v", h)
	}
}

func TestAzure(t *testing.T) {
	f := chattest.Serve(t, chattest.Streamed(fair))
	azure := func(s *Settings) { s.BaseURL, s.APIVersion, s.Model = f.URL+"/", "2024-10-21", "my deployment" }
	if _, said := ask(t, f, azure); said != "" {
		t.Fatal(said)
	}
	ask(t, f, azure, func(s *Settings) { s.Token = true })
	if f.Paths[0] != "/openai/deployments/my%20deployment/chat/completions?api-version=2024-10-21" {
		t.Error(f.Paths[0])
	}
	if f.Heads[0].Get("Api-Key") != chattest.Key || f.Heads[0].Get("Authorization") != "" || f.Heads[1].Get("Authorization") != "Bearer "+chattest.Key {
		t.Errorf("%v, %v", f.Heads[0], f.Heads[1])
	}
}

// go-openai refuses requests by the name of the model; a local server may have any.
func TestAnyModelName(t *testing.T) {
	f := chattest.Serve(t, chattest.Streamed(fair))
	for _, name := range []string{"o1-mini", "o3", "gpt-5-local", "text-davinci-003", "code-davinci-002", "gpt-6"} {
		_, said := ask(t, f, func(s *Settings) { s.Model = name })
		if said != "" || f.Bodies[f.Count()-1]["model"] != name {
			t.Errorf("%s: %q, sent %v", name, said, f.Bodies[f.Count()-1]["model"])
		}
	}
}

func TestSettings(t *testing.T) {
	for name, set := range map[string]Settings{
		"no scheme":    {BaseURL: "localhost:11434", Model: "m"},
		"other scheme": {BaseURL: "ftp://x/v1", Model: "m"},
		"no host":      {BaseURL: "http:///v1", Model: "m"},
		"user":         {BaseURL: "http://me:" + chattest.Key + "@host/v1", Model: "m"},
		"query":        {BaseURL: "http://host/v1?key=" + chattest.Key, Model: "m"},
		"no model":     {BaseURL: "http://host/v1"},
		"key of lines": {BaseURL: "http://host/v1", Model: "m", Key: "a\nb"},
		"nothing":      {},
	} {
		if _, err := New(set); err == nil || strings.Contains(err.Error(), chattest.Key) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for base, exposed := range map[string]bool{"http://example.org/v1": true, "https://example.org/v1": false, "http://localhost:1/v1": false, "http://127.0.0.1/v1": false, "http://[::1]/v1": false} {
		c, err := New(Settings{BaseURL: base, Model: "m", Key: chattest.Key})
		if err != nil || c.Exposed() != exposed {
			t.Errorf("%s: %v, %v", base, err, c.Exposed())
		}
	}
}
