package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"duban/pipeline/form"
	"duban/pipeline/intake"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
	"duban/pipeline/sheet"
)

// original is a kept file, read once.
type original struct {
	bytes []byte
	book  *sheet.Workbook // nil where it cannot be read as one
	flaw  *Flaw           // it is gone, or its bytes are others
}

// original reads the kept file with a hash; name is how people call it.
func (v *verification) original(sha, name string) *original {
	if o := v.originals[sha]; o != nil {
		return o
	}
	o := &original{}
	v.originals[sha] = o
	b, err := v.folder.Kept(sha)
	switch {
	case errors.Is(err, intake.ErrNotKept):
		o.flaw = &Flaw{FlawArchive, sha, fmt.Sprintf("报送件“%s”（%s）的原件不在存档里。",
			plan.Mask(name), shortSum(sha))}
	case err != nil:
		o.flaw = &Flaw{FlawArchive, sha, fmt.Sprintf(
			"报送件“%s”（%s）的原件读不出，或者它的字节被改动过，与SHA-256不符。", plan.Mask(name),
			shortSum(sha))}
	default:
		o.bytes = b
		o.book, _ = sheet.Read(b, sheet.DefaultLimits) // one that cannot be read brought nothing
	}
	return o
}

// cell is what stands in a cell of a kept workbook, "" where nothing does.
func (o *original) cell(name, address string) string {
	if o.book == nil {
		return ""
	}
	for _, s := range o.book.Sheets {
		if form.SheetName(s.Name) != name {
			continue
		}
		for _, c := range s.Cells {
			if c.Address() == address {
				return c.Raw
			}
		}
	}
	return ""
}

// archive holds every submission against the original it was read from.
func (v *verification) archive(ctx context.Context) error {
	all, err := v.Ledger.EverySubmission(ctx)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, s := range all {
		o := v.original(s.Delivery.SHA256, s.Delivery.Name)
		if !seen[s.Delivery.SHA256] {
			seen[s.Delivery.SHA256] = true
			v.proof.Originals++
			if o.flaw != nil {
				v.flaw(*o.flaw)
			}
		}
		if o.book == nil {
			continue
		}
		rd, err := v.Ledger.Reading(ctx, s.Reading)
		if err != nil {
			return err
		}
		if err := v.reading(ctx, rd, o); err != nil {
			return err
		}
	}
	return nil
}

// reading holds the figures of a reading against the cells of its original,
// and against what the original says when it is read again.
func (v *verification) reading(ctx context.Context, rd ledger.Reading, o *original) error {
	again, err := v.readAnew(ctx, rd, o)
	if err != nil {
		return err
	}
	for _, f := range append(append([]plan.Figure{}, rd.Figures...), rd.Refused...) {
		v.proof.Figures++
		if again == nil {
			v.proof.CellsOnly++
		}
		v.flaw(v.figureFlaws(rd, f, again[subject{f.ID, f.Unit}], o)...)
		delete(again, subject{f.ID, f.Unit})
	}
	for _, f := range again {
		v.flaw(Flaw{FlawFigure, f.ID + "/" + f.Unit, fmt.Sprintf(
			"原件“%s”（%s）的%s!%s报有%s，台账里没有这一项。", plan.Mask(rd.Delivery.Name),
			shortSum(rd.Delivery.SHA256), f.Sheet, f.Cell, v.figureName(*f))})
	}
	return nil
}

// readAnew is what the original says under the reading's own program and plan:
// nothing where those are others today, for then it may well say otherwise.
func (v *verification) readAnew(ctx context.Context, rd ledger.Reading, o *original) (
	map[subject]*plan.Figure, error) {
	if rd.Program != Version || rd.PlanVersion != v.Plan.Version || rd.Unit == "" && !rd.Opening {
		return nil, nil
	}
	h := Handing{Unit: v.Plan.Unit(rd.Unit), Month: rd.Month, Opening: rd.Opening,
		Released: !rd.Opening}
	j, err := v.judge(ctx, o.bytes, rd.Delivery, h, past{record: record{},
		rulings: rulings{month: rd.Month}, last: nobodySpoke})
	if err != nil {
		return nil, err
	}
	all := map[subject]*plan.Figure{}
	for _, f := range append(append([]plan.Figure{}, j.Figures...), j.Refused...) {
		if !f.State.Silent() {
			all[subject{f.ID, f.Unit}] = &f
		}
	}
	return all, nil
}

// figureFlaws is what a figure of the ledger and its original disagree on.
func (v *verification) figureFlaws(rd ledger.Reading, f plan.Figure, again *plan.Figure,
	o *original) []Flaw {
	flaw := func(what string, args ...any) []Flaw {
		return []Flaw{{FlawFigure, f.ID + "/" + f.Unit + "/" + f.Month.String(),
			v.figureName(f) + fmt.Sprintf(what, args...) + fmt.Sprintf("，原件“%s”（%s）。",
				plan.Mask(rd.Delivery.Name), shortSum(rd.Delivery.SHA256))}}
	}
	if raw := o.cell(f.Sheet, f.Cell); raw != f.Raw && f.Raw != "" {
		if again != nil && again.Cell != f.Cell {
			return flaw("：台账记在%s!%s，原件中在%s!%s", f.Sheet, f.Cell, again.Sheet, again.Cell)
		}
		return flaw("：台账记的原值是“%s”，原件%s!%s写的是“%s”", plan.Mask(f.Raw), f.Sheet, f.Cell,
			plan.Mask(raw))
	}
	if again == nil || sameRead(f, *again) {
		return nil
	}
	if again.Cell != f.Cell || again.Sheet != f.Sheet {
		return flaw("：台账记在%s!%s，原件中在%s!%s", f.Sheet, f.Cell, again.Sheet, again.Cell)
	}
	return flaw("：台账记的是%s，原件%s!%s读出的是%s", figureSays(f), f.Sheet, f.Cell,
		figureSays(*again))
}

// sameRead reports whether two figures say the same. What a zero report carries
// on comes from the past, not from the file.
func sameRead(f, again plan.Figure) bool {
	if f.State == plan.ZeroReport && again.State == plan.ZeroReport {
		again.Total, again.Added = f.Total, f.Added
	}
	return sameWords(f, again) && f.Cell == again.Cell && f.Sheet == again.Sheet
}

// figureName is T01-1城镇新增就业（区人社局，2025年3月）.
func (v *verification) figureName(f plan.Figure) string {
	return fmt.Sprintf("%s%s（%s，%s）", f.ID, v.subjectName(f.ID), v.unitName(f.Unit),
		f.Month.Chinese())
}

// figureSays is everything a figure says, in few words.
func figureSays(f plan.Figure) string {
	var said strings.Builder
	said.WriteString("“" + string(f.State))
	for _, x := range []struct{ what, value string }{
		{"本月", f.Added.String()}, {"累计", f.Total.String()}, {"数值A", f.A.String()},
		{"数值B", f.B.String()}, {"", string(f.Progress)}, {"计划", f.Planned.String()},
		{"实际", f.Actual.String()}, {"预计", f.Expected.String()}, {"说明", plan.Mask(f.Remark)},
	} {
		if x.value != "" {
			said.WriteString("，" + x.what + x.value)
		}
	}
	return said.String() + "”"
}
