package cli

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"interview/internal/report"
)

func (a *App) openCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "open SESSION",
		Short: "Show the page of a session in the browser",
		Long: "The page is a file among the temporary ones, readable by you alone; its path is printed. The browser is $BROWSER, else\n" +
			"that of the desktop.",
		Example: `  interview review open last
  BROWSER=firefox interview review open 20261124T101500Z`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeOneSession,
		RunE:              func(_ *cobra.Command, args []string) error { return a.openPage(args[0]) },
	}
}

// openPage writes the page of a session and shows it. Where no browser is to be had it says so: the page is there all the
// same.
func (a *App) openPage(ref string) error {
	s, broken, err := a.sessionNamed(ref)
	if err != nil {
		return err
	}
	r, err := a.record(&s)
	if err != nil {
		return err
	}
	r.Before = a.tryBefore(&s)
	path, err := tempPage(r)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.Out, path)
	if err := a.browse(path); err != nil {
		a.note("no browser shows it (%v): open the file yourself", err)
	}
	return broken
}

// tempPage writes a page into a folder of its own, so that its name can be that of the session.
func tempPage(r *report.Record) (string, error) {
	dir, err := os.MkdirTemp("", "interview-")
	if err != nil {
		return "", fmt.Errorf("no temporary folder: %w", err)
	}
	path := filepath.Join(dir, r.Session.ID+".html")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	if err := errors.Join(report.HTML(f, r), f.Close()); err != nil {
		return "", fmt.Errorf("page %s: %w", path, err)
	}
	return path, nil
}

// startsWithin is how long a browser may take to say that it cannot start. One that runs on is showing the page.
const startsWithin = 4 * time.Second

// browse tries one browser after the other; the error is that of the last one.
func (a *App) browse(path string) error {
	err := errors.New("there is no screen; $BROWSER may name one")
	for _, command := range a.browsers() {
		if err = launch(command, path); err == nil {
			return nil
		}
	}
	return err
}

// browsers are $BROWSER, several of which a colon parts, or else what opens a file on this system. Without a screen the
// latter would be a text browser in this very terminal, so there is none.
func (a *App) browsers() []string {
	var named []string
	for command := range strings.SplitSeq(a.Env("BROWSER"), string(os.PathListSeparator)) {
		if command = strings.TrimSpace(command); command != "" {
			named = append(named, command)
		}
	}
	switch {
	case len(named) > 0:
		return named
	case runtime.GOOS == "darwin":
		return []string{"open"}
	case runtime.GOOS == "windows":
		return []string{"rundll32 url.dll,FileProtocolHandler"}
	case a.Env("DISPLAY") == "" && a.Env("WAYLAND_DISPLAY") == "":
		return nil
	}
	return []string{"xdg-open"} // of every desktop
}

// launch runs a command of words with the path in the place of %s, or at its end.
func launch(command, path string) error {
	words := strings.Fields(command)
	placed := false
	for i := range words {
		if strings.Contains(words[i], "%s") {
			words[i], placed = strings.ReplaceAll(words[i], "%s", path), true
		}
	}
	if !placed {
		words = append(words, path)
	}
	cmd := exec.Command(words[0], words[1:]...)
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			return fmt.Errorf("%s: %w", words[0], err)
		}
	case <-time.After(startsWithin):
	}
	return nil
}
