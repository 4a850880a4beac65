package doctor

import (
	"context"
	"time"
)

// backupMade is the act under which a backup stands in the audit log.
const backupMade = "备份"

// backups asks for a recent backup. Without a schedule it is only told.
var backups = Examination{Code: "backups", Title: "备份", Needs: theWorkspace,
	Run: func(ctx context.Context, c *Case) ([]Symptom, error) {
		b := c.Backups
		kept, err := c.Ledger.Kept(ctx)
		if err != nil || len(kept) == 0 {
			return nil, err // nothing to lose yet
		}
		s := Symptom{Severity: Note, Where: c.place(b.Dir), What: "还没有备份过",
			Fix: "运行 duban backup 到另一块磁盘；或在 duban.yaml 写明 schedule.backup，每天自动备份。"}
		if err := c.elsewhere(ctx, &b); err != nil {
			return nil, err
		}
		if !b.At.IsZero() {
			s.What = "最近一次备份是" + minute(b.At)
		}
		due := b.At.Add(7 * 24 * time.Hour)
		if b.Every.String() != "" {
			s.Severity, s.Fix = Warning, "看日志里备份没有做成的原因，或运行 duban backup。"
			since := b.At
			if since.IsZero() {
				if since, err = c.Ledger.LastJob(ctx, "backup"); err != nil || since.IsZero() {
					return nil, err // the schedule has only begun
				}
			}
			due = b.Every.Next(b.Every.Next(since)).Add(time.Hour)
		}
		if c.Now.Before(due) {
			return nil, nil
		}
		return []Symptom{s}, nil
	}}

// elsewhere looks for a later backup than those in the folder of the settings: one that
// lies on another disk, where it belongs, is known from the audit log alone.
func (c *Case) elsewhere(ctx context.Context, b *Backups) error {
	acts, err := c.Ledger.Acts(ctx)
	for _, a := range acts {
		if a.Act == backupMade && a.At.After(b.At) {
			b.At = a.At
		}
	}
	return err
}
