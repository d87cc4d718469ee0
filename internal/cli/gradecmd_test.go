package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"interview/internal/bank"
)

// testBankDir is the bank of the scripts; testAnswer earns 2 of the 4 points of its prompt library.
const (
	testBankDir = "testdata/bank"
	testAnswer  = "# Scope\r\nReaders borrow books 🎯.\r\nA reader returns the book.\r\n\r\n# Deep dive\r\nWe reserve the last copy at the desk.\r\n"
)

func testBank() *bank.Bank {
	return bank.New(bank.Layer{Prompts: os.DirFS(testBankDir + "/prompts"), Rubrics: os.DirFS(testBankDir + "/rubrics")})
}

func TestGradeUsage(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"grade", "grade needs the ID of a prompt and a FILE"},
		{"grade library", "grade library needs a FILE"},
		{"grade library a - b", "- is standard input and goes alone"},
		{"grade library - --csv", "- is standard input and goes alone"},
		{"grade library a b --why", "--why traces one FILE"},
		{"grade library testdata --why", "--why traces one FILE"},
		{"grade library a --csv --json", "--csv and --json exclude each other"},
		{"grade --ask x", "grade --ask needs a FILE"},
		{"grade --ask= a", "--ask is empty"},
		{"grade --reference a", "grade --reference needs a FILE"},
		{"grade --reference a --ask b c", "--ask and --reference exclude each other"},
		{"grade --reference a b --why", "--why goes without --reference"},
		{"grade library a --question q", "--question goes with --reference"},
		{"grade --jsonl --csv", "--jsonl goes without --ask"},
		{"grade --jsonl library", "--jsonl takes no ID"},
		{"grade --jsonl --json", "--jsonl goes without --json"},
		{"grade --jsonl --fail-under 3", "--jsonl goes without --json, --why and --fail-under"},
		{"grade a - --why --json", "--why goes without --json"},
		{"grade library - --fail-under -1", "must be a percentage"},
		{"grade library - --fail-under 100.5", "must be a percentage"},
		{"grade library - --fail-under NaN", "must be a percentage"},
		{"grade library - --fail-under many", "invalid argument"},
		{"list x", "unknown command"},
		{"show", "accepts 1 arg"},
		{"show a --phase p", "--phase goes with --model"},
		{"show a --json --model", "--json goes without"},
		{"show a --rubric --model", "exclude each other"},
		{"explain a", "explain needs ID/CRITERION"},
		{"explain a/", "explain needs ID/CRITERION"},
		{"check a --bank b", "are two folders"},
		{"review show", "accepts 1 arg"},
	} {
		code, out, errs := run(t, "", nil, strings.Fields(c.args)...)
		if code != exitUsage || !strings.Contains(errs, c.want) || out != "" {
			t.Errorf("interview %s: exit %d, stdout %q, stderr %q; want exit 2 and %q", c.args, code, out, errs, c.want)
		}
	}
}

// Every quote is the span of the text that was given, whatever its bytes are.
func TestGradeSpans(t *testing.T) {
	for name, text := range map[string]string{
		"plain":         "Readers borrow books.\nWe reserve the last copy at the desk.",
		"headings":      testAnswer,
		"mark of order": byteOrderMark + testAnswer,
		"nul":           "Readers\x00 borrow books.\x00\nWe reserve the last copy at the desk.",
		"invalid":       "\xff\xfe# Scope\nReaders borrow \xc3 books.\nWe reserve the last copy at the desk \xf0\x9f.",
		"emoji":         "👩‍👩‍👧 Readers borrow books 🎯.\n\nWe reserve the last copy at the desk. 🎯",
		"one line end":  "Readers borrow books.\rWe reserve the last copy at the desk.\r",
	} {
		code, out, errs := run(t, text, nil, "grade", "library", "-", "--json", "--bank", testBankDir)
		if code != 0 || errs != "" || strings.Count(out, "\n") != 1 {
			t.Errorf("%s: exit %d, stdout %q, stderr %q", name, code, out, errs)
			continue
		}
		r := decodeResult(t, out)
		quotes := 0
		for _, m := range r.Marks {
			for _, e := range m.Evidence {
				quotes++
				if e.Answer != 0 || e.Start < 0 || e.End > len(text) || e.Start >= e.End || e.Quote != asJSON(text[e.Start:e.End]) {
					t.Errorf("%s: quote %q at %d..%d of %q", name, e.Quote, e.Start, e.End, text)
				}
			}
		}
		if r.ID != "library" || r.Possible != 4 || quotes == 0 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// asJSON is a text as a JSON string can hold it.
func asJSON(s string) string {
	return strings.Map(func(r rune) rune { return r }, s) // invalid bytes become U+FFFD, one each
}

func TestGradeFailUnder(t *testing.T) {
	for under, want := range map[string]int{"0": exitDone, "50": exitDone, "50.1": exitBelow, "100": exitBelow} {
		for _, form := range []string{"--json", "--json=false"} {
			code, out, errs := run(t, testAnswer, nil, "grade", "library", "-", "--bank", testBankDir, "--fail-under", under, form)
			if code != want || out == "" || (code == exitBelow) != strings.Contains(errs, "50 % is below --fail-under "+under) {
				t.Errorf("--fail-under %s: exit %d, want %d; stderr %q", under, code, want, errs)
			}
		}
	}
	code, _, _ := run(t, "We lend things.", nil, "grade", "library", "-", "--bank", testBankDir)
	if code != exitDone {
		t.Errorf("nothing raised: exit %d without --fail-under", code)
	}
}

func TestGradeRefuses(t *testing.T) {
	for _, c := range []struct {
		stdin, id, file string
		code            int
		want            string
	}{
		{"", "library", "nowhere.md", exitFailed, "answer nowhere.md: no such file or directory"},
		{"", "library", testBankDir, exitFailed, "no .md or .txt file in it or below"},
		{"", "librarys", "-", exitUsage, `no prompt or deck "librarys" (nearest: library)`},
		{"", "core-concepts", "-", exitUsage, "core-concepts is a deck of 7 cards, not a prompt"},
		{strings.Repeat("a", mostAnswer+1), "library", "-", exitFailed, "answer standard input: larger than 16 MB, too large to be graded"},
	} {
		code, out, errs := run(t, c.stdin, nil, "grade", c.id, c.file, "--json", "--bank", testBankDir)
		if code != c.code || out != "" || !strings.Contains(errs, c.want) {
			t.Errorf("grade %s %s: exit %d, stdout %q, stderr %q; want %q", c.id, c.file, code, out, errs, c.want)
		}
	}
}

// gradeStream runs --jsonl over a reader.
func gradeStream(t testing.TB, in io.Reader) (out string, err error) {
	t.Helper()
	var b bytes.Buffer
	a := &App{In: in, Out: &b, Err: io.Discard, Env: func(string) string { return "" }, Now: time.Now}
	err = a.gradeLines(testBank())
	return b.String(), err
}

func requestLine(id int, answer string) string {
	return fmt.Sprintf(`{"id":%d,"prompt":"library","answer":%s}`, id, appendString(nil, answer))
}

// Answers come in the order of their lines, however the input arrives; a bad line stops nothing.
func TestLinesOrder(t *testing.T) {
	var in strings.Builder
	const n = 400
	for i := range n {
		switch {
		case i%7 == 3:
			fmt.Fprintf(&in, `{"id":%d,"prompt":"lobrary","answer":"x"}`, i)
		case i%7 == 5:
			fmt.Fprintf(&in, `{"id":%d,"prompt":"library"`, i)
		default:
			in.WriteString(requestLine(i, testAnswer+strings.Repeat("\n", i%4000)))
		}
		in.WriteString([]string{"\n", "\r\n", "\n\n", " \n"}[i%4])
	}
	text := strings.TrimRight(in.String(), " \n\r")
	var first string
	for name, r := range map[string]io.Reader{
		"whole": strings.NewReader(text), "halves": iotest.HalfReader(strings.NewReader(text)), "error with data": iotest.DataErrReader(strings.NewReader(text)),
		"end of line": strings.NewReader(text + "\n"), "order mark": strings.NewReader(byteOrderMark + text),
	} {
		out, err := gradeStream(t, r)
		lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
		if len(lines) != n || err == nil || !strings.Contains(err.Error(), "114 of 400 lines") {
			t.Fatalf("%s: %d lines, error %v", name, len(lines), err)
		}
		for i, line := range lines {
			r := decodeResult(t, line)
			if r.ID != float64(i) || (r.Error != "") != (i%7 == 3 || i%7 == 5) || (r.Error == "") != (r.Points > 0) {
				t.Fatalf("%s: line %d is %s", name, i, line)
			}
		}
		if first == "" {
			first = out
		} else if out != first {
			t.Errorf("%s: other bytes than before", name)
		}
	}
}

// The same line has the same grade as the same text in a file.
func TestLinesEqualGrade(t *testing.T) {
	out, err := gradeStream(t, strings.NewReader(requestLine(1, testAnswer)))
	if err != nil {
		t.Fatal(err)
	}
	_, single, _ := run(t, testAnswer, nil, "grade", "library", "-", "--json", "--bank", testBankDir)
	if want := strings.Replace(single, `{"id":"library"`, `{"id":1`, 1); out != want {
		t.Errorf("--jsonl says %s--json says %s", out, single)
	}
}

// Against a model answer the marks are its clauses; the score is of what is meant, not of the words of the question.
func TestLinesReference(t *testing.T) {
	line := func(answer string) string {
		return fmt.Sprintf(`{"id":"r","question":"Why is a write copied?","references":["The disk of one server can fail. A copy keeps the value.","So that a value survives the loss of a server."],"answer":%s}`+"\n", appendString(nil, answer))
	}
	answers := []string{"A value survives when we lose a server.", "The disk may fail; a copy keeps the value.", "A write is copied.", ""}
	var in strings.Builder
	for _, a := range answers {
		in.WriteString(line(a))
	}
	out, err := gradeStream(t, strings.NewReader(in.String()))
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if err != nil || len(lines) != len(answers) {
		t.Fatalf("error %v, %s", err, out)
	}
	for i, low := range []float64{.5, .5, 0, 0} {
		r := decodeResult(t, lines[i])
		if r.Score < low || low == 0 && r.Score != 0 || r.Possible != 1 || len(r.Marks) == 0 {
			t.Errorf("%q: %s", answers[i], lines[i])
		}
		for _, m := range r.Marks {
			for _, e := range m.Evidence {
				if e.Quote != answers[i][e.Start:e.End] {
					t.Errorf("quote %q at %d..%d of %q", e.Quote, e.Start, e.End, answers[i])
				}
			}
			if (m.Points > 0) != (len(m.Evidence) > 0) || m.Title == "" {
				t.Errorf("%q: clause %+v", answers[i], m)
			}
		}
	}
}

// A grade is written before the next line is there.
func TestLinesStream(t *testing.T) {
	in, feed := io.Pipe()
	got, out := io.Pipe()
	a := &App{In: in, Out: out, Err: io.Discard, Env: func(string) string { return "" }, Now: time.Now}
	ended := make(chan error, 1)
	go func() {
		err := a.gradeLines(testBank())
		out.Close()
		ended <- err
	}()
	answers := make([]byte, 1<<16)
	for i := range 20 {
		if _, err := io.WriteString(feed, requestLine(i, testAnswer)+"\n"); err != nil {
			t.Fatal(err)
		}
		n, err := got.Read(answers)
		if err != nil || !bytes.HasPrefix(answers[:n], fmt.Appendf(nil, `{"id":%d,`, i)) || answers[n-1] != '\n' {
			t.Fatalf("line %d: %v, %s", i, err, answers[:n])
		}
	}
	feed.Close()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
}

// Long lines are read, too long ones are refused, and both leave the others alone.
func TestLinesLong(t *testing.T) {
	long := "Readers borrow books.\n" + strings.Repeat(" \n", 1<<19)
	huge := io.MultiReader(
		strings.NewReader(requestLine(1, long)+"\n"),
		strings.NewReader(`{"id":"too long","prompt":"library","answer":"`), strings.NewReader(strings.Repeat("x", mostAnswer+1)), strings.NewReader("\"}\n"),
		strings.NewReader(`{"id":"longer","prompt":"library","answer":"`), &endless{left: mostLine + 5*batchSize}, strings.NewReader("\"}\n"),
		strings.NewReader(requestLine(4, testAnswer)),
	)
	out, err := gradeStream(t, huge)
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if err == nil || len(lines) != 4 {
		t.Fatalf("%d lines, error %v", len(lines), err)
	}
	for i, want := range []string{
		`{"id":1,"score":0.1`, `{"id":"too long","error":"answer larger than 16 MB, too large to be graded"}`,
		`{"id":"longer","error":"line longer than 97 MB"}`, `{"id":4,"score":0.5`,
	} {
		if !strings.HasPrefix(lines[i], want) {
			t.Errorf("line %d is %.120s, want %s", i, lines[i], want)
		}
	}
}

// endless gives so many bytes of one line.
type endless struct{ left int }

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), e.left)
	for i := range p[:n] {
		p[i] = 'x'
	}
	e.left -= n
	return n, nil
}

// Memory does not grow with the stream.
func TestLinesMemory(t *testing.T) {
	runtime.GC() // what other tests left
	var most uint64
	lines := &repeated{text: []byte(`{"id":1,"prompt":"nothing","answer":"` + strings.Repeat("some words ", 100) + "\"}\n"), left: 60_000, each: func() {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapInuse)
	}}
	a := &App{In: lines, Out: io.Discard, Err: io.Discard, Env: func(string) string { return "" }, Now: time.Now}
	if err := a.gradeLines(testBank()); err == nil {
		t.Fatal("an unknown prompt is no error")
	}
	if most > 64<<20 {
		t.Errorf("%d MB in use for a stream of 60 MB", most>>20)
	}
}

// repeated gives one line again and again.
type repeated struct {
	text []byte
	left int
	each func()
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	if r.left%1000 == 0 {
		r.each()
	}
	r.left--
	return copy(p, r.text), nil
}

type brokenReader struct{ io.Reader }

func (b brokenReader) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == io.EOF {
		err = errors.New("the disk is gone")
	}
	return n, err
}

// What cannot be read or written is an error, and what was read before is graded.
func TestLinesBrokenPipe(t *testing.T) {
	out, err := gradeStream(t, brokenReader{strings.NewReader(requestLine(1, testAnswer) + "\n")})
	if err == nil || !strings.Contains(err.Error(), "the disk is gone") || !strings.HasPrefix(out, `{"id":1,"score"`) {
		t.Errorf("error %v, output %.80s", err, out)
	}
	in, feed := io.Pipe()
	defer feed.Close()
	go func() { _, _ = io.WriteString(feed, requestLine(1, testAnswer)+"\n") }()
	full := &App{In: in, Out: errWriter{}, Err: io.Discard, Env: func(string) string { return "" }, Now: time.Now}
	if err := full.gradeLines(testBank()); err == nil || !strings.Contains(err.Error(), "standard output") {
		t.Errorf("a full disk gives %v", err)
	}
}

type errWriter struct{}

func (errWriter) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func BenchmarkLines(b *testing.B) {
	line := requestLine(1, strings.Repeat(testAnswer, 60)) + "\n"
	b.SetBytes(int64(200 * len(line)))
	for b.Loop() {
		a := &App{In: strings.NewReader(strings.Repeat(line, 200)), Out: io.Discard, Err: io.Discard, Env: func(string) string { return "" }, Now: time.Now}
		if err := a.gradeLines(testBank()); err != nil {
			b.Fatal(err)
		}
	}
}
