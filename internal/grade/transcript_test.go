package grade

import (
	"strings"
	"testing"
)

// Whatever an answer holds, it comes out of the lines around it byte for byte, and so does the one after it.
func FuzzTranscript(f *testing.F) {
	for _, text := range []string{"", "a\n", "\n\n", "<!-- interview:end -->", "x\n<!-- interview:end -->\n<!-- interview:end 2 -->\n", "<!-- interview:answer q -->", "```\n## One", "\r\n\xff", "<!-- interview:end  -->\n"} {
		f.Add(text, "scope")
	}
	f.Fuzz(func(t *testing.T, text, phase string) {
		page := "# T\n" + GradedLine("p", []string{"scope", "depth"}) + Enclosed("p", Answer{Phase: "scope", Text: text}) +
			"> words\n" + Enclosed("q", Answer{Phase: phase, Text: text}) + Enclosed("p", Answer{Text: "last"}) + "rest\n"
		got, prompts := ReadTranscript(page, "p")
		if len(got.Answers) != 2 || got.Answers[0] != (Answer{"scope", text}) || got.Answers[1] != (Answer{"", "last"}) {
			t.Fatalf("%q became %q", text, got.Answers)
		}
		if page[got.Base[0]:got.Base[0]+len(text)] != text {
			t.Fatalf("the text does not stand at %d", got.Base[0])
		}
		if strings.Join(prompts, " ") != "p q" || strings.Join(got.Phases, " ") != "scope depth" {
			t.Fatalf("prompts %q, phases %q", prompts, got.Phases)
		}
	})
}

func TestTranscriptByHand(t *testing.T) {
	for text, want := range map[string][]Answer{
		"no transcript": {},
		"  <!-- interview:answer p -->\nindented":                                                                                   {},
		"<!-- interview:answer p -->\r\na\r\n<!-- interview:end -->\r":                                                              {{"", "a\r"}},
		"<!-- interview:answer p/x -->\nnever closed\n":                                                                             {{"x", "never closed\n"}},
		"<!-- interview:answer p/x -->\n<!-- interview:end -->":                                                                     {{"x", ""}},
		"<!-- interview:answer p/x 2 -->\na\n<!-- interview:end -->\nb\n<!-- interview:end 2 -->\n<!-- interview:answer p/y -->\nc": {{"x", "a\n<!-- interview:end -->\nb"}, {"y", "c"}},
	} {
		got, _ := ReadTranscript(text, "p")
		if len(got.Answers) != len(want) {
			t.Errorf("%q: %q", text, got.Answers)
			continue
		}
		for i := range want {
			if got.Answers[i] != want[i] {
				t.Errorf("%q: %q, want %q", text, got.Answers[i], want[i])
			}
		}
	}
}
