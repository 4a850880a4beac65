package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"duban/pipeline/doctor"
	"duban/pipeline/intake"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// Checkup is what the doctor is asked for.
type Checkup struct {
	Options
	Deep bool // read every original, work out the chain
	Mend bool // write what the outbox lacks
}

// Diagnosis is what the doctor found, after mending if that was asked for.
type Diagnosis struct {
	Symptoms []doctor.Symptom `json:"symptoms"`
	Mended   []string         `json:"mended"` // files of the outbox
}

// Examine looks through the workspace in dir for everything that can be wrong,
// also one that cannot be opened.
func Examine(ctx context.Context, dir string, k Checkup) (*Diagnosis, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	d := &Diagnosis{Mended: []string{}}
	c, w, err := openCase(ctx, dir, k)
	if err != nil {
		return nil, err
	}
	switch {
	case w != nil:
		defer w.Close()
	case c.Ledger != nil:
		defer c.Ledger.Close()
	}
	if k.Mend && w != nil {
		m, err := w.Mend(ctx)
		if err != nil {
			return nil, err
		}
		d.Mended = append(d.Mended, m.Written...)
		for _, err := range m.Failed {
			c.Told["outbox"] = append(c.Told["outbox"], symptoms(err, dir)...)
		}
	}
	d.Symptoms = doctor.Examine(ctx, c)
	return d, nil
}

// openCase opens as much of a workspace as can be, and keeps what is said on
// the way. The workspace is nil where it cannot be opened whole.
func openCase(ctx context.Context, dir string, k Checkup) (*doctor.Case, *Workspace, error) {
	now := time.Now
	if k.Now != nil {
		now = k.Now
	}
	bare := &Workspace{Dir: dir, Now: func() time.Time { return now().In(schedule.Zone) }}
	if err := isWorkspace(dir); err != nil {
		return nil, nil, err
	}
	var err error
	bare.Config, err = readConfig(bare.path("duban.yaml"))
	c := &doctor.Case{Dir: dir, Now: bare.Now(), Deep: k.Deep, Folder: bare.newFolder(),
		Told: map[string][]doctor.Symptom{}, Database: bare.path("state/duban.db"),
		Outbox: bare.path("outbox"), Free: intake.Free, FileSystem: doctor.FileSystem,
		Health: func() (bool, []string, error) { return healthFor(dir, now()) }, Fallen: bare.fallen}
	told := func(code, where string, err error) bool {
		if err != nil {
			c.Told[code] = symptoms(err, where)
		}
		return err != nil
	}
	var w *Workspace
	if !told("settings", "duban.yaml", err) {
		if w, err = Open(ctx, dir, k.Options); err != nil && !bare.tell(c, told) {
			told(blame(err), dir, err)
		}
	}
	if w != nil {
		w.attend(c)
		return c, w, nil
	}
	if c.Ledger, err = ledger.Open(ctx, c.Database,
		ledger.Options{Now: bare.Now, Begin: bare.mayBegin}); err != nil {
		c.Ledger = nil
		told("ledger", c.Database, err)
	}
	return c, nil, nil
}

// tell reads the parts of a workspace that cannot be opened one by one, so that
// each says what is wrong with it; it reports whether any did.
func (w *Workspace) tell(c *doctor.Case, told func(code, where string, err error) bool) bool {
	_, err := ReadPlan(w.path(w.Config.Plan))
	some := told("plan", w.Config.Plan, err)
	c.Calendar, err = readCalendar(w.path(w.Config.Calendar))
	some = told("calendar", w.Config.Calendar, err) || some
	_, err = readWording(w.path(wordingDir))
	some = told("wording", wordingDir, err) || some
	_, err = readAudiences(w.path(w.Config.Audiences))
	some = told("audiences", w.Config.Audiences, err) || some
	_, err = readKey(w.path("state/key"))
	return told("key", "state/key", err) || some
}

// blame is the examination that a fault of opening belongs to, when the files
// are in order.
func blame(err error) string {
	var user *UserError
	if errors.As(err, &user) {
		return "mail"
	}
	return "ledger"
}

// symptoms makes an error of opening into what the doctor says: the last line
// is how to mend it; each problem of a plan file stands for itself.
func symptoms(err error, where string) []doctor.Symptom {
	var files *plan.FilesError
	if errors.As(err, &files) {
		var all []doctor.Symptom
		for _, p := range files.Problems {
			all = append(all, doctor.Symptom{Severity: doctor.Error, What: p.Message,
				Where: fmt.Sprintf("%s:%d", p.File, p.Line), Fix: "改正后运行 duban plan check。"})
		}
		return all
	}
	lines := strings.Split(strings.TrimSpace(err.Error()), "\n")
	fix := "按提示处理后再查一遍。"
	if n := len(lines) - 1; n > 0 {
		fix, lines = lines[n], lines[:n]
	}
	return []doctor.Symptom{{Severity: doctor.Error, Where: where, Fix: fix,
		What: strings.Join(strings.Fields(strings.Join(lines, " ")), " ")}}
}

// attend gives the doctor what an open workspace has.
func (w *Workspace) attend(c *doctor.Case) {
	c.Calendar, c.Ledger, c.Folder = w.calendar, w.Ledger, w.folder
	var sent []doctor.Sent
	c.Sent = func(ctx context.Context, fresh bool) ([]doctor.Sent, error) {
		var err error
		if sent == nil || fresh {
			sent, err = w.sentFor(ctx)
		}
		return sent, err
	}
	c.Chain = w.chainBreaks
	c.Fonts = func() error { _, err := w.fonts.all(); return err }
	c.Backups = doctor.Backups{Dir: w.path(w.Config.Backup.Dir)}
	if line := w.Config.Schedule.Backup; line != "" {
		c.Backups.Every = cron(line)
	}
	for _, s := range append([]ServerConfig{w.Config.Mail.SMTP}, w.Config.Mail.Mailboxes...) {
		if s.User == "" {
			continue
		}
		if _, err := w.password(s)(); err != nil {
			c.Told["mail"] = append(c.Told["mail"], doctor.Symptom{Severity: doctor.Error,
				Where: s.account(), What: "邮箱密码读不到：" + InWords(err),
				Fix: "把密码放进 duban.yaml 写明的环境变量或文件；备份里没有密码，恢复后要重新放。"})
		}
	}
	if all, err := backupsIn(c.Backups.Dir); err == nil && len(all) > 0 {
		c.Backups.At, _ = time.ParseInLocation(backedUp, filepath.Base(all[len(all)-1]), schedule.Zone)
	}
}

// sentFor lists the files the outbox must have, and those it may have.
func (w *Workspace) sentFor(ctx context.Context) ([]doctor.Sent, error) {
	written, err := w.sentFiles(ctx)
	if err != nil {
		return nil, err
	}
	var all []doctor.Sent
	for path, f := range written {
		all = append(all, doctor.Sent{Path: path, Due: !w.expired(path, f.At)})
	}
	rows, err := w.Ledger.Backlog(ctx)
	for _, o := range rows {
		paths, fault := w.pathsOf(ctx, o)
		err = cmp.Or(err, fault)
		for _, p := range paths {
			all = append(all, doctor.Sent{Path: p})
		}
	}
	return all, err
}

// healthFor is how the daemon is, as the doctor asks.
func healthFor(dir string, now time.Time) (bool, []string, error) {
	h, err := HealthOf(dir, now)
	if err != nil {
		return false, nil, err
	}
	return h.Running, h.Reasons, nil
}
