package judge

import (
	"slices"

	"interview/internal/bank"
	"interview/internal/chat"
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
				c.set.Watch(Progress{Waiting: "the rest of the reply", Opinion: &said, Title: check.criteria[at].Title})
			}
		}
	}
}

// Requests are those that Feedback begins with; a repair, and what a server's refusal makes it leave out, come after them.
// Nothing is sent.
func (c *Client) Requests(k Case) ([]chat.Request, error) {
	var out []chat.Request
	if len(k.criteria()) == 0 || !k.answered() {
		return nil, nil
	}
	orders := []bool{false}
	if c.set.Twice {
		orders = append(orders, true)
	}
	for _, part := range k.parts(c.set.PerPhase) {
		for _, again := range orders {
			r, err := c.Request(part.brief(again).talk(), part.schema())
			if err != nil {
				return nil, err
			}
			out = append(out, r)
		}
	}
	return out, nil
}
