package digest

import (
	"fmt"
	"strings"

	"duban/pipeline/plan"
)

// section is one part of the paper's body. One that returns no blocks does not
// appear; numbered ones take the next 一、二、三 in the order of the audience.
type section struct {
	code  string // by which an audience asks for it
	name  string // what follows the number; "" for a part without a heading
	write func(*Report) []Block
}

// sections is every part a paper's body can have: one row and one file each.
var sections = []section{
	{"opening", "", opening},
	{"corrections", "更正说明", corrections},
	{"overall", "总体情况", overall},
	{"fields", "重点任务推进情况", byField},
	{"practical", "办实事清单跟踪情况", annexItems},
	{"lagging", "滞后事项", lagging},
	{"reporting", "报送情况", reporting},
	{"conflicts", "同日数据不一致情况", conflicts},
	{"rulings", "延期和豁免", rulings},
	{"demands", "下一步要求", demands},
}

// annexes is everything that can be bound behind a paper, each on a new page.
var annexes = []struct {
	code  string
	write func(*Report) Annex
}{
	{"indicators", ledgerAnnex},
	{"units", unitsAnnex},
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
// are none of.
func ProveAudience(a plan.Audience) error {
	var known [3][]string
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
	}{{"正文章节（sections）", a.Sections}, {"附件（annexes）", a.Annexes}, {"工作表（sheets）", a.Sheets}} {
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
	return nil
}
