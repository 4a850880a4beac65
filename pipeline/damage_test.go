package pipeline

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"duban/pipeline/form"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// damagedForms is how many forms are damaged, in turn in every way of damages.
const damagedForms = 200

// TestDamageIsUndoneOrNamed fills forms of the real plan's units, damages each
// in one of the ways of damages, and reads it. What the office does not need
// to know of is undone; the rest is named at its cell, and only there: no row
// that was not touched is returned or doubted, and its figure is the same.
func TestDamageIsUndoneOrNamed(t *testing.T) {
	if len(damages) < 40 {
		t.Fatalf("only %d ways to damage a form", len(damages))
	}
	w := damageWorkspace(t)
	var units []*plan.Unit
	for _, u := range w.Plan.Units {
		if len(w.rows(record{}, u, damageMonth)) > 2 {
			units = append(units, u)
		}
	}
	used := map[string]int{}
	for n := range damagedForms {
		d := damages[n%len(damages)]
		// Not every unit has the rows that a way of damaging needs.
		for try := 0; ; try++ {
			if try == 3*len(units) {
				t.Errorf("%s: no unit's form can be damaged so", d.name)
				break
			}
			p := newPatient(t, w, units[(n*7+try)%len(units)], uint64(n*1000+try))
			if !d.how(p) {
				continue
			}
			used[d.name]++
			t.Run(fmt.Sprintf("%03d %s %s", n, d.name, p.unit.Code), func(t *testing.T) {
				p.examine(t, d)
			})
			break
		}
	}
	if len(used) < 40 {
		t.Errorf("only %d ways were used", len(used))
	}
}

var damageMonth = plan.MonthOf(2025, 3)

func damageWorkspace(t *testing.T) *Workspace {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "ws")
	if err := Init(dir); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2025, 3, 25, 9, 0, 0, 0, schedule.Zone)
	w, err := Open(context.Background(), dir, Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

// patient is a filled form about to be damaged.
type patient struct {
	w      *Workspace
	unit   *plan.Unit
	r      *rand.Rand
	record record
	counts map[string][2]int64 // by indicator: added, last month's total
	base   *judgement          // of the form as it was
	bytes  []byte              // as it was
	*excelize.File
	read *form.Filled
	// What the way of damaging expects.
	hurt   []string // the rows whose figure may be another, or gone
	cells  []string // where the finding must stand; any of them
	repack func([]byte) []byte
}

func newPatient(t *testing.T, w *Workspace, u *plan.Unit, seed uint64) *patient {
	t.Helper()
	p := &patient{w: w, unit: u, r: rand.New(rand.NewPCG(seed, 2025)), record: record{},
		counts: map[string][2]int64{}}
	rows := w.rows(record{}, u, damageMonth)
	answers := p.fill(rows)
	blank, err := form.Write(&form.Form{Plan: w.Plan, Unit: u, Month: damageMonth, Issue: 1,
		Office: "督查室", IssuedAt: w.Now(), Rows: rows}, w.key)
	if err != nil {
		t.Fatal(err)
	}
	if p.bytes, err = form.Fill(blank, "王小明", "李主任", answers); err != nil {
		t.Fatal(err)
	}
	p.base = p.judge(t, p.bytes)
	if len(p.base.Refused) > 0 || len(p.base.Figures) < len(rows)/2 {
		t.Fatalf("%s: the form is at fault before it is damaged: %s", u.Name, codes(p.base.Findings))
	}
	p.read = p.base.filled
	if p.File, err = excelize.OpenReader(strings.NewReader(string(p.bytes))); err != nil {
		t.Fatal(err)
	}
	return p
}

// judge reads a form as the pipeline does, knowing the months before.
func (p *patient) judge(t *testing.T, b []byte) *judgement {
	t.Helper()
	d := plan.Delivery{Name: "三月.xlsx", ReceivedAt: p.w.Now().AddDate(0, 0, 9)}
	j, err := p.w.judge(context.Background(), b, d, Handing{Unit: p.unit},
		past{record: p.record, last: nobodySpoke})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// fill answers every row that is due, and remembers what last month must have
// been for that.
func (p *patient) fill(rows []form.Row) []form.Answer {
	var out []form.Answer
	for _, r := range rows {
		say := func(c plan.Column, v plan.Value) {
			out = append(out, form.Answer{ID: r.ID(), Column: c, Number: v})
		}
		word := func(c plan.Column, s string) {
			out = append(out, form.Answer{ID: r.ID(), Column: c, Text: s})
		}
		if r.Indicator == nil {
			word(plan.ColProgress, string(plan.Underway))
			word(plan.ColRemark, "按计划推进，本月完成一批项目")
			continue
		}
		if r.NotDue {
			continue
		}
		ind := r.Indicator
		switch ind.Kind {
		case plan.Cumulative, plan.Annual:
			added, last := int64(1+p.r.IntN(9)), int64(20+p.r.IntN(39))
			if ind.Target.Known() && ind.Target.Decimal().IntPart() >= 6000 {
				added, last = added*100, last*100
			} else if ind.Target.Known() && ind.Target.Decimal().IntPart() < 60 {
				added, last = 1, 0
			}
			for _, id := range append([]string{ind.ID}, ind.SameAs...) {
				if same, ok := p.counts[id]; ok { // the plan says it is the same measure
					added, last = same[0], same[1]
				}
			}
			p.counts[ind.ID] = [2]int64{added, last}
			say(plan.ColAdded, plan.Int(added))
			say(plan.ColTotal, plan.Int(last+added))
			p.remember(plan.Figure{ID: ind.ID, State: plan.Reported, Total: plan.Int(last)})
		case plan.Level:
			v := plan.Int(80)
			if ind.Target.Known() {
				v = ind.Target
			}
			say(plan.ColTotal, v)
		case plan.Growth:
			say(plan.ColTotal, ind.Target)
			if !ind.Target.Known() {
				out[len(out)-1].Number = plan.Int(int64(3 + p.r.IntN(5)))
			}
		case plan.Ratio, plan.Comparison:
			say(plan.ColA, plan.Int(int64(7+p.r.IntN(2))))
			say(plan.ColB, plan.Int(5))
		case plan.Milestone:
			word(plan.ColProgress, string(plan.Completed))
			out = append(out, form.Answer{ID: r.ID(), Column: plan.ColActual,
				Date: plan.Date{Year: 2025, Month: 3, Day: 11 + p.r.IntN(17)}})
		}
	}
	return out
}

func (p *patient) remember(f plan.Figure) {
	f.Unit, f.Month = p.unit.Code, damageMonth-1
	k := subject{f.ID, f.Unit}
	p.record[k] = []ledger.Entry{{Figure: f}}
}

// examine judges the damaged form against what it was.
func (p *patient) examine(t *testing.T, d damage) {
	defer p.Close()
	buf, err := p.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	b := buf.Bytes()
	if p.repack != nil {
		b = p.repack(b)
	}
	j := p.judge(t, b)
	for _, f := range j.Findings {
		if f.Severity != plan.Note && f.Code != d.code && !slices.Contains(p.hurt, f.Indicator) &&
			!slices.ContainsFunc(p.base.Findings, func(b plan.Finding) bool {
				return b.Code == f.Code && b.Indicator == f.Indicator
			}) {
			t.Errorf("a finding where nothing was damaged: %s %s %s", f.Code, f.Cell, f.Message)
		}
	}
	if d.code != "" && !slices.ContainsFunc(j.Findings, func(f plan.Finding) bool {
		return f.Code == d.code && (len(p.cells) == 0 || slices.Contains(p.cells, f.Cell))
	}) {
		t.Errorf("%s at %v was not found, but %s", d.code, p.cells, codes(j.Findings))
	}
	if d.refused {
		if len(j.Figures) > 0 || j.State != plan.Returned && j.State != plan.Quarantined {
			t.Errorf("%d figures were taken, state %s", len(j.Figures), j.State)
		}
		return
	}
	if diff := cmp.Diff(p.figures(p.base), p.figures(j)); diff != "" {
		t.Errorf("figures (-before +after):\n%s%s", diff, codes(j.Findings))
	}
}

func codes(fs []plan.Finding) string {
	var s []string
	for _, f := range fs {
		s = append(s, f.Code+" "+f.Cell+" "+f.Message)
	}
	return strings.Join(s, "\n")
}

// figures is what the rows that were not hurt say, by id.
func (p *patient) figures(j *judgement) map[string]string {
	m := map[string]string{}
	for _, f := range j.Figures {
		if !slices.Contains(p.hurt, f.ID) {
			m[f.ID] = fmt.Sprint(f.State, f.Added, f.Total, f.A, f.B, f.Progress, f.Planned, f.Actual,
				f.Expected, f.Remark)
		}
	}
	return m
}
