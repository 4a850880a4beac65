package doctor_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"duban/pipeline"
	"duban/pipeline/intake"
)

// ailment is one way to break a workspace. also is what else must be found
// because of it; note says that it leaves the workspace healthy.
type ailment struct {
	code, name string
	break_     func(p *patient)
	also       []string
	anyway     []string // what may be found as well
	note       bool
}

// elsewhere is what has a test of its own.
var elsewhere = map[string]bool{"remote-disk": true}

var ailments = []ailment{
	{code: "settings", name: "an unknown setting", also: []string{"left-out"},
		break_: func(p *patient) { p.replace("duban.yaml", "office: ", "ofice: ") }},
	{code: "plan", name: "a unit that is in no list", also: []string{"left-out"},
		break_: func(p *patient) { p.replace("plan/units.yaml", "区残联", "区残疾人联合会办公室甲") }},
	{code: "calendar", name: "gone", also: []string{"left-out"},
		break_: func(p *patient) { p.remove(p.path("plan/calendar.yaml")) }},
	{code: "calendar-end", name: "next year missing in November",
		break_: func(p *patient) { p.now = time.Date(2026, 11, 10, 9, 0, 0, 0, now.Location()) }},
	{code: "calendar-end", name: "this year missing",
		break_: func(p *patient) { p.now = time.Date(2028, 2, 1, 9, 0, 0, 0, now.Location()) }},
	{code: "audiences", name: "no list", also: []string{"left-out"},
		break_: func(p *patient) { p.write("plan/audiences.yaml", "audiences: 1\n") }},
	{code: "wording", name: "not a template", also: []string{"left-out"},
		break_: func(p *patient) { p.write("templates/digest.txt", "{{define") }},
	{code: "key", name: "gone", also: []string{"left-out"},
		break_: func(p *patient) { p.remove(p.path("state/key")) }},
	{code: "key-open", name: "to be read by all",
		break_: func(p *patient) { p.must(os.Chmod(p.path("state/key"), 0o644)) }},
	{code: "mail", name: "no password", break_: func(p *patient) {
		p.replace("duban.yaml", `  address: ""`, `  address: duban@example.gov.cn`)
		p.replace("duban.yaml", "  smtp:\n    host: \"\"\n    port: 0\n    security: tls\n    user: \"\"\n"+
			"    password_env: \"\"", "  smtp:\n    host: smtp.example.gov.cn\n    port: 0\n"+
			"    security: tls\n    user: duban\n    password_env: DUBAN_NO_SUCH_PASSWORD")
	}},
	{code: "mail", name: "no certificate", also: []string{"left-out"},
		break_: func(p *patient) { p.replace("duban.yaml", `ca: ""`, `ca: none.pem`) }},
	{code: "fonts", name: "not there",
		break_: func(p *patient) { p.replace("duban.yaml", `fangsong: ""`, `fangsong: none.ttf`) }},
	{code: "disk", name: "below the reserve",
		break_: func(p *patient) { p.replace("duban.yaml", "reserve_mb: 200", "reserve_mb: 900000000") }},
	{code: "writable", name: "no inbox", break_: func(p *patient) { p.remove(p.path("inbox")) }},
	{code: "writable", name: "the outbox is a file", also: []string{"outbox"},
		break_: func(p *patient) { p.remove(p.path("outbox")); p.write("outbox", "") }},
	{code: "ledger", name: "emptied", also: []string{"left-out"},
		break_: func(p *patient) { p.write("state/duban.db", "") }},
	{code: "ledger", name: "gone with its marker", also: []string{"left-out"},
		break_: func(p *patient) { p.remove(p.path("state/duban.db")); p.remove(p.path("state/ledger.id")) }},
	{code: "ledger", name: "no database", also: []string{"left-out"},
		break_: func(p *patient) { p.write("state/duban.db", strings.Repeat("督办", 4096)) }},
	{code: "ledger", name: "older than its marker", also: []string{"left-out"},
		break_: func(p *patient) { p.replace("state/ledger.id", "submissions 1\n", "submissions 7\n") }},
	{code: "ledger", name: "a marker that cannot be read", also: []string{"left-out"},
		break_: func(p *patient) { p.write("state/ledger.id", "?") }},
	{code: "ledger", name: "newer than the program", also: []string{"left-out"},
		break_: func(p *patient) { p.exec("PRAGMA user_version = 999") }},
	{code: "integrity", name: "a row that points to none",
		break_: func(p *patient) { p.exec("UPDATE figures SET reading = 99") }},
	{code: "integrity", name: "an index that lies", break_: lyingIndex,
		also: []string{"originals", "strangers"}},
	{code: "chain", name: "a row put in past the program",
		break_: func(p *patient) {
			p.exec(`INSERT INTO audit (at, who, act, detail)
				VALUES ('2025-02-05T09:00:00+08:00', '', '', '')`)
		}},
	{code: "chain", name: "a link is gone",
		break_: func(p *patient) { p.exec("DELETE FROM chain WHERE seq = 1") }},
	{code: "chain", name: "a figure is another, looked at deeply", break_: func(p *patient) {
		p.Deep = true
		p.exec("UPDATE figures SET total = '6'")
	}},
	{code: "clock", name: "went back a day",
		break_: func(p *patient) { p.now = now.AddDate(0, 0, -1) }},
	{code: "daemon", name: "says nothing", break_: func(p *patient) {
		p.write("state/health.json", `{"status":"green","at":"2025-02-05T08:00:00+08:00"}`)
		p.lock()
	}},
	{code: "daemon", name: "is ill", break_: func(p *patient) {
		p.write("state/health.json", `{"status":"red","reasons":["磁盘满了"],"at":"2025-02-05T09:00:00+08:00"}`)
		p.lock()
	}},
	{code: "originals", name: "one is gone",
		break_: func(p *patient) { p.remove(p.one("state/archive/*/*")) }},
	{code: "originals", name: "one is shorter",
		break_: func(p *patient) { p.must(os.Truncate(p.one("state/archive/*/*"), 10)) }},
	{code: "originals", name: "one byte is another", break_: flippedByte},
	{code: "strangers", name: "a file that nobody took",
		break_: func(p *patient) { p.write("state/archive/ab/"+strings.Repeat("ab", 32), "PK") }},
	{code: "set-aside", name: "a damaged file that was replaced",
		break_: func(p *patient) { p.write("state/quarantine/ab12.damaged-1", "PK") }},
	{code: "held", name: "for four days", break_: heldFor(4 * 24 * time.Hour)},
	{code: "held", name: "since an hour", note: true, break_: heldFor(time.Hour)},
	{code: "stale-claims", name: "taken yesterday", break_: func(p *patient) {
		p.write("state/work/0001-a", "PK")
		p.write("state/work/0001-a.json", `{"id":"0001-a","seen_at":"2025-02-04T09:00:00+08:00"}`)
	}},
	{code: "fallen", name: "three times, and held", also: []string{"held"},
		break_: func(p *patient) {
			heldFor(time.Hour)(p)
			fallenOver("file", "state/quarantine/*/*", 3)(p)
		}},
	{code: "fallen", name: "three times, and decided", note: true,
		break_: fallenOver("file", "state/archive/*/*", 3)},
	{code: "fallen", name: "three times over its receipt", note: true,
		break_: fallenOver("receipt", "state/archive/*/*", 3)},
	{code: "fallen", name: "once", note: true, break_: fallenOver("file", "state/archive/*/*", 1)},
	{code: "fallen", name: "a note that cannot be read",
		break_: func(p *patient) { p.write("state/in-hand.json", "{") }},
	{code: "temporaries", name: "in the outbox", break_: func(p *patient) {
		p.write("outbox/forms/.tmp-1", "x")
		p.must(os.Chtimes(p.path("outbox/forms/.tmp-1"), now, now.Add(-2*time.Hour)))
	}},
	{code: "inbox", name: "a file nobody took", break_: func(p *patient) {
		p.write("inbox/区残联/表.xlsx", "PK")
		p.now = time.Now().AddDate(0, 0, 2) // a file's own time cannot be set
	}, anyway: []string{"calendar-end"}},
	{code: "inbox", name: "a link", break_: func(p *patient) {
		p.must(os.Symlink(p.path("duban.yaml"), p.path("inbox/表.xlsx")))
	}},
	{code: "outgoing", name: "a receipt that cannot be written", break_: stuckReceipt,
		also: []string{"outbox", "unknown-files"}},
	{code: "outbox", name: "a receipt is gone",
		break_: func(p *patient) { p.remove(p.one("outbox/receipts/*/*.xlsx")) }},
	{code: "outbox", name: "a month of forms is gone",
		break_: func(p *patient) { p.remove(p.path("outbox/forms/2025-01")) }},
	{code: "unknown-files", name: "somebody's notes", note: true,
		break_: func(p *patient) { p.write("outbox/receipts/2025-01/备注.txt", "x") }},
	{code: "backups", name: "not made when it was due", break_: func(p *patient) {
		p.replace("duban.yaml", `backup: ""`, `backup: "30 1 * * *"`)
		w := p.open()
		defer w.Close()
		_, err := w.Backup(p.Context(), "")
		p.must(err)
		p.now = now.AddDate(0, 0, 3)
	}},
}

func (p *patient) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

// exec changes the database behind the program's back.
func (p *patient) exec(statement string) {
	p.Helper()
	db, err := sql.Open("sqlite", p.path("state/duban.db"))
	p.must(err)
	defer db.Close()
	_, err = db.Exec(statement)
	p.must(err)
}

// lock plays a daemon that runs.
func (p *patient) lock() {
	held, err := intake.Lock(p.path("state"))
	p.must(err)
	p.Cleanup(func() { held.Release() })
}

func lyingIndex(p *patient) {
	b, err := os.ReadFile(p.path("state/duban.db"))
	p.must(err)
	sha := filepath.Base(p.one("state/archive/*/*"))
	// The table comes before its index, and the index's copy is changed.
	at := strings.LastIndex(string(b), sha)
	if at == strings.Index(string(b), sha) {
		p.Fatal("the hash stands in one place")
	}
	b[at+60] ^= 1
	p.must(os.WriteFile(p.path("state/duban.db"), b, 0o644))
}

func flippedByte(p *patient) {
	p.Deep = true
	path := p.one("state/archive/*/*")
	b, err := os.ReadFile(path)
	p.must(err)
	b[len(b)/2] ^= 1
	p.must(os.WriteFile(path, b, 0o644))
}

// heldFor hands a form in as another unit's and waits.
func heldFor(wait time.Duration) func(p *patient) {
	return func(p *patient) {
		w := p.open()
		defer w.Close()
		b, err := os.ReadFile(p.one("state/archive/*/*"))
		p.must(err)
		p.submit(w, "别家的.xlsx", append(b, ' '), pipeline.Handing{Unit: w.Plan.Unit("jtj")})
		p.now = now.Add(wait)
	}
}

// fallenOver notes that the program ended so often over a file that was taken, or over
// its receipt.
func fallenOver(doing, file string, times int) func(p *patient) {
	return func(p *patient) {
		p.write("state/in-hand.json", fmt.Sprintf(`{"program":%q,"fell":{"%s/%s":%d}}`,
			pipeline.Version, doing, filepath.Base(p.one(file)), times))
	}
}

func stuckReceipt(p *patient) {
	p.remove(p.path("outbox/receipts"))
	p.write("outbox/receipts", "")
	w := p.open()
	defer w.Close()
	b, err := os.ReadFile(p.one("state/archive/*/*"))
	p.must(err)
	path := filepath.Join(p.TempDir(), "又.xlsx")
	p.must(os.WriteFile(path, b, 0o644))
	if _, err := w.Submit(p.Context(), []string{path}, pipeline.Handing{}); err == nil {
		p.Fatal("a receipt was written into a file")
	}
}
