package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/session"
	"interview/internal/tui"
)

// sittingFlags are what mock and drill can be told.
type sittingFlags struct {
	resume, ask              string
	minutes                  float64
	untimed, full, model     bool
	phase, card, track       string // drill only, like the rest
	count, tries             int
	minutesSet, countOrTrack bool

	due, flip, walk    bool // drill only, like the rest
	limit              int
	interview          string
	limitSet, countSet bool

	theme, feedback        string
	strict, bell, commands bool
	blank, probes          bool // mock only, like the next
	probesSet              bool
	judge                  modelFlags
}

// each says that feedback comes after each step.
func (f *sittingFlags) each() bool { return f.feedback == feedbacks[1] }

// What the flags of the same names can be.
var (
	themes    = []string{"auto", "dark", "light"}
	feedbacks = []string{"end", "each"}
)

func (a *App) sittingCommands() []*cobra.Command {
	return []*cobra.Command{a.mockCommand(), a.drillCommand(), a.drawCommand()}
}

func (a *App) mockCommand() *cobra.Command {
	var f sittingFlags
	c := &cobra.Command{
		Use:   "mock [ID]",
		Short: "Sit a whole timed interview",
		Long: "Walks through every phase of a prompt against the clock, records each answer as it is given, and ends with a grade\n" +
			"that quotes your own words. Without ID, a terminal shows a menu of the bank.\n\n" + lineHelp,
		Example: `  interview mock url-shortener
  interview mock coin-change --minutes 20
  interview mock --ask "Design Strava"
  interview mock --resume last
  interview mock url-shortener < answers.txt`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: a.completePrompts,
		RunE: func(c *cobra.Command, args []string) error {
			f.minutesSet = c.Flags().Changed("minutes")
			f.probesSet = c.Flags().Changed("probes")
			f.judge.given = modelFlagsGiven(c)
			return a.mock(args, f)
		},
	}
	a.sharedFlags(c, &f)
	c.Flags().BoolVar(&f.probes, "probes", false, "the interviewer poses follow-ups where the framework has them (in a terminal: unless =false)")
	c.Flags().BoolVar(&f.judge.interviewer, "interviewer", false, "a language model puts a follow-up after a step, and finds the fact that answers a question")
	c.Flags().BoolVar(&f.blank, "blank", false, "one page and the whiteboard, no phases named")
	return c
}

func (a *App) drillCommand() *cobra.Command {
	var f sittingFlags
	c := &cobra.Command{
		Use:   "drill [ID | DECK | walk]",
		Short: "Practise one phase, or the cards of a deck",
		Long: "One phase of a prompt, with the earlier phases given (your own newest answers, else the model answers); or the cards of\n" +
			"a deck; or, without ID, one phase over several prompts; or what is due (--due). Only what the drill asks is graded. Cards can\n" +
			"also be turned over and rated by yourself (--flip).\n\n" +
			"drill walk goes past the places of all cards and asks both ways: which concept stands here, and where a concept stands.\n" +
			"Cards whose point you missed in your last interviews come first, then all in the order of the walk.\n\n" + lineHelp,
		Example: `  interview drill url-shortener --phase deep-dives
  interview drill core-concepts
  interview drill core-concepts --card locking
  interview drill --phase api --track system-design --count 3
  interview drill url-shortener --phase api --tries 2
  interview drill --due                    what is due today, cards and phases
  interview drill core-concepts --flip     recall, look, rate with one key
  interview drill walk --limit 10          place by place, there and back`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: a.completePractice,
		RunE: func(c *cobra.Command, args []string) error {
			f.minutesSet = c.Flags().Changed("minutes")
			f.countSet, f.limitSet = c.Flags().Changed("count"), c.Flags().Changed("limit")
			f.countOrTrack = f.countSet || c.Flags().Changed("track")
			f.judge.given = modelFlagsGiven(c)
			return a.drill(args, f)
		},
	}
	a.sharedFlags(c, &f)
	c.Flags().StringVar(&f.phase, "phase", "", "`phase` to practise")
	c.Flags().StringVar(&f.card, "card", "", "one `card` of the deck")
	c.Flags().StringVar(&f.track, "track", "", "without ID: only prompts of this `track`")
	c.Flags().IntVar(&f.count, "count", 3, "without ID: `number` of prompts")
	c.Flags().BoolVar(&f.due, "due", false, "what is due today, of the deck or prompt where one is named")
	c.Flags().IntVar(&f.limit, "limit", 0, "with --due: at most this `number`, whatever was done today; of a walk, so many places")
	c.Flags().StringVar(&f.interview, "interview-date", "", "with --due: "+interviewHelp)
	c.Flags().BoolVar(&f.flip, "flip", false, "turn cards over and rate yourself with one key, 1 to 4")
	c.Flags().IntVar(&f.tries, "tries", 1, "`times` to try, showing what each won and lost")
	_ = c.RegisterFlagCompletionFunc("phase", a.completePhases) // fails only for an unknown flag, as do the two below
	_ = c.RegisterFlagCompletionFunc("card", a.completeCards)
	_ = c.RegisterFlagCompletionFunc("track", a.completeTracks)
	return c
}

const lineHelp = `In the room ctrl+s goes on, ctrl+c saves and leaves, ctrl+z suspends, shift+tab goes to the box before. esc opens the
commands, one letter each: n next, p previous, a ask the interviewer, h hint, w whiteboard and earlier answers, e your
editor, z pause, l leave. All other keys are for your text.

In a pipe, with --plain, TERM=dumb or ACCESSIBLE set, the questions come line by line: a line holding only "." ends an
answer ("\." is a literal one), and a line with the word "saved" follows when it is on disk. In a terminal, or with
--commands, the lines :ask QUESTION, :hint, :back, :clear, :pause and :help are commands ("\:hint" is a literal one).`

func (a *App) sharedFlags(c *cobra.Command, f *sittingFlags) {
	c.Flags().StringVar(&f.ask, "ask", "", "any `question` instead of ID: judged by the generic rubrics only")
	c.Flags().StringVar(&f.resume, "resume", "", "go on with an unfinished `session` (an id, its beginning, or last)")
	c.Flags().Float64Var(&f.minutes, "minutes", 0, "scale all budgets so that the whole takes this `long`")
	c.Flags().BoolVar(&f.untimed, "untimed", false, "stop the clock")
	c.Flags().BoolVar(&f.strict, "strict", false, "close each step when its time is up")
	c.Flags().BoolVar(&f.bell, "bell", false, "ring when the time is up")
	c.Flags().StringVar(&f.theme, "theme", themes[0], "`colours`: "+strings.Join(themes, ", "))
	c.Flags().StringVar(&f.feedback, "feedback", feedbacks[0], "`when` to say what was met: "+strings.Join(feedbacks, ", ")+" (after a step, with a follow-up)")
	c.Flags().BoolVar(&f.commands, "commands", false, "in a pipe: lines such as :hint are commands, as in a terminal")
	c.Flags().BoolVar(&f.full, "full", false, "report every mark with its quote, every miss with what was sought")
	c.Flags().BoolVar(&f.model, "model", false, "show the model answer below your own at the end")
	c.Flags().BoolVar(&f.judge.ask, "judge", false, "ask a language model for its opinion at the end; it changes no mark (see interview judge)")
	c.Flags().StringVar(&f.judge.model, "judge-model", "", "`name` of the model (or $INTERVIEW_MODEL)")
	modelFlagsOf(c, &f.judge)
	_ = c.RegisterFlagCompletionFunc("resume", a.completeSessions)
	_ = c.RegisterFlagCompletionFunc("theme", cobra.FixedCompletions(themes, noFiles))
	_ = c.RegisterFlagCompletionFunc("feedback", cobra.FixedCompletions(feedbacks, noFiles))
}

// check refuses what makes no sense together, for both commands.
func (f *sittingFlags) check(args []string) error {
	switch {
	case f.resume != "" && len(args) > 0:
		return usage("the session knows its prompt", "--resume takes no ID")
	case f.ask != "" && (len(args) > 0 || f.resume != ""):
		return usage("", "--ask poses a question of your own: leave ID and --resume out")
	case f.resume != "" && (f.minutesSet || f.untimed):
		return usage("a session keeps the clock it was opened with", "--resume takes no --minutes or --untimed")
	case f.minutesSet && f.untimed:
		return usage("", "--minutes and --untimed exclude each other")
	case f.resume != "" && f.blank:
		return usage("a session keeps the mode it was opened in", "--resume takes no --blank")
	case f.blank && (f.probes || f.each() || f.judge.interviewer):
		return usage("a blank page has no steps between which anybody speaks", "--blank goes without --probes, --interviewer and --feedback each")
	case !slices.Contains(themes, f.theme):
		return usage("the themes: "+strings.Join(themes, ", "), "--theme %q is not known", f.theme)
	case !slices.Contains(feedbacks, f.feedback):
		return usage("when: "+strings.Join(feedbacks, ", "), "--feedback %q is not known", f.feedback)
	case f.minutesSet && !(f.minutes > 0 && f.minutes <= 24*60):
		return usage("", "--minutes %v: must be more than 0 and at most a day", f.minutes)
	}
	return nil
}

func (a *App) mock(args []string, f sittingFlags) error {
	err := f.check(args)
	if err == nil {
		err = a.ready(&f.judge)
	}
	if err != nil {
		return err
	}
	f.tries = 1
	tui.SetTheme(f.theme)
	if f.resume != "" {
		return a.resume(f)
	}
	if len(args) == 0 && f.ask == "" && !a.interactive() {
		return usage("interview list shows the prompts", "mock needs the ID of a prompt here: a menu needs a terminal")
	}
	b, err := a.openBank()
	if err != nil {
		return err
	}
	if f.ask != "" {
		it, err := b.Question(f.ask)
		if err != nil {
			return err
		}
		return a.sit(b, f.mock(it), f)
	}
	id := strings.Join(args, "")
	if id == "" {
		if id, err = a.choose(b); err != nil {
			return err
		}
	}
	it, cards, err := find(b, id)
	switch {
	case err != nil:
		return err
	case it == nil:
		return usage(fmt.Sprintf("interview drill %s", id), "%s is a deck of %d cards, not a prompt", id, len(cards))
	}
	return a.sit(b, f.mock(it), f)
}

// mock plans a whole interview: by phases, or on one page.
func (f *sittingFlags) mock(it *bank.Item) session.Plan {
	if f.blank {
		return session.Blank(it, f.pace())
	}
	return session.Mock(it, f.pace())
}

// choose shows the prompts that are no cards as a menu.
func (a *App) choose(b *bank.Bank) (string, error) {
	heads, err := headsOf(b)
	if err != nil {
		return "", err
	}
	var menu []tui.Choice
	for _, h := range heads {
		if h.Deck == "" {
			menu = append(menu, tui.Choice{Label: fmt.Sprintf("%s · %s", h.Title, h.Track), Value: h.ID})
		}
	}
	ctx, stop := signalled()
	defer stop()
	id, err := tui.Choose(ctx, "Which interview?", menu)
	if errors.Is(err, tui.ErrLeft) {
		return "", &failure{code: exitFailed, hint: "nothing was begun; interview mock ID starts without the menu"}
	}
	return id, err
}

// headsOf lists the bank; a bank that cannot be read is an error.
func headsOf(b *bank.Bank) ([]bank.Head, error) {
	heads, problems := b.Heads()
	return heads, wrong(problems)
}

// wrong makes an error of the problems that are more than a note.
func wrong(problems []bank.Problem) error {
	bad := slices.DeleteFunc(slices.Clone(problems), func(p bank.Problem) bool { return p.Note })
	if len(bad) == 0 {
		return nil
	}
	return bank.Problems(bad)
}

// find looks an id up as a prompt or card, else as a deck. The error of an unknown one names the nearest of both kinds.
func find(b *bank.Bank, id string) (*bank.Item, []*bank.Item, error) {
	it, err := b.Item(id)
	var none, noDeck *bank.NotFound
	if !errors.As(err, &none) || none.ID != id {
		return it, nil, err
	}
	cards, err := b.Deck(id)
	if errors.As(err, &noDeck) && noDeck.ID == id {
		near := append(slices.Clone(none.Near), noDeck.Near...)
		slices.Sort(near)
		return nil, nil, &bank.NotFound{Kind: "prompt or deck", ID: id, Near: slices.Compact(near)}
	}
	return nil, cards, err
}

func (a *App) drill(args []string, f sittingFlags) error {
	f.walk = len(args) == 1 && args[0] == walkArg
	err := f.check(args)
	if err == nil {
		err = a.checkDue(args, f)
	}
	if err == nil && !f.due && !f.flip && !f.walk {
		err = f.checkDrill(args)
	}
	if err == nil {
		err = a.ready(&f.judge)
	}
	if err != nil {
		return err
	}
	tui.SetTheme(f.theme)
	if f.resume != "" {
		return a.resume(f)
	}
	b, err := a.openBank()
	if err != nil {
		return err
	}
	dir, err := a.sessionsPath()
	if err != nil {
		return err
	}
	past := &past{dir: dir}
	var plan session.Plan
	switch {
	case f.walk:
		plan, err = a.walkPlan(b, f)
	case f.due:
		plan, err = a.duePlan(b, past, args, f)
	case f.flip:
		plan, err = flipPlan(b, args[0], f)
	case f.ask != "":
		plan, err = askedPlan(b, f)
	case len(args) == 0:
		plan, err = acrossPlan(b, past, f)
	default:
		plan, err = drillPlan(b, past, args[0], f)
	}
	if err != nil || len(plan.Steps) == 0 {
		return err
	}
	return a.sit(b, plan, f)
}

// checkDrill refuses what drill alone can be told wrongly.
func (f *sittingFlags) checkDrill(args []string) error {
	switch {
	case f.tries < 1:
		return usage("", "--tries %d: must be at least 1", f.tries)
	case f.count < 1:
		return usage("", "--count %d: must be at least 1", f.count)
	case f.resume != "" && (f.phase != "" || f.card != "" || f.countOrTrack):
		return usage("the session knows what it drills", "--resume takes no --phase, --card, --track or --count")
	case f.ask != "" && (f.phase == "" || f.card != "" || f.countOrTrack):
		return usage("", "drill --ask needs a --phase, and takes no --card, --track or --count")
	case f.ask != "" || f.resume != "" || len(args) > 0 && !f.countOrTrack:
		return nil
	case len(args) > 0:
		return usage("leave the ID out to drill a phase over several prompts", "--track and --count choose prompts, but %s is one already", args[0])
	case f.card != "":
		return usage("interview drill core-concepts --card "+f.card, "--card needs its deck")
	case f.phase == "":
		return usage("interview drill url-shortener --phase api, or interview drill core-concepts", "drill needs an ID, or --phase to drill it over several prompts")
	}
	return nil
}
