package chat

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode"
)

// failure says in a sentence why there is no reply.
type failure struct {
	say    string
	retry  bool
	after  time.Duration // that the server asks to wait
	status int
	text   string // the server's own words
}

func (f *failure) Error() string { return f.say }

var (
	errSilent  = errors.New("no sign of life")
	errStalled = errors.New("stalled")
	errLate    = errors.New("late")
	errCut     = errors.New("cut off")
)

// explain turns what went wrong on one try into a sentence. The server's words are quoted, cut and without the key.
func (c *Client) explain(ctx context.Context, err error, t *trip) *failure {
	var f *failure
	if errors.As(err, &f) {
		f.say = c.Hide(f.say)
		return f
	}
	f = c.cause(ctx, err, t)
	f.say = c.Hide(f.say)
	return f
}

func (c *Client) cause(ctx context.Context, err error, t *trip) *failure {
	host := c.Host()
	switch why := context.Cause(ctx); {
	case errors.Is(why, errLate) || errors.Is(why, context.DeadlineExceeded):
		return &failure{say: fmt.Sprintf("no whole reply of %s within %s: --timeout gives it longer", host, c.set.Timeout)}
	case errors.Is(why, errSilent):
		return &failure{say: fmt.Sprintf("no sign of %s within %s: --timeout gives it longer", host, c.set.First)}
	case errors.Is(why, errStalled):
		return &failure{say: fmt.Sprintf("%s stopped in the middle: nothing came for %s", host, c.set.Timeout/4)}
	case why != nil:
		return &failure{say: "cancelled"}
	}
	switch {
	case t.status >= 400:
		return c.refused(t)
	case t.status >= 300:
		return &failure{say: fmt.Sprintf("%s sends elsewhere, to %s: give that as --base-url if it is right", host, clip(t.answer.Get("Location"), mostWords))}
	case len(t.body) > 0:
		return &failure{say: fmt.Sprintf("%s sent a web page%s instead of a reply: is --base-url right?", host, title(t.body))}
	case errors.Is(err, errTooLong):
		return &failure{say: fmt.Sprintf("%s: it is read no further", errTooLong)}
	case len(t.junk) > 0:
		return &failure{say: fmt.Sprintf("%s sends something else than a model's reply: %s", host, clip(string(t.junk), mostWords))}
	case errors.Is(err, errCut), errors.Is(err, io.ErrUnexpectedEOF) && t.status == 200:
		return &failure{say: fmt.Sprintf("the reply of %s was cut off in the middle", host), retry: true}
	}
	return unreached(host, err)
}

// unreached is a failure of the connection.
func unreached(host string, err error) *failure {
	var wrap *url.Error
	if errors.As(err, &wrap) {
		err = wrap.Err // it repeats the address
	}
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return &failure{say: host + " is not known: is the name in --base-url right, and is there a network?"}
	case errors.As(err, &cert), errors.As(err, &unknown):
		return &failure{say: fmt.Sprintf("the certificate of %s cannot be trusted: %v", host, err)}
	case strings.Contains(err.Error(), "HTTP response to HTTPS client"): // no error to compare with is exported
		return &failure{say: host + " does not speak TLS: http:// instead of https:// in --base-url?"}
	case errors.Is(err, syscall.ECONNREFUSED):
		return &failure{say: "nothing answers at " + host + ": is the server running?"}
	}
	return &failure{say: fmt.Sprintf("the connection to %s broke: %s", host, clip(err.Error(), mostText)), retry: true}
}

// refused is an error status.
func (c *Client) refused(t *trip) *failure {
	text := messageOf(t.body)
	if text == "" && looksHTML(t.body) {
		text = "a web page" + title(t.body)
	}
	f := &failure{status: t.status, text: strings.ToLower(text + " " + string(t.body)), after: retryAfter(t.answer, time.Now())}
	f.retry = retried(f.status) && !strings.Contains(f.text, "insufficient_quota") && !strings.Contains(f.text, "billing")
	f.say = fmt.Sprintf("%s answers %d%s", c.Host(), t.status, after(": ", clip(text, mostText))) + advice(f)
	return f
}

func retried(status int) bool {
	return status == 408 || status == 409 || status == 429 || status >= 500
}

func after(lead, text string) string {
	if text == "" {
		return ""
	}
	return lead + text
}

// advice is what to do about an error status.
func advice(f *failure) string {
	switch {
	case f.after > longestRest:
		return fmt.Sprintf(" (it asks to wait %s)", f.after.Round(time.Second))
	case tooLong(f.text):
		return " (the brief is too long for the model: try --per-phase)"
	case f.status == 401 || f.status == 403:
		return " (is the key right, and may it use this model?)"
	case f.status == 404:
		return " (is the model's name right, and does --base-url end in /v1?)"
	case f.status == 429 && !f.retry:
		return " (the quota is used up: waiting does not help)"
	}
	return ""
}

func tooLong(text string) bool {
	for _, s := range []string{"context_length", "context length", "maximum context", "context size", "context window", "too many tokens", "prompt is too long"} {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}

// loosen leaves out a part of the request that the server does not know; false where nothing is left to leave out.
func (c *Client) loosen(f *failure) bool {
	if f.status != 400 && f.status != 422 && f.status != 500 || tooLong(f.text) || strings.Contains(f.text, "content_filter") {
		return false
	}
	named := ""
	for _, p := range []struct{ part, words string }{
		{partUsage, "stream_options|include_usage"},
		{partWarmth, "temperature"},
		{partSchema, "response_format|json_schema|schema|grammar|guided|structured"},
		{partSystem, "system role|system message|role: system"},
	} {
		for _, word := range strings.Split(p.words, "|") {
			if named == "" && strings.Contains(f.text, word) && !c.lacks(p.part) {
				named = p.part
			}
		}
	}
	if named == "" && f.status != 500 && !c.lacks(partSchema) {
		named = partSchema
	}
	if named == "" {
		return false
	}
	c.drop(named)
	c.debugf("! %d: sent again without %s", f.status, named)
	return true
}

// messageOf finds the words of an error in a body, whatever its shape: OpenAI's, Azure's, llama.cpp's, Ollama's text, vLLM's
// old object, FastAPI's detail.
func messageOf(body []byte) string {
	var top map[string]json.RawMessage
	if json.Unmarshal(body, &top) != nil {
		var list []json.RawMessage // Gemini wraps it in a list
		if json.Unmarshal(body, &list) == nil && len(list) > 0 {
			return messageOf(list[0])
		}
		if looksHTML(body) {
			return ""
		}
		return string(body)
	}
	for _, key := range []string{"error", "message", "detail", "error_description", "title", "msg"} {
		if text := words(top[key]); text != "" {
			return text
		}
	}
	return ""
}

// words are a text, the message in an object, or those in a list.
func words(raw json.RawMessage) string {
	var text string
	var list []json.RawMessage
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return ""
	case json.Unmarshal(raw, &text) == nil:
		return text
	case json.Unmarshal(raw, &list) == nil:
		var parts []string
		for _, item := range list {
			if s := words(item); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, "; ")
	case raw[0] == '{':
		if s := messageOf(raw); s != "" {
			return s
		}
		return string(raw)
	}
	return string(raw)
}

// failed finds an error in an event: under "error", in the choice, or as the event itself.
func (e *piece) failed(raw []byte) string {
	if s := words(e.Error); s != "" {
		return s
	}
	for _, c := range e.Choices {
		if s := words(c.Error); s != "" || c.Finish == "error" {
			return cmp.Or(s, "it does not say which")
		}
	}
	if e.Choices == nil && e.Usage == nil {
		return messageOf(raw)
	}
	return ""
}

// streamFailure is an error that came where a reply was due.
func streamFailure(e *piece, say string) *failure {
	var inner struct {
		Code any
		Type string
	}
	_ = json.Unmarshal(e.Error, &inner) // a text has no code
	status, _ := strconv.Atoi(fmt.Sprint(inner.Code))
	f := &failure{text: strings.ToLower(say), status: status}
	f.retry = retried(status) || strings.Contains(inner.Type, "server") || strings.Contains(inner.Type, "overloaded")
	f.say = "the server broke off with an error: " + clip(say, mostText) + advice(f)
	return f
}

func looksHTML(body []byte) bool {
	head := bytes.ToLower(bytes.TrimSpace(body[:min(len(body), 512)]))
	return bytes.HasPrefix(head, []byte("<"))
}

var titleTag = pattern(`(?is)<title[^>]*>(.*?)</title>`)

// title is that of a web page, in quotes after a blank.
func title(body []byte) string {
	if m := titleTag().FindSubmatch(body); m != nil {
		return " “" + clip(string(m[1]), mostWords) + "”"
	}
	return ""
}

// clip is foreign text on one line, without what nobody sees, of at most n characters.
func clip(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
