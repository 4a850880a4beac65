package durable

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestWriteReplacesAndLeavesNoTemporary(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "回执.xlsx")
	for _, s := range []string{"first", "the second, longer", ""} {
		if err := Write(path, []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := read(t, path); got != s {
			t.Fatalf("the file holds %q, want %q", got, s)
		}
	}
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("the folder holds %q, want the file alone", got)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o644 {
		t.Errorf("permissions are %v, want 0644", info.Mode().Perm())
	}
}

func TestWriteThatCannotRenameLeavesNoTemporary(t *testing.T) {
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken")
	if err := os.MkdirAll(filepath.Join(taken, "below"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Write(taken, []byte("x"), 0o644); err == nil {
		t.Error("a folder was replaced by a file")
	}
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("the folder holds %q, want only what was there", got)
	}
}

func TestWriteNewNeverReplaces(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	for range 2 { // the same bytes again are as good
		if err := WriteNew(path, []byte("first"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	err := WriteNew(path, []byte("other"), 0o644)
	if !errors.Is(err, ErrExists) || !errors.Is(err, fs.ErrExist) {
		t.Errorf("other bytes over a taken name: %v, want ErrExists", err)
	}
	if got := read(t, path); got != "first" {
		t.Errorf("the file holds %q, want what was there first", got)
	}
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("the folder holds %q, want the file alone", got)
	}
}

func TestOfManyWritersOfANewNameOneWins(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	var won [16]bool
	var wg sync.WaitGroup
	for i := range won {
		wg.Go(func() {
			b := bytes.Repeat([]byte{byte('a' + i)}, 100_000)
			won[i] = WriteNew(path, b, 0o644) == nil
		})
	}
	wg.Wait()
	b := read(t, path)
	for i, w := range won {
		if w != (b[0] == byte('a'+i)) {
			t.Errorf("writer %d: won is %v, but the file holds %q…", i, w, b[:1])
		}
	}
	if strings.Count(b, b[:1]) != 100_000 {
		t.Error("the file is a mixture")
	}
}

func TestMoveNeverReplaces(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	put(t, a, "one")
	put(t, b, "two")
	if err := Move(a, b); !errors.Is(err, ErrExists) {
		t.Errorf("moving onto a taken name: %v, want ErrExists", err)
	}
	if read(t, a) != "one" || read(t, b) != "two" {
		t.Error("a refused move changed something")
	}
	if err := Move(a, filepath.Join(dir, "c")); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(names(t, dir), " "); got != "b c" {
		t.Errorf("the folder holds %s, want b c", got)
	}
	if err := Move(a, filepath.Join(dir, "d")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("moving a missing file: %v, want fs.ErrNotExist", err)
	}
}

func TestLinkNewNeverReplaces(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	put(t, a, "one")
	put(t, b, "two")
	if err := linkNew(a, b); !errors.Is(err, fs.ErrExist) {
		t.Errorf("linking onto a taken name: %v, want fs.ErrExist", err)
	}
	if err := linkNew(a, filepath.Join(dir, "c")); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(names(t, dir), " "); got != "b c" {
		t.Errorf("the folder holds %s, want b c", got)
	}
}

func TestMoveAllTellsEachFaultApart(t *testing.T) {
	dir := t.TempDir()
	at := func(s string) string { return filepath.Join(dir, s) }
	put(t, at("a"), "one")
	put(t, at("b"), "two")
	put(t, at("taken"), "three")
	errs := MoveAll(Pair{at("a"), at("taken")}, Pair{at("gone"), at("x")}, Pair{at("b"), at("y")})
	if !errors.Is(errs[0], ErrExists) || !errors.Is(errs[1], fs.ErrNotExist) || errs[2] != nil {
		t.Errorf("faults are %v", errs)
	}
	if read(t, at("a")) != "one" || read(t, at("y")) != "two" {
		t.Error("the files do not stand where the faults say")
	}
}

func TestMoveAcrossFileSystemsCopiesAndNeverReplaces(t *testing.T) {
	far, err := os.MkdirTemp("/dev/shm", "durable-")
	if err != nil {
		t.Skip("no second file system here")
	}
	t.Cleanup(func() { os.RemoveAll(far) })
	near := t.TempDir()
	a, taken := filepath.Join(near, "a"), filepath.Join(far, "taken")
	put(t, a, strings.Repeat("字", 100_000))
	put(t, taken, "two")
	if err := renameNew(a, filepath.Join(far, "b")); !isCrossDevice(err) {
		t.Skip("the two folders lie on one file system")
	}
	if err := Move(a, taken); !errors.Is(err, ErrExists) {
		t.Errorf("moving onto a taken name: %v, want ErrExists", err)
	}
	if read(t, taken) != "two" {
		t.Error("the taken name was replaced")
	}
	if err := Move(a, filepath.Join(far, "b")); err != nil {
		t.Fatal(err)
	}
	if read(t, filepath.Join(far, "b")) != strings.Repeat("字", 100_000) {
		t.Error("the copy differs")
	}
	if len(names(t, near)) != 0 || strings.Join(names(t, far), " ") != "b taken" {
		t.Errorf("the folders hold %q and %q", names(t, near), names(t, far))
	}
}

func TestSweepTakesTemporariesAlone(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, TempPrefix+"123"), "half")
	put(t, filepath.Join(dir, "kept.tmp-1"), "whole")
	if err := os.Mkdir(filepath.Join(dir, TempPrefix+"folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	n, err := Sweep(dir)
	if err != nil || n != 1 {
		t.Errorf("swept %d, %v; want 1", n, err)
	}
	if got := strings.Join(names(t, dir), " "); got != ".tmp-folder kept.tmp-1" {
		t.Errorf("the folder holds %s", got)
	}
	if n, err := Sweep(filepath.Join(dir, "missing")); n != 0 || err != nil {
		t.Errorf("a missing folder: %d, %v", n, err)
	}
}

func TestMkdirAllMakesParentsAndRefusesAFile(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "a", "b", "c")
	for range 2 {
		if err := MkdirAll(deep, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	put(t, filepath.Join(deep, "f"), "x")
	if err := MkdirAll(filepath.Join(deep, "f", "g"), 0o755); err == nil {
		t.Error("a folder was made below a file")
	}
	if err := MkdirAll(filepath.Join(deep, "f"), 0o755); err == nil {
		t.Error("a file passed for a folder")
	}
}

func TestMkdirInMakesWhatIsMissing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	for _, more := range [][]string{{"00", "ff"}, {"ff", "7a"}, nil} {
		if err := MkdirIn(dir, 0o755, more...); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(names(t, dir), " "); got != "00 7a ff" {
		t.Errorf("the folder holds %s", got)
	}
	if err := MkdirIn(dir, 0o755, "00", "no/where"); err == nil {
		t.Error("a folder was made in one that is not there")
	}
}

func TestRemoveForgivesWhatIsGone(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "a"), "x")
	if err := Remove(filepath.Join(dir, "gone"), filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); len(got) != 0 {
		t.Errorf("the folder holds %q", got)
	}
}

func put(t *testing.T, path, s string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(s), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}
