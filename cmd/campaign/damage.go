//go:build linux

package main

import (
	"database/sql"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// damage is something that happens to a ledger while no daemon runs.
type damage struct {
	name string
	do   func(x *patient) error
	// killed: it happens to a ledger whose daemon was killed, not ended.
	killed bool
	// says are words of the refusal; none: the daemon takes it.
	says []string
}

// patient is the ledger to be damaged.
type patient struct {
	state  string // the folder
	repo   string
	random *rand.Rand
}

func (x *patient) db() string { return filepath.Join(x.state, "duban.db") }

// restore is what a refusal must tell, but that of a newer program's ledger.
var restore = "恢复"

// damages is the table.
var damages = []damage{
	{name: "the header is overwritten", do: func(x *patient) error {
		return x.write(0, []byte("not a database any more"))
	}, says: []string{"已损坏", restore}},
	{name: "a page is zeroed", do: func(x *patient) error {
		return x.write(4096*2, make([]byte, 4096))
	}, says: []string{"已损坏", restore}},
	{name: "pages in the middle are noise", do: func(x *patient) error {
		noise := make([]byte, 40960)
		for i := range noise {
			noise[i] = byte(x.random.Uint32())
		}
		return x.write(4096*8, noise)
	}, says: []string{"已损坏", restore}},
	{name: "it is cut short", do: func(x *patient) error {
		info, err := os.Stat(x.db())
		if err != nil {
			return err
		}
		return os.Truncate(x.db(), info.Size()/2)
	}, says: []string{"已损坏", restore}},
	{name: "it is emptied", do: func(x *patient) error {
		return os.Truncate(x.db(), 0)
	}, says: []string{"清空", restore}},
	{name: "it is deleted", do: func(x *patient) error {
		return os.Remove(x.db())
	}, says: []string{"不见了", restore}},
	{name: "it is deleted with its marker", do: func(x *patient) error {
		if err := os.Remove(filepath.Join(x.state, "ledger.id")); err != nil {
			return err
		}
		return os.Remove(x.db())
	}, says: []string{"不见了", restore}},
	{name: "it is another program's", do: func(x *patient) error {
		return x.another("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)")
	}, says: []string{"不是督办程序的台账", restore}},
	{name: "it is another office's", do: func(x *patient) error {
		return x.exec("UPDATE ledger SET id = 'ffffffffffffffffffffffffffffffff'")
	}, says: []string{"编号不符", restore}},
	{name: "it does not say whose it is", do: func(x *patient) error {
		return x.exec("DELETE FROM ledger")
	}, says: []string{"已损坏", restore}},
	{name: "it is a newer program's", do: func(x *patient) error {
		return x.exec("PRAGMA user_version = 999")
	}, says: []string{"更新的程序"}},
	{name: "its last submissions are gone", do: func(x *patient) error {
		return x.exec("PRAGMA foreign_keys = 0; DELETE FROM submissions WHERE id > 3")
	}, says: []string{"比标记文件旧", restore}},
	{name: "its log is deleted after a kill", killed: true, do: func(x *patient) error {
		return os.Remove(x.db() + "-wal")
	}, says: []string{"比标记文件旧", restore}},
	{name: "its marker is garbage", do: func(x *patient) error {
		return os.WriteFile(filepath.Join(x.state, "ledger.id"), []byte("?"), 0o644)
	}, says: []string{"标记文件", restore}},
	{name: "it is an older program's", do: (*patient).older},
}

// write writes into the file in place.
func (x *patient) write(at int64, b []byte) error {
	f, err := os.OpenFile(x.db(), os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteAt(b, at)
	return err
}

func (x *patient) exec(text string) error {
	db, err := sql.Open("sqlite", "file://"+x.db())
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(text)
	return err
}

// another puts another database in its place.
func (x *patient) another(text string) error {
	if err := os.Remove(x.db()); err != nil {
		return err
	}
	return x.exec(text)
}

// older makes of the ledger one as the program before the last migration had it: the
// older schema, and in its tables whatever of their columns there is.
func (x *patient) older() error {
	names, err := fs.Glob(os.DirFS(x.repo), "pipeline/ledger/migrations/*.sql")
	if err != nil || len(names) < 2 {
		return fmt.Errorf("migrations: %v, %w", names, err)
	}
	now := x.db() + ".now"
	if err := os.Rename(x.db(), now); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", "file://"+x.db())
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, name := range names[:len(names)-1] {
		b, err := os.ReadFile(filepath.Join(x.repo, name))
		if err != nil {
			return err
		}
		if _, err := db.Exec(string(b)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if _, err := db.Exec(fmt.Sprintf("PRAGMA user_version = %d; PRAGMA foreign_keys = 0; "+
		"ATTACH '%s' AS now", len(names)-1, now)); err != nil {
		return err
	}
	return x.fillOlder(db, now)
}

// fillOlder copies what the older tables have a place for; a marker with a link of a
// chain that the older ledger does not have loses it.
func (x *patient) fillOlder(db *sql.DB, now string) error {
	const columns = `SELECT o.name, group_concat('"' || c.name || '"') FROM main.sqlite_schema o
		JOIN pragma_table_info(o.name, 'main') c JOIN pragma_table_info(o.name, 'now') n
		ON n.name = c.name WHERE o.type = 'table' GROUP BY o.name`
	rows, err := db.Query(columns)
	if err != nil {
		return err
	}
	copies := map[string]string{}
	for rows.Next() {
		var table, list string
		if err := rows.Scan(&table, &list); err != nil {
			return err
		}
		copies[table] = list
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for table, list := range copies {
		if _, err := db.Exec(fmt.Sprintf("INSERT INTO main.%s (%s) SELECT %s FROM now.%s", table, list,
			list, table)); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
	}
	if _, chained := copies["chain"]; !chained {
		path := filepath.Join(x.state, "ledger.id")
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		head, _, _ := strings.Cut(string(b), "chain ")
		if err := os.WriteFile(path, []byte(head), 0o644); err != nil {
			return err
		}
	}
	if _, err := db.Exec("DETACH now"); err != nil {
		return err
	}
	return os.Remove(now)
}
