package cli

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/report"
)

// draftFlags are what draft can be told.
type draftFlags struct{ question, model, cards, framework, id string }

func (a *App) draftCommand() *cobra.Command {
	var f draftFlags
	c := &cobra.Command{
		Use:   "draft --question Q --model MODEL.md | draft --cards CARDS.md --id DECK",
		Short: "Turn a model answer into a first prompt with its rubric, to be edited",
		Long: "Each clause of the model answer becomes a criterion: the words that say most become a claim, with their synonyms, and\n" +
			"a hit and a miss are made from it. The prompt is whole and passes check; it knows one author's words only, so edit it:\n" +
			"add what others would say, the why and the probe, and take out what is no point of its own.\n\n" +
			"Without --framework the one is taken whose phases the headings of the model answer name, else the one with fewest phases.\n\n" +
			"--cards makes a deck: each heading of the second level is a card, the text below it the answer to it. Where a line of three\n" +
			"dashes parts that text, what stands above it is the question. interview export --format markdown writes such a file.",
		Example: `  interview draft --question "How does a lease differ from a lock?" --model lease.md --id lease > my-bank/prompts/lease.yaml
  interview draft --cards notes.md --id my-notes > my-bank/prompts/decks/my-notes.yaml
  interview check my-bank`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if f.cards != "" {
				return a.draftCards(f)
			}
			return a.draft(f)
		},
	}
	c.Flags().StringVar(&f.question, "question", "", "what is asked, a `text` or a file")
	c.Flags().StringVar(&f.model, "model", "", "`file` of the model answer, Markdown; - is standard input")
	c.Flags().StringVar(&f.cards, "cards", "", "`file` of cards, Markdown, instead of --question and --model; - is standard input")
	c.Flags().StringVar(&f.framework, "framework", "", "`id` of the framework")
	c.Flags().StringVar(&f.id, "id", "", "`id` of the prompt and name of its file (from the question if left out)")
	_ = c.RegisterFlagCompletionFunc("framework", a.completeFrameworks) // fails only for an unknown flag
	return c
}

func (a *App) completeFrameworks(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	b, err := a.openBank()
	if err != nil {
		return nil, noFiles
	}
	list, _ := b.Frameworks() // what is sound is offered
	var ids []string
	for _, fw := range list {
		if strings.HasPrefix(fw.ID, begun) {
			ids = append(ids, cobra.CompletionWithDesc(fw.ID, fw.Title))
		}
	}
	return ids, noFiles
}

func (a *App) draft(f draftFlags) error {
	if strings.TrimSpace(f.question) == "" || f.model == "" {
		return usage(`interview draft --question "What is a lease?" --model lease.md > lease.yaml`, "draft needs --question and --model")
	}
	question, err := a.textOrFile("question", f.question)
	if err != nil {
		return err
	}
	model, err := a.readAnswer(f.model)
	if err != nil {
		return err
	}
	question, model = document(question), document(model)
	b, err := a.openBank()
	if err != nil {
		return err
	}
	fw, err := frameworkFor(b, f.framework, model)
	if err != nil {
		return err
	}
	p := bank.Prompt{ID: cmp.Or(f.id, idOfText(question)), Title: titleOf(question), Track: fw.ID, Framework: fw.ID, Ask: question,
		Criteria: grade.Draft(question, model, *fw), Model: modelByPhase(model, fw)}
	if len(p.Criteria) == 0 {
		return failed("a clause needs two words of its own, beside those of the question, in a sentence", "%s: no clause makes a criterion", f.model)
	}
	return a.writeDraft(b, &p)
}

// writeDraft prints one prompt.
func (a *App) writeDraft(b *bank.Bank, p *bank.Prompt) error {
	text, err := a.proveDraft(b, p)
	if err != nil {
		return err
	}
	if known, _, err := find(b, p.ID); err == nil && known != nil {
		a.note("the bank has a prompt %s: in a bank of your own this one would stand in its place", p.ID)
	}
	a.note("%s; save it as prompts/%s.yaml of a folder of your own, edit it, and run interview check FOLDER", counted(len(p.Criteria), "criterion"), p.ID)
	_, err = a.Out.Write(append([]byte(draftHead), text...))
	return err
}

// proveDraft proves the prompt as check would before it is printed. A criterion that fails beside the others is left out, and
// so is a model answer that does not reach the rubric with what the framework adds; both are said.
func (a *App) proveDraft(b *bank.Bank, p *bank.Prompt) ([]byte, error) {
	text, it, problems, err := proved(b, p)
	if err != nil {
		return nil, err
	}
	if bad := criteriaWith(it, problems); len(bad) > 0 {
		a.note("left out, since their own examples fail beside the others: %s", strings.Join(bad, ", "))
		p.Criteria = slices.DeleteFunc(p.Criteria, func(c bank.Criterion) bool { return slices.Contains(bad, c.ID) })
		if text, _, problems, err = proved(b, p); err != nil {
			return nil, err
		}
	}
	if len(problems) > 0 && len(p.Model) > 0 {
		a.note("the model answer is left out, since check would refuse it: %s", problems[0].Msg)
		p.Model = nil
		if text, _, problems, err = proved(b, p); err != nil {
			return nil, err
		}
	}
	return text, wrong(problems)
}

const draftHead = "# A first draft from one model answer: add what others would say, the why and the probe of each criterion, and take\n" +
	"# out what is no point of its own. interview check proves it.\n"

// proved renders a prompt, reads it back and checks it.
func proved(b *bank.Bank, p *bank.Prompt) ([]byte, *bank.Item, []bank.Problem, error) {
	text, err := bank.Write(p)
	if err != nil {
		return nil, nil, nil, err
	}
	it, err := b.Read(p.ID+".yaml", p.ID, text)
	if err != nil {
		return nil, nil, nil, err
	}
	return text, it, grade.Check(it), nil
}

// criteriaWith are the item's own criteria in whose lines a problem stands.
func criteriaWith(it *bank.Item, problems []bank.Problem) (ids []string) {
	for _, p := range problems {
		last := ""
		for i := range it.Criteria {
			if at := it.Criteria[i].At(); at.File == p.File && at.Line <= p.Line {
				last = it.Criteria[i].ID
			}
		}
		if it.At("model").Line <= p.Line && len(it.Prompt.Model) > 0 || last == "" || slices.Contains(ids, last) {
			continue
		}
		ids = append(ids, last)
	}
	return ids
}

// document makes a text fit for one: lines end in a line feed, control characters become visible.
func document(s string) string {
	s = strings.ReplaceAll(strings.TrimPrefix(s, byteOrderMark), "\r\n", "\n")
	s = report.Clean(strings.ReplaceAll(strings.ReplaceAll(s, "\r", "\n"), "\t", "    "))
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n ")
}

// frameworkFor is the framework of that id; without one, that whose phases the headings of the text name most, else that
// with fewest phases.
func frameworkFor(b *bank.Bank, id, text string) (*bank.Framework, error) {
	if id != "" {
		return b.Framework(id)
	}
	list, err := b.Frameworks()
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, failed("", "the bank has no framework")
	}
	return &list[bestFramework(list, text)], nil
}

func bestFramework(list []bank.Framework, text string) int {
	best, most := -1, 0
	for i := range list {
		if n := phasesNamed(text, &list[i]); n > most {
			best, most = i, n
		}
	}
	if best >= 0 {
		return best
	}
	for i := range list {
		if best < 0 || len(list[i].Phases) < len(list[best].Phases) {
			best = i
		}
	}
	return best
}

func phasesNamed(text string, fw *bank.Framework) int {
	named := map[string]bool{}
	answers, _ := grade.Split(text, fw.Phases)
	for _, x := range answers {
		named[x.Phase] = true
	}
	delete(named, "")
	return len(named)
}

// modelByPhase is the model answer of each phase; what stands under no heading is of the first.
func modelByPhase(text string, fw *bank.Framework) map[string]string {
	answers, _ := grade.Split(text, fw.Phases)
	model := map[string]string{}
	for _, x := range answers {
		phase := x.Phase
		if phase == "" {
			phase = fw.Phases[0].ID
		}
		if part := document(x.Text); part != "" {
			model[phase] = strings.TrimPrefix(model[phase]+"\n\n"+part, "\n\n")
		}
	}
	return model
}

// wordsInID is how many words of a question make an id, wordsInTitle a title.
const (
	wordsInID    = 5
	wordsInTitle = 9
)

// idOfText makes an id of the first words that are letters and digits.
func idOfText(question string) string {
	words := strings.FieldsFunc(strings.ToLower(question), func(r rune) bool {
		return r >= unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return cmp.Or(strings.Join(words[:min(wordsInID, len(words))], "-"), "draft")
}

func titleOf(question string) string {
	words := strings.Fields(question)
	title := strings.Join(words[:min(wordsInTitle, len(words))], " ")
	if len(words) > wordsInTitle {
		title += " …"
	}
	return title
}
