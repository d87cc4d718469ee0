package cli

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/grade"
)

//go:embed newprompt.yaml
var newPrompt string

// ownBank is the folder that a new prompt goes to where no bank is named.
const ownBank = "my-bank"

func (a *App) newCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "new",
		Short: "Begin content of your own",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return usage("interview new prompt my-prompt", "new what? There is: prompt")
		},
	}
	framework := ""
	prompt := &cobra.Command{
		Use:   "prompt ID",
		Short: "Write a commented prompt into a bank of your own",
		Long: "Writes prompts/ID.yaml into the folder of --bank, or into ./" + ownBank + " if there is none: a small prompt that check\n" +
			"accepts, with a comment at each part. Change it into your own.",
		Example: `  interview new prompt parking-garage
  interview check my-bank
  interview mock parking-garage --bank my-bank`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) { return nil, noFiles },
		RunE:              func(_ *cobra.Command, args []string) error { return a.newPrompt(args[0], framework) },
	}
	prompt.Flags().StringVar(&framework, "framework", "", "`id` of the framework (the one of most prompts if left out)")
	_ = prompt.RegisterFlagCompletionFunc("framework", a.completeFrameworks) // fails only for an unknown flag
	c.AddCommand(prompt)
	return c
}

func (a *App) newPrompt(id, framework string) error {
	dir := a.bankDir
	if dir == "" {
		dir = ownBank
	}
	a.bankDir = existing(dir)
	b, err := a.openBank()
	if err != nil {
		return err
	}
	fw, err := commonFramework(b, framework)
	if err != nil {
		return err
	}
	text, err := skeleton(id, dir, fw)
	if err != nil {
		return err
	}
	it, err := b.Read(id+".yaml", id, text)
	if err != nil {
		return err
	}
	if err := wrong(grade.Check(it)); err != nil {
		return err
	}
	file := filepath.Join(dir, "prompts", id+".yaml")
	if err := writeNew(file, text); err != nil {
		return err
	}
	if known, _, err := find(b, id); err == nil && known != nil {
		a.note("the bank has a prompt %s: with --bank %s yours stands in its place", id, dir)
	}
	fmt.Fprintln(a.text(), file)
	a.hint("edit it, then: interview check %s; interview mock %s --bank %s", dir, id, dir)
	return nil
}

// existing is the folder if it can be opened as a bank.
func existing(dir string) string {
	if localBank(dir) {
		return dir
	}
	return ""
}

// commonFramework is the one named, else the one of most prompts that are no cards.
func commonFramework(b *bank.Bank, id string) (*bank.Framework, error) {
	if id == "" {
		heads, _ := b.Heads()
		count := map[string]int{}
		for _, h := range heads {
			if h.Deck != "" {
				continue
			}
			if count[h.Framework]++; id == "" || count[h.Framework] > count[id] {
				id = h.Framework
			}
		}
	}
	fw, err := b.Framework(id)
	if err != nil {
		return nil, err
	}
	if len(fw.Phases) == 0 || len(fw.Ladder) == 0 {
		return nil, failed("", "framework %s has no phases or no ladder", id)
	}
	return fw, nil
}

// rung is a level of the example, from the lowest rung of a ladder up.
type rung struct{ Name, Descriptor, Say string }

var exampleRungs = []rung{
	{Descriptor: "The copy is set aside for somebody.", Say: "$hold | sets aside | set aside + copy | book + reader | next | for"},
	{Descriptor: "The reservation ends after a time.", Say: "reservation | reserved copy | held copy + expire | #time 1day..14day | lapse"},
	{Descriptor: "Says who gets the copy then.", Say: "release | expire | lapse | pass on + next reader | next on the waiting list | waiting list | shelf"},
}

// skeleton is the commented prompt for a framework.
func skeleton(id, dir string, fw *bank.Framework) ([]byte, error) {
	rungs := exampleRungs
	if len(fw.Ladder) < len(rungs) {
		rungs = rungs[:len(fw.Ladder)]
	}
	named := make([]rung, len(rungs))
	for i, r := range rungs {
		named[i] = r
		named[i].Name = fw.Ladder[i]
	}
	title := strings.ReplaceAll(id, "-", " ")
	if title != "" {
		title = strings.ToUpper(title[:1]) + title[1:]
	}
	var out bytes.Buffer
	err := template.Must(template.New("").Parse(newPrompt)).Execute(&out, map[string]any{
		"ID": id, "Title": title, "Dir": dir, "Framework": fw, "Rungs": named, "Model": len(fw.Rubrics) == 0,
	})
	return out.Bytes(), err
}

// writeNew writes a file that must not be there yet, and the folders above it.
func writeNew(file string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fmt.Errorf("cannot make the folder of %s: %w", file, plainCause(err))
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if os.IsExist(err) {
		return failed("edit it, or take another ID", "%s is there already", file)
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", file, plainCause(err))
	}
	if _, err := f.Write(text); err != nil {
		f.Close()
		return fmt.Errorf("cannot write %s: %w", file, plainCause(err))
	}
	return f.Close()
}
