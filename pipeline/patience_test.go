package pipeline

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"duban/pipeline/plan"
)

// cutOff drops a form that breaks off in the middle, and gives its whole bytes.
func cutOff(t *testing.T, w *Workspace) []byte {
	t.Helper()
	if _, err := w.IssueForms(context.Background(), damageMonth, nil); err != nil {
		t.Fatal(err)
	}
	dropForm(t, w, "jyj", "王小明")
	path := filepath.Join(w.Dir, "inbox", "jyj", "王小明.xlsx")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, whole[:len(whole)/2], 0o644); err != nil {
		t.Fatal(err)
	}
	return whole
}

// patientOffice is a workspace whose daemon looks often.
func patientOffice(t *testing.T) *Workspace {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "ws")
	if err := Init(dir); err != nil {
		t.Fatal(err)
	}
	settings := "intake:\n  rest: 10ms\n"
	if err := os.WriteFile(filepath.Join(dir, "duban.yaml"), []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	w := openOffice(t, dir)
	t.Cleanup(func() { w.Close() })
	return w
}

// daemonUntil runs the daemon until done says so.
func daemonUntil(t *testing.T, w *Workspace, sweep time.Duration, done func() bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	ended := make(chan error)
	go func() { ended <- w.Run(ctx, Rhythm{Sweep: sweep, Tick: time.Hour}) }()
	for ctx.Err() == nil && !done() {
		time.Sleep(10 * time.Millisecond)
	}
	if ctx.Err() != nil {
		t.Error("it did not come so far in a minute")
	}
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
}

func readings(t *testing.T, w *Workspace) []string {
	t.Helper()
	var all []string
	submissions, err := w.Ledger.EverySubmission(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range submissions {
		all = append(all, string(s.State))
	}
	return all
}

func claimsInWork(t *testing.T, w *Workspace) []string {
	t.Helper()
	all, err := filepath.Glob(w.path("state/work/*"))
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(s string) bool { return strings.HasSuffix(s, ".json") })
}

// overheard is a channel that is closed when the log says something.
type overheard struct {
	slog.Handler
	what string
	yes  chan struct{}
	once *sync.Once
}

func (h overheard) Enabled(context.Context, slog.Level) bool { return true }

func (h overheard) Handle(_ context.Context, r slog.Record) error {
	if strings.Contains(r.Message, h.what) {
		h.once.Do(func() { close(h.yes) })
	}
	return nil
}

func TestFileThatIsStillBeingCopiedIsReadAgain(t *testing.T) {
	w := patientOffice(t)
	whole := cutOff(t, w)
	h := overheard{slog.DiscardHandler, "可能还没有传完", make(chan struct{}), &sync.Once{}}
	w.Log = slog.New(h)
	completed := false
	daemonUntil(t, w, 300*time.Millisecond, func() bool {
		select {
		case <-h.yes:
		default:
			return false
		}
		if work := claimsInWork(t, w); len(work) == 1 && !completed {
			completed = true
			f, err := os.OpenFile(work[0], os.O_WRONLY|os.O_APPEND, 0) // the copy goes on
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if _, err := f.Write(whole[len(whole)/2:]); err != nil {
				t.Fatal(err)
			}
		}
		return len(readings(t, w)) > 0 && len(claimsInWork(t, w)) == 0
	})
	submissions, err := w.Ledger.EverySubmission(context.Background())
	if err != nil || len(submissions) != 1 || submissions[0].Unit != "jyj" ||
		submissions[0].Delivery.Name != "王小明.xlsx" || submissions[0].Size != int64(len(whole)) {
		t.Errorf("completed: %v; taken as %+v, %v", completed, submissions, err)
	}
}

func TestFileThatStaysCutOffIsRefused(t *testing.T) {
	w := patientOffice(t)
	cutOff(t, w)
	daemonUntil(t, w, 50*time.Millisecond, func() bool {
		return len(readings(t, w)) > 0 && len(claimsInWork(t, w)) == 0
	})
	if got := readings(t, w); !slices.Equal(got, []string{string(plan.Returned)}) {
		t.Errorf("it was taken as %q", got)
	}
	receipts, err := filepath.Glob(w.path("outbox/receipts/*/*.txt"))
	if err != nil || len(receipts) != 1 {
		t.Fatalf("receipts: %q, %v", receipts, err)
	}
	said, err := os.ReadFile(receipts[0])
	if err != nil || !strings.Contains(string(said), "incomplete") {
		t.Errorf("it is answered with %s, %v", said, err)
	}
}

// One sweep has no next look: it answers at once.
func TestOneSweepAnswersAFileThatIsCutOff(t *testing.T) {
	w := patientOffice(t)
	cutOff(t, w)
	s, err := w.Once(context.Background())
	if err != nil || len(s.Outcomes) != 1 || s.Outcomes[0].State != plan.Returned {
		t.Errorf("%+v, %v", s, err)
	}
}
