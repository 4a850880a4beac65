package intake

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestTheArchiveKeepsOneCopyOfTheSameBytes(t *testing.T) {
	f := office(t)
	for _, n := range []string{"a.xlsx", "b.xlsx", "区教育局/a.xlsx"} {
		drop(t, f, n, "the same")
	}
	drop(t, f, "c.xlsx", "another")
	claims := claimed(t, f)
	if len(claims) != 4 {
		t.Fatalf("%d claims", len(claims))
	}
	for range 2 { // the second time is no fault
		if err := f.Settle(claims...); err != nil {
			t.Fatal(err)
		}
	}
	if got := list(t, f.Archive); len(got) != 2 {
		t.Errorf("the archive holds %q", got)
	}
	if got := append(list(t, f.Inbox), list(t, f.Work)...); len(got) != 0 {
		t.Errorf("left over: %q", got)
	}
	sha := hash([]byte("another"))
	if got := filepath.ToSlash(keptPath("", sha)); got != sha[:2]+"/"+sha {
		t.Errorf("kept as %s", got)
	}
}

func TestAKillForgetsNeitherNameNorFolderNorTime(t *testing.T) {
	f := office(t)
	f.Now = func() time.Time { return time.Date(2025, 4, 5, 17, 59, 0, 0, time.UTC) }
	drop(t, f, "区教育局/\xb1\xed.xlsx", "one")
	before := claimed(t, f)
	if len(before) != 1 {
		t.Fatal("not taken")
	}
	// Another life of the program, an hour later.
	again := &Folder{Inbox: f.Inbox, Work: f.Work, Archive: f.Archive, Quarantine: f.Quarantine,
		UnitOf: f.UnitOf, Now: func() time.Time { return f.Now().Add(time.Hour) }}
	write(t, filepath.Join(f.Work, ".tmp-123"), "half")
	write(t, filepath.Join(f.Work, "0-idle.json"), "{}")
	for attempt := 1; attempt <= 2; attempt++ {
		after, err := again.Pending()
		if err != nil {
			t.Fatal(err)
		}
		want := before[0]
		want.Attempts = attempt
		if d := cmp.Diff([]Claim{want}, after, seen); d != "" {
			t.Errorf("attempt %d (-before +after):\n%s", attempt, d)
		}
	}
	if got := list(t, f.Work); len(got) != 3 {
		t.Errorf("work holds %q, want the file, its slip and the one that counts attempts", got)
	}
	if err := again.Settle(before...); err != nil {
		t.Fatal(err)
	}
	if got, err := again.Pending(); err != nil || len(got) != 0 {
		t.Errorf("still pending: %v, %v", got, err)
	}
	if got := list(t, f.Work); len(got) != 0 {
		t.Errorf("work holds %q when all is settled", got)
	}
}

func TestSlipsThatWereWrittenTogetherGoWithTheLastOfTheirFiles(t *testing.T) {
	f := office(t)
	for _, name := range []string{"a", "b", "c"} {
		drop(t, f, "区教育局/"+name+".xlsx", name)
	}
	claims := claimed(t, f)
	if got := list(t, f.Work); len(claims) != 3 || len(got) != 4 {
		t.Fatalf("work holds %q, want three files and their slips", got)
	}
	if err := f.Settle(claims[1]); err != nil {
		t.Fatal(err)
	}
	// Another life of the program: two are left, and know where they came from.
	again := &Folder{Inbox: f.Inbox, Work: f.Work, Archive: f.Archive, Quarantine: f.Quarantine,
		UnitOf: f.UnitOf}
	left, err := again.Pending()
	if err != nil || len(left) != 2 {
		t.Fatalf("pending: %v, %v", left, err)
	}
	for _, c := range left {
		if c.SubFolder != "区教育局" || c.Name == "b.xlsx" {
			t.Errorf("pending: %+v", c)
		}
		if err := again.Settle(c); err != nil {
			t.Fatal(err)
		}
	}
	if got := list(t, f.Work); len(got) != 0 {
		t.Errorf("work holds %q when all is settled", got)
	}
}

func TestALostOrDamagedSlipCostsTheNameOnly(t *testing.T) {
	f := office(t)
	drop(t, f, "a.xlsx", "one")
	drop(t, f, "b.xlsx", "two")
	claims := claimed(t, f)
	if err := os.Remove(filepath.Join(f.Work, claims[0].ID+bundleEnd)); err != nil {
		t.Fatal(err)
	}
	write(t, slipPath(f.Work, claims[1].ID), `{"name":"!`)
	after, err := f.Pending()
	if err != nil || len(after) != 2 {
		t.Fatalf("pending: %v, %v", after, err)
	}
	if string(after[0].Bytes) != "one" || after[0].Name != "未命名文件" || after[0].SeenAt.IsZero() {
		t.Errorf("without a slip: %+v", after[0])
	}
	if string(after[1].Bytes) != "two" {
		t.Errorf("with a damaged slip: %+v", after[1])
	}
}

// A file that came just now is read once more before it is moved; one that has
// rested is known by its time.
func TestWhatIsWrittenAfterTheClaimIsAnotherDelivery(t *testing.T) {
	for _, age := range []time.Duration{0, time.Minute} {
		f := office(t)
		drop(t, f, "a.xlsx", "first")
		then := time.Now().Add(-age)
		if err := os.Chtimes(filepath.Join(f.Inbox, "a.xlsx"), then, then); err != nil {
			t.Fatal(err)
		}
		claims := claimed(t, f)
		w, err := os.OpenFile(claims[0].Path, os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.WriteString("later"); err != nil { // as long as the first
			t.Fatal(err)
		}
		if err := f.Settle(claims...); err != nil {
			t.Fatal(err)
		}
		if b, err := f.Kept(claims[0].SHA256); err != nil || string(b) != "first" {
			t.Errorf("kept %q, %v; want what was handed over", b, err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if next := claimed(t, f); len(next) != 1 || string(next[0].Bytes) != "later" {
			t.Errorf("the next look claims %v", next)
		}
	}
}

func TestAFileWithASecondNameIsCopiedIntoTheArchive(t *testing.T) {
	f := office(t)
	drop(t, f, "a.xlsx", "first")
	other := filepath.Join(filepath.Dir(f.Inbox), "other.xlsx")
	if err := os.Link(filepath.Join(f.Inbox, "a.xlsx"), other); err != nil {
		t.Skip("no second names here")
	}
	claims := claimed(t, f)
	if err := f.Settle(claims...); err != nil {
		t.Fatal(err)
	}
	write(t, other, "changed behind our back")
	if b, err := f.Kept(claims[0].SHA256); err != nil || string(b) != "first" {
		t.Errorf("kept %q, %v", b, err)
	}
	if left := list(t, f.Work); len(left) != 0 {
		t.Errorf("work holds %q", left)
	}
}

func TestADamagedArchiveFileIsSetAsideAndReplaced(t *testing.T) {
	f := office(t)
	drop(t, f, "a.xlsx", "good")
	claims := claimed(t, f)
	if err := f.Settle(claims...); err != nil {
		t.Fatal(err)
	}
	kept := keptPath(f.Archive, claims[0].SHA256)
	write(t, kept, "evil")
	if _, err := f.Kept(claims[0].SHA256); err == nil {
		t.Error("damaged bytes were handed out")
	}
	drop(t, f, "again.xlsx", "good")
	if err := f.Settle(claimed(t, f)...); err != nil {
		t.Fatal(err)
	}
	if b, err := f.Kept(claims[0].SHA256); err != nil || string(b) != "good" {
		t.Errorf("kept %q, %v", b, err)
	}
	aside := list(t, f.Quarantine)
	if len(aside) != 1 || !strings.Contains(aside[0], ".damaged-") {
		t.Errorf("quarantine holds %q", aside)
	}
}

func TestAnArchiveThatCannotBeWrittenKeepsTheClaimInWork(t *testing.T) {
	f := office(t)
	drop(t, f, "a.xlsx", "one")
	claims := claimed(t, f)
	write(t, f.Archive, "a file stands in its place")
	if err := f.Settle(claims...); err == nil {
		t.Error("settled into nowhere")
	}
	if got := list(t, f.Work); len(got) != 2 {
		t.Errorf("work holds %q", got)
	}
	if err := os.Remove(f.Archive); err != nil {
		t.Fatal(err)
	}
	if err := f.Settle(claims...); err != nil {
		t.Error(err)
	}
}

func TestQuarantineIsReleasedByHash(t *testing.T) {
	f := office(t)
	drop(t, f, "a.xlsx", "one")
	claims := claimed(t, f)
	sha := claims[0].SHA256
	if err := f.SetAside(claims...); err != nil {
		t.Fatal(err)
	}
	if b, err := f.Kept(sha); err != nil || string(b) != "one" {
		t.Errorf("in quarantine: %q, %v", b, err)
	}
	for range 2 {
		if err := f.Release(sha); err != nil {
			t.Fatal(err)
		}
	}
	if len(list(t, f.Quarantine)) != 0 || len(list(t, f.Archive)) != 1 {
		t.Error("it did not move")
	}
	if err := f.Release(hash(nil)); !errors.Is(err, ErrNotKept) {
		t.Errorf("an unknown hash: %v", err)
	}
	if _, err := f.Kept("../../etc/passwd"); err == nil {
		t.Error("a path passed for a hash")
	}
}

func TestAClaimPutOffIsHandedOverAgainAfterAWhile(t *testing.T) {
	f := office(t)
	synctest.Test(t, func(t *testing.T) {
		drop(t, f, "a.xlsx", "one")
		first := claimed(t, f)
		f.Later(first...)
		if got := claimed(t, f); len(got) != 0 || f.Waiting() != 0 {
			t.Errorf("at once: %v, %d waiting", got, f.Waiting())
		}
		time.Sleep(time.Minute)
		again := claimed(t, f)
		if len(again) != 1 || again[0].ID != first[0].ID || again[0].Attempts != 1 ||
			again[0].Name != "a.xlsx" {
			t.Fatalf("after a minute: %+v", again)
		}
		f.Later(again...)
		if err := f.Settle(again...); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		if got := claimed(t, f); len(got) != 0 {
			t.Errorf("a settled one came again: %v", got)
		}
	})
}

func TestABigFileAtTheCounterStaysWithItsOwner(t *testing.T) {
	f := office(t)
	f.Limit = 10
	path := filepath.Join(t.TempDir(), "大.xlsx")
	write(t, path, "more than ten bytes")
	c, err := (&Counter{f}).Hand(path, Handed{})
	if err != nil || !c.TooBig {
		t.Fatalf("%+v, %v", c, err)
	}
	if err := f.Settle(c); err != nil {
		t.Error(err)
	}
	if got := len(list(t, filepath.Dir(path))); got != 1 {
		t.Error("the original is gone")
	}
}

func TestTheCounterLeavesTheOriginalAndTakesTheSameRoad(t *testing.T) {
	f := office(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "表.xlsx")
	write(t, path, "one")
	received := time.Date(2025, 4, 5, 16, 30, 0, 0, time.UTC)
	counter := &Counter{f}
	h := Handed{Unit: "jyj", By: "王敏", ReceivedAt: received}
	c, err := counter.Hand(path, h)
	if err != nil {
		t.Fatal(err)
	}
	if after, err := f.Pending(); err != nil || len(after) != 1 {
		t.Fatalf("pending: %v, %v", after, err)
	} else {
		want := c
		want.Attempts = 1
		want.SeenAt = after[0].SeenAt
		if d := cmp.Diff(want, after[0], seen); d != "" {
			t.Errorf("after a kill (-before +after):\n%s", d)
		}
		if c.Channel != ByCounter || c.Unit != "jyj" || c.By != "王敏" ||
			!c.ReceivedAt.Equal(received) {
			t.Errorf("the claim is %+v", c)
		}
	}
	if err := f.Settle(c); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "one" {
		t.Errorf("the original is %q, %v", b, err)
	}
	if _, err := counter.Read(path, h); err != nil || len(list(t, f.Work)) != 0 {
		t.Errorf("a trial kept %q, %v", list(t, f.Work), err)
	}
	for _, c := range []struct{ path, want string }{
		{filepath.Join(dir, "没有.xlsx"), "没有"},
		{dir, "不是普通文件"},
	} {
		_, err := counter.Hand(c.path, h)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.path, err)
		}
	}
}

func write(t *testing.T, path, s string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(s), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestTheOriginalIsFoundBeforeAndAfterItIsSettled(t *testing.T) {
	f := office(t)
	if err := os.WriteFile(filepath.Join(f.Inbox, "表.xlsx"), []byte("bytes"), 0o644); err != nil {
		t.Fatal(err)
	}
	claims, _, err := f.Look(t.Context())
	if err != nil || len(claims) != 1 {
		t.Fatalf("claimed %d files, %v", len(claims), err)
	}
	c := claims[0]
	for _, when := range []string{"in work", "in the archive"} {
		b, err := f.Original(c.SHA256, c.ID)
		if err != nil || string(b) != "bytes" {
			t.Errorf("%s: %q, %v", when, b, err)
		}
		if err := f.Settle(c); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.Original(hash([]byte("other")), c.ID); !errors.Is(err, ErrNotKept) {
		t.Errorf("bytes that never came: %v, want ErrNotKept", err)
	}
}

func TestWhatTheArchiveKeepsIsNotSetAsideBesides(t *testing.T) {
	f := office(t)
	drop(t, f, "a.xlsx", "one")
	if err := f.Settle(claimed(t, f)...); err != nil {
		t.Fatal(err)
	}
	drop(t, f, "b.xlsx", "one")
	drop(t, f, "c.xlsx", "two")
	if err := f.SetAside(claimed(t, f)...); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ root, s string }{{f.Archive, "one"}, {f.Quarantine, "two"}} {
		if _, err := os.Stat(keptPath(x.root, hash([]byte(x.s)))); err != nil {
			t.Errorf("%s: %v", x.s, err)
		}
	}
	if _, err := os.Stat(keptPath(f.Quarantine, hash([]byte("one")))); !os.IsNotExist(err) {
		t.Errorf("it lies in both: %v", err)
	}
}

// seen leaves out of a claim what nobody sees.
var seen = cmpopts.IgnoreUnexported(Claim{})
