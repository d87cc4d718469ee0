// Package judge asks a language model for feedback on answers, over any server that speaks the chat protocol of OpenAI, and
// checks what it says: levels that the rubric knows, quotes that stand in the answer. It awards nothing: what it returns
// stands beside a grade, which it never sees. It is not for talking to a model about anything else.
package judge

import (
	"context"
	"fmt"
	"strings"

	"interview/internal/bank"
	"interview/internal/grade"
)

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
	f := grade.Feedback{Prompt: k.Item.Prompt.ID, Rubric: k.Item.Digest, Model: c.set.Model, Host: c.Host(), Version: Version(),
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
