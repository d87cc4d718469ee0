package cli

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/grade"
)

func (a *App) checkCommand() *cobra.Command {
	table := false
	c := &cobra.Command{
		Use:   "check [DIR]",
		Short: "Check a bank: every problem with its place",
		Long: "Reads every file strictly, follows every reference, compiles every claim, runs the examples of every criterion and\n" +
			"grades every model answer. DIR is a folder with prompts/ and rubrics/, as for --bank: of the bank below it only what\n" +
			"DIR changes is proved again. Without DIR the bank is checked that the other commands use.\n\n" +
			"--table also grades what does not answer a prompt under its own criteria: every other model answer, the question and\n" +
			"its facts said again, an empty template, and the rubric's words in a list.",
		Example: `  interview check
  interview check my-bank
  interview check --table`,
		Args: cobra.MaximumNArgs(1),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, noFiles
			}
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.check(args, table) },
	}
	c.Flags().BoolVar(&table, "table", false, "also show what texts that are no answer earn")
	return c
}

func (a *App) check(args []string, table bool) error {
	if len(args) > 0 {
		if a.bankDir != "" && filepath.Clean(a.bankDir) != filepath.Clean(args[0]) {
			return usage("check DIR is the same as check --bank DIR", "check %s and --bank %s are two folders", args[0], a.bankDir)
		}
		a.bankDir = args[0]
	}
	b, err := a.openBank()
	if err != nil {
		return err
	}
	items, problems := checked(b, a.bankDir)
	wrong := 0
	for _, p := range problems {
		if !p.Note {
			wrong++
		}
		fmt.Fprintln(a.text(), p)
	}
	fmt.Fprintf(a.text(), "%s, %s: %s, %s\n", counted(len(items), "prompt"), counted(criteria(items), "criterion"),
		counted(wrong, "problem"), counted(len(problems)-wrong, "note"))
	if wrong > 0 {
		return &failure{code: exitFailed}
	}
	if table {
		return a.checkTable(b, items)
	}
	return nil
}

// checkTable prints a row for each prompt that is no card: what earns most of the other model answers, and what is none.
func (a *App) checkTable(b *bank.Bank, items []*bank.Item) error {
	all, _ := b.Check()
	card := func(it *bank.Item) bool { return it.Prompt.Deck != "" }
	all, items = slices.DeleteFunc(all, card), slices.DeleteFunc(items, card)
	rows, tooMuch := make([][]grade.Cell, len(items)), 0
	bank.OnAllCores(len(items), func(i int) { rows[i] = grade.Table(items[i], all) })
	for i, row := range rows {
		slices.SortStableFunc(row, func(x, y grade.Cell) int {
			return cmp.Or(-cmp.Compare(x.Score-x.Most, y.Score-y.Most), cmp.Compare(x.Text, y.Text))
		})
		var said []string
		for n, c := range row {
			over := c.Score > c.Most
			if over {
				tooMuch++
			}
			if over || n < shownCells {
				said = append(said, fmt.Sprintf("%s %.0f %%", c.Text, 100*c.Score))
			}
		}
		fmt.Fprintf(a.text(), "%s: %s\n", items[i].Prompt.ID, strings.Join(said, ", "))
	}
	if tooMuch > 0 {
		return failed("narrow the claims that they meet: interview grade --why", "%s above what it may be: 25 %% for another model answer, 10 %% for a list, nothing else anything", counted(tooMuch, "cell"))
	}
	return nil
}

// shownCells is how many texts of a row are shown where none earns too much.
const shownCells = 3

// checked reads the whole bank and proves its items; with a folder only those that have something of it, since the others
// are as they were without it. A shared criterion is proved under each prompt that lists it, for the topic is the prompt's;
// what it says each time is kept once.
func checked(b *bank.Bank, dir string) ([]*bank.Item, []bank.Problem) {
	items, problems := b.Check()
	if dir = path.Clean(filepath.ToSlash(dir)); dir != "." { // the files of "." are named as the built-in ones
		items = slices.DeleteFunc(items, func(it *bank.Item) bool { return !touches(dir+"/", it) })
	}
	proved := slices.Clone(items)
	if generic, err := b.Question("Design a system."); err == nil && dir == "." { // proves the rubrics that no prompt lists
		proved = append(proved, generic)
	}
	found := make([][]bank.Problem, len(proved))
	bank.OnAllCores(len(proved), func(i int) { found[i] = append(grade.Check(proved[i]), proveTrial(proved[i], dir != ".")...) })
	problems = append(problems, slices.Concat(found...)...)
	slices.SortStableFunc(problems, func(x, y bank.Problem) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Col, y.Col), cmp.Compare(x.Msg, y.Msg))
	})
	return items, slices.Compact(problems)
}

// touches says that a prompt, one of its criteria or a name that its claims use is of a folder.
func touches(dir string, it *bank.Item) bool {
	of := func(p bank.Pos) bool { return strings.HasPrefix(p.File, dir) }
	return of(it.At()) || slices.ContainsFunc(it.Criteria, func(c bank.Criterion) bool {
		if of(c.At()) {
			return true
		}
		for name := range c.Vocab() {
			if of(c.VocabAt(name)) && uses(&c, "$"+name) {
				return true
			}
		}
		return false
	})
}

// uses says that a name stands in a claim, or in what another name stands for.
func uses(c *bank.Criterion, name string) bool {
	claims := slices.Concat(c.Against, []string{c.When}, slices.Collect(maps.Values(c.Vocab())))
	for _, l := range c.Levels {
		claims = slices.Concat(claims, l.Say, l.Edge)
	}
	return slices.ContainsFunc(claims, func(claim string) bool { return strings.Contains(claim, name) })
}

// criteria counts each shared criterion once.
func criteria(items []*bank.Item) int {
	places := map[bank.Pos]bool{}
	for _, it := range items {
		for i := range it.Criteria {
			places[it.Criteria[i].At()] = true
		}
	}
	return len(places)
}

// counted is "no problems", "1 problem", "2 problems", "3 criteria".
func counted(n int, noun string) string {
	many := noun + "s"
	if noun == "criterion" {
		many = "criteria"
	}
	switch n {
	case 0:
		return "no " + many
	case 1:
		return "1 " + noun
	}
	return fmt.Sprintf("%d %s", n, many)
}
