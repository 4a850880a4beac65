package digest

import "fmt"

// opening says why the paper is written and how far its figures reach.
func opening(r *Report) []Block {
	return []Block{Paragraph{fmt.Sprintf(
		"为贯彻落实《%s》（以下简称《方案》），按照可量化、可考核、可评估的要求，"+
			"%s对截至%s底各项任务推进情况进行了调度。现将有关情况通报如下。",
		r.PlanTitle, r.Office.Name, r.month().Chinese())}}
}
