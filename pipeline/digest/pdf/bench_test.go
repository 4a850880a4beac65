package pdf

import (
	"testing"

	"duban/pipeline/digest"
)

// BenchmarkWrite sets a digest of the whole plan's size.
func BenchmarkWrite(b *testing.B) {
	f := fontsFor(b)
	p := sample()
	for range 20 {
		p.Body = append(p.Body, sample().Body...)
	}
	p.Annexes[0].Body = []digest.Block{sampleLedger(200)}
	b.ReportAllocs()
	for b.Loop() {
		r, err := Write(p, f)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(r.Pages), "pages")
	}
}
