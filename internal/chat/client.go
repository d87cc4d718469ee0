// Package chat talks to any server that speaks the chat protocol of OpenAI: it streams one reply to one talk, tries again where
// that may help, and says in a sentence why there is none. It knows nothing of what the talk is about.
package chat

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/sashabaranov/go-openai"
)

// Settings say whom to ask and how long to wait.
type Settings struct {
	BaseURL    string // up to and with /v1; with Azure the endpoint of the resource
	Key        string // "" for servers that need none
	Model      string // with Azure the deployment
	APIVersion string // of Azure; "" for all others
	Token      bool   // with Azure: Key is a token of Entra ID

	Timeout time.Duration // of one reply, with its retries; a quarter of it between two signs of life
	First   time.Duration // until the first sign; 0 for half of Timeout

	Debug   io.Writer           // what is sent and comes back, without the key; nil for nothing
	Waiting func(what string)   // told what is waited for, as a noun, when that changes; nil for nobody
	Sleep   func(time.Duration) // between two tries; nil for the clock's
}

// DefaultTimeout is enough for a model on a desk that reads a long brief.
const DefaultTimeout = 4 * time.Minute

// Client asks one model. It may be used by several goroutines.
type Client struct {
	set  Settings
	base *url.URL
	api  *openai.Client

	mu      sync.Mutex
	without map[string]bool // parts of a request that the server refused
}

// New checks the settings.
func New(set Settings) (*Client, error) {
	base, err := url.Parse(strings.TrimSpace(set.BaseURL))
	switch {
	case err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https":
		return nil, errors.New("the base URL is no http or https address")
	case base.User != nil || base.RawQuery != "" || base.Fragment != "":
		return nil, errors.New("the base URL must hold no user, question mark or #: a key goes into its own variable")
	case set.Model == "":
		return nil, errors.New("no model is named")
	case strings.ContainsFunc(set.Key, func(r rune) bool { return r <= ' ' || r >= 0x7f }):
		return nil, errors.New("the key holds spaces or characters that no key has")
	}
	set.Timeout = cmp.Or(set.Timeout, DefaultTimeout)
	set.First = cmp.Or(set.First, set.Timeout/2)
	c := &Client{set: set, base: base, without: map[string]bool{}}
	c.api = openai.NewClientWithConfig(c.config())
	return c, nil
}

// config is go-openai's. Its own limits are lifted where they would refuse what a server can do.
func (c *Client) config() openai.ClientConfig {
	conf := openai.DefaultConfig(c.set.Key)
	if c.set.APIVersion != "" {
		conf = openai.DefaultAzureConfig(c.set.Key, "")
		conf.APIVersion = c.set.APIVersion
		conf.AzureModelMapperFunc = func(string) string { return url.PathEscape(c.set.Model) }
		if c.set.Token {
			conf.APIType = openai.APITypeAzureAD
		}
	}
	conf.BaseURL = strings.TrimRight(c.base.String(), "/")
	conf.EmptyMessagesLimit = 1 << 30
	conf.HTTPClient = &doer{c: c, http: c.transport()}
	return conf
}

// transport respects proxies and verifies certificates. It follows no redirect: what is sent goes where it was said to go,
// and a key to nobody else.
func (c *Client) transport() *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	return &http.Client{Transport: t, CheckRedirect: stay}
}

func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Host is where everything goes, with the port where one is given.
func (c *Client) Host() string { return c.base.Host }

// Model is the name that is asked for.
func (c *Client) Model() string { return c.set.Model }

// Exposed says that a key would go over the net unencrypted.
func (c *Client) Exposed() bool {
	name := c.base.Hostname()
	ip := net.ParseIP(name)
	local := name == "localhost" || strings.HasSuffix(name, ".localhost") || ip != nil && ip.IsLoopback()
	return c.set.Key != "" && c.base.Scheme == "http" && !local
}

// shortestKey is what a secret has at least; less is a word such as "none" that local servers are given.
const shortestKey = 8

var keyLike = pattern(`\bsk-[A-Za-z0-9_*.-]{4,}`)

// pattern is compiled when it is first asked for: most runs of the program ask no model.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// Hide takes the key out of a text, and whatever looks like one: servers repeat it in their errors.
func (c *Client) Hide(s string) string {
	if len(c.set.Key) >= shortestKey {
		s = strings.ReplaceAll(s, c.set.Key, "[key]")
	}
	return keyLike().ReplaceAllString(s, "[key]")
}

// The parts of a request that a server may refuse, and that a reply can do without.
const (
	partSchema = "response_format"
	partUsage  = "stream_options"
	partWarmth = "temperature"
	partSystem = "system"
	stockModel = "model" // go-openai refuses some names; the true one is put in when it is sent
	schemaName = "reply"
)

func (c *Client) lacks(part string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.without[part]
}

func (c *Client) drop(part string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.without[part] = true
}

// Message is one turn of the talk with a model; Role is system, user or assistant.
type Message struct{ Role, Text string }

func (c *Client) request(talk []Message, schema json.RawMessage) openai.ChatCompletionRequest {
	req := openai.ChatCompletionRequest{Model: stockModel}
	if c.lacks(partSystem) && len(talk) > 1 {
		talk = append([]Message{{"user", talk[0].Text + "\n\n" + talk[1].Text}}, talk[2:]...)
	}
	for _, m := range talk {
		req.Messages = append(req.Messages, openai.ChatCompletionMessage{Role: m.Role, Content: m.Text})
	}
	if !c.lacks(partUsage) {
		req.StreamOptions = &openai.StreamOptions{IncludeUsage: true}
	}
	if !c.lacks(partSchema) && schema != nil {
		req.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: openai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: schemaName, Schema: schema, Strict: true}}
	}
	return req
}

// Request is what would be sent.
type Request struct {
	Method, URL string
	Header      http.Header // without the key
	Body        []byte      // every byte of it
}

// Request makes the request of a talk and sends nothing.
func (c *Client) Request(talk []Message, schema json.RawMessage) (Request, error) {
	t := &trip{dry: true, alive: func() {}}
	ctx := context.WithValue(context.Background(), tripKey{}, t)
	if _, err := c.api.CreateChatCompletionStream(ctx, c.request(talk, schema)); !errors.Is(err, errDry) {
		return Request{}, err
	}
	return Request{t.method, t.url, t.header, t.sent}, nil
}
