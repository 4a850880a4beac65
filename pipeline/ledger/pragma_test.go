package ledger

import (
	"errors"
	"path/filepath"
	"testing"
	"time"
)

func TestEveryConnectionHasItsPragmas(t *testing.T) {
	l, err := Open(t.Context(), filepath.Join(t.TempDir(), "duban.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for range 2 * maxReaders { // held open, so that each is another connection
		if l.readers.Stats().OpenConnections == maxReaders {
			break
		}
		tx, err := l.readers.Begin()
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback()
		for _, p := range readerPragmas {
			var got string
			if err := tx.QueryRow("PRAGMA " + p.name).Scan(&got); err != nil || got != p.back {
				t.Errorf("reader: %s is %q %v, want %q", p.name, got, err, p.back)
			}
		}
		if _, err := tx.Exec("DELETE FROM ledger"); err == nil {
			t.Error("a reader could write")
		}
	}
	for _, p := range pragmas {
		var got string
		if err := l.writer.QueryRow("PRAGMA " + p.name).Scan(&got); err != nil || got != p.back {
			t.Errorf("writer: %s is %q %v, want %q", p.name, got, err, p.back)
		}
	}
	if n := l.writer.Stats().MaxOpenConnections; n != 1 {
		t.Errorf("%d writers", n)
	}
}

func TestAPragmaThatDoesNotHoldIsAFault(t *testing.T) {
	path := filepath.Join(t.TempDir(), "duban.db")
	for _, p := range []pragma{
		{"synchronous", "NORMAL", "2"}, {"busy_timeout", "1", "10000"},
	} {
		_, err := connect(t.Context(), path, "_txlock=immediate", []pragma{p})
		if !errors.Is(err, ErrUnusable) {
			t.Errorf("%s: %v", p.name, err)
		}
	}
}

func TestMomentsAreStoredInTheLedgersZone(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	at := time.Date(2025, 4, 3, 4, 0, 0, 0, time.UTC)
	moment := (&tx{zone: zone}).at(at)
	if moment != "2025-04-03T12:00:00+08:00" {
		t.Errorf("stored as %v", moment)
	}
	if none := (&tx{zone: zone}).at(time.Time{}); none != nil {
		t.Errorf("no moment is stored as %v", none)
	}
}

func TestAFullDiskAndALockAreFaultsThatPass(t *testing.T) {
	l, err := Open(t.Context(), filepath.Join(t.TempDir(), "duban.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	set := func(what string) {
		t.Helper()
		if _, err := l.writer.Exec("PRAGMA " + what); err != nil {
			t.Fatal(err)
		}
	}
	row := Outgoing{Key: "big", Kind: "mail", Body: make([]byte, 1<<20)}
	set("max_page_count = 40")
	if err := l.Queue(t.Context(), row); !errors.Is(err, ErrFull) {
		t.Errorf("on a full disk: %v", err)
	}
	set("max_page_count = 1000000")

	other, err := connect(t.Context(), l.path, "_txlock=immediate", pragmas)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	set("busy_timeout = 1")
	if err := l.Queue(t.Context(), row); !errors.Is(err, ErrBusy) {
		t.Errorf("while another program writes: %v", err)
	}
	if err := errors.Join(tx.Rollback(), l.Queue(t.Context(), row)); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
