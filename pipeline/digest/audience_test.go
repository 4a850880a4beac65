package digest_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"duban/pipeline/digest"
	"duban/pipeline/plan"
	"duban/templates"
)

func words(t *testing.T) *digest.Words {
	t.Helper()
	w, err := digest.ParseWords(templates.Digest)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// compose sets a report in the program's own words.
func compose(t *testing.T, r *digest.Report) (*digest.Paper, *digest.Book) {
	t.Helper()
	paper, book, err := words(t).Compose(r)
	if err != nil {
		t.Fatal(err)
	}
	return paper, book
}

// everyPaper composes every paper that the report makes: of every audience,
// and for every unit.
func everyPaper(t *testing.T, w *digest.Words, report func() *digest.Report,
	see func(string, *digest.Paper)) {
	t.Helper()
	for _, a := range audiences() {
		units := []string{""}
		if a.Each {
			units = []string{"hr", "gz", "kj", "zf", "cl", "zj"}
		}
		for _, unit := range units {
			paper, _, err := w.Compose(cutTo(report(), a, unit))
			if err != nil {
				t.Fatal(err)
			}
			see(a.Name+unit, paper)
		}
	}
}

func TestEachAudienceReadsItsOwnPaper(t *testing.T) {
	for _, a := range audiences() {
		units := []string{""}
		if a.Each {
			units = []string{"hr", "kj", "cl"} // much behind, nothing behind, silent
		}
		for _, unit := range units {
			name := papers[a.Name]
			if unit != "" {
				name += "-" + unit
			}
			t.Run(name, func(t *testing.T) {
				paper, book, err := words(t).Compose(cutTo(rich(), a, unit))
				if err != nil {
					t.Fatal(err)
				}
				if (book == nil) != (len(a.Sheets) == 0) {
					t.Errorf("the book is %v for the sheets %v", book, a.Sheets)
				}
				golden(t, "paper-"+name+".txt", paperText(paper))
			})
		}
	}
}

// TestEachPaperReadsWell looks for what a reader would stumble over.
func TestEachPaperReadsWell(t *testing.T) {
	faults := map[string]*regexp.Regexp{
		"two marks in a row":       regexp.MustCompile(`[，、；：。][，、；。]`),
		"an enumeration of none":   regexp.MustCompile(`(^|[^0-9.万])0(项|家|处|个月)[^)]`),
		"half-width marks":         regexp.MustCompile(`\p{Han}[,;:?()]|[,;?()]\p{Han}`),
		"a mark before a bracket":  regexp.MustCompile(`[，、；。]）`),
		"nothing within brackets":  regexp.MustCompile(`（）|“”|《》`),
		"nested marks of one sort": regexp.MustCompile(`“[^”]*“`),
		"points given as percent":  regexp.MustCompile(`(低于|高于|提高|下降)(序时进度)?[0-9.]+%`),
		"a rest of the template":   regexp.MustCompile(`\{\{|\}\}|<no value>|%!`),
	}
	for kind, report := range kinds() {
		everyPaper(t, words(t), report, func(name string, paper *digest.Paper) {
			for line := range strings.SplitSeq(paperText(paper), "\n") {
				for what, fault := range faults {
					if s := fault.FindString(line); s != "" {
						t.Errorf("%s, %s: %s, %q in: %s", kind, name, what, s, line)
					}
				}
			}
		})
	}
}

// kinds are reports of every shape: with something of everything, with
// everything of one light, and with one thing or another not there at all.
func kinds() map[string]func() *digest.Report {
	all := map[string]func() *digest.Report{"rich": rich, "blank": blank}
	without := func(name string, take func(*digest.Report)) {
		all[name] = func() *digest.Report {
			r := rich()
			take(r)
			return r
		}
	}
	for _, light := range []string{"done", "on_time", "behind", "far_behind", "missing", "pending"} {
		without("all "+light, func(r *digest.Report) {
			for i := range r.Lines {
				r.Lines[i].Light, r.Lines[i].Complete = light, light == "done"
			}
		})
	}
	without("no lines", func(r *digest.Report) { r.Lines = nil })
	without("one line", func(r *digest.Report) { r.Lines = r.Lines[1:2] })
	without("no works", func(r *digest.Report) { r.Works = nil })
	without("no counts", func(r *digest.Report) { r.Tallies, r.Trend, r.Months = nil, nil, nil })
	without("no words", func(r *digest.Report) {
		for i := range r.Lines {
			l := &r.Lines[i]
			l.Remark, l.Explained, l.Rule, l.AsOf, l.Findings = "", "", "", "", nil
		}
	})
	without("no days", func(r *digest.Report) { r.Deadline, r.NextDeadline = "", "" })
	without("all well", func(r *digest.Report) {
		for i := range r.Units {
			u := &r.Units[i]
			u.State, u.OnTime, u.ReceivedAt = "通过", "按时", "2025-04-02T10:00:00+08:00"
			u.Queries, u.Returned, u.Revised, u.Late, u.Punctual = 0, 0, 0, 0, u.Asked
		}
	})
	return all
}

// TestTheLeadersPaperIsShort holds it to what two pages can bear.
func TestTheLeadersPaperIsShort(t *testing.T) {
	r := cutTo(rich(), audiences()[1], "")
	for i := range 12 {
		r.Tallies = append(r.Tallies, digest.Tally{Name: fmt.Sprint("领域", i), Lines: 3,
			Done: fmt.Sprint(50 + i), Due: "75"})
	}
	for range 5 {
		r.Lines = append(r.Lines, r.Lines...) // 48 red lines
	}
	for i := range r.Lines {
		r.Lines[i].Unit = strings.Repeat("某", 12) + string(rune('甲'+i%9))
	}
	for i := range 30 {
		name := strings.Repeat("某", 12) + string(rune('甲'+i))
		r.Units = append(r.Units, digest.UnitLine{Name: name, Due: 1, State: "未报"})
	}
	paper, _, err := words(t).Compose(r)
	if err != nil {
		t.Fatal(err)
	}
	runes, rows, bars := 0, 0, 0
	for _, x := range paper.Body {
		switch x := x.(type) {
		case digest.Paragraph:
			runes += len([]rune(x.Text))
		case digest.Heading:
			runes += len([]rune(x.Text + x.Run))
		case digest.Table:
			rows += len(x.Rows)
		case digest.Bars:
			bars += len(x.Bars)
		}
	}
	if runes > 440 || bars+rows > 7 {
		t.Errorf("it has %d characters, %d rows and %d bars:\n%s", runes, rows, bars, paperText(paper))
	}
}

// TestEveryPartIsUsed marks every part: each must turn up in some paper. That
// each used part exists is what Compose itself would fail of.
func TestEveryPartIsUsed(t *testing.T) {
	define := regexp.MustCompile(`\{\{define "([^"]+)"\}\}`)
	w, err := digest.ParseWords(define.ReplaceAllString(templates.Digest, "$0<$1>"))
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	see := func(_ string, p *digest.Paper) { said.WriteString(p.Title + paperText(p)) }
	everyPaper(t, w, rich, see)
	everyPaper(t, w, blank, see)
	for _, changes := range [][]digest.Change{nil, {{Name: "带动就业", Cause: "补报"}}} {
		r := sample()
		r.Edition, r.Changes = 2, changes
		p, _, err := w.Compose(r)
		if err != nil {
			t.Fatal(err)
		}
		see("", p)
	}
	letter := sample()
	letter.Edition, letter.Changes = 2, []digest.Change{{Name: "带动就业", Cause: "补报"}}
	letter.Audience = plan.Audience{Sections: []string{"order"}, Annexes: []string{"corrections"},
		Title: "督办单"}
	p, _, err := w.Compose(letter)
	if err != nil {
		t.Fatal(err)
	}
	see("", p)
	for _, m := range define.FindAllStringSubmatch(templates.Digest, -1) {
		if !strings.Contains(said.String(), "<"+m[1]+">") {
			t.Errorf("the part %s is in no paper", m[1])
		}
	}
}

// blank is a report of which no figure is known.
func blank() *digest.Report {
	r := rich()
	for i := range r.Lines {
		l := &r.Lines[i]
		*l = digest.Line{ID: l.ID, Name: l.Name, Item: l.Item, Sort: l.Sort, ItemTitle: l.ItemTitle,
			Field: l.Field, UnitCode: l.UnitCode, Unit: l.Unit, Measure: l.Measure, Kind: l.Kind,
			Target: "目标甲", State: "未报", Light: "missing", LightWord: "未报"}
		for _, m := range r.Months {
			l.Trail = append(l.Trail, digest.Step{Month: m})
		}
	}
	for i := range r.Units {
		u := &r.Units[i]
		*u = digest.UnitLine{Code: u.Code, Name: u.Name, State: "未报", Due: u.Due, Rank: u.Rank}
	}
	r.Tallies = []digest.Tally{{Lines: len(r.Lines), Lights: map[string]int{"missing": len(r.Lines)}},
		{Name: r.Fields[0], Lines: 2}}
	r.Trend = make([]digest.Tally, len(r.Months))
	r.Sources, r.Works = nil, nil
	return r
}

// TestAnUnknownFigureIsNeverWorded blanks every figure of the report, then one
// at a time: no paper may print a figure that nobody knows, nor a nought.
func TestAnUnknownFigureIsNeverWorded(t *testing.T) {
	figures := regexp.MustCompile(`[0-9.]+(%|个百分点|人|万平方米|→)|(^|[^0-9])0(\.0)?(%|人|项指标)`)
	everyPaper(t, words(t), blank, func(name string, paper *digest.Paper) {
		for line := range strings.SplitSeq(paperText(paper), "\n") {
			if s := figures.FindString(line); s != "" && !strings.HasPrefix(line, "[") {
				t.Errorf("%s prints %q: %s", name, s, line)
			}
			if strings.HasPrefix(line, "T") && strings.Contains(line, " | 0 ") {
				t.Errorf("%s prints nought: %s", name, line)
			}
		}
	})
	for n := range rich().Lines {
		secret := func() *digest.Report {
			r := rich()
			l := &r.Lines[n]
			l.Value, l.Shown, l.Done, l.Gap, l.Progress, l.AsOf = "", "", "", "", "", ""
			l.Sentence, l.OverYear, l.OverMonth, l.Lag, l.Target = "", "", "", "", "目标甲"
			l.Revisions, l.Lowerings, l.DuePercent, l.Trail = nil, nil, "", nil
			l.Light, l.LightWord, l.State = "missing", "未报", "未报"
			return r
		}
		name, unit := rich().Lines[n].Name, rich().Lines[n].Unit
		everyPaper(t, words(t), secret, func(who string, paper *digest.Paper) {
			for line := range strings.SplitSeq(paperText(paper), "\n") {
				if strings.Contains(line, name+" | "+unit) && figures.MatchString(line) {
					t.Errorf("%s: of the unknown %s it prints %s", who, name, line)
				}
			}
		})
	}
}

func TestQuotesEndWithASentence(t *testing.T) {
	r := rich()
	r.Lines[1].Remark = strings.Repeat("甲", 30) + "。" + strings.Repeat("乙", 20) + "。丙丙，" +
		strings.Repeat("丁", 40)
	r.Lines[2].Remark = strings.Repeat("戊", 50) + "，" + strings.Repeat("己", 50) + "。"
	r.Audience = audiences()[0]
	paper, _, err := words(t).Compose(r)
	if err != nil {
		t.Fatal(err)
	}
	text := paperText(paper)
	for _, want := range []string{
		"| " + strings.Repeat("甲", 30) + "。" + strings.Repeat("乙", 20) + "\n", // whole sentences
		"说明：" + strings.Repeat("戊", 50) + "……。\n",                             // or it is marked
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the paper does not quote %q:\n%s", want, text)
		}
	}
}
