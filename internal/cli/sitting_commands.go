package cli

import (
	"strings"

	"interview/internal/session"
)

// The commands of line mode: what esc opens in the room. In a terminal they are always understood, in a pipe only with
// --commands, for there any line may be part of an answer.

// outcome is what a line did.
type outcome int

const (
	taken   outcome = iota // it is part of the answer, or did nothing to it
	ended                  // the answer is whole
	moved                  // another step is at hand
	stopped                // the clock stands
	started                // the clock runs again
)

// lineCommand is one of them.
type lineCommand struct {
	name, does string
	argument   bool
	do         func(l *lines, r *session.Runner, d *draft, argument string) (outcome, error)
}

func lineCommands() []lineCommand {
	return []lineCommand{
		{":ask", "ask the interviewer, as in :ask how many users are there?", true, (*lines).ask},
		{":hint", "a hint to this step; the report counts them", false, (*lines).hint},
		{":back", "go back to the step before", false, (*lines).back},
		{":clear", "begin this answer anew; the record keeps the old one", false, (*lines).clear},
		{":pause", "stop the clock until you press enter", false, (*lines).pause},
		{":help", "these commands", false, (*lines).help},
	}
}

// command finds the command that a line is, exactly.
func command(text string) (c lineCommand, argument string, known bool) {
	name, argument, _ := strings.Cut(text, " ")
	for _, c := range lineCommands() {
		if c.name == name && (c.argument || text == name) {
			return c, strings.TrimSpace(argument), true
		}
	}
	return c, "", false
}

// take deals with one line. The first one after a pause starts the clock again, and says nothing else where it is empty.
func (l *lines) take(r *session.Runner, d *draft, in line) (outcome, error) {
	if in.err != nil || !l.paused {
		return l.heed(r, d, in)
	}
	l.paused = false
	if err := r.Continue(); err != nil || in.text == "" {
		return started, err
	}
	what, err := l.heed(r, d, in)
	if what == taken {
		what = started
	}
	return what, err
}

// heed takes a line as a command or as text for the answer. A backslash before a command makes it text.
func (l *lines) heed(r *session.Runner, d *draft, in line) (outcome, error) {
	if in.err == nil && l.commands {
		if c, argument, known := command(in.text); known {
			return c.do(l, r, d, argument)
		}
		if plain, escaped := strings.CutPrefix(in.text, `\`); escaped {
			if _, _, known := command(plain); known {
				return taken, d.add(plain)
			}
		}
	}
	whole, err := d.take(in)
	if whole {
		return ended, err
	}
	return taken, err
}

func (l *lines) ask(r *session.Runner, d *draft, question string) (outcome, error) {
	if question == "" {
		l.a.note("ask what? For instance :ask how many users are there?")
		return taken, nil
	}
	stood, err := l.wait(r, d.b.String(), "the interviewer thinks about it", l.table.consult(question))
	if err != nil {
		return taken, err
	}
	reply, err := l.table.ask(question)
	if err != nil {
		return taken, err
	}
	l.tell("Interviewer: "+reply, 0)
	if stood {
		d.dirty = false
		return started, r.Continue()
	}
	return taken, nil
}

func (l *lines) hint(*session.Runner, *draft, string) (outcome, error) {
	hint, err := l.table.hint()
	switch {
	case err != nil:
		return taken, err
	case hint == "":
		l.a.note("no more hints for this step")
	default:
		l.tell("Hint: "+hint, 0)
	}
	return taken, nil
}

func (l *lines) back(r *session.Runner, d *draft, _ string) (outcome, error) {
	if l.strict {
		l.a.note("a strict sitting does not go back")
		return taken, nil
	}
	gone, err := r.Back(d.b.String())
	switch {
	case err != nil:
		return taken, err
	case !gone:
		l.a.note("this is the first step")
		return taken, nil
	}
	return moved, nil
}

// clear drops the text of the answer, which is recorded first.
func (l *lines) clear(r *session.Runner, d *draft, _ string) (outcome, error) {
	if err := r.Draft(d.b.String()); err != nil {
		return taken, &unsaved{d.b.String(), err}
	}
	*d = draft{dirty: true}
	l.a.note("the answer is empty; go on from the beginning")
	return taken, nil
}

func (l *lines) pause(r *session.Runner, d *draft, _ string) (outcome, error) {
	if err := r.Pause(d.b.String()); err != nil {
		return taken, err
	}
	l.paused, d.dirty = true, false
	l.a.note("paused; the clock stands until you press enter")
	return stopped, nil
}

func (l *lines) help(*session.Runner, *draft, string) (outcome, error) {
	for _, c := range lineCommands() {
		l.say("  %-7s %s\n", c.name, c.does)
	}
	l.say("  %-7s %s\n", endOfAnswer, `ends the answer; \. and \:hint are text`)
	return taken, nil
}
