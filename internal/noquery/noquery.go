// Package noquery keeps bubbletea's init from asking the terminal for its background colour, which costs a round
// trip in every command and five seconds on a terminal that never answers.
//
// It imports nothing but os. Since Go 1.21 packages that are ready are initialised in the order of their import paths,
// so this runs right after os and before os/signal, which bubbletea needs. It holds while the module path sorts before "os/signal".
package noquery

import "os"

var term, had = os.LookupEnv("TERM")

func init() { os.Setenv("TERM", "dumb") }

// Restore gives TERM back: the first line of main, before any form is made or editor started.
func Restore() {
	if had {
		os.Setenv("TERM", term)
	} else {
		os.Unsetenv("TERM")
	}
}
