package journal

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// ours is the form of the names that Create gives.
var ours = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9]{8}T[0-9]{6}Z-.+\.jsonl$`) })

// List returns the ids of the journals in dir, newest first; a missing dir is empty. Files with other names, what is no
// regular file, and empty files (left by a crash before the first event) are not ours.
func List(dir string) ([]string, error) {
	ids, _, err := ListAll(dir)
	return ids, err
}

// ListAll is List, and what bears the name of a journal but is no regular file: folders, devices, links that lead nowhere.
// Nothing of it was opened.
func ListAll(dir string) (ids []string, odd []error, err error) {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, nil
	case err != nil:
		return nil, nil, fmt.Errorf("sessions folder: %w", err)
	}
	for _, e := range entries {
		if !ours().MatchString(e.Name()) {
			continue
		}
		path := filepath.Join(dir, e.Name())
		switch size, err := regular(path); { // of the file, not of the directory's entry: that may be a link to one
		case err != nil:
			odd = append(odd, err)
		case size > 0:
			ids = append(ids, strings.TrimSuffix(e.Name(), suffix))
		}
	}
	newestFirst(dir, ids)
	return ids, odd, nil
}

// newestFirst sorts by the second in the name. Sessions of one second are told apart by the time of their first event.
func newestFirst(dir string, ids []string) {
	begun := map[string]time.Time{}
	opened := func(id string) time.Time {
		at, known := begun[id]
		if !known {
			at = firstAt(filepath.Join(dir, id+suffix))
			begun[id] = at
		}
		return at
	}
	slices.SortFunc(ids, func(a, b string) int {
		if c := cmp.Compare(b[:len(stamp)], a[:len(stamp)]); c != 0 {
			return c
		}
		return cmp.Or(opened(b).Compare(opened(a)), cmp.Compare(b, a))
	})
}

// firstAt is the time of a journal's first event, the zero time if it cannot be read.
func firstAt(path string) time.Time {
	var at time.Time
	if line := head(path); line != "" {
		_, after, _ := strings.Cut(line, `"at":"`)
		when, _, _ := strings.Cut(after, `"`)
		at, _ = time.Parse(time.RFC3339Nano, when)
	}
	return at
}

// head is how a file of ours begins: version, number and time of its first event; "" for any other file.
func head(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	b := make([]byte, 128)
	n, _ := f.Read(b) // a short file is as good
	if line := string(b[:n]); strings.HasPrefix(line, `{"v":`) {
		return line
	}
	return ""
}

// HasJournals says whether dir holds a journal of ours, by its name and by how it begins.
func HasJournals(dir string) bool {
	ids, err := List(dir)
	return err == nil && slices.ContainsFunc(ids, func(id string) bool { return head(filepath.Join(dir, id+suffix)) != "" })
}

// Find resolves "last" (the newest), an id, or the beginning of only one id to a path; the error lists candidates.
func Find(dir, ref string) (string, error) {
	ids, err := List(dir)
	if err != nil {
		return "", err
	}
	if len(ids) == 0 {
		return "", fmt.Errorf("no sessions in %s", dir)
	}
	ref = strings.TrimSuffix(ref, suffix)
	var fit []string
	for _, id := range ids {
		if id == ref || ref == "last" {
			return filepath.Join(dir, id+suffix), nil
		}
		if ref != "" && strings.HasPrefix(id, ref) {
			fit = append(fit, id)
		}
	}
	switch len(fit) {
	case 1:
		return filepath.Join(dir, fit[0]+suffix), nil
	case 0:
		return "", fmt.Errorf("no session %q in %s; the newest: %s", ref, dir, some(ids))
	}
	return "", fmt.Errorf("%q is the beginning of %d sessions in %s: %s", ref, len(fit), dir, some(fit))
}

// some lists the first few ids.
func some(ids []string) string {
	const few = 5
	if len(ids) > few {
		return strings.Join(ids[:few], ", ") + ", …"
	}
	return strings.Join(ids, ", ")
}
