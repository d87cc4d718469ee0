package judge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"interview/internal/chat"
	"interview/internal/grade"
)

// verdict is the checked reply about one part of a case.
type verdict struct {
	phase    string
	opinions []grade.Opinion
	reply    reply
	notes    []string
	err      error
}

// judge asks about one part: once, and once more where the reply has not the form asked for.
func (c *Client) judge(ctx context.Context, k *Case, again bool, f *grade.Feedback) verdict {
	v := verdict{}
	if c.set.PerPhase {
		v.phase = k.Phases[0]
	}
	check := newChecker(k)
	b := k.brief(again)
	talk := b.talk()
	text := b.String()
	for round := 0; ; round++ {
		said, err := c.Exchange(ctx, talk, k.schema(), c.watcher(check))
		v.err = err
		if err == nil {
			v.err = v.take(check, said.Text)
		}
		f.Talk = append(f.Talk, record(&said, v.phase, text, v.err))
		v.notes = append(v.notes, said.Doubts()...)
		var form *errForm
		if round > 0 || !errors.As(v.err, &form) {
			return v
		}
		text = fill("repair", "problem", form.problem)
		talk = append(talk, chat.Message{Role: "assistant", Text: said.Text}, chat.Message{Role: "user", Text: text})
	}
}

// record keeps what was sent and came back.
func record(r *chat.Reply, phase, brief string, err error) grade.Exchange {
	e := grade.Exchange{Phase: phase, Brief: brief, Raw: r.Text, In: r.In, Out: r.Out, Seconds: r.Took.Round(time.Millisecond).Seconds()}
	if err != nil {
		e.Err = sentence(err)
	}
	return e
}

// sentence is what to show of an error.
func sentence(err error) string {
	var form *errForm
	if errors.As(err, &form) {
		return "the reply cannot be used: " + form.problem
	}
	return err.Error()
}

// take reads and checks a reply.
func (v *verdict) take(check *checker, text string) error {
	r, strange, err := parse(text)
	if err != nil {
		return err
	}
	opinions, dropped := check.check(r.Opinions)
	if len(opinions) == 0 {
		return &errForm{"none of its opinions is on a criterion and a level of the list"}
	}
	v.opinions, v.reply = opinions, r
	v.notes = append(v.notes, append(dropped, strange...)...)
	if strings.Contains(text, "\ufffd") {
		v.notes = append(v.notes, "some characters of the reply could not be read")
	}
	return nil
}

// gather puts the verdicts of the parts together.
func gather(f *grade.Feedback, parts []verdict) {
	var failed []string
	for i := range parts {
		v := &parts[i]
		f.Opinions = append(f.Opinions, v.opinions...)
		f.Notes = append(f.Notes, v.notes...)
		if v.err != nil {
			failed = append(failed, at(v.phase)+sentence(v.err))
		}
	}
	f.Err = strings.Join(slices.Compact(failed), "; ")
	f.Well = texts(inTurn(parts, func(r *reply) []string { return r.Well }), mostWell)
	f.Next = texts(inTurn(parts, func(r *reply) []string { return r.Next }), mostNext)
	for i := range parts {
		if f.Question == "" {
			f.Question = clip(parts[i].reply.Question, mostText)
		}
	}
	if same := repeated(f.Opinions); same != "" {
		f.Notes = append(f.Notes, same)
	}
}

func at(phase string) string {
	if phase == "" {
		return ""
	}
	return phase + ": "
}

// inTurn takes the first text of each part, then the second.
func inTurn(parts []verdict, of func(*reply) []string) []string {
	var out []string
	for n := range mostWell {
		for i := range parts {
			if list := of(&parts[i].reply); n < len(list) {
				out = append(out, list[n])
			}
		}
	}
	return out
}

// mostSame is how many criteria one quote may serve before it is worth a word.
const mostSame = 3

// repeated says that the same words are given for many criteria: a sign of a model that was steered, or that did not read.
func repeated(opinions []grade.Opinion) string {
	uses := map[string]int{}
	most := ""
	for _, o := range opinions {
		if o.Void == "" && o.Quote != "" {
			if uses[o.Quote]++; uses[o.Quote] > uses[most] || uses[o.Quote] == uses[most] && o.Quote < most {
				most = o.Quote
			}
		}
	}
	if uses[most] <= mostSame {
		return ""
	}
	return fmt.Sprintf("it gives the same words for %d criteria: “%s”", uses[most], clip(most, noteLength))
}

// compare notes where the model said something else when it was asked again.
func compare(f *grade.Feedback, again []verdict) {
	for i := range again {
		v := &again[i]
		if v.err != nil {
			f.Notes = append(f.Notes, at(v.phase)+"asked again without a result: "+sentence(v.err))
			continue
		}
		for j := range f.Opinions {
			o := &f.Opinions[j]
			at := slices.IndexFunc(v.opinions, func(x grade.Opinion) bool { return x.Criterion == o.Criterion })
			if at < 0 {
				continue
			}
			if second := standing(&v.opinions[at]); second != standing(o) {
				o.Again = second
			}
		}
		f.Notes = append(f.Notes, v.notes...)
	}
}

// standing is what an opinion comes to, in a word.
func standing(o *grade.Opinion) string {
	switch {
	case o.Void != "":
		return "void"
	case o.Level == "":
		return none
	}
	return o.Level
}
