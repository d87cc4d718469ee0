// Package cli is the command line: flags, wiring, line-mode asking, JSON output, hints and exit codes.
package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"interview/internal/bank"
)

// Exit codes. They are decided in one place, exitCode.
const (
	exitDone       = 0
	exitFailed     = 1
	exitUsage      = 2
	exitUnfinished = 3 // left, but saved; the resume line is printed
	exitBelow      = 4 // below --fail-under
)

// App is everything a command touches of the world: the whole seam for tests.
type App struct {
	In       io.Reader
	Out, Err io.Writer // Out holds what was asked for, Err hints and errors
	Env      func(string) string
	Now      func() time.Time
	Args     []string

	bankDir, sessionsDir string
	examples             bool   // the sessions are those that come with the program
	examplesDir          string // where they lie until the end of the run, "" before they are asked for
	plain                bool
	trier                trier    // runs trials, in a child process
	announced            []string // notes that are made once
	typed                []byte   // keys ahead of what asks for them
	acting               bool     // a command has begun: a plain error after this is no usage error
	inFile, outFile      *os.File // In and Out where they are files, else nil
}

// The heap may grow to five times what is in use before it is collected, and at first to 32 MB (an eighth of it is what the
// runtime would begin with): most commands are done before that, and collecting took a third of their time.
const (
	gcPercent    = 400
	firstPercent = 800
)

// collectLate sets both: what nobody holds is cleaned up after the first collection. A command may have set its own by then.
func collectLate() {
	debug.SetGCPercent(firstPercent)
	runtime.AddCleanup(new(*App), func(percent int) {
		if had := debug.SetGCPercent(percent); had != firstPercent {
			debug.SetGCPercent(had)
		}
	}, gcPercent)
}

// Main runs the process and returns its exit code.
func Main() int {
	collectLate()
	a := &App{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.Getenv, Now: time.Now, Args: os.Args[1:]}
	return a.Run()
}

// failure is an error with its exit code and a hint of what to do next. An err of nil says nothing: the words are out already.
type failure struct {
	code int
	err  error
	hint string
}

func (f *failure) Error() string {
	if f.err == nil {
		return ""
	}
	return f.err.Error()
}
func (f *failure) Unwrap() error { return f.err }

// usage makes a usage error (exit 2) with an optional hint.
func usage(hint, format string, args ...any) error {
	return &failure{exitUsage, fmt.Errorf(format, args...), hint}
}

// failed makes an error of exit 1 with a hint.
func failed(hint, format string, args ...any) error {
	return &failure{exitFailed, fmt.Errorf(format, args...), hint}
}

// Run parses Args, runs the command and returns the exit code.
func (a *App) Run() int {
	a.inFile, _ = a.In.(*os.File)
	a.outFile, _ = a.Out.(*os.File)
	out := &watched{w: a.Out}
	a.Out = out
	root := a.root(a.Args)
	root.SetArgs(a.Args)
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	err := root.Execute()
	a.trier.stop()
	a.dropExamples()
	if err == nil && out.err != nil {
		err = fmt.Errorf("cannot write to standard output: %w", out.err)
	}
	a.complain(err)
	return a.exitCode(err)
}

// exitCode is the one place where an error becomes a number.
func (a *App) exitCode(err error) int {
	var f *failure
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &f):
		return f.code
	case !a.acting, errors.As(err, new(*bank.NotFound)): // cobra refused flags or arguments; an id that is not there
		return exitUsage
	}
	return exitFailed
}

// complain prints an error and its hint.
func (a *App) complain(err error) {
	if err == nil {
		return
	}
	if msg := err.Error(); msg != "" {
		fmt.Fprintf(a.Err, "interview: %s\n", a.clean(msg))
	}
	var f *failure
	if errors.As(err, &f) && f.hint != "" {
		a.hint("%s", f.hint)
	} else if !a.acting {
		a.hint("interview --help shows the commands, interview COMMAND --help their flags")
	}
}

// hint says on stderr what to do next.
func (a *App) hint(format string, args ...any) {
	fmt.Fprintf(a.Err, "hint: %s\n", a.clean(fmt.Sprintf(format, args...)))
}

// note says on stderr something worth knowing that changes nothing.
func (a *App) note(format string, args ...any) {
	fmt.Fprintf(a.Err, "note: %s\n", a.clean(fmt.Sprintf(format, args...)))
}

// once makes a note that is not repeated.
func (a *App) once(text string) {
	if !slices.Contains(a.announced, text) {
		a.announced = append(a.announced, text)
		a.note("%s", text)
	}
}

// group is commands that are made together.
type group struct {
	names string
	make  func() []*cobra.Command
}

// groups are those that hold a command, or all where none does: making every flag of every command takes a tenth of a
// millisecond.
func (a *App) groups(command string) []group {
	all := []group{
		{"mock drill draw", a.sittingCommands},      // sitting*.go
		{"list show explain check", a.bankCommands}, // content.go
		{"try " + childVerb, a.tryCommands},         // trycmd.go
		{"grade draft new", a.gradeCommands},        // gradecmd.go
		{"next status", a.nextCommands},             // next.go
		{"review", a.reviewCommands},                // review.go
		{"export", one(a.exportCardsCommand)},       // export.go
		{"judge", one(a.judgeCommand)},              // judgecmd.go
	}
	for _, g := range all {
		if slices.Contains(strings.Fields(g.names), command) {
			return []group{g}
		}
	}
	return all
}

func one(make func() *cobra.Command) func() []*cobra.Command {
	return func() []*cobra.Command { return []*cobra.Command{make()} }
}

// root has the commands that a command line may mean.
func (a *App) root(args []string) *cobra.Command {
	only := ""
	if len(args) > 0 {
		only = args[0]
	}
	root := &cobra.Command{
		Use:   "interview",
		Short: "Practise whiteboard interviews, offline, with a grade that quotes your own words",
		Example: `  interview next                          one thing to do now, and why
  interview mock url-shortener            a whole timed interview
  interview drill core-concepts           a deck, card by card
  interview grade url-shortener notes.md  judge what you wrote elsewhere
  interview review list                   what you have done`,
		Version:       version(),
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE: func(c *cobra.Command, _ []string) error {
			if a.interactive() {
				return a.menu()
			}
			return c.Help()
		},
	}
	root.SetVersionTemplate("interview {{.Version}}\n")
	f := root.PersistentFlags()
	f.StringVar(&a.bankDir, "bank", "", "`folder` with prompts/ and rubrics/ laid over the built-in ones")
	f.StringVar(&a.sessionsDir, "sessions", "", "`folder` of the journals (or $INTERVIEW_SESSIONS)")
	f.BoolVar(&a.plain, "plain", false, "ask line by line, as in a pipe")
	_ = root.MarkPersistentFlagDirname("bank") // fails only for an unknown flag
	_ = root.MarkPersistentFlagDirname("sessions")
	for _, g := range a.groups(only) {
		root.AddCommand(g.make()...)
	}
	a.markActing(root)
	return root
}

// markActing lets Run tell what cobra refused from what a command met: it sets acting when a command begins.
func (a *App) markActing(c *cobra.Command) {
	if run := c.RunE; run != nil {
		c.RunE = func(c *cobra.Command, args []string) error {
			a.acting = true
			return run(c, args)
		}
	}
	for _, sub := range c.Commands() {
		a.markActing(sub)
	}
}

// version is what the Go toolchain stamped into the binary.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}
