package chat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"
)

// What go-openai leaves out stands between it and the network: the body as it is sent, the headers of an error, limits, and
// one form for all the streams that servers send.

// Limits to what is read of a server.
const (
	mostError = 64 << 10 // bytes of an error
	mostWire  = 16 << 20 // bytes of a stream: a token may take some hundred
)

var (
	errDry     = errors.New("nothing is sent")
	errTooLong = errors.New("the reply is longer than any reply should be")
)

// trip is one request and what came of it, beside what go-openai tells.
type trip struct {
	dry    bool
	alive  func() // called at each sign of life
	method string
	url    string
	header http.Header // as sent, without the key
	sent   []byte

	status int
	answer http.Header
	body   []byte // of an error
	junk   []byte // what stood in the stream and is no part of it
	read   int64  // bytes of the stream
	ended  bool   // the stream said that it is whole
}

type tripKey struct{}

// doer sends what go-openai made.
type doer struct {
	c    *Client
	http *http.Client
}

// Do sends a request once. An error status is returned as the response that it is, with at most mostError bytes of body.
func (d *doer) Do(req *http.Request) (*http.Response, error) {
	t, _ := req.Context().Value(tripKey{}).(*trip)
	if t == nil {
		return nil, errDry
	}
	if err := d.c.patch(req, t); err != nil {
		return nil, err
	}
	if t.dry {
		return nil, errDry
	}
	d.c.debugf("> %s %s\n> %v\n%s", t.method, t.url, t.header, t.sent)
	resp, err := d.http.Do(req)
	if err != nil {
		return nil, err
	}
	t.alive()
	t.status, t.answer = resp.StatusCode, resp.Header
	d.c.debugf("< %s\n< %v", resp.Status, resp.Header)
	return d.c.receive(resp, t)
}

// patch writes what go-openai has no field for, or refuses by the name of a model.
func (c *Client) patch(req *http.Request, t *trip) error {
	var body map[string]any
	if err := json.NewDecoder(req.Body).Decode(&body); err != nil {
		return err
	}
	body["model"] = c.set.Model
	if !c.lacks(partWarmth) {
		body["temperature"] = 0
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(body); err != nil {
		return err
	}
	t.sent = b.Bytes()
	req.ContentLength = int64(len(t.sent))
	req.Body = io.NopCloser(bytes.NewReader(t.sent))
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(t.sent)), nil }
	t.method, t.url, t.header = req.Method, req.URL.String(), req.Header.Clone()
	for _, name := range []string{"Authorization", "Api-Key"} {
		if t.header.Get(name) != "" {
			t.header.Set(name, "[key]")
		}
	}
	return nil
}

// receive gives every reply the form of a stream of data lines, and every failure the form of an error.
func (c *Client) receive(resp *http.Response, t *trip) (*http.Response, error) {
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	page := kind == "text/html" || kind == "application/xhtml+xml"
	if resp.StatusCode >= 300 || page {
		defer resp.Body.Close()
		t.body, _ = io.ReadAll(io.LimitReader(resp.Body, mostError)) // what came of it is enough
		c.debugf("%s", t.body)
		if resp.StatusCode < 400 {
			return nil, fmt.Errorf("status %d", resp.StatusCode) // the trip says why
		}
		resp.Body = io.NopCloser(bytes.NewReader(t.body))
		return resp, nil
	}
	if kind == "application/json" {
		resp.Body = &whole{body: resp.Body, t: t}
	} else {
		resp.Body = newEvents(resp.Body, t)
	}
	return resp, nil
}

// whole is a reply that came in one piece: one event.
type whole struct {
	body io.ReadCloser
	t    *trip
	out  *bytes.Reader
}

// Read makes a data line of the whole body.
func (w *whole) Read(p []byte) (int, error) {
	if w.out == nil {
		raw, err := io.ReadAll(io.LimitReader(w.body, mostWire+1))
		if err != nil {
			return 0, err
		}
		if len(raw) > mostWire {
			return 0, errTooLong
		}
		w.t.alive()
		var line bytes.Buffer
		if json.Compact(&line, raw) != nil {
			w.t.junk = raw[:min(len(raw), mostError)]
			line.Reset()
		}
		w.out = bytes.NewReader(event(line.Bytes()))
	}
	return w.out.Read(p)
}

// Close ends the connection.
func (w *whole) Close() error { return w.body.Close() }

// event is a data line as go-openai reads them. The blank after the brace keeps it from taking an error for its own: it
// knows one shape of them only.
func event(data []byte) []byte {
	if len(data) == 0 {
		return nil
	}
	if data[0] == '{' {
		data = append([]byte("{ "), data[1:]...)
	}
	return append(append([]byte("data: "), data...), "\n\n"...)
}

// dial sets off on one try: the context ends when the server gives no sign in time, or stop is called. A sign is its header,
// then each line; a model may read for as long as the header took before it writes the first.
func (c *Client) dial(ctx context.Context, t *trip) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	signs := 0
	silent := time.AfterFunc(c.set.First, func() { cancel(errSilent) })
	stalled := time.AfterFunc(2*c.set.Timeout, func() { cancel(errStalled) }) // set anew by the first line
	t.alive = func() {
		if signs++; signs == 1 {
			silent.Reset(c.set.First)
			return
		}
		silent.Stop()
		stalled.Reset(c.set.Timeout / 4)
	}
	return context.WithValue(ctx, tripKey{}, t), func() {
		silent.Stop()
		stalled.Stop()
		cancel(nil)
	}
}

// debugf writes to the log that was asked for, without the key.
func (c *Client) debugf(format string, args ...any) {
	if c.set.Debug != nil {
		fmt.Fprintln(c.set.Debug, c.Hide(fmt.Sprintf(format, args...)))
	}
}
