package intake

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// office is a folder on a real disk that takes files at first sight.
func office(t *testing.T) *Folder {
	t.Helper()
	dir := t.TempDir()
	at := func(s string) string { return filepath.Join(dir, s) }
	f := &Folder{
		Inbox: at("inbox"), Work: at("state/work"), Archive: at("state/archive"),
		Quarantine: at("state/quarantine"), Rest: -1, Reserve: 1,
		UnitOf: func(folder string) string {
			return map[string]string{"区教育局": "jyj", "教育局": "jyj"}[folder]
		},
	}
	if err := os.MkdirAll(f.Inbox, 0o755); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAFileIsTakenWhenItHasRested(t *testing.T) {
	f := office(t)
	f.Rest = 0 // the default, two seconds
	synctest.Test(t, func(t *testing.T) {
		office := time.Date(2025, 4, 1, 9, 0, 0, 0, time.UTC)
		f.Now = func() time.Time { return office }
		drop(t, f, "表.xlsx", "one")
		if n := len(claimed(t, f)); n != 0 || f.Waiting() != 1 {
			t.Errorf("at first sight %d taken, %d waiting", n, f.Waiting())
		}
		time.Sleep(time.Second)
		office = office.Add(-time.Hour) // the office's clock is put back
		if n := len(claimed(t, f)); n != 0 {
			t.Error("taken after one second")
		}
		time.Sleep(time.Second)
		c := claimed(t, f)
		if len(c) != 1 || string(c[0].Bytes) != "one" || f.Waiting() != 0 {
			t.Fatalf("after two seconds: %v, %d waiting", c, f.Waiting())
		}
		if got := c[0].SeenAt.Format(time.DateTime); got != "2025-04-01 09:00:00" {
			t.Errorf("seen at %s, want the first look", got)
		}
		if c[0].SHA256 != hash([]byte("one")) || c[0].Channel != ByFolder || c[0].Size != 3 {
			t.Errorf("the claim is %+v", c[0])
		}
	})
}

func TestAFileThatChangesBetweenLooksIsLeft(t *testing.T) {
	f := office(t)
	f.Rest = 2 * time.Second
	path := filepath.Join(f.Inbox, "表.xlsx")
	changes := []struct {
		name string
		make func() error
	}{
		{"it grows", func() error { return os.WriteFile(path, []byte("longer"), 0o644) }},
		{"its time changes", func() error {
			return os.Chtimes(path, time.Now(), time.Now().Add(time.Hour))
		}},
		{"another takes its place, as old and as long", func() error {
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			other := path + ".part"
			if err := os.WriteFile(other, []byte("LONGER"), 0o644); err != nil {
				return err
			}
			if err := os.Chtimes(other, info.ModTime(), info.ModTime()); err != nil {
				return err
			}
			return os.Rename(other, path)
		}},
	}
	synctest.Test(t, func(t *testing.T) {
		drop(t, f, "表.xlsx", "one")
		claimed(t, f)
		for _, c := range changes {
			time.Sleep(3 * time.Second)
			if err := c.make(); err != nil {
				t.Fatal(err)
			}
			if got := claimed(t, f); len(got) != 0 {
				t.Fatalf("%s: taken with %q", c.name, got[0].Bytes)
			}
		}
		time.Sleep(2 * time.Second)
		if got := claimed(t, f); len(got) != 1 || string(got[0].Bytes) != "LONGER" {
			t.Errorf("when it rested: %v", got)
		}
	})
}

func TestSlowWritersAreNeverCutShort(t *testing.T) {
	f := office(t)
	f.Rest = 2 * time.Second
	synctest.Test(t, func(t *testing.T) {
		const writers, lines = 20, 30
		for i := range writers {
			go func() {
				w, err := os.Create(filepath.Join(f.Inbox, fmt.Sprintf("%d.xlsx", i)))
				if err != nil {
					t.Error(err)
					return
				}
				defer w.Close()
				for n := range lines {
					fmt.Fprintf(w, "line %d of %d\n", n, i)
					time.Sleep(time.Duration(100*(i+1)%1900) * time.Millisecond)
				}
			}()
		}
		got := map[string]int{}
		for range 200 {
			time.Sleep(700 * time.Millisecond)
			for _, c := range claimed(t, f) {
				got[c.Name] = strings.Count(string(c.Bytes), "\n")
			}
		}
		for i := range writers {
			if n := got[fmt.Sprintf("%d.xlsx", i)]; n != lines {
				t.Errorf("file %d was taken with %d lines of %d", i, n, lines)
			}
		}
	})
}

// TestAFileIsNotTakenFromUnderItsWriter: a copy that stands still for longer than a file
// must rest is taken when it is done, whole, and what is archived is never written into.
func TestAFileIsNotTakenFromUnderItsWriter(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells")
	}
	f := office(t)
	f.Rest = -1
	w, err := os.Create(filepath.Join(f.Inbox, "表.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	for _, half := range []string{"first half, ", "second half"} {
		if _, err := w.WriteString(half); err != nil {
			t.Fatal(err)
		}
		claims, notices := lookOnce(t, f)
		if len(claims) != 0 {
			t.Fatalf("taken with %q", claims[0].Bytes)
		}
		if (len(notices) == 1) != (half == "first half, ") {
			t.Errorf("notices %v", notices)
		}
	}
	old, err := f.Untaken(-time.Hour)
	if err != nil || len(old) != 1 || old[0].Code != "being-written" {
		t.Errorf("why it still lies there: %v, %v", old, err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got := claimed(t, f); len(got) != 1 || string(got[0].Bytes) != "first half, second half" {
		t.Errorf("when it was closed: %v", got)
	}
}

func TestLocksAndTemporariesAreIgnored(t *testing.T) {
	f := office(t)
	names := []string{"~$表.xlsx", ".~lock.表.xlsx#", "._表.xlsx", ".DS_Store", "表.tmp",
		"表.xlsx.PART", "表.crdownload", "Thumbs.db", "desktop.ini", "README.md"}
	for _, n := range names {
		drop(t, f, n, "x")
	}
	claims, notices := lookOnce(t, f)
	if len(claims) != 0 || len(notices) != 0 {
		t.Errorf("fresh ones gave %d claims and %v", len(claims), notices)
	}
	f.Now = func() time.Time { return time.Now().Add(25 * time.Hour) }
	_, notices = lookOnce(t, f)
	if len(notices) != len(names)-1 {
		t.Errorf("a day later %d notices, want one for each but README.md:\n%v",
			len(notices), notices)
	}
	if _, again := lookOnce(t, f); len(again) != 0 {
		t.Errorf("said again: %v", again)
	}
	if got := len(list(t, f.Inbox)); got != len(names) {
		t.Errorf("%d files are left of %d", got, len(names))
	}
	drop(t, f, "区教育局/README.md", "a form of that name")
	if claims := claimed(t, f); len(claims) != 1 {
		t.Error("README.md is special below the top, too")
	}
}

func TestUnitFoldersTellWhoSent(t *testing.T) {
	f := office(t)
	drop(t, f, "区教育局/表.xlsx", "one")
	drop(t, f, "某某局/表.xlsx", "two")
	drop(t, f, "表.xlsx", "three")
	claims, notices := lookOnce(t, f)
	var got []string
	for _, c := range claims {
		got = append(got, c.SubFolder+"|"+c.Unit+"|"+c.Name)
	}
	want := []string{"区教育局|jyj|表.xlsx", "某某局||表.xlsx", "||表.xlsx"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("claims (-want +got):\n%s", d)
	}
	if len(notices) != 1 || notices[0].Code != "strange-folder" {
		t.Errorf("notices: %v", notices)
	}
}

func TestHostileNamesAreShownCleanAndTakeNothingDown(t *testing.T) {
	f := office(t)
	long := strings.Repeat("长", 83) + ".xlsx" // 254 bytes
	for _, c := range []struct{ raw, shown string }{
		{"a\nb.xlsx", "a b.xlsx"},
		{"收入\u202exslx.exe.xlsx", "收入xslx.exe.xlsx"},
		{"\xb1\xed\xb8\xf1.xlsx", "表格.xlsx"}, // GBK
		{"-rf.xlsx", "-rf.xlsx"},
		{"e\u0301\u200b.xlsx", "\u00e9.xlsx"},
		{"..\\..\\x.xlsx", ""}, // begins with a dot: ignored
		{"a\\b.xlsx", "a_b.xlsx"},
		{"\x1b[31m.xlsx", "[31m.xlsx"},
		{"\xff\xfe.xlsx", "\uFFFD.xlsx"},
		{"\u200b", "未命名文件"},
		{long, long},
	} {
		drop(t, f, c.raw, "content of "+c.raw)
		claims := claimed(t, f)
		if c.shown == "" {
			if len(claims) != 0 {
				t.Errorf("%q was taken", c.raw)
			}
			continue
		}
		if len(claims) != 1 {
			t.Errorf("%q: %d claims", c.raw, len(claims))
			continue
		}
		if got := claims[0].Name; got != c.shown && !strings.Contains(c.raw, "\xff") {
			t.Errorf("%q is shown as %q, want %q", c.raw, got, c.shown)
		}
		if err := f.Settle(claims...); err != nil {
			t.Errorf("%q: %v", c.raw, err)
		}
		if b, err := f.Kept(claims[0].SHA256); err != nil || string(b) != "content of "+c.raw {
			t.Errorf("%q is kept as %q, %v", c.raw, b, err)
		}
	}
	if left := list(t, f.Work); len(left) != 0 {
		t.Errorf("work holds %q", left)
	}
}

func TestABigFileIsClaimedAndNotRead(t *testing.T) {
	f := office(t)
	path := filepath.Join(f.Inbox, "大.xlsx")
	w, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Truncate(1 << 40); err != nil {
		t.Skip("no sparse files here")
	}
	w.Close()
	claims := claimed(t, f)
	if len(claims) != 1 || !claims[0].TooBig || claims[0].Bytes != nil || claims[0].SHA256 != "" ||
		claims[0].Size != 1<<40 {
		t.Fatalf("claims: %+v", claims)
	}
	if got, err := f.Pending(); err != nil || len(got) != 1 || !got[0].TooBig {
		t.Fatalf("after a restart: %+v, %v", got, err)
	}
	for range 2 {
		if err := f.Settle(claims...); err != nil {
			t.Fatal(err)
		}
	}
	if got := list(t, f.Quarantine); len(got) != 1 || got[0] != claims[0].ID {
		t.Errorf("quarantine holds %q", got)
	}
}

func TestOneLookTakesABatchAndTheNextTheRest(t *testing.T) {
	f := office(t)
	f.Batch = 60
	for i := range 130 {
		drop(t, f, fmt.Sprintf("%03d.xlsx", i), fmt.Sprint("form ", i))
	}
	var sizes []int
	var names []string
	for range 4 {
		claims := claimed(t, f)
		sizes = append(sizes, len(claims))
		for _, c := range claims {
			names = append(names, c.Name)
		}
	}
	if d := cmp.Diff([]int{60, 60, 10, 0}, sizes); d != "" {
		t.Errorf("batches (-want +got):\n%s", d)
	}
	for i, n := range names {
		if n != fmt.Sprintf("%03d.xlsx", i) {
			t.Fatalf("place %d has %s: the order is lost", i, n)
		}
	}
}

func TestNothingIsTakenBelowTheReserve(t *testing.T) {
	f := office(t)
	free := int64(100 << 20)
	f.Reserve = 200 << 20
	f.Free = func(string) (int64, error) { return free, nil }
	drop(t, f, "表.xlsx", "one")
	claims, notices := lookOnce(t, f)
	if len(claims) != 0 || len(notices) != 1 || notices[0].Code != "no-room" {
		t.Errorf("with 100 MB: %v, %v", claims, notices)
	}
	if !strings.Contains(notices[0].Text, "100兆字节") {
		t.Errorf("the notice says %s", notices[0])
	}
	free = 300 << 20
	if claims := claimed(t, f); len(claims) != 1 {
		t.Error("not taken when there was room again")
	}
	if n, err := freeBytes(f.Work); err != nil || n <= 0 {
		t.Errorf("the system says %d bytes are free, %v", n, err)
	}
}

func TestAnUnwritableWorkFolderLeavesTheInboxAlone(t *testing.T) {
	f := office(t)
	drop(t, f, "表.xlsx", "one")
	blocked := f.Work
	if err := os.MkdirAll(filepath.Dir(blocked), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(blocked, nil, 0o644); err != nil { // a file stands in its place
		t.Fatal(err)
	}
	claims, notices := lookOnce(t, f)
	if len(claims) != 0 || len(notices) != 1 || notices[0].Code != "work-unwritable" {
		t.Errorf("claims %v, notices %v", claims, notices)
	}
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	if claims := claimed(t, f); len(claims) != 1 || string(claims[0].Bytes) != "one" {
		t.Errorf("when it was mended: %v", claims)
	}
}

func TestAMissingInboxIsANoticeAndComesBack(t *testing.T) {
	f := office(t)
	if err := os.Remove(f.Inbox); err != nil {
		t.Fatal(err)
	}
	if _, notices := lookOnce(t, f); len(notices) != 1 || notices[0].Code != "inbox-missing" {
		t.Errorf("notices: %v", notices)
	}
	drop(t, f, "表.xlsx", "one")
	if claims := claimed(t, f); len(claims) != 1 {
		t.Error("not taken when the inbox was back")
	}
}

func TestOnceWaitsUntilFilesHaveRested(t *testing.T) {
	f := office(t)
	f.Rest = 5 * time.Second
	drop(t, f, "表.xlsx", "one")
	synctest.Test(t, func(t *testing.T) {
		claims, _, err := f.Once(t.Context())
		if err != nil || len(claims) != 1 {
			t.Errorf("claims %v, %v", claims, err)
		}
	})
}

func drop(t *testing.T, f *Folder, name, content string) {
	t.Helper()
	path := f.Inbox + "/" + name
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func claimed(t *testing.T, f *Folder) []Claim {
	t.Helper()
	claims, _ := lookOnce(t, f)
	return claims
}

func lookOnce(t *testing.T, f *Folder) ([]Claim, []Notice) {
	t.Helper()
	claims, notices, err := f.Look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return claims, notices
}

// list names every file below dir.
func list(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
