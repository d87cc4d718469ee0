package tui

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/huh"

	"interview/internal/session"
)

// How the room works. One bubbletea model is the parent of everything. A change of step is made in one Update: read the
// text, record it, build the next boxes; huh's own way takes three trips through the loop, and keys typed meanwhile would
// land in the wrong step. For the same reason each box is a form of its own and the parent moves between the boxes. The
// boxes get keys only, and the commands that huh returns are dropped: nothing in a box needs one.

const (
	autosave = time.Second           // from a key to its record; never more than 2 s
	ahead    = 20 * time.Millisecond // the draft at time-up is taken so much early, that it counts as in time
	trailing = 50 * time.Millisecond // keys typed before a signal may still be on their way so long after it
	noticed  = 5 * time.Second       // how long the words at time-up stay, whatever is typed
	lastCall = time.Minute           // the clock changes colour so long before the end of a step
)

type (
	tickMsg    struct{}
	saveMsg    struct{}
	leaveMsg   struct{} // a signal
	leftMsg    struct{} // what was typed before the signal has come
	editedMsg  struct{ err error }
	resumedMsg struct {
		err    error
		paused bool // before, by the person
	}
)

// box is one part of the step's answer.
type box struct {
	label string
	field *Answer
	form  *huh.Form
}

type model struct {
	room    *Room
	runner  *session.Runner
	styles  styles
	context context.Context

	question session.Question
	sitting  session.Session // as it was when the step was entered
	boxes    []*box
	at       int // the box with the cursor

	width, height int
	bar           bool      // the command bar is open
	notice        string    // one line to the person
	alarm         bool      // the notice is bad news
	hold          time.Time // until then no key takes the notice away
	asking        *textinput.Model
	paused        bool
	thinking      *thought // something is waited for
	aside         tea.Cmd  // its work, not begun yet
	reading       *pager   // between two steps
	hints         []string // shown in this step

	side     panelView
	panelTop int    // first line of the panel's page that shows
	shown    string // what the page is opened at instead, as it was shown last
	picture  picture
	drawing  bool // a pictureMsg is on its way

	doubt   bool // ctrl+s was pressed on an empty box: the next one goes on
	dirty   bool // typed since the last record
	saving  bool // a saveMsg is on its way
	ticking bool // a tickMsg is on its way
	timeUp  map[int]bool
	done    bool // nothing is asked any more
	left    bool
	err     error // of a record
}

func newModel(room *Room, r *session.Runner, s styles) *model {
	m := &model{room: room, runner: r, styles: s, context: context.Background(), timeUp: map[int]bool{}}
	m.enter()
	return m
}

// enter builds the boxes for the runner's question; without one the room closes.
func (m *model) enter() {
	q, open := m.runner.Question()
	if m.question = q; !open {
		m.done = true
		return
	}
	m.sitting = m.runner.Session()
	m.boxes, m.at = nil, 0
	labels := q.Step.Parts
	if len(labels) == 0 {
		labels = []string{""}
	}
	for i, text := range split(q.Step.Parts, q.Draft) {
		m.boxes = append(m.boxes, newBox(labels[i], text))
	}
	m.dirty, m.doubt, m.bar, m.panelTop, m.shown, m.hints = false, false, false, 0, "", nil
	if m.side == panelWhole {
		m.side = panelHalf // a new question comes with the box to answer it in
	}
	for _, a := range m.sitting.AsidesOf(q.N-1, session.Hinted) {
		m.hints = append(m.hints, a.Text)
	}
	m.boxes[0].field.Focus()
	if q.Left <= 0 && !q.Untimed && !m.room.Strict {
		m.timeUp[q.N] = true // was announced when it happened; a strict sitting closes the step at the next tick
	}
	m.layout()
}

func newBox(label, text string) *box {
	field := NewAnswer()
	field.SetText(text)
	keys := huh.NewDefaultKeyMap()
	keys.Quit.SetEnabled(false)
	form := huh.NewForm(huh.NewGroup(field)).WithShowHelp(false).WithShowErrors(false).WithKeyMap(keys).WithTheme(huh.ThemeBase())
	b := &box{label: label, field: field, form: form}
	form.Init()
	field.Blur()
	return b
}

// text is the answer on screen.
func (m *model) text() string {
	texts := make([]string, len(m.boxes))
	for i, b := range m.boxes {
		texts[i] = b.field.Text()
	}
	return join(m.question.Step.Parts, texts)
}

// Init starts the clock.
func (m *model) Init() tea.Cmd {
	if m.done {
		return tea.Quit
	}
	return m.clock()
}

// Update is the only place where anything changes.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if m.done {
		return m, tea.Quit
	}
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tickMsg:
		m.ticking = false
		cmd = m.tick()
	case saveMsg:
		m.saving = false
		m.save()
	case leaveMsg:
		m.save()
		cmd = tea.Tick(trailing, func(time.Time) tea.Msg { return leftMsg{} })
	case leftMsg:
		m.leave()
	case tea.WindowSizeMsg:
		m.save()
		m.width, m.height = msg.Width, msg.Height
		m.layout()
		if m.reading != nil {
			m.reading.Update(msg)
		}
	case resumedMsg:
		m.resumed(msg)
	case editedMsg:
		m.edited(msg.err)
	case thoughtMsg:
		m.thought()
	case pictureMsg:
		m.drawn(picture(msg))
	case tea.KeyMsg:
		m.refresh()
		cmd = m.press(msg)
	}
	if m.done || m.err != nil {
		m.done = true
		return m, tea.Quit
	}
	return m, tea.Batch(cmd, m.begun(), m.clock(), m.autosave(), m.draw())
}

// press gives a key to the room, the bar or the box. A paste reads as "[…]", so it never is a key of the room.
func (m *model) press(msg tea.KeyMsg) tea.Cmd {
	switch key := msg.String(); {
	case key == "ctrl+c":
		m.leave()
		return nil
	case m.thinking != nil:
		m.pressThinking(msg)
		return nil
	case key == "ctrl+z":
		return m.suspend()
	}
	switch {
	case m.reading != nil:
		m.pressPage(msg)
		return nil
	case m.paused:
		m.pressPaused(msg)
		return nil
	case m.asking != nil:
		m.pressAsk(msg)
		return nil
	}
	return m.pressRoom(msg)
}

func (m *model) pressRoom(msg tea.KeyMsg) tea.Cmd {
	switch msg.String() {
	case "ctrl+s":
		m.bar = false
		m.next()
		return nil
	case "esc":
		m.bar = !m.bar
		return nil
	}
	m.bar = m.bar && !msg.Paste // a paste is for the text
	if m.bar && len(msg.Runes) > 1 {
		return m.pressEach(msg)
	}
	if c, ok := commandFor(msg, m.bar); ok {
		m.bar = false
		return c.do(m)
	}
	if m.bar {
		m.steer(msg)
		return nil
	}
	m.write(msg)
	return nil
}

// pressEach takes keys apart that arrived as one message: a command's letter, and what was typed right after it.
func (m *model) pressEach(msg tea.KeyMsg) tea.Cmd {
	var cmds []tea.Cmd
	for _, r := range msg.Runes {
		if m.done || m.err != nil {
			break
		}
		cmds = append(cmds, m.press(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}))
	}
	return tea.Batch(cmds...)
}

// write gives a key to the focused box.
func (m *model) write(msg tea.KeyMsg) {
	if len(m.boxes) > 1 && !msg.Paste && msg.String() == "shift+tab" {
		m.focus((m.at + len(m.boxes) - 1) % len(m.boxes))
		return
	}
	if m.side == panelWhole {
		m.side = panelHalf
		m.layout()
	}
	b := m.boxes[m.at]
	before := b.field.Text()
	b.form.Update(msg)
	m.doubt = false
	if !time.Now().Before(m.hold) {
		m.say("")
	}
	if err := b.field.Error(); err != nil {
		m.warn(err.Error())
	}
	m.dirty = m.dirty || b.field.Text() != before
}

func (m *model) focus(i int) {
	m.boxes[m.at].field.Blur()
	m.at = i
	m.boxes[i].field.Focus()
	m.layout()
}

// next goes to the next box, and from the last one to the next step. An empty answer is asked about once.
func (m *model) next() {
	if m.at < len(m.boxes)-1 {
		m.save()
		m.focus(m.at + 1)
		return
	}
	if empty := m.empty(); empty != "" && !m.doubt {
		m.doubt = true
		m.warn(empty + " is empty: ctrl+s again goes on without it")
		return
	}
	m.advance()
}

// advance ends the step, after what the room has to think about.
func (m *model) advance() {
	var work func(context.Context)
	if m.room.Think != nil {
		work = m.room.Think(m.text())
	}
	m.think("the interviewer reads your answer", work, m.answered)
}

// answered records the answer and enters the next step.
func (m *model) answered() {
	if m.err = m.runner.Answer(m.text()); m.err != nil {
		return
	}
	m.say("")
	if m.enter(); !m.done && m.room.After != nil {
		m.between()
	}
}

// empty names what has no text yet.
func (m *model) empty() string {
	for _, b := range m.boxes {
		if b.field.Text() == "" {
			if b.label == "" {
				return "this answer"
			}
			return line(b.label)
		}
	}
	return ""
}

func (m *model) previous() {
	if m.room.Strict {
		m.warn("a strict sitting does not go back")
		return
	}
	moved, err := m.runner.Back(m.text())
	if m.err = err; err != nil {
		return
	}
	if !moved {
		m.say("this is the first step")
		return
	}
	m.enter()
	m.say("the newest text counts; what you had before stays in the record")
}

// leave records the text and ends the sitting unfinished.
func (m *model) leave() {
	if m.thinking != nil {
		m.thinking.cancel()
	}
	m.err = m.runner.Leave(m.text())
	m.done, m.left = true, true
}

// save records what was typed since the last record.
func (m *model) save() {
	if !m.dirty {
		return
	}
	if m.err = m.runner.Draft(m.text()); m.err == nil {
		m.dirty = false
	}
}

// refresh reads the clock again.
func (m *model) refresh() {
	if q, open := m.runner.Question(); open {
		m.question.Left, m.question.TotalLeft = q.Left, q.TotalLeft
	}
}

// tick moves the clock, and at time-up records what stands on screen and says so, once a step.
func (m *model) tick() tea.Cmd {
	m.refresh()
	q := m.question
	if m.paused || q.Untimed || m.timeUp[q.N] || q.Left > ahead {
		return nil
	}
	if q.Left > 0 {
		m.save()
		return nil
	}
	return m.ring()
}

func (m *model) ring() tea.Cmd {
	m.timeUp[m.question.N] = true
	title := line(m.question.Step.Title)
	if m.err = m.runner.Draft(m.text()); m.err != nil {
		return nil
	}
	m.dirty = false
	if m.room.Strict {
		m.advance()
		m.warn("time was up for " + title + ": it is closed as it stood")
	} else {
		m.warn("time is up for " + title + ", and noted. You may go on typing; ctrl+s goes on")
	}
	m.hold = time.Now().Add(noticed)
	if !m.room.Bell {
		return nil
	}
	return func() tea.Msg { fmt.Fprint(m.room.Out, "\a"); return nil }
}

// clock asks for the next tick: when the shown second changes, or just before the time is up.
func (m *model) clock() tea.Cmd {
	if m.ticking || m.paused || m.thinking != nil || m.question.Untimed {
		return nil
	}
	m.ticking = true
	wait := untilNextSecond(m.question.Left)
	return tea.Tick(wait, func(time.Time) tea.Msg { return tickMsg{} })
}

// untilNextSecond is how long until a clock that shows whole seconds, rounded up, changes; the last second is split, so that
// there is a tick just before it ends.
func untilNextSecond(left time.Duration) time.Duration {
	wait := left % time.Second
	if wait <= 0 {
		wait += time.Second
	}
	if left > ahead && left <= time.Second {
		wait = left - ahead
	}
	return wait + time.Millisecond
}

func (m *model) autosave() tea.Cmd {
	if !m.dirty || m.saving {
		return nil
	}
	m.saving = true
	return tea.Tick(autosave, func(time.Time) tea.Msg { return saveMsg{} })
}

func (m *model) say(s string)  { m.notice, m.alarm = s, false }
func (m *model) warn(s string) { m.notice, m.alarm = s, true }

// edited takes the editor's outcome; the text itself was put into the box before any key could follow.
func (m *model) edited(err error) {
	m.refresh()
	if err != nil {
		m.warn(err.Error())
	} else {
		m.say("")
	}
	if e := m.boxes[m.at].field.Error(); e != nil && !errors.Is(e, errTooLong) {
		m.warn(e.Error())
	}
	m.dirty = true
	m.save()
}
