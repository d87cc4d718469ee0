package diagram

import "strings"

// picture is a drawing in cells of a terminal. It refuses (bad) to draw
// anything over something else, but for two lines that cross at a right angle:
// whatever the layout does, no line in a drawing can be taken for another.
type picture struct {
	width, height int
	cells         []cell
	bad           bool
	strands       []strand
	frames        []frame
	boxes         []box
	texts         []text
	legend        []string
}

type cell struct {
	what    what
	bits    uint8 // directions in which a line leaves the cell
	edge    int   // whose line it is
	crossed bool
	dashed  bool
	text    string // of a letter, a head, a corner
}

type what uint8

const (
	blank what = iota
	letter
	after  // the second half of a wide letter
	wall   // of a box
	border // of a frame
	line
	tip
)

// Directions of a line in a cell.
const (
	up = 1 << iota
	right
	down
	left
)

// strand, frame, box and text are what was drawn, in cells, for SVG.
type strand struct {
	edge        int
	points      []point
	first, last bool // heads
	dashed      bool
}

type frame struct {
	x, y, w, h int
	title      string
	titleX     int
}

type box struct {
	x, y, w, h int
	kind       string
	lines      []string
}

type text struct {
	x, y int
	s    string
	lie  lie
}

// lie says where a label is, seen from its line.
type lie uint8

const (
	inFlat lie = iota // in a horizontal piece
	inSteep
	rightOf
	leftOf
)

type point struct{ x, y int }

func newPicture(width, height int) *picture {
	return &picture{width: width, height: height, cells: make([]cell, width*height)}
}

// at returns a cell; outside of the picture one that is never blank.
func (p *picture) at(x, y int) *cell {
	if x < 0 || y < 0 || x >= p.width || y >= p.height {
		return &cell{what: letter}
	}
	return &p.cells[y*p.width+x]
}

// print writes a text into blank cells.
func (p *picture) print(x, y int, s string) {
	letters(s, func(s string, width int) {
		for i := range width {
			c := p.at(x+i, y)
			p.bad = p.bad || c.what != blank
			c.what, c.text = letter, s
			if i > 0 {
				c.what = after
			}
		}
		if width == 0 && s != "" { // a lone mark joins what is before it
			if c := p.at(x-1, y); c.what == letter {
				c.text += s
			}
		}
		x += width
	})
}

// boxStyle is the look of a kind: corners clockwise from the upper left, and
// the two sides.
type boxStyle struct{ corners, side string }

var boxStyles = map[string]boxStyle{
	Box:    {"┌┐┘└", "│"},
	Store:  {"╭╮╯╰", "│"},
	Queue:  {"╓╖╜╙", "║"},
	Choice: {"╱╲╱╲", "│"},
}

func (p *picture) box(b box) {
	style, ok := boxStyles[b.kind]
	if !ok {
		style = boxStyles[Box]
	}
	p.outline(b.x, b.y, b.w, b.h, wall, style, "─")
	for i, s := range b.lines {
		x := b.x + (b.w-textWidth(s))/2
		p.print(x, b.y+1+(b.h-2-len(b.lines))/2+i, s)
	}
	for y := b.y + 1; y < b.y+b.h-1; y++ {
		for x := b.x + 1; x < b.x+b.w-1; x++ {
			if c := p.at(x, y); c.what == blank {
				c.what, c.text = letter, " "
			}
		}
	}
	p.boxes = append(p.boxes, b)
}

func (p *picture) frame(f frame) {
	p.outline(f.x, f.y, f.w, f.h, border, boxStyle{"┌┐┘└", "┆"}, "┄")
	x := f.x + f.titleX
	letters(" "+f.title+" ", func(_ string, width int) {
		for range width {
			if c := p.at(x, f.y); c.what == border && c.edge == 0 {
				*c = cell{}
			}
			x++
		}
	})
	p.print(f.x+f.titleX, f.y, " "+f.title+" ")
	p.frames = append(p.frames, f)
}

// outline draws four corners and four sides.
func (p *picture) outline(x, y, w, h int, what what, style boxStyle, flat string) {
	put := func(x, y int, s string) {
		c := p.at(x, y)
		p.bad = p.bad || c.what != blank
		*c = cell{what: what, text: s}
	}
	for i := 1; i < w-1; i++ {
		put(x+i, y, flat)
		put(x+i, y+h-1, flat)
	}
	for i := 1; i < h-1; i++ {
		put(x, y+i, style.side)
		put(x+w-1, y+i, style.side)
	}
	corners := []rune(style.corners)
	put(x, y, string(corners[0]))
	put(x+w-1, y, string(corners[1]))
	put(x+w-1, y+h-1, string(corners[2]))
	put(x, y+h-1, string(corners[3]))
}

// strand draws the line of an edge. Its first and last cell may be a wall or a
// border, which it joins unless there is a head before it.
func (p *picture) strand(s strand) {
	p.strands = append(p.strands, s)
	cells := walkCells(s.points)
	for i, at := range cells {
		var bits uint8
		if i > 0 {
			bits |= toward(at, cells[i-1])
		}
		if i < len(cells)-1 {
			bits |= toward(at, cells[i+1])
		}
		endmost := i == 0 || i == len(cells)-1
		switch {
		case i == 0 && s.first || i == len(cells)-1 && s.last:
			continue
		case i == 1 && s.first:
			p.head(at, toward(at, cells[0]), s.edge)
		case i == len(cells)-2 && s.last:
			p.head(at, toward(at, cells[len(cells)-1]), s.edge)
		default:
			p.line(at, bits, s, endmost)
		}
	}
}

// walkCells lists all cells along the points, each of which lies straight
// beside, above or below the one before it.
func walkCells(points []point) []point {
	cells := []point{points[0]}
	for _, to := range points[1:] {
		for at := cells[len(cells)-1]; at != to; {
			at.x += sign(to.x - at.x)
			at.y += sign(to.y - at.y)
			cells = append(cells, at)
		}
	}
	return cells
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// toward is the direction from one cell to its neighbour.
func toward(from, to point) uint8 {
	switch {
	case to.x > from.x:
		return right
	case to.x < from.x:
		return left
	case to.y > from.y:
		return down
	}
	return up
}

// line puts a piece of a line into a cell.
func (p *picture) line(at point, bits uint8, s strand, endmost bool) {
	c := p.at(at.x, at.y)
	switch {
	case c.what == blank:
		*c = cell{what: line, bits: bits, edge: s.edge, dashed: s.dashed}
	case c.what == wall && endmost && c.edge == 0, c.what == border && endmost && (c.edge == 0 || c.edge == s.edge), c.what == line && c.edge == s.edge && !c.crossed:
		c.bits |= bits
		c.edge = s.edge
		c.dashed = s.dashed
	case c.what == line && straight(c.bits) && straight(bits) && c.bits != bits:
		if bits == up|down { // the vertical line stays whole
			c.bits, c.edge, c.dashed = bits, s.edge, s.dashed
		}
		c.crossed = true
	default:
		p.bad = true
	}
}

func straight(bits uint8) bool { return bits == up|down || bits == left|right }

var heads = map[uint8]string{up: "▲", down: "▼", left: "◄", right: "►"}

func (p *picture) head(at point, direction uint8, edge int) {
	c := p.at(at.x, at.y)
	p.bad = p.bad || c.what != blank
	*c = cell{what: tip, bits: direction, edge: edge, text: heads[direction]}
}

var lineGlyphs = map[uint8]string{
	up | down: "│", left | right: "─", down | right: "┌", down | left: "┐", up | right: "└", up | left: "┘",
	up: "│", down: "│", left: "─", right: "─",
	up | down | right: "├", up | down | left: "┤", left | right | down: "┬", left | right | up: "┴",
	up | down | left | right: "┼",
}

// glyph is what a cell shows.
func (c *cell) glyph() string {
	switch {
	case c.what == blank:
		return " "
	case c.what == after:
		return ""
	case c.what == letter, c.what == tip, c.bits == 0:
		return c.text
	case c.what == wall && c.text == "║" && c.bits == right:
		return "╟"
	case c.what == wall && c.text == "║" && c.bits == left:
		return "╢"
	case c.what == wall, c.what == border && !straight(c.bits):
		return lineGlyphs[c.bits|along(c.text)]
	case c.dashed && c.bits == up|down:
		return "╎"
	case c.dashed && c.bits == left|right:
		return "╌"
	}
	return lineGlyphs[c.bits]
}

// along is the direction of a piece of wall or border.
func along(text string) uint8 {
	if text == "─" || text == "┄" {
		return left | right
	}
	return up | down
}

// rows returns the picture as lines of text, without space at their ends.
func (p *picture) rows() []string {
	rows := make([]string, p.height)
	var b strings.Builder
	for y := range rows {
		b.Reset()
		for x := range p.width {
			b.WriteString(p.cells[y*p.width+x].glyph())
		}
		rows[y] = strings.TrimRight(b.String(), " ")
	}
	return rows
}
