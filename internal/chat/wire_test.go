package chat

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"interview/internal/chat/chattest"
)

// Every way a server may fail is one row: what it does, what is said, and how often it was asked.
func TestFailures(t *testing.T) {
	html := `<!DOCTYPE html><html><head><title>Sign in to the
	Wi-Fi</title></head><body>` + strings.Repeat("x", 200_000) + "</body></html>"
	quota := `{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}`
	for name, c := range map[string]struct {
		does  http.HandlerFunc
		say   string
		asked int
		quick bool
	}{
		"401":              {chattest.Status(401, `{"error":{"message":"Incorrect API key provided: `+chattest.Key+`."}}`), "answers 401: Incorrect API key provided: [key]. (is the key right", 1, false},
		"403":              {chattest.Status(403, `{"error":"forbidden"}`), "answers 403: forbidden", 1, false},
		"404":              {chattest.Status(404, `{"error":{"message":"model \"x\" not found, try pulling it first","type":"api_error"}}`), "not found, try pulling it first (is the model's name right", 1, false},
		"408":              {chattest.Status(408, ""), "answers 408", 4, false},
		"409":              {chattest.Status(409, ""), "answers 409", 4, false},
		"429":              {chattest.Status(429, `{"error":{"message":"slow down","type":"requests"}}`), "answers 429: slow down", 4, false},
		"500":              {chattest.Status(500, "oh"), "answers 500: oh", 4, false},
		"502":              {chattest.Status(502, "<html><title>Bad Gateway</title></html>", "Content-Type", "text/html"), "answers 502: a web page “Bad Gateway”", 4, false},
		"503":              {chattest.Status(503, `{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}`), "answers 503: Loading model", 4, false},
		"529":              {chattest.Status(529, `{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}`), "answers 529: Overloaded", 4, false},
		"quota":            {chattest.Status(429, quota), "the quota is used up", 1, false},
		"wait long":        {chattest.Status(429, "", "Retry-After", "7200"), "it asks to wait 2h0m0s", 1, false},
		"wait a date":      {chattest.Status(503, "", "Retry-After", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)), "it asks to wait", 1, false},
		"too long":         {chattest.Status(400, `{"error":{"message":"This model's maximum context length is 8192 tokens.","code":"context_length_exceeded"}}`), "try --per-phase", 1, false},
		"filtered":         {chattest.Status(400, `{"error":{"message":"The response was filtered","code":"content_filter"}}`), "answers 400: The response was filtered", 1, false},
		"redirect":         {chattest.Status(307, "", "Location", "http://elsewhere.example/v1"), "sends elsewhere, to http://elsewhere.example/v1", 1, false},
		"web page":         {chattest.Status(200, html, "Content-Type", "text/html; charset=utf-8"), "sent a web page “Sign in to the Wi-Fi” instead of a reply", 1, false},
		"web page unnamed": {chattest.Sends("<!DOCTYPE html>\n<title>x</title>\n"), "sends something else than a model's reply: <!DOCTYPE html>", 1, false},

		"vllm":        {chattest.Status(400, `{"object":"error","message":"bad thing","type":"BadRequestError","code":400}`), "answers 400: bad thing", 2, false},
		"fastapi":     {chattest.Status(422, `{"detail":[{"loc":["body","x"],"msg":"field required","type":"missing"}]}`), "answers 422: field required", 2, false},
		"ollama":      {chattest.Status(500, `{"error":"llama runner process has terminated"}`), "answers 500: llama runner process has terminated", 4, false},
		"gemini":      {chattest.Status(403, `[{"error":{"code":403,"message":"denied","status":"PERMISSION_DENIED"}}]`), "answers 403: denied", 1, false},
		"messages":    {chattest.Status(403, `{"error":{"message":["one","two"]}}`), "answers 403: one; two", 1, false},
		"empty error": {chattest.Status(418, ""), "answers 418", 1, false},
		"null error":  {chattest.Status(418, `{"error":null}`), "answers 418", 1, false},

		"no sign":           {chattest.Hangs(""), "no sign of 127.0.0.1", 1, true},
		"header only":       {chattest.Trickles(" ", "", time.Hour), "no sign of 127.0.0.1", 1, true},
		"stalled":           {chattest.Hangs(chattest.Delta("{")), "stopped in the middle: nothing came for 400ms", 1, true},
		"a byte a minute":   {chattest.Trickles(chattest.Delta("{"), "d", 30*time.Millisecond), "stopped in the middle", 1, true},
		"a byte from first": {chattest.Trickles("", "d", 30*time.Millisecond), "no sign of 127.0.0.1", 1, true},
		"slow for ever":     {chattest.Trickles("", chattest.Delta("a"), 30*time.Millisecond), "no whole reply of 127.0.0.1", 1, true},
		"only comments":     {chattest.Trickles("", ": keep-alive\n\n", 30*time.Millisecond), "no whole reply of 127.0.0.1", 1, true},

		"broken at once": {chattest.Breaks(""), "the connection to 127.0.0.1", 4, false},
		"broken later":   {chattest.Breaks(chattest.Delta(`{"opinions"`)), "was cut off in the middle", 1, false},
		"truncated":      {chattest.Sends(chattest.Delta(fair)), "was cut off in the middle", 1, false},
		"nothing at all": {chattest.Sends(""), "was cut off in the middle", 4, false},
		"empty reply":    {chattest.Sends(chattest.Stop + chattest.Done), "the reply is empty", 1, false},
		"blank reply":    {chattest.Sends(chattest.Delta(" \n") + chattest.Stop + chattest.Done), "the reply is empty", 1, false},
		"length":         {chattest.Sends(chattest.Delta(fair) + `data: {"choices":[{"delta":{},"finish_reason":"length"}]}` + "\n\n"), "cut off: the model may write no more", 1, false},
		"filter":         {chattest.Sends(`data: {"choices":[{"delta":{},"finish_reason":"content_filter"}]}` + "\n\n"), "a content filter of the server", 1, false},
		"refusal":        {chattest.Sends(`data: {"choices":[{"delta":{"refusal":"I cannot do that."}}]}` + "\n\n"), "the model refuses: I cannot do that.", 1, false},
		"no json":        {chattest.Sends("data: hello\n\n"), "sends something else than a model's reply: hello", 1, false},
		"plain words":    {chattest.Sends("upstream connect error\n"), "sends something else than a model's reply: upstream connect error", 1, false},

		"error in stream":     {chattest.Sends(chattest.Delta("{") + `data: {"error":{"message":"boom","code":400}}` + "\n\n"), "broke off with an error: boom", 1, false},
		"error with blanks":   {chattest.Sends(chattest.Delta("{") + `data: { "error" : {"message":"boom"}}` + "\n\n"), "error: boom", 1, false},
		"error after id":      {chattest.Sends(chattest.Delta("{") + `data: {"id":"1","choices":[],"error":{"message":"boom"}}` + "\n\n"), "error: boom", 1, false},
		"error a text":        {chattest.Sends(chattest.Delta("{") + `data: {"error":"boom"}` + "\n\n"), "error: boom", 1, false},
		"error without data":  {chattest.Sends(chattest.Delta("{") + `{"error":"boom"}` + "\n"), "error: boom", 1, false},
		"error as a field":    {chattest.Sends(chattest.Delta("{") + `error: {"code":500,"message":"boom"}` + "\n\n"), "error: boom", 1, false},
		"context in stream":   {chattest.Sends(`error: {"code":400,"message":"the request exceeds the available context size","type":"invalid_request_error"}` + "\n\n" + chattest.Done), "available context size (the brief is too long for the model: try --per-phase)", 1, false},
		"error as an object":  {chattest.Sends(chattest.Delta("{") + `data: {"object":"error","message":"boom","code":400}` + "\n\n"), "error: boom", 1, false},
		"error as an event":   {chattest.Sends(chattest.Delta("{") + "event: error\ndata: {\"detail\":\"boom\"}\n\n"), "error: boom", 1, false},
		"error in the choice": {chattest.Sends(chattest.Delta("{") + `data: {"choices":[{"delta":{},"finish_reason":"error","error":{"message":"boom"}}]}` + "\n\n"), "error: boom", 1, false},
		"error unexplained":   {chattest.Sends(chattest.Delta("{") + `data: {"choices":[{"delta":{},"finish_reason":"error"}]}` + "\n\n"), "error: it does not say which", 1, false},
		"error at first":      {chattest.Sends(`data: {"error":{"message":"overloaded","code":529}}` + "\n\n"), "error: overloaded", 4, false},
		"error whole":         {chattest.Status(200, `{"error":{"message":"boom"}}`, "Content-Type", "application/json"), "error: boom", 1, false},
		"error with the key":  {chattest.Sends(`data: {"error":{"message":"key ` + chattest.Key + ` is bad"}}` + "\n\n"), "key [key] is bad", 1, false},

		"10 MB":            {chattest.Sends(strings.Repeat(chattest.Delta(strings.Repeat("a", 10_000)), 1000)), "longer than any reply should be", 1, false},
		"10 MB in a line":  {chattest.Sends("data: " + strings.Repeat("a", 10<<20) + "\n\n" + chattest.Stop), "sends something else", 1, false},
		"20 MB in a line":  {chattest.Sends("data: " + strings.Repeat("a", 20<<20)), "longer than any reply should be", 1, false},
		"20 MB whole":      {chattest.Status(200, strings.Repeat(" ", 20<<20), "Content-Type", "application/json"), "longer than any reply should be", 1, false},
		"10 MB of error":   {chattest.Status(400, strings.Repeat("e", 10<<20)), "answers 400: eee", 2, false},
		"10 MB of comment": {chattest.Sends(strings.Repeat(": keep-alive\n\n", 800_000) + chattest.Delta(fair)), "was cut off in the middle", 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := chattest.Serve(t, c.does)
			var options []func(*Settings)
			if c.quick {
				options = append(options, quick)
			}
			began := time.Now()
			_, said := ask(t, f, options...)
			if !strings.Contains(said, c.say) || f.Count() != c.asked {
				t.Errorf("asked %d times, wanted %d; said %q, wanted %q", f.Count(), c.asked, said, c.say)
			}
			if strings.Contains(said, chattest.Key) || len(said) > 700 || strings.ContainsAny(said, "\n\x1b") {
				t.Errorf("the key, or a page of text: %q", said)
			}
			if c.quick && time.Since(began) > 15*time.Second {
				t.Errorf("took %s", time.Since(began))
			}
		})
	}
}

// What is no failure, though go-openai or a strict reader would take it for one.
func TestOddStreams(t *testing.T) {
	for name, does := range map[string]http.HandlerFunc{
		"keep-alive comments":  chattest.Sends(strings.Repeat(": keep-alive\n\n", 1000) + chattest.Delta(fair[:20]) + strings.Repeat(": ping\n", 1000) + "\n" + chattest.Delta(fair[20:]) + chattest.Stop + chattest.Done),
		"no blanks":            chattest.Sends(strings.ReplaceAll(chattest.Delta(fair)+chattest.Stop+chattest.Done, "data: ", "data:")),
		"CRLF":                 chattest.Sends(strings.ReplaceAll(chattest.Delta(fair)+chattest.Stop+chattest.Done, "\n", "\r\n")),
		"no empty lines":       chattest.Sends(strings.ReplaceAll(chattest.Delta(fair)+chattest.Stop+chattest.Done, "\n\n", "\n")),
		"event names":          chattest.Sends("event: message\nid: 1\nretry: 5\n" + chattest.Delta(fair) + chattest.Stop + chattest.Done),
		"no reason to finish":  chattest.Sends(chattest.Delta(fair) + chattest.Done),
		"no [DONE]":            chattest.Sends(chattest.Delta(fair) + chattest.Stop),
		"no end of line":       chattest.Sends(strings.TrimSpace(chattest.Delta(fair) + chattest.Stop)),
		"empty choices first":  chattest.Sends(`data: {"choices":[],"prompt_filter_results":[{"prompt_index":0}]}` + "\n\n" + chattest.Delta(fair) + chattest.Stop + chattest.Usage + chattest.Done),
		"null choices":         chattest.Sends(`data: {"choices":null}` + "\n\n" + chattest.Delta(fair) + chattest.Stop + chattest.Done),
		"an event of its own":  chattest.Sends(`data: {"type":"ping"}` + "\n\n" + chattest.Delta(fair) + chattest.Stop + chattest.Done),
		"null error":           chattest.Sends(strings.ReplaceAll(chattest.Delta(fair), `{"choices"`, `{"error":null,"choices"`) + chattest.Stop + chattest.Done),
		"stop with the text":   chattest.Sends(strings.Replace(chattest.Delta(fair), `"index":0`, `"index":0,"finish_reason":"stop"`, 1) + chattest.Done),
		"thinking":             chattest.Sends(`data: {"choices":[{"delta":{"reasoning_content":"hm"}}]}` + "\n\n" + `data: {"choices":[{"delta":{"reasoning":"hm","content":null}}]}` + "\n\n" + chattest.Delta(fair) + chattest.Stop + chattest.Done),
		"content in parts":     chattest.Sends(`data: {"choices":[{"delta":{"content":[{"type":"text","text":` + chattest.Quoted(fair) + `}]}}]}` + "\n\n" + chattest.Stop + chattest.Done),
		"data over two lines":  chattest.Sends("data: {\"choices\":[{\"delta\":\ndata: {\"content\":" + chattest.Quoted(fair) + "}}]}\n\n" + chattest.Stop + chattest.Done),
		"whole":                chattest.Status(200, "{\n \"choices\": [{\"message\": {\"content\": "+chattest.Quoted(fair)+"},\n \"finish_reason\": \"stop\"}],\n \"usage\": {\"prompt_tokens\": 3}}", "Content-Type", "application/json"),
		"whole, no type":       chattest.Sends(`{"choices":[{"message":{"content":` + chattest.Quoted(fair) + `},"finish_reason":"stop"}]}`),
		"other end":            chattest.Sends(chattest.Delta(fair) + strings.Replace(chattest.Stop, `"stop"`, `"eos_token"`, 1)),
		"invalid UTF-8 around": chattest.Sends(chattest.Delta("\xff\xfe") + "data: {\"choices\":[{\"delta\":{\"content\":\"\xff\xc3\"}}]}\n\n" + chattest.Delta(fair) + chattest.Stop + chattest.Done),
	} {
		t.Run(name, func(t *testing.T) {
			f := chattest.Serve(t, does)
			got, said := ask(t, f)
			if said != "" || strings.Trim(got.Text, "\ufffd") != fair || f.Count() != 1 {
				t.Errorf("%q, %q, asked %d times", got.Text, said, f.Count())
			}
		})
	}
}

func TestRetries(t *testing.T) {
	var rests []time.Duration
	watch := func(s *Settings) { s.Sleep = func(d time.Duration) { rests = append(rests, d) } }
	f := chattest.Serve(t, chattest.Status(429, "", "Retry-After", "2"), chattest.Status(503, "", "Retry-After-Ms", "1500"), chattest.Breaks(""), chattest.Streamed(fair))
	if _, said := ask(t, f, watch); said != "" || f.Count() != 4 {
		t.Fatalf("%q after %d requests", said, f.Count())
	}
	if len(rests) != 3 || rests[0] < 2*time.Second || rests[0] > 3*time.Second || rests[1] < 1500*time.Millisecond || rests[2] >= 2*time.Second {
		t.Errorf("rested %v", rests)
	}
}

// The rests differ from client to client, grow, and stay within their bounds.
func TestJitter(t *testing.T) {
	seen := map[time.Duration]bool{}
	for try := 1; try < mostRetries; try++ {
		for range 50 {
			d, again := (&failure{retry: true}).wait(try)
			if !again || d < 0 || d >= firstWait<<(try-1) {
				t.Errorf("try %d: %s, %v", try, d, again)
			}
			seen[d] = true
		}
	}
	if len(seen) < 100 {
		t.Errorf("%d different rests of 150", len(seen))
	}
	if _, again := (&failure{retry: true}).wait(mostRetries); again {
		t.Error("the tries have no end")
	}
}

// A server that refuses a part of the request is asked without it, also the next time.
func TestLoosening(t *testing.T) {
	refuses := func(part string) http.HandlerFunc {
		return chattest.Status(400, `{"error":{"message":"Unrecognized request argument supplied: `+part+`"}}`)
	}
	f := chattest.Serve(t, refuses("stream_options"), refuses("temperature"), refuses("response_format"), chattest.Status(500, `{"error":"System role not supported"}`), chattest.Streamed(fair))
	c := clientOf(t, f)
	if _, err := c.Exchange(context.Background(), talk, schema, nil); err != nil {
		t.Fatal(err)
	}
	last := f.Bodies[4]
	for _, part := range []string{"stream_options", "temperature", "response_format"} {
		if _, ok := last[part]; ok {
			t.Errorf("%s is still sent", part)
		}
	}
	if messages := last["messages"].([]any); len(messages) != 1 || !strings.Contains(messages[0].(map[string]any)["content"].(string), "You are exact.") {
		t.Errorf("the system's message: %v", messages)
	}
	if _, err := c.Exchange(context.Background(), talk, schema, nil); err != nil || f.Count() != 6 {
		t.Errorf("%v after %d requests: what a server refuses is forgotten", err, f.Count())
	}
	f = chattest.Serve(t, chattest.Status(400, "no"), chattest.Streamed(fair)) // it does not say what it minds
	if _, said := ask(t, f); said != "" || f.Bodies[1]["response_format"] != nil {
		t.Errorf("%q", said)
	}
}

func TestSmallContext(t *testing.T) {
	for tokens, doubts := range map[string]int{"3": 1, "1200": 0, "0": 0} {
		got, said := ask(t, chattest.Serve(t, chattest.Sends(chattest.Delta(fair)+chattest.Stop+strings.Replace(chattest.Usage, "1200", tokens, 1)+chattest.Done)))
		if said != "" || len(got.Doubts()) != doubts {
			t.Errorf("%s tokens: %v, %q", tokens, got.Doubts(), said)
		}
	}
}

func TestCancel(t *testing.T) {
	for name, does := range map[string]http.HandlerFunc{"before": chattest.Hangs(""), "while it comes": chattest.Hangs(chattest.Delta("{")), "between tries": chattest.Status(500, "")} {
		ctx, cancel := context.WithCancel(context.Background())
		f := chattest.Serve(t, does)
		c := clientOf(t, f, func(s *Settings) { s.Sleep = nil })
		time.AfterFunc(100*time.Millisecond, cancel)
		began := time.Now()
		_, err := c.Exchange(ctx, talk, schema, nil)
		if err == nil || err.Error() != "cancelled" || time.Since(began) > 5*time.Second {
			t.Errorf("%s: %v after %s", name, err, time.Since(began))
		}
	}
}

func TestCertificates(t *testing.T) {
	s := httptest.NewTLSServer(chattest.Streamed(fair))
	defer s.Close()
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	for _, base := range []string{s.URL, strings.Replace(s.URL, "https:", "http:", 1)} {
		c, err := New(Settings{BaseURL: base + "/v1", Model: "m", Timeout: 10 * time.Second, Sleep: func(time.Duration) {}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Exchange(context.Background(), talk, schema, nil)
		if err == nil || strings.HasPrefix(base, "https:") && !strings.Contains(err.Error(), "cannot be trusted") {
			t.Errorf("%s: %v", base, err)
		}
	}
	plain := chattest.Serve(t, chattest.Streamed(fair))
	c, _ := New(Settings{BaseURL: strings.Replace(plain.URL, "http:", "https:", 1) + "/v1", Model: "m", Timeout: 10 * time.Second, Sleep: func(time.Duration) {}})
	if _, err := c.Exchange(context.Background(), talk, schema, nil); err == nil || !strings.Contains(err.Error(), "does not speak TLS") {
		t.Errorf("%v", err)
	}
}

func TestUnreachable(t *testing.T) {
	f := chattest.Serve(t, chattest.Streamed(fair))
	f.Close()
	if _, said := ask(t, f); !strings.Contains(said, "is the server running?") {
		t.Errorf("%q", said)
	}
	c, err := New(Settings{BaseURL: "http://no-such-host.invalid/v1", Model: "m", Timeout: 10 * time.Second, Sleep: func(time.Duration) {}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Exchange(context.Background(), talk, schema, nil); err == nil || strings.Contains(err.Error(), "Post ") {
		t.Errorf("%v", err)
	}
}

// A proxy is respected: it gets the request for a host that nobody else could find.
func TestProxy(t *testing.T) {
	c, err := New(Settings{BaseURL: "http://model.example/v1", Model: "m"})
	if err != nil {
		t.Fatal(err)
	}
	transport := c.transport().Transport.(*http.Transport)
	if transport.Proxy == nil || transport.TLSClientConfig != nil && transport.TLSClientConfig.InsecureSkipVerify {
		t.Error("proxies are ignored, or certificates are not verified")
	}
}
