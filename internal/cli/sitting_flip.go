package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"interview/internal/bank"
	"interview/internal/journal"
	"interview/internal/report"
	"interview/internal/review"
	"interview/internal/session"
)

// flipping turns cards over: the person recalls, looks, and says with one key how well that went.
type flipping struct {
	*sitting
	r        *session.Runner
	calendar review.Calendar
	standing map[review.Key]review.Standing
	images   map[string]string // the person's own, by card, of earlier walks; nil until one is looked for
}

var ratings = [5]string{"", "forgotten", "hard", "good", "easy"}

// flip walks a plan of cards to its end. Each rating is on disk before the next card.
func (s *sitting) flip(w *journal.Writer, r *session.Runner) error {
	defer w.Close()
	p, _, err := s.a.practised(s.b, "")
	if err != nil {
		return err
	}
	if s.lines != nil {
		s.a.note("session %s is kept in %s", w.ID(), s.dir)
	}
	ctx, stop := signalled()
	defer stop()
	f := flipping{sitting: s, r: r, calendar: p.Calendar, standing: review.Standings(p.Tries, p.Calendar)}
	for {
		q, open := r.Question()
		if !open {
			break
		}
		if err := f.card(ctx, &q); err != nil {
			return s.ended(w.ID(), err)
		}
	}
	if err := r.End(); err != nil {
		return failed("the ratings are kept: "+s.a.resumeLine(w.ID(), s.plan.Mode), "%w", err)
	}
	return f.summary()
}

// card asks, waits, shows the other side and takes the rating.
func (f *flipping) card(ctx context.Context, q *session.Question) error {
	it := f.item(q.Step.Prompt)
	f.say("\n[%d/%d] %s\n%s\n", q.N, q.Of, q.Step.Title, f.a.wrapped(q.Step.Ask, 0))
	if f.lines == nil || isTerminal(f.a.inFile) {
		f.ask("recall it, then press a key to look (b back, q leaves) ", "recall it, then press enter to look (b back, q leaves) ")
		switch reply, err := f.reply(ctx); {
		case err != nil:
			return f.leave(err)
		case reply == "q":
			return f.leave(io.EOF)
		case reply == "b":
			return f.back()
		}
	}
	if q.Step.WayBack() {
		return f.wayBack(ctx, q)
	}
	if q.Step.Title != it.Prompt.Title {
		f.say("\n  %s\n", it.Prompt.Title)
	}
	if err := f.r.Show(session.Model, strings.TrimSpace(it.Prompt.Model[q.Step.Phase])); err != nil {
		return err
	}
	f.say("%s", f.otherSide(it, q.Step.Phase))
	if f.plan.Label == walkArg {
		f.sayOwnImage(q.Step.Prompt)
	}
	return f.rate(ctx, q)
}

func (f *flipping) item(prompt string) *bank.Item {
	for _, it := range f.items {
		if it.Prompt.ID == prompt {
			return it
		}
	}
	return &bank.Item{Prompt: bank.Prompt{ID: prompt, Title: prompt}}
}

// otherSide is the model answer, and the place and picture of a card that has them.
func (f *flipping) otherSide(it *bank.Item, phase string) string {
	var b strings.Builder
	if model := it.Prompt.Model[phase]; model != "" {
		fmt.Fprintf(&b, "\n%s\n", f.a.wrapped(model, 2))
	}
	if it.Prompt.Locus != "" {
		fmt.Fprintf(&b, "\n%s\n", f.a.wrapped(it.Prompt.Locus+": "+it.Prompt.Picture, 2))
	}
	return b.String()
}

// wrapped breaks a text at words, for a report or a terminal that is narrower.
func (a *App) wrapped(text string, indent int) string {
	return strings.Join(report.WrapAt(strings.Trim(text, "\n"), indent, min(report.Width, a.columns())), "\n")
}

// rate takes one key, or one line, until it is a rating; b goes back a card.
func (f *flipping) rate(ctx context.Context, q *session.Question) error {
	for {
		f.ask("\n1 forgotten · 2 hard · 3 good · 4 easy (b back, q leaves) ", "\n1 forgotten, 2 hard, 3 good, 4 easy (b back, q leaves): ")
		reply, err := f.reply(ctx)
		switch {
		case err != nil:
			return f.leave(err)
		case reply == "q":
			return f.leave(io.EOF)
		case reply == "b":
			return f.back()
		case len(reply) == 1 && reply[0] >= '1' && reply[0] <= '4':
			return f.record(q, int(reply[0]-'0'))
		}
		if f.lines != nil {
			f.a.note("a rating is a number from 1 to 4, not %q", reply)
		}
	}
}

func (f *flipping) back() error {
	_, err := f.r.Back("") // before the first card it stays there
	return err
}

func (f *flipping) record(q *session.Question, rating int) error {
	if err := f.r.Rate(rating); err != nil {
		return err
	}
	t := review.Try{Key: review.Key{Prompt: q.Step.Prompt, Phase: q.Step.Phase}, At: f.calendar.Now}
	s := f.standing[t.Key].After(&t, review.Rating(rating), f.calendar)
	_, err := fmt.Fprintf(f.a.Out, "%s %d/%d, %s, %s\n", onDisk, q.N, q.Of, ratings[rating], again(s.Gap()))
	return err
}

// leave stops the clock of the card; the ratings so far are kept.
func (f *flipping) leave(cause error) error {
	if err := f.r.Leave(""); err != nil {
		return err
	}
	if cause == io.EOF {
		return errLeft
	}
	return cause
}

// say prints to standard output, in line mode without the word that acknowledges a rating.
func (f *flipping) say(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if f.lines != nil {
		text = hush(text)
	}
	fmt.Fprint(f.a.text(), text)
}

// ask says what may be typed now: keys in a terminal, lines at a plain one, nothing in a pipe.
func (f *flipping) ask(keys, lines string) {
	switch {
	case f.lines == nil:
		fmt.Fprint(f.a.Err, keys)
	case isTerminal(f.a.inFile):
		fmt.Fprint(f.a.Err, lines)
	}
}

// reply is a key, or a line without its blanks, in lower case; io.EOF when the person is gone.
func (f *flipping) reply(ctx context.Context) (string, error) {
	if f.lines == nil {
		key, err := f.a.press(ctx)
		fmt.Fprintln(f.a.Err)
		return key, err
	}
	select {
	case in := <-f.lines.input:
		return strings.ToLower(strings.TrimSpace(in.text)), in.err
	case <-ctx.Done():
		return "", io.EOF
	}
}

// summary counts each card once, as it was rated last.
func (f *flipping) summary() error {
	done := f.r.Session()
	counts, rated := map[int]int{}, 0
	for i := range done.Turns {
		if rating := done.Turns[i].Rating; rating > 0 {
			counts[rating]++
			rated++
		}
	}
	var parts []string
	for rating := 1; rating < len(ratings); rating++ {
		if n := counts[rating]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, ratings[rating]))
		}
	}
	f.say("\n%s: %s\n", counted(rated, "card"), strings.Join(parts, ", "))
	return nil
}
