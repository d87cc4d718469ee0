package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rivo/uniseg"
)

// page collects lines of at most Width columns.
type page struct {
	lines []string
	full  bool // every mark follows the summary
}

func (p *page) String() string {
	return strings.TrimRight(strings.Join(p.lines, "\n"), "\n") + "\n"
}

// add writes one line, cut where it is too long.
func (p *page) add(format string, args ...any) {
	p.lines = append(p.lines, strings.TrimRight(clip(fmt.Sprintf(format, args...), Width), " "))
}

// tail writes one line that keeps its end: what is too long is cut out of the text, as far as that goes.
func (p *page) tail(lead, text, end string) {
	room := max(Width/4, Width-widthOf(lead)-widthOf(end))
	p.add("%s%s%s", lead, clip(flat(text), room), end)
}

// gap separates two parts of the page.
func (p *page) gap() {
	if n := len(p.lines); n > 0 && p.lines[n-1] != "" {
		p.lines = append(p.lines, "")
	}
}

// fit takes empty lines out, the last first, until the page is no higher than Height.
func (p *page) fit() {
	for i := len(p.lines) - 1; i >= 0 && len(p.lines) > Height; i-- {
		if p.lines[i] == "" {
			p.lines = slices.Delete(p.lines, i, i+1)
		}
	}
}

// wrap writes text over at most most lines (0 = as many as it takes): the first after lead, the others indented as far.
func (p *page) wrap(lead, text string, most int) {
	indent := strings.Repeat(" ", widthOf(lead))
	room := Width - len(indent)
	lines := breakLines(flat(text), room)
	if most > 0 && len(lines) > most {
		rest := strings.Join(lines[most-1:], " ")
		lines = append(lines[:most-1], clip(rest, room))
	}
	for i, line := range lines {
		if i == 0 {
			p.add("%s%s", lead, line)
		} else {
			p.add("%s%s", indent, line)
		}
	}
}

// breakLines breaks at spaces; a word that is wider than the room is cut into pieces.
func breakLines(text string, room int) []string {
	words := strings.Fields(text)
	var lines []string
	from, used := 0, 0 // the line being filled: its first word and its width
	for i := 0; i < len(words); i++ {
		w := widthOf(words[i])
		if w > room {
			words = slices.Replace(words, i, i+1, pieces(words[i], room)...)
			w = widthOf(words[i])
		}
		switch {
		case i == from:
			used = w
		case used+1+w <= room:
			used += 1 + w
		default:
			lines = append(lines, strings.Join(words[from:i], " "))
			from, used = i, w
		}
	}
	return append(lines, strings.Join(words[from:], " "))
}

func pieces(word string, room int) []string {
	var out []string
	for widthOf(word) > room {
		head := fit(word, room)
		out, word = append(out, head), word[len(head):]
	}
	return append(out, word)
}

// fit is the longest beginning of s that is at most room columns wide, and never empty unless s is.
func fit(s string, room int) string {
	end, used, state := 0, 0, -1
	for rest := s; rest != ""; {
		var cluster string
		var w int
		cluster, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if used += w; used > room && end > 0 {
			break
		}
		end += len(cluster)
	}
	return s[:end]
}

// widthOf is how many columns a text takes.
func widthOf(s string) int {
	n := 0
	for _, r := range s {
		if !narrow(r) {
			return uniseg.StringWidth(s)
		}
		n++
	}
	return n
}

// narrow says that a character takes one column whatever stands beside it: printable ASCII and Latin, and the dashes, quotes,
// arrows and signs of mathematics that reports hold.
func narrow(r rune) bool {
	return r >= ' ' && r <= '~' || r >= 0xa1 && r < 0x300 && r != 0xad || r >= 0x2010 && r <= 0x2027 || r >= 0x2190 && r <= 0x21ff || r >= 0x2200 && r <= 0x22ff
}

// clip shortens s to room columns; an ellipsis shows that it did.
func clip(s string, room int) string {
	if widthOf(s) <= room {
		return s
	}
	return strings.TrimRight(fit(s, room-1), " ") + "…"
}

// pad fills s up to room columns, or clips it.
func pad(s string, room int) string {
	s = clip(s, room)
	return s + strings.Repeat(" ", room-widthOf(s))
}

// flat is foreign text on one line, without control characters.
func flat(s string) string {
	before := byte(' ')
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == ' ' && before == ' ' {
			return strings.Join(strings.Fields(Clean(s)), " ")
		}
		before = s[i]
	}
	return strings.TrimSuffix(s, " ")
}

// points shows at most one decimal.
func points(x float64) string {
	return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64)
}

// Clock shows a duration as minutes and seconds.
func Clock(d time.Duration) string {
	s := int(d.Round(time.Second) / time.Second)
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// plural is "1 card", "2 cards".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
