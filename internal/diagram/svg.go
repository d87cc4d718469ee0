package diagram

import (
	"fmt"
	"html"
	"strings"
)

// Size of a terminal cell in the SVG, in pixels, and the room around.
const (
	cellWide = 9
	cellHigh = 18
	margin   = 12
	svgWide  = 110 // columns that a drawing should fit in
)

// SVG draws a graph as a self-contained SVG: no script, font or file from
// elsewhere, all text escaped. Lines take the text colour of the page around
// it (currentColor), or by itself light or dark as the reader's system is. A
// screen reader hears the title and the list of edges. It is the drawing that
// Draw makes, with room for 110 columns, or more if it must.
func SVG(g Graph) string {
	g = shown(g)
	var parted []*picture
	var legend []string
	if len(g.Nodes)+len(g.Groups) <= drawNodes && len(g.Edges) <= drawEdges {
		for _, part := range parts(g) {
			p := choose(part, svgWide, len(legend))
			if p == nil {
				p = try(part, svgMost, 24, len(legend), g.Across, false)
			}
			if p == nil {
				parted = nil
				break
			}
			parted = append(parted, p)
			legend = append(legend, p.legend...)
		}
	}
	if parted == nil {
		legend = list(g, svgWide)
	}
	return svgPage(g, parted, legend)
}

// svgMost bounds the width of a drawing that does not fit in svgWide.
const svgMost = 1000

// svgPage stands the pictures beside and below each other, the legend last.
func svgPage(g Graph, pictures []*picture, legend []string) string {
	var body strings.Builder
	x, y, high, wide := 0, 0, 0, 0
	for _, p := range pictures {
		if x > 0 && x+2+p.width > svgWide {
			x, y, high = 0, y+high+1, 0
		}
		fmt.Fprintf(&body, "<g transform=\"translate(%d %d)\">\n", margin+x*cellWide, margin+y*cellHigh)
		p.svg(&body)
		body.WriteString("</g>\n")
		x += p.width + 2
		wide, high = max(wide, x-2), max(high, p.height)
	}
	y += high
	for _, entry := range legend {
		wide = max(wide, textWidth(entry))
		svgText(&body, margin, margin+y*cellHigh+13, "", entry)
		y++
	}
	var out strings.Builder
	w, h := 2*margin+wide*cellWide, 2*margin+y*cellHigh
	fmt.Fprintf(&out, "<svg class=\"diagram\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n", w, h, w, h)
	fmt.Fprintf(&out, "<title>%s</title>\n<desc>%s</desc>\n", html.EscapeString(svgTitle(g)), html.EscapeString(strings.Join(list(g, 1<<16), ". ")))
	out.WriteString(svgStyle)
	out.WriteString(body.String())
	out.WriteString("</svg>\n")
	return out.String()
}

func svgTitle(g Graph) string {
	return fmt.Sprintf("Diagram: %s, %s", counted(len(g.Nodes), "component"), counted(len(g.Edges), "link"))
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// svgStyle is the look. Colours are set only when the drawing is a page of its
// own; within a page it takes the colour of the text around it.
const svgStyle = `<style>
svg.diagram:root { color: #1f2328; background: #ffffff }
@media (prefers-color-scheme: dark) { svg.diagram:root { color: #e6edf3; background: #0d1117 } }
.diagram .b, .diagram .l, .diagram .f { fill: none; stroke: currentColor; stroke-width: 1.4 }
.diagram .b { fill: currentColor; fill-opacity: .04 }
.diagram .l { stroke-linejoin: round }
.diagram .f { stroke-opacity: .55; stroke-dasharray: 2 4 }
.diagram .d { stroke-dasharray: 6 4 }
.diagram .h { fill: currentColor }
.diagram text { fill: currentColor; font: 14px ui-sans-serif, system-ui, sans-serif }
.diagram .n { font-weight: 600; text-anchor: middle }
.diagram .m, .diagram .t { fill-opacity: .8; font-size: 13px }
</style>
`

// svg draws one picture.
func (p *picture) svg(out *strings.Builder) {
	for _, f := range p.frames {
		fmt.Fprintf(out, "<rect class=\"f\" x=\"%g\" y=\"%g\" width=\"%d\" height=\"%d\" rx=\"6\"/>\n", midX(f.x), midY(f.y), (f.w-1)*cellWide, (f.h-1)*cellHigh)
		svgText(out, (f.x+f.titleX+1)*cellWide, (f.y+1)*cellHigh+4, "t", f.title)
	}
	for _, s := range p.strands {
		s.svg(out)
	}
	for _, b := range p.boxes {
		b.svg(out)
	}
	for _, t := range p.texts {
		t.svg(out)
	}
}

// svg writes a label beside its line: what stands in a line of the terminal
// drawing stands above or right of it here, where nothing can be left out of a
// line.
func (t text) svg(out *strings.Builder) {
	wide := textWidth(t.s) * cellWide
	x, y, anchor := float64(t.x*cellWide), t.y*cellHigh+13, "start"
	switch t.lie {
	case inFlat:
		x, y, anchor = x+float64(wide)/2, y-8, "middle"
	case inSteep:
		x += float64(cellWide) + 1
	case rightOf:
		x -= cellWide / 2
	case leftOf:
		x, anchor = x+float64(wide)+cellWide/2, "end"
	}
	fmt.Fprintf(out, "<text class=\"m\" text-anchor=\"%s\" x=\"%g\" y=\"%d\"%s>%s</text>\n", anchor, x, y, fitted(t.s, wide), html.EscapeString(t.s))
}

// midX and midY are the middle of a cell.
func midX(x int) float64 { return float64(x)*cellWide + cellWide/2.0 }
func midY(y int) float64 { return float64(y)*cellHigh + cellHigh/2.0 }

func svgText(out *strings.Builder, x, y int, class, s string) {
	fmt.Fprintf(out, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n", class, x, y, html.EscapeString(s))
}

// fitted keeps a long text within its cells, whatever font the reader has.
func fitted(s string, room int) string {
	if len(s) < 12 {
		return ""
	}
	return fmt.Sprintf(" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\"", room*85/100)
}

// svg draws the line of an edge with its heads. A piece of a longer line joins
// the next in the middle of a cell.
func (s strand) svg(out *strings.Builder) {
	class := "l"
	if s.dashed {
		class = "l d"
	}
	var path strings.Builder
	for i, at := range s.points {
		fmt.Fprintf(&path, "%c%g %g", "ML"[min(i, 1)], midX(at.x), midY(at.y))
	}
	fmt.Fprintf(out, "<path class=\"%s\" d=\"%s\"/>\n", class, path.String())
	n := len(s.points)
	if s.last {
		svgHead(out, s.points[n-1], s.before(n-1, -1))
	}
	if s.first {
		svgHead(out, s.points[0], s.before(0, 1))
	}
}

// before is the next point along the line that is not the point itself.
func (s strand) before(i, step int) point {
	for j := i + step; j >= 0 && j < len(s.points); j += step {
		if s.points[j] != s.points[i] {
			return s.points[j]
		}
	}
	return s.points[i]
}

// svgHead draws a head that touches the outline at a point.
func svgHead(out *strings.Builder, at, from point) {
	x, y := midX(at.x), midY(at.y)
	dx, dy := float64(sign(from.x-at.x)), float64(sign(from.y-at.y))
	const long, half = 9.0, 4.5
	fmt.Fprintf(out, "<path class=\"h\" d=\"M%g %gL%g %gL%g %gZ\"/>\n",
		x, y, x+dx*long+dy*half, y+dy*long+dx*half, x+dx*long-dy*half, y+dy*long-dx*half)
}

// svg draws a box in the shape of its kind.
func (b box) svg(out *strings.Builder) {
	x, y := midX(b.x), midY(b.y)
	w, h := float64((b.w-1)*cellWide), float64((b.h-1)*cellHigh)
	top := y + h/2 - float64(len(b.lines)-1)*cellHigh/2 + 5
	switch b.kind {
	case Store:
		const lid = 5.0
		top += lid / 2
		fmt.Fprintf(out, "<path class=\"b\" d=\"M%g %gv%ga%g %g 0 0 0 %g 0v%ga%g %g 0 0 0 %g 0a%g %g 0 0 0 %g 0\"/>\n",
			x, y+lid, h-2*lid, w/2, lid, w, -(h - 2*lid), w/2, lid, -w, w/2, lid, w)
	case Queue:
		fmt.Fprintf(out, "<path class=\"b\" d=\"M%g %gh%gv%gh%gzm4 0v%gm%g 0v%g\"/>\n", x, y, w, h, -w, h, w-8, -h)
	case Choice:
		fmt.Fprintf(out, "<path class=\"b\" d=\"M%g %gl8 %gh%gl8 %gl-8 %gh%gz\"/>\n", x, y+h/2, -h/2, w-16, h/2, h/2, -(w - 16))
	default:
		fmt.Fprintf(out, "<rect class=\"b\" x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" rx=\"3\"/>\n", x, y, w, h)
	}
	for i, line := range b.lines {
		fmt.Fprintf(out, "<text class=\"n\" x=\"%g\" y=\"%g\"%s>%s</text>\n", x+w/2, top+float64(i*cellHigh), fitted(line, textWidth(line)*cellWide), html.EscapeString(line))
	}
}
