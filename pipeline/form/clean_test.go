package form

import (
	"testing"
	"unicode"

	"duban/pipeline/plan"
	"duban/pipeline/sheet"

	"github.com/google/go-cmp/cmp"
)

func TestCellMeansWhatItSays(t *testing.T) {
	number := func(raw, format string) sheet.Cell {
		return sheet.Cell{Kind: sheet.Number, Raw: raw, Format: format, HasValue: true}
	}
	text := func(raw string) sheet.Cell {
		return sheet.Cell{Kind: sheet.Text, Raw: raw, HasValue: true}
	}
	type says struct{ Kind, Text, Number, Date, Month string }
	for _, c := range []struct {
		name    string
		cell    sheet.Cell
		measure string
		want    says
	}{
		{"plain", number("812", "#,##0"), "人", says{"number", "812", "812", "", ""}},
		{"zero is a number", number("0", ""), "人", says{"number", "0", "0", "", ""}},
		{"float dust", number("0.30000000000000004", ""), "", says{"number", "0.3", "0.3", "", ""}},
		{"more float dust", number("1234567.8900000001", ""), "",
			says{"number", "1234567.89", "1234567.89", "", ""}},
		{"exponent", number("1.2E4", ""), "", says{"number", "12000", "12000", "", ""}},
		{"percent format", number("0.9", "0.00%"), "%", says{"number", "0.9", "90", "", ""}},
		{"percent format of persons", number("0.9", "0%"), "人",
			says{"number", "0.9", "0.9", "", ""}},
		{"quoted percent", number("90", `0.0"%"`), "%", says{"number", "90", "90", "", ""}},
		{"no format", number("0.9", ""), "%", says{"number", "0.9", "0.9", "", ""}},
		{"date", number("45747", "yyyy-mm-dd"), "",
			says{"number", "2025-03-31", "", "2025-03-31", "2025-03"}},
		{"not finite", number("NaN", ""), "", says{"number", "NaN", "", "", ""}},
		{"text number", text(" 1,234\u200b "), "人", says{"text", "1,234", "1234", "", ""}},
		{"full width", text("１２，３４５．６"), "人", says{"text", "１２，３４５．６", "12345.6", "", ""}},
		{"full-width minus", text("－５"), "", says{"text", "－５", "-5", "", ""}},
		{"text percent", text("90 %"), "%", says{"text", "90 %", "90", "", ""}},
		{"full-width percent", text("９０％"), "%", says{"text", "９０％", "90", "", ""}},
		{"percent of persons", text("90%"), "人", says{"text", "90%", "", "", ""}},
		{"wrong groups", text("1,23"), "", says{"text", "1,23", "", "", ""}},
		{"unit in the cell", text("1.2万"), "人", says{"text", "1.2万", "12000", "", ""}},
		{"about", text("约300"), "人", says{"text", "约300", "300", "", ""}},
		{"date as text", text("2025.3.31"), "", says{"text", "2025.3.31", "", "2025-03-31", "2025-03"}},
		{"Chinese date", text("2025年3月31日"), "",
			says{"text", "2025年3月31日", "", "2025-03-31", "2025-03"}},
		{"ISO date", text("2025-03-31"), "",
			says{"text", "2025-03-31", "", "2025-03-31", "2025-03"}},
		{"no such day", text("2025-02-30"), "", says{"text", "2025-02-30", "", "", ""}},
		{"month", text("2025/3"), "", says{"text", "2025/3", "", "", "2025-03"}},
		{"Chinese month", text("２０２５年５月份"), "",
			says{"text", "２０２５年５月份", "", "", "2025-05"}},
		{"blank text", text(" \u00a0\u3000"), "", says{"text", "", "", "", ""}},
		{"error", sheet.Cell{Kind: sheet.ErrorValue, Raw: "#REF!", HasValue: true}, "",
			says{"error", "#REF!", "", "", ""}},
		{"error in words", text("#DIV/0!"), "", says{"error", "#DIV/0!", "", "", ""}},
		{"bool", sheet.Cell{Kind: sheet.Bool, Raw: "1", HasValue: true}, "",
			says{"bool", "1", "", "", ""}},
		{"formula without a result", sheet.Cell{HasFormula: true, Formula: "1+2"}, "",
			says{"no-cache", "", "", "", ""}},
		{"formula with a result", sheet.Cell{Kind: sheet.Number, Raw: "3", HasFormula: true,
			Formula: "1+2", HasValue: true}, "", says{"number", "3", "3", "", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.cell.Row, c.cell.Col = 7, 8
			got := meaning(&sheet.Workbook{}, c.cell, c.measure)
			if got.Address != "H7" {
				t.Errorf("address %q", got.Address)
			}
			if got.Kind != plan.NoCacheCell && got.Raw != c.cell.Raw {
				t.Errorf("raw %q", got.Raw)
			}
			is := says{string(got.Kind), got.Text, got.Number.String(), got.Date.String(),
				got.Month.String()}
			if d := cmp.Diff(c.want, is); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestHeightsGrowWithText(t *testing.T) {
	one := RowHeight("就业", 20, 11)
	long := RowHeight("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十", 20, 11)
	if two := RowHeight("就业\n就业", 20, 11); two <= one || long <= two {
		t.Errorf("heights %v %v %v", one, two, long)
	}
}

// What is passed over by its bytes must be what stays as it is by its characters.
func TestTheQuickWaysAgreeWithTheSlow(t *testing.T) {
	quick := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		s := string(r)
		asSeen, asBare := plainly(s)
		if asSeen {
			quick++
			if seen(r) != r {
				t.Errorf("%U is passed over, though it is not seen as it is", r)
			}
		}
		if asBare && (!asSeen || seen(r) != r || inASCII(r) != 0 || unicode.IsSpace(r)) {
			t.Errorf("%U is passed over, though it is not bare", r)
		}
		if n := narrow(s); n != narrow("−" + s)[1:] {
			t.Errorf("%U is %q alone and %q behind a minus sign", r, n, narrow("−" + s)[1:])
		}
	}
	if quick < 20_000 {
		t.Errorf("only %d characters are passed over, not the common Chinese", quick)
	}
	for _, s := range []string{"\xe5\xa4", "\xe5AB", "中\xe3\x80", "\x7f", "\xff", "a\tb"} {
		if asSeen, asBare := plainly(s); asSeen || asBare {
			t.Errorf("%q is passed over", s)
		}
	}
}
