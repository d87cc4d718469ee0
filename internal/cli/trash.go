package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"
)

// The trash folder of the FreeDesktop.org Trash specification 1.0: a file goes into files/, and info/ says where it came from.
// On a volume of its own a file goes into that volume's trash, so that nothing is copied. macOS has one folder without info.

// trash moves a file there and returns where it is.
func (a *App) trash(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	switch runtime.GOOS {
	case "windows":
		return "", errors.New("the recycle bin of Windows is not supported")
	case "darwin":
		bin := trashFolder{files: filepath.Join(a.Env("HOME"), ".Trash")}
		return bin.take(path, a.Now())
	}
	data, err := a.dataHome()
	if err != nil {
		return "", err
	}
	home := filepath.Join(data, "Trash")
	bin := trashFolder{files: filepath.Join(home, "files"), info: filepath.Join(home, "info")}
	to, err := bin.take(path, a.Now())
	if !errors.Is(err, syscall.EXDEV) {
		return to, err
	}
	if bin, err = volumeTrash(path); err != nil {
		return "", err
	}
	return bin.take(path, a.Now())
}

// trashFolder is one place of trash. Without info it keeps no word of where a file came from; with a top, the volume it is on,
// that is told from there.
type trashFolder struct{ files, info, top string }

// take moves a file there under a name that is free.
func (t *trashFolder) take(path string, now time.Time) (string, error) {
	for _, dir := range []string{t.files, t.info} {
		if dir == "" {
			continue
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return "", err
		}
	}
	ext := filepath.Ext(path)
	base := filepath.Base(path[:len(path)-len(ext)])
	for n := 1; n < 1000; n++ {
		name := base + ext
		if n > 1 {
			name = fmt.Sprintf("%s.%d%s", base, n, ext)
		}
		to := filepath.Join(t.files, name)
		if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if t.info == "" {
			return to, os.Rename(path, to)
		}
		record := filepath.Join(t.info, name+".trashinfo") // it reserves the name
		switch err := t.write(record, path, now); {
		case errors.Is(err, fs.ErrExist):
			continue
		case err != nil:
			return "", err
		}
		if err := os.Rename(path, to); err != nil {
			_ = os.Remove(record) // it speaks of nothing
			return "", err
		}
		return to, nil
	}
	return "", fmt.Errorf("%s: too many files of this name", t.files)
}

func (t *trashFolder) write(record, path string, now time.Time) error {
	if t.top != "" {
		if below, err := filepath.Rel(t.top, path); err == nil {
			path = below
		}
	}
	f, err := os.OpenFile(record, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "[Trash Info]\nPath=%s\nDeletionDate=%s\n", (&url.URL{Path: path}).EscapedPath(), now.Local().Format("2006-01-02T15:04:05"))
	return errors.Join(err, f.Close())
}

// volumeTrash is the user's trash at the top of the volume that holds path.
func volumeTrash(path string) (trashFolder, error) {
	top, err := topOf(filepath.Dir(path))
	if err != nil {
		return trashFolder{}, err
	}
	user := strconv.Itoa(os.Getuid())
	dir := filepath.Join(top, ".Trash-"+user)
	shared := filepath.Join(top, ".Trash")
	if info, err := os.Lstat(shared); err == nil && info.IsDir() && info.Mode()&os.ModeSticky != 0 {
		dir = filepath.Join(shared, user)
	}
	return trashFolder{filepath.Join(dir, "files"), filepath.Join(dir, "info"), top}, nil
}
