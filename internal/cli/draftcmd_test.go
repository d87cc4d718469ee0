package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"interview/internal/bank"
)

// Every model answer of the bank makes a draft that check accepts, with the model answer in it.
func TestDraftOfModels(t *testing.T) {
	code, ids, _ := run(t, "", nil, "list", "--json")
	if code != 0 {
		t.Fatal("no list")
	}
	dir := t.TempDir()
	for _, sub := range []string{"prompts", "rubrics"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for _, id := range []string{"url-shortener", "rate-limiter", "coin-change"} {
		if !strings.Contains(ids, `"`+id+`"`) {
			continue
		}
		n++
		_, model, _ := run(t, "", nil, "show", id, "--model")
		code, out, errs := run(t, model, nil, "draft", "--question", "How would you go about it?", "--model", "-", "--framework", "recall", "--id", "mine-"+id)
		if code != 0 || strings.Contains(errs, "model answer is left out") {
			t.Errorf("%s: exit %d, %s", id, code, errs)
		}
		if err := os.WriteFile(filepath.Join(dir, "prompts", "mine-"+id+".yaml"), []byte(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	code, out, errs := run(t, "", nil, "check", dir)
	if code != 0 || n == 0 || !strings.Contains(out, "no problems") {
		t.Errorf("check of %d drafts: exit %d, %.2000s %s", n, code, out, errs)
	}
}

func TestBestFramework(t *testing.T) {
	fw := func(phases ...string) bank.Framework {
		f := bank.Framework{}
		for _, p := range phases {
			f.Phases = append(f.Phases, bank.Phase{ID: p, Title: strings.ToUpper(p)})
		}
		return f
	}
	list := []bank.Framework{fw("scope", "depth"), fw("card"), fw("scope", "depth", "end"), fw("other")}
	for text, want := range map[string]int{
		"no headings": 1, "# Unknown\nx": 1, "# scope\nx": 0, "# Scope\nx\n# end\ny": 2, "# Card\nx": 1, "# other\nx": 3, "# other\nx\n# scope\ny\n# depth\nz": 0,
	} {
		if got := bestFramework(list, text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestDraftNames(t *testing.T) {
	for question, want := range map[string][2]string{
		"What is a lease?": {"what-is-a-lease", "What is a lease?"},
		"Größe — 漢字":       {"gr-e", "Größe — 漢字"},
		"?!":               {"draft", "?!"},
		"one two three four five six seven\neight nine ten eleven": {"one-two-three-four-five", "one two three four five six seven eight nine …"},
		"HTTP/2: why?": {"http-2-why", "HTTP/2: why?"},
	} {
		if id, title := idOfText(question), titleOf(question); id != want[0] || title != want[1] {
			t.Errorf("%q: %q, %q", question, id, title)
		}
	}
	if got := document("\ufeffa \r\nb\tc\x1b\r\n\r\n"); got != "a\nb    c␛" {
		t.Errorf("%q", got)
	}
}
