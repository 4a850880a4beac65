package digest

import (
	"fmt"
	"strings"

	"duban/pipeline/plan"
)

// reporting says who reported, who was late, who is silent and whose figures
// came back.
func reporting(r *Report) []Block {
	by := map[string][]string{}
	add := func(key, name string) { by[key] = append(by[key], name) }
	asked := 0
	for _, u := range r.Units {
		if u.Due == 0 {
			continue
		}
		asked++
		switch {
		case u.ReceivedAt == "":
			add("silent", u.Name)
		case u.OnTime == "迟报":
			add("late", u.Name)
		case u.OnTime == "补报":
			add("after", u.Name)
		default:
			add("on time", u.Name)
		}
		switch plan.State(u.State) {
		case plan.Returned, plan.Partly:
			add("returned", u.Name)
		case plan.Queried:
			add("queried", u.Name)
		case plan.Quarantined:
			add("held", u.Name)
		}
	}
	var s strings.Builder
	s.WriteString(fmt.Sprintf("%s应报单位%d家，按时报送%d家。", r.month().Chinese(), asked,
		len(by["on time"])))
	for _, x := range []struct{ key, words string }{
		{"late", "迟报%d家：%s。"},
		{"after", "通报后补报%d家：%s。"},
		{"silent", "未报%d家：%s。"},
		{"returned", "数据被退回或未报全%d家：%s。"},
		{"queried", "数据存疑、待说明%d家：%s。"},
		{"held", "报送件来源待核实%d家：%s。"},
	} {
		if names := by[x.key]; len(names) > 0 {
			s.WriteString(fmt.Sprintf(x.words, len(names), strings.Join(names, "、")))
		}
	}
	return []Block{Paragraph{s.String() + "各单位报送情况见附件2。"}}
}
