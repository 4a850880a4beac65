//go:build unix

package pipeline

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"duban/pipeline/intake"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// BenchmarkWay takes forms from the inbox to the durable commit and into the
// archive, turn about with excelize opening and reading the same files: a round
// is every unit's form of twelve months, in a version of its own. The receipts
// are written behind it: ratio leaves them out, whole does not. Both are of
// processor time, the median of the rounds behind the first, in which a new
// archive gets its folders, once and for ever.
func BenchmarkWay(b *testing.B) {
	w, clock := officeFor(b)
	d := fillDrawer(b, w, clock)
	*clock = time.Date(2025, 4, 3, 9, 0, 0, 0, schedule.Zone)
	SpendMemory()
	d.drop(b, w, 0, len(d.files), len(d.files)*12)
	for taken := 0; taken < len(d.files); {
		taken += takeLook(b, w)
	}
	if err := w.sendOut(b.Context()); err != nil {
		b.Fatal(err)
	}
	n := len(d.files)
	var ours, answers, theirs, ratios, wholes []float64
	for b.Loop() {
		b.StopTimer()
		d.drop(b, w, n, n+len(d.files), len(d.files)*12)
		runtime.GC()
		from := processor()
		b.StartTimer()
		for taken := 0; taken < len(d.files); {
			taken += takeLook(b, w)
		}
		us := processor() - from
		if err := w.sendOut(b.Context()); err != nil {
			b.Fatal(err)
		}
		whole := processor() - from
		b.StopTimer()
		var them time.Duration
		for i := n; i < n+len(d.files); i++ {
			_, _, file := d.file(b, i, len(d.files)*12)
			from := processor()
			readElsewhere(b, file)
			them += processor() - from
		}
		n += len(d.files)
		ours = append(ours, float64(us.Microseconds())/float64(len(d.files)))
		answers = append(answers, float64((whole-us).Microseconds())/float64(len(d.files)))
		theirs = append(theirs, float64(them.Microseconds())/float64(len(d.files)))
		ratios = append(ratios, us.Seconds()/them.Seconds())
		wholes = append(wholes, whole.Seconds()/them.Seconds())
		b.StartTimer()
	}
	b.ReportMetric(median(ours), "µs/form")
	b.ReportMetric(median(answers), "µs/receipt")
	b.ReportMetric(median(theirs), "µs/excelize")
	b.ReportMetric(median(ratios), "ratio")
	b.ReportMetric(median(wholes), "whole")
}

// takeLook takes what one look claims.
func takeLook(b *testing.B, w *Workspace) int {
	b.Helper()
	claims, _, err := w.folder.Look(b.Context())
	if err != nil || len(claims) == 0 {
		b.Fatal(err, len(claims))
	}
	for _, t := range w.take(b.Context(), claims, Handing{}) {
		if t.err != nil || t.State == plan.Returned || t.State == plan.Quarantined {
			b.Fatalf("%s: %v %s %+v", t.File, t.err, t.State, t.Findings)
		}
	}
	w.hand.lay(inTake)
	return len(claims)
}

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

// BenchmarkKnown judges files whose bytes were taken before: hash, look up,
// verdict and answer, in batches as a look claims them.
func BenchmarkKnown(b *testing.B) {
	w, clock := officeFor(b)
	d := fillDrawer(b, w, clock)
	*clock = time.Date(2025, 4, 3, 9, 0, 0, 0, schedule.Zone)
	d.drop(b, w, 0, len(d.files), len(d.files))
	for taken := 0; taken < len(d.files); {
		taken += takeLook(b, w)
	}
	var claims []intake.Claim
	for i := range d.files {
		name, unit, file := d.file(b, i, len(d.files))
		claims = append(claims, intake.Claim{ID: fmt.Sprint("again", i), Name: name,
			Channel: intake.ByFolder, Unit: w.unitOf(unit), Bytes: file, Size: int64(len(file))})
	}
	SpendMemory()
	var each []float64
	for b.Loop() {
		from := processor()
		var files []*inHand
		for _, c := range claims {
			c.SHA256 = sum(c.Bytes)
			files = append(files, &inHand{claim: c, delivery: w.deliveryOf(c),
				handing: Handing{Unit: w.Plan.Unit(c.Unit)}})
		}
		k, err := w.newBatch(b.Context())
		if err == nil {
			err = k.recognise(b.Context(), files)
		}
		if err != nil {
			b.Fatal(err)
		}
		next, stop := k.open(b.Context(), files)
		for _, f := range files {
			if err := k.judge(b.Context(), f, next); err != nil || !f.known || !k.again(f) {
				b.Fatalf("%s is not known: %v", f.delivery.Name, err)
			}
		}
		stop()
		each = append(each, float64((processor()-from).Microseconds())/float64(len(files)))
	}
	b.ReportMetric(median(each), "µs/form")
}

// BenchmarkThroughput is the whole way of so many forms, receipts and all, in a
// program of its own: how many a second, what each costs the processor, and the
// most memory the program had. 30,000 take minutes and are asked for by themselves.
func BenchmarkThroughput(b *testing.B) {
	sizes := []int{30, 300, 3_000}
	if os.Getenv("DUBAN_LONG") != "" {
		sizes = append(sizes, 30_000)
	}
	for _, forms := range sizes {
		b.Run(strconv.Itoa(forms), func(b *testing.B) {
			var rate, cost, peak []float64
			for b.Loop() {
				b.StopTimer()
				dir := inboxOf(b, forms)
				b.StartTimer()
				s := drained(b, dir, runtime.NumCPU())
				rate = append(rate, float64(forms)/s.Seconds)
				cost = append(cost, s.Processor*1e6/float64(forms))
				peak = append(peak, s.Peak)
			}
			b.ReportMetric(median(rate), "forms/s")
			b.ReportMetric(median(cost), "µs-cpu/form")
			b.ReportMetric(median(peak), "peak-MB")
		})
	}
}

// BenchmarkWorkers is the whole way of 600 forms on one processor and on two,
// turn about: speedup is the median of how much faster two are.
func BenchmarkWorkers(b *testing.B) {
	var speedups []float64
	for b.Loop() {
		b.StopTimer()
		dirs := []string{inboxOf(b, 600), inboxOf(b, 600)}
		b.StartTimer()
		one := drained(b, dirs[0], 1)
		two := drained(b, dirs[1], 2)
		speedups = append(speedups, one.Seconds/two.Seconds)
	}
	b.ReportMetric(median(speedups), "speedup")
}

// inboxOf is a workspace whose inbox holds so many forms.
func inboxOf(b *testing.B, forms int) (dir string) {
	b.Helper()
	w, clock := officeFor(b)
	d := fillDrawer(b, w, clock)
	d.drop(b, w, 0, forms, forms)
	return w.Dir
}

// spent is what a program needed to drain an inbox.
type spent struct {
	Seconds   float64 // from the first look to the last receipt
	Processor float64 // seconds
	Peak      float64 // MB it held at most; 0 where the system does not say
}

// drained has a program take everything that lies in an inbox.
func drained(b *testing.B, dir string, processors int) spent {
	b.Helper()
	c := exec.Command(os.Args[0], "-test.run=^TestDrainChild$", "-test.v")
	c.Env = append(os.Environ(), "DUBAN_TEST_DRAIN="+dir, "GOMAXPROCS="+strconv.Itoa(processors))
	said, err := os.CreateTemp(b.TempDir(), "said")
	if err != nil {
		b.Fatal(err)
	}
	defer said.Close()
	c.Stdout, c.Stderr = said, said
	err = c.Run()
	text, _ := os.ReadFile(said.Name())
	if err != nil {
		b.Fatalf("%v\n%s", err, text)
	}
	var s spent
	out, err := os.ReadFile(dir + "/spent.json")
	if err == nil {
		err = json.Unmarshal(out, &s)
	}
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// TestDrainChild is no test: it is the program of the benchmarks above.
func TestDrainChild(t *testing.T) {
	dir := os.Getenv("DUBAN_TEST_DRAIN")
	if dir == "" {
		t.Skip("runs only as a child of the benchmarks")
	}
	SpendMemory()
	now := time.Date(2025, 4, 3, 9, 0, 0, 0, schedule.Zone)
	w, err := Open(t.Context(), dir, Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	w.folder.Rest = -1
	from, began := processor(), time.Now()
	if _, err := w.recoverWork(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.sweep(t.Context())
	s := spent{Seconds: time.Since(began).Seconds(), Processor: (processor() - from).Seconds(),
		Peak: held()}
	if left := w.folder.Waiting(); left > 0 {
		t.Fatalf("%d files were left", left)
	}
	if n, err := w.Waiting(t.Context()); err != nil || n > 0 {
		t.Fatalf("%d receipts were left, %v", n, err)
	}
	said, err := json.Marshal(s)
	if err == nil {
		err = os.WriteFile(dir+"/spent.json", said, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
