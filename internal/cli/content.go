package cli

import "github.com/spf13/cobra"

func (a *App) bankCommands() []*cobra.Command { return nil }
