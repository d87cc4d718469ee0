package cli

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/report"
)

// gradeFlags are what grade can be told.
type gradeFlags struct {
	json, lines, csv bool
	why              string // a criterion, or allCriteria
	failUnder        float64
	ask, question    string
	references       []string
	out, marks       string

	failUnderSet, askSet, questionSet bool
}

// allCriteria is the value of a bare --why.
const allCriteria = "*"

// gradeCommands judge what was written elsewhere, and draft what to judge it by. No session is kept.
func (a *App) gradeCommands() []*cobra.Command {
	var f gradeFlags
	c := &cobra.Command{
		Use:   "grade ID FILE… | grade --ask QUESTION FILE… | grade --reference MODEL.md FILE…",
		Short: "Grade answers written elsewhere: one, a folder, or a stream",
		Long: "FILE is Markdown, - standard input: a heading equal to a phase's id or title opens that phase; a text without such\n" +
			"headings counts for all phases. A folder stands for all .md and .txt files in it and below. ID is a deck only for a session\n" +
			"that was exported as Markdown: each of its cards is graded.\n\n" +
			"--ask judges the answer to any question by the generic rubrics: its shape, not this problem. --reference needs no\n" +
			"rubric: the answer is held against a model answer, clause by clause; of several the best counts.\n\n" +
			"Of many submissions there is a line each, and on standard error a summary: who raised what, and who needs a person.\n\n" +
			`With --jsonl, each line of standard input is {"id":…,"prompt":ID,"answer":TEXT} or {"id":…,"question":TEXT,` + "\n" +
			`"reference":TEXT,"answer":TEXT} and gives one line of output in the same order: the grade, or {"id":…,"error":…}. A bad` + "\n" +
			"line does not stop the others; the exit code is 1 if there was one.",
		Example: `  interview grade url-shortener notes.md
  pbpaste | interview grade url-shortener - --json
  interview grade url-shortener notes.md --fail-under 60
  interview grade url-shortener notes.md --why=collisions
  interview grade --ask "Design Strava" notes.md
  interview grade --reference model.md --question "What is a lease?" answer.txt
  interview grade url-shortener submissions/ --csv --out feedback > grades.csv
  interview grade url-shortener submissions/ --marks mine.csv
  interview grade --jsonl < answers.jsonl > grades.jsonl`,
		ValidArgsFunction: func(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 || c.Flags().Changed("ask") || c.Flags().Changed("reference") {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return a.completePrompts(c, args, begun)
		},
		RunE: func(c *cobra.Command, args []string) error {
			f.failUnderSet, f.askSet, f.questionSet = c.Flags().Changed("fail-under"), c.Flags().Changed("ask"), c.Flags().Changed("question")
			return a.gradeAny(args, f)
		},
	}
	c.Flags().BoolVar(&f.json, "json", false, "the grade as one line of JSON; of many a line each")
	c.Flags().BoolVar(&f.lines, "jsonl", false, "grade each line of standard input, as JSON")
	c.Flags().StringVar(&f.why, "why", "", "trace each claim, of one `criterion` with --why=CRITERION: where it holds, or what stopped it")
	c.Flags().Lookup("why").NoOptDefVal = allCriteria
	c.Flags().Float64Var(&f.failUnder, "fail-under", 0, "exit 4 below this `percent`; what was not judged counts as not earned")
	c.Flags().StringVar(&f.ask, "ask", "", "any `question` instead of ID: judged by the generic rubrics only")
	c.Flags().StringArrayVar(&f.references, "reference", nil, "`file` of a model answer instead of ID; may be given several times")
	c.Flags().StringVar(&f.question, "question", "", "with --reference: what was asked, a `text` or a file; its words earn less")
	c.Flags().BoolVar(&f.csv, "csv", false, "of many: file, score, coverage, level and points by criterion")
	c.Flags().StringVar(&f.out, "out", "", "of many: `folder` for a page of feedback each, in Markdown")
	c.Flags().StringVar(&f.marks, "marks", "", "of many: compare with your own marks, a CSV `file` with file,score (0..1 or 0..100)")
	_ = c.MarkFlagDirname("out") // fails only for an unknown flag
	return []*cobra.Command{c, a.draftCommand(), a.newCommand()}
}

// files are the arguments that are no ID.
func (f *gradeFlags) files(args []string) []string {
	if f.askSet || len(f.references) > 0 {
		return args
	}
	return args[min(1, len(args)):]
}

// ofMany says that there is a flag for many submissions.
func (f *gradeFlags) ofMany() bool { return f.csv || f.out != "" || f.marks != "" }

func (f *gradeFlags) check(args []string) error {
	const example = "interview grade url-shortener notes.md"
	files := f.files(args)
	ofMany := f.ofMany()
	switch {
	case f.lines && len(args) > 0:
		return usage("each line names its prompt", "--jsonl takes no ID and no FILE")
	case f.lines && (f.json || f.why != "" || f.failUnderSet):
		return usage("each line of the output has its score", "--jsonl goes without --json, --why and --fail-under")
	case f.lines && (ofMany || f.askSet || f.questionSet || len(f.references) > 0):
		return usage(`a line may have "question" and "reference"`, "--jsonl goes without --ask, --reference, --question, --csv, --out and --marks")
	case f.why != "" && (f.json || f.failUnderSet || ofMany):
		return usage("", "--why goes without --json and --fail-under, --csv, --out and --marks")
	case f.lines:
		return nil
	case f.askSet && len(f.references) > 0:
		return usage("--question says what was asked: interview grade --reference MODEL.md --question TEXT FILE", "--ask and --reference exclude each other")
	case f.askSet && strings.TrimSpace(f.ask) == "":
		return usage(`interview grade --ask "Design Strava" notes.md`, "--ask is empty")
	case f.questionSet && len(f.references) == 0:
		return usage("a question of your own is --ask", "--question goes with --reference")
	case f.why != "" && len(f.references) > 0:
		return usage("the report names what was missing of each clause", "--why goes without --reference")
	case len(files) == 0:
		return f.lacksFile(args, example)
	case f.why != "" && (len(files) > 1 || isFolder(files[0])):
		return usage("a criterion follows an equals sign: --why=CRITERION", "--why traces one FILE")
	case slices.Contains(files, "-") && (len(files) > 1 || ofMany):
		return usage("", "- is standard input and goes alone, without --csv, --out and --marks")
	case f.csv && f.json:
		return usage("", "--csv and --json exclude each other")
	case f.failUnderSet && !(f.failUnder >= 0 && f.failUnder <= 100):
		return usage("", "--fail-under %v: must be a percentage from 0 to 100", f.failUnder)
	}
	return nil
}

func (f *gradeFlags) lacksFile(args []string, example string) error {
	switch {
	case f.askSet:
		return usage("- reads standard input", "grade --ask needs a FILE")
	case len(f.references) > 0:
		return usage("- reads standard input", "grade --reference needs a FILE, the answer")
	case len(args) == 0:
		return usage(example, "grade needs the ID of a prompt and a FILE")
	}
	return usage("- reads standard input: interview grade "+args[0]+" -", "grade %s needs a FILE", args[0])
}

func (a *App) gradeAny(args []string, f gradeFlags) error {
	if err := f.check(args); err != nil {
		return err
	}
	if f.lines {
		b, err := a.openBank()
		if err != nil {
			return err
		}
		return a.gradeLines(b)
	}
	go grade.Prepare()
	j, err := a.judgeOf(args, f)
	files := f.files(args)
	var deck *deckError
	if errors.As(err, &deck) && !f.ofMany() && len(files) == 1 && !isFolder(files[0]) && f.why == "" {
		return a.gradeDeck(deck, files[0], f)
	}
	if err != nil {
		return err
	}
	if !f.ofMany() && len(files) == 1 && !isFolder(files[0]) {
		return a.gradeOne(j, files[0], f)
	}
	if rubric, ok := j.(*judging); ok {
		if err := rubric.compile(); err != nil {
			return err
		}
	}
	return a.gradeMany(j, files, f)
}

// judgeOf is what the flags name: model answers, a question, or a prompt.
func (a *App) judgeOf(args []string, f gradeFlags) (grader, error) {
	if len(f.references) > 0 {
		return a.modelAnswers(f.references, f.question)
	}
	b, err := a.openBank()
	if err != nil {
		return nil, err
	}
	var j *judging
	if f.askSet {
		var it *bank.Item
		if it, err = b.Question(f.ask); err == nil {
			j = judgingBy(it)
		}
	} else {
		j, err = judgingOf(b, args[0])
	}
	if err != nil {
		return nil, err
	}
	j.try = a.tried
	if !f.json && !f.csv {
		j.cards = sync.OnceValue(func() []bank.Prompt { return cardHeads(b, j.item) })
	}
	return j, nil
}

func (a *App) gradeOne(j grader, file string, f gradeFlags) error {
	text, err := a.readAnswer(file)
	if err != nil {
		return err
	}
	return a.gradeText(j, file, text, f)
}

// gradeText judges the text of a file.
func (a *App) gradeText(j grader, file, text string, f gradeFlags) error {
	if err := j.refuse(text); err != nil {
		return failed("", "answer %s: %w", file, err)
	}
	if rubric, ok := j.(*judging); ok {
		if err := rubric.compileFor(text); err != nil {
			return err
		}
		if f.why != "" {
			return a.writeWhy(rubric, text, f.why)
		}
	}
	g := j.grade(text)
	var err error
	if f.json {
		_, err = a.Out.Write(append(appendResult(nil, appendString(nil, j.id()), &g), '\n'))
	} else {
		err = j.write(a.text(), text, &g)
	}
	if err != nil {
		return err
	}
	if f.below(&g) {
		return &failure{exitBelow, fmt.Errorf("%v %% is below --fail-under %v", math.Floor(1000*g.Score())/10, f.failUnder), ""}
	}
	return nil
}

// below says that a grade fails.
func (f *gradeFlags) below(g *grade.Grade) bool {
	return f.failUnderSet && 100*g.Score() < f.failUnder-1e-9
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

// readAnswer reads a file, or standard input for "-".
func (a *App) readAnswer(name string) (string, error) {
	if name != "-" {
		return a.readText("answer", name)
	}
	if isTerminal(a.inFile) {
		a.note("reading the answer from the terminal; ctrl+d ends it")
	}
	return limited(a.In, "answer standard input")
}
