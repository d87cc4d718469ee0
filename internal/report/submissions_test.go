package report

import (
	"strings"
	"testing"

	"interview/internal/grade"
)

func TestAgreement(t *testing.T) {
	draw := func(list []Difference) string {
		var b strings.Builder
		if err := Agreement(&b, "m.csv", list, 1, 0); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	got := draw([]Difference{{"a", .5, .4}, {"b", .2, .9}, {"c", 1, 1}})
	for _, want := range []string{"3 submissions with both", "1 submission without a mark, 0 marks without", "r 0.30, mean difference -20.0", "  -70.0    20.0    90.0  b"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Index(got, "  b\n") > strings.Index(got, "  a\n") {
		t.Error("the largest difference does not come first")
	}
	if got := draw([]Difference{{"a", .5, .4}, {"b", .5, .9}}); !strings.Contains(got, "r unknown") {
		t.Error(got)
	}
	if n := strings.Count(draw(make([]Difference, 30)), "\n"); n > 16 {
		t.Errorf("%d lines", n)
	}
}

// What stands in an answer marks up no page of feedback.
func TestFeedbackEscapes(t *testing.T) {
	s := library()
	s.Answers[0].Text = "<script>alert(1)</script> [x](y) `z` *b*\n# not a heading"
	s.Grade.Marks[0].Evidence[0] = grade.Evidence{Start: 0, End: len(s.Answers[0].Text), Quote: s.Answers[0].Text}
	s.Grade.Screens = []grade.Screen{{Start: 0, End: 3, Why: "a <b>list</b>"}}
	var b strings.Builder
	if err := Feedback(&b, "a_b.md", &s); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	if !strings.HasPrefix(got, FeedbackMark+"\n# a\\_b.md\n\nNot counted: Scope, line 1") {
		t.Errorf("begins %.120q", got)
	}
	for _, bad := range []string{" <script", "“<script", " [x](", " `z", " *b", "\n# not", " <b>"} {
		if strings.Contains(got, bad) {
			t.Errorf("%q stands in\n%s", bad, got)
		}
	}
	for _, want := range []string{"**Sizes the load**: raised (mid) · 1 of 2", "not judged", "  - because: the drawing does not parse", "  - against: “MD5", "  - why: Two readers want"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestBand(t *testing.T) {
	for score, want := range map[float64]string{0: "nothing", .01: "little", .29: "little", .3: "half", .69: "half", .7: "most", 1: "most"} {
		if got := Band(score); !strings.Contains(got, want) {
			t.Errorf("%v %s, want %s", score, got, want)
		}
	}
}
