package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"interview/internal/bank"
	"interview/internal/journal"
	"interview/internal/report"
	"interview/internal/review"
	"interview/internal/session"
)

// extensions of the files of each form.
var extensions = map[string]string{formMarkdown: ".md", formHTML: ".html", formJSON: ".json", formCSV: ".csv"}

// overviewFile is the page over all sessions.
const overviewFile = "index.html"

// exportAll writes each session into a folder, and with html the page over all. What cannot be read is named, and the rest
// written all the same.
func (a *App) exportAll(dir, format string) error {
	from, err := a.sessionsPath()
	if err != nil {
		return err
	}
	ids, err := journal.List(from)
	if err != nil {
		return err
	}
	b, err := a.openBank()
	if err != nil {
		return err
	}
	root, err := openExport(dir, format)
	if err != nil {
		return err
	}
	defer root.Close()
	x := exporting{a: a, bank: b, from: from, format: format, root: root, dir: dir, before: map[string]string{}, phases: phaseTitles(b),
		items: map[string]*bank.Item{}, cards: map[string][]bank.Prompt{}}
	broken := x.read(ids)
	if err := x.write(); err != nil {
		return err
	}
	if broken > 0 {
		return failed("", "%s not written, or as far as they can be read", counted(broken, "session"))
	}
	return nil
}

// openExport makes the folder, and refuses one whose index.html is not ours.
func openExport(dir, format string) (*os.Root, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, failed("", "%s: %w", dir, plainCause(err))
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, failed("", "%s: %w", dir, plainCause(err))
	}
	old, err := root.ReadFile(overviewFile)
	if format == formHTML && (err == nil && !bytes.Contains(old, []byte(report.PageMark)) || err != nil && !errors.Is(err, fs.ErrNotExist)) {
		root.Close()
		return nil, failed("choose another folder", "%s is there already and is no page of ours", filepath.Join(dir, overviewFile))
	}
	return root, nil
}

// exporting is one run over all sessions. They are read twice, so that only what the overview needs is kept.
type exporting struct {
	a                 *App
	bank              *bank.Bank
	from, dir, format string
	root              *os.Root
	entries           []review.Entry // newest first
	tries             []review.Try
	looks             []review.Look
	before            map[string]string // id of the try before, by id
	phases            map[string]string // titles
	items             map[string]*bank.Item
	cards             map[string][]bank.Prompt
}

// read reduces every session, and returns how many are broken.
func (x *exporting) read(ids []string) (broken int) {
	newest := map[string]string{} // the newest graded session of a label and mode
	for _, id := range slices.Backward(ids) {
		s, err := x.session(id)
		if err != nil {
			x.a.note("%v", err)
			broken++
		}
		if len(s.Plan.Steps) == 0 {
			continue
		}
		key := s.Plan.Label + " " + s.Plan.Mode
		x.before[id] = newest[key]
		if len(s.Grades) > 0 {
			newest[key] = id
		}
		x.entries = append(x.entries, review.EntryOf(&s))
		x.tries, x.looks = append(x.tries, review.TriesOf(&s)...), append(x.looks, review.LooksOf(&s)...)
		for _, step := range s.Plan.Steps {
			if x.phases[step.Phase] == "" && step.Probe == "" {
				x.phases[step.Phase] = step.Title
			}
		}
	}
	slices.Reverse(x.entries)
	x.tries = review.Classify(x.tries, x.looks)
	return broken
}

func (x *exporting) session(id string) (session.Session, error) {
	return readSession(filepath.Join(x.from, id+".jsonl"))
}

func (x *exporting) write() error {
	for i := range x.entries {
		if err := x.one(x.entries[i].ID); err != nil {
			return err
		}
	}
	written := counted(len(x.entries), "session")
	if x.format != formHTML {
		x.a.note("%s in %s", written, x.dir)
		return nil
	}
	o := report.Overview{Entries: x.entries, Tries: x.tries, Phases: x.phases, Page: x.page, In: time.Local}
	var page bytes.Buffer
	if err := report.OverviewHTML(&page, &o); err != nil {
		return err
	}
	if err := x.file(overviewFile, page.Bytes()); err != nil {
		return err
	}
	x.a.note("%s and a page over all in %s", written, x.dir)
	fmt.Fprintln(x.a.Out, filepath.Join(x.dir, overviewFile))
	return nil
}

// page is the name of a session's file, which is also its address from the overview.
func (x *exporting) page(id string) string { return id + extensions[x.format] }

func (x *exporting) one(id string) error {
	s, _ := x.session(id) // its mistake was named
	r := &report.Record{Session: &s, Sheets: x.a.sheets(&s, func(id string) (*bank.Item, []bank.Prompt, error) { return x.found(&s.Plan, id) })}
	if x.format == formHTML {
		r.Overview = overviewFile
		if before := x.before[id]; before != "" {
			old, _ := x.session(before)
			r.Before, r.BeforePage = &old, x.page(before)
		}
	}
	var page bytes.Buffer
	if err := writeRecord(&page, r, x.format); err != nil {
		return err
	}
	return x.file(x.page(id), page.Bytes())
}

// found is the item of a prompt with its cards. Many sessions are of few prompts, and to resolve one takes longer than to
// draw its page, so what the bank has is kept.
func (x *exporting) found(plan *session.Plan, id string) (*bank.Item, []bank.Prompt, error) {
	if it := x.items[id]; it != nil {
		return it, x.cards[id], nil
	}
	it, err := itemOf(x.bank, plan, id)
	if it == nil {
		return nil, nil, err
	}
	cards := cardsOf(x.bank, it)
	if err == nil && id != bank.QuestionID { // else it is made from the session
		x.items[id], x.cards[id] = it, cards
	}
	return it, cards, nil
}

func (x *exporting) file(name string, page []byte) error {
	if err := x.root.WriteFile(name, page, 0o600); err != nil {
		return failed("", "%s: %w", filepath.Join(x.dir, name), plainCause(err))
	}
	return nil
}

// phaseTitles are those of every framework; a broken one is for check to name.
func phaseTitles(b *bank.Bank) map[string]string {
	titles := map[string]string{}
	frameworks, _ := b.Frameworks()
	for _, f := range frameworks {
		for _, ph := range f.Phases {
			titles[ph.ID] = ph.Title
		}
	}
	return titles
}
