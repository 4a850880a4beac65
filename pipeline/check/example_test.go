package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"duban/pipeline/plan"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// Every check's examples stand in testdata/<code>.txtar, one section an example
// of a few lines. A section whose name begins with "breaks" must be found by
// the check, any other must not; and in either no finding may come that the
// example does not name:
//
//	indicator: T01-1 name=城镇新增就业 kind=cumulative target=12000
//	history: T01-1 2025-02 total=6400
//	row: T01-1 added=300 total=6900
//	finding: total-mismatch C2
//	says: 应为6700人
//	state: 退回
//
// The columns of a row are A (id), B to K (the fill-in columns in the form's
// order), L (name), M (target); rows count from 2. A value may be text:…,
// error:…, formula:…, or a number with its format in braces: 0.88{0.0%}, or 0.88->88{0.0%}
// where the reader of workbooks has made points of it; or as marked by that
// reader: approximate:300/约300, scaled:12000/1.2万, merged:300/B2:B3, covered:B2:B3,
// hidden:300, outside:300.
func TestEveryCheckFindsItsExamples(t *testing.T) {
	for _, c := range Catalogue {
		archive, err := txtar.ParseFile("testdata/" + c.Code + ".txtar")
		if err != nil {
			t.Error(err)
			continue
		}
		broken, kept := 0, 0
		for _, section := range archive.Files {
			breaks := strings.HasPrefix(section.Name, "breaks")
			if breaks {
				broken++
			} else {
				kept++
			}
			t.Run(c.Code+"/"+section.Name, func(t *testing.T) {
				hold(t, c, breaks, readExample(t, string(section.Data)))
			})
		}
		if broken == 0 || kept == 0 {
			t.Errorf("%s: %d examples break it and %d do not; both must be there",
				c.Code, broken, kept)
		}
	}
}

// notTaken takes out the words that may speak of taking: whether a row is taken
// is known only when every check has seen it.
var notTaken = strings.NewReplacer("没有收下", "", "已收下的", "")

func hold(t *testing.T, c *Check, breaks bool, ex *example) {
	res := Run(ex.s)
	var found []string
	var text strings.Builder
	for _, f := range res.Findings {
		found = append(found, strings.TrimSpace(f.Code+" "+f.Cell))
		text.WriteString(f.Message + f.Fix)
		if !strings.HasSuffix(f.Message, "。") || !strings.HasSuffix(f.Fix, "。") {
			t.Errorf("not whole sentences: %q, %q", f.Message, f.Fix)
		}
		if f.Severity != plan.Reject && strings.Contains(notTaken.Replace(f.Message), "收下") {
			t.Errorf("says that it was taken, and another check may refuse the row: %q", f.Message)
		}
	}
	if diff := cmp.Diff(ex.findings, found); diff != "" {
		t.Errorf("findings (-want +got):\n%s%s", diff, text.String())
	}
	for _, words := range ex.says {
		if !strings.Contains(text.String(), words) {
			t.Errorf("nothing says %q in %q", words, text.String())
		}
	}
	names := func(f plan.Finding) bool { return f.Code == c.Code }
	if got := slices.ContainsFunc(res.Findings, names); got != breaks {
		t.Errorf("found by %s: %v, want %v", c.Code, got, breaks)
	}
	if ex.state != "" && string(res.State) != ex.state {
		t.Errorf("state %s, want %s", res.State, ex.state)
	}
	if ex.explanations != nil {
		var kept []string
		for _, e := range res.Explanations {
			kept = append(kept, strings.Join([]string{e.ID, e.Unit, e.Code, e.Value.String(), e.Text}, " "))
		}
		if diff := cmp.Diff(ex.explanations, kept); diff != "" {
			t.Errorf("explanations (-want +got):\n%s", diff)
		}
	}
	for i, want := range ex.figures {
		var got string
		if i < len(res.Figures) {
			got = brief(res.Figures[i])
		}
		if got != want {
			t.Errorf("figure %d: %q, want %q", i+1, got, want)
		}
	}
}

// brief is a figure on one line: its id, what it brings and its cell.
func brief(f plan.Figure) string {
	var s strings.Builder
	s.WriteString(f.ID + " " + string(f.State))
	for _, p := range []struct{ key, v string }{
		{"added", f.Added.String()}, {"total", f.Total.String()}, {"a", f.A.String()},
		{"b", f.B.String()}, {"progress", string(f.Progress)},
		{"planned", f.Planned.String()}, {"actual", f.Actual.String()},
		{"expected", f.Expected.String()}, {"cell", f.Cell}, {"raw", f.Raw},
	} {
		if p.v != "" {
			s.WriteString(" " + p.key + "=" + p.v)
		}
	}
	return s.String()
}

type example struct {
	s        *Submission
	findings []string
	says     []string
	figures  []string
	state    string
	// explanations are id, unit, code, value and words of each that is kept.
	explanations []string
}

var units = []*plan.Unit{
	{Code: "rsj", Name: "区人力资源社会保障局", Aliases: []string{"区人社局"}},
	{Code: "jyj", Name: "区教育局"},
}

// adjust makes an adjustment of March: an indicator is dropped, or given to
// another unit.
func adjust(p *plan.Plan, it *plan.Item, id, to string) {
	a := &plan.Adjustment{Kind: plan.Drop, ID: id, From: plan.MonthOf(2025, 3),
		Document: "振政办〔2025〕8号", Item: it, WasUnits: it.Leads}
	at := slices.IndexFunc(it.Indicators, func(ind *plan.Indicator) bool { return ind.ID == id })
	a.Was = it.Indicators[at]
	if to == "dropped" {
		it.Indicators = slices.Delete(it.Indicators, at, at+1)
	} else {
		a.Kind, a.Now, a.NowUnits = plan.ChangeReporters, a.Was, []*plan.Unit{p.Unit(to)}
		a.Now.Reporters = a.NowUnits
	}
	p.Adjustments = append(p.Adjustments, a)
	p.InForce++
}

func readExample(t *testing.T, text string) *example {
	t.Helper()
	ground := &plan.Item{ID: "T01", Sort: plan.Task, Title: "强化就业优先政策",
		Leads: []*plan.Unit{units[0]}}
	status := &plan.Item{ID: "T08", Sort: plan.Task, Title: "加快义务教育优质均衡发展",
		Leads: []*plan.Unit{units[0]}}
	history := map[string][]plan.Figure{}
	current := map[string]bool{}
	now, rivals := map[string]plan.Figure{}, map[string]Rival{}
	elsewhere := map[string][]plan.Figure{}
	explained := map[string]string{}
	severities := map[string]plan.Severity{}
	month := plan.MonthOf(2025, 3)
	ex := &example{s: &Submission{
		Plan: &plan.Plan{Version: "2024-1", From: plan.MonthOf(2023, 1), To: plan.MonthOf(2025, 12),
			Units: units, Items: []*plan.Item{ground, status}},
		Unit: units[0], Month: month, Today: plan.Date{Year: 2025, Month: 4, Day: 3},
		Token:  Token{State: TokenGood, Unit: "rsj", Month: month, PlanVersion: "2024-1", Issue: 1},
		Filler: textCell("B3", "张三"), Reviewer: textCell("D3", "李四"),
		History: func(id, unit string) []plan.Figure { return history[id+unit] },
		Current: func(id, unit string) (plan.Figure, bool) {
			f, ok := now[id]
			return f, ok || current[id]
		},
		SameDay: func(id, unit string) (Rival, bool) {
			v, ok := rivals[id]
			return v, ok
		},
		Elsewhere: func(id string, m plan.Month) []plan.Figure { return elsewhere[id] },
		Explained: func(id, unit, code string, v plan.Value) (string, bool) {
			text, ok := explained[id+" "+unit+" "+code+" "+v.String()]
			return text, ok
		},
		Severity: func(code string, m plan.Month) (plan.Severity, bool) {
			v, ok := severities[code]
			return v, ok
		},
	}}
	for line := range strings.Lines(text) {
		key, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
		rest = strings.TrimSpace(rest)
		first, fields, _ := strings.Cut(rest, " ")
		switch key {
		case "":
		case "finding":
			ex.findings = append(ex.findings, rest)
		case "says":
			ex.says = append(ex.says, rest)
		case "state":
			ex.state = rest
		case "figure":
			ex.figures = append(ex.figures, rest)
		case "indicator":
			ground.Indicators = append(ground.Indicators, indicator(t, ground, first, fields))
		case "adjusted": // T01-2 dropped; or the code of the unit that reports it now
			adjust(ex.s.Plan, ground, first, fields)
		case "history":
			at, values, _ := strings.Cut(fields, " ")
			f := figure(t, first, at, values)
			history[first+"rsj"] = append(history[first+"rsj"], f)
		case "current":
			current[rest] = true
		case "now": // what is accepted for this month
			now[first] = figure(t, first, month.String(), fields)
		case "sameday": // what another file of this day said
			rivals[first] = Rival{figure(t, first, month.String(), fields), "就业科.xlsx",
				"2025年4月3日10:00"}
		case "elsewhere": // what a unit's accepted figure of this month says
			unit, values, _ := strings.Cut(fields, " ")
			f := figure(t, first, month.String(), values)
			f.Unit = unit
			elsewhere[first] = append(elsewhere[first], f)
		case "explained": // id, unit, code and value, then the words
			where, text, _ := strings.Cut(rest, " = ")
			explained[where] = text
		case "explanation":
			ex.explanations = append(ex.explanations, rest)
		case "severity":
			severities[first] = plan.Severity(fields)
		case "row":
			ex.s.Entries = append(ex.s.Entries, entry(t, len(ex.s.Entries)+2, first, fields))
		default:
			if !submission(t, ex.s, key, rest) {
				t.Fatalf("not a line of an example: %q", line)
			}
		}
	}
	return ex
}

// submission sets what concerns the file as a whole.
func submission(t *testing.T, s *Submission, key, v string) bool {
	t.Helper()
	switch key {
	case "unit":
		s.Unit = s.Plan.Unit(v)
	case "month":
		s.Month = month(t, v)
	case "today":
		s.Today = date(t, v)
	case "opening":
		s.Opening, s.Unit = true, nil
	case "unreadable":
		s.Unreadable = &Fault{Code: "damaged", Message: v}
		if v == failed {
			s.Unreadable = &Fault{Code: failed}
		}
	case "notform":
		s.NotForm = v
	case "token":
		s.Token.State = TokenState(v)
	case "token-unit":
		s.Token.Unit, s.Unit = v, s.Plan.Unit(v)
	case "plan-version":
		s.Token.PlanVersion = v
	case "by-mail":
		s.ByMail = true
	case "released":
		s.Released = true
	case "channel":
		s.ChannelUnit = s.Plan.Unit(v)
	case "want-month":
		s.WantMonth = month(t, v)
	case "unit-shown":
		s.UnitShown = textCell("B2", v)
	case "month-shown":
		s.MonthShown = textCell("D2", v)
		s.MonthShown.Month = month(t, v)
	case "filler":
		s.Filler = textCell("B3", v)
	case "reviewer":
		s.Reviewer = textCell("D3", v)
	case "several":
		s.Several, s.NotForm = strings.Fields(v), "有几张不同的填报表"
	case "guessed":
		address, v, _ := strings.Cut(v, " ")
		s.Guessed = append(s.Guessed, cell(address, v))
	case "outside":
		address, v, _ := strings.Cut(v, " ")
		s.Outside = append(s.Outside, cell(address, v))
	case "loose":
		address, v, _ := strings.Cut(v, " ")
		s.Loose = append(s.Loose, cell(address, v))
	case "passed-over": // the code and where, then the sentence
		at, message, _ := strings.Cut(v, " ")
		code, cell, _ := strings.Cut(at, "@")
		s.PassedOver = append(s.PassedOver, Fault{Code: code, Cell: cell, Message: message,
			Fix: "数据没有错的，不必重报。"})
	case "due":
		s.Due = strings.Fields(v)
	default:
		return false
	}
	return true
}

func indicator(t *testing.T, it *plan.Item, id, fields string) *plan.Indicator {
	t.Helper()
	ind := &plan.Indicator{ID: id, Item: it, Name: id, Kind: plan.Cumulative, Measure: "人",
		Comparator: plan.AtLeast, Due: plan.MonthOf(2025, 12), Frequency: plan.Monthly,
		Reporters: []*plan.Unit{units[0]}}
	for k, v := range pairs(t, fields) {
		switch k {
		case "name":
			ind.Name = v
		case "kind":
			ind.Kind = plan.Kind(v)
		case "measure":
			ind.Measure = v
		case "comparator":
			ind.Comparator = plan.Comparator(v)
		case "target":
			ind.Target = number(t, v)
		case "written":
			ind.AsWritten = v
		case "due":
			ind.Due = month(t, v)
		case "frequency":
			ind.Frequency = plan.Frequency(v)
		case "quarterly":
			ind.Quarterly = v == "yes"
		case "reporter":
			ind.Reporters = []*plan.Unit{it.Leads[0]}
			if v != "rsj" {
				ind.Reporters = []*plan.Unit{units[1]}
			}
		case "same_as":
			ind.SameAs = strings.Split(v, ",")
		case "part_of":
			ind.PartOf = v
		case "shared":
			ind.Shared = v == "yes"
		case "holds":
			ind.Holds = v == "yes"
		case "names":
			a, b, _ := strings.Cut(v, "/")
			ind.ValueNames = [2]string{a, b}
		default:
			t.Fatalf("unknown key %q of an indicator", k)
		}
	}
	return ind
}

func figure(t *testing.T, id, at, fields string) plan.Figure {
	t.Helper()
	f := plan.Figure{ID: id, Unit: "rsj", Month: month(t, at), State: plan.Reported}
	for k, v := range pairs(t, fields) {
		switch k {
		case "state":
			f.State = plan.FigureState(v)
		case "expected":
			f.Expected = month(t, v)
		case "added":
			f.Added = number(t, v)
		case "total":
			f.Total = number(t, v)
		case "a":
			f.A = number(t, v)
		case "b":
			f.B = number(t, v)
		case "progress":
			f.Progress = plan.Progress(v)
		default:
			t.Fatalf("unknown key %q of a figure", k)
		}
	}
	return f
}

func entry(t *testing.T, row int, id, fields string) plan.Entry {
	t.Helper()
	at := func(column string) string { return column + strconv.Itoa(row) }
	if id == "-" {
		id = ""
	}
	e := plan.Entry{ID: id, Sheet: "填报", Row: row, IDCell: textCell(at("A"), id),
		Cells: map[plan.Column]plan.Cell{}}
	for i, c := range fillIn {
		e.Cells[c] = plan.Cell{Address: at(string(rune('B' + i)))}
	}
	for k, v := range pairs(t, fields) {
		switch k {
		case "unit":
			e.Unit = v
		case "by-name":
			e.ByName = v == "yes"
		case "measure":
			e.Measure = textCell(at("N"), v)
		case "name":
			e.Name = textCell(at("L"), v)
		case "target":
			e.Target = cell(at("M"), v)
		default:
			if !slices.Contains(fillIn, plan.Column(k)) {
				t.Fatalf("unknown column %q", k)
			}
			e.Cells[plan.Column(k)] = cell(e.Cells[plan.Column(k)].Address, v)
		}
	}
	return e
}

// cell makes a cell as the reader of workbooks would.
func cell(address, v string) plan.Cell {
	if text, ok := strings.CutPrefix(v, "text:"); ok {
		return textCell(address, text)
	}
	if text, ok := strings.CutPrefix(v, "error:"); ok {
		return plan.Cell{Address: address, Kind: plan.ErrorCell, Raw: text, Text: text}
	}
	if text, ok := strings.CutPrefix(v, "formula:"); ok {
		return plan.Cell{Address: address, Kind: plan.NoCacheCell, Raw: "=" + text}
	}
	if c, ok := marked(address, v); ok {
		return c
	}
	raw, format, _ := strings.Cut(strings.TrimSuffix(v, "}"), "{")
	stored, means, measured := strings.Cut(raw, "->") // by a reader that knew the measure
	if !measured {
		means = stored
	}
	if n, err := plan.ParseValue(means); err == nil {
		return plan.Cell{Address: address, Kind: plan.NumberCell, Raw: stored, Text: stored,
			Number: n, Format: format}
	}
	c := textCell(address, v)
	if d, err := plan.ParseDate(v); err == nil {
		c.Date, c.Month = d, d.InMonth()
	} else if m, err := plan.ParseMonth(v); err == nil {
		c.Month = m
	}
	return c
}

// marked makes a cell that the reader of workbooks has marked.
func marked(address, v string) (plan.Cell, bool) {
	word, rest, _ := strings.Cut(v, ":")
	value, more, _ := strings.Cut(rest, "/")
	c := plan.Cell{Address: address, Kind: plan.NumberCell, Raw: value, Text: value}
	c.Number, _ = plan.ParseValue(value)
	switch word {
	case "approximate", "scaled":
		c.Kind, c.Raw, c.Text = plan.TextCell, more, more
		c.Approximate, c.Scaled = word == "approximate", word == "scaled"
	case "merged":
		c.Merged = more
	case "covered":
		c = plan.Cell{Address: address, Merged: rest, Covered: true}
	case "hidden":
		c.Hidden = true
	case "outside":
		c.Formula, c.Outside = "[1]Sheet1!A1", true
	default:
		return c, false
	}
	return c, true
}

func textCell(address, text string) plan.Cell {
	return plan.Cell{Address: address, Kind: plan.TextCell, Raw: text, Text: text}
}

func pairs(t *testing.T, s string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for field := range strings.FieldsSeq(s) {
		k, v, ok := strings.Cut(field, "=")
		if !ok {
			t.Fatalf("not a key=value: %q", field)
		}
		out[k] = v
	}
	return out
}

func must[T any](t *testing.T, read func(string) (T, error), s string) T {
	t.Helper()
	v, err := read(s)
	if err != nil {
		t.Fatal(fmt.Errorf("in an example: %w", err))
	}
	return v
}

func month(t *testing.T, s string) plan.Month  { t.Helper(); return must(t, plan.ParseMonth, s) }
func date(t *testing.T, s string) plan.Date    { t.Helper(); return must(t, plan.ParseDate, s) }
func number(t *testing.T, s string) plan.Value { t.Helper(); return must(t, plan.ParseValue, s) }
