// Package cli is the command line: flags, wiring, line-mode asking, JSON output, hints and exit codes.
package cli

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
)

// Exit codes.
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
	Out, Err io.Writer
	Env      func(string) string
	Now      func() time.Time
	Args     []string

	bankDir, sessionsDir string
	plain                bool
}

// Main runs the process.
func Main() int {
	a := &App{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Env: os.Getenv, Now: time.Now, Args: os.Args[1:]}
	return a.Run()
}

// failure is an error with its exit code and a hint of what to do next.
type failure struct {
	code int
	err  error
	hint string
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// usage makes a usage error (exit 2) with an optional hint.
func usage(hint, format string, args ...any) error {
	return &failure{exitUsage, fmt.Errorf(format, args...), hint}
}

// Run parses Args, runs the command and returns the exit code.
func (a *App) Run() int { return exitDone }

// command lists: each file adds its commands here by being named in root().
func (a *App) root() *cobra.Command {
	root := &cobra.Command{Use: "interview", SilenceUsage: true, SilenceErrors: true}
	root.AddCommand(a.sittingCommands()...) // mock, drill (sitting.go …)
	root.AddCommand(a.bankCommands()...)    // list, show, explain, check (content.go …)
	root.AddCommand(a.gradeCommands()...)   // grade (gradecmd.go …)
	root.AddCommand(a.reviewCommands()...)  // review list, review show (review.go …)
	return root
}
