package digest

import (
	"fmt"
	"strings"

	"duban/pipeline/plan"
	"duban/pipeline/wording"
)

// section is one part of the paper's body. One that returns no blocks does not
// appear; headed ones take the next 一、二、三 in the order of the audience, and
// their heading is the part of the wording named after them.
type section struct {
	code   string // by which an audience asks for it
	headed bool
	write  func(*composer) []Block
}

// sections is every part a paper's body can have: one row and one file each.
var sections = []section{
	{"opening", false, opening},
	{"corrections", true, corrections},
	{"overall", true, overall},
	{"adjustments", true, adjustments},
	{"fields", true, byField},
	{"practical", true, annexItems},
	{"advanced", true, advanced},
	{"lagging", true, lagging},
	{"promises", true, promises},
	{"reporting", true, reporting},
	{"conflicts", true, conflicts},
	{"rulings", true, rulings},
	{"demands", true, demands},
	{"brief", false, brief},
	{"accountable", false, accountable},
	{"lineage", false, lineage},
	{"across", false, across},
	{"order", false, order},
}

// annexes is everything that can be bound behind a paper, each on a new page;
// one without blocks is left out.
var annexes = []struct {
	code  string
	write func(*composer) Annex
}{
	{"indicators", indicatorsAnnex},
	{"tasks", tasksAnnex},
	{"units", unitsAnnex},
	{"sources", sourcesAnnex},
	{"trails", trailsAnnex},
	{"own", ownAnnex},
	{"corrections", correctionsAnnex},
}

// sheets is every sheet a workbook can have: one row and one file each.
var sheets = []struct {
	code  string
	write func(*Report) Sheet
}{
	{"overview", overviewSheet},
	{"indicators", ledgerSheet},
	{"fields", fieldsSheet},
	{"lagging", laggingSheet},
	{"units", unitsSheet},
	{"trend", trendSheet},
	{"trails", trailsSheet},
	{"sources", sourcesSheet},
	{"corrections", correctionsSheet},
	{"accountable", accountableSheet},
}

// ProveAudience says, in Chinese, which parts an audience asks for that there
// are none of, or what is wrong with its title.
func ProveAudience(a plan.Audience) error {
	var known [4][]string
	for _, c := range cuts {
		known[3] = append(known[3], c.code)
	}
	for _, s := range sections {
		known[0] = append(known[0], s.code)
	}
	for _, s := range annexes {
		known[1] = append(known[1], s.code)
	}
	for _, s := range sheets {
		known[2] = append(known[2], s.code)
	}
	for i, x := range []struct {
		what  string
		asked []string
	}{{"正文章节（sections）", a.Sections}, {"附件（annexes）", a.Annexes}, {"工作表（sheets）", a.Sheets},
		{"取数范围（cut）", []string{a.Cut}}} {
		have := map[string]bool{}
		for _, code := range known[i] {
			have[code] = true
		}
		for _, code := range x.asked {
			if !have[code] {
				return fmt.Errorf("受众“%s”的%s里没有“%s”这一种，有的是：%s", a.Name, x.what, code,
					strings.Join(known[i], "、"))
			}
		}
	}
	if _, err := title(a.Title, "2025年3月", "重点任务", "某单位"); err != nil {
		return fmt.Errorf("受众“%s”的标题（title）写得不对：%s；标题里只能用 {{.Month}}、{{.Subject}}、{{.Unit}}",
			a.Name, wording.Explain(err))
	}
	return nil
}
