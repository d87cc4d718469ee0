package chat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/sashabaranov/go-openai"
)

const (
	mostRetries = 4
	firstWait   = 500 * time.Millisecond // doubled with each try; chance takes a part of it, so that many do not come back at once
	longestWait = 8 * time.Second
	longestRest = 30 * time.Second // that a server may ask for
)

// mostLooks is how often a reply is looked at while it comes: more than any has opinions.
const mostLooks = 500

// Limits to what is read and shown of a reply.
const (
	mostReply = 256 << 10 // bytes
	mostText  = 400       // characters of a server's own words
	mostWords = 60        // of what makes no sense
)

// Reply is what a model said, with what it cost.
type Reply struct {
	Text    string
	In, Out int // tokens, as the server counts them; 0 where it does not
	Took    time.Duration

	brief   int // bytes sent
	done    bool
	thought bool // some of it was thinking aloud, which is not kept
}

// bytesPerToken is more than any text has: where a server counts fewer tokens, it left a part of the brief unread.
const bytesPerToken = 8

// Doubts say what makes a reply doubtful.
func (r *Reply) Doubts() []string {
	if r.In > 0 && r.brief/r.In >= bytesPerToken {
		return []string{fmt.Sprintf("the server read %d tokens of about %d: its context is too small for the brief, try --per-phase", r.In, r.brief/4)}
	}
	return nil
}

// Exchange sends a talk and waits for the reply, as often as it takes. schema is the form of the reply, for servers that know
// schemas. watch is told all of the reply that has come, when it may hold one object more; nil for nobody. The error is a
// sentence without the key; what came of the reply stands beside it.
func (c *Client) Exchange(ctx context.Context, talk []Message, schema json.RawMessage, watch func(string)) (Reply, error) {
	ctx, stop := context.WithTimeoutCause(ctx, c.set.Timeout, errLate)
	defer stop()
	began := time.Now()
	for try := 1; ; try++ {
		s, err := c.once(ctx, talk, schema, watch)
		s.Took = time.Since(began)
		for _, m := range talk {
			s.brief += len(m.Text)
		}
		var f *failure
		if !errors.As(err, &f) {
			return s, err
		}
		if c.loosen(f) {
			try--
			continue
		}
		wait, again := f.wait(try)
		if !again {
			return s, err
		}
		c.tell(fmt.Sprintf("another try in %s: %s", seconds(wait), f.say))
		if !c.rest(ctx, wait) {
			return s, c.explain(ctx, ctx.Err(), &trip{})
		}
	}
}

func (c *Client) tell(what string) {
	if c.set.Waiting != nil {
		c.set.Waiting(what)
	}
}

// rest waits; false where the context ends first.
func (c *Client) rest(ctx context.Context, d time.Duration) bool {
	if c.set.Sleep != nil {
		c.set.Sleep(d)
		return ctx.Err() == nil
	}
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// wait is how long to rest before the next try, and whether there is one.
func (f *failure) wait(try int) (time.Duration, bool) {
	if !f.retry || try >= mostRetries || f.after > longestRest {
		return 0, false
	}
	most := min(longestWait, firstWait<<(try-1))
	return max(f.after, rand.N(most)), true
}

// retryAfter is how long a server asks to wait; 0 where it does not say.
func retryAfter(h http.Header, now time.Time) time.Duration {
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil && ms > 0 {
		return time.Duration(ms * float64(time.Millisecond))
	}
	text := h.Get("Retry-After")
	if s, err := strconv.ParseFloat(text, 64); err == nil && s > 0 {
		return time.Duration(min(s, 1e9) * float64(time.Second))
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

// once sends a talk and reads one stream.
func (c *Client) once(ctx context.Context, talk []Message, schema json.RawMessage, watch func(string)) (s Reply, err error) {
	t := &trip{}
	ctx, stop := c.dial(ctx, t)
	defer stop()
	c.tell("the first word")
	stream, err := c.api.CreateChatCompletionStream(ctx, c.request(talk, schema))
	if err != nil {
		return s, c.explain(ctx, err, t)
	}
	defer stream.Close()
	err = s.read(stream, c, watch)
	s.Text = strings.ToValidUTF8(s.Text, "\ufffd")
	c.debugf("%s", s.Text)
	if err == nil && !s.done && !t.ended { // some servers give no reason to finish
		err = errCut
	}
	if err != nil {
		f := c.explain(ctx, err, t)
		if s.Text != "" { // what had begun is not begun again
			f.retry, f.status = false, 0
		}
		return s, f
	}
	if strings.TrimSpace(s.Text) == "" {
		return s, &failure{say: "the reply is empty"}
	}
	return s, nil
}

// read takes a stream to its end.
func (s *Reply) read(stream *openai.ChatCompletionStream, c *Client, watch func(string)) error {
	var text strings.Builder
	defer func() { s.Text = text.String() }()
	if watch == nil {
		watch = func(string) {}
	}
	for looks := 0; ; {
		raw, err := stream.RecvRaw()
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			watch(text.String())
			return nil
		}
		if err != nil {
			return err
		}
		piece, err := s.take(raw)
		if err != nil {
			return err
		}
		if text.Len() == 0 {
			c.tell(s.phase(piece))
		}
		text.WriteString(piece)
		if text.Len() > mostReply {
			return errTooLong
		}
		if strings.Contains(piece, "}") && looks < mostLooks {
			looks++
			watch(text.String())
		}
	}
}

// phase says what is waited for after a piece of the stream.
func (s *Reply) phase(piece string) string {
	switch {
	case piece != "":
		return "the rest of the reply"
	case s.thought:
		return "the model to think"
	}
	return "the first word"
}

// take reads one event: the text in it, and what it says about the end and the cost.
func (s *Reply) take(raw []byte) (string, error) {
	var e piece
	if err := json.Unmarshal(raw, &e); err != nil {
		return "", &failure{say: "the server sends something else than a model's reply: " + clip(string(raw), mostWords)}
	}
	if say := e.failed(raw); say != "" {
		return "", streamFailure(&e, say)
	}
	if e.Usage != nil {
		s.In, s.Out = e.Usage.In, e.Usage.Out
	}
	if len(e.Choices) == 0 { // the event that counts tokens
		return "", nil
	}
	choice := &e.Choices[0]
	s.thought = s.thought || choice.Delta.Reasoning != "" || choice.Delta.Thinking != ""
	if choice.Delta.Refusal != "" {
		return "", &failure{say: "the model refuses: " + clip(choice.Delta.Refusal, mostText)}
	}
	switch choice.Finish {
	case "":
	case "length":
		return "", &failure{say: "the reply was cut off: the model may write no more, or its context is full; try --per-phase"}
	case "content_filter":
		return "", &failure{say: "a content filter of the server stopped the reply"}
	default:
		s.done = true
	}
	return string(choice.Delta.Content) + string(choice.Message.Content), nil
}

// piece is one event of a stream, or a whole reply. What errors look like differs from server to server.
type piece struct {
	Choices []struct {
		Delta   content         `json:"delta"`
		Message content         `json:"message"`
		Finish  string          `json:"finish_reason"`
		Error   json.RawMessage `json:"error"`
	} `json:"choices"`
	Usage *struct {
		In  int `json:"prompt_tokens"`
		Out int `json:"completion_tokens"`
	} `json:"usage"`
	Error json.RawMessage `json:"error"`
}

type content struct {
	Content   textOrParts `json:"content"`
	Refusal   string      `json:"refusal"`
	Reasoning string      `json:"reasoning_content"`
	Thinking  string      `json:"reasoning"`
}

// textOrParts is a text that some servers send as a list of parts.
type textOrParts string

// UnmarshalJSON takes either form; parts that are no text are left out.
func (t *textOrParts) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		*t = textOrParts(text)
		return nil
	}
	var parts []struct{ Text string }
	if err := json.Unmarshal(raw, &parts); err != nil {
		return err
	}
	for _, p := range parts {
		*t += textOrParts(p.Text)
	}
	return nil
}

func validJSON(data []byte) bool { return json.Valid(data) }

func seconds(d time.Duration) string { return fmt.Sprintf("%.0f s", d.Seconds()) }
