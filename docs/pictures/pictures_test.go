package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"

	_ "interview/internal/cli" // what the binary is made of: without it go test would answer from its cache
)

const largest = 60_000 // bytes of a picture, so that a page with three of them opens at once

// What a clock shows differs from run to run.
var clock = regexp.MustCompile(`\d+:\d\d`)

func TestPicturesAreTrue(t *testing.T) {
	if testing.Short() {
		t.Skip("sits a whole interview")
	}
	dir := t.TempDir()
	if err := pictures(dir, ""); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"room.svg", "drawing.svg", "report.svg"} {
		kept, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		made, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		wellFormed(t, name, made)
		if len(made) > largest {
			t.Errorf("%s has %d bytes, more than %d", name, len(made), largest)
		}
		// The report follows every change of a rubric; what is kept of it only has to be a report.
		if name == "report.svg" {
			if kept, made = phases(kept), phases(made); len(made) == 0 {
				t.Error("the report has no table of phases")
			}
		}
		if !bytes.Equal(clock.ReplaceAll(kept, nil), clock.ReplaceAll(made, nil)) {
			t.Errorf("docs/%s is not what the program shows now: go run ./docs/pictures, and look at it", name)
		}
	}
}

// indented is a text that begins two cells from the left.
var indented = regexp.MustCompile(`x="30.8"[^>]*>[^<]*<`)

// phases are the names in the report's table of phases.
func phases(svg []byte) []byte {
	_, table, _ := bytes.Cut(svg, []byte(">Phase<"))
	table, _, _ = bytes.Cut(table, []byte(">Concept<"))
	return bytes.Join(indented.FindAll(table, -1), []byte("\n"))
}

func TestPictureEscapes(t *testing.T) {
	x := &terminal{screen: vt.NewEmulator(columns, rows)}
	x.screen.WriteString("a <b> & \"c\"  \x1b[1;31mred\x1b[0m \x1b[7mback\x1b[0m 漢字 end")
	svg := string(x.picture("<title> & more"))
	wellFormed(t, "picture", []byte(svg))
	for _, want := range []string{"&lt;b&gt; &amp; ", "<title>&lt;title&gt; &amp; more</title>", `class="b">red<`, `fill="` + paper + `">back<`} {
		if !strings.Contains(svg, want) {
			t.Errorf("%q is not in\n%s", want, svg)
		}
	}
	if want := `textLength="75.6" fill="` + ink + `"> 漢字 end<`; !strings.Contains(svg, want) { // nine cells
		t.Errorf("%q is not in\n%s", want, svg)
	}
}

func wellFormed(t *testing.T, name string, svg []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}
