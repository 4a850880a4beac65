package pipeline

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"duban/pipeline/durable"
	"duban/pipeline/intake"
	"duban/pipeline/ledger"
	"duban/pipeline/plan"
	"duban/pipeline/post"
	"duban/pipeline/receipt"
	"duban/pipeline/schedule"
	"duban/pipeline/sheet"
	"duban/pipeline/wording"
	"duban/seeds"
	"duban/templates"
)

// Version is the program's version, pinned by every reading and edition.
const Version = "0.1.0"

// Workspace is one office's folder: settings, plan, ledger and the files.
//
//	duban.yaml            settings
//	plan/                 the plan and the units, editable
//	templates/            the office's own wording, where it has any
//	inbox/ inbox/<unit>/  forms come in
//	outbox/               forms/, receipts/ and digests/, by month
//	state/                ledger, archive, key: the program's own
type Workspace struct {
	Dir    string
	Config Config
	Plan   *plan.Plan
	Ledger *ledger.Ledger
	Now    func() time.Time // in Beijing time
	Log    *slog.Logger

	operator  string // who runs the program
	reason    string // what for; "" where he did not say
	pulse     *pulse
	sending   *sync.Mutex // one goroutine at a time carries rows out
	taking    *sync.Mutex // and one judges and stores files
	known     *known      // what they are judged against; nil: nothing yet
	key       []byte
	calendar  *plan.Calendar
	audiences []plan.Audience // the supervision office itself first
	wording   words
	folder    *intake.Folder
	disk      func(dir string) (name string, remote bool) // nil: doctor.FileSystem
	fonts     *faces                                      // read on first use

	mailboxes []*intake.Mailbox
	poster    *post.Server  // nil: no mail goes out
	toPost    chan struct{} // asks for the mail to be sent soon
	// What reads a file and writes its receipt; tests put worse in their place.
	read  func([]byte, sheet.Limits) (*sheet.Workbook, error)
	write func(*receipt.Receipt) (xlsx []byte, text string, err error)
	hand  *hand  // nil: nobody counts
	edits *edits // nil: nobody looks
	// patient: there is a next look, for files that may not be whole yet.
	patient bool
}

// Options are what a workspace is given from outside.
type Options struct {
	Now func() time.Time // the clock; time.Now when nil
	By  string           // who runs the program, for the audit log; "": 管理员
	Log *slog.Logger     // discarded when nil
	// Examine opens the ledger to be looked at only, though it was tampered
	// with: for Verify.
	Examine bool
}

// Init makes a new workspace in dir with the built-in plan and settings.
func Init(dir string) error {
	if dir == "" {
		return &UserError{What: "没有写明新工作目录", Fix: "如 duban init 督办2025。"}
	}
	if _, err := os.Stat(filepath.Join(dir, "duban.yaml")); err == nil {
		return &UserError{What: dir + " 已经是督办工作目录", Fix: "换一个目录，或直接使用它。"}
	}
	for _, name := range []string{"state", "plan"} { // another key would make every form a forgery
		if all, err := os.ReadDir(filepath.Join(dir, name)); err == nil && len(all) > 0 {
			return &UserError{What: dir + " 里已有 " + name + " 文件夹，没有动它",
				Fix: "要新建，换一个目录。原是工作目录、只丢了 duban.yaml 的，从备份里取回；" +
					"没有备份的，用 duban init 另建一个目录，把其中的 duban.yaml 拷来改好。"}
		}
	}
	if err := makeFolders(dir); err != nil {
		return err
	}
	names, err := fs.Glob(seeds.Files, "*")
	if err != nil {
		return err
	}
	for _, name := range names {
		b, err := fs.ReadFile(seeds.Files, name)
		if err != nil {
			return err
		}
		if err := durable.Write(filepath.Join(dir, "plan", name), b, 0o644); err != nil {
			return err
		}
	}
	if err := durable.Write(filepath.Join(dir, wordingDir, wordingPage),
		[]byte(wording.Editable(templates.Page)), 0o644); err != nil {
		return err
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return err
	}
	if err := durable.Write(filepath.Join(dir, "state", "key"),
		[]byte(hex.EncodeToString(key)+"\n"), 0o600); err != nil {
		return err
	}
	// The settings come last: they make the folder a workspace.
	return durable.Write(filepath.Join(dir, "duban.yaml"), templates.Settings, 0o644)
}

// makeFolders makes the folders that every workspace has.
func makeFolders(dir string) error {
	for _, d := range []string{"plan", "inbox", "outbox/forms", "outbox/receipts",
		"outbox/digests", wordingDir, "state"} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.FromSlash(d)), 0o755); err != nil {
			return err
		}
	}
	return nil
}

// Open reads a workspace's settings and plan and opens its ledger.
func Open(ctx context.Context, dir string, o Options) (*Workspace, error) {
	w := &Workspace{Dir: dir, Log: o.Log, Now: o.Now, operator: o.By, pulse: &pulse{},
		sending: &sync.Mutex{}, taking: &sync.Mutex{}, read: sheet.Read, write: receipt.Write}
	if w.operator == "" {
		w.operator = "管理员"
	}
	if w.Log == nil {
		w.Log = slog.New(slog.DiscardHandler)
	}
	clock := o.Now
	if clock == nil {
		clock = time.Now
	}
	w.Now = func() time.Time { return clock().In(schedule.Zone) }
	w.Log = slog.New(maskedLog{noting{w.Log.Handler(), w.pulse, w.Now}})
	var err error
	if w.Config, err = readConfig(w.path("duban.yaml")); err != nil {
		return nil, err
	}
	if w.Plan, err = ReadPlan(w.path(w.Config.Plan)); err != nil {
		return nil, err
	}
	if w.calendar, err = readCalendar(w.path(w.Config.Calendar)); err != nil {
		return nil, err
	}
	if w.wording, err = readWording(w.path(wordingDir)); err != nil {
		return nil, err
	}
	if w.audiences, err = readAudiences(w.path(w.Config.Audiences)); err != nil {
		return nil, err
	}
	if w.key, err = readKey(w.path("state/key")); err != nil {
		return nil, err
	}
	w.fonts = &faces{load: w.loadFonts}
	w.folder = w.newFolder()
	w.folder.UnitOf = w.unitOf
	w.toPost = make(chan struct{}, 1)
	if err := w.openMail(); err != nil {
		return nil, err
	}
	w.Ledger, err = ledger.Open(ctx, w.path("state/duban.db"),
		ledger.Options{Now: w.Now, Begin: w.mayBegin, Examine: o.Examine})
	if err != nil {
		return nil, err
	}
	if w.Ledger.Began() {
		if err := w.anchor(ctx); err != nil {
			return nil, errors.Join(err, w.Close())
		}
	}
	return w, nil
}

// newFolder is the inbox and the places its files go to.
func (w *Workspace) newFolder() *intake.Folder {
	return &intake.Folder{
		Inbox: w.path("inbox"), Work: w.path("state/work"), Archive: w.path("state/archive"),
		Quarantine: w.path("state/quarantine"), Rest: w.Config.Intake.Rest,
		Every: w.Config.Intake.Sweep, Reserve: int64(w.Config.Intake.ReserveMB) << 20,
		Now: w.Now, Log: w.Log,
	}
}

// mayBegin refuses a new ledger beside an archive that is not empty: then the
// ledger was lost, and starting with none would take every form anew.
func (w *Workspace) mayBegin() error {
	kept, err := fs.Glob(os.DirFS(w.Dir), "state/archive/*/*")
	if err != nil || len(kept) == 0 {
		return err
	}
	return fmt.Errorf("台账 %s 不见了，而存档里有%d份报送件\n从备份恢复台账后再启动；不要新建空台账。",
		w.path("state/duban.db"), len(kept))
}

// anchor begins every job now: what was due before there was a workspace is
// not caught up.
func (w *Workspace) anchor(ctx context.Context) error {
	for _, name := range []string{jobForms, jobClose, jobDigest} {
		if err := w.Ledger.JobDone(ctx, name, w.Now()); err != nil {
			return err
		}
	}
	return nil
}

// unitOf is the code of the unit an inbox folder is named after.
func (w *Workspace) unitOf(folder string) string {
	if u := w.Plan.Unit(folder); u != nil {
		return u.Code
	}
	return ""
}

// Answered is how many deliveries have their receipt.
func (w *Workspace) Answered(ctx context.Context) (int, error) {
	return w.Ledger.Answered(ctx)
}

// Waiting is how much is still to go out.
func (w *Workspace) Waiting(ctx context.Context) (int, error) {
	rows, err := w.Ledger.Backlog(ctx)
	return len(rows), err
}

// Close closes the ledger and the files of the fonts.
func (w *Workspace) Close() error { return errors.Join(w.fonts.close(), w.Ledger.Close()) }

// path is a place in the workspace, given with forward slashes.
func (w *Workspace) path(rel string) string {
	if filepath.IsAbs(rel) {
		return rel
	}
	return filepath.Join(w.Dir, filepath.FromSlash(rel))
}

// PlanOf reads the plan of the workspace in dir, without opening its ledger, and
// proves the files that go with it.
func PlanOf(dir string) (*plan.Plan, error) {
	c, err := readConfig(filepath.Join(dir, "duban.yaml"))
	if err != nil {
		return nil, err
	}
	at := func(path string) string {
		if filepath.IsAbs(path) {
			return path
		}
		return filepath.Join(dir, filepath.FromSlash(path))
	}
	if _, err := readCalendar(at(c.Calendar)); err != nil {
		return nil, err
	}
	if _, err := readWording(at(wordingDir)); err != nil {
		return nil, err
	}
	return ReadPlan(at(c.Plan))
}

// UnitNamed finds a unit by canonical name, alias or code; "" is no unit.
func (w *Workspace) UnitNamed(name string) (*plan.Unit, error) {
	if name == "" {
		return nil, nil
	}
	if u := w.Plan.Unit(name); u != nil {
		return u, nil
	}
	return nil, &UserError{What: "方案里没有“" + name + "”这个单位",
		Fix: "写全称、简称或代码；用 duban status 或 plan/units.yaml 查看单位名称。"}
}
