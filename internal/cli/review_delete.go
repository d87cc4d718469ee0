package cli

import (
	"bufio"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"interview/internal/journal"
)

func (a *App) deleteCommand() *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use:   "delete SESSION",
		Short: "Move a session to the system's trash folder",
		Long:  "Asks first. The file is not destroyed: your desktop's trash gives it back.",
		Example: `  interview review delete 20261124T101500Z
  interview review delete last --yes`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeOneSession,
		RunE:              func(_ *cobra.Command, args []string) error { return a.deleteSession(args[0], yes) },
	}
	c.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask")
	return c
}

func (a *App) deleteSession(ref string, yes bool) error {
	_, path, err := a.journalNamed(ref)
	if err != nil {
		return err
	}
	w, _, err := journal.Open(path)
	var busy *journal.Busy
	if errors.As(err, &busy) {
		return err
	}
	if w != nil {
		defer w.Close()
	}
	if !yes && !a.agrees(fmt.Sprintf("Move session %s to the trash?", sessionID(path))) {
		return failed("", "session %s stays", sessionID(path))
	}
	to, err := a.trash(path)
	if err != nil {
		return failed("the session stays where it is: "+path, "cannot move it to the trash: %w", err)
	}
	a.note("session %s is in the trash: %s", sessionID(path), to)
	return nil
}

// agrees asks a question, on stderr, to which only y or yes is a yes.
func (a *App) agrees(question string) bool {
	fmt.Fprintf(a.Err, "%s (y/N) ", a.clean(question))
	reply, _ := bufio.NewReader(a.In).ReadString('\n') // no reply is a no
	if !isTerminal(a.inFile) {
		fmt.Fprintln(a.Err) // nobody ended the line
	}
	reply = strings.ToLower(strings.TrimSpace(reply))
	return reply == "y" || reply == "yes"
}
