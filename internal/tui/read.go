package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// Read shows a text to scroll through, such as a report, until the person puts it away or ctx ends.
func Read(ctx context.Context, title, text string) error {
	p := &pager{title: line(title), text: text, styles: look()}
	_, err := tea.NewProgram(p, tea.WithAltScreen(), tea.WithContext(ctx)).Run()
	if errors.Is(err, tea.ErrProgramKilled) || errors.Is(err, tea.ErrInterrupted) {
		return nil // nothing was at stake
	}
	return err
}

type pager struct {
	title, text   string
	lines         []string // the text, wrapped
	top           int
	width, height int
	styles        styles
}

// Init does nothing: the window's size comes by itself.
func (p *pager) Init() tea.Cmd { return nil }

// Update scrolls.
func (p *pager) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.width, p.height = msg.Width, msg.Height
		p.lines = wrap(p.text, p.width)
	case tea.KeyMsg:
		switch msg.String() {
		case "q", "esc", "enter", "ctrl+c", "ctrl+s":
			return p, tea.Quit
		}
		p.scroll(msg.String())
	}
	p.top = max(0, min(p.top, len(p.lines)-p.rows()))
	return p, nil
}

func (p *pager) rows() int { return max(1, p.height-bottomRows) }

func (p *pager) scroll(key string) {
	switch key {
	case "up", "k":
		p.top--
	case "down", "j":
		p.top++
	case "pgup", "b":
		p.top -= p.rows() - 1
	case "pgdown", " ", "f":
		p.top += p.rows() - 1
	case "home", "g":
		p.top = 0
	case "end", "G":
		p.top = len(p.lines)
	}
}

// View is the text between a title and the keys.
func (p *pager) View() string {
	if p.height == 0 {
		return ""
	}
	end := min(len(p.lines), p.top+p.rows())
	where := fmt.Sprintf("%d–%d of %d", p.top+1, end, len(p.lines))
	lines := append([]string{spread(p.styles.strong.Render(p.title), p.styles.dim.Render(where), p.width)}, p.lines[p.top:end]...)
	for len(lines) < p.height-1 {
		lines = append(lines, "")
	}
	keys := legend{p.styles, p.width}
	lines = append(lines[:max(0, p.height-1)], keys.set([]hint{{"↑↓", "scroll", "↑↓", "scroll"}, {"space", "page", "space", "page"}, {"q", "go on", "q", "go on"}}, 1)[0])
	return strings.Join(lines, "\n")
}
