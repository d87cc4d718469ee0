package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/journal"
	"interview/internal/report"
	"interview/internal/review"
	"interview/internal/session"
	"interview/internal/trial"
	"interview/internal/tui"
)

// sitting is one plan walked by one person, once or more often.
type sitting struct {
	a      *App
	b      *bank.Bank
	f      sittingFlags
	plan   session.Plan
	items  []*bank.Item          // one per prompt of the plan
	sheets []func() *grade.Sheet // one per item
	dir    string                // of the journals
	probes bool                  // phases that want it are conversations
	lines  *lines                // nil in a terminal
	voice  *voice                // the model behind the interviewer, nil without one
}

// unsaved is an answer that could not be recorded.
type unsaved struct {
	text string
	err  error
}

func (u *unsaved) Error() string { return fmt.Sprintf("the answer is not recorded: %v", u.err) }
func (u *unsaved) Unwrap() error { return u.err }

// errLeft says that the person left before the end; all is recorded.
var errLeft = errors.New("left before the end")

// prepare compiles everything before the first question: nobody answers for forty minutes to meet a broken rubric. What is
// built in is proven by check and a test, so it is compiled while the first question is read.
func (a *App) prepare(b *bank.Bank, plan session.Plan, f sittingFlags) (*sitting, error) {
	s := &sitting{a: a, b: b, f: f, plan: plan}
	for _, p := range plan.Prompts {
		it, err := itemOf(b, &plan, p.ID)
		if err != nil {
			return nil, fmt.Errorf("prompt %s: %w", p.ID, err)
		}
		s.items = append(s.items, it)
	}
	err := s.compile(b.BuiltIn() && f.resume == "")
	if err != nil {
		return nil, err
	}
	if s.dir, err = a.sessionsPath(); err != nil {
		return nil, err
	}
	if !a.interactive() {
		s.lines = newLines(a, &f)
	}
	if err := s.speak(); err != nil {
		return nil, err
	}
	s.probes = plan.Mode == session.ModeMock && (f.probes || !f.probesSet && s.lines == nil)
	return s, nil
}

// firstFrame is how long the room is left alone to draw itself.
const firstFrame = 100 * time.Millisecond

// compile makes the sheets, later if the rubrics are proven.
func (s *sitting) compile(proven bool) error {
	for _, it := range s.items {
		if !proven {
			sheet, problems := grade.Compile(it)
			if err := wrong(problems); err != nil {
				return err
			}
			s.sheets = append(s.sheets, func() *grade.Sheet { return sheet })
			continue
		}
		sheet := sync.OnceValue(func() *grade.Sheet {
			sheet, _ := grade.Compile(it)
			return sheet
		})
		s.sheets = append(s.sheets, sheet)
	}
	if proven {
		time.AfterFunc(firstFrame, func() {
			for _, sheet := range s.sheets {
				sheet()
			}
		})
	}
	return nil
}

// sit walks a new plan, as often as asked.
func (a *App) sit(b *bank.Bank, plan session.Plan, f sittingFlags) error {
	s, err := a.prepare(b, plan, f)
	if err != nil {
		return err
	}
	old, err := s.offer()
	switch {
	case err != nil:
		return left(err)
	case old != "":
		f.resume = old
		return a.resume(f)
	}
	w, r, err := s.begin()
	if err != nil {
		return err
	}
	return s.repeat(w, r)
}

// begin opens a new journal for the plan.
func (s *sitting) begin() (*journal.Writer, *session.Runner, error) {
	w, err := journal.Create(s.dir, s.plan.Label)
	if err != nil {
		return nil, nil, failed("--sessions DIR keeps them elsewhere", "cannot keep the session: %w", err)
	}
	r, err := session.Start(s.plan, w)
	if err != nil {
		w.Close()
		return nil, nil, failed("", "cannot keep the session: %w", err)
	}
	return w, r, nil
}

// resume goes on with an unfinished session.
func (a *App) resume(f sittingFlags) error {
	dir, path, err := a.journalNamed(f.resume)
	if err != nil {
		return err
	}
	b, err := a.openBank()
	if err != nil {
		return err
	}
	w, events, err := journal.Open(path)
	if err != nil {
		return err
	}
	s, r, err := a.reopen(b, f, w, events, dir)
	if err != nil {
		w.Close()
		return err
	}
	return s.repeat(w, r)
}

// reopen folds what a journal holds and puts the runner where it stopped.
func (a *App) reopen(b *bank.Bank, f sittingFlags, w *journal.Writer, events []session.Event, dir string) (*sitting, *session.Runner, error) {
	old, err := session.Fold(w.ID(), events)
	if err == nil {
		err = unfinished(&old, dir)
	}
	if err != nil {
		return nil, nil, err
	}
	s, err := a.prepare(b, old.Plan, f)
	if err != nil {
		return nil, nil, err
	}
	r, err := session.Resume(old, events[len(events)-1].Seq, w)
	return s, r, err
}

// unfinished refuses a session that was closed, and names the newest one that was not.
func unfinished(s *session.Session, dir string) error {
	if s.Unfinished() {
		return nil
	}
	hint := "interview review show " + s.ID
	for other := range sessions(dir) {
		if other.Unfinished() {
			hint = "the newest unfinished one: interview " + review.Command(other.Plan.Mode) + " --resume " + other.ID
			break
		}
	}
	return failed(hint, "session %s is finished", s.ID)
}

// repeat sits and reports, then tries again while asked to, and shows what each try won and lost.
func (s *sitting) repeat(w *journal.Writer, r *session.Runner) error {
	if s.plan.Mode == session.ModeFlip {
		return s.flip(w, r)
	}
	var before []grade.Grade
	for try := 1; ; try++ {
		grades, err := s.once(w, r, before)
		w.Close()
		if err != nil {
			return err
		}
		if try >= s.f.tries {
			if again, err := s.after(w.ID(), r.Session()); !again || err != nil {
				return err
			}
		}
		before = grades
		if w, r, err = s.begin(); err != nil {
			return err
		}
	}
}

// once walks the plan to its end, grades it, records the grades and reports.
func (s *sitting) once(w *journal.Writer, r *session.Runner, before []grade.Grade) ([]grade.Grade, error) {
	ctx, stop := signalled()
	defer stop()
	if err := s.walk(ctx, w.ID(), r); err != nil {
		return nil, s.ended(w.ID(), err)
	}
	s.predict(ctx, r)
	done := r.Session()
	grades, inTime := s.grade(r, &done)
	closing := r.Close(grades, inTime) // the answers are on disk whatever it says: report first
	done = r.Session()
	done.ID = w.ID()
	if s.f.judge.ask && closing == nil {
		s.judge(r, &done)
	}
	if err := s.report(ctx, &done, grades, inTime, before); err != nil {
		return nil, err
	}
	if closing != nil {
		return nil, failed("the answers are kept: "+s.a.resumeLine(w.ID(), s.plan.Mode), "the grade is not recorded: %w", closing)
	}
	return grades, nil
}

// signalled ends when the person interrupts, the terminal closes or the system stops the program.
func signalled() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
}

// walk asks every step, in the room or line by line.
func (s *sitting) walk(ctx context.Context, id string, r *session.Runner) error {
	table := s.seat(r)
	defer s.silent()
	if s.lines != nil {
		s.a.note("session %s is kept in %s", id, s.dir)
		return s.lines.walk(ctx, r, table)
	}
	room := &tui.Room{
		Title: s.title(), In: s.a.inFile, Out: s.a.outFile, Editor: s.a.editor(), Theme: s.f.theme, Strict: s.f.strict, Bell: s.f.bell,
		Ask: table.ask, Hint: table.hint, Told: told(r.Session()),
		Think: table.think, Consult: table.consult,
	}
	if s.f.each() {
		room.After = table.after
	}
	err := room.Run(ctx, r)
	switch {
	case errors.Is(err, tui.ErrLeft):
		return errLeft
	case err != nil && room.Unsaved != "":
		return &unsaved{room.Unsaved, err}
	}
	return err
}

// told is the talk with the interviewer so far.
func told(s session.Session) []tui.Told {
	var out []tui.Told
	for _, a := range s.Asides {
		if a.What == "" {
			out = append(out, tui.Told{Question: a.Question, Answer: a.Text})
		}
	}
	return out
}

func (s *sitting) title() string {
	if len(s.items) == 1 {
		return s.items[0].Prompt.Title
	}
	return s.plan.Label
}

// editor is $VISUAL, else $EDITOR, split at spaces.
func (a *App) editor() []string {
	if e := strings.Fields(a.Env("VISUAL")); len(e) > 0 {
		return e
	}
	return strings.Fields(a.Env("EDITOR"))
}

// ended turns the end of an unfinished sitting into an exit: the resume line, or the text that could not be recorded.
func (s *sitting) ended(id string, err error) error {
	var lost *unsaved
	switch {
	case errors.Is(err, errLeft):
		if s.lines != nil && isTerminal(s.a.inFile) {
			fmt.Fprintln(s.a.Err) // the terminal echoed the key that ended it
		}
		fmt.Fprintf(s.a.Err, "left unfinished; all you wrote is kept. Go on with:\n  %s\n", s.a.resumeLine(id, s.plan.Mode))
		return &failure{code: exitUnfinished}
	case errors.As(err, &lost):
		fmt.Fprintf(s.a.Err, "This answer could not be recorded. Keep it:\n\n%s\n\n", s.a.clean(lost.text))
		return failed("make room, then "+s.a.resumeLine(id, s.plan.Mode), "%w", err)
	}
	return failed("what is on disk stays: "+s.a.resumeLine(id, s.plan.Mode), "%w", err)
}

// resumeLine is the command that goes on with a session of a mode, with the flags that find it again.
func (a *App) resumeLine(id, mode string) string {
	line := "interview " + review.Command(mode) + " --resume " + quoteArg(id)
	for _, f := range []struct{ name, value string }{{"bank", a.bankDir}, {"sessions", a.sessionsDir}} {
		if f.value != "" {
			line += " --" + f.name + " " + quoteArg(f.value)
		}
	}
	if a.plain {
		line += " --plain"
	}
	return line
}

// quoteArg quotes for a POSIX shell where that is needed.
func quoteArg(s string) string {
	safe := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:@%+,=", r)
	}
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !safe(r) }) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// findings are what a run of the notation in answers finds; a run is recorded, and the same is never made twice. A record that
// fails makes the next one fail too, which says so.
func (s *sitting) findings(it *bank.Item, answers []grade.Answer, r *session.Runner) []trial.Finding {
	known := false
	found, of := s.a.triedOf(it, givenTo(&s.plan, it.Prompt.ID), answers, func(of string) (trial.Result, bool) {
		var old trial.Result
		old, known = r.Session().TriedOf(it.Prompt.ID, of)
		return old, known
	})
	if of != "" && !known {
		_ = r.Tried(session.Tried{Prompt: it.Prompt.ID, Of: of, Result: found})
	}
	return found.Findings
}

// grade judges each prompt: all its criteria in a mock, those of its phase in a drill. inTime holds a second grade for
// each prompt of which something was typed after time-up.
func (s *sitting) grade(r *session.Runner, done *session.Session) (grades, inTime []grade.Grade) {
	for i, it := range s.items {
		phases := s.plan.Graded(it.Prompt.ID)
		answers := done.Answers(it.Prompt.ID, false)
		grades = append(grades, s.sheets[i]().GradeTried(answers, s.findings(it, answers, r), phases...))
		if done.Late(it.Prompt.ID) {
			answers = done.Answers(it.Prompt.ID, true)
			inTime = append(inTime, s.sheets[i]().GradeTried(answers, s.findings(it, answers, r), phases...))
		}
	}
	return grades, inTime
}

// reportSheets are the graded prompts of a session as package report draws them.
func (a *App) reportSheets(b *bank.Bank, s *session.Session) []report.Sheet {
	return a.sheets(s, func(id string) (*bank.Item, []bank.Prompt, error) {
		it, err := itemOf(b, &s.Plan, id)
		if it == nil {
			return nil, nil, err
		}
		return it, cardsOf(b, it), nil
	})
}

// sheets makes them with the item of a prompt, and the cards of cardsOf.
func (a *App) sheets(s *session.Session, find func(prompt string) (*bank.Item, []bank.Prompt, error)) []report.Sheet {
	var sheets []report.Sheet
	for i := range s.Grades {
		g := s.Grades[i]
		it, cards, err := find(g.Prompt)
		if it == nil {
			it, _ = itemOf(bank.New(), &s.Plan, g.Prompt)
			a.note("prompt %s is drawn from the session: %v", g.Prompt, err)
		}
		sheet := report.Sheet{
			Item: it, Grade: g, Session: s.ID, Cards: cards,
			Answers: s.Answers(g.Prompt, false), Turns: s.TurnsOf(g.Prompt), Predicted: s.Predicted,
			Feedback: s.FeedbackOn(g.Prompt),
		}
		for _, h := range s.AsidesTo(g.Prompt, session.Hinted) {
			sheet.Hints = append(sheet.Hints, report.Hint{Step: s.Plan.Steps[h.Step].Title, Text: h.Text})
		}
		for _, p := range s.PausesOf(g.Prompt) {
			sheet.Pauses = append(sheet.Pauses, p.Took())
		}
		if points, any := s.Confirmed(&g); any {
			sheet.Confirmed = &points
		}
		for j := range s.InTime {
			if s.InTime[j].Prompt == g.Prompt {
				sheet.InTime = &s.InTime[j]
			}
		}
		sheets = append(sheets, sheet)
	}
	return sheets
}

// cardsOf are the cards of every deck that the item's criteria point into, in the order of the decks. A reference that
// leads nowhere is for check to name.
func cardsOf(b *bank.Bank, it *bank.Item) []bank.Prompt {
	var cards []bank.Prompt
	seen := map[string]bool{}
	for _, c := range it.Criteria {
		if c.Concept == "" {
			continue
		}
		card, err := b.Item(c.Concept)
		if err != nil || seen[card.Prompt.Deck] {
			continue
		}
		seen[card.Prompt.Deck] = true
		deck, _ := b.Deck(card.Prompt.Deck)
		for _, d := range deck {
			cards = append(cards, d.Prompt)
		}
	}
	return cards
}

// after offers, in a terminal, the model answer and another try, one key each.
func (s *sitting) after(id string, done session.Session) (again bool, err error) {
	if s.lines != nil {
		return false, nil
	}
	done.ID = id
	keys := "m model answer · enter ends"
	if s.plan.Mode == session.ModeDrill {
		keys = "t try again · " + keys
	}
	for {
		fmt.Fprintf(s.a.Err, "\n%s ", keys)
		key := s.a.key()
		fmt.Fprintln(s.a.Err)
		switch {
		case key == 't' && s.plan.Mode == session.ModeDrill:
			return true, nil
		case key == 'm':
			if err := report.Model(s.a.text(), s.a.reportSheets(s.b, &done)); err != nil {
				return false, err
			}
		case key == 0:
			return false, nil
		}
	}
}
