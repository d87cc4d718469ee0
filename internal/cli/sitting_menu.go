package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"interview/internal/bank"
	"interview/internal/journal"
	"interview/internal/review"
	"interview/internal/session"
	"interview/internal/tui"
)

// menuItem is one line of the first menu: what it does, and the command that does the same.
type menuItem struct {
	label string
	args  []string
	do    func() error
}

// menu is what interview without arguments opens in a terminal. Each of its lines is a command, which it shows.
func (a *App) menu() error {
	tui.SetTheme(themes[0])
	items, err := a.menuItems()
	if err != nil {
		return err
	}
	choices := make([]tui.Choice, len(items))
	for i, item := range items {
		choices[i] = tui.Choice{Label: item.label + " · " + commandLine(item.args), Value: fmt.Sprint(i)}
	}
	ctx, stop := signalled()
	defer stop()
	chosen, err := tui.Choose(ctx, "What shall it be?", choices)
	if err != nil {
		return left(err)
	}
	for i, item := range items {
		if fmt.Sprint(i) == chosen {
			fmt.Fprintf(a.Err, "%s\n", a.clean(commandLine(item.args)))
			return item.do()
		}
	}
	return nil
}

// left makes a quiet end of a menu that was left.
func left(err error) error {
	if errors.Is(err, tui.ErrLeft) {
		return &failure{code: exitFailed, hint: "nothing was begun; interview --help shows the commands"}
	}
	return err
}

// commandLine is what to type for the same.
func commandLine(args []string) string {
	quoted := make([]string, len(args))
	for i, arg := range args {
		quoted[i] = quoteArg(arg)
	}
	return "interview " + strings.Join(quoted, " ")
}

func (a *App) menuItems() ([]menuItem, error) {
	dir, err := a.sessionsPath()
	if err != nil {
		return nil, err
	}
	var items []menuItem
	if s, found := unfinishedOf(dir, "", func(*session.Session) bool { return true }); found {
		label := fmt.Sprintf("Go on with %s, step %d of %d", s.Plan.Label, min(s.Current+1, len(s.Plan.Steps)), len(s.Plan.Steps))
		items = append(items, a.menuItem(label, review.Command(s.Plan.Mode), "--resume", s.ID))
	}
	if item, due := a.dueItem(); due {
		items = append(items, item)
	}
	items = append(items, a.menuItem("A whole interview", "mock"),
		menuItem{"Practise one phase or a deck", []string{"drill"}, a.drillMenu})
	if journal.HasJournals(dir) {
		items = append(items, a.menuItem("What you have done", "review", "list"))
	}
	return append(items, a.menuItem("All commands", "--help")), nil
}

// dueItem is the line for what is due today. A bank or folder that cannot be read has none: the commands say why.
func (a *App) dueItem() (menuItem, bool) {
	b, err := a.openBank()
	if err != nil {
		return menuItem{}, false
	}
	p, _, err := a.practised(b, "")
	if err != nil {
		return menuItem{}, false
	}
	today := p.Today()
	return a.menuItem("Due today: "+review.Count(today), "drill", "--due"), len(today) > 0
}

// menuItem runs a command line as if it were typed, with the global flags of this one.
func (a *App) menuItem(label string, args ...string) menuItem {
	return menuItem{label, args, func() error { return a.again(args) }}
}

func (a *App) again(args []string) error {
	args = append(slices.Clone(args), a.globalFlags()...) // before root sets them back
	root := a.root(args)
	root.SetArgs(args)
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	return root.Execute()
}

// globalFlags are those that this run was given.
func (a *App) globalFlags() []string {
	var flags []string
	if a.bankDir != "" {
		flags = append(flags, "--bank", a.bankDir)
	}
	if a.sessionsDir != "" {
		flags = append(flags, "--sessions", a.sessionsDir)
	}
	return flags
}

// drillMenu asks what to drill: a deck, or a prompt and then its phase.
func (a *App) drillMenu() error {
	b, err := a.openBank()
	if err != nil {
		return err
	}
	heads, err := headsOf(b)
	if err != nil {
		return err
	}
	ctx, stop := signalled()
	defer stop()
	id, err := tui.Choose(ctx, "What do you want to practise?", drillChoices(heads))
	if err != nil {
		return left(err)
	}
	args := []string{"drill", id}
	if at := slices.IndexFunc(heads, func(h bank.Head) bool { return h.ID == id }); at >= 0 && len(heads[at].Phases) > 1 {
		phase, err := choosePhase(ctx, b, id)
		if err != nil {
			return left(err)
		}
		args = append(args, "--phase", phase)
	}
	fmt.Fprintf(a.Err, "%s\n", a.clean(commandLine(args)))
	return a.again(args)
}

// drillChoices are the decks, each once, the walk past their places, and then the prompts.
func drillChoices(heads []bank.Head) []tui.Choice {
	var decks, prompts []tui.Choice
	for _, h := range heads {
		deck := tui.Choice{Label: "deck · " + h.Deck, Value: h.Deck}
		switch {
		case h.Deck == "":
			prompts = append(prompts, tui.Choice{Label: fmt.Sprintf("%s · %s", h.Title, h.Track), Value: h.ID})
		case !slices.Contains(decks, deck):
			decks = append(decks, deck)
		}
	}
	if len(decks) > 0 {
		decks = append(decks, tui.Choice{Label: "walk · the places of all cards, there and back", Value: walkArg})
	}
	return append(decks, prompts...)
}

func choosePhase(ctx context.Context, b *bank.Bank, id string) (string, error) {
	it, err := b.Item(id)
	if err != nil {
		return "", err
	}
	var phases []tui.Choice
	for _, ph := range it.Framework.Phases {
		phases = append(phases, tui.Choice{Label: ph.Title, Value: ph.ID})
	}
	return tui.Choose(ctx, "Which phase?", phases)
}

// recent is how many sessions are looked through for an unfinished one, so that nobody waits for it.
const recent = 100

// unfinishedOf is the newest session that was not closed and that fits, among the recent ones with a label; "" is any.
func unfinishedOf(dir, label string, fits func(*session.Session) bool) (session.Session, bool) {
	ids, _ := journal.List(dir)
	ids = slices.DeleteFunc(ids, func(id string) bool { return !strings.Contains(id, label) })
	for s := range folded(dir, ids[:min(recent, len(ids))]) {
		if s.Unfinished() && fits(&s) {
			return s, true
		}
	}
	return session.Session{}, false
}

// offer looks, before a sitting begins, for an unfinished one of the same plan. A terminal asks whether to go on with it;
// line mode names it. Nothing is ever written over: a new sitting has a journal of its own.
func (s *sitting) offer() (resume string, err error) {
	old, found := unfinishedOf(s.dir, s.plan.Label, s.same)
	if !found {
		return "", nil
	}
	when := old.OpenedAt.Local().Format("2006-01-02 15:04")
	if s.lines != nil {
		s.a.note("an unfinished one from %s stays as it is: %s", when, s.a.resumeLine(old.ID, old.Plan.Mode))
		return "", nil
	}
	ctx, stop := signalled()
	defer stop()
	return tui.Choose(ctx, fmt.Sprintf("%s is unfinished from %s, step %d of %d", s.title(), when, min(old.Current+1, len(old.Plan.Steps)), len(old.Plan.Steps)),
		[]tui.Choice{{Label: "Go on with it", Value: old.ID}, {Label: "Begin anew, and keep it", Value: ""}})
}

// same says that a session has the same label, mode and prompts as this plan.
func (s *sitting) same(old *session.Session) bool {
	id := func(a, b bank.Prompt) bool { return a.ID == b.ID && a.Ask == b.Ask }
	return old.Plan.Label == s.plan.Label && old.Plan.Mode == s.plan.Mode && slices.EqualFunc(old.Plan.Prompts, s.plan.Prompts, id) &&
		(s.plan.Mode != session.ModeDrill || len(old.Plan.Steps) == len(s.plan.Steps) && old.Plan.Steps[0].Phase == s.plan.Steps[0].Phase)
}
