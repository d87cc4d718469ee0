package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"interview/internal/bank"
	"interview/internal/journal"
)

// What the shell offers. A bank that cannot be read offers nothing: the command itself will say why.

const noFiles = cobra.ShellCompDirectiveNoFileComp

func (a *App) heads() []bank.Head {
	b, err := a.openBank()
	if err != nil {
		return nil
	}
	heads, _ := b.Heads()
	return heads
}

// completePrompts offers the ids of prompts and cards for the first argument.
func (a *App) completePrompts(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, noFiles
	}
	var ids []string
	for _, h := range a.heads() {
		if strings.HasPrefix(h.ID, begun) {
			ids = append(ids, cobra.CompletionWithDesc(h.ID, h.Title))
		}
	}
	return ids, noFiles
}

// completePractice offers prompts and decks.
func (a *App) completePractice(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, noFiles
	}
	var ids []string
	for _, h := range a.heads() {
		id := h.ID
		if h.Deck != "" {
			id = h.Deck
		}
		if strings.HasPrefix(id, begun) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if strings.HasPrefix(walkArg, begun) {
		ids = append(ids, cobra.CompletionWithDesc(walkArg, "the places of all cards, there and back"))
	}
	return ids, noFiles
}

// completePhases offers the phases of the prompt named before, else of all.
func (a *App) completePhases(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	var ids []string
	for _, h := range a.heads() {
		if len(args) == 0 || h.ID == args[0] || h.Deck == args[0] {
			for _, p := range h.Phases {
				if strings.HasPrefix(p, begun) && !slices.Contains(ids, p) {
					ids = append(ids, p)
				}
			}
		}
	}
	return ids, noFiles
}

// completeCards offers the cards of the deck named before.
func (a *App) completeCards(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, h := range a.heads() {
		if name, ok := strings.CutPrefix(h.ID, h.Deck+"-"); ok && len(args) > 0 && h.Deck == args[0] && strings.HasPrefix(name, begun) {
			names = append(names, name)
		}
	}
	return names, noFiles
}

func (a *App) completeTracks(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	var tracks []string
	for _, h := range a.heads() {
		if strings.HasPrefix(h.Track, begun) && !slices.Contains(tracks, h.Track) {
			tracks = append(tracks, h.Track)
		}
	}
	return tracks, noFiles
}

// completeSessions offers "last" and the ids of the journals.
func (a *App) completeSessions(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	dir, err := a.sessionsPath()
	if err != nil {
		return nil, noFiles
	}
	ids, _ := journal.List(dir)
	return slices.DeleteFunc(append([]string{"last"}, ids...), func(id string) bool { return !strings.HasPrefix(id, begun) }), noFiles
}
