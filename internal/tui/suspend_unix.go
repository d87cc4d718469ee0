//go:build unix

package tui

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// stopWait is how long a stop may take to happen.
const stopWait = 200 * time.Millisecond

// stop hands the terminal back to the shell until the shell continues us. Where no shell waits (a terminal that runs
// nothing but us) the kernel drops the signal, and stop tells that by an error instead of waiting for ever.
func stop() error {
	continued := make(chan os.Signal, 1)
	signal.Notify(continued, syscall.SIGCONT)
	defer signal.Stop(continued)
	if err := syscall.Kill(0, syscall.SIGTSTP); err != nil {
		return err
	}
	select {
	case <-continued:
		return nil
	case <-time.After(stopWait):
		return errNoShell
	}
}
