package ledger_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"duban/pipeline/ledger"
)

// takeUntilKilled is the other process: it takes file after file and says of
// each that it was acknowledged.
func takeUntilKilled(dir string) {
	path := filepath.Join(dir, "duban.db")
	l, err := ledger.Open(background(), path, ledger.Options{Now: clock()})
	if err != nil {
		fmt.Println("fault", err)
		os.Exit(1)
	}
	for i := 0; ; i++ {
		name := fmt.Sprintf("%d-%d", os.Getpid(), i)
		k := file(name, "rsj", name, figure("T01-1", "rsj", "1"), figure("T01-2", "rsj", "2"))
		if _, err := l.Take(background(), k); err != nil {
			fmt.Println("fault", err)
			os.Exit(1)
		}
		fmt.Println(name)
	}
}

func TestEveryAcknowledgedFileSurvivesAKill(t *testing.T) {
	dir := t.TempDir()
	acknowledged := map[string]bool{}
	for round := range 8 {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), "DUBAN_TAKE_UNTIL_KILLED="+dir)
		out := must[interface{ Read([]byte) (int, error) }](t)(c.StdoutPipe())
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan(); n++ {
			if strings.HasPrefix(lines.Text(), "fault") {
				t.Fatal(lines.Text())
			}
			acknowledged[lines.Text()] = true
			if n == 1+7*round {
				c.Process.Kill() // and read on what it had still said
			}
		}
		c.Wait()

		l := open(t, dir)
		for claim := range acknowledged {
			if all, err := l.Claimed(t.Context(), claim); err != nil || len(all) != 1 {
				t.Fatalf("after kill %d the acknowledged %s: %v", round, claim, err)
			}
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	intact(t, dir)
	whole(t, dir)
}

// intact has SQLite prove the file and its references.
func intact(t *testing.T, dir string) {
	t.Helper()
	db := raw(t, dir)
	var said string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&said); err != nil || said != "ok" {
		t.Errorf("integrity_check: %s %v", said, err)
	}
	rows, err := db.Query("PRAGMA foreign_key_check")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	if rows.Next() {
		t.Error("a reference leads nowhere")
	}
}

// whole proves that no submission lacks any of its parts.
func whole(t *testing.T, dir string) {
	t.Helper()
	var submissions, deliveries, figures, receipts int
	err := raw(t, dir).QueryRow(`SELECT (SELECT count(*) FROM submissions),
		(SELECT count(*) FROM deliveries), (SELECT count(*) FROM figures),
		(SELECT count(*) FROM outgoing)`).Scan(&submissions, &deliveries, &figures, &receipts)
	if err != nil {
		t.Fatal(err)
	}
	if submissions == 0 || deliveries != submissions || figures != 2*submissions ||
		receipts != submissions {
		t.Errorf("%d submissions, %d deliveries, %d figures, %d receipts",
			submissions, deliveries, figures, receipts)
	}
}

func TestACopyOfTheFilesMidwayIsWhole(t *testing.T) {
	dir, copied := t.TempDir(), t.TempDir()
	l := open(t, dir)
	take(t, l, file("c1", "rsj", "a", figure("T01-1", "rsj", "1"), figure("T01-2", "rsj", "2")))
	db := raw(t, dir)
	tx, err := db.Begin() // half a submission, never committed
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec(`INSERT INTO submissions (sha256, size, taken_at)
		VALUES (?, 1, '')`, sum("half")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"duban.db", "duban.db-wal", ledger.MarkerName} {
		put(t, filepath.Join(copied, name), get(t, filepath.Join(dir, name)))
	}
	open(t, copied).Close()
	intact(t, copied)
	whole(t, copied)
}
