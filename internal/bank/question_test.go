package bank

import (
	"errors"
	"testing"
	"testing/fstest"
)

func TestQuestion(t *testing.T) {
	framework := "id: talk\ntitle: Talk\nladder: [met]\nshare: 0.7\nphases:\n  - {id: say, title: Say, minutes: 5, ask: \"Go on.\"}\n"
	rubric := "id: shape\ntitle: Shape\ncriteria:\n  - id: number\n    phase: say\n    title: A number\n    levels:\n      - {name: met, descriptor: Gives a number., say: [\"latency + #time\"]}\n"
	layer := func(f string) *Bank {
		return New(Layer{Prompts: fstest.MapFS{"frameworks/talk.yaml": {Data: []byte(f)}}, Rubrics: fstest.MapFS{"shape.yaml": {Data: []byte(rubric)}}})
	}
	it, err := layer(framework + "generic: [shape]\n").Question("Design a talk.")
	if err != nil || len(it.Criteria) != 1 || it.Criteria[0].ID != "shape/number" || it.Prompt.Ask != "Design a talk." || it.Digest() == "" {
		t.Errorf("item %+v, error %v", it, err)
	}
	if _, err := layer(framework).Question("x"); !errors.As(err, new(*NotFound)) {
		t.Errorf("without generic rubrics: %v", err)
	}
	if _, err := layer(framework + "generic: [shapes]\n").Question("x"); err == nil {
		t.Error("a generic rubric that is missing is an error")
	}
	if _, ps := layer(framework + "generic: [shapes]\n").Check(); len(ps) != 1 {
		t.Errorf("check: %v", ps)
	}
}
