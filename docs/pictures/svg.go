package main

import (
	"bytes"
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// Sizes in pixels. At 16 a row is as high as the usual monospaced fonts draw a line of a box at 14, so that boxes close.
const (
	cellWidth, rowHeight = 8.4, 16
	margin               = 14
	paper, ink           = "#0d1117", "#e6edf3"
)

const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[2]d" width="%[1]d" height="%[2]d" role="img">
<title>%[3]s</title>
<style>text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre } .b { font-weight: bold }</style>
<rect width="%[1]d" height="%[2]d" rx="8" fill="` + paper + `" stroke="#8b949e" stroke-opacity=".4"/>
`

// picture is the screen as SVG. It brings its own dark paper, so it reads the same on a light and on a dark page.
func (t *terminal) picture(title string) []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	var b bytes.Buffer
	w := int(columns*cellWidth) + 2*margin
	fmt.Fprintf(&b, head, w, rows*rowHeight+2*margin, html.EscapeString(title))
	for y := range rows {
		for x := 0; x < columns; {
			run := t.run(x, y)
			run.write(&b, x, y)
			x += run.cells
		}
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// run is a stretch of a row in one style.
type run struct {
	text  string
	cells int
	style uv.Style
}

// run is the longest stretch that begins here. Two blanks in plain style end it: what stands apart is placed by its own
// column, so that a font of another width cannot move it.
func (t *terminal) run(x, y int) run {
	var r run
	for at := x; at < columns; {
		c := t.screen.CellAt(at, y)
		if c == nil {
			c = &uv.EmptyCell
		}
		if r.cells > 0 && (!c.Style.Equal(&r.style) || strings.HasSuffix(r.text, "  ") && c.Content != " ") {
			break
		}
		r.style = c.Style
		r.text += c.Content
		r.cells += max(c.Width, 1)
		at += max(c.Width, 1)
	}
	return r
}

func (r run) write(b *bytes.Buffer, x, y int) {
	fore, back := hex(r.style.Fg, ink), hex(r.style.Bg, "")
	if r.style.Attrs&uv.AttrReverse != 0 {
		fore, back = hex(r.style.Bg, paper), hex(r.style.Fg, ink)
	}
	left, top := margin+float64(x)*cellWidth, margin+y*rowHeight
	if back != "" {
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`+"\n", left, top, float64(r.cells)*cellWidth, rowHeight, back)
	}
	text := strings.TrimRight(r.text, " ")
	if text == "" {
		return
	}
	class := ""
	if r.style.Attrs&uv.AttrBold != 0 {
		class = ` class="b"`
	}
	wide := float64(r.cells-len(r.text)+len(text)) * cellWidth // only blanks of one cell were cut
	fmt.Fprintf(b, `<text x="%.1f" y="%d" textLength="%.1f" fill="%s"%s>%s</text>`+"\n", left, top+12, wide, fore, class, html.EscapeString(text))
}

func hex(c color.Color, unset string) string {
	if c == nil {
		return unset
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
