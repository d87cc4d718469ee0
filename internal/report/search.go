package report

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"interview/internal/review"
	"interview/internal/session"
)

// Found is a session that holds what was searched for.
type Found struct {
	Session session.Session
	Hits    []review.Hit
}

// mostSnippets is how many lines of a session are shown.
const mostSnippets = 3

// LineAt is the line of a text that holds the byte at.
func LineAt(text string, at int) string {
	begin := strings.LastIndexByte(text[:at], '\n') + 1
	line, _, _ := strings.Cut(text[begin:], "\n")
	return line
}

// Search draws sessions with the lines in which something was found, each hit between « and »; further says that it goes on
// below others.
func Search(w io.Writer, found []Found, further bool) error {
	p := page{}
	if further {
		p.lines = []string{""}
	}
	for i := range found {
		p.gap()
		p.found(&found[i])
	}
	if len(found) == 0 {
		return nil
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) found(f *Found) {
	s := &f.Session
	p.lines = append(p.lines, fmt.Sprintf("%s  %s", flat(s.ID), s.OpenedAt.Local().Format(minute)))
	shown, lines, last := 0, 0, -1
	for i := 0; i < len(f.Hits); {
		h := f.Hits[i]
		t := &s.Turns[h.Turn]
		begin := strings.LastIndexByte(t.Text[:h.Start], '\n') + 1
		end := begin + len(LineAt(t.Text, h.Start))
		n := i + 1
		for n < len(f.Hits) && f.Hits[n].Turn == h.Turn && f.Hits[n].Start < end {
			n++
		}
		lines++
		if shown < mostSnippets {
			if h.Turn != last {
				p.add("  %s", turnTitle(s, t))
			}
			p.add("    %s", snippet(t.Text, begin, end, f.Hits[i:n]))
			shown, last = shown+1, h.Turn
		}
		i = n
	}
	if lines > shown {
		p.add("    and %s more", plural(lines-shown, "line"))
	}
}

// room is what a snippet may take.
const room = Width - 4

// snippet marks the hits in a line, and cuts what stands before the first where it would push that out of sight.
func snippet(text string, begin, end int, hits []review.Hit) string {
	var lead, rest strings.Builder
	lead.WriteString(text[begin:hits[0].Start])
	for i, h := range hits {
		fmt.Fprintf(&rest, "«%s»", text[h.Start:h.End])
		next := max(end, h.End)
		if i+1 < len(hits) {
			next = hits[i+1].Start
		}
		rest.WriteString(text[h.End:next])
	}
	before := flat(lead.String())
	if widthOf(before) > room/2 {
		before = "…" + lastColumns(before, room/3)
	}
	if last, _ := utf8.DecodeLastRuneInString(lead.String()); before != "" && unicode.IsSpace(last) {
		before += " "
	}
	return clip(before+flat(rest.String()), room)
}

// lastColumns is the end of s, from the beginning of a word on, at most as wide as told.
func lastColumns(s string, most int) string {
	words := strings.Fields(s)
	out := ""
	for i := len(words) - 1; i >= 0; i-- {
		next := words[i]
		if out != "" {
			next += " " + out
		}
		if widthOf(next) > most {
			break
		}
		out = next
	}
	return out
}
