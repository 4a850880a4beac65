package check

import (
	"strings"

	"github.com/shopspring/decimal"

	"duban/pipeline/plan"
)

// 量级侦探: a value that cannot well be what was meant, and would be if its point
// stood elsewhere. The rules it keeps:
//   - it speaks only on evidence that an honest figure does not give: a sum
//     that agrees after the shift and not before, a total that would fall, a
//     count with a fraction, a thousand times the target, the cell's format;
//   - it proposes and never converts: the figure is taken as it was written;
//   - one cell gets one proposal.

// slip is a value written in another order of magnitude than the one meant.
type slip struct {
	column plan.Column
	value  plan.Value
	shift  int32  // what is meant is value × 10^shift
	why    string // Chinese: the evidence
}

func (s slip) meant() plan.Value { return shifted(s.value, s.shift) }

// slips finds what the row's values may be instead; it is asked once.
func (r *Row) slips() []slip {
	if r.slipsAsked {
		return r.slipsFound
	}
	r.slipsAsked = true
	if r.Indicator == nil || !r.says() {
		return nil
	}
	switch r.Indicator.Kind {
	case plan.Cumulative, plan.Annual:
		r.slipsFound = r.countedSlips()
	case plan.Level:
		r.slipsFound = r.levelSlips()
	case plan.Growth:
		r.slipsFound = append(r.growthSlips(), r.pairSlips()...)
	case plan.Ratio:
		r.slipsFound = r.pairSlips()
	case plan.Comparison:
		r.slipsFound = r.comparisonSlips()
	}
	return r.slipsFound
}

// orExplain is how a proposal may be declined; see unlessRefused.
const orExplain = "；没有填错的，请在情况说明里写明"

// unlessRefused takes the offer to explain from the proposals of cells that are
// refused: one cell must not say both that words will do and that they will not.
func unlessRefused(findings []plan.Finding, refused map[string]bool) {
	for i, f := range findings {
		if f.Severity == plan.Query && f.Cell != "" && refused[f.Cell] {
			findings[i].Fix = strings.Replace(f.Fix, orExplain, "", 1)
		}
	}
}

// slipped reports whether a proposal is made for a column.
func (r *Row) slipped(c plan.Column) bool {
	for _, s := range r.slips() {
		if s.column == c {
			return true
		}
	}
	return false
}

// propose is what a check of magnitudes finds: the slips of its shifts.
func (r *Row) propose(words func(*Row, slip) string, shifts ...int32) []plan.Finding {
	var out []plan.Finding
	for _, s := range r.slips() {
		for _, n := range shifts {
			if s.shift != n {
				continue
			}
			out = append(out, r.at(s.column,
				r.where(s.column)+"填报"+s.value.String()+"，"+words(r, s)+"。依据："+s.why+"。",
				"请核对："+s.value.String()+"填错了的，请改为"+s.meant().String()+
					orExplain+"。程序没有替您改数。"))
		}
	}
	return out
}

// amountOf is a value of a column with the column's measure: the two values of
// a growth or a ratio have none that the plan knows.
func (r *Row) amountOf(c plan.Column, v plan.Value) string {
	if (c == plan.ColA || c == plan.ColB) && !r.is(plan.Comparison) {
		return v.String()
	}
	return r.amount(v)
}

// inMeasure says what a unit slip was written in: 1.2万人，即12000人.
func (r *Row) inMeasure(s slip) string {
	measure := ""
	if s.column == plan.ColAdded || s.column == plan.ColTotal {
		measure = r.Indicator.Measure
	}
	bare, tenThousands := strings.CutPrefix(measure, "万")
	meant := r.amountOf(s.column, s.meant())
	switch {
	case s.shift == 4 && tenThousands:
		return "疑为" + s.value.String() + "亿" + bare + "，即" + meant
	case s.shift == 4:
		return "疑为" + s.value.String() + "万" + measure + "，即" + meant
	case s.shift == 8:
		return "疑为" + s.value.String() + "亿" + measure + "，即" + meant
	case s.shift == -4 && tenThousands:
		return "疑为" + s.value.String() + bare + "，即" + meant
	case s.shift == -4:
		return "疑大了一万倍，应为" + meant
	}
	return "疑大了一亿倍，应为" + meant
}

// shifted is v × 10^n.
func shifted(v plan.Value, n int32) plan.Value {
	if !v.Known() {
		return v
	}
	return tidy(plan.Known(v.Decimal().Shift(n)))
}

// times is v × factor; the factor is a plain decimal.
func times(v plan.Value, factor string) plan.Value {
	if !v.Known() {
		return v
	}
	return plan.Known(v.Decimal().Mul(decimal.RequireFromString(factor)))
}

// positive reports whether v is known and above zero.
func positive(v plan.Value) bool { return v.Known() && v.Decimal().Sign() > 0 }

// between reports whether low ≤ v ≤ high; an unknown bound binds nothing.
func between(v, low, high plan.Value) bool {
	return v.Known() && (!low.Known() || v.Cmp(low) >= 0) && (!high.Known() || v.Cmp(high) <= 0)
}

// around reports whether v lies between low and high times ref.
func around(v, ref plan.Value, low, high string) bool {
	return v.Known() && ref.Known() && between(v, times(ref, low), times(ref, high))
}

// thousandfold reports whether one of two positive values is a thousand times
// the other, or more.
func thousandfold(v, w plan.Value) bool {
	return v.Cmp(times(w, "1000")) >= 0 || w.Cmp(times(v, "1000")) >= 0
}

// agrees reports whether v moved by n places is want: exactly, or, where v was
// rounded to a larger measure (0.67万 for 6684), to the digits written.
func agrees(v plan.Value, n int32, want plan.Value) bool {
	if !positive(v) || !positive(want) {
		return false
	}
	off := shifted(v, n).Sub(want).Decimal().Abs()
	if n < 4 || trim(v.Decimal()).Exponent() >= 0 {
		return off.IsZero()
	}
	half := decimal.New(5, trim(v.Decimal()).Exponent()+n-1)
	return off.LessThanOrEqual(half)
}

// decimals is how many digits stand behind a value's point.
func decimals(v plan.Value) int32 { return max(0, -trim(v.Decimal()).Exponent()) }

// scaleOf is the power of ten that a cell's number format writes behind the
// number without dividing by it (0.0"万" shows 1.2 as 1.2万); 0: none.
func scaleOf(format string) int32 {
	if strings.Contains(format, ",\"") || strings.ContainsAny(format, "!\\") {
		return 0 // such formats divide for the eye: the cell holds the full number
	}
	switch {
	case strings.Contains(format, "亿"):
		return 8
	case strings.Contains(format, "万"):
		return 4
	}
	return 0
}
