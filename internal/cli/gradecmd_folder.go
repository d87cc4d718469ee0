package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"interview/internal/report"
)

// source is a file that is to be graded.
type source struct {
	path     string // as it is opened and shown
	feedback string // of its page below --out, slashes between folders
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return name != "-" && err == nil && info.IsDir()
}

// sources are the files named and those of the folders named, each once. What lies in the folder of feedback, or is a page
// of feedback, is no submission.
func sources(names []string, out string) ([]source, error) {
	var list []source
	known := map[string]bool{}
	add := func(path, feedback string) {
		if path = filepath.Clean(path); !known[path] {
			known[path] = true
			list = append(list, source{path, feedback})
		}
	}
	for _, name := range names {
		if !isFolder(name) {
			add(name, feedbackName(name))
			continue
		}
		found, err := textsOf(name, out)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, failed("name the files themselves if they end otherwise", "%s: no .md or .txt file in it or below", name)
		}
		for _, rel := range found {
			add(filepath.Join(name, rel), feedbackName(rel))
		}
	}
	return list, nil
}

// textsOf are the paths below a folder of all .md and .txt files, sorted. Hidden files and folders are passed over, and
// links to folders are not followed.
func textsOf(folder, out string) ([]string, error) {
	var found []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		hidden := strings.HasPrefix(d.Name(), ".") && path != folder
		switch {
		case err != nil:
			return failed("", "%s: %w", path, plainCause(err))
		case d.IsDir() && (hidden || out != "" && path != folder && sameFile(path, out)):
			return fs.SkipDir
		case d.IsDir() || hidden || !submitted(path):
			return nil
		}
		rel, err := filepath.Rel(folder, path)
		found = append(found, rel)
		return err
	})
	slices.Sort(found)
	return found, err
}

// submitted says that a file is an answer: a regular one of text, and no page of feedback.
func submitted(path string) bool {
	if ext := strings.ToLower(filepath.Ext(path)); ext != ".md" && ext != ".txt" {
		return false
	}
	info, err := os.Stat(path)
	return err != nil || info.Mode().IsRegular() && !isFeedback(os.Open(path))
}

func sameFile(a, b string) bool {
	x, errA := os.Stat(a)
	y, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(x, y)
}

// isFeedback says that an opened file begins like a page of feedback, and closes it.
func isFeedback(f *os.File, err error) bool {
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(report.FeedbackMark))
	n, _ := f.Read(head) // what cannot be read is no feedback
	return bytes.Equal(head[:n], []byte(report.FeedbackMark))
}

// feedbackName is where the page for a file lies below --out: at the file's own path, inside the folder whatever that is.
func feedbackName(path string) string {
	path = filepath.ToSlash(filepath.Clean(path))
	path = path[len(filepath.VolumeName(path)):]
	for {
		rest, up := strings.CutPrefix(strings.TrimPrefix(path, "/"), "../")
		if path = rest; !up {
			break
		}
	}
	if filepath.Ext(path) != ".md" {
		path += ".md"
	}
	return path
}

// openOut makes the folder of feedback. Before anything is graded it refuses two submissions with one page, and to write
// over a file that is no page of feedback. No link leads out of the folder.
func openOut(dir string, list []source) (*os.Root, error) {
	pages := map[string]string{}
	for _, s := range list {
		if other, taken := pages[s.feedback]; taken {
			return nil, failed("grade them in two runs", "--out: %s and %s would have the same page, %s", other, s.path, s.feedback)
		}
		pages[s.feedback] = s.path
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, failed("", "--out %s: %w", dir, plainCause(err))
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, failed("", "--out %s: %w", dir, plainCause(err))
	}
	for _, s := range list {
		f, err := root.Open(filepath.FromSlash(s.feedback))
		if err == nil && !isFeedback(f, nil) {
			root.Close()
			return nil, failed("choose another folder", "--out: %s is there already and is no page of feedback", filepath.Join(dir, s.feedback))
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			root.Close()
			return nil, failed("", "--out %s: %w", filepath.Join(dir, s.feedback), plainCause(err))
		}
	}
	return root, nil
}

// writePage writes a page of feedback, over an older one.
func writePage(root *os.Root, name string, page []byte) error {
	name = filepath.FromSlash(name)
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return root.WriteFile(name, page, 0o644)
}
