package judge

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"interview/internal/bank"
)

// What a model may say across the table: one question after a step, and which of the facts answers a question. It never
// sees what a criterion looks for, and never puts a fact into words.

// mostQuestion is the most characters of a question.
const mostQuestion = 400

// Step is what the candidate has just answered.
type Step struct {
	Prompt *bank.Prompt
	Title  string // of the step
	Answer string
	Point  string // title of the criterion to ask about
	Probe  string // its own follow-up
}

// FollowUp asks for a question about a point; "" where the model has none. The error says why there is no reply.
func (c *Client) FollowUp(ctx context.Context, s Step) (string, error) {
	code := fence(visible(s.Answer))
	user := fill("step", "title", s.Prompt.Title, "ask", s.Prompt.Ask, "step", s.Title, "point", s.Point, "probe", s.Probe,
		"open", openFence(code, "answer"), "answers", fenced(code, "answer", s.Answer))
	object, err := c.short(ctx, brief{section("follow-up"), user}, encoded(strict(object{"ask": someText()})), "ask")
	if err != nil {
		return "", err
	}
	var ask *string
	if json.Unmarshal(object["ask"], &ask) != nil {
		return "", errors.New(`the reply cannot be used: "ask" is no text`)
	}
	if ask == nil || strings.EqualFold(strings.Trim(*ask, " ."), "nothing") {
		return "", nil
	}
	return clip(c.Hide(*ask), mostQuestion), nil
}

// Fact asks which fact of a prompt answers a question; false where none does.
func (c *Client) Fact(ctx context.Context, p *bank.Prompt, question string) (says string, found bool, err error) {
	if len(p.Facts) == 0 {
		return "", false, nil
	}
	code := fence(visible(question))
	user := fill("question", "title", p.Title, "ask", p.Ask, "facts", factList(p.Facts),
		"open", openFence(code, "question"), "answers", fenced(code, "question", question))
	object, err := c.short(ctx, brief{section("reply"), user}, encoded(strict(object{"fact": object{"type": "integer"}})), "fact")
	if err != nil {
		return "", false, err
	}
	var n int
	if json.Unmarshal(object["fact"], &n) != nil || n < 0 || n > len(p.Facts) {
		return "", false, errors.New(`the reply cannot be used: "fact" is no number of the list`)
	}
	if n == 0 {
		return "", false, nil
	}
	return p.Facts[n-1].Says, true, nil
}

// short is an exchange of one small object.
func (c *Client) short(ctx context.Context, b brief, schema json.RawMessage, key string) (map[string]json.RawMessage, error) {
	s, err := c.Exchange(ctx, b.talk(), schema, nil)
	if err != nil {
		return nil, err
	}
	object := lastObject(s.Text, key)
	if object == nil {
		return nil, errors.New("the reply cannot be used: it is not the JSON that was asked for")
	}
	return object, nil
}
