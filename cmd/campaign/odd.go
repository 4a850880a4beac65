//go:build linux

package main

import (
	"fmt"
	"slices"

	"duban/pipeline/form"
	"duban/pipeline/plan"
)

// sort is a sort of file that is not simply right. Each wave between the waves of forms
// holds one of each.
type sort struct {
	name string
	// states are the words that the ledger may have for it; a run without faults says
	// which one it is.
	states []plan.State
	make   func(s *stock, u, other *plan.Unit, version int) (folder string, b []byte, err error)
}

// Personal data in a form: no log and no text of a receipt may show it.
const (
	personID    = "210602199001011234"
	personPhone = "13904150123"
)

var (
	taken    = []plan.State{plan.Passed, plan.Queried, plan.Partly}
	returned = []plan.State{plan.Returned, plan.Partly}
	aside    = []plan.State{plan.Quarantined}
)

// sorts is the table.
var sorts = []sort{
	{"words for a number", returned, func(s *stock, u, _ *plan.Unit, v int) (string, []byte, error) {
		return s.spoilt(u, v, plan.ColTotal, form.Answer{Text: "正在统计"})
	}},
	{"a wrong total", returned, func(s *stock, u, _ *plan.Unit, v int) (string, []byte, error) {
		return s.spoilt(u, v, plan.ColAdded, form.Answer{Number: plan.Int(999999)})
	}},
	{"personal data", taken, func(s *stock, u, _ *plan.Unit, v int) (string, []byte, error) {
		all := s.answers(u, v)
		all = append(all, form.Answer{ID: all[0].ID, Unit: all[0].Unit, Column: plan.ColRemark,
			Text: "联系人张三，身份证" + personID + "，电话" + personPhone})
		b, err := form.Fill(s.blanks[u.Code], filler, reviewer, all)
		return u.Name, b, err
	}},
	{"a blank form", returned, func(s *stock, u, _ *plan.Unit, v int) (string, []byte, error) {
		return u.Name, remarked(s.blanks[u.Code], fmt.Sprintf("blank %d", v)), nil
	}},
	{"cut short", returned, func(s *stock, u, _ *plan.Unit, v int) (string, []byte, error) {
		b, err := s.fill(u, v)
		return u.Name, b[:len(b)*2/3], err
	}},
	{"another unit's folder", aside, func(s *stock, u, o *plan.Unit, v int) (string, []byte, error) {
		b, err := s.fill(u, v)
		return o.Name, remarked(b, "elsewhere"), err
	}},
	{"no workbook", returned, func(_ *stock, u, _ *plan.Unit, v int) (string, []byte, error) {
		return u.Name, fmt.Appendf(nil, "收到请回复 %d\n", v), nil
	}},
	{"no form", returned, func(_ *stock, u, _ *plan.Unit, v int) (string, []byte, error) {
		b, err := bareBook(fmt.Sprintf("会议通知 %d", v))
		return u.Name, b, err
	}},
	{"nobody's", returned, func(_ *stock, _, _ *plan.Unit, v int) (string, []byte, error) {
		b, err := bareBook(fmt.Sprintf("来源不明 %d", v))
		return "", b, err
	}},
	{"the same again", taken, func(s *stock, u, _ *plan.Unit, v int) (string, []byte, error) {
		p, err := s.form(s.place(u), v) // as in the wave before
		return p.folder, p.bytes, err
	}},
}

// odd is a wave with one of each sort, of units that change from wave to wave.
func (s *stock) odd(version int) ([]parcel, error) {
	var wave []parcel
	for i, x := range sorts {
		u := s.units[(version*11+i*2)%len(s.units)]
		other := s.units[(version*11+i*2+1)%len(s.units)]
		folder, b, err := x.make(s, u, other, version)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", x.name, err)
		}
		wave = append(wave, s.parcel(x.name, folder, fmt.Sprintf("%s %d.xlsx", x.name, version), b))
	}
	return wave, nil
}

// place is where a unit stands among the units.
func (s *stock) place(u *plan.Unit) int { return slices.Index(s.units, u) }

// spoilt is a filled form with one answer of a column in another's place, of a unit or
// the first one after it that has the column.
func (s *stock) spoilt(u *plan.Unit, version int, column plan.Column, with form.Answer) (
	string, []byte, error) {
	for from := s.place(u); ; from++ {
		u = s.units[from%len(s.units)]
		all := s.answers(u, version)
		i := slices.IndexFunc(all, func(a form.Answer) bool { return a.Column == column })
		if i < 0 {
			continue
		}
		with.ID, with.Unit, with.Column = all[i].ID, all[i].Unit, column
		all[i] = with
		b, err := form.Fill(s.blanks[u.Code], filler, reviewer, all)
		return u.Name, b, err
	}
}

// statesOf are the words the ledger may have for a sort.
func statesOf(sort string) []plan.State {
	for _, x := range sorts {
		if x.name == sort {
			return x.states
		}
	}
	return taken
}
