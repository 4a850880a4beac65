package ledger_test

import (
	"fmt"
	"testing"

	"duban/pipeline/ledger"
)

func TestReplacedFiguresAreListedWithWhatReplacedThem(t *testing.T) {
	l := open(t, t.TempDir())
	once := figure("T01-2", "rsj", "5")
	early := figure("T01-1", "rsj", "6000")
	early.Month = march - 12 // before the months asked for
	for i, f := range []struct{ item, value string }{
		{"T01-1", "6400"}, {"T01-3", "1"}, {"T01-1", "6500"}, {"T01-1", "6450"},
		{"T01-3", "1"}, // the same once more
	} {
		k := file(fmt.Sprint("c", i), "rsj", fmt.Sprint("file ", i), figure(f.item, "rsj", f.value))
		if i == 0 {
			k.Reading.Figures = append(k.Reading.Figures, once, early)
		}
		take(t, l, k)
	}
	again := early
	again.Total = figure("", "", "6001").Total
	take(t, l, file("c9", "rsj", "file 9", again))

	var got []string
	for _, a := range must[[]ledger.Accepted](t)(l.Revised(t.Context(), march-11, march)) {
		got = append(got, a.ID+" "+a.Total.String())
	}
	same(t, "revised", []string{"T01-1 6400", "T01-1 6500", "T01-1 6450"}, got)
}
