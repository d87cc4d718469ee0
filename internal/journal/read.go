package journal

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"interview/internal/session"
)

// most is the largest file that is read as a journal: a mock is about 150 KB, an answer of 16 MB can take up 200 MB.
const most = 1 << 30

// BadLine is a line of a journal that cannot be read.
type BadLine struct {
	File string
	Line int // from 1
	Err  error
}

func (b *BadLine) Error() string { return fmt.Sprintf("%s:%d: %v", b.File, b.Line, b.Err) }

// Unwrap is the reason.
func (b *BadLine) Unwrap() error { return b.Err }

// Read returns the events of a journal. A torn tail is ignored; a bad line elsewhere is a *BadLine,
// returned with the events that stand before it.
func Read(path string) ([]session.Event, error) {
	if _, err := regular(path); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	defer f.Close()
	events, _, err := read(path, f)
	return events, err
}

// regular refuses what would hang or never end when opened: pipes, devices, folders. size is in bytes.
func regular(path string) (size int64, err error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return 0, fmt.Errorf("journal: %w", err)
	case !info.Mode().IsRegular():
		return 0, fmt.Errorf("journal %s: not a regular file", path)
	case info.Size() > most:
		return 0, fmt.Errorf("journal %s: larger than 1 GB, not a journal of ours", path)
	}
	return info.Size(), nil
}

// read decodes whole lines; size is where the last of them ends.
func read(path string, r io.Reader) (events []session.Event, size int64, err error) {
	lines := bufio.NewReaderSize(io.LimitReader(r, most), 64<<10)
	for n := 1; ; n++ {
		line, err := wholeLine(lines)
		if errors.Is(err, io.EOF) {
			return events, size, nil // what stands after the last newline was never acknowledged
		}
		if err != nil {
			return events, size, fmt.Errorf("journal %s: %w", path, err)
		}
		var e session.Event
		if err := decode(line, &e); err != nil {
			return events, size, &BadLine{path, n, err}
		}
		events = append(events, e)
		size += int64(len(line))
	}
}

// wholeLine reads a line of any length with its newline. The line is valid until the next call.
func wholeLine(r *bufio.Reader) ([]byte, error) {
	line, err := r.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		return line, err
	}
	line = append([]byte(nil), line...)
	rest, err := r.ReadBytes('\n')
	return append(line, rest...), err
}

func decode(line []byte, e *session.Event) error {
	if !draft(line, e) {
		if err := json.Unmarshal(line, e); err != nil {
			return err
		}
	}
	if e.V < 1 || e.Kind == "" {
		return errors.New("not an event: it has no version or no kind")
	}
	return nil
}
