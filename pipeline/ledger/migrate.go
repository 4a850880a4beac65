package ledger

import (
	"context"
	"crypto/rand"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"time"
)

// The migrations, in lexical order; never edited after landing. The number of
// those applied is the database's user_version.
//
//go:embed migrations/*.sql
var migrationFiles embed.FS

// applicationID is what migration 001 sets: "DUBA".
const applicationID = 0x44554241

// migration is one of them; then is what Go does behind the SQL of all, in the
// same transaction.
type migration struct {
	text string
	then func(*tx) error
}

// afterwards is what follows some of them.
var afterwards = map[string]func(*tx) error{
	"migrations/005_chain.sql": (*tx).chainOld,
}

func migrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var all []migration
	for _, name := range names { // Glob sorts
		b, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		all = append(all, migration{string(b), afterwards[name]})
	}
	return all, nil
}

// migrate brings the schema to this program's version in one transaction, and
// gives a new ledger its id.
func (l *Ledger) migrate(ctx context.Context, all []migration) error {
	return l.in(ctx, l.writer, nil, func(t *tx) error { // immediate: another program waits
		var version int
		if _, err := t.one("PRAGMA user_version", nil, &version); err != nil {
			return err
		}
		if version >= len(all) {
			return nil
		}
		for i, m := range all[version:] {
			if _, err := t.exec(m.text); err != nil {
				return fmt.Errorf("migration %d: %w", version+i+1, err)
			}
		}
		for i, m := range all[version:] { // the schema is this program's now
			if m.then == nil {
				continue
			}
			if err := m.then(t); err != nil {
				return fmt.Errorf("migration %d: %w", version+i+1, err)
			}
		}
		if _, err := t.exec(fmt.Sprintf("PRAGMA user_version = %d", len(all))); err != nil {
			return err
		}
		if version > 0 {
			return t.enchain()
		}
		id := make([]byte, 16)
		if _, err := rand.Read(id); err != nil {
			return err
		}
		_, err := t.exec("INSERT INTO ledger VALUES (1, ?, ?)", hex.EncodeToString(id),
			t.now.Format(time.RFC3339Nano))
		return err
	})
}

// chainOld gives every row of a ledger from before the chain its link, and
// notes that from there on only the chain vouches for them.
func (t *tx) chainOld() error {
	for _, k := range kinds {
		err := t.each("SELECT id FROM "+k.table+" ORDER BY id", nil, func(scan row) error {
			c := &chained{place: place{table: k.table}}
			err := scan(&c.row)
			t.chaining = append(t.chaining, c)
			return err
		})
		if err != nil {
			return err
		}
	}
	if len(t.chaining) == 0 {
		return nil
	}
	return t.audit("程序", "补建哈希链", fmt.Sprintf("台账升级，为已有的%d条记录补建哈希链；"+
		"此前的改动无从查知", len(t.chaining)))
}
