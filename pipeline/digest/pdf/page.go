package pdf

// The paper and the type area (版心), GB/T 9704-2012, 5.2.
const (
	paperWidth, paperHeight = 210.0, 297.0

	areaLeft, areaRight  = 28.0, 184.0
	areaTop, areaBottom  = 37.0, 262.0
	lineCount, cellCount = 22, 28

	mmPerPoint = 25.4 / 72
	ascent     = 0.88 // of the em box above the baseline, as Chinese faces are drawn
)

// Type sizes (字号) in points.
const (
	size2 = 22.0 // 2号: titles
	size3 = 16.0 // 3号: body
	size4 = 14.0 // 4号: page numbers, 版记
)

const (
	em3   = size3 * mmPerPoint                             // a 3号 character's box
	pitch = (areaBottom - areaTop - em3) / (lineCount - 1) // from line to line
	cell  = (areaRight - areaLeft) / cellCount             // from character to character
	tight = cell/mmPerPoint - size3                        // what 3号 is spaced by, in points
)

// frame is a type area. An across one is that of a table set across: its x runs
// up the paper and its y from the paper's left to the right, so that the
// table's head lies on the left of odd and even pages alike.
type frame struct {
	left, right, top, bottom float64
	across                   bool
}

var (
	upright = frame{areaLeft, areaRight, areaTop, areaBottom, false}
	across  = frame{paperHeight - areaBottom, paperHeight - areaTop, areaLeft, areaRight, true}
)

func (f frame) width() float64 { return f.right - f.left }

// page is a finished page: what stands on it, in the coordinates of its frame;
// fixed stands in those of the paper.
type page struct {
	frame     frame
	marks     []mark
	fixed     []mark
	bookmarks []bookmark
	bare      bool // it holds nothing but 版记, or nothing: no number
}

// bookmark is an entry of the file's table of contents.
type bookmark struct {
	text string
	y    float64
}

// mark is something drawn.
type mark interface{ draw(p *press) }

type colour struct{ r, g, b int }

var (
	black = colour{0, 0, 0}
	white = colour{255, 255, 255}
	red   = colour{255, 51, 51} // 0,80,80 in CMY: 红头
	pale  = colour{200, 200, 200}
)

// run is characters of one face and spacing; x is the left edge of the first
// one's box, y the baseline.
type run struct {
	x, y    float64
	role    role
	size    float64 // points
	spacing float64 // added behind each character, in points
	stretch float64 // of the width; 0 means 1
	colour  colour
	codes   []code
	actual  string // what a reader shall extract instead; "" the codes
}

// rule is a straight line.
type rule struct {
	x1, y1, x2, y2, thick float64
	colour                colour
}

// shape is a closed polygon; thick 0 leaves its edge out.
type shape struct {
	points []point
	filled bool
	fill   colour
	thick  float64
	edge   colour
}

type point struct{ x, y float64 }
