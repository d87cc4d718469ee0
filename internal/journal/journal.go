// Package journal keeps one append-only file of events per session: JSON lines, mode 0600, one write and fsync an event.
package journal

import "interview/internal/session"

// Writer appends to one journal under an advisory lock; it is a session.Recorder.
type Writer struct{}

// Create makes dir/ID.jsonl (O_EXCL, 0600, directory synced), locked. ID = UTC time + "-" + label.
func Create(dir, label string) (*Writer, error) { return nil, nil }

// Open locks an existing journal for appending, cuts an unacknowledged torn tail, and returns what it holds.
// It fails if another process writes the session.
func Open(path string) (*Writer, []session.Event, error) { return nil, nil, nil }

// ID is the session's id: the file's name without .jsonl.
func (w *Writer) ID() string { return "" }

// Record stamps nothing: it appends the event as one line and syncs.
func (w *Writer) Record(e session.Event) error { return nil }

// Close releases the lock.
func (w *Writer) Close() error { return nil }

// Read returns the events of a journal. A torn tail is ignored; a bad line elsewhere is a *BadLine,
// returned with the events that stand before it.
func Read(path string) ([]session.Event, error) { return nil, nil }

// List returns the ids of the journals in dir, newest first; a missing dir is empty.
func List(dir string) ([]string, error) { return nil, nil }

// Find resolves "last" or a unique prefix to a path; the error lists candidates.
func Find(dir, ref string) (string, error) { return "", nil }
