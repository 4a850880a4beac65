package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"duban/pipeline/backup"
	"duban/pipeline/durable"
	"duban/pipeline/intake"
	"duban/pipeline/ledger"
)

// A backup holds the ledger as it stood at one moment, the marker of that
// moment, every original it names, what else lies in archive and quarantine,
// the settings, the plan and the key: enough to go on elsewhere. The outbox is
// not in it (the ledger writes it again), nor is what was not yet taken.

// backedUp is the form of the names that backups get; by name is by moment.
const backedUp = "duban-20060102-150405.zip"

// BackedUp is a backup that was made.
type BackedUp struct {
	File    string        `json:"file"`
	Moment  string        `json:"moment"`
	Size    int64         `json:"size"` // bytes
	Members int           `json:"members"`
	Lacking []backup.Lack `json:"lacking"`
	Removed []string      `json:"removed"` // older backups that had to go
}

// Backup makes a backup while the daemon may be running: into a file that is
// not there yet, a folder, or for "" the folder of the settings, where only so
// many are kept.
func (w *Workspace) Backup(ctx context.Context, to string) (*BackedUp, error) {
	own := w.path(w.Config.Backup.Dir)
	file, err := w.backupFile(to, own)
	if err != nil {
		return nil, err
	}
	held, err := w.lockBackup(filepath.Dir(file))
	if err != nil {
		return nil, err
	}
	defer held.Release()
	copied := w.path("state/backup/ledger.db")
	defer durable.Remove(copied)
	now := w.Now()
	c, err := w.Ledger.CopyTo(ctx, copied)
	if err != nil {
		return nil, err
	}
	sources, outside, err := w.backupSources(ctx, c, copied)
	if err != nil {
		return nil, err
	}
	if err := w.roomFor(sources, filepath.Dir(file)); err != nil {
		return nil, err
	}
	var m backup.Manifest
	err = durable.Stream(file, 0o600, func(out io.Writer) error {
		m = backup.Manifest{Program: Version, Ledger: c.ID, Lacking: outside}
		m, err = backup.Write(out, m, now, sources)
		return err
	})
	if errors.Is(err, durable.ErrExists) {
		return nil, &UserError{What: "已有同名文件 " + file, Fix: "换一个文件名。"}
	}
	if err != nil {
		return nil, fmt.Errorf("备份 %s 没有写成：%w", file, err)
	}
	b := &BackedUp{File: file, Moment: m.Moment, Members: len(m.Members), Lacking: m.Lacking}
	if info, err := os.Stat(file); err == nil {
		b.Size = info.Size()
	}
	if filepath.Dir(file) == filepath.Clean(own) {
		if b.Removed, err = dropOldest(own, w.Config.Backup.Keep); err != nil {
			return b, err
		}
	}
	return b, w.audit(ctx, "备份", b.said())
}

// said is a backup in one sentence.
func (b *BackedUp) said() string {
	s := fmt.Sprintf("%s，%d个文件", filepath.Base(b.File), b.Members)
	if n := len(b.Lacking); n > 0 {
		s += fmt.Sprintf("，另有%d个没有备份好，见 duban doctor", n)
	}
	if n := len(b.Removed); n > 0 {
		s += fmt.Sprintf("，删去较早的%d份", n)
	}
	return s
}

// backupDue is the backup of the schedule.
func (w *Workspace) backupDue(ctx context.Context, _ time.Time) (string, error) {
	b, err := w.Backup(ctx, "")
	if err != nil {
		return "", err
	}
	return "已备份：" + b.said() + "。", nil
}

// backupFile is the file a backup goes into, in a folder that exists.
func (w *Workspace) backupFile(to, own string) (string, error) {
	name := w.Now().Format(backedUp)
	switch {
	case to == "":
		to = filepath.Join(own, name)
	case !strings.EqualFold(filepath.Ext(to), ".zip"):
		to = filepath.Join(to, name)
	default:
		if info, err := os.Stat(to); err == nil && info.IsDir() {
			to = filepath.Join(to, name)
		}
	}
	to, err := filepath.Abs(to)
	if err != nil {
		return "", err
	}
	if err := durable.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return "", &UserError{What: "备份文件夹 " + filepath.Dir(to) + " 建不成", Err: err,
			Fix: "核对路径和权限，或在 duban.yaml 的 backup.dir 另写一处。"}
	}
	return to, nil
}

// lockBackup lets one backup be made at a time, and removes what a killed one
// left.
func (w *Workspace) lockBackup(dir string) (*intake.Held, error) {
	held, err := intake.Lock(w.path("state/backup"))
	if errors.Is(err, intake.ErrLocked) {
		return nil, &UserError{What: "另一个备份正在进行", Fix: "等它做完再试。"}
	}
	if err != nil {
		return nil, err
	}
	if _, err := durable.Sweep(dir); err != nil {
		return nil, errors.Join(err, held.Release())
	}
	return held, nil
}

// roomFor refuses a backup that would leave the disk without its reserve: then
// no more files would be taken.
func (w *Workspace) roomFor(sources []backup.Source, dir string) error {
	var need int64
	for _, s := range sources {
		if in, err := s.Open(); err == nil {
			if f, ok := in.(*os.File); ok {
				if info, err := f.Stat(); err == nil {
					need += info.Size()
				}
			}
			in.Close()
		}
	}
	free, err := intake.Free(dir)
	if err != nil {
		return nil // nobody knows; a full disk is noticed while writing
	}
	reserve := int64(w.Config.Intake.ReserveMB) << 20
	if free-need >= reserve {
		return nil
	}
	return &UserError{What: fmt.Sprintf("%s 所在磁盘只剩%d兆字节，备份约需%d兆字节，还要留出%d兆字节",
		dir, free>>20, need>>20+1, reserve>>20),
		Fix: "清理磁盘，或备份到另一块磁盘：duban backup 文件夹，或改 duban.yaml 的 backup.dir。"}
}

// dropOldest removes all but the latest backups of a folder.
func dropOldest(dir string, keep int) ([]string, error) {
	all, err := backupsIn(dir)
	if err != nil || keep == 0 || len(all) <= keep {
		return []string{}, err
	}
	old := all[:len(all)-keep]
	return old, durable.Remove(old...)
}

// backupsIn lists the backups of a folder that have the names we give, the
// oldest first.
func backupsIn(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir) // sorted by name
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var all []string
	for _, e := range entries {
		if _, bad := time.Parse(backedUp, e.Name()); bad == nil && e.Type().IsRegular() {
			all = append(all, filepath.Join(dir, e.Name()))
		}
	}
	return all, err
}

// keptIn finds an original wherever it stands just now: it may be moved from
// work or quarantine while a backup is made.
func (w *Workspace) keptIn(f ledger.KeptFile) (string, error) {
	places := []string{w.archived("archive", f.SHA256), w.archived("quarantine", f.SHA256)}
	for _, c := range f.Claims {
		places = append(places, w.path("state/work/"+filepath.Base(c)))
	}
	places = append(places, places[0])
	for _, p := range places {
		if info, err := os.Lstat(p); err == nil && info.Mode().IsRegular() && info.Size() == f.Size {
			return p, nil
		}
	}
	for _, p := range places[:2] { // of another size: changed, and still the best there is
		if _, err := os.Lstat(p); err == nil {
			return p, nil
		}
	}
	return "", errors.New("存档里没有这份原件")
}

// archived is where a file stands in archive or quarantine.
func (w *Workspace) archived(root, sha string) string {
	return w.path("state/" + root + "/" + sha[:2] + "/" + sha)
}
