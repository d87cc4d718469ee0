package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"time"

	"interview/internal/report"
	"interview/internal/session"
)

// Line mode is for pipes, plain terminals and screen readers. One reader serves the whole run: an answer is any number of
// lines up to a line that is only ".". Questions go to standard output, everything else to standard error; the word that
// says that an answer is on disk stands on no other line of standard output before the report.

const (
	endOfAnswer = "."
	literalEnd  = `\.`
	onDisk      = "saved"  // the word
	mostAnswer  = 16 << 20 // bytes of one answer
	draftEvery  = 2 * time.Second
	lastMinute  = time.Minute           // before time-up, when it is said
	beforeUp    = 20 * time.Millisecond // the draft at time-up is taken so much early, so that it counts as in time
	lastWords   = 100 * time.Millisecond
)

var errTooLong = errors.New("longer than 16 MB")

// lines asks line by line.
type lines struct {
	a            *App
	ctx          context.Context // of the walk
	table        *interviewer
	input        chan line
	strict, bell bool
	commands     bool   // they are understood
	paused       bool   // by the person
	prompt       string // the prompt that was introduced last
	helped       bool
}

// line is one line of input without its end, or the error that ended it.
type line struct {
	text string
	err  error
}

func newLines(a *App, f *sittingFlags) *lines {
	l := &lines{a: a, input: make(chan line), strict: f.strict, bell: f.bell, commands: f.commands || isTerminal(a.inFile)}
	go l.read(bufio.NewReaderSize(a.In, 64<<10))
	return l
}

// read hands the input over line by line until it ends; the last line need not be ended.
func (l *lines) read(r *bufio.Reader) {
	defer close(l.input)
	for {
		text, err := readLine(r)
		if err == nil || text != "" {
			l.input <- line{text: text}
		}
		if err != nil {
			l.input <- line{err: err}
			return
		}
	}
}

// readLine reads a line of any length up to the limit of an answer, beyond which it gives what it has.
func readLine(r *bufio.Reader) (string, error) {
	var b strings.Builder
	for {
		piece, err := r.ReadSlice('\n')
		if b.Len()+len(piece) > mostAnswer {
			return b.String(), errTooLong
		}
		b.Write(piece)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		return strings.TrimSuffix(strings.TrimSuffix(b.String(), "\n"), "\r"), err
	}
}

// walk asks every step. The error is errLeft or an *unsaved.
func (l *lines) walk(ctx context.Context, r *session.Runner, table *interviewer) error {
	l.ctx, l.table = ctx, table
	plan := r.Session().Plan
	for {
		q, open := r.Question()
		if !open {
			return nil
		}
		l.pose(&plan, &q)
		if err := l.answer(ctx, r, &q); err != nil {
			return err
		}
	}
}

// pose prints the question, and the prompt above its first one.
func (l *lines) pose(plan *session.Plan, q *session.Question) {
	if q.Step.Prompt != l.prompt {
		l.prompt = q.Step.Prompt
		l.introduce(plan, q)
	}
	budget := ""
	if !q.Untimed {
		budget = " · " + report.Clock(max(0, q.Left))
	}
	l.say("\n[%d/%d] %s%s\n", q.N, q.Of, q.Step.Title, budget)
	l.tell(q.Step.Ask, 0)
	if !l.commands { // else it is a hint
		l.tell(q.Step.Coach, 0)
	}
	if len(q.Step.Parts) > 0 {
		l.tell(fmt.Sprintf("In parts, each under its own heading: ### %s", strings.Join(q.Step.Parts, ", ### ")), 0)
	}
	if q.Draft != "" {
		l.say("Your answer so far, go on below it:\n")
		l.tell(q.Draft, 2)
	}
	if !l.helped {
		l.helped = true
		l.a.hint(`end each answer with a line holding only "." (write "\." for a literal one)`)
		if l.commands {
			l.a.hint(":help lists what else you can do, such as :ask and :hint")
		}
		if isTerminal(l.a.inFile) {
			l.a.hint("press enter now and then: a terminal cuts a line after 4,095 bytes; ctrl+c leaves and keeps what you wrote")
		}
	}
}

// introduce prints what the interviewer says first, and the phases that are given.
func (l *lines) introduce(plan *session.Plan, q *session.Question) {
	for _, p := range plan.Prompts {
		if p.ID == q.Step.Prompt && p.Title != q.Step.Title {
			l.say("\n%s\n", p.Title)
			l.tell(p.Ask, 0)
		}
	}
	for _, g := range plan.Given {
		if g.Prompt == q.Step.Prompt {
			whose := "the model answer"
			if g.Yours {
				whose = "your own answer"
			}
			l.say("\nGiven, %s to %s:\n", whose, g.Title)
			l.tell(g.Text, 2)
		}
	}
	l.recall(q.Step.Prompt)
}

// recall prints the talk of an earlier sitting about a prompt.
func (l *lines) recall(prompt string) {
	s := l.table.r.Session()
	for _, a := range s.AsidesTo(prompt, "") {
		l.tell("\nYou asked: "+a.Question+"\nInterviewer: "+a.Text, 0)
	}
}

// tell prints a text broken at words.
func (l *lines) tell(text string, indent int) {
	if text = strings.Trim(text, "\n"); strings.TrimSpace(text) != "" {
		l.say("%s\n", l.a.wrapped(text, indent))
	}
}

// say prints to standard output. The word that acknowledges an answer is a signal to scripts, so in any other text a word
// joiner, which nobody sees, stands inside it.
func (l *lines) say(format string, args ...any) {
	fmt.Fprint(l.a.text(), hush(fmt.Sprintf(format, args...)))
}

func hush(s string) string { return theWord().ReplaceAllString(s, "${1}\u2060${2}") }

var theWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("(?i)(" + onDisk[:3] + ")(" + onDisk[3:] + ")") })

// draft is the answer while it is read.
type draft struct {
	b     strings.Builder
	begun bool
	dirty bool // since the last record
}

func (d *draft) add(text string) error {
	if d.b.Len()+len(text)+1 > mostAnswer {
		return errTooLong
	}
	if d.begun {
		d.b.WriteByte('\n')
	}
	if text == literalEnd {
		text = endOfAnswer
	}
	d.b.WriteString(text)
	d.begun, d.dirty = true, true
	return nil
}

// answer reads one answer and records it. Input that ends, a signal and too long a text keep a draft and leave.
func (l *lines) answer(ctx context.Context, r *session.Runner, q *session.Question) error {
	d := &draft{begun: q.Draft != ""}
	d.b.WriteString(q.Draft)
	autosave := time.NewTicker(draftEvery)
	defer autosave.Stop()
	soon, almost, up := l.alarms(q)
	var bell <-chan time.Time // after a signal: what was typed before it may still be on its way
	leaving := ctx.Done()
	for {
		save := false
		select {
		case in := <-l.input:
			what, err := l.take(r, d, in)
			switch {
			case err != nil:
				return l.leave(r, d, err)
			case what == ended:
				return l.finish(r, q, d)
			case what == moved:
				return nil
			case what == stopped:
				soon, almost, up = nil, nil, nil
			case what == started:
				if q, open := r.Question(); open {
					soon, almost, up = l.alarms(&q)
				}
			}
		case <-autosave.C:
			save = true
		case <-soon:
			l.a.note("one minute left of this step")
		case <-almost:
			save = true
		case <-up:
			if l.timeUp(); l.strict {
				return l.finish(r, q, d)
			}
		case <-leaving:
			leaving, bell = nil, time.After(lastWords)
		case <-bell:
			return l.leave(r, d, io.EOF)
		}
		if save && d.dirty {
			if err := r.Draft(d.b.String()); err != nil {
				return &unsaved{d.b.String(), err}
			}
			d.dirty = false
		}
	}
}

// timeUp says it once.
func (l *lines) timeUp() {
	if l.bell {
		fmt.Fprint(l.a.Err, "\a")
	}
	if l.strict {
		l.a.note("the time of this step is up: it is closed as it stands")
	} else {
		l.a.note("the time of this step is up; go on, what comes now counts as late")
	}
}

// take adds one line; ended says that it closed the answer.
func (d *draft) take(in line) (ended bool, err error) {
	switch {
	case in.err != nil:
		return false, in.err
	case in.text == endOfAnswer:
		return true, nil
	}
	return false, d.add(in.text)
}

// alarms ring a minute before the step's time is up, shortly before, and when it is; a step without a clock has none. A strict
// sitting closes a step at once that is resumed after its time.
func (l *lines) alarms(q *session.Question) (soon, almost, up <-chan time.Time) {
	switch {
	case q.Untimed:
		return nil, nil, nil
	case q.Left > lastMinute:
		soon = time.After(q.Left - lastMinute)
	case q.Left <= 0 && !l.strict:
		return nil, nil, nil
	}
	return soon, time.After(q.Left - beforeUp), time.After(q.Left)
}

// finish records the whole answer and says that it is on disk.
func (l *lines) finish(r *session.Runner, q *session.Question, d *draft) error {
	if _, err := l.wait(r, d.b.String(), "the interviewer reads your answer", l.table.think(d.b.String())); err != nil {
		return &unsaved{d.b.String(), err}
	}
	if err := r.Answer(d.b.String()); err != nil {
		return &unsaved{d.b.String(), err}
	}
	used := ""
	for _, t := range r.Session().Turns {
		if t.Index == q.N-1 {
			used = timeUsed(t)
		}
	}
	fmt.Fprintf(l.a.Out, "%s %d/%d%s\n", onDisk, q.N, q.Of, used)
	page, err := l.table.after()
	if err != nil {
		return err
	}
	l.tell(page, 0)
	return nil
}

// wait lets work take its time while the clock stands; false where there was none.
func (l *lines) wait(r *session.Runner, text, what string, work func(context.Context)) (bool, error) {
	if work == nil {
		return false, nil
	}
	if err := r.Halt(text, session.Waiting); err != nil {
		return true, err
	}
	l.a.note("%s, %.0f s at most", what, longestThought.Seconds())
	work(l.ctx)
	return true, nil
}

// timeUsed is a sentence about the clock.
func timeUsed(t session.Turn) string {
	switch {
	case t.Step.Budget == 0:
		return ", " + report.Clock(t.Took) + " used"
	case t.TimeUp:
		return fmt.Sprintf(", %s of %s used, the time was up", report.Clock(t.Took), report.Clock(t.Step.Budget))
	}
	return fmt.Sprintf(", %s of %s used", report.Clock(t.Took), report.Clock(t.Step.Budget))
}

// leave keeps the text as a draft. cause is io.EOF for an ordinary end.
func (l *lines) leave(r *session.Runner, d *draft, cause error) error {
	if err := r.Leave(d.b.String()); err != nil {
		return &unsaved{d.b.String(), err}
	}
	if errors.Is(cause, io.EOF) {
		return errLeft
	}
	return fmt.Errorf("cannot read the answer, what came before is kept: %w", cause)
}
