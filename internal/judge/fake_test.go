package judge

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"interview/internal/bank"
	"interview/internal/chat"
	"interview/internal/chat/chattest"
	"interview/internal/grade"
)

// clientOf asks a server, without resting between tries.
func clientOf(t *testing.T, s *chattest.Server, change ...func(*Settings)) *Client {
	t.Helper()
	set := Settings{Settings: chat.Settings{BaseURL: s.URL + "/v1", Key: chattest.Key, Model: "some-model", Timeout: 20 * time.Second, Sleep: func(time.Duration) {}}}
	for _, c := range change {
		c(&set)
	}
	c, err := New(set)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// library is a prompt of two phases and three criteria.
func library() *bank.Item {
	it := &bank.Item{Digest: func() string { return "d1" }}
	it.Prompt = bank.Prompt{ID: "library", Title: "A library", Ask: "Design the lending desk.",
		Facts: []bank.Fact{{Says: "Ten thousand readers."}, {Says: "Loans last three weeks."}}}
	it.Framework.Phases = []bank.Phase{{ID: "scope", Title: "Scope"}, {ID: "depth", Title: "Depth"}}
	levels := []bank.Level{{Name: "mid", Descriptor: "Says it."}, {Name: "senior", Descriptor: "Says it with a reason."}}
	it.Criteria = []bank.Criterion{
		{ID: "borrow", Phase: "scope", Title: "Borrowing", Probe: "What can readers do?", Levels: levels},
		{ID: "return", Phase: "scope", Title: "Returning", Levels: levels},
		{ID: "shelf/reserve", Phase: "depth", Title: "Reserving", When: "reserve", Levels: levels},
	}
	return it
}

func lending() Case {
	return Case{Item: library(), Asked: []string{"", "What of the last copy?"}, Answers: []grade.Answer{
		{Phase: "scope", Text: "### Functional\nReaders borrow books.\nA reader  returns\nthe book."},
		{Phase: "depth", Text: "We reserve the LAST copy at the desk, because two may want it."},
	}}
}

// opinions makes a reply.
func opinions(list ...[4]string) string {
	var items []map[string]string
	for _, o := range list {
		items = append(items, map[string]string{"criterion": o[0], "level": o[1], "quote": o[2], "why": o[3]})
	}
	raw, _ := json.Marshal(map[string]any{"opinions": items, "well": []string{"clear", "short", "true", "fourth"},
		"next": []string{"numbers", "reasons", "third"}, "question": "And at night?"})
	return string(raw)
}

var fair = opinions(
	[4]string{"borrow", "mid", "readers borrow books", "You say so."},
	[4]string{"return", "none", "", "You do not say what happens then."},
	[4]string{"shelf/reserve", "senior", "We reserve the last copy at the desk, because two may want it", "You give the reason."},
)

// judgeBy asks the fake about the lending desk.
func judgeBy(t *testing.T, f *chattest.Server, change ...func(*Settings)) grade.Feedback {
	t.Helper()
	return clientOf(t, f, change...).Feedback(context.Background(), lending())
}

func levels(f *grade.Feedback) string {
	var out []string
	for _, o := range f.Opinions {
		s := o.Criterion + "=" + standing(&o)
		if o.Again != "" {
			s += "?" + o.Again
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// everything is all that a feedback holds, as a journal would.
func everything(t *testing.T, f *grade.Feedback) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
