package intake

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// watching runs Watch and collects what is claimed, by name.
func watching(t *testing.T, f *Folder) (wait func(name string)) {
	t.Helper()
	var mu sync.Mutex
	got := map[string]bool{}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		err := f.Watch(ctx, func() {
			claims, _, err := f.Look(ctx)
			if err != nil && ctx.Err() == nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			for _, c := range claims {
				got[c.Name] = true
			}
			if err := f.Settle(claims...); err != nil {
				t.Error(err)
			}
		})
		if err != nil {
			t.Error(err)
		}
	}()
	t.Cleanup(func() { cancel(); <-done })
	return func(name string) {
		t.Helper()
		for range 1000 {
			mu.Lock()
			ok := got[name]
			mu.Unlock()
			if ok {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Fatalf("%s was not taken within ten seconds", name)
	}
}

func TestEventsAreHeardInNewAndRenewedFolders(t *testing.T) {
	f := office(t)
	f.Rest = 50 * time.Millisecond
	f.Every = time.Hour // so that only events can help
	wait := watching(t, f)
	drop(t, f, "top.xlsx", "1")
	wait("top.xlsx")
	if err := os.Mkdir(filepath.Join(f.Inbox, "教育局"), 0o755); err != nil {
		t.Fatal(err)
	}
	drop(t, f, "教育局/first.xlsx", "2")
	wait("first.xlsx")
	drop(t, f, "教育局/second.xlsx", "3")
	wait("second.xlsx")
	if err := os.RemoveAll(f.Inbox); err != nil {
		t.Fatal(err)
	}
	drop(t, f, "renewed.xlsx", "4")
	wait("renewed.xlsx")
	drop(t, f, "after.xlsx", "5")
	wait("after.xlsx")
	drop(t, f, "教育局/third.xlsx", "6")
	wait("third.xlsx")
}

func TestWithoutEventsTheSweepFindsEverything(t *testing.T) {
	f := office(t)
	f.Rest = 20 * time.Millisecond
	f.Every = 50 * time.Millisecond
	f.deaf = true
	wait := watching(t, f)
	drop(t, f, "a.xlsx", "1")
	wait("a.xlsx")
	drop(t, f, "教育局/b.xlsx", "2")
	wait("b.xlsx")
}
