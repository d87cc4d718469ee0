package cli

import (
	"bufio"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"interview/internal/bank"
	"interview/internal/journal"
	"interview/internal/review"
	"interview/internal/session"
)

// survey reduces each session of a folder, newest first, without its texts. What cannot be read is named on stderr once, what
// stands before the damage counts, and damaged says how many there were.
func survey[T any](a *App, dir string, of func(*session.Session) T) (found []T, damaged int, err error) {
	ids, odd, err := journal.ListAll(dir)
	if err != nil {
		return nil, 0, err
	}
	all, there, broken := make([]T, len(ids)), make([]bool, len(ids)), make([]error, len(ids))
	scratch := sync.Pool{New: func() any { return bufio.NewReaderSize(nil, 64<<10) }}
	bank.OnAllCores(len(ids), func(i int) {
		buf := scratch.Get().(*bufio.Reader)
		defer scratch.Put(buf)
		path := filepath.Join(dir, ids[i]+".jsonl")
		events, err := journal.Skim(path, buf)
		s, folding := session.Fold(ids[i], events)
		if broken[i] = worst(path, newer(events), err, folding); folding == nil {
			all[i], there[i] = of(&s), true
		}
	})
	for i := range all {
		if there[i] {
			found = append(found, all[i])
		}
	}
	for _, err := range append(odd, broken...) {
		if err != nil {
			damaged++
			a.note("%v", err)
		}
	}
	return found, damaged, nil
}

// worst is what is to be said of a journal: that it cannot be read, that it is no session, or that it is newer than this program.
func worst(path string, newer bool, reading, folding error) error {
	switch {
	case reading != nil:
		return reading
	case folding != nil:
		return fmt.Errorf("%s: %w", path, folding)
	case newer:
		return fmt.Errorf("%s: written by a newer version of interview; shown as far as this one understands it", path)
	}
	return nil
}

func newer(events []session.Event) bool {
	return slices.ContainsFunc(events, func(e session.Event) bool { return e.V > session.Version })
}

// strictly is the end of a command that showed what it could: with --strict damage is a failure.
func strictly(strict bool, damaged int) error {
	if !strict || damaged == 0 {
		return nil
	}
	return failed("the notes above name them", "%s cannot be read whole", counted(damaged, "session"))
}

const strictHelp = "exit 1 where a session cannot be read whole"

// history is what all sessions say of practice.
type history struct {
	dir     string
	entries []review.Entry // newest first
	tries   []review.Try   // in the order of time
	damaged int
}

// history reads all sessions, and what was looked at outside of them.
func (a *App) history() (*history, error) {
	dir, err := a.sessionsPath()
	if err != nil {
		return nil, err
	}
	type one struct {
		entry review.Entry
		tries []review.Try
		looks []review.Look
	}
	all, damaged, err := survey(a, dir, func(s *session.Session) one {
		return one{review.EntryOf(s), review.TriesOf(s), review.LooksOf(s)}
	})
	if err != nil {
		return nil, err
	}
	h := &history{dir: dir, damaged: damaged}
	looks := a.looks(dir)
	for _, o := range all {
		h.entries, h.tries, looks = append(h.entries, o.entry), append(h.tries, o.tries...), append(looks, o.looks...)
	}
	h.tries = review.Classify(h.tries, looks)
	return h, nil
}

// looks are what was shown outside of sittings.
func (a *App) looks(dir string) []review.Look {
	events, err := journal.Looks(dir)
	if err != nil {
		a.note("%v", err)
	}
	var looks []review.Look
	for _, e := range events {
		if e.Kind == session.Shown && e.Look != nil {
			looks = append(looks, review.Look{Key: review.Key{Prompt: e.Look.Prompt, Phase: e.Look.Phase}, At: e.At})
		}
	}
	return looks
}

// saw records that the person was shown a rubric or model answers. It is no reason to fail: what could not be kept is said.
func (a *App) saw(what string, looks ...session.Look) {
	dir, _, err := a.sessionsFolder()
	if err != nil {
		return // nowhere to keep it, as nowhere to practise
	}
	var events []session.Event
	for i := range looks {
		events = append(events, session.Event{V: session.Version, At: a.Now().UTC(), Kind: session.Shown, What: what, Look: &looks[i]})
	}
	if err := journal.AddLooks(dir, events); err != nil {
		a.note("that you saw it is not kept, so a later try counts as cold: %v", err)
	}
}
