// Command pictures makes the pictures of README.md anew from real runs of the program, so that they stay true:
//
//	go run ./docs/pictures
//
// It builds the binary, sits a whole interview in a pseudo terminal by typing keys, and writes docs/room.svg, docs/report.svg and
// docs/drawing.svg, and with chromium on the PATH docs/page.png, the page of an example session. The clocks in the other
// pictures are those of that run.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The size of the terminal in cells: from 110 columns on the room shows its side panel by itself.
const columns, rows = 110, 32

const (
	goOn  = "\x13" // ctrl+s
	enter = "\r"
)

// design is the drawing that is typed in the room; docs/drawing.svg follows it to the end of the clicks.
const design = `browser -> CDN -> link service
link service -> Redis cache, links db, clicks queue
`
const clicks = `clicks queue -> click worker -> clicks db
`

// keys are typed one after the other, each once the text before it stands on the screen.
type keys struct{ seen, typed string }

var toTheDrawing = []keys{
	{"1 of 6", "Users hand in a long URL and get a short one; opening it redirects.\nOut of scope: accounts, editing a link."},
	{"editing a link", goOn},
	{"", "Redirects under 50 ms at p99, 99.99 % available.\n100 M new links a month = 40 writes/s, 4,000 reads/s, 100 reads a write."},
	{"100 reads a write", goOn},
	{"2 of 6", "Link: code, target, owner, expires_at\nClick: code, time, country. A link has many clicks."},
	{"many clicks", goOn},
	{"3 of 6", "POST /links {target, alias?, expires_at?} -> 201 {code}\nGET /{code} -> 302, since a browser keeps a 301 forever and clicks go unseen"},
	{"go unseen", goOn},
	{"4 of 6", "1. Take the next counter value of the block, write it in base62.\n2. Insert the link, and only then answer with the code.\n" +
		"3. A redirect reads the cache, then the db; the click goes to a queue after the response."},
	{"after the response", goOn},
	{"5 of 6", design + "\nThe CDN and a Redis cache (LRU, 24 h TTL) take 90 % of the redirects. Postgres holds the links: one lookup by key, no joins, " +
		"3 TB in 5 years.\n\nEach redirect emits a click event to the queue after the response; a worker counts in batches and may lose a second of clicks."},
	{"lose a second", ""},
	{"clicks queue ║", ""},
	{"saved", ""},
}

// ending is a thought for each question that the interviewer poses from the sixth step on.
var ending = []string{
	"Seven characters of base62 are 62^7 = 3.5 trillion codes; 6 billion links in five years use 0.2 %. Each server leases a block of " +
		"1,000 counter values from the db, so no two links get the same code. A crash wastes the rest of a block, which is cheap.",
	"If Redis is down, the read replicas take 4,000 reads/s; entries come back with a TTL that has jitter.",
	"A hundred times the writes: shard the links by hash of the code, and lease larger blocks.",
	"Links to malware are checked against a blocklist before they get a code, and can be disabled later; 20 links a minute for a key.",
}

func main() {
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		fmt.Fprintln(os.Stderr, "pictures: no chromium on the PATH: docs/page.png stays as it is")
	}
	if err := pictures("docs", chromium); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

// pictures writes all into this folder; without chromium, the path of a browser, there is none of the page.
func pictures(folder, chromium string) error {
	tmp, err := os.MkdirTemp("", "pictures-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	bin := filepath.Join(tmp, "interview")
	if out, err := exec.Command("go", "build", "-o", bin, "interview/cmd/interview").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	draw := exec.Command(bin, "draw", "--format", "svg", "-")
	draw.Stdin = strings.NewReader(design + clicks)
	drawing, err := draw.Output()
	if err != nil {
		return fmt.Errorf("interview draw: %w", err)
	}
	room, report, err := sit(bin, tmp)
	if err != nil {
		return err
	}
	for name, svg := range map[string][]byte{"room.svg": room, "report.svg": report, "drawing.svg": drawing} {
		if err := os.WriteFile(filepath.Join(folder, name), svg, 0o644); err != nil {
			return err
		}
	}
	if chromium == "" {
		return nil
	}
	return page(bin, tmp, chromium, filepath.Join(folder, "page.png"))
}

// page takes a picture of the top of the page of the newest example session: the one that was sat took seconds.
func page(bin, tmp, chromium, picture string) error {
	html := filepath.Join(tmp, "page.html")
	export, err := exec.Command(bin, "review", "--examples", "export", "last", "--format", "html").Output()
	if err != nil {
		return fmt.Errorf("interview review export: %w", err)
	}
	if err := os.WriteFile(html, export, 0o600); err != nil {
		return err
	}
	picture, err = filepath.Abs(picture)
	if err != nil {
		return err
	}
	shot := exec.Command(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--hide-scrollbars",
		"--blink-settings=preferredColorScheme=1", "--user-data-dir="+filepath.Join(tmp, "chromium"), "--window-size=1000,990", "--screenshot="+picture, "file://"+html)
	if out, err := shot.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", chromium, err, out)
	}
	return nil
}

// sit plays the interview, and takes a picture of the whiteboard and one of the report.
func sit(bin, tmp string) (room, report []byte, err error) {
	t, err := start(tmp, bin, "mock", "url-shortener", "--theme", "dark", "--sessions", filepath.Join(tmp, "sessions"))
	if err != nil {
		return nil, nil, err
	}
	defer t.close()
	if err := t.play(toTheDrawing); err != nil {
		return nil, nil, err
	}
	room = t.picture("The room: a question, an answer being typed, and beside it the drawing that its arrows make")
	if err := t.play([]keys{{"", goOn}}); err != nil {
		return nil, nil, err
	}
	if err := t.end(6, ending); err != nil {
		return nil, nil, err
	}
	return room, t.picture("The report: points raised, level, and time and points of each phase"), nil
}
