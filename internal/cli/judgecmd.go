package cli

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/chat"
	"interview/internal/grade"
	"interview/internal/journal"
	"interview/internal/judge"
	"interview/internal/report"
	"interview/internal/session"
)

// modelFlags say which model to ask, and how.
type modelFlags struct {
	model, baseURL         string
	timeout                time.Duration
	twice, perPhase, debug bool
	dryRun, calibrate      bool // the verb judge only
	ask                    bool // mock and drill: --judge
	interviewer            bool // mock: --interviewer
	given                  bool // mock and drill: one of the flags that say which model, and how
}

// The variables that settings come from.
const (
	envKey      = "OPENAI_API_KEY"
	envBase     = "OPENAI_BASE_URL"
	envModel    = "INTERVIEW_MODEL"
	envAzure    = "AZURE_OPENAI_ENDPOINT"
	envAzureKey = "AZURE_OPENAI_API_KEY"
	envToken    = "AZURE_OPENAI_AD_TOKEN"
	envDeployed = "AZURE_OPENAI_DEPLOYMENT"
	envVersion  = "OPENAI_API_VERSION"

	openAI       = "https://api.openai.com/v1"
	azureVersion = "2024-10-21" // the first that is no preview and knows JSON schemas
)

const settingsHelp = `OPENAI_API_KEY and INTERVIEW_MODEL are enough for OpenAI. OPENAI_BASE_URL (or --base-url) names any other server that
speaks the same protocol, such as http://localhost:11434/v1 for Ollama; a local one needs no key. With
AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_API_KEY the model is a deployment of Azure.`

func (a *App) judgeCommand() *cobra.Command {
	var f modelFlags
	c := &cobra.Command{
		Use:   "judge SESSION",
		Short: "Ask a language model for its opinion beside the grade",
		Long: "Sends the answers of a graded session with the criteria of its prompt to a model of your choice, checks what comes back,\n" +
			"and shows it beside the marks of the rules. It never changes a mark. SESSION is an id, the beginning of only one, or\n" +
			"\"last\". Nothing is sent without this command, --judge or --interviewer.\n\n" + settingsHelp,
		Example: `  interview judge last --dry-run | jq -r '.messages[].content'
  interview judge last --model gpt-4o-mini
  interview judge last --base-url http://localhost:11434/v1 --model qwen3:8b --per-phase
  interview judge last --twice
  interview judge --calibrate last 20261124 > examples.yaml`,
		ValidArgsFunction: a.completeSessions,
		RunE:              func(_ *cobra.Command, args []string) error { return a.judge(args, f) },
	}
	c.Flags().StringVar(&f.model, "model", "", "`name` of the model (or $INTERVIEW_MODEL)")
	modelFlagsOf(c, &f)
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "print what would be sent, and send nothing")
	c.Flags().BoolVar(&f.calibrate, "calibrate", false, "how often rules and judge agree in judged sessions, and where not, as examples for the rubric")
	return c
}

// modelFlagsOf are the flags that all commands share which may ask a model.
func modelFlagsOf(c *cobra.Command, f *modelFlags) {
	c.Flags().StringVar(&f.baseURL, "base-url", "", "`address` of the server, up to /v1 (or $OPENAI_BASE_URL)")
	c.Flags().DurationVar(&f.timeout, "timeout", chat.DefaultTimeout, "`time` for one reply of the model; half of it until the first sign of life")
	c.Flags().BoolVar(&f.twice, "twice", false, "ask the model twice, and mark where it disagrees with itself")
	c.Flags().BoolVar(&f.perPhase, "per-phase", false, "a request to the model for each phase, for small contexts")
	c.Flags().BoolVar(&f.debug, "debug", false, "write what the model is sent and replies to standard error, without the key")
}

// modelFlagsGiven says that one of them is there.
func modelFlagsGiven(c *cobra.Command) bool {
	return slices.ContainsFunc([]string{"judge-model", "base-url", "timeout", "twice", "per-phase", "debug"}, c.Flags().Changed)
}

// ready refuses before the first question what would fail after the last.
func (a *App) ready(f *modelFlags) error {
	if !f.ask && !f.interviewer {
		if f.given {
			return usage("", "the flags that say which model to ask, and how, go with --judge or --interviewer")
		}
		return nil
	}
	c, err := a.client(f, nil)
	if err == nil {
		a.expose(c)
	}
	return err
}

// expose says that a key is not safe on its way.
func (a *App) expose(c *judge.Client) {
	if c.Exposed() {
		a.note("the key goes unencrypted to %s: it is no https address", c.Host())
	}
}

// settings gathers what is set. The error says in one line what is missing.
func (a *App) settings(f *modelFlags) (judge.Settings, error) {
	set := judge.Settings{PerPhase: f.perPhase, Twice: f.twice}
	set.BaseURL, set.Key, set.Model = cmp.Or(f.baseURL, a.Env(envBase)), a.Env(envKey), cmp.Or(f.model, a.Env(envModel))
	set.Timeout = f.timeout
	if azure := a.Env(envAzure); set.BaseURL == "" && azure != "" {
		set.BaseURL, set.APIVersion = azure, cmp.Or(a.Env(envVersion), azureVersion)
		set.Key, set.Token = cmp.Or(a.Env(envToken), a.Env(envAzureKey)), a.Env(envToken) != ""
		set.Model = cmp.Or(set.Model, a.Env(envDeployed))
	}
	if set.BaseURL == "" && set.Key != "" {
		set.BaseURL = openAI
	}
	switch {
	case f.timeout <= 0:
		return set, usage("", "--timeout %s: must be more than 0", f.timeout)
	case set.BaseURL == "" || set.Model == "":
		return set, usage("", "no model to ask: set %s and %s, or %s and %s for a local server", envKey, envModel, envBase, envModel)
	}
	return set, nil
}

// client makes ready to ask. watch is told while a reply comes.
func (a *App) client(f *modelFlags, watch func(judge.Progress)) (*judge.Client, error) {
	set, err := a.settings(f)
	if err != nil {
		return nil, err
	}
	if set.Watch = watch; f.debug {
		set.Debug = a.Err
	}
	c, err := judge.New(set)
	if err != nil {
		return nil, usage("", "%w: see --base-url, --model and %s", err, envKey)
	}
	return c, nil
}

// judged is a graded session to be judged, open for what is said of it.
type judged struct {
	a  *App
	f  *modelFlags
	b  *bank.Bank
	w  *journal.Writer // nil for a dry run
	s  session.Session
	at int // number of the last event
}

func (a *App) judge(args []string, f modelFlags) error {
	switch {
	case f.calibrate:
		return a.calibrate(args)
	case len(args) != 1:
		return usage("interview judge last", "judge needs one SESSION")
	}
	j := &judged{a: a, f: &f}
	c, err := a.client(&f, nil)
	if err != nil {
		return err
	}
	a.expose(c)
	if err := j.open(args[0]); err != nil {
		return err
	}
	if f.dryRun {
		return j.dryRun()
	}
	defer j.w.Close()
	return j.ask()
}

// open finds the session. A dry run only reads it.
func (j *judged) open(ref string) error {
	_, path, err := j.a.journalNamed(ref)
	if err != nil {
		return err
	}
	if j.b, err = j.a.openBank(); err != nil {
		return err
	}
	if j.f.dryRun {
		j.s, err = readSession(path)
	} else {
		var events []session.Event
		if j.w, events, err = journal.Open(path); err != nil {
			return err
		}
		if j.s, err = session.Fold(j.w.ID(), events); err == nil {
			j.at = events[len(events)-1].Seq
		}
	}
	if err == nil && len(j.s.Grades) == 0 {
		err = failed("finish it first: "+j.a.resumeLine(j.s.ID, j.s.Plan.Mode), "session %s has no grade yet", j.s.ID)
	}
	if err != nil && j.w != nil {
		j.w.Close()
	}
	return err
}

// caseOf is what to ask about one grade: the criteria of the phases that it graded, and all that was answered.
func caseOf(b *bank.Bank, s *session.Session, g *grade.Grade) (judge.Case, error) {
	it, err := itemOf(b, &s.Plan, g.Prompt)
	if err != nil && !errors.Is(err, errNoBank) {
		return judge.Case{}, err
	}
	k := judge.Case{Item: it, Answers: s.Answers(g.Prompt, false)}
	for _, t := range s.TurnsOf(g.Prompt) {
		asked := ""
		if t.Step.Probe != "" {
			asked = t.Step.Ask
		}
		k.Asked = append(k.Asked, asked)
	}
	graded := map[string]bool{}
	for i := range g.Marks {
		graded[g.Marks[i].Phase] = true
	}
	for _, ph := range it.Framework.Phases {
		if graded[ph.ID] {
			k.Phases = append(k.Phases, ph.ID)
		}
	}
	return k, nil
}

// dryRun prints what would be sent: the bodies to standard output, byte by byte, where they go to standard error.
func (j *judged) dryRun() error {
	c, err := j.a.client(j.f, nil)
	if err != nil {
		return err
	}
	for i := range j.s.Grades {
		k, err := caseOf(j.b, &j.s, &j.s.Grades[i])
		if err != nil {
			return err
		}
		list, err := c.Requests(k)
		if err != nil {
			return err
		}
		for _, r := range list {
			j.a.note("%s %s", r.Method, r.URL)
			for _, name := range slices.Sorted(maps.Keys(r.Header)) {
				j.a.note("  %s: %s", name, strings.Join(r.Header[name], ", "))
			}
			if _, err := j.a.Out.Write(r.Body); err != nil {
				return err
			}
		}
	}
	return nil
}

// ask judges each grade, records what was said, and shows it.
func (j *judged) ask() error {
	said, err := j.a.advise(j.f, j.b, &j.s)
	if err != nil {
		return err
	}
	for i := range said {
		j.at++
		e := session.Event{V: session.Version, Seq: j.at, At: j.a.Now().UTC().Truncate(time.Millisecond), Kind: session.Advised, Advice: &said[i]}
		if err := j.w.Record(e); err != nil {
			return failed("", "the judgement is not recorded: %w", err)
		}
	}
	j.s.Feedback = said
	fmt.Fprintln(j.a.text())
	if err := report.Opinions(j.a.text(), j.a.reportSheets(j.b, &j.s), true); err != nil {
		return err
	}
	return notJudged(said)
}

// notJudged is an error where nothing at all is judged; the page said why.
func notJudged(said []grade.Feedback) error {
	for i := range said {
		if said[i].Judged() {
			return nil
		}
	}
	return &failure{code: exitFailed}
}
