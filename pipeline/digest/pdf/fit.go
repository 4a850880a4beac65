package pdf

import "math"

// fit breaks a paragraph that will be justified. It weighs all lines together,
// so that a long number at one line's end does not leave that line alone with
// wide gaps; no more lines are made than fill would.
func fit(gs []glyph, first, rest float64) []line {
	greedy := fill(gs, first, rest)
	if len(greedy) < 2 || len(gs) > fitMost {
		return greedy
	}
	ends := bestFit(gs, first, rest, len(greedy))
	if ends == nil {
		return greedy
	}
	lines := make([]line, 0, len(ends))
	from := 0
	for _, to := range ends {
		lines = append(lines, line{glyphs: trimmed(gs[from:to])})
		from = to
	}
	return lines
}

// fitMost is how many characters a paragraph may have to be weighed.
const fitMost = 20000

// fitted is the best way to set the glyphs before a break.
type fitted struct {
	cost  float64
	from  int // where its last line begins
	lines int
}

// bestFit is where the lines end that together are spread least; nil when a
// word must be cut or it would take more lines than most.
func bestFit(gs []glyph, first, rest float64, most int) []int {
	rs := make([]rune, len(gs))
	for i, g := range gs {
		rs[i] = g.r
	}
	may := breaks(rs)
	best := make([]fitted, len(gs)+1)
	for i := range best {
		best[i].cost = math.Inf(1)
	}
	best[0] = fitted{}
	for from := range gs {
		if math.IsInf(best[from].cost, 1) {
			continue
		}
		room := rest
		if from == 0 {
			room = first
		}
		extend(gs, may, best, from, room)
	}
	if math.IsInf(best[len(gs)].cost, 1) || best[len(gs)].lines > most {
		return nil
	}
	ends := make([]int, best[len(gs)].lines)
	for i, at := len(ends)-1, len(gs); i >= 0; i-- {
		ends[i] = at
		at = best[at].from
	}
	return ends
}

// extend tries all lines that begin at from.
func extend(gs []glyph, may []bool, best []fitted, from int, room float64) {
	w, joints := 0.0, 0.0
	for to := from + 1; to <= len(gs); to++ {
		w += gs[to-1].width
		if to-from > 1 && !(inWord(gs[to-2].r) && inWord(gs[to-1].r)) {
			joints++
		}
		if w > room+slack && gs[to-1].r != ' ' {
			return
		}
		cost := best[from].cost
		switch {
		case to == len(gs):
			if to-from < 3 {
				cost += loneCost
			}
		case !may[to]:
			continue
		default:
			gap := (room - w) / max(joints, 1) / em3
			cost += float64(gap*gap) + lineCost // rounded: no processor fuses it
		}
		if cost < best[to].cost {
			best[to] = fitted{cost, from, best[from].lines + 1}
		}
	}
}

// What counts beside the square of the space added at each joint, in em: a line
// more, and one or two characters alone on the last line.
const (
	lineCost = 0.02
	loneCost = 0.002
)

// trimmed drops the spaces at a line's end.
func trimmed(gs []glyph) []glyph {
	for len(gs) > 0 && gs[len(gs)-1].r == ' ' {
		gs = gs[:len(gs)-1]
	}
	return gs
}
