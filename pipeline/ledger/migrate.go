package ledger

import (
	"context"
	"crypto/rand"
	"database/sql"
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

func migrations() ([]string, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var all []string
	for _, name := range names { // Glob sorts
		b, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		all = append(all, string(b))
	}
	return all, nil
}

// migrate brings the schema to this program's version in one transaction, and
// gives a new ledger its id.
func migrate(ctx context.Context, db *sql.DB, all []string, now time.Time) error {
	tx, err := db.BeginTx(ctx, nil) // immediate: another program waits
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version >= len(all) {
		return nil
	}
	for i, text := range all[version:] {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("migration %d: %w", version+i+1, err)
		}
	}
	pragma := fmt.Sprintf("PRAGMA user_version = %d", len(all))
	if _, err := tx.ExecContext(ctx, pragma); err != nil {
		return err
	}
	if version == 0 {
		id := make([]byte, 16)
		if _, err := rand.Read(id); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO ledger VALUES (1, ?, ?)",
			hex.EncodeToString(id), now.Format(time.RFC3339Nano))
		if err != nil {
			return err
		}
	}
	return tx.Commit()
}
