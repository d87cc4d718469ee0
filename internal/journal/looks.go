package journal

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"interview/internal/session"
)

// looks is the journal of what was shown outside of sittings, beside the journals of the sessions. It is no index: nothing
// else on disk says it.
const looks = "shown.jsonl"

// AddLooks appends events to it, in one write, and syncs. dir is made if need be.
func AddLooks(dir string, events []session.Event) error {
	if len(events) == 0 {
		return nil
	}
	if err := makeFolder(dir); err != nil {
		return err
	}
	path := filepath.Join(dir, looks)
	if _, err := regular(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	defer f.Close()
	var text bytes.Buffer
	if torn(f) {
		text.WriteByte('\n') // else the first line would be lost with what a crash left
	}
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	for _, e := range events {
		if err := enc.Encode(e); err != nil {
			return fmt.Errorf("journal %s: %w", path, err)
		}
	}
	if _, err := f.Write(text.Bytes()); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	return f.Sync()
}

// torn says that a file ends within a line.
func torn(f *os.File) bool {
	end, err := f.Seek(-1, io.SeekEnd)
	if err != nil {
		return false // it is empty
	}
	last := make([]byte, 1)
	n, _ := f.ReadAt(last, end)
	return n == 1 && last[0] != '\n'
}

// Looks returns what AddLooks kept. A bad line is an error that names it, returned with all the others: they say things of
// their own.
func Looks(dir string) ([]session.Event, error) {
	path := filepath.Join(dir, looks)
	var events []session.Event
	var bad error
	line := 0
	err := eachLine(path, bufio.NewReader(nil), func(text []byte) error {
		line++
		var e session.Event
		if err := decode(text, &e); err != nil {
			if bad == nil {
				bad = &BadLine{path, line, err}
			}
			return nil
		}
		events = append(events, e)
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return events, errors.Join(err, bad)
}
