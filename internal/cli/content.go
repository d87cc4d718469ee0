package cli

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/report"
	"interview/internal/session"
)

// bankCommands look at the bank.
func (a *App) bankCommands() []*cobra.Command {
	return []*cobra.Command{a.listCommand(), a.showCommand(), a.explainCommand(), a.checkCommand()}
}

func (a *App) listCommand() *cobra.Command {
	var track string
	var asJSON bool
	c := &cobra.Command{
		Use:   "list",
		Short: "List the prompts and decks",
		Example: `  interview list
  interview list --track recall
  interview list --json | jq -r '.[].id'`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.list(track, asJSON) },
	}
	c.Flags().StringVar(&track, "track", "", "only prompts of this `track`")
	c.Flags().BoolVar(&asJSON, "json", false, "every prompt and card as JSON")
	_ = c.RegisterFlagCompletionFunc("track", a.completeTracks) // fails only for an unknown flag
	return c
}

// list prints what can be listed; a file that cannot is an error after it.
func (a *App) list(track string, asJSON bool) error {
	b, err := a.openBank()
	if err != nil {
		return err
	}
	heads, broken := headsOf(b)
	if track != "" {
		tracks := map[string]bool{}
		for _, h := range heads {
			tracks[h.Track] = true
		}
		if !tracks[track] {
			known := slices.Sorted(maps.Keys(tracks))
			return cmp.Or(broken, usage("the tracks: "+strings.Join(known, ", "), "no prompt of track %q", track))
		}
		heads = slices.DeleteFunc(heads, func(h bank.Head) bool { return h.Track != track })
	}
	if asJSON {
		err = a.writeJSON(headsJSON(heads))
	} else {
		err = report.List(a.text(), heads)
	}
	return cmp.Or(err, broken)
}

// showFlags say how much of a prompt is shown.
type showFlags struct {
	json, rubric, model bool
	phase               string
}

func (a *App) showCommand() *cobra.Command {
	var f showFlags
	c := &cobra.Command{
		Use:   "show ID",
		Short: "Show a prompt as a candidate may see it before starting",
		Long:  "What is asked, and in which phases. The criteria and the model answer are shown only when asked for.",
		Example: `  interview show url-shortener
  interview show url-shortener --rubric
  interview show url-shortener --model --phase api
  interview show url-shortener --json | jq .criteria`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completePrompts,
		RunE:              func(_ *cobra.Command, args []string) error { return a.show(args[0], f) },
	}
	c.Flags().BoolVar(&f.json, "json", false, "the whole prompt as JSON, with criteria and model answer")
	c.Flags().BoolVar(&f.rubric, "rubric", false, "and the criteria by which answers are judged")
	c.Flags().BoolVar(&f.model, "model", false, "the model answer instead, as Markdown")
	c.Flags().StringVar(&f.phase, "phase", "", "with --model: of this `phase` only")
	_ = c.RegisterFlagCompletionFunc("phase", a.completePhases) // fails only for an unknown flag
	return c
}

func (a *App) show(id string, f showFlags) error {
	switch {
	case f.phase != "" && !f.model:
		return usage("interview show ID --model --phase PHASE", "--phase goes with --model")
	case f.json && (f.model || f.rubric):
		return usage("--json has the criteria and the model answer already", "--json goes without --model and --rubric")
	case f.model && f.rubric:
		return usage("", "--model and --rubric exclude each other")
	}
	b, err := a.openBank()
	if err != nil {
		return err
	}
	it, cards, err := find(b, id)
	if err != nil {
		return err
	}
	if it != nil {
		cards = []*bank.Item{it}
		err = a.showItem(it, f)
	} else {
		err = a.showDeck(cards, f)
	}
	if err == nil {
		a.sawAll(cards, f)
	}
	return err
}

// sawAll records what of the rubric and the model answer was shown: a try after that is no cold one.
func (a *App) sawAll(items []*bank.Item, f showFlags) {
	what := session.Model
	switch {
	case f.rubric:
		what = session.Rubric
	case !f.model && !f.json:
		return
	}
	looks := make([]session.Look, len(items))
	for i, it := range items {
		looks[i] = session.Look{Prompt: it.Prompt.ID, Phase: f.phase}
	}
	a.saw(what, looks...)
}

// showDeck shows the cards one after the other, as JSON in a list.
func (a *App) showDeck(cards []*bank.Item, f showFlags) error {
	if f.json {
		all := make([]promptJSON, len(cards))
		for i, c := range cards {
			all[i] = newPromptJSON(c)
		}
		return a.writeJSON(all)
	}
	for i, c := range cards {
		if i > 0 {
			fmt.Fprintln(a.Out)
		}
		if err := a.showItem(c, f); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) showItem(it *bank.Item, f showFlags) error {
	out := a.text()
	switch {
	case f.json:
		return a.writeJSON(newPromptJSON(it))
	case f.model:
		return a.showModel(it, f.phase)
	}
	err := report.Prompt(out, it)
	if f.rubric && err == nil {
		fmt.Fprintln(out)
		err = report.Rubric(out, it)
	}
	return err
}

// showModel prints the model answer so that it can be graded: one phase as it stands, all of them under their headings.
func (a *App) showModel(it *bank.Item, phase string) error {
	var text strings.Builder
	for _, ph := range it.Framework.Phases {
		answer := strings.TrimSpace(it.Prompt.Model[ph.ID])
		switch {
		case answer == "" || phase != "" && phase != ph.ID:
		case phase != "":
			fmt.Fprintf(&text, "%s\n", answer)
		default:
			fmt.Fprintf(&text, "## %s\n\n%s\n\n", ph.Title, answer)
		}
	}
	if text.Len() == 0 {
		if _, known := it.Phase(phase); phase != "" && !known {
			return noPhase(it, phase)
		}
		return failed("", "%s has no model answer%s", it.Prompt.ID, ofPhase(phase))
	}
	_, err := fmt.Fprintln(a.text(), strings.TrimSpace(text.String()))
	return err
}

func ofPhase(phase string) string {
	if phase == "" {
		return ""
	}
	return " for the phase " + phase
}

func noPhase(it *bank.Item, phase string) error {
	return usage("its phases: "+strings.Join(phaseIDs(it), ", "), "%s has no phase %q", it.Prompt.ID, phase)
}

func phaseIDs(it *bank.Item) []string {
	ids := make([]string, len(it.Framework.Phases))
	for i, ph := range it.Framework.Phases {
		ids[i] = ph.ID
	}
	return ids
}

func (a *App) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain ID/CRITERION",
		Short: "Explain a criterion: why it matters, its levels, its follow-up",
		Long:  "ID is a prompt, a card or a shared rubric. interview show ID --rubric lists the criteria of a prompt.",
		Example: `  interview explain url-shortener/code-generation
  interview explain core-concepts/indexing`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeCriteria,
		RunE:              func(_ *cobra.Command, args []string) error { return a.explain(args[0]) },
	}
}

// completeCriteria offers prompts, and the criteria of the one that is written already.
func (a *App) completeCriteria(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	id, _, ok := strings.Cut(begun, "/")
	if !ok {
		ids, directive := a.completePrompts(c, args, begun)
		for i := range ids {
			id, _, _ := strings.Cut(ids[i], "\t")
			ids[i] = id + "/"
		}
		return ids, directive | cobra.ShellCompDirectiveNoSpace
	}
	b, err := a.openBank()
	if err != nil || len(args) > 0 {
		return nil, noFiles
	}
	it, err := b.Item(id)
	if err != nil {
		return nil, noFiles
	}
	var refs []string
	for _, c := range it.Criteria {
		if ref := id + "/" + c.ID; strings.HasPrefix(ref, begun) {
			refs = append(refs, cobra.CompletionWithDesc(ref, c.Title))
		}
	}
	return refs, noFiles
}

func (a *App) explain(ref string) error {
	id, name, ok := strings.Cut(ref, "/")
	if !ok || id == "" || name == "" {
		return usage("interview show ID --rubric lists the criteria", "explain needs ID/CRITERION, not %q", ref)
	}
	b, err := a.openBank()
	if err != nil {
		return err
	}
	c, err := criterionOf(b, id, name)
	if err != nil {
		return err
	}
	var card *bank.Prompt
	if c.Concept != "" {
		if it, err := b.Item(c.Concept); err == nil { // a card that is not there is for check to name
			card = &it.Prompt
		}
	}
	if err := report.Criterion(a.text(), id+"/"+c.ID, c, card); err != nil {
		return err
	}
	if _, err := b.Item(id); err == nil {
		a.saw(session.Rubric, session.Look{Prompt: id, Phase: c.Phase})
	}
	return nil
}

// criterionOf finds a criterion of a prompt, else of a shared rubric.
func criterionOf(b *bank.Bank, id, name string) (*bank.Criterion, error) {
	it, noPrompt := b.Item(id)
	if it != nil {
		if c := criterionNamed(it.Criteria, name); c != nil {
			return c, nil
		}
	} else if !missing(noPrompt, id) {
		return nil, noPrompt
	}
	r, noRubric := b.Rubric(id)
	switch {
	case r != nil:
		if c := criterionNamed(r.Criteria, name); c != nil {
			return c, nil
		}
		if it == nil {
			return nil, noCriterion(id, name, r.Criteria)
		}
	case !missing(noRubric, id):
		return nil, noRubric
	}
	if it != nil {
		return nil, noCriterion(id, name, it.Criteria)
	}
	return nil, eitherOf("prompt or rubric", id, noPrompt, noRubric)
}

// missing says that the bank has nothing of that id, rather than something broken.
func missing(err error, id string) bool {
	var none *bank.NotFound
	return errors.As(err, &none) && none.ID == id
}

// criterionNamed takes a shared criterion also by the last part of its id, where only one has it.
func criterionNamed(list []bank.Criterion, name string) *bank.Criterion {
	var short *bank.Criterion
	several := false
	for i := range list {
		switch c := &list[i]; {
		case c.ID == name:
			return c
		case strings.HasSuffix(c.ID, "/"+name):
			several = short != nil
			short = c
		}
	}
	if several {
		return nil
	}
	return short
}

func noCriterion(id, name string, list []bank.Criterion) error {
	var ids []string
	for _, c := range list {
		ids = append(ids, c.ID)
		if _, short, shared := strings.Cut(c.ID, "/"); shared {
			ids = append(ids, short)
		}
	}
	none := &bank.NotFound{Kind: "criterion", ID: name, Near: bank.Near(name, ids)}
	return usage("interview show "+id+" --rubric lists them", "%s: %w", id, none)
}

// eitherOf joins what two look-ups of one id have found near it.
func eitherOf(kind, id string, errs ...error) error {
	var near []string
	for _, err := range errs {
		var none *bank.NotFound
		if errors.As(err, &none) {
			near = append(near, none.Near...)
		}
	}
	slices.Sort(near)
	return &bank.NotFound{Kind: kind, ID: id, Near: slices.Compact(near)}
}
