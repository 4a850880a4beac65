package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"duban/pipeline/backup"
	"duban/pipeline/durable"
	"duban/pipeline/ledger"
)

// Restored is a workspace that was made of a backup.
type Restored struct {
	Workspace string        `json:"workspace"`
	Moment    string        `json:"moment"` // as of which
	Members   int           `json:"members"`
	Lacking   []backup.Lack `json:"lacking"` // what the backup did not have
	Written   int           `json:"written"` // files of the outbox
	Unwritten []string      `json:"unwritten"`
}

// Restore makes a workspace of a backup in dir, which must not be there or be
// empty. Everything is taken out and proven beside it first, so that dir is
// whole or absent; then the outbox is written anew from the ledger. What could
// not be written there is told, and is no fault of the workspace.
func Restore(ctx context.Context, file, dir string, o Options) (*Restored, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := restorable(dir); err != nil {
		return nil, err
	}
	a, err := backup.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &UserError{What: "没有 " + file + " 这个文件", Fix: "核对备份文件的路径。"}
	}
	if err != nil {
		return nil, notRestored(file, err)
	}
	defer a.Close()
	r := &Restored{Workspace: dir, Moment: a.Manifest.Moment, Members: len(a.Manifest.Members),
		Lacking: a.Manifest.Lacking, Unwritten: []string{}}
	aside := filepath.Join(filepath.Dir(dir), durable.TempPrefix+"restore-"+filepath.Base(dir))
	if err := os.RemoveAll(aside); err != nil { // of one that was killed
		return nil, err
	}
	defer os.RemoveAll(aside)
	if err := takeOut(ctx, a, aside); err != nil {
		return nil, notRestored(file, err)
	}
	if err := appear(aside, dir); err != nil {
		return nil, err
	}
	return r, r.begin(ctx, o)
}

// restorable refuses a folder with anything in it.
func restorable(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case len(entries) == 0:
		return nil
	}
	if _, err := os.Stat(filepath.Join(dir, "duban.yaml")); err == nil {
		return &UserError{What: dir + " 已经是督办工作目录，没有动它",
			Fix: "恢复到一个新目录，用 duban -C 新目录 doctor 核对无误后，停掉旧的、改用新的；" +
				"旧目录先留着：备份以后收到的报送件还在它的存档里。"}
	}
	return &UserError{What: dir + " 不是空目录", Fix: "换一个还不存在的目录。"}
}

func notRestored(file string, err error) error {
	if !errors.Is(err, backup.ErrNoBackup) {
		return err
	}
	return &UserError{What: "备份 " + file + " 不能恢复", Err: err,
		Fix: "没有恢复任何内容。请换一份备份，或从别处重新复制这一份。"}
}

// takeOut takes a backup out into a folder nobody looks at, and proves what the
// hashes do not: that it is a workspace with its own ledger.
func takeOut(ctx context.Context, a *backup.Archive, aside string) error {
	if err := durable.MkdirAll(aside, 0o755); err != nil {
		return err
	}
	if err := a.Extract(aside); err != nil {
		return err
	}
	for _, name := range []string{"duban.yaml", "state/key", "state/duban.db",
		"state/" + ledger.MarkerName} {
		if _, err := os.Stat(filepath.Join(aside, filepath.FromSlash(name))); err != nil {
			return fmt.Errorf("%w：里面没有 %s", backup.ErrNoBackup, name)
		}
	}
	if err := makeFolders(aside); err != nil {
		return err
	}
	db := filepath.Join(aside, "state", "duban.db")
	if said, err := ledger.Examine(ctx, db); err != nil || len(said) > 0 {
		return cmp.Or(err, fmt.Errorf("%w：台账有误：%s", backup.ErrNoBackup, strings.Join(said, "；")))
	}
	l, err := ledger.Open(ctx, db, ledger.Options{})
	if err != nil {
		return err
	}
	return l.Close()
}

// appear gives the finished folder its name.
func appear(aside, dir string) error {
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &UserError{What: dir + " 换不成恢复好的目录", Err: err, Fix: "换一个还不存在的目录。"}
	}
	if err := os.Rename(aside, dir); err != nil {
		return err
	}
	return durable.SyncDir(filepath.Dir(dir))
}

// begin notes the restoring in the log and writes the outbox.
func (r *Restored) begin(ctx context.Context, o Options) error {
	w, err := Open(ctx, r.Workspace, o)
	if err != nil {
		r.Unwritten = append(r.Unwritten, err.Error())
		return nil
	}
	defer w.Close()
	if err := w.audit(ctx, "恢复", fmt.Sprintf("从%s的备份恢复，%d个文件", r.Moment, r.Members)); err != nil {
		return err
	}
	mended, err := w.Mend(ctx)
	r.Written = len(mended.Written)
	for _, f := range mended.Failed {
		r.Unwritten = append(r.Unwritten, f.Error())
	}
	return err
}
