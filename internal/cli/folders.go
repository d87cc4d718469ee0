package cli

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"interview/internal/bank"
	"interview/prompts"
	"interview/rubrics"
)

// openBank lays --bank, or the bank of the current folder, over the built-in one. A local bank is announced on stderr.
func (a *App) openBank() (*bank.Bank, error) {
	layers := []bank.Layer{{Prompts: prompts.FS, Rubrics: rubrics.FS}}
	dir := a.bankDir
	if dir == "" && localBank(".") {
		dir = "."
		a.once("using the bank in ./prompts and ./rubrics")
	}
	if dir != "" {
		layer, err := bankLayer(dir)
		if err != nil {
			return nil, err
		}
		layers = append(layers, layer)
	}
	return bank.New(layers...), nil
}

// bankLayer opens a folder as a layer. One of its two folders may be absent.
func bankLayer(dir string) (bank.Layer, error) {
	layer := bank.Layer{Name: dir}
	switch info, err := os.Stat(dir); {
	case err != nil:
		return layer, failed("", "bank %s: %w", dir, plainCause(err))
	case !info.IsDir():
		return layer, failed("", "bank %s: not a folder", dir)
	}
	var err error
	if layer.Prompts, err = openFolder(filepath.Join(dir, "prompts")); err != nil {
		return layer, err
	}
	if layer.Rubrics, err = openFolder(filepath.Join(dir, "rubrics")); err != nil {
		return layer, err
	}
	if layer.Prompts == nil && layer.Rubrics == nil {
		return layer, failed("name the folder above prompts/ and rubrics/", "bank %s: holds neither prompts/ nor rubrics/", dir)
	}
	return layer, nil
}

// openFolder gives a folder that symlinks cannot lead out of; nil if there is none.
func openFolder(dir string) (fs.FS, error) {
	root, err := os.OpenRoot(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, failed("", "bank %s: %w", dir, plainCause(err))
	}
	return root.FS(), nil
}

// plainCause drops the name of the system call: the message names the file itself.
func plainCause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// localBank says whether dir holds a bank of ours: both folders, and a prompt that names its framework or a framework with
// its phases. Many projects keep other prompts in a folder of that name.
func localBank(dir string) bool {
	if info, err := os.Stat(filepath.Join(dir, "rubrics")); err != nil || !info.IsDir() {
		return false
	}
	return holds(filepath.Join(dir, "prompts"), ".yaml", "framework:", "phases:")
}

// localSessions says whether dir holds journals of ours, be it in its folder of examples.
func localSessions(dir string) bool { return holds(dir, ".jsonl", `{"v":`) }

// holds looks for a file of that extension, at most one folder deep, with a line that begins with one of the words.
func holds(dir, ext string, words ...string) bool {
	found := false
	_ = fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error { // unreadable is as good as absent
		switch {
		case err != nil:
			return fs.SkipDir
		case d.IsDir() && strings.Count(path, "/") > 0:
			return fs.SkipDir
		case filepath.Ext(path) == ext && anyLine(filepath.Join(dir, path), words):
			found = true
			return fs.SkipAll
		}
		return nil
	})
	return found
}

// anyLine reads the first 64 KB of a file.
func anyLine(path string, words []string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	r := bufio.NewReader(io.LimitReader(f, 64<<10))
	for whole := true; ; {
		line, more, err := r.ReadLine()
		if err != nil {
			return false
		}
		for _, w := range words {
			if whole && bytes.HasPrefix(line, []byte(w)) {
				return true
			}
		}
		whole = !more // else what comes next is the rest of a long line
	}
}

// sessionsPath is the folder of the journals, which may not exist yet: --sessions, $INTERVIEW_SESSIONS, ./sessions of a
// checkout, else the user's data folder.
func (a *App) sessionsPath() (string, error) {
	dir, local, err := a.sessionsFolder()
	if local {
		a.once("using the sessions in ./sessions")
	}
	return dir, err
}

// sessionsFolder is sessionsPath without a word about it; local says that it is that of a checkout.
func (a *App) sessionsFolder() (dir string, local bool, err error) {
	if a.examples {
		dir, err = a.unpackExamples()
		return dir, false, err
	}
	if a.sessionsDir != "" {
		return a.sessionsDir, false, nil
	}
	if dir := a.Env("INTERVIEW_SESSIONS"); dir != "" {
		return dir, false, nil
	}
	if localBank(".") && localSessions("sessions") {
		return "sessions", true, nil
	}
	dir, err = a.dataPath()
	return dir, false, err
}

// dataPath is where sessions are kept for a user.
func (a *App) dataPath() (string, error) {
	data, err := a.dataHome()
	if err != nil {
		return "", failed("give --sessions DIR or set INTERVIEW_SESSIONS", "no folder for sessions: %w", err)
	}
	return filepath.Join(data, "interview", "sessions"), nil
}

// dataHome follows the XDG Base Directory Specification: a relative $XDG_DATA_HOME is ignored.
func (a *App) dataHome() (string, error) {
	if data := a.Env("XDG_DATA_HOME"); filepath.IsAbs(data) {
		return data, nil
	}
	home := a.Env("HOME")
	if home == "" {
		home = a.Env("USERPROFILE")
	}
	if home == "" {
		return "", errors.New("HOME is not set")
	}
	return filepath.Join(home, ".local", "share"), nil
}
