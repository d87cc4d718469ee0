package cli

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "accept what the scripts print")

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == childVerb { // a trial of a test that runs in this process
		os.Exit(Main())
	}
	testscript.Main(m, map[string]func(){"interview": func() { os.Exit(Main()) }})
}

// TestScripts runs every verb as a person or a script would: the folder is the suite.
func TestScripts(t *testing.T) {
	bank, err := filepath.Abs(filepath.Join("testdata", "bank")) // small and our own: what a script prints changes with no content
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: *update,
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"model": model},
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, "data"))
			env.Setenv("INTERVIEW_SESSIONS", "")
			env.Setenv("BANK", bank)
			return nil
		},
	})
}
