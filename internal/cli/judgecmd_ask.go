package cli

import (
	"context"
	"fmt"
	"sync"
	"time"

	"interview/internal/bank"
	"interview/internal/grade"
	"interview/internal/judge"
	"interview/internal/session"
	"interview/internal/tui"
)

// stillWaiting is how often a pipe is told that a reply is not there yet.
const stillWaiting = 10 * time.Second

// advise asks about every grade of a session, one after the other, and shows meanwhile what it waits for. What failed stands
// in the feedback; the error is one of the settings or the bank.
func (a *App) advise(f *modelFlags, b *bank.Bank, s *session.Session) ([]grade.Feedback, error) {
	var tell func(judge.Progress)
	c, err := a.client(f, func(p judge.Progress) { tell(p) })
	if err != nil {
		return nil, err
	}
	var cases []judge.Case
	for i := range s.Grades {
		k, err := caseOf(b, s, &s.Grades[i])
		if err != nil {
			return nil, err
		}
		cases = append(cases, k)
	}
	ctx, stop := signalled()
	defer stop()
	var said []grade.Feedback
	work := func(ctx context.Context) {
		for _, k := range cases {
			if len(cases) > 1 {
				tell(judge.Progress{Waiting: k.Item.Prompt.Title})
			}
			if said = append(said, c.Feedback(ctx, k)); ctx.Err() != nil {
				return
			}
		}
	}
	title := fmt.Sprintf("Asking %s at %s; what is said here is an opinion", c.Model(), c.Host())
	if a.interactive() && !f.debug {
		err = tui.Wait(ctx, title, func(ctx context.Context, news func(tui.News)) {
			tell = func(p judge.Progress) { news(tui.News{Waiting: p.Waiting, Line: opinionLine(p)}) }
			work(ctx)
		})
		return said, err
	}
	a.note("%s", title)
	w := a.waiting()
	tell = w.tell
	work(ctx)
	w.stop()
	return said, nil
}

// opinionLine is an opinion as it shows while the reply comes; "" for none.
func opinionLine(p judge.Progress) string {
	switch {
	case p.Opinion == nil:
		return ""
	case p.Opinion.Void != "":
		return fmt.Sprintf("void · %s (%s)", p.Title, p.Opinion.Void)
	}
	return levelOr(p.Opinion.Level) + " · " + p.Title
}

// waitingLines tells a pipe on standard error what is waited for.
type waitingLines struct {
	a    *App
	mu   sync.Mutex
	what string
	from time.Time
	done chan struct{}
}

func (a *App) waiting() *waitingLines {
	w := &waitingLines{a: a, done: make(chan struct{})}
	go w.remind()
	return w
}

func (w *waitingLines) tell(p judge.Progress) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if p.Waiting == w.what || p.Waiting == "" {
		return
	}
	w.what, w.from = p.Waiting, time.Now()
	w.a.note("waiting for %s", w.what)
}

// remind says now and then that the wait goes on.
func (w *waitingLines) remind() {
	tick := time.NewTicker(stillWaiting)
	defer tick.Stop()
	for {
		select {
		case <-w.done:
			return
		case <-tick.C:
			w.mu.Lock()
			w.a.note("waiting for %s, %.0f s", w.what, time.Since(w.from).Seconds())
			w.mu.Unlock()
		}
	}
}

func (w *waitingLines) stop() {
	close(w.done)
	w.mu.Lock() // no line comes after this
	defer w.mu.Unlock()
}
