package tui

import (
	"context"
	"errors"
	"fmt"
	"os"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/huh"
	"github.com/charmbracelet/lipgloss"
)

// Choice is one line of a menu.
type Choice struct{ Label, Value string }

// narrow is the width of a terminal that breaks the lines of a menu.
const narrow = 80

// menuRows is the most that a menu shows at once; the rest scrolls.
const menuRows = 15

// Choose shows a huh select on stdin and stderr; ErrLeft on ctrl+c, esc, a signal or the end of ctx.
func Choose(ctx context.Context, title string, choices []Choice) (string, error) {
	if len(choices) == 0 {
		return "", fmt.Errorf("%s: there is nothing to choose from", title)
	}
	options := make([]huh.Option[string], len(choices))
	for i, c := range choices {
		options[i] = huh.NewOption(line(c.Label), c.Value)
	}
	rows := len(choices) + 1
	for _, c := range choices {
		rows += lipgloss.Width(line(c.Label)) / (narrow - 4) // it may be broken
	}
	value := choices[0].Value
	ask := huh.NewSelect[string]().Title(line(title)).Options(options...).Value(&value).Height(min(rows, menuRows))
	if err := runField(ctx, ask); err != nil {
		return "", err
	}
	return value, nil
}

// Line asks for one line, such as a predicted score, until check accepts it; ErrLeft as in Choose.
func Line(ctx context.Context, title string, check func(string) error) (string, error) {
	value := ""
	ask := huh.NewInput().Title(line(title)).Value(&value).Validate(check)
	if err := runField(ctx, ask); err != nil {
		return "", err
	}
	return value, nil
}

// runField shows one of huh's own fields. Only a completed form counts: a signal also ends it without an error. huh would end
// an aborted form by an interrupt, after which a reader stays behind and takes the first key of the next program.
func runField(ctx context.Context, field huh.Field) error {
	keys := huh.NewDefaultKeyMap()
	keys.Quit.SetKeys("ctrl+c", "esc")
	form := huh.NewForm(huh.NewGroup(field)).WithTheme(look().theme()).WithKeyMap(keys)
	form.SubmitCmd, form.CancelCmd = tea.Quit, tea.Quit
	_, err := tea.NewProgram(form, tea.WithOutput(os.Stderr), tea.WithContext(ctx)).Run()
	switch {
	case form.State == huh.StateCompleted:
		return nil
	case err == nil, errors.Is(err, tea.ErrInterrupted), errors.Is(err, tea.ErrProgramKilled):
		return ErrLeft
	}
	return err
}
