// Package judge asks a language model for feedback on answers, and checks what it says: levels that the rubric knows, quotes that stand in the answer. It awards nothing: what it returns
// stands beside a grade, which it never sees. It is not for talking to a model about anything else.
package judge

import (
	"context"
	"fmt"
	"strings"

	"interview/internal/bank"
	"interview/internal/chat"
	"interview/internal/grade"
)

// Settings say whom to ask, and how.
type Settings struct {
	chat.Settings
	PerPhase bool           // a brief for each phase, for small contexts
	Twice    bool           // ask twice, and note where the model disagrees with itself
	Watch    func(Progress) // told while a reply comes; nil for nobody
}

// Progress is what there is to tell while a reply comes.
type Progress struct {
	Waiting string         // for what, as a noun
	Opinion *grade.Opinion // one more is whole, and checked
	Title   string         // of its criterion
}

// Client asks one model. It may be used by several goroutines.
type Client struct {
	*chat.Client
	set Settings
}

// New checks the settings.
func New(set Settings) (*Client, error) {
	if set.Watch != nil {
		set.Waiting = func(what string) { set.Watch(Progress{Waiting: what}) }
	}
	c, err := chat.New(set.Settings)
	return &Client{c, set}, err
}

// Case is what a model is asked to judge.
type Case struct {
	Item    *bank.Item
	Phases  []string       // whose criteria are asked; none for all
	Answers []grade.Answer // what quotes must stand in
	Asked   []string       // beside each answer the follow-up that it replies to, "" for none; may be shorter than Answers
}

// criteria are those that are asked.
func (k *Case) criteria() []bank.Criterion {
	var out []bank.Criterion
	for _, c := range k.Item.Criteria {
		if k.asks(c.Phase) {
			out = append(out, c)
		}
	}
	return out
}

func (k *Case) asks(phase string) bool {
	if len(k.Phases) == 0 {
		return true
	}
	for _, p := range k.Phases {
		if p == phase {
			return true
		}
	}
	return false
}

// answered says that there is something to judge.
func (k *Case) answered() bool {
	for _, a := range k.Answers {
		if strings.TrimSpace(visible(a.Text)) != "" {
			return true
		}
	}
	return false
}

// parts are the cases that are asked one by one: the whole, or a phase each, with the answers of that phase only.
func (k *Case) parts(perPhase bool) []Case {
	if !perPhase {
		return []Case{*k}
	}
	var out []Case
	for _, ph := range k.Item.Framework.Phases {
		part := Case{Item: k.Item, Phases: []string{ph.ID}, Answers: make([]grade.Answer, len(k.Answers)), Asked: k.Asked}
		for i, a := range k.Answers {
			if part.Answers[i].Phase = a.Phase; a.Phase == "" || a.Phase == ph.ID { // the others stay empty: quotes point by number
				part.Answers[i].Text = a.Text
			}
		}
		if k.asks(ph.ID) && len(part.criteria()) > 0 {
			out = append(out, part)
		}
	}
	return out
}

// Most of what is shown of a reply.
const (
	mostWell = 3
	mostNext = 2
)

// Feedback asks for one judgement of a case, by the settings of the client. What fails or cannot be used is said in it: there
// is no error beside it.
func (c *Client) Feedback(ctx context.Context, k Case) grade.Feedback {
	f := grade.Feedback{Prompt: k.Item.Prompt.ID, Rubric: k.Item.Digest(), Model: c.Model(), Host: c.Host(), Version: Version(),
		Opinions: []grade.Opinion{}, Talk: []grade.Exchange{}}
	switch {
	case len(k.criteria()) == 0:
		f.Err = "the rubric asks nothing here"
		return f
	case !k.answered():
		f.Err = "nothing was answered"
		return f
	}
	parts := k.parts(c.set.PerPhase)
	var first, again []verdict
	for i := range parts {
		v := c.judge(ctx, &parts[i], false, &f)
		first = append(first, v)
		if c.set.Twice && v.err == nil {
			again = append(again, c.judge(ctx, &parts[i], true, &f))
		}
		if ctx.Err() != nil {
			break
		}
	}
	gather(&f, first)
	compare(&f, again)
	f.Notes = append(f.Notes, k.unseen()...)
	f.Notes = few(f.Notes)
	return c.hide(f)
}

// unseen says that characters were not sent that nobody can see.
func (k *Case) unseen() []string {
	n := 0
	for _, a := range k.Answers {
		n += invisible(a.Text)
	}
	if n == 0 {
		return nil
	}
	return []string{fmt.Sprintf("not sent: %d invisible characters of your answers", n)}
}

// hide takes the key out of all that is recorded.
func (c *Client) hide(f grade.Feedback) grade.Feedback {
	for _, s := range []*string{&f.Model, &f.Question, &f.Err} {
		*s = c.Hide(*s)
	}
	for _, list := range [][]string{f.Well, f.Next, f.Notes} {
		for i := range list {
			list[i] = c.Hide(list[i])
		}
	}
	for i := range f.Opinions {
		o := &f.Opinions[i]
		o.Why = c.Hide(o.Why)
		if o.Void != "" { // else it stands in the answer
			o.Quote = c.Hide(o.Quote)
		}
	}
	for i := range f.Talk {
		t := &f.Talk[i]
		t.Brief, t.Raw, t.Err = c.Hide(t.Brief), c.Hide(t.Raw), c.Hide(t.Err)
	}
	return f
}
