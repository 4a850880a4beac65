package pdf

import (
	"fmt"
	"runtime"
	"testing"

	"duban/pipeline/digest"
)

// The goals: a whole plan's 通报 below 0.5 s and 150 MB, a 督办单 below 40 ms.

// wholePlan is a 通报 of some 30 pages.
func wholePlan() *digest.Paper {
	p := sample()
	for range 6 {
		p.Body = append(p.Body, sample().Body...)
	}
	p.Annexes[0].Body = []digest.Block{sampleLedger(126)}
	return p
}

// wholeMonth is the 34 papers of a month: 29 are small.
func wholeMonth() []*digest.Paper {
	papers := []*digest.Paper{wholePlan(), sample(), sample(), sampleBrief(), sampleBrief()}
	for i := range 29 {
		p := sampleLetter()
		p.Recipient = fmt.Sprintf("第%d个责任单位", i+1)
		papers = append(papers, p)
	}
	return papers
}

func BenchmarkNotice(b *testing.B) { benchmark(b, wholePlan()) }
func BenchmarkLetter(b *testing.B) { benchmark(b, longLetter()) }
func BenchmarkMonth(b *testing.B)  { benchmark(b, wholeMonth()...) }

// longLetter is a 督办单 of three pages.
func longLetter() *digest.Paper {
	p := sampleLetter()
	p.Body = append(p.Body, p.Body...)
	p.Body = append(p.Body, p.Body[:5]...)
	return p
}

func benchmark(b *testing.B, papers ...*digest.Paper) {
	f := fontsFor(b)
	f.fallback() // its 50 MB are read once a run
	b.ReportAllocs()
	pages, size, most := 0, 0, uint64(0)
	for b.Loop() {
		pages, size = 0, 0
		for _, p := range papers {
			r, err := Write(p, f)
			if err != nil {
				b.Fatal(err)
			}
			pages, size = pages+r.Pages, size+len(r.Bytes)
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapSys)
	}
	b.ReportMetric(float64(pages), "pages")
	b.ReportMetric(float64(size)/1e3, "kB-written")
	b.ReportMetric(float64(most)/1e6, "MB-heap")
}
