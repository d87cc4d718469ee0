package tui

import (
	"os"
	"strings"

	"github.com/charmbracelet/huh"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// styles are the room's few colours. A colour never says something that no word says too.
type styles struct {
	plain, strong, dim, rule, accent, good, warn, late lipgloss.Style
}

// SetTheme chooses the colours of all that this package draws: auto, dark or light. It asks the terminal nothing: a terminal
// that does not answer would cost seconds, so auto goes by COLORFGBG and else takes the background for dark.
func SetTheme(theme string) {
	lipgloss.SetHasDarkBackground(theme == "dark" || theme != "light" && !lightTerminal(os.Getenv("COLORFGBG")))
}

// look makes the styles; without colours where NO_COLOR is set.
func look() styles {
	plain := lipgloss.NewStyle()
	s := styles{plain: plain, strong: plain.Bold(true), dim: plain.Faint(true), rule: plain.Faint(true), accent: plain.Bold(true),
		good: plain, warn: plain.Bold(true), late: plain.Bold(true).Reverse(true)}
	if os.Getenv("NO_COLOR") != "" {
		// Without a profile the cursor would vanish too: it is drawn in reverse.
		lipgloss.SetColorProfile(termenv.ANSI)
		return s
	}
	colour := func(dark, light string) lipgloss.Style {
		return plain.Foreground(lipgloss.AdaptiveColor{Dark: dark, Light: light})
	}
	s.dim, s.rule, s.accent = colour("246", "243"), colour("240", "250"), colour("80", "30").Bold(true)
	s.good, s.warn, s.late = colour("114", "28"), colour("221", "130").Bold(true), colour("210", "160").Bold(true)
	return s
}

// theme dresses huh's own fields in the same colours.
func (s styles) theme() *huh.Theme {
	t := huh.ThemeBase()
	t.Focused.Base = s.plain
	t.Focused.Title, t.Focused.Description, t.Focused.ErrorMessage = s.strong, s.dim, s.warn
	t.Focused.SelectSelector, t.Focused.SelectedOption = s.accent.SetString("▸ "), s.accent
	t.Focused.UnselectedOption, t.Focused.Option = s.plain, s.plain
	t.Focused.TextInput.Prompt, t.Focused.TextInput.Placeholder = s.accent, s.dim
	t.Help.ShortKey, t.Help.ShortDesc, t.Help.ShortSeparator = s.accent, s.dim, s.rule
	t.Blurred = t.Focused
	return t
}

// lightTerminal reads COLORFGBG, "foreground;background" in the 16 colours: 7 and 15 are light.
func lightTerminal(colours string) bool {
	background := colours[strings.LastIndex(colours, ";")+1:]
	return background == "7" || background == "15"
}
