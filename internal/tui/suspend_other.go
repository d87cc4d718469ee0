//go:build !unix

package tui

// stop is not possible here: no shell can continue us.
func stop() error { return errNoShell }
