package cli

import (
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/report"
)

// gradeFlags are what grade can be told.
type gradeFlags struct {
	json, lines  bool
	why          string  // a criterion, or allCriteria
	failUnder    float64 // percent
	failUnderSet bool
}

// allCriteria is the value of a bare --why.
const allCriteria = "*"

// gradeCommands judge what was written elsewhere. No session is kept.
func (a *App) gradeCommands() []*cobra.Command {
	var f gradeFlags
	c := &cobra.Command{
		Use:   "grade ID FILE",
		Short: "Grade an answer written elsewhere, or a stream of answers",
		Long: "FILE is Markdown, - standard input: a heading equal to a phase's id or title opens that phase; a text without such\n" +
			"headings counts for all phases.\n\n" +
			`With --jsonl, each line of standard input is {"id":…,"prompt":ID,"answer":TEXT} and gives one line of output in the same` + "\n" +
			`order: the grade, or {"id":…,"error":…}. A bad line does not stop the others; the exit code is 1 if there was one.`,
		Example: `  interview grade url-shortener notes.md
  pbpaste | interview grade url-shortener - --json
  interview grade url-shortener notes.md --fail-under 60
  interview grade url-shortener notes.md --why=collisions
  interview grade --jsonl < answers.jsonl > grades.jsonl`,
		Args: cobra.MaximumNArgs(2),
		ValidArgsFunction: func(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 1 {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return a.completePrompts(c, args, begun)
		},
		RunE: func(c *cobra.Command, args []string) error {
			f.failUnderSet = c.Flags().Changed("fail-under")
			return a.gradeAny(args, f)
		},
	}
	c.Flags().BoolVar(&f.json, "json", false, "the grade as one line of JSON")
	c.Flags().BoolVar(&f.lines, "jsonl", false, "grade each line of standard input, as JSON")
	c.Flags().StringVar(&f.why, "why", "", "trace each claim, of one `criterion` with --why=CRITERION: where it holds, or what stopped it")
	c.Flags().Lookup("why").NoOptDefVal = allCriteria
	c.Flags().Float64Var(&f.failUnder, "fail-under", 0, "exit 4 below this `percent`; what was not judged counts as not earned")
	return []*cobra.Command{c}
}

func (f *gradeFlags) check(args []string) error {
	const example = "interview grade url-shortener notes.md"
	switch {
	case f.lines && len(args) > 0:
		return usage("each line names its prompt", "--jsonl takes no ID and no FILE")
	case f.lines && (f.json || f.why != "" || f.failUnderSet):
		return usage("each line of the output has its score", "--jsonl goes without --json, --why and --fail-under")
	case f.why != "" && (f.json || f.failUnderSet):
		return usage("", "--why goes without --json and --fail-under")
	case f.lines:
		return nil
	case len(args) == 0:
		return usage(example, "grade needs the ID of a prompt and a FILE")
	case len(args) == 1:
		return usage("- reads standard input: interview grade "+args[0]+" -", "grade %s needs a FILE", args[0])
	case f.failUnderSet && !(f.failUnder >= 0 && f.failUnder <= 100):
		return usage("", "--fail-under %v: must be a percentage from 0 to 100", f.failUnder)
	}
	return nil
}

func (a *App) gradeAny(args []string, f gradeFlags) error {
	if err := f.check(args); err != nil {
		return err
	}
	b, err := a.openBank()
	if err != nil {
		return err
	}
	if f.lines {
		return a.gradeLines(b)
	}
	j, err := compile(b, args[0])
	if err != nil {
		return err
	}
	text, err := a.readAnswer(args[1])
	if err != nil {
		return err
	}
	if f.why != "" {
		return a.writeWhy(j, text, f.why)
	}
	g := j.grade(text)
	if err := a.writeGrade(b, j.item, &g, text, f.json); err != nil {
		return err
	}
	if f.failUnderSet && 100*g.Score() < f.failUnder-1e-9 {
		return &failure{exitBelow, fmt.Errorf("%v %% is below --fail-under %v", math.Floor(1000*g.Score())/10, f.failUnder), ""}
	}
	return nil
}

// writeGrade prints one grade as the report, or as one line of JSON.
func (a *App) writeGrade(b *bank.Bank, it *bank.Item, g *grade.Grade, text string, asJSON bool) error {
	if asJSON {
		line := appendResult(nil, appendString(nil, it.Prompt.ID), g)
		_, err := a.Out.Write(append(line, '\n'))
		return err
	}
	sheet := report.Sheet{Item: it, Grade: *g, Answers: []grade.Answer{{Text: text}}, Cards: cardHeads(b, it)}
	return report.Write(a.text(), it.Prompt.ID, []report.Sheet{sheet}, true)
}

// writeWhy prints the trace of the claims.
func (a *App) writeWhy(j *judging, text, criterion string) error {
	traces, err := j.why(text, strings.TrimPrefix(criterion, allCriteria))
	if err != nil {
		return err
	}
	sheet := report.Sheet{Item: j.item, Answers: []grade.Answer{{Text: text}}}
	return report.Why(a.text(), &sheet, traces)
}

// cardHeads are the cards of every deck that the item's criteria point into, as far as a list of the bank knows them: what
// a report needs for its lines and commands, without parsing the decks, which would take longer than the grading.
func cardHeads(b *bank.Bank, it *bank.Item) []bank.Prompt {
	var cards []bank.Prompt
	known := map[string]bool{}
	for i := range it.Criteria {
		concept := it.Criteria[i].Concept
		if concept == "" || known[concept] {
			continue
		}
		for _, h := range b.DeckOf(concept) {
			known[h.ID] = true
			cards = append(cards, bank.Prompt{ID: h.ID, Title: h.Title, Track: h.Track, Family: h.Family, Locus: h.Locus, Deck: h.Deck})
		}
	}
	return cards
}

// readAnswer reads a file, or standard input for "-".
func (a *App) readAnswer(name string) (string, error) {
	r, shown := a.In, "standard input"
	if name == "-" && isTerminal(a.inFile) {
		a.note("reading the answer from the terminal; ctrl+d ends it")
	}
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", failed("", "answer %s: %w", name, plainCause(err))
		}
		defer f.Close()
		r, shown = f, name
	}
	var text strings.Builder
	n, err := io.Copy(&text, io.LimitReader(r, mostAnswer+1))
	switch {
	case err != nil:
		return "", failed("", "answer %s: %w", shown, plainCause(err))
	case n > mostAnswer:
		return "", failed("split it, or leave out what is no answer", "answer %s: larger than %d MB, too large to be graded", shown, mostAnswer>>20)
	}
	return text.String(), nil
}

// judging is a prompt that is ready to judge answers, from many goroutines.
type judging struct {
	item  *bank.Item
	sheet *grade.Sheet
}

// compile makes a prompt ready. A deck is no prompt: the error names its cards.
func compile(b *bank.Bank, id string) (*judging, error) {
	it, cards, err := find(b, id)
	if err != nil {
		return nil, err
	}
	if it == nil {
		var ids []string
		for _, c := range cards {
			ids = append(ids, c.Prompt.ID)
		}
		return nil, usage("its cards: "+strings.Join(ids, ", "), "%s is a deck of %d cards, not a prompt", id, len(cards))
	}
	sheet, problems := grade.Compile(it)
	if err := wrong(problems); err != nil {
		return nil, err
	}
	return &judging{it, sheet}, nil
}

const byteOrderMark = "\ufeff"

// split opens phases at the headings of a text. base[i] is where the i-th answer stands in it.
func (j *judging) split(text string) (answers []grade.Answer, base []int) {
	rest := strings.TrimPrefix(text, byteOrderMark) // it would hide the first heading
	answers, base = grade.Split(rest, j.item.Framework.Phases)
	for i := range base {
		base[i] += len(text) - len(rest)
	}
	return answers, base
}

// grade judges a text. The evidence points into the whole of it: its answer is 0.
func (j *judging) grade(text string) grade.Grade {
	answers, base := j.split(text)
	g := j.sheet.Grade(answers)
	for i := range g.Marks {
		for k := range g.Marks[i].Evidence {
			intoWhole(&g.Marks[i].Evidence[k], base)
		}
	}
	for i := range g.Screens {
		s := &g.Screens[i]
		s.Start, s.End, s.Answer = s.Start+base[s.Answer], s.End+base[s.Answer], 0
	}
	return g
}

// why traces the claims of one criterion, of all for "".
func (j *judging) why(text, criterion string) ([]grade.Trace, error) {
	answers, base := j.split(text)
	var only []string
	if criterion != "" {
		c := criterionNamed(j.item.Criteria, criterion)
		if c == nil {
			return nil, noCriterion(j.item.Prompt.ID, criterion, j.item.Criteria)
		}
		only = []string{c.ID}
	}
	traces := j.sheet.Why(answers, only...)
	for i := range traces {
		intoWhole(&traces[i].Evidence, base)
	}
	return traces, nil
}

func intoWhole(e *grade.Evidence, base []int) {
	e.Start, e.End, e.Answer = e.Start+base[e.Answer], e.End+base[e.Answer], 0
}
