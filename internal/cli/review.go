package cli

import "github.com/spf13/cobra"

func (a *App) reviewCommands() []*cobra.Command { return nil }
