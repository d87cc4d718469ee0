// Package internal_test holds the map of the house: who may import whom, and what no Go code may say.
package internal_test

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

const module = "interview"

// mayImport is the table of internal/README.md. A package that is not in it fails the test, so a new one is placed first.
var mayImport = map[string][]string{
	"cmd/interview": {"internal/cli", "internal/noquery"},
	"docs/pictures": {},
	"prompts":       {},
	"rubrics":       {},
	"sessions":      {},
	"internal/cli": {"internal/bank", "internal/chat", "internal/diagram", "internal/grade", "internal/journal", "internal/judge", "internal/lexicon", "internal/report",
		"internal/review", "internal/session", "internal/trial", "internal/tui", "prompts", "rubrics", "sessions"},
	"internal/tui":           {"internal/bank", "internal/diagram", "internal/grade", "internal/session"},
	"internal/journal":       {"internal/bank", "internal/grade", "internal/session"},
	"internal/judge":         {"internal/bank", "internal/chat", "internal/grade"},
	"internal/chat":          {},
	"internal/chat/chattest": {},
	"internal/report":        {"internal/bank", "internal/diagram", "internal/grade", "internal/review", "internal/session"},
	"internal/review":        {"internal/bank", "internal/grade", "internal/session"},
	"internal/session":       {"internal/bank", "internal/grade", "internal/trial"},
	"internal/grade":         {"internal/bank", "internal/diagram", "internal/lexicon", "internal/trial"},
	"internal/bank":          {},
	"internal/diagram":       {},
	"internal/lexicon":       {},
	"internal/trial":         {},
	"internal/noquery":       {},
}

// pure are the packages that never touch the world.
var pure = []string{"internal/bank", "internal/diagram", "internal/grade", "internal/lexicon", "internal/review", "internal/session", "internal/trial"}

// timeless are those of them whose results may depend on nothing but their arguments.
var timeless = []string{"internal/diagram", "internal/grade", "internal/lexicon", "internal/trial"}

// banned from pure packages, with everything below each path.
var (
	world = []string{"os", "net", "log", "syscall", "testing", "embed", "path/filepath", "io/ioutil", "github.com/charmbracelet",
		"github.com/muesli", "github.com/mattn", "golang.org/x/term", "golang.org/x/sys", module + "/prompts", module + "/rubrics", module + "/sessions"}
	chance = []string{"time", "math/rand", "crypto/rand", "runtime"}
)

// source is one Go file that is no test.
type source struct {
	pkg, path string
	file      *ast.File
	set       *token.FileSet
}

// sources reads the files themselves: what go list says would be cached by go test, and then could not fail.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel("..", path)
		all = append(all, source{filepath.ToSlash(filepath.Dir(rel)), filepath.ToSlash(rel), f, set})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 15 {
		t.Fatalf("only %d Go files found: the walk is wrong", len(all))
	}
	return all
}

func (s *source) imports() []string {
	var paths []string
	for _, spec := range s.file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value) // the parser took it
		paths = append(paths, path)
	}
	return paths
}

func under(path string, roots []string) bool {
	return slices.ContainsFunc(roots, func(r string) bool { return path == r || strings.HasPrefix(path, r+"/") })
}

// Imports only point where the table says.
func TestImports(t *testing.T) {
	for _, s := range sources(t) {
		may, known := mayImport[s.pkg]
		if !known {
			t.Errorf("%s: package %s has no row in mayImport and internal/README.md", s.path, s.pkg)
		}
		for _, path := range s.imports() {
			ours, ok := strings.CutPrefix(path, module+"/")
			if ok && !slices.Contains(may, ours) {
				t.Errorf("%s imports %s, which its layer may not", s.path, ours)
			}
			if s.pkg == "internal/noquery" && path != "os" {
				t.Errorf("%s imports %s: it must import nothing but os", s.path, path)
			}
		}
	}
}

// Never 1: the core never touches the world; it never prints, logs or exits. Part of never 3: no clock, no chance.
func TestCoreIsPure(t *testing.T) {
	for _, s := range sources(t) {
		if !slices.Contains(pure, s.pkg) {
			continue
		}
		for _, path := range s.imports() {
			if under(path, world) && !(path == "embed" && s.pkg == "internal/lexicon") { // its word lists are part of the engine
				t.Errorf("%s imports %s: the core never touches the world", s.path, path)
			}
			if under(path, chance) && slices.Contains(timeless, s.pkg) {
				t.Errorf("%s imports %s: a grade never depends on clock or chance", s.path, path)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && prints(call) {
				t.Errorf("%s: the core never prints", s.set.Position(call.Pos()))
			}
			return true
		})
	}
}

func prints(call *ast.CallExpr) bool {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name == "print" || f.Name == "println"
	case *ast.SelectorExpr:
		x, ok := f.X.(*ast.Ident)
		return ok && x.Name == "fmt" && strings.HasPrefix(f.Sel.Name, "Print")
	}
	return false
}

// Never 2: a journal is never rewritten: nothing in the package replaces a file or empties it.
func TestJournalsAreOnlyAppended(t *testing.T) {
	for _, s := range sources(t) {
		if s.pkg != "internal/journal" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := sel.X.(*ast.Ident)
			if ok && x.Name == "os" && slices.Contains([]string{"WriteFile", "Rename", "RemoveAll", "Create", "O_TRUNC"}, sel.Sel.Name) {
				t.Errorf("%s: os.%s in journal", s.set.Position(sel.Pos()), sel.Sel.Name)
			}
			return true
		})
	}
}

// notation are words of our own languages that happen to be spelled like an id: package and literal.
var notation = map[[2]string]bool{
	{"internal/grade", "time"}:     true, // the quantity #time of a claim
	{"internal/bank", "relate"}:    true, // the pieces of a recurrence
	{"internal/bank", "base"}:      true,
	{"internal/bank", "original"}:  true,
	{"internal/bank", "time"}:      true,
	{"internal/trial", "relate"}:   true,
	{"internal/trial", "base"}:     true,
	{"internal/trial", "original"}: true,
	{"internal/trial", "time"}:     true,
}

// Never 5: Go code never names a track, framework, prompt or phase. The ids come from the YAML files.
func TestGoNamesNoContent(t *testing.T) {
	ids := contentIDs(t)
	for _, s := range sources(t) {
		if !strings.HasPrefix(s.pkg, "internal/") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.BasicLit:
				text, err := strconv.Unquote(n.Value)
				if err == nil && n.Kind == token.STRING && ids[text] != "" && !notation[[2]string{s.pkg, text}] {
					t.Errorf("%s: the literal %q is an id of %s: a new track must be YAML only", s.set.Position(n.Pos()), text, ids[text])
				}
			}
			return true
		})
	}
}

// contentIDs maps each id to a file that defines it.
func contentIDs(t *testing.T) map[string]string {
	t.Helper()
	ids := map[string]string{}
	err := filepath.WalkDir("../prompts", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".yaml" {
			return err
		}
		ids[strings.TrimSuffix(filepath.Base(path), ".yaml")] = path
		return documents(path, func(doc content) {
			for _, id := range append([]string{doc.ID, doc.Track, doc.Framework}, doc.phases()...) {
				if id != "" {
					ids[id] = path
				}
			}
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(ids) < 10 {
		t.Fatalf("only %d ids found in ../prompts: the walk is wrong", len(ids))
	}
	return ids
}

// content is what names things in a prompt or framework.
type content struct {
	ID, Track, Framework string
	Phases               []struct{ ID string }
}

func (c content) phases() []string {
	var ids []string
	for _, p := range c.Phases {
		ids = append(ids, p.ID)
	}
	return ids
}

func documents(path string, each func(content)) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for dec := yaml.NewDecoder(bytes.NewReader(data)); ; {
		var doc content
		switch err := dec.Decode(&doc); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		each(doc)
	}
}
