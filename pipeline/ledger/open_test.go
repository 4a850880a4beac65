package ledger_test

import (
	"bytes"
	"database/sql"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"duban/pipeline/ledger"
)

var update = flag.Bool("update", false, "write the golden schema.sql")

func TestAnyFolderNameHoldsALedger(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "督办 100%25 a?b#c&mode=ro")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	l := open(t, dir)
	if !l.Began() {
		t.Error("a new ledger does not say so")
	}
	take(t, l, file("c1", "rsj", "a"))
	for _, name := range []string{"duban.db", ledger.MarkerName} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
	if l.Close(); open(t, dir).Began() {
		t.Error("an old ledger says it is new")
	}
}

// raw opens the database behind the ledger's back.
func raw(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "duban.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func do(t *testing.T, db *sql.DB, text string) {
	t.Helper()
	if _, err := db.Exec(text); err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// harms are what can befall a ledger of one submission while it is closed.
var harms = []struct {
	name string
	harm func(t *testing.T, dir, path string)
	want error
}{
	{"deleted", func(t *testing.T, _, path string) { os.Remove(path) }, ledger.ErrEmptied},
	{"emptied", func(t *testing.T, _, path string) { put(t, path, nil) }, ledger.ErrEmptied},
	{"blank", func(t *testing.T, dir, path string) {
		os.Remove(path)
		do(t, raw(t, dir), "VACUUM")
	}, ledger.ErrEmptied},
	{"of another program", func(t *testing.T, dir, path string) {
		os.Remove(path)
		do(t, raw(t, dir), "CREATE TABLE cats (name TEXT)")
	}, ledger.ErrForeign},
	{"of another office", func(t *testing.T, _, path string) {
		elsewhere := t.TempDir()
		l := open(t, elsewhere)
		take(t, l, file("c1", "rsj", "a"))
		take(t, l, file("c2", "rsj", "b"))
		l.Close()
		put(t, path, get(t, filepath.Join(elsewhere, "duban.db")))
	}, ledger.ErrForeign},
	{"rolled back", func(t *testing.T, dir, path string) {
		old := get(t, path)
		l := open(t, dir)
		take(t, l, file("c2", "rsj", "b"))
		l.Close()
		put(t, path, old)
	}, ledger.ErrRolledBack},
	{"newer", func(t *testing.T, dir, _ string) {
		do(t, raw(t, dir), "PRAGMA user_version = 99")
	}, ledger.ErrNewer},
	{"without its id", func(t *testing.T, dir, _ string) {
		do(t, raw(t, dir), "DELETE FROM ledger")
	}, ledger.ErrDamaged},
	{"a text", func(t *testing.T, _, path string) {
		put(t, path, []byte(strings.Repeat("not a database. ", 512)))
	}, ledger.ErrDamaged},
	{"a page zeroed", func(t *testing.T, _, path string) {
		b := get(t, path)
		clear(b[4096 : 2*4096])
		put(t, path, b)
	}, ledger.ErrDamaged},
	{"a page of rows zeroed", func(t *testing.T, _, path string) {
		b := get(t, path)
		page := bytes.Index(b, []byte("a.xlsx")) / 4096 * 4096 // of deliveries
		clear(b[page : page+4096])
		put(t, path, b)
	}, ledger.ErrDamaged},
	{"cut short", func(t *testing.T, _, path string) {
		b := get(t, path)
		put(t, path, b[:len(b)/2])
	}, ledger.ErrDamaged},
	{"a folder", func(t *testing.T, _, path string) {
		os.Remove(path)
		os.Mkdir(path, 0o755)
	}, ledger.ErrUnusable},
	{"its marker spoiled", func(t *testing.T, dir, _ string) {
		put(t, filepath.Join(dir, ledger.MarkerName), []byte("duban ledger x"))
	}, ledger.ErrMarker},
	{"its marker emptied", func(t *testing.T, dir, _ string) {
		put(t, filepath.Join(dir, ledger.MarkerName), nil)
	}, ledger.ErrMarker},
}

func TestADatabaseThatIsNotTheLedgerIsRefused(t *testing.T) {
	for _, c := range harms {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "duban.db")
			l := open(t, dir)
			take(t, l, file("c1", "rsj", "a"))
			if err := l.Close(); err != nil {
				t.Fatal(err)
			}
			c.harm(t, dir, path)
			before, _ := os.ReadFile(path)
			_, err := ledger.Open(t.Context(), path, ledger.Options{Now: clock()})
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			var f *ledger.Fault
			if !errors.As(err, &f) || f.Fix == "" || !strings.Contains(err.Error(), "请") {
				t.Errorf("the message does not say what to do: %v", err)
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("the database was changed by the refusal")
			}
		})
	}
}

func TestALedgerWithoutItsMarkerGetsOne(t *testing.T) {
	dir := t.TempDir()
	l := open(t, dir)
	take(t, l, file("c1", "rsj", "a"))
	l.Close()
	path := filepath.Join(dir, ledger.MarkerName)
	want := get(t, path)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
	same(t, "marker", string(want), string(get(t, path)))
	if !regexp.MustCompile(`\nsubmissions 1\nchain 2 [0-9a-f]{64}\n$`).Match(want) {
		t.Errorf("marker: %q", want)
	}
}

func TestTheCallerMayForbidANewLedger(t *testing.T) {
	path := filepath.Join(t.TempDir(), "duban.db")
	full := errors.New("the archive is not empty")
	o := ledger.Options{Begin: func() error { return full }}
	if _, err := ledger.Open(t.Context(), path, o); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a ledger was made")
	}
}

func TestTheSchemaIsTheGoldenOne(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	rows, err := raw(t, dir).Query(`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL
		ORDER BY type DESC, name`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got strings.Builder
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(s, "CREATE TABLE") && !strings.Contains(s, ") STRICT") {
			t.Errorf("not STRICT: %s", s)
		}
		got.WriteString(s + ";\n")
	}
	if *update {
		put(t, "schema.sql", []byte(got.String()))
	}
	same(t, "schema.sql; go test -update writes it", string(get(t, "schema.sql")), got.String())
}

// libcOf is the version of modernc.org/libc in the go.mod of each version of
// modernc.org/sqlite that was looked up; any other pair is untested.
var libcOf = map[string]string{"v1.61.1": "v1.79.0"}

func TestLibcIsTheOneSQLiteWasBuiltWith(t *testing.T) {
	version := map[string]string{}
	for line := range strings.Lines(string(get(t, "../../go.mod"))) {
		if f := strings.Fields(line); len(f) >= 2 {
			version[f[0]] = f[1]
		}
	}
	want, known := libcOf[version["modernc.org/sqlite"]]
	if got := version["modernc.org/libc"]; !known || got != want {
		t.Errorf("sqlite %s with libc %s, want %q: see sqlite's own go.mod",
			version["modernc.org/sqlite"], got, want)
	}
}
