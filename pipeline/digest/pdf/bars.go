package pdf

import (
	"fmt"
	"math"

	"duban/pipeline/digest"
)

const (
	barPitch  = 7.6
	barThick  = 4.2
	barSize   = 10.5 // points
	labelMost = 48.0
	barGap    = 1.5
	// legendWidth is the room of what stands right of the axis's figures.
	legendWidth = 21.0
	axisMost    = 200.0 // percent; a longer bar is cut, its figure tells
)

var (
	barStyle = style{songTi, barSize, 0}
	barFill  = colour{91, 124, 172}
	dueInk   = colour{160, 20, 20}
)

// chart is the measures of a bar chart: the axis begins at 0.
type chart struct {
	f           frame
	label       float64 // width of the labels
	left, right float64 // of the axis
	most        float64 // percent at the axis's right end
	due         bool
}

// bars sets a bar chart: one box a bar, between the axis's figures above and the
// caption below, kept together as far as a page can hold them.
func (s *setter) bars(b digest.Bars, f frame) []box {
	if len(b.Bars) == 0 {
		return nil
	}
	c := s.chartFor(b, f)
	out := []box{s.axis(c)}
	for _, bar := range b.Bars {
		out = append(out, s.bar(bar, c))
	}
	for i := range out {
		out[i].keep = true
	}
	s.figures++
	text := fmt.Sprintf("图%d　%s", s.figures, oneLine(b.Caption))
	out = append(out, s.caption(text, f)...)
	last := &out[len(out)-1]
	last.keep = false
	last.height += tableAfter
	return out
}

func (s *setter) chartFor(b digest.Bars, f frame) chart {
	c := chart{f: f, most: 100}
	display := 0.0
	for _, bar := range b.Bars {
		c.label = max(c.label, widthOf(s.shape(span{oneLine(bar.Label), barStyle})))
		display = max(display, widthOf(s.shape(span{displayOf(bar), barStyle})))
		if bar.Known && !math.IsNaN(bar.Value) {
			c.most = max(c.most, bar.Value)
		}
		if bar.HasDue {
			c.most = max(c.most, bar.Due)
			c.due = true
		}
	}
	c.label = min(c.label, labelMost)
	if c.due { // the tick is explained above the figures
		display = max(display, legendWidth)
	}
	c.most = min(math.Ceil(c.most/25)*25, axisMost)
	c.left = f.left + c.label + 2*barGap
	c.right = f.right - min(display, 45) - 2*barGap
	return c
}

func displayOf(b digest.Bar) string {
	if d := oneLine(b.Display); d != "" {
		return d
	}
	if !b.Known {
		return "未报"
	}
	return fmt.Sprintf("%.1f%%", b.Value)
}

// at is where a percentage stands on the axis.
func (c chart) at(percent float64) float64 {
	if math.IsNaN(percent) {
		percent = 0
	}
	percent = min(max(percent, 0), c.most)
	return c.left + (c.right-c.left)*percent/c.most
}

// axis is the figures above the bars and, at the right, what the tick means.
func (s *setter) axis(c chart) box {
	small := style{songTi, 9, 0}
	const h = 5.2
	var figures []line
	for v := 0.0; v <= c.most; v += c.step() {
		text := fmt.Sprintf("%.0f", v)
		if v+c.step() > c.most {
			text += "%"
		}
		figures = append(figures, line{glyphs: s.shape(span{text, small})})
	}
	legend := line{}
	if c.due {
		legend.glyphs = s.shape(span{"序时进度", small})
	}
	return box{height: h, need: h, lead: tableBefore, draw: func(p *page, y float64) {
		base := y + 3.6
		for i, l := range figures {
			x := c.at(float64(i) * c.step())
			p.marks = append(p.marks, l.put(x-l.width()/2, base, black)...)
		}
		if c.due {
			x := c.f.right - legend.width()
			p.marks = append(p.marks, legend.put(x, base, black)...)
			p.marks = append(p.marks, rule{x - 1.5, base - 2.9, x - 1.5, base + 0.4, 0.5, dueInk})
		}
	}}
}

func (c chart) step() float64 {
	if c.most > 125 {
		return 50
	}
	return 25
}

// bar is one bar: label, bar, figure, and the tick where it should be by now. An
// unknown value has words in place of a bar.
func (s *setter) bar(b digest.Bar, c chart) box {
	label := balanced(s.shape(span{oneLine(b.Label), barStyle}), c.label)
	figure := line{glyphs: s.shape(span{displayOf(b), barStyle})}
	em := barSize * mmPerPoint
	h := max(barPitch, float64(len(label))*em*1.15+1.5)
	return box{height: h, need: h, draw: func(p *page, y float64) {
		mid := y + h/2
		for i, l := range label {
			top := mid - em/2 + (float64(i)-float64(len(label)-1)/2)*em*1.15
			p.marks = append(p.marks, l.put(c.left-barGap-l.width(), top+ascent*em, black)...)
		}
		for v := c.step(); v <= c.most; v += c.step() {
			p.marks = append(p.marks, rule{c.at(v), y, c.at(v), y + h, 0.1, pale})
		}
		end := c.left
		if b.Known {
			end = c.at(b.Value)
			p.marks = append(p.marks, shape{filled: true, fill: barFill, points: []point{
				{c.left, mid - barThick/2}, {end, mid - barThick/2},
				{end, mid + barThick/2}, {c.left, mid + barThick/2}}})
		}
		if b.Known && b.Value > c.most {
			p.marks = append(p.marks, cutMark(end-4, mid))
		}
		p.marks = append(p.marks, rule{c.left, y, c.left, y + h, 0.25, black})
		if b.HasDue {
			x := c.at(b.Due)
			p.marks = append(p.marks,
				rule{x, mid - barThick/2 - 1, x, mid + barThick/2 + 1, 0.5, dueInk})
			if x > end && x < end+2*barGap+figure.width() {
				end = x
			}
		}
		under := shape{filled: true, fill: white, points: []point{
			{end + 0.6, mid - em/2}, {end + barGap + figure.width(), mid - em/2},
			{end + barGap + figure.width(), mid + em/2}, {end + 0.6, mid + em/2}}}
		p.marks = append(p.marks, under) // no line of the axis runs through a figure
		p.marks = append(p.marks, figure.put(end+barGap, mid-em/2+ascent*em, black)...)
	}}
}

// cutMark is the gap that says a bar is longer than drawn.
func cutMark(x, mid float64) shape {
	const half, lean, wide = barThick/2 + 0.1, 0.8, 0.9
	return shape{filled: true, fill: white, points: []point{
		{x - lean, mid + half}, {x + lean, mid - half},
		{x + lean + wide, mid - half}, {x - lean + wide, mid + half}}}
}
