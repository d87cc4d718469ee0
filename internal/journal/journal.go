// Package journal keeps one append-only file of events per session: JSON lines, mode 0600, one write and fsync an event.
// It knows nothing of what the events mean.
package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"interview/internal/session"
)

// The lock is held on the journal itself, so that nothing is left behind by a crash; it is advisory, and readers need none.
// Two file handles are open on a journal that is written: one for the lock, one for the lines.

const (
	suffix    = ".jsonl"
	stamp     = "20060102T150405Z"
	mostLabel = 100 // bytes of a label in a file's name
)

// Busy says that another process, or another part of this one, writes the session.
type Busy struct{ Path string }

func (b *Busy) Error() string {
	return fmt.Sprintf("session %s is open in another process: go on there, or leave it first", idOf(b.Path))
}

// Writer appends to one journal under an advisory lock; it is a session.Recorder. It is not safe for concurrent use.
type Writer struct {
	path  string
	file  file
	lock  *flock.Flock
	size  int64 // of what is acknowledged
	fresh bool  // made by Create
	err   error // of the first failed record: what comes after it cannot be kept either
}

// file is what a Writer needs of an *os.File; tests put a failing disk in its place.
type file interface {
	Write([]byte) (int, error)
	Truncate(int64) error
	Sync() error
	Stat() (fs.FileInfo, error)
	Close() error
}

// Create makes dir/ID.jsonl (O_EXCL, 0600, directory synced), locked. ID = UTC time + "-" + label. dir is made if need be.
func Create(dir, label string) (*Writer, error) {
	if err := makeFolder(dir); err != nil {
		return nil, err
	}
	name := time.Now().UTC().Format(stamp) + "-" + plain(label)
	for n := 1; ; n++ {
		path := filepath.Join(dir, name+suffix)
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s-%d%s", name, n, suffix))
		}
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR|os.O_APPEND, 0o600)
		if errors.Is(err, fs.ErrExist) && n < 1000 {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("new journal: %w", err)
		}
		w := &Writer{path: path, file: f, fresh: true}
		if err := errors.Join(w.acquire(), syncFolder(dir)); err != nil {
			w.Close()
			return nil, err
		}
		return w, nil
	}
}

// plain makes a label fit for a file's name.
func plain(label string) string {
	label = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.' {
			return r
		}
		return '-'
	}, label)
	if label == "" {
		return "session"
	}
	return label[:min(len(label), mostLabel)]
}

// makeFolder makes dir and what lies above it, for this user alone, and syncs each folder that got a new one.
func makeFolder(dir string) error {
	if info, err := os.Stat(dir); err == nil {
		if !info.IsDir() {
			return fmt.Errorf("sessions folder %s: not a folder", dir)
		}
		return nil
	}
	above := filepath.Dir(filepath.Clean(dir))
	if above != dir {
		if err := makeFolder(above); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("sessions folder: %w", err)
	}
	return syncFolder(above)
}

// syncFolder makes new names in a folder survive a loss of power.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return nil // a folder that may be written but not read: its names cannot be synced
	}
	defer d.Close()
	err = d.Sync()
	if err == nil || errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) || errors.Is(err, fs.ErrPermission) {
		return nil // some file systems and Windows cannot sync a folder
	}
	return fmt.Errorf("sessions folder %s: %w", dir, err)
}

// Open locks an existing journal for appending, cuts an unacknowledged torn tail, and returns what it holds.
// It fails with *Busy if another process writes the session, and with *BadLine if a line of it cannot be read.
func Open(path string) (*Writer, []session.Event, error) {
	if _, err := regular(path); err != nil {
		return nil, nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("journal: %w", err)
	}
	w := &Writer{path: path, file: f}
	events, err := w.load(f)
	if err != nil {
		w.Close()
		return nil, events, err
	}
	return w, events, nil
}

// load reads the journal under its lock, and cuts what was never acknowledged.
func (w *Writer) load(f *os.File) ([]session.Event, error) {
	if err := w.acquire(); err != nil {
		return nil, err
	}
	events, size, err := read(w.path, f)
	if err != nil {
		return events, err
	}
	info, err := f.Stat()
	if err == nil && info.Size() > size {
		err = errors.Join(f.Truncate(size), f.Sync())
	}
	if err != nil {
		return events, fmt.Errorf("journal: %w", err)
	}
	w.size = size
	return events, nil
}

func (w *Writer) acquire() error {
	w.lock = flock.New(w.path, flock.SetFlag(os.O_RDWR))
	switch locked, err := w.lock.TryLock(); {
	case err != nil:
		return fmt.Errorf("cannot lock journal %s: %w", w.path, err)
	case !locked:
		return &Busy{w.path}
	}
	return nil
}

// ID is the session's id: the file's name without .jsonl.
func (w *Writer) ID() string { return idOf(w.path) }

// Path is the file of the journal.
func (w *Writer) Path() string { return w.path }

func idOf(path string) string { return strings.TrimSuffix(filepath.Base(path), suffix) }

// Record stamps nothing: it appends the event as one line and syncs. Once it failed it fails for good.
func (w *Writer) Record(e session.Event) error {
	if w.err != nil {
		return w.err
	}
	var line bytes.Buffer
	enc := json.NewEncoder(&line) // ends the line
	enc.SetEscapeHTML(false)
	err := enc.Encode(e)
	if err == nil {
		err = w.append(line.Bytes())
	}
	if err != nil {
		w.err = fmt.Errorf("journal %s: %w", w.path, err)
	}
	return w.err
}

// append writes a line and waits until it is on disk. Of a line that was not written whole nothing stays, where the disk
// allows; what stays is a torn tail.
func (w *Writer) append(line []byte) error {
	if n, err := w.file.Write(line); err != nil {
		if n > 0 {
			err = errors.Join(err, w.file.Truncate(w.size))
		}
		return err
	}
	if err := w.file.Sync(); err != nil {
		return err
	}
	w.size += int64(len(line))
	return w.there()
}

// there makes sure that the lines did not go into a file that nobody will find again.
func (w *Writer) there() error {
	named, err := os.Stat(w.path)
	if err != nil {
		return fmt.Errorf("it was taken away while it was written: %w", err)
	}
	if open, err := w.file.Stat(); err != nil || !os.SameFile(named, open) {
		return errors.Join(errors.New("another file took its place while it was written"), err)
	}
	return nil
}

// Close releases the lock. A new journal that holds nothing is taken away again.
func (w *Writer) Close() error {
	if w.fresh && w.size == 0 {
		_ = os.Remove(w.path) // it holds nothing: that it stays is no harm
	}
	err := w.file.Close()
	if w.lock != nil {
		err = errors.Join(err, w.lock.Close())
	}
	return err
}
