//go:build browser

// The pages in a real browser. It needs chromium on the PATH, and axe-core's axe.min.js under the path in $AXE; .ci/run
// installs both:
//
//	AXE=node_modules/axe-core/axe.min.js go test -tags browser -run InBrowser ./internal/cli
package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// chromium is a headless browser, driven over a pipe in the protocol of its developer tools. One tab.
type chromium struct {
	*testing.T
	to     *os.File
	from   *bufio.Reader
	tab    string
	last   int
	events []message
}

// message is a reply or an event.
type message struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct{ Message string }
}

func startChromium(t *testing.T) *chromium {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("no chromium on the PATH: apt-get install chromium")
	}
	theirs, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	from, theirOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--user-data-dir="+t.TempDir(), "--remote-debugging-pipe", "about:blank")
	cmd.ExtraFiles = []*os.File{theirs, theirOut}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	theirOut.Close()
	b := &chromium{T: t, to: to, from: bufio.NewReader(from)}
	t.Cleanup(func() {
		b.tab = ""
		b.call("Browser.close", nil, nil)
		cmd.Wait()
		to.Close()
		from.Close()
	})
	var target struct{ TargetID, SessionID string }
	b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &target)
	b.tab = target.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		b.call(domain+".enable", nil, nil)
	}
	return b
}

// call sends a command and waits for its reply; events that come meanwhile are kept.
func (b *chromium) call(method string, params, result any) {
	b.Helper()
	b.last++
	line, err := json.Marshal(map[string]any{"id": b.last, "method": method, "params": params, "sessionId": b.tab})
	if b.tab == "" {
		line, err = json.Marshal(map[string]any{"id": b.last, "method": method, "params": params})
	}
	if err != nil {
		b.Fatal(err)
	}
	if _, err := b.to.Write(append(line, 0)); err != nil {
		b.Fatal(err)
	}
	for {
		m := b.next()
		switch {
		case m.ID != b.last:
			b.events = append(b.events, m)
		case m.Error != nil:
			b.Fatalf("%s: %s", method, m.Error.Message)
		default:
			if result != nil {
				if err := json.Unmarshal(m.Result, result); err != nil {
					b.Fatal(err)
				}
			}
			return
		}
	}
}

func (b *chromium) next() message {
	b.Helper()
	line, err := b.from.ReadBytes(0)
	if err != nil {
		b.Fatal("chromium is gone: ", err)
	}
	var m message
	if err := json.Unmarshal(line[:len(line)-1], &m); err != nil {
		b.Fatal(err)
	}
	return m
}

// wait takes events until one of that method.
func (b *chromium) wait(method string) {
	b.Helper()
	for i := 0; ; i++ {
		if i == len(b.events) {
			b.events = append(b.events, b.next())
		}
		if b.events[i].Method == method {
			return
		}
	}
}

// seen are the parameters of the events of one method since open.
func (b *chromium) seen(method string) []string {
	var out []string
	for _, e := range b.events {
		if e.Method == method {
			out = append(out, string(e.Params))
		}
	}
	return out
}

// look sets how pages are shown: the theme, "screen" or "print", and the width in pixels.
func (b *chromium) look(theme, media string, width int) {
	b.call("Emulation.setEmulatedMedia", map[string]any{"media": media, "features": []map[string]string{{"name": "prefers-color-scheme", "value": theme}}}, nil)
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false}, nil)
}

// open loads a file.
func (b *chromium) open(path string) {
	b.Helper()
	b.events = nil
	b.call("Page.navigate", map[string]any{"url": "file://" + path}, nil)
	b.wait("Page.loadEventFired")
}

// eval runs a script, and waits for what it promises.
func (b *chromium) eval(script string, result any) {
	b.Helper()
	var reply struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails json.RawMessage
	}
	b.call("Runtime.evaluate", map[string]any{"expression": script, "awaitPromise": true, "returnByValue": true}, &reply)
	if reply.ExceptionDetails != nil {
		b.Fatalf("%.80s: %s", script, reply.ExceptionDetails)
	}
	if result == nil {
		return
	}
	if err := json.Unmarshal(reply.Result.Value, result); err != nil {
		b.Fatal(err)
	}
}

// picture writes the whole page as a PNG into the folder in $SHOTS, if there is one.
func (b *chromium) picture(name string) {
	dir := os.Getenv("SHOTS")
	if dir == "" {
		return
	}
	var shot struct{ Data []byte }
	b.call("Page.captureScreenshot", map[string]any{"captureBeyondViewport": true, "format": "png"}, &shot)
	if err := os.WriteFile(filepath.Join(dir, name+".png"), shot.Data, 0o600); err != nil {
		b.Fatal(err)
	}
}

// axe says what of the page breaks the rules of accessibility: rule, how many elements, and the first of them.
func (b *chromium) axe(source string) []string {
	b.Helper()
	b.eval(source+"\n;0", nil)
	var found []string
	b.eval(`axe.run().then(r => r.violations.map(v => v.id + " (" + v.nodes.length + "): " + v.nodes[0].html + " " + v.nodes[0].failureSummary))`, &found)
	return found
}

// TestPagesInBrowser opens the pages of sessions of every kind, as a person with any theme, width or aid would meet them.
func TestPagesInBrowser(t *testing.T) {
	axe, err := os.ReadFile(os.Getenv("AXE"))
	if err != nil {
		t.Fatalf("no axe-core: npm install axe-core, and set AXE to its axe.min.js (%v)", err)
	}
	b := startChromium(t)
	for _, path := range madePages(t) {
		name := strings.TrimSuffix(filepath.Base(path), ".html")
		t.Run(name, func(t *testing.T) {
			b.T = t
			b.call("Page.setBypassCSP", map[string]any{"enabled": true}, nil) // axe is a script, and the policy of the pages lets none in
			for _, theme := range []string{"light", "dark"} {
				b.look(theme, "screen", 1000)
				b.open(path)
				for _, broken := range b.axe(string(axe)) {
					t.Errorf("axe, %s: %s", theme, broken)
				}
				b.picture(name + "-" + theme)
			}
			b.call("Page.setBypassCSP", map[string]any{"enabled": false}, nil)
			b.stands(path)
			b.tabs()
			b.speaks()
			b.reflows(path)
			b.picture(name + "-narrow")
			b.prints(path)
		})
	}
}

// stands looks at a page under its own policy: nothing runs, nothing is fetched, nothing is complained of, and each link
// leads to a place that is there.
func (b *chromium) stands(path string) {
	b.Helper()
	b.look("light", "screen", 1000)
	b.open(path)
	var page struct {
		Ran, Missing, Twice []string
		Scripts             int
	}
	b.eval(`(() => {
		const ids = [...document.querySelectorAll("[id]")].map(e => e.id)
		return {
			ran: window.pwned ? ["a script of an answer"] : [],
			scripts: document.scripts.length,
			twice: ids.filter((id, i) => ids.indexOf(id) != i),
			missing: [...document.querySelectorAll("a[href^='#']")].map(a => a.hash.slice(1)).filter(id => !ids.includes(id)),
		}
	})()`, &page)
	if len(page.Ran)+len(page.Missing)+len(page.Twice)+page.Scripts > 0 {
		b.Errorf("ran %q, %d scripts; links to nowhere: %q; ids that stand twice: %q", page.Ran, page.Scripts, page.Missing, page.Twice)
	}
	if said := append(b.seen("Runtime.consoleAPICalled"), b.seen("Log.entryAdded")...); len(said) > 0 {
		b.Errorf("the console says %q", said)
	}
	for _, request := range b.seen("Network.requestWillBeSent") {
		if !strings.Contains(request, `"type":"Document"`) {
			b.Errorf("fetches %.200s", request)
		}
	}
}

// tabs walks through the page by the keyboard: the link past the top comes first, all that can be used is met once and in
// the order of the page, and where one is can be seen.
func (b *chromium) tabs() {
	b.Helper()
	const stops = `[...document.querySelectorAll("a[href], summary, [tabindex='0']")].filter(e => e.checkVisibility())`
	var want int
	b.eval(stops+`.length`, &want)
	b.eval(`window.stops = `+stops+`; document.activeElement.blur(); 0`, nil)
	for i := range want {
		for _, kind := range []string{"rawKeyDown", "keyUp"} {
			b.call("Input.dispatchKeyEvent", map[string]any{"type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}, nil)
		}
		var at struct {
			Index int
			Seen  bool
			HTML  string
		}
		b.eval(`(e => ({index: window.stops.indexOf(e), seen: getComputedStyle(e).outlineStyle != "none" || e.className == "skip", html: e.outerHTML.slice(0, 80)}))(document.activeElement)`, &at)
		if at.Index != i || !at.Seen {
			b.Errorf("tab %d of %d is on the element %d, outlined %v: %s", i+1, want, at.Index, at.Seen, at.HTML)
			return
		}
	}
}

// speaks looks at what a screen reader is given: one main heading, links and pictures with names, and the sections.
func (b *chromium) speaks() {
	b.Helper()
	var tree struct {
		Nodes []struct {
			Ignored    bool
			Role, Name struct{ Value any }
		}
	}
	b.call("Accessibility.getFullAXTree", nil, &tree)
	count := map[string]int{}
	for _, n := range tree.Nodes {
		role, _ := n.Role.Value.(string)
		name, _ := n.Name.Value.(string)
		if n.Ignored {
			continue
		}
		count[role]++
		if name == "" && (role == "link" || role == "image" || role == "region" || role == "meter" || role == "heading") {
			b.Errorf("a %s without a name", role)
		}
	}
	if count["main"] != 1 || count["banner"] != 1 || count["navigation"] != 1 || count["region"] == 0 || count["table"] == 0 {
		b.Errorf("a screen reader meets %v", count)
	}
}

// reflows asks that nothing is wider than a narrow window, but what scrolls by itself.
func (b *chromium) reflows(path string) {
	b.Helper()
	b.look("dark", "screen", 320)
	b.open(path)
	var wide []string
	b.eval(`document.scrollingElement.scrollWidth <= 320 ? [] : [...document.querySelectorAll("body *")]
		.filter(e => e.getBoundingClientRect().right > 321 && !e.closest(".drawing")).map(e => e.outerHTML.slice(0, 120)).slice(0, 3)`, &wide)
	if len(wide) > 0 {
		b.Errorf("wider than 320 pixels: %q", wide)
	}
}

// prints asks for white paper from a dark screen, with what is folded away left out and the links to other parts gone.
func (b *chromium) prints(path string) {
	b.Helper()
	b.look("dark", "print", 1000)
	b.open(path)
	var paper string
	b.eval(`getComputedStyle(document.body).backgroundColor + " " + getComputedStyle(document.querySelector("nav") || document.body, "").display`, &paper)
	if !strings.HasPrefix(paper, "rgb(255, 255, 255)") {
		b.Errorf("prints on %s", paper)
	}
	var pdf struct{ Data []byte }
	b.call("Page.printToPDF", map[string]any{}, &pdf)
	if len(pdf.Data) < 5000 {
		b.Errorf("a PDF of %d bytes", len(pdf.Data))
	}
}

// hostile is an answer that tries to be part of the page.
const hostile = `<script>window.pwned = 1</script> </mark></div><img src=x onerror="window.pwned=1"> readers borrow books
reader"><script>window.pwned=1</script> -> desk</title><script>window.pwned=1</script> -> db` + "\x07\u202e\n"

// madePages are the pages of the example sessions, and of sittings of a whole interview with an answer that tries to run, of
// a deck, of one that was left, and of a second try of a drill.
func madePages(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	own := filepath.Join("testdata", "bank")
	var pages []string
	add := func(name string, args ...string) {
		page := filepath.Join(dir, name+".html")
		out := program(t, "", append([]string{"review", "export", "last", "--format", "html"}, args...)...)
		if err := os.WriteFile(page, []byte(out), 0o600); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, page)
	}
	sat := func(name, in string, args ...string) {
		store := []string{"--bank", own, "--sessions", filepath.Join(dir, name)}
		program(t, in, append(args, store...)...)
		add(name, store...)
	}
	add("example", "--sessions", filepath.Join("..", "..", "sessions", "examples"))
	sat("mock", "### Functional\nReaders borrow books.\n"+hostile+".\nWe reserve the last copy at the desk.\n.\n", "mock", "library")
	sat("deck", "Only one client at a time.\n.\nA fast lookup by key.\n.\n", "drill", "basics")
	sat("blank", "Readers borrow books.\nreader -> desk -> db\nWe lock the copy.\n.\n", "mock", "library", "--blank")
	sat("probes", "Readers borrow books.\n.\nThe lock expires.\n.\nAn index by title.\n.\nNothing more.\n.\n", "mock", "library", "--probes")
	sat("flip", "\n3\n\n1\n", "drill", "basics", "--flip")
	sat("left", "Readers borrow books.\n.\n", "mock", "library")
	program(t, "We lock the copy.\n.\n", "drill", "library", "--phase", "depth", "--bank", own, "--sessions", filepath.Join(dir, "again"))
	sat("again", "We reserve the copy at the desk, and the lock expires.\n"+hostile+".\n", "drill", "library", "--phase", "depth")
	advised(t, filepath.Join(dir, "again"))
	add("judged", "--bank", own, "--sessions", filepath.Join(dir, "again"))
	return append(pages, overview(t, dir, "mock", "deck", "left", "again"))
}

// advised adds what a model could have said to the sessions of a folder.
func advised(t *testing.T, store string) {
	t.Helper()
	journals, err := filepath.Glob(filepath.Join(store, "*.jsonl"))
	if err != nil || len(journals) == 0 {
		t.Fatal(journals, err)
	}
	const said = `{"v":1,"seq":99,"at":"2026-11-28T10:00:00Z","kind":"advised","advice":{"prompt":"library","model":"m<b>","opinions":[` +
		`{"criterion":"locks","level":"mid","quote":"the lock expires","why":"It ends."},{"criterion":"shelf/order","level":"mid","quote":"x","void":"not there"}],` +
		`"well":["<script>window.pwned=1</script>"],"question":"And then?"}}` + "\n"
	for _, path := range journals {
		f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString(said); err != nil || f.Close() != nil {
			t.Fatal(err)
		}
	}
}

// overview is the page over the sessions of some folders, each played on four days of as many weeks.
func overview(t *testing.T, dir string, stores ...string) string {
	t.Helper()
	all := filepath.Join(dir, "all")
	if err := os.Mkdir(all, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, store := range stores {
		journals, err := filepath.Glob(filepath.Join(dir, store, "*.jsonl"))
		if err != nil || len(journals) == 0 {
			t.Fatal(store, journals, err)
		}
		for _, path := range journals {
			name := filepath.Base(path)
			day, err := time.Parse("20060102", name[:8])
			if err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for week := range 4 {
				then := day.AddDate(0, 0, -8*week)
				moved := strings.ReplaceAll(string(text), `"at":"`+day.Format(time.DateOnly), `"at":"`+then.Format(time.DateOnly))
				if err := os.WriteFile(filepath.Join(all, then.Format("20060102")+name[8:17]+store+"-"+name[17:]), []byte(moved), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	own := filepath.Join("testdata", "bank")
	return strings.TrimSpace(program(t, "", "review", "export", "--all", "--format", "html", filepath.Join(dir, "pages"), "--bank", own, "--sessions", all))
}

// program runs a command and returns what it prints.
func program(t *testing.T, in string, args ...string) string {
	t.Helper()
	var out, said bytes.Buffer
	a := &App{In: strings.NewReader(in), Out: &out, Err: &said, Env: func(string) string { return "" }, Now: time.Now, Args: args}
	if code := a.Run(); code != exitDone && code != exitUnfinished {
		t.Fatalf("%q ends with %d: %s", args, code, said.String())
	}
	return out.String()
}
