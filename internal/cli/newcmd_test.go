package cli

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/prompts"
	"interview/rubrics"
)

// The criterion that docs/authoring.md takes the reader through is sound, and its examples say what the page says.
func TestAuthoringPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/authoring.md")
	if err != nil {
		t.Fatal(err)
	}
	criterion := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindSubmatch(page)
	if criterion == nil {
		t.Fatal("the page shows no criterion")
	}
	b := bank.New(bank.Layer{Prompts: prompts.FS, Rubrics: rubrics.FS})
	fw, err := commonFramework(b, "")
	if err != nil {
		t.Fatal(err)
	}
	text, err := skeleton("parking-garage", "my-bank", fw)
	if err != nil {
		t.Fatal(err)
	}
	whole := regexp.MustCompile(`(?s)(criteria:\n).*?(\nsource:)`).ReplaceAll(text, []byte("${1}"+string(criterion[1])+"${2}"))
	if !strings.Contains(string(whole), "double-spot") {
		t.Fatal("the criterion was not put in")
	}
	it, err := b.Read("parking-garage.yaml", "parking-garage", whole)
	if err != nil {
		t.Fatal(err)
	}
	if problems := grade.Check(it); len(problems) > 0 {
		t.Error(problems)
	}
	if len(it.Criteria[0].Examples.Hit) < 2 || len(it.Criteria[0].Examples.Miss) < 2 {
		t.Errorf("examples %+v", it.Criteria[0].Examples)
	}
}
