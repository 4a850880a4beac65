package ledger_test

import (
	"fmt"
	"testing"

	"duban/pipeline/ledger"
	"duban/pipeline/plan"
)

// BenchmarkTake takes files of 15 figures and 3 findings, as an ordinary unit
// sends them: alone is one file a transaction, month is 29 in one.
func BenchmarkTake(b *testing.B) {
	for _, x := range []struct {
		name  string
		files int
	}{{"alone", 1}, {"month", 29}} {
		b.Run(x.name, func(b *testing.B) {
			l, err := ledger.Open(b.Context(), b.TempDir()+"/duban.db",
				ledger.Options{Now: clock()})
			if err != nil {
				b.Fatal(err)
			}
			defer l.Close()
			n := 0
			for b.Loop() {
				var all []ledger.Taking
				for range x.files {
					n++
					all = append(all, ordinary(n))
				}
				if _, _, err := l.TakeAll(b.Context(), nil, all); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// ordinary is the n-th of such files.
func ordinary(n int) ledger.Taking {
	unit := fmt.Sprintf("u%02d", n%29)
	var figures []plan.Figure
	for i := range 15 {
		figures = append(figures, figure(fmt.Sprintf("T%02d-1", i), unit, fmt.Sprint(n)))
	}
	k := file(fmt.Sprint("c", n), unit, fmt.Sprint("bytes ", n), figures...)
	for i := range 3 {
		k.Reading.Findings = append(k.Reading.Findings, plan.Finding{Code: "unit-slip",
			Severity: plan.Query, Sheet: "填报", Cell: fmt.Sprintf("H%d", 7+i),
			Indicator: fmt.Sprintf("T%02d-1", i), Message: "数值比上月大了一万倍，单位可能填错。",
			Fix: "请核对计量单位；确无误的，请在情况说明里写明。"})
	}
	return k
}
