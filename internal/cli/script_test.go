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
	testscript.Main(m, map[string]func(){"interview": func() { os.Exit(Main()) }})
}

// TestScripts runs every verb as a person or a script would: the folder is the suite.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: *update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, "data"))
			env.Setenv("INTERVIEW_SESSIONS", "")
			return nil
		},
	})
}
