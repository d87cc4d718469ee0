package tui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// News is what a long work tells while it lasts.
type News struct {
	Waiting string // what for, as a noun; "" leaves what stands
	Line    string // one more line of its result; "" for none
}

// Wait shows below the prompt what work tells, what it waits for and for how long. esc and ctrl+c cancel its context. It
// returns when work has, and takes what it showed away again.
func Wait(ctx context.Context, title string, work func(ctx context.Context, tell func(News))) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	w := &waiting{title: line(title), since: time.Now(), cancel: cancel, styles: look(), width: 80, height: 24}
	p := tea.NewProgram(w)
	done := make(chan struct{})
	go func() {
		defer close(done)
		work(ctx, func(n News) { p.Send(n) })
		p.Send(doneMsg{})
	}()
	_, err := p.Run()
	cancel()
	<-done
	return err
}

type (
	doneMsg   struct{}
	secondMsg struct{}
)

// waiting is the model of Wait.
type waiting struct {
	title, what   string
	since         time.Time // when what began
	lines         []string
	width, height int
	cancelled     bool
	done          bool
	cancel        context.CancelFunc
	styles        styles
}

func second() tea.Cmd { return tea.Tick(time.Second, func(time.Time) tea.Msg { return secondMsg{} }) }

// Init starts the seconds.
func (w *waiting) Init() tea.Cmd { return second() }

// Update takes news and the keys that cancel.
func (w *waiting) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		w.width, w.height = msg.Width, msg.Height
	case News:
		if msg.Waiting != "" && msg.Waiting != w.what {
			w.what, w.since = msg.Waiting, time.Now()
		}
		if msg.Line != "" {
			w.lines = append(w.lines, line(msg.Line))
		}
	case secondMsg:
		return w, second()
	case doneMsg:
		w.done = true
		return w, tea.Quit
	case tea.KeyMsg:
		if key := msg.String(); key == "esc" || key == "ctrl+c" {
			w.cancelled = true
			w.cancel()
		}
	}
	return w, nil
}

// View is the title, the newest lines and what is waited for.
func (w *waiting) View() string {
	if w.done {
		return ""
	}
	shown := w.lines[max(0, len(w.lines)-max(1, w.height-4)):]
	out := []string{w.styles.strong.Render(ansi.Truncate(w.title, w.width, "…"))}
	for _, l := range shown {
		out = append(out, ansi.Truncate("  "+l, w.width, "…"))
	}
	waited := time.Since(w.since).Seconds()
	status := fmt.Sprintf("waiting for %s, %.0f s · esc cancels", w.what, waited)
	if ansi.StringWidth(status) > w.width {
		status = fmt.Sprintf("%.0f s · esc cancels · waiting for %s", waited, w.what)
	}
	if w.cancelled {
		status = "cancelling"
	}
	return strings.Join(append(out, w.styles.dim.Render(ansi.Truncate(status, w.width, "…"))), "\n") + "\n"
}
