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
		return moveAside(path, filepath.Join(a.Env("HOME"), ".Trash"), "")
	}
	data, err := a.dataHome()
	if err != nil {
		return "", err
	}
	to, err := moveAside(path, filepath.Join(data, "Trash", "files"), filepath.Join(data, "Trash", "info"))
	if !errors.Is(err, syscall.EXDEV) {
		return to, err
	}
	dir, err := volumeTrash(path)
	if err != nil {
		return "", err
	}
	return moveAside(path, filepath.Join(dir, "files"), filepath.Join(dir, "info"))
}

// moveAside moves a file into files under a name that is free, and says in info where it came from; info "" says nothing.
func moveAside(path, files, info string) (string, error) {
	for _, dir := range []string{files, info} {
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
		to := filepath.Join(files, name)
		if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if info == "" {
			return to, os.Rename(path, to)
		}
		record := filepath.Join(info, name+".trashinfo") // it reserves the name
		switch err := writeInfo(record, path); {
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
	return "", fmt.Errorf("%s: too many files of this name", files)
}

func writeInfo(record, path string) error {
	f, err := os.OpenFile(record, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "[Trash Info]\nPath=%s\nDeletionDate=%s\n", (&url.URL{Path: path}).EscapedPath(), time.Now().Format("2006-01-02T15:04:05"))
	return errors.Join(err, f.Close())
}

// volumeTrash is the user's trash at the top of the volume that holds path.
func volumeTrash(path string) (string, error) {
	top, err := topOf(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	user := strconv.Itoa(os.Getuid())
	shared := filepath.Join(top, ".Trash")
	if info, err := os.Lstat(shared); err == nil && info.IsDir() && info.Mode()&os.ModeSticky != 0 {
		return filepath.Join(shared, user), nil
	}
	return filepath.Join(top, ".Trash-"+user), nil
}
