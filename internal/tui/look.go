package tui

import (
	"os"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// styles are the room's few colours. A colour never says something that no word says too.
type styles struct {
	plain, strong, dim, rule, accent, good, warn, late lipgloss.Style
}

// look makes the styles for a theme: auto, dark or light. It asks the terminal nothing: a terminal that does not answer
// would cost seconds, so auto goes by COLORFGBG and else takes the background for dark.
func look(theme string) styles {
	lipgloss.SetHasDarkBackground(theme == "dark" || theme != "light" && !lightTerminal(os.Getenv("COLORFGBG")))
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

// lightTerminal reads COLORFGBG, "foreground;background" in the 16 colours: 7 and 15 are light.
func lightTerminal(colours string) bool {
	background := colours[strings.LastIndex(colours, ";")+1:]
	return background == "7" || background == "15"
}
