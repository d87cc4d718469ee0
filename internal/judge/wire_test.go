package judge

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
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
		"401":              {status(401, `{"error":{"message":"Incorrect API key provided: `+secret+`."}}`), "answers 401: Incorrect API key provided: [key]. (is the key right", 1, false},
		"403":              {status(403, `{"error":"forbidden"}`), "answers 403: forbidden", 1, false},
		"404":              {status(404, `{"error":{"message":"model \"x\" not found, try pulling it first","type":"api_error"}}`), "not found, try pulling it first (is the model's name right", 1, false},
		"408":              {status(408, ""), "answers 408", 4, false},
		"409":              {status(409, ""), "answers 409", 4, false},
		"429":              {status(429, `{"error":{"message":"slow down","type":"requests"}}`), "answers 429: slow down", 4, false},
		"500":              {status(500, "oh"), "answers 500: oh", 4, false},
		"502":              {status(502, "<html><title>Bad Gateway</title></html>", "Content-Type", "text/html"), "answers 502: a web page “Bad Gateway”", 4, false},
		"503":              {status(503, `{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}`), "answers 503: Loading model", 4, false},
		"529":              {status(529, `{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}`), "answers 529: Overloaded", 4, false},
		"quota":            {status(429, quota), "the quota is used up", 1, false},
		"wait long":        {status(429, "", "Retry-After", "7200"), "it asks to wait 2h0m0s", 1, false},
		"wait a date":      {status(503, "", "Retry-After", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)), "it asks to wait", 1, false},
		"too long":         {status(400, `{"error":{"message":"This model's maximum context length is 8192 tokens.","code":"context_length_exceeded"}}`), "try --per-phase", 1, false},
		"filtered":         {status(400, `{"error":{"message":"The response was filtered","code":"content_filter"}}`), "answers 400: The response was filtered", 1, false},
		"redirect":         {status(307, "", "Location", "http://elsewhere.example/v1"), "sends elsewhere, to http://elsewhere.example/v1", 1, false},
		"web page":         {status(200, html, "Content-Type", "text/html; charset=utf-8"), "sent a web page “Sign in to the Wi-Fi” instead of a reply", 1, false},
		"web page unnamed": {sends("<!DOCTYPE html>\n<title>x</title>\n"), "sends something else than a model's reply: <!DOCTYPE html>", 1, false},

		"vllm":        {status(400, `{"object":"error","message":"bad thing","type":"BadRequestError","code":400}`), "answers 400: bad thing", 2, false},
		"fastapi":     {status(422, `{"detail":[{"loc":["body","x"],"msg":"field required","type":"missing"}]}`), "answers 422: field required", 2, false},
		"ollama":      {status(500, `{"error":"llama runner process has terminated"}`), "answers 500: llama runner process has terminated", 4, false},
		"gemini":      {status(403, `[{"error":{"code":403,"message":"denied","status":"PERMISSION_DENIED"}}]`), "answers 403: denied", 1, false},
		"messages":    {status(403, `{"error":{"message":["one","two"]}}`), "answers 403: one; two", 1, false},
		"empty error": {status(418, ""), "answers 418", 1, false},
		"null error":  {status(418, `{"error":null}`), "answers 418", 1, false},

		"no sign":           {hangs(""), "no sign of 127.0.0.1", 1, true},
		"header only":       {trickles(" ", "", time.Hour), "no sign of 127.0.0.1", 1, true},
		"stalled":           {hangs(delta("{")), "stopped in the middle: nothing came for 400ms", 1, true},
		"a byte a minute":   {trickles(delta("{"), "d", 30*time.Millisecond), "stopped in the middle", 1, true},
		"a byte from first": {trickles("", "d", 30*time.Millisecond), "no sign of 127.0.0.1", 1, true},
		"slow for ever":     {trickles("", delta("a"), 30*time.Millisecond), "no whole reply of 127.0.0.1", 1, true},
		"only comments":     {trickles("", ": keep-alive\n\n", 30*time.Millisecond), "no whole reply of 127.0.0.1", 1, true},

		"broken at once": {breaks(""), "the connection to 127.0.0.1", 4, false},
		"broken later":   {breaks(delta(`{"opinions"`)), "was cut off in the middle", 1, false},
		"truncated":      {sends(delta(fair)), "was cut off in the middle", 1, false},
		"nothing at all": {sends(""), "was cut off in the middle", 4, false},
		"empty reply":    {sends(stop + done), "the reply is empty", 1, false},
		"blank reply":    {sends(delta(" \n") + stop + done), "the reply is empty", 1, false},
		"length":         {sends(delta(fair) + `data: {"choices":[{"delta":{},"finish_reason":"length"}]}` + "\n\n"), "cut off: the model may write no more", 1, false},
		"filter":         {sends(`data: {"choices":[{"delta":{},"finish_reason":"content_filter"}]}` + "\n\n"), "a content filter of the server", 1, false},
		"refusal":        {sends(`data: {"choices":[{"delta":{"refusal":"I cannot do that."}}]}` + "\n\n"), "the model refuses: I cannot do that.", 1, false},
		"no json":        {sends("data: hello\n\n"), "sends something else than a model's reply: hello", 1, false},
		"plain words":    {sends("upstream connect error\n"), "sends something else than a model's reply: upstream connect error", 1, false},

		"error in stream":     {sends(delta("{") + `data: {"error":{"message":"boom","code":400}}` + "\n\n"), "broke off with an error: boom", 1, false},
		"error with blanks":   {sends(delta("{") + `data: { "error" : {"message":"boom"}}` + "\n\n"), "error: boom", 1, false},
		"error after id":      {sends(delta("{") + `data: {"id":"1","choices":[],"error":{"message":"boom"}}` + "\n\n"), "error: boom", 1, false},
		"error a text":        {sends(delta("{") + `data: {"error":"boom"}` + "\n\n"), "error: boom", 1, false},
		"error without data":  {sends(delta("{") + `{"error":"boom"}` + "\n"), "error: boom", 1, false},
		"error as a field":    {sends(delta("{") + `error: {"code":500,"message":"boom"}` + "\n\n"), "error: boom", 1, false},
		"context in stream":   {sends(`error: {"code":400,"message":"the request exceeds the available context size","type":"invalid_request_error"}` + "\n\n" + done), "available context size (the brief is too long for the model: try --per-phase)", 1, false},
		"done half way":       {sends(delta(fair[:200]) + done), "cannot be used", 2, false},
		"error as an object":  {sends(delta("{") + `data: {"object":"error","message":"boom","code":400}` + "\n\n"), "error: boom", 1, false},
		"error as an event":   {sends(delta("{") + "event: error\ndata: {\"detail\":\"boom\"}\n\n"), "error: boom", 1, false},
		"error in the choice": {sends(delta("{") + `data: {"choices":[{"delta":{},"finish_reason":"error","error":{"message":"boom"}}]}` + "\n\n"), "error: boom", 1, false},
		"error unexplained":   {sends(delta("{") + `data: {"choices":[{"delta":{},"finish_reason":"error"}]}` + "\n\n"), "error: it does not say which", 1, false},
		"error at first":      {sends(`data: {"error":{"message":"overloaded","code":529}}` + "\n\n"), "error: overloaded", 4, false},
		"error whole":         {status(200, `{"error":{"message":"boom"}}`, "Content-Type", "application/json"), "error: boom", 1, false},
		"error with the key":  {sends(`data: {"error":{"message":"key ` + secret + ` is bad"}}` + "\n\n"), "key [key] is bad", 1, false},

		"10 MB":            {sends(strings.Repeat(delta(strings.Repeat("a", 10_000)), 1000)), "longer than any reply should be", 1, false},
		"10 MB in a line":  {sends("data: " + strings.Repeat("a", 10<<20) + "\n\n" + stop), "sends something else", 1, false},
		"20 MB in a line":  {sends("data: " + strings.Repeat("a", 20<<20)), "longer than any reply should be", 1, false},
		"20 MB whole":      {status(200, strings.Repeat(" ", 20<<20), "Content-Type", "application/json"), "longer than any reply should be", 1, false},
		"10 MB of error":   {status(400, strings.Repeat("e", 10<<20)), "answers 400: eee", 2, false},
		"10 MB of comment": {sends(strings.Repeat(": keep-alive\n\n", 800_000) + delta(fair)), "was cut off in the middle", 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := serve(t, c.does)
			var options []func(*Settings)
			if c.quick {
				options = append(options, quick)
			}
			began := time.Now()
			got := judgeBy(t, f, options...)
			if !strings.Contains(got.Err, c.say) || f.count() != c.asked {
				t.Errorf("asked %d times, wanted %d; said %q, wanted %q", f.count(), c.asked, got.Err, c.say)
			}
			if len(got.Opinions) != 0 || got.Judged() {
				t.Errorf("a failure gave opinions: %s", levels(&got))
			}
			if all := everything(t, &got); strings.Contains(all, secret) || len(got.Err) > 700 || strings.ContainsAny(got.Err, "\n\x1b") {
				t.Errorf("the key, or a page of text: %q", got.Err)
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
		"keep-alive comments":  sends(strings.Repeat(": keep-alive\n\n", 1000) + delta(fair[:20]) + strings.Repeat(": ping\n", 1000) + "\n" + delta(fair[20:]) + stop + done),
		"no blanks":            sends(strings.ReplaceAll(delta(fair)+stop+done, "data: ", "data:")),
		"CRLF":                 sends(strings.ReplaceAll(delta(fair)+stop+done, "\n", "\r\n")),
		"no empty lines":       sends(strings.ReplaceAll(delta(fair)+stop+done, "\n\n", "\n")),
		"event names":          sends("event: message\nid: 1\nretry: 5\n" + delta(fair) + stop + done),
		"no reason to finish":  sends(delta(fair) + done),
		"no [DONE]":            sends(delta(fair) + stop),
		"no end of line":       sends(strings.TrimSpace(delta(fair) + stop)),
		"empty choices first":  sends(`data: {"choices":[],"prompt_filter_results":[{"prompt_index":0}]}` + "\n\n" + delta(fair) + stop + usage + done),
		"null choices":         sends(`data: {"choices":null}` + "\n\n" + delta(fair) + stop + done),
		"an event of its own":  sends(`data: {"type":"ping"}` + "\n\n" + delta(fair) + stop + done),
		"null error":           sends(strings.ReplaceAll(delta(fair), `{"choices"`, `{"error":null,"choices"`) + stop + done),
		"stop with the text":   sends(strings.Replace(delta(fair), `"index":0`, `"index":0,"finish_reason":"stop"`, 1) + done),
		"thinking":             sends(`data: {"choices":[{"delta":{"reasoning_content":"hm"}}]}` + "\n\n" + `data: {"choices":[{"delta":{"reasoning":"hm","content":null}}]}` + "\n\n" + delta(fair) + stop + done),
		"content in parts":     sends(`data: {"choices":[{"delta":{"content":[{"type":"text","text":` + quoted(fair) + `}]}}]}` + "\n\n" + stop + done),
		"data over two lines":  sends("data: {\"choices\":[{\"delta\":\ndata: {\"content\":" + quoted(fair) + "}}]}\n\n" + stop + done),
		"whole":                status(200, "{\n \"choices\": [{\"message\": {\"content\": "+quoted(fair)+"},\n \"finish_reason\": \"stop\"}],\n \"usage\": {\"prompt_tokens\": 3}}", "Content-Type", "application/json"),
		"whole, no type":       sends(`{"choices":[{"message":{"content":` + quoted(fair) + `},"finish_reason":"stop"}]}`),
		"other end":            sends(delta(fair) + strings.Replace(stop, `"stop"`, `"eos_token"`, 1)),
		"invalid UTF-8 around": sends(delta("\xff\xfe") + "data: {\"choices\":[{\"delta\":{\"content\":\"\xff\xc3\"}}]}\n\n" + delta(fair) + stop + done),
	} {
		t.Run(name, func(t *testing.T) {
			f := serve(t, does)
			got := judgeBy(t, f)
			if got.Err != "" || levels(&got) != "borrow=mid return=none shelf/reserve=senior" || f.count() != 1 {
				t.Errorf("%s, %q, asked %d times", levels(&got), got.Err, f.count())
			}
		})
	}
}

// Invalid UTF-8 in a quote voids it, and is said.
func TestInvalidUTF8(t *testing.T) {
	reply := strings.Replace(delta(opinions([4]string{"borrow", "mid", "readers XX borrow books", "w"})), "XX", "\xff\xfe", 1)
	got := judgeBy(t, serve(t, sends(reply+stop+done)))
	if levels(&got) != "borrow=void" || !strings.Contains(strings.Join(got.Notes, " "), "could not be read") {
		t.Errorf("%s, %v, %q", levels(&got), got.Notes, got.Err)
	}
}

func TestRetries(t *testing.T) {
	var rests []time.Duration
	watch := func(s *Settings) { s.Sleep = func(d time.Duration) { rests = append(rests, d) } }
	f := serve(t, status(429, "", "Retry-After", "2"), status(503, "", "Retry-After-Ms", "1500"), breaks(""), streamed(fair))
	if got := judgeBy(t, f, watch); got.Err != "" || f.count() != 4 {
		t.Fatalf("%q after %d requests", got.Err, f.count())
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
		return status(400, `{"error":{"message":"Unrecognized request argument supplied: `+part+`"}}`)
	}
	f := serve(t, refuses("stream_options"), refuses("temperature"), refuses("response_format"), status(500, `{"error":"System role not supported"}`), streamed(fair))
	c := f.client(t)
	if got := c.Feedback(context.Background(), lending()); got.Err != "" {
		t.Fatal(got.Err)
	}
	last := f.bodies[4]
	for _, part := range []string{"stream_options", "temperature", "response_format"} {
		if _, ok := last[part]; ok {
			t.Errorf("%s is still sent", part)
		}
	}
	if messages := last["messages"].([]any); len(messages) != 1 || !strings.Contains(messages[0].(map[string]any)["content"].(string), "experienced interviewer") {
		t.Errorf("the system's message: %v", messages)
	}
	c.Feedback(context.Background(), lending())
	if f.count() != 6 {
		t.Errorf("%d requests: what a server refuses is forgotten", f.count())
	}
	f = serve(t, status(400, "no"), streamed(fair)) // it does not say what it minds
	if got := judgeBy(t, f); got.Err != "" || f.bodies[1]["response_format"] != nil {
		t.Errorf("%q", got.Err)
	}
}

func TestSmallContext(t *testing.T) {
	got := judgeBy(t, serve(t, sends(delta(fair)+stop+strings.Replace(usage, "1200", "90", 1)+done)))
	if !strings.Contains(strings.Join(got.Notes, " "), "the server read 90 tokens of about") {
		t.Errorf("%v", got.Notes)
	}
}

func TestCancel(t *testing.T) {
	for name, does := range map[string]http.HandlerFunc{"before": hangs(""), "while it comes": hangs(delta("{")), "between tries": status(500, "")} {
		ctx, cancel := context.WithCancel(context.Background())
		f := serve(t, does)
		c := f.client(t, func(s *Settings) { s.Sleep = nil })
		time.AfterFunc(100*time.Millisecond, cancel)
		began := time.Now()
		got := c.Feedback(ctx, lending())
		if got.Err != "cancelled" || time.Since(began) > 5*time.Second {
			t.Errorf("%s: %q after %s", name, got.Err, time.Since(began))
		}
	}
}

// Nothing that is recorded, told or logged holds the key, whatever the server repeats.
func TestKeyIsHidden(t *testing.T) {
	leaky := strings.ReplaceAll(fair, "You say so.", "Your key is "+secret)
	for name, does := range map[string]http.HandlerFunc{
		"in the reply":    streamed(leaky),
		"in an error":     status(400, `{"error":{"message":"bad `+secret+`"}}`, "X-Key", secret),
		"in a void quote": streamed(opinions([4]string{secret, secret, secret, secret}, [4]string{"borrow", "mid", secret, secret})),
		"in prose":        streamed("My key is " + secret),
		"in a redirect":   status(302, "", "Location", "http://x/?k="+secret),
	} {
		var log strings.Builder
		f := serve(t, does)
		got := judgeBy(t, f, func(s *Settings) {
			s.Debug = &log
			s.Watch = func(p Progress) {
				if all := fmt.Sprintf("%+v %+v", p, p.Opinion); strings.Contains(all, secret) {
					t.Errorf("%s: told %s", name, all)
				}
			}
		})
		if all := everything(t, &got) + log.String(); strings.Contains(all, secret) || strings.Contains(all, secret[:12]) {
			t.Errorf("%s: the key is in\n%s", name, all)
		}
		if !strings.Contains(log.String(), "POST ") || !strings.Contains(log.String(), "[key]") {
			t.Errorf("%s: the log says nothing: %s", name, log.String())
		}
	}
}

func TestCertificates(t *testing.T) {
	s := httptest.NewTLSServer(streamed(fair))
	defer s.Close()
	s.Config.ErrorLog = quiet
	for _, base := range []string{s.URL, strings.Replace(s.URL, "https:", "http:", 1)} {
		c, err := New(Settings{BaseURL: base + "/v1", Model: "m", Timeout: 10 * time.Second, Sleep: func(time.Duration) {}})
		if err != nil {
			t.Fatal(err)
		}
		got := c.Feedback(context.Background(), lending())
		if strings.HasPrefix(base, "https:") && !strings.Contains(got.Err, "cannot be trusted") || got.Judged() {
			t.Errorf("%s: %q", base, got.Err)
		}
	}
	plain := serve(t, streamed(fair))
	c, _ := New(Settings{BaseURL: strings.Replace(plain.URL, "http:", "https:", 1) + "/v1", Model: "m", Timeout: 10 * time.Second, Sleep: func(time.Duration) {}})
	if got := c.Feedback(context.Background(), lending()); !strings.Contains(got.Err, "does not speak TLS") {
		t.Errorf("%q", got.Err)
	}
}

func TestUnreachable(t *testing.T) {
	f := serve(t, streamed(fair))
	f.Close()
	if got := judgeBy(t, f); !strings.Contains(got.Err, "is the server running?") {
		t.Errorf("%q", got.Err)
	}
	c, err := New(Settings{BaseURL: "http://no-such-host.invalid/v1", Model: "m", Timeout: 10 * time.Second, Sleep: func(time.Duration) {}})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Feedback(context.Background(), lending()); got.Err == "" || strings.Contains(got.Err, "Post ") {
		t.Errorf("%q", got.Err)
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
