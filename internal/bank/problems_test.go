package bank

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what is said now into testdata")

// Each file of testdata/problems lays some files over the sound bank; what Check says stands at its end.
func TestProblems(t *testing.T) {
	paths, err := filepath.Glob("testdata/problems/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no test data", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files, last := sound(), len(a.Files)-1
			for _, f := range a.Files[:last] {
				files[f.Name] = string(f.Data)
			}
			_, ps := New(layer("", files)).Check()
			got := Problems(ps).Error() + "\n"
			if *update {
				a.Files[last].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(a.Files[last].Data); got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
			for range 3 {
				if _, again := New(layer("", maps.Clone(files))).Check(); Problems(again).Error()+"\n" != got {
					t.Errorf("said otherwise the next time:\n%s", Problems(again))
				}
			}
		})
	}
}
