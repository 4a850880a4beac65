package pipeline

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"duban/pipeline/durable"
	"duban/pipeline/intake"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// Rhythm is how often the daemon looks; zero means the settings' own.
type Rhythm struct {
	Sweep time.Duration // between two looks into the inbox
	Tick  time.Duration // between two looks at the clock; a minute by default
}

// Swept is what one sweep came to.
type Swept struct {
	Outcomes []Outcome
	Notices  []string
	Jobs     []string // what was due and done, a sentence each
}

// Run is the daemon: it finishes what a kill left, then takes files as they
// come and does what is due, until ctx ends. The file in hand is finished.
func (w *Workspace) Run(ctx context.Context, rhythm Rhythm) error {
	if err := w.onOwnDisk(); err != nil {
		return err
	}
	held, err := intake.Lock(w.path("state"))
	if err != nil {
		return &UserError{What: err.Error()}
	}
	defer held.Release()
	w.patient = true
	if _, err := w.recoverWork(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	if rhythm.Tick == 0 {
		rhythm.Tick = time.Minute
	}
	if rhythm.Sweep != 0 {
		w.folder.Every = rhythm.Sweep
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if w.edits != nil {
		w.edits.stop = stop
	}
	w.pulse.startedAt(w.Now())
	ticks := make(chan struct{})
	go func() {
		defer close(ticks)
		schedule.Ticker{Log: w.Log}.Run(ctx, schedule.Every(rhythm.Tick), w.tick)
	}()
	w.tick(ctx)
	wait := w.startMail(ctx, rhythm.Tick)
	defer wait()
	err = w.folder.Watch(ctx, func() { w.sweep(ctx) })
	<-ticks
	if ctx.Err() != nil {
		return nil // asked to end
	}
	return err
}

// tick does what is due and carries out what is still to go out.
func (w *Workspace) tick(ctx context.Context) {
	work := context.WithoutCancel(ctx)
	w.edits.look(w)
	_, due := w.doDue(work)
	if due != nil {
		w.Log.Error("定时任务没有做成，下一分钟再试", "err", due)
	}
	sent := w.sendOut(work)
	if sent != nil {
		w.Log.Error("待发的文件没有写成，下一分钟再试", "err", sent)
	}
	w.tellHealth(work, due, sent)
}

// sweep takes whatever has rested in the inbox.
func (w *Workspace) sweep(ctx context.Context) {
	for ctx.Err() == nil {
		claims, notices, err := w.folder.Look(ctx)
		w.pulse.sweptAt(w.Now())
		for _, n := range notices {
			w.Log.Warn("收件", "notice", n.String())
		}
		if err != nil && ctx.Err() == nil {
			w.Log.Error("收件文件夹打不开，稍后再试", "err", err)
		}
		if len(claims) == 0 {
			return
		}
		outcomes := w.takeAll(context.WithoutCancel(ctx), claims)
		for _, o := range outcomes {
			w.Log.Info("收件", "file", o.File, "unit", w.unitName(o.Unit), "month", o.Month,
				"state", o.State, "findings", len(o.Findings), "sha256", shortSum(o.SHA256))
		}
	}
}

// Once is one sweep for a program that ends afterwards.
func (w *Workspace) Once(ctx context.Context) (*Swept, error) {
	if err := w.onOwnDisk(); err != nil {
		return nil, err
	}
	held, err := intake.Lock(w.path("state"))
	if err != nil {
		return nil, &UserError{What: err.Error()}
	}
	defer held.Release()
	s := &Swept{Outcomes: []Outcome{}}
	if s.Outcomes, err = w.recoverWork(ctx); err != nil {
		return nil, err
	}
	if err := w.takeWhatIsThere(ctx, s); err != nil {
		return s, err
	}
	if s.Jobs, err = w.doDue(ctx); err != nil {
		return s, err
	}
	if err := w.sendMail(ctx); err != nil {
		s.Notices = append(s.Notices, err.Error())
	}
	return s, w.sendOut(ctx)
}

// takeWhatIsThere takes from the mailboxes and the inbox until both are empty;
// the last round through a mailbox moves away what was taken.
func (w *Workspace) takeWhatIsThere(ctx context.Context, s *Swept) error {
	var unread []string
	for taken := true; taken; {
		taken, unread = false, w.fetchMail(ctx)
		for {
			claims, notices, err := w.folder.Once(ctx)
			for _, n := range notices {
				s.Notices = append(s.Notices, plan.Mask(n.String()))
			}
			if err != nil {
				return err
			}
			if len(claims) == 0 {
				break
			}
			taken = true
			s.Outcomes = append(s.Outcomes, w.takeAll(ctx, claims)...)
		}
	}
	s.Notices = append(s.Notices, unread...)
	return nil
}

// recoverWork finishes what a killed program left: temporaries go, the claims
// that lie in work are taken, and then what waits is sent. A receipt may need
// its original in the archive, so no receipt goes before the claims are settled.
func (w *Workspace) recoverWork(ctx context.Context) ([]Outcome, error) {
	if err := w.sweepTemporaries(); err != nil {
		return nil, err
	}
	var err error
	if w.hand, err = newHand(w.path("state/in-hand.json"), w.Log); err != nil {
		return nil, err
	}
	claims, err := w.folder.Pending()
	if err != nil {
		return nil, err
	}
	defer w.hand.through()
	return w.takeAll(ctx, claims), nil
}

// sweepTemporaries removes what a kill left half written in state and outbox.
func (w *Workspace) sweepTemporaries() error {
	dirs := []string{"state"}
	for _, pattern := range []string{"outbox/*/*", "outbox/*/*/*"} {
		found, err := fs.Glob(os.DirFS(w.Dir), pattern)
		if err != nil {
			return err
		}
		dirs = append(dirs, found...)
	}
	for _, dir := range dirs {
		if fi, err := os.Stat(w.path(dir)); err != nil || !fi.IsDir() {
			continue
		}
		if _, err := durable.Sweep(w.path(dir)); err != nil {
			return err
		}
	}
	return nil
}

// The daemon's jobs, by the names under which the ledger keeps their moments.
const (
	jobForms  = "forms"
	jobClose  = "close"
	jobDigest = "digest"
	jobBackup = "backup"
	jobClear  = "clear"
)

// doDue does what the schedule says is due, each job at most once.
func (w *Workspace) doDue(ctx context.Context) ([]string, error) {
	var done []string
	job := func(name, title string, spec schedule.Spec,
		do func(context.Context, time.Time) (string, error)) schedule.Job {
		j := schedule.Job{Name: name, Title: title, Spec: spec}
		j.Do = func(ctx context.Context, at time.Time) error {
			said, err := do(ctx, at)
			if err != nil {
				return err
			}
			done = append(done, said)
			w.Log.Info("定时任务", "job", title, "due", at.Format(time.RFC3339), "done", said)
			return nil
		}
		return j
	}
	p := schedule.Planner{Now: w.Now, Last: w.Ledger.LastJob, Store: w.Ledger.JobDone, Log: w.Log}
	jobs := []schedule.Job{
		job(jobForms, "下发填报表", cron(w.Config.Schedule.Forms), w.formsDue),
		job(jobClose, "报送截止", w.closings(), w.closeDue),
		job(jobDigest, "出通报", w.digestMoments(), w.digestDue),
	}
	if line := w.Config.Schedule.Backup; line != "" {
		jobs = append(jobs, job(jobBackup, "备份", cron(line), w.backupDue))
	}
	if w.Config.Retention != (RetentionConfig{}) {
		jobs = append(jobs, job(jobClear, "清理发件文件夹", cron("30 3 * * *"), w.clearDue))
	}
	err := p.Once(ctx, jobs...)
	return done, err
}

// formsDue issues the forms of the month the moment lies in.
func (w *Workspace) formsDue(ctx context.Context, at time.Time) (string, error) {
	m := plan.MonthAt(at)
	if m < w.Plan.From {
		return m.Chinese() + "在方案起始之前，不下发填报表。", nil
	}
	forms, err := w.IssueForms(ctx, m, nil)
	return fmt.Sprintf("%s填报表已下发%d份。", m.Chinese(), len(forms)) + w.calendarLacks(m+1), err
}

// closeDue notes that the month before has closed, and who is silent.
func (w *Workspace) closeDue(ctx context.Context, at time.Time) (string, error) {
	m := plan.MonthAt(at) - 1
	if m < w.Plan.From {
		return m.Chinese() + "在方案起始之前，没有截止事项。", nil
	}
	units, err := w.Status(ctx, m)
	if err != nil {
		return "", err
	}
	var silent []string
	for _, u := range units {
		if u.Due == 0 || u.State != plan.NotReceived {
			continue
		}
		name := u.Name
		if u.Extended {
			name += "（已同意延期）"
		}
		silent = append(silent, name)
	}
	said := m.Chinese() + "报送已截止，各单位均已报送。"
	if len(silent) > 0 {
		said = m.Chinese() + "报送已截止，未报：" + strings.Join(silent, "、") + "。"
	}
	return said, w.Ledger.Audit(ctx, "定时任务", "截止", said)
}

// digestDue writes the digest of the month before.
func (w *Workspace) digestDue(ctx context.Context, at time.Time) (string, error) {
	m := plan.MonthAt(at) - 1
	if m < w.Plan.From {
		return m.Chinese() + "在方案起始之前，不出通报。", nil
	}
	editions, err := w.Digest(ctx, m)
	if err != nil {
		return "", err
	}
	said := fmt.Sprintf("%s通报已出：%s", m.Chinese(), editions[0].Number)
	if n := len(editions) - 1; n > 0 {
		said += fmt.Sprintf("，另分送各方%d份", n)
	}
	return said + "。", nil
}
