package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

func TestPagerFillsEveryWindow(t *testing.T) {
	var text strings.Builder
	for i := range 50 {
		fmt.Fprintf(&text, "line %d \x1b[2J with some more words that may have to be wrapped\n", i)
	}
	p := &pager{title: "Report", text: text.String(), styles: look()}
	for _, key := range []string{"", "end", "up", "pgup", "home", "pgdown"} {
		p.scroll(key)
		for _, size := range [][2]int{{80, 24}, {40, 15}, {200, 60}, {20, 5}} {
			p.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			lines := strings.Split(ansi.Strip(p.View()), "\n")
			if len(lines) != size[1] {
				t.Fatalf("%v after %q: %d lines", size, key, len(lines))
			}
			for _, l := range lines {
				if ansi.StringWidth(l) > size[0] || strings.ContainsRune(l, '\x1b') {
					t.Fatalf("%v after %q: %q", size, key, l)
				}
			}
		}
	}
}
