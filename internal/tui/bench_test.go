//go:build unix

package tui

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// How fast the room is: go test -bench . -run '^$' ./internal/tui prints the time from a key to its frame in a real
// terminal, the time to the first frame beside vim's, and how busy an idle room is.

// fullAnswer is 80 lines with a drawing of 20 boxes.
func fullAnswer() string {
	var b strings.Builder
	b.WriteString("client -> gateway -> service 0\n")
	for i := range 17 {
		fmt.Fprintf(&b, "service %d -> service %d\n", i/2, i+1)
	}
	for i := range 61 {
		fmt.Fprintf(&b, "- point %d: what is said here is about as long as such a line usually is\n", i)
	}
	return b.String()
}

func BenchmarkKeyWithView(b *testing.B) {
	s := sit(b, steps("One"))
	s.size(160, 50)
	s.update(pasted(fullAnswer()))
	s.m.drawn(s.m.newest().paint(picture{}))
	for b.Loop() {
		s.m.Update(typed("x"))
		s.m.View()
	}
}

func BenchmarkWhiteboard(b *testing.B) {
	board := board{texts: []string{fullAnswer()}, width: 78}
	for b.Loop() {
		board.paint(picture{})
	}
}

// BenchmarkTerminal measures the real program, once; it is no loop.
func BenchmarkTerminal(b *testing.B) {
	ours, mock, vim := firstFrames(b)
	b.ReportMetric(ms(ours), "ms/frame1")
	b.ReportMetric(ms(mock), "ms/frame1-mock")
	if vim > 0 {
		b.ReportMetric(float64(ours)/float64(vim), "frame1/vim")
		b.ReportMetric(float64(mock)/float64(vim), "frame1-mock/vim")
	}
	x := open(b, 160, 50, nil)
	x.wait("1 of 6")
	x.send("\x1b[200~" + fullAnswer() + "\x1b[201~")
	x.wait("point 60", "Whiteboard", "service 17")
	times := keyTimes(x, 400)
	b.ReportMetric(ms(times[len(times)/2]), "ms/key-p50")
	b.ReportMetric(ms(times[len(times)*99/100]), "ms/key-p99")
	b.ReportMetric(busy(x, 5*time.Second), "%CPU-idle")
	b.ReportMetric(0, "ns/op")
}

// firstFrames is the median time from the start of a process until it has drawn: the room with a plan that is made, interview
// mock with the largest prompt of the bank, and vim on an empty file.
func firstFrames(b *testing.B) (ours, mock, vim time.Duration) {
	bin, err := program()
	if err != nil {
		b.Fatal(err)
	}
	_, noVim := exec.LookPath("vim")
	whole := filepath.Join(b.TempDir(), "interview")
	if out, err := exec.Command("go", "build", "-o", whole, "../../cmd/interview").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	prompt := largestPrompt(b)
	var of [3][]time.Duration
	for range 15 {
		of[0] = append(of[0], drawsAfter(b, "ctrl+s", bin, "testdata/plan.json", filepath.Join(b.TempDir(), "events.jsonl")))
		of[2] = append(of[2], drawsAfter(b, "ctrl+s", whole, "mock", prompt, "--sessions", b.TempDir()))
		if noVim == nil {
			of[1] = append(of[1], drawsAfter(b, "~", "vim", "-u", "NONE", filepath.Join(b.TempDir(), "empty")))
		}
	}
	slices.Sort(of[0])
	slices.Sort(of[2])
	if ours, mock = of[0][7], of[2][7]; noVim == nil {
		slices.Sort(of[1])
		vim = of[1][7]
	}
	return ours, mock, vim
}

// largestPrompt is the id of the prompt that takes longest to read; decks are not among them.
func largestPrompt(b *testing.B) (id string) {
	files, err := filepath.Glob("../../prompts/*/*.yaml")
	if err != nil {
		b.Fatal(err)
	}
	var most int
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		if len(text) > most && bytes.Count(text, []byte("\n---\n")) == 0 {
			id, most = strings.TrimSuffix(filepath.Base(file), ".yaml"), len(text)
		}
	}
	return id
}

func drawsAfter(b *testing.B, sign string, command ...string) time.Duration {
	start := time.Now()
	x := launch(b, 80, 24, "", nil, command...)
	defer x.cmd.Process.Kill()
	x.output(0, sign)
	return time.Since(start)
}

// keyTimes types keys and measures each until its frame has come. A frame holds the changed line as a whole.
func keyTimes(x *terminal, n int) []time.Duration {
	var times []time.Duration
	for i := range n {
		if i%20 == 0 {
			x.send("\r")
		}
		time.Sleep(20 * time.Millisecond) // nobody types faster
		from := x.written()
		start := time.Now()
		x.send("x")
		x.output(from, strings.Repeat("x", i%20+1)+"\x1b")
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	return times
}

func (x *terminal) written() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.raw.Len()
}

// output waits until the program has written these bytes, from a place of its output on.
func (x *terminal) output(from int, want string) {
	x.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(100 * time.Microsecond) {
		x.mu.Lock()
		found := bytes.Contains(x.raw.Bytes()[from:], []byte(want))
		x.mu.Unlock()
		switch {
		case found:
			return
		case time.Now().After(end):
			x.Fatalf("%q was not written; the screen is\n%s", want, x.text())
		}
	}
}

// busy is the share of one processor that the program uses while nobody types, in percent; -1 where that cannot be told.
func busy(x *terminal, d time.Duration) float64 {
	time.Sleep(3 * time.Second)
	before := cpu(x.cmd.Process.Pid)
	time.Sleep(d)
	after := cpu(x.cmd.Process.Pid)
	if before < 0 || after < 0 {
		return -1
	}
	return 100 * float64(after-before) / float64(d)
}

// cpu reads the time a process used, in hundredths of a second, from /proc.
func cpu(pid int) time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	if err != nil || len(fields) < 13 {
		return -1
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
