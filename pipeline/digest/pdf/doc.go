// Package pdf sets a digest.Paper on A4 by GB/T 9704-2012, 党政机关公文格式: the
// type area of 156 × 225 mm with 22 lines of 28 characters, the red head, the
// title in a trapezium, headings, tables, bars, annexes, signature and 版记. The
// forms of papers (通报, 信函, 专报) are rows of data: forms.go.
//
// The order of work: a text is cleaned, every character gets a face and its
// advance (shape.go), lines are broken by the rules for line ends (breaking.go,
// line.go), lines and rows become boxes, boxes are put on pages (flow.go), and
// only the finished pages are written with gofpdf (draw.go). gofpdf measures
// and breaks nothing: it loses characters when it does. Its file is packed and
// given its faces afterwards (bind.go, embed.go): it is slow at both.
//
// The package never words anything, never looks at the clock and never reads
// another file than the fonts: the same paper and fonts give the same bytes.
//
// Lengths are millimetres, measured from the paper's top left corner; type
// sizes are points; advances of glyphs are thousandths of the type size.
package pdf
