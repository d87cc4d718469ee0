package judge

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"interview/internal/chat/chattest"
	"interview/internal/grade"
)

func TestFeedback(t *testing.T) {
	f := chattest.Serve(t, chattest.Streamed(fair))
	var seen []string
	got := judgeBy(t, f, func(s *Settings) {
		s.Watch = func(p Progress) {
			if p.Opinion != nil {
				seen = append(seen, p.Title+"="+standing(p.Opinion))
			}
		}
	})
	if got.Err != "" || levels(&got) != "borrow=mid return=none shelf/reserve=senior" {
		t.Fatalf("%s, %q", levels(&got), got.Err)
	}
	k := lending()
	for _, o := range got.Opinions {
		if o.Level != "" && k.Answers[o.Answer].Text[o.Start:o.End] != o.Quote {
			t.Errorf("%s: the quote %q is not at its span", o.Criterion, o.Quote)
		}
	}
	if o := got.Opinions[2]; o.Quote != "We reserve the LAST copy at the desk, because two may want it" || o.Answer != 1 {
		t.Errorf("the quote does not stand as in the answer: %+v", o)
	}
	if strings.Join(seen, " ") != "Borrowing=mid Returning=none Reserving=senior" {
		t.Errorf("told while it came: %v", seen)
	}
	if len(got.Well) != 3 || len(got.Next) != 2 || got.Question != "And at night?" {
		t.Errorf("%v, %v, %q", got.Well, got.Next, got.Question)
	}
	talk := got.Talk[0]
	if got.Model != "some-model" || got.Host != f.Listener.Addr().String() || got.Version != Version() || got.Rubric != "d1" || got.Prompt != "library" ||
		talk.In != 1200 || talk.Out != 80 || talk.Seconds <= 0 || talk.Raw != fair || !strings.Contains(talk.Brief, "Readers borrow books.") {
		t.Errorf("recorded: %+v", got)
	}
}

// What is sent: all criteria, all answers between fences, no grade, the true model, temperature 0.
func TestSent(t *testing.T) {
	f := chattest.Serve(t, chattest.Streamed(fair))
	judgeBy(t, f)
	body := f.Bodies[0]
	if body["model"] != "some-model" || body["temperature"] != 0.0 || body["stream"] != true || body["stream_options"].(map[string]any)["include_usage"] != true {
		t.Errorf("body: %v", body)
	}
	format := body["response_format"].(map[string]any)
	schema := format["json_schema"].(map[string]any)["schema"].(map[string]any)
	if format["type"] != "json_schema" || schema["additionalProperties"] != false || len(schema["required"].([]any)) != 4 {
		t.Errorf("response_format: %v", format)
	}
	if f.Heads[0].Get("Authorization") != "Bearer "+chattest.Key || f.Paths[0] != "/v1/chat/completions" {
		t.Errorf("%v to %s", f.Heads[0], f.Paths[0])
	}
	system, user := f.Said(0)
	for _, want := range []string{"Design the lending desk.", "Ten thousand readers.", "- borrow: Borrowing (Scope)", "only if it comes up",
		"senior: Says it with a reason.", "asked “What of the last copy?”", "Readers borrow books."} {
		if !strings.Contains(user, want) {
			t.Errorf("the brief lacks %q", want)
		}
	}
	for _, never := range []string{"{{", "raised", "points"} {
		if strings.Contains(system+user, never) {
			t.Errorf("the brief holds %q", never)
		}
	}
}

func TestRepair(t *testing.T) {
	f := chattest.Serve(t, chattest.Streamed("I would say mid, all in all."), chattest.Streamed(fair))
	got := judgeBy(t, f)
	if got.Err != "" || len(got.Talk) != 2 || !got.Judged() {
		t.Fatalf("%q after %d requests", got.Err, len(got.Talk))
	}
	messages := f.Bodies[1]["messages"].([]any)
	if len(messages) != 4 || messages[2].(map[string]any)["content"] != "I would say mid, all in all." {
		t.Errorf("the repair shows the reply: %v", messages)
	}
	if got.Talk[0].Err == "" || got.Talk[0].Raw != "I would say mid, all in all." || !strings.Contains(got.Talk[1].Brief, "cannot be used") {
		t.Errorf("%+v", got.Talk)
	}
}

// One repair, then not judged: with its reason, and never as a miss.
func TestNotJudged(t *testing.T) {
	for name, reply := range map[string]string{
		"prose":           "Looks fine to me.",
		"no opinions":     `{"opinions": []}`,
		"other shape":     `{"opinions": {"borrow": "mid"}}`,
		"level a number":  `{"opinions": [{"criterion":"borrow","level":2,"quote":"x","why":"y"}]}`,
		"no level":        `{"opinions": [{"criterion":"borrow","quote":"x","why":"y"}]}`,
		"unknown only":    opinions([4]string{"style", "mid", "readers borrow", "w"}),
		"bare list":       `[{"criterion":"borrow","level":"mid"}]`,
		"score instead":   `{"score": 100}`,
		"half":            `{"opinions": [{"criterion":"borrow","level":"mid","quote":"Readers`,
		"many braces":     strings.Repeat("{", 100_000),
		"nested braces":   strings.Repeat(`{"a":`, 30_000),
		"well is no list": `{"opinions": [{"criterion":"borrow","level":"none"}], "well": 3}`,
	} {
		f := chattest.Serve(t, chattest.Streamed(reply))
		got := judgeBy(t, f)
		if f.Count() != 2 || len(got.Opinions) != 0 || !strings.Contains(got.Err, "cannot be used: ") {
			t.Errorf("%s: %d requests, %s, %q", name, f.Count(), levels(&got), got.Err)
		}
	}
}

func TestRepliesThatCanBeUsed(t *testing.T) {
	for name, reply := range map[string]string{
		"fence":        "```json\n" + fair + "\n```",
		"words around": "Here is my verdict:\n" + fair + "\nI hope that helps { }.",
		"thinking":     "<think>Perhaps {\"opinions\": [{\"criterion\":\"borrow\",\"level\":\"none\"}]} or so? {</think>" + fair,
		"level case":   strings.ReplaceAll(fair, `"mid"`, `" Mid "`),
		"null":         strings.ReplaceAll(fair, `"none"`, `null`),
		"twice":        opinions([4]string{"borrow", "none", "", ""}) + "\nNo, rather:\n" + fair,
	} {
		f := chattest.Serve(t, chattest.Streamed(reply))
		got := judgeBy(t, f)
		if f.Count() != 1 || levels(&got) != "borrow=mid return=none shelf/reserve=senior" {
			t.Errorf("%s: %d requests, %s, %q", name, f.Count(), levels(&got), got.Err)
		}
	}
}

func TestDropped(t *testing.T) {
	reply := strings.Replace(opinions(
		[4]string{"borrow", "none", "", "First thought."},
		[4]string{"style", "staff", "readers borrow books", "x"},
		[4]string{"return", "excellent", "returns the book", "x"},
		[4]string{"borrow", "mid", "readers borrow books", "Second thought."},
		[4]string{"shelf/reserve", "senior", "We keep the last copy", "x"},
	), `{"next"`, `{"score":100,"next"`, 1)
	got := judgeBy(t, chattest.Serve(t, chattest.Streamed(reply)))
	if levels(&got) != "borrow=mid shelf/reserve=void" || got.Opinions[0].Why != "Second thought." || got.Opinions[1].Void != notWords {
		t.Errorf("%s: %+v", levels(&got), got.Opinions)
	}
	notes := strings.Join(got.Notes, "\n")
	for _, want := range []string{"“style” is no criterion", "“excellent” is no level of return", "borrow is judged more than once", "“score”, which was not asked for"} {
		if !strings.Contains(notes, want) {
			t.Errorf("not said: %s in\n%s", want, notes)
		}
	}
}

func TestTwice(t *testing.T) {
	second := opinions([4]string{"borrow", "senior", "readers borrow books", "x"}, [4]string{"return", "none", "", "x"},
		[4]string{"shelf/reserve", "senior", "made up words", "x"})
	f := chattest.Serve(t, chattest.Streamed(fair), chattest.Streamed(second))
	got := judgeBy(t, f, func(s *Settings) { s.Twice = true })
	if levels(&got) != "borrow=mid?senior return=none shelf/reserve=senior?void" || len(got.Talk) != 2 {
		t.Errorf("%s", levels(&got))
	}
	_, one := f.Said(0)
	_, two := f.Said(1)
	if strings.Index(one, "- borrow:") > strings.Index(one, "- return:") || strings.Index(two, "- borrow:") < strings.Index(two, "- return:") {
		t.Error("asked again, the criteria stand in the other order")
	}
	f = chattest.Serve(t, chattest.Streamed(fair), chattest.Status(500, ""))
	got = judgeBy(t, f, func(s *Settings) { s.Twice = true })
	if levels(&got) != "borrow=mid return=none shelf/reserve=senior" || got.Err != "" || !strings.Contains(strings.Join(got.Notes, " "), "asked again without a result") {
		t.Errorf("a second reply that fails takes the first away: %+v", got)
	}
}

func TestPerPhase(t *testing.T) {
	scope := opinions([4]string{"borrow", "mid", "readers borrow books", "x"}, [4]string{"shelf/reserve", "mid", "We reserve the last", "x"})
	depth := opinions([4]string{"shelf/reserve", "senior", "we reserve the last copy", "x"})
	f := chattest.Serve(t, chattest.Streamed(scope), chattest.Streamed(depth))
	got := judgeBy(t, f, func(s *Settings) { s.PerPhase = true })
	if levels(&got) != "borrow=mid shelf/reserve=senior" || got.Opinions[1].Answer != 1 || got.Talk[0].Phase != "scope" {
		t.Errorf("%s, %+v", levels(&got), got)
	}
	_, one := f.Said(0)
	_, two := f.Said(1)
	if strings.Contains(one, "reserve the LAST") || strings.Contains(two, "borrow books") || strings.Contains(two, "- borrow:") {
		t.Error("a phase is sent with the answers and criteria of another")
	}
	f = chattest.Serve(t, chattest.Status(401, `{"error":{"message":"no"}}`), chattest.Streamed(depth))
	got = judgeBy(t, f, func(s *Settings) { s.PerPhase = true })
	if levels(&got) != "shelf/reserve=senior" || !strings.HasPrefix(got.Err, "scope: ") {
		t.Errorf("one phase failed: %s, %q", levels(&got), got.Err)
	}
}

func TestNothingToAsk(t *testing.T) {
	f := chattest.Serve(t, chattest.Streamed(fair))
	c := clientOf(t, f)
	k := lending()
	k.Answers = []grade.Answer{{Phase: "scope", Text: " \n\u200b"}}
	if got := c.Feedback(context.Background(), k); got.Err != "nothing was answered" || f.Count() != 0 {
		t.Errorf("%q, %d requests", got.Err, f.Count())
	}
	k = lending()
	k.Phases = []string{"elsewhere"}
	if got := c.Feedback(context.Background(), k); got.Err == "" || f.Count() != 0 {
		t.Errorf("%q, %d requests", got.Err, f.Count())
	}
}

// A dry run shows the bytes that are sent, and sends none.
func TestRequests(t *testing.T) {
	f := chattest.Serve(t, chattest.Streamed(fair))
	options := func(s *Settings) { s.PerPhase, s.Twice = true, true }
	list, err := clientOf(t, f, options).Requests(lending())
	if err != nil || len(list) != 4 || f.Count() != 0 {
		t.Fatalf("%d, %v, %d sent", len(list), err, f.Count())
	}
	judgeBy(t, f, options)
	for i, r := range list {
		if i < len(f.Raw) && string(r.Body) != string(f.Raw[i]) {
			t.Errorf("request %d differs from what is sent", i)
		}
		if r.URL != f.URL+"/v1/chat/completions" || strings.Contains(r.URL+r.Header.Get("Authorization"), chattest.Key) || !json.Valid(r.Body) {
			t.Errorf("%s %v", r.URL, r.Header)
		}
	}
	if len(f.Raw) < 2 {
		t.Error("nothing to compare with")
	}
}

func TestVersion(t *testing.T) {
	if Version() < 1 {
		t.Error("brief.md has no version")
	}
	for _, name := range []string{"judge", "case", "repair", "follow-up", "step", "reply", "question"} {
		if len(section(name)) < 50 {
			t.Errorf("brief.md has no section %q", name)
		}
	}
}

// Invalid UTF-8 in a quote voids it, and is said.
func TestInvalidUTF8(t *testing.T) {
	reply := strings.Replace(chattest.Delta(opinions([4]string{"borrow", "mid", "readers XX borrow books", "w"})), "XX", "\xff\xfe", 1)
	got := judgeBy(t, chattest.Serve(t, chattest.Sends(reply+chattest.Stop+chattest.Done)))
	if levels(&got) != "borrow=void" || !strings.Contains(strings.Join(got.Notes, " "), "could not be read") {
		t.Errorf("%s, %v, %q", levels(&got), got.Notes, got.Err)
	}
}

// Nothing that is recorded, told or logged holds the key, whatever the server repeats.
func TestKeyIsHidden(t *testing.T) {
	leaky := strings.ReplaceAll(fair, "You say so.", "Your key is "+chattest.Key)
	for name, does := range map[string]http.HandlerFunc{
		"in the reply":    chattest.Streamed(leaky),
		"in an error":     chattest.Status(400, `{"error":{"message":"bad `+chattest.Key+`"}}`, "X-Key", chattest.Key),
		"in a void quote": chattest.Streamed(opinions([4]string{chattest.Key, chattest.Key, chattest.Key, chattest.Key}, [4]string{"borrow", "mid", chattest.Key, chattest.Key})),
		"in prose":        chattest.Streamed("My key is " + chattest.Key),
		"in a redirect":   chattest.Status(302, "", "Location", "http://x/?k="+chattest.Key),
	} {
		var log strings.Builder
		f := chattest.Serve(t, does)
		got := judgeBy(t, f, func(s *Settings) {
			s.Debug = &log
			s.Watch = func(p Progress) {
				if all := fmt.Sprintf("%+v %+v", p, p.Opinion); strings.Contains(all, chattest.Key) {
					t.Errorf("%s: told %s", name, all)
				}
			}
		})
		if all := everything(t, &got) + log.String(); strings.Contains(all, chattest.Key) || strings.Contains(all, chattest.Key[:12]) {
			t.Errorf("%s: the key is in\n%s", name, all)
		}
		if !strings.Contains(log.String(), "POST ") || !strings.Contains(log.String(), "[key]") {
			t.Errorf("%s: the log says nothing: %s", name, log.String())
		}
	}
}
