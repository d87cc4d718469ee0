package cli

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// run runs a command line without a terminal.
func run(t *testing.T, stdin string, env map[string]string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	a := &App{In: strings.NewReader(stdin), Out: &out, Err: &errs, Env: func(k string) string { return env[k] }, Now: time.Now, Args: args}
	code = a.Run()
	return code, out.String(), errs.String()
}

// What makes no sense is refused before anything is opened, with what to do instead.
func TestSittingUsage(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"mock", "mock needs the ID of a prompt"},
		{"mock a b", "accepts at most 1 arg"},
		{"mock a --resume last", "--resume takes no ID"},
		{"mock --resume last --minutes 3", "--resume takes no --minutes"},
		{"mock a --minutes 3 --untimed", "exclude each other"},
		{"mock a --minutes 0", "must be more than 0"},
		{"mock a --minutes -1", "must be more than 0"},
		{"mock a --minutes NaN", "must be more than 0"},
		{"mock a --minutes x", "invalid argument"},
		{"mock a --tries 2", "unknown flag: --tries"},
		{"drill", "drill needs an ID"},
		{"drill --card locking", "--card needs its deck"},
		{"drill a --count 2", "--track and --count choose prompts"},
		{"drill a --track dp", "--track and --count choose prompts"},
		{"drill a --tries 0", "must be at least 1"},
		{"drill --phase p --count 0", "must be at least 1"},
		{"drill --resume last --phase p", "--resume takes no --phase"},
		{"drill --limit 3", "go with --due"},
		{"drill --due --limit 0", "must be at least 1"},
		{"drill --due --phase p", "--due takes no --phase"},
		{"drill --due --card c", "--due takes no --phase, --card"},
		{"drill --due --interview-date soon", "is no day"},
		{"drill --due --interview-date 2020-01-01", "is not after today"},
		{"drill --flip", "--flip needs a deck"},
		{"drill a --flip --phase p", "--flip takes no --phase"},
		{"drill a --flip --minutes 3", "has no clock"},
	} {
		code, out, errs := run(t, "", nil, strings.Fields(c.args)...)
		if code != exitUsage || !strings.Contains(errs, c.want) || out != "" {
			t.Errorf("interview %s: exit %d, stdout %q, stderr %q; want exit 2 and %q", c.args, code, out, errs, c.want)
		}
	}
}

func TestReadLine(t *testing.T) {
	long := strings.Repeat("x", 200_000)
	r := bufio.NewReaderSize(strings.NewReader("a\r\n\n"+long+"\nbad \xff\nlast"), 64)
	for _, want := range []string{"a", "", long, "bad \xff"} {
		if got, err := readLine(r); got != want || err != nil {
			t.Fatalf("got %.20q, %v; want %.20q", got, err, want)
		}
	}
	if got, err := readLine(r); got != "last" || !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %q, %v", got, err)
	}
	endless := io.MultiReader(strings.NewReader(strings.Repeat("y", mostAnswer)), strings.NewReader("z\n"))
	if _, err := readLine(bufio.NewReaderSize(endless, 64<<10)); !errors.Is(err, errTooLong) {
		t.Errorf("a line over the limit: %v", err)
	}
}

func TestDraftTake(t *testing.T) {
	for _, c := range []struct {
		old, in, want string
		ended         bool
	}{
		{"", "one|two|.", "one\ntwo", true},
		{"", ".", "", true},
		{"", "|x|.", "\nx", true},
		{"", `\.|.. |.`, ".\n.. ", true},
		{"", `\\.|.`, `\\.`, true},
		{"old", "new|.", "old\nnew", true},
		{"old", "new", "old\nnew", false},
	} {
		d := &draft{begun: c.old != ""}
		d.b.WriteString(c.old)
		ended := false
		for text := range strings.SplitSeq(c.in, "|") {
			var err error
			if ended, err = d.take(line{text: text}); err != nil {
				t.Fatal(err)
			}
		}
		if d.b.String() != c.want || ended != c.ended {
			t.Errorf("%q after %q: %q, ended %v; want %q, %v", c.in, c.old, d.b.String(), ended, c.want, c.ended)
		}
	}
	d := &draft{}
	d.b.WriteString(strings.Repeat("x", mostAnswer-2))
	if _, err := d.take(line{text: "yy"}); !errors.Is(err, errTooLong) || d.b.Len() != mostAnswer-2 {
		t.Errorf("over the limit: %v, %d bytes kept", err, d.b.Len())
	}
}

// The word that scripts wait for stands in no text that is only quoted, and people read the text as it was.
func TestHush(t *testing.T) {
	for _, in := range []string{"nothing here", "it is saved", "SAVED, unsaved, Saved", "savesaved", "K saved \u212a", ""} {
		got := hush(in)
		if strings.Contains(strings.ToLower(got), onDisk) {
			t.Errorf("hush(%q) = %q still holds the word", in, got)
		}
		if strings.ReplaceAll(got, "\u2060", "") != in {
			t.Errorf("hush(%q) = %q changed more than it may", in, got)
		}
	}
}

func TestQuoteArg(t *testing.T) {
	for in, want := range map[string]string{
		"20260824T101500Z-url-shortener": "20260824T101500Z-url-shortener", "/tmp/a b": "'/tmp/a b'", "": "''", "it's": `'it'\''s'`, "$(x)": "'$(x)'", "é": "'é'",
	} {
		if got := quoteArg(in); got != want {
			t.Errorf("quoteArg(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestResumeLineFindsTheSessionAgain(t *testing.T) {
	a := &App{bankDir: "my bank", sessionsDir: "/s", plain: true}
	if got, want := a.resumeLine("x", "blank"), "interview mock --resume x --bank 'my bank' --sessions /s --plain"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
