package judge

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"interview/internal/bank"
)

// watcher tells each opinion once it is whole in a reply that is still coming.
func (c *Client) watcher(check *checker) func(string) {
	if c.set.Watch == nil {
		return nil
	}
	told := 0
	return func(text string) {
		list := sofar(text)
		for ; told < len(list); told++ {
			if said, note := check.one(list[told]); note == "" {
				said.Why, said.Quote = c.Hide(said.Why), c.Hide(said.Quote)
				at := slices.IndexFunc(check.criteria, func(x bank.Criterion) bool { return x.ID == said.Criterion })
				c.tell(Progress{Waiting: "the rest of the reply", Opinion: &said, Title: check.criteria[at].Title})
			}
		}
	}
}

// Request is what would be sent.
type Request struct {
	Method, URL string
	Header      http.Header // without the key
	Body        []byte      // every byte of it
}

// Requests are those that Feedback begins with; a repair, and what a server's refusal makes it leave out, come after them.
// Nothing is sent.
func (c *Client) Requests(k Case) ([]Request, error) {
	var out []Request
	if len(k.criteria()) == 0 || !k.answered() {
		return nil, nil
	}
	for _, part := range k.parts(c.set.PerPhase) {
		for _, again := range []bool{false, true}[:1+btoi(c.set.Twice)] {
			b := part.brief(again)
			t := &trip{dry: true, alive: func() {}}
			ctx := context.WithValue(context.Background(), tripKey{}, t)
			_, err := c.api.CreateChatCompletionStream(ctx, c.request([]message{{"system", b.system}, {"user", b.user}}, part.schema()))
			if !errors.Is(err, errDry) {
				return nil, err
			}
			out = append(out, Request{t.method, t.url, t.header, t.sent})
		}
	}
	return out, nil
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
