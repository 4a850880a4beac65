//go:build unix

package pipeline

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// The forms of the benchmarks: every unit's form of twelve months, filled, in
// as many versions as are asked for. Versions differ in every row's remark, so
// that each changes all that stands.

// waysign is what stands in the remarks in place of the version.
const waysign = "QVERSIONQ"

// drawer is the filled forms, a version's place still in them.
type drawer struct{ files []drawn }

type drawn struct {
	unit  string
	month plan.Month
	bytes []byte
}

// fillDrawer issues and fills the forms of a year before anything is reported.
func fillDrawer(b *testing.B, w *Workspace, clock *time.Time) *drawer {
	b.Helper()
	d := &drawer{}
	for m := plan.MonthOf(2024, 4); m <= plan.MonthOf(2025, 3); m++ {
		*clock = time.Date(m.Year(), time.Month(m.Number()), 25, 9, 0, 0, 0, schedule.Zone)
		forms, err := w.IssueForms(b.Context(), m, nil)
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range forms {
			u := w.Plan.Unit(f.Unit)
			rows, err := w.Rows(b.Context(), m, u)
			if err != nil {
				b.Fatal(err)
			}
			blank, err := os.ReadFile(f.File)
			if err != nil {
				b.Fatal(err)
			}
			filled, err := form.Fill(blank, "张三", "李四", sensible(rows, m))
			if err != nil {
				b.Fatal(err)
			}
			d.files = append(d.files, drawn{u.Name, m, filled})
		}
	}
	return d
}

// sensible are answers that raise few findings: what is due by the month.
func sensible(rows []form.Row, m plan.Month) []form.Answer {
	var all []form.Answer
	passed := decimal.NewFromInt(int64(m-plan.MonthOf(2024, 3)) * 8)
	for _, r := range rows {
		say := func(col plan.Column, v plan.Value, text string) {
			all = append(all, form.Answer{ID: r.ID(), Column: col, Number: v, Text: text})
		}
		if r.NotDue {
			continue
		}
		say(plan.ColRemark, plan.Value{}, "按计划推进"+waysign)
		ind := r.Indicator
		switch {
		case ind == nil, ind.Kind == plan.Milestone:
			say(plan.ColProgress, plan.Value{}, string(plan.Underway))
		case ind.Kind == plan.Cumulative, ind.Kind == plan.Annual:
			target := plan.Int(100)
			if ind.Target.Known() {
				target = ind.Target
			}
			step := target.Decimal().Div(decimal.NewFromInt(100)).Ceil()
			say(plan.ColAdded, plan.Known(step.Mul(decimal.NewFromInt(8))), "")
			say(plan.ColTotal, plan.Known(step.Mul(passed)), "")
		case ind.Target.Known():
			say(plan.ColTotal, ind.Target, "")
		}
	}
	return all
}

// file is the n-th of some files: the year's forms in as many versions as it
// takes, a month's one after the other, then the next month's. Beyond those it
// begins again, with versions of their own.
func (d *drawer) file(b *testing.B, n, of int) (name, unit string, file []byte) {
	b.Helper()
	const units = 29
	months := len(d.files) / units
	perMonth := (of + months - 1) / months
	f := d.files[n%of/perMonth*units+n%of%perMonth%units]
	from, err := zip.NewReader(bytes.NewReader(f.bytes), int64(len(f.bytes)))
	if err != nil {
		b.Fatal(err)
	}
	var to bytes.Buffer
	z := zip.NewWriter(&to)
	for _, part := range from.File {
		r, err := part.Open()
		if err != nil {
			b.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			b.Fatal(err)
		}
		if !bytes.Contains(text, []byte(waysign)) {
			err = z.Copy(part)
		} else {
			var into io.Writer
			into, err = z.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate})
			if err == nil {
				_, err = into.Write(bytes.ReplaceAll(text, []byte(waysign), fmt.Append(nil, n)))
			}
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	return fmt.Sprintf("%s-%s-%d.xlsx", f.unit, f.month, n), f.unit, to.Bytes()
}

// drop puts some files into the inbox.
func (d *drawer) drop(b *testing.B, w *Workspace, from, to, of int) {
	b.Helper()
	for n := from; n < to; n++ {
		name, unit, file := d.file(b, n, of)
		dir := filepath.Join(w.path("inbox"), unit)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			b.Fatal(err)
		}
		path := filepath.Join(dir, name)
		err := os.WriteFile(path, file, 0o644)
		if err == nil { // as one that has rested
			err = os.Chtimes(path, time.Time{}, time.Now().Add(-time.Minute))
		}
		if err != nil {
			b.Fatal(err)
		}
	}
}

// readElsewhere is what excelize needs to open a form and read its sheets.
func readElsewhere(b *testing.B, file []byte) {
	f, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range f.GetSheetList() {
		if _, err := f.GetRows(s); err != nil {
			b.Fatal(err)
		}
	}
	f.Close()
}

// officeFor is a workspace for a benchmark, and its clock.
func officeFor(b *testing.B) (*Workspace, *time.Time) {
	b.Helper()
	dir, clock := filepath.Join(b.TempDir(), "ws"), new(time.Time)
	*clock = time.Date(2024, 4, 25, 9, 0, 0, 0, schedule.Zone)
	if err := Init(dir); err != nil {
		b.Fatal(err)
	}
	w, err := Open(context.Background(), dir, Options{Now: func() time.Time { return *clock }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { w.Close() })
	w.folder.Rest = -1
	if _, err := w.recoverWork(context.Background()); err != nil {
		b.Fatal(err)
	}
	return w, clock
}
