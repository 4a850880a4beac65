package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"duban/pipeline/durable"
	"duban/pipeline/plan"
)

// Retention clears the outbox and nothing else. Ledger and archive stay for
// ever, so that whatever goes can be written again. It takes only files that the
// ledger knows, or that were answers to trials, and whose month and writing
// both lie far enough back; what others put there stays.

// expired reports whether a file of the outbox, written at a moment, has been
// there long enough.
func (w *Workspace) expired(path string, at time.Time) bool {
	rel, err := filepath.Rel(w.path("outbox"), path)
	if err != nil {
		return false
	}
	parts := strings.Split(filepath.ToSlash(rel), "/")
	if len(parts) < 3 {
		return false
	}
	months := map[string]int{"receipts": w.Config.Retention.ReceiptsMonths,
		"forms": w.Config.Retention.FormsMonths}[parts[0]]
	m, err := plan.ParseMonth(parts[1])
	oldest := plan.MonthAt(w.Now()) - plan.Month(months) // that stays
	return months > 0 && err == nil && m != 0 && m < oldest && plan.MonthAt(at) < oldest
}

// clearDue removes what has expired.
func (w *Workspace) clearDue(ctx context.Context, _ time.Time) (string, error) {
	old, err := w.expiredFiles(ctx)
	if err != nil {
		return "", err
	}
	if len(old) == 0 {
		return "发件文件夹里没有到期的文件。", nil
	}
	if err := durable.Remove(old...); err != nil {
		return "", err
	}
	dirs := map[string]bool{}
	for _, path := range old {
		dirs[filepath.Dir(path)] = true
	}
	var names, left []string
	for dir := range dirs {
		name := filepath.Base(filepath.Dir(dir)) + "/" + filepath.Base(dir)
		names = append(names, name)
		if os.Remove(dir) != nil { // somebody put something there
			left = append(left, name)
		}
	}
	slices.Sort(names)
	slices.Sort(left)
	said := fmt.Sprintf("发件文件夹清理%s，%d个文件", strings.Join(names, "、"), len(old))
	if len(left) > 0 {
		said += "；" + strings.Join(left, "、") + "里还有别的文件，没有动"
	}
	return said + "。", w.Ledger.Audit(ctx, "定时任务", "清理", said)
}

// expiredFiles lists what has expired and is still there.
func (w *Workspace) expiredFiles(ctx context.Context) ([]string, error) {
	sent, err := w.sentFiles(ctx)
	if err != nil {
		return nil, err
	}
	var old []string
	for path, f := range sent {
		if _, err := os.Lstat(path); err == nil && w.expired(path, f.At) {
			old = append(old, path)
		}
	}
	trials, err := os.ReadDir(w.path("outbox/receipts"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	for _, month := range trials {
		dir := w.path("outbox/receipts/" + month.Name())
		entries, _ := os.ReadDir(dir) // a file there is nobody's
		for _, e := range entries {
			info, err := e.Info()
			path := filepath.Join(dir, e.Name())
			if err == nil && strings.HasPrefix(e.Name(), "预检-") && w.expired(path, info.ModTime()) {
				old = append(old, path)
			}
		}
	}
	slices.Sort(old)
	return old, nil
}
