package cli

import (
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	stored "interview/sessions"
)

// unpackExamples puts the sessions that come with the program into a temporary folder, for journals are files.
func (a *App) unpackExamples() (string, error) {
	if a.examplesDir != "" {
		return a.examplesDir, nil
	}
	dir, err := os.MkdirTemp("", "interview-examples-")
	if err != nil {
		return "", fmt.Errorf("no temporary folder for the examples: %w", err)
	}
	a.examplesDir = dir
	files, err := fs.Sub(stored.FS, "examples")
	if err != nil {
		return "", err
	}
	return dir, os.CopyFS(dir, files)
}

// dropExamples removes that folder at the end of a run.
func (a *App) dropExamples() {
	if a.examplesDir != "" {
		_ = os.RemoveAll(a.examplesDir) // the system empties its temporary folder anyway
	}
}

// keepsExamples lets commands that change sessions refuse the examples, of which a change would be lost.
func (a *App) keepsExamples(commands ...*cobra.Command) []*cobra.Command {
	for _, c := range commands {
		run := c.RunE
		c.RunE = func(c *cobra.Command, args []string) error {
			if a.examples {
				return usage("leave --examples out", "review %s changes a session, and the examples stay as they are", c.Name())
			}
			return run(c, args)
		}
	}
	return commands
}
