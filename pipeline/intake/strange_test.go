//go:build linux

package intake

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhatIsNoFileIsLeftAndSaidOnce(t *testing.T) {
	f := office(t)
	at := func(s string) string { return filepath.Join(f.Inbox, s) }
	secret := filepath.Join(t.TempDir(), "secret.xlsx")
	write(t, secret, "not for the inbox")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(syscall.Mkfifo(at("pipe.xlsx"), 0o644))
	must(os.Symlink(secret, at("link.xlsx")))
	must(os.Symlink(filepath.Dir(secret), at("folder")))
	must(os.Symlink("nowhere", at("dangling.xlsx")))
	must(os.MkdirAll(at("教育局/下级"), 0o755))
	must(syscall.Mkfifo(at("教育局/pipe.xlsx"), 0o644))
	drop(t, f, "教育局/下级/表.xlsx", "too deep")
	drop(t, f, "教育局/表.xlsx", "good")
	drop(t, f, ".git/config", "hidden")
	want := []string{
		"not-regular dangling.xlsx", "not-regular folder", "not-regular link.xlsx",
		"not-regular pipe.xlsx", "not-regular 教育局/pipe.xlsx", "too-deep 教育局/下级",
	}
	if err := syscall.Mknod(at("zero.xlsx"), syscall.S_IFCHR|0o644, 1<<8|5); err == nil {
		want = append(want, "not-regular zero.xlsx") // only root may make one
	}
	l, err := net.Listen("unix", at("s"))
	must(err)
	defer l.Close()
	want = append(want, "not-regular s")
	slices.Sort(want)

	claims, notices := lookOnce(t, f)
	var got []string
	for _, n := range notices {
		got = append(got, n.Code+" "+n.Path)
		if strings.ContainsAny(n.Text, "%\n") || !strings.Contains(n.Text, n.Path) {
			t.Errorf("a notice reads %q", n.Text)
		}
	}
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("notices (-want +got):\n%s", d)
	}
	if len(claims) != 1 || string(claims[0].Bytes) != "good" {
		t.Errorf("claims: %v", claims)
	}
	if _, again := lookOnce(t, f); len(again) != 0 {
		t.Errorf("said again: %v", again)
	}
	must(os.Remove(at("pipe.xlsx")))
	lookOnce(t, f)
	must(syscall.Mkfifo(at("pipe.xlsx"), 0o644))
	if _, again := lookOnce(t, f); len(again) != 1 {
		t.Errorf("one that came back is not said: %v", again)
	}
}

func TestOnlyARegularFileIsOpened(t *testing.T) {
	dir := t.TempDir()
	pipe, link := filepath.Join(dir, "pipe"), filepath.Join(dir, "link")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "file"), "x")
	if err := os.Symlink("file", link); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{pipe, link, dir} { // swapped in after the look
		if file, _, err := openRegular(p); err == nil {
			file.Close()
			t.Errorf("%s was opened", p)
		}
	}
	if _, _, err := openRegular(pipe); !errors.Is(err, errNotRegular) {
		t.Errorf("a pipe: %v", err)
	}
	file, _, err := openGiven(link) // but a person may name a link
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
}

func TestAFullDiskStopsTheClaimAndKeepsTheFile(t *testing.T) {
	f := office(t)
	small := t.TempDir()
	if err := syscall.Mount("tmpfs", small, "tmpfs", 0, "size=64k"); err != nil {
		t.Skip("only root may mount a small disk: ", err)
	}
	defer syscall.Unmount(small, 0)
	f.Work = filepath.Join(small, "work")
	if err := os.Mkdir(f.Work, 0o755); err != nil {
		t.Fatal(err)
	}
	filler := filepath.Join(small, "filler")
	os.WriteFile(filler, make([]byte, 1<<20), 0o644) // as much as fits
	drop(t, f, "a.xlsx", "one")
	f.Free = func(string) (int64, error) { return 1 << 40, nil } // it was there a moment ago
	claims, notices := lookOnce(t, f)
	if len(claims) != 0 || len(notices) != 1 || !strings.Contains(notices[0].Text, "磁盘已满") {
		t.Errorf("claims %v, notices %v", claims, notices)
	}
	if got := list(t, f.Inbox); len(got) != 1 {
		t.Errorf("the inbox holds %q", got)
	}
	if got := list(t, f.Work); len(got) != 0 {
		t.Errorf("work holds %q", got)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	// With room it goes on, over to the other file system.
	if claims := claimed(t, f); len(claims) != 1 || string(claims[0].Bytes) != "one" {
		t.Errorf("with room: %v", claims)
	} else if err := f.Settle(claims...); err != nil {
		t.Error(err)
	}
	if got := list(t, small); len(got) != 0 {
		t.Errorf("the small disk holds %q", got)
	}
}

func TestAReadOnlyInboxIsANoticeAndNothingIsLost(t *testing.T) {
	f := office(t)
	drop(t, f, "a.xlsx", "one")
	if err := syscall.Mount(f.Inbox, f.Inbox, "", syscall.MS_BIND, ""); err != nil {
		t.Skip("only root may mount: ", err)
	}
	defer syscall.Unmount(f.Inbox, 0)
	if err := syscall.Mount("", f.Inbox, "", syscall.MS_REMOUNT|syscall.MS_BIND|syscall.MS_RDONLY,
		""); err != nil {
		t.Skip("no read-only mount here: ", err)
	}
	for range 2 {
		if claims := claimed(t, f); len(claims) != 0 {
			t.Fatalf("claimed %v", claims)
		}
	}
	if got := list(t, f.Inbox); len(got) != 1 {
		t.Errorf("the inbox holds %q", got)
	}
	if got := list(t, f.Work); len(got) != 0 {
		t.Errorf("work holds %q", got)
	}
}

func TestAClaimThatCannotBeReadHoldsUpNoOther(t *testing.T) {
	f := office(t)
	drop(t, f, "a.xlsx", "one")
	drop(t, f, "b.xlsx", "two")
	claims := claimed(t, f)
	// A folder in its place: no slip can be written.
	if err := os.Mkdir(slipPath(f.Work, claims[0].ID), 0o755); err != nil {
		t.Fatal(err)
	}
	again, err := f.Pending()
	if err != nil || len(again) != 1 || string(again[0].Bytes) != "two" {
		t.Fatalf("pending: %v, %v", again, err)
	}
	if err := os.Remove(slipPath(f.Work, claims[0].ID)); err != nil {
		t.Fatal(err)
	}
	if got := claimed(t, f); len(got) != 1 || string(got[0].Bytes) != "one" {
		t.Errorf("when it was mended: %v", got)
	}
}
