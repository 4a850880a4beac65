package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"duban/pipeline/durable"
	"duban/pipeline/intake"
	"duban/pipeline/ledger"
)

// The daemon says in state/health.json how it is, at every tick: whole or
// absent, and never a reason to stop. Who reads it needs no ledger and no lock.

// healthFile is where, below the workspace.
const healthFile = "state/health.json"

// silence is how long a daemon that runs may go without a word.
const silence = 3 * time.Minute

// The lights of a daemon.
const (
	healthy = "green"
	ailing  = "yellow" // works, and something wants to be looked at
	ill     = "red"    // something does not work
)

// Health is how the daemon is.
type Health struct {
	Status    string   `json:"status"` // green, yellow, red
	Reasons   []string `json:"reasons"`
	At        string   `json:"at"`
	Started   string   `json:"started"`
	Version   string   `json:"version"`
	Plan      string   `json:"plan"` // version of the plan in force
	PID       int      `json:"pid"`
	Waiting   int      `json:"waiting"` // rows that must go out
	Failing   int      `json:"failing"` // of them, tried in vain
	InWork    int      `json:"in_work"` // files taken from the inbox, not settled
	FreeMB    int64    `json:"free_mb"`
	LastSweep string   `json:"last_sweep"`
	LastError string   `json:"last_error"`
	ErrorAt   string   `json:"error_at"`
	Running   bool     `json:"running"` // filled in by HealthOf
}

// pulse is what the daemon notes of itself between two ticks.
type pulse struct {
	mu             sync.Mutex
	started, swept time.Time
	fault          string // the last error that was logged
	faultAt        time.Time
}

func (p *pulse) sweptAt(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.swept = now
}

func (p *pulse) startedAt(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.started, p.swept = now, now
}

// noting keeps the last error that passes by on its way into the log.
type noting struct {
	slog.Handler
	pulse *pulse
	now   func() time.Time
}

func (h noting) Handle(ctx context.Context, r slog.Record) error {
	if r.Level >= slog.LevelError {
		text := r.Message
		r.Attrs(func(a slog.Attr) bool {
			if a.Key == "err" {
				text += "：" + strings.Join(strings.Fields(a.Value.String()), " ")
			}
			return true
		})
		h.pulse.mu.Lock()
		h.pulse.fault, h.pulse.faultAt = text, h.now()
		h.pulse.mu.Unlock()
	}
	if !h.Handler.Enabled(ctx, r.Level) {
		return nil
	}
	return h.Handler.Handle(ctx, r)
}

// Enabled lets errors pass even where no log is kept.
func (h noting) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelError || h.Handler.Enabled(ctx, l)
}

func (h noting) WithAttrs(attrs []slog.Attr) slog.Handler {
	return noting{h.Handler.WithAttrs(attrs), h.pulse, h.now}
}

func (h noting) WithGroup(name string) slog.Handler {
	return noting{h.Handler.WithGroup(name), h.pulse, h.now}
}

// tellHealth writes how the daemon is; faults are what this tick ran into.
func (w *Workspace) tellHealth(ctx context.Context, faults ...error) {
	h := w.healthNow(ctx, faults)
	b, err := json.MarshalIndent(h, "", "  ")
	if err == nil {
		err = writeHealth(w.path(healthFile), append(b, '\n'))
	}
	if err != nil { // its reader sees that it is gone, or grows old
		w.Log.Warn("运行状况没有写成", "err", err)
	}
}

// writeHealth writes the word of a daemon. On a full disk the old one goes: it may be
// green, and what it took up is room for the new one.
func writeHealth(path string, b []byte) error {
	err := durable.Write(path, b, 0o644)
	if err == nil || os.Remove(path) != nil {
		return err
	}
	return durable.Write(path, b, 0o644)
}

// healthNow looks at what a daemon lives on.
func (w *Workspace) healthNow(ctx context.Context, faults []error) *Health {
	now := w.Now()
	h := &Health{Status: healthy, Reasons: []string{}, At: stamp(now), Version: Version,
		Plan: w.Plan.Version, PID: os.Getpid()}
	w.pulse.mu.Lock()
	h.Started, h.LastSweep = stamp(w.pulse.started), stamp(w.pulse.swept)
	if !w.pulse.faultAt.IsZero() {
		h.LastError, h.ErrorAt = w.pulse.fault, stamp(w.pulse.faultAt)
	}
	idle, troubled := now.Sub(w.pulse.swept), now.Sub(w.pulse.faultAt) < 10*time.Minute
	w.pulse.mu.Unlock()
	if troubled && !strings.HasPrefix(h.LastError, editWrong) { // that is told as long as it is so
		h.say(ailing, "最近有错误："+h.LastError)
	}
	for _, err := range faults {
		if err != nil {
			h.say(ill, strings.Join(strings.Fields(InWords(err)), " "))
		}
	}
	if fault := w.edits.fault(); fault != "" {
		h.say(ailing, fault)
	}
	if idle > max(5*w.folder.Every, 5*time.Minute) {
		h.say(ill, fmt.Sprintf("收件文件夹已有%d分钟没有查看", int(idle.Minutes())))
	}
	w.weighDisk(h)
	w.weighInbox(h, now)
	rows, err := w.Ledger.Backlog(ctx)
	if err != nil {
		h.say(ill, InWords(err))
	}
	h.weighRows(rows)
	return h
}

// say adds a reason; the worst one gives the light.
func (h *Health) say(status, reason string) {
	h.Reasons = append(h.Reasons, reason)
	if status == ill || h.Status == healthy {
		h.Status = status
	}
}

func (w *Workspace) weighDisk(h *Health) {
	free, err := intake.Free(w.folder.Work)
	if err != nil {
		return
	}
	h.FreeMB = free >> 20
	switch {
	case free < w.folder.Reserve:
		h.say(ill, fmt.Sprintf("磁盘只剩%d兆字节，已停止收件", h.FreeMB))
	case free < 5*w.folder.Reserve:
		h.say(ailing, fmt.Sprintf("磁盘只剩%d兆字节", h.FreeMB))
	}
}

func (w *Workspace) weighInbox(h *Health, now time.Time) {
	if _, err := os.ReadDir(w.folder.Inbox); err != nil {
		h.say(ill, "收件文件夹打不开："+InWords(err))
	}
	claims, err := w.folder.InWork()
	if err != nil {
		h.say(ill, "工作文件夹打不开："+InWords(err))
	}
	h.InWork = len(claims)
	if len(claims) > 0 && now.Sub(claims[0].SeenAt) > time.Hour {
		h.say(ill, fmt.Sprintf("“%s”取走已超过一小时，还没有办完", claims[0].Name))
	}
}

// weighRows counts what waits. A file that cannot be written is worse than a
// mail: its receiver looks into the folder and finds nothing.
func (h *Health) weighRows(rows []ledger.Outgoing) {
	files := 0
	for _, o := range rows {
		h.Waiting++
		if o.Attempts == 0 {
			continue
		}
		h.Failing++
		if isFile(o.Kind) {
			files++
		}
	}
	if files > 0 {
		h.say(ill, fmt.Sprintf("发件文件夹里有%d个文件没有写成", files))
	}
	if n := h.Failing - files; n > 0 {
		h.say(ailing, fmt.Sprintf("有%d封邮件没有发出", n))
	}
}

// isFile reports whether rows of a kind are written into the outbox.
func isFile(kind string) bool {
	switch kind {
	case kindReceipt, kindTranscript, kindRefusal, kindForm, kindDigest:
		return true
	}
	return false
}

// HealthOf reads how the daemon of the workspace in dir is at a moment. One
// that does not run, or has said nothing for minutes, is red.
func HealthOf(dir string, now time.Time) (*Health, error) {
	path := filepath.Join(dir, filepath.FromSlash(healthFile))
	if err := isWorkspace(dir); err != nil {
		return nil, err
	}
	h := &Health{Reasons: []string{}}
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, h)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s：%w", path, err)
	}
	if h.Running, err = intake.Locked(filepath.Join(dir, "state")); err != nil {
		return nil, err
	}
	said, _ := time.Parse(time.RFC3339, h.At) // none: long ago
	switch quiet := now.Sub(said); {
	case !h.Running:
		h.Status, h.Reasons = ill, []string{"duban run 没有在运行"}
	case h.At == "":
		h.Status, h.Reasons = ill, []string{"程序没有写出运行状况，磁盘可能已满"}
	case quiet > silence:
		h.Status = ill
		h.Reasons = append(h.Reasons, fmt.Sprintf("运行状况自%s起没有更新，程序可能卡住或磁盘已满", clockTime(said)))
	}
	return h, nil
}

// isWorkspace refuses a folder without settings.
func isWorkspace(dir string) error {
	path := filepath.Join(dir, "duban.yaml")
	if _, err := os.Stat(path); err != nil {
		return &UserError{What: "这里不是督办工作目录：没有 " + path, Fix: "用 -C 目录 指明工作目录。"}
	}
	return nil
}

// Good reports whether nothing needs to be restarted or mended at once.
func (h *Health) Good() bool { return h.Status != ill }
