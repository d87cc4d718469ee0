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
	h, err := a.history()
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
	x := exporting{a: a, bank: b, history: h, format: format, root: root, into: dir, before: triesBefore(h.entries), named: map[string]bool{},
		items: map[string]*bank.Item{}, cards: map[string][]bank.Prompt{}}
	if err := x.write(); err != nil {
		return err
	}
	return strictly(true, h.damaged)
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

// exporting is one run over all sessions. One after the other is read whole.
type exporting struct {
	*history
	a      *App
	bank   *bank.Bank
	format string
	into   string
	root   *os.Root          // of that folder
	before map[string]string // id of the try before, by id
	named  map[string]bool   // ids whose damage was found late
	items  map[string]*bank.Item
	cards  map[string][]bank.Prompt
}

// triesBefore has the newest graded session of the same thing, in the same mode, begun before each. Entries are newest first.
func triesBefore(entries []review.Entry) map[string]string {
	before, newest := map[string]string{}, map[[2]string]string{}
	for i := range slices.Backward(entries) {
		e := &entries[i]
		key := [2]string{e.Label, e.Mode}
		before[e.ID] = newest[key]
		if e.Graded {
			newest[key] = e.ID
		}
	}
	return before
}

// session reads one whole. Damage inside a text, which the first look at all sessions leaves out, is named here.
func (x *exporting) session(id string) session.Session {
	path := filepath.Join(x.dir, id+".jsonl")
	s, err := readSession(path)
	if err != nil && !x.named[id] && skims(path) {
		x.a.note("%v", err)
		x.named[id] = true
		x.damaged++
	}
	return s
}

func skims(path string) bool {
	_, err := journal.Skim(path, nil)
	return err == nil
}

func (x *exporting) write() error {
	var written []review.Entry // without those of which nothing can be read
	for _, e := range x.entries {
		s := x.session(e.ID)
		if len(s.Plan.Steps) == 0 {
			continue
		}
		if err := x.one(&s); err != nil {
			return err
		}
		written = append(written, e)
	}
	return x.overview(written)
}

// overview writes the page over all, and says what was written.
func (x *exporting) overview(entries []review.Entry) error {
	written := counted(len(entries), "session")
	if x.format != formHTML {
		x.a.note("%s in %s", written, x.into)
		return nil
	}
	o := report.Overview{Entries: entries, Tries: x.tries, Phases: phaseTitles(x.bank), Page: x.page, In: time.Local}
	var page bytes.Buffer
	if err := report.OverviewHTML(&page, &o); err != nil {
		return err
	}
	if err := x.file(overviewFile, page.Bytes()); err != nil {
		return err
	}
	x.a.note("%s and a page over all in %s", written, x.into)
	fmt.Fprintln(x.a.Out, filepath.Join(x.into, overviewFile))
	return nil
}

// page is the name of a session's file, which is also its address from the overview.
func (x *exporting) page(id string) string { return id + extensions[x.format] }

func (x *exporting) one(s *session.Session) error {
	r := &report.Record{Session: s, Sheets: x.a.sheets(s, func(id string) (*bank.Item, []bank.Prompt, error) { return x.found(&s.Plan, id) })}
	if x.format == formHTML {
		r.Overview = overviewFile
		if before := x.before[s.ID]; before != "" {
			if old := x.session(before); len(old.Plan.Steps) > 0 {
				r.Before, r.BeforePage = &old, x.page(before)
			}
		}
	}
	var page bytes.Buffer
	if err := writeRecord(&page, r, x.format); err != nil {
		return err
	}
	return x.file(x.page(s.ID), page.Bytes())
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
		return failed("", "%s: %w", filepath.Join(x.into, name), plainCause(err))
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
