package cli

import "github.com/spf13/cobra"

func (a *App) sittingCommands() []*cobra.Command { return nil }
