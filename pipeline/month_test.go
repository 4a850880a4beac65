package pipeline_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"duban/pipeline"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// clock is a workspace's clock, set by the test.
type clock struct{ time.Time }

func (c *clock) set(year int, month time.Month, day, hour int) {
	c.Time = time.Date(year, month, day, hour, 0, 0, 0, schedule.Zone)
}

func (c *clock) now() time.Time { return c.Time }

// newWorkspace makes a workspace of the built-in plan with the fonts of make
// fonts. Without them a test of digests is skipped, but never where CI is set.
func newWorkspace(t testing.TB) (dir string) {
	t.Helper()
	fonts := os.Getenv("DUBAN_FONTS")
	if fonts == "" {
		fonts = "../.fonts"
	}
	fonts, err := filepath.Abs(fonts)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(fonts, "fangsong.ttf")); err != nil && os.Getenv("CI") == "" {
		t.Skip("no fonts: run make fonts")
	}
	dir = filepath.Join(t.TempDir(), "ws")
	if err := pipeline.Init(dir); err != nil {
		t.Fatal(err)
	}
	settings := "fonts:\n  dirs:\n    - '" + fonts + "'\n"
	if err := os.WriteFile(filepath.Join(dir, "duban.yaml"), []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func open(t testing.TB, dir string, c *clock) *pipeline.Workspace {
	t.Helper()
	w, err := pipeline.Open(context.Background(), dir, pipeline.Options{Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestDigestNumbersEqualThoseOfTheFilledForms runs two months with figures
// drawn from a fixed seed and compares every number of the second digest with
// what the filled forms, read by another library, and the exported plan give.
func TestDigestNumbersEqualThoseOfTheFilledForms(t *testing.T) {
	ctx, c := context.Background(), &clock{}
	c.set(2025, time.January, 10, 9)
	w := open(t, newWorkspace(t), c)
	defer w.Close()
	route := newRoute(t, w)

	opening := plan.MonthOf(2024, 12)
	f, err := w.IssueOpening(ctx, opening)
	if err != nil {
		t.Fatal(err)
	}
	route.hand(ctx, route.fill(f.File, opening, ""), pipeline.Handing{Month: opening, Opening: true})
	for m := plan.MonthOf(2025, 1); m <= plan.MonthOf(2025, 2); m++ {
		c.set(2025, time.Month(m.Number()), 25, 9)
		forms, err := w.IssueForms(ctx, m, nil)
		if err != nil {
			t.Fatal(err)
		}
		c.set(2025, time.Month(m.Number()+1), 3, 9)
		for _, f := range forms {
			if reporting[f.Unit] {
				route.hand(ctx, route.fill(f.File, m, f.Unit), pipeline.Handing{Unit: w.Plan.Unit(f.Unit)})
			}
		}
	}
	c.set(2025, time.March, 8, 9)
	editions, err := w.Digest(ctx, plan.MonthOf(2025, 2))
	if err != nil {
		t.Fatal(err)
	}
	route.compare(editions[0].Files[1])
	route.compareText(editions[0].Files[0])
}

// reporting are the units that report in this test; the others are silent.
var reporting = map[string]bool{"rsj": true, "mzj": true, "wjj": true, "zjj": true,
	"jyj": true, "nyncj": true, "jtj": true, "cl": true, "wlgdj": true}

// route is the way round: it knows the plan by its export, and the figures by
// the files handed in, which it reads with excelize.
type route struct {
	*testing.T
	w      *pipeline.Workspace
	random *rand.Rand
	wants  map[string]indicator
	names  map[string]string // code → name of a unit
	// What the filled files hold, by "unit id", read again from the files.
	value map[string]*big.Rat
	at    map[string]plan.Month
}

// indicator is one of the exported plan.
type indicator struct {
	ID, Name, Kind, Measure, Comparator, Due, From string
	Frequency                                      string
	Target, Baseline                               *json.Number
	Holds, Quarterly                               bool
	Phases                                         []struct {
		Month  string
		Target *json.Number
	}
	SameAs []string `json:"same_as"`
}

func newRoute(t *testing.T, w *pipeline.Workspace) *route {
	t.Helper()
	b, err := w.Plan.Export()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Units []struct{ Code, Name string }
		Items []struct{ Indicators []indicator }
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	r := &route{T: t, w: w, random: rand.New(rand.NewPCG(20250308, 28)),
		wants: map[string]indicator{}, names: map[string]string{},
		value: map[string]*big.Rat{}, at: map[string]plan.Month{}}
	for _, u := range doc.Units {
		r.names[u.Code] = u.Name
	}
	for _, it := range doc.Items {
		for _, ind := range it.Indicators {
			r.wants[ind.ID] = ind
		}
	}
	return r
}

func rat(n *json.Number) *big.Rat {
	if n == nil {
		return nil
	}
	r, ok := new(big.Rat).SetString(n.String())
	if !ok {
		panic("no number: " + n.String())
	}
	return r
}

// grid is a sheet as rows of raw cells, with the columns of its heads.
type grid struct {
	rows  [][]string
	first int // index of the first row below the heads
	col   map[string]int
}

func (r *route) grid(f *excelize.File, sheet, firstHead string) grid {
	r.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		r.Fatal(err)
	}
	for i, row := range rows {
		if len(row) > 0 && row[0] == firstHead {
			g := grid{rows: rows, first: i + 1, col: map[string]int{}}
			for j, head := range row {
				g.col[head] = j
			}
			return g
		}
	}
	r.Fatalf("%s has no row of heads", sheet)
	return grid{}
}

// cell is what stands below a head, "" where nothing does.
func (g grid) cell(row []string, head string) string {
	if j, ok := g.col[head]; ok && j < len(row) {
		return row[j]
	}
	return ""
}

// fill fills the counts and levels of a form and reads back what it saved.
func (r *route) fill(file string, m plan.Month, unit string) string {
	r.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		r.Fatal(err)
	}
	defer f.Close()
	g := r.grid(f, "填报", "指标编号")
	for i, row := range g.rows[g.first:] {
		ind, ok := r.wants[g.cell(row, "指标编号")]
		key := r.codeOf(unit, g.cell(row, "报送单位")) + " " + ind.ID
		if !ok || !reporting[strings.Fields(key)[0]] || g.cell(row, "填报情况") == "本期不报" {
			continue
		}
		put := func(head string, v *big.Rat) {
			at, err := excelize.CoordinatesToCellName(g.col[head]+1, g.first+i+1)
			if err == nil {
				err = f.SetCellDefault("填报", at, v.FloatString(1))
			}
			if err != nil {
				r.Fatal(err)
			}
		}
		added, total := r.draw(ind, key, unit == "")
		if added != nil {
			put("本月新增", added)
		}
		if total != nil {
			put("累计完成/本期数", total)
		}
	}
	r.sign(f)
	out := filepath.Join(r.TempDir(), filepath.Base(file))
	if err := f.SaveAs(out); err != nil {
		r.Fatal(err)
	}
	r.readBack(out, m, unit)
	return out
}

// sign names who filled the form in, beside the labels above the table.
func (r *route) sign(f *excelize.File) {
	for _, label := range []string{"填报人", "审核人"} {
		for _, text := range []string{label, label + "：", label + ":"} {
			found, err := f.SearchSheet("填报", text)
			if err != nil || len(found) == 0 {
				continue
			}
			col, row, err := excelize.CellNameToCoordinates(found[0])
			if err != nil {
				r.Fatal(err)
			}
			merges, err := f.GetMergeCells("填报")
			if err != nil {
				r.Fatal(err)
			}
			for _, m := range merges {
				if m.GetStartAxis() == found[0] {
					if col, _, err = excelize.CellNameToCoordinates(m.GetEndAxis()); err != nil {
						r.Fatal(err)
					}
				}
			}
			at, err := excelize.CoordinatesToCellName(col+1, row)
			if err == nil {
				err = f.SetCellStr("填报", at, "某某")
			}
			if err != nil {
				r.Fatal(err)
			}
		}
	}
}

func (r *route) codeOf(unit, name string) string {
	if unit != "" {
		return unit
	}
	for code, n := range r.names {
		if n == name {
			return code
		}
	}
	r.Fatalf("no unit %q", name)
	return ""
}

// draw draws a figure: a tenth of a whole where the target is small.
func (r *route) draw(ind indicator, key string, opening bool) (added, total *big.Rat) {
	target := rat(ind.Target)
	if target == nil || target.Sign() == 0 {
		target = big.NewRat(50, 1)
	}
	upTo := func(share int64) *big.Rat { // 0 to share percent of the target
		tenths := new(big.Rat).Mul(target, big.NewRat(share, 10))
		n := new(big.Int).Quo(tenths.Num(), tenths.Denom()).Int64()
		whole := r.random.Int64N(n/10*10 + 10)
		if target.IsInt() {
			whole = whole / 10 * 10
		}
		return big.NewRat(whole, 10)
	}
	switch {
	case ind.Kind == "cumulative" && opening:
		return nil, upTo(95)
	case ind.Kind == "cumulative" || ind.Kind == "annual" && !opening:
		added = upTo(12)
		last := r.value[key]
		if last == nil {
			last = new(big.Rat)
		}
		return added, new(big.Rat).Add(last, added)
	case ind.Kind == "level" && !opening && ind.Measure == "%":
		return nil, big.NewRat(850+r.random.Int64N(151), 10)
	case ind.Kind == "level" && !opening:
		return nil, upTo(130)
	}
	return nil, nil
}

// readBack notes what the saved file holds.
func (r *route) readBack(file string, m plan.Month, unit string) {
	r.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		r.Fatal(err)
	}
	defer f.Close()
	g := r.grid(f, "填报", "指标编号")
	for _, row := range g.rows[g.first:] {
		raw := g.cell(row, "累计完成/本期数")
		if raw == "" {
			continue
		}
		v, ok := new(big.Rat).SetString(raw)
		if !ok {
			r.Fatalf("%s holds %q", file, raw)
		}
		key := r.codeOf(unit, g.cell(row, "报送单位")) + " " + g.cell(row, "指标编号")
		r.value[key], r.at[key] = v, m
	}
}

// hand hands a file in, of which no figure may be refused.
func (r *route) hand(ctx context.Context, file string, h pipeline.Handing) {
	r.Helper()
	outcomes, err := r.w.Submit(ctx, []string{file}, h)
	if err != nil {
		r.Fatal(err)
	}
	for _, f := range outcomes[0].Findings {
		if f.Severity == plan.Reject {
			r.Errorf("%s: %s", filepath.Base(file), f.Message)
		}
	}
}

// compare holds the ledger sheet of a digest against the route's own numbers.
func (r *route) compare(file string) {
	r.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		r.Fatal(err)
	}
	defer f.Close()
	g := r.grid(f, "指标台账", "编号")
	compared, kinds, lights := 0, map[string]int{}, map[string]int{}
	for _, row := range g.rows[g.first:] {
		ind := r.wants[g.cell(row, "编号")]
		name := g.cell(row, "责任单位")
		if name == "" || ind.Kind != "cumulative" && ind.Kind != "annual" && ind.Kind != "level" {
			continue
		}
		want := r.judge(ind, r.codeOf("", name)+" "+ind.ID, plan.MonthOf(2025, 2))
		got := verdict{tidy(g.cell(row, "完成情况"), 2), tidy(g.cell(row, "完成率（%）"), 1),
			tidy(g.cell(row, "序时进度（%）"), 1), g.cell(row, "进度灯")}
		if got != want {
			r.Errorf("%s of %s: the digest says %v, the forms say %v", ind.ID, name, got, want)
		}
		if want.value != "" {
			compared++
			kinds[ind.Kind]++
		}
		lights[want.light]++
	}
	r.Logf("%d figures compared: %v; lights %v", compared, kinds, lights)
	if compared < 60 || kinds["cumulative"] < 20 || kinds["annual"] < 2 || kinds["level"] < 20 ||
		len(lights) < 6 {
		r.Errorf("too little was compared: %d figures, %v, %v", compared, kinds, lights)
	}
}

// verdict is what a row of the ledger sheet says of a figure.
type verdict struct{ value, done, inTime, light string }

// tidy writes a number with so many places, rounded half away from zero.
func tidy(s string, places int) string {
	v, ok := new(big.Rat).SetString(s)
	if !ok {
		return s
	}
	s = v.FloatString(places)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// compareText looks for sentences of the counts in the text of the PDF.
func (r *route) compareText(file string) {
	r.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil && os.Getenv("CI") == "" {
		r.Log("no pdftotext: the PDF was not compared")
		return
	}
	out, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		r.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(out)), "")
	for _, id := range []string{"T01-1", "T01-2", "T01-3"} {
		v := r.judge(r.wants[id], "rsj "+id, plan.MonthOf(2025, 2))
		value := r.value["rsj "+id].FloatString(0)
		done := new(big.Rat).Mul(r.value["rsj "+id], big.NewRat(100, 1))
		done.Quo(done, rat(r.wants[id].Target))
		want := fmt.Sprintf("累计完成%s%s，完成目标的%s%%", value, r.wants[id].Measure, done.FloatString(1))
		if !strings.Contains(text, want) {
			r.Errorf("the PDF does not say %q (%v)", want, v)
		}
	}
}
