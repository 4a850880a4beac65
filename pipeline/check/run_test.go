package check

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"duban/pipeline/plan"

	"github.com/google/go-cmp/cmp"
)

const month0 = `
indicator: T01-1 name=城镇新增就业 target=12000
indicator: T01-2 name=技能培训 kind=annual target=500
indicator: T01-3 name=覆盖率 kind=level measure=% target=90
indicator: T01-4 name=占比 kind=ratio measure=% target=35
indicator: T01-5 name=增速 kind=growth measure=% target=3
indicator: T01-6 name=比较 kind=comparison measure=%
indicator: T01-7 name=中心 kind=milestone
history: T01-1 2025-02 added=400 total=6400
history: T01-2 2025-02 added=10 total=20
`

func TestABadRowNeverCostsAUnitItsGoodRows(t *testing.T) {
	good := month0 + `
row: T01-1 added=300 total=6700
row: T01-2 added=5 total=25
row: T01-3 total=88
row: T01-4 a=13 b=40
row: T01-5 total=2.5
row: T01-6 a=3 b=2
row: T01-7 progress=推进中
row: T08 progress=推进中 remark=已部署
`
	whole := Run(readExample(t, good).s)
	if whole.State != plan.Passed || len(whole.Figures) != 8 || len(whole.Findings) != 0 {
		t.Fatalf("the good form: %s, %d figures, %v", whole.State, len(whole.Figures), whole.Findings)
	}
	for bad := range whole.Figures {
		s := readExample(t, good).s
		for c, cell := range s.Entries[bad].Cells {
			if !cell.Blank() {
				s.Entries[bad].Cells[c] = textFault(cell)
			}
		}
		res := Run(s)
		want := slices.Delete(slices.Clone(whole.Figures), bad, bad+1)
		id := whole.Figures[bad].ID
		if diff := cmp.Diff(ids(want), ids(res.Figures)); diff != "" {
			t.Errorf("with a bad row %s, taken (-want +got):\n%s", id, diff)
		}
		if res.State != plan.Partly || len(res.Refused) != 1 || res.Refused[0].ID != id {
			t.Errorf("with a bad row %s: %s, refused %v", id, res.State, ids(res.Refused))
		}
	}
}

func textFault(c plan.Cell) plan.Cell {
	return plan.Cell{Address: c.Address, Kind: plan.ErrorCell, Raw: "#REF!", Text: "#REF!"}
}

func ids(figures []plan.Figure) []string {
	var out []string
	for _, f := range figures {
		out = append(out, f.ID)
	}
	return out
}

func TestARefusedCellDoesNotOfferToBeExplained(t *testing.T) {
	for row, offered := range map[string]bool{
		"row: T01-1 added=300 total=0.67\n": false, // refused too: no count has a fraction
		"row: T01-3 total=0.9\n":            true,
	} {
		var proposals int
		for _, f := range Run(readExample(t, month0+row).s).Findings {
			if !strings.HasSuffix(f.Code, "-slip") {
				continue
			}
			proposals++
			if strings.Contains(f.Fix, "情况说明") != offered {
				t.Errorf("%s: %s", row, f.Fix)
			}
		}
		if proposals == 0 {
			t.Errorf("%s: no proposal", row)
		}
	}
}

func TestAQuarantinedFileTakesNothingAndSaysOnlyWhy(t *testing.T) {
	res := Run(readExample(t, month0+`
channel: jyj
row: T01-1 added=约300 total=6700
row: T01-2 added=5 total=25
`).s)
	if res.State != plan.Quarantined || len(res.Figures) != 0 || len(res.Refused) != 2 {
		t.Errorf("%s, %d taken, %d refused", res.State, len(res.Figures), len(res.Refused))
	}
	for _, f := range res.Findings {
		if f.WholeFile != (f.Code == "wrong-unit") {
			t.Errorf("%s: WholeFile %v", f.Code, f.WholeFile)
		}
	}
}

func TestOpeningFiguresCarryTheirUnit(t *testing.T) {
	res := Run(readExample(t, `
indicator: T01-1 name=城镇新增就业 target=12000
opening: yes
row: T01-1 unit=区人社局 total=text:六千
`).s)
	if len(res.Findings) != 1 || res.Findings[0].Unit != "rsj" ||
		res.Findings[0].Indicator != "T01-1" || res.Findings[0].Sheet != "填报" {
		t.Errorf("findings %+v", res.Findings)
	}
	if len(res.Refused) != 1 || !res.Refused[0].Opening || res.Refused[0].Unit != "rsj" {
		t.Errorf("refused %+v", res.Refused)
	}
}

func TestRunSurvivesNothing(t *testing.T) {
	for _, s := range []*Submission{
		{}, {Unreadable: &Fault{}}, {NotForm: "无表头"}, {Opening: true},
		{Plan: &plan.Plan{}, Token: Token{State: TokenGood}},
		{Plan: &plan.Plan{}, Entries: []plan.Entry{{}}},
		{Plan: &plan.Plan{}, Released: true, Entries: []plan.Entry{{
			Cells: map[plan.Column]plan.Cell{plan.ColTotal: {Kind: plan.NumberCell}}}}},
	} {
		if res := Run(s); len(res.Figures) != 0 || res.State == plan.Passed {
			t.Errorf("%+v: %s with %d figures", s, res.State, len(res.Figures))
		}
	}
}

// Whatever stands in the cells, a figure is either taken or refused, a refused
// one is explained at a cell, and the same form gives the same answer.
func TestEveryFormIsAnsweredTheSameWayTwice(t *testing.T) {
	values := []string{"", "0", "-5", "300", "6700", "0.88{0.0%}", "1e400", "-1e-400", "text:88%",
		"约300", "error:#DIV/0!", "formula:1+2", "2025-03-31", "2031-01-01", "1999-01-01", "零报告",
		"数据未出", "本期不报", "已报", "推进中", "已完成", "未启动", "text:　", "％", "123456789012345678901"}
	rows := []string{"T01-1", "T01-2", "T01-3", "T01-4", "T01-5", "T01-6", "T01-7", "T08", "X9", "-"}
	form := func(seed uint64, opening bool) *Submission {
		rng := rand.New(rand.NewPCG(seed, 7))
		var text strings.Builder
		text.WriteString(month0)
		if opening {
			text.WriteString("opening: yes\n")
		}
		for range 12 {
			text.WriteString("row: " + rows[rng.IntN(len(rows))] + " unit=rsj")
			for _, c := range fillIn {
				if rng.IntN(3) == 0 {
					text.WriteString(" " + string(c) + "=" + values[rng.IntN(len(values))])
				}
			}
			text.WriteString("\n")
		}
		return readExample(t, text.String()).s
	}
	for seed := range uint64(2000) {
		s := form(seed, seed%4 == 0)
		first, second := Run(s), Run(form(seed, seed%4 == 0))
		compare := cmp.Comparer(func(a, b plan.Value) bool { return a.Equal(b) })
		if diff := cmp.Diff(first, second, compare); diff != "" {
			t.Fatalf("form %d was answered twice differently:\n%s", seed, diff)
		}
		rejects := map[string]bool{}
		for _, f := range first.Findings {
			if f.Severity == plan.Reject {
				rejects[f.Indicator] = true
			}
			if f.Cell == "" && f.Indicator != "" || !strings.HasSuffix(f.Message, "。") {
				t.Fatalf("form %d: a finding without a cell or a sentence: %+v", seed, f)
			}
		}
		for _, f := range first.Refused {
			if !rejects[f.ID] {
				t.Fatalf("form %d: %s was refused without a word", seed, f.ID)
			}
		}
		taken := map[string]bool{}
		for _, f := range first.Figures {
			if taken[f.ID+f.Unit] || s.Plan.Item(f.ID) == nil && s.Plan.Indicator(f.ID) == nil {
				t.Fatalf("form %d: %s was taken twice or is unknown", seed, f.ID)
			}
			taken[f.ID+f.Unit] = true
		}
	}
}
