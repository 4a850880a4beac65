package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

const maxReaders = 4

// pragma is one setting of a connection, as it is set and as it reads back.
type pragma struct{ name, set, back string }

var (
	pragmas = []pragma{
		{"busy_timeout", "10000", "10000"},
		{"journal_mode", "WAL", "wal"},
		{"synchronous", "FULL", "2"},
		{"foreign_keys", "1", "1"},
	}
	readerPragmas = []pragma{
		{"busy_timeout", "10000", "10000"},
		{"query_only", "1", "1"},
	}
)

// connect opens a pool and reads back that its pragmas hold: SQLite ignores
// what it does not know.
func connect(ctx context.Context, path, option string,
	want []pragma) (*sql.DB, error) {
	query := []string{option}
	for _, p := range want {
		query = append(query, "_pragma="+p.name+"("+p.set+")")
	}
	name := filepath.ToSlash(path)
	if !strings.HasPrefix(name, "/") {
		name = "/" + name // a drive letter
	}
	db, err := sql.Open("sqlite",
		"file://"+(&url.URL{Path: name}).EscapedPath()+"?"+strings.Join(query, "&"))
	if err != nil {
		return nil, err
	}
	for _, p := range want {
		var got string
		err := db.QueryRowContext(ctx, "PRAGMA "+p.name).Scan(&got)
		if err == nil && got != p.back {
			err = &Fault{Err: ErrUnusable,
				What: fmt.Sprintf("台账 %s 的设置 %s 不起作用（%s，应为 %s）",
					path, p.name, got, p.back),
				Fix: "请把工作目录放在本机磁盘上（不能放在网络共享或只读盘中）。"}
		}
		if err != nil {
			db.Close()
			return nil, err
		}
	}
	return db, nil
}
