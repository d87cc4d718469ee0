package grade

import (
	"testing"

	"interview/internal/bank"
)

func TestDraft(t *testing.T) {
	fw := bank.Framework{ID: "f", Ladder: []string{"met"}, Share: .7, Phases: []bank.Phase{{ID: "answer", Title: "Answer"}}}
	question := "How does a web server keep sessions?"
	model := "The server stores the session in Redis under a random token.\n\n- The token travels in a cookie that scripts cannot read.\n- Sessions expire after thirty minutes without a request."
	list := Draft(question, model, fw)
	if len(list) != 3 {
		for _, c := range list {
			t.Log(criterionName(c))
		}
		t.Fatalf("%d criteria, want one a clause", len(list))
	}
	it := &bank.Item{Prompt: bank.Prompt{ID: "draft", Ask: question}, Framework: fw, Criteria: list}
	if problems := Check(it); len(problems) > 0 {
		t.Error(problems)
	}
	s, _ := Compile(it)
	if v := s.score("It is stored in redis, under a random token.\n\nA cookie holds the token and travels with each request. After thirty minutes of silence it expires."); v < .6 {
		t.Errorf("an answer in other words scores %.2f", v)
	}
	if v := s.score("cookie, token, redis, scripts, expire, thirty, minutes, stores, random"); v > 0 {
		t.Errorf("a list of its words scores %.2f", v)
	}
	if list := Draft(question, "# Only a heading\n", fw); len(list) != 0 {
		t.Error("a heading makes no criterion")
	}
}

func criterionName(c bank.Criterion) string { return c.ID + ": " + c.Levels[0].Say[0] }
