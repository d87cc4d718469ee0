package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/trial"
)

// tryCommands run a recurrence outside a session.
func (a *App) tryCommands() []*cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "try ID FILE|-",
		Short: "Run a written recurrence or code, and see which line is wrong",
		Long: "FILE is Markdown as for grade: each line that reads as notation is run against a brute force, each piece (relation,\n" +
			"base case, order, result, cost) by itself, and a ```python block as whole code, in a Python subset. Nothing is graded and no\n" +
			"session is kept. The exit code is 1 if something is wrong.",
		Example: `  interview try coin-change notes.md
  pbpaste | interview try coin-change -`,
		Args: cobra.ExactArgs(2),
		ValidArgsFunction: func(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return a.completePrompts(c, args, begun)
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.try(args[0], args[1], asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "the findings as one line of JSON")
	return []*cobra.Command{c, a.trialChild()}
}

func (a *App) try(id, file string, asJSON bool) error {
	b, err := a.openBank()
	if err != nil {
		return err
	}
	j, err := judgingOf(b, id)
	if err != nil {
		return err
	}
	if !j.item.Prompt.Trial.Given() {
		return usage("interview list shows the prompts", "prompt %s has no trial: nothing of it can be run", id)
	}
	text, err := a.readAnswer(file)
	if err != nil {
		return err
	}
	answers, base, _ := j.split(text)
	r, unread := a.runTrial(j.item, answers)
	if unread != nil && !errors.Is(unread, errNoNotation) {
		return unread
	}
	lines := written(j.item, answers)
	for _, f := range trial.Unread(lines, trial.Read(lines)) {
		if !slices.ContainsFunc(r.Findings, func(x trial.Finding) bool { return x.Check == f.Check }) {
			r.Findings = append(r.Findings, f)
		}
	}
	intoLines(&r, text, answers, base)
	if asJSON {
		err = a.writeJSON(r)
	} else {
		err = writeFindings(a.text(), text, &r)
	}
	if err != nil {
		return err
	}
	if unread != nil {
		return failed(tryHint(&j.item.Prompt.Trial), "%w", unread)
	}
	for _, f := range r.Findings {
		if !f.OK && f.Unrun == "" {
			return &failure{code: exitFailed}
		}
	}
	return nil
}

var errNoNotation = errors.New("no line reads as notation, and there is no ```python block")

// runTrial is tried with the errors of the setup, and one for a text without notation.
func (a *App) runTrial(it *bank.Item, answers []grade.Answer) (trial.Result, error) {
	pieces := trial.Read(written(it, answers))
	if len(pieces) == 0 {
		return trial.Result{Engine: trial.Engine, Findings: []trial.Finding{}}, errNoNotation
	}
	r, err := a.trier.do(&it.Prompt.Trial, pieces)
	if err != nil {
		return r, fmt.Errorf("prompt %s: trial: %w", it.Prompt.ID, err)
	}
	return r, nil
}

// tryHint says what a line may look like, by another subject so that it gives nothing away.
func tryHint(t *bank.Trial) string {
	return "a line such as f[i] = f[i-1] + f[i-2], f[0] = 0 or for i in 2..n; the inputs are " + strings.Join(t.Inputs, ", ")
}

// intoLines makes the places of findings count in the whole text.
func intoLines(r *trial.Result, text string, answers []grade.Answer, base []int) {
	for i := range r.Findings {
		f := &r.Findings[i]
		from := base[f.Answer]
		f.Line += strings.Count(text[:from], "\n")
		f.Start, f.End, f.Answer = f.Start+from, f.End+from, 0
	}
}

// writeFindings prints each finding with its line and a caret under the place.
func writeFindings(w io.Writer, text string, r *trial.Result) error {
	lines := strings.Split(text, "\n")
	var b strings.Builder
	for _, f := range r.Findings {
		switch {
		case f.Unrun != "":
			fmt.Fprintf(&b, "%-9s not run  %s\n", f.Check, f.Unrun)
		case f.OK:
			fmt.Fprintf(&b, "%-9s right    %s\n", f.Check, f.Says)
		default:
			fmt.Fprintf(&b, "%-9s wrong    %s\n", f.Check, f.Says)
		}
		if f.Input != "" {
			fmt.Fprintf(&b, "%-9s          for %s\n", "", f.Input)
		}
		if !f.OK && (f.Unrun == "" || f.Check != trial.Growth) && f.Line > 0 && f.Line <= len(lines) {
			line := strings.TrimRight(strings.ReplaceAll(lines[f.Line-1], "\t", " "), "\r")
			fmt.Fprintf(&b, "%4d | %s\n     | %s^\n", f.Line, line, strings.Repeat(" ", max(0, f.Col-1)))
		}
	}
	switch {
	case r.State != "" && r.Taken != "":
		fmt.Fprintf(&b, "read as the state %s, with %s\n", r.State, r.Taken)
	case r.State != "":
		fmt.Fprintf(&b, "read as the state %s\n", r.State)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
