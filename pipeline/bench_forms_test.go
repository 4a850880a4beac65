//go:build unix

package pipeline_test

import (
	"context"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"duban/pipeline"
	"duban/pipeline/plan"
)

// benchmarkForms issues a month's forms to all units. bare is how often the time
// goes into it that excelize needs to write the same texts, undressed, into as
// many workbooks.
func benchmarkForms(b *testing.B, year string) {
	ctx, m := context.Background(), plan.MonthOf(2025, 4)
	var ours, theirs laps
	issued := 0
	for b.Loop() {
		w, c := copied(b, year, "")
		c.set(2025, time.April, 25, 9)
		var forms []pipeline.IssuedForm
		ours.run(func() {
			var err error
			if forms, err = w.IssueForms(ctx, m, nil); err != nil {
				b.Fatal(err)
			}
		})
		issued = len(forms)
		books := textsOf(b, forms)
		theirs.run(func() { writeBare(b, books) })
		w.Close()
	}
	ours.report(b)
	b.ReportMetric(float64(issued), "forms")
	b.ReportMetric(float64(median(ours.processor))/float64(median(theirs.processor)), "bare")
}

// textsOf is every text of every sheet of the forms.
func textsOf(b *testing.B, forms []pipeline.IssuedForm) (books []map[string][][]string) {
	for _, f := range forms {
		x, err := excelize.OpenFile(f.File)
		if err != nil {
			b.Fatal(err)
		}
		sheets := map[string][][]string{}
		for _, name := range x.GetSheetList() {
			if sheets[name], err = x.GetRows(name); err != nil {
				b.Fatal(err)
			}
		}
		x.Close()
		books = append(books, sheets)
	}
	return books
}

func writeBare(b *testing.B, books []map[string][][]string) {
	for _, sheets := range books {
		x := excelize.NewFile()
		for name, rows := range sheets {
			if _, err := x.NewSheet(name); err != nil {
				b.Fatal(err)
			}
			for i, row := range rows {
				for j, text := range row {
					at, err := excelize.CoordinatesToCellName(j+1, i+1)
					if err == nil {
						err = x.SetCellStr(name, at, text)
					}
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		}
		if _, err := x.WriteToBuffer(); err != nil {
			b.Fatal(err)
		}
		x.Close()
	}
}
