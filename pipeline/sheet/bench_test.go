package sheet

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// form is a file like those that come in: 30 rows of 11 columns, a hidden
// sheet, formats, merges, a drop-down.
func form(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	try := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	try(f.SetSheetName("Sheet1", "填报"))
	try(f.SetCellValue("填报", "A1", "重点任务完成情况填报表"))
	try(f.MergeCell("填报", "A1", "K1"))
	var styles []int
	for _, n := range []int{0, 2, 10, 14} {
		line := []excelize.Border{{Type: "left", Style: 1}}
		id, err := f.NewStyle(&excelize.Style{NumFmt: n, Border: line})
		try(err)
		styles = append(styles, id)
	}
	for r := 2; r < 32; r++ {
		for c := 1; c <= 11; c++ {
			at := Address(r, c)
			if c < 5 {
				try(f.SetCellValue("填报", at, fmt.Sprintf("第%d项指标的名称与目标%d", r, c)))
			} else if c < 10 {
				try(f.SetCellValue("填报", at, float64(r*c)+0.5))
			}
			try(f.SetCellStyle("填报", at, at, styles[c%4]))
		}
	}
	dv := excelize.NewDataValidation(true)
	dv.SetSqref("K2:K31")
	try(dv.SetDropList([]string{"已报", "零报告", "数据未出"}))
	try(f.AddDataValidation("填报", dv))
	_, err := f.NewSheet("_duban")
	try(err)
	try(f.SetCellValue("_duban", "A1", "rsj|2025-03|v1|c2lnbmF0dXJl"))
	try(f.SetSheetVisible("_duban", false, true))
	var b bytes.Buffer
	try(f.Write(&b))
	return b.Bytes()
}

func openElsewhere(t testing.TB, b []byte) {
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range f.GetSheetList() {
		if _, err := f.GetRows(s); err != nil {
			t.Fatal(err)
		}
	}
	f.Close()
}

// BenchmarkRead reads one form and, turn about in the same process, lets
// excelize open and read it: the ratio holds on a noisy machine.
func BenchmarkRead(b *testing.B) {
	file := form(b)
	b.ReportAllocs()
	var ours, theirs time.Duration
	for b.Loop() {
		from := time.Now()
		if _, err := Read(file, DefaultLimits); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		openElsewhere(b, file)
		ours += middle.Sub(from)
		theirs += time.Since(middle)
	}
	b.ReportMetric(float64(ours.Microseconds())/float64(b.N), "µs/read")
	b.ReportMetric(float64(theirs.Microseconds())/float64(b.N), "µs/excelize")
	b.ReportMetric(ours.Seconds()/theirs.Seconds(), "ratio")
}

// BenchmarkReadAlone is for profiles.
func BenchmarkReadAlone(b *testing.B) {
	file := form(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(file, DefaultLimits); err != nil {
			b.Fatal(err)
		}
	}
}
