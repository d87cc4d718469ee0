package tui

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textarea"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/huh"
)

// maxLines is the limit of bubbles/textarea: what goes beyond it is cut there without a word, so it must never get so far.
const maxLines = 10_000

var (
	errTooLong = fmt.Errorf("more than %d lines do not fit into the box: nothing was taken over", maxLines)
	errHeld    = fmt.Errorf("more than %d lines: change this text in the editor (esc e)", maxLines)
)

// Answer is the long text of one box as a field of a huh form. huh.Text cannot do it: 99 lines, Enter that goes on, a
// box that only shrinks. The Answer takes keys only; every other message reaches a field twice and is ignored.
type Answer struct {
	area    textarea.Model
	text    string // the area's value; the area copies itself on every call
	held    bool   // the text is too long for the area: kept whole, and only the editor changes it
	shown   string // the last View
	stale   bool
	jumped  bool  // the cursor may have left the area's window
	refused error // why the last key changed nothing
}

var _ huh.Field = (*Answer)(nil)

// NewAnswer is an empty box with the cursor in it.
func NewAnswer() *Answer {
	area := textarea.New()
	area.MaxHeight, area.CharLimit, area.MaxWidth = 0, 0, 0
	area.ShowLineNumbers, area.Prompt = false, ""
	area.KeyMap.Paste.SetEnabled(false) // the terminal pastes by itself; the clipboard's answer would come twice
	area.KeyMap.InsertNewline.SetKeys("enter", "ctrl+m", "ctrl+j", "alt+enter")
	area.FocusedStyle, area.BlurredStyle = textarea.Style{}, textarea.Style{}
	area.Cursor.SetMode(cursor.CursorStatic)
	return &Answer{area: area, stale: true}
}

// Text is what stands in the box, exactly.
func (f *Answer) Text() string { return f.text }

// SetText replaces the text and puts the cursor at its end. A text with too many lines is held: whole, but not to be typed in.
func (f *Answer) SetText(s string) {
	f.text, f.refused, f.held = clean(s), nil, false
	shown := f.text
	if countLines(f.text) > maxLines {
		f.held, f.refused = true, errHeld
		shown = strings.Join(strings.SplitN(f.text, "\n", 101)[:100], "\n")
	}
	f.area.SetValue(boxed(shown))
	f.stale, f.jumped = true, true
}

// Update takes keys and pastes.
func (f *Answer) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	if !ok {
		return f, nil
	}
	if f.refused = nil; f.held {
		f.refused = errHeld
		return f, nil
	}
	switch {
	case press.Type == tea.KeyTab:
		f.area.InsertString(tabStop)
	case press.Type == tea.KeyRunes && !press.Alt:
		f.insert(string(press.Runes))
	case key.Matches(press, f.area.KeyMap.InsertNewline) && f.area.LineCount() >= maxLines:
		f.refused = errTooLong
	case press.Type == tea.KeyRunes && press.Alt && !f.edits(press):
		// alt+x that edits nothing would be typed as x
	case key.Matches(press, f.area.KeyMap.WordBackward) && f.noWordBefore():
		f.area, _ = f.area.Update(tea.KeyMsg{Type: tea.KeyCtrlHome}) // the area would look for a word for ever
	default:
		f.area, _ = f.area.Update(press)
	}
	f.text, f.stale = unboxed(f.area.Value(), "\t"), true
	return f, nil
}

// noWordBefore tells whether there are only spaces before the cursor.
func (f *Answer) noWordBefore() bool {
	lines := strings.SplitN(f.text, "\n", f.area.Line()+2)
	at := f.area.LineInfo()
	here := []rune(lines[f.area.Line()])
	before := string(here[:min(len(here), at.StartColumn+at.ColumnOffset)])
	return strings.TrimSpace(strings.Join(lines[:f.area.Line()], "")+before) == ""
}

func (f *Answer) insert(s string) {
	s = clean(s)
	if f.area.LineCount()+strings.Count(s, "\n") > maxLines {
		f.refused = errTooLong
		return
	}
	f.area.InsertString(boxed(s))
	f.jumped = f.jumped || len(s) > utf8.UTFMax
}

// edits tells whether the text box itself knows this chord.
func (f *Answer) edits(press tea.KeyMsg) bool {
	k := f.area.KeyMap
	return key.Matches(press, k.WordForward, k.WordBackward, k.DeleteWordForward, k.DeleteWordBackward, k.UppercaseWordForward,
		k.LowercaseWordForward, k.CapitalizeWordForward, k.InputBegin, k.InputEnd)
}

// View is kept until the next key: huh asks for it several times a message.
func (f *Answer) View() string {
	if !f.stale {
		return f.shown
	}
	if f.jumped {
		f.area.View() // the area scrolls within the lines of its last View only
	}
	f.area, _ = f.area.Update(nil) // brings the cursor into the window
	f.shown, f.stale, f.jumped = unboxed(f.area.View(), tabStop), false, false
	return f.shown
}

// Init, Focus, Blur and the rest are what huh wants of a field; those that return a field must return this one.
func (f *Answer) Init() tea.Cmd { return nil }

// Focus shows the cursor.
func (f *Answer) Focus() tea.Cmd { f.stale, f.jumped = true, true; return f.area.Focus() }

// Blur hides the cursor.
func (f *Answer) Blur() tea.Cmd { f.stale = true; f.area.Blur(); return nil }

// Error tells why the last key or paste was not taken.
func (f *Answer) Error() error { return f.refused }

// Run is not for a long answer: only the room drives it.
func (f *Answer) Run() error { return errors.New("an answer is asked in the room only") }

// RunAccessible is not for a long answer: line mode asks it.
func (f *Answer) RunAccessible(io.Writer, io.Reader) error {
	return errors.New("line mode asks without a form")
}

// Skip is false: the box is always asked.
func (f *Answer) Skip() bool { return false }

// Zoom is true, so that the group gives the whole height again after the window grew.
func (f *Answer) Zoom() bool { return true }

// KeyBinds is empty: the room shows the keys.
func (f *Answer) KeyBinds() []key.Binding { return nil }

// GetKey is empty: the room reads Text.
func (f *Answer) GetKey() string { return "" }

// GetValue is the text.
func (f *Answer) GetValue() any { return f.text }

// WithTheme changes nothing: the box has the terminal's own colours.
func (f *Answer) WithTheme(*huh.Theme) huh.Field { return f }

// WithAccessible changes nothing: line mode asks without a form.
func (f *Answer) WithAccessible(bool) huh.Field { return f }

// WithKeyMap changes nothing: the box has a shell's keys.
func (f *Answer) WithKeyMap(*huh.KeyMap) huh.Field { return f }

// WithPosition changes nothing: a form has one box.
func (f *Answer) WithPosition(huh.FieldPosition) huh.Field { return f }

// WithWidth sets the width in cells.
func (f *Answer) WithWidth(width int) huh.Field {
	if width = max(width, 1); width != f.area.Width() {
		f.area.SetWidth(width)
		f.stale, f.jumped = true, true
	}
	return f
}

// WithHeight sets the height in lines. Where the box grows, what had scrolled out above comes back.
func (f *Answer) WithHeight(height int) huh.Field {
	height = max(height, 1)
	grown := height - f.area.Height()
	if grown == 0 {
		return f
	}
	f.area.SetHeight(height)
	wheel := tea.MouseMsg{Action: tea.MouseActionPress, Button: tea.MouseButtonWheelUp}
	for ; grown > 0; grown -= 3 { // lines a turn; the area has no other way to scroll, and keeps the cursor in its window
		f.area, _ = f.area.Update(wheel)
	}
	f.stale, f.jumped = true, true
	return f
}
