package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// terminal is a program on a pseudo terminal, and the screen that a person would see.
type terminal struct {
	tty    *os.File
	cmd    *exec.Cmd
	mu     sync.Mutex
	screen *vt.Emulator
}

// start runs a command at home in a folder, with 256 colours.
func start(home string, command ...string) (*terminal, error) {
	t := &terminal{cmd: exec.Command(command[0], command[1:]...), screen: vt.NewEmulator(columns, rows)}
	t.cmd.Dir = home
	t.cmd.Env = []string{"TERM=xterm-256color", "PATH=" + os.Getenv("PATH"), "HOME=" + home, "TMPDIR=" + home}
	var err error
	if t.tty, err = pty.StartWithSize(t.cmd, &pty.Winsize{Rows: rows, Cols: columns}); err != nil {
		return nil, err
	}
	go io.Copy(t.tty, t.screen) // what a terminal answers
	go t.read()
	return t, nil
}

func (t *terminal) read() {
	buf := make([]byte, 32<<10)
	for {
		n, err := t.tty.Read(buf)
		t.mu.Lock()
		t.screen.Write(buf[:n])
		t.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (t *terminal) close() {
	t.cmd.Process.Kill()
	t.cmd.Wait()
	t.tty.Close()
	t.screen.InputPipe().(io.Closer).Close() // never Close of the screen: it races with Read
}

func (t *terminal) text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.screen.String()
}

// wait polls until one of these texts stands on the screen, and says which.
func (t *terminal) wait(texts ...string) (string, error) {
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		screen := t.text()
		for _, text := range texts {
			if strings.Contains(screen, text) {
				return text, nil
			}
		}
	}
	return "", fmt.Errorf("%q never came; the screen is\n%s", texts, t.text())
}

// play types like a person who reads the screen first.
func (t *terminal) play(all []keys) error {
	for _, k := range all {
		if _, err := t.wait(k.seen); err != nil {
			return err
		}
		if _, err := io.WriteString(t.tty, strings.ReplaceAll(k.typed, "\n", enter)); err != nil {
			return err
		}
	}
	return nil
}

// end types a thought for each question that the interviewer still poses, gives a guess, and waits for the report.
func (t *terminal) end(step int, thoughts []string) error {
	const guess = "how many percent"
	for ; ; step++ {
		seen, err := t.wait(fmt.Sprintf("%d of ", step), guess)
		if err != nil {
			return err
		}
		if seen == guess {
			return t.play([]keys{{"", "60" + enter}, {"Fix first", ""}})
		}
		if len(thoughts) == 0 {
			return fmt.Errorf("step %d: a question more than there are thoughts", step)
		}
		words := strings.Fields(thoughts[0])
		if err := t.play([]keys{{"", thoughts[0]}, {words[len(words)-1], goOn}}); err != nil {
			return err
		}
		thoughts = thoughts[1:]
	}
}
