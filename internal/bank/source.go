package bank

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// maxFile is far above any prompt or deck; a larger file is not content.
const maxFile = 1 << 20

// kind is what a folder holds.
type kind string

const (
	kindPrompt    kind = "prompt"
	kindFramework kind = "framework"
	kindRubric    kind = "rubric"
)

// file is one YAML file of a layer.
type file struct {
	layer int
	fsys  fs.FS
	path  string // inside fsys
	shown string // in messages: layer, folder, path
	base  string // its name without .yaml
	kind  kind
	decks bool // in the folder of decks
}

// document is one YAML document of a file, not parsed.
type document struct {
	*file
	deck   string // the deck that it is a card of, else ""
	before int    // lines of the file before it
	text   string
	begun  bool // text is only the beginning
}

// beginning is enough of a file for the head of its first document.
const beginning = 1 << 10

// untilCriteria is enough of a rubric's file for its topic and the beginning of its criteria.
const untilCriteria = 4 << 10

// peek reads the beginning of a prompt's or rubric's file. It gives nothing where the file must be read whole: a deck, whose
// name is the id of none of its cards, a head that has to be parsed, or a rubric that may have no criteria.
func (f *file) peek() (d document, ok bool) {
	size := beginning
	switch {
	case f.kind == kindFramework || f.decks:
		return d, false
	case f.kind == kindRubric:
		size = untilCriteria
	}
	r, err := f.fsys.Open(f.path)
	if err != nil {
		return d, false
	}
	defer r.Close()
	room := make([]byte, size)
	n, _ := io.ReadFull(r, room)
	text := string(room[:bytes.LastIndexByte(room[:n], '\n')+1])
	d = document{file: f, text: text, begun: true}
	h, sure := scan(text)
	sure = sure && n == size && h.ID == f.base
	if f.kind == kindRubric {
		return d, sure && hasCriteria(text)
	}
	return d, sure && h.Title != "" && h.Track != "" && h.Framework != ""
}

// whole reads what peek left, which must go on with the same document.
func (d *document) whole() Problems {
	if !d.begun {
		return nil
	}
	docs, ps := d.documents()
	if len(docs) == 0 {
		return ps
	}
	d.text, d.begun = docs[0].text, false
	if len(docs) > 1 {
		ps = append(ps, Problem{Pos: Pos{d.shown, docs[1].before + 1, 1}, Msg: "several documents are a deck: put the file into the folder decks"})
	}
	return ps
}

// list walks the layers, lowest first; the files of each come in the order of their paths.
func list(layers []Layer) (files []*file, ps Problems) {
	for i, l := range layers {
		for _, root := range []struct {
			name string
			fsys fs.FS
		}{{"prompts", l.Prompts}, {"rubrics", l.Rubrics}} {
			if root.fsys == nil {
				continue
			}
			_ = fs.WalkDir(root.fsys, ".", func(p string, d fs.DirEntry, err error) error {
				shown := path.Join(l.Name, root.name, p)
				if err != nil {
					ps = append(ps, unreadable(shown, err))
					return nil
				}
				hidden := strings.HasPrefix(d.Name(), ".") && p != "."
				switch {
				case hidden && d.IsDir():
					return fs.SkipDir
				case hidden || d.IsDir():
				case path.Ext(p) == ".yml":
					ps = append(ps, Problem{Pos: Pos{File: shown}, Msg: "not read: a file of the bank ends in .yaml", Note: true})
				case path.Ext(p) == ".yaml" && regular(root.fsys, p, d):
					files = append(files, newFile(i, root.fsys, root.name, p, shown))
				}
				return nil
			})
		}
	}
	return files, ps
}

// regular keeps pipes and devices away, which would block a read for ever. A link that leads nowhere is kept, to be named.
func regular(fsys fs.FS, p string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 {
		return d.Type().IsRegular()
	}
	info, err := fs.Stat(fsys, p)
	return err != nil || info.Mode().IsRegular()
}

func newFile(layer int, fsys fs.FS, root, p, shown string) *file {
	f := &file{layer: layer, fsys: fsys, path: p, shown: shown, base: strings.TrimSuffix(path.Base(p), ".yaml"), kind: kindPrompt}
	switch top, _, _ := strings.Cut(p, "/"); {
	case root == "rubrics":
		f.kind = kindRubric
	case top == "frameworks":
		f.kind = kindFramework
	case top == "decks":
		f.decks = true
	}
	return f
}

func unreadable(shown string, err error) Problem {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return Problem{Pos: Pos{File: shown}, Msg: "cannot be read: " + printable(err.Error())}
}

// documents reads the file and splits it. Only prompts may share a file; then it is a deck.
func (f *file) documents() ([]document, Problems) {
	text, err := f.read()
	if err != nil {
		return nil, Problems{unreadable(f.shown, err)}
	}
	parts := split(text)
	if len(parts) == 0 {
		return nil, Problems{{Pos: Pos{f.shown, 1, 1}, Msg: "empty file"}}
	}
	docs := make([]document, len(parts))
	for i, p := range parts {
		docs[i] = document{file: f, before: p.before, text: p.text}
		if f.kind == kindPrompt && (f.decks || len(parts) > 1) {
			docs[i].deck = f.base
		}
	}
	if f.kind != kindPrompt && len(docs) > 1 {
		return docs[:1], Problems{{Pos: Pos{f.shown, docs[1].before + 1, 1}, Msg: fmt.Sprintf("a file holds one %s: put the second in a file of its own", f.kind)}}
	}
	return docs, nil
}

func (f *file) read() (string, error) {
	r, err := f.fsys.Open(f.path)
	if err != nil {
		return "", err
	}
	defer r.Close()
	var text strings.Builder
	if info, err := r.Stat(); err == nil {
		text.Grow(int(min(info.Size(), maxFile)))
	}
	room := copyRooms.Get().(*[]byte)
	defer copyRooms.Put(room)
	n, err := io.CopyBuffer(&text, io.LimitReader(r, maxFile+1), *room)
	if err == nil && n > maxFile {
		err = fmt.Errorf("larger than %d MB", maxFile>>20)
	}
	return text.String(), err
}

// copyRooms are what files are read through.
var copyRooms = sync.Pool{New: func() any { room := make([]byte, 16<<10); return &room }}

type part struct {
	before int // lines
	text   string
}

// split cuts at the lines that begin a document. YAML gives them no other meaning at the start of a line, not even
// inside a text, so no parse is needed. What stands before the first such line counts only if there is content in it.
func split(text string) []part {
	starts := separators(text)
	first := len(text)
	if len(starts) > 0 {
		first = starts[0]
	}
	if content(text[:first]) {
		starts = slices.Insert(starts, 0, 0)
	}
	parts := make([]part, len(starts))
	done, before := 0, 0
	for i, at := range starts {
		before += strings.Count(text[done:at], "\n")
		parts[i] = part{before, text[at:]}
		if done = at; i > 0 {
			parts[i-1].text = text[starts[i-1]:at]
		}
	}
	return parts
}

// separators are the offsets of the lines that begin a document.
func separators(text string) (starts []int) {
	for at := 0; ; {
		if separates(text[at:]) {
			starts = append(starts, at)
		}
		i := strings.Index(text[at:], "\n---")
		if i < 0 {
			return starts
		}
		at += i + 1
	}
}

func separates(line string) bool {
	rest, ok := strings.CutPrefix(line, "---")
	return ok && (len(rest) == 0 || strings.IndexByte(" \t\r\n", rest[0]) >= 0)
}

// content reports whether anything but blank lines, comments and directives is there.
func content(text string) bool {
	for line := range strings.Lines(strings.TrimPrefix(text, bom)) {
		line = strings.TrimSpace(line)
		if len(line) > 0 && line[0] != '#' && line[0] != '%' {
			return true
		}
	}
	return false
}

const bom = "\ufeff"
