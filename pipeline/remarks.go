package pipeline

import (
	"duban/pipeline/intake"
	"duban/pipeline/ledger"
)

// remarks are the sentences of a receipt beyond findings and counts: by which
// clock its times are, and what the office has decided for this unit.
func (w *Workspace) remarks(a ledger.Arrival, rd ledger.Reading) []string {
	clock := "以上均为北京时间，收到时间以督办系统所在电脑的时钟为准。"
	if a.HandedBy != "" {
		clock = "以上均为北京时间，收到时间以柜台登记为准（经手人" + a.HandedBy + "）。"
	} else if a.Channel == intake.ByCounter {
		clock = "以上均为北京时间，收到时间以柜台收件时的时钟为准。"
	}
	all := []string{clock}
	if rd.Month != 0 && !rd.Opening {
		if s := w.calendarEnd(rd.Month); s != "" {
			all = append(all, s)
		}
	}
	return all
}
