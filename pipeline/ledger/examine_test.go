package ledger_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duban/pipeline/ledger"
)

// filled is the path of a closed ledger with some rows.
func filled(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	l := open(t, dir)
	for i := range 300 {
		take(t, l, file(fmt.Sprint("c", i), "rsj", fmt.Sprint(i), figure("T01-1", "rsj", "5")))
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "duban.db")
}

func TestAWholeLedgerHasNothingWrong(t *testing.T) {
	said, err := ledger.Examine(t.Context(), filled(t))
	if err != nil || len(said) > 0 {
		t.Errorf("%q %v", said, err)
	}
}

// An index that disagrees with its table is what opening does not see.
func TestAnIndexThatLiesIsFound(t *testing.T) {
	path := filled(t)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sha := file("c7", "rsj", "7").Delivery.SHA256
	at := strings.LastIndex(string(b), sha)
	if at < 0 || at == strings.Index(string(b), sha) {
		t.Fatal("the hash does not stand in table and index")
	}
	b[at+5] ^= 1
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	said, err := ledger.Examine(t.Context(), path)
	if err != nil || len(said) == 0 {
		t.Errorf("%q %v", said, err)
	}
}

func TestARowThatPointsToNoneIsFound(t *testing.T) {
	path := filled(t)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`UPDATE figures SET reading = 9999 WHERE id = 5`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	said, err := ledger.Examine(t.Context(), path)
	if err != nil || len(said) != 1 || !strings.Contains(said[0], "figures row 5") {
		t.Errorf("%q %v", said, err)
	}
}
