package tui

import (
	"math/rand/v2"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/huh"
	"github.com/charmbracelet/x/ansi"
)

func focused(text string) *Answer {
	f := NewAnswer()
	f.WithWidth(40).WithHeight(5)
	f.SetText(text)
	f.Focus()
	return f
}

func typed(s string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s)} }
func pasted(s string) tea.KeyMsg {
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s), Paste: true}
}
func chord(r rune) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: true} }

func TestAnswerKeys(t *testing.T) {
	for _, test := range []struct {
		name string
		text string
		keys []tea.KeyMsg
		want string
	}{
		{"letters", "", []tea.KeyMsg{typed("a"), typed("bc")}, "abc"},
		{"enter is a new line", "a", []tea.KeyMsg{{Type: tea.KeyEnter}, typed("b")}, "a\nb"},
		{"a bare line feed is one too", "a", []tea.KeyMsg{{Type: tea.KeyCtrlJ}, typed("b")}, "a\nb"},
		{"alt and enter is one too", "a", []tea.KeyMsg{{Type: tea.KeyEnter, Alt: true}, typed("b")}, "a\nb"},
		{"tab is two spaces", "a", []tea.KeyMsg{{Type: tea.KeyTab}, typed("b")}, "a  b"},
		{"paste with CRLF, CR and tab", "", []tea.KeyMsg{pasted("a\r\nb\rc\td")}, "a\nb\nc\td"},
		{"a pasted tab is one character", "a", []tea.KeyMsg{pasted("\tb\tc"), {Type: tea.KeyLeft}, {Type: tea.KeyBackspace}}, "a\tbc"},
		{"paste with controls", "", []tea.KeyMsg{pasted("a\x1b[2J\x00b")}, "a␛[2J␀b"},
		{"bad bytes", "", []tea.KeyMsg{typed("\ufffd")}, "␦"},
		{"wide and joined", "", []tea.KeyMsg{pasted("你好 👩‍👩‍👧 שלום é")}, "你好 👩‍👩‍👧 שלום é"},
		{"ctrl+a, ctrl+k", "one two", []tea.KeyMsg{{Type: tea.KeyCtrlA}, {Type: tea.KeyCtrlK}}, ""},
		{"ctrl+e, ctrl+w", "one two", []tea.KeyMsg{{Type: tea.KeyCtrlE}, {Type: tea.KeyCtrlW}}, "one "},
		{"ctrl+u", "one two", []tea.KeyMsg{{Type: tea.KeyCtrlU}}, ""},
		{"ctrl+p, ctrl+n", "one\ntwo", []tea.KeyMsg{{Type: tea.KeyCtrlP}, typed("x"), {Type: tea.KeyCtrlN}, typed("y")}, "onex\ntwoy"},
		{"ctrl+h is backspace", "ab", []tea.KeyMsg{{Type: tea.KeyCtrlH}}, "a"},
		{"alt+b, alt+d", "one two", []tea.KeyMsg{chord('b'), chord('d')}, "one "},
		{"alt+f", "one two", []tea.KeyMsg{{Type: tea.KeyCtrlA}, chord('f'), typed("!")}, "one! two"},
		{"alt and a letter without meaning", "a", []tea.KeyMsg{chord('y')}, "a"},
		{"ctrl+v pastes nothing", "a", []tea.KeyMsg{{Type: tea.KeyCtrlV}}, "a"},
	} {
		f := focused(test.text)
		for _, k := range test.keys {
			f.Update(k)
		}
		if f.Text() != test.want {
			t.Errorf("%s: %q, want %q", test.name, f.Text(), test.want)
		}
	}
}

func TestAnswerIgnoresWhatIsNoKey(t *testing.T) {
	f := focused("text")
	f.View()
	f.Update(tea.WindowSizeMsg{Width: 3, Height: 3})
	f.Update("a message of somebody else")
	if f.stale || f.Text() != "text" {
		t.Error("a message that is no key changed the box")
	}
}

func TestAnswerReturnsItself(t *testing.T) {
	f := NewAnswer()
	keys := huh.NewDefaultKeyMap()
	for name, got := range map[string]huh.Field{"WithTheme": f.WithTheme(huh.ThemeBase()), "WithAccessible": f.WithAccessible(true),
		"WithKeyMap": f.WithKeyMap(keys), "WithWidth": f.WithWidth(9), "WithHeight": f.WithHeight(9),
		"WithPosition": f.WithPosition(huh.FieldPosition{})} {
		if got != huh.Field(f) {
			t.Errorf("%s returned another field", name)
		}
	}
	if got, _ := f.Update(typed("a")); got != tea.Model(f) {
		t.Error("Update returned another field")
	}
}

func TestAnswerHoldsTenThousandLines(t *testing.T) {
	lines := func(n int) string { return strings.Repeat("x\n", n-1) + "end" }
	f := focused("")
	f.Update(pasted(lines(maxLines)))
	if f.Text() != lines(maxLines) {
		t.Fatalf("%d lines were pasted, %d are there", maxLines, countLines(f.Text()))
	}
	for _, k := range []tea.KeyMsg{{Type: tea.KeyEnter}, pasted("a\nb")} {
		f.Update(k)
		if f.Error() == nil || f.Text() != lines(maxLines) {
			t.Errorf("%v on a full box: error %v, %d lines", k.Type, f.Error(), countLines(f.Text()))
		}
	}
	if f.Update(typed("!")); f.Text() != lines(maxLines)+"!" || f.Error() != nil {
		t.Errorf("a letter on a full box: error %v", f.Error())
	}
}

func TestAnswerHoldsATextThatIsTooLong(t *testing.T) {
	long := strings.Repeat("x\n", maxLines+5)
	f := focused(long)
	f.Update(typed("a"))
	f.Update(tea.KeyMsg{Type: tea.KeyBackspace})
	if f.Text() != long || f.Error() == nil {
		t.Errorf("a text of %d lines became one of %d, error %v", countLines(long), countLines(f.Text()), f.Error())
	}
	if f.SetText("short"); f.Text() != "short" || f.Error() != nil {
		t.Errorf("a short text after it: %q, error %v", f.Text(), f.Error())
	}
}

func TestAnswerShowsTheCursorAfterAJump(t *testing.T) {
	text := strings.Repeat("line\n", 200) + "the end"
	f := focused("")
	f.View()
	if f.Update(pasted(text)); !strings.Contains(ansi.Strip(f.View()), "the end") {
		t.Errorf("after a paste the window shows\n%s", ansi.Strip(f.View()))
	}
	if f = focused(text); !strings.Contains(ansi.Strip(f.View()), "the end") {
		t.Errorf("after a resume the window shows\n%s", ansi.Strip(f.View()))
	}
	if f.WithHeight(3); !strings.Contains(ansi.Strip(f.View()), "the end") {
		t.Errorf("after the window shrank it shows\n%s", ansi.Strip(f.View()))
	}
}

// Any keys in any order: no panic, the View has the height asked for, and Text is what the area holds.
func TestAnswerAnyKeys(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	special := []tea.KeyType{tea.KeyEnter, tea.KeyTab, tea.KeyUp, tea.KeyDown, tea.KeyLeft, tea.KeyRight, tea.KeyHome, tea.KeyEnd, tea.KeyBackspace,
		tea.KeyDelete, tea.KeyCtrlA, tea.KeyCtrlE, tea.KeyCtrlK, tea.KeyCtrlU, tea.KeyCtrlW, tea.KeyCtrlT, tea.KeyCtrlD, tea.KeyCtrlHome, tea.KeyCtrlEnd}
	chords := []rune("bfdclu<>xyz")
	texts := []string{"a", " ", "你", "👩‍👩‍👧", "é", "word another", "\n\n", "שלום", "\tx\t", "longwordlongwordlongwordlongwordlongwordlongword"}
	f := focused("")
	for i := range 6_000 {
		switch random.IntN(4) {
		case 0:
			f.Update(tea.KeyMsg{Type: special[random.IntN(len(special))], Alt: random.IntN(8) == 0})
		case 1:
			f.Update(chord(chords[random.IntN(len(chords))]))
		default:
			f.Update(pasted(texts[random.IntN(len(texts))]))
		}
		if i%500 == 0 {
			f.WithWidth(1 + random.IntN(60)).WithHeight(1 + random.IntN(12))
		}
		if len(f.Text()) > 500 {
			f.SetText("")
		}
		if strings.Contains(f.Text()+f.View(), tabRune) || strings.Contains(f.View(), "\t") {
			t.Fatalf("step %d: a tab is not what it was: %q", i, f.Text())
		}
		if got := strings.Count(f.View(), "\n") + 1; got != f.area.Height() {
			t.Fatalf("step %d: %d lines, want %d", i, got, f.area.Height())
		}
	}
}
